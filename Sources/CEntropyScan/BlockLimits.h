#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// What the coefficients of a block can be at most where its samples have 8 bits.
struct block_limits {
    /// Of the mean, in steps of its quantizer.
    int mean;
    /// Of the others the category, by their index in zigzag order.
    uint8_t categories[64];
    /// The least of those.
    uint8_t any_category;
};

struct block_limits block_limits(const uint16_t quantizers[64]);

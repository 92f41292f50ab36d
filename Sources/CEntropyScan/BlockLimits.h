#pragma once

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

/// Sets the coefficients that do not change from left to right to 0.
void clear_edge_column(int coefficients[64]);

/// The mean of the 8 samples of a block's first row, and of its second row to `row[stride]`.
void upper_edge(const int coefficients[64], const uint16_t quantizers[64], float *row, unsigned stride);

/// The mean of the 8 samples of a block's second-last row, and of its last row to `row[stride]`.
void lower_edge(const int coefficients[64], const uint16_t quantizers[64], float *row, unsigned stride);

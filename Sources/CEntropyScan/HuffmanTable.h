#pragma once

#include "CEntropyScan.h"

/// The bits that one look-up sees.
#define AC_BITS 11
#define DC_BITS 11

/// What the next bits say about a block's coefficients. Values are passed over: their bits need not be in view.
///
/// `all_…` speaks of as many symbols as are in view, `first_…` of the first alone. Lengths are in bits with the values'; an
/// advance is of the coefficients' index, with the zeros in between. Where the first code is longer than what is in view, or
/// stands for nothing, both lengths are 0 and the category is the largest.
struct ac_entry {
    uint32_t all_length : 5, all_advance : 6, ends_block : 1, all_category : 4;
    uint32_t first_length : 5, first_advance : 5, first_category : 4;
};

/// The same of the symbols up to the last whose value, where it is wanted, is in view: it is where the coefficient's zigzag
/// index is 2 or 3, for a look-up that begins before index 1, 2 or 3. A length of 0 is for none.
struct ac_start {
    uint8_t length, advance;
    bool ends_block;
    uint8_t category;
    int16_t second, third;
};

/// What the next bits say about a block's mean: how it differs from the last one's, where code and value are in view
/// together; their length is 0 otherwise.
struct dc_entry {
    int16_t difference;
    uint8_t length;
};

/// The codes longer than what one look-up sees.
struct long_codes {
    /// For each length the first 16 bits of no code that is so long or shorter.
    uint32_t ends[17];
    /// What to add to a code of that length to find its symbol.
    int32_t offsets[17];
    uint8_t symbols[256];
};

struct huffman_table {
    union {
        struct {
            struct ac_entry ac[1 << AC_BITS];
            struct ac_start starts[3][1 << AC_BITS];
        };
        struct dc_entry dc[1 << DC_BITS];
    };
    struct long_codes codes;
};

/// The symbol at the head of these 16 bits and its code's length; no length where there is no such code.
static inline unsigned find_code(const struct long_codes *codes, uint32_t bits, unsigned *length) {
    for (unsigned l = 1; l <= 16; l++) {
        if (bits < codes->ends[l]) {
            *length = l;
            return codes->symbols[(int32_t)(bits >> (16 - l)) + codes->offsets[l]];
        }
    }
    *length = 0;
    return 0;
}

/// Categories of the difference of two means, and of other coefficients, that a picture of 8 bits a sample can need.
#define MOST_DC_CATEGORY 11
#define MOST_AC_CATEGORY 10
/// The category of what is no code: larger than every limit.
#define NO_CATEGORY 15

/// The value that the highest bits stand for, so many as the category says (T.81, F.2.2.1).
static inline int extended(uint64_t window, unsigned category) {
    if (category == 0) return 0;
    const int value = (int)(window >> (64 - category));
    return value < 1 << (category - 1) ? value - (1 << category) + 1 : value;
}

/// What a symbol of an AC table stands for.
struct ac_symbol {
    /// 0 ends the block.
    unsigned advance;
    unsigned category;
};

static inline struct ac_symbol ac_symbol(unsigned symbol) {
    const unsigned run = symbol >> 4, category = symbol & 15;
    if (symbol == 0x00) return (struct ac_symbol){0, 0};
    if (symbol == 0xF0) return (struct ac_symbol){16, 0}; // sixteen zeros and no value
    if (category == 0 || category > MOST_AC_CATEGORY) return (struct ac_symbol){0, NO_CATEGORY};
    return (struct ac_symbol){run + 1, category};
}

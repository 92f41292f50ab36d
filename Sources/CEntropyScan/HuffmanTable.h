#pragma once

#include "CEntropyScan.h"

/// The bits that one look-up sees.
#define AC_BITS 11
#define DC_BITS 10

/// What the next bits say about a block's coefficients, of as many symbols as are in view. Values are passed over, and their bits
/// need not be in view, but for those that are wanted of coefficients of zigzag index 2 and 3.
///
/// The length is in bits with the values'; the advance is of the coefficients' index, with the zeros in between. Where the first
/// code is longer than what is in view, stands for nothing, or has a wanted value that is not in view or not small, the length is
/// 0 and the category, which is the largest of all, is that of no code.
///
/// Four bytes, so that what is looked up all the time stays in the processor's first cache.
struct ac_entry {
    uint16_t length : 5, advance : 6, ends_block : 1, category : 4;
    /// That of index 2 in the lower byte, that of 3 in the higher one; 0 for what is not seen.
    uint16_t values;
};
_Static_assert(sizeof(struct ac_entry) == 4, "one word");

static inline int8_t value_of_second(unsigned values) { return (int8_t)(values & 0xFF); }
static inline int8_t value_of_third(unsigned values) { return (int8_t)(values >> 8 & 0xFF); }

/// The same of the first symbol alone, whatever its value; a length of 0 where its code is not in view or stands for nothing.
struct ac_first {
    uint16_t length : 5, advance : 5, category : 4;
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
            /// Where a block's other coefficients begin, with the values that are wanted, and at any index, without values.
            struct ac_entry begin[1 << AC_BITS], ac[1 << AC_BITS];
            struct ac_first first[1 << AC_BITS];
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

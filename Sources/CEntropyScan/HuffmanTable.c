#include "HuffmanTable.h"

#include <stdlib.h>
#include <string.h>

/// Numbers the codes as T.81, C.2 does. Returns false where a length has too many; libjpeg keeps the code of ones alone
/// free, too.
static bool number_codes(struct long_codes *codes, const uint8_t counts[16], const uint8_t *symbols) {
    uint32_t code = 0;
    int32_t total = 0;
    for (unsigned l = 1; l <= 16; l++) {
        codes->offsets[l] = total - (int32_t)code;
        code += counts[l - 1];
        total += counts[l - 1];
        if (total > 256 || (counts[l - 1] > 0 && code >= 1u << l)) return false;
        codes->ends[l] = code << (16 - l);
        code <<= 1;
    }
    memcpy(codes->symbols, symbols, total);
    return true;
}

/// Joins what the first symbol says with what the bits after it say.
///
/// - `begins_block`: whether the coefficients' index that comes next is 1, and the values of the first ones are wanted.
static struct ac_entry joined_symbols(const struct long_codes *codes, bool begins_block, unsigned index) {
    struct ac_entry entry = {.category = NO_CATEGORY};
    unsigned seen = 0; // bits of `index` that were used
    unsigned advance = 0, largest = 0;
    while (!entry.ends_block && seen < AC_BITS) {
        const uint32_t rest = ((uint32_t)index << (16 - AC_BITS) << seen) & 0xFFFF;
        unsigned length;
        const struct ac_symbol symbol = ac_symbol(find_code(codes, rest, &length));
        if (length == 0 || seen + length > AC_BITS || symbol.category == NO_CATEGORY) break;
        if (advance + symbol.advance > 63) break;
        const unsigned place = advance + symbol.advance;
        if (begins_block && symbol.category > 0 && (place == 2 || place == 3)) {
            const int value = extended((uint64_t)rest << 48 << length, symbol.category);
            if (seen + length + symbol.category > AC_BITS || value < INT8_MIN || value > INT8_MAX) break;
            entry.values |= (value & 0xFF) << (place == 2 ? 0 : 8);
        }
        if (symbol.category > largest) largest = symbol.category;
        advance += symbol.advance;
        seen += length + symbol.category;
        entry.length = seen;
        entry.advance = advance;
        entry.category = largest;
        entry.ends_block = symbol.advance == 0;
    }
    return entry;
}

static struct ac_first first_symbol(const struct long_codes *codes, unsigned index) {
    unsigned length;
    const struct ac_symbol symbol = ac_symbol(find_code(codes, (uint32_t)index << (16 - AC_BITS), &length));
    if (length == 0 || length > AC_BITS || symbol.category == NO_CATEGORY) return (struct ac_first){0};
    return (struct ac_first){length + symbol.category, symbol.advance, symbol.category};
}

/// Joins a mean's code with the value after it.
static void join_value(struct huffman_table *table, unsigned index) {
    unsigned length;
    const unsigned category = find_code(&table->codes, (uint32_t)index << (16 - DC_BITS), &length);
    if (length == 0 || length + category > DC_BITS || category > MOST_DC_CATEGORY) return;
    const uint64_t value = (uint64_t)index << (64 - DC_BITS) << length;
    table->dc[index] = (struct dc_entry){extended(value, category), length + category};
}

struct huffman_table *huffman_table_create(bool is_dc, const uint8_t counts[16], const uint8_t *symbols) {
    struct huffman_table *table = calloc(1, sizeof *table);
    if (!table) return NULL;
    bool is_known = number_codes(&table->codes, counts, symbols);
    if (is_known && is_dc) {
        for (unsigned i = 0, all = 0; i < 16; all += counts[i++]) {
            for (unsigned s = all; s < all + counts[i]; s++) is_known = is_known && symbols[s] <= 15;
        }
        for (unsigned index = 0; index < 1 << DC_BITS; index++) join_value(table, index);
    } else if (is_known) {
        for (unsigned index = 0; index < 1 << AC_BITS; index++) {
            table->begin[index] = joined_symbols(&table->codes, true, index);
            table->ac[index] = joined_symbols(&table->codes, false, index);
            table->first[index] = first_symbol(&table->codes, index);
        }
    }
    if (is_known) return table;
    free(table);
    return NULL;
}

void huffman_table_destroy(struct huffman_table *table) { free(table); }

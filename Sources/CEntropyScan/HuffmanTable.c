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
static void join_symbols(struct huffman_table *table, unsigned index) {
    struct ac_entry *entry = &table->ac[index];
    unsigned seen = 0; // bits of `index` that were used
    unsigned advance = 0, largest = 0;
    for (;;) {
        const uint32_t rest = ((uint32_t)index << (16 - AC_BITS) << seen) & 0xFFFF;
        unsigned length;
        const struct ac_symbol symbol = ac_symbol(find_code(&table->codes, rest, &length));
        if (length == 0 || seen + length > AC_BITS || symbol.category == NO_CATEGORY) break;
        if (advance + symbol.advance > 63) break;
        if (symbol.category > largest) largest = symbol.category;
        advance += symbol.advance;
        seen += length + symbol.category;
        if (entry->all_length == 0) {
            entry->first_length = seen;
            entry->first_advance = symbol.advance;
            entry->first_category = symbol.category;
        }
        entry->all_length = seen;
        entry->all_advance = advance;
        entry->all_category = largest;
        if (symbol.advance == 0) entry->ends_block = 1;
        if (entry->ends_block || seen >= AC_BITS) break;
    }
    if (entry->all_length == 0) entry->all_category = NO_CATEGORY;
}

/// The same for a block's first coefficients, of which two are wanted.
static void join_start(struct huffman_table *table, unsigned start, unsigned index) {
    struct ac_start *entry = &table->starts[start - 1][index];
    for (;;) {
        const uint32_t rest = ((uint32_t)index << (16 - AC_BITS) << entry->length) & 0xFFFF;
        unsigned length;
        const struct ac_symbol symbol = ac_symbol(find_code(&table->codes, rest, &length));
        if (length == 0 || entry->length + length > AC_BITS || symbol.category == NO_CATEGORY) break;
        if (entry->advance + symbol.advance > 60) break;
        const unsigned place = start + entry->advance + symbol.advance - 1;
        const bool is_wanted = symbol.category > 0 && (place == 2 || place == 3);
        if (is_wanted) {
            if (entry->length + length + symbol.category > AC_BITS) break;
            const int value = extended((uint64_t)rest << 48 << length, symbol.category);
            if (place == 2) entry->second = value;
            if (place == 3) entry->third = value;
        }
        if (symbol.category > entry->category) entry->category = symbol.category;
        entry->advance += symbol.advance;
        entry->length += length + symbol.category;
        entry->ends_block = symbol.advance == 0;
        if (entry->ends_block || entry->length >= AC_BITS) break;
    }
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
            join_symbols(table, index);
            for (unsigned start = 1; start <= 3; start++) join_start(table, start, index);
        }
    }
    if (is_known) return table;
    free(table);
    return NULL;
}

void huffman_table_destroy(struct huffman_table *table) { free(table); }

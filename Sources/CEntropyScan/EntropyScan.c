#include "HuffmanTable.h"

#include "BlockLimits.h"
#include "EdgeRows.h"
#include "Segment.h"

#include <string.h>

#define ALWAYS_INLINE inline __attribute__((always_inline))
#define LIKELY(condition) __builtin_expect(condition, 1)

/// Bits taken from a segment's bytes, the next one highest.
///
/// `next` runs ahead of what was used by the whole bytes in `bits`. What is below them in `window` are the first bits of
/// `next`'s byte, which are put there once more when it is loaded.
struct bit_reader {
    uint64_t window;
    unsigned bits;
    const uint8_t *next;
};

/// Fills up to at least 56 bits.
static ALWAYS_INLINE void fill(struct bit_reader *reader) {
    uint64_t word;
    memcpy(&word, reader->next, sizeof word);
    reader->window |= __builtin_bswap64(word) >> reader->bits;
    reader->next += (63 - reader->bits) >> 3;
    reader->bits |= 56;
}

static ALWAYS_INLINE void use(struct bit_reader *reader, unsigned count) {
    reader->window <<= count;
    reader->bits -= count;
}

// MARK: Blocks

/// What is known of a component while its scan is read.
struct component_state {
    const struct huffman_table *dc, *ac;
    unsigned across, down;
    struct block_limits limits;
    struct edge_weights weights;
    int mean;
};

/// Reads a difference of means that is not in view at once.
static enum entropy_verdict read_difference(struct bit_reader *reader, const struct huffman_table *table,
                                            int *difference) {
    unsigned length;
    const unsigned category = find_code(&table->codes, reader->window >> 48, &length);
    if (length == 0 || category > MOST_DC_CATEGORY) return ENTROPY_BAD_CODE;
    *difference = extended(reader->window << length, category);
    use(reader, length + category);
    return ENTROPY_SOUND;
}

/// Reads by how much a block's mean differs from the last one's.
static ALWAYS_INLINE enum entropy_verdict read_mean(struct bit_reader *reader, struct component_state *component) {
    fill(reader);
    const struct dc_entry entry = component->dc->dc[reader->window >> (64 - DC_BITS)];
    int difference = entry.difference;
    if (LIKELY(entry.length > 0)) {
        use(reader, entry.length);
    } else {
        struct bit_reader aside = *reader;
        const enum entropy_verdict verdict = read_difference(&aside, component->dc, &difference);
        if (verdict != ENTROPY_SOUND) return verdict;
        *reader = aside;
    }
    component->mean += difference;
    const int most = component->limits.mean;
    return component->mean > most || component->mean < -most ? ENTROPY_MEAN_OUT_OF_RANGE : ENTROPY_SOUND;
}

/// Reads one symbol with its value, and moves the index on behind it; to 64 where the block ends.
static enum entropy_verdict read_coefficient(struct bit_reader *reader, const struct component_state *component,
                                             unsigned *index, struct edge_column *column) {
    fill(reader);
    const struct ac_entry entry = component->ac->ac[reader->window >> (64 - AC_BITS)];
    struct ac_symbol symbol = {entry.first_advance, entry.first_category};
    unsigned length = entry.first_length;
    if (length == 0) {
        symbol = ac_symbol(find_code(&component->ac->codes, reader->window >> 48, &length));
        if (length == 0 || symbol.category == NO_CATEGORY) return ENTROPY_BAD_CODE;
        length += symbol.category;
    }
    if (symbol.advance == 0) {
        *index = 64;
    } else {
        const unsigned next = *index + symbol.advance;
        if (next > 64) return ENTROPY_TOO_MANY_COEFFICIENTS;
        if (symbol.category > component->limits.categories[next - 1]) return ENTROPY_COEFFICIENT_OUT_OF_RANGE;
        if (column && symbol.category > 0)
            column->values[edge_place(next - 1)] = extended(reader->window << (length - symbol.category), symbol.category);
        *index = next;
    }
    use(reader, length);
    return ENTROPY_SOUND;
}

/// Reads the coefficients up to index 3 or behind it, and the wanted ones' values; the index is 64 where the block ends.
static ALWAYS_INLINE enum entropy_verdict read_start(struct bit_reader *reader, const struct component_state *component,
                                                     unsigned *index, struct edge_column *column) {
    const unsigned any_index = component->limits.any_category;
    while (*index < 4) {
        if (reader->bits < 32) fill(reader);
        const struct ac_start *entry = &component->ac->starts[*index - 1][reader->window >> (64 - AC_BITS)];
        if (LIKELY(entry->length > 0 && entry->category <= any_index)) {
            use(reader, entry->length);
            column->values[1] += entry->second;
            column->values[2] += entry->third;
            *index = entry->ends_block ? 64 : *index + entry->advance;
            continue;
        }
        struct bit_reader aside = *reader;
        const enum entropy_verdict verdict = read_coefficient(&aside, component, index, column);
        if (verdict != ENTROPY_SOUND) return verdict;
        *reader = aside;
    }
    return ENTROPY_SOUND;
}

/// Reads the other 63 coefficients.
///
/// - `column`: a null pointer, or where to put those that tell of the edges of rows.
static ALWAYS_INLINE enum entropy_verdict
read_coefficients(struct bit_reader *reader, const struct component_state *component, struct edge_column *column) {
    const struct ac_entry *const table = component->ac->ac;
    const unsigned any_index = component->limits.any_category;
    unsigned index = 1;
    if (column) {
        unsigned behind = index;
        const enum entropy_verdict verdict = read_start(reader, component, &behind, column);
        if (verdict != ENTROPY_SOUND) return verdict;
        index = behind;
    }
    while (index < 64) {
        if (reader->bits < 32) fill(reader);
        const struct ac_entry entry = table[reader->window >> (64 - AC_BITS)];
        // Nearly always all that is in view can be taken at once: it ends before the block does, and is small.
        const unsigned end = index + entry.all_advance;
        if (LIKELY(end < 64 && entry.all_category <= any_index)) {
            use(reader, entry.all_length);
            if (entry.ends_block) break;
            index = end;
            continue;
        }
        struct bit_reader aside = *reader; // whose address is taken, so that the other may stay in registers
        const enum entropy_verdict verdict = read_coefficient(&aside, component, &index, NULL);
        if (verdict != ENTROPY_SOUND) return verdict;
        *reader = aside;
    }
    return ENTROPY_SOUND;
}

// MARK: The scan

struct reading {
    const struct entropy_scan *scan;
    struct component_state components[3];
    struct segment segment;
    struct bit_reader reader;
    uint8_t *luma;
    unsigned width, height;
    int16_t *const *edges;
    struct entropy_report *report;
};

/// How many bits of the segment were used.
static inline size_t used_bits(const struct reading *reading) {
    return (size_t)(reading->reader.next - reading->segment.bytes) * 8 - reading->reader.bits;
}

static enum entropy_verdict begin_segment(struct reading *reading, size_t from) {
    const enum entropy_verdict verdict = segment_read(&reading->segment, from);
    reading->reader = (struct bit_reader){.next = reading->segment.bytes};
    for (unsigned c = 0; c < reading->scan->component_count; c++) reading->components[c].mean = 0;
    return verdict;
}

/// Counts what follows the last code of a segment.
static void end_segment(struct reading *reading) {
    const size_t used = (used_bits(reading) + 7) / 8;
    if (used < reading->segment.count) segment_note_rest(&reading->segment, used, reading->report);
}

/// A block's mean as libjpeg's inverse transform gives it for a picture of an eighth of the size.
static inline uint8_t sample(int mean, unsigned quantizer) {
    int value = (mean * (int)quantizer + 4) >> 3;
    value = ((value + 512) & 1023) - 512; // its table of limits repeats
    return value < -128 ? 0 : value > 127 ? 255 : value + 128;
}

/// Writes down what was read of a block of the first component.
static ALWAYS_INLINE void note_block(struct reading *reading, unsigned x, unsigned y, int mean) {
    const unsigned quantizer = reading->scan->components[0].quantizers[0];
    if (x < reading->width && y < reading->height)
        reading->luma[(size_t)y * reading->width + x] = sample(mean, quantizer);
}

static ALWAYS_INLINE void note_edges(struct reading *reading, unsigned c, unsigned x, unsigned row, unsigned down,
                                     const struct edge_column *column) {
    const struct component_state *component = &reading->components[c];
    const size_t width = (size_t)reading->scan->units_across * component->across;
    int16_t *edges = reading->edges[c] + row * 4 * width + x;
    const float *first = component->weights.first, *second = component->weights.second;
    const float even = column->values[0] * first[0] + column->values[2] * first[2];
    const float odd = column->values[1] * first[1];
    const float second_even = column->values[0] * second[0] + column->values[2] * second[2];
    const float second_odd = column->values[1] * second[1];
    if (down == 0) {
        edges[0] = even + odd;
        edges[width] = second_even + second_odd;
    }
    if (down == component->down - 1) {
        edges[2 * width] = second_even - second_odd;
        edges[3 * width] = even - odd;
    }
}

static ALWAYS_INLINE enum entropy_verdict
read_unit(struct reading *reading, unsigned row, unsigned unit, bool with_edges) {
    struct bit_reader reader = reading->reader;
    enum entropy_verdict verdict = ENTROPY_SOUND;
    for (unsigned c = 0; c < reading->scan->component_count; c++) {
        struct component_state *component = &reading->components[c];
        for (unsigned down = 0; down < component->down; down++) {
            for (unsigned across = 0; across < component->across; across++) {
                struct edge_column column;
                if (with_edges) memset(&column, 0, sizeof column);
                verdict = read_mean(&reader, component);
                if (verdict == ENTROPY_SOUND)
                    verdict = read_coefficients(&reader, component, with_edges ? &column : NULL);
                if (verdict != ENTROPY_SOUND) goto end;
                const unsigned x = unit * component->across + across;
                if (c == 0) note_block(reading, x, row * component->down + down, component->mean);
                if (!with_edges) continue;
                column.values[0] = component->mean;
                note_edges(reading, c, x, row, down, &column);
            }
        }
    }
end:
    reading->reader = reader;
    return used_bits(reading) > reading->segment.count * 8 ? ENTROPY_ENDS_EARLY : verdict;
}

static enum entropy_verdict next_segment(struct reading *reading, unsigned number) {
    end_segment(reading);
    if (reading->segment.marker != 0xD0 + (number & 7))
        return reading->segment.marker == 0 ? ENTROPY_ENDS_EARLY : ENTROPY_WRONG_RESTART;
    return begin_segment(reading, reading->segment.end);
}

/// Restart markers after the last unit say nothing; what stands between them is left over.
static enum entropy_verdict read_rest(struct reading *reading) {
    end_segment(reading);
    while (reading->segment.marker != 0) {
        const enum entropy_verdict verdict = begin_segment(reading, reading->segment.end);
        if (verdict != ENTROPY_SOUND) return verdict;
        segment_note_rest(&reading->segment, 0, reading->report);
    }
    return ENTROPY_SOUND;
}

static ALWAYS_INLINE enum entropy_verdict read_units(struct reading *reading, bool with_edges) {
    const struct entropy_scan *scan = reading->scan;
    enum entropy_verdict verdict = begin_segment(reading, 0);
    unsigned until_restart = scan->restart_interval, restarts = 0;
    for (unsigned row = 0; row < scan->units_down; row++) {
        reading->report->row = row;
        for (unsigned unit = 0; unit < scan->units_across; unit++) {
            reading->report->unit = unit;
            if (verdict != ENTROPY_SOUND) return verdict;
            if (scan->restart_interval > 0 && until_restart-- == 0) {
                verdict = next_segment(reading, restarts++);
                if (verdict != ENTROPY_SOUND) return verdict;
                until_restart = scan->restart_interval - 1;
            }
            verdict = read_unit(reading, row, unit, with_edges);
        }
    }
    return verdict == ENTROPY_SOUND ? read_rest(reading) : verdict;
}

static enum entropy_verdict read_units_with_edges(struct reading *reading) { return read_units(reading, true); }
static enum entropy_verdict read_units_alone(struct reading *reading) { return read_units(reading, false); }

void entropy_scan(const struct entropy_scan *scan, uint8_t *luma, unsigned width, unsigned height, int16_t *const *edges,
                  struct entropy_report *report) {
    *report = (struct entropy_report){0};
    struct reading reading = {
        .scan = scan, .luma = luma, .width = width, .height = height, .edges = edges, .report = report};
    if (!segment_open(&reading.segment, scan->bytes, scan->count)) {
        report->verdict = ENTROPY_NO_MEMORY;
        return;
    }
    for (unsigned c = 0; c < scan->component_count; c++) {
        const struct entropy_component *component = &scan->components[c];
        reading.components[c] = (struct component_state){
            .dc = component->dc,
            .ac = component->ac,
            .across = component->across,
            .down = component->down,
            .limits = block_limits(component->quantizers),
            .weights = edge_weights(component->quantizers),
        };
    }
    report->verdict = edges ? read_units_with_edges(&reading) : read_units_alone(&reading);
    if (report->verdict != ENTROPY_SOUND) {
        const size_t used = used_bits(&reading) / 8;
        report->offset = segment_offset(&reading.segment, used);
    }
    segment_close(&reading.segment);
}

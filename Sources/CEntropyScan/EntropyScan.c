#include "HuffmanTable.h"

#include "BlockLimits.h"
#include "EdgeRows.h"
#include "Segment.h"

#include <stdlib.h>
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
    struct edge_quantizers edge_quantizers;
    /// The blocks of the row of units that is being read which lie along its upper and its lower border.
    struct edge_columns top, bottom;
    int mean;
};

/// A block's coefficients of zigzag index 2 and 3.
struct edge_values {
    int second, third;
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

/// Reads one symbol, and moves the index on behind what it stands for; to 64 where the block ends.
///
/// - `value`: where to put the value, which is of the coefficient before that index; 0 where there is none.
static enum entropy_verdict read_coefficient(struct bit_reader *reader, const struct component_state *component,
                                             unsigned *index, int *value) {
    fill(reader);
    const struct ac_first first = component->ac->first[reader->window >> (64 - AC_BITS)];
    struct ac_symbol symbol = {first.advance, first.category};
    unsigned length = first.length;
    if (length == 0) {
        symbol = ac_symbol(find_code(&component->ac->codes, reader->window >> 48, &length));
        if (length == 0 || symbol.category == NO_CATEGORY) return ENTROPY_BAD_CODE;
        length += symbol.category;
    }
    *value = extended(reader->window << (length - symbol.category), symbol.category);
    if (symbol.advance == 0) {
        *index = 64;
    } else {
        const unsigned next = *index + symbol.advance;
        if (next > 64) return ENTROPY_TOO_MANY_COEFFICIENTS;
        if (symbol.category > component->limits.categories[next - 1]) return ENTROPY_COEFFICIENT_OUT_OF_RANGE;
        *index = next;
    }
    use(reader, length);
    return ENTROPY_SOUND;
}

/// Reads the coefficients of zigzag index 1 to 3, and those behind them that are in view with these. The index is that of the next
/// one; 64 where the block ends.
static ALWAYS_INLINE enum entropy_verdict
read_edge_values(struct bit_reader *reader, const struct component_state *component, unsigned *index, struct edge_values *edge) {
    const unsigned any_category = component->limits.any_category;
    if (reader->bits < 32) fill(reader);
    const struct ac_entry entry = component->ac->begin[reader->window >> (64 - AC_BITS)];
    unsigned next = 1;
    if (LIKELY(next + entry.advance < 64 && entry.category <= any_category)) {
        use(reader, entry.length);
        edge->second = value_of_second(entry.values);
        edge->third = value_of_third(entry.values);
        next = entry.ends_block ? 64 : next + entry.advance;
    }
    while (next < 4) {
        if (reader->bits < 32) fill(reader);
        const struct ac_first first = component->ac->first[reader->window >> (64 - AC_BITS)];
        int value;
        if (LIKELY(first.length > 0 && first.category <= any_category)) {
            value = extended(reader->window << (first.length - first.category), first.category);
            use(reader, first.length);
            next = first.advance == 0 ? 64 : next + first.advance;
        } else {
            struct bit_reader aside = *reader; // whose address is taken, so that the other may stay in registers
            unsigned behind = next;
            const enum entropy_verdict verdict = read_coefficient(&aside, component, &behind, &value);
            if (verdict != ENTROPY_SOUND) return verdict;
            next = behind;
            *reader = aside;
        }
        if (next == 3) edge->second = value;
        if (next == 4) edge->third = value;
    }
    *index = next;
    return ENTROPY_SOUND;
}

/// Reads the other 63 coefficients.
///
/// - `edge`: a null pointer, or where to put those that tell of the edges of rows.
static ALWAYS_INLINE enum entropy_verdict
read_coefficients(struct bit_reader *reader, const struct component_state *component, struct edge_values *edge) {
    const struct ac_entry *const table = component->ac->ac;
    const unsigned any_category = component->limits.any_category;
    unsigned index = 1;
    if (edge) {
        const enum entropy_verdict verdict = read_edge_values(reader, component, &index, edge);
        if (verdict != ENTROPY_SOUND) return verdict;
    }
    while (index < 64) {
        if (reader->bits < 32) fill(reader);
        const struct ac_entry entry = table[reader->window >> (64 - AC_BITS)];
        // Nearly always all that is in view can be taken at once: it ends before the block does, and is small.
        const unsigned end = index + entry.advance;
        if (LIKELY(end < 64 && entry.category <= any_category)) {
            use(reader, entry.length);
            if (entry.ends_block) break;
            index = end;
            continue;
        }
        struct bit_reader aside = *reader;
        int value;
        const enum entropy_verdict verdict = read_coefficient(&aside, component, &index, &value);
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
    struct entropy_plane planes[3];
    int16_t *const *edges;
    /// Room for the components' edge columns; a null pointer where edges are not wanted.
    int16_t *columns;
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

/// Writes down a block's mean.
static ALWAYS_INLINE void note_block(const struct entropy_plane *plane, unsigned x, unsigned y, int mean, unsigned quantizer) {
    if (x < plane->width && y < plane->height) plane->samples[(size_t)y * plane->width + x] = sample(mean, quantizer);
}

static ALWAYS_INLINE void note_edge(const struct edge_columns *columns, unsigned x, int mean, struct edge_values edge) {
    columns->means[x] = mean;
    columns->odd[x] = edge.second;
    columns->even[x] = edge.third;
}

/// Writes down the borders of a row of units that was read.
static void note_edges(struct reading *reading, unsigned row) {
    for (unsigned c = 0; c < reading->scan->component_count; c++) {
        const struct component_state *component = &reading->components[c];
        const size_t width = (size_t)reading->scan->units_across * component->across;
        int16_t *const upper = reading->edges[c] + row * 3 * width, *const lower = upper + 3 * width;
        if (row == 0) memset(upper, 0, 2 * width * sizeof *upper);
        edge_rows_note(upper, lower, width, &component->top, &component->bottom,
                       component->edge_quantizers);
        if (row + 1 < reading->scan->units_down) continue;
        for (size_t x = 0; x < width; x++) lower[x] = -lower[x];
        memset(lower + 2 * width, 0, width * sizeof *lower);
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
                struct edge_values edge = {0};
                verdict = read_mean(&reader, component);
                if (verdict == ENTROPY_SOUND)
                    verdict = read_coefficients(&reader, component, with_edges ? &edge : NULL);
                if (verdict != ENTROPY_SOUND) goto end;
                const unsigned x = unit * component->across + across;
                note_block(&reading->planes[c], x, row * component->down + down, component->mean,
                           reading->scan->components[c].quantizers[0]);
                if (!with_edges) continue;
                if (down == 0) note_edge(&component->top, x, component->mean, edge);
                if (down > 0 && down == component->down - 1) note_edge(&component->bottom, x, component->mean, edge);
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

/// Calls for memory that is looked up at random soon, all at once: between two pictures others have had the caches, and to wait for
/// one line after the other takes a tenth of the time of a picture of 36 kB.
static void call_for(const void *memory, size_t count) {
    for (size_t offset = 0; offset < count; offset += 64) __builtin_prefetch((const char *)memory + offset);
}

static ALWAYS_INLINE enum entropy_verdict read_units(struct reading *reading, bool with_edges) {
    const struct entropy_scan *scan = reading->scan;
    for (unsigned c = 0; c < scan->component_count; c++) {
        const struct huffman_table *const dc = scan->components[c].dc, *const ac = scan->components[c].ac;
        call_for(dc->dc, sizeof dc->dc);
        call_for(ac->ac, sizeof ac->ac);
        if (with_edges) call_for(ac->begin, sizeof ac->begin);
    }
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
        if (with_edges) note_edges(reading, row);
    }
    return verdict == ENTROPY_SOUND ? read_rest(reading) : verdict;
}

static enum entropy_verdict read_units_with_edges(struct reading *reading) { return read_units(reading, true); }
static enum entropy_verdict read_units_alone(struct reading *reading) { return read_units(reading, false); }

/// Makes room for the edge columns of a row of units. Returns false where there is no memory.
static bool open_columns(struct reading *reading) {
    const struct entropy_scan *const scan = reading->scan;
    size_t widths = 0;
    for (unsigned c = 0; c < scan->component_count; c++) widths += (size_t)scan->units_across * scan->components[c].across;
    reading->columns = calloc(6 * widths, sizeof *reading->columns);
    int16_t *place = reading->columns;
    for (unsigned c = 0; place && c < scan->component_count; c++) {
        struct component_state *component = &reading->components[c];
        const size_t width = (size_t)scan->units_across * component->across;
        component->top = (struct edge_columns){place, place + width, place + 2 * width};
        component->bottom = (struct edge_columns){place + 3 * width, place + 4 * width, place + 5 * width};
        if (component->down == 1) component->bottom = component->top;
        place += 6 * width;
    }
    return reading->columns != NULL;
}

void entropy_scan(const struct entropy_scan *scan, const struct entropy_plane *planes, int16_t *const *edges,
                  struct entropy_report *report) {
    *report = (struct entropy_report){.verdict = ENTROPY_NO_MEMORY};
    struct reading reading = {.scan = scan, .edges = edges, .report = report};
    for (unsigned c = 0; c < scan->component_count; c++) {
        reading.planes[c] = planes[c];
        const struct entropy_component *component = &scan->components[c];
        reading.components[c] = (struct component_state){
            .dc = component->dc,
            .ac = component->ac,
            .across = component->across,
            .down = component->down,
            .limits = block_limits(component->quantizers),
            .edge_quantizers = edge_quantizers(component->quantizers),
        };
    }
    if (segment_open(&reading.segment, scan->bytes, scan->count) && (!edges || open_columns(&reading)))
        report->verdict = edges ? read_units_with_edges(&reading) : read_units_alone(&reading);
    if (report->verdict != ENTROPY_SOUND && report->verdict != ENTROPY_NO_MEMORY) {
        const size_t used = used_bits(&reading) / 8;
        report->offset = segment_offset(&reading.segment, used);
    }
    free(reading.columns);
    segment_close(&reading.segment);
}

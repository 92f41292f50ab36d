#include "Segment.h"

#include <stdlib.h>
#include <string.h>

/// Ten blocks of 64 codes of at most 16 bits with values of at most 11, and what a reader looks ahead.
static const size_t room_after_end = 10 * 64 * 27 / 8 + 16;

bool segment_open(struct segment *segment, const uint8_t *scan, size_t count) {
    *segment = (struct segment){.bytes = malloc(count + room_after_end), .scan = scan, .scan_count = count};
    return segment->bytes != NULL;
}

void segment_close(struct segment *segment) { free(segment->bytes); }

enum entropy_verdict segment_read(struct segment *segment, size_t from) {
    const uint8_t *const scan = segment->scan;
    size_t position = from, count = 0;
    segment->start = from;
    segment->marker = 0;
    for (;;) {
        const uint8_t *found = memchr(scan + position, 0xFF, segment->scan_count - position);
        const size_t stop = found ? (size_t)(found - scan) : segment->scan_count;
        memcpy(segment->bytes + count, scan + position, stop - position);
        count += stop - position;
        position = stop;
        if (!found) break;
        // Any number of FF may stand before a marker's second byte.
        size_t second = position + 1;
        while (second < segment->scan_count && scan[second] == 0xFF) second++;
        if (second == segment->scan_count) break;
        if (scan[second] == 0) {
            if (second > position + 1) return ENTROPY_UNKNOWN; // decoders differ in what they make of FF FF 00
            segment->bytes[count++] = 0xFF;
            position = second + 1;
            continue;
        }
        if (scan[second] < 0xD0 || scan[second] > 0xD7) return ENTROPY_UNKNOWN;
        segment->marker = scan[second];
        position = second + 1;
        break;
    }
    memset(segment->bytes + count, 0, room_after_end);
    segment->count = count;
    segment->end = position;
    return ENTROPY_SOUND;
}

size_t segment_offset(const struct segment *segment, size_t index) {
    const uint8_t *const scan = segment->scan;
    size_t position = segment->start;
    while (index > 0 && position < segment->scan_count) {
        const size_t left = segment->scan_count - position;
        const uint8_t *found = memchr(scan + position, 0xFF, index < left ? index : left);
        if (!found) return position + (index < left ? index : left);
        index -= (size_t)(found - (scan + position)) + 1;
        position = (size_t)(found - scan) + 2;
    }
    return position < segment->scan_count ? position : segment->scan_count;
}

void segment_note_rest(const struct segment *segment, size_t index, struct entropy_report *report) {
    if (index >= segment->count) return;
    const size_t start = segment_offset(segment, index);
    const size_t end = segment->marker == 0 ? segment->scan_count : segment->end - 2;
    const size_t count = end > start ? end - start : 0;
    report->skipped += count;
    const uint8_t *rest = segment->bytes + index;
    const bool is_one_value = memcmp(rest, rest + 1, segment->count - index - 1) == 0;
    if (is_one_value || count <= report->left_over) return;
    report->left_over = count;
    report->left_over_offset = start;
}

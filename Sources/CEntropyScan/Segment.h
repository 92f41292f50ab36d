#pragma once

#include "CEntropyScan.h"

/// The bytes between two markers of a scan, without those that were stuffed in after each FF.
struct segment {
    /// Zeros follow them, enough for a reader to run past the end by a unit before it looks.
    uint8_t *bytes;
    size_t count;
    /// Where the segment stands in the scan: from its first byte to behind the marker that ends it.
    size_t start, end;
    /// The marker's second byte, RST0 to RST7; 0 for the end of the scan.
    uint8_t marker;

    const uint8_t *scan;
    size_t scan_count;
};

bool segment_open(struct segment *segment, const uint8_t *scan, size_t count);
void segment_close(struct segment *segment);

/// Reads the segment that begins there.
enum entropy_verdict segment_read(struct segment *segment, size_t from);

/// Where in the scan the byte of this index stands.
size_t segment_offset(const struct segment *segment, size_t index);

/// Adds the bytes from this index to the marker to what is skipped and left over.
void segment_note_rest(const struct segment *segment, size_t index, struct entropy_report *report);

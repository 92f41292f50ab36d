#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "SeamSearch.h"

/// A Huffman table of a DHT segment, unfolded so that one look-up tells several symbols.
struct huffman_table;

/// Unfolds a table, or returns a null pointer where it is none that this scan reads: more codes than a length has, a DC
/// category past 15, no memory.
///
/// - `counts`: how many codes there are of 1 to 16 bits, 256 together at most.
/// - `symbols`: what they stand for, in the order of their codes.
struct huffman_table *huffman_table_create(bool is_dc, const uint8_t counts[16], const uint8_t *symbols);

void huffman_table_destroy(struct huffman_table *table);

/// One component of the scan.
struct entropy_component {
    /// Its blocks in a minimum coded unit.
    unsigned across, down;
    const struct huffman_table *dc, *ac;
    /// 64 in zigzag order, none of them 0.
    const uint16_t *quantizers;
};

/// The one scan of a baseline picture. Of one component a minimum coded unit is one block.
struct entropy_scan {
    /// Everything between the scan's header and EOI.
    const uint8_t *bytes;
    size_t count;
    unsigned units_across, units_down;
    /// In minimum coded units; 0 is none.
    unsigned restart_interval;
    unsigned component_count;
    struct entropy_component components[3];
};

enum entropy_verdict {
    /// Every code was read, and nothing says that it is not what was encoded. Bytes may be left over.
    ENTROPY_SOUND,
    /// Something stands there that this scan does not know. Another decoder is to be asked.
    ENTROPY_UNKNOWN,
    ENTROPY_NO_MEMORY,
    /// Bits for which the table has no code, or one that no encoder would use.
    ENTROPY_BAD_CODE,
    /// More than 64 coefficients in a block.
    ENTROPY_TOO_MANY_COEFFICIENTS,
    /// A block's mean that no picture of 8 bits a sample has.
    ENTROPY_MEAN_OUT_OF_RANGE,
    /// Another coefficient that is larger than any that such a picture has.
    ENTROPY_COEFFICIENT_OUT_OF_RANGE,
    /// The data end, or a restart marker comes, before the last code that they should hold.
    ENTROPY_ENDS_EARLY,
    /// A restart marker that is not the next one.
    ENTROPY_WRONG_RESTART,
};

struct entropy_report {
    enum entropy_verdict verdict;
    /// Where in the scan's bytes, which row of minimum coded units and which unit of it, from 0.
    size_t offset;
    unsigned row, unit;
    /// Bytes that follow the last code before a marker, all together.
    size_t skipped;
    /// The longest run of them that is not of one value only, and where it begins.
    size_t left_over, left_over_offset;
};

/// Room for a component's blocks, a byte each, row by row. Blocks past it pad the picture, and are only checked.
struct entropy_plane {
    uint8_t *samples;
    /// 0 where its blocks are not wanted.
    unsigned width, height;
};

/// Reads the scan from its first code to its last, and writes a byte for each block: its mean, as libjpeg gives it at a scale of 1/8.
///
/// - `planes`: one for each component.
/// - `edges`: a null pointer, or for each component room for what its samples are like along the borders of its rows of minimum
///   coded units, from the upper border of the picture to its lower one. For each border that is three lines of `units_across` ×
///   `across` numbers, one for each block: by how much the means of its 8 columns step up from above the border to below it, and
///   how restless they are above and below it, all in `EDGE_PARTS` of a level. Outside of the picture all is middle grey. They are
///   told by the picture's three lowest vertical frequencies alone.
void entropy_scan(const struct entropy_scan *scan, const struct entropy_plane *planes, int16_t *const *edges,
                  struct entropy_report *report);

/// A picture of an eighth of the size, from its means: luma and, of as many blocks across and down or fewer, two planes of colour
/// differences (ITU-R BT.601, full range; ITU-T T.871, 7). Colour is mixed between the middles of its blocks.
///
/// - `across`, `down`: how many blocks of luma lie along one of colour, 1 to 4.
/// - `rgb`: three bytes for each block of luma.
/// - Returns: false where there is no memory.
bool mean_colours(const struct entropy_plane planes[3], unsigned across, unsigned down, uint8_t *rgb);

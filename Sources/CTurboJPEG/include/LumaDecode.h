#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <jpeglib.h>

/// What libjpeg made of a picture.
enum luma_outcome {
    /// Every entropy-coded segment decoded; at most harmless oddities were met.
    LUMA_DECODED,
    /// libjpeg only warned, but the warning stands for data that is not what was encoded.
    LUMA_DAMAGED,
    /// libjpeg gave up.
    LUMA_REFUSED,
};

/// What libjpeg said, and where it stood when it said it.
struct luma_report {
    enum luma_outcome outcome;
    /// libjpeg's message code (`J_MESSAGE_CODE`) where the outcome is not `LUMA_DECODED`.
    int code;
    /// libjpeg's message in its own words, ended by a zero.
    char message[JMSG_LENGTH_MAX];
    /// Bytes consumed when it was said, to within one minimum coded unit.
    size_t offset;
    /// The scan that was being read, from 1; 0 before the first.
    int scan;
    /// The row of minimum coded units that was being read, from 0, and how many the scan has.
    unsigned row, rows;
    /// Bytes that libjpeg skipped in front of markers: harmless in themselves.
    size_t skipped;
    /// The longest run of them after the first scan's header that is not of one value only, and where it begins, to within
    /// the few bytes that were read ahead.
    size_t left_over, left_over_offset;
    /// Harmless warnings about metadata or parameters that do not change a pixel.
    unsigned oddities;
};

/// Decodes every entropy-coded segment of the JPEG at `bytes` once, and writes its luma at 1/8 scale, row by row, to `luma`.
///
/// - `width`, `height`: the size of `luma`, the picture's divided by 8 and rounded up. A picture of another size is refused.
/// - `memory`: the most bytes that libjpeg may hold for the coefficients of a picture of several scans.
///
/// Grey, YCbCr, RGB, CMYK and YCCK pictures have a luma; others are refused. Stops at the first sign of damage.
void luma_decode(const uint8_t *bytes, size_t count, uint8_t *luma, unsigned width, unsigned height, long memory,
                 struct luma_report *report);

#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <jpeglib.h>

/// What became of a transformation or a comparison.
enum transform_outcome {
    /// A smaller JPEG of the same coefficients was written; the two JPEGs show the same.
    TRANSFORM_DONE,
    /// No coding that is tried takes fewer bytes.
    TRANSFORM_NOT_SMALLER,
    /// A kind of picture that is left alone: arithmetic coding, which few programs can read, and none writes larger.
    TRANSFORM_OTHER_KIND,
    /// The two JPEGs do not show the same, or do not say the same about it.
    TRANSFORM_DIFFERENT,
    /// libjpeg gave up, or warned of damage.
    TRANSFORM_REFUSED,
};

/// What came out of it.
struct transform_report {
    enum transform_outcome outcome;
    /// How many bytes were written.
    size_t count;
    /// What differs, or libjpeg's message in its own words; ended by a zero, empty where there is nothing to say.
    char message[JMSG_LENGTH_MAX];
};

/// Codes the coefficients of the JPEG at `bytes` anew with Huffman tables of its own, in whichever of a sequential and a
/// progressive order takes fewer bytes, and writes the result to `output`.
///
/// Every APPn and COM segment is kept, byte for byte and in order; restart markers are left out.
///
/// - `capacity`: of `output`. A result that does not fit counts as not smaller.
/// - `memory`: the most bytes that libjpeg may hold for the coefficients.
void lossless_transform(const uint8_t *bytes, size_t count, uint8_t *output, size_t capacity, long memory,
                        struct transform_report *report);

/// Decodes two JPEGs side by side, and compares every sample of every component before any conversion of size or colour,
/// and every APPn and COM segment.
void compare_pictures(const uint8_t *left, size_t left_count, const uint8_t *right, size_t right_count, long memory,
                      struct transform_report *report);

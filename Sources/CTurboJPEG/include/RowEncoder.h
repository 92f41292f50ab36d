#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A JPEG that is encoded row by row, so that no more of it need be in memory than what is being painted.
struct row_encoder;

/// Begins a baseline JPEG of interleaved RGB bytes, with full colour resolution.
///
/// - `width`, `height`: 1 to 65,500 pixels.
/// - `quality`: libjpeg's, 1 to 100.
///
/// Returns a null pointer where there is no memory or the size is out of its range.
struct row_encoder *row_encoder_create(unsigned width, unsigned height, int quality);

/// Encodes the next rows. Returns false where there is no memory, or no such rows are left.
bool row_encoder_put(struct row_encoder *encoder, const uint8_t *rgb, unsigned rows);

/// Ends the JPEG once it has all its rows. Returns false where it has not, or there is no memory.
bool row_encoder_finish(struct row_encoder *encoder);

/// The bytes that came out since this was called last. They are valid until the next call of any of these functions.
const uint8_t *row_encoder_take(struct row_encoder *encoder, size_t *count);

void row_encoder_destroy(struct row_encoder *encoder);

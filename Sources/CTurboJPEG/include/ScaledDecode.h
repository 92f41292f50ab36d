#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <jpeglib.h>

/// Decodes some columns of the JPEG at `bytes`, at a scale of so many eighths, to interleaved RGB bytes, row by row.
///
/// - `eighths`: 1 to 8. The scaled picture's sides are the picture's times `eighths` / 8, rounded up.
/// - `left`, `width`: which columns of the scaled picture; `height`: all of its rows. What does not fit the picture is
///   refused.
/// - `rgb`: `width` × `height` × 3 bytes.
/// - `message`: libjpeg's, of `JMSG_LENGTH_MAX` bytes, ended by a zero, where this returns false.
///
/// Grey, YCbCr, RGB, CMYK and YCCK pictures have colours; others are refused. Stops at the first sign of damage.
bool scaled_decode(const uint8_t *bytes, size_t count, unsigned eighths, unsigned left, unsigned width, unsigned height,
                   uint8_t *rgb, char *message);

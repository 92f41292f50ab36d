#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Decodes part of the luma of the JPEG at `bytes`, at 1/8 scale, row by row.
///
/// - `left`, `top`, `width`, `height`: which part of the scaled picture, whose sides are the picture's divided by 8 and rounded up. A
///   part that does not fit is refused.
/// - `luma`: `width` × `height` bytes.
///
/// What lies below the part is not decoded. Grey, YCbCr and RGB pictures have a luma here; others are refused. Stops at the first sign
/// of damage, and then returns false.
bool region_luma(const uint8_t *bytes, size_t count, unsigned left, unsigned top, unsigned width, unsigned height,
                 uint8_t *luma);

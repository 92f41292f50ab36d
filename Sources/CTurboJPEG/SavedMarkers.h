#pragma once

#include "CTurboJPEG.h"

#include <stdbool.h>

/// Has libjpeg keep every APPn and COM segment in `marker_list`, whole and in order. To be called before the header is read.
void save_markers(j_decompress_ptr jpeg);

/// Whether both kept the same segments.
bool have_same_markers(const struct jpeg_decompress_struct *left, const struct jpeg_decompress_struct *right);

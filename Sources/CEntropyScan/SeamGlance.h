#pragma once

#include "CEntropyScan.h"

/// Tells for each row of units whether it may have a seam, in a small part of the time that it takes to search it.
///
/// Where a seam begins in a row, each column's steps on the row's two borders come to the seam's height together: one of them is
/// of that height, and the other is none. So most columns step one way, while as many of a clean picture's step one way as the
/// other, but for things wider than half of it. Of 215 seams found in damaged pictures none had less than 29 % more columns one
/// way than the other, or 12 % in a first or last row; a twentieth of the rows of clean pictures has a quarter more.
///
/// - `room`: for four numbers for each block of a row of the widest component.
/// - `may_have`: one for each row.
void seam_glance(const struct seam_picture *picture, int16_t *room, bool *may_have);

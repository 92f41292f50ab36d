#pragma once

#include "CEntropyScan.h"

/// Bins of half a level up to a height of 32, and of two levels above. That of a step downwards has the other sign.
#define FINE_BINS 64
#define MOST_BIN 160
/// What stands behind the last bin, so that its neighbours may be looked at.
#define BINS (MOST_BIN + 4)

/// A border between two rows of units, column by column of blocks: the step across it, and how far such steps go by themselves
/// there, because of what is in the blocks above and below.
struct border {
    float *step, *usual;
    /// The steps by their height, each for as much as it is beyond what is usual where it is; those downwards count against
    /// those upwards.
    float heights[BINS];
    /// The last bin that has any.
    int32_t highest;
    /// Whether it is inside the picture.
    bool is_there;
    /// Which one was measured, counted from the picture's upper one at 0; −1 for none yet.
    int64_t number;
};

/// How far steps go by themselves where all is flat, in levels.
static inline float least_usual(const struct seam_component *component) { return 1.5f + 0.05f * component->step; }

/// Measures a border.
///
/// - `bins`: room for one of each column.
void border_measure(struct border *border, const struct seam_picture *picture, unsigned c, unsigned number, int32_t *bins);

/// The height, of 1 or more, that most steps of two borders have beyond as many of the same height the other way, those near
/// it counted with it; 0 where there is none.
float border_height_of_most(const struct border *upper, const struct border *lower);

/// Votes of −2 to 2, one for each column: how much more its step looks like one of this height than like none.
void border_vote(const struct border *border, size_t width, float height, float *votes);

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// So many parts of a level the edges of rows are told in.
#define EDGE_PARTS 8

/// One component of a picture in which a seam is looked for.
struct seam_component {
    /// Blocks of a row of samples in a minimum coded unit.
    unsigned across;
    /// The quantizer of the blocks' means.
    unsigned step;
    /// As `entropy_scan` gives them.
    const int16_t *edges;
    /// The same of the picture before, of the same size; a null pointer for none.
    const int16_t *before;
};

struct seam_picture {
    unsigned units_across, units_down;
    unsigned component_count;
    struct seam_component components[3];
};

/// The place that looks most like a seam, and how much it does beside the others.
struct seam {
    float strength;
    unsigned row, unit;
    /// The step, in levels, and the component in which it shows most.
    float height;
    unsigned component;
};

/// Looks for the trace of damage that every decoder takes.
///
/// From some unit on, in the order of the scan and to its end, the means are off by a constant, because each is coded as a
/// difference from the one before. So the picture has a step of one height along a staircase: on the upper border of a row of
/// units from that unit on, and on its lower border before it. Things in front of a camera do not look so: their edges are
/// straight, or not of one height, or not between two rows of units to the pixel.
///
/// - `least`: a seam that is less strong may be told as one of strength 0. The higher it is, the sooner clean pictures are done
///   with; at 0 every row is searched.
///
/// Returns false where there is no memory. Pictures less than 16 units wide or 6 high have a strength of 0.
bool seam_find(const struct seam_picture *picture, float least, struct seam *seam);

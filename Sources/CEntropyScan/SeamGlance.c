#include "SeamGlance.h"

#include "SeamBorder.h"

#include <stdlib.h>
#include <string.h>

// All is done in 16 bits, eight columns at once: `entropy_scan` tells of no more than 512 levels.

/// What one border's columns step by, and half of how far steps go by themselves there.
struct glance {
    int16_t *step, *half_usual;
};

static inline int16_t size_of(int16_t value) { return value < 0 ? -value : value; }

static inline __attribute__((always_inline)) void
look(const int16_t *restrict edges, const int16_t *restrict before, size_t width, int16_t half_least,
     int16_t *restrict step, int16_t *restrict half_usual) {
    for (size_t x = 0; x < width; x++) {
        int16_t across = edges[x], above = edges[width + x], below = edges[2 * width + x];
        if (before) {
            across -= before[x];
            above -= before[width + x];
            below -= before[2 * width + x];
        }
        step[x] = across;
        half_usual[x] = half_least + size_of(above) / 4 + size_of(below) / 4;
    }
}

/// Looks at a border; at those of the picture itself there is nothing to see.
static void look_at(const struct seam_picture *picture, unsigned c, unsigned number, struct glance *glance) {
    const struct seam_component *component = &picture->components[c];
    const size_t width = (size_t)picture->units_across * component->across, place = number * 3 * width;
    const float least = least_usual(component) * EDGE_PARTS / 2;
    const int16_t half_least = least < 4096 ? least : 4096;
    if (number == 0 || number == picture->units_down) {
        memset(glance->step, 0, width * sizeof(int16_t));
        memset(glance->half_usual, 0, width * sizeof(int16_t));
    } else if (component->before) {
        look(component->edges + place, component->before + place, width, half_least, glance->step, glance->half_usual);
    } else {
        look(component->edges + place, NULL, width, half_least, glance->step, glance->half_usual);
    }
}

/// How many more columns step one way than the other between two borders.
static int lean(const struct glance *upper, const struct glance *lower, size_t width) {
    const int16_t *restrict step = upper->step, *restrict other_step = lower->step;
    const int16_t *restrict usual = upper->half_usual, *restrict other_usual = lower->half_usual;
    int16_t up = 0, down = 0; // a picture has 8192 columns at most
    for (size_t x = 0; x < width; x++) {
        const int16_t both = step[x] + other_step[x], least = usual[x] + other_usual[x];
        up += both > least;
        down += both < (int16_t)-least;
    }
    return abs(up - down);
}

void seam_glance(const struct seam_picture *picture, int16_t *room, bool *may_have) {
    const unsigned rows = picture->units_down;
    memset(may_have, false, rows);
    for (unsigned c = 0; c < picture->component_count; c++) {
        const size_t width = (size_t)picture->units_across * picture->components[c].across;
        struct glance glances[2];
        for (unsigned n = 0; n < 2; n++)
            glances[n] = (struct glance){room + 2 * n * width, room + (2 * n + 1) * width};
        look_at(picture, c, 0, &glances[0]);
        for (unsigned row = 0; row < rows; row++) {
            look_at(picture, c, row + 1, &glances[~row & 1]);
            const bool is_at_end = row == 0 || row + 1 == rows;
            const int leaning = lean(&glances[0], &glances[1], width);
            // Of the staircase a first or last row shows one part, which may be an eighth of the width.
            may_have[row] |= leaning * (is_at_end ? 10 : 4) >= (int)width;
        }
    }
}

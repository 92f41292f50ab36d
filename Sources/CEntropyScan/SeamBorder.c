#include "SeamBorder.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/// The bin of a height of 0 or more; the last for those that are higher than all.
static inline int32_t bin_of(float height) {
    const float fine = 2 * height + 0.5f, coarse = height * 0.5f + (FINE_BINS - FINE_BINS / 4 + 0.5f);
    const float bin = fine < coarse ? fine : coarse; // the two meet where the bins become wider
    return bin < MOST_BIN ? bin : MOST_BIN;
}

static inline float height_of(int bin) {
    return bin <= FINE_BINS ? bin / 2.0f : FINE_BINS / 2 + 2.0f * (bin - FINE_BINS);
}

/// Measures one border. `edges` are its three lines, `before` those of the picture before or a null pointer.
static void measure_columns(const int16_t *restrict edges, const int16_t *restrict before, size_t width, float least,
                            float *restrict step, float *restrict usual) {
    const float part = 1.0f / EDGE_PARTS;
    for (size_t x = 0; x < width; x++) {
        const int across = before ? edges[x] - before[x] : edges[x];
        const int above = before ? edges[width + x] - before[width + x] : edges[width + x];
        const int below = before ? edges[2 * width + x] - before[2 * width + x] : edges[2 * width + x];
        step[x] = across * part;
        usual[x] = least + (abs(above) + abs(below)) * (0.5f * part);
    }
}

/// Counts a border's steps by their height.
static void count_heights(struct border *border, size_t width, int32_t *restrict bins) {
    const float *restrict step = border->step, *restrict usual = border->usual;
    int32_t highest = 0;
    for (size_t x = 0; x < width; x++) {
        bins[x] = bin_of(fabsf(step[x]));
        highest = bins[x] > highest ? bins[x] : highest;
    }
    border->highest = highest;
    memset(border->heights, 0, sizeof border->heights);
    for (size_t x = 0; x < width; x++) border->heights[bins[x]] += copysignf(1 / usual[x], step[x]);
}

void border_measure(struct border *border, const struct seam_picture *picture, unsigned c, unsigned number,
                    int32_t *bins) {
    if (border->number == number) return;
    const struct seam_component *component = &picture->components[c];
    const size_t width = (size_t)picture->units_across * component->across;
    border->number = number;
    border->is_there = number > 0 && number < picture->units_down;
    if (!border->is_there) {
        memset(border->heights, 0, sizeof border->heights);
        border->highest = 0;
        return;
    }
    const size_t place = (size_t)number * 3 * width;
    measure_columns(component->edges + place, component->before ? component->before + place : NULL, width,
                    least_usual(component), border->step, border->usual);
    count_heights(border, width, bins);
}

float border_height_of_most(const struct border *upper, const struct border *lower) {
    const int highest = upper->highest > lower->highest ? upper->highest : lower->highest;
    const int end = highest + 3 < MOST_BIN ? highest + 3 : MOST_BIN;
    float sum[BINS + 4], joined[BINS];
    for (int bin = 1; bin < end + 3; bin++) sum[bin + 2] = upper->heights[bin] + lower->heights[bin];
    // Bin 0 has no sign, the one before it is the first downwards, and the last has all that is higher.
    sum[2] = 0;
    sum[1] = -sum[3];
    sum[MOST_BIN + 2] = 0;
    for (int bin = 2; bin < end; bin++)
        joined[bin] = sum[bin] + 2 * sum[bin + 1] + 3 * sum[bin + 2] + 2 * sum[bin + 3] + sum[bin + 4];
    int best = 0;
    float most = 0;
    for (int bin = 2; bin < end; bin++) {
        if (fabsf(joined[bin]) <= most) continue;
        most = fabsf(joined[bin]);
        best = bin;
    }
    return best == 0 ? 0 : copysignf(height_of(best), joined[best]);
}

/// It is close to the logarithm of (1 + (step / usual)²) / (1 + ((step − height) / usual)²).
void border_vote(const struct border *border, size_t width, float height, float *restrict votes) {
    const float *restrict step = border->step, *restrict usual = border->usual;
    for (size_t x = 0; x < width; x++) {
        const float off = step[x] - height;
        const float square = step[x] * step[x], off_square = off * off;
        votes[x] = 2 * (square - off_square) / (2 * usual[x] * usual[x] + square + off_square);
    }
}

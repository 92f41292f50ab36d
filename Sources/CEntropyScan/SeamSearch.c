#include "SeamSearch.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// A border between two rows of units, column by column of blocks: what the step across it is beyond the slopes on both
/// sides, and how far such steps go by themselves there.
struct border {
    float *step, *usual;
};

/// Bins of half a level, up to this height.
#define MOST_HEIGHT 256
#define BINS (2 * 2 * MOST_HEIGHT + 1)
#define MIDDLE (2 * MOST_HEIGHT)
/// So many heights are tried in each row.
static const int heights_tried = 5;

struct search {
    const struct seam_picture *picture;
    bool has_before;
    struct border borders[3];
    /// For each unit of a row what speaks for a step on its upper and on its lower border, of all components and of the
    /// colours alone.
    float *upper, *lower, *upper_colour, *lower_colour;
};

// MARK: Borders

static void measure(const struct search *search, unsigned c) {
    const struct seam_component *component = &search->picture->components[c];
    const struct border *border = &search->borders[c];
    const size_t width = (size_t)search->picture->units_across * component->across;
    const float least = 1.5f + 0.05f * component->step;
    for (unsigned row = 1; row < search->picture->units_down; row++) {
        // The second-last and last row of samples above, the first and second below.
        const size_t above = ((size_t)row * 4 - 2) * width;
        for (size_t x = 0; x < width; x++) {
            float rows[4];
            for (unsigned y = 0; y < 4; y++) {
                const size_t place = above + y * width + x;
                rows[y] = component->edges[place] - (component->before ? component->before[place] : 0);
            }
            const float before = rows[1] - rows[0], after = rows[3] - rows[2];
            border->step[row * width + x] = rows[2] - rows[1] - (before + after) / 2;
            border->usual[row * width + x] = least + (fabsf(before) + fabsf(after)) / 2;
        }
    }
}

/// −2 to 2: how much more a step looks like one of this height than like none. It is close to the logarithm of
/// (1 + (step / usual)²) / (1 + ((step − height) / usual)²).
static inline float vote(const struct border *border, size_t place, float height) {
    const float step = border->step[place], off = step - height, usual = border->usual[place];
    const float square = step * step, off_square = off * off;
    return 2 * (square - off_square) / (2 * usual * usual + square + off_square);
}

// MARK: Rows

/// How a staircase that begins in this row does best, of all the units where it may begin.
struct stair {
    float value;
    unsigned unit;
};

/// Takes the votes for the two borders of a row of `width` blocks, and the unit's blocks.
static struct stair best_stair(const float *upper, const float *lower, size_t width, unsigned across, bool is_at_end,
                               bool takes_straight) {
    float upper_after = 0, upper_before = 0, lower_before = 0, lower_after = 0;
    for (size_t x = 0; x < width; x++) {
        upper_after += upper[x];
        lower_after += lower[x];
    }
    struct stair best = {0};
    for (size_t x = 0; x <= width; x++) {
        const bool is_near_side = x < width / 8 || x > width * 7 / 8;
        if (x % across == 0 && !(is_at_end && is_near_side)) {
            // Where a straight edge goes on past the unit, its other part weighs as much as the staircase's.
            const float both = upper_after + lower_before;
            float value = fminf(both, fminf(lower_before - upper_before, upper_after - lower_after));
            // That there is no edge on one border is no proof that there is one on the other.
            if (!is_at_end) value = fminf(value, 2 * fminf(lower_before, upper_after));
            if (takes_straight && is_near_side)
                value = fmaxf(value, both - fmaxf(0, upper_before) - fmaxf(0, lower_after) - width * 0.5f);
            if (value > best.value) best = (struct stair){value, x / across};
        }
        if (x == width) break;
        upper_after -= upper[x];
        upper_before += upper[x];
        lower_before += lower[x];
        lower_after -= lower[x];
    }
    return best;
}

static void vote_for(const struct search *search, unsigned c, unsigned row, float height, float *upper, float *lower) {
    const size_t width = (size_t)search->picture->units_across * search->picture->components[c].across;
    const struct border *border = &search->borders[c];
    for (size_t x = 0; x < width; x++) {
        upper[x] = row > 0 ? vote(border, row * width + x, height) : 0;
        lower[x] = row + 1 < search->picture->units_down ? vote(border, (row + 1) * width + x, height) : 0;
    }
}

/// The heights of a row's steps, counted for as much as they are beyond what is usual where they are.
static void count_heights(const struct search *search, unsigned c, unsigned row, float bins[BINS]) {
    const size_t width = (size_t)search->picture->units_across * search->picture->components[c].across;
    const struct border *border = &search->borders[c];
    memset(bins, 0, BINS * sizeof *bins);
    for (unsigned next = 0; next < 2; next++) {
        if (row + next < 1 || row + next >= search->picture->units_down) continue;
        for (size_t x = 0; x < width; x++) {
            const size_t place = (row + next) * width + x;
            const float height = border->step[place] * 2;
            if (fabsf(height) > MIDDLE - 4) continue;
            float *bin = bins + MIDDLE + lrintf(height);
            for (int away = -2; away <= 2; away++) bin[away] += (3 - abs(away)) / border->usual[place];
        }
    }
}

/// The height, of 1 or more, that most steps have beyond as many of the same height downwards; 0 where there is none. It
/// and its neighbours are then spent.
static float take_height(float bins[BINS], bool spent[BINS]) {
    int best = 0;
    float most = 0;
    for (int bin = -MIDDLE; bin <= MIDDLE; bin++) {
        const float count = bins[MIDDLE + bin] - bins[MIDDLE - bin];
        if (abs(bin) >= 2 && !spent[MIDDLE + bin] && count > most) {
            most = count;
            best = bin;
        }
    }
    for (int bin = best - 3; bin <= best + 3; bin++)
        if (abs(bin) <= MIDDLE) spent[MIDDLE + bin] = true;
    return best / 2.0f;
}

/// Adds what one component's best height says of a row. `room` is for twice the component's width.
static void add_component(const struct search *search, unsigned c, unsigned row, float *room) {
    const struct seam_picture *picture = search->picture;
    const unsigned across = picture->components[c].across;
    const size_t width = (size_t)picture->units_across * across;
    const bool is_at_end = row == 0 || row + 1 == picture->units_down;
    float bins[BINS];
    bool spent[BINS] = {false};
    count_heights(search, c, row, bins);
    float best = 0, best_height = 0;
    for (int i = 0; i < heights_tried; i++) {
        const float height = take_height(bins, spent);
        if (height == 0) break;
        vote_for(search, c, row, height, room, room + width);
        const float value =
            best_stair(room, room + width, width, across, is_at_end, search->has_before && c > 0).value;
        if (value <= best) continue;
        best = value;
        best_height = height;
    }
    if (best_height == 0) return;
    vote_for(search, c, row, best_height, room, room + width);
    for (size_t x = 0; x < width; x++) {
        const size_t unit = x / across;
        const float upper = room[x] / across, lower = room[width + x] / across;
        search->upper[unit] += upper;
        search->lower[unit] += lower;
        if (c == 0) continue;
        search->upper_colour[unit] += upper;
        search->lower_colour[unit] += lower;
    }
}

static struct stair search_row(const struct search *search, unsigned row, float *room) {
    const unsigned units = search->picture->units_across;
    const bool is_at_end = row == 0 || row + 1 == search->picture->units_down;
    // One border alone is too little: a frame that is drawn around a picture, or a thing that reaches out of it, looks so.
    if (is_at_end && !search->has_before) return (struct stair){0};
    memset(search->upper, 0, 4 * units * sizeof(float)); // the others follow
    for (unsigned c = 0; c < search->picture->component_count; c++) add_component(search, c, row, room);
    struct stair best = best_stair(search->upper, search->lower, units, 1, is_at_end, false);
    // A shadow or a flash may have a straight edge, but of no colour.
    if (search->has_before) {
        const struct stair colour =
            best_stair(search->upper_colour, search->lower_colour, units, 1, is_at_end, true);
        if (colour.value > best.value) best = colour;
    }
    best.value /= units;
    return best;
}

// MARK: The picture

/// The fifth best row stands for what the picture's own edges come to.
static const unsigned others = 4;

static void search_rows(const struct search *search, float *room, struct seam *seam) {
    float best[5] = {0};
    for (unsigned row = 0; row < search->picture->units_down; row++) {
        const struct stair stair = search_row(search, row, room);
        if (stair.value > best[0]) {
            seam->row = row;
            seam->unit = stair.unit;
        }
        float value = stair.value;
        for (unsigned place = 0; place <= others; place++) {
            if (value <= best[place]) continue;
            const float displaced = best[place];
            best[place] = value;
            value = displaced;
        }
    }
    seam->strength = best[0] / (0.25f + best[others]);
}

bool seam_find(const struct seam_picture *picture, struct seam *seam) {
    *seam = (struct seam){0};
    if (picture->units_across < 16 || picture->units_down < 6) return true;
    size_t columns = 0, widest = 0;
    for (unsigned c = 0; c < picture->component_count; c++) {
        const size_t width = (size_t)picture->units_across * picture->components[c].across;
        columns += width;
        if (width > widest) widest = width;
    }
    const size_t rows = picture->units_down, units = picture->units_across;
    float *const all = malloc((2 * columns * rows + 2 * widest + 4 * units) * sizeof *all);
    if (!all) return false;
    struct search search = {.picture = picture, .has_before = picture->components[0].before != NULL};
    float *place = all;
    for (unsigned c = 0; c < picture->component_count; c++) {
        const size_t count = units * picture->components[c].across * rows;
        search.borders[c] = (struct border){place, place + count};
        place += 2 * count;
        measure(&search, c);
    }
    search.upper = place;
    search.lower = place + units;
    search.upper_colour = place + 2 * units;
    search.lower_colour = place + 3 * units;
    search_rows(&search, place + 4 * units, seam);
    free(all);
    return true;
}

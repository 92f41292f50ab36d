#include "SeamSearch.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/// Bins of half a level up to a height of 32, and of two levels above. That of a step downwards has the other sign.
#define FINE_BINS 64
#define MOST_BIN 160
/// What stands behind the last bin, so that its neighbours may be looked at.
#define BINS (MOST_BIN + 4)

/// A border between two rows of units, column by column of blocks: what the step across it is beyond the slopes on both
/// sides, and how far such steps go by themselves there.
struct border {
    float *step, *usual;
    /// The steps by their height, each for as much as it is beyond what is usual where it is; those downwards count against
    /// those upwards.
    float heights[BINS];
    /// The last bin that has any.
    int32_t highest;
    /// Whether it is inside the picture.
    bool is_there;
};

struct search {
    const struct seam_picture *picture;
    bool has_before;
    /// Of each component the borders of even and of odd number: only those of the row that is searched are needed.
    struct border borders[3][2];
    /// For each unit of a row what speaks for a step on its upper and on its lower border, of all components and of the
    /// colours alone.
    float *upper, *lower, *upper_colour, *lower_colour;
    /// Room for the votes on one row's two borders, twice, and for those of one border's blocks.
    float *votes;
    /// Room for the bins of a border's steps.
    int32_t *bins;
};

// MARK: Borders

/// The bin of a height of 0 or more; the last for those that are higher than all.
static inline int32_t bin_of(float height) {
    const float fine = 2 * height + 0.5f, coarse = height * 0.5f + (FINE_BINS - FINE_BINS / 4 + 0.5f);
    const float bin = fine < coarse ? fine : coarse; // the two meet where the bins become wider
    return bin < MOST_BIN ? bin : MOST_BIN;
}

static inline float height_of(int bin) {
    return bin <= FINE_BINS ? bin / 2.0f : FINE_BINS / 2 + 2.0f * (bin - FINE_BINS);
}

/// Measures one border. `rows` are the second-last and last row of samples above it, the first and second below.
static void measure_rows(const int16_t *restrict rows, const int16_t *restrict before_rows, size_t width, float least,
                         float *restrict step, float *restrict usual) {
    const float part = 1.0f / EDGE_PARTS;
    for (size_t x = 0; x < width; x++) {
        int before = rows[width + x] - rows[x], after = rows[3 * width + x] - rows[2 * width + x];
        int gap = rows[2 * width + x] - rows[width + x];
        if (before_rows) {
            before -= before_rows[width + x] - before_rows[x];
            after -= before_rows[3 * width + x] - before_rows[2 * width + x];
            gap -= before_rows[2 * width + x] - before_rows[width + x];
        }
        step[x] = (gap - (before + after) * 0.5f) * part;
        usual[x] = least + (abs(before) + abs(after)) * (0.5f * part);
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

/// Measures the border above a row of units.
static void measure(struct search *search, unsigned c, unsigned row) {
    const struct seam_component *component = &search->picture->components[c];
    struct border *border = &search->borders[c][row & 1];
    const size_t width = (size_t)search->picture->units_across * component->across;
    border->is_there = row > 0 && row < search->picture->units_down;
    if (!border->is_there) {
        memset(border->heights, 0, sizeof border->heights);
        border->highest = 0;
        return;
    }
    const size_t above = ((size_t)row * 4 - 2) * width;
    measure_rows(component->edges + above, component->before ? component->before + above : NULL, width,
                 1.5f + 0.05f * component->step, border->step, border->usual);
    count_heights(border, width, search->bins);
}

// MARK: Heights

/// The height, of 1 or more, that most steps of two borders have beyond as many of the same height the other way, those near
/// it counted with it; 0 where there is none.
static float height_of_most(const struct border *upper, const struct border *lower) {
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

// MARK: Rows

/// How a staircase that begins in this row does best, of all the units where it may begin.
struct stair {
    float value;
    unsigned unit;
    /// The step of the component that says most.
    float height;
    unsigned component;
};

static inline float lesser(float a, float b) { return a < b ? a : b; }
static inline float greater(float a, float b) { return a > b ? a : b; }

/// Takes the votes for the two borders of a row.
static struct stair best_stair(const float *upper, const float *lower, size_t width, bool is_at_end, bool takes_straight) {
    float upper_after = 0, upper_before = 0, lower_before = 0, lower_after = 0;
    for (size_t x = 0; x < width; x++) {
        upper_after += upper[x];
        lower_after += lower[x];
    }
    struct stair best = {0};
    for (size_t x = 0; x <= width; x++) {
        const bool is_near_side = x < width / 8 || x > width * 7 / 8;
        if (!(is_at_end && is_near_side)) {
            // Where a straight edge goes on past the unit, its other part weighs as much as the staircase's.
            const float both = upper_after + lower_before;
            float value = lesser(both, lesser(lower_before - upper_before, upper_after - lower_after));
            // That there is no edge on one border is no proof that there is one on the other.
            if (!is_at_end) value = lesser(value, 2 * lesser(lower_before, upper_after));
            if (takes_straight && is_near_side)
                value = greater(value, both - greater(0, upper_before) - greater(0, lower_after) - width * 0.5f);
            if (value > best.value) best = (struct stair){.value = value, .unit = x};
        }
        if (x == width) break;
        upper_after -= upper[x];
        upper_before += upper[x];
        lower_before += lower[x];
        lower_after -= lower[x];
    }
    return best;
}

/// Votes of −2 to 2: how much more a step looks like one of this height than like none. It is close to the logarithm of
/// (1 + (step / usual)²) / (1 + ((step − height) / usual)²).
static void vote(const float *restrict step, const float *restrict usual, size_t width, float height,
                 float *restrict votes) {
    for (size_t x = 0; x < width; x++) {
        const float off = step[x] - height;
        const float square = step[x] * step[x], off_square = off * off;
        votes[x] = 2 * (square - off_square) / (2 * usual[x] * usual[x] + square + off_square);
    }
}

/// The same for the units of a border, each with the mean of its blocks' votes.
static void vote_of_units(const struct search *search, unsigned c, unsigned row, float height, float *votes) {
    const size_t units = search->picture->units_across, across = search->picture->components[c].across;
    const struct border *border = &search->borders[c][row & 1];
    if (!border->is_there) {
        memset(votes, 0, units * sizeof *votes);
        return;
    }
    float *const room = across == 1 ? votes : search->votes + 2 * units;
    vote(border->step, border->usual, units * across, height, room);
    if (across == 1) return;
    const float part = 1.0f / across;
    for (size_t unit = 0; unit < units; unit++) {
        float sum = 0;
        for (size_t x = 0; x < across; x++) sum += room[unit * across + x];
        votes[unit] = sum * part;
    }
}

/// Adds what a component's height says that most of the row's steps have. (To try others as well finds no more.)
static void add_component(const struct search *search, unsigned c, unsigned row, struct stair *strongest) {
    const size_t units = search->picture->units_across;
    const bool is_at_end = row == 0 || row + 1 == search->picture->units_down;
    const float height = height_of_most(&search->borders[c][row & 1], &search->borders[c][~row & 1]);
    if (height == 0) return;
    float *const upper = search->votes, *const lower = upper + units;
    vote_of_units(search, c, row, height, upper);
    vote_of_units(search, c, row + 1, height, lower);
    const struct stair stair = best_stair(upper, lower, units, is_at_end, search->has_before && c > 0);
    if (stair.value == 0) return;
    if (stair.value > strongest->value)
        *strongest = (struct stair){.value = stair.value, .height = height, .component = c};
    for (size_t unit = 0; unit < units; unit++) {
        search->upper[unit] += upper[unit];
        search->lower[unit] += lower[unit];
    }
    if (c == 0) return;
    for (size_t unit = 0; unit < units; unit++) {
        search->upper_colour[unit] += upper[unit];
        search->lower_colour[unit] += lower[unit];
    }
}

static struct stair search_row(const struct search *search, unsigned row) {
    const unsigned units = search->picture->units_across;
    const bool is_at_end = row == 0 || row + 1 == search->picture->units_down;
    memset(search->upper, 0, 4 * units * sizeof(float)); // the others follow
    struct stair strongest = {0};
    for (unsigned c = 0; c < search->picture->component_count; c++) add_component(search, c, row, &strongest);
    if (strongest.value == 0) return strongest;
    struct stair best = best_stair(search->upper, search->lower, units, is_at_end, false);
    // A shadow or a flash may have a straight edge, but of no colour.
    if (search->has_before) {
        const struct stair colour = best_stair(search->upper_colour, search->lower_colour, units, is_at_end, true);
        if (colour.value > best.value) best = colour;
    }
    best.value /= units;
    best.height = strongest.height;
    best.component = strongest.component;
    return best;
}

// MARK: The picture

/// The fifth best row stands for what the picture's own edges come to.
static const unsigned others = 4;

/// So many units across, and more, say what they say. In a narrower picture a thing that moves is soon as wide as a seam, and
/// the mean of few units goes further by chance: one in twenty clean pictures of 20 units had a seam before this was counted.
static const unsigned usual_units = 40;

static void search_rows(struct search *search, struct seam *seam) {
    const unsigned down = search->picture->units_down;
    float best[5] = {0};
    for (unsigned row = 0; row < down; row++) {
        for (unsigned c = 0; c < search->picture->component_count; c++) measure(search, c, row + 1);
        // One border alone is too little: a frame that is drawn around a picture, or a thing that reaches out of it, looks so.
        if ((row == 0 || row + 1 == down) && !search->has_before) continue;
        const struct stair stair = search_row(search, row);
        if (stair.value > best[0]) {
            *seam =
                (struct seam){.row = row, .unit = stair.unit, .height = stair.height, .component = stair.component};
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
    const unsigned across = search->picture->units_across;
    if (across < usual_units) seam->strength *= (float)across / usual_units;
}

bool seam_find(const struct seam_picture *picture, struct seam *seam) {
    *seam = (struct seam){0};
    if (picture->units_across < 16 || picture->units_down < 6) return true;
    const size_t units = picture->units_across;
    size_t across = 0, widest = 0;
    for (unsigned c = 0; c < picture->component_count; c++) {
        across += picture->components[c].across;
        if (picture->components[c].across > widest) widest = picture->components[c].across;
    }
    const size_t floats = (4 * across + 4 + 2 + widest) * units;
    float *const all = malloc(floats * sizeof *all + widest * units * sizeof(int32_t));
    if (!all) return false;
    struct search search = {.picture = picture, .has_before = picture->components[0].before != NULL};
    float *place = all;
    for (unsigned c = 0; c < picture->component_count; c++) {
        const size_t width = units * picture->components[c].across;
        for (unsigned border = 0; border < 2; border++) {
            search.borders[c][border].step = place;
            search.borders[c][border].usual = place + width;
            place += 2 * width;
        }
    }
    search.upper = place;
    search.lower = place + units;
    search.upper_colour = place + 2 * units;
    search.lower_colour = place + 3 * units;
    search.votes = place + 4 * units;
    search.bins = (int32_t *)(all + floats);
    search_rows(&search, seam);
    free(all);
    return true;
}

#include "CEntropyScan.h"

#include <stdlib.h>

/// Between which two of a row's samples a place lies, and how near to the second one, in 256ths.
struct blend {
    unsigned first, second;
    int share;
};

/// - `step`: how many places lie along a sample.
static struct blend blend_at(unsigned place, unsigned step, unsigned count) {
    const int middle = (int)(2 * place + 1) * 128 / (int)step - 128; // in 256ths of a sample
    if (middle <= 0) return (struct blend){0, 0, 0};
    const unsigned first = (unsigned)middle / 256;
    if (first + 1 >= count) return (struct blend){count - 1, count - 1, 0};
    return (struct blend){first, first + 1, middle % 256};
}

static uint8_t clamped(int value) { return value < 0 ? 0 : value > 255 ? 255 : value; }

/// One row of a plane of colour, in 256ths of a level less the middle: mixed of two rows, and then along them.
static void mix_row(const struct entropy_plane *plane, struct blend rows, const struct blend *columns, unsigned width,
                    int *mixed, int *row) {
    const uint8_t *upper = plane->samples + (size_t)rows.first * plane->width;
    const uint8_t *lower = plane->samples + (size_t)rows.second * plane->width;
    for (unsigned x = 0; x < plane->width; x++) mixed[x] = (upper[x] - 128) * 256 + (lower[x] - upper[x]) * rows.share;
    for (unsigned x = 0; x < width; x++) {
        const struct blend blend = columns[x];
        row[x] = mixed[blend.first] + (mixed[blend.second] - mixed[blend.first]) * blend.share / 256;
    }
}

bool mean_colours(const struct entropy_plane planes[3], unsigned across, unsigned down, uint8_t *rgb) {
    const struct entropy_plane *luma = &planes[0];
    const unsigned width = luma->width;
    struct blend *columns = malloc(width * sizeof *columns);
    int *rows = malloc(3 * width * sizeof *rows);
    if (columns && rows) {
        int *const blue = rows, *const red = rows + width, *const mixed = rows + 2 * width;
        for (unsigned x = 0; x < width; x++) columns[x] = blend_at(x, across, planes[1].width);
        for (unsigned y = 0; y < luma->height; y++) {
            const struct blend between = blend_at(y, down, planes[1].height);
            mix_row(&planes[1], between, columns, width, mixed, blue);
            mix_row(&planes[2], between, columns, width, mixed, red);
            const uint8_t *levels = luma->samples + (size_t)y * width;
            // Factors in 2^14ths: with the colours' 256ths they fit into 31 bits.
            for (unsigned x = 0; x < width; x++, rgb += 3) {
                const int level = levels[x] * (1 << 22) + (1 << 21);
                rgb[0] = clamped((level + 22970 * red[x]) >> 22);
                rgb[1] = clamped((level - 5638 * blue[x] - 11700 * red[x]) >> 22);
                rgb[2] = clamped((level + 29032 * blue[x]) >> 22);
            }
        }
    }
    const bool is_done = columns && rows;
    free(columns);
    free(rows);
    return is_done;
}

#include "BlockLimits.h"

#include "HuffmanTable.h"

/// The row and column of each coefficient, from 0, in zigzag order.
static const uint8_t rows[64] = {
    0, 0, 1, 2, 1, 0, 0, 1, 2, 3, 4, 3, 2, 1, 0, 0, 1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1, 0, 0, 1, 2, 3,
    4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 4, 5, 6, 7, 7, 6, 5, 6, 7, 7,
};
static const uint8_t columns[64] = {
    0, 1, 0, 0, 1, 2, 3, 2, 1, 0, 0, 1, 2, 3, 4, 5, 4, 3, 2, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 6, 5, 4,
    3, 2, 1, 0, 1, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 3, 2, 3, 4, 5, 6, 7, 7, 6, 5, 4, 5, 6, 7, 7, 6, 7,
};

/// What the transform of eight samples of at most ±1 can come to, in each of its eight frequencies (T.81, A.3.3).
static const float most[8] = {2.829f, 2.563f, 2.614f, 2.563f, 2.829f, 2.563f, 2.614f, 2.563f};
/// Samples reach from −128 to 127. Some encoders sharpen white edges by letting them go up to 31 higher.
static const float most_sample = 128 + 32;

struct block_limits block_limits(const uint16_t quantizers[64]) {
    struct block_limits limits = {.any_category = MOST_AC_CATEGORY};
    limits.mean = (1024 + quantizers[0] / 2) / quantizers[0] + 1;
    for (unsigned index = 1; index < 64; index++) {
        const unsigned value = most[rows[index]] * most[columns[index]] * most_sample;
        const unsigned steps = (value + quantizers[index] / 2) / quantizers[index] + 1;
        const unsigned category = 32 - __builtin_clz(steps);
        limits.categories[index] = category < MOST_AC_CATEGORY ? category : MOST_AC_CATEGORY;
        if (limits.categories[index] < limits.any_category) limits.any_category = limits.categories[index];
    }
    return limits;
}

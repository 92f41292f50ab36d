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

/// Where the coefficients of the first column stand in zigzag order.
static const uint8_t first_column[8] = {0, 2, 3, 9, 10, 20, 21, 35};
/// What each of them adds to the mean of the first and of the second row: of 2^-1.5 C(v) cos((2y + 1) v π / 16) the half.
/// The last rows have those of odd frequency with the other sign.
static const float first_row[8] = {
    0.125f, 0.173380f, 0.163320f, 0.146984f, 0.125f, 0.098211f, 0.067650f, 0.034487f};
static const float second_row[8] = {
    0.125f, 0.146984f, 0.067650f, -0.034487f, -0.125f, -0.173380f, -0.163320f, -0.098211f};

void clear_edge_column(int coefficients[64]) {
    for (unsigned v = 0; v < 8; v++) coefficients[first_column[v]] = 0;
}

static float mean_of_row(const int coefficients[64], const uint16_t quantizers[64], const float weights[8], float odd) {
    float mean = 128;
    for (unsigned v = 0; v < 8; v++) {
        const unsigned index = first_column[v];
        mean += (float)(coefficients[index] * (int)quantizers[index]) * weights[v] * (v % 2 ? odd : 1);
    }
    return mean;
}

void upper_edge(const int coefficients[64], const uint16_t quantizers[64], float *row, unsigned stride) {
    row[0] = mean_of_row(coefficients, quantizers, first_row, 1);
    row[stride] = mean_of_row(coefficients, quantizers, second_row, 1);
}

void lower_edge(const int coefficients[64], const uint16_t quantizers[64], float *row, unsigned stride) {
    row[0] = mean_of_row(coefficients, quantizers, second_row, -1);
    row[stride] = mean_of_row(coefficients, quantizers, first_row, -1);
}

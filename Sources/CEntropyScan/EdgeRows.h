#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// The coefficients of a block that do not change from left to right, by their row, and what is not wanted of the others.
struct edge_column {
    int16_t values[9];
};

/// The zigzag index of the first of them at or behind an index.
static const uint8_t next_of_column[64] = {
    0,  2,  2,  3,  9,  9,  9,  9,  9,  9,  10, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 21,
    35, 35, 35, 35, 35, 35, 35, 35, 35, 35, 35, 35, 35, 35, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64,
};

/// Their rows by their zigzag index, and 8 for the others.
static const uint8_t column_rows[64] = {
    0, 8, 1, 2, 8, 8, 8, 8, 8, 3, 4, 8, 8, 8, 8, 8, 8, 8, 8, 8, 5, 6, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
    8, 8, 8, 7, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
};

/// What each of them adds, in steps of its quantizer, to the mean of the first and of the second row of samples. The last
/// and second-last rows have those of odd frequency with the other sign.
struct edge_weights {
    float first[8], second[8];
};

static inline struct edge_weights edge_weights(const uint16_t quantizers[64]) {
    // Half of 2^-1.5 C(v) cos((2y + 1) v π / 16) (T.81, A.3.3).
    static const float first[8] = {0.125f, 0.173380f, 0.163320f, 0.146984f, 0.125f, 0.098211f, 0.067650f, 0.034487f};
    static const float second[8] = {0.125f,  0.146984f,  0.067650f,  -0.034487f,
                                    -0.125f, -0.173380f, -0.163320f, -0.098211f};
    static const uint8_t indices[8] = {0, 2, 3, 9, 10, 20, 21, 35};
    struct edge_weights weights;
    for (unsigned v = 0; v < 8; v++) {
        weights.first[v] = first[v] * quantizers[indices[v]];
        weights.second[v] = second[v] * quantizers[indices[v]];
    }
    return weights;
}

/// The mean of the 8 samples of a row, of those of even and of odd frequency.
static inline void edge_means(const struct edge_column *column, const float weights[8], float *even, float *odd) {
    const int16_t *values = column->values;
    *even = values[0] * weights[0] + values[2] * weights[2] + values[4] * weights[4] + values[6] * weights[6];
    *odd = values[1] * weights[1] + values[3] * weights[3] + values[5] * weights[5] + values[7] * weights[7];
}

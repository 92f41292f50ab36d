#pragma once

#include <stdint.h>

/// The three lowest coefficients of a block that do not change from left to right: its mean, and those of zigzag index 2 and 3.
/// What the others of that kind add to the means of rows is no more than what noise does. The fourth is what is not wanted.
struct edge_column {
    int16_t values[4];
};

/// Which of them the coefficient of a zigzag index is.
static inline unsigned edge_place(unsigned index) { return index == 2 ? 1 : index == 3 ? 2 : 3; }

/// What each of them adds, in steps of its quantizer and parts of a level, to the mean of the first and of the second row of
/// samples. The last and second-last rows have the one of odd frequency with the other sign.
struct edge_weights {
    float first[3], second[3];
};

static inline struct edge_weights edge_weights(const uint16_t quantizers[64]) {
    // Half of 2^-1.5 C(v) cos((2y + 1) v π / 16) (T.81, A.3.3).
    static const float first[3] = {0.125f, 0.173380f, 0.163320f};
    static const float second[3] = {0.125f, 0.146984f, 0.067650f};
    static const uint8_t indices[3] = {0, 2, 3};
    struct edge_weights weights;
    for (unsigned v = 0; v < 3; v++) {
        weights.first[v] = first[v] * quantizers[indices[v]] * EDGE_PARTS;
        weights.second[v] = second[v] * quantizers[indices[v]] * EDGE_PARTS;
    }
    return weights;
}

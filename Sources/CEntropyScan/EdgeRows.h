#pragma once

#include "CEntropyScan.h"

/// The three lowest coefficients of blocks that do not change from left to right, in steps of their quantizers: the mean, and
/// those of zigzag index 2, which is odd from top to bottom, and 3, which is even. What the others of that kind add to the means
/// of rows is no more than what noise does.
///
/// One after the other for the blocks of a row, so that what follows is done for several at once.
struct edge_columns {
    int16_t *means, *odd, *even;
};

/// The quantizers of these.
struct edge_quantizers {
    int16_t mean, odd, even;
};

struct edge_quantizers edge_quantizers(const uint16_t quantizers[64]);

/// Writes down one row of units of a component: what is below its upper border, and what is above its lower one.
///
/// - `upper`, `lower`: what `entropy_scan` gives of those borders. The first row's upper border has nothing above it yet.
/// - `top`, `bottom`: the blocks that lie along them; the same where units are one block high.
void edge_rows_note(int16_t *upper, int16_t *lower, size_t width, const struct edge_columns *top,
                    const struct edge_columns *bottom, struct edge_quantizers quantizers);

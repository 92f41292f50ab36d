#include "EdgeRows.h"

// All is done in 16 bits, eight columns at once, in eighths of a level: as a block's mean has them once its quantizer is undone.
_Static_assert(EDGE_PARTS == 8, "the weights are for eight parts of a level");

struct edge_quantizers edge_quantizers(const uint16_t quantizers[64]) {
    // Larger ones do not fit; of such a coefficient each step is more than there is from black to white.
    const uint16_t most = 2047;
    return (struct edge_quantizers){
        .mean = quantizers[0] < most ? quantizers[0] : most,
        .odd = quantizers[2] < most ? quantizers[2] : most,
        .even = quantizers[3] < most ? quantizers[3] : most,
    };
}

/// A share of the value, in 65,536ths.
static inline int16_t share(int16_t value, int16_t of) { return (value * of) >> 16; }

/// Twice what blocks of 8-bit samples come to. Damage may go further, and eight of these have to fit in 16 bits.
static inline int16_t bounded(int16_t value) {
    const int16_t most = 512 * EDGE_PARTS - 1;
    return value < -most ? -most : value > most ? most : value;
}

// What a coefficient adds to the mean of row y of samples is half of 2^-1.5 C(v) cos((2y + 1) v π / 16) (T.81, A.3.3): to the first
// and second row 0.125 for v = 0, 0.173380 and 0.146984 for v = 1, 0.163320 and 0.067650 for v = 2. Going on from the second over
// the first by half a row leads to the very border: that is 1.49262 times the odd coefficient, and 1.68923 times the even one. On
// the lower border the odd one's has the other sign.
static inline int16_t middle(int16_t mean, int16_t even) { return mean + 2 * even - share(even, 20367); }
static inline int16_t tilt(int16_t odd) { return odd + share(odd, 32284); }

// How restless a block is says how far off that may be: what is left out of it is about as large as the last that is in it. The
// slope at the border does not say so: where an edge of a thing lies within the block, the three frequencies are a wave that may
// end there in any way. Of 3,132 pictures of photographs 30 had a seam by themselves where slopes were counted on, and 3 by this.
static inline int16_t unrest(int16_t odd, int16_t even) { return bounded(2 * even + odd); }

void edge_rows_note(int16_t *restrict upper, int16_t *restrict lower, size_t width, const struct edge_columns *top,
                    const struct edge_columns *bottom, struct edge_quantizers quantizers) {
    {
        const int16_t *restrict means = top->means, *restrict odds = top->odd, *restrict evens = top->even;
        int16_t *restrict step = upper, *restrict below = upper + 2 * width;
        for (size_t x = 0; x < width; x++) {
            const int16_t mean = means[x] * quantizers.mean, odd = odds[x] * quantizers.odd;
            const int16_t even = evens[x] * quantizers.even;
            step[x] = bounded(middle(mean, even) + tilt(odd)) - step[x];
            below[x] = unrest(odd, even);
        }
    }
    const int16_t *restrict means = bottom->means, *restrict odds = bottom->odd, *restrict evens = bottom->even;
    int16_t *restrict step = lower, *restrict above = lower + width;
    for (size_t x = 0; x < width; x++) {
        const int16_t mean = means[x] * quantizers.mean, odd = odds[x] * quantizers.odd;
        const int16_t even = evens[x] * quantizers.even;
        step[x] = bounded(middle(mean, even) - tilt(odd));
        above[x] = unrest(-odd, even);
    }
}

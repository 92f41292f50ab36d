/* Distances between 64-bit hashes, many at once. */
#ifndef PRINTLAPSE_CHASHSCAN_H
#define PRINTLAPSE_CHASHSCAN_H

#include <stddef.h>
#include <stdint.h>

/* Finds the hashes that differ from `wanted` in at most `farthest` bits, and that are a camera's: `cameras` has one for each
   hash, or is NULL where all count. Writes the places of those, in order, to `places`, which has room for `count`, and returns
   how many there are. */
size_t hash_scan(
    const uint64_t *hashes, const int32_t *cameras, size_t count, uint64_t wanted, int farthest, int32_t camera,
    uint32_t *places);

#endif

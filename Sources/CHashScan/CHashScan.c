#include "CHashScan.h"

#define GROUP 8

/* Few hashes are near: eight at once are asked without a branch whether one of them is, as fast as memory gives them. */
static inline __attribute__((always_inline)) size_t scan(
    const uint64_t *hashes, size_t count, uint64_t wanted, int farthest, uint32_t *places) {
    size_t found = 0;
    for (size_t start = 0; start < count; start += GROUP) {
        size_t end = count - start < GROUP ? count : start + GROUP;
        if (end - start == GROUP) {
            int any = 0;
            for (size_t place = 0; place < GROUP; place++)
                any |= __builtin_popcountll(hashes[start + place] ^ wanted) <= farthest;
            if (__builtin_expect(!any, 1)) continue;
        }
        for (size_t place = start; place < end; place++)
            if (__builtin_popcountll(hashes[place] ^ wanted) <= farthest) places[found++] = (uint32_t)place;
    }
    return found;
}

#if defined(__x86_64__)

/* The instruction is in every processor of the last fifteen years, but not in what compilers may take for granted. */
__attribute__((target("popcnt")))
static size_t scan_counting(const uint64_t *hashes, size_t count, uint64_t wanted, int farthest, uint32_t *places) {
    return scan(hashes, count, wanted, farthest, places);
}

size_t hash_scan(const uint64_t *hashes, size_t count, uint64_t wanted, int farthest, uint32_t *places) {
    return __builtin_cpu_supports("popcnt") ? scan_counting(hashes, count, wanted, farthest, places)
                                            : scan(hashes, count, wanted, farthest, places);
}

#else

size_t hash_scan(const uint64_t *hashes, size_t count, uint64_t wanted, int farthest, uint32_t *places) {
    return scan(hashes, count, wanted, farthest, places);
}

#endif

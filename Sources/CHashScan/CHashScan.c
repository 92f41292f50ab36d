#include "CHashScan.h"

/* Without a branch in the loop: a place is always written, and counts where it is near. */
#define SCAN                                                            \
    size_t found = 0;                                                   \
    for (size_t place = 0; place < count; place++) {                    \
        places[found] = (uint32_t)place;                                \
        found += __builtin_popcountll(hashes[place] ^ wanted) <= farthest; \
    }                                                                   \
    return found;

#if defined(__x86_64__)

/* The instruction is in every processor of the last fifteen years, but not in what compilers may take for granted. */
__attribute__((target("popcnt")))
static size_t scan_counting(const uint64_t *hashes, size_t count, uint64_t wanted, int farthest, uint32_t *places) {
    SCAN
}

static size_t scan_anywhere(const uint64_t *hashes, size_t count, uint64_t wanted, int farthest, uint32_t *places) {
    SCAN
}

size_t hash_scan(const uint64_t *hashes, size_t count, uint64_t wanted, int farthest, uint32_t *places) {
    return __builtin_cpu_supports("popcnt") ? scan_counting(hashes, count, wanted, farthest, places)
                                            : scan_anywhere(hashes, count, wanted, farthest, places);
}

#else

size_t hash_scan(const uint64_t *hashes, size_t count, uint64_t wanted, int farthest, uint32_t *places) {
    SCAN
}

#endif

#include "CHashScan.h"

#define GROUP 8

/* How many bytes ahead memory is called for. Processors do so by themselves, but not beyond a page of 4 KiB: there each thread waited
   as long again as it counted. */
#define AHEAD 4096

static inline __attribute__((always_inline)) int counts(const int32_t *cameras, int32_t camera, size_t place) {
    return !cameras || cameras[place] == camera;
}

/* Few hashes are near: eight at once are asked without a branch whether one of them is, as fast as memory gives them. */
static inline __attribute__((always_inline)) size_t scan(
    const uint64_t *hashes, const int32_t *cameras, size_t start, size_t count, uint64_t wanted, int farthest,
    int32_t camera, uint32_t *places) {
    size_t found = 0;
    for (; start < count; start += GROUP) {
        size_t end = count - start < GROUP ? count : start + GROUP;
        if (end - start == GROUP) {
            int any = 0;
            __builtin_prefetch((const char *)(hashes + start) + AHEAD);
            for (size_t place = 0; place < GROUP; place++)
                any |= __builtin_popcountll(hashes[start + place] ^ wanted) <= farthest;
            if (__builtin_expect(!any, 1)) continue;
        }
        for (size_t place = start; place < end; place++)
            if (__builtin_popcountll(hashes[place] ^ wanted) <= farthest && counts(cameras, camera, place))
                places[found++] = (uint32_t)place;
    }
    return found;
}

#if defined(__x86_64__)
#include <immintrin.h>

/* The instruction is in every processor of the last fifteen years, but not in what compilers may take for granted. */
__attribute__((target("popcnt")))
static size_t scan_counting(
    const uint64_t *hashes, const int32_t *cameras, size_t count, uint64_t wanted, int farthest, int32_t camera,
    uint32_t *places) {
    return scan(hashes, cameras, 0, count, wanted, farthest, camera, places);
}

/* The bits of eight hashes counted by one instruction: servers' and newer desktops' processors have it. */
__attribute__((target("avx512f,avx512vl,avx512vpopcntdq,popcnt")))
static size_t scan_by_eights(
    const uint64_t *hashes, const int32_t *cameras, size_t count, uint64_t wanted, int farthest, int32_t camera,
    uint32_t *places) {
    __m512i one = _mm512_set1_epi64((long long)wanted), most = _mm512_set1_epi64(farthest);
    __m256i only = _mm256_set1_epi32(camera);
    size_t found = 0, start = 0;
    for (; start + GROUP <= count; start += GROUP) {
        __builtin_prefetch((const char *)(hashes + start) + AHEAD);
        __m512i differing = _mm512_xor_si512(_mm512_loadu_si512(hashes + start), one);
        unsigned near = _mm512_cmple_epi64_mask(_mm512_popcnt_epi64(differing), most);
        if (__builtin_expect(near == 0, 1)) continue;
        if (cameras) near &= _mm256_cmpeq_epi32_mask(_mm256_loadu_si256((const void *)(cameras + start)), only);
        for (; near != 0; near &= near - 1) places[found++] = (uint32_t)start + (uint32_t)__builtin_ctz(near);
    }
    return found + scan(hashes, cameras, start, count, wanted, farthest, camera, places + found);
}

size_t hash_scan(
    const uint64_t *hashes, const int32_t *cameras, size_t count, uint64_t wanted, int farthest, int32_t camera,
    uint32_t *places) {
    if (__builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512vl"))
        return scan_by_eights(hashes, cameras, count, wanted, farthest, camera, places);
    if (__builtin_cpu_supports("popcnt"))
        return scan_counting(hashes, cameras, count, wanted, farthest, camera, places);
    return scan(hashes, cameras, 0, count, wanted, farthest, camera, places);
}

#else

size_t hash_scan(
    const uint64_t *hashes, const int32_t *cameras, size_t count, uint64_t wanted, int farthest, int32_t camera,
    uint32_t *places) {
    return scan(hashes, cameras, 0, count, wanted, farthest, camera, places);
}

#endif

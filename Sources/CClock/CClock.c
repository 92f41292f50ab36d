#include "CClock.h"

#if defined(__linux__)

#include <sys/timex.h>

int clock_is_unsynchronised(void) {
    struct timex state = {.modes = 0};
    return adjtimex(&state) == TIME_ERROR;
}

#else

int clock_is_unsynchronised(void) {
    return 0;
}

#endif

#include "CCommit.h"

#ifndef PRINTLAPSE_COMMIT
#define PRINTLAPSE_COMMIT ""
#endif

const char *printlapse_commit(void) {
    return PRINTLAPSE_COMMIT;
}

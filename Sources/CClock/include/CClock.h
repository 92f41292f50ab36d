#ifndef PRINTLAPSE_CCLOCK_H
#define PRINTLAPSE_CCLOCK_H

/* Whether the kernel says that nothing keeps the system's clock right (adjtimex(2)); Swift's C library module leaves
   sys/timex.h out. 0 where it is kept, or where nobody can say. */
int clock_is_unsynchronised(void);

#endif

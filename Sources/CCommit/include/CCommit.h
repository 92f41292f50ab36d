#ifndef PRINTLAPSE_CCOMMIT_H
#define PRINTLAPSE_CCOMMIT_H

/* The commit that the program was built of, as whoever built it says by PRINTLAPSE_COMMIT; empty where nobody does. It stands in
   a file of its own, so that another commit compiles this one anew and nothing else. */
const char *printlapse_commit(void);

#endif

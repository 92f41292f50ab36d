/* A VFS of SQLite that writes down what is done to the files of one folder, so that a test can make every state in which a
   power loss could leave them. Everything goes through to the file system as well. */
#ifndef PRINTLAPSE_CPOWERLOSS_H
#define PRINTLAPSE_CPOWERLOSS_H

#include <stddef.h>
#include <stdint.h>

enum power_loss_kind { POWER_LOSS_WRITE = 1, POWER_LOSS_TRUNCATE = 2, POWER_LOSS_SYNC = 3, POWER_LOSS_DELETE = 4 };

struct power_loss_event {
    int kind;             /* enum power_loss_kind */
    int file;             /* a number that stands for the file's name */
    int64_t offset;       /* where a write begins; the length to which a file is cut; how many events a sync vouches for */
    size_t length;        /* of what was written */
    const uint8_t *bytes; /* what was written; valid until the journal is discarded */
};

/* Becomes SQLite's default VFS, for files opened from now on whose path begins with `folder`. Other files are opened as
   ever. One folder is watched at a time. 0, or an SQLite result code. */
int power_loss_watch(const char *folder);

/* Ends watching: files that are open go on without being written down. */
void power_loss_end(void);

/* How many events were written down so far. */
size_t power_loss_count(void);

struct power_loss_event power_loss_event_at(size_t index);

/* The path of a file by its number, or null. */
const char *power_loss_file(int file);

/* Forgets the journal. Nothing may be watched. */
void power_loss_discard(void);

#endif

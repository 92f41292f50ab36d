/* What Swift's C library modules leave out: names that glibc and Darwin declare for GNU and Darwin sources only. */
#ifndef PRINTLAPSE_CFILESYSTEM_H
#define PRINTLAPSE_CFILESYSTEM_H

#include <errno.h>

/* Renames within one folder, failing with EEXIST where `to` exists. Where the file system cannot do this in one step,
   fails with EINVAL or ENOTSUP. 0, or -1 with errno. */
int file_system_rename_exclusively(int folder, const char *from, const char *to);

/* Exchanges two names within one folder in one step; neither is ever absent. Fails with EINVAL or ENOTSUP where the file
   system cannot do it. 0, or -1 with errno. */
int file_system_exchange(int folder, const char *one, const char *other);

/* Writes back everything that the file system holding `descriptor` has cached: one call for thousands of files, where an
   fsync for each would wait for the disk each time. 0, or -1 with errno. */
int file_system_sync(int descriptor);

/* Asks the disk to begin writing what is cached of one file, without waiting for it to be done. Nothing happens where this
   is unknown or the descriptor is no file's. */
void file_system_begin_write_back(int descriptor);

/* Makes the pipe that a process has for its standard input as large as one that anybody may have (pipe(7), 1 MiB as a rule),
   so that it and the one who feeds it wait for each other less often. Where that cannot be the pipe stays as it is. */
void file_system_enlarge_input(int process);

/* Opens a new file in a folder that never has a name, and is gone when it is closed. -1 with errno where the file system
   has no such files. */
int file_system_open_unnamed(int folder);

/* Lets the empty file `to` share the blocks of `from`, which is as good as a copy and takes neither time nor room: xfs and
   btrfs can. 0, or -1 with errno: EOPNOTSUPP, EXDEV, EINVAL or ENOTTY where the file system cannot do it for these two. */
int file_system_clone(int from, int to);

/* Whether a call failed with this errno because the file system has no such thing, as SMB, FUSE and FAT lack a folder's
   fsync or a file's date, and not because something went wrong. */
static inline int file_system_lacks(int error) {
    switch (error) {
    case EINVAL:
    case ENOSYS:
    case ENOTTY:
    case EOPNOTSUPP:
#if ENOTSUP != EOPNOTSUPP
    case ENOTSUP:
#endif
        return 1;
    default:
        return 0;
    }
}

#endif

#define _GNU_SOURCE
#include "CFileSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#if defined(__linux__)

#include <linux/fs.h>
#include <sys/ioctl.h>

int file_system_rename_exclusively(int folder, const char *from, const char *to) {
    return renameat2(folder, from, folder, to, RENAME_NOREPLACE);
}

int file_system_exchange(int folder, const char *one, const char *other) {
    return renameat2(folder, one, folder, other, RENAME_EXCHANGE);
}

int file_system_sync(int descriptor) {
    return syncfs(descriptor);
}

void file_system_begin_write_back(int descriptor) {
    /* From 0 to the file's end, of which only pages that wait are written. */
    (void)sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
}

void file_system_enlarge_input(int process) {
    char path[32];
    (void)snprintf(path, sizeof path, "/proc/%d/fd/0", process);
    int pipe = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (pipe < 0) return;
    (void)fcntl(pipe, F_SETPIPE_SZ, 1 << 20);
    (void)close(pipe);
}

int file_system_open_unnamed(int folder) {
    return openat(folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

int file_system_clone(int from, int to) {
    return ioctl(to, FICLONE, from);
}

#else

int file_system_rename_exclusively(int folder, const char *from, const char *to) {
    return renameatx_np(folder, from, folder, to, RENAME_EXCL);
}

int file_system_exchange(int folder, const char *one, const char *other) {
    return renameatx_np(folder, one, folder, other, RENAME_SWAP);
}

int file_system_sync(int descriptor) {
    (void)descriptor;
    sync();
    return 0;
}

void file_system_begin_write_back(int descriptor) {
    (void)descriptor;
}

void file_system_enlarge_input(int process) {
    (void)process;
}

int file_system_open_unnamed(int folder) {
    (void)folder;
    errno = ENOTSUP;
    return -1;
}

int file_system_clone(int from, int to) {
    (void)from;
    (void)to;
    errno = ENOTSUP;
    return -1;
}

#endif

#include "CPowerLoss.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 16 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct power_loss_event *events;
static size_t count, capacity;
static char *files[FILES];
static char *watched;

static sqlite3_vfs vfs;
static sqlite3_vfs *below; /* the file system's own */

/* A watched file; the one below it follows in the same piece of memory. */
struct watched_file {
    sqlite3_file base;
    int number;
};

static sqlite3_file *real(sqlite3_file *file) {
    return (sqlite3_file *)((char *)file + sizeof(struct watched_file));
}

/* The mutex is held. */
static int number_of(const char *path) {
    for (int i = 0; i < FILES; i++) {
        if (!files[i]) files[i] = strdup(path);
        if (strcmp(files[i], path) == 0) return i;
    }
    abort(); /* more files than a database has */
}

static void note(int kind, int file, int64_t offset, const void *bytes, size_t length) {
    pthread_mutex_lock(&mutex);
    if (watched) {
        if (count == capacity) {
            capacity = capacity ? 2 * capacity : 1024;
            events = realloc(events, capacity * sizeof *events);
        }
        uint8_t *copy = length ? malloc(length) : NULL;
        if (!events || (length && !copy)) abort();
        if (length) memcpy(copy, bytes, length);
        events[count++] = (struct power_loss_event){kind, file, offset, length, copy};
    }
    pthread_mutex_unlock(&mutex);
}

/* What changes a file is written down once it is done: a crash in between is that of the event before. A sync vouches for
   what was written down before it began, and does so once it is over. */

static int write_file(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset) {
    int result = real(file)->pMethods->xWrite(real(file), bytes, length, offset);
    if (result == SQLITE_OK)
        note(POWER_LOSS_WRITE, ((struct watched_file *)file)->number, offset, bytes, (size_t)length);
    return result;
}

static int truncate_file(sqlite3_file *file, sqlite3_int64 size) {
    int result = real(file)->pMethods->xTruncate(real(file), size);
    if (result == SQLITE_OK) note(POWER_LOSS_TRUNCATE, ((struct watched_file *)file)->number, size, NULL, 0);
    return result;
}

static int sync_file(sqlite3_file *file, int flags) {
    int64_t before = (int64_t)power_loss_count();
    int result = real(file)->pMethods->xSync(real(file), flags);
    if (result == SQLITE_OK) note(POWER_LOSS_SYNC, ((struct watched_file *)file)->number, before, NULL, 0);
    return result;
}

static int close_file(sqlite3_file *file) { return real(file)->pMethods->xClose(real(file)); }
static int read_file(sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset) {
    return real(file)->pMethods->xRead(real(file), bytes, length, offset);
}
static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}
static int lock_file(sqlite3_file *file, int level) { return real(file)->pMethods->xLock(real(file), level); }
static int unlock_file(sqlite3_file *file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
static int check_reserved(sqlite3_file *file, int *is_reserved) {
    return real(file)->pMethods->xCheckReservedLock(real(file), is_reserved);
}
static int control(sqlite3_file *file, int operation, void *argument) {
    return real(file)->pMethods->xFileControl(real(file), operation, argument);
}
static int sector_size(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }
static int characteristics(sqlite3_file *file) {
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
static int map_shared(sqlite3_file *file, int page, int size, int extend, void volatile **memory) {
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, memory);
}
static int lock_shared(sqlite3_file *file, int offset, int n, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}
static void shared_barrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }
static int unmap_shared(sqlite3_file *file, int delete) {
    return real(file)->pMethods->xShmUnmap(real(file), delete);
}

/* Version 2: with shared memory for the log's index, which a power loss takes away, and without mapped reads. */
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_reserved,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = map_shared,
    .xShmLock = lock_shared,
    .xShmBarrier = shared_barrier,
    .xShmUnmap = unmap_shared,
};

static int is_watched(const char *path) {
    pthread_mutex_lock(&mutex);
    int answer = watched && path && strncmp(path, watched, strlen(watched)) == 0;
    pthread_mutex_unlock(&mutex);
    return answer;
}

static int open_file(sqlite3_vfs *self, const char *path, sqlite3_file *file, int flags, int *given) {
    (void)self;
    if (!is_watched(path)) return below->xOpen(below, path, file, flags, given);
    file->pMethods = NULL;
    int result = below->xOpen(below, path, real(file), flags, given);
    if (result != SQLITE_OK) return result;
    pthread_mutex_lock(&mutex);
    ((struct watched_file *)file)->number = number_of(path);
    pthread_mutex_unlock(&mutex);
    file->pMethods = &methods;
    return SQLITE_OK;
}

static int delete_file(sqlite3_vfs *self, const char *path, int sync_folder) {
    (void)self;
    int result = below->xDelete(below, path, sync_folder);
    if (result == SQLITE_OK && is_watched(path)) {
        pthread_mutex_lock(&mutex);
        int number = number_of(path);
        pthread_mutex_unlock(&mutex);
        note(POWER_LOSS_DELETE, number, 0, NULL, 0);
    }
    return result;
}

static int access_file(sqlite3_vfs *self, const char *path, int flags, int *answer) {
    (void)self;
    return below->xAccess(below, path, flags, answer);
}
static int full_path(sqlite3_vfs *self, const char *path, int length, char *out) {
    (void)self;
    return below->xFullPathname(below, path, length, out);
}
static int randomness(sqlite3_vfs *self, int length, char *out) {
    (void)self;
    return below->xRandomness(below, length, out);
}
static int pause_for(sqlite3_vfs *self, int microseconds) {
    (void)self;
    return below->xSleep(below, microseconds);
}
static int last_error(sqlite3_vfs *self, int length, char *out) {
    (void)self;
    return below->xGetLastError(below, length, out);
}
static int current_time(sqlite3_vfs *self, double *time) {
    (void)self;
    return below->xCurrentTime(below, time);
}
static int current_time_ms(sqlite3_vfs *self, sqlite3_int64 *time) {
    (void)self;
    return below->xCurrentTimeInt64(below, time);
}

int power_loss_watch(const char *folder) {
    if (!below) {
        sqlite3_initialize();
        below = sqlite3_vfs_find(NULL);
        vfs = (sqlite3_vfs){
            .iVersion = 2,
            .szOsFile = below->szOsFile + (int)sizeof(struct watched_file),
            .mxPathname = below->mxPathname,
            .zName = "power-loss",
            .xOpen = open_file,
            .xDelete = delete_file,
            .xAccess = access_file,
            .xFullPathname = full_path,
            .xRandomness = randomness,
            .xSleep = pause_for,
            .xCurrentTime = current_time,
            .xGetLastError = last_error,
            .xCurrentTimeInt64 = current_time_ms,
        };
        int result = sqlite3_vfs_register(&vfs, 1);
        if (result != SQLITE_OK) return result;
    }
    pthread_mutex_lock(&mutex);
    watched = strdup(folder);
    pthread_mutex_unlock(&mutex);
    return SQLITE_OK;
}

void power_loss_end(void) {
    pthread_mutex_lock(&mutex);
    free(watched);
    watched = NULL;
    pthread_mutex_unlock(&mutex);
}

size_t power_loss_count(void) {
    pthread_mutex_lock(&mutex);
    size_t answer = count;
    pthread_mutex_unlock(&mutex);
    return answer;
}

struct power_loss_event power_loss_event_at(size_t index) {
    pthread_mutex_lock(&mutex);
    struct power_loss_event answer = events[index];
    pthread_mutex_unlock(&mutex);
    return answer;
}

const char *power_loss_file(int file) { return file >= 0 && file < FILES ? files[file] : NULL; }

void power_loss_discard(void) {
    pthread_mutex_lock(&mutex);
    for (size_t i = 0; i < count; i++) free((void *)events[i].bytes);
    free(events);
    for (int i = 0; i < FILES; i++) {
        free(files[i]);
        files[i] = NULL;
    }
    events = NULL;
    count = capacity = 0;
    pthread_mutex_unlock(&mutex);
}

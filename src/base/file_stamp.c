/* File stamp. */
#include "shilu/base/file_stamp.h"

#include <errno.h>
#include <sys/stat.h>
#include <time.h>

enum { SETTLED_NS = 2000000000 };

static int64_t nanoseconds(const struct timespec *t)
{
    return (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
}

bool file_stamp_of(const char *path, struct file_stamp *stamp, bool *settled)
{
    struct timespec now;
    struct stat st;

    if (stat(path, &st) != 0)
        return false;
    if (!S_ISREG(st.st_mode)) {
        errno = EINVAL;
        return false;
    }
    clock_gettime(CLOCK_REALTIME, &now);
    *stamp = (struct file_stamp){.bytes = st.st_size,
                                 .modified_ns = nanoseconds(&st.st_mtim),
                                 .changed_ns = nanoseconds(&st.st_ctim),
                                 .inode = st.st_ino,
                                 .device = st.st_dev};
    *settled = stamp->modified_ns < nanoseconds(&now) - SETTLED_NS &&
               stamp->changed_ns < nanoseconds(&now) - SETTLED_NS;
    return true;
}

bool file_stamp_is(const struct file_stamp *a, const struct file_stamp *b)
{
    return a->bytes == b->bytes && a->modified_ns == b->modified_ns &&
           a->changed_ns == b->changed_ns && a->inode == b->inode && a->device == b->device;
}

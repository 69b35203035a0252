/* Library: the file that is read. */
#ifndef SHILU_LIBRARY_LIBRARY_PRIVATE_H
#define SHILU_LIBRARY_LIBRARY_PRIVATE_H

#include <stdatomic.h>

#include "shilu/library/library.h"

struct library_reading {
    char *path;                 /* owned */
    size_t target;              /* the number of the entry that it replaces, or SIZE_MAX */
    struct library_stamp stamp; /* before it was read */
    bool settled; /* the stamp tells of any change, and there was none while it was read */
    struct library_facts facts; /* owned */
};

extern const struct library_facts library_nothing_known;

/* From any thread; ends soon once *stop is true. */
void library_read_file(const struct options *options, struct library_reading *r,
                       const atomic_bool *stop);

#endif

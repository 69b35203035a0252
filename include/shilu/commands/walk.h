/* Walk: the files that paths stand for: a folder stands for all in it, in order of name. */
#ifndef SHILU_COMMANDS_WALK_H
#define SHILU_COMMANDS_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "shilu/base/buffer.h"

struct walk_file {
    char *path; /* owned */
    bool named; /* by the user, not met in a folder */
};

struct walk {
    struct walk_file *files; /* owned */
    size_t count;
    size_t capacity;
    struct buffer errors; /* messages as report writes them: folders that cannot be read */
    bool trouble;         /* there was such a message */
};

/* Add a path. "-" and files are taken as they are, also those that do not exist: opening them
 * says why. In a folder hidden files and folders are left out; a link is followed to a file,
 * never to a folder, so that no loop can be walked; what is no regular file is left out. */
void walk_add(struct walk *walk, const char *path);
void walk_release(struct walk *walk);

#endif

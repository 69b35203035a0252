/* Walk: the files that paths stand for: a folder stands for all in it, in order of name. */
#ifndef SHILU_BASE_WALK_H
#define SHILU_BASE_WALK_H

#include <stdbool.h>
#include <stddef.h>

struct walk_file {
    char *path;   /* owned */
    bool named;   /* by the user, not met in a folder */
    bool regular; /* known to be a regular file */
};

/* What could not be looked at, and why. */
struct walk_failure {
    char *path; /* owned */
    int errnum;
};

struct walk {
    struct walk_file *files; /* owned */
    size_t count;
    size_t capacity;
    struct walk_file *pending; /* owned: still to be looked at, the next one last */
    size_t pending_count;
    size_t pending_capacity;
    struct walk_failure *failures; /* owned */
    size_t failure_count;
    size_t failure_capacity;
};

/* Add a path. "-" and files are taken as they are, also those that do not exist: opening them
 * says why. In a folder hidden files and folders are left out; a link is followed to a file,
 * never to a folder, so that no loop can be walked; what is no regular file is left out. */
void walk_add(struct walk *walk, const char *path);

/* The same in small steps, for those who must not wait: start once, then step until it returns
 * false. A step looks at one path, and reads it where it is a folder. */
void walk_start(struct walk *walk, char *const *paths, size_t count);
bool walk_step(struct walk *walk);

void walk_release(struct walk *walk);

#endif

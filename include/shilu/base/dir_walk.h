/* Directory walk: the files that paths refer to. A folder means all files in it, sorted by
 * name. */
#ifndef SHILU_BASE_DIR_WALK_H
#define SHILU_BASE_DIR_WALK_H

#include <stdbool.h>
#include <stddef.h>

struct dir_walk_file {
    char *path;   /* owned */
    bool named;   /* by the user, not found in a folder */
    bool regular; /* known to be a regular file */
};

/* A path that could not be read, and why. */
struct dir_walk_failure {
    char *path; /* owned */
    int errnum;
};

struct dir_walk {
    struct dir_walk_file *files; /* owned */
    size_t count;
    size_t capacity;
    struct dir_walk_file *pending; /* owned: still to be visited, next one last */
    size_t pending_count;
    size_t pending_capacity;
    char **folders; /* owned: the folders visited */
    size_t folder_count;
    size_t folder_capacity;
    struct dir_walk_failure *failures; /* owned */
    size_t failure_count;
    size_t failure_capacity;
};

/* Add a path. "-" and files are accepted unchanged, even if they do not exist: opening them
 * reports why. In a folder, hidden files and folders are skipped; a symbolic link is followed
 * to a file but never to a folder, so the walk cannot loop; anything else is skipped. */
void dir_walk_add(struct dir_walk *walk, const char *path);

/* The same in small steps, for callers that must not wait: start once, then step until it
 * returns false. Each step visits one path, and reads it if it is a folder. */
void dir_walk_start(struct dir_walk *walk, char *const *paths, size_t count);
bool dir_walk_step(struct dir_walk *walk);

/* Add another path found in a folder: a file, or a folder with everything in it. */
void dir_walk_meet(struct dir_walk *walk, const char *path);

void dir_walk_release(struct dir_walk *walk);

#endif

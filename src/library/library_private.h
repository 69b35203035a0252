/* Library: what its two files share. */
#ifndef SHILU_LIBRARY_LIBRARY_PRIVATE_H
#define SHILU_LIBRARY_LIBRARY_PRIVATE_H

#include "shilu/base/dir_walk.h"
#include "shilu/base/dir_watch.h"
#include "shilu/base/hash.h"
#include "shilu/index/index_refresh.h"
#include "shilu/library/library.h"

/* A path that was found. */
struct known_file {
    char *path;    /* owned; the key */
    size_t number; /* of its entry; SIZE_MAX while it is being read */
    bool changed;  /* while it was read */
    bool seen;     /* in the current check */
    UT_hash_handle hh;
};

/* library_follow.c */
struct library_follow {
    struct dir_watch *watch; /* NULL if not followed */
    size_t watched;          /* folders of the walk that are watched, or could not be */
    struct known_file *known;
    size_t learned; /* files of the walk that are in `known` */
    bool looks;     /* checks from time to time */
    bool is_looking;
    struct dir_walk look; /* over everything */
    size_t looked;        /* files of that walk already compared */
    int64_t next_look_ms;
};

struct library {
    const struct options *options;
    struct index_refresh *refresh;
    struct library_entry *entries;
    size_t count;
    size_t capacity;
    size_t taken; /* files of the walk that were read */
    size_t unreadable;
    size_t failures; /* failures of the walk that are entries */
    uint64_t version;
    bool has_news; /* there are changes for the index */
    struct library_follow follow;
};

void library_follow_start(struct library *l);
void library_follow_stop(struct library *l);
/* Do what is necessary for about `budget_ms`; true while there is more. */
bool library_follow_step(struct library *l, int64_t budget_ms);
/* The entry for a file that was read: the one that its path already has, else SIZE_MAX. */
size_t library_follow_number(struct library *l, const char *path);
/* The file has this entry now; true if it has changed since. */
bool library_follow_note(struct library *l, const char *path, size_t number);

/* library.c */
void library_lose(struct library *l, size_t number); /* the file has disappeared */

#endif

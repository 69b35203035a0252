/* Library: the transcripts of folders and files as a list, with what each is about. They are
 * found between keys, and read by as many threads as there are cores; what was read before
 * comes from a cache that is asked only while the file is as it was. */
#ifndef SHILU_LIBRARY_LIBRARY_H
#define SHILU_LIBRARY_LIBRARY_H

#include "shilu/cli/options.h"

enum library_kind {
    LIBRARY_TRANSCRIPT,
    LIBRARY_FOREIGN,   /* no transcript */
    LIBRARY_UNREADABLE /* cannot be opened, or holds nothing that could be read */
};

/* Which state of a file something is known of. */
struct library_stamp {
    int64_t bytes;
    int64_t modified_ns;
    int64_t changed_ns; /* of the inode: a time of modification can be set at will */
    uint64_t inode;
    uint64_t device;
};

struct library_facts {
    enum library_kind kind;
    char *title;       /* owned, or NULL: the file says none */
    int64_t date_ms;   /* or TIME_NONE */
    int64_t length_ms; /* or TIME_NONE */
    uint32_t speakers;
    uint32_t questions;
};

struct library_entry {
    char *path;       /* owned */
    const char *file; /* in `path`: below the folder that was named */
    char *sort_title; /* owned: the title, folded */
    char *words;      /* owned: title, file and date, a line each, in valid UTF-8 */
    struct library_facts facts;
    struct library_stamp stamp;
    bool is_settled; /* the file did not change while it was read: it may be cached */
};

struct library;

/* The options and paths must outlive it. Nothing is read yet. */
struct library *library_new(const struct options *options);
void library_free(struct library *l);

/* Find and read for about `budget_ms`; false where nothing is left to do. */
bool library_step(struct library *l, int64_t budget_ms);

/* Only find; false where all is found. */
bool library_find(struct library *l, int64_t budget_ms);

/* What has been read; numbers stay. */
size_t library_count(const struct library *l);
const struct library_entry *library_entry(const struct library *l, size_t number);

/* Read an entry's file again if it is not as it was; the version is another after each entry
 * that was replaced. */
void library_look_again(struct library *l, size_t number);
uint64_t library_version(const struct library *l);

/* The title, else the last part of the path. */
const char *library_entry_title(const struct library_entry *entry);

/* Files found so far that were not read yet; folders and files that cannot be read. */
size_t library_waiting(const struct library *l);
size_t library_unreadable(const struct library *l);

/* Keep what was read for the next time. What cannot be kept is read again then. */
void library_save(struct library *l);

#endif

/* Library: the transcripts of folders and files as a list, with facts about each. Files are
 * found between keys, and read by as many threads as there are cores (index/index_refresh);
 * what was read before comes from the folder's index, which is created and refreshed along the
 * way. */
#ifndef SHILU_LIBRARY_LIBRARY_H
#define SHILU_LIBRARY_LIBRARY_H

#include "shilu/base/file_stamp.h"
#include "shilu/cli/options.h"
#include "shilu/index/file_facts.h"

struct library_entry {
    char *path;       /* owned */
    const char *file; /* within `path`: relative to the folder that the user named */
    char *sort_title; /* owned: the title, folded */
    char *words;      /* owned: title, file and date, one line each, in valid UTF-8 */
    struct file_facts facts;
    struct file_stamp stamp;
    bool is_gone; /* the file no longer exists */
};

struct library;

/* The options and paths must outlive it. Reads nothing yet. */
struct library *library_new(const struct options *options);
void library_free(struct library *l);

/* Find and read files for about `budget_ms`; false if nothing is left to do. */
bool library_step(struct library *l, int64_t budget_ms);

/* From now on notice files that appear, change and disappear; library_step handles these too.
 * library_wait returns a descriptor to poll or -1; *wait_ms is the longest wait, -1 for no
 * limit. */
void library_follow(struct library *l);
int library_wait(const struct library *l, int *wait_ms);
/* Whether every change is reported at once, so that the stamps of the entries are current. */
bool library_is_watched(const struct library *l);
/* Check everything again, whatever was reported. */
void library_look(struct library *l);

/* Only find files; false once all are found. */
bool library_find(struct library *l, int64_t budget_ms);

/* Number of entries read; their numbers stay valid. */
size_t library_count(const struct library *l);
const struct library_entry *library_entry(const struct library *l, size_t number);

/* Read an entry's file again if it has changed. The version increases with each entry that was
 * replaced. */
void library_look_again(struct library *l, size_t number);
uint64_t library_version(const struct library *l);

/* The title, else the last part of the path. */
const char *library_entry_title(const struct library_entry *entry);

/* Files found but not read yet; folders and files that cannot be read. */
size_t library_waiting(const struct library *l);
size_t library_unreadable(const struct library *l);

/* Write what was read into the index. Anything that cannot be written is read again next
 * time. */
void library_save(struct library *l);

#endif

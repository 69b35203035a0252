/* Quotes: what the user has quoted from any record, in one file with a JSON object per line,
 * newest last. The default is $XDG_DATA_HOME/shilu/quotes.jsonl. Nothing is ever removed from
 * it. */
#ifndef SHILU_STORE_QUOTES_H
#define SHILU_STORE_QUOTES_H

#include <stdint.h>

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"

/* All owned; an empty buffer means unknown. */
struct quote {
    struct buffer words;    /* with several speakers, each passage after its speaker's name */
    struct buffer speakers; /* with role and organization, separated by "; " */
    struct buffer date;
    struct buffer time; /* when the words begin */
    struct buffer end;  /* … and end */
    struct buffer title;
    struct buffer source;
    struct buffer url;
    struct buffer path; /* of the record */
    uint32_t segment;   /* where the words are in it */
    uint32_t byte;
};

struct quote_list {
    struct quote *quotes; /* owned */
    size_t count;
    size_t capacity;
    size_t broken; /* lines that could not be parsed */
};

void quote_release(struct quote *q);
void quote_list_release(struct quote_list *l);

/* The path to use for `path` (NULL for the default); owned by the caller; NULL if the user has
 * no home. */
char *quotes_path(const char *path);

/* Append one, whole or not at all; *count is then their number. */
bool quotes_add(const char *path, const struct quote *q, size_t *count, struct error *err);

/* All of them; a missing file has none. */
bool quotes_read(const char *path, struct quote_list *l, struct error *err);

#endif

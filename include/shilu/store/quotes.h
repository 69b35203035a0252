/* Quotes: what a reader has quoted, from any record, in one file: a JSON object a line, the
 * newest last. By default $XDG_DATA_HOME/shilu/quotes.jsonl. Nothing is ever removed from it.
 */
#ifndef SHILU_STORE_QUOTES_H
#define SHILU_STORE_QUOTES_H

#include <stdint.h>

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"

/* All owned; an empty buffer: not known. */
struct quote {
    struct buffer words;    /* of several speakers each after their name */
    struct buffer speakers; /* with role and organization, separated by "; " */
    struct buffer date;
    struct buffer time; /* at which the words begin */
    struct buffer end;  /* and end */
    struct buffer title;
    struct buffer source;
    struct buffer url;
    struct buffer path; /* of the record */
    uint32_t segment;   /* where the words stand in it */
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

/* The path in use for `path` (NULL: the default); owned by the caller; NULL if the user has no
 * home. */
char *quotes_path(const char *path);

/* Append one, whole or not at all; *count is then how many there are. */
bool quotes_add(const char *path, const struct quote *q, size_t *count, struct error *err);

/* All of them; a missing file has none. */
bool quotes_read(const char *path, struct quote_list *l, struct error *err);

#endif

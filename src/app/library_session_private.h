/* Library session: what its parts share. */
#ifndef SHILU_LIBRARY_SESSION_PRIVATE_H
#define SHILU_LIBRARY_SESSION_PRIVATE_H

#include "shilu/app/library_session.h"
#include "shilu/view/layout.h"
#include "shilu/view/library_pane.h"
#include "shilu/view/prompt.h"

enum mode { MODE_LIST, MODE_HITS, MODE_FILTER, MODE_SEARCH, MODE_HELP };

/* A list with a chosen row. */
struct place {
    size_t at;
    size_t top;
};

struct library_session {
    struct library *library;
    const struct options *options;
    const struct keymap *keymap;
    const struct width *width;
    struct layout layout;
    int rows, columns;
    enum mode mode;
    enum mode under; /* what the prompt or the help was opened from */
    struct place list, hits, help;
    size_t *shown; /* owned; `list` is of it */
    size_t shown_count;
    size_t shown_capacity;
    size_t seen;            /* entries of the library that `shown` has been made of */
    size_t chosen;          /* the entry that the reader chose, SIZE_MAX: the first there is */
    struct matcher *filter; /* NULL: none */
    struct buffer filter_text;
    enum library_column sorted;
    bool reversed;
    struct prompt prompt;
    struct prompt_history history;
    struct library_search *search; /* NULL: none */
    struct buffer message;
    enum library_wish wish;
    bool stale;
    bool working;
};

/* library_session.c: of what is shown in a mode, its rows, the chosen one, and where. */
size_t library_session_rows(const struct library_session *s, enum mode mode);
struct place *library_session_place(struct library_session *s, enum mode mode);
struct area library_session_area(const struct library_session *s);
void library_session_refresh(struct library_session *s); /* take what was found since */

#endif

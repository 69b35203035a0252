/* Library session: what its parts share. */
#ifndef SHILU_LIBRARY_LIBRARY_SESSION_PRIVATE_H
#define SHILU_LIBRARY_LIBRARY_SESSION_PRIVATE_H

#include "shilu/library/library_session.h"
#include "shilu/session/help.h"
#include "shilu/view/layout.h"
#include "shilu/view/library_pane.h"
#include "shilu/view/prompt.h"

enum mode { MODE_LIST, MODE_HITS, MODE_FILTER, MODE_SEARCH, MODE_COMMAND, MODE_HELP };

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
    size_t *spare; /* owned: for sorting */
    size_t spare_capacity;
    size_t seen;            /* entries of the library that `shown` has been made of */
    size_t transcripts;     /* among those */
    uint64_t version;       /* of the library when that was done */
    size_t chosen;          /* the entry that the reader chose, SIZE_MAX: the first there is */
    struct matcher *filter; /* NULL: none */
    struct buffer filter_text;
    struct buffer filter_before; /* for Esc in its prompt */
    enum library_column sorted;
    bool reversed;
    struct prompt prompt;
    struct prompt_history searches, commands;
    struct library_search *search; /* NULL: none */
    struct buffer message;
    bool message_is_error;
    long count;   /* typed before a key; 0: none */
    bool leaving; /* the first of ZZ was typed */
    enum library_wish wish;
    struct buffer argument; /* of the wish */
    bool stale;
    bool working;
};

/* library_session.c: of what is shown in a mode, its rows, the chosen one, and where. */
size_t library_session_rows(const struct library_session *s, enum mode mode);
struct place *library_session_place(struct library_session *s, enum mode mode);
struct area library_session_area(const struct library_session *s);
struct help library_session_help(const struct library_session *s);
bool library_session_prompts(const struct library_session *s);
void library_session_refresh(struct library_session *s); /* take what was found since */
void library_session_choose(struct library_session *s, size_t row);
void library_session_sort(struct library_session *s, enum library_column by, bool reversed);
bool library_session_filter(struct library_session *s, const char *query, struct error *err);
void library_session_say(struct library_session *s, const char *text);

/* library_session_actions.c */
bool library_session_takes(enum action action); /* whether there is something that it does */
void library_session_act(struct library_session *s, enum action action, long count);
bool library_session_run(struct library_session *s, const char *line, struct error *err);
void library_session_find(struct library_session *s, const char *query);

#endif

/* Library session: what its parts share. */
#ifndef SHILU_LIBRARY_LIBRARY_SESSION_PRIVATE_H
#define SHILU_LIBRARY_LIBRARY_SESSION_PRIVATE_H

#include "library/library_limits.h"
#include "library/library_preview.h"
#include "shilu/library/library_session.h"
#include "shilu/view/layout.h"
#include "shilu/view/library_pane.h"

enum library_mode { MODE_LIST, MODE_HITS };

/* A list with a chosen row. */
struct place {
    size_t at;
    size_t top;
};

struct library_session {
    struct ui ui; /* must be first: a struct ui * of this screen is a struct library_session
                   * * */
    struct library *library;
    const struct options *options;
    struct layout layout;
    enum library_mode mode;
    struct place list, hits;
    size_t *shown; /* owned; `list` refers to it */
    size_t shown_count;
    size_t shown_capacity;
    size_t *spare; /* owned: for sorting */
    size_t spare_capacity;
    size_t seen;            /* number of library entries that `shown` was made from */
    size_t transcripts;     /* transcripts among those */
    uint64_t version;       /* the library's version at that time */
    size_t chosen;          /* the entry chosen by the user; SIZE_MAX for the first one */
    struct matcher *filter; /* or NULL */
    struct buffer filter_text;
    struct buffer filter_before;  /* restored by Esc in its prompt */
    struct library_limits limits; /* of a search */
    struct buffer label;          /* of its prompt */
    enum library_column sorted;
    unsigned known; /* columns with known values, one bit each */
    bool reversed;
    bool unreadable;               /* only unreadable files are listed */
    struct library_search *search; /* or NULL */
    bool working;
    struct library_preview *preview;
};

static inline struct library_session *library_session_of(struct ui *ui)
{
    return (struct library_session *)ui;
}

/* library_session.c: the rows of the current mode, the chosen one, and its position. */
size_t library_session_rows(const struct library_session *s);
struct place *library_session_place(struct library_session *s);
struct area library_session_area(const struct library_session *s);
/* Beside the list; false if the window is too narrow. */
bool library_session_preview_area(const struct library_session *s, struct area *out);
void library_session_refresh(struct library_session *s); /* add what was found since */
void library_session_refill(struct library_session *s);  /* rebuild the list */
void library_session_choose(struct library_session *s, size_t row);
void library_session_sort(struct library_session *s, enum library_column by, bool reversed);
void library_session_look_again(struct ui *ui);
bool library_session_filter(struct library_session *s, const char *query, struct error *err);

/* The function of an action. Every function that a row of store/actions.h names for a library
 * is declared here. */
typedef void library_function(struct library_session *s, const struct ui_call *call,
                              int argument);
#define LIBRARY_DECLARE_ANY(function)
#define LIBRARY_DECLARE_RECORD(function)
#define LIBRARY_DECLARE_LIBRARY(function) library_function function;
#define LIBRARY_DECLARE(scope, id, name, keys, group, function, argument, flags, help) \
    LIBRARY_DECLARE_##scope(function)
ACTIONS(LIBRARY_DECLARE)
#undef LIBRARY_DECLARE

/* library_session_actions.c */
void library_session_act(struct ui *ui, const struct ui_call *call);
void library_session_move(struct ui *ui, enum ui_move what, bool back, long count);
bool library_session_enter(struct ui *ui);
bool library_session_go_on(struct ui *ui, const char *query, bool back);
bool library_session_searched(struct ui *ui, const struct transcript *t, struct selection *out);
bool library_session_leave(struct ui *ui, bool quit);
void library_session_list(struct ui *ui);
void library_session_mouse(struct ui *ui, const struct key *key);
void library_session_number(struct ui *ui, long number);
extern const struct ui_prompt library_session_prompts[PROMPT_KIND_COUNT];

/* library_session_run.c */
bool library_session_place_of(struct ui *ui, struct ui_place *out);
void library_session_piped(struct ui *ui, struct buffer *out);

/* library_session_draw.c */
struct library_line library_session_line(const struct library_entry *entry);
void library_session_draw(struct ui *ui, struct grid *g);
/* "by Ann  2020-03.." */
void library_session_append_limits(const struct library_session *s, struct buffer *out);
const struct ui_hint *library_session_hints(struct ui *ui);
void library_session_draw_status(struct ui *ui, struct grid *g, const char *said, bool is_error,
                                 const struct frame_hint *hints);

#endif

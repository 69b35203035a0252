/* Session: one open transcript as a person reads it, without a terminal: keys go in, a grid
 * comes out. The event loop (app/browse) and the golden-screen tests drive it alike. */
#ifndef SHILU_SESSION_SESSION_H
#define SHILU_SESSION_SESSION_H

#include "shilu/model/transcript.h"
#include "shilu/store/keymap.h"
#include "shilu/store/notes.h"
#include "shilu/view/grid.h"
#include "shilu/view/key.h"

struct session;

/* What a session asks of the program around it; every member may be NULL. */
struct session_host {
    void *context;
    bool (*copy)(void *context, const char *text, size_t bytes, struct error *err);
    bool (*theme)(void *context, const char *name, struct error *err);
    void (*mouse)(void *context, bool on);
    void (*redraw)(void *context);
    void (*suspend)(void *context);
    /* Follow the record as it grows, or stop that; starting may fail. */
    bool (*follow)(void *context, bool on, struct error *err);
};

struct session_options {
    const char *name;            /* the path or "-", for the title bar where no title is */
    const struct width *width;   /* must outlive the session */
    const struct keymap *keymap; /* must outlive the session */
    struct notes *notes;         /* the same; NULL: what is noted goes with the session */
    struct session_host host;
    bool has_measure; /* `measure` is set: most columns of words in a line, 0: the pane's */
    int measure;
};

/* The transcript must outlive the session; it may grow between calls. */
struct session *session_new(const struct transcript *t, const struct session_options *options);
void session_free(struct session *s);

void session_resize(struct session *s, int rows, int columns);
void session_key(struct session *s, struct key key);

/* The interrupt: ends what goes on, following or waiting for the end; false: nothing did. */
bool session_interrupt(struct session *s);

/* Run an action by its name, as `:name ARGUMENT` does. */
bool session_run(struct session *s, const char *command, struct error *err);

/* What was typed at the prompts: add a line of an earlier run, and call `each` with every line,
 * oldest first. `kind` is "time", "search", "narrow" or "command"; others are passed over. */
void session_recall(struct session *s, const char *kind, const char *line);
void session_each_line(const struct session *s,
                       void (*each)(void *context, const char *kind, const char *line),
                       void *context);

/* How loading stands: percent or -1; done; diagnostics to tell of, or NULL. */
void session_loading(struct session *s, int percent, bool done,
                     const struct diagnostics *found);

/* The record was opened again: read this transcript with its notes, in place of those before,
 * which may go. What is searched for and how the screen is set stay. */
void session_reopen(struct session *s, const struct transcript *t, struct notes *notes);

/* Nothing more can come of what was followed. */
void session_follow_ended(struct session *s);

/* Show a message, or an error, in the status line until the next key. */
void session_message(struct session *s, const char *text);
void session_error(struct session *s, const char *text);

/* Background work (counting hits) for about `budget_ms`; true while there is more. */
bool session_step(struct session *s, int64_t budget_ms);

/* Whether anything has changed since the last draw. */
bool session_is_stale(const struct session *s);
void session_draw(struct session *s, struct grid *g);

bool session_is_over(const struct session *s);
/* And the program with it: not back to the library that the record was opened from. */
bool session_leaves_all(const struct session *s);

/* Search for what was searched for elsewhere, and stand on this hit of it, which is loaded, or
 * on the next one where the record has changed since. */
struct hit;
void session_show_hit(struct session *s, const char *query, const struct hit *hit);

/* The reading position, to be kept for the next time. */
uint32_t session_segment(const struct session *s);
void session_go_to(struct session *s, uint32_t segment);

#endif

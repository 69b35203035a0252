/* Session: one open transcript and the user's position in it. It is a screen (ui/ui.h) without
 * a terminal: keys go in, a grid comes out. The event loop and the golden-screen tests drive it
 * in the same way. */
#ifndef SHILU_SESSION_SESSION_H
#define SHILU_SESSION_SESSION_H

#include "shilu/model/transcript.h"
#include "shilu/store/corrections.h"
#include "shilu/store/notes.h"
#include "shilu/ui/ui.h"

struct session;

/* A change of the corrections: a step (`items`); a conflict (a single item), whose correction
 * is kept or dropped; an undo or redo (*segment receives its place); or another attempt at
 * saving. */
struct session_correction {
    enum {
        CORRECT_PUT,
        CORRECT_KEEP,
        CORRECT_LET_GO,
        CORRECT_UNDO,
        CORRECT_REDO,
        CORRECT_SAVE
    } what;
    const struct correction *items;
    size_t count;
    uint32_t *segment;
};

/* Where the transcript comes from; a member may be NULL: everything is loaded. */
struct session_source {
    void *context;
    /* Load for about this long; true while there is more to do at once. */
    bool (*load)(void *context, int64_t budget_ms);
    int (*wait)(void *context, int *wait_ms); /* as in struct screen_ops */
    void (*ready)(void *context, bool ready);
    /* Start or stop following the record as it grows; starting may fail. */
    bool (*follow)(void *context, bool on, struct error *err);
    /* Rename a speaker from now on; the new name is remembered. */
    bool (*rename)(void *context, const char *from, const char *to, struct error *err);
    /* Undo the last renaming. */
    bool (*rename_back)(void *context, struct error *err);
    /* Change the corrections and apply them to the transcript again. False: *err says why that
     * could not be saved or, with ERROR_USAGE, done. */
    bool (*correct)(void *context, const struct session_correction *change, struct error *err);
    void (*touched)(void *context); /* the user did something */
    /* The session ends, at `place` or at SEGMENT_NONE. */
    void (*close)(void *context, uint32_t place);
};

struct session_options {
    const char *name;    /* the path or "-", for the title bar if there is no title */
    struct notes *notes; /* must outlive the session; NULL: notes last only for the session */
    const struct corrections *corrections; /* likewise; NULL: nothing can be corrected */
    struct ui_options ui;
    struct session_source source;
    bool has_measure; /* `measure` is set: largest width of the words in columns, 0 for the
                       * pane's width */
    int measure;
    bool plain; /* text only, for screen readers */
};

/* The transcript must outlive the session; it may grow between calls. */
struct session *session_new(const struct transcript *t, const struct session_options *options);
void session_free(struct session *s); /* does not notify the source */
struct ui *session_ui(struct session *s);

/* The state of loading: percent or -1; whether it is done; diagnostics to report, or NULL. */
void session_loading(struct session *s, int percent, bool done,
                     const struct diagnostics *found);

/* The notes changed: they were found again, or moved with their words. */
void session_notes_changed(struct session *s);

/* The record was reopened: use this transcript and its notes instead of the old ones, which may
 * be freed. The search and the screen's settings are kept. */
void session_reopen(struct session *s, const struct transcript *t, struct notes *notes,
                    const struct corrections *corrections);

/* Corrections were applied to the transcript: its bytes, paragraphs and turns have changed, its
 * segments and speakers have not. The reading position stays. */
void session_words_changed(struct session *s);

/* The same words under other names: everything the user has chosen is kept too. */
void session_read_again(struct session *s, const struct transcript *t, struct notes *notes,
                        const struct corrections *corrections);

/* The followed source has ended. */
void session_follow_ended(struct session *s);

/* Search for a query from elsewhere, and go to this hit of it, which must be loaded, or to the
 * next one if the record has changed since. */
void session_show_hit(struct session *s, const char *query, const struct hit *hit);
/* Find hits only in this part of the record, which stays shown whole: until something else is
 * searched for or selected. Takes ownership of the selection. `again`: what was said before
 * means more now that more is loaded. */
void session_limit_hits(struct session *s, struct selection *take, bool again);

/* Start at a place, as written after "+": "G", "/words", or anything the time prompt
 * accepts. */
bool session_start_at(struct session *s, const char *place, struct error *err);
/* Show only this part of the record; takes ownership of the selection. */
void session_select_part(struct session *s, struct selection *take);

/* The reading position, to be remembered for the next time. */
uint32_t session_segment(const struct session *s);
void session_go_to(struct session *s, uint32_t segment);

#endif

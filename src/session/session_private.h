/* Session internals. Each part is a struct of its own, written by a single file; other files
 * read it, and call that file's functions to change it. The panes draw from `reading`, each of
 * whose members says who writes it. */
#ifndef SHILU_SESSION_PRIVATE_H
#define SHILU_SESSION_PRIVATE_H

#include "shilu/analysis/outline.h"
#include "shilu/session/session.h"
#include "shilu/store/quotes.h"
#include "shilu/ui/row_list.h"
#include "shilu/view/layout.h"
#include "shilu/view/reader_state.h"
#include "shilu/view/speaker_chart.h"
#include "shilu/view/speaker_pane.h"
#include "shilu/view/text_pane.h"
#include "shilu/view/timeline_pane.h"

struct spot {
    uint32_t segment;
    uint32_t byte;
};

/* session_view.c: the panes and their arrangement. */
enum { SESSION_MEASURE_COLUMNS = 76 };

/* session_outline.c: the outline, on a screen of its own or beside the text. */
struct outline_list {
    struct session *session;
    struct outline outline;
    struct outline_making *making; /* owned, until the outline is there; NULL: it is */
    bool without_times;            /* there is no room for them */
};

struct session_outline {
    struct outline_list pane;
    size_t seen;      /* number of segments that it was made from; SIZE_MAX if it was not
                       * made */
    size_t making_of; /* segments that the next one is made of */
    struct row_list list;
    struct spot stood; /* the reading position when `list.at` was chosen */
};

struct session_view {
    struct text_pane *text;
    struct speaker_pane *speakers;
    struct timeline_pane *timeline;
    struct speaker_chart *chart;
    struct layout layout;
    enum pane pane; /* the pane with the focus */
    unsigned empty; /* a bit for each pane without content */
    bool zoomed;
    bool lanes;
    int measure; /* largest width of the words in columns; 0 for the pane's width */
};

/* session_navigate.c: the places that were jumped from. */
enum { JUMPS_MAX = 64 };

struct session_jumps {
    struct spot places[JUMPS_MAX];
    size_t count;
    size_t at;
};

/* session_search.c */
struct seek { /* searching for a hit that was not found yet */
    bool active;
    bool typed; /* while the query is being typed: without messages */
    bool backward;
    bool around; /* already past the end of the record */
    long count;  /* number of hits still to skip */
    struct spot from;
};

struct session_search {
    struct search *search; /* or NULL */
    struct buffer query;
    struct selection within; /* if limited: where hits are found */
    bool limited;
    bool backward;
    struct seek seek;
    struct spot origin; /* where the prompt was opened, for Esc */
    struct spot stood;  /* the reading position when the last hit was shown */
    char error[240];    /* about the query, while it is typed */
    struct search *narrow;
    struct buffer narrow_query;
    size_t narrow_seen;
    size_t narrow_shown;
};

/* session_speaker.c: the speakers offered by the prompt. */
enum { CANDIDATES_MAX = 8 };

struct session_speaker {
    uint32_t candidates[CANDIDATES_MAX];
    size_t count;
    size_t chosen;
    struct spot last; /* place to return to, if the selection leaves nothing to read */
};

/* session_overlay.c: a list over the panes. */
enum overlay_kind { OVERLAY_PROBLEMS, OVERLAY_HITS, OVERLAY_MARKS };
enum { MAX_MARKS = 0x7F - ' ' };

struct session_overlay {
    bool open;
    enum overlay_kind kind;
    size_t top;
    size_t at;
    char marks[MAX_MARKS]; /* letters of the marks that are set */
    size_t mark_count;
};

/* session_select.c, which also writes the selected words into `reading`. */
enum select_unit {
    SELECT_SENTENCE,
    SELECT_PARAGRAPH,
    SELECT_ROW,
    SELECT_TURN,
    SELECT_CUE,
    SELECT_WORD,
    SELECT_UNIT_COUNT
};

struct session_select {
    bool moves_start; /* the moving end is the first one */
    enum select_unit unit;
    struct spot origin;              /* the reading position at the start */
    uint64_t anchor_from, anchor_to; /* what was selected first, or last by `v` */
};

/* session_again.c */
struct session_kept {
    bool waits; /* until so many segments are loaded */
    size_t segments;
    struct spot spot;
    int row; /* row of the page with the reading position */
    uint32_t chosen;
    struct session_jumps jumps;
    uint8_t *speakers;          /* owned: one byte per segment; NULL if all are selected */
    struct selection selection; /* without what it owns */
    bool selecting;
    struct session_select select;
    struct spot select_from, select_to;
};

/* session_note.c */
struct session_notes {
    struct notes *notes;
    struct notes *own; /* owned; NULL if they were given */
    uint32_t segment;  /* segment that the prompt is about */
    bool is_warned;    /* the user knows that some are not saved */
};

/* session_follow.c */
enum follow_state {
    FOLLOW_NOT,
    FOLLOW_END, /* the page stays at the record's end */
    FOLLOW_LEFT /* the user has moved back */
};

struct session_follow {
    enum follow_state state;
    struct text_place place; /* the end, when the page was last put there */
    size_t seen;             /* number of segments when the user left the end */
    bool to_bottom;          /* the user asked for the end before it was loaded */
};

/* session.c */
struct session_loading {
    int percent;
    bool done;
    size_t seen;                     /* number of segments at the last check */
    const struct diagnostics *found; /* borrowed until the next session_loading */
    bool problems_reported;
};

struct session {
    struct ui ui; /* must be first: a struct ui * of this screen is a struct session * */
    const struct transcript *transcript;
    const struct corrections *corrections; /* borrowed; NULL if nothing can be corrected */
    const char *name;
    struct session_source source;
    struct reader_state reading;
    struct session_view view;
    struct session_outline outline;
    struct session_jumps jumps;
    struct session_search search;
    struct session_speaker speaker;
    struct session_overlay overlay;
    struct session_select select;
    struct session_notes notes;
    struct session_follow follow;
    struct session_loading loading;
    struct session_kept kept;
};

static inline struct session *session_of(struct ui *ui)
{
    return (struct session *)ui;
}

/* The function of an action. Every function that a row of store/actions.h names for a
 * transcript is declared here. */
typedef void session_function(struct session *s, const struct ui_call *call, int argument);
#define SESSION_DECLARE_ANY(function)
#define SESSION_DECLARE_LIBRARY(function)
#define SESSION_DECLARE_RECORD(function) session_function function;
#define SESSION_DECLARE(scope, id, name, keys, group, function, argument, flags, help) \
    SESSION_DECLARE_##scope(function)
ACTIONS(SESSION_DECLARE)
#undef SESSION_DECLARE

/* session_actions.c */
void session_act(struct ui *ui, const struct ui_call *call);
bool session_before_action(struct ui *ui, enum action action);

/* session.c */
size_t session_problem_count(const struct session *s);

/* session_view.c */
void session_view_start(struct session *s);
void session_view_stop(struct session *s);
void session_view_loaded(struct session *s);
void session_view_words_changed(struct session *s);
void session_relayout(struct session *s);
void session_set_pane(struct session *s, enum pane pane);
bool session_leave_lanes(struct session *s); /* false if it was not shown */
void session_mouse(struct ui *ui, const struct key *key);
void session_draw(struct ui *ui, struct grid *g);

/* session_navigate.c */
void session_move(struct ui *ui, enum ui_move what, bool back, long count);
void session_note_jump(struct session *s);
void session_note_jump_from(struct session *s, struct spot spot);
void session_go(struct session *s, struct spot spot, bool context);
void session_jump(struct session *s, uint32_t segment, uint32_t byte, bool context);
void session_go_to_turn(struct ui *ui, long number); /* from 1 */
bool session_is_empty(const struct session *s);      /* nothing is selected to be shown */
bool session_has_headings(const struct session *s);
struct spot session_here(const struct session *s);
bool session_go_to_time(struct ui *ui, const char *text, struct error *err);

/* session_speaker.c */
void session_values(struct ui *ui, enum action action, struct ui_offers *offers);
void session_choose_speaker(struct session *s, uint32_t speaker); /* in the speaker pane */
void session_choose_nobody(struct session *s);
void session_move_in_speakers(struct session *s, int rows);
void session_selection_changed(struct session *s);
void session_speaker_open(struct ui *ui, struct buffer *text);
void session_speaker_changed(struct ui *ui, const char *text);
bool session_speaker_done(struct ui *ui, const char *text, struct error *err);
void session_speaker_candidate(struct ui *ui, uint32_t code);
bool session_speaker_side(struct ui *ui, struct buffer *out, bool *is_error);
void session_speaker_draw(struct ui *ui, struct grid *g);

/* session_search.c */
void session_search_start(struct session *s); /* the transcript was replaced */
void session_search_stop(struct session *s);
bool session_search_set(struct session *s, const char *query, bool backward, struct error *err);
void session_search_clear(struct session *s);
bool session_find(struct session *s, const char *query, bool backward, struct error *err);
void session_search_go(struct session *s, bool backward, long count);
/* The record is complete: answer a search that was waiting for hits. */
void session_search_unlimit(struct session *s); /* hits are found in all that is shown */
const struct selection *session_searched(const struct session *s); /* where they are found */
void session_search_loaded(struct session *s);
void session_search_count(const struct session *s, char *out, size_t capacity);
void session_search_stand_on(struct session *s, const struct hit *hit);
bool session_search_step(struct session *s, int64_t budget_ms);
void session_search_open(struct ui *ui, struct buffer *text);
void session_search_changed(struct ui *ui, const char *text);
bool session_search_done(struct ui *ui, const char *text, struct error *err);
void session_search_given_up(struct ui *ui);
bool session_search_side(struct ui *ui, struct buffer *out, bool *is_error);
bool session_narrow(struct ui *ui, const char *query, struct error *err);
bool session_narrow_answered(struct ui *ui, const char *query, struct error *err);

/* session_outline.c */
void session_outline_forget(struct session *s); /* the words have changed */
bool session_outline_is_stale(const struct session *s);
/* Go on making it for about so long. True while there is more to do. */
bool session_outline_step(struct session *s, int64_t budget_ms);
bool session_outline_is_offered(struct session *s); /* whether this window has the pane */
void session_outline_draw(struct session *s, struct grid *g);
bool session_outline_move(struct session *s, enum ui_move what, bool back, long count);
void session_outline_click(struct session *s, int row);
void session_outline_search_open(struct session *s);
void session_outline_search_typed(struct session *s, const char *text, bool backward);
bool session_outline_search(struct session *s, const char *text, bool backward,
                            struct error *err);
void session_outline_search_give_up(struct session *s);
bool session_outline_narrow(struct session *s, const char *text, struct error *err);
/* Clear the pane's search or narrowing; false if there is nothing to clear. */
bool session_outline_leave(struct session *s);

/* session_correct.c */
/* Whether all corrections are saved, trying to save them first. */
bool session_corrections_saved(struct session *s, struct error *err);
bool session_correct_speaker_done(struct ui *ui, const char *text, struct error *err);
void session_correct_time_open(struct ui *ui, struct buffer *text);
bool session_correct_time_done(struct ui *ui, const char *text, struct error *err);

/* session_overlay.c */
void session_overlay_start(struct session *s); /* the transcript was replaced */
void session_list(struct ui *ui);
bool session_overlay_enter(struct session *s);            /* false if none is open */
bool session_overlay_leave(struct session *s, bool quit); /* likewise */
void session_overlay_move(struct session *s, enum ui_move what, bool back, long count);
bool session_overlay_has_choice(const struct session *s);
void session_overlay_draw(struct session *s, struct grid *g);
/* When a segment was said, and by whom in this many columns (0 to omit the name). */
void session_draw_source(struct session *s, struct pen *pen, uint32_t number, int name_columns);

/* session_note.c */
void session_offer_tags(struct session *s, struct ui_offers *offers);
bool session_find_mark(const struct session *s, char letter, struct spot *spot);
bool session_may_leave(struct ui *ui);
void session_notes_start(struct session *s, struct notes *notes);
void session_notes_stop(struct session *s);
void session_note_open(struct ui *ui, struct buffer *text);
bool session_note_done(struct ui *ui, const char *text, struct error *err);

/* session_select.c */
bool session_select_move(struct session *s, enum ui_move what, bool back, long count);
bool session_leave_selection(struct session *s); /* false if nothing is selected */
/* The selected words, else this many sentences from the reading row on. */
void session_selected_run(const struct session *s, long count, uint64_t *from, uint64_t *to);
size_t session_selected_count(const struct session *s); /* number of characters */
/* The selected words; false if there are none. */
bool session_selected_words(const struct session *s, struct buffer *out);

/* session_copy.c */
/* The same with everything that a citation states; the caller releases it. */
void session_quote(const struct session *s, long count, struct quote *q);

/* Everything that is shown, each turn after its speaker's name. */
void session_append_all(const struct session *s, struct buffer *out);

/* session_run.c */
bool session_place(struct ui *ui, struct ui_place *out);
void session_piped(struct ui *ui, struct buffer *out);

/* session_follow.c */
void session_follow_start(struct session *s);  /* the transcript was replaced */
bool session_follow_holds(struct session *s);  /* the page is at the end and stays there */
void session_follow_keep(struct session *s);   /* move to the end, where the page stays */
void session_follow_resume(struct session *s); /* move to the end again after leaving it */
bool session_follow_stop(struct session *s);   /* false if it was not followed */
void session_to_bottom(struct session *s);
void session_bottom_loaded(struct session *s, bool grew);
bool session_before_key(struct ui *ui, const struct key *key);
void session_after_key(struct ui *ui);
bool session_interrupt(struct ui *ui);
void session_follow_say(const struct session *s, char *out, size_t capacity); /* "following" */

/* session_again.c */
void session_again_keep(struct session *s, struct session_kept *out);
void session_again_drop(struct session_kept *kept);
void session_again_put_back(struct session *s); /* once enough is loaded */

/* session_status.c */
const struct ui_hint *session_hints(struct ui *ui);
void session_draw_status(struct ui *ui, struct grid *g, const char *said, bool is_error,
                         const struct frame_hint *hints);

#endif

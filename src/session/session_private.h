/* Session, inside: what its files share. */
#ifndef SHILU_SESSION_SESSION_PRIVATE_H
#define SHILU_SESSION_SESSION_PRIVATE_H

#include "shilu/session/session.h"
#include "shilu/view/layout.h"
#include "shilu/view/prompt.h"
#include "shilu/view/reader_state.h"
#include "shilu/view/speaker_chart.h"
#include "shilu/view/speaker_pane.h"
#include "shilu/view/text_pane.h"
#include "shilu/view/timeline_pane.h"

enum session_mode {
    MODE_READ,
    MODE_PROMPT,
    MODE_SHEET,  /* help, problems or hits over the panes */
    MODE_MARK,   /* the next key names a mark to set */
    MODE_MARK_GO /* … or to go to */
};

enum prompt_kind {
    PROMPT_TIME,
    PROMPT_SPEAKER,
    PROMPT_SEARCH,
    PROMPT_SEARCH_BACK,
    PROMPT_NARROW,
    PROMPT_NOTE,
    PROMPT_COMMAND,
    PROMPT_KIND_COUNT
};

enum sheet_kind { SHEET_HELP, SHEET_PROBLEMS, SHEET_HITS, SHEET_NOTES };

enum session_follow {
    FOLLOW_NOT,
    FOLLOW_END, /* the page stays at the record's end */
    FOLLOW_LEFT /* the reader has gone back from there */
};

struct spot {
    uint32_t segment;
    uint32_t byte;
};

/* On the way to a hit that the search has not come to yet. */
struct seek {
    bool active;
    bool typed; /* while the query is typed: quietly */
    bool backward;
    bool around; /* past the record's end already */
    long count;  /* hits still to go */
    struct spot from;
};

enum { JUMPS_MAX = 64, CANDIDATES_MAX = 8, COUNT_MAX = 100000000, QUERY_MAX = 1000 };

struct session {
    const struct transcript *transcript;
    const char *name;
    const struct keymap *keymap;
    struct session_host host;

    struct reader_state reading;
    struct text_pane *text;
    struct speaker_pane *speakers;
    struct timeline_pane *timeline;
    struct speaker_chart *lane_chart;
    struct layout layout;
    int rows;
    int columns;
    enum pane pane; /* that has the keys */
    bool zoomed;
    bool lanes;
    int measure; /* most columns of words in a line; 0: the pane's */
    bool mouse;

    enum session_mode mode;
    bool stale;
    bool over;
    bool leaves_all; /* the program, not only this record */
    long count;      /* typed before a key; 0: none */
    bool entered;    /* the key that runs an action is Enter */
    /* A digit that is bound was typed: what another digit after it, which makes a count of
     * both, takes back. */
    long bound_digit; /* 0: none */
    enum pane bound_digit_pane;
    bool bound_digit_lanes;
    bool leaving; /* the first of ZZ was typed */
    size_t seen;  /* segments at the last look */

    enum prompt_kind prompt_kind;
    struct prompt prompt;
    struct prompt_history history[PROMPT_KIND_COUNT];
    struct spot origin;                  /* where the prompt was opened, for Esc */
    uint32_t candidates[CANDIDATES_MAX]; /* speakers */
    size_t candidate_count;
    size_t candidate;
    char prompt_error[240];

    struct search *search; /* NULL: none */
    struct seek seek;
    struct buffer query;
    bool backward;
    struct search *narrow;
    size_t narrow_seen;
    size_t narrow_shown;

    enum sheet_kind sheet;
    size_t sheet_top;
    size_t sheet_at;

    struct spot jumps[JUMPS_MAX];
    size_t jump_count;
    size_t jump_at;
    struct notes *notes;
    struct notes *own_notes; /* owned; NULL where they came from outside */

    enum session_follow follow;
    struct text_place follow_place; /* the end, when the page was last put there */
    size_t follow_seen;             /* segments that there were when it was left */

    int percent;
    bool loaded;
    bool to_bottom;                  /* the end was asked for before it was loaded */
    const struct diagnostics *found; /* borrowed until the next session_loading */
    bool problems_reported;

    struct buffer message;
    bool message_is_error;
};

/* session_move.c */
void session_note_jump(struct session *s);
void session_go(struct session *s, struct spot spot, bool context);
void session_jump(struct session *s, uint32_t segment, uint32_t byte, bool context);
void session_relayout(struct session *s);
void session_selection_changed(struct session *s);
void session_solo(struct session *s, uint32_t speaker);
bool session_go_to_time(struct session *s, const char *text, struct error *err);

/* session_walk.c */
void session_walk(struct session *s, enum action action, long count);
void session_go_to_turn(struct session *s, long number);          /* from 1 */
void session_choose_speaker(struct session *s, uint32_t speaker); /* in the speaker pane */

/* session_actions.c */
typedef void action_function(struct session *s, enum action action, long count);
void session_act(struct session *s, enum action action, long count);

/* session_follow.c */
action_function session_follow;
bool session_follow_holds(struct session *s);  /* the page is at the end, to stay there */
void session_follow_keep(struct session *s);   /* at the end, where it is to stay there */
void session_follow_resume(struct session *s); /* at the end again, where it was left */
void session_follow_stop(struct session *s);
/* A key that ends following, or (`waited`) the waiting for the end. */
bool session_follow_takes(struct session *s, uint32_t code, bool waited);
void session_follow_say(const struct session *s, char *out, size_t capacity); /* "following" */

/* session_note.c */
action_function session_note;
void session_notes_changed(struct session *s);
void session_take_note(struct session *s, uint32_t segment, const char *text);
void session_mark(struct session *s, char letter);
void session_go_to_mark(struct session *s, char letter);

/* session_prompt.c */
void session_prompt_open(struct session *s, enum prompt_kind kind, const char *text);
void session_prompt_key(struct session *s, struct key key);
void session_prompt_draw(struct session *s, struct grid *g);

/* session_search.c */
bool session_search_set(struct session *s, const char *query, bool backward, struct error *err);
void session_search_clear(struct session *s);
void session_search_go(struct session *s, bool backward, long count);
/* What is sought and was not found yet: the record is all there now. */
void session_search_loaded(struct session *s);
void session_search_from(struct session *s, struct spot from);
void session_search_count(const struct session *s, char *out, size_t capacity);
void session_say_no_hit(struct session *s); /* anywhere, or only in what is shown */
bool session_narrow(struct session *s, const char *query, struct error *err);
bool session_search_step(struct session *s, int64_t budget_ms);

/* session_sheet.c */
void session_sheet_open(struct session *s, enum sheet_kind kind);
void session_sheet_key(struct session *s, struct key key);
void session_sheet_draw(struct session *s, struct grid *g);

/* session_status.c */
void session_status_draw(struct session *s, struct grid *g);

/* session_copy.c */
void session_copy(struct session *s, bool cite);

#endif

/* UI: what all screens have in common, and the operations in which they differ.
 *
 * A screen is what the user sees and types into: a transcript, the library, a list. Its state
 * begins with a struct ui, which handles keys, counts and prompts, and shows messages, help and
 * hints; only ui.c writes it. What is specific to a screen is in its struct screen_ops. Screens
 * know nothing of terminals: keys go in, a grid comes out. */
#ifndef SHILU_UI_UI_H
#define SHILU_UI_UI_H

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"
#include "shilu/model/search.h"
#include "shilu/store/keymap.h"
#include "shilu/store/quotes.h"
#include "shilu/view/frame.h"
#include "shilu/view/key.h"
#include "shilu/view/pen.h"
#include "shilu/view/prompt.h"

struct ui;
struct ui_offers;

/* --------------------------------------------------------------- the program around it */

/* What a screen asks of the program; every member may be NULL. */
struct ui_host {
    void *context;
    /* Copy text to the user's clipboard; appends what was done to `where`. */
    bool (*copy)(void *context, const char *text, size_t bytes, struct buffer *where,
                 struct error *err);
    bool (*theme)(void *context, const char *name, struct error *err);
    void (*mouse)(void *context, bool on);
    void (*redraw)(void *context);
    void (*suspend)(void *context);
    /* Give the terminal to a shell command; see screen_run. */
    bool (*run)(void *context, const char *command, const char *input, size_t bytes, bool waits,
                struct error *err);
    /* Show another screen on top until it closes; takes ownership. */
    void (*push)(void *context, struct ui *screen);
    /* Open a record on top: at `hit` of the search if that is not NULL; without a `query`, only
     * the hit's segment counts. */
    bool (*open)(void *context, const char *path, const char *query, const struct hit *hit,
                 struct error *err);
    /* Leave this screen for the next or previous record in which the screen below found
     * `query`; false if there is none. */
    bool (*go_on)(void *context, const char *query, bool back);
};

/* The user's settings, as far as screens need them; borrowed. */
struct ui_settings {
    const char *citation; /* a style or a template; NULL for plain */
    const char *quotes;   /* path of the quotes file; NULL for the default */
    const char *open;     /* the command of `play`, or NULL */
    bool shapes;          /* the theme adds shapes to the speakers' colours */
    bool hides_cursor;    /* the terminal's cursor is in the row being read, but hidden */
};

/* Lines typed at the prompts, by kind; shared by all screens. */
struct ui_history {
    struct prompt_history search, narrow, time, command, shell;
};
void ui_history_release(struct ui_history *h);
/* "search", "narrow", "time", "command" or "shell"; NULL for any other name. */
struct prompt_history *ui_history_of(struct ui_history *h, const char *kind);

/* ------------------------------------------------------------------------- the prompts */

/* What can be asked in the last line. A screen has the prompts whose `done` it sets;
 * PROMPT_SEARCH also serves PROMPT_SEARCH_BACK. */
enum ui_prompt_kind {
    PROMPT_TIME,
    PROMPT_SPEAKER,
    PROMPT_SEARCH,
    PROMPT_SEARCH_BACK,
    PROMPT_NARROW,
    PROMPT_NOTE,
    PROMPT_CORRECT_SPEAKER,
    PROMPT_CORRECT_TIME,
    PROMPT_PIPE,
    PROMPT_RUN,
    PROMPT_COMMAND, /* every screen has it, from ui.c */
    PROMPT_KIND_COUNT
};

/* If label, hint or history is NULL, ui.c supplies the default for the kind, if there is
 * one. */
struct ui_prompt {
    const char *label;
    const char *(*label_of)(struct ui *ui); /* replaces the label, if it is not NULL */
    const char *hint;    /* at the right, unless something else is shown there */
    const char *history; /* the kind in struct ui_history; "" for none */
    /* Before the first key; may replace the initial text. */
    void (*open)(struct ui *ui, struct buffer *text);
    void (*changed)(struct ui *ui, const char *text); /* after each key */
    /* Called on Enter. An error is shown. */
    bool (*done)(struct ui *ui, const char *text, struct error *err);
    void (*given_up)(struct ui *ui);
    /* Called for keys that edit nothing (Up, Down, Tab …), to choose among the offered
     * values. */
    void (*choose)(struct ui *ui, uint32_t code);
    /* What to show at the right instead of the hint; false for nothing. */
    bool (*side)(struct ui *ui, struct buffer *out, bool *is_error);
    void (*draw)(struct ui *ui, struct grid *g); /* the offered values, above the last line */
};

/* -------------------------------------------------------------------------- the actions */

/* How an action was called: by a key with an optional count before it, or by name with an
 * argument. */
struct ui_call {
    enum action action;
    long count;       /* 0 for none */
    const char *text; /* argument after its name; "" for none */
};

/* Which way ui_move goes; an action's argument is one of these, or'd with MOVE_BACK. */
enum ui_move {
    MOVE_LINE,
    MOVE_HALF_PAGE,
    MOVE_PAGE,
    MOVE_END,     /* with a count: to the turn or row with that number */
    MOVE_PERCENT, /* the count is the percentage */
    MOVE_TURN,
    MOVE_QUESTION,
    MOVE_SAME_SPEAKER,
    MOVE_HIT,
    MOVE_WORD,
    MOVE_HEADING,
    MOVE_BACK = 64
};

/* How many rows a move by lines, half pages or pages covers if the screen has `page` rows;
 * `count` is 0 if none was typed. */
size_t ui_move_rows(enum ui_move what, size_t page, long count);
/* The row that a move leads to from row `at` of a list with `rows` rows; also to an end, to row
 * number `count`, or to so many percent. */
size_t ui_move_to(size_t at, size_t rows, size_t page, enum ui_move what, bool back,
                  long count);
/* The row to show at the top (`top` if possible) so that row `at` is one of the `page`
 * shown. */
size_t ui_scroll_to(size_t top, size_t at, size_t page);

/* A hint in the last line: the first key of an action, or a fixed key. */
struct ui_hint {
    enum action action;
    const char *what; /* NULL ends a table */
    const char *key;  /* NULL for the action's key */
};

enum { UI_COUNT_MAX = 100000000 };

/* The user's position on a screen, for other programs. */
struct ui_place {
    struct quote quote; /* what is known of it; `path` at least */
    size_t line;        /* of that file; 0 if unknown */
    struct buffer time; /* seconds from the start of a recording, or a time of day; "" if
                         * unknown */
};
void ui_place_release(struct ui_place *place);

/* Quote a word for a shell: inside single quotes only the quote is special. */
void ui_append_quoted(struct buffer *out, const char *text);
/* The shell command that opens a file in the user's editor, at a line unless it is 0. As in
 * git, the shell expands $VISUAL, which may contain options and quotes. */
void ui_append_editor(struct buffer *out, size_t line, const char *path);

/* `draw` and `close` are required; if another member is NULL, the screen lacks that
 * operation. */
struct screen_ops {
    enum action_scope scope; /* its actions, in addition to those of every screen */
    /* Run an action of its scope. */
    void (*act)(struct ui *ui, const struct ui_call *call);
    unsigned moves; /* a bit for each enum ui_move that it supports */
    /* `count` is 0 if none was typed. */
    void (*move)(struct ui *ui, enum ui_move what, bool back, long count);
    const struct ui_prompt *prompts; /* array of PROMPT_KIND_COUNT */
    const char *command_hint;        /* an example of what `:` accepts */
    /* Offer the values that an action takes after its name. */
    void (*values)(struct ui *ui, enum action action, struct ui_offers *offers);
    bool (*enter)(struct ui *ui); /* Enter; false to let the keymap decide */
    /* Esc, or `quit`: close the innermost open element; false if nothing was open. */
    bool (*leave)(struct ui *ui, bool quit);
    /* Whether the screen can be left. May return false once, to say first what would be
     * lost. */
    bool (*may_leave)(struct ui *ui);
    void (*list)(struct ui *ui);                         /* `L` */
    void (*mouse)(struct ui *ui, const struct key *key); /* a click, or the wheel */
    bool (*interrupt)(struct ui *ui); /* ^C: stop what is running; false if nothing was */
    void (*number)(struct ui *ui, long number); /* `:120` */
    /* Fill in the current place, which commands receive; false if there is none. */
    bool (*place)(struct ui *ui, struct ui_place *out);
    void (*piped)(struct ui *ui, struct buffer *out);
    /* Choose the next hit for `query` in a record other than the chosen one; false if there is
     * none. Enter then opens it. */
    bool (*go_on)(struct ui *ui, const char *query, bool back);
    /* The part of a record, which was opened at the chosen hit, that was searched; false: all
     * of it. The caller owns the selection. */
    bool (*searched)(struct ui *ui, const struct transcript *t, struct selection *out);
    bool (*has)(struct ui *ui, enum action action);    /* handles an action of another scope
                                                        * instead of `act`;    or NULL */
    bool (*before)(struct ui *ui, enum action action); /* false to refuse the action
                                                        * now; or NULL */
    bool (*before_key)(struct ui *ui, const struct key *key); /* true if it handled the key */
    void (*after_key)(struct ui *ui);

    void (*resize)(struct ui *ui);
    void (*draw)(struct ui *ui, struct grid *g); /* the title bar and the body */
    const struct ui_hint *(*hints)(struct ui *ui);
    /* Draw the last line; `said`, unless NULL, replaces the position. */
    void (*draw_status)(struct ui *ui, struct grid *g, const char *said, bool is_error,
                        const struct frame_hint *hints);

    /* Background work for about `budget_ms`; true while there is more. */
    bool (*step)(struct ui *ui, int64_t budget_ms);
    /* What to wait for besides keys: a descriptor or -1, and the longest time in ms, -1 for no
     * limit. */
    int (*wait)(struct ui *ui, int *wait_ms);
    void (*ready)(struct ui *ui, bool ready); /* the wait has ended; `ready`: the descriptor
                                               * is readable */
    void (*resumed)(struct ui *ui);           /* the screen on top of it was closed */
    void (*close)(struct ui *ui);             /* close and free */
};

/* Offer a value at the prompt if it continues the typed text. */
void ui_offer(struct ui_offers *offers, const char *value);

/* ------------------------------------------------------------------------------ the state */

/* The next key is an answer, such as the letter of a mark. */
typedef void ui_answer(struct ui *ui, uint32_t code);

struct ui {
    const struct screen_ops *ops;
    const struct keymap *keymap; /* borrowed, like the next ones */
    const struct width *width;
    struct ui_history *history;
    struct ui_history *own_history; /* owned; NULL if it was given */
    struct ui_host host;
    struct ui_settings settings;

    int rows;
    int columns;
    bool stale;  /* something changed since it was last drawn */
    bool urgent; /* … and must be drawn at once */
    bool over;
    bool leaves_all; /* leave the program, not only this screen */
    bool mouse;

    long count;   /* typed before a key; 0 for none */
    bool leaving; /* the first Z of ZZ was typed */
    ui_answer *answer;
    const char *question; /* what is asked, if `answer` is not NULL */

    const struct ui_prompt *prompt_of; /* NULL if no prompt is open */
    enum ui_prompt_kind asked;         /* the last prompt */
    struct prompt prompt;

    struct buffer completing; /* the typed text, while Tab cycles through the offered values */
    size_t completion;

    bool help;
    size_t help_top;
    struct buffer help_filter;
    bool interrupted; /* the last key was ^C */

    struct buffer message;
    bool message_is_error;
};

/* Parameters of a new screen; `history` may be NULL. */
struct ui_options {
    const struct keymap *keymap;
    const struct width *width;
    struct ui_history *history;
    struct ui_host host;
    struct ui_settings settings;
};
void ui_init(struct ui *ui, const struct screen_ops *ops, const struct ui_options *options);
void ui_release(struct ui *ui);

/* Parameters for a screen on top of this one; and showing that screen, which is closed if
 * nothing can show it. */
struct ui_options ui_options_of(const struct ui *ui);
void ui_push(struct ui *ui, struct ui *screen);

/* ------------------------------------------------------------------- for the event loop */

void ui_resize(struct ui *ui, int rows, int columns);
void ui_key(struct ui *ui, struct key key);
void ui_interrupt(struct ui *ui);
void ui_draw(struct ui *ui, struct grid *g);
bool ui_step(struct ui *ui, int64_t budget_ms); /* true while there is more */

/* ---------------------------------------------------------------------- for the screens */

/* Show a message in the last line until the next key. */
void ui_say(struct ui *ui, const char *text);
void ui_error(struct ui *ui, const char *text);
void ui_unsay(struct ui *ui);

/* Something changed: redraw when there is time, or at once. */
void ui_touch(struct ui *ui);
void ui_hurry(struct ui *ui);

void ui_ask(struct ui *ui, enum ui_prompt_kind kind, const char *text);
/* Use the text after the action's name as the answer; open the prompt if there is none. */
void ui_ask_unless_said(struct ui *ui, enum ui_prompt_kind kind, const struct ui_call *call);
void ui_ask_key(struct ui *ui, const char *question, ui_answer *answer);
bool ui_asked_back(const struct ui *ui); /* the search prompt was opened by `?` */
const char *ui_typed(const struct ui *ui);
void ui_leave(struct ui *ui, bool all); /* close this screen */
/* Open a record through the host (ui_host); if it cannot be opened, shows why and returns
 * false. */
bool ui_open(struct ui *ui, const char *path, const char *query, const struct hit *hit);

/* The rows between the title bar and the last line. */
struct area ui_body(const struct ui *ui);
struct area ui_last_line(const struct ui *ui);
/* Draw the title bar of a screen with a title at the left and figures at the right. */
void ui_draw_title(const struct ui *ui, struct grid *g, const char *title, const char *figures);

/* Run an action, or a line as typed after `:`. */
void ui_act(struct ui *ui, enum action action, long count);
bool ui_has(const struct ui *ui, enum action action); /* whether this screen has the action */
bool ui_run(struct ui *ui, const char *line, struct error *err);

#endif

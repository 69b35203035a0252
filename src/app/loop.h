/* The event loop: one for all screens, with keys, loading, drawing and signals. It knows what a
 * screen is (ui.h), but no particular one. */
#ifndef SHILU_APP_LOOP_H
#define SHILU_APP_LOOP_H

#include "shilu/cli/options.h"
#include "shilu/store/config.h"
#include "shilu/term/screen.h"
#include "shilu/ui/ui.h"

enum {
    STEP_MS = 4,         /* of loading or searching between two checks for keys */
    DRAW_MS = 100,       /* between drawings caused only by loading */
    STATUS_HANGUP = 129, /* 128 + SIGHUP, as a shell reports it */
    STATUS_TERMINATED = 143,
    SCREENS_MAX = 16
};

struct loop {
    struct options *options; /* the loop's own copy */
    struct config config;
    struct keymap *keymap;
    struct theme theme;
    struct screen *terminal;
    struct width *width;
    struct grid grid;
    struct ui_history history;
    /* Put a record on top. `hit` (or NULL) belongs to a search. */
    bool (*open_record)(struct loop *l, const char *path, const char *query,
                        const struct hit *hit, struct error *err);
    struct ui *screens[SCREENS_MAX]; /* owned; the last is on top */
    size_t count;
    int64_t drawn_ms;
    struct buffer messages; /* for standard error, once the screen is gone */
    struct error failure;   /* of the closed screen, for the one below */
    bool goes_on;           /* the top screen was left for the next record of the one below */
    bool has_failed;
    struct state_speakers *names; /* owned: of the options, after they were read again */
    bool is_leaving;              /* must leave at once */
    int status;
};

/* Parameters of a new screen. */
struct ui_options loop_ui_options(struct loop *l);

/* Put a screen on top; takes ownership. */
void loop_push(struct loop *l, struct ui *screen);

/* The screen below another one; NULL: there is none. */
struct ui *loop_below(const struct loop *l, const struct ui *screen);

/* Take keys, draw and let the screens work until all of them are closed. */
void loop_run(struct loop *l);

#endif

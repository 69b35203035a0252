/* The event loop: one for all screens, with keys, loading, drawing and signals. It knows what a
 * screen is (ui.h), and none in particular. */
#ifndef SHILU_APP_LOOP_H
#define SHILU_APP_LOOP_H

#include "shilu/cli/options.h"
#include "shilu/store/config.h"
#include "shilu/term/screen.h"
#include "shilu/ui/ui.h"

enum {
    STEP_MS = 4,         /* of loading or searching between two looks at the keys */
    DRAW_MS = 100,       /* between drawings that only loading asks for */
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
    /* Put a record on top. `hit` (NULL: none) is of what was searched for. */
    bool (*open_record)(struct loop *l, const char *path, const char *query,
                        const struct hit *hit, struct error *err);
    struct ui *screens[SCREENS_MAX]; /* owned; the last is on top */
    size_t count;
    int64_t drawn_ms;
    struct buffer messages; /* for standard error, once the screen is gone */
    struct error failure;   /* of the screen that is closed, for the one below */
    bool goes_on;           /* the top screen is left for the next record of the one below */
    bool has_failed;
    struct state_speakers *names; /* owned: of the options, once they were read again */
    bool is_leaving;              /* told to go at once */
    int status;
};

/* What a screen is made with. */
struct ui_options loop_ui_options(struct loop *l);

/* Put a screen on top; takes it. */
void loop_push(struct loop *l, struct ui *screen);

/* The screen below another one; NULL: there is none. */
struct ui *loop_below(const struct loop *l, const struct ui *screen);

/* Take keys, draw and let the screens work until all of them are left. */
void loop_run(struct loop *l);

#endif

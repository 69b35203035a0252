/* The event loop's insides, for the two that run one: browse.c reads a record, browse_library.c
 * lists those of folders. */
#ifndef SHILU_APP_BROWSE_PRIVATE_H
#define SHILU_APP_BROWSE_PRIVATE_H

#include "app/follow.h"
#include "app/record.h"
#include "shilu/app/browse.h"
#include "shilu/model/search.h"
#include "shilu/session/session.h"
#include "shilu/store/config.h"
#include "shilu/term/screen.h"

enum {
    STEP_MS = 4,         /* of loading or searching between two looks at the keys */
    DRAW_MS = 100,       /* between drawings that only loading asks for */
    STATUS_HANGUP = 129, /* 128 + SIGHUP, as a shell reports it */
    STATUS_TERMINATED = 143
};

/* A hit of a search over many records. */
struct browse_hit {
    const char *query;
    struct hit hit;
};

struct browse {
    const struct options *options;
    struct config config;
    struct keymap *keymap;
    struct theme theme;
    struct screen *screen;
    struct width *width;
    struct grid grid;
    struct record record;
    struct follow follow;
    struct session *session;
    struct notes *notes;
    int64_t drawn_ms;
    int reported_percent;
    size_t reported_count;
    struct buffer messages; /* for standard error, once the screen is gone */
    bool must_draw;
    const struct browse_hit *wanted; /* to stand on once it is loaded, or NULL */
    bool is_leaving;
    bool leaves_all; /* the reader has left the program, not only a record */
    int status;
};

/* browse.c */
bool browse_start_screen(struct browse *b, struct error *err);
void browse_stop_screen(struct browse *b);
bool browse_set_theme(struct browse *b, const char *name, struct error *err);

/* Read a record, on the screen that was started, until the reader leaves it. False where it
 * cannot be opened or nothing could be read of it. */
bool browse_read(struct browse *b, const char *path, const struct browse_hit *hit,
                 struct error *err);

/* browse_library.c: the folders and files of the options, until the reader leaves. */
int browse_library(struct browse *b);

#endif

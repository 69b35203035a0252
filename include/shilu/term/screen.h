/* Screen: the terminal through ncursesw: start, restore, size, keys, and showing a grid. It
 * decides nothing: whole rows go to ncurses, which sends the difference. */
#ifndef SHILU_TERM_SCREEN_H
#define SHILU_TERM_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "shilu/base/error.h"
#include "shilu/view/grid.h"
#include "shilu/view/key.h"
#include "shilu/view/theme.h"

enum screen_ambiguous { AMBIGUOUS_AUTO, AMBIGUOUS_NARROW, AMBIGUOUS_WIDE };
enum screen_colors { COLORS_AUTO, COLORS_NONE, COLORS_8, COLORS_16, COLORS_256, COLORS_DIRECT };

struct screen_options {
    enum screen_ambiguous ambiguous;
    enum screen_colors colors; /* AUTO: from the terminal, COLORTERM and NO_COLOR */
    bool mouse;
    bool asks_ground; /* what is the colour of the ground? */
};

struct screen;

/* Take over the terminal; nothing is drawn before the first show. Where standard input is a
 * file or a pipe the keys come from /dev/tty. Fails, with nothing changed, where there is no
 * terminal that can be used. */
struct screen *screen_start(const struct screen_options *options, struct error *err);

/* Put the terminal back as it was. Safe to call from anywhere but a signal handler. */
void screen_stop(struct screen *s);

/* What the terminal does with ambiguous characters, after asking it if that was wanted. */
bool screen_ambiguous_is_wide(const struct screen *s);

/* What the user should know about how the screen was started, or NULL. */
const char *screen_notice(const struct screen *s);

/* The ground that the terminal draws on, as it has said. */
enum theme_ground screen_ground(const struct screen *s);

/* Bytes sent to the terminal so far. */
uint64_t screen_bytes(const struct screen *s);

void screen_size(const struct screen *s, int *rows, int *columns);
void screen_set_theme(struct screen *s, const struct theme *theme); /* copied */
void screen_set_mouse(struct screen *s, bool on);

void screen_show(struct screen *s, const struct grid *g);
void screen_redraw(struct screen *s); /* the next show paints everything */

/* Next key that is there already; false: none now. Never blocks. */
bool screen_key(struct screen *s, struct key *key);

/* What a signal has asked for since the last call; each is true once. */
struct screen_events {
    bool resized;
    bool stop;      /* ^Z or SIGTSTP: call screen_suspend */
    bool hangup;    /* SIGHUP, or the terminal is gone: save and leave at once */
    bool terminate; /* SIGTERM */
    bool interrupt; /* SIGINT */
};

/* Wait for a key, a signal, or `fd` (-1: none) to be readable, at most `timeout_ms` (-1: no
 * end). *fd_ready says which. */
struct screen_events screen_wait(struct screen *s, int fd, int timeout_ms, bool *fd_ready);

/* Stop as the shell wants it. Afterwards the size may be another, and the next show paints
 * everything. */
void screen_suspend(struct screen *s);

/* Give the terminal to a shell command until that ends, then take it back; the next show paints
 * everything. `input` (NULL: the terminal) is what it reads. With `waits` its last screen stays
 * until Enter. *status is as of waitpid. */
bool screen_run(struct screen *s, const char *command, const char *input, size_t bytes,
                bool waits, int *status, struct error *err);

/* Give the terminal back at once, from a program that cannot go on (no memory): nothing is
 * allocated. Nothing happens where no screen runs. */
void screen_abandon(void);

/* Put text on the terminal's clipboard with OSC 52. It is never acknowledged: say "sent". */
bool screen_copy(struct screen *s, const char *text, size_t bytes, struct error *err);

#endif

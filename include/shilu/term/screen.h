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
    bool asks_ground; /* ask the terminal for its background colour */
};

struct screen;

/* Take over the terminal; nothing is drawn before the first show. If standard input is a file
 * or a pipe, keys come from /dev/tty. Fails, with nothing changed, if there is no usable
 * terminal. */
struct screen *screen_start(const struct screen_options *options, struct error *err);

/* Restore the terminal. Safe to call from anywhere but a signal handler. */
void screen_stop(struct screen *s);

/* Whether the terminal draws ambiguous characters wide, according to its answer if it was
 * asked. */
bool screen_ambiguous_is_wide(const struct screen *s);

/* What the user should know about the start of the screen, or NULL. */
const char *screen_notice(const struct screen *s);

/* The terminal's background, according to its answer. */
enum theme_ground screen_ground(const struct screen *s);

void screen_size(const struct screen *s, int *rows, int *columns);
void screen_set_theme(struct screen *s, const struct theme *theme); /* copied */
void screen_set_mouse(struct screen *s, bool on);

void screen_show(struct screen *s, const struct grid *g);
void screen_redraw(struct screen *s); /* the next show repaints everything */

/* The next key that has already arrived; false if there is none. Never blocks. */
bool screen_key(struct screen *s, struct key *key);

/* What signals have asked for since the last call; each is reported once. */
struct screen_events {
    bool resized;
    bool stop;      /* ^Z or SIGTSTP: call screen_suspend */
    bool hangup;    /* SIGHUP, or the terminal is gone: save and leave at once */
    bool terminate; /* SIGTERM */
    bool interrupt; /* SIGINT */
};

/* Wait until there is a key or a signal, or `fd` (-1 for none) is readable, for at most
 * `timeout_ms` (-1 for no limit). *fd_ready says whether `fd` is readable. */
struct screen_events screen_wait(struct screen *s, int fd, int timeout_ms, bool *fd_ready);

/* Stop as the shell expects. Afterwards the size may have changed, and the next show repaints
 * everything. */
void screen_suspend(struct screen *s);

/* Give the terminal to a shell command until it ends, then take it back; the next show repaints
 * everything. `input` (NULL: the terminal) is its standard input. With `waits` its last screen
 * remains until Enter. *status is as from waitpid. */
bool screen_run(struct screen *s, const char *command, const char *input, size_t bytes,
                bool waits, int *status, struct error *err);

/* Restore the terminal at once, for a program that cannot continue (out of memory): allocates
 * nothing. Does nothing if no screen is running. */
void screen_abandon(void);

/* Put text on the terminal's clipboard with OSC 52. The terminal never acknowledges that, so
 * report it as "sent". */
bool screen_copy(struct screen *s, const char *text, size_t bytes, struct error *err);

#endif

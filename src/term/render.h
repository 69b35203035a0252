/* Render: a grid through ncursesw into bytes. ncurses writes into a file in memory and never
 * sees the terminal itself: screen decides who sends the bytes, and when. Only one at a time,
 * since ncurses has only one. */
#ifndef SHILU_TERM_RENDER_H
#define SHILU_TERM_RENDER_H

#include "shilu/term/screen.h"
#include "term/keys.h"

struct render;

struct render_options {
    const char *name; /* from terminfo_choose */
    bool ansi;        /* from terminfo_choose */
    int rows, columns;
    enum screen_colors colors;
    bool ambiguous_wide; /* wanted; see render_is_wide */
    bool margins;        /* the terminal can scroll between left and right margins */
};

struct render *render_new(const struct render_options *options, struct error *err);
/* Leave the screen and free everything; the last bytes go to `out`. */
void render_free(struct render *r, struct buffer *out);

/* What the terminal has replied since: that it draws ambiguous characters in two columns, and
 * that it can scroll between left and right margins. */
void render_set_terminal(struct render *r, bool ambiguous_wide, bool margins);
bool render_is_wide(const struct render *r);           /* false if ncurses did not follow */
void render_keys(struct render *r, struct keys *keys); /* the keys terminfo names */
void render_set_theme(struct render *r, const struct theme *theme);
void render_resize(struct render *r, int rows, int columns);
void render_redraw(struct render *r); /* the next show clears and repaints everything */
void render_show(struct render *r, const struct grid *g, struct buffer *out);

/* Leave the screen temporarily; the next show enters it again. */
void render_leave(struct render *r, struct buffer *out);

/* The bytes that leave the screen, for when the program cannot continue. Borrowed. */
const char *render_restore_sequence(const struct render *r);

#endif

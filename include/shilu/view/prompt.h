/* Prompt: one line of input, edited by clusters, with a history. */
#ifndef SHILU_VIEW_PROMPT_H
#define SHILU_VIEW_PROMPT_H

#include "shilu/view/grid.h"
#include "shilu/view/key.h"

enum prompt_result {
    PROMPT_CHANGED,  /* the text has changed */
    PROMPT_MOVED,    /* only the cursor moved, or nothing happened */
    PROMPT_DONE,     /* Enter */
    PROMPT_GIVEN_UP, /* Esc, ^C, ^G, or Backspace in an empty line */
    PROMPT_UNUSED    /* not a key for the prompt: Up and Down without history, Tab */
};

enum { PROMPT_HISTORY = 100, PROMPT_BYTES_MAX = 4096 };

struct prompt_history {
    char *lines[PROMPT_HISTORY]; /* owned; newest last */
    size_t count;
};

struct prompt {
    struct buffer text;
    size_t cursor_byte;
    struct prompt_history *history; /* borrowed, or NULL */
    size_t recalled;                /* number of lines back from the newest; 0: the typed
                                     * text */
    struct buffer typed;            /* what was typed before recalling */
};

void prompt_start(struct prompt *p, struct prompt_history *history, const char *text);
/* Replace the input; its history stays where it is. */
void prompt_set(struct prompt *p, const char *text);
void prompt_release(struct prompt *p);
enum prompt_result prompt_key(struct prompt *p, struct key key);
void prompt_history_add(struct prompt_history *h, const char *line);
void prompt_history_release(struct prompt_history *h);

/* Draw `label` and the input in the first row of the area, and put the grid's cursor there.
 * Input that does not fit scrolls sideways around the cursor. Returns the column after it. */
int prompt_draw(const struct prompt *p, struct grid *g, const struct area *a,
                const struct width *w, const char *label);

#endif

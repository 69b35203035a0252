/* Help: what every key does, from the table of actions and the keymap. */
#ifndef SHILU_UI_HELP_H
#define SHILU_UI_HELP_H

#include "shilu/store/keymap.h"
#include "shilu/view/pen.h"

struct ui;

struct help {
    const struct ui *ui; /* whose actions are shown */
    const char *filter;  /* "" for all of them */
};

size_t help_rows(const struct help *h, const struct area *a);
/* Draw from this row on, into the whole area of the pen. */
void help_draw(const struct help *h, struct pen *pen, size_t top);

#endif

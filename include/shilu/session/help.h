/* Help: what every key does, from the table of actions and the keys that they have. */
#ifndef SHILU_SESSION_HELP_H
#define SHILU_SESSION_HELP_H

#include "shilu/store/keymap.h"
#include "shilu/view/grid.h"

struct help {
    const struct keymap *keymap;
    const struct width *width;
    bool (*takes)(enum action action); /* the actions to tell of; NULL: all */
};

size_t help_rows(const struct help *h, const struct area *a);
void help_draw(const struct help *h, struct grid *g, const struct area *a, size_t top);

#endif

/* List screen: a list to read, search, narrow and choose from, on top of another screen: an
 * outline, the figures of a record, quotes, what differs between two versions.
 *
 * A list is a struct list_source; everything that is alike in lists stands here. */
#ifndef SHILU_UI_LIST_SCREEN_H
#define SHILU_UI_LIST_SCREEN_H

#include "shilu/ui/ui.h"

struct list_source {
    void *context;
    const char *title; /* borrowed */
    const char *empty; /* what is said where there are no rows */
    size_t (*count)(void *context);
    /* Append all that a row says, for searching and narrowing. */
    void (*text)(void *context, size_t row, struct buffer *out);
    /* Draw a row into row `at` of the area. */
    void (*draw)(void *context, size_t row, struct grid *g, const struct area *a, int at,
                 const struct width *w);
    /* Enter: false where the list is to stay open. May be NULL. */
    bool (*choose)(void *context, size_t row);
    const char *choice;           /* what that does, for the hints */
    void (*close)(void *context); /* free the context; may be NULL */
};

/* `chosen` is the row to begin at. The source is copied; its context goes with the screen. */
struct ui *list_screen_new(const struct list_source *source, size_t chosen,
                           const struct ui_options *options);

/* Whether a screen is a list that draws its rows as this source does: a key that opens a list
 * leaves it when it is pressed there. */
bool list_screen_is_of(struct ui *ui, const struct list_source *source);

#endif

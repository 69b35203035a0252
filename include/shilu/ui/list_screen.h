/* List screen: a list to read, search, narrow and choose from, on top of another screen: an
 * outline, the figures of a record, quotes, the differences between two versions. A list is a
 * struct list_source; what all lists have in common is here. */
#ifndef SHILU_UI_LIST_SCREEN_H
#define SHILU_UI_LIST_SCREEN_H

#include "shilu/ui/ui.h"

struct list_source {
    void *context;
    const char *title; /* borrowed */
    const char *empty; /* shown if there are no rows */
    size_t (*count)(void *context);
    /* Rows that take long are made in steps: make more of them for about so long and return the
     * percentage that is done. There are no rows before it is 100; *chosen is then the one to
     * choose. NULL: they are there from the start. */
    unsigned (*make)(void *context, int64_t budget_ms, size_t *chosen);
    /* Append the text of a row, for searching and narrowing. */
    void (*text)(void *context, size_t row, struct buffer *out);
    /* Draw a row; the pen is in its second column. */
    void (*draw)(void *context, size_t row, struct pen *pen);
    /* Enter: false if the list is to stay open. May be NULL. */
    bool (*choose)(void *context, size_t row);
    const char *choice; /* what Enter does, for the hints */
    /* An action of records that works on the chosen row of this list too; false if the list is
     * to stay open. `act` may be NULL. */
    enum action action;
    bool (*act)(void *context, size_t row);
    const char *act_hint;
    void (*close)(void *context); /* free the context; may be NULL */
};

/* Show a list on top of a screen, with row `chosen` first. The source is copied; its context is
 * freed with the list, or at once if nothing can show the list. *list, unless `list` is NULL,
 * is set to the new screen before it is shown. */
void list_screen_open(struct ui *below, const struct list_source *source, size_t chosen,
                      struct ui **list);

/* Whether a screen is a list that draws its rows as this source does: the key that opens a list
 * also closes it. */
bool list_screen_is_of(struct ui *ui, const struct list_source *source);

#endif

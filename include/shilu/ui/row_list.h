/* Row list: which rows of a list are shown, which one is chosen, and what is searched for in
 * it. It draws nothing and asks nothing: a list screen and the outline pane are made of it. */
#ifndef SHILU_UI_ROW_LIST_H
#define SHILU_UI_ROW_LIST_H

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"
#include "shilu/text/matcher.h"
#include "shilu/ui/ui.h"

struct row_source {
    void *context;
    size_t (*count)(void *context);
    /* Append all that a row says, for searching and narrowing. */
    void (*text)(void *context, size_t row, struct buffer *out);
};

struct row_list {
    struct row_source source;
    size_t *rows; /* owned: the numbers of the rows shown, in order */
    size_t count, capacity;
    size_t at;              /* the chosen place in `rows`; 0 if nothing is shown */
    size_t top;             /* the place in the first line of the screen */
    struct matcher *search; /* owned, or NULL */
    bool backward;
    char *narrow;  /* owned: what the list is narrowed to, or NULL */
    size_t origin; /* where the search prompt was opened */
};

/* With all rows shown. */
void row_list_init(struct row_list *l, const struct row_source *source);
void row_list_release(struct row_list *l);

/* The source has changed. The chosen row stays chosen if it is still shown. */
void row_list_refresh(struct row_list *l);

/* Show only what matches; an empty text shows all. */
bool row_list_narrow(struct row_list *l, const char *text, struct error *err);

/* Lines, pages of `page` rows, the ends, and hits of the search; false for any other move.
 * Where a hit is wanted and there is none, *problem (a msgid) says why. */
bool row_list_move(struct row_list *l, enum ui_move what, bool back, long count, size_t page,
                   const char **problem);

/* The search prompt: opened, typed into, answered, given up. */
void row_list_search_open(struct row_list *l);
void row_list_search_typed(struct row_list *l, const char *text, bool backward);
bool row_list_search(struct row_list *l, const char *text, bool backward, struct error *err);
void row_list_search_give_up(struct row_list *l);

/* Scroll so that the chosen row is one of `page`. */
void row_list_show_chosen(struct row_list *l, size_t page);

#endif

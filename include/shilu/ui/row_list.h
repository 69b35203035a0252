/* Row list: which rows of a list are shown, which one is chosen, and what is searched for in
 * it. It draws and asks nothing; the list screen and the outline pane are built on it. */
#ifndef SHILU_UI_ROW_LIST_H
#define SHILU_UI_ROW_LIST_H

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"
#include "shilu/text/matcher.h"
#include "shilu/ui/ui.h"

struct row_source {
    void *context;
    size_t (*count)(void *context);
    /* Append all text of a row, for searching and narrowing. */
    void (*text)(void *context, size_t row, struct buffer *out);
};

struct row_list {
    struct row_source source;
    size_t *rows; /* owned: the numbers of the rows shown, in order */
    size_t count, capacity;
    size_t at;              /* the chosen index in `rows`; 0 if nothing is shown */
    size_t top;             /* the index shown in the first line of the screen */
    struct matcher *search; /* owned, or NULL */
    bool backward;
    char *narrow;  /* owned: the text that the list is narrowed to, or NULL */
    size_t origin; /* where the search prompt was opened */
};

/* Starts with all rows shown. */
void row_list_init(struct row_list *l, const struct row_source *source);
void row_list_release(struct row_list *l);

/* The source has changed. The chosen row stays chosen if it is still shown. */
void row_list_refresh(struct row_list *l);

/* Show only what matches; an empty text shows all. */
bool row_list_narrow(struct row_list *l, const char *text, struct error *err);

/* Moves by lines, pages of `page` rows, to the ends, and to hits of the search; false for any
 * other move. If there is no hit to move to, *problem (a msgid) says why. */
bool row_list_move(struct row_list *l, enum ui_move what, bool back, long count, size_t page,
                   const char **problem);

/* The search prompt: opened, edited, confirmed, cancelled. */
void row_list_search_open(struct row_list *l);
void row_list_search_typed(struct row_list *l, const char *text, bool backward);
bool row_list_search(struct row_list *l, const char *text, bool backward, struct error *err);
void row_list_search_give_up(struct row_list *l);

/* Scroll so that the chosen row is one of `page`. */
void row_list_show_chosen(struct row_list *l, size_t page);

#endif

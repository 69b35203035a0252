/* Row list. Invariant: `rows` holds the numbers of the rows that are shown, in order; `at` is
 * an index into it, or 0 if nothing is shown. */
#include "shilu/ui/row_list.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

static bool row_matches(struct row_list *l, size_t row, struct matcher *m)
{
    struct buffer text = {0};
    struct match match;
    bool found;

    l->source.text(l->source.context, row, &text);
    found = matcher_find(m, buffer_string(&text), text.bytes, 0, &match);
    buffer_release(&text);
    return found;
}

/* All rows, or those that match; the chosen row stays chosen if it is still shown. */
static void fill(struct row_list *l, struct matcher *m)
{
    size_t all = l->source.count(l->source.context);
    size_t chosen = l->at < l->count ? l->rows[l->at] : 0;
    size_t row;

    l->count = l->at = 0;
    for (row = 0; row < all; row++) {
        if (m != NULL && !row_matches(l, row, m))
            continue;
        MEMORY_RESERVE(l->rows, l->capacity, l->count + 1);
        if (row <= chosen)
            l->at = l->count;
        l->rows[l->count++] = row;
    }
}

void row_list_init(struct row_list *l, const struct row_source *source)
{
    *l = (struct row_list){.source = *source};
    fill(l, NULL);
}

void row_list_release(struct row_list *l)
{
    matcher_free(l->search);
    free(l->narrow);
    free(l->rows);
    *l = (struct row_list){.source = l->source};
}

void row_list_refresh(struct row_list *l)
{
    struct error ignored;
    struct matcher *m = l->narrow != NULL
                            ? matcher_new(l->narrow, strlen(l->narrow), 0, &ignored)
                            : NULL;

    fill(l, m);
    matcher_free(m);
}

bool row_list_narrow(struct row_list *l, const char *text, struct error *err)
{
    struct matcher *m = NULL;

    if (*text != '\0') {
        m = matcher_new(text, strlen(text), 0, err);
        if (m == NULL)
            return false;
    }
    fill(l, m);
    matcher_free(m);
    free(l->narrow);
    l->narrow = *text != '\0' ? memory_strdup(text) : NULL;
    return true;
}

/* ------------------------------------------------------------------------------- search */

/* The next row that matches, except the current one; wraps around. False if none does. */
static bool go_to_match(struct row_list *l, bool back, size_t from)
{
    size_t i;

    for (i = 1; i <= l->count; i++) {
        size_t at = back ? (from + l->count - i % l->count) % l->count : (from + i) % l->count;

        if (row_matches(l, l->rows[at], l->search)) {
            l->at = at;
            return true;
        }
    }
    return false;
}

static const char *go_to_hit(struct row_list *l, bool back, long count)
{
    if (l->search == NULL)
        return N_("search first: / and what to look for");
    for (count = count > 0 ? count : 1; count > 0; count--) {
        if (!go_to_match(l, back != l->backward, l->at))
            return N_("no row matches");
    }
    return NULL;
}

void row_list_search_open(struct row_list *l)
{
    l->origin = l->at;
}

void row_list_search_typed(struct row_list *l, const char *text, bool backward)
{
    struct error ignored;

    l->at = l->origin;
    if (*text != '\0' && matcher_replace(&l->search, text, &ignored) && l->count > 0 &&
        !row_matches(l, l->rows[l->at], l->search))
        go_to_match(l, backward, l->at);
}

bool row_list_search(struct row_list *l, const char *text, bool backward, struct error *err)
{
    l->backward = backward;
    if (*text == '\0')
        return l->search != NULL || error_set(err, ERROR_USAGE, "nothing to search for");
    if (!matcher_replace(&l->search, text, err))
        return false;
    if (l->count == 0 || row_matches(l, l->rows[l->at], l->search))
        return true;
    return go_to_match(l, backward, l->at) || error_set(err, ERROR_USAGE, "no row matches");
}

void row_list_search_give_up(struct row_list *l)
{
    l->at = l->origin;
}

/* ------------------------------------------------------------------------------ movement */

bool row_list_move(struct row_list *l, enum ui_move what, bool back, long count, size_t page,
                   const char **problem)
{
    *problem = NULL;
    if (what == MOVE_HIT)
        *problem = go_to_hit(l, back, count);
    else if (what <= MOVE_END)
        l->at = ui_move_to(l->at, l->count, page, what, back, count);
    return what == MOVE_HIT || what <= MOVE_END;
}

void row_list_show_chosen(struct row_list *l, size_t page)
{
    l->top = ui_scroll_to(l->top, l->at, page);
}

/* An excerpt: some words with a hit in them. */
#include "shilu/view/snippet.h"

#include "shilu/text/utf8.h"

/* If a Latin word is cut in the middle, its rest is left out too, and the blank after it. */
static size_t next_word(const char *text, size_t from, size_t start)
{
    size_t at = from;

    while (at < start && text[at] > ' ' && text[at] <= '~')
        at++;
    if (at >= start || text[at] != ' ')
        return from;
    while (at < start && text[at] == ' ')
        at++;
    return at < start ? at : from;
}

int snippet_draw(struct grid *g, const struct area *a, int row, int column,
                 const struct width *w, const char *text, size_t bytes, size_t start,
                 size_t end)
{
    const struct style dim = {.role = ROLE_DIM};
    size_t from = 0;

    while (from < start &&
           display_columns(w, text + from, start - from) > (a->columns - column) / 3) {
        uint32_t cp;

        from += utf8_decode(text + from, start - from, &cp);
    }
    if (from > 0)
        from = next_word(text, from, start);
    column = grid_text(g, a, row, column, w, text + from, start - from, dim, false);
    column = grid_text(g, a, row, column, w, text + start, end - start,
                       (struct style){.role = ROLE_TEXT, .over = OVER_MATCH}, false);
    return grid_text(g, a, row, column, w, text + end, bytes - end, dim, true);
}

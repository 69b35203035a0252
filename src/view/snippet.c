/* A snippet: some words with a hit in them. */
#include "shilu/view/snippet.h"

#include "shilu/text/utf8.h"

/* If a Latin word is cut, its rest is dropped too, with the blank after it. */
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

void snippet_draw(struct pen *pen, struct span text, size_t start, size_t end)
{
    const char *words = text.data;
    size_t from = 0;

    while (from < start && display_columns(pen->width, words + from, start - from) >
                               (pen->edge - pen->column) / 3) {
        uint32_t cp;

        from += utf8_decode(words + from, start - from, &cp);
    }
    if (from > 0)
        from = next_word(words, from, start);
    pen_part(pen, span_of(words + from, start - from), (struct style){.role = ROLE_DIM});
    pen_part(pen, span_of(words + start, end - start),
             (struct style){.role = ROLE_TEXT, .over = OVER_MATCH});
    pen_text(pen, span_skip(text, end), ROLE_DIM);
}

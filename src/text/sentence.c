/* Sentences and words. No state. */
#include "shilu/text/sentence.h"

#include <string.h>

#include <unictype.h>
#include <uniwbrk.h>

#include "shilu/base/span.h"
#include "shilu/text/utf8.h"

/* ----------------------------------------------------------------------------- sentences */

static bool is_space(uint32_t cp)
{
    return uc_is_property_white_space(cp);
}

/* Closing marks after a sentence that belong to it. */
static bool is_closer(uint32_t cp)
{
    return cp == '"' || cp == '\'' || uc_is_general_category(cp, UC_CATEGORY_Pe) ||
           uc_is_general_category(cp, UC_CATEGORY_Pf);
}

static bool is_full_stop(uint32_t cp)
{
    return cp == '.' || cp == 0xFF0E || cp == 0x2024 || cp == 0xFE52;
}

static bool is_break(uint32_t cp)
{
    return (cp >= '\n' && cp <= '\r') || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

static uint32_t peek(const char *text, size_t bytes, size_t at)
{
    uint32_t cp = 0;

    if (at < bytes)
        utf8_decode(text + at, bytes - at, &cp);
    return cp;
}

static size_t skip_spaces(const char *text, size_t bytes, size_t at)
{
    uint32_t cp;

    while (at < bytes && is_space(peek(text, bytes, at)))
        at += utf8_decode(text + at, bytes - at, &cp);
    return at;
}

/* Number of letters directly before a full stop. */
static size_t letters_before(const char *text, size_t from, size_t stop)
{
    size_t start = stop;

    while (start > from && uc_is_alpha(peek(text, stop, utf8_floor(text, stop, start - 1))))
        start = utf8_floor(text, stop, start - 1);
    return start;
}

/* A title or an initial before a name, "Mr." "J.", or a Latin abbreviation: from CLDR's list of
 * suppressions, those that occur before a capital. */
static bool is_abbreviation(const char *word, size_t bytes)
{
    static const char *const words[] = {
        "Adm", "Brig", "Capt",   "Col",  "Dr",  "Dra", "Fr",  "Gen", "Gov", "Hon",
        "Lt",  "Maj",  "Messrs", "Mlle", "Mme", "Mr",  "Mrs", "Ms",  "Mt",  "No",
        "Nos", "Nr",   "Pres",   "Prof", "Rep", "Rev", "Sen", "Sgt", "Sr",  "Sra",
        "St",  "Ste",  "bzw",    "ca",   "cf",  "vs",  NULL};

    if (span_is_any(span_of(word, bytes), words))
        return true;
    return bytes > 0 && uc_is_upper(peek(word, bytes, 0)) &&
           bytes == utf8_decode(word, bytes, &(uint32_t){0});
}

/* Whether a sentence continues after the full stop at `stop`; after that and closing marks, the
 * text continues at `next`. */
static bool reads_on(const char *text, size_t bytes, size_t from, size_t stop, size_t next)
{
    size_t word = letters_before(text, from, stop);
    size_t after = skip_spaces(text, bytes, next);
    uint32_t cp = peek(text, bytes, next);

    if (next < bytes && !is_space(cp) && (uc_is_alnum(cp) || is_full_stop(cp)) &&
        !word_is_unspaced(cp))
        return true;
    return after < bytes && is_abbreviation(text + word, stop - word);
}

/* The end of the sentence that begins at `from`, without white space after it. */
static size_t end_of(const char *text, size_t bytes, size_t from)
{
    size_t at = from;
    size_t solid = from; /* after the last character that is not a space */

    while (at < bytes) {
        uint32_t cp;
        size_t start = at;

        at += utf8_decode(text + at, bytes - at, &cp);
        if (is_break(cp))
            return solid;
        if (!is_space(cp))
            solid = at;
        if (!uc_is_property_sentence_terminal(cp))
            continue;
        while (at < bytes && (uc_is_property_sentence_terminal(peek(text, bytes, at)) ||
                              is_closer(peek(text, bytes, at))))
            at += utf8_decode(text + at, bytes - at, &cp);
        solid = at;
        if (is_full_stop(peek(text, bytes, start)) && reads_on(text, bytes, from, start, at))
            continue;
        if (uc_is_lower(peek(text, bytes, skip_spaces(text, bytes, at))))
            continue;
        return at;
    }
    return solid;
}

void sentence_at(const char *text, size_t bytes, size_t at, size_t *start, size_t *end)
{
    size_t from = at > SENTENCE_REACH ? utf8_floor(text, bytes, at - SENTENCE_REACH) : 0;
    size_t begin = skip_spaces(text, bytes, from);

    for (;;) {
        size_t stop = end_of(text, bytes, begin);
        size_t next = skip_spaces(text, bytes, stop);

        if (next > at || next >= bytes || stop == begin) {
            *start = begin;
            *end = stop;
            return;
        }
        begin = next;
    }
}

/* --------------------------------------------------------------------------------- words */

bool word_is_unspaced(uint32_t cp)
{
    return uc_is_property_ideographic(cp);
}

bool word_is_unspaced_at(const char *text, size_t bytes, size_t at)
{
    return word_is_unspaced(peek(text, bytes, at));
}

/* The part of the text whose word breaks are computed: at least one word around `at`. */
struct word_window {
    size_t from;
    size_t bytes;
    char breaks[4 * WORD_REACH];
};

static void look(struct word_window *w, const char *text, size_t bytes, size_t at)
{
    w->from = utf8_floor(text, bytes, at > WORD_REACH ? at - WORD_REACH : 0);
    w->bytes = utf8_floor(text, bytes,
                          bytes - w->from < sizeof w->breaks ? bytes
                                                             : w->from + sizeof w->breaks) -
               w->from;
    u8_wordbreaks((const uint8_t *)text + w->from, w->bytes, w->breaks);
}

/* The word that begins at a break; false for white space or punctuation. */
static bool is_word(const char *text, size_t start, size_t end)
{
    for (size_t at = start; at < end;) {
        uint32_t cp;

        at += utf8_decode(text + at, end - at, &cp);
        if (uc_is_alnum(cp))
            return true;
    }
    return false;
}

static size_t next_break(const struct word_window *w, size_t at)
{
    size_t i = at - w->from + 1;

    while (i < w->bytes && w->breaks[i] == 0)
        i++;
    return w->from + (i < w->bytes ? i : w->bytes);
}

bool word_at_or_after(const char *text, size_t bytes, size_t at, size_t *start, size_t *end)
{
    struct word_window w;
    size_t i;

    look(&w, text, bytes, at);
    for (i = w.from; i < w.from + w.bytes; i = *end) {
        *start = i;
        *end = next_break(&w, i);
        if (*end > at && is_word(text, *start, *end))
            return true;
    }
    return false;
}

size_t word_start_before(const char *text, size_t bytes, size_t at)
{
    struct word_window w;
    size_t start = 0;
    size_t next;

    look(&w, text, bytes, at);
    for (size_t i = w.from; i < w.from + w.bytes && i < at; i = next) {
        next = next_break(&w, i);
        if (is_word(text, i, next))
            start = i;
    }
    return start;
}

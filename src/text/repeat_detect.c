/* Repeat detection. A text becomes words, each a hash; a loop is a run in which each word
 * equals the one a period before it. Periods are tried from the shortest on, and a run belongs
 * to the first that matches. */
#include "shilu/text/repeat_detect.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/hash.h"
#include "shilu/base/memory.h"
#include "shilu/text/char_class.h"
#include "shilu/text/utf8.h"

/* The longest phrase, in words; and the shortest text that can contain a loop. */
enum { PERIOD_MAX = 80, MIN_BYTES = 40 };

struct loop_word {
    uint32_t byte;
    uint32_t byte_end; /* after punctuation that follows it */
    uint64_t hash;
    bool solid; /* one character of a script without spaces */
    bool aside; /* after an opening bracket or a note sign */
    bool taken;
};

struct loop_words {
    struct loop_word *items;
    size_t count;
    size_t capacity;
};

enum letter { LETTER_SPACE, LETTER_MARK, LETTER_ASIDE, LETTER_WORD, LETTER_SOLID };

static enum letter letter_of(uint32_t cp)
{
    if (cp <= ' ' || cp == 0xA0 || cp == 0x3000)
        return LETTER_SPACE;
    if (cp == '[' || cp == '(' || cp == 0x266A || cp == 0x266B || cp == 0xFF08 || cp == 0x3010)
        return LETTER_ASIDE;
    if (cp < 0x80)
        return (cp | 32) - 'a' < 26u || cp - '0' < 10u || cp == '\'' ? LETTER_WORD
                                                                     : LETTER_MARK;
    if ((cp >= 0x2010 && cp <= 0x206F) || (cp >= 0x3001 && cp <= 0x303F) || cp == 0xAB ||
        cp == 0xBB || cp == 0xBF || cp == 0xA1 || (cp >= 0xFF01 && cp <= 0xFF0F) ||
        (cp >= 0xFF1A && cp <= 0xFF20))
        return LETTER_MARK;
    return cp >= 0x2E80 && char_is_east_asian(cp) && !char_is_hangul(cp) ? LETTER_SOLID
                                                                         : LETTER_WORD;
}

static void split(struct loop_words *w, const char *text, size_t bytes)
{
    enum letter before = LETTER_SPACE;
    bool aside = false;
    size_t at = 0;

    while (at < bytes) {
        uint32_t cp;
        size_t used = utf8_decode(text + at, bytes - at, &cp);
        enum letter letter = letter_of(cp);

        aside = aside || letter == LETTER_ASIDE;
        if (letter == LETTER_SOLID || (letter == LETTER_WORD && before != LETTER_WORD)) {
            MEMORY_RESERVE(w->items, w->capacity, w->count + 1);
            w->items[w->count++] = (struct loop_word){.byte = (uint32_t)at,
                                                      .hash = HASH_FNV_START,
                                                      .solid = letter == LETTER_SOLID,
                                                      .aside = aside};
            aside = false;
        }
        if (letter == LETTER_SOLID || letter == LETTER_WORD) {
            struct loop_word *word = &w->items[w->count - 1];

            cp = cp - 'A' < 26u ? cp | 32 : cp;
            word->hash = hash_fnv1a_from(word->hash, &cp, sizeof cp);
        }
        at += used;
        if (w->count > 0 && letter != LETTER_SPACE && letter != LETTER_ASIDE)
            w->items[w->count - 1].byte_end = (uint32_t)at;
        before = letter;
    }
}

static bool equal(const struct loop_words *w, size_t a, size_t b)
{
    const struct loop_word *x = &w->items[a];
    const struct loop_word *y = &w->items[b];

    return x->hash == y->hash && x->solid == y->solid && !x->taken && !y->taken;
}

/* Whether the phrase is itself a repetition of a shorter one, which was tried before. */
static bool is_made_of_less(const struct loop_words *w, size_t first, size_t period)
{
    size_t less;

    for (less = 1; less <= period / 2; less++) {
        size_t i = 0;

        if (period % less != 0)
            continue;
        while (i < period - less && equal(w, first + i, first + i + less))
            i++;
        if (i == period - less)
            return true;
    }
    return false;
}

static size_t times_needed(const struct loop_words *w, size_t first, size_t period)
{
    size_t weight = 0;
    size_t i;

    for (i = first; i < first + period; i++)
        weight += w->items[i].solid ? 1 : 2;
    return weight >= 6 ? 6 : weight >= 3 ? 12 : 20;
}

struct found {
    struct repetition *items;
    size_t count;
    size_t capacity;
};

/* Take the run of `times` phrases from the word `first` on. */
static void take(struct found *f, struct loop_words *w, size_t first, size_t period,
                 size_t times)
{
    size_t end = first + period * times;
    size_t i;

    for (i = first; i < end; i++)
        w->items[i].taken = true;
    MEMORY_RESERVE(f->items, f->capacity, f->count + 1);
    f->items[f->count++] = (struct repetition){.byte = w->items[first + period - 1].byte_end,
                                               .byte_end = w->items[end - 1].byte_end,
                                               .times = (uint32_t)times};
}

static void try_period(struct found *f, struct loop_words *w, size_t period)
{
    size_t i = 0;

    while (i + period < w->count) {
        size_t same = 0;
        size_t times;

        while (i + same + period < w->count && equal(w, i + same, i + same + period))
            same++;
        times = same / period + 1;
        if (times > 5 && !w->items[i].aside && times >= times_needed(w, i, period) &&
            !is_made_of_less(w, i, period)) {
            take(f, w, i, period, times);
            i += period * times;
        } else
            i += same + 1;
    }
}

static int compare(const void *a, const void *b)
{
    const struct repetition *x = a;
    const struct repetition *y = b;

    return (x->byte > y->byte) - (x->byte < y->byte);
}

struct repetition *repeat_detect_find(const char *text, size_t bytes, size_t *count)
{
    struct loop_words words = {0};
    struct found found = {0};
    size_t period;

    if (bytes >= MIN_BYTES)
        split(&words, text, bytes);
    for (period = 1; period <= PERIOD_MAX && period * 6 <= words.count; period++)
        try_period(&found, &words, period);
    if (found.count > 1)
        qsort(found.items, found.count, sizeof *found.items, compare);
    free(words.items);
    *count = found.count;
    return found.items;
}

/* Layout: how a record prints who speaks. One row of the table is one layout, written as a
 * template of a block:
 *    {speaker}   who speaks, with or without a role     {text}   what is said
 *    {role}      a role printed apart from {speaker}    {time}   a time in any form
 *    {mark}      a mark for question or answer          {any}    ignored
 *    {gap}       a wide space, a tab, or two blanks     {end}    the end of the line
 *    {:}         a colon, or nothing                    {.}      . 、 : or a tab
 *    {number}    the number of a speech: 12., #12, Anf. 12, [12]
 *    " "         one blank or more; any other character stands for all of its forms
 *
 * Rows need not cover a time before all of this, a time in brackets before {text}, a time at
 * the end of the words or a bullet before the label: these are recognised in every line
 * (line.h). */
#ifndef SHILU_FORMATS_LAYOUT_H
#define SHILU_FORMATS_LAYOUT_H

#include "formats/records/line/label.h"
#include "formats/records/line/line.h"
#include "formats/records/line/vocabulary.h"
#include "shilu/base/error.h"

enum layout_trait {
    LAYOUT_BRACKETS = 1,     /* the label is in brackets */
    LAYOUT_MARK_ONLY = 2,    /* the label is nothing but a mark for question or answer */
    LAYOUT_NO_MARK = 4,      /* only place or form separates label and words */
    LAYOUT_CAPITALS = 8,     /* the label is words that begin with capitals */
    LAYOUT_BELOW = 16,       /* the words are always in the lines below */
    LAYOUT_TIME_INSIDE = 32, /* the layout contains the time */
    LAYOUT_WORDS = 64,       /* a time and words, without a label */
    LAYOUT_DASH = 128,       /* a dash marks whoever asks, instead of a label */
    LAYOUT_QUOTED = 256,
    LAYOUT_BOLD = 512,       /* the label is the bold part */
    LAYOUT_ONE_BLANK = 1024, /* found by recurring line starts: see survey.c */
    LAYOUT_NUMBERED = 2048,  /* looks like a list, so some label must recur */
    LAYOUT_INSET = 4096,     /* a turn within another turn, which continues after it */
    LAYOUT_SHORTER = 8192    /* for lines that the row above, which has more, does not match */
};

/* Rows that other files refer to by name. */
enum layout_core {
    LAYOUT_COLON,
    LAYOUT_ALONE,
    LAYOUT_GAP,
    LAYOUT_DOT,
    LAYOUT_SPACE,
    LAYOUT_DASHED,
    LAYOUT_HYPHEN,
    LAYOUT_BULLET,
    LAYOUT_CLOSED,
    LAYOUT_ITEM,
    LAYOUT_TIMED_WORDS,
    LAYOUT_REPORTED,     /* Mr. GILBERT said that … */
    LAYOUT_TIME_BETWEEN, /* Ana Ruiz 00:00:02 Welcome. */
    LAYOUT_OTHERS        /* no code refers to the rows from here on */
};

struct layout_row {
    const char *template;
    float chance; /* how often a block of prose begins like this */
    unsigned traits;
};

/* The chance of a layout with words that a program prints is not above this. */
#define LAYOUT_PROGRAM_CHANCE .001f

enum { LAYOUT_ELEMENTS_MAX = 16 };

enum layout_element_kind {
    ELEMENT_LITERAL,
    ELEMENT_BLANK,
    ELEMENT_SPEAKER,
    ELEMENT_ROLE,
    ELEMENT_TEXT,
    ELEMENT_TIME,
    ELEMENT_MARK,
    ELEMENT_ANY,
    ELEMENT_GAP,
    ELEMENT_END,
    ELEMENT_MAYBE_COLON,
    ELEMENT_STOP,
    ELEMENT_SEPARATOR,
    ELEMENT_NUMBER
};

struct layout_element {
    enum layout_element_kind kind;
    uint32_t literal;
};

/* A template, compiled. */
struct layout {
    const struct layout_row *row;
    unsigned traits; /* of the row */
    unsigned needs;  /* signs that every line of it has (line.h) */
    uint32_t first;  /* what each line begins with after bullet and time, or 0 */
    struct layout_element elements[LAYOUT_ELEMENTS_MAX];
    size_t count;
};

struct layout_hit {
    struct label_place label; /* in line->front */
    struct label_place role;  /* if the layout has it apart; else empty */
    size_t role_end_byte;     /* where a role ends that continues beyond the front; else 0 */
    size_t text_byte;         /* where the words begin in the line; the line's end if they
                               * are below */
    size_t text_end;          /* where they end */
    struct stamp time;        /* a time within the layout */
    bool has_time;
};

size_t layout_count(void);
const struct layout_row *layout_row(size_t row);

/* On failure *err says what is wrong with the template and in which column. */
bool layout_compile(struct layout *layout, const struct layout_row *row, struct error *err);

/* Whether a line can match, judged by its first character and its signs. */
static inline bool layout_may_match(const struct layout *layout, const struct line *line)
{
    uint32_t first = line->front.cp[line->start];
    unsigned traits = layout->traits;

    if ((traits & LAYOUT_DASH) != 0)
        return true;
    /* The stop behind a name in capitals and a long office may be beyond the front. */
    return ((layout->needs & ~line->signs) == 0 ||
            ((layout->needs & ~line->signs) == LINE_STOP && (traits & LAYOUT_CAPITALS) != 0 &&
             folded_is_upper(line->front.cp[line->start + 1]))) &&
           (layout->first == 0 || layout->first == first) &&
           ((traits & LAYOUT_CAPITALS) == 0 || folded_is_upper(first)) &&
           ((traits & LAYOUT_BOLD) == 0 || line->bold_byte > 0) &&
           ((traits & LAYOUT_MARK_ONLY) == 0 || vocabulary_may_begin_mark(first));
}

/* Whether a line matches the layout. label.h judges the label, not this. */
bool layout_match(const struct layout *layout, const struct line *line, struct layout_hit *hit);

#endif

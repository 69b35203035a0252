/* Layout: how a record prints who speaks. One row of the table is one layout, written as a
 * template of what a block looks like:
 *
 *   {speaker}   who speaks, with a role or without     {text}   what is said
 *   {role}      beside {speaker}: told apart           {time}   a time in any form
 *   {mark}      a question's or an answer's mark       {any}    what says nothing
 *   {gap}       a wide space, a tab, or two blanks     {end}    the end of the line
 *   {:}         a colon, or nothing                    {.}      . 、 : or a tab
 *   {number}    which speech it is: 12., #12, Anf. 12, [12]
 *   " "         one blank or more; any other character stands for all of its forms
 *
 * A time before all of this, a time in brackets before {text}, one at the end of the words and
 * a bullet before the label need no row of their own: they are inferred from every line
 * (line.h).
 */
#ifndef SHILU_FORMATS_LAYOUT_H
#define SHILU_FORMATS_LAYOUT_H

#include "formats/records/label.h"
#include "formats/records/line.h"
#include "formats/records/vocabulary.h"
#include "shilu/base/error.h"

enum layout_trait {
    LAYOUT_BRACKETS = 1,     /* the label is in brackets */
    LAYOUT_MARK_ONLY = 2,    /* only a mark for question or answer is a label here */
    LAYOUT_NO_MARK = 4,      /* nothing but place or form tells the label from words */
    LAYOUT_CAPITALS = 8,     /* the label is words that begin with capitals */
    LAYOUT_BELOW = 16,       /* the words are always in the lines below */
    LAYOUT_TIME_INSIDE = 32, /* a time belongs to the layout itself */
    LAYOUT_WORDS = 64,       /* no label: a time and words */
    LAYOUT_DASH = 128,       /* the one who asks has a dash instead of a label */
    LAYOUT_QUOTED = 256,
    LAYOUT_BOLD = 512,       /* the label is what is bold */
    LAYOUT_ONE_BLANK = 1024, /* found by heads that come back: see survey.c */
    LAYOUT_NUMBERED = 2048,  /* a list looks like it: some label comes back */
    LAYOUT_INSET = 4096      /* a turn within another's: what follows is the other's */
};

/* The rows that other files name. */
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
    LAYOUT_TOLD,  /* Mr. GILBERT said that … */
    LAYOUT_OTHERS /* from here on nobody needs to know which */
};

struct layout_row {
    const char *template;
    float chance; /* how often prose has the form at the front of a block */
    unsigned traits;
};

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
    struct layout_element elements[LAYOUT_ELEMENTS_MAX];
    size_t count;
    unsigned needs; /* signs without which no line is of it (line.h) */
    uint32_t first; /* what a line of it begins with after bullet and time, or 0 */
};

struct layout_hit {
    struct label_place label; /* in line->front */
    struct label_place role;  /* where the template tells it apart; else empty */
    size_t text_byte;         /* where the words begin in the line; its end if they are below */
    size_t text_end;          /* where they end */
    struct stamp time;        /* of the layout itself */
    bool has_time;
};

size_t layout_count(void);
const struct layout_row *layout_row(size_t row);

/* False: *err says what is wrong with the template, with its column. */
bool layout_compile(struct layout *layout, const struct layout_row *row, struct error *err);

/* Whether a line may be of the layout, by its first character and its signs. */
static inline bool layout_may_match(const struct layout *layout, const struct line *line)
{
    uint32_t first = line->front.cp[line->start];
    unsigned traits = layout->row->traits;

    if ((traits & LAYOUT_DASH) != 0)
        return true;
    return (layout->needs & ~line->signs) == 0 &&
           (layout->first == 0 || layout->first == first) &&
           ((traits & LAYOUT_CAPITALS) == 0 || folded_is_upper(first)) &&
           ((traits & LAYOUT_BOLD) == 0 || line->bold_byte > 0) &&
           ((traits & LAYOUT_MARK_ONLY) == 0 || vocabulary_may_begin_mark(first));
}

/* Whether a line is of the layout. The label is not judged here (label.h). */
bool layout_match(const struct layout *layout, const struct line *line, struct layout_hit *hit);

#endif

/* Figures: the numbers, dates and names that a record states, as a list for checking. A figure
 * is a number that measures or counts something: it has a unit, a currency, a percent sign or a
 * counted noun. A number that merely labels something (第三, 一是, A4, COVID-19) is not a
 * figure. */
#ifndef SHILU_ANALYSIS_FIGURES_H
#define SHILU_ANALYSIS_FIGURES_H

#include "shilu/base/span.h"
#include "shilu/model/transcript.h"

enum figure_kind {
    FIGURE_NUMBER,
    FIGURE_DATE,
    FIGURE_TITLE, /* in 《》 or 〈〉 */
    FIGURE_QUOTED /* in quotation marks */
};

/* The spans are the record's own words, borrowed until its next append. */
struct figure {
    enum figure_kind kind;
    uint32_t segment;    /* where it starts … */
    uint32_t byte;       /* … in the words of that segment */
    struct span text;    /* the number with its unit, the date, or the text between the marks */
    double value;        /* of a number, in its unit: 43170000 for 4317萬 */
    double to;           /* the larger number of a range (3～5萬); NaN if it is not a range */
    struct span unit;    /* 元, %, km, "percent"; may be empty */
    struct span counted; /* what it counts or measures, if the words say so; may be empty */
};

struct figures {
    struct figure *items; /* owned, in text order */
    size_t count, capacity;
};

void figures_release(struct figures *f);

/* Rebuild the list from the whole record: one pass over the words. */
void figures_make(struct figures *f, const struct transcript *t);

#endif

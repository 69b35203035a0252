/* Score: how much better a layout explains a record's head than plain text does, in bits.
 *
 * The start of a block proves little: headers, manuals and code repeat their "labels" more
 * often than people do. So the bits come from several sources (how many blocks have the form,
 * recurring labels, words that read like speech, increasing times, who follows whom), and rates
 * that do not grow with length are gates: text with too many signs of code, or too few turns
 * that end as sentences do, is not a record. The weights were tuned on 135 real records and 500
 * ordinary files; halving or doubling one changes next to nothing, while the gates change
 * much. */
#ifndef SHILU_FORMATS_CHOICE_SCORE_H
#define SHILU_FORMATS_CHOICE_SCORE_H

#include "formats/records/survey/survey.h"

/* A text is a record if its best layout has at least so many bits. */
#define SCORE_BAR (-6.0f)
#define SCORE_NEW_LABEL 7.0f

struct score {
    float form;   /* blocks that have the form, compared with chance */
    float labels; /* recurring labels, less the cost of new ones */
    float speech;
    float times;
    float turns; /* changes of speaker */
    float asks;
    float cost;
    const char *gate; /* why it is not a record, or NULL */
    float total;
};

/* The score of members of one row: indices of candidates in the order of their blocks. */
struct score score_members(const struct survey *s, const struct survey_row *row,
                           const uint32_t *members, size_t count, float chance,
                           float new_label_bits);

/* How often prose has the row's form by chance. */
float score_chance(const struct survey *s, const struct survey_row *row);

#endif

/* Score: how much better a layout explains a record's head than plain words do, in bits.
 *
 * What is at the front of blocks proves little alone: headers, manuals and code repeat their
 * "labels" more than people do. So the bits come from several sources (how many blocks have the
 * form, labels that come back, what reads like speech, times that go on, who follows whom), and
 * rates that do not grow with length are gates: too many signs of code, or too few turns that
 * end like a sentence, and it is not a record. The weights were judged on 135 real records and
 * 500 ordinary files; halving or doubling one changes next to nothing, the gates change much.
 */
#ifndef SHILU_FORMATS_CHOICE_SCORE_H
#define SHILU_FORMATS_CHOICE_SCORE_H

#include "formats/records/survey.h"

/* A record if its best layout has this many bits or more. */
#define SCORE_BAR (-6.0f)
#define SCORE_NEW_LABEL 7.0f

struct score {
    float form;   /* blocks that have the form, against chance */
    float labels; /* labels that come back, less what new ones cost */
    float speech;
    float times;
    float turns; /* another speaker than before */
    float asks;
    float cost;
    const char *gate; /* why it is not a record at all, or NULL */
    float total;
};

/* The members, by number of candidate and in order of blocks, of one row. */
struct score score_members(const struct survey *s, const struct survey_row *row,
                           const uint32_t *members, size_t count, float chance,
                           float new_label_bits);

/* How often prose has the row's form by chance. */
float score_chance(const struct survey *s, const struct survey_row *row);

#endif

/* The result of the choice: which blocks begin turns, and whose. */
#ifndef SHILU_FORMATS_CHOICE_CHOICE_H
#define SHILU_FORMATS_CHOICE_CHOICE_H

#include "formats/records/choice/contender.h"
#include "shilu/formats/record_account.h"

enum { CHOICE_ROWS_MAX = 4 };

struct choice {
    bool found;                   /* false: text without speakers */
    bool dashes_alone;            /* questions after dashes, answers without labels */
    bool examined;                /* … each group of questions below the label of who asks */
    bool dash_pairs;              /* … and answers after dashes too */
    uint32_t asking_bullet;       /* … the bullet of questions, or 0 */
    bool mark_alone;              /* questions have a mark, answers have no label */
    bool times_alone;             /* times on lines of their own above lines without speakers */
    bool dashes;                  /* questions after dashes, beside labels */
    bool speech;                  /* one speaker, named at the top */
    size_t rows[CHOICE_ROWS_MAX]; /* indices into survey.rows; the first is the main one */
    size_t row_count;
    unsigned insets; /* bit n: turns of rows[n] interrupt a turn that continues after them */
    float score;
    float share;         /* of blocks that begin a turn, from the first label on */
    uint32_t *begins;    /* owned, by block of the head: the candidate that begins a turn
                          * there, or SURVEY_NONE */
    uint32_t *passed_by; /* owned, by block: a candidate of the chosen rows that was not
                          * taken for a label */
    uint32_t *counts;    /* owned, by label: number of turns in the head */
    bool *named_behind;  /* owned, or NULL; by label: brackets that are followed by the
                          * speaker's name */
    size_t first;        /* blocks of the first and the last label */
    size_t last;
    bool gap_needed;   /* labels come after a blank line */
    bool fresh_needed; /* … and never within a sentence */
    bool indent_needed;
    uint32_t indent;
    bool offices; /* nearly all labels contain offices */
    bool timed;   /* labels of the main row have a time before, after or inside them */
    struct record_account_layout tried[RECORD_ACCOUNT_LAYOUTS];
    size_t tried_count;
};

/* The contender's members begin turns in blocks that no earlier row has taken. */
void choice_take_row(const struct survey *s, struct choice *choice, const struct contender *c);

/* The first and the last block that begins a turn. */
void choice_find_ends(const struct survey *s, struct choice *choice);

/* The same, and the share of the blocks from one to the other that begin a turn. */
void choice_find_span(const struct survey *s, struct choice *choice);

/* Number of blocks that begin a turn. */
size_t choice_taken_count(const struct survey *s, const struct choice *choice);

/* Whether a turn interrupts another, which continues after it. */
bool choice_is_inset(const struct survey *s, const struct choice *choice,
                     const struct survey_candidate *c);

void choice_release(struct choice *choice);

#endif

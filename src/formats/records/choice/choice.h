/* What was chosen, and which block begins whose turn by it. */
#ifndef SHILU_FORMATS_CHOICE_CHOICE_H
#define SHILU_FORMATS_CHOICE_CHOICE_H

#include "formats/records/choice/contender.h"
#include "shilu/formats/record_account.h"

enum { CHOICE_ROWS_MAX = 4 };

struct choice {
    bool found;                   /* false: nobody is told apart here, it is text */
    bool dashes_alone;            /* questions after dashes, and answers without a label */
    bool dash_pairs;              /* … and the answers come after dashes as well */
    uint32_t asking_bullet;       /* … the bullet that questions have, or 0 */
    bool mark_alone;              /* questions have a mark, and answers no label */
    bool times_alone;             /* a time on a line of its own above each of nobody's lines */
    bool dashes;                  /* questions after dashes, beside labels */
    size_t rows[CHOICE_ROWS_MAX]; /* in survey.rows; the first is the main one */
    size_t row_count;
    unsigned
        insets; /* bit n: turns of rows[n] stand within somebody's, who goes on after them */
    float score;
    float share;         /* of the blocks from the first label on that begin a turn */
    uint32_t *begins;    /* owned, by block of the head: its candidate, or SURVEY_NONE */
    uint32_t *passed_by; /* owned: one of the chosen rows that was not taken for a label */
    uint32_t *counts;    /* owned, by label: how often it was taken in the head */
    bool *named_behind;  /* owned, or NULL; by label: brackets behind which a name says who
                            speaks */
    size_t first;        /* block of the first label, and of the last */
    size_t last;
    bool gap_needed;   /* labels are below a blank line */
    bool fresh_needed; /* … and where no sentence goes on */
    bool indent_needed;
    uint32_t indent;
    bool offices; /* labels hold offices, nearly all */
    bool timed;   /* the main row has a time before, after or inside the label */
    struct record_account_layout tried[RECORD_ACCOUNT_LAYOUTS];
    size_t tried_count;
};

/* The contender's members begin turns, where no other row's do. */
void choice_take_row(const struct survey *s, struct choice *choice, const struct contender *c);

/* The first and the last block that begins a turn, and their share. */
void choice_find_span(const struct survey *s, struct choice *choice);

/* Blocks that begin a turn. */
size_t choice_taken_count(const struct survey *s, const struct choice *choice);

/* Whether a turn stands within another's, who goes on after it. */
bool choice_is_inset(const struct survey *s, const struct choice *choice,
                     const struct survey_candidate *c);

void choice_release(struct choice *choice);

#endif

/* Record account: how a record was read from text: with which layout, which others were tried,
 * and what was left out. */
#ifndef SHILU_FORMATS_RECORD_ACCOUNT_H
#define SHILU_FORMATS_RECORD_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RECORD_ACCOUNT_REASONS = 8, RECORD_ACCOUNT_LAYOUTS = 8 };

enum layout_verdict {
    LAYOUT_TAKEN,
    LAYOUT_COMPLETES,  /* … in addition to the main one */
    LAYOUT_BEATEN,     /* another one explains more */
    LAYOUT_TOO_LITTLE, /* it explains less than the layout of a record would */
    LAYOUT_RULED_OUT   /* however much it explains: see `reason` */
};

/* A layout that some lines have, and how much better than prose it explains them, in bits. */
struct record_account_layout {
    char template[80];
    const char *dress; /* static: "bold", "heading", "table", or NULL */
    bool timed;        /* a time precedes it */
    bool bulleted;
    size_t blocks; /* number of blocks that it explains */
    float bits;    /* sum of the next four, less the cost of any layout */
    float form;    /* lines with the form, compared with chance */
    float labels;  /* recurring labels */
    float speech;  /* words after labels that end as sentences do */
    float times;   /* increasing times */
    float turns;   /* changes of speaker */
    float questions;
    enum layout_verdict verdict;
    const char *reason; /* static, if LAYOUT_RULED_OUT */
};

struct record_account {
    char layout[240]; /* its template and those that complete it; "" if there is none */
    struct record_account_layout layouts[RECORD_ACCOUNT_LAYOUTS]; /* best first */
    size_t layout_count;
    size_t blocks;    /* lines or paragraphs that were read */
    size_t explained; /* those that are a turn or part of one, a time or a fact */
    struct record_account_reason {
        const char *reason;  /* static; the last entry also counts all further reasons */
        uint64_t places;     /* lines of plain text, or elements */
        uint64_t characters; /* visible ones */
    } left_out[RECORD_ACCOUNT_REASONS];
    size_t left_out_count;
};

#endif

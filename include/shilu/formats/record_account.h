/* Record account: how a record was read from text: by which layout, which others were tried,
 * and what was left out. */
#ifndef SHILU_FORMATS_RECORD_ACCOUNT_H
#define SHILU_FORMATS_RECORD_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RECORD_ACCOUNT_REASONS = 8, RECORD_ACCOUNT_LAYOUTS = 8 };

enum layout_verdict {
    LAYOUT_TAKEN,
    LAYOUT_COMPLETES,  /* … beside the one that was taken */
    LAYOUT_BEATEN,     /* another one explains more */
    LAYOUT_TOO_LITTLE, /* it explains less than a record's layout does */
    LAYOUT_RULED_OUT   /* whatever it explains: see reason */
};

/* A layout that some lines have, and how much better than prose it explains them, in bits. */
struct record_account_layout {
    char template[80];
    const char *dress; /* static: "bold", "heading", "table", or NULL */
    bool timed;        /* a time stands before it */
    bool bulleted;
    size_t blocks; /* that it explains */
    float bits;    /* the sum of what follows, less what any layout costs */
    float form;    /* more lines have the form than chance gives */
    float labels;  /* labels come back */
    float speech;  /* what stands behind them ends as sentences do */
    float times;   /* times go on */
    float turns;   /* labels take turns */
    float questions;
    enum layout_verdict verdict;
    const char *reason; /* static, of LAYOUT_RULED_OUT */
};

struct record_account {
    char layout[240]; /* its template, and those that complete it; "" if none was found */
    struct record_account_layout layouts[RECORD_ACCOUNT_LAYOUTS]; /* the best first */
    size_t layout_count;
    size_t blocks;    /* lines or paragraphs that were read */
    size_t explained; /* those that are a turn, part of one, a time or a fact */
    struct record_account_reason {
        const char *reason;  /* static; of the last one: that, and all others */
        uint64_t places;     /* lines of plain text, or elements */
        uint64_t characters; /* visible ones */
    } left_out[RECORD_ACCOUNT_REASONS];
    size_t left_out_count;
};

#endif

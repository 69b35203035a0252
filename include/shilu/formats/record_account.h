/* Record account: how a record was read from text: by which layout, and what was left out. */
#ifndef SHILU_FORMATS_RECORD_ACCOUNT_H
#define SHILU_FORMATS_RECORD_ACCOUNT_H

#include <stddef.h>
#include <stdint.h>

enum { RECORD_ACCOUNT_REASONS = 8 };

struct record_account {
    char layout[240]; /* its template, and those that complete it; "" if none was found */
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

/* Table header: what the columns of a table contain, inferred from its headings or, without
 * headings, from its cells. */
#ifndef SHILU_FORMATS_TABLES_TABLE_HEADER_H
#define SHILU_FORMATS_TABLES_TABLE_HEADER_H

#include "formats/common/column_name.h"

enum { COLUMN_ABSENT = -1, TABLE_COLUMNS_MAX = 4096, TABLE_WIDE_MAX = 12 };

struct table_header {
    char delimiter;
    int at[COLUMN_COUNT];   /* index of the column, or COLUMN_ABSENT */
    int rank[COLUMN_COUNT]; /* how certain its heading is */
    size_t columns;
    bool milliseconds;        /* the headings say that bare numbers are milliseconds */
    bool seconds;             /* … or seconds */
    bool whole_ms;            /* bare numbers are milliseconds unless they have fractions */
    bool missing;             /* there is no row of headings: the first row has data */
    int wide[TABLE_WIDE_MAX]; /* columns whose headings are speakers, each with its words */
    size_t wide_count;
};

/* Find the row of headings at the head of a table, below comments and titles, or infer what the
 * columns contain if there is none. *start is the byte where it starts. */
bool table_header_find(struct table_header *header, struct span head, size_t *start);

/* "sep=;", which tells spreadsheets the delimiter. */
bool table_header_is_separator(struct span line);

/* Whether a table is one of things, or a log: its headings or its rows say so, and no heading
 * can only mean the speaker. `head` begins at the header row. */
bool table_header_is_of_things(const struct table_header *header, struct span head);

#endif

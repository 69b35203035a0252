/* Table header: what the columns of a table hold, inferred from its headings, or from its
 * cells where it has none. */
#ifndef SHILU_FORMATS_TABLES_TABLE_HEADER_H
#define SHILU_FORMATS_TABLES_TABLE_HEADER_H

#include "formats/common/column_name.h"

enum { COLUMN_ABSENT = -1, TABLE_COLUMNS_MAX = 4096 };

struct table_header {
    char delimiter;
    int at[COLUMN_COUNT];   /* number of the column, or COLUMN_ABSENT */
    int rank[COLUMN_COUNT]; /* how surely its heading says so */
    size_t columns;
    bool milliseconds; /* the headings say that bare numbers are that */
    bool seconds;      /* … or these */
    bool whole_ms;     /* bare numbers are milliseconds unless they have fractions */
    bool missing;      /* there is no row of headings: the first row is of data */
};

/* Find the row of headings at the head of a table, below comments and titles, or tell what the
 * columns hold if there is none. *start is the byte where it starts. */
bool table_header_find(struct table_header *header, struct span head, size_t *start);

/* "sep=;", by which spreadsheets are told the delimiter. */
bool table_header_is_separator(struct span line);

#endif

/* Library limits: by whom, and when, what a search over a library finds was said. */
#ifndef SHILU_LIBRARY_LIBRARY_LIMITS_H
#define SHILU_LIBRARY_LIBRARY_LIMITS_H

#include "shilu/cli/options.h"
#include "shilu/model/selection.h"

/* Initialize with {0} and library_limits_clear. All strings are owned. */
struct library_limits {
    char *who;  /* as it was typed; NULL: anyone */
    char *when; /* the same; NULL: at any time */
    char **speakers;
    size_t speaker_count;
    char *from, *to;        /* moments of each record, or NULL */
    int64_t from_ms, to_ms; /* days: from here to before here, TIME_NONE: open */
};

void library_limits_clear(struct library_limits *l);
void library_limits_copy(struct library_limits *to, const struct library_limits *from);
bool library_limits_is_set(const struct library_limits *l);

/* Those whom a comma separates, by a part of their name, role or initials; "": anyone. */
void library_limits_speakers(struct library_limits *l, const char *text);
/* "2020-03", "2019..2020-06-30", "10:00..10:30", "2020-01.."; "": at any time. Days are those
 * of a record, or of its moments if they have days; other moments are found in each record, as
 * with --from and --to. */
bool library_limits_times(struct library_limits *l, const char *text, struct error *err);

/* What of a record is within them, to be released in each case; false: nothing. `date_ms` is
 * the record's day, or TIME_NONE. */
bool library_limits_select(const struct library_limits *l, const struct transcript *t,
                           int64_t date_ms, struct selection *out);

#endif

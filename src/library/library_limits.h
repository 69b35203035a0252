/* Library limits: by whom and when the words found by a search over a library were said. */
#ifndef SHILU_LIBRARY_LIBRARY_LIMITS_H
#define SHILU_LIBRARY_LIBRARY_LIMITS_H

#include "shilu/cli/options.h"
#include "shilu/model/selection.h"

/* Initialize with {0} and library_limits_clear. All strings are owned. */
struct library_limits {
    char *who;  /* as typed; NULL for anyone */
    char *when; /* likewise; NULL for any time */
    char **speakers;
    size_t speaker_count;
    char *from, *to;        /* times in each record, or NULL */
    int64_t from_ms, to_ms; /* days: from here to before here; TIME_NONE for no limit */
};

void library_limits_clear(struct library_limits *l);
void library_limits_copy(struct library_limits *to, const struct library_limits *from);
bool library_limits_is_set(const struct library_limits *l);

/* Speakers separated by commas, each by part of the name, by role or initials; "" for
 * anyone. */
void library_limits_speakers(struct library_limits *l, const char *text);
/* "2020-03", "2019..2020-06-30", "10:00..10:30", "2020-01.."; "" for any time. Days are those
 * of a record, or of its times if they have days; other times are interpreted in each record,
 * as for --from and --to. */
bool library_limits_times(struct library_limits *l, const char *text, struct error *err);

/* The part of a record within the limits, to be released in each case; false if it is empty.
 * `date_ms` is the record's day, or TIME_NONE. */
bool library_limits_select(const struct library_limits *l, const struct transcript *t,
                           int64_t date_ms, struct selection *out);

#endif

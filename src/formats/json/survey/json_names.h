/* The meaning of member names in JSON that no table describes. Names are compared in lower case
 * without "_", "-" and blanks, so startTime, start_time and StartTime are the same. */
#ifndef SHILU_FORMATS_JSON_SURVEY_JSON_NAMES_H
#define SHILU_FORMATS_JSON_SURVEY_JSON_NAMES_H

#include "shilu/base/span.h"

enum { NAME_BYTES = 48 }; /* longest name */

/* What a member of an element can give. */
enum json_role_kind {
    ROLE_TEXT,
    ROLE_START,
    ROLE_END,
    ROLE_LENGTH,
    ROLE_SPEAKER,
    ROLE_CHANNEL,
    ROLE_POSITION,
    ROLE_ORGANIZATION,
    ROLE_HEADING,
    ROLE_MARK,
    ROLE_AFTER,
    ROLE_DAY,
    ROLE_FINAL,
    ROLE_KIND,
    ROLE_COUNT
};

/* The usual names for each role, best first. "*" stands for any name with a word for this role
 * (column_name.h). */
extern const char *const *const json_names_of_role[ROLE_COUNT];
/* Lists of consecutive utterances, and lists whose first element is the best reading. */
extern const char *const json_names_talks[];
extern const char *const json_names_best_lists[];

void json_names_tidy(struct span name, char out[NAME_BYTES]);

int json_names_place_of_tidy(const char *tidy, const char *const *names);

/* The rank of "*" in a list. */
int json_names_place_of_any(const char *const *names);

/* The rank of a name in a list, or -1. */
int json_names_place(struct span name, const char *const *names);

bool json_names_is_step(struct span name);

/* "12", "segment_12" */
bool json_names_is_numbered(struct span name);

#endif

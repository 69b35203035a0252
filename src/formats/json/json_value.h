/* JSON values: what the readers of other programs' JSON ask of a cJSON value. Every call takes
 * any value, also NULL, and answers for a wrong type as for a missing one. */
#ifndef SHILU_FORMATS_JSON_JSON_VALUE_H
#define SHILU_FORMATS_JSON_JSON_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cJSON;

/* A member by its exact name, or NULL. */
const struct cJSON *json_value_get(const struct cJSON *object, const char *name);
/* The first of two names that is there and not null: programs rename members between versions.
 */
const struct cJSON *json_value_get_either(const struct cJSON *object, const char *name,
                                          const char *other);
/* A member that is a string, or NULL. Borrowed. */
const char *json_value_text(const struct cJSON *object, const char *name);

/* Neither missing nor null nor an empty string. */
bool json_value_is_given(const struct cJSON *value);

/* A whole number as text, or a string as it is, in `out`; false for anything else. */
enum { JSON_VALUE_LABEL = 64 };
bool json_value_label(const struct cJSON *value, char out[JSON_VALUE_LABEL]);

/* Moments, or TIME_NONE. Seconds: a number, "12.9", "12.900s", {"seconds": "12", "nanos": 9},
 * "PT1M2.5S" or a clock reading "0:12:30.250". */
int64_t json_value_seconds_ms(const struct cJSON *value);
/* A number, or a string of one, in units of which `per_ms` make a millisecond: 1, or 10,000
 * for ticks of 100 ns. */
int64_t json_value_units_ms(const struct cJSON *value, double per_ms);

/* The sum of a start and a duration; TIME_NONE where one is not known. */
int64_t json_value_end_ms(int64_t start_ms, int64_t duration_ms);

#endif

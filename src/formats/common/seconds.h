/* Decimal seconds and milliseconds in text. */
#ifndef SHILU_FORMATS_COMMON_SECONDS_H
#define SHILU_FORMATS_COMMON_SECONDS_H

#include <stdbool.h>
#include <stdint.h>

#include "shilu/base/span.h"

/* "12.345" in milliseconds, rounded; TIME_NONE for NULL, for other text, and beyond the limits
 * of times. What follows the number is ignored. */
int64_t seconds_parse(const char *s);

/* The same for a number of milliseconds ("12345"). */
int64_t milliseconds_parse(const char *s);

/* A field that is a number of seconds, at least 0, and nothing else. */
bool seconds_read(struct span field, int64_t *ms);

#endif

/* Times of corpora: decimal seconds. */
#ifndef SHILU_FORMATS_CORPORA_SECONDS_H
#define SHILU_FORMATS_CORPORA_SECONDS_H

#include <stdint.h>

/* "12.345" in milliseconds, rounded; TIME_NONE for NULL, for what is not a number, and for one
 * beyond the limits of times. */
int64_t seconds_parse(const char *s);

/* The same for a number of milliseconds ("12345"). */
int64_t milliseconds_parse(const char *s);

#endif

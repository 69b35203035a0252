/* Nearest: which known name somebody probably meant. */
#ifndef SHILU_BASE_NEAREST_H
#define SHILU_BASE_NEAREST_H

#include "shilu/base/span.h"

enum { NEAREST_BYTES_MAX = 63 };

/* How many bytes must be inserted, deleted, replaced or swapped with their neighbour to get
 * from one to the other (optimal string alignment), cases and '-' against '_' ignored. SIZE_MAX
 * where either is longer than NEAREST_BYTES_MAX. */
size_t nearest_distance(struct span a, struct span b);

/* With more slips than that in a word of so many bytes it is another word. */
size_t nearest_limit(size_t bytes);

/* The one of `count` names that `typed` is most like; NULL where none is near. */
const char *nearest_name(const char *typed, const char *const *names, size_t count);

#endif

/* Nearest: which known name somebody probably meant. */
#ifndef SHILU_BASE_NEAREST_H
#define SHILU_BASE_NEAREST_H

#include "shilu/base/span.h"

enum { NEAREST_BYTES_MAX = 63 };

/* How many bytes must be inserted, deleted, replaced or swapped with their neighbour to turn
 * one into the other (optimal string alignment), ignoring case and '-' against '_'. SIZE_MAX if
 * either is longer than NEAREST_BYTES_MAX. */
size_t nearest_distance(struct span a, struct span b);

/* More typing errors than this in a word of so many bytes make it another word. */
size_t nearest_limit(size_t bytes);

/* The one of `count` names that is most similar to `typed`; NULL if none is similar. */
const char *nearest_name(const char *typed, const char *const *names, size_t count);

#endif

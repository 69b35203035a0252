/* Format names as users type them. A format has one name for both directions: "vtt" and
 * "webvtt" are the same for reading and writing, in any case. */
#ifndef SHILU_FORMATS_FORMAT_NAME_H
#define SHILU_FORMATS_FORMAT_NAME_H

#include <stdbool.h>

#include "shilu/base/error.h"

/* Whether the typed name means the format that the registry calls `name`. */
bool format_name_is(const char *typed, const char *name);

/* Fail with "unknown format 'jsn'" and the nearest of `count` names, or else all of them.
 * Returns false. */
bool format_name_refuse(const char *typed, const char *const *names, size_t count,
                        struct error *err);

#endif

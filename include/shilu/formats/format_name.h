/* Format names as people type them. A format has one name in both directions: "vtt" and
 * "webvtt" are the same for reading and writing, in any case. */
#ifndef SHILU_FORMATS_FORMAT_NAME_H
#define SHILU_FORMATS_FORMAT_NAME_H

#include <stdbool.h>

#include "shilu/base/error.h"

/* Whether what was typed names the format that the registry calls `name`. */
bool format_name_is(const char *typed, const char *name);

/* "unknown format 'jsn'", with the nearest of `count` names, or else all of them. Returns
 * false. */
bool format_name_refuse(const char *typed, const char *const *names, size_t count,
                        struct error *err);

#endif

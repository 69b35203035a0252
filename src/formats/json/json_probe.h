/* JSON probe: whether the head of a file, which may be cut anywhere, holds a member. For
 * recognising formats; nothing is parsed or kept. */
#ifndef SHILU_FORMATS_JSON_JSON_PROBE_H
#define SHILU_FORMATS_JSON_JSON_PROBE_H

#include <stdbool.h>
#include <stddef.h>

/* `path` is names of members and "0" for the first element of an array, joined by dots; ""
 * is the top value. Where the value is there, its first character ('{', '[', '"', a digit or
 * '-', 't', 'f', 'n'), else '\0'; what the cut has taken off is not there. */
char json_probe_type(const char *head, size_t bytes, const char *path);

static inline bool json_probe_has(const char *head, size_t bytes, const char *path)
{
    return json_probe_type(head, bytes, path) != '\0';
}

/* Whether the value is this string, written without escapes. */
bool json_probe_is(const char *head, size_t bytes, const char *path, const char *string);

#endif

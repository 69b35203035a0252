/* Speaker map: new names for the speakers of a transcript, as written by the user. Several
 * labels with the same new name become one speaker.
 *
 * A map consists of lines "LABEL = NAME". Empty lines and those that start with '#' are
 * ignored. A label or name that starts with '"' ends with the next '"', and may contain '='. */
#ifndef SHILU_MODEL_SPEAKER_MAP_H
#define SHILU_MODEL_SPEAKER_MAP_H

#include <stddef.h>

#include "shilu/base/error.h"

struct speaker_map;

/* NULL, with line and column in *err, if the text is not a map. */
struct speaker_map *speaker_map_parse(const char *text, size_t bytes, struct error *err);
void speaker_map_free(struct speaker_map *m);

/* The new name for a label, or NULL if it keeps its own; `label` may be NULL. Labels are
 * compared like speakers' names: without outer white space, and with each inner run of it as
 * one space. */
const char *speaker_map_find(const struct speaker_map *m, const char *label);

#endif

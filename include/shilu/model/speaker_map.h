/* Speaker map: new names for the speakers of a transcript, as a person wrote them down. Several
 * labels with one new name are one speaker.
 *
 * A map is lines of "LABEL = NAME". Empty lines and those that start with '#' say nothing. A
 * label or name that starts with '"' ends with the next one; '=' may stand in it. */
#ifndef SHILU_MODEL_SPEAKER_MAP_H
#define SHILU_MODEL_SPEAKER_MAP_H

#include <stddef.h>

#include "shilu/base/error.h"

struct speaker_map;

/* NULL, with line and column in *err, if the text is not a map. */
struct speaker_map *speaker_map_parse(const char *text, size_t bytes, struct error *err);
void speaker_map_free(struct speaker_map *m);

/* The new name of a label; NULL if it keeps its own; `label` may be NULL. Labels are compared
 * as speakers' names are: without outer white space, and with inner runs of it as one space. */
const char *speaker_map_find(const struct speaker_map *m, const char *label);

#endif

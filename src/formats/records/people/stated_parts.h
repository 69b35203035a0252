/* Stated parts: who asks or moderates, as the head of a record says it: "Interviewer: Dean
 * Portis", "Moderator: MOD", "Interviewed by Ida Berg (IB)". */
#ifndef SHILU_FORMATS_STATED_PARTS_H
#define SHILU_FORMATS_STATED_PARTS_H

#include "formats/records/choice/choose.h"

/* Mark the labels of those who lead the talk. */
void stated_parts_note(struct survey *s, const struct choice *choice);

#endif

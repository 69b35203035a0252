/* Index people: what a speaker is found by, as one line of text, and back. */
#ifndef SHILU_INDEX_INDEX_PEOPLE_H
#define SHILU_INDEX_INDEX_PEOPLE_H

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"
#include "shilu/model/speaker.h"

/* Append a label and LF. */
void index_people_append(struct buffer *out, const struct speaker *speaker);
/* Whether speaker_find would find the speaker of this label. */
bool index_people_match(struct span label, const char *query);

#endif

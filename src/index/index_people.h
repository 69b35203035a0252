/* Index people: what a speaker is found by, to and from one line of text. */
#ifndef SHILU_INDEX_INDEX_PEOPLE_H
#define SHILU_INDEX_INDEX_PEOPLE_H

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"
#include "shilu/model/speaker.h"

/* Append a label and LF. */
void index_people_append(struct buffer *out, const struct speaker *speaker);
/* Whether speaker_find would find the speaker with this label. */
bool index_people_match(struct span label, const char *query);

#endif

/* Questions that a dash, a bullet or bold type sets apart, without a label. */
#ifndef SHILU_FORMATS_CHOICE_ASKING_H
#define SHILU_FORMATS_CHOICE_ASKING_H

#include "formats/records/choice/choice.h"

/* A line at the top says that these are frequent questions. */
bool asking_is_titled_faq(const struct survey *s);

/* Nothing but marks for question and answer says who speaks. */
bool asking_are_all_marks(const struct survey *s, const struct choice *choice);

/* After dashes, or bold. */
bool asking_choose(const struct survey *s, struct choice *choice);

/* Questions after dashes, beside labels. */
void asking_add_dashes(const struct survey *s, struct choice *choice);

/* Only answers have a mark: the question above each is an item of a list. */
void asking_add_items(const struct survey *s, struct choice *choice);

/* Whether the one label is a question's mark, and what is below its paragraphs the answers. */
bool asking_is_mark_alone(const struct survey *s, const struct choice *choice);

#endif

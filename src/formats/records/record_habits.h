/* Choosing the layout of the head, and what it tells about the habits of the record: whether
 * lines are wrapped, turns end in stops, moments stand below their words, where speech ends. */
#ifndef SHILU_FORMATS_RECORDS_RECORD_HABITS_H
#define SHILU_FORMATS_RECORDS_RECORD_HABITS_H

#include "formats/records/record.h"

void record_habits_guess_language(const struct record *r, struct reader_context *context);

/* Choose the layout by the blocks that were surveyed; anew, where detection chose by some of
 * them. */
void record_habits_choose(struct record *r);

/* What the layout that was chosen says of its record. */
void record_habits_learn(struct record *r, struct reader_context *context);

#endif

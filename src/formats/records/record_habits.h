/* Choosing the layout of the head, and learning the habits of the record from it: whether lines
 * are wrapped, turns end in full stops, times are below their words, where speech ends. */
#ifndef SHILU_FORMATS_RECORDS_RECORD_HABITS_H
#define SHILU_FORMATS_RECORDS_RECORD_HABITS_H

#include "formats/records/record.h"

void record_habits_guess_language(const struct record *r, struct reader_context *context);

/* Choose the layout from the surveyed blocks, again if detection chose from fewer. */
void record_habits_choose(struct record *r);

/* Learn the habits of the record from the chosen layout. */
void record_habits_learn(struct record *r, struct reader_context *context);

#endif

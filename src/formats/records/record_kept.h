/* Which parts of a block went into the record and which were left out (conservation of
 * words). */
#ifndef SHILU_FORMATS_RECORDS_RECORD_KEPT_H
#define SHILU_FORMATS_RECORDS_RECORD_KEPT_H

#include "formats/records/record.h"

void record_kept_words(struct record *r, struct span words);

void record_kept_block(struct record *r);

/* Letters of the block that are nowhere in the record. */
uint64_t record_kept_count_lost(const struct record *r);

/* A role that differs from the one its speaker has: it is left out. */
void record_kept_note_role(struct record *r, const struct survey_block *b, struct span role);

/* The parts of a label: who speaks, the signs of the layout before it, times. */
void record_kept_label(struct record *r, const struct survey_block *b,
                       const struct survey_candidate *c);

/* Report words of a block that are in no part of the record: nothing is dropped silently. */
void record_kept_note_lost(struct record *r, const struct survey_block *b, uint64_t letters);

void record_kept_report(struct record *r, struct reader_context *context);

#endif

/* The speakers of a record, one for each label, with their roles. */
#ifndef SHILU_FORMATS_RECORDS_RECORD_SPEAKER_H
#define SHILU_FORMATS_RECORDS_RECORD_SPEAKER_H

#include "formats/records/record.h"

/* Replaces each run of white space by one blank, and removes it between the East Asian
 * characters of a name. */
char *record_speaker_tidy(struct span name);

struct speaker_of_label *record_speaker_slot(struct record *r, uint32_t label);

uint32_t record_speaker_of(struct record *r, struct reader_context *context,
                           const struct survey_candidate *c);

uint32_t record_speaker_unnamed(const struct record *r, struct reader_context *context,
                                bool asks);

bool record_speaker_take_role(struct record *r, struct reader_context *context,
                              const struct survey_block *b);

void record_speaker_forget(struct record *r);

#endif

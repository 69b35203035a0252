/* Front matter and what the container states: title, date, venue and other facts. */
#ifndef SHILU_FORMATS_RECORDS_RECORD_FACTS_H
#define SHILU_FORMATS_RECORDS_RECORD_FACTS_H

#include "formats/records/record.h"

void record_facts_note_date(struct record *r, struct reader_context *context, int64_t date_ms);

bool record_facts_read(struct record *r, struct reader_context *context, size_t i,
                       struct error *err);

bool record_facts_read_front(struct record *r, struct reader_context *context, size_t i,
                             struct error *err);

/* Title and facts from the head of a page. */
void record_facts_take_title(const struct record *r, struct reader_context *context);

void record_facts_take(struct record *r, struct reader_context *context);

#endif

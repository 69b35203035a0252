/* Outlets: what each list of a JSON file gives, until it is known which one is shown. */
#ifndef SHILU_FORMATS_JSON_READER_JSON_OUTLET_H
#define SHILU_FORMATS_JSON_READER_JSON_OUTLET_H

#include "formats/json/reader/reader.h"

/* A list before it in the table has given words. */
bool json_outlet_is_outdone(const struct json_reader *r, size_t outlet);

/* A waiting event ends where the next one starts. */
bool json_outlet_give_event(struct json_reader *r, int64_t next_ms, struct error *err);

/* Show the chapters that begin by this time, or all that are left. A single chapter divides
 * nothing and is dropped. */
bool json_outlets_show_chapters(struct json_reader *r, int64_t until_ms, struct error *err);

/* Take an item whose times can be decided. */
bool json_outlet_take(struct json_reader *r, const struct json_staged *s, struct span text,
                      struct error *err);

/* Give the words that still wait. */
bool json_outlet_finish(struct json_reader *r, size_t outlet, struct error *err);

/* Show the first list that has words; of a truncated file, also what other lists have after
 * it. */
bool json_outlets_show(struct json_reader *r, struct error *err);

/* The text of the whole record, where no list has words. */
bool json_outlets_show_whole_text(struct json_reader *r, struct error *err);

/* Elements without words, and a file without any. */
void json_outlets_report_silent(struct json_reader *r);

#endif

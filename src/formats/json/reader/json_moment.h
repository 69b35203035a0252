/* Times of a JSON file as moments of the record's clock. */
#ifndef SHILU_FORMATS_JSON_READER_JSON_MOMENT_H
#define SHILU_FORMATS_JSON_READER_JSON_MOMENT_H

#include "formats/json/reader/reader.h"

/* Milliseconds on the record's clock; TIME_NONE for none, or for one of another clock. */
int64_t json_moment(struct json_reader *r, const struct json_time *time);

/* TIME_NONE for none. */
int64_t json_moment_length(const struct json_reader *r, const struct json_time *time);

#endif

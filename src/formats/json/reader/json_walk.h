/* The walk along the rules of a table. */
#ifndef SHILU_FORMATS_JSON_READER_JSON_WALK_H
#define SHILU_FORMATS_JSON_READER_JSON_WALK_H

#include "formats/json/reader/reader.h"

/* foreign_json's `take`: one element of the list that is streamed. */
bool json_walk_take(struct foreign_json *f, struct json_ref value, struct error *err);

#endif

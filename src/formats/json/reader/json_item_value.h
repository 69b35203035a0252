/* What the values of an item say: when, who, and the words. */
#ifndef SHILU_FORMATS_JSON_READER_JSON_ITEM_VALUE_H
#define SHILU_FORMATS_JSON_READER_JSON_ITEM_VALUE_H

#include "formats/json/reader/reader.h"

/* The number is left to be judged, unless its own rule tells its unit. */
struct json_time json_item_time(struct json_reader *r, const struct json_frame *frame,
                                enum json_gives which);

/* When the item starts, and its end or how long it lasts. */
void json_item_times(struct json_reader *r, const struct json_frame *frame,
                     struct json_staged *s);

/* The name in an object that says who somebody is, or in one inside it. */
struct json_ref json_item_name(struct json_ref who);

/* *known: the file says who, or that nobody was told apart. */
uint32_t json_item_speaker(struct json_reader *r, const struct json_frame *frame,
                           struct json_ref given, bool *known);

/* The office that a printed label has before the name in brackets; where nobody is named
 * otherwise, the label says who. */
uint32_t json_item_with_label(struct json_reader *r, uint32_t speaker, struct span label);

/* The words of a value: a string, lines in an array, or the parts of one text in an array, of
 * which some are objects. */
struct span json_item_text(struct json_reader *r, struct json_ref value);

#endif

/* What the values of an item say: when, who, and the words. */
#ifndef SHILU_FORMATS_JSON_READER_JSON_ITEM_VALUE_H
#define SHILU_FORMATS_JSON_READER_JSON_ITEM_VALUE_H

#include "formats/json/reader/reader.h"

/* The unit of a number is judged later, unless its rule states one. */
struct json_time json_item_time(struct json_reader *r, const struct json_frame *frame,
                                enum json_gives which);

/* When the item starts, and its end or how long it lasts. */
void json_item_times(struct json_reader *r, const struct json_frame *frame,
                     struct json_staged *s);

/* The name of a person in an object, or in one inside it. */
struct json_ref json_item_name(struct json_ref who);

/* *known: the file says who speaks, or that nobody was identified. */
uint32_t json_item_speaker(struct json_reader *r, const struct json_frame *frame,
                           struct json_ref given, bool *known);

/* The speaker, with the office that a printed label has before the name in brackets. If nobody
 * is named otherwise, the label is the speaker. */
uint32_t json_item_with_label(struct json_reader *r, uint32_t speaker, struct span label);

/* The words of a value: a string, an array of lines, or an array of strings and objects that
 * are parts of one text. */
struct span json_item_text(struct json_reader *r, struct json_ref value);

#endif

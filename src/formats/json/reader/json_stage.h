/* Items wait here until the unit of their times is judged. */
#ifndef SHILU_FORMATS_JSON_READER_JSON_STAGE_H
#define SHILU_FORMATS_JSON_READER_JSON_STAGE_H

#include "formats/json/reader/reader.h"

/* What one of a unit is, in milliseconds. */
double json_stage_usual_ms(enum json_unit unit);

/* The unit is judged by what is staged, all of which goes to its outlets. */
bool json_stage_settle(struct json_reader *r, struct error *err);

/* Give an item to its outlet, at once or as soon as the unit is known. */
bool json_stage_add(struct json_reader *r, struct json_staged *s, struct span text,
                    struct error *err);

/* The line of a value or of its name; 0 if nobody wants it or it is unknown. */
uint32_t json_stage_line(struct json_reader *r, struct json_ref value);

#endif

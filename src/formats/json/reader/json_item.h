/* Items: an utterance, a word, a label, an entry of a list of names, at its end. */
#ifndef SHILU_FORMATS_JSON_READER_JSON_ITEM_H
#define SHILU_FORMATS_JSON_READER_JSON_ITEM_H

#include "formats/json/reader/reader.h"

/* An item is read whole: stage what it says. */
bool json_item_end(struct json_reader *r, struct json_frame *frame, struct error *err);

#endif

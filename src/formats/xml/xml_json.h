/* XML as JSON, so that what any program writes can be surveyed in one way: an element is an
 * object of its attributes and of the elements inside it, those of one name as an array; an
 * element that holds words is a string, or, with attributes of its own, has them as "text".
 * Elements that only part a text, such as paragraphs, are lines of it. */
#ifndef SHILU_FORMATS_XML_XML_JSON_H
#define SHILU_FORMATS_XML_XML_JSON_H

#include "formats/xml/xml_stream.h"

struct xml_json;

struct xml_json *xml_json_new(void);
void xml_json_free(struct xml_json *x);

/* Read on, as a reader's `next` does, without a segment: READER_END once the document is over
 * or broken off. */
enum reader_status xml_json_read(struct xml_json *x, struct reader_context *context,
                                 struct error *err);

/* Append what was read: one value. True: each element starts on its own line of the document;
 * false where elements of several names alternate: then all is one line. */
bool xml_json_write(const struct xml_json *x, struct buffer *out);

#endif

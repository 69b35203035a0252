/* XML as JSON, so that the output of any program can be surveyed in one way. An element is an
 * object with its attributes and its elements, those of the same name as an array; an element
 * with words is a string or, if it has attributes, an object with the words as "text". Elements
 * that only divide a text, such as paragraphs, are its lines. */
#ifndef SHILU_FORMATS_XML_XML_JSON_H
#define SHILU_FORMATS_XML_XML_JSON_H

#include "formats/xml/xml_stream.h"

struct xml_json;

struct xml_json *xml_json_new(void);
void xml_json_free(struct xml_json *x);

/* Continue reading like a reader's `next`, without segments: READER_END once the document has
 * ended or is truncated. */
enum reader_status xml_json_read(struct xml_json *x, struct reader_context *context,
                                 struct error *err);

/* Append what was read, as one value. True if each element starts on its own line of the
 * document; false if elements of several names alternate: then everything is one line. */
bool xml_json_write(const struct xml_json *x, struct buffer *out);

/* Append the words alone, as Markdown: each element with words of its own is a paragraph, and
 * an element that begins it, such as a name, is bold. */
void xml_json_write_markdown(const struct xml_json *x, struct buffer *out);

#endif

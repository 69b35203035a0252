/* XML, streamed: expat pushes, the loader pulls. The window is fed piece by piece, and the
 * handlers append segments as elements end.
 *
 * Standard: XML 1.0 (fifth edition). Names are without their prefix. Nothing outside the file
 * is ever opened: an external entity is left out and reported. The named entities of HTML are
 * known without a DTD. Limits: XML_DEPTH_MAX nested elements, XML_MARKUP_BYTES_MAX for one tag
 * or comment, and entities that expand the text by more than XML_GROWTH_MAX times. */
#ifndef SHILU_FORMATS_XML_XML_STREAM_H
#define SHILU_FORMATS_XML_XML_STREAM_H

#include "shilu/formats/reader.h"

enum {
    XML_DEPTH_MAX = 256,
    XML_MARKUP_BYTES_MAX = 16 << 20,
    XML_GROWTH_MAX = 20,
    XML_GROWTH_FREE_BYTES = 4 << 20 /* growth is not limited below this */
};

/* A format's handlers; `self` is the format's own. Attributes are pairs of name and value,
 * NULL-terminated. */
struct xml_handler {
    void (*start)(void *self, const char *name, const char *const *attributes);
    void (*end)(void *self, const char *name);
    void (*text)(void *self, const char *text, size_t bytes);
    /* The document has ended or is truncated: give out what is open. */
    void (*finish)(void *self);
};

struct xml_stream;

struct xml_stream *xml_stream_new(const struct xml_handler *handler, void *self);
void xml_stream_free(struct xml_stream *x);

/* Does and returns what a reader's `next` does. */
enum reader_status xml_stream_next(struct xml_stream *x, struct reader_context *context,
                                   struct error *err);

/* The same, for the `next` of a reader whose state begins with a pointer to its stream. */
enum reader_status xml_stream_reader_next(void *self, struct reader_context *context,
                                          struct error *err);

/* For handlers: the reader's context, and the depth of the current element (root: 1). */
struct reader_context *xml_stream_context(struct xml_stream *x);
int xml_stream_depth(const struct xml_stream *x);
uint64_t xml_stream_line(const struct xml_stream *x);

/* For handlers: append a segment (as emit_segment), or end with the error that is set. */
void xml_stream_emit(struct xml_stream *x, struct segment_draft *draft);
void xml_stream_fail(struct xml_stream *x, const struct error *err);

/* The value of an attribute by its name without prefix, or NULL. */
const char *xml_stream_attribute(const char *const *attributes, const char *name);

/* Whether the root element of a document has this local name, judged by its head. */
bool xml_stream_root_is(const char *head, size_t bytes, const char *name);

#endif

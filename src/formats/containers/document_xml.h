/* The XML parts of a document that is a zip archive, parsed with expat.
 *
 * Standard: XML 1.0. Names are without their prefix. A document type declaration is refused, as
 * these formats require, so no entity can be declared. */
#ifndef SHILU_FORMATS_DOCUMENT_XML_H
#define SHILU_FORMATS_DOCUMENT_XML_H

#include "formats/containers/zip_archive.h"

enum { DOCUMENT_XML_DEPTH_MAX = 512 };

/* NULL handlers are not called. */
struct document_xml_handler {
    void (*start)(void *self, const char *name, const char *const *attributes);
    void (*end)(void *self, const char *name);
    void (*text)(void *self, struct span text);
};

/* Parse a part. What the handlers received before an error remains valid. */
bool document_xml_read(struct zip_archive *z, const char *part,
                       const struct document_xml_handler *handler, void *self,
                       struct error *err);

/* An attribute's value, by its name without prefix, or NULL. */
const char *document_xml_attribute(const char *const *attributes, const char *name);

#endif

/* The styles and lists of an OpenDocument text, as far as they say what a paragraph is and how
 * its words look.
 *
 * Standard: OpenDocument 1.3, part 3, sections 16 (styles) and 19.8 (text:list-style). */
#ifndef SHILU_FORMATS_ODT_STYLES_H
#define SHILU_FORMATS_ODT_STYLES_H

#include "formats/containers/document_xml.h"
#include "shilu/base/buffer.h"

struct odt_styles;

struct odt_styles *odt_styles_new(void);
void odt_styles_free(struct odt_styles *s);

/* Handlers for the elements of styles, wherever they stand. True for an element that is one. */
bool odt_styles_start(struct odt_styles *s, const char *name, const char *const *attributes);
void odt_styles_end(struct odt_styles *s, const char *name);

/* What a style says, with the styles that it is based on; what it leaves open is -1. */
struct odt_style {
    const char *name; /* as people see it; borrowed */
    int bold;
    int hidden;
    const char *list; /* the style of a list that it is in, or NULL; borrowed */
};
struct odt_style odt_style_of(const struct odt_styles *s, const char *id);

/* Append what is before an item, counts[level] being the number of the innermost. */
enum { ODT_LIST_LEVELS = 10 };
void odt_list_append(const struct odt_styles *s, const char *list, unsigned level,
                     const unsigned counts[ODT_LIST_LEVELS], struct buffer *out);
/* The number of a list's first item. */
unsigned odt_list_start(const struct odt_styles *s, const char *list, unsigned level);

#endif

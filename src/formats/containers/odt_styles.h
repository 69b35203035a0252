/* The styles and lists of an OpenDocument text: what they say about a paragraph and about how
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

/* Handlers for the elements of styles, wherever they are. True if the element is one. */
bool odt_styles_start(struct odt_styles *s, const char *name, const char *const *attributes);
void odt_styles_end(struct odt_styles *s, const char *name);

/* What a style says, including the styles that it is based on; -1 where nothing is stated. */
struct odt_style {
    const char *name; /* as users see it; borrowed */
    int bold;
    int italic;
    int hidden;
    const char *list; /* list style of the list that it is in, or NULL; borrowed */
};
struct odt_style odt_style_of(const struct odt_styles *s, const char *id);

/* Append what precedes an item; counts[level] is the number of the innermost one. */
enum { ODT_LIST_LEVELS = 10 };
void odt_list_append(const struct odt_styles *s, const char *list, unsigned level,
                     const unsigned counts[ODT_LIST_LEVELS], struct buffer *out);
/* The number of a list's first item. */
unsigned odt_list_start(const struct odt_styles *s, const char *list, unsigned level);

#endif

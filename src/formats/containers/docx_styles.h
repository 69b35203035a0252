/* The styles and lists of a Word document: what they say about a paragraph and about how a run
 * of words looks.
 *
 * Standard: ECMA-376 (Office Open XML), part 1, sections 17.7 (styles) and 17.9 (numbering). */
#ifndef SHILU_FORMATS_DOCX_STYLES_H
#define SHILU_FORMATS_DOCX_STYLES_H

#include "formats/containers/document_xml.h"
#include "shilu/base/buffer.h"

struct docx_styles;

struct docx_styles *docx_styles_new(void);
void docx_styles_free(struct docx_styles *s);

/* Read word/styles.xml and word/numbering.xml, if the archive has them. */
bool docx_styles_read(struct docx_styles *s, struct zip_archive *z, struct error *err);

/* What a style says, including the styles that it is based on; -1 where nothing is stated. An
 * unknown id says nothing. */
struct docx_style {
    const char *name; /* as users see it, "" if it has none; borrowed */
    int level;        /* heading level 1 to 6; 0 for other styles */
    int bold;
    int italic;
    int hidden;
    int list;       /* number of its list, and … */
    int list_level; /* … the level within it */
};
struct docx_style docx_style_of(const struct docx_styles *s, const char *id);

/* Count the next paragraph of a list, and append what precedes it ("3.", "Q2:"); nothing for a
 * bullet. */
void docx_list_next(struct docx_styles *s, int list, int level, struct buffer *out);

/* The value of an on/off element, such as <w:b w:val="0"/>. */
int docx_is_on(const char *const *attributes);

#endif

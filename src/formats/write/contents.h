/* Contents: the outline of what is written, as a table of contents in front of it. */
#ifndef SHILU_FORMATS_WRITE_CONTENTS_H
#define SHILU_FORMATS_WRITE_CONTENTS_H

#include "shilu/analysis/outline.h"
#include "shilu/model/selection.h"

/* Only what is written is left of the outline. False, with nothing to release, where that is
 * no table: fewer than two headings or questions. */
bool contents_make(struct outline *o, const struct transcript *t,
                   const struct selection *selection);

/* What a row says: "Q3 Name First words", a point with its number. */
void contents_row(const struct outline_item *item, const struct transcript *t,
                  struct buffer *out);

/* The anchor that renderers of Markdown make of a heading: letters in lower case, '-' for
 * spaces, no signs. */
void contents_anchor(const char *heading, size_t bytes, struct buffer *out);

/* In our Markdown the table is between these lines. */
#define CONTENTS_BEGIN "<!-- contents -->"
#define CONTENTS_END "<!-- end of contents -->"

#endif

/* Contents: the outline of the selection, as a table of contents in front of the output. */
#ifndef SHILU_FORMATS_WRITE_CONTENTS_H
#define SHILU_FORMATS_WRITE_CONTENTS_H

#include "shilu/analysis/outline.h"
#include "shilu/model/selection.h"

/* Reduces the outline to what is written. False, with nothing to release, if fewer than two
 * headings or questions are left. */
bool contents_make(struct outline *o, const struct transcript *t,
                   const struct selection *selection);

/* The text of a row: "Q3 Name First words", or a point with its number. */
void contents_row(const struct outline_item *item, const struct transcript *t,
                  struct buffer *out);

/* The anchor that Markdown renderers make from a heading: letters in lower case, '-' for
 * spaces, no signs. */
void contents_anchor(const char *heading, size_t bytes, struct buffer *out);

/* In shilu's Markdown the table is between these lines. */
#define CONTENTS_BEGIN "<!-- contents -->"
#define CONTENTS_END "<!-- end of contents -->"

#endif

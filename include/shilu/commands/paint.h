/* Paint: the colours of a theme as escape sequences, for text that is printed line by line.
 * Made once, then only read, so threads may share it. */
#ifndef SHILU_COMMANDS_PAINT_H
#define SHILU_COMMANDS_PAINT_H

#include "shilu/app/options.h"
#include "shilu/formats/writer.h"
#include "shilu/view/style.h"

struct paint;

/* Colours as --color, --theme, NO_COLOR and TERM ask for; "auto" means where `fd` is a
 * terminal. NULL for a theme that cannot be had. Where there are no colours all sequences
 * are "". */
struct paint *paint_new(const struct options *o, int fd, struct error *err);
void paint_free(struct paint *p);

/* The sequence that starts a role, a speaker's accent, a search hit; and the one that ends any
 * of them. Borrowed from the paint. */
const char *paint_role(const struct paint *p, enum style_role role);
const char *paint_speaker(const struct paint *p, const struct transcript *t, uint32_t speaker);
const char *paint_match(const struct paint *p);
const char *paint_reset(const struct paint *p);

/* The same for a writer; borrowed from the paint. */
struct writer_paint paint_for_writer(struct paint *p);

/* The columns to fill: --width, else those of the terminal that `fd` is, else `otherwise`.
 * 0: no limit. */
int paint_columns(const struct options *o, int fd, int otherwise);

/* Columns as --ambiguous says; nothing is asked of the terminal, so "auto" is narrow. */
struct width *paint_width(const struct options *o);

#endif

/* ANSI style: the colours of a theme as escape sequences, for text printed line by line. Built
 * once and then only read, so threads may share it. */
#ifndef SHILU_CLI_ANSI_STYLE_H
#define SHILU_CLI_ANSI_STYLE_H

#include "shilu/cli/options.h"
#include "shilu/formats/writer.h"
#include "shilu/view/style.h"

struct ansi_style;

/* Colours according to --color, --theme, NO_COLOR and TERM; "auto" means if `fd` is a terminal.
 * NULL for a theme that cannot be loaded. Without colours, all sequences are "". */
struct ansi_style *ansi_style_new(const struct options *o, int fd, struct error *err);
void ansi_style_free(struct ansi_style *p);

/* The sequence that starts a role, a speaker's accent, a search hit; and the one that ends any
 * of them. Borrowed from the style. */
const char *ansi_style_role(const struct ansi_style *p, enum style_role role);
const char *ansi_style_speaker(const struct ansi_style *p, const struct transcript *t,
                               uint32_t speaker);
const char *ansi_style_match(const struct ansi_style *p);
const char *ansi_style_reset(const struct ansi_style *p);

/* The same for a writer; borrowed from the style. */
struct writer_paint ansi_style_for_writer(struct ansi_style *p);

/* The width in columns: --width, else that of the terminal on `fd`, else `otherwise`. 0 for no
 * limit. */
int ansi_style_columns(const struct options *o, int fd, int otherwise);

/* Column counting according to --ambiguous; the terminal is not asked, so "auto" is narrow. */
struct width *ansi_style_width(const struct options *o);

#endif

/* Text heading: what a line of a transcript in plain text says of who speaks and when, in all
 * the forms that plain_text lists. A line is judged by itself here; whether a record uses such
 * a heading is told from its first lines (plain_text). */
#ifndef SHILU_FORMATS_RECORDS_TEXT_HEADING_H
#define SHILU_FORMATS_RECORDS_TEXT_HEADING_H

#include <stdbool.h>
#include <stddef.h>

#include "formats/common/inline_timestamp.h"

/* Names are borrowed from the line. */
struct text_heading {
    const char *name; /* or NULL */
    size_t name_bytes;
    size_t text_byte; /* where what is said begins; the line's end where it is below */
    struct inline_timestamp stamp;
    bool stamped;
    bool alone;    /* a name with a time, or alone on its line: what is said is below */
    bool lone;     /* … and without a time */
    bool prefixed; /* name and colon */
    bool asked;    /* a Q alone */
    bool boxed;    /* a lone name in brackets */
    bool led;      /* what follows a time may be a name and not what is said */
};

/* Parse a trimmed line; false where it only goes on with the text. */
bool text_heading_parse(const char *line, size_t bytes, struct text_heading *heading);

/* Of a heading that is `led`: take the name, so that what is said is below. */
void text_heading_take_led(struct text_heading *heading, const char *line, size_t bytes);

#endif

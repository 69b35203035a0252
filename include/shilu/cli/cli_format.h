/* CLI format: the parts of printed lines: times, names, excerpts, JSON strings. All are safe
 * for a terminal, whatever the file contains. */
#ifndef SHILU_CLI_CLI_FORMAT_H
#define SHILU_CLI_CLI_FORMAT_H

#include "shilu/base/buffer.h"
#include "shilu/model/transcript.h"
#include "shilu/text/matcher.h"
#include "shilu/text/width.h"

/* "10:25:22", "2020-03-09 10:25:22" if the record spans several days, "0:12:30", or "" for
 * TIME_NONE. */
void cli_format_moment(struct buffer *out, const struct transcript *t, int64_t ms);
/* The same for JSON: "2020-03-09T10:25:22+08:00" or "0:12:30.250" in quotation marks, or
 * null. */
void cli_format_json_moment(struct buffer *out, const struct transcript *t, int64_t ms);
/* The start of a segment, or its number "#12" (from 1) if it has none. */
void cli_format_start(struct buffer *out, const struct transcript *t, uint32_t segment);

/* A speaker's name, "-" for SPEAKER_NONE; raw, not made safe. */
const char *cli_format_speaker(const struct transcript *t, uint32_t speaker);

/* Text on one line: made safe, with line breaks and tabs as spaces. */
void cli_format_text(struct buffer *out, const char *text, size_t bytes);

/* Text around a match within `columns` (0 for all of it), with `on` and `off` around the match
 * and an ellipsis where something was cut. */
void cli_format_excerpt(struct buffer *out, const struct width *w, const char *text,
                        size_t bytes, struct match match, int columns, const char *on,
                        const char *off);

/* A JSON string with its quotation marks (RFC 8259); null for NULL. */
void cli_format_json_string(struct buffer *out, const char *text, size_t bytes);
void cli_format_json_text(struct buffer *out, const char *text); /* the same for a C string */

/* A CSV field (RFC 4180), quoted if necessary. */
void cli_format_csv_field(struct buffer *out, const char *text);

/* Spaces up to a column. */
void cli_format_pad(struct buffer *out, int columns);

#endif

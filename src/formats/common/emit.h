/* Emit: the last step of a reader, from what the file says to the transcript. */
#ifndef SHILU_FORMATS_COMMON_EMIT_H
#define SHILU_FORMATS_COMMON_EMIT_H

#include "shilu/base/buffer.h"
#include "shilu/formats/reader.h"

/* Like transcript_append, with the text trimmed. A text of white space alone is left out. */
bool emit_segment(struct reader_context *context, struct segment_draft *draft,
                  struct error *err);

/* The number of a speaker by a label that may be padded (also with U+3000), hold runs of white
 * space, end in a colon, or have a role inside (name_role.h). SPEAKER_NONE if nothing is left,
 * or the word is null. */
uint32_t emit_speaker(struct reader_context *context, const char *name, size_t bytes);

/* Set a field from such a label, unless it is empty or already set. What follows a date is left
 * out, and what is not a date is not accepted. */
void emit_field(struct reader_context *context, enum transcript_field field, const char *value,
                size_t bytes);

/* Trim white space at both ends: the bytes that stay, from *s on. U+3000, U+00A0 and U+FEFF
 * count as white space, and so do the zero-width marks U+200B, U+200E and U+200F. */
size_t emit_trim(const char **s, size_t bytes);

bool emit_is_blank(const char *s, size_t bytes);

/* Append a text with each run of white space as one space, and none at the ends. */
void emit_squeeze(struct buffer *out, const char *s, size_t bytes);

/* The same for text that comes in parts: runs of white space become one space also across two
 * calls, and no line starts with one. */
void emit_words(struct buffer *out, const char *s, size_t bytes);

/* End the current line of such text, if it holds anything. */
void emit_break(struct buffer *out);

/* Append a line to hard-wrapped text: separated by a space, but by nothing between East Asian
 * characters (except Korean) and where a hyphen cuts a word. */
void emit_join(struct buffer *out, const char *line, size_t bytes);

/* Whether the words of a line and of the next one need a space between them. */
bool emit_needs_space(const char *before, size_t before_bytes, const char *after,
                      size_t after_bytes);

/* A clock reading that may pass midnight: a start more than half a day before the latest one is
 * of the next day. */
int64_t emit_wall_ms(int64_t date_ms, int64_t clock_ms, int64_t *latest_ms);

#endif

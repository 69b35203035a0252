/* Emit: the last step of a reader, from the file's content to the transcript. */
#ifndef SHILU_FORMATS_COMMON_EMIT_H
#define SHILU_FORMATS_COMMON_EMIT_H

#include "shilu/base/buffer.h"
#include "shilu/formats/reader.h"

/* Like transcript_append, with the text trimmed. A text of white space is dropped. */
bool emit_segment(struct reader_context *context, struct segment_draft *draft,
                  struct error *err);

/* The number of the speaker with this label, which may be padded (also with U+3000), contain
 * runs of white space, end in a colon, or include a role (name_role.h). SPEAKER_NONE if nothing
 * is left, or for the word "null". */
uint32_t emit_speaker(struct reader_context *context, const char *name, size_t bytes);

/* Set a field from such a label, unless it is empty or the field is already set. A date field
 * takes only the date at the start of the label, if there is one. */
void emit_field(struct reader_context *context, enum transcript_field field, const char *value,
                size_t bytes);

/* Trim white space at both ends; returns the remaining length, from *s on. U+3000, U+00A0 and
 * U+FEFF count as white space, and so do the zero-width marks U+200B, U+200E and U+200F. */
size_t emit_trim_ends(const char **s, size_t bytes);

/* Whether such white space may begin, or end, with this byte. */
static inline bool emit_may_begin_space(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte <= ' ' || byte == 0xC2 || byte == 0xE2 || byte == 0xE3 || byte == 0xEF;
}

static inline bool emit_may_end_space(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte <= ' ' || byte == 0xA0 || byte == 0x80 || byte == 0xBF || byte == 0x8B ||
           byte == 0x8E || byte == 0x8F;
}

/* Most texts that are trimmed are trim already, or end in one LF. */
static inline size_t emit_trim(const char **s, size_t bytes)
{
    bytes -= bytes > 0 && (*s)[bytes - 1] == '\n';
    return bytes > 0 && !emit_may_begin_space(**s) && !emit_may_end_space((*s)[bytes - 1])
               ? bytes
               : emit_trim_ends(s, bytes);
}

bool emit_is_blank(const char *s, size_t bytes);

/* Append a text, reducing each run of white space to one space and trimming both ends. */
void emit_squeeze(struct buffer *out, const char *s, size_t bytes);

/* The same for text that arrives in parts: a run of white space becomes one space even across
 * two calls, and no line starts with a space. */
void emit_words(struct buffer *out, const char *s, size_t bytes);

/* End the current line of such text, unless it is empty. */
void emit_break(struct buffer *out);

/* Append a line to hard-wrapped text: after a space, but without one between East Asian
 * characters (except Korean), or if a hyphen splits a word. */
void emit_join(struct buffer *out, const char *line, size_t bytes);

/* Whether a space is needed between the words of a line and of the next one. */
bool emit_needs_space(const char *before, size_t before_bytes, const char *after,
                      size_t after_bytes);

/* A clock reading that may pass midnight: a start more than half a day before the latest one
 * belongs to the next day. */
int64_t emit_wall_ms(int64_t date_ms, int64_t clock_ms, int64_t *latest_ms);

#endif

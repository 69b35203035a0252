/* Buffer: a growing array of bytes, always followed by a NUL. Zero-initialised is empty. */
#ifndef SHILU_BASE_BUFFER_H
#define SHILU_BASE_BUFFER_H

#include <stddef.h>

#include "shilu/base/error.h"
#include "shilu/base/span.h"

struct buffer {
    char *data; /* owned; NULL until something was added */
    size_t bytes;
    size_t capacity;
};

void buffer_release(struct buffer *b);
void buffer_clear(struct buffer *b); /* keeps the memory */

/* Reserve room for `more` bytes; returns where they start. buffer_commit adds them to the
 * content. */
char *buffer_reserve(struct buffer *b, size_t more);
void buffer_commit(struct buffer *b, size_t bytes);

void buffer_append(struct buffer *b, const void *bytes, size_t count);
void buffer_append_string(struct buffer *b, const char *s);
void buffer_append_char(struct buffer *b, char c);
void buffer_append_format(struct buffer *b, const char *format, ...) SHILU_PRINTF(2, 3);

/* Remove `count` bytes from the start. */
void buffer_drop_front(struct buffer *b, size_t count);

/* The bytes as a string, "" if empty; borrowed until the next change. */
const char *buffer_string(const struct buffer *b);
struct span buffer_span(const struct buffer *b); /* the same */

/* Hand the string to the caller, who frees it; the buffer is empty afterwards. */
char *buffer_take(struct buffer *b);

#endif

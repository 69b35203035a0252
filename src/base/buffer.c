/* A growing run of bytes. Invariant: data is NULL, or data[bytes] is NUL. */
#include "shilu/base/buffer.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"

void buffer_release(struct buffer *b)
{
    free(b->data);
    *b = (struct buffer){0};
}

void buffer_clear(struct buffer *b)
{
    b->bytes = 0;
    if (b->data != NULL)
        b->data[0] = '\0';
}

char *buffer_reserve(struct buffer *b, size_t more)
{
    bool is_new = b->data == NULL;

    MEMORY_RESERVE(b->data, b->capacity, b->bytes + more + 1);
    if (is_new)
        b->data[0] = '\0';
    return b->data + b->bytes;
}

void buffer_commit(struct buffer *b, size_t bytes)
{
    b->bytes += bytes;
    b->data[b->bytes] = '\0';
}

void buffer_append(struct buffer *b, const void *bytes, size_t count)
{
    char *end = buffer_reserve(b, count);

    if (count > 0)
        memcpy(end, bytes, count);
    buffer_commit(b, count);
}

void buffer_append_string(struct buffer *b, const char *s)
{
    buffer_append(b, s, strlen(s));
}

void buffer_append_char(struct buffer *b, char c)
{
    buffer_append(b, &c, 1);
}

void buffer_append_format(struct buffer *b, const char *format, ...)
{
    va_list arguments;
    va_list again;
    int bytes;

    va_start(arguments, format);
    va_copy(again, arguments);
    bytes = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (bytes > 0) {
        vsnprintf(buffer_reserve(b, (size_t)bytes), (size_t)bytes + 1, format, again);
        buffer_commit(b, (size_t)bytes);
    }
    va_end(again);
}

void buffer_drop_front(struct buffer *b, size_t count)
{
    if (count == 0)
        return;
    memmove(b->data, b->data + count, b->bytes - count + 1);
    b->bytes -= count;
}

const char *buffer_string(const struct buffer *b)
{
    return b->data != NULL ? b->data : "";
}

struct span buffer_span(const struct buffer *b)
{
    return span_of(buffer_string(b), b->bytes);
}

char *buffer_take(struct buffer *b)
{
    char *data = b->data != NULL ? b->data : memory_strdup("");

    *b = (struct buffer){0};
    return data;
}

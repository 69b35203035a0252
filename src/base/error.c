/* Errors and diagnostics. Messages are translated here, and truncated at the end of their array
 * between characters, so that a name from a file stays valid UTF-8. */
#include "shilu/base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

/* Drop a UTF-8 sequence that the end of the array cuts. */
static void trim_cut_character(char *message, size_t capacity, int wanted)
{
    size_t end;
    size_t start;
    unsigned char lead;
    size_t length;

    if (wanted < 0 || (size_t)wanted < capacity)
        return;
    end = strlen(message);
    start = end;
    while (start > 0 && ((unsigned char)message[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    lead = (unsigned char)message[--start];
    length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (end - start < length)
        message[start] = '\0';
}

static void format_message(char *out, size_t capacity, const char *format, va_list arguments)
{
    int wanted = vsnprintf(out, capacity, translate(format), arguments);

    trim_cut_character(out, capacity, wanted);
}

bool error_set(struct error *err, enum error_code code, const char *format, ...)
{
    va_list arguments;

    err->code = code;
    err->line = 0;
    err->column = 0;
    va_start(arguments, format);
    format_message(err->message, sizeof err->message, format, arguments);
    va_end(arguments);
    return false;
}

bool error_set_at(struct error *err, enum error_code code, uint64_t line, uint64_t column,
                  const char *format, ...)
{
    va_list arguments;

    err->code = code;
    err->line = line;
    err->column = column;
    va_start(arguments, format);
    format_message(err->message, sizeof err->message, format, arguments);
    va_end(arguments);
    return false;
}

bool error_set_errno(struct error *err, int errnum, const char *format, ...)
{
    char subject[sizeof err->message / 2];
    va_list arguments;

    va_start(arguments, format);
    format_message(subject, sizeof subject, format, arguments);
    va_end(arguments);
    return error_set(err, ERROR_SYSTEM, "%s: %s", subject, translate_errno(errnum));
}

void diagnostics_release(struct diagnostics *list)
{
    free(list->items);
    *list = (struct diagnostics){0};
}

void diagnostics_add(struct diagnostics *list, enum severity severity, uint64_t line,
                     uint64_t column, const char *format, ...)
{
    struct diagnostic *item;
    va_list arguments;

    list->count[severity]++;
    if (list->kept == DIAGNOSTICS_KEPT)
        return;
    MEMORY_RESERVE(list->items, list->capacity, list->kept + 1);
    item = &list->items[list->kept++];
    item->severity = severity;
    item->line = line;
    item->column = column;
    va_start(arguments, format);
    format_message(item->message, sizeof item->message, format, arguments);
    va_end(arguments);
}

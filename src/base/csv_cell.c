/* Cells of CSV. */
#include "shilu/base/csv_cell.h"

#include <ctype.h>
#include <string.h>

static bool is_number(const char *s, size_t bytes)
{
    size_t digits = 0;
    size_t i;

    for (i = 1; i < bytes; i++) {
        if (isdigit((unsigned char)s[i]))
            digits++;
        else if (strchr(".,%", s[i]) == NULL)
            return false;
    }
    return digits > 0 && (*s == '-' || *s == '+');
}

bool csv_cell_is_formula(const char *s, size_t bytes)
{
    if (bytes == 0 || *s == '\0' || strchr("=+-@\t\r", *s) == NULL)
        return false;
    return !is_number(s, bytes);
}

static bool needs_quotes(const char *s, size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes; i++) {
        if (s[i] != '\0' && strchr(",\"\r\n;\t", s[i]) != NULL)
            return true;
    }
    return bytes > 0 && (s[0] == ' ' || s[bytes - 1] == ' ');
}

void csv_cell_append(struct buffer *out, const char *s, size_t bytes, bool raw)
{
    bool guarded = !raw && csv_cell_is_formula(s, bytes);
    bool quoted = needs_quotes(s, bytes);
    size_t i;

    buffer_append_string(out, quoted ? "\"" : "");
    buffer_append_string(out, guarded ? "'" : "");
    for (i = 0; i < bytes; i++) {
        if (s[i] == '"')
            buffer_append_char(out, '"');
        buffer_append_char(out, s[i]);
    }
    buffer_append_string(out, quoted ? "\"" : "");
}

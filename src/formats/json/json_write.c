/* Writing JSON. No state is kept between calls. */
#include "formats/json/json_write.h"

#include <stdint.h>
#include <stdlib.h>

#include "shilu/text/char_class.h"
#include "shilu/text/utf8.h"

static int must_be_escaped(uint32_t cp)
{
    return cp == '"' || cp == '\\' || char_is_unsafe(cp);
}

static void write_escape(FILE *out, uint32_t cp)
{
    switch (cp) {
    case '"':
        fputs("\\\"", out);
        break;
    case '\\':
        fputs("\\\\", out);
        break;
    case '\n':
        fputs("\\n", out);
        break;
    case '\t':
        fputs("\\t", out);
        break;
    default:
        if (cp > 0xFFFF) /* a surrogate pair, as RFC 8259 requires */
            fprintf(out, "\\u%04x\\u%04x", 0xD7C0u + (cp >> 10), 0xDC00u + (cp & 0x3FF));
        else
            fprintf(out, "\\u%04x", (unsigned)cp);
    }
}

void json_write_string(FILE *out, const char *s, size_t bytes)
{
    size_t run = 0;
    size_t at = 0;

    putc('"', out);
    while (at < bytes) {
        uint32_t cp;
        size_t taken = utf8_decode(s + at, bytes - at, &cp);

        if (must_be_escaped(cp)) {
            fwrite(s + run, 1, at - run, out);
            write_escape(out, cp);
            run = at + taken;
        }
        at += taken;
    }
    fwrite(s + run, 1, bytes - run, out);
    putc('"', out);
}

void json_write_raw(FILE *out, const char *json, size_t bytes)
{
    size_t run = 0;
    size_t at = 0;

    while (at < bytes) {
        uint32_t cp;
        size_t taken = utf8_decode(json + at, bytes - at, &cp);

        if (cp == '\n' || cp == '\r') {
            fwrite(json + run, 1, at - run, out);
            putc(' ', out);
            run = at + taken;
        } else if (cp >= 0x7F && must_be_escaped(cp)) {
            fwrite(json + run, 1, at - run, out);
            write_escape(out, cp);
            run = at + taken;
        }
        at += taken;
    }
    fwrite(json + run, 1, bytes - run, out);
}

void json_write_seconds(FILE *out, long long ms)
{
    long long fraction = llabs(ms) % 1000;
    int digits = 3;

    fprintf(out, "%s%lld", ms < 0 ? "-" : "", llabs(ms) / 1000);
    if (fraction == 0)
        return;
    for (; fraction % 10 == 0; fraction /= 10)
        digits--;
    fprintf(out, ".%0*lld", digits, fraction);
}

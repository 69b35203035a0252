/* Caption text: tags out, references decoded, voices apart. Invariant: the parts cover the
 * text in order, and each name lies in names. */
#include "formats/captions/caption_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/html_entity.h"
#include "shilu/base/memory.h"

void caption_text_release(struct caption_text *c)
{
    buffer_release(&c->text);
    buffer_release(&c->names);
    free(c->parts);
    *c = (struct caption_text){0};
}

/* Close the part that is open and start one with this voice. A part without text is dropped,
 * so that a hundred thousand empty tags leave one. */
static void start_part(struct caption_text *c, const char *name, size_t bytes)
{
    struct caption_part *last = c->count > 0 ? &c->parts[c->count - 1] : NULL;

    if (last != NULL) {
        last->text_bytes = c->text.bytes - last->text_byte;
        if (last->text_bytes == 0) {
            c->names.bytes = last->name_byte;
            c->count--;
        }
    }
    MEMORY_RESERVE(c->parts, c->capacity, c->count + 1);
    last = &c->parts[c->count++];
    *last = (struct caption_part){.name_byte = c->names.bytes, .text_byte = c->text.bytes};
    html_entity_decode(&c->names, name, bytes);
    last->name_bytes = c->names.bytes - last->name_byte;
}

/* A tag: its name, and what stands after the name. */
struct tag {
    const char *name;
    size_t name_bytes;
    const char *rest; /* classes and annotation, up to the '>' */
    size_t rest_bytes;
    bool closing;
};

static void split_tag(struct tag *tag, const char *s, size_t bytes)
{
    size_t at = 0;

    tag->closing = bytes > 0 && *s == '/';
    if (tag->closing) {
        s++;
        bytes--;
    }
    while (at < bytes && isalnum((unsigned char)s[at]))
        at++;
    tag->name = s;
    tag->name_bytes = at;
    tag->rest = s + at;
    tag->rest_bytes = bytes - at;
}

static bool tag_is(const struct tag *tag, const char *name)
{
    return tag->name_bytes == strlen(name) &&
           strncasecmp(tag->name, name, tag->name_bytes) == 0;
}

static bool is_known(const char *s, size_t bytes)
{
    static const char *const names[] = {"i",    "b",    "u",    "s",   "em",  "strong",
                                        "font", "br",   "span", "c",   "v",   "p",
                                        "lang", "ruby", "rt",   "div", "sub", "sup"};
    struct tag tag;
    size_t i;

    split_tag(&tag, s, bytes < 8 ? bytes : 8);
    for (i = 0; i < sizeof names / sizeof names[0]; i++)
        if (tag_is(&tag, names[i]))
            return true;
    return false;
}

/* Whether a tag may start after this '<'. */
static bool opens_tag(enum caption_markup markup, const char *s, size_t bytes)
{
    if (bytes == 0)
        return false;
    if (markup == CAPTION_SRT)
        return is_known(s, bytes);
    return isalnum((unsigned char)*s) || *s == '/' || *s == '.' || *s == '>';
}

/* A voice's name: after classes, trimmed. */
static void open_voice(struct caption_text *c, const struct tag *tag)
{
    const char *name = tag->rest;
    size_t bytes = tag->rest_bytes;

    while (bytes > 0 && !isspace((unsigned char)*name)) {
        name++;
        bytes--;
    }
    bytes = emit_trim(&name, bytes);
    start_part(c, name, bytes);
}

static void take_tag(struct caption_text *c, const char *s, size_t bytes)
{
    struct tag tag;

    split_tag(&tag, s, bytes);
    if (tag_is(&tag, "br"))
        buffer_append_char(&c->text, '\n');
    else if (tag_is(&tag, "v") && tag.closing)
        start_part(c, "", 0);
    else if (tag_is(&tag, "v"))
        open_voice(c, &tag);
}

/* How many bytes of markup stand here, 0 for none. `last` is the last '>' of the cue, so that
 * a text of many '<' alone is read in one pass. */
static size_t take_markup(struct caption_text *c, enum caption_markup markup, const char *s,
                          const char *end, const char *last)
{
    const char *close;
    size_t used;

    if (*s == '&')
        return html_entity_take(&c->text, s, (size_t)(end - s), &used) ? used : 0;
    if (*s == '<' && last != NULL && s < last &&
        opens_tag(markup, s + 1, (size_t)(end - s - 1))) {
        close = memchr(s, '>', (size_t)(end - s));
        take_tag(c, s + 1, (size_t)(close - s - 1));
        return (size_t)(close - s + 1);
    }
    if (*s == '{' && markup == CAPTION_SRT && end - s > 1 && s[1] == '\\') {
        close = memchr(s, '}', (size_t)(end - s < 200 ? end - s : 200));
        return close != NULL ? (size_t)(close - s + 1) : 0;
    }
    return 0;
}

void caption_text_parse(struct caption_text *c, enum caption_markup markup, const char *raw,
                        size_t bytes)
{
    const char *end = raw + bytes;
    const char *last = markup != CAPTION_PLAIN && bytes > 0 ? memrchr(raw, '>', bytes) : NULL;

    c->count = 0;
    buffer_clear(&c->text);
    buffer_clear(&c->names);
    start_part(c, "", 0);
    while (raw < end) {
        size_t used = markup == CAPTION_PLAIN ? 0 : take_markup(c, markup, raw, end, last);

        if (used == 0) {
            buffer_append_char(&c->text, *raw);
            used = 1;
        }
        raw += used;
    }
    c->parts[c->count - 1].text_bytes = c->text.bytes - c->parts[c->count - 1].text_byte;
}

static size_t take_digits(const char *s, size_t bytes, int64_t *value)
{
    size_t at = 0;

    *value = 0;
    while (at < bytes && isdigit((unsigned char)s[at])) {
        if (*value < 100000000)
            *value = *value * 10 + (s[at] - '0');
        at++;
    }
    return at;
}

static size_t take_fraction(const char *s, size_t bytes, struct caption_timing *form,
                            int64_t *ms)
{
    int64_t digits;
    size_t used;

    if (bytes < 2 || (*s != '.' && *s != ',') || !isdigit((unsigned char)s[1])) {
        form->strict = false;
        return 0;
    }
    form->comma |= *s == ',';
    used = take_digits(s + 1, bytes - 1 < 3 ? bytes - 1 : 3, &digits);
    form->strict &= used == 3;
    *ms += used == 1 ? digits * 100 : used == 2 ? digits * 10 : digits;
    while (used + 1 < bytes && isdigit((unsigned char)s[used + 1])) {
        form->strict = false;
        used++;
    }
    return used + 1;
}

size_t caption_time_parse(const char *s, size_t bytes, struct caption_timing *form, int64_t *ms)
{
    bool negative = bytes > 0 && *s == '-';
    size_t at = negative ? 1 : 0;
    int64_t seconds = 0;
    int fields;

    for (fields = 0; fields < 3; fields++) {
        int64_t value;
        size_t used = take_digits(s + at, bytes - at, &value);

        if (used == 0)
            return 0;
        form->strict &= fields == 0 ? used >= 2 : used == 2 && value < 60;
        seconds = seconds * 60 + value;
        at += used;
        if (fields == 2 || at + 1 >= bytes || s[at] != ':' ||
            !isdigit((unsigned char)s[at + 1]))
            break;
        at++;
    }
    form->strict &= fields >= 1 && !negative;
    *ms = seconds * 1000;
    at += take_fraction(s + at, bytes - at, form, ms);
    if (negative)
        *ms = -*ms;
    return at;
}

static size_t skip_blanks(const char *s, size_t bytes)
{
    size_t at = 0;

    while (at < bytes && (s[at] == ' ' || s[at] == '\t'))
        at++;
    return at;
}

bool caption_timing_has_arrow(const char *line, size_t bytes)
{
    return memmem(line, bytes, "-->", 3) != NULL;
}

bool caption_timing_parse(const char *line, size_t bytes, struct caption_timing *timing)
{
    struct caption_timing t = {.strict = true};
    size_t at = skip_blanks(line, bytes);
    size_t used = caption_time_parse(line + at, bytes - at, &t, &t.start_ms);
    size_t blanks;

    t.strict &= at == 0;
    at += used;
    blanks = skip_blanks(line + at, bytes - at);
    at += blanks;
    if (used == 0 || bytes - at < 3 || memcmp(line + at, "-->", 3) != 0)
        return false;
    at += 3;
    t.strict &= blanks > 0;
    blanks = skip_blanks(line + at, bytes - at);
    at += blanks;
    t.strict &= blanks > 0;
    used = caption_time_parse(line + at, bytes - at, &t, &t.end_ms);
    at += used;
    if (used == 0 || (at < bytes && !isspace((unsigned char)line[at])))
        return false;
    *timing = t;
    return true;
}

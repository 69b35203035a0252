/* Caption text: removes tags, resolves references, separates voices. Invariant: the parts cover
 * the text in order, and each name is in `names`. */
#include "formats/captions/caption_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/formats/html_entity.h"

void caption_text_release(struct caption_text *c)
{
    buffer_release(&c->text);
    buffer_release(&c->names);
    free(c->parts);
    *c = (struct caption_text){0};
}

/* Close the open part and start one with this voice. A part without text is dropped, so that a
 * hundred thousand empty tags leave only one. */
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

/* A tag: its name and the rest. */
struct tag {
    const char *name;
    size_t name_bytes;
    const char *rest; /* classes and annotation, up to the '>' */
    size_t rest_bytes;
    bool closing;
};

/* Machine translation inserts blanks into tags: "</ i>", "< b >". */
static void split_tag(struct tag *tag, const char *s, size_t bytes)
{
    size_t at = span_skip_blanks(span_of(s, bytes), 0);
    size_t name;

    tag->closing = at < bytes && s[at] == '/';
    if (tag->closing)
        at = span_skip_blanks(span_of(s, bytes), at + 1);
    name = at;
    while (at < bytes && isalnum((unsigned char)s[at]))
        at++;
    tag->name = s + name;
    tag->name_bytes = at - name;
    tag->rest = s + at;
    tag->rest_bytes = bytes - at;
}

static bool tag_is(const struct tag *tag, const char *name)
{
    return tag->name_bytes == strlen(name) &&
           strncasecmp(tag->name, name, tag->name_bytes) == 0;
}

/* Whether a tag with a known name starts here. If a blank precedes the name, only blanks and
 * attributes may follow it: "a < b, c > d" has no tag. */
static bool is_known(const char *s, size_t bytes)
{
    static const char *const names[] = {"i",    "b",    "u",    "s",      "em",       "strong",
                                        "font", "br",   "span", "c",      "v",        "p",
                                        "lang", "ruby", "rt",   "rp",     "div",      "sub",
                                        "sup",  "rb",   "bold", "italic", "underline"};
    const char *close = memchr(s, '>', bytes);
    struct tag tag;
    size_t rest;
    size_t i;

    if (close == NULL)
        return false;
    split_tag(&tag, s, (size_t)(close - s));
    for (i = 0; tag.name_bytes > 0 && i < sizeof names / sizeof names[0]; i++)
        if (tag_is(&tag, names[i]))
            break;
    if (tag.name_bytes == 0 || i == sizeof names / sizeof names[0])
        return false;
    rest = span_skip_blanks(span_of(tag.rest, tag.rest_bytes), 0);
    return *s != ' ' || rest == tag.rest_bytes || memchr(tag.rest, '=', tag.rest_bytes) != NULL;
}

/* "<00:01.500>": the time of the following words. */
static bool is_word_time(const char *s, size_t bytes)
{
    size_t at = 0;

    while (at < bytes && (isdigit((unsigned char)s[at]) || s[at] == ':' || s[at] == '.'))
        at++;
    return at >= 5 && at < bytes && s[at] == '>' && memchr(s, ':', at) != NULL;
}

/* Whether a cue ends with a tag that lacks its '>' and holds nothing that could be words:
 * "</i", "<c.red", "<0:01.5". */
static bool is_unfinished(struct span text)
{
    static const char *const names[] = {"c", "i", "b", "u", "v", "rt", "ruby", "lang", NULL};
    struct tag tag;
    size_t at = 1;

    text = span_trim(text);
    while (at < text.length && (isdigit((unsigned char)text.data[at]) || text.data[at] == ':' ||
                                text.data[at] == '.'))
        at++;
    if (at == text.length)
        return at > 4 && span_find(text, ':') < text.length;
    split_tag(&tag, text.data + 1, text.length - 1);
    return span_find(text, ' ') == text.length &&
           span_is_any(span_of(tag.name, tag.name_bytes), names) &&
           (tag.closing ? tag.rest_bytes == 0 : tag.rest_bytes > 0 && *tag.rest == '.');
}

/* Whether this '<' may start a tag. */
static bool opens_tag(enum caption_markup markup, const char *s, size_t bytes)
{
    if (bytes == 0)
        return false;
    if (markup == CAPTION_VTT && (isalnum((unsigned char)*s) || strchr("/.>", *s) != NULL))
        return true;
    return is_known(s, bytes) || is_word_time(s, bytes);
}

/* The name in a voice tag: after the classes, trimmed. A dash says that the speaker changes,
 * but not to whom. */
static void open_voice(struct caption_text *c, const struct tag *tag)
{
    const char *name = tag->rest;
    size_t bytes = tag->rest_bytes;

    while (bytes > 0 && !isspace((unsigned char)*name)) {
        name++;
        bytes--;
    }
    bytes = emit_trim(&name, bytes);
    if (bytes == 1 && *name == '-')
        bytes = 0;
    c->voiced = true;
    start_part(c, name, bytes);
}

/* The reading of a word ends: remove it. */
static void end_reading(struct caption_text *c)
{
    if (c->in_ruby && c->text.bytes >= c->ruby_byte) {
        c->text.bytes = c->ruby_byte;
        c->text.data[c->ruby_byte] = '\0';
    }
    c->in_ruby = false;
}

static void take_tag(struct caption_text *c, const char *s, size_t bytes)
{
    struct tag tag;

    split_tag(&tag, s, bytes);
    if (tag_is(&tag, "br")) {
        buffer_append_char(&c->text, '\n');
    } else if (tag_is(&tag, "v")) {
        end_reading(c);
        if (tag.closing)
            start_part(c, "", 0);
        else
            open_voice(c, &tag);
    } else if (tag_is(&tag, "rt") || tag_is(&tag, "rp")) {
        end_reading(c);
        c->in_ruby = !tag.closing && c->text.bytes > 0;
        c->ruby_byte = c->text.bytes;
    } else if (tag_is(&tag, "ruby") || tag_is(&tag, "rb")) {
        end_reading(c);
        c->ruby_open |= !tag.closing;
    }
}

/* "{y:i}", "{C:$0000FF}": codes of MicroDVD that converters leave. */
static bool is_microdvd_code(const char *s, size_t bytes)
{
    return bytes > 3 && strchr("yYcCfFsSoOpPhH", s[1]) != NULL && s[1] != '\0' && s[2] == ':';
}

static size_t take_braces(const char *s, const char *end)
{
    size_t most = (size_t)(end - s) < 200 ? (size_t)(end - s) : 200;
    const char *close;

    if (most < 3 || (s[1] != '\\' && !is_microdvd_code(s, most)))
        return 0;
    close = memchr(s, '}', most);
    return close != NULL ? (size_t)(close - s + 1) : 0;
}

/* The length of the markup here; 0 for none. `last` is the last '>' of the cue, which keeps a
 * text of many '<' linear. */
static size_t take_markup(struct caption_text *c, enum caption_markup markup, const char *s,
                          const char *end, const char *last)
{
    enum { UNFINISHED_BYTES_MAX = 32 };
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
    if (*s == '<' && markup == CAPTION_VTT && (last == NULL || s > last) &&
        end - s < UNFINISHED_BYTES_MAX && is_unfinished(span_of(s, (size_t)(end - s))))
        return (size_t)(end - s);
    return *s == '{' && markup == CAPTION_SRT ? take_braces(s, end) : 0;
}

enum { PLAIN_BYTES = 1024 };

/* The bytes before the next sign that may be markup. May return fewer: otherwise a text of many
 * '{' without a '<' would be searched to its end at each '{'. */
static size_t plain_bytes(const char *s, size_t bytes)
{
    static const char signs[] = {'<', '&', '{'};
    size_t i;

    if (bytes > PLAIN_BYTES)
        bytes = PLAIN_BYTES;

    for (i = 0; i < sizeof signs && bytes > 0; i++) {
        const char *at = memchr(s, signs[i], bytes);

        if (at != NULL)
            bytes = (size_t)(at - s);
    }
    return bytes;
}

void caption_text_parse(struct caption_text *c, enum caption_markup markup, const char *raw,
                        size_t bytes)
{
    const char *end = raw + bytes;
    const char *last = markup != CAPTION_PLAIN && bytes > 0 ? memrchr(raw, '>', bytes) : NULL;

    c->count = 0;
    c->in_ruby = c->ruby_open = c->voiced = false;
    buffer_clear(&c->text);
    buffer_clear(&c->names);
    start_part(c, "", 0);
    if (markup == CAPTION_PLAIN) {
        buffer_append(&c->text, raw, bytes);
        raw = end;
    }
    while (raw < end) {
        size_t plain = plain_bytes(raw, (size_t)(end - raw));
        size_t used;

        buffer_append(&c->text, raw, plain);
        raw += plain;
        if (raw == end)
            break;
        used = take_markup(c, markup, raw, end, last);
        if (used == 0) {
            buffer_append_char(&c->text, *raw);
            used = 1;
        }
        raw += used;
    }
    if (c->ruby_open)
        end_reading(c); /* never closed */
    c->parts[c->count - 1].text_bytes = c->text.bytes - c->parts[c->count - 1].text_byte;
}

bool caption_text_is_picture(struct span text)
{
    static const char *const pictures[] = {".jpg", ".jpeg", ".png", ".webp", ".gif", NULL};
    bool part;
    size_t i;

    text = span_trim(text);
    part = span_find(text, '#') < text.length &&
           bytes_find(text.data, text.length, "#xywh=") != NULL;
    if (!part && (text.length == 0 || !islower((unsigned char)text.data[text.length - 1])))
        return false;
    for (i = 0; !part && pictures[i] != NULL && !span_ends_with(text, pictures[i]); i++)
        continue;
    if (!part && pictures[i] == NULL)
        return false;
    for (i = 0; i < text.length && !span_is_space(text.data[i]); i++)
        continue;
    return i == text.length;
}

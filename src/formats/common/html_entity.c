/* Character references. The tables are sorted by strcmp; tests check that. */
#include "shilu/formats/html_entity.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/text/utf8.h"

struct entity {
    char name[9];
    uint16_t code_point;
};

static const struct entity entities[] = {
#include "formats/common/html_entities.inc"
};

/* Of one or two characters. */
struct long_entity {
    char name[32];
    uint32_t code_points[2];
};

static const struct long_entity long_entities[] = {
#include "formats/common/html5_entities.inc"
};

enum {
    ENTITIES = sizeof entities / sizeof entities[0],
    NAME_MAX_BYTES = 8,
    LONG_ENTITIES = sizeof long_entities / sizeof long_entities[0],
    LONG_NAME_MAX_BYTES = 31
};

static int compare(const void *name, const void *entity)
{
    return strcmp(name, ((const struct entity *)entity)->name);
}

static int compare_long(const void *name, const void *entity)
{
    return strcmp(name, ((const struct long_entity *)entity)->name);
}

/* The names of HTML 5, which need their semicolon. */
static const struct long_entity *find_long(const char *s, size_t bytes, size_t *used)
{
    char name[LONG_NAME_MAX_BYTES + 1];
    size_t at = 1;

    while (at < bytes && at <= LONG_NAME_MAX_BYTES && isalnum((unsigned char)s[at])) {
        name[at - 1] = s[at];
        at++;
    }
    if (at < 3 || at >= bytes || s[at] != ';')
        return NULL;
    name[at - 1] = '\0';
    *used = at + 1;
    return bsearch(name, long_entities, LONG_ENTITIES, sizeof long_entities[0], compare_long);
}

static bool needs_no_semicolon(const char *name)
{
    static const char *const bare[] = {"amp", "gt", "lt", "nbsp", "quot", NULL};

    return span_is_any(span_string(name), bare);
}

static bool take_name(const char *s, size_t bytes, size_t *used, uint32_t *cp)
{
    char name[NAME_MAX_BYTES + 1];
    const struct entity *found;
    size_t at = 1;

    while (at < bytes && at <= NAME_MAX_BYTES && isalnum((unsigned char)s[at])) {
        name[at - 1] = s[at];
        at++;
    }
    name[at - 1] = '\0';
    found = bsearch(name, entities, ENTITIES, sizeof entities[0], compare);
    if (found == NULL)
        return false;
    if (at < bytes && s[at] == ';')
        at++;
    else if (!needs_no_semicolon(name) || (at < bytes && isalnum((unsigned char)s[at])))
        return false;
    *used = at;
    *cp = found->code_point;
    return true;
}

static uint32_t allowed(uint32_t cp)
{
    bool control = (cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r') ||
                   (cp >= 0x7F && cp < 0xA0);

    return control ? UTF8_REPLACEMENT : cp;
}

static bool take_number(const char *s, size_t bytes, size_t *used, uint32_t *cp)
{
    bool hex = bytes > 2 && (s[2] == 'x' || s[2] == 'X');
    size_t start = hex ? 3 : 2;
    size_t at = start;
    uint32_t value = 0;

    if (bytes > HTML_ENTITY_BYTES_MAX)
        bytes = HTML_ENTITY_BYTES_MAX;
    for (; at < bytes; at++) {
        unsigned char c = (unsigned char)s[at];

        if (!(hex ? isxdigit(c) : isdigit(c)))
            break;
        if (value < 0x110000)
            value = value * (hex ? 16 : 10) +
                    (uint32_t)(isdigit(c) ? c - '0' : tolower(c) - 'a' + 10);
    }
    if (at == start || at >= bytes || s[at] != ';')
        return false;
    *used = at + 1;
    *cp = allowed(value);
    return true;
}

bool html_entity_take(struct buffer *out, const char *s, size_t bytes, size_t *used)
{
    const struct long_entity *entity;
    char text[UTF8_MAX_BYTES];
    uint32_t cp;
    size_t i;

    if (bytes > 1 && s[1] == '#' ? take_number(s, bytes, used, &cp)
                                 : take_name(s, bytes, used, &cp)) {
        buffer_append(out, text, utf8_encode(cp, text));
        return true;
    }
    entity = find_long(s, bytes, used);
    for (i = 0; entity != NULL && i < 2 && entity->code_points[i] != 0; i++)
        buffer_append(out, text, utf8_encode(allowed(entity->code_points[i]), text));
    return entity != NULL;
}

void html_entity_decode(struct buffer *out, const char *s, size_t bytes)
{
    const char *end = s + bytes;
    size_t used;

    while (s < end) {
        const char *mark = memchr(s, '&', (size_t)(end - s));

        buffer_append(out, s, (size_t)((mark == NULL ? end : mark) - s));
        if (mark == NULL)
            return;
        s = mark;
        if (html_entity_take(out, s, (size_t)(end - s), &used)) {
            s += used;
        } else {
            buffer_append_char(out, '&');
            s++;
        }
    }
}

void html_entity_encode(struct buffer *out, const char *s, size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes; i++) {
        switch (s[i]) {
        case '&':
            buffer_append_string(out, "&amp;");
            break;
        case '<':
            buffer_append_string(out, "&lt;");
            break;
        case '>':
            buffer_append_string(out, "&gt;");
            break;
        case '"':
            buffer_append_string(out, "&quot;");
            break;
        default:
            buffer_append_char(out, s[i]);
        }
    }
}

void html_entity_declare(struct buffer *out)
{
    size_t i;

    for (i = 0; i < ENTITIES; i++)
        if (entities[i].code_point > 0x7F) {
            char text[UTF8_MAX_BYTES];

            buffer_append_string(out, "<!ENTITY ");
            buffer_append_string(out, entities[i].name);
            buffer_append_string(out, " \"");
            buffer_append(out, text, utf8_encode(entities[i].code_point, text));
            buffer_append_string(out, "\">");
        }
}

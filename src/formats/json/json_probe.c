/* JSON probe: a walk along one path. `at` never passes `bytes`; a walk that comes to the end
 * of the head has found nothing. */
#include "formats/json/json_probe.h"

#include <string.h>

struct probe {
    const char *s;
    size_t bytes;
    size_t at;
};

static char peek(const struct probe *p)
{
    return p->at < p->bytes ? p->s[p->at] : '\0';
}

static void skip_space(struct probe *p)
{
    while (p->at < p->bytes && memchr(" \t\r\n", p->s[p->at], 4) != NULL)
        p->at++;
}

/* From quote to quote: every reader walks the head, most of which is strings. */
static bool skip_string(struct probe *p)
{
    size_t start = ++p->at;

    while (p->at < p->bytes) {
        const char *quote = memchr(p->s + p->at, '"', p->bytes - p->at);
        size_t escapes = 0;

        if (quote == NULL)
            break;
        p->at = (size_t)(quote - p->s);
        while (p->at - escapes > start && p->s[p->at - escapes - 1] == '\\')
            escapes++;
        p->at++;
        if (escapes % 2 == 0)
            return true;
    }
    p->at = p->bytes;
    return false;
}

/* A value of any kind, by its brackets alone. */
static bool skip_value(struct probe *p)
{
    size_t depth = 0;

    while (p->at < p->bytes) {
        char c = p->s[p->at];

        if (c == '"') {
            if (!skip_string(p))
                return false;
        } else if (depth == 0 && (c == ',' || c == ']' || c == '}')) {
            return true;
        } else {
            depth += c == '{' || c == '[';
            depth -= c == '}' || c == ']';
            p->at++;
        }
        if (depth == 0 && memchr("\"}]", p->s[p->at - 1], 3) != NULL)
            return true;
    }
    return false;
}

/* Into the member of that name of the object at hand. */
static bool enter_member(struct probe *p, const char *name, size_t name_bytes)
{
    for (p->at++; skip_space(p), peek(p) == '"';) {
        size_t start = p->at + 1;
        bool found;

        if (!skip_string(p))
            return false;
        found = p->at - 1 - start == name_bytes && memcmp(p->s + start, name, name_bytes) == 0;
        skip_space(p);
        if (peek(p) != ':')
            return false;
        p->at++;
        skip_space(p);
        if (found)
            return true;
        if (!skip_value(p))
            return false;
        skip_space(p);
        if (peek(p) != ',')
            return false;
        p->at++;
    }
    return false;
}

static bool enter(struct probe *p, const char *step, size_t step_bytes)
{
    if (peek(p) == '{')
        return enter_member(p, step, step_bytes);
    if (peek(p) != '[' || step_bytes != 1 || *step != '0')
        return false;
    p->at++;
    skip_space(p);
    return peek(p) != ']';
}

static bool walk(struct probe *p, const char *path)
{
    skip_space(p);
    while (*path != '\0') {
        size_t step_bytes = strcspn(path, ".");

        if (!enter(p, path, step_bytes))
            return false;
        path += step_bytes;
        path += *path == '.';
    }
    return p->at < p->bytes;
}

char json_probe_type(const char *head, size_t bytes, const char *path)
{
    struct probe p = {head, bytes, 0};

    return walk(&p, path) ? peek(&p) : '\0';
}

bool json_probe_is(const char *head, size_t bytes, const char *path, const char *string)
{
    struct probe p = {head, bytes, 0};
    size_t length = strlen(string);

    return walk(&p, path) && peek(&p) == '"' && p.bytes - p.at >= length + 2 &&
           memcmp(p.s + p.at + 1, string, length) == 0 && p.s[p.at + 1 + length] == '"';
}

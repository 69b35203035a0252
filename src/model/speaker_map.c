/* Speaker map. Each label is looked up once, and its new name is not looked up again, so two
 * names can be swapped. */
#include "shilu/model/speaker_map.h"

#include <stdlib.h>
#include <string.h>

#include "model/transcript_private.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/text/utf8.h"

struct map_entry {
    char *label; /* owned, tidied */
    char *name;  /* owned, tidied */
    uint64_t line;
    UT_hash_handle hh;
};

struct speaker_map {
    struct map_entry *entries; /* owned */
};

/* The line being read. */
struct map_line {
    const char *start;
    const char *end;
    uint64_t number;
    struct error *err;
};

static bool fault(const struct map_line *l, const char *at, const char *what)
{
    return error_set_at(l->err, ERROR_SYNTAX, l->number,
                        utf8_count(l->start, (size_t)(at - l->start)) + 1, "%s", _(what));
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
        at++;
    return at;
}

/* A label or name from *at on, up to `stop` or the end of the line; NULL for an error. */
static char *take_name(const struct map_line *l, const char **at, char stop, const char *what)
{
    const char *from = skip_blanks(*at, l->end);
    const char *to;
    char *raw;
    char *name;

    if (from < l->end && *from == '"') {
        to = memchr(from + 1, '"', (size_t)(l->end - from - 1));
        if (to == NULL) {
            fault(l, from, "this '\"' is not closed on its line");
            return NULL;
        }
        raw = memory_strndup(from + 1, (size_t)(to - from - 1));
        *at = skip_blanks(to + 1, l->end);
    } else {
        to = memchr(from, stop, (size_t)(l->end - from));
        *at = to = to != NULL ? to : l->end;
        raw = memory_strndup(from, (size_t)(to - from));
    }
    name = speaker_tidy(raw);
    free(raw);
    if (name == NULL)
        fault(l, from, what);
    return name;
}

/* Takes ownership of both strings. */
static bool add_entry(struct speaker_map *m, const struct map_line *l, const char *at,
                      char *label, char *name)
{
    struct map_entry *entry = NULL;
    bool same;

    HASH_FIND_STR(m->entries, label, entry);
    if (entry == NULL) {
        entry = memory_zalloc(1, sizeof *entry);
        *entry = (struct map_entry){.label = label, .name = name, .line = l->number};
        HASH_ADD_KEYPTR(hh, m->entries, entry->label, strlen(entry->label), entry);
        return true;
    }
    same = strcmp(entry->name, name) == 0;
    if (!same)
        error_set_at(l->err, ERROR_SYNTAX, l->number,
                     utf8_count(l->start, (size_t)(at - l->start)) + 1,
                     "'%s' already has the name '%s' on line %llu", label, entry->name,
                     (unsigned long long)entry->line);
    free(label);
    free(name);
    return same;
}

static bool take_line(struct speaker_map *m, const struct map_line *l)
{
    const char *first = skip_blanks(l->start, l->end);
    const char *at = first;
    char *label;
    char *name;

    if (first == l->end || *first == '#')
        return true;
    if (memchr(first, '\0', (size_t)(l->end - first)) != NULL)
        return fault(l, memchr(first, '\0', (size_t)(l->end - first)), "a NUL in a name");
    label = take_name(l, &at, '=', "expected a name before '='");
    if (label == NULL)
        return false;
    if (at == l->end || *at != '=') {
        free(label);
        return fault(l, at, "expected '=' and the new name");
    }
    at++;
    name = take_name(l, &at, '\n', "expected the new name after '='");
    if (name == NULL || at < l->end) {
        free(label);
        free(name);
        return name != NULL && fault(l, at, "expected the end of the line after the name");
    }
    return add_entry(m, l, first, label, name);
}

struct speaker_map *speaker_map_parse(const char *text, size_t bytes, struct error *err)
{
    struct speaker_map *m = memory_zalloc(1, sizeof *m);
    const char *end = text + bytes;
    struct map_line line = {.number = 1, .err = err};
    size_t valid = utf8_valid_prefix(text, bytes);

    if (bytes >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        text += 3;
    for (; text < end; text = line.end + 1, line.number++) {
        line.start = text;
        line.end = memchr(text, '\n', (size_t)(end - text));
        if (line.end == NULL)
            line.end = end;
        if (line.end > end - bytes + valid) {
            fault(&line, end - bytes + valid, "not UTF-8");
            break;
        }
        if (!take_line(m, &line))
            break;
    }
    if (text >= end)
        return m;
    speaker_map_free(m);
    return NULL;
}

void speaker_map_free(struct speaker_map *m)
{
    struct map_entry *entry;
    struct map_entry *next;

    if (m == NULL)
        return;
    HASH_ITER(hh, m->entries, entry, next)
    {
        HASH_DEL(m->entries, entry);
        free(entry->label);
        free(entry->name);
        free(entry);
    }
    free(m);
}

const char *speaker_map_find(const struct speaker_map *m, const char *label)
{
    struct map_entry *entry = NULL;
    char *tidy;

    if (m == NULL || label == NULL)
        return NULL;
    tidy = speaker_tidy(label);
    if (tidy != NULL)
        HASH_FIND_STR(m->entries, tidy, entry);
    free(tidy);
    return entry != NULL ? entry->name : NULL;
}

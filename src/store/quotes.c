/* Quotes: one JSON object per line, so that a broken line costs one quote. */
#include "shilu/store/quotes.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shilu/base/file.h"
#include "shilu/base/memory.h"
#include "shilu/base/xdg.h"

enum { QUOTES_BYTES_MAX = 64 << 20 };

/* The members that are strings. */
static const struct {
    const char *name;
    size_t offset;
} members[] = {
    {"quote", offsetof(struct quote, words)},   {"speakers", offsetof(struct quote, speakers)},
    {"date", offsetof(struct quote, date)},     {"time", offsetof(struct quote, time)},
    {"end", offsetof(struct quote, end)},       {"title", offsetof(struct quote, title)},
    {"source", offsetof(struct quote, source)}, {"url", offsetof(struct quote, url)},
    {"path", offsetof(struct quote, path)},
};

enum { MEMBER_COUNT = sizeof members / sizeof *members };

static struct buffer *member(const struct quote *q, size_t i)
{
    return (struct buffer *)((char *)(uintptr_t)q + members[i].offset);
}

void quote_release(struct quote *q)
{
    for (size_t i = 0; i < MEMBER_COUNT; i++)
        buffer_release(member(q, i));
}

void quote_list_release(struct quote_list *l)
{
    for (size_t i = 0; i < l->count; i++)
        quote_release(&l->quotes[i]);
    free(l->quotes);
    *l = (struct quote_list){0};
}

char *quotes_path(const char *path)
{
    return path != NULL ? memory_strdup(path) : xdg_path(XDG_DATA, "quotes.jsonl");
}

struct addition {
    const struct quote *quote;
    size_t count;
};

static size_t count_lines(const char *bytes, size_t count)
{
    size_t lines = 0;

    for (size_t i = 0; i < count; i++)
        lines += bytes[i] == '\n';
    return lines;
}

static bool add_line(void *context, const char *bytes, size_t count, struct buffer *out,
                     struct error *err)
{
    struct addition *a = context;
    cJSON *object = cJSON_CreateObject();
    char *line;

    for (size_t i = 0; i < MEMBER_COUNT; i++)
        if (member(a->quote, i)->bytes > 0)
            cJSON_AddStringToObject(object, members[i].name,
                                    buffer_string(member(a->quote, i)));
    cJSON_AddNumberToObject(object, "segment", a->quote->segment);
    cJSON_AddNumberToObject(object, "byte", a->quote->byte);
    line = cJSON_PrintUnformatted(object);
    cJSON_Delete(object);
    if (line == NULL)
        return error_set(err, ERROR_SYSTEM, "the quote cannot be written as JSON");
    buffer_append(out, bytes, count);
    if (count > 0 && bytes[count - 1] != '\n')
        buffer_append_char(out, '\n');
    buffer_append_string(out, line);
    buffer_append_char(out, '\n');
    cJSON_free(line);
    a->count = count_lines(buffer_string(out), out->bytes);
    return true;
}

bool quotes_add(const char *path, const struct quote *q, size_t *count, struct error *err)
{
    struct addition a = {.quote = q};
    char *where = quotes_path(path);
    bool ok;

    if (where == NULL)
        return error_set(err, ERROR_SYSTEM, "no home folder to keep quotes in");
    ok = file_update(where, QUOTES_BYTES_MAX, add_line, &a, err);
    *count = a.count;
    free(where);
    return ok;
}

static void read_line(struct quote_list *l, const char *line, size_t bytes)
{
    cJSON *object = cJSON_ParseWithLength(line, bytes);
    struct quote q = {.segment = UINT32_MAX};
    const cJSON *number;

    if (!cJSON_IsObject(object)) {
        l->broken++;
        cJSON_Delete(object);
        return;
    }
    for (size_t i = 0; i < MEMBER_COUNT; i++) {
        const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, members[i].name);

        if (cJSON_IsString(item))
            buffer_append_string(member(&q, i), item->valuestring);
    }
    number = cJSON_GetObjectItemCaseSensitive(object, "segment");
    if (cJSON_IsNumber(number) && number->valuedouble >= 0 && number->valuedouble < UINT32_MAX)
        q.segment = (uint32_t)number->valuedouble;
    number = cJSON_GetObjectItemCaseSensitive(object, "byte");
    if (cJSON_IsNumber(number) && number->valuedouble >= 0 && number->valuedouble < UINT32_MAX)
        q.byte = (uint32_t)number->valuedouble;
    cJSON_Delete(object);
    MEMORY_RESERVE(l->quotes, l->capacity, l->count + 1);
    l->quotes[l->count++] = q;
}

bool quotes_read(const char *path, struct quote_list *l, struct error *err)
{
    char *where = quotes_path(path);
    char *text;
    size_t count = 0;

    *l = (struct quote_list){0};
    if (where == NULL || access(where, F_OK) != 0) {
        free(where);
        return true;
    }
    text = file_read(where, QUOTES_BYTES_MAX, &count, err);
    free(where);
    if (text == NULL)
        return false;
    for (const char *at = text; at < text + count;) {
        const char *end = memchr(at, '\n', (size_t)(text + count - at));
        size_t bytes = (size_t)((end != NULL ? end : text + count) - at);

        if (bytes > 0)
            read_line(l, at, bytes);
        at += bytes + 1;
    }
    free(text);
    return true;
}

/* Small JSON files. cJSON keeps no positions; since its items are in the order of the text, the
 * text is walked again beside them when a position is needed, which is once per error. */
#include "shilu/store/json_file.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/buffer.h"
#include "shilu/base/file.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

void json_file_use_memory(void)
{
    cJSON_Hooks hooks = {.malloc_fn = memory_alloc, .free_fn = free};

    cJSON_InitHooks(&hooks);
}

static void position_of(const char *text, const char *at, uint64_t *line, uint64_t *column)
{
    *line = 1;
    *column = 1;
    for (const char *p = text; p < at; p++) {
        if (*p == '\n') {
            ++*line;
            *column = 1;
        } else if (((unsigned char)*p & 0xC0) != 0x80)
            ++*column;
    }
}

bool json_file_parse(struct json_file *f, const char *path, const char *text, size_t bytes,
                     struct error *err)
{
    static const char mark[] = "\xEF\xBB\xBF";
    const char *end = NULL;
    uint64_t line;
    uint64_t column;

    *f = (struct json_file){.path = memory_strdup(path), .text = memory_strndup(text, bytes)};
    if (bytes >= 3 && memcmp(text, mark, 3) == 0)
        memset(f->text, ' ', 3);
    f->root = cJSON_ParseWithOpts(f->text, &end, 1);
    if (f->root != NULL && strlen(f->text) == bytes)
        return true;
    if (f->root != NULL) /* a NUL, which cJSON takes for the end of the text */
        end = f->text + strlen(f->text);
    position_of(f->text, end != NULL ? end : f->text, &line, &column);
    json_file_release(f);
    return error_set_at(err, ERROR_SYNTAX, line, column, "not valid JSON");
}

bool json_file_read(struct json_file *f, const char *path, struct error *err)
{
    size_t bytes = 0;
    char *text;
    bool ok;

    *f = (struct json_file){0};
    text = file_read(path, JSON_FILE_BYTES_MAX, &bytes, err);
    if (text == NULL)
        return false;
    ok = json_file_parse(f, path, text, bytes, err);
    free(text);
    return ok;
}

void json_file_release(struct json_file *f)
{
    cJSON_Delete(f->root);
    free(f->path);
    free(f->text);
    *f = (struct json_file){0};
}

/* ------------------------------------------------------------------------------ change */

struct update {
    const char *path;
    json_file_change *change;
    void *context;
};

/* Beside the file, under a name that is not in use. */
static bool keep_broken(const char *path, const char *bytes, size_t count, struct error *err)
{
    enum { NAMES_MAX = 100 };
    bool ok = false;

    for (int number = 1; number <= NAMES_MAX; number++) {
        struct buffer name = {0};
        struct error ignored;
        size_t other_count = 0;
        char *other;
        bool taken;

        buffer_append_format(&name, number > 1 ? "%s.broken-%d" : "%s.broken", path, number);
        other = file_read(name.data, JSON_FILE_BYTES_MAX, &other_count, &ignored);
        taken = other != NULL || errno != ENOENT;
        ok = other != NULL && other_count == count && memcmp(other, bytes, count) == 0;
        if (!taken)
            ok = file_replace(name.data, bytes, count, err);
        free(other);
        buffer_release(&name);
        if (ok || !taken)
            return ok;
    }
    return error_set(err, ERROR_SYSTEM,
                     "'%s' is damaged, and there are too many damaged copies beside it", path);
}

static bool change_object(void *context, const char *bytes, size_t count, struct buffer *out,
                          struct error *err)
{
    struct update *u = context;
    struct json_file f = {0};
    struct error ignored;
    bool is_ours = bytes != NULL && json_file_parse(&f, u->path, bytes, count, &ignored) &&
                   cJSON_IsObject(f.root);
    char *text = NULL;
    bool ok = true;

    if (!is_ours) {
        json_file_release(&f);
        ok = bytes == NULL || count == 0 || keep_broken(u->path, bytes, count, err);
        f.root = cJSON_CreateObject();
    }
    ok = ok && u->change(u->context, f.root, !is_ours, err);
    if (ok) {
        text = cJSON_Print(f.root);
        if (text == NULL)
            memory_exhausted(0);
        buffer_append_string(out, text);
        buffer_append_char(out, '\n');
        cJSON_free(text);
    }
    json_file_release(&f);
    return ok;
}

bool json_file_update(const char *path, json_file_change *change, void *context,
                      struct error *err)
{
    struct update u = {path, change, context};

    return file_update(path, JSON_FILE_BYTES_MAX, change_object, &u, err);
}

/* ------------------------------------------------------------------------- positions */

static const char *skip_space(const char *p)
{
    return p + strspn(p, " \t\r\n");
}

/* The text is known to be valid JSON here, so the string ends. */
static const char *skip_string(const char *p)
{
    for (p++; *p != '"' && *p != '\0'; p++)
        if (*p == '\\' && p[1] != '\0')
            p++;
    return *p == '"' ? p + 1 : p;
}

/* Walk over `item`, whose text starts at *p; true if `wanted` is in it, with *p there. */
static bool walk_to(const char **p, const cJSON *item, const cJSON *wanted)
{
    *p = skip_space(*p);
    if (item == wanted)
        return true;
    if (item->child == NULL && **p != '{' && **p != '[') {
        *p = **p == '"' ? skip_string(*p) : *p + strcspn(*p, ",]} \t\r\n");
        return false;
    }
    ++*p;
    for (const cJSON *child = item->child; child != NULL; child = child->next) {
        *p = skip_space(*p);
        if (child == wanted)
            return true; /* at its name, if it has one */
        if (child->string != NULL) {
            *p = skip_space(skip_string(*p));
            *p += **p == ':';
        }
        if (walk_to(p, child, wanted))
            return true;
        *p = skip_space(*p);
        *p += **p == ',';
    }
    *p = skip_space(*p);
    *p += **p == '}' || **p == ']';
    return false;
}

bool json_file_error(const struct json_file *f, const cJSON *item, struct error *err,
                     const char *format, ...)
{
    char message[sizeof err->message];
    const char *at = f->text;
    uint64_t line = 1;
    uint64_t column = 1;
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, translate(format), arguments);
    va_end(arguments);
    if (walk_to(&at, f->root, item))
        position_of(f->text, at, &line, &column);
    return error_set_at(err, ERROR_SYNTAX, line, column, "%s", message);
}

bool json_file_name_path(const char *path, struct error *err)
{
    char message[sizeof err->message];

    memcpy(message, err->message, sizeof message);
    if (err->line > 0)
        return error_set(err, err->code, "%s:%llu:%llu: %s", path,
                         (unsigned long long)err->line, (unsigned long long)err->column,
                         message);
    return error_set(err, err->code, "%s: %s", path, message);
}

/* Config. Read once at start; each member is one row of a table. */
#include "shilu/store/config.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/base/file.h"
#include "shilu/base/memory.h"
#include "shilu/base/nearest.h"
#include "shilu/base/xdg.h"
#include "shilu/store/citation.h"
#include "shilu/store/folder_layouts.h"
#include "shilu/store/json_file.h"

enum { WRAP_MIN = 10, WRAP_MAX = 1000 };

struct reading {
    struct json_file file;
    struct config *config;
    struct keymap *keymap;
};

/* Reads one member; false with *err filled for an error. */
typedef bool member_reader(struct reading *r, const cJSON *item, struct error *err);

static void add_error(struct config *config, const struct error *err)
{
    diagnostics_add(&config->faults, SEVERITY_ERROR, err->line, err->column, "%s",
                    err->message);
}

static bool read_string(struct reading *r, const cJSON *item, char **out, struct error *err)
{
    if (!cJSON_IsString(item))
        return json_file_error(&r->file, item, err, "'%s' must be a string", item->string);
    free(*out);
    *out = memory_strdup(item->valuestring);
    return true;
}

static bool read_theme(struct reading *r, const cJSON *item, struct error *err)
{
    return read_string(r, item, &r->config->theme, err);
}

static bool read_copy_command(struct reading *r, const cJSON *item, struct error *err)
{
    return read_string(r, item, &r->config->copy_command, err);
}

static bool read_ambiguous(struct reading *r, const cJSON *item, struct error *err)
{
    static const char *const values[] = {"auto", "narrow", "wide"};

    for (int i = 0; i < 3; i++)
        if (cJSON_IsString(item) && strcmp(item->valuestring, values[i]) == 0)
            return read_string(r, item, &r->config->ambiguous, err);
    return json_file_error(&r->file, item, err,
                           "'ambiguous' must be \"auto\", \"narrow\" or \"wide\"");
}

static bool read_citation(struct reading *r, const cJSON *item, struct error *err)
{
    struct error why;

    if (!read_string(r, item, &r->config->citation, err))
        return false;
    if (citation_check(r->config->citation, &why))
        return true;
    free(r->config->citation);
    r->config->citation = NULL;
    return json_file_error(&r->file, item, err, "'citation': %s", why.message);
}

/* "~/" is the user's home. */
static bool read_quotes(struct reading *r, const cJSON *item, struct error *err)
{
    const char *home = getenv("HOME");
    struct buffer path = {0};

    if (!cJSON_IsString(item) || (item->valuestring[0] != '/' &&
                                  (strncmp(item->valuestring, "~/", 2) != 0 || home == NULL)))
        return json_file_error(&r->file, item, err,
                               "'quotes' must be a path that begins with / or ~/");
    if (item->valuestring[0] == '~')
        buffer_append_format(&path, "%s%s", home, item->valuestring + 1);
    else
        buffer_append_string(&path, item->valuestring);
    free(r->config->quotes);
    r->config->quotes = memory_strdup(buffer_string(&path));
    buffer_release(&path);
    return true;
}

static bool read_open(struct reading *r, const cJSON *item, struct error *err)
{
    return read_string(r, item, &r->config->open, err);
}

static bool read_bool(struct reading *r, const cJSON *item, bool *out, struct error *err)
{
    if (!cJSON_IsBool(item))
        return json_file_error(&r->file, item, err, "'%s' must be true or false", item->string);
    *out = cJSON_IsTrue(item);
    return true;
}

static bool read_mouse(struct reading *r, const cJSON *item, struct error *err)
{
    return read_bool(r, item, &r->config->mouse, err);
}

static bool read_plain(struct reading *r, const cJSON *item, struct error *err)
{
    return read_bool(r, item, &r->config->plain, err);
}

static bool read_cursor(struct reading *r, const cJSON *item, struct error *err)
{
    bool shown = true;

    if (!read_bool(r, item, &shown, err))
        return false;
    r->config->hides_cursor = !shown;
    return true;
}

static bool read_wrap(struct reading *r, const cJSON *item, struct error *err)
{
    bool whole = cJSON_IsNumber(item) && item->valuedouble == item->valueint;

    if (!whole ||
        (item->valueint != 0 && (item->valueint < WRAP_MIN || item->valueint > WRAP_MAX)))
        return json_file_error(&r->file, item, err,
                               "'wrap' must be 0 or a number of columns from %d to %d",
                               (int)WRAP_MIN, (int)WRAP_MAX);
    r->config->wrap = item->valueint;
    return true;
}

/* "keys": each key and the name of its action. */
static bool read_keys(struct reading *r, const cJSON *item, struct error *err)
{
    const cJSON *key;

    if (!cJSON_IsObject(item))
        return json_file_error(&r->file, item, err, "'keys' must be an object");
    cJSON_ArrayForEach(key, item)
    {
        struct error why;
        struct error fault;

        if (!cJSON_IsString(key))
            json_file_error(&r->file, key, &fault, "'%s' must name an action", key->string);
        else if (keymap_bind(r->keymap, key->string, key->valuestring, &why))
            continue;
        else
            json_file_error(&r->file, key, &fault, "%s", why.message);
        add_error(r->config, &fault);
    }
    return true;
}

/* "layouts" are used where records are opened (folder_layouts); here they are only checked. */
static bool read_layouts(struct reading *r, const cJSON *item, struct error *err)
{
    const cJSON *folder;

    if (!cJSON_IsObject(item))
        return json_file_error(&r->file, item, err, "'layouts' must be an object");
    cJSON_ArrayForEach(folder, item)
    {
        struct error fault;

        if (!folder_layouts_check(&r->file, folder, &fault))
            add_error(r->config, &fault);
    }
    return true;
}

static const struct {
    const char *name;
    member_reader *read;
} members[] = {
    {"theme", read_theme},
    {"ambiguous", read_ambiguous},
    {"mouse", read_mouse},
    {"wrap", read_wrap},
    {"copy-command", read_copy_command},
    {"keys", read_keys},
    {"layouts", read_layouts},
    {"citation", read_citation},
    {"quotes", read_quotes},
    {"open", read_open},
    {"plain", read_plain},
    {"cursor", read_cursor},
};

enum { MEMBER_COUNT = sizeof members / sizeof *members };

static void read_member(struct reading *r, const cJSON *item)
{
    const char *names[MEMBER_COUNT];
    const char *near;
    struct error fault;
    size_t i;

    for (i = 0; i < MEMBER_COUNT; i++) {
        names[i] = members[i].name;
        if (strcmp(item->string, members[i].name) == 0) {
            if (!members[i].read(r, item, &fault))
                add_error(r->config, &fault);
            return;
        }
    }
    near = nearest_name(item->string, names, MEMBER_COUNT);
    if (near != NULL)
        json_file_error(&r->file, item, &fault, "unknown setting '%s'; did you mean '%s'?",
                        item->string, near);
    else
        json_file_error(&r->file, item, &fault, "unknown setting '%s'", item->string);
    add_error(r->config, &fault);
}

static void read_all(struct reading *r)
{
    const cJSON *item;
    struct error fault;

    if (!cJSON_IsObject(r->file.root)) {
        json_file_error(&r->file, r->file.root, &fault, "expected an object");
        add_error(r->config, &fault);
        return;
    }
    cJSON_ArrayForEach(item, r->file.root)
    {
        read_member(r, item);
    }
}

void config_parse(struct config *config, const char *path, const char *text, size_t bytes,
                  struct keymap *keymap)
{
    struct reading r = {.config = config, .keymap = keymap};
    struct error fault;

    if (json_file_parse(&r.file, path, text, bytes, &fault))
        read_all(&r);
    else
        add_error(config, &fault);
    json_file_release(&r.file);
}

void config_load(struct config *config, const char *path, struct keymap *keymap)
{
    struct reading r = {.config = config, .keymap = keymap};
    struct error fault;

    config->wrap = WRAP_NOT_SET;
    config->path = path != NULL ? memory_strdup(path) : xdg_path(XDG_CONFIG, "config.json");
    if (config->path == NULL || (path == NULL && access(config->path, F_OK) != 0))
        return;
    if (json_file_read(&r.file, config->path, &fault))
        read_all(&r);
    else
        add_error(config, &fault);
    json_file_release(&r.file);
}

void config_release(struct config *config)
{
    free(config->path);
    free(config->theme);
    free(config->ambiguous);
    free(config->copy_command);
    free(config->citation);
    free(config->quotes);
    free(config->open);
    diagnostics_release(&config->faults);
    *config = (struct config){0};
}

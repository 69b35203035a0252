/* Config. Read once at start; each member is one row of a table. */
#include "shilu/app/config.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shilu/app/json_file.h"
#include "shilu/base/memory.h"
#include "shilu/base/xdg.h"

enum { WRAP_MIN = 10, WRAP_MAX = 1000 };

struct reading {
    struct json_file file;
    struct config *config;
    struct keymap *keymap;
};

/* Each reads one member; false with *err filled for a fault. */
typedef bool member_reader(struct reading *r, const cJSON *item, struct error *err);

static void add_fault(struct config *config, const struct error *err)
{
    diagnostics_add(&config->faults, SEVERITY_FAULT, err->line, err->column, "%s",
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

static bool read_mouse(struct reading *r, const cJSON *item, struct error *err)
{
    if (!cJSON_IsBool(item))
        return json_file_error(&r->file, item, err, "'mouse' must be true or false");
    r->config->mouse = cJSON_IsTrue(item);
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

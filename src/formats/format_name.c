#include "shilu/formats/format_name.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"
#include "shilu/base/nearest.h"

enum { LISTED_MAX = 16 };

/* Names with the same meaning; the registry has one for each row, or one for each direction. */
static const char *const synonyms[][3] = {
    {"webvtt", "vtt", NULL},
    {"markdown", "md", NULL},
    {"text", "txt", "plain"},
    {"html", "htm", "xhtml"},
    {"jsonl", "ndjson", NULL},
    {"srt", "subrip", NULL},
    {"csv", "tsv", NULL},
    {"ass", "ssa", NULL},
    {"sami", "smi", NULL},
    {"tei", "parlamint", NULL},
    {"akoma-ntoso", "akn", NULL},
    {"podcast-json", "podcast", NULL},
    {"youtube-json3", "json3", NULL},
};

enum { ROWS = sizeof synonyms / sizeof *synonyms };

static bool is_one_of(const char *name, const char *const row[3])
{
    for (int i = 0; i < 3 && row[i] != NULL; i++)
        if (strcasecmp(name, row[i]) == 0)
            return true;
    return false;
}

static bool is_same(const char *typed, const char *name)
{
    for (; *typed != '\0' && *name != '\0'; typed++, name++) {
        char c = *typed == '_' ? '-' : *typed;

        if (strncasecmp(&c, name, 1) != 0)
            return false;
    }
    return *typed == *name;
}

bool format_name_is(const char *typed, const char *name)
{
    if (is_same(typed, name))
        return true;
    for (size_t i = 0; i < ROWS; i++)
        if (is_one_of(typed, synonyms[i]))
            return is_one_of(name, synonyms[i]);
    return false;
}

/* The nearest of the names and of what else they are called; or NULL. */
static const char *nearest_format(const char *typed, const char *const *names, size_t count)
{
    const char **known = memory_zalloc(count + 3 * ROWS, sizeof *known);
    const char *near;
    size_t total = count;

    memcpy(known, names, count * sizeof *names);
    for (size_t row = 0; row < ROWS; row++) {
        bool offered = false;

        for (size_t i = 0; i < count && !offered; i++)
            offered = is_one_of(names[i], synonyms[row]);
        for (size_t i = 0; offered && i < 3 && synonyms[row][i] != NULL; i++)
            known[total++] = synonyms[row][i];
    }
    near = nearest_name(typed, known, total);
    free(known);
    return near;
}

bool format_name_refuse(const char *typed, const char *const *names, size_t count,
                        struct error *err)
{
    const char *near = nearest_format(typed, names, count);
    struct buffer all = {0};

    if (near != NULL)
        return error_set(err, ERROR_USAGE, "unknown format '%s'; did you mean '%s'?", typed,
                         near);
    if (count > LISTED_MAX)
        return error_set(err, ERROR_USAGE,
                         "unknown format '%s': 'shilu --list formats' has them all", typed);
    for (size_t i = 0; i < count; i++)
        buffer_append_format(&all, "%s%s", i > 0 ? ", " : "", names[i]);
    error_set(err, ERROR_USAGE, "unknown format '%s': there are %s", typed,
              buffer_string(&all));
    buffer_release(&all);
    return false;
}

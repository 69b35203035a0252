/* Where themes are found. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/base/embedded_file.h"
#include "shilu/base/file.h"
#include "shilu/base/memory.h"
#include "shilu/base/nearest.h"
#include "shilu/base/span.h"
#include "shilu/base/xdg.h"
#include "shilu/store/json_file.h"
#include "shilu/store/theme_file.h"

/* The six that ship with shilu are compiled in, so that the program has them wherever it is
 * copied. A folder searched before them takes precedence; the installed folder only adds to
 * them, since it may belong to another version. */
enum { BEFORE_EMBEDDED = 2, PLACES = 3 };

/* The folders in search order, each owned or NULL. */
static void list_places(char *places[PLACES])
{
    const char *named = getenv("SHILU_THEMES");

    places[0] = xdg_path(XDG_CONFIG, "themes");
    places[1] = named != NULL && named[0] != '\0' ? memory_strdup(named) : NULL;
    places[2] = memory_strdup(SHILU_DATADIR "/themes");
}

static void free_places(char *places[PLACES])
{
    for (int i = 0; i < PLACES; i++)
        free(places[i]);
}

static bool load_path(struct theme *theme, const char *path, struct error *err)
{
    size_t bytes = 0;
    char *text = file_read(path, JSON_FILE_BYTES_MAX, &bytes, err);
    bool ok;

    if (text == NULL)
        return json_file_name_path(path, err);
    ok = theme_file_parse(theme, path, text, bytes, err);
    free(text);
    return ok;
}

/* The file with that name in the first of the folders from `first` up to `end`, owned; NULL if
 * none has it. */
static char *find_file(const char *name, int first, int end)
{
    char *places[PLACES];
    char *found = NULL;

    list_places(places);
    for (int i = first; i < end && found == NULL; i++) {
        struct buffer path = {0};

        if (places[i] == NULL)
            continue;
        buffer_append_format(&path, "%s/%s.json", places[i], name);
        if (access(buffer_string(&path), F_OK) == 0)
            found = buffer_take(&path);
        buffer_release(&path);
    }
    free_places(places);
    return found;
}

static bool load_found(struct theme *theme, char *path, struct error *err)
{
    bool ok = load_path(theme, path, err);

    free(path);
    return ok;
}

static bool report_missing(const char *name, struct error *err)
{
    char **names = theme_file_names();
    size_t count = 0;
    const char *near;

    while (names[count] != NULL)
        count++;
    near = nearest_name(name, (const char *const *)names, count);
    if (near != NULL)
        error_set(err, ERROR_USAGE, "no theme '%s'; did you mean '%s'?", name, near);
    else
        error_set(err, ERROR_USAGE, "no theme '%s'", name);
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    return false;
}

/* COLORFGBG is "foreground;background" or "foreground;other;background", with ANSI numbers. */
static enum theme_ground ground_of_environment(void)
{
    const char *value = getenv("COLORFGBG");
    const char *last = value != NULL ? strrchr(value, ';') : NULL;
    char *end;
    long number;

    if (last == NULL)
        return GROUND_UNKNOWN;
    number = strtol(last + 1, &end, 10);
    if (end == last + 1 || *end != '\0' || number < 0 || number > 15)
        return GROUND_UNKNOWN;
    return number == 7 || number >= 9 ? GROUND_LIGHT : GROUND_DARK;
}

const char *theme_file_for(enum theme_ground ground)
{
    if (ground == GROUND_UNKNOWN)
        ground = ground_of_environment();
    return ground == GROUND_LIGHT ? "paper" : ground == GROUND_DARK ? "ink" : "either";
}

bool theme_file_is_automatic(const char *name)
{
    return name == NULL || name[0] == '\0' || strcmp(name, "auto") == 0;
}

bool theme_file_load(struct theme *theme, const char *name, struct error *err)
{
    const char *text;
    char *path;

    if (theme_file_is_automatic(name))
        name = theme_file_for(GROUND_UNKNOWN);
    if (strchr(name, '/') != NULL)
        return load_path(theme, name, err);
    path = find_file(name, 0, BEFORE_EMBEDDED);
    if (path != NULL)
        return load_found(theme, path, err);
    text = embedded_file_find(embedded_themes, name);
    if (text != NULL)
        return theme_file_parse(theme, name, text, strlen(text), err);
    path = find_file(name, BEFORE_EMBEDDED, PLACES);
    return path != NULL ? load_found(theme, path, err) : report_missing(name, err);
}

/* -------------------------------------------------------------------------- all names */

struct names {
    char **items;
    size_t count;
    size_t capacity;
};

static void add_name(struct names *names, struct span name)
{
    for (size_t i = 0; i < names->count; i++)
        if (span_is(name, names->items[i]))
            return;
    MEMORY_RESERVE(names->items, names->capacity, names->count + 2);
    names->items[names->count++] = memory_strndup(name.data, name.length);
}

static void add_file(struct names *names, const char *file)
{
    struct span name = span_string(file);

    if (name.length <= strlen(".json") || !span_ends_with(name, ".json") || file[0] == '.')
        return;
    name.length -= strlen(".json");
    add_name(names, name);
}

static void add_folder(struct names *names, const char *path)
{
    DIR *folder = path != NULL ? opendir(path) : NULL;
    const struct dirent *entry;

    if (folder == NULL)
        return;
    while ((entry = readdir(folder)) != NULL)
        add_file(names, entry->d_name);
    closedir(folder);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **theme_file_names(void)
{
    struct names names = {0};
    char *places[PLACES];

    MEMORY_RESERVE(names.items, names.capacity, 1);
    list_places(places);
    for (int i = 0; i < PLACES; i++)
        add_folder(&names, places[i]);
    for (const struct embedded_file *file = embedded_themes; file->name != NULL; file++)
        add_name(&names, span_string(file->name));
    free_places(places);
    if (names.count > 1)
        qsort(names.items, names.count, sizeof *names.items, compare_names);
    names.items[names.count] = NULL;
    return names.items;
}

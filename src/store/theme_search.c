/* Where themes are found. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"
#include "shilu/base/xdg.h"
#include "shilu/store/json_file.h"
#include "shilu/store/theme_file.h"

enum { PLACES = 6 };

/* "FOLDER/themes" for the folder `up` levels above the running program, in which a build tree
 * that is (or stands in) the source tree has them. NULL where that cannot be known. */
static char *beside_program(int up)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - sizeof "/themes");

    if (n <= 0)
        return NULL;
    path[n] = '\0';
    for (int i = 0; i <= up; i++) {
        char *slash = strrchr(path, '/');

        if (slash == NULL || slash == path)
            return NULL;
        *slash = '\0';
    }
    strcat(path, "/themes");
    return memory_strdup(path);
}

static char *from_source_tree(void)
{
    const char *tree = getenv("SHILU_SRCDIR");
    struct buffer path = {0};

    if (tree == NULL || tree[0] == '\0')
        return NULL;
    buffer_append_format(&path, "%s/themes", tree);
    return buffer_take(&path);
}

/* The folders in the order of search, each owned or NULL. */
static void list_places(char *places[PLACES])
{
    const char *named = getenv("SHILU_THEMES");

    places[0] = xdg_path(XDG_CONFIG, "themes");
    places[1] = named != NULL && named[0] != '\0' ? memory_strdup(named) : NULL;
    places[2] = from_source_tree();
    places[3] = beside_program(0);
    places[4] = beside_program(1);
    places[5] = memory_strdup(SHILU_DATADIR "/themes");
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

/* The file of that name in the first folder that has it, owned; NULL: none has. */
static char *find_file(const char *name)
{
    char *places[PLACES];
    char *found = NULL;

    list_places(places);
    for (int i = 0; i < PLACES && found == NULL; i++) {
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

static bool report_missing(const char *name, struct error *err)
{
    char **names = theme_file_names();
    size_t count = 0;
    const char *near;

    while (names[count] != NULL)
        count++;
    near = json_file_nearest(name, (const char *const *)names, count);
    if (near != NULL)
        error_set(err, ERROR_USAGE, "there is no theme '%s': '%s'?", name, near);
    else
        error_set(err, ERROR_USAGE, "there is no theme '%s'", name);
    for (size_t i = 0; i < count; i++)
        free(names[i]);
    free(names);
    return false;
}

/* COLORFGBG is "foreground;background" or "foreground;other;background", by ANSI numbers. */
static bool background_is_light(void)
{
    const char *value = getenv("COLORFGBG");
    const char *last = value != NULL ? strrchr(value, ';') : NULL;

    return last != NULL && (strcmp(last, ";7") == 0 || strcmp(last, ";15") == 0);
}

bool theme_file_load(struct theme *theme, const char *name, struct error *err)
{
    bool automatic = name == NULL || name[0] == '\0' || strcmp(name, "auto") == 0;
    char *path;
    bool ok;

    if (automatic)
        name = background_is_light() ? "paper" : "ink";
    if (strchr(name, '/') != NULL)
        return load_path(theme, name, err);
    path = find_file(name);
    if (path != NULL) {
        ok = load_path(theme, path, err);
        free(path);
        return ok;
    }
    if (!automatic)
        return report_missing(name, err);
    theme_plain(theme);
    return true;
}

/* -------------------------------------------------------------------------- all names */

struct names {
    char **items;
    size_t count;
    size_t capacity;
};

static void add_name(struct names *names, const char *file)
{
    size_t bytes = strlen(file);

    if (bytes <= 5 || strcmp(file + bytes - 5, ".json") != 0 || file[0] == '.')
        return;
    for (size_t i = 0; i < names->count; i++)
        if (strncmp(names->items[i], file, bytes - 5) == 0 &&
            names->items[i][bytes - 5] == '\0')
            return;
    MEMORY_RESERVE(names->items, names->capacity, names->count + 2);
    names->items[names->count++] = memory_strndup(file, bytes - 5);
}

static void add_folder(struct names *names, const char *path)
{
    DIR *folder = path != NULL ? opendir(path) : NULL;
    const struct dirent *entry;

    if (folder == NULL)
        return;
    while ((entry = readdir(folder)) != NULL)
        add_name(names, entry->d_name);
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
    free_places(places);
    if (names.count > 1)
        qsort(names.items, names.count, sizeof *names.items, compare_names);
    names.items[names.count] = NULL;
    return names.items;
}

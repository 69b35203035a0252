/* Walking folders. Each folder is read and closed before those in it are opened, so depth costs
 * no descriptors. */
#include "shilu/commands/walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "shilu/base/memory.h"
#include "shilu/commands/report.h"

struct names {
    char **items; /* owned, as are the strings */
    size_t count;
    size_t capacity;
};

static void add_file(struct walk *walk, char *take, bool named)
{
    MEMORY_RESERVE(walk->files, walk->capacity, walk->count + 1);
    walk->files[walk->count++] = (struct walk_file){.path = take, .named = named};
}

static void complain(struct walk *walk, const char *path, int errnum)
{
    struct error err;

    error_set(&err, ERROR_SYSTEM, "%s", strerror(errnum));
    report_error(&walk->errors, path, &err);
    walk->trouble = true;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool read_folder(const char *path, struct names *names)
{
    DIR *folder = opendir(path);
    struct dirent *entry;

    if (folder == NULL)
        return false;
    while ((entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        MEMORY_RESERVE(names->items, names->capacity, names->count + 1);
        names->items[names->count++] = memory_strdup(entry->d_name);
    }
    closedir(folder);
    if (names->count > 1)
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    return true;
}

static char *join(const char *folder, const char *name)
{
    struct buffer path = {0};
    size_t bytes = strlen(folder);

    buffer_append(&path, folder, bytes);
    if (bytes > 0 && folder[bytes - 1] != '/')
        buffer_append_char(&path, '/');
    buffer_append_string(&path, name);
    return buffer_take(&path);
}

static void walk_folder(struct walk *walk, const char *folder);

static void walk_entry(struct walk *walk, char *take)
{
    struct stat st;

    if (lstat(take, &st) != 0)
        complain(walk, take, errno);
    else if (S_ISDIR(st.st_mode))
        walk_folder(walk, take);
    else if (S_ISREG(st.st_mode) ||
             (S_ISLNK(st.st_mode) && stat(take, &st) == 0 && S_ISREG(st.st_mode))) {
        add_file(walk, take, false);
        return;
    }
    free(take);
}

static void walk_folder(struct walk *walk, const char *folder)
{
    struct names names = {0};
    size_t i;

    if (!read_folder(folder, &names))
        complain(walk, folder, errno);
    for (i = 0; i < names.count; i++) {
        walk_entry(walk, join(folder, names.items[i]));
        free(names.items[i]);
    }
    free(names.items);
}

void walk_add(struct walk *walk, const char *path)
{
    struct stat st;

    if (strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        walk_folder(walk, path);
    else
        add_file(walk, memory_strdup(path), true);
}

void walk_release(struct walk *walk)
{
    size_t i;

    for (i = 0; i < walk->count; i++)
        free(walk->files[i].path);
    free(walk->files);
    buffer_release(&walk->errors);
    *walk = (struct walk){0};
}

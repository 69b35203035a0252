/* Directory walk. Each folder is read and closed before those in it are opened, so depth costs
 * no descriptors; the paths still to be visited are a stack, so depth costs no recursion
 * either. */
#include "shilu/base/dir_walk.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"

struct name {
    char *text; /* owned */
    bool is_regular;
};

struct names {
    struct name *items; /* owned */
    size_t count;
    size_t capacity;
};

static void add_file(struct dir_walk *walk, char *take, bool named)
{
    MEMORY_RESERVE(walk->files, walk->capacity, walk->count + 1);
    walk->files[walk->count++] = (struct dir_walk_file){.path = take, .named = named};
}

static void complain(struct dir_walk *walk, const char *path, int errnum)
{
    MEMORY_RESERVE(walk->failures, walk->failure_capacity, walk->failure_count + 1);
    walk->failures[walk->failure_count++] = (struct dir_walk_failure){
        .path = memory_strdup(path), .errnum = errnum};
}

static int compare_names(const void *a, const void *b)
{
    const struct name *one = a;
    const struct name *other = b;

    return strcmp(one->text, other->text);
}

/* Whether the directory entry itself says that it is a regular file, which saves a stat. */
static bool is_regular(const struct dirent *entry)
{
#ifdef _DIRENT_HAVE_D_TYPE
    return entry->d_type == DT_REG;
#else
    (void)entry;
    return false;
#endif
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
        names->items[names->count++] = (struct name){memory_strdup(entry->d_name),
                                                     is_regular(entry)};
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

static void push(struct dir_walk *walk, char *take, bool named, bool regular)
{
    MEMORY_RESERVE(walk->pending, walk->pending_capacity, walk->pending_count + 1);
    walk->pending[walk->pending_count++] = (struct dir_walk_file){
        .path = take, .named = named, .regular = regular};
}

/* Push the last one first, so that the first one is on top. */
static void push_folder(struct dir_walk *walk, const char *folder)
{
    struct names names = {0};
    size_t i;

    if (!read_folder(folder, &names))
        complain(walk, folder, errno);
    MEMORY_RESERVE(walk->folders, walk->folder_capacity, walk->folder_count + 1);
    walk->folders[walk->folder_count++] = memory_strdup(folder);
    for (i = names.count; i-- > 0;) {
        push(walk, join(folder, names.items[i].text), false, names.items[i].is_regular);
        free(names.items[i].text);
    }
    free(names.items);
}

static void walk_met(struct dir_walk *walk, char *take)
{
    struct stat st;

    if (lstat(take, &st) != 0)
        complain(walk, take, errno);
    else if (S_ISDIR(st.st_mode))
        push_folder(walk, take);
    else if (S_ISREG(st.st_mode) ||
             (S_ISLNK(st.st_mode) && stat(take, &st) == 0 && S_ISREG(st.st_mode))) {
        add_file(walk, take, false);
        return;
    }
    free(take);
}

static void walk_named(struct dir_walk *walk, char *take)
{
    struct stat st;

    if (strcmp(take, "-") == 0 || stat(take, &st) != 0 || !S_ISDIR(st.st_mode)) {
        add_file(walk, take, true);
        return;
    }
    push_folder(walk, take);
    free(take);
}

void dir_walk_start(struct dir_walk *walk, char *const *paths, size_t count)
{
    while (count-- > 0)
        push(walk, memory_strdup(paths[count]), true, false);
}

bool dir_walk_step(struct dir_walk *walk)
{
    struct dir_walk_file next;

    if (walk->pending_count == 0)
        return false;
    next = walk->pending[--walk->pending_count];
    if (next.named)
        walk_named(walk, next.path);
    else if (next.regular)
        add_file(walk, next.path, false);
    else
        walk_met(walk, next.path);
    return true;
}

void dir_walk_add(struct dir_walk *walk, const char *path)
{
    push(walk, memory_strdup(path), true, false);
    while (dir_walk_step(walk))
        continue;
}

void dir_walk_meet(struct dir_walk *walk, const char *path)
{
    push(walk, memory_strdup(path), false, false);
}

void dir_walk_release(struct dir_walk *walk)
{
    size_t i;

    for (i = 0; i < walk->count; i++)
        free(walk->files[i].path);
    free(walk->files);
    for (i = 0; i < walk->pending_count; i++)
        free(walk->pending[i].path);
    free(walk->pending);
    for (i = 0; i < walk->failure_count; i++)
        free(walk->failures[i].path);
    free(walk->failures);
    for (i = 0; i < walk->folder_count; i++)
        free(walk->folders[i]);
    free(walk->folders);
    *walk = (struct dir_walk){0};
}

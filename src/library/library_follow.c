/* Library: following the folders. A reported change is checked individually; if changes are not
 * reported, everything is walked again from time to time, in small steps. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "library/library_private.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"

/* LOOK_MS: between two checks of folders that cannot be watched. */
enum { LOOK_MS = 5000 };

void library_follow_start(struct library *l)
{
    struct stat st;

    l->follow.watch = dir_watch_new();
    l->follow.next_look_ms = clock_monotonic_ms() + LOOK_MS;
    for (size_t i = 0; i < l->options->path_count; i++) /* files have no folder to watch */
        l->follow.looks = l->follow.looks || stat(l->options->paths[i], &st) != 0 ||
                          !S_ISDIR(st.st_mode);
}

bool library_is_watched(const struct library *l)
{
    return l->follow.watch != NULL && !l->follow.looks &&
           l->follow.watched == index_refresh_walk(l->refresh)->folder_count;
}

void library_follow_stop(struct library *l)
{
    struct known_file *file;
    struct known_file *next;

    dir_watch_free(l->follow.watch);
    dir_walk_release(&l->follow.look);
    HASH_ITER(hh, l->follow.known, file, next)
    {
        HASH_DEL(l->follow.known, file);
        free(file->path);
        free(file);
    }
}

/* ------------------------------------------------------------------------ what is known */

static struct known_file *find(struct library *l, const char *path)
{
    struct known_file *file;

    HASH_FIND_STR(l->follow.known, path, file);
    return file;
}

static struct known_file *know(struct library *l, const char *path)
{
    struct known_file *file = find(l, path);

    if (file != NULL)
        return file;
    file = memory_zalloc(1, sizeof *file);
    file->path = memory_strdup(path);
    file->number = SIZE_MAX;
    HASH_ADD_KEYPTR(hh, l->follow.known, file->path, strlen(file->path), file);
    return file;
}

static void learn(struct library *l)
{
    const struct dir_walk *walk = index_refresh_walk(l->refresh);

    for (; l->follow.learned < walk->count; l->follow.learned++)
        know(l, walk->files[l->follow.learned].path);
}

size_t library_follow_number(struct library *l, const char *path)
{
    const struct known_file *file = find(l, path);

    return file != NULL ? file->number : SIZE_MAX;
}

bool library_follow_note(struct library *l, const char *path, size_t number)
{
    struct known_file *file = know(l, path);
    bool changed = file->changed;

    file->number = number;
    file->changed = false;
    return changed;
}

/* --------------------------------------------------------------------------- the changes */

/* A new or changed file or folder. */
static void take_change(struct library *l, const char *path)
{
    struct known_file *file = find(l, path);
    struct stat st;

    if (lstat(path, &st) != 0)
        return;
    if (file == NULL && S_ISREG(st.st_mode) && st.st_size == 0)
        return; /* it is reported again when something is in it */
    if (file == NULL)
        index_refresh_add(l->refresh, path);
    else if (file->number == SIZE_MAX)
        file->changed = true;
    else
        library_look_again(l, file->number);
}

static void lose(struct library *l, const struct known_file *file)
{
    if (file->number != SIZE_MAX)
        library_lose(l, file->number);
}

/* A file has disappeared, or a folder with everything in it. */
static void take_loss(struct library *l, const char *path)
{
    struct known_file *file = find(l, path);
    size_t bytes = strlen(path);
    struct known_file *next;

    if (file != NULL) {
        lose(l, file);
        return;
    }
    HASH_ITER(hh, l->follow.known, file, next)
    {
        if (strncmp(file->path, path, bytes) == 0 && file->path[bytes] == '/')
            lose(l, file);
    }
}

/* Files may have been added to a new folder before it was watched. */
static void watch_folders(struct library *l)
{
    const struct dir_walk *walk = index_refresh_walk(l->refresh);
    bool late = l->taken > 0;

    for (; l->follow.watched < walk->folder_count; l->follow.watched++) {
        const char *folder = walk->folders[l->follow.watched];

        if (dir_watch_add(l->follow.watch, folder) && late)
            index_refresh_add(l->refresh, folder);
    }
}

/* ------------------------------------------------------------------------------ the look */

static void start_look(struct library *l)
{
    struct known_file *file;
    struct known_file *next;

    HASH_ITER(hh, l->follow.known, file, next)
    {
        file->seen = false;
    }
    l->follow.is_looking = true;
    l->follow.looked = 0;
    dir_walk_start(&l->follow.look, l->options->paths, l->options->path_count);
}

static void end_look(struct library *l)
{
    struct known_file *file;
    struct known_file *next;

    HASH_ITER(hh, l->follow.known, file, next)
    {
        if (!file->seen)
            lose(l, file);
    }
    dir_walk_release(&l->follow.look);
    l->follow.is_looking = false;
    l->follow.next_look_ms = clock_monotonic_ms() + LOOK_MS;
}

static void step_look(struct library *l, int64_t end_ms)
{
    struct dir_walk *look = &l->follow.look;

    do {
        if (l->follow.looked < look->count) {
            const char *path = look->files[l->follow.looked++].path;
            struct known_file *file = find(l, path);

            take_change(l, path);
            if (file != NULL)
                file->seen = true;
        } else if (!dir_walk_step(look)) {
            end_look(l);
            return;
        }
    } while (clock_monotonic_ms() < end_ms);
}

bool library_follow_step(struct library *l, int64_t budget_ms)
{
    struct library_follow *f = &l->follow;
    int64_t now_ms = clock_monotonic_ms();
    struct buffer path = {0};
    enum dir_watch_event event;
    bool has_changed = false;

    if (f->watch == NULL)
        return false;
    learn(l);
    watch_folders(l);
    while ((event = dir_watch_take(f->watch, &path)) != DIR_WATCH_NONE) {
        has_changed = true;
        if (event == DIR_WATCH_LOST)
            f->next_look_ms = 0;
        else if (event == DIR_WATCH_GONE)
            take_loss(l, buffer_string(&path));
        else
            take_change(l, buffer_string(&path));
    }
    buffer_release(&path);
    f->looks = f->looks || dir_watch_is_blind(f->watch);
    if (!f->is_looking && now_ms >= f->next_look_ms && (f->looks || f->next_look_ms == 0) &&
        !index_refresh_is_walking(l->refresh))
        start_look(l);
    if (f->is_looking) {
        step_look(l, now_ms + budget_ms);
        has_changed = true;
    }
    return has_changed;
}

void library_look(struct library *l)
{
    l->follow.next_look_ms = 0;
}

int library_wait(const struct library *l, int *wait_ms)
{
    int64_t left_ms = l->follow.next_look_ms - clock_monotonic_ms();

    *wait_ms = -1;
    if (l->follow.watch == NULL)
        return -1;
    if (l->follow.looks)
        *wait_ms = left_ms > 0 ? (int)left_ms : 0;
    return dir_watch_fd(l->follow.watch);
}

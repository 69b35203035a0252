/* Record file. Several files may belong to records that had the same path, one after the other:
 * their names end in a number. */
#include "shilu/store/record_file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"
#include "shilu/base/xdg.h"

/* Records that may have had the same path. */
enum { FILES_MAX = 100 };

struct candidate {
    char *file; /* owned */
    enum record_match match;
    bool is_copy; /* its own record still exists at its path */
};

static char *name_for(const struct record_file *f, int number)
{
    const char *key = f->id.path != NULL ? f->id.path : f->id.words;
    char hash[FILE_ID_HASH_BYTES];
    struct buffer name = {0};
    char *path;

    file_id_hash(key, strlen(key), hash);
    buffer_append_format(&name, "%s/%s-%d.json", f->folder, hash, number);
    path = xdg_path(XDG_DATA, buffer_string(&name));
    buffer_release(&name);
    return path;
}

static void adopt(const char *file, bool is_copy, record_file_taker *take, void *context)
{
    struct json_file f;
    struct error ignored;

    if (!json_file_read(&f, file, &ignored))
        return;
    take(context, f.root, is_copy);
    json_file_release(&f);
}

/* Find this record's file among those of records that had its path; else the first free name
 * becomes f->file. A file that cannot be parsed ends the search: nothing is written over it
 * (json_file_update). */
static enum record_match find_by_path(struct record_file *f, record_file_taker *take,
                                      void *context)
{
    for (int number = 1; number <= FILES_MAX; number++) {
        struct candidate c = {.file = name_for(f, number), .match = RECORD_SAME};
        struct json_file json;
        struct error ignored;

        if (c.file == NULL)
            return RECORD_OTHER;
        if (access(c.file, F_OK) != 0) {
            free(f->file);
            f->file = c.file;
            return RECORD_OTHER;
        }
        if (json_file_read(&json, c.file, &ignored)) {
            c.match = record_id_match(&f->id, json.root);
            json_file_release(&json);
        }
        if (c.match == RECORD_SAME || c.match == RECORD_CORRECTED) {
            adopt(c.file, false, take, context);
            free(f->file);
            f->file = c.file;
            return c.match;
        }
        free(c.file);
    }
    return RECORD_OTHER;
}

static bool is_ours(const char *name)
{
    const char *dot = strrchr(name, '.');

    return name[0] != '.' && dot != NULL && strcmp(dot, ".json") == 0;
}

void record_file_each(const char *folder, record_file_visitor *visit, void *context)
{
    char *where = xdg_path(XDG_DATA, folder);
    DIR *entries = where != NULL ? opendir(where) : NULL;
    struct dirent *entry;

    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        struct buffer path = {0};
        struct json_file f;
        struct error ignored;

        if (!is_ours(entry->d_name))
            continue;
        buffer_append_format(&path, "%s/%s", where, entry->d_name);
        if (json_file_read(&f, path.data, &ignored)) {
            visit(context, path.data, f.root);
            json_file_release(&f);
        } else {
            visit(context, path.data, NULL);
        }
        buffer_release(&path);
    }
    if (entries != NULL)
        closedir(entries);
    free(where);
}

struct seeking {
    const struct record_file *f;
    struct candidate best;
    char **was;
};

/* A file whose record no longer exists at its path is better than one found before. */
static void consider(void *context, const char *file, const struct cJSON *root)
{
    struct seeking *s = context;
    enum record_match match = root != NULL ? record_id_match(&s->f->id, root) : RECORD_OTHER;
    bool is_copy = match == RECORD_MOVED && record_id_is_there(root);

    if (match == RECORD_OTHER || (s->best.file != NULL && (!s->best.is_copy || is_copy)))
        return;
    free(s->best.file);
    free(*s->was);
    s->best = (struct candidate){memory_strdup(file), match, is_copy};
    *s->was = record_id_path_in(root);
}

/* Among all files: one that matches this record by its words or its bytes. */
static enum record_match find_by_words(struct record_file *f, char **was,
                                       record_file_taker *take, void *context)
{
    struct seeking s = {.f = f, .was = was};

    record_file_each(f->folder, consider, &s);
    if (s.best.file == NULL)
        return RECORD_OTHER;
    adopt(s.best.file, s.best.is_copy, take, context);
    if (s.best.is_copy) {
        free(s.best.file);
    } else {
        free(f->file);
        f->file = s.best.file;
    }
    return s.best.match;
}

void record_file_init(struct record_file *f, const char *folder, const char *path,
                      record_file_taker *take, void *context)
{
    *f = (struct record_file){.folder = folder};
    record_id_init(&f->id, path);
    f->is_kept = path != NULL;
    if (f->id.path != NULL && find_by_path(f, take, context) == RECORD_SAME)
        f->is_settled = true;
}

void record_file_release(struct record_file *f)
{
    free(f->file);
    record_id_release(&f->id);
}

bool record_file_can_be_kept(const struct record_file *f)
{
    return f->is_kept && (f->id.path != NULL || *f->id.words != '\0');
}

enum record_match record_file_settle(struct record_file *f, char **was, record_file_taker *take,
                                     void *context)
{
    enum record_match match;

    *was = NULL;
    if (f->is_settled || !record_file_can_be_kept(f))
        return RECORD_SAME;
    f->is_settled = true;
    match = find_by_path(f, take, context);
    if (match == RECORD_OTHER)
        match = find_by_words(f, was, take, context);
    if (f->id.path == NULL && *was == NULL)
        match = RECORD_SAME; /* it never had a path */
    return match;
}

bool record_file_update(struct record_file *f, json_file_change *change, void *context,
                        struct error *err)
{
    if (f->file == NULL)
        return error_set(err, ERROR_SYSTEM, "neither XDG_DATA_HOME nor HOME names a folder");
    return json_file_update(f->file, change, context, err);
}

/* Folder layouts. The config is read again only for these, because commands need nothing else
 * from it. */
#include "shilu/store/folder_layouts.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"
#include "shilu/base/xdg.h"

struct folder_layouts {
    struct json_file file;
    const cJSON *layouts; /* of the file: an object */
};

struct folder_layouts *folder_layouts_read(const char *path)
{
    struct folder_layouts *f = memory_zalloc(1, sizeof *f);
    char *own = path != NULL ? memory_strdup(path) : xdg_path(XDG_CONFIG, "config.json");
    struct error ignored;

    if (own != NULL && access(own, R_OK) == 0 && json_file_read(&f->file, own, &ignored))
        f->layouts = cJSON_GetObjectItemCaseSensitive(f->file.root, "layouts");
    free(own);
    if (cJSON_IsObject(f->layouts) && f->layouts->child != NULL)
        return f;
    folder_layouts_free(f);
    return NULL;
}

void folder_layouts_free(struct folder_layouts *f)
{
    if (f == NULL)
        return;
    json_file_release(&f->file);
    free(f);
}

bool folder_layouts_check(const struct json_file *file, const struct cJSON *item,
                          struct error *err)
{
    if (item->string[0] != '/' && strncmp(item->string, "~/", 2) != 0)
        return json_file_error(file, item, err,
                               "'%s' must be a folder that begins with / or ~/", item->string);
    if (!cJSON_IsString(item))
        return json_file_error(file, item, err, "'%s' must name a layout", item->string);
    return true;
}

/* The folder's real path, without links; NULL if it does not exist. */
static char *folder_of(const char *name)
{
    const char *home = getenv("HOME");
    struct buffer path = {0};
    char *whole;

    if (strncmp(name, "~/", 2) == 0 && home == NULL)
        return NULL;
    if (strncmp(name, "~/", 2) == 0)
        buffer_append_format(&path, "%s%s", home, name + 1);
    else
        buffer_append_string(&path, name);
    whole = realpath(buffer_string(&path), NULL);
    buffer_release(&path);
    return whole;
}

static bool is_inside(const char *path, const char *folder)
{
    size_t bytes = strlen(folder);

    while (bytes > 0 && folder[bytes - 1] == '/')
        bytes--;
    return strncmp(path, folder, bytes) == 0 && path[bytes] == '/';
}

const char *folder_layouts_find(const struct folder_layouts *f, const char *path)
{
    char *whole = f != NULL ? realpath(path, NULL) : NULL;
    const char *best = NULL;
    size_t best_bytes = 0;
    const cJSON *item;

    if (whole == NULL)
        return NULL;
    cJSON_ArrayForEach(item, f->layouts)
    {
        char *folder = cJSON_IsString(item) ? folder_of(item->string) : NULL;

        if (folder != NULL && is_inside(whole, folder) && strlen(folder) >= best_bytes) {
            best = item->valuestring;
            best_bytes = strlen(folder);
        }
        free(folder);
    }
    free(whole);
    return best;
}

/* History between runs: one list of lines a kind of prompt, oldest first, each as long as a
 * prompt's own. Members that are not ours are kept. */
#include "app/history_file.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/xdg.h"
#include "shilu/store/json_file.h"
#include "shilu/view/prompt.h"

static const char file_name[] = "history.json";

/* The file's object; a new one where it is missing or broken. */
static cJSON *read_lists(const char *path)
{
    struct json_file f;
    struct error ignored;
    cJSON *root = NULL;

    if (path != NULL && json_file_read(&f, path, &ignored)) {
        root = f.root;
        f.root = NULL;
        json_file_release(&f);
    }
    if (cJSON_IsObject(root))
        return root;
    cJSON_Delete(root);
    return cJSON_CreateObject();
}

/* Each line there is goes to `take`. */
static void recall(void (*take)(void *context, const char *kind, const char *line),
                   void *context)
{
    char *path = xdg_path(XDG_STATE, file_name);
    cJSON *lists = read_lists(path);
    const cJSON *list;
    const cJSON *line;

    cJSON_ArrayForEach(list, lists)
    {
        cJSON_ArrayForEach(line, list)
        {
            if (cJSON_IsString(line))
                take(context, list->string, line->valuestring);
        }
    }
    cJSON_Delete(lists);
    free(path);
}

static void to_session(void *context, const char *kind, const char *line)
{
    session_recall(context, kind, line);
}

void history_file_recall(struct session *s)
{
    recall(to_session, s);
}

static void to_library(void *context, const char *kind, const char *line)
{
    library_session_recall(context, kind, line);
}

void history_file_recall_library(struct library_session *s)
{
    recall(to_library, s);
}

static void add_line(void *context, const char *kind, const char *line)
{
    cJSON *lists = context;
    cJSON *list = cJSON_GetObjectItemCaseSensitive(lists, kind);
    cJSON *known;

    if (!cJSON_IsArray(list)) {
        cJSON_DeleteItemFromObjectCaseSensitive(lists, kind);
        list = cJSON_AddArrayToObject(lists, kind);
    }
    cJSON_ArrayForEach(known, list)
    {
        if (cJSON_IsString(known) && strcmp(known->valuestring, line) == 0)
            break;
    }
    if (known != NULL)
        cJSON_Delete(cJSON_DetachItemViaPointer(list, known));
    cJSON_AddItemToArray(list, cJSON_CreateString(line));
    while (cJSON_GetArraySize(list) > PROMPT_HISTORY)
        cJSON_DeleteItemFromArray(list, 0);
}

static bool write_lists(const cJSON *lists, const char *path, struct error *err)
{
    char *text = lists->child != NULL ? cJSON_Print(lists) : NULL;
    bool ok = lists->child == NULL || (text != NULL && xdg_make_parents(path, err) &&
                                       file_replace(path, text, strlen(text), err));

    cJSON_free(text);
    return ok;
}

struct kept {
    char *path;
    cJSON *lists;
};

/* False where there is nowhere to keep anything. */
static bool keep_begin(struct kept *k)
{
    *k = (struct kept){.path = xdg_path(XDG_STATE, file_name)};
    if (k->path == NULL)
        return false;
    k->lists = read_lists(k->path);
    return true;
}

static bool keep_end(struct kept *k, struct error *err)
{
    bool ok = write_lists(k->lists, k->path, err);

    cJSON_Delete(k->lists);
    free(k->path);
    return ok;
}

bool history_file_keep(const struct session *s, struct error *err)
{
    struct kept k;

    if (!keep_begin(&k))
        return true;
    session_each_line(s, add_line, k.lists);
    return keep_end(&k, err);
}

bool history_file_keep_library(const struct library_session *s, struct error *err)
{
    struct kept k;

    if (!keep_begin(&k))
        return true;
    library_session_each_line(s, add_line, k.lists);
    return keep_end(&k, err);
}

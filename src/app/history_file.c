/* History between runs: one list of lines for each kind of prompt, oldest first, as long as a
 * prompt's own. Unknown members are kept. */
#include "app/history_file.h"

#include <cjson/cJSON.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/xdg.h"
#include "shilu/store/json_file.h"
#include "shilu/view/prompt.h"

static const char file_name[] = "history.json";

/* The file's object; a new one if it is missing or broken. */
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

void history_file_recall(struct ui_history *h)
{
    char *path = xdg_path(XDG_STATE, file_name);
    cJSON *lists = read_lists(path);
    const cJSON *list;
    const cJSON *line;

    cJSON_ArrayForEach(list, lists)
    {
        struct prompt_history *kind = ui_history_of(h, list->string);

        cJSON_ArrayForEach(line, list)
        {
            if (kind != NULL && cJSON_IsString(line))
                prompt_history_add(kind, line->valuestring);
        }
    }
    cJSON_Delete(lists);
    free(path);
}

static void add_line(cJSON *lists, const char *kind, const char *line)
{
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

static bool add_lines(void *context, cJSON *root, bool is_new, struct error *err)
{
    static const char *const kinds[] = {"search", "narrow", "time", "command", "shell"};
    const struct ui_history *h = context;
    const struct prompt_history *const lists[] = {&h->search, &h->narrow, &h->time, &h->command,
                                                  &h->shell};

    (void)is_new;
    (void)err;
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (size_t i = 0; i < lists[k]->count; i++)
            add_line(root, kinds[k], lists[k]->lines[i]);
    return true;
}

static bool is_empty(const struct ui_history *h)
{
    return h->search.count + h->narrow.count + h->time.count + h->command.count +
               h->shell.count ==
           0;
}

bool history_file_keep(const struct ui_history *h, struct error *err)
{
    char *path = xdg_path(XDG_STATE, file_name);
    /* If nothing was typed, or there is no place to keep anything, nothing is written. */
    bool ok = path == NULL || is_empty(h) ||
              json_file_update(path, add_lines, (void *)(uintptr_t)h, err);

    free(path);
    return ok;
}

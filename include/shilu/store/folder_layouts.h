/* Folder layouts: "layouts" in the config names the template by which the records in a folder,
 * and in the folders below it, are read:
 *
 *   {"layouts": {"~/hearings": "{speaker}. {text}", "/srv/chats": "{time} {speaker}: {text}"}}
 */
#ifndef SHILU_STORE_FOLDER_LAYOUTS_H
#define SHILU_STORE_FOLDER_LAYOUTS_H

#include "shilu/store/json_file.h"

struct folder_layouts;

/* From the config at `path`, or the user's own for NULL; NULL if it has none. config_load
 * reports faults. */
struct folder_layouts *folder_layouts_read(const char *path);
void folder_layouts_free(struct folder_layouts *f);

/* The template of the innermost folder around the file, borrowed; NULL: none. */
const char *folder_layouts_find(const struct folder_layouts *f, const char *path);

/* Whether a member of "layouts" is a folder and a string. */
bool folder_layouts_check(const struct json_file *file, const struct cJSON *item,
                          struct error *err);

#endif

/* Folder layouts: "layouts" in the config gives the template for reading the records in a
 * folder and in the folders below it:
 *    {"layouts": {"~/hearings": "{speaker}. {text}", "/srv/chats": "{time} {speaker}:
 * {text}"}} */
#ifndef SHILU_STORE_FOLDER_LAYOUTS_H
#define SHILU_STORE_FOLDER_LAYOUTS_H

#include "shilu/store/json_file.h"

struct folder_layouts;

/* From the config at `path`, or the user's own for NULL; NULL if it has none. config_load
 * reports errors. */
struct folder_layouts *folder_layouts_read(const char *path);
void folder_layouts_free(struct folder_layouts *f);

/* The template of the innermost folder that contains the file, borrowed; or NULL. */
const char *folder_layouts_find(const struct folder_layouts *f, const char *path);

/* Whether a member of "layouts" has a folder as its name and a string as its value. */
bool folder_layouts_check(const struct json_file *file, const struct cJSON *item,
                          struct error *err);

#endif

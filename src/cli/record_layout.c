/* Record layout. */
#include "shilu/cli/record_layout.h"

#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/store/folder_layouts.h"
#include "shilu/store/places.h"

static bool is_forgotten(const struct options *o)
{
    return o->layout != NULL && strcmp(o->layout, OPTIONS_LAYOUT_AUTO) == 0;
}

char *record_layout_find(const char *path, const struct options *o)
{
    char *layout;
    const char *folder;

    if (is_forgotten(o))
        return NULL;
    if (o->layout != NULL)
        return memory_strdup(o->layout);
    if (strcmp(path, "-") == 0)
        return NULL;
    layout = state_layout_find(o->remembered_speakers, path);
    if (layout != NULL)
        return layout;
    folder = folder_layouts_find(o->folder_layouts, path);
    return folder != NULL ? memory_strdup(folder) : NULL;
}

bool record_layout_keep(const char *path, const struct options *o, struct error *err)
{
    if (o->layout == NULL || strcmp(path, "-") == 0)
        return true;
    return places_save_layout(path, is_forgotten(o) ? NULL : o->layout, err);
}

#include "shilu/base/embedded_file.h"

#include <stddef.h>
#include <string.h>

const char *embedded_file_find(const struct embedded_file *list, const char *name)
{
    for (; list->name != NULL; list++)
        if (strcmp(list->name, name) == 0)
            return list->text;
    return NULL;
}

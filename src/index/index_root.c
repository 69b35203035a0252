/* Index root. */
#include "index/index_root.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "shilu/base/memory.h"
#include "shilu/index/index_store.h"

bool index_root_init(struct index_root *root, const char *folder, bool in_folder)
{
    char *real = realpath(folder, NULL);
    struct buffer front = {0};
    struct stat st;
    char *top;
    size_t bytes;

    *root = (struct index_root){.folder = folder};
    if (real == NULL || stat(real, &st) != 0 || !S_ISDIR(st.st_mode) ||
        !index_store_locate(real, in_folder, &top, &root->path)) {
        free(real);
        return false;
    }
    bytes = strcmp(top, "/") == 0 ? 0 : strlen(top);
    if (real[bytes] == '/' && real[bytes + 1] != '\0')
        buffer_append_format(&front, "%s/", real + bytes + 1);
    root->front = memory_strdup(buffer_string(&front));
    buffer_release(&front);
    free(top);
    free(real);
    return true;
}

void index_root_release(struct index_root *root)
{
    free(root->front);
    free(root->path);
}

bool index_root_file(const struct index_root *root, const char *path, struct buffer *file)
{
    size_t bytes = strlen(root->folder);

    while (bytes > 0 && root->folder[bytes - 1] == '/')
        bytes--;
    if (strncmp(path, root->folder, bytes) != 0 || path[bytes] != '/')
        return false;
    path += bytes;
    path += strspn(path, "/");
    buffer_clear(file);
    buffer_append_string(file, root->front);
    buffer_append_string(file, path);
    return true;
}

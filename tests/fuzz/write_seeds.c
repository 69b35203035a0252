/* write_seeds ROOT FAMILY FOLDER: writes the initial corpus of a family. */
#include <stdio.h>

#include "fuzz.h"

struct folder {
    const char *path;
    int count;
};

static bool write_seed(void *context, const char *name, const struct buffer *bytes)
{
    struct folder *folder = context;
    struct buffer path = {0};
    FILE *out;
    bool ok;

    buffer_append_format(&path, "%s/seed-%d", folder->path, folder->count++);
    out = fopen(path.data, "wb");
    ok = out != NULL && fwrite(bytes->data, 1, bytes->bytes, out) == bytes->bytes;
    if (out != NULL)
        ok = fclose(out) == 0 && ok;
    if (!ok)
        fprintf(stderr, "cannot write %s for %s\n", path.data, name);
    buffer_release(&path);
    return ok;
}

int main(int argc, char **argv)
{
    const struct fuzz_family *family = argc == 4 ? fuzz_family_named(argv[2], '\0') : NULL;
    struct folder folder = {argc == 4 ? argv[3] : "", 0};

    if (family == NULL) {
        fputs("usage: write_seeds ROOT FAMILY FOLDER\n", stderr);
        return 2;
    }
    return fuzz_each_seed(family, argv[1], write_seed, &folder) ? 0 : 1;
}

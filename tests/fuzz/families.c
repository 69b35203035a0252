/* All families of fuzz targets, and where their seeds come from. */
#include <stdio.h>
#include <string.h>

#include "fuzz.h"

const struct fuzz_family *const fuzz_families[] = {
    &fuzz_captions,
    NULL,
};

const struct fuzz_family *fuzz_family_named(const char *name, char end)
{
    const struct fuzz_family *const *family;

    for (family = fuzz_families; *family != NULL; family++) {
        size_t length = strlen((*family)->name);

        if (strncmp(name, (*family)->name, length) == 0 && name[length] == end)
            return *family;
    }
    return NULL;
}

bool fuzz_file_bytes(const char *path, struct buffer *out)
{
    FILE *in = fopen(path, "rb");
    size_t got;
    bool ok;

    if (in == NULL)
        return false;
    while ((got = fread(buffer_reserve(out, 65536), 1, 65536, in)) > 0)
        buffer_commit(out, got);
    ok = !ferror(in);
    fclose(in);
    return ok;
}

bool fuzz_seed_bytes(const struct fuzz_seed *seed, const char *root, struct buffer *out)
{
    struct buffer path = {0};
    bool ok = true;

    buffer_append_char(out, (char)seed->row);
    buffer_append_char(out, (char)seed->step);
    if (seed->fixture == NULL) {
        buffer_append_string(out, seed->text);
    } else {
        buffer_append_format(&path, "%s/%s", root, seed->fixture);
        ok = fuzz_file_bytes(path.data, out);
    }
    buffer_release(&path);
    return ok;
}

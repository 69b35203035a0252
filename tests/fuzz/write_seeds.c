/* write_seeds ROOT FAMILY FOLDER: what the corpus of a family starts with. */
#include <stdio.h>

#include "fuzz.h"

static bool write_seed(const struct fuzz_seed *seed, const char *root, const char *path)
{
    struct buffer bytes = {0};
    bool ok = fuzz_seed_bytes(seed, root, &bytes);
    FILE *out = ok ? fopen(path, "wb") : NULL;

    ok = out != NULL && fwrite(bytes.data, 1, bytes.bytes, out) == bytes.bytes;
    if (out != NULL)
        ok = fclose(out) == 0 && ok;
    buffer_release(&bytes);
    return ok;
}

int main(int argc, char **argv)
{
    const struct fuzz_family *family = argc == 4 ? fuzz_family_named(argv[2], '\0') : NULL;
    const struct fuzz_seed *seed;

    if (family == NULL) {
        fputs("usage: write_seeds ROOT FAMILY FOLDER\n", stderr);
        return 2;
    }
    for (seed = family->seeds; seed->fixture != NULL || seed->text != NULL; seed++) {
        struct buffer path = {0};
        bool ok;

        buffer_append_format(&path, "%s/seed-%d", argv[3], (int)(seed - family->seeds));
        ok = write_seed(seed, argv[1], path.data);
        if (!ok)
            fprintf(stderr, "cannot write %s\n", path.data);
        buffer_release(&path);
        if (!ok)
            return 1;
    }
    return 0;
}

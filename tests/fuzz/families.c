/* All families of fuzz targets, and the seeds that their corpora start with. */
#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "fuzz.h"

/* In which the fixtures come: 6 bytes, and as a file that grows; or 21, and as a long file. */
static const unsigned char steps[] = {9, 18};

const struct fuzz_family *const fuzz_families[] = {
    &fuzz_captions, &fuzz_ours,      &fuzz_foreign, &fuzz_xml,   &fuzz_text,  &fuzz_bytes,
    &fuzz_matcher,  &fuzz_documents, &fuzz_keys,    &fuzz_store, &fuzz_typed, &fuzz_session,
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

static void start_seed(struct buffer *bytes, size_t row, unsigned char step)
{
    buffer_clear(bytes);
    buffer_append_char(bytes, (char)row);
    buffer_append_char(bytes, (char)step);
}

static bool is_expectation(const char *path)
{
    const char *dot = strrchr(path, '.');

    return dot != NULL && strcmp(dot, ".expected") == 0;
}

/* The fixtures of one format, each after the bytes that choose its row. */
static bool visit_fixtures(const char *format, size_t row, const char *root,
                           fuzz_visitor *visit, void *context)
{
    struct buffer path = {0};
    struct buffer bytes = {0};
    glob_t found = {0};
    bool ok = true;
    size_t i;

    buffer_append_format(&path, "%s/tests/fixtures/formats/%s/*", root, format);
    if (glob(path.data, 0, NULL, &found) != 0)
        found.gl_pathc = 0;
    for (i = 0; ok && i < found.gl_pathc; i++) {
        if (is_expectation(found.gl_pathv[i]))
            continue;
        for (size_t k = 0; ok && k < sizeof steps; k++) {
            start_seed(&bytes, row, steps[k]);
            ok = fuzz_file_bytes(found.gl_pathv[i], &bytes) &&
                 visit(context, found.gl_pathv[i], &bytes);
        }
    }
    globfree(&found);
    buffer_release(&bytes);
    buffer_release(&path);
    return ok;
}

bool fuzz_each_seed(const struct fuzz_family *family, const char *root, fuzz_visitor *visit,
                    void *context)
{
    struct buffer bytes = {0};
    bool ok = true;
    size_t i;

    for (i = 0; ok && i < family->row_count; i++)
        ok = visit_fixtures(family->rows[i].format, i, root, visit, context);
    for (i = 0; ok && i < family->text_count; i++) {
        start_seed(&bytes, family->texts[i].row, family->texts[i].step);
        buffer_append_string(&bytes, family->texts[i].text);
        ok = visit(context, family->texts[i].text, &bytes);
    }
    buffer_release(&bytes);
    return ok;
}

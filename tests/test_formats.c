/* Every row of the registry: its folder tests/fixtures/formats/NAME holds a file that is well
 * formed, an odd one as real producers write it, and a broken one, each beside what is read
 * of it, FILE.expected. SHILU_UPDATE_GOLDEN=1 writes those again. */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read_support.h"
#include "shilu/formats/registry.h"

static const char *fixtures(void)
{
    static char path[4096];
    const char *root = getenv("SHILU_SRCDIR");

    snprintf(path, sizeof path, "%s/tests/fixtures/formats", root != NULL ? root : ".");
    return path;
}

static bool is_updating(void)
{
    const char *wish = getenv("SHILU_UPDATE_GOLDEN");

    return wish != NULL && *wish != '\0';
}

/* The files of a format that match, without what is expected of them. The caller frees it. */
static size_t find_fixtures(const char *format, const char *pattern, glob_t *found)
{
    char path[4200];
    size_t kept = 0;
    size_t i;

    snprintf(path, sizeof path, "%s/%s/%s", fixtures(), format, pattern);
    if (glob(path, 0, NULL, found) != 0)
        return 0;
    for (i = 0; i < found->gl_pathc; i++) {
        const char *dot = strrchr(found->gl_pathv[i], '.');

        if (strcmp(dot, ".expected") != 0) {
            char *path_kept = found->gl_pathv[i];

            found->gl_pathv[i] = found->gl_pathv[kept];
            found->gl_pathv[kept++] = path_kept;
        }
    }
    return kept;
}

static void read_bytes(const char *path, struct buffer *out)
{
    FILE *file = fopen(path, "rb");
    char bytes[4096];
    size_t got;

    if (file == NULL)
        fail_msg("cannot open %s (SHILU_UPDATE_GOLDEN=1 makes what is expected)", path);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        buffer_append(out, bytes, got);
    fclose(file);
}

static void dump_found(struct buffer *out, const struct diagnostics *found)
{
    static const char *const severities[] = {"note", "warning", "fault"};
    size_t i;

    for (i = 0; i < found->kept; i++) {
        const struct diagnostic *d = &found->items[i];

        buffer_append_format(out, "%s %ju:%ju: %s\n", severities[d->severity],
                             (uintmax_t)d->line, (uintmax_t)d->column, d->message);
    }
}

static void dump_fields(struct buffer *out, const struct transcript *t)
{
    static const char *const names[] = {"title", "language", "date", "venue", "source", "url"};
    int field;

    for (field = FIELD_TITLE; field <= FIELD_SOURCE_URL; field++) {
        const char *value = transcript_get(t, (enum transcript_field)field);

        if (value != NULL)
            buffer_append_format(out, "%s: %s\n", names[field], value);
    }
}

/* The result of reading a file as a user would, without naming its format. */
static void dump_file(struct buffer *out, const char *path)
{
    struct buffer bytes = {0};
    struct loader_options options = {0};
    struct reading r = {.transcript = transcript_new()};

    read_bytes(path, &bytes);
    r.loader = loader_new(source_open_memory(bytes.data, bytes.bytes), r.transcript, &options,
                          &r.err);
    assert_non_null(r.loader);
    r.ok = loader_run(r.loader, &r.err);
    buffer_append_format(out, "format: %s\n", loader_format_name(r.loader));
    if (!r.ok)
        buffer_append_format(out, "error %ju:%ju: %s\n", (uintmax_t)r.err.line,
                             (uintmax_t)r.err.column, r.err.message);
    dump_found(out, loader_diagnostics(r.loader));
    dump_fields(out, r.transcript);
    dump_segments(out, r.transcript);
    reading_release(&r);
    buffer_release(&bytes);
}

static void compare_with_expected(const char *path, const struct buffer *dump)
{
    struct buffer expected = {0};
    struct buffer name = {0};

    buffer_append_format(&name, "%s.expected", path);
    if (is_updating()) {
        FILE *file = fopen(name.data, "wb");

        assert_non_null(file);
        fwrite(dump->data, 1, dump->bytes, file);
        assert_int_equal(fclose(file), 0);
    } else {
        read_bytes(name.data, &expected);
        if (strcmp(buffer_string(&expected), dump->data) != 0)
            fail_msg("%s\n--- expected\n%s--- read\n%s", path, expected.data, dump->data);
    }
    buffer_release(&expected);
    buffer_release(&name);
}

/* What another program reads can only be tried where that is installed. */
static bool can_be_read(const struct reader_ops *row)
{
    return strcmp(row->name, "pdf") != 0 || system("pdftotext -v >/dev/null 2>&1") == 0;
}

static void check_format(const struct reader_ops *row)
{
    char format_line[80];
    glob_t found = {0};
    size_t count = find_fixtures(row->name, "*", &found);
    size_t i;

    snprintf(format_line, sizeof format_line, "format: %s\n", row->name);
    for (i = 0; i < count; i++) {
        struct buffer dump = {0};

        dump_file(&dump, found.gl_pathv[i]);
        if (strncmp(dump.data, format_line, strlen(format_line)) != 0)
            fail_msg("%s is not taken for %s:\n%s", found.gl_pathv[i], row->name, dump.data);
        compare_with_expected(found.gl_pathv[i], &dump);
        buffer_release(&dump);
    }
    globfree(&found);
}

static void every_format__reads_its_fixtures_as_expected(void **state)
{
    const struct reader_ops *const *row;

    (void)state;
    for (row = registry_readers(); *row != NULL; row++) {
        if (can_be_read(*row))
            check_format(*row);
        else
            print_message("%s: skipped, its program is not installed\n", (*row)->name);
    }
}

static void every_format__has_a_well_formed_an_odd_and_a_broken_fixture(void **state)
{
    static const char *const wanted[] = {"well-formed.*", "odd.*", "broken.*"};
    const struct reader_ops *const *row;
    size_t i;

    (void)state;
    for (row = registry_readers(); *row != NULL; row++) {
        for (i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
            glob_t found = {0};

            if (find_fixtures((*row)->name, wanted[i], &found) == 0)
                fail_msg("tests/fixtures/formats/%s wants %s", (*row)->name, wanted[i]);
            globfree(&found);
        }
    }
}

/* A folder whose format has gone, or is misspelt, would never be read. */
static void every_folder__is_of_a_format(void **state)
{
    char path[4200];
    glob_t found = {0};
    size_t i;

    (void)state;
    snprintf(path, sizeof path, "%s/*", fixtures());
    assert_int_equal(glob(path, 0, NULL, &found), 0);
    for (i = 0; i < found.gl_pathc; i++) {
        const char *name = strrchr(found.gl_pathv[i], '/') + 1;

        if (registry_reader(name) == NULL)
            fail_msg("tests/fixtures/formats/%s: no such format", name);
    }
    globfree(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format__reads_its_fixtures_as_expected),
        cmocka_unit_test(every_format__has_a_well_formed_an_odd_and_a_broken_fixture),
        cmocka_unit_test(every_folder__is_of_a_format),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

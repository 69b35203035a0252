/* What fuzzing found, and the seeds it starts from: each is run as the fuzz target would run
 * it. A file of tests/fixtures/fuzz is named FAMILY-what-it-was. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fuzz/fuzz.h"
#include "shilu/formats/registry.h"

static const char *root(void)
{
    const char *folder = getenv("SHILU_SRCDIR");

    return folder != NULL ? folder : ".";
}

/* Bytes in a block of their own, so that a sanitizer sees their end. */
static void assert_holds(const struct fuzz_family *family, const struct buffer *bytes,
                         const char *name)
{
    char *exact = malloc(bytes->bytes > 0 ? bytes->bytes : 1);
    struct error err;

    if (bytes->bytes > 0)
        memcpy(exact, bytes->data, bytes->bytes);
    if (!family->run(exact, bytes->bytes, &err))
        fail_msg("%s: %s", name, err.message);
    free(exact);
}

static void finds__stay_repaired(void **state)
{
    struct buffer folder = {0};
    struct dirent *entry;
    size_t count = 0;
    DIR *finds;

    (void)state;
    buffer_append_format(&folder, "%s/tests/fixtures/fuzz", root());
    finds = opendir(folder.data);
    assert_non_null(finds);
    while ((entry = readdir(finds)) != NULL) {
        const struct fuzz_family *family = fuzz_family_named(entry->d_name, '-');
        struct buffer path = {0};
        struct buffer bytes = {0};

        if (entry->d_name[0] == '.')
            continue;
        if (family == NULL)
            fail_msg("no family is named at the front of %s", entry->d_name);
        buffer_append_format(&path, "%s/%s", folder.data, entry->d_name);
        assert_true(fuzz_file_bytes(path.data, &bytes));
        assert_holds(family, &bytes, entry->d_name);
        buffer_release(&bytes);
        buffer_release(&path);
        count++;
    }
    closedir(finds);
    buffer_release(&folder);
    assert_true(count > 0);
}

static bool has_row(const struct fuzz_family *family, const char *format)
{
    size_t i;

    for (i = 0; i < family->row_count; i++) {
        if (strcmp(family->rows[i].format, format) == 0)
            return true;
    }
    return false;
}

/* Of the families that read by one reader; those of all bytes only borrow fixtures. */
static void families__have_every_format(void **state)
{
    const struct reader_ops *const *reader;
    const struct fuzz_family *const *family;

    (void)state;
    for (reader = registry_readers(); *reader != NULL; reader++) {
        bool found = strcmp((*reader)->name, "pdf") == 0; /* another program parses it */

        for (family = fuzz_families; *family != NULL; family++)
            found = found || (*family != &fuzz_bytes && has_row(*family, (*reader)->name));
        if (!found)
            fail_msg("no family of tests/fuzz has the format %s", (*reader)->name);
    }
}

static bool hold(void *context, const char *name, const struct buffer *bytes)
{
    assert_holds(context, bytes, name);
    return true;
}

static void seeds__hold(void **state)
{
    const struct fuzz_family *const *family;

    (void)state;
    for (family = fuzz_families; *family != NULL; family++) {
        if (!fuzz_each_seed(*family, root(), hold, (void *)*family))
            fail_msg("seeds of %s are missing", (*family)->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(families__have_every_format),
        cmocka_unit_test(finds__stay_repaired),
        cmocka_unit_test(seeds__hold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

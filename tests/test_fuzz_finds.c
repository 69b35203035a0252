/* What fuzzing found, and the seeds it starts from: each is run as the fuzz target would run
 * it. A file of tests/fixtures/fuzz is named FAMILY-what-it-was. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
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

/* ------------------------------------------------------------------ seeds, changed a little */

/* Fuzzing without chance: the changes follow from the seed's own bytes, so every machine tries
 * the same inputs. SHILU_FUZZ_CHANGES sets the changes per seed. */
enum { CHANGES_DEFAULT = 1, CHANGE_STEPS_MAX = 4, RUN_MAX = 40, FIRST_BYTE = 2 };

struct dice {
    uint64_t state;
};

static size_t roll(struct dice *d, size_t below)
{
    d->state = d->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return below == 0 ? 0 : (size_t)(d->state >> 33) % below;
}

static struct dice dice_of(const struct buffer *bytes, unsigned round)
{
    struct dice d = {UINT64_C(14695981039346656037) + round};

    for (size_t i = 0; i < bytes->bytes; i++)
        d.state = (d.state ^ (unsigned char)bytes->data[i]) * UINT64_C(1099511628211);
    return d;
}

static void cut(struct buffer *b, size_t bytes)
{
    b->bytes = bytes;
    b->data[bytes] = '\0';
}

/* One change after the bytes that choose the row and the step. */
static void change(struct buffer *b, struct dice *d)
{
    static const char likely[] =
        "\0\n\r\t \"'<>{}[]():;,.-*#|=&\\/0919\x1b\x80\xc3\xe3\xf0\xff";
    size_t at = FIRST_BYTE + roll(d, b->bytes - FIRST_BYTE);
    size_t run = 1 + roll(d, RUN_MAX);
    struct buffer rest = {0};

    if (run > b->bytes - at)
        run = b->bytes - at;
    switch (roll(d, 5)) {
    case 0:
        b->data[at] = (char)(b->data[at] ^ (1 << roll(d, 8)));
        break;
    case 1:
        b->data[at] = likely[roll(d, sizeof likely - 1)];
        break;
    case 2: /* a run goes */
        memmove(b->data + at, b->data + at + run, b->bytes - at - run);
        cut(b, b->bytes - run);
        break;
    case 3: /* a run from further on comes here too */
        buffer_append(&rest, b->data + at, b->bytes - at);
        cut(b, at);
        if (b->bytes > FIRST_BYTE && run > 0 && rest.bytes > run) {
            size_t from = roll(d, rest.bytes - run);

            buffer_append(b, rest.data + from, run);
        }
        buffer_append(b, rest.data, rest.bytes);
        break;
    default:
        cut(b, at);
    }
    buffer_release(&rest);
}

static bool hold_changed(void *context, const char *name, const struct buffer *bytes)
{
    const char *wish = getenv("SHILU_FUZZ_CHANGES");
    unsigned rounds = wish != NULL ? (unsigned)atoi(wish) : CHANGES_DEFAULT;

    for (unsigned round = 0; round < rounds; round++) {
        struct dice d = dice_of(bytes, round);
        size_t steps = 1 + roll(&d, CHANGE_STEPS_MAX);
        struct buffer changed = {0};
        char where[300];

        buffer_append(&changed, bytes->data, bytes->bytes);
        while (steps-- > 0 && changed.bytes > FIRST_BYTE)
            change(&changed, &d);
        snprintf(where, sizeof where, "%.200s, change %u", name, round);
        assert_holds(context, &changed, where);
        buffer_release(&changed);
    }
    return true;
}

static void seeds__changed__hold(void **state)
{
    const struct fuzz_family *const *family;

    (void)state;
    fuzz_is_quick = true;
    for (family = fuzz_families; *family != NULL; family++)
        if (!fuzz_each_seed(*family, root(), hold_changed, (void *)*family))
            fail_msg("seeds of %s are missing", (*family)->name);
    fuzz_is_quick = false;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(families__have_every_format),
        cmocka_unit_test(finds__stay_repaired),
        cmocka_unit_test(seeds__hold),
        cmocka_unit_test(seeds__changed__hold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

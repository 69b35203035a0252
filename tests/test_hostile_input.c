/* Hostile input: each fixture of each format cut off at every byte, and with a NUL at every
 * byte; nesting beyond any limit; files of nothing but NULs. Whatever comes of it, nothing may
 * crash, hang or fail without a message. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fuzz/fuzz.h"
#include "processor_time.h"
#include "read_support.h"
#include "shilu/base/hash.h"
#include "shilu/formats/registry.h"

enum { DEPTH = 100000, CHOICE_BYTES = 2 /* before each seed: see fuzz.h */ };

/* In a block of their own, so that a sanitizer sees their end. */
static void read_anyhow(const char *format, const char *bytes, size_t count)
{
    char *exact = malloc(count > 0 ? count : 1);
    struct reading r;

    memcpy(exact, bytes, count);
    reading_of(&r, exact, count, format);
    if (!r.ok && r.err.message[0] == '\0')
        fail_msg("%s: failed without a word", format);
    reading_release(&r);
    free(exact);
}

static const char *format_of(const struct fuzz_family *family, const struct buffer *seed)
{
    return family->rows[(unsigned char)seed->data[0] % family->row_count].format;
}

/* Of a long seed not every place is tried, but so many, and others each time that it comes. */
static size_t stride_of(const struct buffer *seed)
{
    enum { PLACES = 150 };

    return 1 + (seed->bytes - CHOICE_BYTES) / PLACES;
}

static size_t first_place(const struct buffer *seed)
{
    return (unsigned char)seed->data[1] % stride_of(seed);
}

static bool cut_everywhere(void *context, const char *name, const struct buffer *seed)
{
    const char *format = format_of(context, seed);
    size_t bytes;

    (void)name;
    for (bytes = first_place(seed); bytes <= seed->bytes - CHOICE_BYTES;
         bytes += stride_of(seed))
        read_anyhow(format, seed->data + CHOICE_BYTES, bytes);
    return true;
}

static bool put_nuls_everywhere(void *context, const char *name, const struct buffer *seed)
{
    const char *format = format_of(context, seed);
    struct buffer changed = {0};
    size_t at;

    (void)name;
    buffer_append(&changed, seed->data + CHOICE_BYTES, seed->bytes - CHOICE_BYTES);
    for (at = first_place(seed); at < changed.bytes; at += stride_of(seed)) {
        char kept = changed.data[at];

        changed.data[at] = '\0';
        read_anyhow(format, changed.data, changed.bytes);
        changed.data[at] = kept;
    }
    buffer_release(&changed);
    return true;
}

static void each_seed_of_a_format(fuzz_visitor *visit)
{
    const struct fuzz_family *const families[] = {&fuzz_captions, &fuzz_ours, &fuzz_foreign,
                                                  &fuzz_xml, &fuzz_text};
    const char *root = getenv("SHILU_SRCDIR");
    size_t i;

    for (i = 0; i < sizeof families / sizeof families[0]; i++)
        assert_true(
            fuzz_each_seed(families[i], root != NULL ? root : ".", visit, (void *)families[i]));
}

static void readers__survive_a_cut_at_every_byte(void **state)
{
    (void)state;
    each_seed_of_a_format(cut_everywhere);
}

static void readers__survive_a_nul_at_every_byte(void **state)
{
    (void)state;
    each_seed_of_a_format(put_nuls_everywhere);
}

/* `head` and then many times `open`. */
static void read_nested(const char *format, const char *head, const char *open)
{
    struct buffer text = {0};
    int i;

    buffer_append_string(&text, head);
    for (i = 0; i < DEPTH; i++)
        buffer_append_string(&text, open);
    read_anyhow(format, text.data, text.bytes);
    buffer_release(&text);
}

static void readers__survive_deep_nesting(void **state)
{
    static const char *const nests[][2] = {
        {"", "["},
        {"", "{\"a\":"},
        {"{\"segments\":", "["},
        {"{\"segments\":[{\"text\":", "{\"text\":"},
        {"{\"results\":[{\"alternatives\":", "[{\"words\":"},
        {"", "<a>"},
        {"<a b='", "<a b='"},
        {"", "((([{<"},
        {"{\"format\":\"shilu\",\"x\":", "[{\"x\":"},
    };
    const struct reader_ops *const *row;
    size_t i;

    (void)state;
    for (row = registry_readers(); *row != NULL; row++) {
        for (i = 0; i < sizeof nests / sizeof nests[0]; i++)
            read_nested((*row)->name, nests[i][0], nests[i][1]);
    }
}

static void readers__survive_nothing_but_nuls(void **state)
{
    const struct reader_ops *const *row;
    char *nuls = calloc(DEPTH, 1);

    (void)state;
    for (row = registry_readers(); *row != NULL; row++)
        read_anyhow((*row)->name, nuls, DEPTH);
    free(nuls);
}

/* Names that fall into one bucket of a table that has no seed (uthash's own hash of them ends
 * in zeros) must not cost more than others. */
static void crafted_names__cost_no_more_than_others(void **state)
{
    enum { NAMES = 8000, BITS = 10 };
    struct buffer crafted = {0};
    struct buffer plain = {0};
    int64_t ms[2];
    unsigned number = 0;

    (void)state;
    buffer_append_string(&crafted, "WEBVTT\n\n");
    buffer_append_string(&plain, "WEBVTT\n\n");
    for (int i = 0; i < NAMES; number++) {
        char name[16];
        unsigned hash;

        snprintf(name, sizeof name, "N%08x", number);
        HASH_JEN(name, strlen(name), hash);
        if ((hash & ((1u << BITS) - 1)) != 0)
            continue;
        buffer_append_format(&crafted, "00:01.000 --> 00:02.000\n<v %s>hi\n\n", name);
        buffer_append_format(&plain, "00:01.000 --> 00:02.000\n<v N%08x>hi\n\n", (unsigned)i);
        i++;
    }
    for (int which = 0; which < 2; which++) {
        const struct buffer *text = which == 0 ? &plain : &crafted;
        struct reading r;

        ms[which] = processor_ms();
        reading_of(&r, text->data, text->bytes, "webvtt");
        ms[which] = processor_ms() - ms[which];
        assert_int_equal(transcript_speaker_count(r.transcript), NAMES);
        reading_release(&r);
    }
    if (ms[1] > 4 * ms[0] + 200)
        fail_msg("%d ms for crafted names, %d for others", (int)ms[1], (int)ms[0]);
    buffer_release(&crafted);
    buffer_release(&plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readers__survive_a_cut_at_every_byte),
        cmocka_unit_test(readers__survive_a_nul_at_every_byte),
        cmocka_unit_test(readers__survive_deep_nesting),
        cmocka_unit_test(readers__survive_nothing_but_nuls),
        cmocka_unit_test(crafted_names__cost_no_more_than_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

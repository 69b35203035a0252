/* The traps of JSON, and of cJSON, through a reader of another program's JSON and through that
 * of our own: both read the same words and say what is wrong. And every JSON fixture of every
 * format with bytes changed, and in small steps. Cuts are in test_hostile_input. */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read_support.h"

enum { FLIPS = 100 };

/* A segment between two sound ones, in either form. */
static void write_foreign(struct buffer *out, const char *segment)
{
    buffer_append_format(out,
                         "{\"segments\": [{\"start\": 1, \"end\": 2, \"text\": \"a\"},\n%s,\n"
                         "{\"start\": 9, \"end\": 10, \"text\": \"z\"}]}",
                         segment);
}

static void write_ours(struct buffer *out, const char *segment)
{
    buffer_append_format(out,
                         "{\"format\": \"shilu\", \"version\": 1, \"title\": \"t\", "
                         "\"clock\": \"elapsed\", \"segments\": [{\"start\": 1, \"text\": "
                         "\"a\"},\n%s,\n{\"start\": 9, \"text\": \"z\"}]}",
                         segment);
}

struct trap {
    const char *segment;
    const char *words; /* of the segment as it is read */
    enum severity severity;
    const char *said; /* in a diagnostic of the second line; NULL: nothing of that severity */
    const char *said_of_ours; /* where ours says more */
};

static const struct trap traps[] = {
    {"{\"start\": NaN, \"text\": \"x\"}", "x", SEVERITY_WARNING, "NaN", NULL},
    {"{\"start\": -Infinity, \"text\": \"x\"}", "x", SEVERITY_WARNING, "NaN or Infinity", NULL},
    {"{\"start\": 3, \"text\": \"NaN, Infinity\"}", "NaN, Infinity", SEVERITY_WARNING, NULL,
     NULL},
    {"{\"start\": 3, \"text\": \"x\\ud83dy\"}", "x\xEF\xBF\xBDy", SEVERITY_WARNING, "U+FFFD",
     NULL},
    {"{\"start\": 3, \"text\": \"\\udea2\\ud83d\"}", "\xEF\xBF\xBD\xEF\xBF\xBD",
     SEVERITY_WARNING, "U+FFFD", NULL},
    {"{\"start\": 3, \"text\": \"\\ud83d\\udea2\"}", "🚢", SEVERITY_WARNING, NULL, NULL},
    {"{\"start\": 3, \"text\": \"x\\u0000y\"}", "x\xEF\xBF\xBDy", SEVERITY_WARNING, "U+FFFD",
     NULL},
    {"{\"start\": 3, \"text\": \"\\\\u0000\"}", "\\u0000", SEVERITY_WARNING, NULL, NULL},
    {"{\"start\": 3, \"text\": \"bad \xE8\x88 \xFF end\"}", "bad \xEF\xBF\xBD \xEF\xBF\xBD end",
     SEVERITY_ERROR, NULL, NULL},
    {"{\"start\": 3, \"text\": \"x\", \"Text\": \"no\", \"TEXT\": 5}", "x", SEVERITY_WARNING,
     NULL, NULL},
    {"{\"Text\": \"no\", \"Start\": 5, \"start\": 3, \"text\": \"x\"}", "x", SEVERITY_WARNING,
     NULL, NULL},
    {"{\"start\": 3, \"text\": \"first\", \"text\": \"second\"}", "first", SEVERITY_WARNING,
     NULL, "appears twice"},
    {"{\"start\": 1e400, \"text\": \"x\"}", "x", SEVERITY_ERROR, "a time that cannot be read",
     "number of seconds"},
    {"{\"start\": 123456789012345678901234567890, \"text\": \"x\"}", "x", SEVERITY_ERROR,
     "a time that cannot be read", "number of seconds"},
    {"{\"start\": -1e308, \"text\": \"x\"}", "x", SEVERITY_ERROR, "a time that cannot be read",
     "number of seconds"},
    {"{\"start\": 3, \"text\": \"tab\tend\"}", "tab\tend", SEVERITY_ERROR, NULL, NULL},
};

/* The dump of the three: the first and the last are complete, whatever is between them. */
static void assert_trap_is_read(const struct trap *trap, const char *format,
                                const struct buffer *json, const char *said)
{
    struct reading r;
    const char *words;
    size_t bytes;
    size_t i;
    bool stated = false;

    reading_of(&r, json->data, json->bytes, format);
    if (!r.ok || transcript_count(r.transcript) != 3)
        fail_msg("%s: %s is not read", format, trap->segment);
    words = transcript_text(r.transcript, 1, &bytes);
    assert_int_equal(bytes, strlen(trap->words));
    assert_memory_equal(words, trap->words, bytes);
    words = transcript_text(r.transcript, 2, &bytes);
    assert_memory_equal(words, "z", bytes);
    for (i = 0; i < loader_diagnostics(r.loader)->kept; i++) {
        const struct diagnostic *d = &loader_diagnostics(r.loader)->items[i];

        if (d->severity == trap->severity && said == NULL)
            fail_msg("%s: %s: %s", format, trap->segment, d->message);
        stated = stated || (d->severity == trap->severity && d->line == 2 && said != NULL &&
                            strstr(d->message, said) != NULL);
    }
    if (said != NULL && !stated)
        fail_msg("%s: '%s' is not said of %s", format, said, trap->segment);
    reading_release(&r);
}

static void traps__are_read_alike_in_foreign_json_and_in_ours(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof traps / sizeof traps[0]; i++) {
        struct buffer foreign = {0};
        struct buffer ours = {0};

        write_foreign(&foreign, traps[i].segment);
        assert_trap_is_read(&traps[i], "whisper", &foreign, traps[i].said);
        write_ours(&ours, traps[i].segment);
        assert_trap_is_read(&traps[i], "json", &ours,
                            traps[i].said_of_ours != NULL ? traps[i].said_of_ours
                                                          : traps[i].said);
        buffer_release(&foreign);
        buffer_release(&ours);
    }
}

/* A number that is not a time is not read as one. */
static void traps__give_no_time_that_is_not_there(void **state)
{
    static const char *const starts[] = {"NaN",  "Infinity", "1e400", "-1e400", "null",
                                         "\"\"", "{}x",      "[]",    "true",   "1e15"};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        struct buffer segment = {0};
        struct buffer json = {0};
        struct reading r;

        buffer_append_format(&segment, "{\"text\": \"x\", \"start\": %s}", starts[i]);
        write_foreign(&json, segment.data);
        reading_of(&r, json.data, json.bytes, "whisper");
        assert_int_equal(transcript_count(r.transcript), 3);
        if (transcript_segment(r.transcript, 1)->start_ms != TIME_NONE)
            fail_msg("a start of %s", starts[i]);
        reading_release(&r);
        buffer_release(&segment);
        buffer_release(&json);
    }
}

static void trailing_garbage__is_reported_and_costs_nothing(void **state)
{
    static const char *const formats[] = {"whisper", "json"};
    static const char *const tails[] = {"x", "}", "{\"a\": 1}", "\n[]"};
    size_t i, j;

    (void)state;
    for (i = 0; i < 2; i++) {
        for (j = 0; j < sizeof tails / sizeof tails[0]; j++) {
            struct buffer json = {0};
            struct reading r;

            if (i == 0)
                write_foreign(&json, "{\"start\": 3, \"text\": \"x\"}");
            else
                write_ours(&json, "{\"start\": 3, \"text\": \"x\"}");
            buffer_append_string(&json, tails[j]);
            reading_of(&r, json.data, json.bytes, formats[i]);
            assert_true(r.ok);
            assert_int_equal(transcript_count(r.transcript), 3);
            /* Values of other programs may follow one another. */
            assert_int_equal(loader_diagnostics(r.loader)->count[SEVERITY_ERROR],
                             i == 1 || j < 2 ? 1 : 0);
            reading_release(&r);
            buffer_release(&json);
        }
    }
}

/* Below the limit it is read, above it an error is reported; what comes before is kept either
 * way. */
static void deep_nesting__is_read_or_reported(void **state)
{
    static const size_t depths[] = {10, 400, 5000, 200000};
    size_t i, k;

    (void)state;
    for (i = 0; i < sizeof depths / sizeof depths[0]; i++) {
        struct buffer segment = {0};
        struct buffer json = {0};
        struct reading r;

        buffer_append_string(&segment, "{\"start\": 3, \"text\": \"x\", \"deep\": ");
        for (k = 0; k < depths[i]; k++)
            buffer_append_char(&segment, '[');
        for (k = 0; k < depths[i]; k++)
            buffer_append_char(&segment, ']');
        buffer_append_char(&segment, '}');
        write_foreign(&json, segment.data);
        reading_of(&r, json.data, json.bytes, "whisper");
        assert_true(r.ok);
        assert_int_equal(transcript_count(r.transcript), depths[i] < 500 ? 3 : 1);
        assert_int_equal(loader_diagnostics(r.loader)->count[SEVERITY_ERROR],
                         depths[i] < 500 ? 0 : 1);
        reading_release(&r);
        buffer_release(&segment);
        buffer_release(&json);
    }
}

/* -------------------------------------------------------------------- every fixture */

typedef void visit_fixture(const char *format, const struct buffer *text);

static void each_fixture(visit_fixture *visit)
{
    const char *root = getenv("SHILU_SRCDIR");
    char path[4200];
    glob_t found = {0};
    size_t i;

    snprintf(path, sizeof path, "%s/tests/fixtures/formats/*/*.json",
             root != NULL ? root : ".");
    assert_int_equal(glob(path, 0, NULL, &found), 0);
    for (i = 0; i < found.gl_pathc; i++) {
        struct buffer text = {0};
        char *name = strstr(found.gl_pathv[i], "/formats/") + 1;
        char format[64];

        snprintf(format, sizeof format, "%.*s", (int)strcspn(name + 8, "/"), name + 8);
        read_fixture(&text, name);
        visit(format, &text);
        buffer_release(&text);
    }
    globfree(&found);
}

static void read_changed(const char *format, const struct buffer *text)
{
    static const char bytes[] = "\0\"\\{}[],: \n0e-u\x80\xE8";
    char *changed = malloc(text->bytes);
    uint32_t seed = 20210506;
    int n;

    for (n = 0; n < FLIPS; n++) {
        struct reading r;
        int flips;

        memcpy(changed, text->data, text->bytes);
        for (flips = 0; flips <= n % 4; flips++) {
            seed = seed * 1664525 + 1013904223;
            changed[(seed >> 8) % text->bytes] = bytes[(seed >> 4) % (sizeof bytes - 1)];
        }
        reading_of(&r, changed, text->bytes, format);
        if (!r.ok)
            assert_true(r.err.message[0] != '\0');
        reading_release(&r);
    }
    free(changed);
}

static void read_stepped(const char *format, const struct buffer *text)
{
    static const size_t steps[] = {1, 7, 64};
    struct buffer whole = {0};
    size_t i;

    read_in_steps(format, text->data, text->bytes, text->bytes, &whole);
    for (i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct buffer stepped = {0};

        read_in_steps(format, text->data, text->bytes, steps[i], &stepped);
        assert_string_equal(buffer_string(&stepped), buffer_string(&whole));
        buffer_release(&stepped);
    }
    buffer_release(&whole);
}

static void json_readers__survive_changed_bytes(void **state)
{
    (void)state;
    each_fixture(read_changed);
}

static void json_readers__read_the_same_in_small_steps(void **state)
{
    (void)state;
    each_fixture(read_stepped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(traps__are_read_alike_in_foreign_json_and_in_ours),
        cmocka_unit_test(traps__give_no_time_that_is_not_there),
        cmocka_unit_test(trailing_garbage__is_reported_and_costs_nothing),
        cmocka_unit_test(deep_nesting__is_read_or_reported),
        cmocka_unit_test(json_readers__survive_changed_bytes),
        cmocka_unit_test(json_readers__read_the_same_in_small_steps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

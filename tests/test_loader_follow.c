/* Loading a file that grows: every format that is made of lines reads on what is appended, as
 * if it had all been there at once. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "formats_support.h"

enum { STEP_MS = 10000 };

/* A file that is written at its end while a loader reads it. */
struct growing {
    char path[64];
    int fd;
    struct loaded l;
};

static void open_growing(struct growing *g, const char *format, bool follow)
{
    const struct loader_options options = {.format = format};
    struct error err;

    strcpy(g->path, "/tmp/shilu-follow-XXXXXX");
    g->fd = mkstemp(g->path);
    assert_true(g->fd >= 0);
    g->l = (struct loaded){.t = transcript_new()};
    g->l.loader = loader_new(source_open_path(g->path, &err), g->l.t, &options, &err);
    assert_non_null(g->l.loader);
    loader_follow(g->l.loader, follow);
}

static void close_growing(struct growing *g)
{
    load_release(&g->l);
    close(g->fd);
    unlink(g->path);
}

static enum loader_status append(struct growing *g, const char *bytes, size_t count)
{
    assert_int_equal(write(g->fd, bytes, count), count);
    return loader_step(g->l.loader, STEP_MS, 0, &g->l.err);
}

static enum loader_status append_string(struct growing *g, const char *s)
{
    return append(g, s, strlen(s));
}

#define JSONL_HEAD \
    "{\"format\":\"shilu\",\"version\":1,\"title\":\"live\",\"clock\":\"elapsed\"}\n"

/* Each in a beginning that is read to its end and what is appended to that. */
static const struct {
    const char *format;
    const char *begin;
    const char *more;
} records[] = {
    {"jsonl", JSONL_HEAD "{\"start\":1,\"speaker\":\"沈若蘭\",\"text\":\"水位\"}\n",
     "{\"start\":2,\"speaker\":\"Falk\",\"text\":\"q\\\"\\u6c34\"}\n\n"
     "{\"start\":3,\"speaker\":\"沈若蘭\",\"text\":\"再說 😀\"}\n"},
    {"text",
     "實錄\n\n• [局長 沈若蘭]水位上升。2031-05-12 10:00:00\n"
     "• [市報記者]請問幾時？2031-05-12 10:01:00\n",
     "• [沈若蘭]明天。2031-05-12 10:02:00\n\n• [市報記者]謝謝。2031-05-12 10:03:00\n"},
    {"text", "Ann: How high is the water?\nBen: High.\nAnn: And now?\n",
     "Ben: Still high.\nAnn: Thank you.\n"},
    {"text", "○議長（沈君）　これより会議を開きます。\n○１番（林君）　質問します。\n",
     "○議長（沈君）　答弁を求めます。\n○市長（森君）　お答えします。\n"},
    {"markdown", "**Ann:** How high is it?\n\n**Ben:** High.\n\n**Ann:** And now?\n\n",
     "**Ben:** Still high.\n\n**Ann:** Thank you.\n"},
    {"srt", "1\n00:00:01,000 --> 00:00:02,000\nFirst cue.\n\n",
     "2\n00:00:06,000 --> 00:00:07,000\nSecond cue,\nof two lines.\n\n"
     "3\n00:00:16,000 --> 00:00:17,000\nThird.\n\n"},
    {"webvtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>First cue.\n\n",
     "00:06.000 --> 00:07.000\n<v Ben>Second cue.\n\n00:16.000 --> 00:17.000\n<v Ann>水位\n\n"},
    {"sbv", "0:00:01.000,0:00:02.000\nFirst cue.\n\n",
     "0:00:06.000,0:00:07.000\nSecond.\n\n0:00:16.000,0:00:17.000\nThird.\n\n"},
    {"ass",
     "[Events]\nFormat: Start, End, Name, Text\n"
     "Dialogue: 0:00:01.00,0:00:02.00,Ann,First cue.\n",
     "Dialogue: 0:00:06.00,0:00:07.00,Ben,Second.\n"
     "Dialogue: 0:00:16.00,0:00:17.00,Ann,Third.\n"},
    {"csv", "start,speaker,text\n1,Ann,first\n2,Ben,\"se\"\"cond\"\n",
     "3,Ann,\"two\nlines\"\n4,Ben,水位\n"},
};

enum { RECORDS = sizeof records / sizeof *records };

static void assert_same(const struct loaded *a, const struct loaded *b, const char *format)
{
    if (transcript_count(a->t) != transcript_count(b->t))
        fail_msg("%s: %zu segments, not %zu", format, transcript_count(a->t),
                 transcript_count(b->t));
    for (uint32_t i = 0; i < transcript_count(a->t); i++) {
        assert_string_equal(words(a, i), words(b, i));
        assert_string_equal(speaker(a, i), speaker(b, i));
        assert_true(start_ms(a, i) == start_ms(b, i));
        assert_true(end_ms(a, i) == end_ms(b, i));
    }
    assert_int_equal(transcript_turn_count(a->t), transcript_turn_count(b->t));
    assert_int_equal(transcript_exchange_count(a->t), transcript_exchange_count(b->t));
    assert_int_equal(loader_diagnostics(a->loader)->kept, 0);
}

static void load_whole(struct loaded *whole, size_t record)
{
    char text[1024];

    snprintf(text, sizeof text, "%s%s", records[record].begin, records[record].more);
    load_bytes(whole, text, strlen(text), records[record].format);
    assert_true(whole->ok);
    assert_true(transcript_count(whole->t) >= 3);
}

static void loader_follow__bytes_are_appended__reads_as_if_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < RECORDS; i++) {
        struct growing g;
        struct loaded whole;

        load_whole(&whole, i);
        open_growing(&g, records[i].format, true);
        assert_int_equal(append_string(&g, records[i].begin), LOADER_REST);
        for (const char *s = records[i].more; *s != '\0'; s++)
            assert_int_equal(append(&g, s, 1), LOADER_REST);
        assert_int_equal(loader_diagnostics(g.l.loader)->kept, 0);
        loader_follow(g.l.loader, false);
        assert_int_equal(append(&g, "", 0), LOADER_DONE);
        assert_same(&g.l, &whole, records[i].format);
        close_growing(&g);
        load_release(&whole);
    }
}

static void loader_follow__after_the_end__reads_on(void **state)
{
    (void)state;
    for (size_t i = 0; i < RECORDS; i++) {
        struct growing g;
        struct loaded whole;

        load_whole(&whole, i);
        open_growing(&g, records[i].format, false);
        assert_int_equal(append_string(&g, records[i].begin), LOADER_DONE);
        assert_true(loader_grows(g.l.loader));
        assert_true(loader_ends_line(g.l.loader));
        loader_follow(g.l.loader, true);
        assert_int_equal(append_string(&g, records[i].more), LOADER_REST);
        loader_follow(g.l.loader, false);
        assert_int_equal(append(&g, "", 0), LOADER_DONE);
        assert_same(&g.l, &whole, records[i].format);
        close_growing(&g);
        load_release(&whole);
    }
}

static void loader_follow__a_whole_segment__is_there_at_once(void **state)
{
    static const char *const formats[] = {"jsonl", "text", "text", "srt", "webvtt"};
    size_t of_more[] = {2, 2, 2, 2, 2};

    (void)state;
    for (size_t f = 0; f < 5; f++) {
        size_t i = 0;
        size_t before;
        struct growing g;

        while (strcmp(records[i].format, formats[f]) != 0)
            i++;
        open_growing(&g, NULL, true);
        assert_int_equal(append_string(&g, records[i].begin), LOADER_REST);
        assert_string_equal(loader_format_name(g.l.loader), formats[f]);
        before = transcript_count(g.l.t);
        assert_true(before > 0);
        assert_int_equal(append_string(&g, records[i].more), LOADER_REST);
        assert_int_equal(transcript_count(g.l.t), before + of_more[f]);
        close_growing(&g);
    }
}

static void loader_follow__a_line_is_cut__waits_for_its_rest(void **state)
{
    struct growing g;

    (void)state;
    open_growing(&g, NULL, true);
    assert_int_equal(append(&g, "", 0), LOADER_REST);
    assert_int_equal(append_string(&g, "{\"format\":\"shi"), LOADER_REST);
    assert_string_equal(loader_format_name(g.l.loader), "");
    assert_int_equal(append_string(&g, "lu\",\"version\":1,\"title\":\"t\"}\n"), LOADER_REST);
    assert_string_equal(loader_format_name(g.l.loader), "jsonl");
    assert_int_equal(append_string(&g, "{\"text\":\"上\xE6\xB0"), LOADER_REST);
    assert_int_equal(transcript_count(g.l.t), 0);
    assert_int_equal(append_string(&g, "\xB4\"}"), LOADER_REST); /* whole, without a line end */
    assert_int_equal(transcript_count(g.l.t), 1);
    assert_string_equal(words(&g.l, 0), "上水");
    assert_int_equal(append_string(&g, "\n{\"text\":\"on\",\"x\":{}"), LOADER_REST);
    assert_int_equal(transcript_count(g.l.t), 1);
    assert_int_equal(loader_diagnostics(g.l.loader)->kept, 0);
    loader_follow(g.l.loader, false); /* what nobody waits for is what there is */
    assert_int_equal(append(&g, "", 0), LOADER_DONE);
    assert_int_equal(transcript_count(g.l.t), 2);
    assert_true(loader_diagnostics(g.l.loader)->kept > 0);
    assert_false(loader_ends_line(g.l.loader));
    close_growing(&g);
}

static void loader_grows__a_format_not_of_lines__does_not(void **state)
{
    struct loaded l;

    (void)state;
    load_string(&l, "{\"format\":\"shilu\",\"version\":1,\"title\":\"t\","
                    "\"segments\":[{\"text\":\"x\"}]}\n");
    assert_true(l.ok);
    assert_false(loader_grows(l.loader));
    load_release(&l);
}

static void loader_follow__a_compressed_file__comes_to_its_end(void **state)
{
    static const char gzip[] =
        "\037\213\010\000\000\000\000\000\002\003\163\314\313\263\122\310\317\113"
        "\345\162\112\005\062\112\312\363\271\034\101\042\045\031\105\251\251\134"
        "\000\064\037\073\260\035\000\000\000";
    struct growing g;

    (void)state;
    open_growing(&g, NULL, true);
    assert_int_equal(append(&g, gzip, sizeof gzip - 1), LOADER_DONE);
    assert_int_equal(transcript_count(g.l.t), 3);
    assert_false(loader_grows(g.l.loader));
    close_growing(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loader_follow__bytes_are_appended__reads_as_if_whole),
        cmocka_unit_test(loader_follow__after_the_end__reads_on),
        cmocka_unit_test(loader_follow__a_whole_segment__is_there_at_once),
        cmocka_unit_test(loader_follow__a_line_is_cut__waits_for_its_rest),
        cmocka_unit_test(loader_follow__a_compressed_file__comes_to_its_end),
        cmocka_unit_test(loader_grows__a_format_not_of_lines__does_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

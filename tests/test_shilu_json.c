/* Transcript format 1, as JSON and as JSON Lines: what each member means, what bad input gets,
 * and that nothing is lost on the way through the writers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "formats_support.h"
#include "shilu/base/buffer.h"

#define TOP "{\"format\":\"shilu\",\"version\":1,\"title\":\"T\""
#define SEGMENTS(inside) TOP ",\"segments\":[" inside "]}"

static const char whole[] =
    "{\"format\":\"shilu\",\"version\":1,\"title\":\"港務會議\",\"language\":\"zh-Hant\","
    "\"date\":\"2024-05-06\",\"venue\":\"Hall\",\"source\":{\"name\":\"N\",\"url\":\"http://x/"
    "\","
    "\"retrieved\":\"2024-05-07\"},\"clock\":\"wall\",\"utc_offset\":\"+08:00\",\"x_top\":[1,{}"
    "],"
    "\"speakers\":[{\"id\":\"lin\",\"name\":\"林一川\",\"role\":\"局長\",\"organization\":"
    "\"港務局\","
    "\"kind\":\"official\",\"aliases\":[\"Lin\",\"小林\"],\"x_sp\":null}],"
    "\"segments\":[{\"speaker\":\"lin\",\"start\":\"2024-05-06T10:01:47+08:00\",\"end\":null,"
    "\"text\":\"一\\n二\",\"kind\":\"answer\",\"x_seg\":{\"a\":1.50}},"
    "{\"speaker\":\"小林\",\"start\":\"10:02\",\"text\":\"三\"},{\"text\":\"四\"}]}";

static void shilu_json__reads_every_member(void **state)
{
    struct loaded l;
    const struct speaker *lin;

    (void)state;
    load_string(&l, whole);
    assert_true(l.ok);
    assert_int_equal(loader_diagnostics(l.loader)->kept, 0);
    assert_string_equal(field(&l, FIELD_TITLE), "港務會議");
    assert_string_equal(field(&l, FIELD_LANGUAGE), "zh-Hant");
    assert_string_equal(field(&l, FIELD_DATE), "2024-05-06");
    assert_string_equal(field(&l, FIELD_VENUE), "Hall");
    assert_string_equal(field(&l, FIELD_SOURCE_NAME), "N");
    assert_string_equal(field(&l, FIELD_SOURCE_URL), "http://x/");
    assert_string_equal(field(&l, FIELD_SOURCE_RETRIEVED), "2024-05-07");
    assert_string_equal(field(&l, FIELD_EXTRA), "{\"x_top\":[1,{}]}");
    assert_int_equal(transcript_time_base(l.t), TIME_BASE_WALL);
    assert_int_equal(transcript_utc_offset(l.t), 480);
    assert_int_equal(transcript_speaker_count(l.t), 1);
    lin = transcript_speaker_at(l.t, 0);
    assert_string_equal(lin->name, "林一川");
    assert_string_equal(lin->role, "局長");
    assert_string_equal(lin->organization, "港務局");
    assert_int_equal(lin->kind, SPEAKER_OFFICIAL);
    assert_string_equal(lin->aliases[1], "小林");
    assert_string_equal(lin->extra, "{\"x_sp\":null}");
    assert_int_equal(transcript_count(l.t), 3);
    assert_string_equal(words(&l, 0), "一\n二");
    assert_string_equal(transcript_extra(l.t, 0), "{\"x_seg\":{\"a\":1.50}}");
    assert_int_equal(transcript_segment(l.t, 0)->kind, SEGMENT_ANSWER);
    assert_string_equal(speaker(&l, 1), "林一川");
    assert_int_equal(start_ms(&l, 1) - start_ms(&l, 0), 13000);
    assert_int_equal(end_ms(&l, 0), TIME_NONE);
    assert_string_equal(speaker(&l, 2), "");
    assert_int_equal(start_ms(&l, 2), TIME_NONE);
    load_release(&l);
}

static void shilu_json__takes_starts_of_every_form(void **state)
{
    static const struct {
        const char *top; /* members before the segments */
        const char *start;
        int64_t ms;
        enum time_base time_base;
    } rows[] = {
        {"", "12.5", 12500, TIME_BASE_ELAPSED},
        {"", "\"0:12:30.250\"", 750250, TIME_BASE_ELAPSED},
        {"", "\"01:02\"", 62000, TIME_BASE_ELAPSED},
        {"\"clock\":\"wall\",", "\"01:02\"", 3720000, TIME_BASE_WALL},
        {"", "\"1970-01-02T00:00:01\"", 86401000, TIME_BASE_WALL},
        {"", "\"1970-01-02 00:00:01\"", 86401000, TIME_BASE_WALL},
        {"\"utc_offset\":\"+01:00\",", "\"1970-01-02T00:00:00Z\"", 90000000, TIME_BASE_WALL},
        {"\"clock\":\"wall\",\"date\":\"1970-01-02\",", "\"00:01:00\"", 86460000,
         TIME_BASE_WALL},
        {"", "null", TIME_NONE, TIME_BASE_NONE},
        {"", "-3", -3000, TIME_BASE_ELAPSED},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        char json[300];
        struct loaded l;

        snprintf(json, sizeof json, TOP ",%s\"segments\":[{\"start\":%s,\"text\":\"x\"}]}",
                 rows[i].top, rows[i].start);
        load_string(&l, json);
        assert_true(l.ok);
        assert_int_equal(loader_diagnostics(l.loader)->kept, 0);
        assert_int_equal(start_ms(&l, 0), rows[i].ms);
        assert_int_equal(transcript_time_base(l.t), rows[i].time_base);
        load_release(&l);
    }
}

/* Members may be in any order: the list of speakers may follow the segments. */
static void shilu_json__joins_speakers_that_are_listed_last(void **state)
{
    struct loaded l;

    (void)state;
    load_string(
        &l,
        "{\"segments\":[{\"speaker\":\"a\",\"text\":\"1\"},{\"speaker\":\"b\",\"text\":\"2\"}],"
        "\"speakers\":[{\"id\":\"b\",\"name\":\"Bo\"},{\"id\":\"a\",\"name\":\"Al\"}],"
        "\"title\":\"T\",\"version\":1,\"format\":\"shilu\"}");
    assert_true(l.ok);
    assert_string_equal(speaker(&l, 0), "Al");
    assert_string_equal(speaker(&l, 1), "Bo");
    assert_int_equal(transcript_speaker_count(l.t), 2);
    load_release(&l);
}

/* Each error is reported with its place, and what can be read is there. */
static void shilu_json__tells_faults_and_keeps_the_rest(void **state)
{
    static const struct {
        const char *json;
        enum severity severity;
        uint64_t line, column;
        const char *what;
        size_t segments;
        const char *first; /* words of the first segment */
    } rows[] = {
        {SEGMENTS("\n {\"text\":7}"), SEVERITY_ERROR, 2, 10, "expected a string", 1, "7"},
        {SEGMENTS("\n {\"speaker\":\"s\"}"), SEVERITY_ERROR, 2, 2, "a segment has no text", 1,
         ""},
        {SEGMENTS("\n {\"text\":\"x\",\"start\":\"noon\"}"), SEVERITY_ERROR, 2, 22,
         "expected a date-time, a clock time, a number of seconds or null", 1, "x"},
        {SEGMENTS("{\"text\":\"x\",\"kind\":\"joke\"}"), SEVERITY_ERROR, 0, 0,
         "expected \"remark\", \"question\", \"answer\" or \"heading\"", 1, "x"},
        {SEGMENTS("{\"text\":\"x\",\"speaker\":[1]}"), SEVERITY_ERROR, 0, 0,
         "expected a string", 1, "x"},
        {SEGMENTS("\"loose words\""), SEVERITY_ERROR, 0, 0, "expected an object", 1,
         "loose words"},
        {SEGMENTS("{\"text\":\"a\"},{\"speaker\":\"s\" \"text\":\"b\"},{\"text\":\"c\"}"),
         SEVERITY_ERROR, 0, 0, "expected ',' or '}'", 3, "a"},
        {SEGMENTS("{\"text\":\"a\\u0000b\"}"), SEVERITY_WARNING, 0, 0, "became U+FFFD", 1,
         "a\xEF\xBF\xBD"
         "b"},
        {SEGMENTS("{\"text\":\"a\\ud800\"}"), SEVERITY_WARNING, 0, 0, "became U+FFFD", 1,
         "a\xEF\xBF\xBD"},
        {SEGMENTS("{\"text\":\"a\tb\"}"), SEVERITY_WARNING, 0, 0, "control character", 1,
         "a\tb"},
        {SEGMENTS("{\"text\":\"a\",\"text\":\"b\"}"), SEVERITY_WARNING, 0, 0, "appears twice",
         1, "a"},
        {SEGMENTS("{\"text\":\"a\",\"start\":NaN}"), SEVERITY_WARNING, 0, 0, "NaN", 1, "a"},
        {SEGMENTS("{\"text\":\"a\",\"x\":[1 2]}"), SEVERITY_ERROR, 0, 0, "not valid JSON", 1,
         "a"},
        {SEGMENTS("{\"text\":\"a\"}") "}", SEVERITY_ERROR, 0, 0, "nothing after the end", 1,
         "a"},
        {TOP ",\"segments\":[{\"text\":\"a\"},{\"text\":\"b", SEVERITY_ERROR, 1, 78,
         "the file ends before its JSON does", 2, "a"},
        {TOP ",\"segments\":[{\"text\":\"a\"}", SEVERITY_ERROR, 1, 67,
         "the file ends before its JSON does", 1, "a"},
        {TOP ",\"segments\":{}}", SEVERITY_ERROR, 0, 0, "expected an array", 0, ""},
        {TOP ",\"clock\":\"sun\",\"segments\":[]}", SEVERITY_ERROR, 0, 0,
         "expected \"wall\" or \"elapsed\"", 0, ""},
        {TOP ",\"utc_offset\":\"east\",\"segments\":[]}", SEVERITY_ERROR, 0, 0,
         "expected an offset", 0, ""},
        {TOP ",\"date\":\"May\",\"segments\":[]}", SEVERITY_ERROR, 0, 0, "expected a date", 0,
         ""},
        {TOP ",\"source\":3,\"segments\":[]}", SEVERITY_ERROR, 0, 0, "expected an object", 0,
         ""},
        {TOP ",\"speakers\":[{\"role\":\"r\"}],\"segments\":[]}", SEVERITY_ERROR, 0, 0,
         "neither an id nor a name", 0, ""},
        {TOP ",\"speakers\":[{\"id\":\"a\",\"kind\":\"ghost\"}],\"segments\":[]}",
         SEVERITY_ERROR, 0, 0, "unknown kind of speaker", 0, ""},
        {TOP
         ",\"speakers\":[{\"id\":\"a\"}],\"segments\":[{\"speaker\":\"b\",\"text\":\"x\"}]}",
         SEVERITY_WARNING, 0, 0, "not in the list of speakers", 1, "x"},
        {"{\"format\":\"shilu\",\"version\":1,\"segments\":[]}", SEVERITY_ERROR, 1, 1,
         "no \"title\"", 0, ""},
        {"{\"format\":\"shilu\",\"title\":\"t\",\"segments\":[]}", SEVERITY_ERROR, 1, 1,
         "no \"version\"", 0, ""},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct loaded l;

        load_bytes(&l, rows[i].json, strlen(rows[i].json), "json");
        if (!l.ok)
            fail_msg("%s: %s", rows[i].json, l.err.message);
        if (!said(&l, rows[i].severity, rows[i].line, rows[i].column, rows[i].what))
            fail_msg("%s: '%s' is not said at %d:%d", rows[i].json, rows[i].what,
                     (int)rows[i].line, (int)rows[i].column);
        assert_int_equal(transcript_count(l.t), rows[i].segments);
        assert_string_equal(words(&l, 0), rows[i].first);
        load_release(&l);
    }
}

static void shilu_json__refuses_what_it_cannot_read(void **state)
{
    static const struct {
        const char *json;
        enum error_code code;
        uint64_t line, column;
        const char *what;
    } rows[] = {
        {"{\"format\":\"shilu\",\n\"version\": 2,\"segments\":[]}", ERROR_UNSUPPORTED, 2, 12,
         "version 2 of the format; this program reads version 1"},
        {"{\"title\" 3}", ERROR_SYNTAX, 1, 10, "expected a name in quotation marks and ':'"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct loaded l;

        load_bytes(&l, rows[i].json, strlen(rows[i].json), "json");
        assert_false(l.ok);
        assert_int_equal(l.err.code, rows[i].code);
        assert_int_equal(l.err.line, rows[i].line);
        assert_int_equal(l.err.column, rows[i].column);
        assert_non_null(strstr(l.err.message, rows[i].what));
        load_release(&l);
    }
}

static void shilu_jsonl__reads_a_header_and_lines(void **state)
{
    struct loaded l;

    (void)state;
    load_string(&l, TOP ",\"speakers\":[{\"id\":\"a\",\"name\":\"Al\"}],\"z\":1}\n\n"
                        "{\"speaker\":\"a\",\"start\":1,\"text\":\"one\"}\r\n"
                        "{\"text\":\"two\",\"x\":true}");
    assert_true(l.ok);
    assert_string_equal(loader_format_name(l.loader), "jsonl");
    assert_int_equal(loader_diagnostics(l.loader)->kept, 0);
    assert_string_equal(field(&l, FIELD_TITLE), "T");
    assert_string_equal(field(&l, FIELD_EXTRA), "{\"z\":1}");
    assert_int_equal(transcript_count(l.t), 2);
    assert_string_equal(speaker(&l, 0), "Al");
    assert_string_equal(transcript_extra(l.t, 1), "{\"x\":true}");
    load_release(&l);
    load_string(&l, "{\"text\":\"no header\"}\n{\"text\":\"two\"}\n");
    assert_true(l.ok);
    assert_string_equal(loader_format_name(l.loader), "jsonl");
    assert_int_equal(transcript_count(l.t), 2);
    load_release(&l);
}

static void shilu_jsonl__keeps_the_words_of_a_bad_line(void **state)
{
    struct loaded l;

    (void)state;
    load_string(&l, TOP "}\n{\"text\":\"a\"}\nnot json at all\n{\"text\":\"b\"} junk\n"
                        "{\"speaker\":\"s\",\"te");
    assert_true(l.ok);
    assert_int_equal(transcript_count(l.t), 4);
    assert_string_equal(words(&l, 1), "not json at all");
    assert_string_equal(words(&l, 2), "b");
    assert_string_equal(words(&l, 3), "{\"speaker\":\"s\",\"te");
    assert_true(said(&l, SEVERITY_ERROR, 3, 1, "expected an object"));
    assert_true(said(&l, SEVERITY_ERROR, 4, 13, "nothing after the object"));
    assert_true(said(&l, SEVERITY_ERROR, 5, 19, "the string's end"));
    load_release(&l);
}

/* Everything that a reader keeps, as text to compare. */
static char *picture(const struct loaded *l)
{
    struct buffer b = {0};
    size_t i;

    for (i = 0; i < FIELD_COUNT; i++)
        buffer_append_format(&b, "field %zu %s\n", i, field(l, (enum transcript_field)i));
    buffer_append_format(&b, "clock %d offset %d\n", transcript_time_base(l->t),
                         (int)transcript_utc_offset(l->t));
    for (i = 0; i < transcript_speaker_count(l->t); i++) {
        const struct speaker *s = transcript_speaker_at(l->t, (uint32_t)i);

        buffer_append_format(&b, "speaker %s|%s|%s|%s|%d|%s|%s\n", s->id ? s->id : "", s->name,
                             s->role ? s->role : "", s->organization ? s->organization : "",
                             s->kind, s->extra ? s->extra : "",
                             s->aliases ? s->aliases[0] : "");
    }
    for (i = 0; i < transcript_count(l->t); i++) {
        uint32_t n = (uint32_t)i;
        const char *extra = transcript_extra(l->t, n);

        buffer_append_format(&b, "%s|%lld|%lld|%d|%s|%s\n", speaker(l, n),
                             (long long)start_ms(l, n), (long long)end_ms(l, n),
                             transcript_segment(l->t, n)->kind, words(l, n),
                             extra ? extra : "");
    }
    return buffer_take(&b);
}

static void assert_survives(const char *json, const char *format)
{
    struct loaded first, second;
    char *once, *before, *after, *twice;

    load_string(&first, json);
    assert_true(first.ok);
    once = written(first.t, format, 0);
    load_string(&second, once);
    if (!second.ok || loader_diagnostics(second.loader)->count[SEVERITY_ERROR] > 0)
        fail_msg("what was written does not read back: %s", once);
    assert_string_equal(loader_format_name(second.loader), format);
    before = picture(&first);
    after = picture(&second);
    assert_string_equal(after, before);
    twice = written(second.t, format, 0);
    assert_string_equal(twice, once);
    free(once);
    free(before);
    free(after);
    free(twice);
    load_release(&first);
    load_release(&second);
}

static void write_json__loses_nothing(void **state)
{
    static const char *const records[] = {
        whole,
        SEGMENTS("{\"start\":0.001,\"end\":2.5,\"text\":\"\\u0007\\u202e\\\"\\\\ 😀\\u2028\"}"),
        SEGMENTS("{\"start\":-1.25,\"text\":\"\"},{\"start\":\"1:00:00\",\"end\":\"1:00:01.5\","
                 "\"text\":\"b\"}"),
        TOP ",\"clock\":\"wall\",\"segments\":[{\"start\":\"11:08\",\"text\":\"a\"}]}",
        TOP ",\"segments\":[{\"start\":\"2024-05-06T10:00:00\",\"text\":\"a\"}]}",
        TOP ",\"clock\":\"wall\",\"segments\":[{\"start\":\"10:01:29\","
            "\"end\":\"2020-03-09T10:02:00\",\"text\":\"a\"},"
            "{\"start\":\"23:59\",\"text\":\"b\"},{\"start\":\"00:10\",\"text\":\"c\"}]}",
        TOP ",\"text\":\"a member of the record\",\"segments\":[{\"text\":\"a\"}]}",
        TOP ",\"segments\":[{\"start\":\"2024-05-06T10:00:00.5-03:30\",\"text\":\"a\"}]}",
        "{\"format\":\"shilu\",\"version\":1,\"title\":\"\",\"segments\":[]}",
        SEGMENTS("{\"speaker\":\"A \\\"B\\\"\",\"text\":\"a\",\"x\":\"\\u202e é\",\"y\":[{}]}"),
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof records / sizeof *records; i++) {
        assert_survives(records[i], "json");
        assert_survives(records[i], "jsonl");
    }
}

/* A NUL or another control in a name would end it, or be no JSON, when it is written. */
static void shilu_json__leaves_out_members_with_broken_names(void **state)
{
    static const char json[] = TOP
        ",\"a\0b\":1,\"c\1d\":2,\"e\\x\":3,\"ok\":4,\"segments\":[]}";
    struct loaded l;

    (void)state;
    load_bytes(&l, json, sizeof json - 1, "json");
    assert_true(l.ok);
    assert_string_equal(field(&l, FIELD_EXTRA), "{\"ok\":4}");
    assert_int_equal(loader_diagnostics(l.loader)->count[SEVERITY_ERROR], 3);
    load_release(&l);
}

static void write_jsonl__keeps_members_in_one_line(void **state)
{
    struct loaded l;
    char *lines;

    (void)state;
    load_string(&l,
                TOP ",\"x\":[1,\r\n{\"y\":\n3}],\"segments\":[{\"text\":\"a\",\"z\":[\r]}]}");
    lines = written(l.t, "jsonl", 0);
    assert_non_null(strstr(lines, "\"x\":[1,  {\"y\": 3}]}\n{\"text\": \"a\", \"z\":[ ]}\n"));
    free(lines);
    load_release(&l);
}

/* Raw members go out as they came in, but nothing in them can reach a terminal. */
static void write_json__lets_no_control_out(void **state)
{
    struct loaded l;
    char *json;

    (void)state;
    load_string(
        &l, SEGMENTS("{\"text\":\"\xE2\x80\xAE \xC2\x9B\",\"x\":\"\xE2\x80\xAE \xC2\x85\"}"));
    json = written(l.t, "json", 0);
    assert_null(strstr(json, "\xE2\x80\xAE"));
    assert_null(strstr(json, "\xC2\x9B"));
    assert_null(strstr(json, "\xC2\x85"));
    assert_non_null(strstr(json, "\\u202e"));
    free(json);
    load_release(&l);
}

/* Cut anywhere, or with any byte broken: no crash, and valid text. */
static void shilu_json__survives_damage(void **state)
{
    char *copy = strdup(whole);
    size_t count = strlen(whole);
    size_t i;

    (void)state;
    for (i = 0; i <= count; i++) {
        struct loaded l;

        load_bytes(&l, whole, i, i > 40 ? NULL : "json");
        assert_true(transcript_count(l.t) <= 3);
        load_release(&l);
    }
    for (i = 0; i < count; i++) {
        static const char bad[] = {'"', '\\', '{', '\0', (char)0xFF, ']', ','};
        struct loaded l;

        copy[i] = bad[i % sizeof bad];
        load_bytes(&l, copy, count, "json");
        load_release(&l);
        load_bytes(&l, copy, count, "jsonl");
        load_release(&l);
        copy[i] = whole[i];
    }
    free(copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shilu_json__reads_every_member),
        cmocka_unit_test(shilu_json__takes_starts_of_every_form),
        cmocka_unit_test(shilu_json__joins_speakers_that_are_listed_last),
        cmocka_unit_test(shilu_json__tells_faults_and_keeps_the_rest),
        cmocka_unit_test(shilu_json__refuses_what_it_cannot_read),
        cmocka_unit_test(shilu_jsonl__reads_a_header_and_lines),
        cmocka_unit_test(shilu_jsonl__keeps_the_words_of_a_bad_line),
        cmocka_unit_test(write_json__loses_nothing),
        cmocka_unit_test(shilu_json__leaves_out_members_with_broken_names),
        cmocka_unit_test(write_jsonl__keeps_members_in_one_line),
        cmocka_unit_test(write_json__lets_no_control_out),
        cmocka_unit_test(shilu_json__survives_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* JSON as a stream, an object without a tree, single values, and the probe of a head. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

#include "formats/json/json_flat.h"
#include "formats/json/json_probe.h"
#include "formats/json/json_stream.h"
#include "formats/json/json_value.h"
#include "shilu/base/buffer.h"
#include "shilu/base/civil_time.h"

static const char *const arrays[] = {"", "segments", "a.b", NULL};

/* All events as lines "M path=text", "E path=text", "CUT path=text", "ERR line:col message". */
static char *trace(const char *json, size_t fill)
{
    struct error err;
    struct input *in = input_new(source_open_memory(json, strlen(json)), "utf-8", &err);
    struct json_stream *s = json_stream_new(arrays);
    struct buffer out = {0};
    struct json_item item;

    for (;;) {
        enum json_event event = json_stream_next(s, in, &item, &err);

        if (event == JSON_MORE) {
            input_fill(in, fill);
        } else if (event == JSON_END) {
            buffer_append_string(&out, "END");
            break;
        } else if (event == JSON_ERROR || event == JSON_COMMA) {
            buffer_append_format(&out, "%s %d:%d %s%s", event == JSON_ERROR ? "ERR" : "COMMA",
                                 (int)err.line, (int)err.column, err.message,
                                 event == JSON_ERROR ? "" : "\n");
            if (event == JSON_ERROR)
                break;
        } else {
            buffer_append_format(&out, "%s %s=%.*s\n",
                                 event == JSON_MEMBER    ? "M"
                                 : event == JSON_ELEMENT ? "E"
                                                         : "CUT",
                                 item.path, (int)item.bytes, item.text);
        }
    }
    json_stream_free(s);
    input_free(in);
    return buffer_take(&out);
}

static void json_stream_next__hands_out_members_and_elements(void **state)
{
    static const struct {
        const char *json;
        const char *events;
    } rows[] = {
        {"{}", "END"},
        {" [ ] ", "END"},
        {"[1, \"a,]\", {\"b\":[2]}]", "E =1\nE =\"a,]\"\nE ={\"b\":[2]}\nEND"},
        {"{\"x\":1,\"segments\":[{\"t\":\"}\"},\n[3]],\"y\":{\"z\":[]}}",
         "M x=1\nE segments={\"t\":\"}\"}\nE segments=[3]\nM y={\"z\":[]}\nEND"},
        {"{\"a\":{\"c\":1,\"b\":[1,2],\"d\":[3]},\"b\":[4]}",
         "M a.c=1\nE a.b=1\nE a.b=2\nM a.d=[3]\nM b=[4]\nEND"},
        {"{\"segments\":{\"not\":1},\"a\":[5]}", "M segments={\"not\":1}\nM a=[5]\nEND"},
        {"{\"s\":\"q\\\"\\\\\",\"n\":-1.5e3,\"l\":null}",
         "M s=\"q\\\"\\\\\"\nM n=-1.5e3\nM l=null\nEND"},
        {"{\"\":{\"segments\":[1]},\"\":2}", "M ={\"segments\":[1]}\nM =2\nEND"},
        {"42", "M =42\nEND"},
        {"", "CUT =\nEND"},
        {"{\"x\":1", "M x=1\nCUT x=\nEND"},
        {"{\"segments\":[{\"t\":1},{\"t\":\"ab",
         "E segments={\"t\":1}\nCUT segments={\"t\":\"ab\nEND"},
        {"{\"segments\":[{\"t\":1},", "E segments={\"t\":1}\nCUT segments=\nEND"},
        {"{\"x\" 1}", "ERR 1:6 expected a name in quotation marks and ':'"},
        {"{\"x\":}", "ERR 1:6 expected a value"},
        {"{x:1}", "ERR 1:2 expected a name in quotation marks and ':'"},
        {"{\"segments\":[1 2,],}",
         "E segments=1\nCOMMA 1:16 expected ',' or ']'\nE segments=2\n"
         "COMMA 1:18 expected a value\n"
         "COMMA 1:20 expected a name in quotation marks and ':'\nEND"},
        {"{\"segments\":[1 ;]}", "E segments=1\nERR 1:16 expected ',' or ']'"},
        {"{\"x\":1 \"y\":2}", "M x=1\nCOMMA 1:8 expected ',' or '}'\nM y=2\nEND"},
        {"{\"中\":1\n;}", "M 中=1\nERR 2:1 expected ',' or '}'"},
        {"{\"x\":1,}", "M x=1\nCOMMA 1:8 expected a name in quotation marks and ':'\nEND"},
        {"{} x", "ERR 1:4 expected nothing after the end of the value"},
        {"[1]]", "E =1\nERR 1:4 expected nothing after the end of the value"},
    };
    size_t i, fill;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (fill = 1; fill < 100000; fill *= 50) {
            char *events = trace(rows[i].json, fill);

            assert_string_equal(events, rows[i].events);
            free(events);
        }
    }
}

static void json_stream_next__refuses_to_go_too_deep(void **state)
{
    struct buffer json = {0};
    size_t i;
    char *events;

    (void)state;
    buffer_append_string(&json, "{\"segments\":[1,");
    for (i = 0; i < 2000; i++)
        buffer_append_string(&json, "[{\"a\":");
    events = trace(json.data, 65536);
    assert_non_null(strstr(events, "E segments=1\nERR 1:"));
    assert_non_null(strstr(events, "nested deeper than 512 levels"));
    free(events);
    buffer_release(&json);
}

/* A million escapes, read a few bytes at a time, in the time of one pass. */
static void json_stream_next__scans_a_long_string_once(void **state)
{
    struct buffer json = {0};
    size_t i;
    char *events;

    (void)state;
    buffer_append_string(&json, "[\"");
    for (i = 0; i < 1000000; i++)
        buffer_append_string(&json, "\\\"");
    buffer_append_string(&json, "\",7]");
    events = trace(json.data, 65536);
    assert_string_equal(events + strlen(events) - strlen("E =7\nEND"), "E =7\nEND");
    free(events);
    buffer_release(&json);
}

static void json_flat_parse__reads_fields_of_every_type(void **state)
{
    struct json_flat flat = {0};
    struct buffer scratch = {0};
    static const char json[] =
        " {\"s\":\"a\\n\\u4e2d\\ud83d\\ude00\", \"n\" : -12.25, \"t\":true,"
        "\"z\":null,\"o\":{\"x\":\"}\"},\"a\":[1,[2]],\"e\":1e2} tail";

    (void)state;
    assert_true(json_flat_parse(&flat, json, sizeof json - 1, &scratch));
    assert_int_equal(flat.count, 7);
    assert_string_equal(json + flat.bytes, " tail");
    assert_int_equal(json_flat_get(&flat, "s")->type, 's');
    assert_string_equal(json_flat_get(&flat, "s")->string, "a\n中😀");
    assert_true(json_flat_get(&flat, "n")->number == -12.25);
    assert_true(json_flat_get(&flat, "e")->number == 100);
    assert_int_equal(json_flat_get(&flat, "t")->type, 'b');
    assert_int_equal(json_flat_get(&flat, "z")->type, '0');
    assert_int_equal(json_flat_get(&flat, "o")->raw_bytes, strlen("{\"x\":\"}\"}"));
    assert_memory_equal(json_flat_get(&flat, "a")->raw, "[1,[2]]", 7);
    assert_null(json_flat_get(&flat, "S"));
    json_flat_release(&flat);
    buffer_release(&scratch);
}

static void json_flat_parse__reads_numbers_as_strtod_does(void **state)
{
    static const char *const numbers[] = {"0",      "-0",     "1",           "0.1",
                                          "1.005",  "-7.25",  "123456.789",  "9007199254740993",
                                          "1e400",  "0.3",    "4.35",        "12345678.1234567",
                                          "1.5E-3", "100000", "0.000000001", "33333.3333333"};
    struct json_flat flat = {0};
    struct buffer scratch = {0};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char json[80];

        snprintf(json, sizeof json, "{\"n\":%s}", numbers[i]);
        assert_true(json_flat_parse(&flat, json, strlen(json), &scratch));
        assert_true(flat.fields[0].number == strtod(numbers[i], NULL));
    }
    json_flat_release(&flat);
    buffer_release(&scratch);
}

static void json_flat_parse__repairs_and_counts(void **state)
{
    struct json_flat flat = {0};
    struct buffer scratch = {0};
    static const char json[] = "{\"a\":\"x\\u0000y\\ud83dz\\uZZZZ\\q\",\"a\":2,\"b\":\"\t\1\","
                               "\"c\":NaN,\"d\":-Infinity}";

    (void)state;
    assert_true(json_flat_parse(&flat, json, sizeof json - 1, &scratch));
    assert_string_equal(json_flat_get(&flat, "a")->string,
                        "x\xEF\xBF\xBDy\xEF\xBF\xBDz\xEF\xBF\xBDZZZZ\\q");
    assert_int_equal(flat.replaced, 3);
    assert_int_equal(flat.duplicates, 1);
    assert_int_equal(flat.raw_controls, 2);
    assert_int_equal(flat.no_numbers, 2);
    assert_int_equal(json_flat_get(&flat, "c")->type, '0');
    json_flat_release(&flat);
    buffer_release(&scratch);
}

static void json_flat_parse__keeps_what_stands_before_an_error(void **state)
{
    static const struct {
        const char *json;
        size_t count;
        size_t error_byte;
        const char *text; /* of the last field, if it is a string */
    } rows[] = {
        {"{\"a\":\"1\" \"b\":2}", 1, 9, "1"},
        {"{\"a\":\"cut her", 1, 13, "cut her"},
        {"{\"a\":\"cut \\u4e", 1, 14, "cut "},
        {"{\"a\":\"cut \\", 1, 11, "cut "},
        {"{\"a\":12", 0, 7, NULL},
        {"{\"a\":tru}", 0, 5, NULL},
        {"{\"a\":[1,2", 0, 9, NULL},
        {"{\"a", 0, 3, NULL},
        {"{\"a\"", 0, 4, NULL},
        {"[1]", 0, 0, NULL},
        {"", 0, 0, NULL},
    };
    struct json_flat flat = {0};
    struct buffer scratch = {0};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_false(json_flat_parse(&flat, rows[i].json, strlen(rows[i].json), &scratch));
        assert_non_null(flat.error);
        assert_int_equal(flat.count, rows[i].count);
        assert_int_equal(flat.error_byte, rows[i].error_byte);
        if (rows[i].text != NULL) {
            assert_int_equal(flat.fields[0].string_bytes, strlen(rows[i].text));
            assert_memory_equal(flat.fields[0].string, rows[i].text, strlen(rows[i].text));
        }
    }
    json_flat_release(&flat);
    buffer_release(&scratch);
}

static void json_is_strict__holds_to_the_standard(void **state)
{
    static const char *const yes[] = {
        "1",  "-0.5e+3", "\"\\u00e9\\n\"", "[]",
        "{}", " [1, 2]", "null",           "{\"a\":[{\"b\":\"]\"}]}"};
    static const char *const no[] = {
        "",      "01", "1.",     "+1",      "[1 2]",     "[1,]", "{\"a\"}", "{\"a\":}",
        "{a:1}", "[}", "\"\t\"", "\"\\q\"", "\"\\u12\"", "NaN",  "nul",     "{\"a\":1,}",
        "1 2",   "[",  "\"a",    "]",       "{,}",       "[,1]", "1e",      "\"\\uD83\""};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(json_is_strict(yes[i], strlen(yes[i])));
    for (i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(json_is_strict(no[i], strlen(no[i])));
}

static void json_parse__repairs_what_cjson_takes_badly(void **state)
{
    struct error err;
    struct json_repairs repairs;
    static const char json[] =
        "{\"a\":\"x\\u0000y\",\"b\":\"\\udc00\",\"c\":NaN,\"d\":-Infinity,"
        "\"e\":\"NaN \\ud83d\\ude00\"}";
    cJSON *value = json_parse(json, sizeof json - 1, 1, 1, &repairs, &err);

    (void)state;
    assert_non_null(value);
    assert_string_equal(json_value_text(value, "a"), "x\xEF\xBF\xBDy");
    assert_string_equal(json_value_text(value, "b"), "\xEF\xBF\xBD");
    assert_string_equal(json_value_text(value, "e"), "NaN 😀");
    assert_int_equal(json_value_seconds_ms(json_value_get(value, "c")), TIME_NONE);
    assert_int_equal(json_value_seconds_ms(json_value_get(value, "d")), TIME_NONE);
    assert_null(json_value_text(value, "A"));
    cJSON_Delete(value);
    assert_null(json_parse("{\"a\":\n  oops}", 13, 5, 9, &repairs, &err));
    assert_int_equal(err.line, 6);
    assert_int_equal(err.column, 3);
}

static void json_parse_front__keeps_what_stands_before_a_mistake(void **state)
{
    static const struct {
        const char *json;
        const char *kept; /* NULL: nothing */
        size_t mistake;   /* 99: only the end is missing */
    } rows[] = {
        {"{\"a\":1,\"b\":[2,{\"c\":3", "{\"a\":1,\"b\":[2,{}]}", 99},
        {"{\"a\":1,\"b\"", "{\"a\":1}", 99},
        {"{\"a\":1,\"b\":", "{\"a\":1}", 99},
        {"{\"a\":1,\"b\":tr", "{\"a\":1}", 99},
        {"{\"a\":\"short", "{}", 99},
        {"[\"as long as what somebody says in a sentence",
         "[\"as long as what somebody says in a sentence\"]", 99},
        {"[\"as long as what somebody says in it \\u12",
         "[\"as long as what somebody says in it \"]", 99},
        {"[\"\\q \\u12\"]", "[\"\\\\q \\\\u12\"]", 99},
        {"[\"\\u \"", "[\"\\\\u \"]", 99},
        {"[1,2,]", "[1,2]", 5},
        {"{\"a\":1 \"b\":2}", "{\"a\":1,\"b\":2}", 7},
        {"[NaN,-Infinity,\"NaN\"]", "[\"\",null,\"NaN\"]", 99},
        {"{\"a\":1,\"b\":oops}", "{\"a\":1}", 7},
        {"{\"a\":\"x\" y\"}", "{\"a\":\"x\"}", 9},
        {"[1}", "[1]", 2},
        {"oops", NULL, 99},
        {"", NULL, 99},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t bytes = strlen(rows[i].json);
        size_t mistake;
        cJSON *value = json_parse_front(rows[i].json, bytes, &mistake);
        char *kept = value != NULL ? cJSON_PrintUnformatted(value) : NULL;

        if ((kept == NULL) != (rows[i].kept == NULL) ||
            (kept != NULL && strcmp(kept, rows[i].kept) != 0))
            fail_msg("%s: %s", rows[i].json, kept != NULL ? kept : "nothing");
        assert_int_equal(mistake, rows[i].mistake == 99 ? bytes : rows[i].mistake);
        free(kept);
        cJSON_Delete(value);
    }
}

static void json_value_seconds_ms__knows_all_forms(void **state)
{
    static const struct {
        const char *json;
        int64_t ms;
    } rows[] = {
        {"12.9", 12900},
        {"\"12.9\"", 12900},
        {"\"12.900s\"", 12900},
        {"{\"seconds\":\"12\",\"nanos\":900000000}", 12900},
        {"{\"seconds\":3}", 3000},
        {"{}", TIME_NONE},
        {"{\"nanos\":500000000}", 500},
        {"{\"minutes\":1}", TIME_NONE},
        {"\"PT1H2M3.5S\"", 3723500},
        {"\"PT0.04S\"", 40},
        {"\"0:12:30.250\"", 750250},
        {"-0.5", -500},
        {"1e300", TIME_NONE},
        {"null", TIME_NONE},
        {"\"soon\"", TIME_NONE},
        {"\"\"", TIME_NONE},
        {"\"12x\"", TIME_NONE},
        {"\"PT5\"", TIME_NONE},
        {"[1]", TIME_NONE},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error err;
        struct json_repairs repairs;
        cJSON *value = json_parse(rows[i].json, strlen(rows[i].json), 1, 1, &repairs, &err);

        assert_int_equal(json_value_seconds_ms(value), rows[i].ms);
        cJSON_Delete(value);
    }
}

static void json_probe_type__walks_a_cut_head(void **state)
{
    static const char head[] = " {\"a\" : {\"b\": [ {\"c\":\"x\\\"y\", \"d\":1} ]}, \"e\":[], "
                               "\"f\":{\"g\":\"cut he";
    static const struct {
        const char *path;
        char type;
    } rows[] = {{"", '{'},        {"a", '{'}, {"a.b", '['}, {"a.b.0", '{'},  {"a.b.0.c", '"'},
                {"a.b.0.d", '1'}, {"e", '['}, {"e.0", 0},   {"f.g", '"'},    {"f.h", 0},
                {"h", 0},         {"c", 0},   {"a.b.c", 0}, {"a.b.0.c.x", 0}};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(json_probe_type(head, sizeof head - 1, rows[i].path), rows[i].type);
    /* However short the head is, the walk stays in it. */
    for (i = 0; i < sizeof head; i++) {
        char *cut = malloc(i + 1);

        memcpy(cut, head, i);
        json_probe_type(cut, i, "a.b.0.d");
        json_probe_is(cut, i, "f.g", "cut here");
        free(cut);
    }
    assert_true(json_probe_is("{\"k\":\"v\"}", 9, "k", "v"));
    assert_false(json_probe_is("{\"k\":\"vv\"}", 10, "k", "v"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_stream_next__hands_out_members_and_elements),
        cmocka_unit_test(json_stream_next__refuses_to_go_too_deep),
        cmocka_unit_test(json_stream_next__scans_a_long_string_once),
        cmocka_unit_test(json_flat_parse__reads_fields_of_every_type),
        cmocka_unit_test(json_flat_parse__reads_numbers_as_strtod_does),
        cmocka_unit_test(json_flat_parse__repairs_and_counts),
        cmocka_unit_test(json_flat_parse__keeps_what_stands_before_an_error),
        cmocka_unit_test(json_is_strict__holds_to_the_standard),
        cmocka_unit_test(json_parse__repairs_what_cjson_takes_badly),
        cmocka_unit_test(json_parse_front__keeps_what_stands_before_a_mistake),
        cmocka_unit_test(json_value_seconds_ms__knows_all_forms),
        cmocka_unit_test(json_probe_type__walks_a_cut_head),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

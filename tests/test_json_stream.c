/* JSON as a stream, an object without a tree, single values, strictness, and a value as a tree.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "formats/json/json_flat.h"
#include "formats/json/json_stream.h"
#include "formats/json/json_strict.h"
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

/* The tree as JSON again, decoded strings as they are. */
static void dump(struct buffer *out, struct json_ref v)
{
    struct json_ref item;
    struct span raw = json_raw(v);
    bool first = true;

    if (json_type(v) < JSON_ARRAY) {
        buffer_append_string(out, json_is(v, JSON_STRING) ? "\"" : "");
        buffer_append(out, raw.data, raw.length);
        buffer_append_string(out, json_is(v, JSON_STRING) ? "\"" : "");
        return;
    }
    buffer_append_char(out, json_is(v, JSON_ARRAY) ? '[' : '{');
    JSON_EACH(item, v)
    {
        struct span name = json_name(item);

        if (!first)
            buffer_append_char(out, ',');
        first = false;
        if (json_is(v, JSON_OBJECT))
            buffer_append_format(out, "\"%.*s\":", (int)name.length, name.data);
        dump(out, item);
    }
    buffer_append_char(out, json_is(v, JSON_ARRAY) ? ']' : '}');
}

static void json_tree__tolerates_what_files_hold(void **state)
{
    static const char json[] =
        "{\"a\":\"x\\u0000y\",\"b\":\"\\udc00\",\"c\":NaN,\"d\":-Infinity,"
        "\"e\":\"NaN \\ud83d\\ude00\",\"f\\u0067\":[1,[2],{\"k\":3}]} rest";
    struct json_tree t = {0};
    struct json_ref root;
    double number;

    (void)state;
    assert_int_equal(json_tree_parse(&t, json, sizeof json - 1), JSON_TREE_WHOLE);
    assert_int_equal(t.bytes, sizeof json - 1 - strlen(" rest"));
    root = json_root(&t);
    assert_true(span_is(json_string(json_get(root, "a")), "x\xEF\xBF\xBDy"));
    assert_true(span_is(json_string(json_get(root, "b")), "\xEF\xBF\xBD"));
    assert_true(span_is(json_string(json_get(root, "e")), "NaN 😀"));
    assert_true(json_is(json_get(root, "c"), JSON_NULL));
    assert_int_equal(t.no_numbers, 2);
    assert_int_equal(t.repairs.replaced, 2);
    assert_int_equal(json_count(json_get(root, "fg")), 3);
    assert_true(json_number(json_path(root, "fg.2.k"), &number) && number == 3);
    assert_null(json_get(root, "A").node);
    assert_null(json_path(root, "fg.7").node);
    assert_int_equal(json_string(json_get(root, "fg")).length, 0);
    json_tree_release(&t);
}

static void json_tree__keeps_what_stands_before_a_mistake(void **state)
{
    static const struct {
        const char *json;
        const char *kept;
        size_t mistake; /* 99: only the end is missing */
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
        {"[\"\\q\"]", "[\"\\q\"]", 99},
        {"[1,2,]", "[1,2]", 5},
        {"{\"a\":1 \"b\":2}", "{\"a\":1,\"b\":2}", 7},
        {"{\"a\":1,\"b\":oops}", "{\"a\":1}", 11},
        {"{\"a\":\"x\" y\"}", "{\"a\":\"x\"}", 9},
        {"[1}", "[1]", 2},
        {"oops", "", 0},
        {"", "", 99},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct json_tree t = {0};
        struct buffer kept = {0};
        size_t mistake;

        json_tree_parse(&t, rows[i].json, strlen(rows[i].json));
        dump(&kept, json_root(&t));
        mistake = t.commas > 0 ? t.comma_byte : t.error != NULL ? t.error_byte : 99;
        if (strcmp(buffer_string(&kept), rows[i].kept) != 0 || mistake != rows[i].mistake)
            fail_msg("%s: %s, %zu", rows[i].json, buffer_string(&kept), mistake);
        buffer_release(&kept);
        json_tree_release(&t);
    }
}

static void json_tree__limits_depth(void **state)
{
    char deep[2 * JSON_DEPTH_MAX + 2];
    struct json_tree t = {0};

    (void)state;
    memset(deep, '[', sizeof deep);
    assert_int_equal(json_tree_parse(&t, deep, sizeof deep), JSON_TREE_DEEP);
    memset(deep + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
    assert_int_equal(json_tree_parse(&t, deep, 2 * JSON_DEPTH_MAX), JSON_TREE_WHOLE);
    json_tree_release(&t);
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
        struct json_tree t = {0};

        json_tree_parse(&t, rows[i].json, strlen(rows[i].json));
        assert_int_equal(json_value_seconds_ms(json_root(&t)), rows[i].ms);
        json_tree_release(&t);
    }
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
        cmocka_unit_test(json_tree__tolerates_what_files_hold),
        cmocka_unit_test(json_tree__keeps_what_stands_before_a_mistake),
        cmocka_unit_test(json_tree__limits_depth),
        cmocka_unit_test(json_value_seconds_ms__knows_all_forms),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The map that renames and merges speakers: its text, and what the model makes of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/model/speaker_map.h"
#include "shilu/model/transcript.h"

static struct speaker_map *parse(const char *text)
{
    struct error err = {0};
    struct speaker_map *m = speaker_map_parse(text, strlen(text), &err);

    if (m == NULL)
        fail_msg("%llu:%llu: %s", (unsigned long long)err.line, (unsigned long long)err.column,
                 err.message);
    return m;
}

static uint32_t named(struct transcript *t, const char *name)
{
    return transcript_speaker(t, &(struct speaker_label){.name = name});
}

static void say(struct transcript *t, uint32_t who, const char *text)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct error err;

    draft.speaker = who;
    draft.text = text;
    draft.text_bytes = strlen(text);
    assert_true(transcript_append(t, &draft, &err));
}

static const char *name_of(const struct transcript *t, uint32_t speaker)
{
    return transcript_speaker_at(t, speaker)->name;
}

static void speaker_map_parse__reads_names_of_any_form(void **state)
{
    struct speaker_map *m = parse("\xEF\xBB\xBF# note = nothing\r\n\r\n S1 =  Jane   Doe \r\n"
                                  "\"a = b\" = \"# Tom\"\n記者 = 張 三\nS1=Jane Doe");

    (void)state;
    assert_string_equal(speaker_map_find(m, "S1"), "Jane Doe");
    assert_string_equal(speaker_map_find(m, "  S1 "), "Jane Doe");
    assert_string_equal(speaker_map_find(m, "a = b"), "# Tom");
    assert_string_equal(speaker_map_find(m, "記者"), "張 三");
    assert_null(speaker_map_find(m, "s1"));
    assert_null(speaker_map_find(m, "# note"));
    assert_null(speaker_map_find(m, NULL));
    speaker_map_free(m);
}

static void speaker_map_parse__says_where_it_is_wrong(void **state)
{
    static const struct {
        const char *text;
        unsigned line, column;
    } rows[] = {
        {"a = b\nc\n", 2, 2},  {"a =\n", 1, 4},
        {" = b\n", 1, 2},      {"a = b\n\n張 = b\na = c", 4, 1},
        {"\"a = b\n", 1, 1},   {"a = \"b\" c\n", 1, 9},
        {"張三 = \xFF", 1, 6}, {"a = b\nc \xC3", 2, 3},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct error err = {0};

        assert_null(speaker_map_parse(rows[i].text, strlen(rows[i].text), &err));
        assert_int_equal(err.line, rows[i].line);
        assert_int_equal(err.column, rows[i].column);
    }
}

static void speaker_map__merges_two_into_one(void **state)
{
    struct transcript *t = transcript_new();
    struct speaker_map *m = parse("S1 = Ana\nS2 = Ana\n");

    (void)state;
    transcript_set_speaker_map(t, m);
    say(t, named(t, "S1"), "one");
    say(t, named(t, "S2"), "two");
    say(t, named(t, "S3"), "three");
    say(t, named(t, "Ana"), "four");
    assert_int_equal(transcript_speaker_count(t), 2);
    assert_int_equal(transcript_turn_count(t), 3);
    assert_string_equal(name_of(t, 0), "Ana");
    assert_int_equal(transcript_speaker_at(t, 0)->segments, 3);
    assert_string_equal(transcript_speaker_at(t, 0)->aliases[0], "S1");
    assert_string_equal(transcript_speaker_at(t, 0)->aliases[1], "S2");
    transcript_free(t);
    speaker_map_free(m);
}

static void speaker_map__exchanges_two_names(void **state)
{
    struct transcript *t = transcript_new();
    struct speaker_map *m = parse("A = B\nB = A\n");

    (void)state;
    transcript_set_speaker_map(t, m);
    assert_string_equal(name_of(t, named(t, "A")), "B");
    assert_string_equal(name_of(t, named(t, "B")), "A");
    assert_string_equal(name_of(t, named(t, "A")), "B");
    assert_int_equal(transcript_speaker_count(t), 2);
    transcript_free(t);
    speaker_map_free(m);
}

/* Segments name by id whom a list at the end of the file defines. */
static void speaker_map__merges_speakers_that_are_defined_last(void **state)
{
    struct transcript *t = transcript_new();
    struct speaker_map *m = parse("Anna = Ben\ncee = Chloe\n");
    uint32_t a;
    uint32_t ben;

    (void)state;
    transcript_set_speaker_map(t, m);
    a = named(t, "a");
    say(t, a, "one");
    say(t, named(t, "Ben"), "two");
    say(t, named(t, "c"), "three");
    transcript_define_speaker(t, &(struct speaker_label){.id = "a", .name = "Anna"});
    transcript_define_speaker(t, &(struct speaker_label){.id = "c", .name = "cee"});
    ben = named(t, "Ben");
    assert_int_equal(transcript_segment(t, 0)->speaker, ben);
    assert_int_equal(transcript_turn_count(t), 2);
    assert_int_equal(transcript_speaker_at(t, ben)->segments, 2);
    assert_string_equal(name_of(t, transcript_segment(t, 2)->speaker), "Chloe");
    say(t, a, "a reader that still holds the old number");
    assert_int_equal(transcript_segment(t, 3)->speaker, ben);
    assert_int_equal(named(t, "a"), ben);
    transcript_free(t);
    speaker_map_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speaker_map_parse__reads_names_of_any_form),
        cmocka_unit_test(speaker_map_parse__says_where_it_is_wrong),
        cmocka_unit_test(speaker_map__merges_two_into_one),
        cmocka_unit_test(speaker_map__exchanges_two_names),
        cmocka_unit_test(speaker_map__merges_speakers_that_are_defined_last),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

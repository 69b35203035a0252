/* Drafts: what a reader finds, and what a transcript makes of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/formats/drafts.h"

static void add(struct drafts *d, const char *text, uint32_t speaker)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct error err;

    draft.text = text;
    draft.text_bytes = strlen(text);
    draft.speaker = speaker;
    assert_true(drafts_append(d, &draft, &err));
}

static uint32_t named(struct drafts *d, const char *name)
{
    return drafts_speaker(d, &(struct speaker_label){.name = name});
}

static void drafts__keep_segments_until_they_are_moved(void **state)
{
    struct drafts *d = drafts_new();
    struct transcript *t = transcript_new();
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct error err;
    size_t bytes;

    (void)state;
    draft.text = "one";
    draft.text_bytes = 3;
    draft.start_ms = 1000;
    draft.end_ms = 2000;
    draft.kind = SEGMENT_QUESTION;
    draft.extra = "{\"a\":1}";
    assert_true(drafts_append(d, &draft, &err));
    assert_int_equal(drafts_waiting(d), 1);
    assert_string_equal(drafts_at(d, 0).extra, "{\"a\":1}");
    assert_int_equal(drafts_at(d, 0).text_bytes, 3);
    assert_true(drafts_move(d, t, &err));
    assert_int_equal(drafts_waiting(d), 0);
    assert_int_equal(drafts_count(d), 1);
    assert_string_equal(transcript_text(t, 0, &bytes), "one");
    assert_string_equal(transcript_extra(t, 0), "{\"a\":1}");
    assert_int_equal(transcript_segment(t, 0)->start_ms, 1000);
    assert_int_equal(transcript_end_ms(t, 0), 2000);
    assert_int_equal(transcript_segment(t, 0)->kind, SEGMENT_QUESTION);
    drafts_free(d);
    transcript_free(t);
}

static void drafts__number_a_label_once_also_after_a_move(void **state)
{
    struct drafts *d = drafts_new();
    struct transcript *t = transcript_new();
    struct error err;
    uint32_t ann = named(d, "Ann");
    uint32_t ben = named(d, "Ben");

    (void)state;
    add(d, "one", ben);
    assert_true(drafts_move(d, t, &err));
    assert_int_equal(named(d, "Ann"), ann);
    add(d, "two", ann);
    add(d, "three", named(d, "Ben"));
    assert_true(drafts_move(d, t, &err));
    assert_int_equal(transcript_speaker_count(t), 2);
    assert_string_equal(transcript_speaker_at(t, transcript_segment(t, 1)->speaker)->name,
                        "Ann");
    assert_int_equal(transcript_segment(t, 0)->speaker, transcript_segment(t, 2)->speaker);
    assert_string_equal(drafts_label(d, ann)->name, "Ann");
    assert_int_equal(named(d, " \xE3\x80\x80"), SPEAKER_NONE);
    drafts_free(d);
    transcript_free(t);
}

/* The list of speakers may come after the segments that name them. */
static void drafts__define_speakers_in_the_order_of_the_file(void **state)
{
    struct drafts *d = drafts_new();
    struct transcript *t = transcript_new();
    struct error err;

    (void)state;
    add(d, "one", named(d, "s1"));
    assert_false(drafts_has_defined(d, "s1"));
    drafts_define_speaker(d, &(struct speaker_label){.id = "s1", .name = "Ann"});
    assert_true(drafts_has_defined(d, "s1"));
    assert_true(drafts_has_speaker(d, "Ann"));
    assert_false(drafts_has_speaker(d, "Ben"));
    add(d, "two", named(d, "s1"));
    assert_true(drafts_move(d, t, &err));
    assert_int_equal(transcript_speaker_count(t), 1);
    assert_string_equal(transcript_speaker_at(t, transcript_segment(t, 1)->speaker)->name,
                        "Ann");
    drafts_free(d);
    transcript_free(t);
}

static void drafts__say_facts_again(void **state)
{
    struct drafts *d = drafts_new();
    struct transcript *t = transcript_new();
    struct error err;

    (void)state;
    assert_null(drafts_get(d, FIELD_TITLE));
    drafts_set(d, FIELD_TITLE, "A talk");
    drafts_set_time_base(d, TIME_BASE_WALL);
    assert_true(drafts_move(d, t, &err));
    assert_string_equal(drafts_get(d, FIELD_TITLE), "A talk");
    assert_string_equal(transcript_get(t, FIELD_TITLE), "A talk");
    assert_int_equal(transcript_time_base(t), TIME_BASE_WALL);
    drafts_set(d, FIELD_TITLE, NULL);
    assert_true(drafts_move(d, t, &err));
    assert_null(transcript_get(t, FIELD_TITLE));
    drafts_free(d);
    transcript_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drafts__keep_segments_until_they_are_moved),
        cmocka_unit_test(drafts__number_a_label_once_also_after_a_move),
        cmocka_unit_test(drafts__define_speakers_in_the_order_of_the_file),
        cmocka_unit_test(drafts__say_facts_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

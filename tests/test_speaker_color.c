/* The colours of speakers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "processor_time.h"
#include "shilu/base/buffer.h"
#include "shilu/model/transcript.h"
#include "shilu/view/speaker_color.h"
#include "shilu/view/style.h"

/* Speaker i says i % 100 + 1 letters. */
static struct transcript *transcript_of(int speakers)
{
    static const char words[] =
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefgh"
        "ijklmnopqrstuv";
    struct transcript *t = transcript_new();

    for (int i = 0; i < speakers; i++) {
        struct segment_draft draft = SEGMENT_DRAFT_INIT;
        char name[20];
        struct speaker_label label = {.name = name};
        struct error err;

        snprintf(name, sizeof name, "Speaker %d", i);
        draft.text = words;
        draft.text_bytes = (size_t)(i % 100 + 1);
        draft.speaker = transcript_speaker(t, &label);
        assert_true(transcript_append(t, &draft, &err));
    }
    return t;
}

static void speaker_color__of_those_who_say_the_most__is_had_by_one_alone(void **state)
{
    struct transcript *t = transcript_of(100);
    bool taken[ACCENT_COUNT + 1] = {false};

    (void)state;
    for (uint32_t i = 100 - ACCENT_COUNT; i < 100; i++) {
        uint8_t color = speaker_color(t, i);

        assert_in_range(color, 1, ACCENT_COUNT);
        assert_false(taken[color]);
        taken[color] = true;
    }
    assert_int_equal(speaker_color(t, SPEAKER_NONE), 0);
    transcript_free(t);
}

static void speaker_color__of_a_rare_speaker__is_that_of_the_name(void **state)
{
    struct transcript *many = transcript_of(100);
    struct transcript *alone = transcript_of(1);

    (void)state;
    assert_int_equal(speaker_color(many, 0), speaker_color(alone, 0));
    transcript_free(alone);
    transcript_free(many);
}

static void speaker_color__of_each_of_many__takes_no_walk_over_all(void **state)
{
    enum { SPEAKERS = 40000 };
    struct transcript *t = transcript_of(SPEAKERS);
    int64_t ms = processor_ms();

    (void)state;
    for (uint32_t i = 0; i < SPEAKERS; i++)
        assert_in_range(speaker_color(t, i), 1, ACCENT_COUNT);
    ms = processor_ms() - ms;
    if (ms > 1500)
        fail_msg("%d ms", (int)ms);
    transcript_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speaker_color__of_those_who_say_the_most__is_had_by_one_alone),
        cmocka_unit_test(speaker_color__of_a_rare_speaker__is_that_of_the_name),
        cmocka_unit_test(speaker_color__of_each_of_many__takes_no_walk_over_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

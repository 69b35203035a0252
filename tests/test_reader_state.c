/* The reading: what is found with the gaps kept is what is found without. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/memory.h"
#include "shilu/view/reader_state.h"

static uint32_t random_below(uint32_t most)
{
    static uint64_t x = 88172645463325252u;

    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return (uint32_t)(x >> 11) % most;
}

/* Speakers come in long runs, so that gaps are long and short. */
static void grow(struct transcript *t, uint32_t segments)
{
    static uint32_t run;
    static uint32_t speaker;
    struct error err;

    while (segments-- > 0) {
        struct segment_draft draft = SEGMENT_DRAFT_INIT;
        struct speaker_label label = {0};
        char name[16];

        if (run-- == 0) {
            run = random_below(400);
            speaker = random_below(12);
        }
        snprintf(name, sizeof name, "speaker %u", (unsigned)speaker);
        label.name = name;
        draft.text = "words";
        draft.text_bytes = 5;
        draft.speaker = transcript_speaker(t, &label);
        assert_true(transcript_append(t, &draft, &err));
    }
}

/* A solo, a mute, nothing at all, or a few single segments. */
static void choose(struct reader_state *r)
{
    struct selection *s = &r->selection;
    size_t count = transcript_count(r->transcript);
    int i;

    r->selection_version++;
    selection_release(s);
    *s = SELECTION_INIT;
    switch (random_below(4)) {
    case 0:
        selection_solo_only(s, random_below(12));
        break;
    case 1:
        selection_mute_toggle(s, random_below(12));
        break;
    case 2:
        s->matching_count = count;
        s->matching = memory_zalloc(count / 8 + 1, 1);
        for (i = 0; i < 6; i++) {
            uint32_t at = random_below((uint32_t)count);

            s->matching[at / 8] |= (uint8_t)(1 << at % 8);
        }
        break;
    default:
        s->matching = memory_zalloc(1, 1);
        break;
    }
}

static void reading_at_or_after__any_selection__is_as_without_gaps(void **state)
{
    struct transcript *t = transcript_new();
    struct reader_state r = {.transcript = t, .selection = SELECTION_INIT};
    int round;
    int i;

    (void)state;
    r.gaps = reader_state_gaps_new();
    assert_int_equal(reader_state_at_or_after(&r, 0), SEGMENT_NONE);
    assert_int_equal(reader_state_at_or_before(&r, 0), SEGMENT_NONE);
    for (round = 0; round < 60; round++) {
        grow(t, 1 + random_below(round % 2 == 0 ? 3000 : 3));
        if (round % 3 != 2)
            choose(&r);
        for (i = 0; i < 300; i++) {
            uint32_t at = random_below((uint32_t)transcript_count(t) + 3);

            assert_int_equal(reader_state_at_or_after(&r, at),
                             selection_at_or_after(&r.selection, t, at));
            at = random_below((uint32_t)transcript_count(t) + 3);
            assert_int_equal(reader_state_at_or_before(&r, at),
                             selection_at_or_before(&r.selection, t, at));
        }
    }
    reader_state_gaps_free(r.gaps);
    selection_release(&r.selection);
    transcript_free(t);
}

/* Three segments of ten bytes, each followed by a NUL. */
static void reading_is_selected__any_bytes__take_their_segments(void **state)
{
    static const struct {
        uint64_t from;
        uint64_t to;
        unsigned segments; /* a bit each */
    } rows[] = {{0, 10, 1},  {0, 11, 1},  {9, 12, 3},  {5, 6, 1},
                {11, 33, 6}, {10, 11, 0}, {21, 23, 4}, {0, 33, 7}};
    struct transcript *t = transcript_new();
    struct reader_state r = {.transcript = t, .selecting = true};
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct error err;

    (void)state;
    draft.text = "0123456789";
    draft.text_bytes = 10;
    for (int i = 0; i < 3; i++)
        assert_true(transcript_append(t, &draft, &err));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        r.select_from = rows[i].from;
        r.select_to = rows[i].to;
        for (uint32_t k = 0; k < 3; k++)
            assert_int_equal(reader_state_is_selected(&r, k), rows[i].segments >> k & 1);
    }
    r.selecting = false;
    assert_false(reader_state_is_selected(&r, 0));
    transcript_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_at_or_after__any_selection__is_as_without_gaps),
        cmocka_unit_test(reading_is_selected__any_bytes__take_their_segments),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

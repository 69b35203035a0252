/* Corrections laid over a record: while it is loaded, afterwards, and where the source has
 * changed meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/model/overlay.h"
#include "shilu/model/transcript.h"

struct line {
    const char *who;
    const char *text;
};

static void fill(struct transcript *t, const struct line *lines, size_t count, bool pieces)
{
    struct error err;

    for (size_t i = 0; i < count; i++) {
        struct segment_draft draft = SEGMENT_DRAFT_INIT;

        draft.speaker = transcript_speaker(t, &(struct speaker_label){.name = lines[i].who});
        draft.text = lines[i].text;
        draft.text_bytes = strlen(lines[i].text);
        draft.start_ms = (int64_t)i * 1000;
        draft.end_ms = draft.start_ms + 900;
        draft.piece = pieces;
        assert_true(transcript_append(t, &draft, &err));
    }
}

/* Overlays copy what they are given. */
static struct correction_side side(const char *text, const char *speaker, int64_t start_ms,
                                   int64_t end_ms)
{
    return (struct correction_side){(char *)text, (char *)speaker, start_ms, end_ms};
}

static struct correction of(uint32_t segment, const char *was, const char *now)
{
    return (struct correction){.segment = segment,
                               .changes = CORRECTION_TEXT,
                               .was = side(was, NULL, 0, 0),
                               .now = side(now, NULL, 0, 0)};
}

static void assert_text(const struct transcript *t, uint32_t segment, const char *expected)
{
    size_t bytes;
    const char *text = transcript_text(t, segment, &bytes);

    assert_int_equal(bytes, strlen(expected));
    assert_memory_equal(text, expected, bytes);
}

static void assert_source(const struct transcript *t, uint32_t segment, const char *expected)
{
    size_t bytes;
    const char *text = transcript_source_text(t, segment, &bytes);

    assert_int_equal(bytes, strlen(expected));
    assert_memory_equal(text, expected, bytes);
}

static const struct line three[] = {
    {"Ann", "Good morning."}, {"Ann", "The ship sails two day."}, {"Bo", "Thank you."}};

static void overlay__is_applied_while_loading_and_keeps_the_source(void **state)
{
    struct overlay o = {0};
    struct transcript *t = transcript_new();
    struct correction c = of(1, "The ship  sails two day.", "The ship sails today.");

    overlay_put(&o, &c);
    transcript_lay_over(t, &o);
    fill(t, three, 3, false);
    assert_text(t, 1, "The ship sails today.");
    assert_source(t, 1, "The ship sails two day.");
    assert_true(transcript_is_corrected(t, 1));
    assert_false(transcript_is_corrected(t, 0));
    assert_int_equal(overlay_settle(&o, t), 0);
    assert_int_equal(o.items[0].state, CORRECTION_APPLIED);
    transcript_free(t);
    overlay_release(&o);
}

/* As if it had been loaded so: turns, paragraphs, counts, search arena. */
static void lay_over__is_the_same_as_loading_with_it(void **state)
{
    static const struct line cues[] = {
        {"Ann", "one"}, {"Ann", "two"}, {"Ann", "three"}, {"Bo", "four"}, {"Bo", "five"}};
    struct overlay o = {0};
    struct transcript *loaded = transcript_new();
    struct transcript *laid = transcript_new();
    struct correction c = of(1, "two", "zwei und");
    uint64_t a_bytes;
    uint64_t b_bytes;
    const char *a;
    const char *b;

    overlay_put(&o, &c);
    c = (struct correction){.segment = 2,
                            .changes = CORRECTION_SPEAKER | CORRECTION_TIME,
                            .was = side("three", "Ann", 2000, 2900),
                            .now = side(NULL, "Cleo", 2100, 2800)};
    overlay_put(&o, &c);
    fill(laid, cues, 5, true);
    transcript_lay_over(laid, &o);
    transcript_lay_over(loaded, &o);
    fill(loaded, cues, 5, true);
    a = transcript_arena(laid, &a_bytes);
    b = transcript_arena(loaded, &b_bytes);
    assert_int_equal(a_bytes, b_bytes);
    assert_memory_equal(a, b, a_bytes);
    assert_int_equal(transcript_turn_count(laid), 3);
    assert_int_equal(transcript_turn_count(loaded), 3);
    for (uint32_t i = 0; i < 5; i++) {
        const struct segment *x = transcript_segment(laid, i);
        const struct segment *y = transcript_segment(loaded, i);

        assert_int_equal(x->start_ms, y->start_ms);
        assert_int_equal(x->duration_ms, y->duration_ms);
        assert_int_equal(x->flags, y->flags);
        assert_string_equal(transcript_speaker_at(laid, x->speaker)->name,
                            transcript_speaker_at(loaded, y->speaker)->name);
        assert_int_equal(transcript_speaker_characters(laid, x->speaker),
                         transcript_speaker_characters(loaded, y->speaker));
    }
    transcript_free(loaded);
    transcript_free(laid);
    overlay_release(&o);
}

static void lay_over__nothing__gives_the_source_back(void **state)
{
    struct overlay o = {0};
    struct transcript *t = transcript_new();
    struct transcript *plain = transcript_new();
    struct correction c = {.segment = 1,
                           .changes = CORRECTION_TEXT | CORRECTION_SPEAKER,
                           .was = side(three[1].text, "Ann", 1000, 1900),
                           .now = side("X", "Dora", 0, 0)};
    uint64_t a_bytes;
    uint64_t b_bytes;
    const char *a;
    const char *b;

    overlay_put(&o, &c);
    transcript_lay_over(t, &o);
    fill(t, three, 3, false);
    fill(plain, three, 3, false);
    assert_int_equal(transcript_speaker_count(t), 3);
    transcript_lay_over(t, NULL);
    a = transcript_arena(t, &a_bytes);
    b = transcript_arena(plain, &b_bytes);
    assert_int_equal(a_bytes, b_bytes);
    assert_memory_equal(a, b, a_bytes);
    assert_int_equal(transcript_turn_count(t), 2);
    assert_true(transcript_speaker_at(t, transcript_speaker_named(t, "Bo"))->segments == 1);
    /* Nobody but the correction named Dora, so she is gone; and comes again with it. */
    assert_int_equal(transcript_speaker_named(t, "Dora"), SPEAKER_NONE);
    transcript_lay_over(t, &o);
    assert_int_equal(transcript_speaker_at(t, transcript_speaker_named(t, "Dora"))->segments,
                     1);
    transcript_lay_over(t, NULL);
    /* The file itself names her after all. */
    fill(t, &(struct line){"Dora", "I am here."}, 1, false);
    assert_int_equal(transcript_speaker_at(t, transcript_segment(t, 3)->speaker)->segments, 1);
    assert_false(transcript_speaker_at(t, transcript_segment(t, 3)->speaker)->gone);
    transcript_free(t);
    transcript_free(plain);
    overlay_release(&o);
}

/* Two paragraphs were inserted before it, and the same words occur elsewhere. */
static void settle__finds_words_that_have_moved(void **state)
{
    static const struct line old[] = {
        {"Ann", "Is it late?"}, {"Bo", "Yes."}, {"Ann", "Is it cold?"}, {"Bo", "Yes."}};
    static const struct line new[] = {{"Ann", "Welcome."}, {"Ann", "Is it late?"},
                                      {"Bo", "Yes."},      {"Ann", "Is it cold?"},
                                      {"Bo", "Yes."},      {"Ann", "Thanks."}};
    struct overlay o = {0};
    struct transcript *first = transcript_new();
    struct transcript *t = transcript_new();
    struct correction c = of(3, "Yes.", "Yes, very.");
    size_t bytes;
    const char *before;

    fill(first, old, 4, false);
    before = transcript_text(first, 2, &bytes);
    c.before = overlay_hash(span_of(before, bytes));
    overlay_put(&o, &c);
    transcript_lay_over(t, &o);
    fill(t, new, 6, false);
    assert_int_equal(transcript_corrected_count(t), 0);
    assert_int_equal(overlay_settle(&o, t), 1);
    transcript_lay_over(t, &o);
    assert_text(t, 4, "Yes, very.");
    assert_text(t, 2, "Yes.");
    assert_int_equal(o.items[0].segment, 4);
    assert_int_equal(o.items[0].state, CORRECTION_APPLIED);
    transcript_free(first);
    transcript_free(t);
    overlay_release(&o);
}

static enum correction_state settled(const char *new_text, size_t count)
{
    struct line lines[3] = {three[0], {"Ann", new_text}, three[2]};
    struct overlay o = {0};
    struct transcript *t = transcript_new();
    struct correction c = of(1, three[1].text, "The ship sails today.");
    enum correction_state state;

    overlay_put(&o, &c);
    transcript_lay_over(t, &o);
    fill(t, lines, count, false);
    assert_int_equal(overlay_settle(&o, t), 0);
    assert_int_equal(transcript_corrected_count(t), 0);
    state = o.items[0].state;
    transcript_free(t);
    overlay_release(&o);
    return state;
}

static void settle__tells_what_has_become_of_the_source(void **state)
{
    assert_int_equal(settled("The ship fails two days.", 3), CORRECTION_CONFLICT);
    assert_int_equal(settled("The ship sails\ntoday.", 3), CORRECTION_AGREES);
    assert_int_equal(settled("", 1), CORRECTION_LOST);
}

/* The speaker and the time count only if they were corrected. */
static void apply__looks_at_what_the_correction_changes(void **state)
{
    struct overlay o = {0};
    struct transcript *t = transcript_new();
    struct correction c = {.segment = 0,
                           .changes = CORRECTION_SPEAKER,
                           .was = side(three[0].text, "Cleo", 0, 900),
                           .now = side(NULL, "Bo", 0, 0)};

    overlay_put(&o, &c);
    transcript_lay_over(t, &o);
    fill(t, three, 3, false);
    assert_int_equal(overlay_settle(&o, t), 0);
    assert_int_equal(o.items[0].state, CORRECTION_CONFLICT); /* Ann says it by now */
    c.changes = CORRECTION_TEXT;
    c.now = side("Good evening.", NULL, 0, 0);
    overlay_put(&o, &c);
    transcript_lay_over(t, &o);
    assert_text(t, 0, "Good evening.");
    transcript_free(t);
    overlay_release(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overlay__is_applied_while_loading_and_keeps_the_source),
        cmocka_unit_test(lay_over__is_the_same_as_loading_with_it),
        cmocka_unit_test(lay_over__nothing__gives_the_source_back),
        cmocka_unit_test(settle__finds_words_that_have_moved),
        cmocka_unit_test(settle__tells_what_has_become_of_the_source),
        cmocka_unit_test(apply__looks_at_what_the_correction_changes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Record diff: words, paragraphs, speakers and times of two versions. */
#include "shilu/analysis/record_diff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/buffer.h"

struct line {
    const char *speaker;
    const char *text;
    int64_t start_ms; /* 0: none */
};

static struct transcript *record_of(const struct line *lines)
{
    struct transcript *t = transcript_new();
    struct error err;

    for (; lines->text != NULL; lines++) {
        struct segment_draft draft = SEGMENT_DRAFT_INIT;

        draft.text = lines->text;
        draft.text_bytes = strlen(lines->text);
        draft.speaker = transcript_speaker(t, &(struct speaker_label){.name = lines->speaker});
        if (lines->start_ms > 0) {
            transcript_set_time_base(t, TIME_BASE_ELAPSED);
            draft.start_ms = lines->start_ms;
        }
        assert_true(transcript_append(t, &draft, &err));
    }
    return t;
}

/* One line a change: its kind and its runs, as "-old" and "+new"; what is the same as "=". */
static void describe(struct buffer *out, const struct record_diff *d)
{
    static const char kinds[] = "warst";
    size_t i;
    uint32_t k;

    for (i = 0; i < d->rename_count; i++)
        buffer_append_format(
            out, "n %s>%s\n",
            transcript_speaker_at(d->old_record, d->renames[i].old_speaker)->name,
            transcript_speaker_at(d->new_record, d->renames[i].new_speaker)->name);
    for (i = 0; i < d->change_count; i++) {
        buffer_append_char(out, kinds[d->changes[i].kind]);
        for (k = d->changes[i].first_run; k < d->changes[i].end_run; k++) {
            struct buffer old_text = {0};
            struct buffer new_text = {0};

            record_diff_append_old(d, &d->runs[k], &old_text);
            record_diff_append_new(d, &d->runs[k], &new_text);
            assert_null(memchr(buffer_string(&new_text), '\0', new_text.bytes));
            if (d->runs[k].same)
                buffer_append_string(out, " =");
            else {
                if (old_text.bytes > 0)
                    buffer_append_format(out, " -%s", buffer_string(&old_text));
                if (new_text.bytes > 0)
                    buffer_append_format(out, " +%s", buffer_string(&new_text));
            }
            while (out->data[out->bytes - 1] == '\n')
                out->data[--out->bytes] = '\0';
            buffer_release(&old_text);
            buffer_release(&new_text);
        }
        buffer_append_char(out, '\n');
    }
}

static void assert_differs(const struct line *a, const struct line *b, enum words_mode mode,
                           const char *expected)
{
    struct transcript *old_record = record_of(a);
    struct transcript *new_record = record_of(b);
    struct record_diff d;
    struct buffer out = {0};

    record_diff_make(&d, old_record, new_record, mode);
    describe(&out, &d);
    assert_string_equal(buffer_string(&out), expected);
    assert_int_equal(record_diff_is_empty(&d), *expected == '\0' && d.shift_ms == 0);
    buffer_release(&out);
    record_diff_release(&d);
    transcript_free(old_record);
    transcript_free(new_record);
}

#define LINES(...) ((const struct line[]){__VA_ARGS__, {NULL, NULL, 0}})

static void diff__finds_words_in_any_script(void **state)
{
    (void)state;
    assert_differs(LINES({"A", "The new bridge opens in May.", 0}),
                   LINES({"A", "The old bridge opens in late May.", 0}), WORDS_FOLDED,
                   "w = -new  +old  = +late  =\n");
    assert_differs(LINES({"甲", "全国低保对象4317万，这是去年的数字。", 0}),
                   LINES({"甲", "全国低保对象4318万，这是今年的数字。", 0}), WORDS_FOLDED,
                   "w = -4317 +4318 = -去 +今 =\n");
    assert_differs(LINES({"김", "예산을 편성합니다.", 0}),
                   LINES({"김", "예산을 다시 편성합니다.", 0}), WORDS_FOLDED, "w = +다시  =\n");
}

/* A block may hold several paragraphs of one side: a line break ends each. */
static void diff__text_of_several_paragraphs__has_line_breaks(void **state)
{
    struct transcript *old_record = record_of(
        LINES({"A", "The wall stands and it leaks and the survey found eleven cracks", 0}));
    struct transcript *new_record = record_of(LINES({"A", "The wall stands and it leaks.", 0},
                                                    {"B", "The survey found ten cracks.", 0}));
    struct record_diff d;
    struct buffer text = {0};

    record_diff_make(&d, old_record, new_record, WORDS_FOLDED);
    for (size_t i = 0; i < d.run_count; i++)
        record_diff_append_new(&d, &d.runs[i], &text);
    assert_string_equal(buffer_string(&text),
                        "The wall stands and it leaks.\nThe survey found ten cracks.");
    buffer_release(&text);
    record_diff_release(&d);
    transcript_free(old_record);
    transcript_free(new_record);
}

static void diff__spelling_counts_only_when_asked(void **state)
{
    (void)state;
    assert_differs(LINES({"甲", "這是國務院的文件。", 0}),
                   LINES({"甲", "这是国务院的文件．", 0}), WORDS_FOLDED, "");
    /* a name in another script is a different name, unless the option says otherwise */
    assert_differs(LINES({"李處長", "請說。", 0}), LINES({"李处长", "请说。", 0}), WORDS_FOLDED,
                   "");
    assert_differs(LINES({"Mr. Ito", "Go on.", 0}), LINES({"MR ITO", "Go on.", 0}),
                   WORDS_FOLDED, "");
    assert_differs(LINES({"Mr. Ito", "Go on.", 0}), LINES({"MR ITO", "Go on.", 0}), WORDS_EXACT,
                   "n Mr. Ito>MR ITO\n");
    assert_differs(LINES({"A", "Well, I think so.", 0}), LINES({"A", "well - I THINK so!", 0}),
                   WORDS_FOLDED, "");
    assert_differs(LINES({"A", "I think so.", 0}), LINES({"A", "I Think so.", 0}), WORDS_EXACT,
                   "w = -think  +Think  =\n");
}

static void diff__paragraphs_come_and_go(void **state)
{
    (void)state;
    assert_differs(LINES({"A", "One thing here.", 0}, {"B", "Quite another matter.", 0}),
                   LINES({"A", "One thing here.", 0}), WORDS_FOLDED,
                   "r -Quite another matter.\n");
    assert_differs(LINES({"A", "One thing here.", 0}),
                   LINES({"B", "Quite another matter.", 0}, {"A", "One thing here.", 0}),
                   WORDS_FOLDED, "a +Quite another matter.\n");
    assert_differs(LINES({"A", "Apples grow on trees in autumn.", 0}),
                   LINES({"A", "Nobody ever sold the old boat.", 0}), WORDS_FOLDED,
                   "r -Apples grow on trees in autumn.\na +Nobody ever sold the old boat.\n");
}

static void diff__a_paragraph_cut_in_two_is_no_change(void **state)
{
    (void)state;
    assert_differs(LINES({"A", "We begin here. We go on there.", 0}),
                   LINES({"A", "We begin here.", 0}, {"A", "We go on there.", 0}), WORDS_FOLDED,
                   "");
}

static void diff__a_name_that_changes_throughout_is_one_fact(void **state)
{
    (void)state;
    assert_differs(LINES({"Smith", "Good morning all.", 0}, {"B", "Thank you.", 0},
                         {"Smith", "Goodbye all.", 0}),
                   LINES({"Smyth", "Good morning all.", 0}, {"B", "Thank you.", 0},
                         {"Smyth", "Goodbye all.", 0}),
                   WORDS_FOLDED, "n Smith>Smyth\n");
    assert_differs(LINES({"A", "Good morning all.", 0}, {"A", "We open now.", 0},
                         {"A", "Goodbye all.", 0}),
                   LINES({"A", "Good morning all.", 0}, {"B", "We open now.", 0},
                         {"A", "Goodbye all.", 0}),
                   WORDS_FOLDED, "s =\n");
}

static void diff__times_that_all_move_are_one_fact(void **state)
{
    (void)state;
    assert_differs(
        LINES({"A", "One here.", 1000}, {"B", "Two there.", 2000}, {"A", "Three.", 3000}),
        LINES({"A", "One here.", 1500}, {"B", "Two there.", 2500}, {"A", "Three.", 3500}),
        WORDS_FOLDED, "");
    assert_differs(
        LINES({"A", "One here.", 1000}, {"B", "Two there.", 2000}, {"A", "Three.", 3000}),
        LINES({"A", "One here.", 1000}, {"B", "Two there.", 2400}, {"A", "Three.", 3000}),
        WORDS_EXACT, "t =\n");
    assert_differs(
        LINES({"A", "One here.", 1000}, {"B", "Two there.", 2000}, {"A", "Three.", 3000}),
        LINES({"A", "One here.", 1000}, {"B", "Two there.", 2400}, {"A", "Three.", 4000}),
        WORDS_FOLDED, "t =\n"); /* the last one */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(diff__finds_words_in_any_script),
        cmocka_unit_test(diff__text_of_several_paragraphs__has_line_breaks),
        cmocka_unit_test(diff__spelling_counts_only_when_asked),
        cmocka_unit_test(diff__paragraphs_come_and_go),
        cmocka_unit_test(diff__a_paragraph_cut_in_two_is_no_change),
        cmocka_unit_test(diff__a_name_that_changes_throughout_is_one_fact),
        cmocka_unit_test(diff__times_that_all_move_are_one_fact),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

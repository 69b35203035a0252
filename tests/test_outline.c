/* Outline: points, questions and headings of a record. */
#include "shilu/analysis/outline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct line {
    const char *speaker; /* NULL: a heading */
    const char *text;
};

static struct transcript *record_of(const struct line *lines, size_t count)
{
    struct transcript *t = transcript_new();
    struct error err;
    size_t i;

    for (i = 0; i < count; i++) {
        struct segment_draft draft = SEGMENT_DRAFT_INIT;

        draft.text = lines[i].text;
        draft.text_bytes = strlen(lines[i].text);
        if (lines[i].speaker != NULL)
            draft.speaker = transcript_speaker(
                t, &(struct speaker_label){.name = lines[i].speaker});
        else
            draft.kind = SEGMENT_HEADING;
        assert_true(transcript_append(t, &draft, &err));
    }
    return t;
}

/* One character for each item: H, Q, S, and the number of a point; before it a dot for each
 * level. */
static void shape(const struct outline *o, char *out)
{
    size_t i;
    unsigned level;

    for (i = 0; i < o->count; i++) {
        for (level = 0; level < o->items[i].level; level++)
            *out++ = '.';
        *out++ = o->items[i].kind == OUTLINE_POINT ? (char)('0' + o->items[i].number)
                                                   : "HQS"[o->items[i].kind];
    }
    *out = '\0';
}

static void assert_shape(const struct line *lines, size_t count, const char *expected)
{
    struct transcript *t = record_of(lines, count);
    struct outline o;
    char found[400];

    outline_init(&o);
    outline_make(&o, t);
    shape(&o, found);
    assert_string_equal(found, expected);
    outline_release(&o);
    transcript_free(t);
}

#define ASSERT_SHAPE(expected, ...)                  \
    assert_shape((const struct line[]){__VA_ARGS__}, \
                 sizeof((const struct line[]){__VA_ARGS__}) / sizeof(struct line), expected)

static void points__are_found_in_every_script(void **state)
{
    (void)state;
    ASSERT_SHAPE("S.1.2.3", {"A", "我講三點：一是修路。二是修橋。三是治水。"});
    ASSERT_SHAPE("S.1.2", {"A", "我想，第一，路要修好，第二，橋也要修好。"});
    ASSERT_SHAPE("S.1.2.3", {"A", "首先，感谢各位。其次，介绍情况。最后，回答问题。"});
    ASSERT_SHAPE("S.1.2", {"A", "其一，经费不足；其二，人手不够。"});
    ASSERT_SHAPE("S.1.2.3", {"A", "一つ目は予算です。二つ目は人員です。三つ目は時期です。"});
    ASSERT_SHAPE("S.1.2", {"A", "第一に、予算を組みます。第二に、人を集めます。"});
    ASSERT_SHAPE("S.1.2.3", {"A", "첫째, 예산입니다. 둘째, 인력입니다. 셋째, 시기입니다."});
    ASSERT_SHAPE("S.1.2.3",
                 {"A", "Two things. First, the bridge. Second, the road. Finally, money."});
    ASSERT_SHAPE("S.1.2", {"局長", "另外，（1）堤壩完成；（2）管線更換。"});
    ASSERT_SHAPE("S.1.2.3",
                 {"A", "We ask for this. One, a bridge. Two, a road. Three: money."});
    ASSERT_SHAPE("S.1.2", {"A", "Erstens: das Geld. Zweitens, die Zeit."});
    ASSERT_SHAPE("S.1.2", {"A", "(1) The bridge\n(2) The road"});
    ASSERT_SHAPE("S.1.2.3", {"A", "① 道路 ② 橋梁 ③ 河川"}, {"B", "はい。"});
    ASSERT_SHAPE("S.1.2", {"A", "1. The bridge\n2. The road"});
    ASSERT_SHAPE("S.1.2", {"A", "一、提高認識。\n二、落實責任。"});
    ASSERT_SHAPE("S.1.2.3",
                 {"A", "まず一点目は予算です。二点目は人です。最後に三点目は時期です。"});
    ASSERT_SHAPE("S.1.2.3",
                 {"A", "먼저 예산입니다. 다음으로 인력입니다. 마지막으로 시기입니다."});
    ASSERT_SHAPE("S.1.2.3", {"A", "가. 예산을 검토합니다. 나. 인력을 늘립니다. 다. 끝냅니다."});
    ASSERT_SHAPE("S.1.2.3", {"A", "甲、提高認識；乙、落實責任；丙、檢討。"});
    ASSERT_SHAPE("S.1.2.3",
                 {"A", "Erstens steigt der Preis. Zweitens die Steuer. Drittens alles."});
    ASSERT_SHAPE("S.1.2.3", {"A", "Во-первых, дороги. Во-вторых, мосты. В-третьих, люди."});
    ASSERT_SHAPE("S.1.2.3", {"A", "a) the line; b) the bus; c) the bicycle."});
    ASSERT_SHAPE("S.1.2", {"A", "(a) The bridge\n(b) The road"});
    ASSERT_SHAPE("S.1.2", {"A", "पहला, बिजली मिली। दूसरा, पानी मिला।"});
    ASSERT_SHAPE("S.1.2", {"A", "أولاً، الطريق. ثانياً، الجسر."});
}

static void points__that_count_things_are_no_list(void **state)
{
    (void)state;
    ASSERT_SHAPE("", {"A", "我們發佈了第一版、第二版。第一次見面，第二次合作。"});
    ASSERT_SHAPE("", {"A", "救助分類。第一類是對人，第二類是對家庭。"});
    ASSERT_SHAPE("", {"A", "At first we waited. The second day was better."});
    ASSERT_SHAPE("", {"A", "First, thank you all."});
    ASSERT_SHAPE("", {"A", "It grew by 1.5. In 2.5 years it will double."});
    ASSERT_SHAPE("", {"A", "먼저 가겠습니다. 다음 주에 봅시다. 가. 그렇습니다."});
    ASSERT_SHAPE("", {"A", "a) is missing here. We asked b. and c."});
    ASSERT_SHAPE("", {"A", "首先感謝大家。"}, {"B", "其次，我有一個問題。"});
}

static void points__go_on_in_the_next_segment_of_the_speaker(void **state)
{
    (void)state;
    ASSERT_SHAPE("S.1.2.3", {"A", "一是修路。二是修橋。"}, {"A", "三是治水。"});
    ASSERT_SHAPE("S.1.2", {"A", "一是修路。二是修橋。"}, {"B", "三是治水。"});
}

static void points__inside_a_point_lie_one_level_deeper(void **state)
{
    (void)state;
    ASSERT_SHAPE("S.1..1..2.2", {"A", "一是修路。第一，修東路。第二，修西路。二是修橋。"});
    ASSERT_SHAPE("S.1.2.3", {"A", "一是修路。首先修東路。二是修橋。三是治水。"});
    ASSERT_SHAPE("S.1.2.1.2", {"A", "一是修路。二是修橋。還有兩點：一是人。二是錢。"});
}

static void questions__hold_the_points_of_their_answers(void **state)
{
    (void)state;
    ASSERT_SHAPE("Q.1.2Q", {"主持人", "請提問。"}, {"日報記者", "怎麼辦？"},
                 {"局長 甲", "一是等。二是看。"}, {"主持人", "請下一位。"},
                 {"晚報記者", "還有呢？"}, {"局長 甲", "沒有了。"});
}

static void headings__stand_above_what_follows(void **state)
{
    (void)state;
    ASSERT_SHAPE("HH.S..1..2", {NULL, "Roads"}, {"A", "Nothing to say."}, {NULL, "Bridges"},
                 {"A", "First, the old one. Second, the new one."});
}

static void outline_words__leaves_the_number_of_a_point_out(void **state)
{
    const struct line lines[] = {{"A", "First, the bridge. Second: the road."}};
    struct transcript *t = record_of(lines, 1);
    struct outline o;
    struct buffer words = {0};

    (void)state;
    outline_init(&o);
    outline_make(&o, t);
    outline_words(&o.items[1], t, 11, &words);
    assert_string_equal(buffer_string(&words), "the bridge.");
    buffer_clear(&words);
    outline_words(&o.items[1], t, 100, &words); /* no more than its own */
    assert_string_equal(buffer_string(&words), "the bridge.");
    buffer_clear(&words);
    outline_words(&o.items[2], t, 100, &words);
    assert_string_equal(buffer_string(&words), "the road.");
    buffer_clear(&words);
    outline_mark(&o.items[1], t, &words);
    assert_string_equal(buffer_string(&words), "First, ");
    buffer_clear(&words);
    outline_mark(&o.items[2], t, &words);
    assert_string_equal(buffer_string(&words), "Second: ");
    assert_int_equal(outline_at(&o, 0, 12), 1);
    assert_int_equal(outline_at(&o, 0, 21), 2);
    buffer_release(&words);
    outline_release(&o);
    transcript_free(t);
}

/* Points in a paragraph far longer than a step, and in many short ones. */
static struct transcript *long_record(void)
{
    struct transcript *t = transcript_new();
    struct buffer giant = {0};
    struct error err;

    for (int i = 0; i < 3000; i++)
        buffer_append_string(&giant, "我講三點：一是修路，二是修橋。三是治水，大家都知道。");
    for (int i = 0; i < 500; i++) {
        struct segment_draft draft = SEGMENT_DRAFT_INIT;
        const struct speaker_label label = {.name = i % 3 == 0 ? "Jo Reporter" : "Ann"};

        draft.text = i == 250 ? giant.data : "There are two. First, this. Second, that.";
        draft.text_bytes = strlen(draft.text);
        draft.speaker = transcript_speaker(t, &label);
        draft.kind = i % 3 == 0 ? SEGMENT_QUESTION : SEGMENT_ANSWER;
        assert_true(transcript_append(t, &draft, &err));
    }
    buffer_release(&giant);
    return t;
}

static void outline_making__step_by_step__is_the_same(void **state)
{
    struct transcript *t = long_record();
    struct outline_making *m = outline_making_new(t);
    struct outline at_once, o;
    unsigned percent = 0;
    int steps = 0;

    (void)state;
    outline_init(&at_once);
    outline_make(&at_once, t);
    assert_true(at_once.count > 9000);
    for (; outline_making_step(m, 0); steps++) {
        assert_true(outline_making_percent(m) >= percent);
        percent = outline_making_percent(m);
    }
    assert_true(steps > 5);
    assert_int_equal(outline_making_percent(m), 100);
    outline_making_take(m, &o);
    assert_int_equal(o.count, at_once.count);
    assert_int_equal(o.lists, at_once.lists);
    for (size_t i = 0; i < o.count; i++) {
        assert_int_equal(o.items[i].kind, at_once.items[i].kind);
        assert_int_equal(o.items[i].level, at_once.items[i].level);
        assert_int_equal(o.items[i].number, at_once.items[i].number);
        assert_int_equal(o.items[i].segment, at_once.items[i].segment);
        assert_int_equal(o.items[i].byte, at_once.items[i].byte);
        assert_int_equal(o.items[i].bytes, at_once.items[i].bytes);
        assert_int_equal(o.items[i].list, at_once.items[i].list);
    }
    outline_release(&o);
    outline_release(&at_once);
    m = outline_making_new(t); /* given up in the middle */
    outline_making_step(m, 0);
    outline_making_free(m);
    transcript_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points__are_found_in_every_script),
        cmocka_unit_test(points__that_count_things_are_no_list),
        cmocka_unit_test(points__go_on_in_the_next_segment_of_the_speaker),
        cmocka_unit_test(points__inside_a_point_lie_one_level_deeper),
        cmocka_unit_test(questions__hold_the_points_of_their_answers),
        cmocka_unit_test(headings__stand_above_what_follows),
        cmocka_unit_test(outline_words__leaves_the_number_of_a_point_out),
        cmocka_unit_test(outline_making__step_by_step__is_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Find, the speakers: what finds whom, and in which order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/buffer.h"
#include "shilu/model/find.h"

static const char *const aliases[] = {"Iron Lady", "鐵娘子", NULL};

static const struct speaker_label labels[] = {
    {.id = "spk_0", .name = "詹成付", .role = "民政部副部長", .organization = "民政部"},
    {.id = "spk_1", .name = "陳時中", .role = "指揮官", .organization = "衛生福利部"},
    {.id = "S3", .name = "김도현", .role = "대변인", .organization = "외교부"},
    {.id = "S4", .name = "タナカ タロウ", .role = "座長"},
    {.id = "S5", .name = "Jane Doe", .role = "Reporter", .organization = "Reuters"},
    {.id = "S6", .name = "José Núñez", .organization = "EFE"},
    {.id = "S7", .name = "Margaret Thatcher", .aliases = aliases},
    {.id = "S8", .name = "单仲偕", .role = "議員"},
    {.id = "S9", .name = "呂\u3000秀蓮", .role = "副總統"},
    {.id = "S10", .name = "ＡＮＮ Ｌｅｅ", .role = "Chair"},
    {.id = "S11", .name = "Annabel", .role = "Clerk"},
    {.id = "S12", .name = "Joanna", .role = "ann's aide"},
    {.id = "S13", .name = "渡邊", .role = "委員"},
    {.id = "S14", .name = "Владимир Путин"},
};

enum { LABELS = sizeof labels / sizeof *labels };

static struct transcript *sample(void)
{
    struct transcript *t = transcript_new();
    size_t i;

    for (i = 0; i < LABELS; i++)
        assert_int_equal(transcript_define_speaker(t, &labels[i]), i);
    return t;
}

/* The names found, best first, with a bar between. */
static char *found(const struct transcript *t, const char *query, size_t most)
{
    uint32_t speakers[LABELS];
    size_t count = speaker_find(t, query, speakers, most);
    struct buffer out = {0};
    size_t i;

    assert_true(count <= most);
    for (i = 0; i < count; i++) {
        if (i > 0)
            buffer_append_char(&out, '|');
        buffer_append_string(&out, transcript_speaker_at(t, speakers[i])->name);
    }
    return buffer_take(&out);
}

static void speaker_find__finds_by_any_part(void **state)
{
    static const struct {
        const char *query;
        const char *names;
    } rows[] = {
        /* names */
        {"詹成付", "詹成付"},
        {"成付", "詹成付"},
        {"陈时中", "陳時中"},
        {"陈時", "陳時中"},
        {"渡辺", "渡邊"},
        {"渡邉", "渡邊"},
        {"김도", "김도현"},
        {"たなか", "タナカ タロウ"},
        {"ﾀﾅｶ", "タナカ タロウ"},
        {"タナカタロウ", "タナカ タロウ"},
        {"jane", "Jane Doe"},
        {"JANE DOE", "Jane Doe"},
        {"ｊａｎｅ", "Jane Doe"},
        {"josé", "José Núñez"},
        {"jose\u0301", "José Núñez"},
        {"吕秀莲", "呂 秀蓮"},
        {"呂 秀蓮", "呂 秀蓮"},
        {"  thatcher ", "Margaret Thatcher"},
        {"iron", "Margaret Thatcher"},
        {"铁娘子", "Margaret Thatcher"},
        /* role, organization, both with the name, id */
        {"副部长", "詹成付"},
        {"民政部副部長 詹成付", "詹成付"},
        {"民政部詹成付", "詹成付"},
        {"卫生", "陳時中"},
        {"reuters", "Jane Doe"},
        {"chair", "ＡＮＮ Ｌｅｅ"},
        {"spk_0", "詹成付"},
        {"SPK_1", "陳時中"},
        {"s14", "Владимир Путин"},
        /* readings */
        {"zcf", "詹成付"},
        {"ZCF", "詹成付"},
        {"zhan", "詹成付"},
        {"zhan chengfu", "詹成付"},
        {"csz", "陳時中"},
        {"chenshizhong", "陳時中"},
        {"shan", "单仲偕"},
        {"dzx", "单仲偕"},
        {"lvxiulian", "呂 秀蓮"},
        {"ㄱㄷㅎ", "김도현"},
        {"ㄷㅎ", "김도현"},
        {"tanaka", "タナカ タロウ"},
        {"tarō", "タナカ タロウ"},
        {"jd", "Jane Doe"},
        {"вп", "Владимир Путин"},
        /* nobody */
        {"zzz", ""},
        {"詹付", ""},
        {"ㅋ", ""},
        {"", ""},
        {" \u3000", ""},
        {"\u0301", ""},
        {".*", ""},
    };
    struct transcript *t = sample();
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *names = found(t, rows[i].query, LABELS);

        if (strcmp(names, rows[i].names) != 0)
            fail_msg("'%s' found '%s', not '%s'", rows[i].query, names, rows[i].names);
        free(names);
    }
    transcript_free(t);
}

static void speaker_find__puts_the_best_first(void **state)
{
    static const struct {
        const char *query;
        const char *names;
    } rows[] = {
        {"ann", "ＡＮＮ Ｌｅｅ|Annabel|Joanna"},
        {"annabel", "Annabel"},
        {"ann lee", "ＡＮＮ Ｌｅｅ"},
        {"民政", "詹成付"},
    };
    struct transcript *t = sample();
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *names = found(t, rows[i].query, LABELS);

        assert_string_equal(names, rows[i].names);
        free(names);
    }
    transcript_free(t);
}

static void speaker_find__orders_by_rank_then_turns_then_appearance(void **state)
{
    static const char *const names[] = {"x 王", "王小", "王", "王大", "王中"};
    static const struct speaker_label role = {.name = "李四", .role = "王府"};
    struct transcript *t = transcript_new();
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    uint32_t speakers[5];
    struct error err;
    char *all;
    size_t i;

    (void)state;
    transcript_speaker(t, &role);
    for (i = 0; i < 5; i++) {
        struct speaker_label label = {.name = names[i]};

        speakers[i] = transcript_speaker(t, &label);
    }
    draft.text = "好";
    draft.text_bytes = 3;
    for (i = 0; i < 6; i++) { /* three turns of one, two of another */
        draft.speaker = i % 2 == 0 ? speakers[4] : i == 1 ? speakers[0] : speakers[3];
        assert_true(transcript_append(t, &draft, &err));
    }
    all = found(t, "王", LABELS);
    assert_string_equal(all, "王|王中|王大|王小|x 王|李四");
    free(all);
    all = found(t, "wang", LABELS);
    assert_string_equal(all, "王中|王大|王小|王|x 王");
    free(all);
    transcript_free(t);
}

static void speaker_find__writes_no_more_than_it_may(void **state)
{
    struct transcript *t = sample();
    char *names = found(t, "ann", 1);

    (void)state;
    assert_string_equal(names, "ＡＮＮ Ｌｅｅ");
    free(names);
    assert_int_equal(speaker_find(t, "ann", NULL, 0), 0);
    transcript_free(t);
}

static void speaker_find__survives_long_queries_and_names(void **state)
{
    static const char *const units[] = {"a", "王", "ㄱ", "か", "ゃ", "ー", "'", "ü", "\u0301"};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof units / sizeof *units; i++) {
        struct transcript *t = sample();
        struct speaker_label label = {0};
        struct buffer text = {0};
        uint32_t speakers[LABELS + 1];
        int n;

        for (n = 0; n < 5000; n++)
            buffer_append_string(&text, units[i]);
        label.name = text.data;
        label.role = text.data;
        transcript_speaker(t, &label);
        assert_true(speaker_find(t, text.data, speakers, LABELS + 1) >= 1);
        speaker_find(t, "zcf", speakers, LABELS + 1);
        buffer_release(&text);
        transcript_free(t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speaker_find__finds_by_any_part),
        cmocka_unit_test(speaker_find__puts_the_best_first),
        cmocka_unit_test(speaker_find__orders_by_rank_then_turns_then_appearance),
        cmocka_unit_test(speaker_find__writes_no_more_than_it_may),
        cmocka_unit_test(speaker_find__survives_long_queries_and_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

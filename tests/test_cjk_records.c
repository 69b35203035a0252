/* Chinese, Japanese and Korean records in plain text, as their producers lay them out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read_support.h"

static void cjk__parts_question_and_answer_in_one_paragraph(void **state)
{
    (void)state;
    assert_reads("渔港改造答记者问\n\n"
                 "问：为什么从南堤开始？答：南堤最老。\n\n"
                 "【问】渔船停在哪里？ 【答】在北湾。可以停一百条。\n\n"
                 "问：工期多长？答：十四个月。\n",
                 "text",
                 "- 问: 为什么从南堤开始？\n- 答: 南堤最老。\n"
                 "- 问: 渔船停在哪里？\n- 答: 在北湾。可以停一百条。\n"
                 "- 问: 工期多长？\n- 答: 十四个月。\n");
}

static void cjk__takes_a_mark_off_a_name(void **state)
{
    (void)state;
    assert_reads("定例会見\n\n"
                 "Q 代表幹事（みなと日報）　復旧の見通しを伺います。\n\n"
                 "A 市長　年内を目指しています。\n\n"
                 "Q 浜崎（浜風テレビ）　費用はいくらですか。\n\n"
                 "A 市長　精査中です。\n",
                 "text",
                 "- 代表幹事: 復旧の見通しを伺います。\n- 市長: 年内を目指しています。\n"
                 "- 浜崎: 費用はいくらですか。\n- 市長: 精査中です。\n");
}

static void cjk__takes_marks_that_blank_lines_do_not_part(void **state)
{
    (void)state;
    assert_reads("개관 관련 일문일답\n\n"
                 "<질문> 왜 늦어졌습니까?\n<답변> (이정호 국장) 보강이 있었습니다.\n\n"
                 "<질문> 예산은요?\n<답변> 12억 원입니다.\n\n"
                 "<질문> 주차장은요?\n<답변> (박수민 과장) 180면입니다.\n",
                 "text",
                 "- 질문: 왜 늦어졌습니까?\n- 이정호: 보강이 있었습니다.\n"
                 "- 질문: 예산은요?\n- 답변: 12억 원입니다.\n"
                 "- 질문: 주차장은요?\n- 박수민: 180면입니다.\n");
}

static void cjk__reads_a_single_speech(void **state)
{
    (void)state;
    assert_reads(
        "开港仪式上的讲话（节选）\n\n江临风：各位来宾，大家上午好。\n\n三年前这里是滩涂。\n",
        "text", "- 江临风: 各位来宾，大家上午好。\n- 江临风: 三年前这里是滩涂。\n");
    assert_reads(
        "○市長（尾崎春彦）　おはようございます。２件ご報告します。\n　１件目は図書館です。\n",
        "text",
        "- 尾崎春彦: おはようございます。２件ご報告します。\n"
        "- 尾崎春彦: １件目は図書館です。\n");
    /* A paragraph with a colon is no speech. */
    assert_reads("使い方\n\n注意点：電源を切ってください。\n\n水に濡らさないでください。\n",
                 "plain",
                 "- 使い方\n- 注意点：電源を切ってください。\n- 水に濡らさないでください。\n");
}

static void cjk__keeps_agendas_out_of_turns(void **state)
{
    (void)state;
    assert_reads("交通委員會會議紀錄\n\n主席：現在開會。\n\n報　告　事　項\n"
                 "一、宣讀上次會議議事錄。\n二、邀請部長列席報告。\n\n"
                 "主席：請問有無錯誤？\n\n丁部長國樑：委員好。\n\n主席：散會。\n",
                 "text",
                 "- 主席: 現在開會。\n- 報　告　事　項\n- 一、宣讀上次會議議事錄。\n"
                 "- 二、邀請部長列席報告。\n- 主席: 請問有無錯誤？\n- 丁國樑: 委員好。\n"
                 "- 主席: 散會。\n");
}

static void cjk__reads_courts(void **state)
{
    (void)state;
    assert_reads("審判筆錄\n\n審判長問：姓名、年齡？\n被告答：黃阿滿，五十二歲。\n"
                 "檢察官起稱：如起訴書所載。\n審判長問：借了多少？\n被告答：二十萬。\n"
                 "審判長諭知本案辯論終結。\n",
                 "text",
                 "- 審判長: 姓名、年齡？\n- 被告: 黃阿滿，五十二歲。\n"
                 "- 檢察官: 如起訴書所載。\n- 審判長: 借了多少？\n- 被告: 二十萬。\n"
                 "- 審判長諭知本案辯論終結。\n");
    assert_reads("【証人尋問】\n証人　小野寺渉\n\n裁判長　職業は何ですか。\n証人　漁師です。\n"
                 "裁判長　続けてください。\n証人　はい、続けます。\n",
                 "text",
                 "- 裁判長: 職業は何ですか。\n- 証人: 漁師です。\n"
                 "- 裁判長: 続けてください。\n- 証人: はい、続けます。\n");
}

static void cjk__reads_chats_with_one_blank(void **state)
{
    (void)state;
    assert_reads("2031.03.07 星期五\n18:20 阿寬 八點\n18:22 Momo 好\n18:25 小傑 晚到\n先開始\n"
                 "18:31 Momo 圖片\n18:40 阿寬 到了\n18:41 Kai 我也是\n",
                 "text",
                 "2031-03-07T18:20:00- 阿寬: 八點\n2031-03-07T18:22:00- Momo: 好\n"
                 "2031-03-07T18:25:00- 小傑: 晚到\n- 小傑: 先開始\n"
                 "2031-03-07T18:31:00- Momo: 圖片\n2031-03-07T18:40:00- 阿寬: 到了\n"
                 "2031-03-07T18:41:00- Kai: 我也是\n");
    assert_reads(
        "10:02:11 開始 佐伯 から 全員:\n\tおはよう\n10:03:40 開始 Mika から 全員:\n\tはい\n",
        "text",
        "1970-01-01T10:02:11- 佐伯: おはよう\n"
        "1970-01-01T10:03:40- Mika: はい\n");
    assert_reads(
        "2031. 5. 8. 오전 9:12, 하늘 : 몇 시예요?\n2031. 5. 8. 오전 9:13, 등대 : 두 시요\n"
        "2031. 5. 8. 오후 1:40, 하늘 : 네\n",
        "text",
        "2031-05-08T09:12:00- 하늘: 몇 시예요?\n2031-05-08T09:13:00- 등대: 두 시요\n"
        "2031-05-08T13:40:00- 하늘: 네\n");
}

static void cjk__takes_a_title_before_a_wide_blank(void **state)
{
    struct reading r;
    static const char text[] = "対談　川を読む\n　三雲恭子（写真家）×笹原実（川漁師）\n\n"
                               "三雲　何を見るんですか。\n笹原　色だね。\n"
                               "三雲　色で分かるものですか。\n笹原　分かるよ。\n";

    (void)state;
    reading_of(&r, text, sizeof text - 1, NULL);
    assert_string_equal(transcript_get(r.transcript, FIELD_TITLE), "対談　川を読む");
    assert_int_equal(transcript_speaker_count(r.transcript), 2);
    reading_release(&r);
}

/* Every turn of one who leads an interview is there to be answered. */
static void cjk__asks_without_a_question_mark(void **state)
{
    struct reading r;
    static const char text[] =
        "专访裴岩\n\n《城刊》：为什么总画桥？\n\n裴岩：每天都不一样。\n\n"
        "《城刊》：有人说您的画太安静了。\n\n裴岩：他说得对。\n\n"
        "《城刊》：桥要拆了，您怎么办？\n\n裴岩：画到最后一天。\n\n"
        "《城刊》：然后呢？\n\n裴岩：画江。\n";
    uint32_t questions = 0;
    uint32_t i;

    (void)state;
    reading_of(&r, text, sizeof text - 1, NULL);
    for (i = 0; i < transcript_count(r.transcript); i++)
        questions += transcript_segment(r.transcript, i)->kind == SEGMENT_QUESTION;
    assert_int_equal(questions, 4);
    reading_release(&r);
}

static void cjk__reads_numbered_examinations(void **state)
{
    (void)state;
    assert_reads("証人尋問調書\n\n証人　谷垣千尋\n\n原告代理人（大庭）\n"
                 "1　どこにいましたか。\n　　売店にいました。\n"
                 "2　何が見えましたか。\n　　白い船が見えました。\n\n被告代理人（須磨）\n"
                 "3　霧が出ていましたね。\n　　はい。\n"
                 "4　船の色は分かりましたか。\n　　白でした。\n",
                 "text",
                 "- 証人　谷垣千尋\n- 原告代理人（大庭）\n- 大庭: どこにいましたか。\n"
                 "- 谷垣千尋: 売店にいました。\n- 大庭: 何が見えましたか。\n"
                 "- 谷垣千尋: 白い船が見えました。\n- 被告代理人（須磨）\n"
                 "- 須磨: 霧が出ていましたね。\n- 谷垣千尋: はい。\n"
                 "- 須磨: 船の色は分かりましたか。\n- 谷垣千尋: 白でした。\n");
    assert_reads(
        "守塔人访谈\n\n一、您是怎么当上守塔人的？\n\n我父亲就是守塔人。\n\n"
        "二、最难熬的是什么时候？\n\n冬天。\n\n三、您最喜欢什么时刻？\n\n天快亮的时候。\n",
        "text",
        "- ――: 您是怎么当上守塔人的？\n- A: 我父亲就是守塔人。\n"
        "- ――: 最难熬的是什么时候？\n- A: 冬天。\n"
        "- ――: 您最喜欢什么时刻？\n- A: 天快亮的时候。\n");
    /* A plain list of questions is no conversation. */
    assert_reads("自查清单\n\n1．缆绳系好了吗？\n\n绕三圈。\n\n2．灯关了吗？\n\n别忘记。\n\n"
                 "3．门锁了吗？\n\n再看一眼。\n",
                 "plain",
                 "- 自查清单\n- 1．缆绳系好了吗？\n- 绕三圈。\n- 2．灯关了吗？\n- 别忘记。\n"
                 "- 3．门锁了吗？\n- 再看一眼。\n");
}

static void cjk__keeps_lists_of_speakers_apart(void **state)
{
    (void)state;
    assert_reads("圆桌\n\n主持人：周翎\n嘉宾：\n叶潮生　研究员\n谢小满　渔民代表\n\n"
                 "周翎：潮汐能稳定吗？\n叶潮生：稳定。\n周翎：渔民担心什么？\n"
                 "谢小满：一是鱼，二是网。\n叶潮生：我们做过监测。\n"
                 "谢小满（打断）：可是网被绞了。\n",
                 "text",
                 "- 嘉宾：\n- 周翎: 潮汐能稳定吗？\n- 叶潮生: 稳定。\n- 周翎: 渔民担心什么？\n"
                 "- 谢小满: 一是鱼，二是网。\n- 叶潮生: 我们做过监测。\n"
                 "- 谢小满: 可是网被绞了。\n");
    assert_reads(
        "座談会　港の未来\n\n出席者（敬称略）\n　石蕗　徹　　組合長\n　榊　　実花　教諭\n\n"
        "司会　港の現状を。\n石蕗　船は半分です。\n榊　　静かです。\n一同　（笑）\n"
        "司会　何が必要でしょうか。\n榊　　うるさくすることです。\n石蕗　そうですね。\n",
        "text",
        "- 出席者（敬称略）\n- 司会: 港の現状を。\n- 石蕗: 船は半分です。\n"
        "- 榊: 静かです。\n- 一同: （笑）\n- 司会: 何が必要でしょうか。\n"
        "- 榊: うるさくすることです。\n- 石蕗: そうですね。\n");
}

static void cjk__keeps_the_foot_out_of_turns(void **state)
{
    (void)state;
    assert_reads(
        "[앵커]\n갯벌이 닫혔습니다.\n\n[기자]\n포구입니다.\n\n[앵커]\n네, 잘 들었습니다.\n\n"
        "※ 제보가 뉴스가 됩니다\n[전화] 00-000-0000\n[메일] news@bay.example\n",
        "text",
        "- 앵커: 갯벌이 닫혔습니다.\n- 기자: 포구입니다.\n- 앵커: 네, 잘 들었습니다.\n"
        "- ※ 제보가 뉴스가 됩니다\n- [전화] 00-000-0000\n- [메일] news@bay.example\n");
    assert_reads(
        "主席：開會。\n丁部長：委員好。\n主席：休息10分鐘。\n休息\n繼續開會\n"
        "主席：現在繼續開會。\n丁部長：謝謝。\n",
        "text",
        "- 主席: 開會。\n- 丁部長: 委員好。\n- 主席: 休息10分鐘。\n- 休息\n- 繼續開會\n"
        "- 主席: 現在繼續開會。\n- 丁部長: 謝謝。\n");
}

static void cjk__keeps_titles_and_directions_out_of_turns(void **state)
{
    (void)state;
    assert_reads("市長会見録\n\n■発表事項\n（市長）\n　花火大会を開催します。\n\n■質疑応答\n"
                 "◇花火大会について\n（記者）\n　判断はいつですか。\n（市長）\n　正午です。\n\n"
                 "◇病院について\n（記者）\n　赤字ですか。\n（市長）\n　はい。\n",
                 "text",
                 "- ■発表事項\n- 市長: 花火大会を開催します。\n- ■質疑応答\n"
                 "- ◇花火大会について\n- 記者: 判断はいつですか。\n- 市長: 正午です。\n"
                 "- ◇病院について\n- 記者: 赤字ですか。\n- 市長: はい。\n");
    assert_reads(
        "第二幕\n\n老艄公：又来了？\n阿秀：来了。\n老艄公：风大。\n\n〔远处传来汽笛声。\n\n"
        "阿秀：那是末班船？\n老艄公：不是。\n",
        "text",
        "- 老艄公: 又来了？\n- 阿秀: 来了。\n- 老艄公: 风大。\n- 〔远处传来汽笛声。\n"
        "- 阿秀: 那是末班船？\n- 老艄公: 不是。\n");
}

static void cjk__keeps_a_class_beside_the_name_of_a_part(void **state)
{
    (void)state;
    assert_reads(
        "家长会纪要\n\n吴老师：菜凉了。\n家长（三年级）：能分批吃吗？\n吴老师：可以试行。\n"
        "家长（一年级）：门口太堵。\n",
        "text",
        "- 吴老师: 菜凉了。\n- 家长（三年级）: 能分批吃吗？\n- 吴老师: 可以试行。\n"
        "- 家长（一年级）: 门口太堵。\n");
}

static void cjk__reads_a_chat_copied_by_hand(void **state)
{
    (void)state;
    assert_reads(
        "老艄公:\n明天有风吗\n\n阿秀:\n四级\n\n老艄公:\n那不出船\n\n老艄公:\n好\n\n阿秀:\n行\n",
        "text",
        "- 老艄公: 明天有风吗\n- 阿秀: 四级\n- 老艄公: 那不出船\n- 老艄公: 好\n- 阿秀: 行\n");
}

static void cjk__ends_turns_at_numbered_sections(void **state)
{
    (void)state;
    assert_reads(
        "議事要旨\n\n1　日時　令和13年8月5日\n2　場所　県庁\n3　議事\n【事務局】資料を説明。\n"
        "【石蕗委員】根拠は何か。\n【事務局】実績である。\n【会長】次回は11月とする。\n4　閉会"
        "\n",
        "text",
        "- 3　議事\n- 事務局: 資料を説明。\n- 石蕗委員: 根拠は何か。\n"
        "- 事務局: 実績である。\n- 会長: 次回は11月とする。\n- 4　閉会\n");
    /* Frequently asked questions are asked by nobody. */
    assert_reads("渡船よくあるご質問\n\nQ．犬は乗れますか。\nA．乗れます。\n\n"
                 "Q．自転車は乗せられますか。\nA．乗せられます。\n",
                 "plain",
                 "- 渡船よくあるご質問\n- Q．犬は乗れますか。\n- A．乗れます。\n"
                 "- Q．自転車は乗せられますか。\n- A．乗せられます。\n");
}

static void cjk__reads_seats_and_copied_messages(void **state)
{
    (void)state;
    assert_reads(
        "○議長 会議を開きます。\n○3番（榊） 減便について伺います。\n○町長 減便は致しません。\n"
        "○3番（榊） 不足はどうしますか。\n○議長 散会します。\n",
        "text",
        "- 議長: 会議を開きます。\n- 榊: 減便について伺います。\n- 町長: 減便は致しません。\n"
        "- 榊: 不足はどうしますか。\n- 議長: 散会します。\n");
    assert_reads("佐伯 亮\n  9:02\nおはようございます\n三崎 遥\n  "
                 "9:05\n了解です\n9:07\nログ見ておきます\n"
                 "佐伯 亮\n  9:20\n完了しました\n",
                 "text",
                 "1970-01-01T09:02:00- 佐伯 亮: おはようございます\n"
                 "1970-01-01T09:05:00- 三崎 遥: 了解です\n"
                 "1970-01-01T09:07:00- 三崎 遥: ログ見ておきます\n"
                 "1970-01-01T09:20:00- 佐伯 亮: 完了しました\n");
}

static void cjk__takes_signs_of_broadcasts_for_bullets(void **state)
{
    static const char *const signs[] = {"☎", "☎\xEF\xB8\x8F", "♣", "◐", "🎤"};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof signs / sizeof *signs; i++) {
        char text[512];

        snprintf(text, sizeof text,
                 "■ 진행 : 표은호 아나운서\n\n%s 진행자 > 소장님, 안녕하세요?\n\n"
                 "%s 소윤재 > 네, 안녕하세요.\n\n%s 진행자 > 갈매기가 날아온다면서요?\n\n"
                 "%s 소윤재 > 첫째 : 먹이가 줄었고요.\n",
                 signs[i], signs[i], signs[i], signs[i]);
        assert_reads(text, "text",
                     "- 진행자: 소장님, 안녕하세요?\n- 소윤재: 네, 안녕하세요.\n"
                     "- 진행자: 갈매기가 날아온다면서요?\n- 소윤재: 첫째 : 먹이가 줄었고요.\n");
    }
}

static void cjk__joins_a_name_with_an_office_beside_it(void **state)
{
    (void)state;
    assert_reads("主持人：请先介绍。\n\n财务总监 苗可：上半年纸价低。\n\n主持人：毛利率呢？\n\n"
                 "苗可：回到两成。\n\n主持人：谢谢。\n\n苗可：再见。\n",
                 "text",
                 "- 主持人: 请先介绍。\n- 苗可: 上半年纸价低。\n- 主持人: 毛利率呢？\n"
                 "- 苗可: 回到两成。\n- 主持人: 谢谢。\n- 苗可: 再见。\n");
    assert_reads(
        "参会人员：董事长 庞启东，技术合伙人 赵一鸣\n\n庞启东：请问进度？\n\n"
        "赵一鸣：已完成。\n\n庞启东：谢谢。\n\n赵一鸣：再见。\n",
        "text",
        "- 庞启东: 请问进度？\n- 赵一鸣: 已完成。\n- 庞启东: 谢谢。\n- 赵一鸣: 再见。\n");
    /* A family name and a given name. */
    assert_reads("司会：では。\n\n長谷川 洋一：はい。\n\n司会：次は。\n\n洋一：いいえ。\n\n"
                 "司会：以上。\n\n長谷川 洋一：どうも。\n\n洋一：では。\n",
                 "text",
                 "- 司会: では。\n- 長谷川 洋一: はい。\n- 司会: 次は。\n- 洋一: いいえ。\n"
                 "- 司会: 以上。\n- 長谷川 洋一: どうも。\n- 洋一: では。\n");
}

static void cjk__takes_names_in_brackets_above_captions(void **state)
{
    static const char *const names[][2] = {
        {"（里長）", "（秀枝）"}, {"[사회자]", "[김보라]"}, {"(narrator)", "(Anna)"}};
    static const char *const bare[][2] = {
        {"里長", "秀枝"}, {"사회자", "김보라"}, {"narrator", "Anna"}};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        char text[512], wanted[512];

        snprintf(text, sizeof text,
                 "1\n00:00:10,000 --> 00:00:12,000\n%s\n颱風要來了。\n\n"
                 "2\n00:00:15,000 --> 00:00:17,000\n%s\n可以拿幾包？\n\n"
                 "3\n00:00:20,000 --> 00:00:22,000\n%s\n五包。\n\n"
                 "4\n00:00:25,000 --> 00:00:27,000\n%s\n（嘆氣）去年也是。\n",
                 names[i][0], names[i][1], names[i][0], names[i][1]);
        snprintf(wanted, sizeof wanted,
                 "0:00:10-0:00:12 %s: 颱風要來了。\n0:00:15-0:00:17 %s: 可以拿幾包？\n"
                 "0:00:20-0:00:22 %s: 五包。\n0:00:25-0:00:27 %s: （嘆氣）去年也是。\n",
                 bare[i][0], bare[i][1], bare[i][0], bare[i][1]);
        assert_reads(text, "srt", wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cjk__parts_question_and_answer_in_one_paragraph),
        cmocka_unit_test(cjk__takes_a_mark_off_a_name),
        cmocka_unit_test(cjk__takes_marks_that_blank_lines_do_not_part),
        cmocka_unit_test(cjk__reads_a_single_speech),
        cmocka_unit_test(cjk__keeps_agendas_out_of_turns),
        cmocka_unit_test(cjk__reads_courts),
        cmocka_unit_test(cjk__reads_chats_with_one_blank),
        cmocka_unit_test(cjk__takes_a_title_before_a_wide_blank),
        cmocka_unit_test(cjk__asks_without_a_question_mark),
        cmocka_unit_test(cjk__reads_numbered_examinations),
        cmocka_unit_test(cjk__keeps_lists_of_speakers_apart),
        cmocka_unit_test(cjk__keeps_the_foot_out_of_turns),
        cmocka_unit_test(cjk__keeps_titles_and_directions_out_of_turns),
        cmocka_unit_test(cjk__keeps_a_class_beside_the_name_of_a_part),
        cmocka_unit_test(cjk__reads_a_chat_copied_by_hand),
        cmocka_unit_test(cjk__ends_turns_at_numbered_sections),
        cmocka_unit_test(cjk__reads_seats_and_copied_messages),
        cmocka_unit_test(cjk__takes_signs_of_broadcasts_for_bullets),
        cmocka_unit_test(cjk__joins_a_name_with_an_office_beside_it),
        cmocka_unit_test(cjk__takes_names_in_brackets_above_captions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

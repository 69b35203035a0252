/* Fuzz target: records, minutes, text, Markdown, tables and web pages. */
#include "fuzz.h"

static const struct fuzz_row rows[] = {
    {"text", true}, {"plain", true}, {"text", true},  {"markdown", true},
    {"csv", true},  {"html", false}, {"shown", true},
};

static const struct fuzz_text texts[] = {
    {0, 9,
     "文字實錄\n文字來源:港務網\n時間：2024年5月6日 10:00\n\n • [港務局局長 "
     "林一川]各位好。2024-05-06 10:00:00\n【甲】一2024/5/6 9:05\n[晨報記者]2024-05-06 10:02:00 "
     "哪一艘？\n"},
    {1, 9,
     "港区議会会議録（第二号）\n　　　　午前十時開議\n――――◇――――\n○議長（林一郎君）　これより会"
     "議を開きます。\n◎港湾局長（岸次郎君） お答えいたします。\n"},
    {1, 9, "○위원장 김도현  회의를 시작하겠습니다.\n○이서연 위원  질의하겠습니다.\n"},
    {2, 9, "Q: x?\nA: y.\nS01: [00:00:12] z\nAnn Lee  0:05\nwords\n\n[1:02] Bo: (laughs)\n"},
    {3, 9,
     "---\ntitle: x\n---\n# T\n\n**Ann:** a *b* [c](d) `e`\n\n### 一川：\n> (x)\n\n- \\*f\n"},
    {4, 9, "start;end;speaker;text\n1,5;2;A;\"x\"\"\ny\"\n00:01:02.5;;B;\n"},
};

static bool run(const char *bytes, size_t count, struct error *err)
{
    return fuzz_read(rows, sizeof rows / sizeof rows[0], bytes, count, err);
}

const struct fuzz_family fuzz_text = {
    "text", run, rows, sizeof rows / sizeof rows[0], texts, sizeof texts / sizeof texts[0],
};

/* The prefilter: it never rules out a file that holds a match, and it does rule out others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "library_fixture.h"
#include "shilu/formats/prefilter.h"
#include "shilu/text/fold.h"
#include "shilu/text/utf8.h"

static bool may_match(const char *text, const char *query, unsigned flags)
{
    struct prefilter *p = prefilter_new(query, flags);
    bool may;

    library_fixture_write("file", text);
    may = prefilter_may_match(p, "file");
    prefilter_free(p);
    return may;
}

struct row {
    const char *query;
    const char *text;
};

#define OURS(text)                                                                        \
    "{\"format\":\"shilu\",\"version\":1,\"title\":\"t\",\"segments\":[{\"text\":\"" text \
    "\"}]}"

/* All of these hold the query once they are read. */
static void prefilter__keeps_what_may_match(void **state)
{
    static const struct row rows[] = {
        {"臨時救助", "1\n00:00:01,000 --> 00:00:02,000\n臨時\n\n2\n00:00:02,000 --> "
                     "00:00:03,000\n救助\n"},
        {"临时救助", "甲: 臨時的救助\n"},
        {"臨時", "1\n00:00:01,000 --> 00:00:02,000\n&#33256;時\n"},
        {"臨時", "{\"segments\":[{\"start\":0,\"end\":1,\"text\":\"\\u81e8時\"}]}"},
        {"budget", "A: the bud<i>get</i> of\n"},
        {"budget", "WEBVTT\n\n00:01.000 --> 00:02.000\nbud<00:01.500>get\n"},
        {"budget", "**A:** the bud**get** of\n"},
        {"budget", "A: the bud-\nget of\n"},
        {"budget", "A: the bud\xC2\xADget of\n"},
        {"budget", "Dialogue: 0,0:00:01.00,0:00:02.00,D,A,0,0,0,,the bud{\\i1}get\n"},
        {"budget", "{\"words\":[{\"word\":\"bud\"},{\"word\":\"get\"}]}"},
        {"budget", "{\"words\":[{\"word\":\" bu\"},{\"word\":\"DG\"},{\"word\":\"et.\"}]}"},
        {"budget",
         "{\"words\":[{\"word\":\" bu\"},{\"word\":\"dg\xEF\xBD\x85\"},{\"word\":\"t\"}]}"},
        {"top10", "{\"words\":[{\"word\":\"top\"},{\"word\":10}]}"},
        {"café", "A: the caf&eacute; is\n"},
        {"café", "A: the cafe\xCC\x81 is\n"},
        {"cafe\xCC\x81", "A: the café is\n"},
        {"strasse", "A: die Straße\n"},
        {"finance", "A: the ﬁnance of\n"},
        {"the budget", "A: the\nbudget of\n"},
        {"ガラス", "A: 硝子 ｶﾞﾗｽ\n"},
        {"臨時", "\x1B$B"
                 "NW;~"
                 "\x1B(B\n"},           /* ISO-2022-JP */
        {"臨時", "~{AYJ1~}\n"},         /* HZ */
        {"臨時", "\xC1\xD9\xCA\xB1\n"}, /* GB18030 */
        {"budget", "%PDF-1.4\n1 0 obj\n"},
        {"the budget", "<p>the</p><p>budget</p>"},
        {"budget", "A: the bu<i>d</i>g<b>et</b> of\n"},
        {"budget", "A: the <i>bu</i>**dget** of\n"},
        {"budget", "A: the bu<i>dg\xC3\xA8t</i> of\n"},
        {"臨時；救助", OURS("臨时;救助")},
        {"a≠b", OURS("a=\xCC\xB8"
                     "b")},
        {"a=\xCC\xB8"
         "b",
         OURS("a≠b")},
        {"カﾞ、ス", OURS("ガ、ス")},
        {"the budget of", OURS("the\\nbudget of")},
        {"1/2 of", OURS("1\\/2 of")},
        {"say 'a \"b\"'", OURS("say 'a \\\"b\\\"'")},
        {"the budget of", OURS("the  budget of")},
        {"sixtyeight", "A: sixty-\n  Eight of\n"},
        {"thebudget", "<p><w>the</w><w>budget</w></p>"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!may_match(rows[i].text, rows[i].query, 0))
            fail_msg("'%s' is ruled out of '%s'", rows[i].query, rows[i].text);
    }
    assert_true(may_match("A: x\n", "臨時", MATCHER_PATTERN));
    assert_true(may_match("A: Budget\n", "budget", 0));
    assert_true(may_match("A: budget\n", "BUDGET", MATCHER_CASELESS));
    assert_true(prefilter_may_match(NULL, "file"));
}

/* Every character that search takes for letters of ASCII, in a word that strings have in parts.
 */
static void prefilter__keeps_what_folds_to_letters(void **state)
{
    size_t tried = 0;

    (void)state;
    for (uint32_t cp = 0x80; cp < 0x110000; cp++) {
        struct buffer folded = {0};
        char utf8[UTF8_MAX_BYTES];
        size_t bytes = utf8_encode(cp, utf8);

        fold_append(&folded, utf8, bytes);
        if (strspn(buffer_string(&folded), "abcdefghijklmnopqrstuvwxyz") == folded.bytes) {
            struct buffer text = {0};
            struct buffer query = {0};

            buffer_append_format(&text, "{\"words\":[{\"word\":\"x%.*s\"},{\"word\":\"y\"}]}",
                                 (int)bytes, utf8);
            buffer_append_format(&query, "x%sy", folded.data);
            if (!may_match(text.data, query.data, 0))
                fail_msg("'%s' is ruled out of '%s'", query.data, text.data);
            buffer_release(&text);
            buffer_release(&query);
            tried++;
        }
        buffer_release(&folded);
    }
    assert_true(tried > 500);
}

static void prefilter__rules_out_what_cannot_match(void **state)
{
    static const struct row rows[] = {
        {"臨時救助", "甲: 臨時的助\n"},
        {"臨時救助", "1\n00:00:01,000 --> 00:00:02,000\n<i>臨時</i> &amp; 助\n"},
        {"臨時", "{\"segments\":[{\"start\":0,\"end\":1,\"text\":\"時\"}]}"},
        {"臨時", "<tt><body><p>時</p></body></tt>"},
        {"the budget", "A: the bud get of\n"},
        {"budget", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>the bud get\n"},
        {"budget", "**A:** the *bud* get of\n"},
        {"budget", "start,speaker,text\n0,A,\"the bud get\"\n"},
        {"budget", "<u><seg>the bud</seg> <seg>get</seg></u>"},
        {"BUDGET", "A: the budget\n"},
        {"budget", "{\"words\":[{\"word\":\"bud\"},{\"word\":\"gap\",\"end\":1}]}"},
        {"budget", "{\"segments\":[{\"start\":0,\"end\":1,\"text\":\"the bud\xE3\x80\x82\"}]}"},
        {"budget", "A: six-\nty of<i>ten</i> bud<b>s</b> tar<i>get</i>\n"},
        {"budget",
         "{\"words\":[{\"word\":\" bu\"},{\"word\":\"dg\xC3\xA8\"},{\"word\":\"t\"}]}"},
        {"budget", "{\"words\":[{\"word\":\"bu\"},{\"word\":\"\xE0\xA4\xA8\xE0\xA5\x87\"}]}"},
        {"budget", "<from>Bud</from><p>就是</p><p>get</p>"},
        {"budget", OURS("the bud get")},
        {"他說：臨時救助，", OURS("他說：臨時的救助，")},
        {"the budget of", OURS("of the budget")},
        {"the budget of", OURS("of the\\n bud-get")},
        {"the budget, of", OURS("the bud get, of")},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (may_match(rows[i].text, rows[i].query, 0))
            fail_msg("'%s' is not ruled out of '%s'", rows[i].query, rows[i].text);
    }
    assert_false(may_match("A: Budget\n", "budget", MATCHER_EXACT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prefilter__keeps_what_may_match),
        cmocka_unit_test(prefilter__keeps_what_folds_to_letters),
        cmocka_unit_test(prefilter__rules_out_what_cannot_match),
    };

    return cmocka_run_group_tests(tests, library_fixture_set_up, library_fixture_tear_down);
}

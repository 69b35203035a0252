/* Citations: the styles, what is unknown, what must be escaped, and the user's templates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "shilu/store/citation.h"

static void fill(struct quote *q)
{
    *q = (struct quote){.segment = 3};
    buffer_append_string(&q->words, "A & B <c>\nsecond *line*");
    buffer_append_string(&q->speakers, "Ann, Chair; Ben");
    buffer_append_string(&q->date, "2020-03-09");
    buffer_append_string(&q->time, "10:01:29");
    buffer_append_string(&q->title, "Hearing \"one\"");
    buffer_append_string(&q->path, "/records/a_b.json");
}

static void citation_format__each_style__escapes_and_leaves_out(void **state)
{
    static const struct {
        const char *style;
        const char *text;
    } rows[] = {
        {NULL, "A & B <c>\nsecond *line*\n-- Ann, Chair; Ben, 2020-03-09, 10:01:29, "
               "Hearing \"one\", a_b.json\n"},
        {"markdown", "> A & B \\<c>\n> second \\*line\\*\n>\n> — Ann, Chair; Ben, 2020-03-09, "
                     "10:01:29, *Hearing \"one\"*, a\\_b.json\n"},
        {"html", "<blockquote>\n<p>A &amp; B &lt;c&gt;<br>\nsecond *line*</p>\n<footer>Ann, "
                 "Chair; Ben, <time>2020-03-09</time>, 10:01:29, <cite>Hearing "
                 "&quot;one&quot;</cite>, a_b.json</footer>\n</blockquote>\n"},
        {"bibtex", "@misc{a-b-20200309-100129,\n  author = {{Ann, Chair; Ben}},\n  title = "
                   "{Hearing \"one\"},\n"
                   "  date = {2020-03-09},\n  pages = {10:01:29},\n"
                   "  note = {A \\& B <c> second *line*}\n}\n"},
        {"{speakers}[ ({end})]: {quote}", "Ann, Chair; Ben: A & B <c>\nsecond *line*"},
        {"\\{{date}\\}\\[{time}\\]\\n", "{2020-03-09}[10:01:29]\n"},
        {"{path}[ unclosed", "/records/a_b.json[ unclosed"},
    };
    struct buffer out = {0};
    struct quote q;

    (void)state;
    fill(&q);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buffer_clear(&out);
        citation_format(rows[i].style, &q, &out);
        assert_string_equal(buffer_string(&out), rows[i].text);
    }
    quote_release(&q);
    buffer_release(&out);
}

/* A record need not say who speaks or when. */
static void citation_format__nobody_known__leaves_no_stray_comma(void **state)
{
    static const struct {
        const char *style;
        const char *text;
    } rows[] = {
        {"plain", "Yes.\n-- talk.json\n"},
        {"markdown", "> Yes.\n>\n> — talk.json\n"},
        {"html", "<blockquote>\n<p>Yes.</p>\n<footer>talk.json</footer>\n</blockquote>\n"},
        {"bibtex", "@misc{talk-s1,\n  note = {Yes.}\n}\n"},
        {"[{time}[-{end}] ][by {speakers}[ at {time}], ]{file}", "talk.json"},
    };
    struct quote q = {.segment = 0};
    struct buffer out = {0};

    (void)state;
    buffer_append_string(&q.words, "Yes.");
    buffer_append_string(&q.path, "talk.json");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buffer_clear(&out);
        citation_format(rows[i].style, &q, &out);
        assert_string_equal(buffer_string(&out), rows[i].text);
    }
    buffer_append_string(&q.time, "0:01:00");
    buffer_clear(&out);
    citation_format(NULL, &q, &out);
    assert_string_equal(buffer_string(&out), "Yes.\n-- 0:01:00, talk.json\n");
    buffer_append_string(&q.end, "0:01:09");
    buffer_clear(&out);
    citation_format(NULL, &q, &out);
    assert_string_equal(buffer_string(&out), "Yes.\n-- 0:01:00-0:01:09, talk.json\n");
    quote_release(&q);
    buffer_release(&out);
}

static void citation_check__a_mistake__is_reported(void **state)
{
    struct error err;

    (void)state;
    for (const char *const *style = citation_styles; *style != NULL; style++)
        assert_true(citation_check(*style, &err));
    assert_true(citation_check("{quote} ({file})", &err));
    assert_false(citation_check("{quot}", &err));
    assert_non_null(strstr(err.message, "{quot}"));
    assert_false(citation_check("apa", &err));
    assert_non_null(strstr(err.message, "'apa' is neither"));
}

/* A line that is broken costs one quote, and is left where it is. */
static void quotes_read__a_broken_line__costs_one_quote(void **state)
{
    char path[] = "/tmp/shilu-quotes-XXXXXX";
    static const char text[] = "{\"quote\": \"one\"}\nnot json\n\n{\"quote\": \"two\", "
                               "\"segment\": 7, \"byte\": -1}";
    int fd = mkstemp(path);
    struct quote_list list;
    struct quote q;
    struct error err;
    size_t count = 0;

    (void)state;
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    fill(&q);
    assert_true(quotes_add(path, &q, &count, &err));
    assert_true(quotes_read(path, &list, &err));
    assert_int_equal(list.count, 3);
    assert_int_equal(list.broken, 1);
    assert_int_equal(list.quotes[1].segment, 7);
    assert_int_equal(list.quotes[1].byte, 0);
    assert_string_equal(buffer_string(&list.quotes[2].words), buffer_string(&q.words));
    quote_list_release(&list);
    quote_release(&q);
    unlink(path);
    assert_true(quotes_read(path, &list, &err));
    assert_int_equal(list.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(citation_format__each_style__escapes_and_leaves_out),
        cmocka_unit_test(citation_format__nobody_known__leaves_no_stray_comma),
        cmocka_unit_test(citation_check__a_mistake__is_reported),
        cmocka_unit_test(quotes_read__a_broken_line__costs_one_quote),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Containers: the blocks of whole files, compared with what a person has read; hostile files;
 * the same blocks however the input is cut. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "container_support.h"
#include "formats/containers/html_container.h"
#include "golden_support.h"
#include "read_support.h"

enum { STEP_BYTES = 65536, SMALL_STEP_BYTES = 7 };

static const char *dump(const struct container_ops *ops, const char *bytes, size_t count)
{
    static struct buffer out;

    buffer_clear(&out);
    container_dump(ops, bytes, count, STEP_BYTES, &out);
    return buffer_string(&out);
}

static void write_fixture(const char *name, const struct buffer *text)
{
    const char *root = getenv("SHILU_SRCDIR");
    char path[4096];
    FILE *file;

    snprintf(path, sizeof path, "%s/tests/fixtures/%s", root != NULL ? root : ".", name);
    file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text->data, 1, text->bytes, file), text->bytes);
    fclose(file);
}

static void assert_fixture(const struct container_ops *ops, const char *name)
{
    char path[256];
    struct buffer file = {0};
    struct buffer expected = {0};
    struct buffer at_once = {0};
    struct buffer in_steps = {0};

    snprintf(path, sizeof path, "containers/%s", name);
    read_fixture(&file, path);
    container_dump(ops, file.data, file.bytes, STEP_BYTES, &at_once);
    container_dump(ops, file.data, file.bytes, SMALL_STEP_BYTES, &in_steps);
    assert_string_equal(buffer_string(&at_once), buffer_string(&in_steps));
    snprintf(path, sizeof path, "containers/%s.blocks", name);
    if (golden_is_updating())
        write_fixture(path, &at_once);
    read_fixture(&expected, path);
    assert_string_equal(buffer_string(&at_once), buffer_string(&expected));
    buffer_release(&file);
    buffer_release(&expected);
    buffer_release(&at_once);
    buffer_release(&in_steps);
}

static void html_container__reads_pages(void **state)
{
    (void)state;
    assert_fixture(&html_container, "briefing.html");
    assert_fixture(&html_container, "table.html");
    assert_fixture(&html_container, "broken.html");
    assert_fixture(&html_container, "definitions.html");
    assert_fixture(&html_container, "questions.html");
}

/* `front` and then `count` times `each`. */
static char *repeat(const char *each, size_t count, size_t *bytes)
{
    size_t each_bytes = strlen(each);
    char *out = malloc(each_bytes * count + 1);
    size_t i;

    for (i = 0; i < count; i++)
        memcpy(out + i * each_bytes, each, each_bytes + 1);
    *bytes = each_bytes * count;
    return out;
}

static void html_container__ends_hostile_pages_with_an_error(void **state)
{
    static const char *const hostile[] = {"<div>", "<div><table></div></table>",
                                          "<b><i><u><p>x"};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        size_t bytes;
        char *page = repeat(hostile[i], 150000, &bytes);

        assert_non_null(strstr(dump(&html_container, page, bytes), "nested too deeply"));
        free(page);
    }
}

static void html_container__reads_odd_pages(void **state)
{
    (void)state;
    assert_string_equal(dump(&html_container, "", 0), "");
    assert_string_equal(dump(&html_container, "<", 1), "P 1 <\n");
    assert_string_equal(dump(&html_container, "<p>a", 4), "P 1 a\n");
    assert_string_equal(dump(&html_container, "<p>&#0;&nosuch;&lt", 18),
                        "P 1 \xEF\xBF\xBD&nosuch;<\n");
    assert_string_equal(dump(&html_container, "<frameset><frame src=a></frameset>", 34), "");
}

static void html_container_detect__knows_pages(void **state)
{
    (void)state;
    assert_true(html_container_detect(SPAN_LITERAL("<!DOCTYPE HTML PUBLIC \"-//W3C\">")));
    assert_true(html_container_detect(SPAN_LITERAL("\n<!-- saved -->\n<html>")));
    assert_true(html_container_detect(SPAN_LITERAL("<?xml version='1.0'?><HTML xmlns='x'>")));
    assert_true(html_container_detect(SPAN_LITERAL("<p class=a>")));
    assert_false(html_container_detect(SPAN_LITERAL("<Trans scribe='x'>")));
    assert_false(html_container_detect(SPAN_LITERAL("<paragraph>")));
    assert_false(html_container_detect(SPAN_LITERAL("a < b and <html>")));
    assert_false(html_container_detect(SPAN_LITERAL("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_container__reads_pages),
        cmocka_unit_test(html_container__ends_hostile_pages_with_an_error),
        cmocka_unit_test(html_container__reads_odd_pages),
        cmocka_unit_test(html_container_detect__knows_pages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

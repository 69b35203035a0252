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
#include <minizip/zip.h>

#include "container_support.h"
#include "formats/containers/docx_container.h"
#include "formats/containers/html_container.h"
#include "formats/containers/html_tree.h"
#include "formats/containers/odt_container.h"
#include "golden_support.h"
#include "read_support.h"
#include "shilu/base/file.h"

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

/* A small file unpacks to a large page; a file that is as large itself may ask for more. */
static void html_tree_parse__limits_memory_by_the_size_of_the_file(void **state)
{
    size_t bytes;
    char *page = repeat("<p>some words</p>", 1500000, &bytes);
    struct html_tree tree;
    struct error err;

    (void)state;
    assert_false(html_tree_parse(&tree, span_of(page, bytes), bytes / 200, &err));
    assert_int_equal(err.code, ERROR_LIMIT);
    assert_non_null(strstr(err.message, "too much memory"));
    assert_null(tree.allocations);
    assert_true(html_tree_parse(&tree, span_of(page, bytes), bytes, &err));
    assert_true(tree.used_bytes > HTML_MEMORY_PACKED_BYTES);
    html_tree_release(&tree);
    free(page);
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
    assert_int_equal(html_container_detect(SPAN_LITERAL("<p class=a>x\n<br>y")),
                     CONFIDENCE_LIKELY);
    assert_false(
        html_container_detect(SPAN_LITERAL("<p align=center>x</p>\n# Title\n\nwords\n")));
    assert_false(html_container_detect(SPAN_LITERAL("<Trans scribe='x'>")));
    assert_false(html_container_detect(SPAN_LITERAL("<paragraph>")));
    assert_false(html_container_detect(SPAN_LITERAL("a < b and <html>")));
    assert_false(html_container_detect(SPAN_LITERAL("")));
}

/* ---------------------------------------------------------------- documents in archives */

static void docx_container__reads_documents(void **state)
{
    (void)state;
    assert_fixture(&docx_container, "interview.docx");
    assert_fixture(&docx_container, "malformed.docx");
}

static void odt_container__reads_documents(void **state)
{
    (void)state;
    assert_fixture(&odt_container, "interview.odt");
}

static void assert_fails(const struct container_ops *ops, const char *name, const char *message)
{
    struct buffer file = {0};
    char path[256];

    snprintf(path, sizeof path, "containers/%s", name);
    read_fixture(&file, path);
    if (strstr(dump(ops, file.data, file.bytes), message) == NULL)
        fail_msg("%s: %s", name, dump(ops, file.data, file.bytes));
    buffer_release(&file);
}

static void documents__end_hostile_archives_with_an_error(void **state)
{
    (void)state;
    assert_fails(&docx_container, "bomb.docx",
                 "P 1 first words\nerror: the part "
                 "'word/document.xml' of the archive grows too large");
    assert_fails(&docx_container, "archive.zip", "error: the archive holds no Word document");
    assert_fails(&odt_container, "archive.zip", "error: the archive has no part 'content.xml'");
    assert_fails(&odt_container, "password.odt",
                 "error: the document is protected by a password");
}

/* A Word document of `count` times `each`, made by a packer. */
static void write_docx(const char *path, const char *each, size_t count)
{
    static const char front[] = "<w:document><w:body>";
    static const char back[] = "</w:body></w:document>";
    zipFile zip = zipOpen(path, APPEND_STATUS_CREATE);
    size_t bytes;
    char *words = repeat(each, count, &bytes);

    assert_non_null(zip);
    assert_int_equal(zipOpenNewFileInZip(zip, "word/document.xml", NULL, NULL, 0, NULL, 0, NULL,
                                         Z_DEFLATED, Z_BEST_COMPRESSION),
                     ZIP_OK);
    assert_int_equal(zipWriteInFileInZip(zip, front, sizeof front - 1), ZIP_OK);
    assert_int_equal(zipWriteInFileInZip(zip, words, (unsigned)bytes), ZIP_OK);
    assert_int_equal(zipWriteInFileInZip(zip, back, sizeof back - 1), ZIP_OK);
    assert_int_equal(zipCloseFileInZip(zip), ZIP_OK);
    assert_int_equal(zipClose(zip, NULL), ZIP_OK);
    free(words);
}

/* The directory of a bomb states how large it is: only 16 MB of it are unpacked. */
static void documents__read_only_the_beginning_of_a_bomb(void **state)
{
    static const char each[] = "<w:p><w:r><w:t>a</w:t></w:r></w:p>";
    static const char path[] = "test_containers-bomb.docx";
    struct buffer file = {0};
    struct error err;
    const char *blocks;
    size_t lines = 0;

    (void)state;
    write_docx(path, each, 2000000);
    file.data = file_read(path, 1 << 20, &file.bytes, &err);
    remove(path);
    assert_non_null(file.data);
    assert_true(file.bytes < sizeof each * 2000000 / 250);
    blocks = dump(&docx_container, file.data, file.bytes);
    assert_non_null(strstr(blocks, "of the archive grows too large"));
    for (const char *at = blocks; (at = strchr(at, '\n')) != NULL; at++)
        lines++;
    assert_in_range(lines, 400000, (16 << 20) / (sizeof each - 1) + 1);
    buffer_release(&file);
}

/* Each archive cut off, and with each byte damaged in turn: an error or blocks, never more. */
static void documents__survive_damage(void **state)
{
    static const char *const names[] = {"interview.docx", "interview.odt"};
    const struct container_ops *const ops[] = {&docx_container, &odt_container};
    size_t i, at;

    (void)state;
    for (i = 0; i < 2; i++) {
        struct buffer file = {0};
        char path[256];

        snprintf(path, sizeof path, "containers/%s", names[i]);
        read_fixture(&file, path);
        assert_non_null(strstr(dump(ops[i], file.data, file.bytes - 30), "error: the archive"));
        for (at = 0; at < file.bytes; at++) {
            file.data[at] = (char)(file.data[at] ^ 0x55);
            dump(ops[i], file.data, file.bytes);
            file.data[at] = (char)(file.data[at] ^ 0x55);
        }
        for (at = 4; at < file.bytes; at += 97)
            dump(ops[i], file.data, at);
        buffer_release(&file);
    }
}

/* The flag of an encrypted part, in the part's head and in the directory. */
static void documents__name_a_password(void **state)
{
    struct buffer file = {0};
    size_t at;

    (void)state;
    read_fixture(&file, "containers/interview.docx");
    for (at = 0; at + 10 < file.bytes; at++) {
        if (memcmp(file.data + at, "PK\3\4", 4) == 0)
            file.data[at + 6] |= 1;
        if (memcmp(file.data + at, "PK\1\2", 4) == 0)
            file.data[at + 8] |= 1;
    }
    assert_non_null(strstr(dump(&docx_container, file.data, file.bytes),
                           "error: the document is protected by a password"));
    buffer_release(&file);
}

static void documents__are_known_by_their_parts(void **state)
{
    struct buffer docx = {0};
    struct buffer odt = {0};

    (void)state;
    read_fixture(&docx, "containers/interview.docx");
    read_fixture(&odt, "containers/interview.odt");
    assert_true(docx_container_detect(span_of(docx.data, docx.bytes)));
    assert_false(docx_container_detect(span_of(odt.data, odt.bytes)));
    assert_true(odt_container_detect(span_of(odt.data, odt.bytes)));
    assert_false(odt_container_detect(span_of(docx.data, docx.bytes)));
    buffer_release(&docx);
    buffer_release(&odt);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_container__reads_pages),
        cmocka_unit_test(html_container__ends_hostile_pages_with_an_error),
        cmocka_unit_test(html_tree_parse__limits_memory_by_the_size_of_the_file),
        cmocka_unit_test(html_container__reads_odd_pages),
        cmocka_unit_test(html_container_detect__knows_pages),
        cmocka_unit_test(docx_container__reads_documents),
        cmocka_unit_test(odt_container__reads_documents),
        cmocka_unit_test(documents__end_hostile_archives_with_an_error),
        cmocka_unit_test(documents__read_only_the_beginning_of_a_bomb),
        cmocka_unit_test(documents__survive_damage),
        cmocka_unit_test(documents__name_a_password),
        cmocka_unit_test(documents__are_known_by_their_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Blocks: pieces of a huge text that can be laid out one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/memory.h"
#include "shilu/text/text_chunk.h"
#include "shilu/text/utf8.h"
#include "text_support.h"

static char *repeated(const char *piece, size_t at_least, size_t *bytes)
{
    struct buffer b = {0};

    while (b.bytes < at_least)
        buffer_append_string(&b, piece);
    *bytes = b.bytes;
    return buffer_take(&b);
}

/* The blocks join to the text, each of a size that is bounded, each at a character. */
static void check_blocks(const char *text, size_t bytes)
{
    size_t count = text_chunk_count(bytes), last = 0, k;

    assert_true(count >= 1);
    assert_int_equal(text_chunk_start(text, bytes, 0), 0);
    assert_int_equal(text_chunk_start(text, bytes, count), bytes);
    for (k = 1; k <= count; k++) {
        size_t start = text_chunk_start(text, bytes, k);

        assert_true(start > last || bytes == 0);
        assert_true(start - last <= TEXT_CHUNK_BYTES + TEXT_CHUNK_REACH);
        assert_int_equal(utf8_floor(text, bytes, start), start);
        assert_int_equal(text_chunk_of(text, bytes, last), k - 1);
        if (bytes > 0)
            assert_int_equal(text_chunk_of(text, bytes, start - 1), k - 1);
        last = start;
    }
    assert_int_equal(text_chunk_of(text, bytes, bytes + 5), count - 1);
}

static void block_start__joins_random_text(void **state)
{
    struct buffer text = {0};
    uint64_t seed = 31;
    int round;

    (void)state;
    for (round = 0; round < 40; round++) {
        buffer_clear(&text);
        random_text(&text, &seed, round * 100);
        check_blocks(buffer_string(&text), text.bytes);
    }
    buffer_release(&text);
}

static void block_start__takes_the_best_place(void **state)
{
    static const struct {
        const char *piece;
        const char *before; /* what comes before every start */
    } rows[] = {
        {"第一段的文字不長。\n第二段也是如此，沒有更多。\n", "\n"},
        {"一個很長的段落，沒有換行，只有句號。接著又是一句，", "。"},
        {"「他說。」然後走了，", "。」"},
        {"One long paragraph with sentences. Another one follows, ", "sentences. "},
        {"words without any sentence ", " "},
        {"沒有句號只有逗號，", ""},
        {"x", "x"},
        {"e\xCC\x81", "\xCC\x81"},
        {"👨‍👩‍👧", "👧"},
    };
    size_t i, k, bytes;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = repeated(rows[i].piece, 50000, &bytes);
        size_t before = strlen(rows[i].before);

        check_blocks(text, bytes);
        for (k = 1; k < text_chunk_count(bytes); k++) {
            size_t start = text_chunk_start(text, bytes, k);

            if (memcmp(text + start - before, rows[i].before, before) != 0)
                fail_msg("'%s': %.20s", rows[i].piece, text + start - before);
        }
        free(text);
    }
}

/* Laid out block by block, no cluster is lost, cut or made twice. */
static void block_start__cuts_no_cluster(void **state)
{
    struct layout *l = layout_new(false), *part = layout_new(false);
    struct buffer text = {0};
    uint64_t seed = 5;
    size_t k, i, at = 0;

    (void)state;
    random_text(&text, &seed, 20000);
    layout_text(l, buffer_string(&text), text.bytes);
    assert_true(text_chunk_count(text.bytes) > 10);
    for (k = 0; k < text_chunk_count(text.bytes); k++) {
        size_t start = text_chunk_start(text.data, text.bytes, k);

        layout_text(part, text.data + start,
                    text_chunk_start(text.data, text.bytes, k + 1) - start);
        for (i = 0; i < part->d.count; i++) {
            if (i > 0 && part->d.glyphs[i].byte == part->d.glyphs[i - 1].byte)
                continue;
            while (at > 0 && at < l->d.count &&
                   l->d.glyphs[at].byte == l->d.glyphs[at - 1].byte)
                at++;
            assert_int_equal(part->d.glyphs[i].byte + start, l->d.glyphs[at].byte);
            at++;
        }
    }
    while (at < l->d.count && l->d.glyphs[at].byte == l->d.glyphs[at - 1].byte)
        at++;
    assert_int_equal(at, l->d.count);
    buffer_release(&text);
    layout_free(l);
    layout_free(part);
}

static void block_start__bounds_a_cluster_without_end(void **state)
{
    size_t bytes;
    char *text = repeated("\xCC\x81", 50000, &bytes);

    (void)state;
    check_blocks(text, bytes);
    free(text);
}

static void block_start__takes_an_empty_text(void **state)
{
    (void)state;
    check_blocks("", 0);
    check_blocks("x", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(block_start__joins_random_text),
        cmocka_unit_test(block_start__takes_the_best_place),
        cmocka_unit_test(block_start__cuts_no_cluster),
        cmocka_unit_test(block_start__bounds_a_cluster_without_end),
        cmocka_unit_test(block_start__takes_an_empty_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

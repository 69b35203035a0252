/* Matcher: random texts against a second, slow implementation of the same rules, which reads
 * the text key by key at each place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/buffer.h"
#include "shilu/text/matcher.h"
#include "shilu/text/utf8.h"
#include "text/fold_table.h"
#include "text_support.h"

enum { KEYS_MAX = 256 };

static size_t keys_of(uint32_t c, enum fold_mode mode, uint32_t *keys)
{
    uint32_t syllable = c - 0xAC00;

    if (fold_table_is_white(c)) {
        keys[0] = ' ';
        return 1;
    }
    if (c < 0xAC00 || c > 0xD7A3)
        return fold_table_key(c, mode, keys);
    keys[0] = 0x1100 + syllable / 588;
    keys[1] = 0x1161 + syllable / 28 % 21;
    keys[2] = 0x11A7 + syllable % 28;
    return syllable % 28 != 0 ? 3 : 2;
}

static bool same_key(uint32_t query, uint32_t text)
{
    uint32_t found[FOLD_SPELLINGS_MAX];
    size_t count = query != text ? fold_table_variants(query, found) : 0;

    while (count > 0 && found[count - 1] != text)
        count--;
    return query == text || count > 0;
}

/* What may not follow a match: it would have belonged to the last letter. */
static bool joins(const uint32_t *query, size_t keys, uint32_t next)
{
    uint32_t last = query[keys - 1];
    uint32_t before = keys > 1 ? query[keys - 2] : 0;

    if (next >= 0x300 && next <= 0x36F) {
        while (keys > 1 && query[keys - 1] >= 0x300 && query[keys - 1] <= 0x36F)
            keys--;
        return fold_table_composes(query[keys - 1]) && (last < 0x3041 || last > 0x309F);
    }
    if (next >= 0x3099 && next <= 0x309A)
        return last >= 0x3041 && last <= 0x3096 && fold_table_composes(last);
    return next >= 0x11A8 && next <= 0x11C2 && before >= 0x1100 && before <= 0x1112 &&
           last >= 0x1161 && last <= 0x1175;
}

static size_t slow_match(const uint32_t *query, size_t keys, enum fold_mode mode,
                         const char *text, size_t bytes, size_t at)
{
    size_t key = 0;

    while (at < bytes) {
        uint32_t found[FOLD_KEY_MAX];
        uint32_t c;
        size_t used = utf8_decode(text + at, bytes - at, &c);
        size_t count = keys_of(c, mode, found);
        size_t i;

        if (key > 0 && query[key - 1] == ' ' && found[0] == ' ') {
            at += used;
            continue;
        }
        if (key == keys)
            return joins(query, keys, found[0]) ? 0 : at;
        for (i = 0; i < count; i++, key++) {
            if (key == keys || !same_key(query[key], found[i]))
                return 0;
        }
        at += used;
    }
    return key == keys ? at : 0;
}

static size_t query_keys(const char *query, enum fold_mode mode, uint32_t *keys)
{
    size_t bytes = strlen(query);
    size_t count = 0;
    size_t at = 0;

    while (at < bytes) {
        uint32_t c;
        size_t more;

        at += utf8_decode(query + at, bytes - at, &c);
        more = keys_of(c, mode, keys + count);
        if (keys[count] != ' ' || count == 0 || keys[count - 1] != ' ')
            count += more;
    }
    return count;
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Few different units in one text, so that its queries are found. */
static char *random_words(uint32_t *seed, size_t base, size_t most)
{
    static const char *const units[] = {
        "e",  "E",  "ｅ",     "é",  "\u0301", "ê",      "ế",      "\u0302", "s",
        "ß",  "ſ",  "ﬆ",      "t",  "ﬃ",      "f",      "i",      "か",     "カ",
        "ｶ",  "が", "\u3099", "ﾞ",  "国",     "國",     "院",     "发",     "發",
        "髮", "展", "김",     "기", "\u1100", "\u1175", "\u11B7", " ",      "\u3000",
        "1",  "１", ".",      "は", "\u309A", "台",     "臺",     "檯"};
    struct buffer out = {0};
    size_t count = next_random(seed) % most + 1;

    while (count-- > 0)
        buffer_append_string(
            &out, units[(base + next_random(seed) % 7) % (sizeof units / sizeof *units)]);
    return buffer_take(&out);
}

static size_t compare_with_slow(const char *query, const char *text)
{
    uint32_t keys[KEYS_MAX];
    enum fold_mode mode = strstr(query, "E") != NULL ? FOLD_CASED : FOLD_CASELESS;
    size_t key_count = query_keys(query, mode, keys);
    struct matcher *m = matcher_made(query, 0);
    size_t bytes = strlen(text);
    size_t found = 0;
    struct match match;
    size_t at = 0;
    size_t slow;

    while (at < bytes) {
        bool any = matcher_find(m, text, bytes, at, &match);
        size_t start = at;

        for (slow = 0; start < bytes && slow == 0; start++) {
            if (((unsigned char)text[start] & 0xC0) != 0x80)
                slow = slow_match(keys, key_count, mode, text, bytes, start);
        }
        if (any != (slow > 0) || (any && (match.start != start - 1 || match.end != slow)))
            fail_msg("'%s' in '%s' from %zu: %zu to %zu, slowly %zu to %zu", query, text, at,
                     any ? match.start : 0, any ? match.end : 0, start - 1, slow);
        if (!any)
            break;
        found++;
        at = match.end;
    }
    matcher_free(m);
    return found;
}

static void matcher_find__agrees_with_a_slow_reader(void **state)
{
    uint32_t seed = 20200309;
    size_t found = 0;
    int round;

    (void)state;
    for (round = 0; round < 4000; round++) {
        size_t base = next_random(&seed) % 64;
        char *query = random_words(&seed, base, 4);
        char *text = random_words(&seed, base, 60);

        /* Marks in another order than the canonical one are another matter. */
        if (strstr(query, "\u3099\u309A") == NULL && strstr(query, "\u309A\u3099") == NULL)
            found += compare_with_slow(query, text);
        free(query);
        free(text);
    }
    assert_true(found > 5000);
}

/* The quick ways to a match against the pattern itself, in a text of many slices. */
static void matcher_find__agrees_with_its_pattern_in_long_texts(void **state)
{
    static const char *const all[] = {"see",    "set it",  "sit",    "1.1",  "test", "国院",
                                      "发展",   "臺院",    "김기",   "がは", "é1",   "e e e",
                                      "fit 发", "  t  s ", "tt1111", "院",   "tsß"};
    struct buffer text = {0};
    uint32_t seed = 7;
    size_t found = 0;
    size_t i;

    (void)state;
    for (i = 0; i < 6000; i++) {
        char *part = random_words(&seed, next_random(&seed) % 64, 60);

        buffer_append_string(&text, part);
        buffer_append_string(&text,
                             i % 1000 < 5 ? "ｓｅｅ　ＳＥＴ\u3000\n\u3000it" : "xyz set it");
        free(part);
    }
    for (i = 0; i < sizeof all / sizeof *all; i++) {
        struct matcher *quick = matcher_made(all[i], 0);
        struct match a = {0, 0};
        struct match b = {0, 0};
        struct matcher *slow;

        if (matcher_pattern(quick) == NULL) {
            assert_string_equal(all[i], "院");
            matcher_free(quick);
            continue;
        }
        slow = matcher_made(matcher_pattern(quick), MATCHER_PATTERN);
        while (matcher_find(slow, text.data, text.bytes, a.end, &a)) {
            assert_true(matcher_find(quick, text.data, text.bytes, b.end, &b));
            assert_memory_equal(&a, &b, sizeof a);
            found++;
        }
        assert_false(matcher_find(quick, text.data, text.bytes, b.end, &b));
        matcher_free(quick);
        matcher_free(slow);
    }
    assert_true(found > 3000);
    buffer_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matcher_find__agrees_with_a_slow_reader),
        cmocka_unit_test(matcher_find__agrees_with_its_pattern_in_long_texts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

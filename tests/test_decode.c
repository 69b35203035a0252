/* Decoding: repaired UTF-8, encodings by name, and guessing them from the bytes. */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/error.h"
#include "shilu/text/decode.h"
#include "shilu/text/utf8.h"

#define R "\xEF\xBF\xBD"

/* Feed `piece` bytes at a time. */
static struct decoder *feed(const char *encoding, const char *bytes, size_t count, size_t piece,
                            struct buffer *out)
{
    struct error err;
    struct decoder *d = decoder_new(encoding, &err);
    size_t at;

    assert_non_null(d);
    for (at = 0; at < count; at += piece)
        decoder_feed(d, bytes + at, count - at < piece ? count - at : piece, false, out);
    decoder_feed(d, "", 0, true, out);
    return d;
}

static void assert_decodes(const char *encoding, const char *bytes, size_t count,
                           const char *expected, uint64_t replaced)
{
    size_t piece;

    for (piece = 1; piece <= count + 1; piece += piece < 8 ? 1 : piece) {
        struct buffer out = {0};
        struct decoder *d = feed(encoding, bytes, count, piece, &out);

        assert_string_equal(buffer_string(&out), expected);
        assert_int_equal(decoder_replaced(d), replaced);
        buffer_release(&out);
        decoder_free(d);
    }
}

/* The second and third columns are those of the Unicode Standard's practice for maximal
 * subparts (tables 3-8 to 3-11), worked out by its rule. */
static void decoder_feed__replaces_maximal_subparts(void **state)
{
    static const struct {
        const char *bytes;
        const char *expected;
        uint64_t replaced;
    } rows[] = {
        {"plain", "plain", 0},
        {"\xE4\xB8\xAD\xF0\x9F\x98\x80\xC3\xA9", "中😀é", 0},
        {"\x80", R, 1},
        {"\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", R R R R R R R R "A", 8},
        {"\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", R R R R R R R R "A", 8},
        {"\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", R R R R R "A" R R "B", 7},
        {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", R R R R "A", 4},
        {"a\xE4\xB8", "a" R, 1},
        {"a\xF0\x9F\x98", "a" R, 1},
        {"\xE4\xB8\xE4\xB8\xAD", R "中", 1},
        {"\xF4\x8F\xBF\xBF", "\xF4\x8F\xBF\xBF", 0},
        {"\xED\x9F\xBF\xEE\x80\x80", "\xED\x9F\xBF\xEE\x80\x80", 0},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_decodes("utf-8", rows[i].bytes, strlen(rows[i].bytes), rows[i].expected,
                       rows[i].replaced);
}

static void decoder_feed__drops_one_mark_at_the_start(void **state)
{
    (void)state;
    assert_decodes("utf-8", "\xEF\xBB\xBF\xEF\xBB\xBFx", 7, "\xEF\xBB\xBFx", 0);
    assert_decodes(NULL, "\xEF\xBB\xBFx", 4, "x", 0);
    assert_decodes("utf-8", "x\xEF\xBB\xBF", 4, "x\xEF\xBB\xBF", 0);
    assert_decodes("utf-16le", "\xFF\xFE-N", 4, "中", 0);
    assert_decodes("utf-16", "\xFF\xFE-N", 4, "中", 0);
    assert_decodes("utf-16", "\xFE\xFFN-", 4, "中", 0);
    assert_decodes("utf-32", "\0\0\xFE\xFF\0\0N-", 8, "中", 0);
    assert_decodes("utf-16", "-N", 2, "中", 0);
}

static void decoder_feed__keeps_wide_units_in_step(void **state)
{
    (void)state;
    /* A lone surrogate, then text that must not be read one byte off. */
    assert_decodes("utf-16le",
                   "a\0\x00\xD8"
                   "b\0-N",
                   8, "a" R "b中", 1);
    assert_decodes("utf-16be", "\0a\xDC\x00\0bN-", 8, "a" R "b中", 1);
    assert_decodes("utf-16le", "a\0b", 3, "a" R, 1);
    assert_decodes("utf-32le", "a\0\0\0\0\0\x11\0b\0\0\0", 12, "a" R "b", 1);
}

static void decoder_feed__reads_each_encoding_by_name(void **state)
{
    static const struct {
        const char *encoding;
        const char *bytes;
        const char *expected;
        uint64_t replaced;
    } rows[] = {
        {"gb18030", "\xD6\xD0\xB9\xFA", "中国", 0},
        {"GB2312", "\xD6\xD0", "中", 0},
        {"gbk", "\xD5\x66", "說", 0},
        {"gb18030", "\x81\x30\x84\x36", "¥", 0},
        {"big5", "\xA4\xA4\xB0\xEA", "中國", 0},
        {"Big5-HKSCS", "\x88\x66", "\xC3\x8A",
         0}, /* held back until the end: a mark may come */
        {"shift_jis", "\x93\xFA\x96\x7B", "日本", 0},
        {"Shift-JIS", "\x83\x5C", "ソ", 0}, /* the second byte is a backslash */
        {"sjis", "\x87\x40", "①", 0},
        {"euc-jp", "\xC6\xFC\xCB\xDC", "日本", 0},
        {"iso-2022-jp", "\x1B$BF|K\\\x1B(B!", "日本!", 0},
        {"euc-kr", "\xC7\xD1\xB1\xB9", "한국", 0},
        {"cp949", "\x8C\x63", "똠", 0},
        {"windows-1252", "\x93\xE9\x94", "“é”", 0},
        {"latin1", "\xE9", "é", 0},
        {"windows-1251", "\xEF\xF0", "пр", 0},
        {"koi8-r", "\xD0\xD2", "пр", 0},
        {"iso-8859-15", "\xA4", "€", 0},
        {"gb18030", "a\xD6", "a" R, 1},
        {"gb18030", "\xD6\x20\xD6\xD0", R " 中", 1},
        {"euc-kr",
         "\xFF"
         "ab",
         R "ab", 1},
        {"us-ascii", "a\xE4\xB8\xAD", "a中", 0},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_decodes(rows[i].encoding, rows[i].bytes, strlen(rows[i].bytes), rows[i].expected,
                       rows[i].replaced);
}

static void decoder_new__knows_the_names_it_lists_and_no_others(void **state)
{
    const char *const *name;
    struct error err;

    (void)state;
    for (name = decoder_names(); *name != NULL; name++) {
        struct decoder *d = decoder_new(*name, &err);

        assert_non_null(d);
        assert_string_equal(decoder_encoding(d), *name);
        decoder_free(d);
    }
    assert_null(decoder_new("klingon", &err));
    assert_int_equal(err.code, ERROR_USAGE);
    assert_non_null(strstr(err.message, "'klingon'"));
    assert_null(decoder_new("", &err));
}

static void decoder_new__suggests_the_name_that_was_meant(void **state)
{
    static const char *const rows[][2] = {
        {"utf9", "'utf-8'?"},
        {"utf_7", "'utf-8'?"},
        {"gbk2312", "'gb2312'?"},
        {"big-6", "'big5'?"},
        {"sjiss", "'sjis'?"},
        {"koi8", "'koi8-r'?"},
        {"shift-jsi", "'shift_jis'?"},
        {"8", NULL},
        {"", NULL},
        {"-", NULL},
        {"klingon", NULL},
    };
    size_t i;

    (void)state;
    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct error err;
        const char *said;

        assert_null(decoder_new(rows[i][0], &err));
        said = strstr(err.message, "did you mean ");
        if (rows[i][1] == NULL ? said != NULL
                               : said == NULL || strcmp(said + 13, rows[i][1]) != 0)
            fail_msg("%s: %s", rows[i][0], err.message);
    }
}

/* Text of one language in an encoding; freed by the caller. */
static char *encode(const char *text, const char *encoding, size_t *bytes)
{
    iconv_t converter = iconv_open(encoding, "UTF-8");
    size_t left = strlen(text);
    size_t capacity = 4 * left + 16;
    char *out = malloc(capacity);
    char *to = out;
    char *from = (char *)text;
    size_t to_left = capacity;

    assert_true(converter != (iconv_t)-1);
    assert_int_equal(iconv(converter, &from, &left, &to, &to_left), 0);
    iconv(converter, NULL, NULL, &to, &to_left);
    iconv_close(converter);
    *bytes = capacity - to_left;
    return out;
}

/* With a mark in front, each iconv writes the order that it likes. */
#ifdef _LIBICONV_VERSION
#define UTF_16_OF_ICONV "utf-16be"
#else
#define UTF_16_OF_ICONV "utf-16le"
#endif

static const struct {
    const char *iconv_name;
    const char *name;
    const char *text;
} languages[] = {
    {"GB18030", "gb18030", "大家好，今天我们来谈一谈海港的修理。有什么问题吗？"},
    {"GB18030", "gb18030", "我不知道。"},
    {"GB18030", "gb18030", "00:01 主席：现在开会\n00:05 委员：请问这个工程什么时候能完成"},
    {"BIG5", "big5", "各位早安，今天我們要談的是港口的維修。請問有什麼問題嗎？"},
    {"BIG5", "big5", "主席：現在開會。"},
    {"CP932", "shift_jis", "おはようございます。今日は港の修理についてお話しします。"},
    {"CP932", "shift_jis", "カタカナだけのテキスト、スピーカーはアリスです。"},
    {"EUC-JP", "euc-jp", "おはようございます。今日は港の修理についてお話しします。"},
    {"EUC-JP", "euc-jp", "議長：会議を開きます。"},
    {"CP949", "euc-kr", "안녕하십니까. 오늘은 항구의 수리에 대해서 말씀드리겠습니다."},
    {"CP949", "euc-kr", "질문 있으십니까?"},
    {"CP1252", "windows-1252", "Schöne Grüße aus München: wir müssen größer denken."},
    {"CP1252", "windows-1252", "Größe"},
    {"CP1252", "windows-1252", "Où êtes-vous allés hier après-midi ? À la mairie, évidemment."},
    {"CP1252", "windows-1252",
     "Für die Brücke müssen wir größere Träger nehmen, das wäre schön."},
    {"CP1252", "windows-1252", "¿Cuándo empezó la reunión? Mañana será otro día, señor."},
    {"CP1252", "windows-1252", "La città è più bella perché così si può vedere il mare."},
    {"CP1250", "windows-1250",
     "Přístav je dnes uzavřen, děkujeme za trpělivost. Žádné dotazy?"},
    {"CP1250", "windows-1250",
     "Dziękuję, proszę państwa. Czy są jakieś pytania? Żadnych, więc kończę."},
    {"CP1251", "windows-1251", "Доброе утро. Сегодня мы поговорим о ремонте порта."},
    {"KOI8-R", "koi8-r", "Доброе утро. Сегодня мы поговорим о ремонте порта."},
    {"CP1253", "windows-1253",
     "Καλημέρα σας. Σήμερα θα μιλήσουμε για την επισκευή του λιμανιού."},
    {"CP1254", "windows-1254",
     "Günaydın. Bugün limanın onarımını konuşacağız, sorularınız var mı?"},
    {"CP1255", "windows-1255", "בוקר טוב. היום נדבר על תיקון הנמל."},
    {"CP1256", "windows-1256", "صباح الخير. اليوم سوف نتحدث عن إصلاح الميناء."},
    {"TIS-620", "windows-874", "สวัสดีครับ วันนี้เราจะพูดถึงการซ่อมท่าเรือ"},
    {"ISO-2022-JP", "iso-2022-jp", "議長：会議を開きます。"},
    {"UTF-8", "utf-8", "Où êtes-vous? 中文"},
    {"UTF-16LE", "utf-16le", "Plain words without any mark"},
    {"UTF-16BE", "utf-16be", "Plain words without any mark"},
    {"UTF-16LE", "utf-16le", "主席：現在開會。\n委員：好。\n"},
    {"UTF-16BE", "utf-16be", "主席：現在開會。\n委員：好。\n"},
    {"UTF-32LE", "utf-32le", "Words"},
    {"UTF-32BE", "utf-32be", "Words, 中"},
    {"UTF-16", UTF_16_OF_ICONV, "With a mark 中"},
};

static void decoder_feed__tells_the_encoding_of_short_text(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof languages / sizeof *languages; i++) {
        size_t count;
        char *bytes = encode(languages[i].text, languages[i].iconv_name, &count);
        struct buffer out = {0};
        struct decoder *d = feed(NULL, bytes, count, count, &out);

        if (strcmp(decoder_encoding(d), languages[i].name) != 0)
            fail_msg("'%s' in %s is taken for %s", languages[i].text, languages[i].iconv_name,
                     decoder_encoding(d));
        assert_string_equal(buffer_string(&out), languages[i].text);
        assert_int_equal(decoder_replaced(d), 0);
        buffer_release(&out);
        decoder_free(d);
        free(bytes);
    }
}

/* The text must not depend on how a pipe cuts it: after a short piece the decoder waits for
 * more. */
static void decoder_feed__tells_the_same_from_pieces(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof languages / sizeof *languages; i++) {
        size_t count;
        char *bytes = encode(languages[i].text, languages[i].iconv_name, &count);
        struct buffer out = {0};
        struct decoder *d = feed(NULL, bytes, count, 5, &out);

        /* The first bytes of wide text without a mark can be anything. */
        if (strncmp(languages[i].name, "utf-16", 6) != 0 &&
            strncmp(languages[i].name, "utf-32", 6) != 0)
            assert_string_equal(buffer_string(&out), languages[i].text);
        buffer_release(&out);
        decoder_free(d);
        free(bytes);
    }
}

static void decoder_feed__shows_ascii_before_it_knows(void **state)
{
    struct error err;
    struct decoder *d = decoder_new(NULL, &err);
    struct buffer out = {0};
    size_t i;

    (void)state;
    for (i = 0; i < 20000; i++)
        decoder_feed(d, "plain\n", 6, false, &out);
    assert_int_equal(out.bytes, 120000);
    assert_string_equal(decoder_encoding(d), "");
    decoder_feed(d, "\xD6\xD0\xB9\xFA\xC8\xCB\xA3\xAC\xCE\xD2\xC3\xC7", 12, true, &out);
    assert_string_equal(decoder_encoding(d), "gb18030");
    assert_string_equal(out.data + 120000, "中国人，我们");
    buffer_release(&out);
    decoder_free(d);
}

static void decoder_feed__believes_a_declaration_of_markup(void **state)
{
    static const char xml[] = "<?xml version='1.0' encoding='iso-8859-2'?><p>\xB1</p>";
    static const char html[] = "<html><head><meta charset=big5></head>\xA4\xA4";
    static const char lies[] = "<?xml version='1.0' encoding='iso-8859-2'?><p>\xE4\xB8\xAD</p>";

    (void)state;
    assert_decodes(NULL, xml, sizeof xml - 1,
                   "<?xml version='1.0' encoding='iso-8859-2'?><p>ą</p>", 0);
    assert_decodes(NULL, html, sizeof html - 1, "<html><head><meta charset=big5></head>中", 0);
    assert_decodes(NULL, lies, sizeof lies - 1,
                   "<?xml version='1.0' encoding='iso-8859-2'?><p>中</p>", 0);
}

/* A page in Chinese that declares a Western European or a Japanese encoding, as templates do;
 * and one whose declaration follows its title. */
static void decoder_feed__believes_no_declaration_that_the_bytes_belie(void **state)
{
    /* 中国人民银行今天下午举行新闻发布会 in GB18030 */
    static const char words[] =
        "\xD6\xD0\xB9\xFA\xC8\xCB\xC3\xF1\xD2\xF8\xD0\xD0\xBD\xF1\xCC\xEC\xCF\xC2\xCE\xE7\xBE"
        "\xD9\xD0\xD0\xD0\xC2\xCE\xC5\xB7\xA2\xB2\xBC\xBB\xE1\xA3\xAC\xB4\xF3\xBC\xD2\xBA\xC3"
        "\xA1\xA3";
    static const char *const declarations[] = {"iso-8859-1", "windows-1252", "shift_jis",
                                               "gb2312"};
    struct buffer page = {0};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof declarations / sizeof *declarations; i++) {
        struct buffer out = {0};
        struct decoder *d;

        buffer_clear(&page);
        buffer_append_format(&page, "<html><meta charset=%s><p>%s", declarations[i], words);
        d = feed(NULL, page.data, page.bytes, 65536, &out);
        assert_string_equal(decoder_encoding(d), "gb18030");
        buffer_release(&out);
        decoder_free(d);
    }
    assert_decodes(NULL, "<title>\xB1</title><meta charset=iso-8859-2>", 41,
                   "<title>ą</title><meta charset=iso-8859-2>", 0);
    buffer_release(&page);
}

/* A damaged byte in UTF-8, early or late, is replaced; it does not change the encoding. */
static void decoder_feed__stays_with_utf8_that_is_damaged(void **state)
{
    struct buffer text = {0};
    struct buffer out = {0};
    struct decoder *d;
    size_t i;

    (void)state;
    for (i = 0; i < 40000; i++)
        buffer_append_string(&text, i == 20 || i == 39000 ? "\xE4\xB8" : "中文");
    d = feed(NULL, text.data, text.bytes, 65536, &out);
    assert_string_equal(decoder_encoding(d), "utf-8");
    assert_int_equal(decoder_replaced(d), 2);
    assert_int_equal(utf8_valid_prefix(out.data, out.bytes), out.bytes);
    buffer_release(&out);
    buffer_release(&text);
    decoder_free(d);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Any bytes, in any encoding, in any pieces: valid UTF-8, and the same for all pieces. */
static void decoder_feed__makes_valid_utf8_of_anything(void **state)
{
    const char *const *name;
    uint32_t seed = 7;
    char bytes[400];
    size_t i, round;

    (void)state;
    for (round = 0; round < 40; round++) {
        for (i = 0; i < sizeof bytes; i++)
            bytes[i] = (char)(next_random(&seed) >> (round % 3 == 0 ? 0 : 4));
        for (name = decoder_names(); *name != NULL; name++) {
            struct buffer whole = {0};
            struct buffer parts = {0};

            decoder_free(feed(*name, bytes, sizeof bytes, sizeof bytes, &whole));
            decoder_free(feed(*name, bytes, sizeof bytes, 1 + round % 7, &parts));
            assert_int_equal(utf8_valid_prefix(buffer_string(&whole), whole.bytes),
                             whole.bytes);
            assert_int_equal(whole.bytes, parts.bytes);
            assert_memory_equal(buffer_string(&whole), buffer_string(&parts), whole.bytes);
            buffer_release(&whole);
            buffer_release(&parts);
        }
        {
            struct buffer out = {0};

            decoder_free(feed(NULL, bytes, sizeof bytes, 1 + round, &out));
            assert_int_equal(utf8_valid_prefix(buffer_string(&out), out.bytes), out.bytes);
            buffer_release(&out);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decoder_feed__replaces_maximal_subparts),
        cmocka_unit_test(decoder_feed__drops_one_mark_at_the_start),
        cmocka_unit_test(decoder_feed__keeps_wide_units_in_step),
        cmocka_unit_test(decoder_feed__reads_each_encoding_by_name),
        cmocka_unit_test(decoder_new__knows_the_names_it_lists_and_no_others),
        cmocka_unit_test(decoder_new__suggests_the_name_that_was_meant),
        cmocka_unit_test(decoder_feed__tells_the_encoding_of_short_text),
        cmocka_unit_test(decoder_feed__tells_the_same_from_pieces),
        cmocka_unit_test(decoder_feed__shows_ascii_before_it_knows),
        cmocka_unit_test(decoder_feed__believes_a_declaration_of_markup),
        cmocka_unit_test(decoder_feed__believes_no_declaration_that_the_bytes_belie),
        cmocka_unit_test(decoder_feed__stays_with_utf8_that_is_damaged),
        cmocka_unit_test(decoder_feed__makes_valid_utf8_of_anything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Shared by the tests of the text layer. */
#include "text_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

struct layout *layout_new(bool ambiguous_wide)
{
    struct layout *l = memory_zalloc(1, sizeof *l);

    l->w = width_new(ambiguous_wide);
    return l;
}

void layout_free(struct layout *l)
{
    width_free(l->w);
    display_release(&l->d);
    wrap_release(&l->wrap);
    free(l);
}

void layout_text(struct layout *l, const char *text, size_t bytes)
{
    l->text = text;
    l->bytes = bytes;
    display_make(&l->d, l->w, text, bytes);
}

void layout_wrap(struct layout *l, int columns, const char *language)
{
    wrap_fill(&l->wrap, &l->d, l->text, l->bytes, columns, language);
}

static void append_line(const struct layout *l, const struct wrap_line *line,
                        struct buffer *out)
{
    int columns = 0;
    uint32_t i;

    for (i = line->glyph; i < line->glyph_end; i++) {
        const struct glyph *g = &l->d.glyphs[i];

        if (columns + g->columns > line->columns)
            break;
        buffer_append(out, g->text, g->bytes);
        columns += g->columns;
    }
}

const char *layout_lines(struct layout *l, struct buffer *out, const char *text, int columns,
                         const char *language)
{
    size_t i;

    buffer_clear(out);
    layout_text(l, text, strlen(text));
    layout_wrap(l, columns, language);
    for (i = 0; i < l->wrap.count; i++) {
        if (i > 0)
            buffer_append_char(out, '|');
        append_line(l, &l->wrap.lines[i], out);
    }
    return buffer_string(out);
}

const char *layout_drawn(struct layout *l, struct buffer *out, const char *text, size_t bytes,
                         const char *between)
{
    size_t i;

    buffer_clear(out);
    layout_text(l, text, bytes);
    for (i = 0; i < l->d.count; i++) {
        if (i > 0)
            buffer_append_string(out, between);
        buffer_append(out, l->d.glyphs[i].text, l->d.glyphs[i].bytes);
    }
    return buffer_string(out);
}

uint64_t random_next(uint64_t *seed)
{
    uint64_t x = *seed;

    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    *seed = x;
    return x;
}

/* Ranges of code points that random text takes from: scripts, marks, controls, tricks. */
static const struct {
    uint32_t first, last;
} pools[] = {{0x20, 0x7E},        {0x20, 0x20},       {0x30, 0x39},       {0x61, 0x7A},
             {0x00, 0x1F},        {0x7F, 0x9F},       {0xA0, 0xFF},       {0x100, 0x24F},
             {0x300, 0x36F},      {0x391, 0x3C9},     {0x410, 0x44F},     {0x5D0, 0x5EA},
             {0x600, 0x6FF},      {0x900, 0x97F},     {0xC80, 0xCFF},     {0xE00, 0xE5B},
             {0xE80, 0xEDF},      {0x1000, 0x109F},   {0x1100, 0x11FF},   {0x1780, 0x17F9},
             {0x1EA0, 0x1EF9},    {0x2000, 0x206F},   {0x20A0, 0x20BF},   {0x20D0, 0x20F0},
             {0x2100, 0x214F},    {0x2460, 0x24FF},   {0x2500, 0x25FF},   {0x2600, 0x27BF},
             {0x2E80, 0x2FDF},    {0x3000, 0x303F},   {0x3041, 0x309F},   {0x30A0, 0x30FF},
             {0x3131, 0x318E},    {0x3200, 0x32FF},   {0x4DC0, 0x4DFF},   {0x4E00, 0x9FFF},
             {0x4E00, 0x9FFF},    {0x4E00, 0x9FFF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
             {0xD7B0, 0xD7FF},    {0xE000, 0xE0FF},   {0xF900, 0xFAFF},   {0xFB00, 0xFDFF},
             {0xFE00, 0xFE6F},    {0xFF00, 0xFFFF},   {0x11000, 0x110FF}, {0x16FE0, 0x16FFF},
             {0x1F1E6, 0x1F1FF},  {0x1F300, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x1F3FB, 0x1F3FF},
             {0x20000, 0x2A6DF},  {0x2F800, 0x2FA1D}, {0x31350, 0x323AF}, {0xE0000, 0xE01EF},
             {0x10FFF0, 0x10FFFF}};

static const char *const phrases[] = {"2020-03-09",
                                      "10:25:22",
                                      "45,239.50",
                                      "U.S.A.",
                                      "C++",
                                      "——",
                                      "……",
                                      "。」",
                                      "「『",
                                      "“甲”",
                                      "‘乙’",
                                      "don’t",
                                      "👨‍👩‍👧",
                                      "🇨🇳",
                                      "1️⃣",
                                      "👍🏽",
                                      "❤️",
                                      "한국어",
                                      "각",
                                      "ｶﾞ",
                                      "กำ",
                                      "क्षि",
                                      "https://example.com/a?b=c",
                                      "\r\n",
                                      "\t",
                                      "　",
                                      "\xE2\x80\x8B",
                                      "\xC2\xAD",
                                      "é"};

static void append_code_point(struct buffer *out, uint32_t cp)
{
    char bytes[UTF8_MAX_BYTES];

    buffer_append(out, bytes, utf8_encode(cp, bytes));
}

void random_text(struct buffer *out, uint64_t *seed, int pieces)
{
    int i;

    for (i = 0; i < pieces; i++) {
        uint64_t dice = random_next(seed);
        size_t pool = dice % (sizeof pools / sizeof *pools);
        uint64_t run = (dice >> 32) % 4 == 0 ? (dice >> 40) % 30 + 1 : (dice >> 40) % 3 + 1;

        if ((dice >> 20) % 5 == 0) {
            pool = (dice >> 8) % (sizeof phrases / sizeof *phrases);
            buffer_append_string(out, phrases[pool]);
            continue;
        }
        while (run-- > 0)
            append_code_point(out, pools[pool].first +
                                       (uint32_t)(random_next(seed) %
                                                  (pools[pool].last - pools[pool].first + 1)));
    }
}

/* Strings that went wrong in some program, or that could. */
const char *const nasty_strings[] = {
    "",
    " ",
    "        ",
    "\n",
    "\r\n\r\n",
    "\r",
    "a\rb",
    "\t\t\t",
    "a\tb\tc",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]52;c;YQ==\x1b\\",
    "\xC2\x9B"
    "31m",
    "\xC2\x9D"
    "0;x\xC2\x9C",
    "\x7F\x08\x08\x08",
    "a\x0B"
    "b\x0C"
    "c\xC2\x85"
    "d",
    "a\xE2\x80\xA8"
    "b\xE2\x80\xA9"
    "c",
    "user\xE2\x80\xAEtxt.exe",
    "\xE2\x80\xAE\xE2\x80\xAE\xE2\x80\xAE\xE2\x80\xAE",
    "\xE2\x81\xA6isolate\xE2\x81\xA9",
    "\xD8\x9C\xE2\x80\x8E\xE2\x80\x8F",
    "\xCC\x81",
    "\xCC\x81\xCC\x82\xCC\x83",
    "a\xCC\x80\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85\xCC\x86",
    "漢\xCC\x81字\xE3\x82\x99",
    "か\xE3\x82\x99は\xE3\x82\x9Aん\xE3\x82\x99",
    "\xE3\x82\x99",
    "ｶﾞｷﾞｸﾞ ﾊﾟ ﾞ",
    "e\xCC\x81 \xC3\xA9",
    "Å \xE2\x84\xAB",
    "각 \xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8",
    "\xE1\x84\x80\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8\xE1\x86\xA8",
    "\xE1\x84\x80",
    "\xE1\x85\xA1\xE1\x86\xA8",
    "\xE1\x85\x9F\xE1\x85\xA0\xE3\x85\xA4\xEF\xBE\xA0",
    "훈\xE3\x80\xAE민\xE3\x80\xAF",
    "👨‍👩‍👧‍👦",
    "👩🏽‍🚀👩‍❤️‍💋‍👨",
    "👍🏻👍🏿",
    "\xF0\x9F\x8F\xBD",
    "❤️ ❤︎ ☺️",
    "🇨🇳🇯🇵🇰🇷🇹🇼",
    "🇨🇳🇯",
    "🏴\xF3\xA0\x81\xA7\xF3\xA0\x81\xA2\xF3\xA0\x81\xB3\xF3\xA0\x81\xA3\xF3\xA0\x81\xB4\xF3"
    "\xA0\x81\xBF",
    "1️⃣#️⃣*⃣",
    "\xE2\x83\xA3",
    "\xE2\x80\x8D\xE2\x80\x8D\xE2\x80\x8D",
    "\xEF\xB8\x8F",
    "\xEF\xBB\xBF"
    "bom",
    "a\xE2\x80\x8B"
    "b\xE2\x81\xA0"
    "c\xC2\xAD"
    "d",
    "葛\xF3\xA0\x84\x80城 辻\xF3\xA0\x84\x81",
    "𠀀𠮷𪚥𮯠",
    "\xF0\xB1\x8D\x90 \xF0\xB2\x8E\xAF",
    "䷀䷿㉈㉏",
    "“”‘’—…·①○♪─│",
    "“甲”“乙”“丙”“丁”“戊”",
    "（「『《〈【〔〖",
    "。。。。。。。。。。。。。。。。",
    "。」）》，、；：？！",
    "「「「「「「「「",
    "————————————————",
    "………………………………",
    "甲—乙·丙～丁／戊＞己≫庚",
    "A“甲”B",
    "don’t ‘quoted’ “quoted”",
    "2020-03-09 10:25:22",
    "２０２０年１２月３１日１０：２５",
    "一共45,239.50元，占5.22億件",
    "U.S.A.和example.com及C++與C#",
    "https://example.com/a/very/long/path?with=query&and=more#fragment",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "123456789012345678901234567890123456789012345678901234567890123456789012345",
    "대한민국의 국회의원은 국회(國會)에서 “한국”을 말했다.",
    "가나다라마바사아자차카타파하가나다라마바사아자차카타파하",
    "ภาษาไทยไม่มีวรรคระหว่างคำ น้ำ กำ",
    "ພາສາລາວ ນ້ຳ",
    "ខ្ញុំស្រឡាញ់ភាសាខ្មែរ",
    "မြန်မာဘာသာ ကြောင်း",
    "नमस्ते क्षत्रिय हिन्दी",
    "কলকাতা தமிழ் ಕನ್ನಡ",
    "مرحبا بالعالم ﷺ",
    "שָׁלוֹם עולם",
    "ᠮᠣᠩᠭᠣᠯ\xE1\xA0\x8B",
    "\xEE\x80\x80\xEF\xA3\xBF\xF4\x80\x80\x80",
    "\xEF\xBF\xBE\xEF\xBF\xBF\xF4\x8F\xBF\xBF",
    "\xEF\xBF\xBD\xEF\xBF\xBC\xEF\xBF\xB9",
    "　　全角の字下げ　　",
    "word          word          word",
    "no\xC2\xA0"
    "break\xE2\x80\xAFspace",
    "\xE2\x81\xA0\xE2\x81\xA0\xE2\x81\xA0\xE2\x81\xA0",
    "( ( ( ( ( ( ( (",
    ") ) ) ) ) ) ) )",
};
const size_t nasty_count = sizeof nasty_strings / sizeof *nasty_strings;

FILE *unicode_file(const char *name)
{
    static const char *const folders[] = {"/usr/share/unicode", "/usr/share/unicode/ucd"};
    FILE *f = NULL;
    size_t i;

    for (i = 0; f == NULL && i < sizeof folders / sizeof *folders; i++) {
        char path[256];

        snprintf(path, sizeof path, "%s/%s", folders[i], name);
        f = fopen(path, "r");
    }
    return f;
}

struct matcher *matcher_made(const char *query, unsigned flags)
{
    struct error err = {0};
    struct matcher *m = matcher_new(query, strlen(query), flags, &err);

    if (m == NULL)
        fail_msg("'%s': %s", query, err.message);
    return m;
}

/* Encoding detection: by byte order mark, by the pattern of NULs, by being UTF-8, by a
 * declaration in XML or HTML, else by trying the encodings in which transcripts occur and
 * choosing the one with the likeliest text. A row of `readings` is an encoding with the
 * frequent characters of one language: the same bytes are letters in many encodings, and only
 * their frequency distinguishes them. */
#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "shilu/text/decode.h"
#include "shilu/text/utf8.h"
#include "text/decode_private.h"

enum {
    SAMPLE_BYTES = 4096,
    HEAD_BYTES = 4096,
    INVALID_MAX_SHARE = 20, /* in a declared encoding one character in so many may be invalid */
    ENOUGH_CHARACTERS = 20  /* from so many on, likelihood may overrule a declaration */
};

#define NEUTRAL_SCORE 1.0
#define LIKELIER_BY_FAR 3.0

/* -------------------------------------------------------------------------- the start */

struct mark {
    const char *bytes;
    size_t count;
    const char *encoding;
};

/* Longer marks first: UTF-32LE's starts like UTF-16LE's. */
static const struct mark marks[] = {
    {"\xFF\xFE\0\0", 4, "utf-32le"},    {"\0\0\xFE\xFF", 4, "utf-32be"},
    {"\xFF\xFE", 2, "utf-16le"},        {"\xFE\xFF", 2, "utf-16be"},
    {"\xEF\xBB\xBF", 3, "utf-8"},       {"\xEF\xBB\xBF", 3, "utf-8"},
    {"\x84\x31\x95\x33", 4, "gb18030"},
};

static const struct encoding *named(const char *name)
{
    return decode_encoding(name, strlen(name));
}

/* Text in UTF-16 or UTF-32 without a byte order mark has NULs at regular positions: ASCII text
 * in nearly every unit, CJK text at spaces and line ends, where the bytes are not UTF-8
 * either. */
static const struct encoding *by_nul_pattern(const char *bytes, size_t count)
{
    size_t nul[4] = {0};
    size_t sample = (count < SAMPLE_BYTES ? count : SAMPLE_BYTES) / 4 * 4;
    size_t each = sample / 4;
    size_t i, even, odd, least, valid;

    if (memchr(bytes, '\0', sample) == NULL)
        return NULL;
    for (i = 0; i < sample; i++)
        nul[i % 4] += bytes[i] == '\0';
    even = nul[0] + nul[2];
    odd = nul[1] + nul[3];
    if (nul[3] == each && nul[2] * 10 > each * 9 && nul[0] * 10 < each)
        return named("utf-32le");
    if (nul[0] == each && nul[1] * 10 > each * 9 && nul[3] * 10 < each)
        return named("utf-32be");
    least = decode_is_utf8(span_of(bytes, count), &valid) ? sample * 3 / 8 : 0;
    if (odd > least && even * 16 <= odd)
        return named("utf-16le");
    return even > least && odd * 16 <= even ? named("utf-16be") : NULL;
}

enum { BOM_BYTES = 4, EBU_STL_BYTES = 11 };

/* Three digits may be the code page at the start of an EBU STL file. */
size_t decode_start_bytes(const char *bytes, size_t count)
{
    size_t i;

    for (i = 0; i < count && i < 3; i++) {
        if (bytes[i] < '0' || bytes[i] > '9')
            return BOM_BYTES;
    }
    return count < 3 ? BOM_BYTES : EBU_STL_BYTES;
}

/* EBU STL is not text: its bytes are passed through, each as the character with its number. */
static bool is_ebu_stl(const char *bytes, size_t count)
{
    return count >= EBU_STL_BYTES && memcmp(bytes + 3, "STL", 3) == 0 && bytes[6] >= '0' &&
           bytes[6] <= '9' && memcmp(bytes + 8, ".01", 3) == 0;
}

const struct encoding *decode_detect_start(const char *bytes, size_t count)
{
    size_t i;

    if (is_ebu_stl(bytes, count))
        return named("iso-8859-1");

    for (i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (count >= marks[i].count && memcmp(bytes, marks[i].bytes, marks[i].count) == 0)
            return named(marks[i].encoding);
    }
    return by_nul_pattern(bytes, count);
}

bool decode_has_wide_units(const char *bytes, size_t count)
{
    const struct encoding *encoding = decode_detect_start(bytes, count);

    return encoding != NULL && encoding->unit_bytes > 1;
}

/* ------------------------------------------------------------------------ likelihood */

/* Han characters that make up about half of Chinese text in either script, with the most common
 * ones of Japanese. */
#define HAN                                                                                                                                \
    "的一是在不了有和人這这中大為为上個个國国我以要他時时來来用們们生到作地於于出就分對对成會" \
    "会可主發发年動动同工也能下過过子說说產产種种面而方後后多定行學学法所民得經经十三之進进著" \
    "着等部度家電电力裡里如水化高自二理起小物現现實实加量都兩两體体制機机當当使點点從从業业本" \
    "去把性好應应開开它合還还因由其些然前外天政四日那社義义事平形相全表間间様與与關关各重新線" \
    "线內内數数正心反你明看原又麼么利比或但質质氣气第向道命此變变條条只沒没結结解問问意建月公" \
    "無无系軍军很情者最立代想已通並并提直題题黨党程展五果料象員员革位入常文總总次品式活設设及" \
    "管特件長长求老頭头基資资邊边流路級级少圖图山統统接知較较將将組组見见計计別别她手角期根論" \
    "论運运農农指請请謝谢記记呢嗎吗吧啊什怎"

/* The syllables of endings, particles and the most common words. */
#define HANGUL                                                                                                                             \
    "이다는에을의가고하를지한은기사도로자해어서시그있것니대들수나인일정부아라보만면여게리으습" \
    "까주장구스전안위원요거제상저네말경적과와성국동문우데러없조신생공중내오모세선방소관"

/* An encoding, its frequent characters, and a character from the block of its letters. */
struct reading {
    const char *encoding;
    const char *frequent;
    uint32_t block;
};

enum { BLOCK_LATIN = 0xC0, BLOCK_KANA = 0x3042, BLOCK_HAN = 0x4E00, BLOCK_HANGUL = 0xAC00 };

/* Of equal scores the first wins. */
static const struct reading readings[] = {
    {"gb18030", HAN, BLOCK_HAN},
    {"big5", HAN, BLOCK_HAN},
    {"shift_jis", HAN, BLOCK_KANA},
    {"euc-jp", HAN, BLOCK_KANA},
    {"euc-kr", HANGUL, BLOCK_HANGUL},
    {"windows-1252", "éèàêçâîôûùëïœÉÀ", BLOCK_LATIN},         /* French */
    {"windows-1252", "äöüßÄÖÜåøæéØÅ", BLOCK_LATIN},           /* German, Nordic */
    {"windows-1252", "áéíóúñüãõâêçàÁÉÍÓÚÑ¿¡ºª", BLOCK_LATIN}, /* Spanish, Portuguese */
    {"windows-1252", "àèéìòùÈÀ", BLOCK_LATIN},                /* Italian */
    {"windows-1250", "áéíóúýčďěňřšťůžľôäĺČŠŽŘ", BLOCK_LATIN}, /* Czech, Slovak */
    {"windows-1250", "ąćęłńóśźżŁŚŻ", BLOCK_LATIN},            /* Polish */
    {"windows-1250", "áéíóöőúüűÁÉŐ", BLOCK_LATIN},            /* Hungarian */
    {"windows-1250", "čćžšđČĆŽŠĐ", BLOCK_LATIN},              /* Croatian, Slovene */
    {"windows-1250", "ăâîşţĂÎŞŢ", BLOCK_LATIN},               /* Romanian */
    {"windows-1254", "ıığşçöüİŞĞÇÖÜ", BLOCK_LATIN},           /* Turkish */
    {"windows-1257", "āčēģīķļņšūžąęėįųāŠŽ", BLOCK_LATIN},     /* Baltic */
    {"windows-1251", "оеаинтсрвлкміїє", 0x430},
    {"koi8-r", "оеаинтсрвлкм", 0x430},
    {"windows-1253", "αοιετσνηυρκπάίόέ", 0x3B1},
    {"windows-1255", "יוהלאתרמבש", 0x5D0},
    {"windows-1256", "اليمنوتربه", 0x627},
    {"windows-874", "านรอกเงม่ยลวท้ดสตะปบ", 0xE01},
};

static bool is_in(const char *set, uint32_t cp)
{
    char utf8[UTF8_MAX_BYTES];
    size_t bytes = utf8_encode(cp, utf8);

    return memmem(set, strlen(set), utf8, bytes) != NULL;
}

static bool is_punctuation(uint32_t cp)
{
    return (cp >= 0x2010 && cp <= 0x2026) || cp == 0xAB || cp == 0xBB || cp == 0xB7 ||
           cp == 0xA0 || cp == 0x20AC;
}

static bool is_kana(uint32_t cp)
{
    return cp >= 0x3041 && cp <= 0x30FE;
}

/* Characters that no text has: controls, private use, and noncharacters. */
static bool is_foreign(uint32_t cp)
{
    return (cp < 0x20 && strchr("\t\n\r\f\x1B", (int)cp) == NULL) ||
           (cp >= 0x7F && cp < 0xA0) || (cp >= 0xE000 && cp <= 0xF8FF) ||
           cp == UTF8_REPLACEMENT || cp >= 0xF0000;
}

static double likelihood_east_asian(const struct reading *r, uint32_t cp)
{
    if ((cp >= 0x3000 && cp <= 0x3015) || (cp >= 0xFF01 && cp <= 0xFF5E))
        return 6; /* punctuation and full-width forms */
    if (is_kana(cp))
        return r->block == BLOCK_KANA ? 6 : 2;
    if (cp >= 0x4E00 && cp <= 0x9FFF)
        return r->block == BLOCK_HANGUL ? -1 : 1;
    if (cp >= 0xAC00 && cp <= 0xD7A3)
        return r->block == BLOCK_HANGUL ? 2 : -3;
    if (cp >= 0xFF61 && cp <= 0xFF9F)
        return -2; /* half-width kana: Shift_JIS turns anything into these */
    return -2;
}

/* Letters of the same script are near each other in Unicode. */
static double likelihood_alphabetic(const struct reading *r, uint32_t cp, bool after_letter)
{
    uint32_t block_end = r->block == BLOCK_LATIN ? 0x17F : r->block + 0x58;

    if (cp + 0x30 >= r->block && cp <= block_end && cp >= 0xC0 && cp != 0xD7 && cp != 0xF7)
        return r->block == BLOCK_LATIN && after_letter ? -1 : 1.8;
    return -3;
}

/* A word of Greek, Cyrillic, Hebrew, Arabic or Thai has no ASCII letters in it. */
static bool mixes_scripts(const struct reading *r, uint32_t cp, uint32_t before, uint32_t after)
{
    return r->block > BLOCK_LATIN && r->block < 0x3000 && cp >= 0x370 &&
           ((before | 32) - 'a' < 26u || (after | 32) - 'a' < 26u);
}

static double likelihood(const struct reading *r, uint32_t cp, uint32_t before, uint32_t after)
{
    if (is_foreign(cp))
        return -8;
    if (mixes_scripts(r, cp, before, after))
        return -4;
    if (is_in(r->frequent, cp))
        return r->block >= 0x3000 ? 8 : r->block == BLOCK_LATIN && before >= 0xC0 ? 1 : 6;
    if (is_punctuation(cp))
        return 3;
    return r->block >= 0x3000 ? likelihood_east_asian(r, cp)
                              : likelihood_alphabetic(r, cp, before >= 0xC0);
}

/* The sample in this encoding; what cannot be decoded becomes U+FFFD. */
static bool convert_sample(const struct encoding *encoding, const char *bytes, size_t count,
                           struct buffer *out)
{
    iconv_t converter = iconv_open("UTF-8", encoding->iconv_name);
    char *from = (char *)bytes;
    size_t left = count;

    if (converter == (iconv_t)-1 && encoding->otherwise != NULL)
        converter = iconv_open("UTF-8", encoding->otherwise);
    if (converter == (iconv_t)-1)
        return false;
    buffer_clear(out);
    while (left > 0) {
        size_t capacity = left * 3 + 16;
        char *to = buffer_reserve(out, capacity);
        size_t free_room = capacity;
        bool ok = iconv(converter, &from, &left, &to, &free_room) != (size_t)-1;
        int cause = errno;

        buffer_commit(out, capacity - free_room);
        if (!ok && cause == EINVAL)
            break; /* cut by the sample's end */
        if (!ok && cause != E2BIG) {
            buffer_append(out, "\xEF\xBF\xBD", 3);
            from++;
            left--;
        }
    }
    iconv_close(converter);
    return true;
}

/* The mean over characters that are not ASCII. */
static double score(const struct reading *r, const struct buffer *text)
{
    double sum = 0;
    size_t count = 0;
    size_t at = 0;
    uint32_t before = 0;

    while (at < text->bytes) {
        uint32_t cp;

        at += utf8_decode(text->data + at, text->bytes - at, &cp);
        if (cp >= 0x80 || is_foreign(cp)) {
            unsigned char after = at < text->bytes ? (unsigned char)text->data[at] : 0;

            sum += likelihood(r, cp, before, after);
            count++;
        }
        before = cp;
    }
    return count > 0 ? sum / (double)count : 0;
}

/* How well a row fits what was converted with its encoding; the converted text is kept for
 * following rows with the same encoding. */
struct trial {
    const struct encoding *encoding;
    struct buffer text;
    bool ok;
};

static double try_reading(struct trial *t, const struct reading *r, const char *bytes,
                          size_t count)
{
    const struct encoding *encoding = named(r->encoding);

    if (encoding != t->encoding)
        t->ok = convert_sample(encoding, bytes, count < SAMPLE_BYTES ? count : SAMPLE_BYTES,
                               &t->text);
    t->encoding = encoding;
    return t->ok ? score(r, &t->text) : -100;
}

/* The likeliest encoding and its score. */
static const struct encoding *by_likelihood(const char *bytes, size_t count, double *best_score)
{
    const struct encoding *best = named("windows-1252");
    struct trial t = {0};
    size_t i;

    *best_score = -100;
    for (i = 0; i < sizeof readings / sizeof *readings; i++) {
        double this_score = try_reading(&t, &readings[i], bytes, count);

        if (this_score > *best_score) {
            *best_score = this_score;
            best = t.encoding;
        }
    }
    buffer_release(&t.text);
    return best;
}

/* The best score of the rows with this encoding; NEUTRAL_SCORE if there are none. */
static double score_of(const struct encoding *encoding, const char *bytes, size_t count)
{
    double best = -100;
    struct trial t = {0};
    size_t i;

    for (i = 0; i < sizeof readings / sizeof *readings; i++) {
        if (named(readings[i].encoding) == encoding) {
            double this_score = try_reading(&t, &readings[i], bytes, count);

            best = this_score > best ? this_score : best;
        }
    }
    buffer_release(&t.text);
    return best > -100 ? best : NEUTRAL_SCORE;
}

/* Whether the bytes may be in the encoding that the file declares: few are invalid in it, and
 * no other is far likelier. */
static bool agrees(const struct encoding *declared, const char *bytes, size_t count)
{
    struct buffer text = {0};
    size_t invalid = 0;
    size_t above = 0;
    size_t at = 0;
    double best;

    if (count > SAMPLE_BYTES)
        count = SAMPLE_BYTES;
    if (!convert_sample(declared, bytes, count, &text))
        return true;
    while (at < text.bytes) {
        uint32_t cp;

        at += utf8_decode(text.data + at, text.bytes - at, &cp);
        above += cp >= 0x80;
        invalid += cp == UTF8_REPLACEMENT || (cp >= 0x80 && cp < 0xA0);
    }
    buffer_release(&text);
    if (invalid * INVALID_MAX_SHARE > above)
        return false;
    if (above < ENOUGH_CHARACTERS)
        return true;
    by_likelihood(bytes, count, &best);
    return best - score_of(declared, bytes, count) < LIKELIER_BY_FAR;
}

/* ---------------------------------------------------------------------- declarations */

/* encoding="…" in an XML declaration, charset=… in an HTML head, if there is markup. */
static const struct encoding *by_declaration(const char *head, size_t bytes)
{
    static const char *const keys[] = {"encoding=", "charset="};
    const char *end = head + bytes;
    size_t k;

    if (bytes == 0 || memchr(head, '<', bytes) == NULL)
        return NULL;
    for (k = 0; k < sizeof keys / sizeof *keys; k++) {
        const char *at = memmem(head, bytes, keys[k], strlen(keys[k]));
        const char *name;

        if (at == NULL)
            continue;
        at += strlen(keys[k]);
        at += at < end && (*at == '"' || *at == '\'');
        for (name = at; at < end && (isalnum((unsigned char)*at) || strchr("-_.:", *at));)
            at++;
        if (at > name && decode_encoding(name, (size_t)(at - name)) != NULL)
            return decode_encoding(name, (size_t)(at - name));
    }
    return NULL;
}

/* So nearly UTF-8 that a few bytes must have been damaged. */
static bool is_damaged_utf8(const char *bytes, size_t count)
{
    size_t good, bad;

    decode_count_utf8(bytes, count, &good, &bad);
    return good > 3 * bad;
}

const struct encoding *decode_detect(const char *head, size_t head_bytes, const char *bytes,
                                     size_t count)
{
    const struct encoding *declared;
    double best;

    declared = by_declaration(head, head_bytes);
    if (declared == NULL) /* a title may precede it */
        declared = by_declaration(bytes, count < HEAD_BYTES ? count : HEAD_BYTES);
    if (declared != NULL && declared->iconv_name != NULL && declared->unit_bytes == 1 &&
        agrees(declared, bytes, count))
        return declared;
    return is_damaged_utf8(bytes, count) ? named("utf-8") : by_likelihood(bytes, count, &best);
}

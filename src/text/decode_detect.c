/* Which encoding: by mark, by the pattern of NULs, by being well-formed UTF-8, by a declaration
 * in XML or HTML, else by trying those in which transcripts come and seeing which gives the
 * likeliest text. The likelihood is coarse on purpose: kana, Hangul, the most frequent Han
 * characters and CJK punctuation count for an encoding, what hardly occurs counts against. */
#include "decode_detect.h"

#include <ctype.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "shilu/text/decode.h"
#include "shilu/text/utf8.h"

enum { SAMPLE_BYTES = 8192, DECLARATION_BYTES = 1024 };

struct mark {
    const char *bytes;
    size_t count;
    const char *encoding;
};

/* The longer marks first: UTF-32's little-endian one starts as UTF-16's. */
static const struct mark marks[] = {
    {"\xEF\xBB\xBF", 3, "utf-8"},        {"\xFF\xFE\x00\x00", 4, "utf-32le"},
    {"\x00\x00\xFE\xFF", 4, "utf-32be"}, {"\xFF\xFE", 2, "utf-16le"},
    {"\xFE\xFF", 2, "utf-16be"},         {"\x84\x31\x95\x33", 4, "gb18030"},
};

const char *decode_detect_mark(const char *bytes, size_t count, size_t *mark_bytes)
{
    size_t i;

    for (i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (count >= marks[i].count && memcmp(bytes, marks[i].bytes, marks[i].count) == 0) {
            *mark_bytes = marks[i].count;
            return marks[i].encoding;
        }
    }
    return NULL;
}

/* Text in UTF-16 or UTF-32 without a mark holds many NULs, all in the same places. */
static const char *by_nul_pattern(const char *bytes, size_t count)
{
    size_t nul[4] = {0};
    size_t sample = (count < SAMPLE_BYTES ? count : SAMPLE_BYTES) / 4 * 4;
    size_t each = sample / 4;
    size_t i;

    if (sample < 16)
        return NULL;
    for (i = 0; i < sample; i++)
        nul[i % 4] += bytes[i] == '\0';
    if (nul[0] + nul[1] + nul[2] + nul[3] < sample / 8)
        return NULL;
    if (nul[2] > each * 9 / 10 && nul[3] == each && nul[0] < each / 10)
        return "utf-32le";
    if (nul[1] > each * 9 / 10 && nul[0] == each && nul[3] < each / 10)
        return "utf-32be";
    if (nul[0] + nul[2] < (nul[1] + nul[3]) / 8)
        return "utf-16le";
    if (nul[1] + nul[3] < (nul[0] + nul[2]) / 8)
        return "utf-16be";
    return NULL;
}

/* Well formed, or so nearly that a few bytes must have been damaged. */
static bool is_utf8(const char *bytes, size_t count, bool whole)
{
    size_t good = 0;
    size_t bad = 0;
    size_t at = 0;

    while (at < count) {
        size_t valid = utf8_valid_prefix(bytes + at, count - at);
        size_t i;

        for (i = at; i < at + valid; i++)
            good += (unsigned char)bytes[i] >= 0xC0;
        at += valid;
        if (at < count && (whole || count - at > 3))
            bad++;
        at++;
    }
    return bad == 0 || good > 8 * bad;
}

/* encoding="…" of an XML declaration, charset=… of an HTML head. */
static const char *by_declaration(const char *bytes, size_t count)
{
    static const char *const keys[] = {"encoding=", "charset="};
    size_t room = count < DECLARATION_BYTES ? count : DECLARATION_BYTES;
    size_t k;

    if (room < 16 || memchr(bytes, '<', 16) == NULL)
        return NULL;
    for (k = 0; k < 2; k++) {
        const char *at = memmem(bytes, room, keys[k], strlen(keys[k]));
        const char *const *name;

        if (at == NULL)
            continue;
        at += strlen(keys[k]);
        at += *at == '"' || *at == '\'';
        for (name = decoder_names(); *name != NULL; name++) {
            size_t length = strlen(*name);

            if ((size_t)(bytes + room - at) > length && strncasecmp(at, *name, length) == 0 &&
                !isalnum((unsigned char)at[length]))
                return *name;
        }
    }
    return NULL;
}

/* The characters that make up about a third of Chinese text, simplified and traditional, and
 * the commonest ones of Japanese. */
static const char frequent[] =
    "的一是在不了有和人這这中大為为上個个國国我以要他時时來来用們们生到作地於于出就分對对成會"
    "会可主發发年動动同工也能下過过子說说產产種种面而方後后多定行學学法所民得經经十三之進进著"
    "着等部度家電电力裡里如水化高自二理起小物現现實实加量都兩两體体制機机當当使點点從从業业本"
    "去把性好應应開开它合還还因由其些然前外天政四日那社義义事平形相全表間间様與与關关各重新線"
    "线內内數数正心反你明看原又麼么利比或但質质氣气第向道命此變变條条只沒没結结解問问意建月公"
    "無无系軍军很情者最立代想已通並并提直題题黨党程展五果料象員员革位入常文總总次品式活設设及"
    "管特件長长求老頭头基資资邊边流路級级少圖图山統统接知較较將将組组見见計计別别她手角期根論"
    "论運运農农指請请謝谢記记";

static bool is_frequent(uint32_t cp)
{
    char utf8[UTF8_MAX_BYTES];
    size_t bytes = utf8_encode(cp, utf8);

    return memmem(frequent, sizeof frequent - 1, utf8, bytes) != NULL;
}

static int likelihood(uint32_t cp)
{
    if (cp < 0x80)
        return cp < 0x20 && strchr("\t\n\r\f\x1B", (int)cp) == NULL ? -20 : 0;
    if (cp >= 0x3041 && cp <= 0x30FE)
        return 6; /* kana */
    if (cp >= 0xAC00 && cp <= 0xD7A3)
        return 4; /* Hangul */
    if (cp >= 0x4E00 && cp <= 0x9FFF)
        return is_frequent(cp) ? 8 : 1;
    if ((cp >= 0x3001 && cp <= 0x3011) || (cp >= 0xFF01 && cp <= 0xFF1F))
        return 6; /* CJK punctuation and full-width forms */
    if ((cp >= 0x2010 && cp <= 0x2026) || (cp >= 0xC0 && cp <= 0x17F))
        return 2; /* dashes, quotation marks, Latin letters with marks */
    if (cp >= 0xFF61 && cp <= 0xFF9F)
        return -3; /* half-width kana: what Shift_JIS makes of anything */
    if ((cp >= 0xE000 && cp <= 0xF8FF) || cp == UTF8_REPLACEMENT || (cp >= 0x80 && cp < 0xA0))
        return -20;
    return -1;
}

/* The sum over the characters of the sample as this encoding reads it, by byte of it. */
static double score(const char *encoding, const char *bytes, size_t count)
{
    struct error ignored;
    struct decoder *d = decoder_new(encoding, &ignored);
    struct buffer out = {0};
    long sum = 0;
    size_t at = 0;

    if (d == NULL)
        return -1000;
    decoder_feed(d, bytes, count, false, &out);
    while (at < out.bytes) {
        uint32_t cp;

        at += utf8_decode(out.data + at, out.bytes - at, &cp);
        sum += likelihood(cp);
    }
    sum -= 10 * (long)decoder_replaced(d);
    decoder_free(d);
    buffer_release(&out);
    return (double)sum / (double)(count > 0 ? count : 1);
}

static const char *by_likelihood(const char *bytes, size_t count)
{
    /* The last stands for text that is none of the others: every byte means something in it. */
    static const char *const tried[] = {"gb18030", "big5",   "shift_jis",
                                        "euc-jp",  "euc-kr", "windows-1252"};
    size_t sample = count < SAMPLE_BYTES ? count : SAMPLE_BYTES;
    const char *best = "windows-1252";
    double best_score = -1000;
    size_t i;

    for (i = 0; i < sizeof tried / sizeof *tried; i++) {
        double this_score = score(tried[i], bytes, sample);

        if (this_score > best_score) {
            best_score = this_score;
            best = tried[i];
        }
    }
    return best;
}

const char *decode_detect(const char *bytes, size_t count, bool whole, size_t *mark_bytes)
{
    const char *found = decode_detect_mark(bytes, count, mark_bytes);

    if (found != NULL)
        return found;
    *mark_bytes = 0;
    found = by_nul_pattern(bytes, count);
    if (found == NULL && is_utf8(bytes, count, whole))
        found = "utf-8";
    if (found == NULL)
        found = by_declaration(bytes, count);
    return found != NULL ? found : by_likelihood(bytes, count);
}

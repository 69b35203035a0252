/* Figures: one pass over the paragraphs; the first character shows whether a figure may start.
 * What a number counts is known by position: in Chinese and Japanese it comes after the unit
 * (8個工作組) or, if nothing follows, before the number (低保對象4317萬); in other languages it
 * comes after the number (4,317 people). Without a dictionary, the result is as much of the
 * phrase as is there. */
#include "shilu/analysis/figures.h"

#include <math.h>
#include <stdlib.h>
#include <strings.h>

#include "shilu/analysis/number_text.h"
#include "shilu/analysis/number_words.h"
#include "shilu/base/memory.h"
#include "shilu/text/char_class.h"
#include "shilu/text/decimal.h"
#include "shilu/text/month_names.h"
#include "shilu/text/utf8.h"

enum { MAX_QUOTED = 40, MAX_TITLE = 80, MAX_COUNTED = 12, MAX_WORDS = 3 };

struct pass {
    struct figures *out;
    const struct transcript *t;
    struct span words; /* of the paragraph */
    uint64_t arena_byte;
    bool dots_group; /* see number_text_read */
    bool english;    /* numbers may be written out */
};

void figures_release(struct figures *f)
{
    free(f->items);
    *f = (struct figures){0};
}

static struct figure *add(struct pass *p, enum figure_kind kind, size_t start, size_t end)
{
    struct figures *f = p->out;
    uint32_t segment = transcript_segment_at_byte(p->t, p->arena_byte + start);

    MEMORY_RESERVE(f->items, f->capacity, f->count + 1);
    f->items[f->count] = (struct figure){
        .kind = kind,
        .segment = segment,
        .byte = (uint32_t)(p->arena_byte + start -
                           transcript_segment(p->t, segment)->text_byte),
        .text = span_of(p->words.data + start, end - start),
        .to = NAN,
        .unit = {"", 0},
        .counted = {"", 0},
    };
    return &f->items[f->count++];
}

static uint32_t peek(struct span s, size_t *bytes)
{
    uint32_t cp = 0;

    *bytes = s.length > 0 ? utf8_decode(s.data, s.length, &cp) : 0;
    return cp;
}

static uint32_t before(struct span words, size_t at)
{
    uint32_t cp = 0;
    size_t start = at > 0 ? utf8_floor(words.data, words.length, at - 1) : 0;

    if (at > 0)
        utf8_decode(words.data + start, at - start, &cp);
    return cp;
}

static bool is_latin(uint32_t cp)
{
    return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp < 0x250);
}

static bool is_han(uint32_t cp)
{
    return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3400 && cp <= 0x4DBF) || cp == 0x3005;
}

/* Of a script that separates words by spaces. */
static bool is_spaced_letter(uint32_t cp)
{
    return char_is_letter(cp) && (!char_is_east_asian(cp) || char_is_hangul(cp));
}

static const char *longest_of(const char *const *list, struct span s)
{
    const char *best = NULL;

    for (; *list != NULL; list++) {
        if (span_starts_with(s, *list) && (best == NULL || strlen(*list) > strlen(best)))
            best = *list;
    }
    return best;
}

/* --------------------------------------------------------------------------- units */

/* Measure words and units directly after a number. */
static const char *const cjk_units[] = {
    "个月",     "個月",     "ヶ月",   "か月",     "カ月",       "ヵ月",   "个百分点",
    "個百分點", "百分点",   "百分點", "ポイント", "パーセント", "퍼센트", "%포인트",
    "小时",     "小時",     "時間",   "시간",     "分钟",       "分鐘",   "分間",
    "秒钟",     "秒鐘",     "公里",   "公斤",     "公顷",       "公頃",   "公尺",
    "平方公里", "平方千米", "千米",   "千克",     "毫米",       "厘米",   "釐米",
    "公分",     "毫克",     "毫升",   "兆赫",     "千赫",       "兆字节", "平方米",
    "平方公尺", "立方米",   "千瓦",   "兆瓦",     "美元",       "欧元",   "歐元",
    "日元",     "日圓",     "港元",   "港币",     "港幣",       "人民币", "人民幣",
    "英镑",     "英鎊",     "台币",   "台幣",     "元",         "圆",     "圓",
    "円",       "원",       "달러",   "ドル",     "ユーロ",     "유로",   "人次",
    "人份",     "人",       "名",     "명",       "位",         "个",     "個",
    "개",       "家",       "件",     "건",       "起",         "例",     "条",
    "條",       "项",       "項",     "种",       "種",         "所",     "座",
    "间",       "間",       "辆",     "輛",       "架",         "艘",     "次",
    "回",       "회",       "场",     "場",       "份",         "张",     "張",
    "枚",       "批",       "支",     "户",       "戶",         "世帯",   "台",
    "臺",       "대",       "部",     "篇",       "类",         "類",     "层",
    "層",       "倍",       "배",     "割",       "亩",         "畝",     "吨",
    "噸",       "トン",     "톤",     "米",       "天",         "日間",   "日",
    "일",       "周",       "週",     "주",       "年間",       "年",     "년",
    "岁",       "歲",       "歳",     "살",       "세",         "月",     "월",
    "度",       "期",       "届",     "屆",       "级",         "級",     "只",
    "隻",       "匹",       "头",     "頭",       "株",         "箱",     "万分",
    "社",       "校",       "県",     "省",       "市",         "县",     "縣",
    "国",       "國",       "개국",   "가구",     "곳",         "채",     "组",
    "組",       "班",       "队",     "隊",       "团",         "團",     "杯",
    "瓶",       "公升",     "升",     "克",       "斤",         "寸",     "秒",
    "号线",     NULL};

/* After a number, with or without a space; if letters continue the unit, it is another word. */
static const char *const percents[] = {"%",
                                       "％",
                                       "﹪",
                                       "‰",
                                       "٪",
                                       "percent",
                                       "per cent",
                                       "percentage points",
                                       "percentage point",
                                       "Prozent",
                                       "pour cent",
                                       "por ciento",
                                       "por cento",
                                       "per cento",
                                       "procent",
                                       "процентов",
                                       "процента",
                                       "процент",
                                       "відсотків",
                                       "प्रतिशत",
                                       "في المئة",
                                       "في المائة",
                                       "بالمئة",
                                       "بالمائة",
                                       "persen",
                                       "phần trăm",
                                       "yüzde",
                                       NULL};

static const char *const spaced_units[] = {
    "km²", "km2", "km/h", "km",  "m²",  "m2",  "m³",  "m3",  "cm",  "mm",   "m",   "kg",
    "mg",  "g",   "t",    "ha",  "kWh", "MWh", "GWh", "TWh", "kW",  "MW",   "GW",  "TW",
    "kHz", "MHz", "GHz",  "Hz",  "°C",  "°F",  "KB",  "MB",  "GB",  "TB",   "mph", "ppm",
    "€",   "£",   "₽",  "₴",   "zł",  "kr",  "USD", "EUR", "GBP", "JPY",  "CNY", "RMB",
    "TWD", "KRW", "RUB",  "INR", "км",  "кг",  "га",  "т",   "м",   "руб.", NULL};

static const char *const currencies[] = {"US$", "NT$", "HK$", "A$", "C$", "S$", "R$", "$", "€",
                                         "£",   "¥",   "￥",  "₩",  "₹",  "฿",  "＄", NULL};

/* Where a currency sign before the number starts. */
static size_t currency_before(struct span words, size_t at)
{
    size_t best = at;
    const char *const *sign;

    for (sign = currencies; *sign != NULL; sign++) {
        size_t length = strlen(*sign);

        if (at >= length && memcmp(words.data + at - length, *sign, length) == 0 &&
            at - length < best)
            best = at - length;
    }
    return best;
}

/* The length of a currency sign at the start. */
static size_t currency_behind(struct span s)
{
    const char *sign = longest_of(currencies, s);

    return sign != NULL ? strlen(sign) : 0;
}

/* ------------------------------------------------------------------- what is counted */

static bool is_one_of(uint32_t cp, const char *list)
{
    struct span s = span_string(list);

    while (s.length > 0) {
        size_t bytes;

        if (peek(s, &bytes) == cp)
            return true;
        s = span_skip(s, bytes);
    }
    return false;
}

/* Where a noun phrase of Chinese or Japanese ends: at a mark, at kana that link words, and at
 * grammatical characters that are hardly ever part of a noun. */
static bool ends_phrase(uint32_t cp)
{
    if (!is_han(cp) && !is_latin(cp) && !(cp >= 0x30A1 && cp <= 0x30FC))
        return true;
    return is_one_of(cp, "的了是有在與与及或把被將将並并而也都就從从要按");
}

/* Verbs that may come between a noun and its number: 超過, 約, 達到, 共有. */
static bool is_of_measure(uint32_t cp)
{
    return is_one_of(cp, "共約约达達到超過过為为已有了近逾只佔占是的");
}

/* Hiragana other than particles end a verb or an adjective. */
static bool is_ending(struct span s)
{
    size_t bytes;
    uint32_t cp = peek(s, &bytes);

    return cp >= 0x3041 && cp <= 0x3096 && !is_one_of(cp, "のはがをにでともへだ");
}

static struct span han_behind(struct span rest)
{
    struct span s = rest;
    struct span last;
    int count = 0;

    if (!span_take(&s, "的"))
        span_take(&s, "の");
    rest = last = s;
    while (s.length > 0 && count < MAX_COUNTED) {
        size_t bytes;
        uint32_t cp = peek(s, &bytes);

        if (ends_phrase(cp) || decimal_digit(cp) >= 0)
            break;
        count++;
        last = s;
        s = span_skip(s, bytes);
    }
    /* 1割増やす: the last character belongs to a verb. */
    if (is_ending(s))
        s = last;
    return span_of(rest.data, rest.length - s.length);
}

/* Skip "現在", "截至目前" and the like, which say when, not what. */
static struct span without_adverbs(struct span s)
{
    static const char *const adverbs[] = {"现在", "現在", "目前", "截至", "其中", "今年",
                                          "去年", "分别", "分別", "总共", "總共", "一共",
                                          "大概", "大约", "大約", NULL};
    const char *word;

    while ((word = longest_of(adverbs, s)) != NULL)
        span_take(&s, word);
    return s;
}

static struct span han_before(struct span words, size_t at)
{
    size_t start = at;
    int count = 0;

    while (start > 0 && is_of_measure(before(words, start)))
        start = utf8_floor(words.data, words.length, start - 1);
    if (start > 0 && is_one_of(before(words, start), "はがも")) /* 予算は3億円 */
        start = utf8_floor(words.data, words.length, start - 1);
    at = start;
    while (start > 0 && count < MAX_COUNTED) {
        uint32_t cp = before(words, start);

        if (ends_phrase(cp))
            break;
        count++;
        start = utf8_floor(words.data, words.length, start - 1);
    }
    return without_adverbs(span_of(words.data + start, at - start));
}

static bool is_function_word(struct span word)
{
    static const char *const list[] = {
        "of",     "in",   "and",  "to",   "for",  "the",  "a",   "on",   "at",   "by",
        "from",   "with", "is",   "are",  "was",  "were", "or",  "that", "who",  "which",
        "have",   "has",  "had",  "per",  "as",   "than", "de",  "la",   "et",   "und",
        "der",    "die",  "das",  "y",    "en",   "di",   "e",   "que",  "if",   "but",
        "so",     "it",   "we",   "they", "you",  "he",   "she", "i",    "this", "중",
        "가운데", "이상", "이하", "미만", "이내", "정도", "등",  "및",   "또는", NULL};
    const char *const *entry;

    for (entry = list; *entry != NULL; entry++) {
        if (strlen(*entry) == word.length && strncasecmp(*entry, word.data, word.length) == 0)
            return true;
    }
    return false;
}

/* In Korean the noun precedes its number, mostly with a particle: 대상자는 350만 명. */
static struct span hangul_before(struct span words, size_t at)
{
    static const char *const particles[] = {"에서는", "에게는", "에는", "에서", "은",
                                            "는",     "이",     "가",   "을",   "를",
                                            "의",     "에",     "도",   NULL};
    size_t end = at;
    size_t start;
    struct span found;

    if (before(words, at) == ' ')
        end--;
    start = end;
    while (start > 0 && char_is_hangul(before(words, start)))
        start = utf8_floor(words.data, words.length, start - 1);
    found = span_of(words.data + start, end - start);
    for (size_t i = 0; particles[i] != NULL; i++) {
        if (found.length >= strlen(particles[i]) + 2 * strlen("가") &&
            span_ends_with(found, particles[i])) {
            found.length -= strlen(particles[i]);
            break;
        }
    }
    return is_function_word(found) ? span_of(found.data, 0) : found;
}

static struct span before_it(struct span words, size_t at)
{
    struct span found = han_before(words, at);

    return found.length > 0 ? found : hangul_before(words, at);
}

/* Up to three words after a number: "4,317 elderly residents". */
static struct span words_behind(struct span rest)
{
    struct span s = rest;
    struct span found = {rest.data, 0};
    int count;

    if (!span_take(&s, " ") && !span_take(&s, "-") && !span_take(&s, "\xC2\xA0"))
        return found;
    /* 2 millones de euros, 3 milliards d'euros */
    if (!span_take(&s, "de ") && !span_take(&s, "di ") && !span_take(&s, "d'"))
        span_take(&s, "d\xE2\x80\x99");
    found = span_of(s.data, 0);
    for (count = 0; count < MAX_WORDS; count++) {
        struct span word = s;
        size_t bytes;
        uint32_t cp;

        while (s.length > 0 &&
               (is_spaced_letter(cp = peek(s, &bytes)) || cp == '-' || cp == 0x2019))
            s = span_skip(s, bytes);
        word.length -= s.length;
        if (word.length == 0 || is_function_word(word))
            break;
        found.length = (size_t)(word.data + word.length - found.data);
        if (!span_take(&s, " "))
            break;
    }
    return found;
}

/* --------------------------------------------------------------------------- dates */

static size_t word_length(const char *const *list, struct span s);

static size_t month_length(struct span s)
{
    return word_length(month_names_english, s);
}

static size_t any_month_length(struct span s)
{
    size_t month = month_length(s);

    return month > 0 ? month : word_length(month_names_other, s);
}

/* A number in a date, without digit groups: "March 9 200 people". */
static bool take_number(struct span *s, double least, double most)
{
    struct number_text n = {0};
    size_t bytes;
    int digit;

    while ((digit = decimal_digit(peek(span_skip(*s, n.bytes), &bytes))) >= 0 &&
           ++n.digits < 9) {
        n.value = n.value * 10 + digit;
        n.bytes += bytes;
    }
    if (n.digits == 0 && (!number_text_read(*s, false, &n) || n.fraction))
        return false;
    if (n.value < least || n.value > most || n.value != (double)(int)n.value)
        return false;
    *s = span_skip(*s, n.bytes);
    return true;
}

/* 2020年3月9日, 3月9日, 民國109年, 2020년 3월 9일, with optional parts omitted. 0 if it is not
 * a date. */
static size_t cjk_date(struct span words, size_t at, double value, int digits)
{
    static const char *const eras[] = {"民國", "民国", "令和", "平成", "昭和",
                                       "大正", "明治", "公元", "西元", NULL};
    struct span s = span_of(words.data + at, words.length - at);
    struct span end = s;
    bool year = false;
    bool month = false;
    const char *const *era;
    bool in_era = false;
    struct number_text n;

    for (era = eras; *era != NULL; era++) {
        size_t length = strlen(*era);

        in_era = in_era ||
                 (at >= length && memcmp(words.data + at - length, *era, length) == 0);
    }
    if (!number_text_read(s, false, &n))
        return 0;
    s = span_skip(s, n.bytes);
    if ((span_take(&s, "年") || span_take(&s, "년")) &&
        (in_era || (digits == 4 && value >= 1000))) {
        year = true;
        end = s;
        span_take(&s, " ");
        if (!take_number(&s, 1, 12))
            return words.length - at - end.length;
    } else {
        s = span_skip(span_of(words.data + at, words.length - at), n.bytes);
    }
    if (!year && (value < 1 || value > 12))
        return 0;
    if (span_take(&s, "月") || span_take(&s, "월")) {
        month = true;
        end = s;
        span_take(&s, " ");
        if (take_number(&s, 1, 31) && (span_take(&s, "日") || span_take(&s, "號") ||
                                       span_take(&s, "号") || span_take(&s, "일")))
            end = s;
    }
    return year || month ? words.length - at - end.length : 0;
}

/* 2020-03-09, 2020/3/9, 9 March 2020, 12. März 2025, 1 de julio de 2024. */
static size_t other_date(struct span rest, double value, int digits)
{
    struct span s = rest;
    struct span year;
    struct number_text n;
    size_t bytes;
    size_t month;
    uint32_t mark;

    /* Read only the digits: "14 февраля" has no multiple, but "12. März" looks like a
     * decimal. */
    n = (struct number_text){.bytes = 0};
    while (n.digits < 5 && decimal_digit(peek(span_skip(s, n.bytes), &bytes)) >= 0) {
        n.value = n.value * 10 + decimal_digit(peek(span_skip(s, n.bytes), &bytes));
        n.bytes += bytes;
        n.digits++;
    }
    if (n.digits == 0)
        return 0;
    s = span_skip(s, n.bytes);
    mark = peek(s, &bytes);
    if (digits == 4 && (mark == '-' || mark == '/' || mark == '.')) {
        struct span second = span_skip(s, 1);

        if (take_number(&second, 1, 12) && peek(second, &bytes) == mark) {
            second = span_skip(second, 1);
            if (take_number(&second, 1, 31))
                return rest.length - second.length;
        }
        return 0;
    }
    if (value < 1 || value > 31 || n.value != value)
        return 0;
    span_take(&s, ".");
    if (!span_take(&s, " de ") && !span_take(&s, " "))
        return 0;
    month = any_month_length(s);
    if (month == 0)
        return 0;
    s = span_skip(s, month);
    year = s;
    if ((span_take(&year, " de ") || span_take(&year, " ")) && take_number(&year, 1000, 2999)) {
        s = year;
        if (span_take(&year, " года") || span_take(&year, " року"))
            s = year;
    }
    return rest.length - s.length;
}

/* "March 9, 2020", "March 2020", "March 9". */
static size_t month_date(struct span rest)
{
    size_t month = month_length(rest);
    struct span s = span_skip(rest, month);
    struct span year;

    if (month == 0 || !span_take(&s, " "))
        return 0;
    if (take_number(&s, 1000, 2999))
        return rest.length - s.length;
    if (!take_number(&s, 1, 31))
        return 0;
    if (!span_take(&s, "st") && !span_take(&s, "nd") && !span_take(&s, "rd"))
        span_take(&s, "th");
    year = s;
    if (span_take(&year, ", ") && take_number(&year, 1000, 2999))
        s = year;
    return rest.length - s.length;
}

/* ------------------------------------------------------------------------- numbers */

/* Length of a clock reading or phone number, which is not a figure: 10:25, 1:02:03, 10點25分.
 */
static size_t clock_length(struct span rest)
{
    struct span s = rest;
    size_t bytes;
    bool clock = false;

    for (;;) {
        size_t digits = 0;

        while (decimal_digit(peek(s, &bytes)) >= 0) {
            digits++;
            s = span_skip(s, bytes);
        }
        if (digits == 0 || digits > 2)
            break;
        if (!(span_starts_with(s, ":") || span_starts_with(s, "：")))
            break;
        clock = true;
        s = span_skip(s, span_starts_with(s, ":") ? 1 : 3);
    }
    return clock ? rest.length - s.length : 0;
}

static void skip_space(struct span *s)
{
    if (!span_take(s, " ") && !span_take(s, "\xC2\xA0"))
        span_take(s, "\xE2\x80\xAF");
}

/* Length of the longest entry of the list at the start, as a whole word. */
static size_t word_length(const char *const *list, struct span s)
{
    size_t best = 0;
    size_t bytes;

    for (; *list != NULL; list++) {
        size_t length = strlen(*list);

        if (length <= best || !span_starts_with_case(s, *list))
            continue;
        if (!is_spaced_letter(peek(span_skip(s, length), &bytes)) ||
            (unsigned char)(*list)[0] >= 0xE0 || **list == '%')
            best = length;
    }
    return best;
}

/* The unit after a number. */
struct measure {
    size_t bytes; /* including a space before it; 0 for none */
    struct span unit;
    bool percent;
    const char *cjk; /* from that table, or NULL */
};

static struct measure measure_behind(struct span rest)
{
    struct measure m = {0};
    struct span spaced = rest;
    struct span found = rest;
    size_t length;
    size_t bytes;

    skip_space(&spaced);
    length = word_length(percents, spaced);
    m.percent = length > 0;
    if (length == 0)
        length = word_length(spaced_units, spaced);
    m.cjk = longest_of(cjk_units, rest);
    if (m.cjk == NULL && char_is_hangul(peek(spaced, &bytes))) {
        m.cjk = longest_of(cjk_units, spaced);
        found = spaced;
    }
    if (length > 0) {
        found = spaced;
        m.cjk = NULL;
    } else if (m.cjk != NULL) {
        length = strlen(m.cjk);
    }
    m.unit = span_of(found.data, length);
    m.bytes = length > 0 ? (size_t)(found.data - rest.data) + length : 0;
    return m;
}

/* 千万, 百萬: without a measure word these are mostly ordinary words (千万不要). */
static bool is_of_powers(struct span text)
{
    size_t bytes;
    double power = decimal_han_power(peek(text, &bytes));

    return power > 10 && decimal_han_power(peek(span_skip(text, bytes), &bytes)) > 0;
}

/* Numerals inside other words: 一起, 十分, 二月河. They are figures only with a multiple or a
 * measure word; 一個 and 一次 mostly mean "a". */
static bool is_han_figure(const struct number_text *n, const struct measure *m,
                          struct span text)
{
    if (n->fraction || m->percent)
        return true;
    if (m->cjk == NULL)
        return n->digits > 1 && n->value >= 100 && !is_of_powers(text);
    return n->value >= 2;
}

/* 300多人, 十餘家, 3만여 명; also 200多萬. */
static void take_more(struct span *rest, double *value)
{
    double power;
    size_t bytes;

    if (!span_take(rest, "多") && !span_take(rest, "餘") && !span_take(rest, "余")) {
        span_take(rest, "여");
        return;
    }
    power = decimal_han_power(peek(*rest, &bytes));
    if (power < 1e4)
        return;
    *value *= power;
    *rest = span_skip(*rest, bytes);
}

/* "between two and three million": "and" joins the ends of a range only here. */
static bool stands_behind_between(struct span words, size_t at)
{
    static const char *const between = "between ";
    size_t length = strlen(between);

    return at >= length && strncasecmp(words.data + at - length, between, length) == 0;
}

static bool read_number(const struct pass *p, struct span text, struct number_text *n,
                        bool *year)
{
    *year = false;
    return number_text_read(text, p->dots_group, n) ||
           (p->english && number_words_read(text, n, year));
}

static bool take_range_mark(struct span *s, bool between)
{
    static const char *const marks[] = {
        "～",   "〜",   "~",    "—",     "–",     "-",      "至",  "到",  "から", "에서 ",
        " to ", " or ", " до ", " или ", " bis ", " oder ", " à ", " a ", NULL};
    struct span rest = *s;

    if (between && span_take(s, " and "))
        return true;
    if (span_take(&rest, " – ") || span_take(&rest, " ~ ") || span_take(&rest, " - ")) {
        *s = rest;
        return true;
    }
    for (size_t i = 0; marks[i] != NULL; i++)
        if (span_take(s, marks[i]))
            return true;
    return false;
}

/* 3～5萬, 20–30%, 100 to 200 people, 三至五天. The multiple of the second number applies to the
 * first too, if the first is not larger without it. False if no larger number follows. */
static bool take_range(const struct pass *p, size_t start, struct span *rest,
                       struct number_text *n, double *to)
{
    struct span s = *rest;
    struct number_text last;
    bool year;

    if (n->fraction || !take_range_mark(&s, stands_behind_between(p->words, start)))
        return false;
    while (currency_behind(s) > 0) /* $5 to $10 */
        s = span_skip(s, currency_behind(s));
    if (!read_number(p, s, &last, &year) || year || last.fraction || last.han != n->han)
        return false;
    if (n->value == n->mantissa && n->value < last.mantissa && last.mantissa > 0)
        n->value *= last.value / last.mantissa;
    if (n->value >= last.value)
        return false;
    n->digits += last.digits;
    *to = last.value;
    *rest = span_skip(s, last.bytes);
    return true;
}

/* "of the budget"; languages with cases omit "of": 92 % жителей. */
static struct span shared_behind(struct span rest)
{
    struct span s = rest;
    size_t bytes;

    if (span_take(&s, " of")) {
        if (!span_take(&s, " the"))
            span_take(&s, " all");
        return words_behind(s);
    }
    if (span_starts_with(rest, "の") || span_starts_with(rest, "的"))
        return han_behind(rest);
    skip_space(&s);
    return is_latin(peek(s, &bytes)) ? span_of(rest.data, 0) : words_behind(rest);
}

/* What a figure that ends before `rest` counts. */
static struct span counted_at(struct pass *p, size_t start, struct span rest, bool shares)
{
    struct span found;

    if (shares) {
        found = before_it(p->words, start);
        return found.length > 0 ? found : shared_behind(rest);
    }
    found = words_behind(rest);
    if (found.length == 0)
        found = han_behind(rest);
    return found.length > 0 ? found : before_it(p->words, start);
}

/* "1 in 5", "9 out of 10": a share of a round number. */
static bool take_ratio(const struct pass *p, struct span *rest, struct number_text *n)
{
    struct span s = *rest;
    struct number_text whole;
    bool out_of = span_take(&s, " out of ");

    if (!p->english || n->fraction || n->value != floor(n->value) ||
        (!out_of && !span_take(&s, " in ")) || !number_text_read(s, p->dots_group, &whole) ||
        whole.fraction || whole.value <= n->value ||
        (!out_of && whole.value > 10 && fmod(whole.value, 10) != 0) ||
        (!out_of && whole.value >= 1900 && whole.value < 2100))
        return false;
    n->value /= whole.value;
    n->mantissa = n->value;
    n->fraction = true;
    *rest = span_skip(s, whole.bytes);
    return true;
}

static bool ends_with_word(struct span words, const char *word)
{
    size_t length = strlen(word);

    return words.length >= length &&
           strncasecmp(words.data + words.length - length, word, length) == 0 &&
           !is_spaced_letter(before(words, words.length - length));
}

/* "question two", "Article 5": the number says which one; but not in "every day 500 people". */
static bool says_which(struct span words, size_t at)
{
    static const char *const determiners[] = {
        "a",    "an",   "the", "every", "each", "per",   "this",  "that",  "last", "next",
        "same", "past", "my",  "our",   "your", "their", "these", "which", "any",  "one"};
    static const char *const nouns[] = {
        "number",  "no.",       "question", "item",    "section", "article", "page",
        "pages",   "chapter",   "part",     "phase",   "step",    "level",   "stage",
        "clause",  "paragraph", "line",     "room",    "figure",  "table",   "annex",
        "option",  "day",       "week",     "channel", "point",   "exhibit", "amendment",
        "Artikel", "Seite",     "Punkt",    "numéro",  "página",  "artículo"};

    if (at == 0 || words.data[at - 1] != ' ')
        return false;
    words.length = at - 1;
    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++) {
        size_t length = strlen(nouns[i]);

        if (ends_with_word(words, nouns[i])) {
            words = span_trim_back(span_of(words.data, words.length - length));
            for (size_t k = 0; k < sizeof determiners / sizeof determiners[0]; k++)
                if (ends_with_word(words, determiners[k]))
                    return false;
            return true;
        }
    }
    return false;
}

/* "One" mostly means somebody, "the two" means both, "ten o'clock" is a time of day. */
static bool is_word_figure(const struct number_text *n, const struct measure *m,
                           struct span words, size_t at, struct span rest)
{
    if (n->fraction || m->bytes > 0)
        return true;
    if (n->value < 2 || span_starts_with(rest, " o'clock") ||
        span_starts_with(rest, " o’clock"))
        return false;
    return n->value > 2 || at < 4 || strncasecmp(words.data + at - 4, "the ", 4) != 0;
}

static size_t take_figure(struct pass *p, size_t at, struct number_text n)
{
    struct span rest = span_of(p->words.data + at, p->words.length - at);
    size_t start = currency_before(p->words, at);
    struct measure m;
    struct figure *f;
    double to = NAN;
    size_t bytes;
    size_t end;

    rest = span_skip(rest, n.bytes);
    if (!take_range(p, start, &rest, &n, &to) && !take_ratio(p, &rest, &n))
        take_more(&rest, &n.value);
    bytes = p->words.length - at - rest.length;
    m = measure_behind(rest);
    if ((n.han && isnan(to) && !is_han_figure(&n, &m, span_of(p->words.data + at, bytes))) ||
        (n.words && !is_word_figure(&n, &m, p->words, start, rest)) ||
        says_which(p->words, start))
        return bytes;
    end = at + bytes + m.bytes;
    f = add(p, FIGURE_NUMBER, start, end);
    f->value = n.value;
    f->to = to;
    f->unit = m.unit;
    if (m.bytes == 0 && start < at)
        f->unit = span_of(p->words.data + start, at - start);
    rest = span_of(p->words.data + end, p->words.length - end);
    if (p->english && n.fraction && !n.han && !m.percent && !span_starts_with(rest, " of"))
        f->counted = words_behind(rest); /* one in five households */
    else
        f->counted = counted_at(p, start, rest,
                                m.percent || (n.fraction && !n.han && m.bytes == 0));
    /* A number with a multiple, or a share, is a figure by itself. */
    if (f->unit.length == 0 && f->counted.length == 0 && n.value == n.mantissa &&
        !(n.fraction && (n.han || n.words)))
        p->out->count--;
    return end - at;
}

static bool stands_in_a_word(struct span words, size_t at)
{
    uint32_t cp = before(words, at);
    size_t start;

    if (is_spaced_letter(cp) || cp == '.' || cp == '_' || cp == '#' || cp == 0x7B2C /* 第 */)
        return true;
    if (cp != '-' && cp != '/')
        return false;
    start = utf8_floor(words.data, words.length, at - 1);
    return is_latin(before(words, start));
}

/* "1." and "2、" at the start of a paragraph number it; 一是 numbers a point. */
static bool numbers_a_point(struct span words, size_t at, const struct number_text *n)
{
    struct span rest = span_of(words.data + at + n->bytes, words.length - at - n->bytes);
    uint32_t last = before(words, at);

    if (n->han && span_starts_with(rest, "是"))
        return true;
    if (at > 0 && last != '\n' && last != '(' && last != 0xFF08)
        return false;
    return span_starts_with(rest, ". ") || span_starts_with(rest, "、") ||
           span_starts_with(rest, ")") || span_starts_with(rest, "）");
}

/* "at nineteen thirty" */
static bool says_time(struct span words, size_t at)
{
    return at >= strlen("at ") && strncasecmp(words.data + at - strlen("at "), "at ", 3) == 0;
}

static size_t take_number_at(struct pass *p, size_t at)
{
    struct span rest = span_of(p->words.data + at, p->words.length - at);
    struct number_text n;
    size_t date;
    size_t clock;
    bool year;

    if (!read_number(p, rest, &n, &year))
        return 0;
    if (stands_in_a_word(p->words, at) || numbers_a_point(p->words, at, &n))
        return n.bytes;
    if (n.words && !year)
        return take_figure(p, at, n);
    if (year) {
        if (!says_time(p->words, at) && n.value >= 1500)
            add(p, FIGURE_DATE, at, at + n.bytes);
        return n.bytes;
    }
    clock = clock_length(rest);
    if (clock > 0)
        return clock;
    date = cjk_date(p->words, at, n.value, n.digits);
    if (date == 0 && !n.han)
        date = other_date(rest, n.value, n.digits);
    if (date > 0) {
        add(p, FIGURE_DATE, at, at + date);
        return date;
    }
    return take_figure(p, at, n);
}

/* --------------------------------------------------------------------------- names */

static const struct {
    uint32_t open;
    const char *close;
    enum figure_kind kind;
} marks[] = {
    {0x300A, "》", FIGURE_TITLE},  {0x3008, "〉", FIGURE_TITLE}, {0x300C, "」", FIGURE_QUOTED},
    {0x300E, "』", FIGURE_QUOTED}, {0x201C, "”", FIGURE_QUOTED}, {0xAB, "»", FIGURE_QUOTED},
    {0x201E, "“", FIGURE_QUOTED},  {'"', "\"", FIGURE_QUOTED},
};

/* A quoted sentence is speech, not a name. */
static bool ends_a_sentence(struct span s)
{
    size_t bytes;

    while (s.length > 0) {
        uint32_t cp = peek(s, &bytes);

        if (cp == '.' || cp == '!' || cp == '?' || cp == '\n' || cp == 0x3002 || cp == 0xFF01 ||
            cp == 0xFF1F || cp == 0xFF0C || cp == ',')
            return true;
        s = span_skip(s, bytes);
    }
    return false;
}

static size_t take_name(struct pass *p, size_t at, uint32_t cp, size_t bytes)
{
    size_t i;

    for (i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const char *found;
        struct span inside;
        size_t limit = marks[i].kind == FIGURE_TITLE ? MAX_TITLE : MAX_QUOTED;

        if (marks[i].open != cp)
            continue;
        found = memmem(p->words.data + at + bytes, p->words.length - at - bytes, marks[i].close,
                       strlen(marks[i].close));
        if (found == NULL)
            return bytes;
        inside = span_of(p->words.data + at + bytes,
                         (size_t)(found - p->words.data) - at - bytes);
        if (inside.length == 0 || utf8_count(inside.data, inside.length) > limit ||
            (marks[i].kind == FIGURE_QUOTED && ends_a_sentence(inside)))
            return bytes;
        add(p, marks[i].kind, at + bytes, at + bytes + inside.length);
        /* Figures inside a title belong to the title. */
        return bytes + inside.length + strlen(marks[i].close);
    }
    return bytes;
}

/* ---------------------------------------------------------------------------- pass */

static bool may_start(unsigned char byte, bool english)
{
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || byte == '"' ||
           (byte >= 'A' && byte <= (english ? 'T' : 'S')) ||
           (english && byte >= 'a' && byte <= 't');
}

/* A date that begins with its month, a number in words, or any other word, which is skipped. */
static size_t take_word_at(struct pass *p, size_t at)
{
    struct span rest = span_of(p->words.data + at, p->words.length - at);
    bool inside = is_latin(before(p->words, at));
    size_t taken = !inside && *rest.data >= 'A' && *rest.data <= 'S' ? month_date(rest) : 0;
    size_t bytes;

    if (taken > 0)
        add(p, FIGURE_DATE, at, at + taken);
    else if (p->english && !inside)
        taken = take_number_at(p, at);
    if (taken > 0)
        return taken;
    while (rest.length > 0 && is_latin(peek(rest, &bytes)))
        rest = span_skip(rest, bytes);
    return p->words.length - at - rest.length;
}

static void scan_paragraph(struct pass *p, uint32_t first, uint32_t end)
{
    size_t at = 0;
    size_t bytes;
    const char *text = transcript_joined(p->t, first, end, &bytes);

    p->words = span_of(text, bytes);
    p->arena_byte = transcript_segment(p->t, first)->text_byte;
    while (at < bytes) {
        size_t taken = 0;
        size_t count;
        uint32_t cp;
        double part;

        if (!may_start((unsigned char)text[at], p->english)) {
            at++;
            continue;
        }
        count = utf8_decode(text + at, bytes - at, &cp);
        if (decimal_digit(cp) >= 0 || decimal_han_digit(cp) > 0 || decimal_han_power(cp) > 0 ||
            decimal_fraction(cp, &part))
            taken = take_number_at(p, at);
        else if (cp < 0x80 && is_latin(cp)) {
            taken = take_word_at(p, at);
        } else if (cp == '"' || cp == 0xAB || (cp >= 0x201C && cp <= 0x201E) ||
                   (cp >= 0x3008 && cp <= 0x300E))
            taken = take_name(p, at, cp, count);
        at += taken > 0 ? taken : count;
    }
}

/* Whether decimals in the record have a comma (92,5) more often than a dot. */
static bool has_decimal_commas(const struct transcript *t)
{
    uint64_t bytes;
    const char *text = transcript_arena(t, &bytes);
    size_t commas = 0;
    size_t dots = 0;

    for (uint64_t i = 1; i + 2 < bytes; i++) {
        uint64_t end = i + 1;

        if ((text[i] != ',' && text[i] != '.') || text[i - 1] < '0' || text[i - 1] > '9')
            continue;
        while (end < bytes && text[end] >= '0' && text[end] <= '9')
            end++;
        if (end == i + 1 || end > i + 3 || (end < bytes && text[end] == text[i]))
            continue; /* three digits may be a group; without digits the sentence ends */
        *(text[i] == ',' ? &commas : &dots) += 1;
    }
    return commas > dots;
}

/* Whether text in Latin letters is English, by its most common words: "ten", "six" and
 * "million" also occur in other languages. */
static bool is_english(const struct transcript *t)
{
    enum { LETTERS_A_WORD = 120 };
    static const char *const common[] = {"the ", "The ", "and ", "And ", "of ", "is "};
    const char *language = transcript_get(t, FIELD_LANGUAGE);
    uint64_t bytes;
    const char *text = transcript_arena(t, &bytes);
    size_t letters = 0;
    size_t found = 0;

    if (language != NULL && *language != '\0')
        return strncasecmp(language, "en", 2) == 0;
    for (uint64_t i = 0; i < bytes; i++) {
        struct span rest = span_of(text + i, bytes - i);

        letters += (text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z');
        if (i > 0 && text[i - 1] != ' ' && text[i - 1] != '\0')
            continue;
        for (size_t k = 0; k < sizeof common / sizeof common[0]; k++)
            found += span_starts_with(rest, common[k]);
    }
    return letters > 0 && found * LETTERS_A_WORD >= letters;
}

void figures_make(struct figures *f, const struct transcript *t)
{
    struct pass p = {
        .out = f, .t = t, .dots_group = has_decimal_commas(t), .english = is_english(t)};
    size_t count = transcript_count(t);
    uint32_t segment = 0;

    f->count = 0;
    while (segment < count) {
        uint32_t end = transcript_paragraph_end(t, segment);

        scan_paragraph(&p, segment, end);
        segment = end;
    }
}

/* Point marker: a table of words by language, and numerals in Chinese, Arabic and circled form.
 * If a word counts only at the start of a sentence, its row says so: "the first lady" and "at
 * first" are not markers, "First, …" is. */
#include "shilu/analysis/point_marker.h"

#include "shilu/text/utf8.h"

enum { MAX_NUMBER = 99 };

struct word {
    const char *word;
    enum point_family family;
    int number;
    bool alone; /* of `latin`: it can only be a marker and needs no mark after it */
};

/* Whole words that imply a number. Longer ones precede shorter ones with the same beginning. */
static const struct word words[] = {
    {"首先", POINT_HAN_COURSE, 1},
    {"其次", POINT_HAN_COURSE, 2},
    {"再次", POINT_HAN_COURSE, 3},
    {"最后", POINT_HAN_COURSE, POINT_LAST},
    {"最後に", POINT_HAN_COURSE, POINT_LAST},
    {"最後", POINT_HAN_COURSE, POINT_LAST},
    {"まず", POINT_HAN_COURSE, 1},
    {"次に", POINT_HAN_COURSE, 2},
    {"첫 번째", POINT_HANGUL, 1},
    {"첫번째", POINT_HANGUL, 1},
    {"첫째", POINT_HANGUL, 1},
    {"두 번째", POINT_HANGUL, 2},
    {"두번째", POINT_HANGUL, 2},
    {"둘째", POINT_HANGUL, 2},
    {"세 번째", POINT_HANGUL, 3},
    {"세번째", POINT_HANGUL, 3},
    {"셋째", POINT_HANGUL, 3},
    {"네 번째", POINT_HANGUL, 4},
    {"네번째", POINT_HANGUL, 4},
    {"넷째", POINT_HANGUL, 4},
    {"다섯 번째", POINT_HANGUL, 5},
    {"다섯째", POINT_HANGUL, 5},
    {"여섯 번째", POINT_HANGUL, 6},
    {"여섯째", POINT_HANGUL, 6},
    {"일곱째", POINT_HANGUL, 7},
    {"여덟째", POINT_HANGUL, 8},
    {"마지막으로", POINT_HANGUL, POINT_LAST},
    {"먼저", POINT_HANGUL, 1},
    {"우선", POINT_HANGUL, 1},
    {"다음으로", POINT_HANGUL, 2},
    {"끝으로", POINT_HANGUL, POINT_LAST},
};

/* Latin words count with any case of their first letter, and only before a comma, a colon, a
 * full stop or one of `after`. */
static const struct word latin[] = {
    {"first and foremost", POINT_LATIN, 1},
    {"first of all", POINT_LATIN, 1},
    {"firstly", POINT_LATIN, 1, true},
    {"first", POINT_LATIN, 1},
    {"secondly", POINT_LATIN, 2, true},
    {"second", POINT_LATIN, 2},
    {"thirdly", POINT_LATIN, 3, true},
    {"third", POINT_LATIN, 3},
    {"fourthly", POINT_LATIN, 4, true},
    {"fourth", POINT_LATIN, 4},
    {"fifthly", POINT_LATIN, 5, true},
    {"fifth", POINT_LATIN, 5},
    {"sixth", POINT_LATIN, 6},
    {"seventh", POINT_LATIN, 7},
    {"eighth", POINT_LATIN, 8},
    {"finally", POINT_LATIN, POINT_LAST},
    {"lastly", POINT_LATIN, POINT_LAST},
    {"number one", POINT_LATIN, 1},
    {"number two", POINT_LATIN, 2},
    {"number three", POINT_LATIN, 3},
    {"number four", POINT_LATIN, 4},
    {"number five", POINT_LATIN, 5},
    {"one", POINT_CARDINAL, 1},
    {"two", POINT_CARDINAL, 2},
    {"three", POINT_CARDINAL, 3},
    {"four", POINT_CARDINAL, 4},
    {"five", POINT_CARDINAL, 5},
    {"six", POINT_CARDINAL, 6},
    {"seven", POINT_CARDINAL, 7},
    {"premièrement", POINT_LATIN, 1, true},
    {"deuxièmement", POINT_LATIN, 2, true},
    {"troisièmement", POINT_LATIN, 3, true},
    {"quatrièmement", POINT_LATIN, 4, true},
    {"enfin", POINT_LATIN, POINT_LAST},
    {"erstens", POINT_LATIN, 1, true},
    {"zweitens", POINT_LATIN, 2, true},
    {"drittens", POINT_LATIN, 3, true},
    {"viertens", POINT_LATIN, 4, true},
    {"fünftens", POINT_LATIN, 5, true},
    {"en primer lugar", POINT_LATIN, 1, true},
    {"primero", POINT_LATIN, 1},
    {"en segundo lugar", POINT_LATIN, 2, true},
    {"segundo", POINT_LATIN, 2},
    {"en tercer lugar", POINT_LATIN, 3, true},
    {"tercero", POINT_LATIN, 3},
    {"por último", POINT_LATIN, POINT_LAST},
    {"em primeiro lugar", POINT_LATIN, 1, true},
    {"em segundo lugar", POINT_LATIN, 2, true},
    {"em terceiro lugar", POINT_LATIN, 3, true},
    {"in primo luogo", POINT_LATIN, 1, true},
    {"in secondo luogo", POINT_LATIN, 2, true},
    {"in terzo luogo", POINT_LATIN, 3, true},
    {"infine", POINT_LATIN, POINT_LAST},
    {"schließlich", POINT_LATIN, POINT_LAST},
    {"primeiro", POINT_LATIN, 1},
    {"terceiro", POINT_LATIN, 3},
    {"por fim", POINT_LATIN, POINT_LAST},
    {"point one", POINT_LATIN, 1},
    {"point two", POINT_LATIN, 2},
    {"point three", POINT_LATIN, 3},
    {"ten eerste", POINT_LATIN, 1, true},
    {"ten tweede", POINT_LATIN, 2, true},
    {"ten derde", POINT_LATIN, 3, true},
    {"po pierwsze", POINT_LATIN, 1, true},
    {"po drugie", POINT_LATIN, 2, true},
    {"po trzecie", POINT_LATIN, 3, true},
    {"pertama", POINT_LATIN, 1},
    {"kedua", POINT_LATIN, 2},
    {"ketiga", POINT_LATIN, 3},
    {"thứ nhất", POINT_LATIN, 1},
    {"thứ hai", POINT_LATIN, 2},
    {"thứ ba", POINT_LATIN, 3},
    {"birincisi", POINT_LATIN, 1, true},
    {"ikincisi", POINT_LATIN, 2, true},
    {"üçüncüsü", POINT_LATIN, 3, true},
    {"во-первых", POINT_LATIN, 1, true},
    {"Во-первых", POINT_LATIN, 1, true},
    {"во-вторых", POINT_LATIN, 2, true},
    {"Во-вторых", POINT_LATIN, 2, true},
    {"в-третьих", POINT_LATIN, 3, true},
    {"В-третьих", POINT_LATIN, 3, true},
    {"в-четвертых", POINT_LATIN, 4, true},
    {"В-четвертых", POINT_LATIN, 4, true},
    {"в-четвёртых", POINT_LATIN, 4, true},
    {"В-четвёртых", POINT_LATIN, 4, true},
    {"в-пятых", POINT_LATIN, 5, true},
    {"В-пятых", POINT_LATIN, 5, true},
    {"Наконец", POINT_LATIN, POINT_LAST},
    {"по-перше", POINT_LATIN, 1, true},
    {"По-перше", POINT_LATIN, 1, true},
    {"по-друге", POINT_LATIN, 2, true},
    {"По-друге", POINT_LATIN, 2, true},
    {"по-третє", POINT_LATIN, 3, true},
    {"По-третє", POINT_LATIN, 3, true},
    {"पहला", POINT_LATIN, 1},
    {"पहली बात", POINT_LATIN, 1},
    {"दूसरा", POINT_LATIN, 2},
    {"दूसरी बात", POINT_LATIN, 2},
    {"तीसरा", POINT_LATIN, 3},
    {"तीसरी बात", POINT_LATIN, 3},
    {"أولاً", POINT_LATIN, 1},
    {"أولا", POINT_LATIN, 1},
    {"ثانياً", POINT_LATIN, 2},
    {"ثانيا", POINT_LATIN, 2},
    {"ثالثاً", POINT_LATIN, 3},
    {"ثالثا", POINT_LATIN, 3},
};

/* What may follow an English ordinal instead of a mark: "Second is the question of …". */
static const char *const latin_after[] = {" is ", " are ", " point", " thing", " question"};

static int han_digit(uint32_t cp)
{
    static const uint32_t digits[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                      0x516D, 0x4E03, 0x516B, 0x4E5D};
    int i;

    for (i = 0; i < 9; i++) {
        if (digits[i] == cp)
            return i + 1;
    }
    return 0;
}

static uint32_t peek(struct span s, size_t *bytes)
{
    uint32_t cp = 0;

    *bytes = s.length > 0 ? utf8_decode(s.data, s.length, &cp) : 0;
    return cp;
}

/* 一 to 九十九; 0 for none. */
static int take_han_number(struct span *s)
{
    size_t bytes;
    int digit = han_digit(peek(*s, &bytes));
    int tens = 0;
    size_t ten_bytes;
    struct span rest = *s;

    if (digit > 0)
        rest = span_skip(rest, bytes);
    if (peek(rest, &ten_bytes) == 0x5341) { /* 十 */
        tens = digit > 0 ? digit : 1;
        rest = span_skip(rest, ten_bytes);
        digit = han_digit(peek(rest, &bytes));
        if (digit > 0)
            rest = span_skip(rest, bytes);
    }
    if (digit == 0 && tens == 0)
        return 0;
    *s = rest;
    return tens * 10 + digit;
}

/* 1 to 99, of any width; 0 for none, or if the number continues. */
static int take_digits(struct span *s)
{
    struct span rest = *s;
    int value = 0;
    int digits = 0;

    for (;;) {
        size_t bytes;
        uint32_t cp = peek(rest, &bytes);

        if (cp >= 0xFF10 && cp <= 0xFF19)
            cp = cp - 0xFF10 + '0';
        if (cp < '0' || cp > '9')
            break;
        value = value * 10 + (int)(cp - '0');
        if (++digits > 2)
            return 0;
        rest = span_skip(rest, bytes);
    }
    if (digits == 0 || value == 0 || value > MAX_NUMBER)
        return 0;
    *s = rest;
    return value;
}

#define TAKE_ONE_OF(s, ...) span_take_any((s), (const char *const[]){__VA_ARGS__, NULL})

static bool found(struct point_marker *m, enum point_family family, int number,
                  struct span text, struct span rest)
{
    *m = (struct point_marker){family, number, text.length - rest.length};
    return true;
}

/* 第一类, 第二版 and 第三次 count things; 第一, 第一是 and 第一个方面 count points. */
static bool read_han_ordinal(struct span text, struct point_marker *m)
{
    struct span rest = text;
    int number;

    if (!span_take(&rest, "第"))
        return false;
    number = take_han_number(&rest);
    if (number == 0)
        number = take_digits(&rest);
    if (number == 0)
        return false;
    if (!TAKE_ONE_OF(&rest, "个方面", "個方面", "方面", "个问题", "個問題", "个就是", "個就是",
                     "个是", "個是", "点", "點", "条", "條", "项", "項", "の点", "に", "は",
                     "是", "就是") &&
        !span_starts_with(rest, "，") && !span_starts_with(rest, ",") &&
        !span_starts_with(rest, "、") && !span_starts_with(rest, "：") &&
        !span_starts_with(rest, ":"))
        return false;
    return found(m, POINT_HAN_ORDINAL, number, text, rest);
}

static bool read_han(struct span text, enum point_place place, struct point_marker *m)
{
    struct span rest = text;
    int number;

    if (read_han_ordinal(text, m))
        return place >= POINT_CLAUSE;
    if (span_take(&rest, "其") && (number = take_han_number(&rest)) > 0)
        return (TAKE_ONE_OF(&rest, "，", ",", "：", ":", "是", "、")) &&
               place >= POINT_CLAUSE && found(m, POINT_HAN_OF_IT, number, text, rest);
    rest = text;
    if (TAKE_ONE_OF(&rest, "（", "(")) {
        number = take_han_number(&rest);
        if (number > 0 && TAKE_ONE_OF(&rest, "）", ")"))
            return place >= POINT_CLAUSE && found(m, POINT_HAN_BRACKET, number, text, rest);
        rest = span_skip(text, span_starts_with(text, "(") ? 1 : 3);
        number = take_digits(&rest);
        return number > 0 && TAKE_ONE_OF(&rest, "）", ")") && place >= POINT_CLAUSE &&
               found(m, POINT_DIGIT_BRACKET, number, text, rest);
    }
    number = take_han_number(&rest);
    if (number == 0)
        return false;
    if (TAKE_ONE_OF(&rest, "是", "则", "則"))
        return place >= POINT_CLAUSE && found(m, POINT_HAN_IS, number, text, rest);
    if (TAKE_ONE_OF(&rest, "つ目", "点目", "點目", "つめ"))
        return place >= POINT_CLAUSE && found(m, POINT_HAN_COUNTED, number, text, rest);
    if (TAKE_ONE_OF(&rest, "、", "．"))
        return place >= POINT_SENTENCE && found(m, POINT_HAN_LIST, number, text, rest);
    return false;
}

/* "1." at the start of a line or sentence, but not "1.5"; "1つ目"; "①". */
static bool read_digits(struct span text, enum point_place place, struct point_marker *m)
{
    struct span rest = text;
    size_t bytes;
    uint32_t cp = peek(text, &bytes);
    int number;

    if (cp >= 0x2460 && cp <= 0x2473)
        return found(m, POINT_CIRCLED, (int)(cp - 0x2460) + 1, text, span_skip(text, bytes));
    number = take_digits(&rest);
    if (number == 0)
        return false;
    if (TAKE_ONE_OF(&rest, "つ目", "点目", "點目"))
        return place >= POINT_CLAUSE && found(m, POINT_HAN_COUNTED, number, text, rest);
    if (place < POINT_SENTENCE)
        return false;
    if (TAKE_ONE_OF(&rest, "、", "．"))
        return found(m, POINT_DIGIT, number, text, rest);
    if (TAKE_ONE_OF(&rest, ".", ")", "）")) {
        cp = peek(rest, &bytes);
        return (cp == ' ' || cp == '\t' || cp >= 0x2E80) &&
               found(m, POINT_DIGIT, number, text, rest);
    }
    return false;
}

/* "a)", "(a)", "가." and "甲、": a letter from a sequence. */
static bool read_letters(struct span text, enum point_place place, struct point_marker *m)
{
    static const struct {
        const char *letters;
        enum point_family family;
        const char *mark;
    } rows[] = {{"abcdefghij", POINT_LETTER, ")"},
                {"가나다라마바사아자차", POINT_HANGUL_LETTER, ". "},
                {"甲乙丙丁戊己庚辛壬癸", POINT_HAN_STEM, "、"}};
    bool bracket = span_starts_with(text, "(");
    struct span rest = span_skip(text, bracket);
    size_t bytes;

    if (place < POINT_SENTENCE)
        return false;
    peek(rest, &bytes);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct span behind = span_skip(rest, bytes);
        const char *at;

        if (bytes == 0 || (bracket && i > 0) || !span_take(&behind, rows[i].mark))
            continue;
        at = memmem(rows[i].letters, strlen(rows[i].letters), rest.data, bytes);
        if (at == NULL)
            continue;
        found(m, rows[i].family, (int)((size_t)(at - rows[i].letters) / bytes) + 1, text,
              behind);
        m->bytes -= text.data[m->bytes - 1] == ' ';
        return true;
    }
    return false;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Ignoring case; words in the table are in lower case. */
static bool take_word(struct span *s, const char *word)
{
    size_t i;

    for (i = 0; word[i] != '\0'; i++) {
        if (i == s->length || lower(s->data[i]) != word[i])
            return false;
    }
    *s = span_skip(*s, i);
    return true;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80 ||
           c == '-' || c == '\'';
}

static bool read_latin(struct span text, enum point_place place, struct point_marker *m)
{
    size_t i;
    size_t k;

    if (place < POINT_SENTENCE)
        return false;
    for (i = 0; i < sizeof latin / sizeof latin[0]; i++) {
        struct span rest = text;

        if (!take_word(&rest, latin[i].word))
            continue;
        if (rest.length > 0 && is_letter(*rest.data) && !span_starts_with(rest, "،"))
            continue;
        if (latin[i].alone || (rest.length > 0 && strchr(",:;", *rest.data) != NULL) ||
            span_starts_with(rest, "،"))
            return found(m, latin[i].family, latin[i].number, text, rest);
        for (k = 0;
             latin[i].family == POINT_LATIN && k < sizeof latin_after / sizeof latin_after[0];
             k++) {
            if (span_starts_with(rest, latin_after[k]))
                return found(m, latin[i].family, latin[i].number, text, rest);
        }
    }
    return false;
}

/* 最後的問題 is the last question; 最後，… is the last point. */
static bool stands_before_its_noun(const struct word *word, struct span rest)
{
    return word->family == POINT_HAN_COURSE && word->number == POINT_LAST &&
           strcmp(word->word, "最後に") != 0 && !TAKE_ONE_OF(&rest, "，", ",", "、", "：", ":");
}

/* 一点目, 2つ目, 第一に. */
static bool read_numbered(struct span text, struct point_marker *m)
{
    return (read_han(text, POINT_CLAUSE, m) || read_digits(text, POINT_CLAUSE, m)) &&
           (m->family == POINT_HAN_COUNTED || m->family == POINT_HAN_ORDINAL);
}

static bool read_words(struct span text, enum point_place place, struct point_marker *m)
{
    size_t i;

    if (place < POINT_CLAUSE || text.length < 3)
        return false;
    for (i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct span rest = text;

        /* The last byte of the first character rules out most words. */
        if (words[i].word[2] != text.data[2] || !span_take(&rest, words[i].word) ||
            stands_before_its_noun(&words[i], rest))
            continue;
        /* まず一点目は: the numeral is more specific. */
        if (words[i].family == POINT_HAN_COURSE && read_numbered(rest, m)) {
            m->bytes += text.length - rest.length;
            return true;
        }
        return found(m, words[i].family, words[i].number, text, rest);
    }
    return false;
}

bool point_marker_may_start(unsigned char byte)
{
    /* ASCII letters and digits and "(", other alphabets, ①, kana and Han, Hangul, fullwidth
     * forms. */
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || byte == '(' ||
           (byte >= 'a' && byte <= 'z') || byte == 0xC3 || byte == 0xD0 || byte == 0xD8 ||
           byte == 0xD9 || (byte >= 0xE0 && byte <= 0xED) || byte == 0xEF;
}

bool point_marker_read(struct span text, enum point_place place, struct point_marker *marker)
{
    unsigned char byte;

    if (text.length == 0)
        return false;
    byte = (unsigned char)*text.data;
    if (place == POINT_INSIDE)
        return byte == 0xE2 && read_digits(text, place, marker);
    if (!point_marker_may_start(byte))
        return false;
    if (read_letters(text, place, marker))
        return true;
    if (byte != '(' && !(byte >= '0' && byte <= '9') && byte < 0xE1)
        return read_latin(text, place, marker);
    return read_han(text, place, marker) || read_digits(text, place, marker) ||
           read_words(text, place, marker);
}

/* Folding of single code points, and questions about the words of a line. */
#include "formats/common/folded_text.h"

#include <pthread.h>

#include "shilu/base/bytes.h"
#include "shilu/base/word_finder.h"
#include "shilu/text/utf8.h"

enum { GREEK_FRONT = 16 }; /* bytes within which a Greek text has a Greek letter */

struct fold {
    uint16_t from;
    uint16_t to;
};

/* Sorted. */
static const struct fold folds[] = {
    {0x00A0, ' '},    {0x02D0, ':'},    {0x2002, ' '},    {0x2003, 0x3000}, {0x2004, ' '},
    {0x2005, ' '},    {0x2006, ' '},    {0x2007, ' '},    {0x2008, ' '},    {0x2009, ' '},
    {0x200A, ' '},    {0x2010, '-'},    {0x2011, '-'},    {0x2012, '-'},    {0x2013, '-'},
    {0x2014, 0x2014}, {0x2015, 0x2014}, {0x2018, '\''},   {0x2019, '\''},   {0x202F, ' '},
    {0x2039, '<'},    {0x203A, '>'},    {0x205F, ' '},    {0x2212, '-'},    {0x2236, ':'},
    {0x2500, 0x2014}, {0x2501, 0x2014}, {0x25CB, 0x25CB}, {0x25EF, 0x25CB}, {0x3007, 0x25CB},
    {0x3008, '<'},    {0x3009, '>'},    {0x3014, '['},    {0x3015, ']'},    {0x3016, 0x3010},
    {0x3017, 0x3011}, {0x301C, '~'},    {0xA789, ':'},    {0xFE13, ':'},    {0xFE30, ':'},
    {0xFE31, 0x2014}, {0xFE35, '('},    {0xFE36, ')'},    {0xFE39, '['},    {0xFE3A, ']'},
    {0xFE3B, 0x3010}, {0xFE3C, 0x3011}, {0xFE55, ':'},    {0xFE58, 0x2014}, {0xFE59, '('},
    {0xFE5A, ')'},    {0xFE5D, '['},    {0xFE5E, ']'},    {0xFE63, '-'},
};

static bool is_format(uint32_t cp)
{
    return cp == 0xAD || cp == 0x61C || (cp >= 0x200B && cp <= 0x200F) ||
           (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF ||
           cp == 0xFE0E || cp == 0xFE0F;
}

uint32_t folded_code_point(uint32_t cp)
{
    size_t low = 0;
    size_t high = sizeof folds / sizeof *folds;

    if (cp < 0x80)
        return cp;
    if (cp >= 0xFF01 && cp <= 0xFF5E)
        return cp - 0xFEE0;
    if (cp < 0xA0 || (cp >= 0x3040 && cp < 0xA000) || (cp >= 0xAC00 && cp <= 0xD7A3))
        return cp;
    if (cp == 0x3001 || cp == 0x3002) /* 、。 are most of what is left */
        return cp;
    if (is_format(cp))
        return 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (folds[middle].from == cp)
            return folds[middle].to;
        if (folds[middle].from < cp)
            low = middle + 1;
        else
            high = middle;
    }
    return cp;
}

/* The code point of three bytes. */
static inline uint32_t decode_three(const unsigned char *s)
{
    return (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
}

/* Whether three bytes that begin so are Han or Hangul, which are what they fold to: U+4000 to
 * U+9FFF, U+B000 to U+CFFF. */
static inline bool is_plain_lead(unsigned char lead)
{
    return (lead >= 0xE4 && lead <= 0xE9) || lead == 0xEB || lead == 0xEC;
}

/* The folded character at the front of a text that does not begin with ASCII. */
static uint32_t fold_one(struct span text, size_t *used)
{
    const unsigned char *s = (const unsigned char *)text.data;
    uint32_t cp;

    if (*s == 0xE3 && text.length > 2 && s[1] > 0x80) { /* kana, rare Han */
        *used = 3;
        return decode_three(s);
    }
    *used = utf8_decode(text.data, text.length, &cp);
    return folded_code_point(cp);
}

static inline void note_sign(struct folded *f, size_t at)
{
    f->signs[at / 64] |= UINT64_C(1) << at % 64;
}

static void fold_from(struct folded *f, struct span text, size_t at, size_t most)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t count = 0;

    memset(f->signs, 0, sizeof f->signs);
    while (at < text.length && count < most) {
        size_t end = text.length - at < most - count ? text.length : at + (most - count);
        uint32_t cp;
        size_t used;

        /* NUL is left out, as format characters are. */
        for (; at < end && bytes[at] < 0x80 && bytes[at] != 0; at++, count++) {
            f->cp[count] = bytes[at];
            f->at[count] = (uint32_t)at;
            if (!folded_is_usual_letter(bytes[at]))
                note_sign(f, count);
        }
        for (; count < most && at + 2 < text.length && is_plain_lead(bytes[at]);
             at += 3, count++) {
            f->cp[count] = decode_three(bytes + at);
            f->at[count] = (uint32_t)at;
        }
        if (at == text.length || count == most || (bytes[at] < 0x80 && bytes[at] != 0))
            continue;
        cp = fold_one(span_skip(text, at), &used);
        f->cp[count] = cp;
        f->at[count] = (uint32_t)at;
        at += used;
        if (cp == 0)
            continue;
        if (!folded_is_usual_letter(cp))
            note_sign(f, count);
        count++;
    }
    note_sign(f, count);
    f->cp[count] = 0;
    f->at[count] = (uint32_t)at;
    f->count = count;
    f->whole = at >= text.length;
}

void folded_front(struct folded *f, struct span text, size_t from)
{
    fold_from(f, text, from, FOLDED_MAX);
}

void folded_front_some(struct folded *f, struct span text, size_t from, size_t most)
{
    fold_from(f, text, from, most < FOLDED_MAX ? most : FOLDED_MAX);
}

void folded_back(struct folded *f, struct span text, size_t count)
{
    size_t at = text.length;

    if (count > FOLDED_MAX)
        count = FOLDED_MAX;
    while (at > 0 && count > 0)
        count -= !utf8_is_continuation(text.data[--at]);
    fold_from(f, text, at, FOLDED_MAX);
    f->whole = at == 0;
}

bool folded_is_bullet(uint32_t cp)
{
    if (cp >= 0x25C0 && cp <= 0x25C5) /* ◀ opens a pair: "◀ 앵커 ▶" */
        return false;
    if (cp >= 0x25A0 && cp <= 0x25FF) /* geometric shapes: ■ ▲ ▶ ◆ ○ ● */
        return true;
    if (cp >= 0x2660 && cp <= 0x2667) /* suits: ♣ */
        return true;
    switch (cp) {
    case 0x00B7:
    case 0x2022: /* • */
    case 0x2023:
    case 0x2027:
    case 0x2043:
    case 0x2192: /* → */
    case 0x21D2:
    case 0x2219:
    case 0x2299: /* ⊙ */
    case 0x2605: /* ★ */
    case 0x2606:
    case 0x260E: /* ☎ */
    case 0x260F:
    case 0x261B: /* ☛ */
    case 0x261E:
    case 0x2756:  /* ❖ */
    case 0x27A4:  /* ➤ */
    case 0x30FB:  /* ・ */
    case 0xF0A7:  /* from Wingdings */
    case 0xF0B7:  /* from the Symbol font, as in PDF documents */
    case 0x1F399: /* studio microphone */
    case 0x1F3A4: /* microphone */
    case 0x1F4DE: /* telephone receiver */
        return true;
    default:
        return false;
    }
}

bool folded_is_kana_or_han(uint32_t cp)
{
    return (cp >= 0x3040 && cp <= 0x30FF && cp != 0x30FB) || (cp >= 0x3400 && cp <= 0x9FFF) ||
           cp == 0x3005 || (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF);
}

bool folded_is_cjk(uint32_t cp)
{
    return folded_is_kana_or_han(cp) || (cp >= 0xAC00 && cp <= 0xD7A3) ||
           (cp >= 0x1100 && cp <= 0x11FF);
}

bool folded_is_other_letter(uint32_t cp)
{
    if (cp < 0xC0)
        return cp == 0xAA || cp == 0xBA;
    if (cp >= 0x2000 && cp < 0x2C00) /* punctuation, arrows, signs, boxes */
        return false;
    if (cp >= 0x3000 && cp < 0x3040)
        return cp == 0x3005;
    return cp != 0xD7 && cp != 0xF7 && cp != 0x30FB && cp != 0xFFFD &&
           !(cp >= 0xFE10 && cp <= 0xFF65) && !(cp >= 0x1F000 && cp <= 0x1FAFF);
}

bool folded_is_in_capitals(struct span text)
{
    bool upper = false;
    size_t at = 0;

    while (at < text.length) {
        uint32_t cp;

        at += utf8_decode(text.data + at, text.length - at, &cp);
        if (folded_is_lower(cp))
            return false;
        upper |= folded_is_upper(cp);
    }
    return upper;
}

size_t folded_columns(struct span text)
{
    return text.length > 0 ? bytes_count_columns(text.data, text.length) : 0;
}

static uint32_t last_of(struct span text, size_t *at)
{
    uint32_t cp = 0;

    *at = 0;
    if (text.length == 0)
        return 0;
    *at = utf8_floor(text.data, text.length, text.length - 1);
    utf8_decode(text.data + *at, text.length - *at, &cp);
    return cp;
}

uint32_t folded_last(struct span text)
{
    size_t at;

    return folded_code_point(last_of(text, &at));
}

/* Whether the character at the front may be one that nobody sees, judged by its bytes. */
static bool may_be_unseen(struct span text)
{
    const unsigned char *s = (const unsigned char *)text.data;

    switch (*s) {
    case 0xC2: /* U+00A0, U+00AD */
    case 0xD8: /* U+061C */
    case 0xEF: /* U+FE0E, U+FE0F, U+FEFF */
        return true;
    case 0xE2: /* U+2002 to U+206F */
        return text.length < 2 || s[1] <= 0x81;
    case 0xE3: /* U+3000 */
        return text.length < 3 || (s[1] == 0x80 && s[2] == 0x80);
    default:
        return *s <= ' ';
    }
}

/* The bytes of a character that nobody sees, at the front: white space of any width, the end of
 * a line, a format character. 0: it is seen. */
static size_t unseen_bytes(struct span text)
{
    uint32_t cp;
    size_t used;

    if (!may_be_unseen(text))
        return 0;
    used = utf8_decode(text.data, text.length, &cp);
    cp = folded_code_point(cp);
    return cp == 0 || folded_is_blank(cp) || (cp >= '\n' && cp <= '\r') ? used : 0;
}

/* Whether a byte is a visible character of ASCII. */
static bool is_seen(char c)
{
    return (unsigned char)c > ' ' && (unsigned char)c < 0x80;
}

struct span folded_trim(struct span text)
{
    size_t used;

    while (text.length > 0 && (used = unseen_bytes(text)) > 0)
        text = span_skip(text, used);
    while (text.length > 0 && !is_seen(text.data[text.length - 1])) {
        size_t last = utf8_floor(text.data, text.length, text.length - 1);

        if (unseen_bytes(span_skip(text, last)) == 0)
            break;
        text.length = last;
    }
    return text;
}

static bool closes(uint32_t cp)
{
    return cp == 0x300D || cp == 0x300F || cp == 0x201D || cp == 0x201C || cp == 0xBB ||
           cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == '*' || cp == '_';
}

static bool is_sentence_mark(uint32_t cp)
{
    return cp == '.' || cp == '?' || cp == '!' || cp == 0x3002 || cp == 0x2026 ||
           cp == 0x2025 || cp == 0xFF61 || cp == 0x061F || cp == 0x06D4 || cp == 0x0964 ||
           cp == 0x203C || cp == 0x2047 || cp == 0x2048 || cp == 0x2049 || cp == 0x104B ||
           (cp >= 0x0E01 && cp <= 0x0EDD); /* Thai and Lao separate sentences by blanks */
}

/* The text without closing marks and without one note in brackets at its end. */
static struct span without_closers(struct span text, bool *note)
{
    size_t at;

    *note = false;
    for (;;) {
        uint32_t cp;

        text = folded_trim(text);
        cp = folded_code_point(last_of(text, &at));
        if (!closes(cp))
            return text;
        if (cp == ')' && !*note) {
            size_t back = at;
            int steps = 0;

            /* Text in brackets is a note: (laughter), （拍手）. */
            while (back > 0 && steps++ < 60) {
                uint32_t before;

                back = utf8_floor(text.data, text.length, back - 1);
                utf8_decode(text.data + back, text.length - back, &before);
                if (folded_code_point(before) == '(')
                    break;
            }
            if (back > 0 && steps < 60) {
                *note = true;
                text.length = back;
                continue;
            }
        }
        text.length = at;
        if (text.length == 0)
            return text;
    }
}

/* A letter, a digit, or a sign within words: no sentence ends in one. */
static bool folded_is_ascii_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= ':') ||
           c == ',' || c == '-';
}

bool folded_ends_sentence(struct span text)
{
    struct span plain = text;
    bool note;
    size_t at;

    if (text.length > 0 && folded_is_ascii_word(text.data[text.length - 1]))
        return false;
    if (is_sentence_mark(folded_code_point(last_of(plain, &at))))
        return true;
    plain = without_closers(plain, &note);
    if (is_sentence_mark(folded_code_point(last_of(plain, &at))))
        return true;
    /* A sentence may end inside brackets at the end of the text. */
    while (text.length > 0 && closes(folded_code_point(last_of(text, &at))))
        text.length = at;
    return is_sentence_mark(folded_code_point(last_of(text, &at)));
}

/* Endings of questions without a question mark. Each ends in か, 까 or 요. */
static const char *const question_endings[] = {
    "ですか",   "ますか", "でしょうか", "ませんか", "ましたか", "したか",
    "だろうか", "습니까", "니까",       "나요",     "까요",
};

/* Whether Greek, which has a semicolon for a question mark, does so in this text. */
static bool has_greek_question(struct span text)
{
    size_t at = 0;

    while (at < text.length && at < GREEK_FRONT &&
           ((unsigned char)text.data[at] & 0xFE) != 0xCE)
        at++;
    if (at == text.length || at == GREEK_FRONT)
        return false;
    while (at < text.length) {
        const char *sign = memchr(text.data + at, ';', text.length - at);
        size_t before;
        uint32_t cp = 0;

        if (sign == NULL)
            return false;
        at = (size_t)(sign - text.data) + 1;
        before = utf8_floor(text.data, text.length, at - 2);
        utf8_decode(text.data + before, at - 1 - before, &cp);
        if (cp >= 0x370 && cp < 0x400)
            return true;
    }
    return false;
}

/* What may follow such an ending. */
static bool may_follow_ending(struct span rest)
{
    return rest.length == 0 || *rest.data == '.' || *rest.data == ' ' ||
           span_starts_with(rest, "。") || span_starts_with(rest, "、") ||
           span_starts_with(rest, "」");
}

/* なぜでしょう。: an interrogative in the sentence that でしょう ends, and no か. */
static bool holds_interrogative(struct span before)
{
    static const char *const asking[] = {"なぜ", "いつ", "どこ", "どう",   "どの", "どんな",
                                         "どれ", "だれ", "誰",   "いくら", "何",   NULL};
    const char *stop;

    while ((stop = memmem(before.data, before.length, "。", 3)) != NULL)
        before = span_skip(before, (size_t)(stop - before.data) + 3);
    return span_contains_any(before, asking);
}

/* 합니까 asks; 하니까 gives a reason. In a question, the syllable before 니까 ends in ㅂ.
 * 안녕하십니까 is a greeting. */
static bool is_asking_syllable(struct span before)
{
    uint32_t cp = 0;

    if (span_ends_with(before, "안녕하십"))
        return false;
    if (before.length >= 3)
        utf8_decode(before.data + before.length - 3, 3, &cp);
    return cp >= 0xAC00 && cp <= 0xD7A3 && (cp - 0xAC00) % 28 == 17;
}

/* ほんとですか、うれしい: an expression of attention, not a question. */
static bool is_only_heard(struct span before)
{
    static const char *const words[] = {"そう", "そうなん", "ほんと", "ほんとう",
                                        "本当", "まじ",     "マジ"};
    static const char *const fronts[] = {"。", "、", "「", "　", "：", ":", " ", "）", NULL};
    size_t i;

    for (i = 0; i < sizeof words / sizeof *words; i++) {
        struct span front = span_of(before.data, before.length - strlen(words[i]));

        if (!span_ends_with(before, words[i]))
            continue;
        if (front.length == 0)
            return true;
        if (span_ends_with_any(front, fronts))
            return true;
    }
    return false;
}

/* Whether one of the endings stands at the end of a text, and asks there. */
static bool ends_asking(struct span text)
{
    for (size_t i = 0; i < sizeof question_endings / sizeof *question_endings; i++) {
        const char *ending = question_endings[i];
        struct span before = span_of(text.data, text.length - strlen(ending));

        if (span_ends_with(text, ending) &&
            (strcmp(ending, "니까") != 0 || is_asking_syllable(before)) &&
            !(*ending == '\xE3' && is_only_heard(before)))
            return true;
    }
    return false;
}

/* 안녕하세요?: a greeting, whatever mark follows it. */
static bool is_greeting(struct span before_mark)
{
    static const char *const greetings[] = {"안녕하세요",     "안녕하십니까", "안녕하셨어요",
                                            "안녕하셨습니까", "안녕하시죠",   NULL};

    return span_ends_with_any(before_mark, greetings);
}

bool folded_asks(struct span text)
{
    static const char supposing[] = "でしょう";
    bool supposed = false; /* only the first one counts */
    size_t at = 0;

    if (has_greek_question(text))
        return true;
    while (text.length > 0) {
        struct span front;

        at += bytes_run_before_asking(text.data + at, text.length - at);
        if (at == text.length)
            return false;
        if (text.data[at] != '\xE3' && text.data[at] != '\xEA' && text.data[at] != '\xEC') {
            if (!is_greeting(span_of(text.data, at)))
                return true; /* a question mark */
            at++;
            continue;
        }
        at += 3;
        front = span_of(text.data, at);
        if (!supposed && span_ends_with(front, supposing)) {
            supposed = true;
            if (may_follow_ending(span_skip(text, at)) &&
                holds_interrogative(span_of(text.data, at - (sizeof supposing - 1))))
                return true;
        } else if (may_follow_ending(span_skip(text, at)) && ends_asking(front)) {
            return true;
        }
    }
    return false;
}

bool folded_opens_quotation(struct span text)
{
    uint32_t cp = 0;

    if (text.length > 0)
        utf8_decode(text.data, text.length, &cp);
    return cp == '"' || cp == 0x201C || cp == 0x300C || cp == 0x300E;
}

/* How members of an assembly put a question that has no question mark. */
static const char *const request_words[] = {"伺います",
                                            "伺いたい",
                                            "うかがいます",
                                            "お聞きします",
                                            "お聞かせ",
                                            "お示しください",
                                            "お示し願います",
                                            "お尋ねします",
                                            "お尋ねいたします",
                                            "お答えください",
                                            "教えてください",
                                            "答弁を求めます",
                                            "質問いたします",
                                            "質問をいたします",
                                            "質問します",
                                            "質問させていただきます",
                                            "質疑いたします",
                                            "伺いいたします",
                                            "请问",
                                            "請問",
                                            "답변해 주시기 바랍니다",
                                            "설명해 주시기 바랍니다",
                                            "말씀해 주십시오",
                                            "답변 바랍니다",
                                            "질문드리겠습니다",
                                            "질의하겠습니다",
                                            "질의드리겠습니다",
                                            NULL};
static struct word_finder requests;
static pthread_once_t requests_once = PTHREAD_ONCE_INIT;

static void build_requests(void)
{
    word_finder_build(&requests, request_words);
}

/* Whether a text asks without a question mark. */
bool folded_requests(struct span text)
{
    bool note;
    size_t at;

    pthread_once(&requests_once, build_requests);
    if (word_finder_is_in(&requests, text))
        return true;
    /* 見直すのか。 今後の予定は。 */
    text = without_closers(text, &note);
    if (is_sentence_mark(folded_code_point(last_of(text, &at))))
        text.length = at;
    return span_ends_with(text, "か") || span_ends_with(text, "は");
}

/* Topics and requests after a dash that serve as questions: 今の課題は。 一言お願いします。
 * 향후 계획은. */
bool folded_ends_in_request(struct span text)
{
    static const char *const ends[] = {
        "は",     "とは", "ください", "下さい", "お願いします", "ましょう", "주십시오",
        "주세요", "는",   "은",       "나",     "가",           "지",       "냐",
        "까",     "요",   NULL};
    bool note;
    size_t at;

    text = without_closers(text, &note);
    if (is_sentence_mark(folded_code_point(last_of(text, &at))))
        text.length = at;
    return span_ends_with_any(text, ends);
}

bool folded_ends_in_question(struct span text)
{
    bool note;
    size_t at, back, steps = 0;
    uint32_t cp;

    text = without_closers(text, &note);
    cp = folded_code_point(last_of(text, &at));
    if (cp == '?' || cp == 0x61F)
        return true;
    if (!is_sentence_mark(cp))
        at = text.length;
    back = at;
    while (back > 0 && steps++ < 6)
        back = utf8_floor(text.data, text.length, back - 1);
    return folded_asks(span_of(text.data + back, at - back));
}

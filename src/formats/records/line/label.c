/* The shape of labels. The rules hold in any language; words come from vocabulary.c. */
#include "formats/records/line/label.h"

#include <string.h>

#include "formats/records/line/vocabulary.h"
#include "shilu/text/utf8.h"

/* Longer than this, in columns or words, is not a name. */
enum { LAST_NAME_BYTES_MIN = 3 };
enum {
    CJK_COLUMNS_MAX = 44,
    CJK_COLUMNS_USUAL = 24,
    COLUMNS_MAX = 56,
    CHARACTERS_MAX = 100,
    WORDS_MAX = 9,
    OFFICE_WORDS_MAX = 14,
    WORDS_USUAL = 4,
    LABEL_BYTES = 400,
    QUOTED_NAME_MAX = 16,
    DOUBTED_LETTERS_MAX = 3,
    WORD_OF_FORM_MAX = 4, /* letters of a short form that begins in lower case */
    SHORT_FORM_MAX = 6,
    PRESIDENCY_BYTES = 16,
    SIDE_WORDS_MAX = 4,
    PHONE_DIGITS_MIN = 7,
    PHONE_DIGITS_MAX = 15,
    OFFICE_BYTES_MAX = 32,
    CAPITALS_MIN = 5, /* letters of a name in capitals before an office */
    NAMED_MAX = 30    /* characters of a name in brackets after a mark */
};

static const uint32_t pairs[][2] = {{'(', ')'},       {'[', ']'},       {'<', '>'},
                                    {0x300C, 0x300D}, {0x3010, 0x3011}, {0x300E, 0x300F},
                                    {0x300A, 0x300B}};

void label_append(const struct folded *f, struct label_place place, struct buffer *out)
{
    size_t most = place.end > place.start ? (place.end - place.start) * UTF8_MAX_BYTES : 0;
    char *end = buffer_reserve(out, most);
    size_t used = 0;
    size_t i;

    for (i = place.start; i < place.end; i++)
        used += utf8_encode(f->cp[i], end + used);
    buffer_commit(out, used);
}

/* The same into a fixed array; a longer place is not a label. */
static struct span fold_into(const struct folded *f, struct label_place place, char *out)
{
    size_t used = 0;
    size_t i;

    for (i = place.start; i < place.end && used + UTF8_MAX_BYTES < LABEL_BYTES; i++) {
        if (f->cp[i] < 0x80)
            out[used++] = (char)f->cp[i];
        else
            used += utf8_encode(f->cp[i], out + used);
    }
    return span_of(out, used);
}

static bool is_empty(struct label_place p)
{
    return p.end <= p.start;
}

static struct label_place trim_blanks(const struct folded *f, struct label_place p)
{
    while (p.start < p.end && folded_is_blank(f->cp[p.start]))
        p.start++;
    while (p.end > p.start && folded_is_blank(f->cp[p.end - 1]))
        p.end--;
    return p;
}

/* A number may precede these: a mark for question or answer, an office, a fact. */
static bool is_numbered(struct span label)
{
    size_t word;

    return vocabulary_mark(label, &word) != MARK_NONE || vocabulary_has_title(label) ||
           vocabulary_fact(label) != FACT_NONE;
}

/* 漁會 蔡總幹事 */
static bool are_words(const struct folded *f, struct label_place p)
{
    size_t i;

    for (i = p.start; i < p.end; i++)
        if (!folded_is_cjk(f->cp[i]) && !folded_is_blank(f->cp[i]))
            return false;
    return p.end - p.start > 1;
}

/* "1. Ann Muir (Argyll)": the number counts questions, since no two people share a full name.
 */
static bool is_full_name(const struct folded *f, struct label_place p)
{
    size_t words = 0;
    size_t at = p.start;

    while (at < p.end && f->cp[at] != '(') {
        size_t word = at;

        while (at < p.end && !folded_is_blank(f->cp[at]) && f->cp[at] != '(')
            at++;
        if (!folded_is_upper(f->cp[word]) || at - word < 2)
            return false;
        words++;
        while (at < p.end && folded_is_blank(f->cp[at]))
            at++;
    }
    return words >= 2 && words <= WORDS_USUAL;
}

/* "#12 小葛": the number counts turns. */
static struct label_place drop_count(const struct folded *f, struct label_place p)
{
    struct label_place rest = {p.start + 1, p.end};

    if (is_empty(p) || f->cp[p.start] != '#')
        return p;
    while (rest.start < p.end && folded_is_digit(f->cp[rest.start]))
        rest.start++;
    if (rest.start == p.start + 1 || rest.start >= p.end || !folded_is_blank(f->cp[rest.start]))
        return p;
    return trim_blanks(f, rest);
}

/* "Operator   [12]": the number, apart from the name, counts turns. "Presidenten []": a place
 * for a party that nobody filled in. */
static struct label_place drop_count_behind(const struct folded *f, struct label_place p)
{
    size_t at = p.end;

    if (is_empty(p) || f->cp[p.end - 1] != ']')
        return p;
    for (at--; at > p.start && folded_is_digit(f->cp[at - 1]);)
        at--;
    if (at < p.start + 3 || f->cp[at - 1] != '[' || !folded_is_blank(f->cp[at - 2]) ||
        (at + 1 < p.end && !folded_is_blank(f->cp[at - 3])))
        return p;
    p.end = at - 1;
    return trim_blanks(f, p);
}

/* 一、问, 3.問, （二）问, 壹、時間, 四、里民 吳先生: a number in front of a label. */
static struct label_place drop_number(const struct folded *f, struct label_place p)
{
    struct label_place rest = drop_count(f, p);
    struct label_place bare;
    char text[LABEL_BYTES];
    size_t at = p.start;

    if (rest.start > p.start)
        return rest;
    at += at < p.end && f->cp[at] == '(';
    while (at < p.end && vocabulary_is_numeral(f->cp[at]))
        at++;
    if (at == p.start || at >= p.end ||
        (f->cp[at] != 0x3001 && f->cp[at] != '.' && f->cp[at] != ')'))
        return p;
    rest.start = at + 1;
    rest = trim_blanks(f, rest);
    bare = rest;
    if (bare.end > bare.start && f->cp[bare.end - 1] == ')') /* 五、里長（結語） */
        while (bare.end > bare.start && f->cp[bare.end] != '(')
            bare.end--;
    if (is_empty(bare))
        return p;
    /* （二）漁會 蔡總幹事: a number in brackets belongs to no name. */
    return is_numbered(fold_into(f, bare, text)) || is_full_name(f, bare) ||
                   (f->cp[p.start] == '(' && are_words(f, bare))
               ? rest
               : p;
}

/* 【同期声】郑大海, [인터뷰] 김철수, <녹취> 주민: the kind of recording before the name. */
static struct label_place drop_kind(const struct folded *f, struct label_place p)
{
    uint32_t open = is_empty(p) ? 0 : f->cp[p.start];
    uint32_t close = open == 0x3010 ? 0x3011 : open == '[' ? ']' : open == '<' ? '>' : 0;
    struct label_place rest = {p.start + 1, p.end};

    if (close == 0)
        return p;
    while (rest.start < p.end && f->cp[rest.start] != close)
        rest.start++;
    if (rest.start >= p.end)
        return p;
    rest.start++;
    rest = trim_blanks(f, rest);
    return !is_empty(rest) && folded_is_cjk(f->cp[rest.start]) ? rest : p;
}

/* （翻译）: the speaker, if one pair of brackets surrounds the whole label. */
static struct label_place without_brackets(const struct folded *f, struct label_place p)
{
    struct label_place inside = {p.start + 1, p.end - 1};
    size_t i;

    if (p.end < p.start + 3 || f->cp[p.start] != '(' || f->cp[p.end - 1] != ')')
        return p;
    for (i = inside.start; i < inside.end; i++)
        if (f->cp[i] == '(' || f->cp[i] == ')')
            return p;
    return trim_blanks(f, inside);
}

/* Q12 Chair, Q7. Ms. Vik: the number of a question before the name of the person who asks
 * it. */
static struct label_place drop_question_number(const struct folded *f, struct label_place p)
{
    struct label_place rest = {p.start + 1, p.end};

    if (is_empty(p) || f->cp[p.start] != 'Q')
        return p;
    while (rest.start < p.end && folded_is_digit(f->cp[rest.start]))
        rest.start++;
    if (rest.start == p.start + 1)
        return p;
    rest.start += rest.start < p.end && (f->cp[rest.start] == '.' || f->cp[rest.start] == ')');
    if (rest.start >= p.end || !folded_is_blank(f->cp[rest.start]))
        return p;
    rest = trim_blanks(f, rest);
    return !is_empty(rest) && folded_is_upper(f->cp[rest.start]) ? rest : p;
}

/* "Cross-examined by Mr. Rudd": who asks from here on. */
static struct label_place drop_examined(const struct folded *f, struct label_place p)
{
    static const char *const verbs[] = {"examined by ", "examination by "};
    size_t at = p.start;
    size_t i, k;

    if (p.end - p.start < 14)
        return p;
    for (; at < p.end && f->cp[at] != ' ' && f->cp[at] != 'e' && f->cp[at] != 'E'; at++)
        continue;
    if (at > p.start && f->cp[at - 1] != '-') /* Re-examined */
        return p;
    for (i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        for (k = 0;
             verbs[i][k] != '\0' && folded_lower(f->cp[at + k]) == (unsigned char)verbs[i][k];)
            k++;
        if (verbs[i][k] == '\0' && at + k < p.end && folded_is_upper(f->cp[at + k]))
            return (struct label_place){at + k, p.end};
    }
    return p;
}

/* "SPEAKER.", "RACHEL VIK.": a word in capitals is not an abbreviation, nor is the last of two.
 */
static bool ends_in_capitals(const struct folded *f, struct label_place p)
{
    bool blank = false;
    size_t i;

    for (i = p.start; i < p.end; i++) {
        blank |= folded_is_blank(f->cp[i]);
        if (folded_is_lower(f->cp[i]))
            blank = false;
    }
    for (i = 2; i <= (blank ? 4 : 5); i++)
        if (!folded_is_upper(f->cp[p.end - i]))
            return false;
    return true;
}

/* "@临河民政 回复 @海岛小钱": on a microblog, whom a posting answers follows who posts it.
 * Where the label that begins with the first sign ends. */
static size_t end_before_answered(const struct folded *f, struct label_place p)
{
    size_t blank = p.start;
    size_t i;

    while (blank < p.end && !folded_is_blank(f->cp[blank]))
        blank++;
    for (i = blank; i < p.end && f->cp[i] != '@'; i++)
        continue;
    return i < p.end ? blank : p.end;
}

struct label_place label_trim(const struct folded *f, struct label_place p)
{
    size_t marks;

    p = drop_count_behind(f, trim_blanks(f, p));
    marks = p.start;
    while (marks < p.end && (folded_is_bullet(f->cp[marks]) || f->cp[marks] == '-' ||
                             folded_is_blank(f->cp[marks])))
        marks++;
    if (marks > p.start && marks < p.end && f->cp[marks] == ':')
        marks++;
    /* @birch, +birch: prefixes of an operator and of a voiced nickname in IRC. */
    if (marks + 1 < p.end && (f->cp[marks] == '@' || f->cp[marks] == '+') &&
        folded_is_letter(f->cp[marks + 1])) {
        p.end = end_before_answered(f, (struct label_place){marks, p.end});
        marks++;
    }
    if (marks < p.end)
        p.start = marks;
    while (p.end > p.start && (f->cp[p.end - 1] == ':' || f->cp[p.end - 1] == '/' ||
                               folded_is_blank(f->cp[p.end - 1])))
        p.end--;
    p = drop_kind(f, without_brackets(f, trim_blanks(f, p)));
    if (p.end > p.start + 4 && f->cp[p.end - 1] == '.' && ends_in_capitals(f, p))
        p.end--;
    return drop_question_number(f, drop_number(f, drop_examined(f, p)));
}

/* Position of a code point in a place, or its end. */
static size_t find(const struct folded *f, struct label_place p, uint32_t cp)
{
    size_t i;

    for (i = p.start; i < p.end; i++)
        if (f->cp[i] == cp)
            return i;
    return p.end;
}

static size_t find_last(const struct folded *f, struct label_place p, uint32_t cp)
{
    size_t i;

    for (i = p.end; i > p.start; i--)
        if (f->cp[i - 1] == cp)
            return i - 1;
    return p.end;
}

static bool holds_cjk(const struct folded *f, struct label_place p)
{
    size_t i;

    for (i = p.start; i < p.end; i++)
        if (folded_is_cjk(f->cp[i]))
            return true;
    return false;
}

static bool is_balanced(const struct folded *f, struct label_place p)
{
    int depths[sizeof pairs / sizeof *pairs] = {0};
    size_t k, i;

    for (i = p.start; i < p.end; i++) {
        uint32_t cp = f->cp[i];

        if ((cp > ']' && cp < 0x3000) || cp > 0x3011) /* beside all brackets */
            continue;
        for (k = 0; k < sizeof pairs / sizeof *pairs; k++) {
            depths[k] += cp == pairs[k][0];
            depths[k] -= cp == pairs[k][1];
            if (depths[k] < 0)
                return false;
        }
    }
    for (k = 0; k < sizeof pairs / sizeof *pairs; k++)
        if (depths[k] != 0)
            return false;
    return true;
}

/* Signs that end or separate sentences, or belong to code, and are in no name. */
static bool is_impossible(uint32_t cp)
{
    switch (cp) {
    case '?':
    case '!':
    case '"':
    case '=':
    case ';':
    case '{':
    case '}':
    case 0xA9:   /* © */
    case 0x61F:  /* ؟ */
    case 0x964:  /* । */
    case 0x3002: /* 。 */
    case 0x2026: /* … */
    case 0x201C: /* “ */
    case 0x201D:
    case 0xFF61:
        return true;
    default:
        return false;
    }
}

/* Signs of paths, code and tables; only names in chats have them. */
static bool is_odd_sign(uint32_t cp)
{
    return cp < 0x80 && strchr("#@\\*<>=$%{}|~^`_;", (int)cp) != NULL;
}

struct counts {
    size_t letters;
    size_t digits;
    size_t cjk;
    size_t commas;
    bool any_sign;
    bool slash;
    bool apart;  /* … and each has a blank on both sides: Y Llywydd / The Llywydd */
    bool clause; /* a stop or a comma before lower case, or behind a whole word */
    bool file;   /* a stop within a word: talk.mp3, example.org */
    bool wide_gap;
};

/* "Mr. de Vries", "Some hon. members": the stop belongs to an abbreviation. */
static bool ends_short_form(const struct folded *f, struct label_place p, size_t stop)
{
    size_t letters = 0;

    while (stop > p.start && folded_is_letter(f->cp[stop - 1])) {
        stop--;
        letters++;
    }
    return letters <= 3 || (letters == 4 && folded_is_upper(f->cp[stop]));
}

/* "Some were longer. At": the stop behind a word that is too long for a short form. */
static bool ends_word_of_sentence(const struct folded *f, struct label_place p, size_t stop)
{
    size_t at = stop;

    while (at > p.start && folded_is_letter(f->cp[at - 1]))
        at--;
    return (folded_is_lower(f->cp[at]) && stop - at > WORD_OF_FORM_MAX) ||
           stop - at > SHORT_FORM_MAX;
}

/* 网友“山里人”: a nickname in quotation marks at the end of the label. */
static bool is_quoted_name(const struct folded *f, struct label_place p, size_t at)
{
    size_t open = find(f, p, 0x201C);

    return (at == open || at + 1 == p.end) && open > p.start && open + 2 < p.end &&
           f->cp[p.end - 1] == 0x201D && folded_is_cjk(f->cp[open - 1]) &&
           p.end - open < QUOTED_NAME_MAX;
}

static bool is_hebrew(uint32_t cp)
{
    return cp >= 0x5D0 && cp <= 0x5EA;
}

/* Whether the letters of a place that have a case are capitals. */
static bool is_in_capitals(const struct folded *f, struct label_place p)
{
    bool any = false;
    size_t i;

    for (i = p.start; i < p.end; i++) {
        if (folded_is_lower(f->cp[i]))
            return false;
        any |= folded_is_upper(f->cp[i]);
    }
    return any;
}

/* A quotation mark that a label may have: within a Hebrew abbreviation (היו"ר), inside brackets
 * („Възраждане“, от място), or around the name of a party in a label in capitals. */
static bool is_quote_of_label(const struct folded *f, struct label_place p, size_t at,
                              int depth)
{
    uint32_t cp = f->cp[at];

    if (cp != '"' && cp != 0x201C && cp != 0x201D)
        return false;
    if (at > p.start && at + 1 < p.end && is_hebrew(f->cp[at - 1]) && is_hebrew(f->cp[at + 1]))
        return true;
    return depth > 0 || (at > p.start + 1 && is_in_capitals(f, p));
}

/* 主持人@江岸: a role, and the name after an at sign. */
static bool is_name_on_microblog(const struct folded *f, struct label_place p, size_t at)
{
    char text[LABEL_BYTES];

    return f->cp[at] == '@' && at > p.start && folded_is_cjk(f->cp[at - 1]) && at + 1 < p.end &&
           folded_is_letter(f->cp[at + 1]) &&
           vocabulary_has_title(fold_into(f, (struct label_place){p.start, at}, text));
}

/* A letter of a script without capitals, such as Hebrew, Arabic or Devanagari. */
static bool has_no_case(uint32_t cp)
{
    return folded_is_letter(cp) && !folded_is_cjk(cp) && !folded_is_upper(cp) &&
           !folded_is_lower(cp);
}

/* Count a label's characters outside its brackets; false if it has one that no label has. */
static bool count_characters(const struct folded *f, struct label_place p, struct counts *c)
{
    int depth = 0;
    size_t i;

    *c = (struct counts){0};
    for (i = p.start; i < p.end; i++) {
        uint32_t cp = f->cp[i];
        uint32_t next = i + 1 < p.end ? f->cp[i + 1] : 0;

        if ((is_impossible(cp) && !is_quoted_name(f, p, i) &&
             !is_quote_of_label(f, p, i, depth)) ||
            (cp == ':' && next == '/'))
            return false;
        /* "HON. SPEAKER.- Sir, I move:": the label ends before the dash. */
        if (cp == '.' && (next == 0x2014 || (next == '-' && f->cp[i + 2] == ' ')))
            return false;
        if (cp == '(' || cp == '[')
            depth++;
        if (depth == 0) {
            c->letters += folded_is_letter(cp);
            c->digits += folded_is_digit(cp);
            c->cjk += folded_is_cjk(cp);
            c->commas += cp == ',' || cp == 0x3001;
            if (cp == '/') {
                bool apart = i > p.start && folded_is_blank(f->cp[i - 1]) &&
                             folded_is_blank(next) && folded_is_upper(f->cp[i + 2]);

                c->apart = apart && (c->apart || !c->slash);
                c->slash = true;
            }
            c->any_sign |= is_odd_sign(cp) && !is_name_on_microblog(f, p, i) &&
                           !((cp == '_' || cp == '#') && folded_is_digit(next));
            c->file |= cp == '.' && i > p.start && folded_is_lower(next) && next < 0x80 &&
                       (folded_is_lower(f->cp[i - 1]) || folded_is_digit(f->cp[i - 1]));
            c->clause |= cp == '.' && next == ' ' && i + 2 < p.end &&
                         (folded_is_lower(f->cp[i + 2]) || has_no_case(f->cp[i + 2])) &&
                         !ends_short_form(f, p, i);
            c->clause |= cp == '.' && next == ' ' && i + 2 < p.end &&
                         folded_is_upper(f->cp[i + 2]) && ends_word_of_sentence(f, p, i);
            c->wide_gap |= folded_is_blank(cp) && folded_is_blank(next) &&
                           !(i > p.start && f->cp[i - 1] == ',');
        }
        if ((cp == ')' || cp == ']') && depth > 0)
            depth--;
    }
    return true;
}

/* (a), [ii], (一), (가), (イ): a list number in brackets. */
static bool is_enumeration(const struct folded *f, struct label_place p)
{
    static const char han[] = "一二三四五六七八九十";
    static const char letters[] =
        "一二三四五六七八九十イロハニホヘト가나다라마바사아자차카타파하";
    size_t length = p.end - p.start;
    char text[LABEL_BYTES];
    struct span folded = fold_into(f, p, text);
    size_t word;
    size_t i;

    text[folded.length] = '\0';
    if (vocabulary_mark(folded, &word) != MARK_NONE)
        return false;
    if (length == 1)
        return f->cp[p.start] < 0x80 || strstr(letters, text) != NULL;
    if (length > 4)
        return false;
    for (i = p.start; i < p.end; i++) {
        char one[UTF8_MAX_BYTES + 1] = {0};

        utf8_encode(f->cp[i], one);
        if (strchr("ivxIVX", one[0]) == NULL && (one[1] == '\0' || strstr(han, one) == NULL))
            return false;
    }
    return true;
}

static bool is_small_word(struct span word)
{
    static const char *const words[] = {
        "de",  "la",    "las",   "los",   "von",     "van", "der", "zu", "and",
        "of",  "the",   "del",   "da",    "do",      "dos", "di",  "el", "al",
        "bin", "binti", "ibn",   "pro",   "tempore", "du",  "des", "le", "y",
        "e",   "für",   "per",   "per",   "und",     "et",  "for", "to", "bint",
        "ben", "dell'", "della", "den",   "ten",     "ter", "a",   "i",  "il",
        "gli", "dei",   "degli", "delle", "dello",   NULL};

    return span_is_any(word, words);
}

/* al-Sayed, d'Estaing, di-Pertua: an article or a particle, and a name. */
static bool is_joined_name(struct span word)
{
    size_t at = 0;

    while (at < word.length && word.data[at] >= 'a' && word.data[at] <= 'z')
        at++;
    return at > 0 && at <= 3 && at + 1 < word.length &&
           (word.data[at] == '-' || word.data[at] == '\'') && word.data[at + 1] >= 'A' &&
           word.data[at + 1] <= 'Z';
}

/* "presidente", "diputado": an office, however it is spelt. */
static bool is_office_word(struct span word)
{
    char text[OFFICE_BYTES_MAX];
    size_t used;
    uint32_t cp;

    if (word.length < 4 || word.length >= sizeof text)
        return false;
    if (vocabulary_is_title(word))
        return true;
    used = utf8_decode(word.data, word.length, &cp);
    if (cp >= 0x80)
        return false;
    memcpy(text, word.data, word.length);
    text[0] = (char)(text[0] & ~0x20);
    return used == 1 && vocabulary_is_title(span_of(text, word.length));
}

/* Words of a label in letters such as Latin, Greek or Cyrillic: how many, and how many in lower
 * case. */
static void count_words(struct span label, size_t *words, size_t *lower)
{
    int depth = 0;
    bool office = false; /* after a dash: "Omar Reyes -- Dune Capital -- Analyst" */

    *words = *lower = 0;
    while (label.length > 0) {
        struct span word = span_take_until(&label, ' ');
        uint32_t cp;

        if (word.length == 0)
            continue;
        if (*words > 0 && (span_is(word, "-") || span_is(word, "--") || span_is(word, "—"))) {
            office = true;
            continue;
        }
        utf8_decode(word.data, word.length, &cp);
        if (cp == '(' || cp == '[')
            depth++;
        if (depth == 0) {
            *words += !office;
            *lower += folded_is_lower(cp) && !is_small_word(word) && !is_office_word(word) &&
                      !is_joined_name(word);
        }
        if (depth > 0 &&
            (word.data[word.length - 1] == ')' || word.data[word.length - 1] == ']'))
            depth--;
    }
}

/* ANNA BIANCHI, Ministro per i porti: the name is in capitals, so any spelling of an office may
 * follow the comma. */
static bool is_capitals_and_office(struct span label)
{
    size_t comma = span_find(label, ',');
    struct span name = span_of(label.data, comma < label.length ? comma : 0);
    size_t words = 0;
    size_t i;

    for (i = 0; i < name.length; i++) {
        if (name.data[i] >= 'a' && name.data[i] <= 'z')
            return false;
        words += name.data[i] == ' ';
    }
    return words > 0;
}

/* "DR. KOVÁTS ANNA közlekedési miniszter": where the office in lower case begins behind a name
 * of two words or more in capitals; the end of the place if all is not so. */
static size_t office_behind_capitals(const struct folded *f, struct label_place p)
{
    struct label_place rest = p;
    size_t capitals = 0, letters = 0, at = p.start;

    while (at < p.end) {
        size_t word = at;

        while (at < p.end && !folded_is_blank(f->cp[at])) {
            if (folded_is_lower(f->cp[at]) && at > word)
                break;
            letters += folded_is_upper(f->cp[at]);
            at++;
        }
        if (at < p.end && !folded_is_blank(f->cp[at]))
            break;
        if (at == word || !folded_is_upper(f->cp[word]))
            break;
        capitals++;
        while (at < p.end && folded_is_blank(f->cp[at]))
            at++;
        rest.start = at;
    }
    if (capitals < 2 || letters < CAPITALS_MIN || rest.start >= p.end)
        return p.end;
    for (at = rest.start; at < p.end; at++)
        if (!folded_is_blank(f->cp[at]) && !folded_is_lower(f->cp[at]) && f->cp[at] != '-')
            return p.end;
    return rest.start;
}

static bool ends_like_clause(struct span label)
{
    static const char *const ends[] = {"は", "が", "を", "に", "で", "と", "も", "는",
                                       "은", "을", "를", "에", "的", "是", "了", "说",
                                       "說", "道", "为", "為", "如", "有", "下"};
    size_t i;

    for (i = 0; i < 11; i++)
        if (span_ends_with(label, ends[i]))
            return true;
    return false;
}

/* The text after the last comma; in 主席，你試想 it is not an office. */
static struct span behind_comma(struct span label)
{
    size_t i;

    for (i = label.length; i > 0; i--) {
        if (label.data[i - 1] == ',')
            return span_skip(label, i);
        if (i >= 3 && memcmp(label.data + i - 3, "、", 3) == 0)
            return span_skip(label, i);
    }
    return label;
}

/* 我再補充：, 所以我们认为：: a pronoun or a conjunction begins a clause, never a name. */
static bool begins_like_clause(struct span label)
{
    static const char *const words[] = {"我",   "你",   "您",   "他",   "她",   "它",   "这",
                                        "這",   "但",   "所以", "因为", "因為", "如果", "而且",
                                        "不过", "不過", "其实", "其實", "虽然", "雖然"};
    size_t i;

    for (i = 0; i < sizeof words / sizeof *words; i++)
        if (label.length > strlen(words[i]) && span_starts_with(label, words[i]))
            return true;
    return false;
}

static bool cjk_shape(struct span label, size_t columns, const struct counts *c,
                      const struct label_context *context, float *bits)
{
    if (columns > CJK_COLUMNS_MAX || span_ends_with(label, "、") || span_ends_with(label, ","))
        return false; /* 逆に聞きたいんですが、 */
    if (columns > CJK_COLUMNS_USUAL && !context->bracketed)
        *bits -= 3;
    if (c->commas > 0 && !vocabulary_has_title(behind_comma(label)))
        *bits -= vocabulary_has_title(label) ? 4 + LABEL_TITLE_BITS : 4;
    if (ends_like_clause(label) || begins_like_clause(label))
        *bits -= 3;
    return true;
}

/* "The question is", "I would say that": words after which a sentence continues. */
static bool ends_like_sentence(struct span label)
{
    static const char *const words[] = {
        "and",  "are", "as",  "at",   "be",    "by",   "dass", "es",   "est",  "for",  "from",
        "have", "ist", "is",  "of",   "or",    "que",  "say",  "sind", "sont", "that", "the",
        "to",   "und", "was", "were", "which", "will", "with", "è",    NULL};
    size_t at = label.length;

    while (at > 0 && label.data[at - 1] != ' ')
        at--;
    return at > 0 && span_is_any(span_skip(label, at), words);
}

static bool is_name(const struct folded *f, struct label_place p);
static bool has_title(const struct folded *f, struct label_place p);

/* "Ida Berg, first channel": a full name, and few words behind a comma that say for whom. */
static bool is_name_and_side(const struct folded *f, struct label_place p)
{
    size_t comma = find(f, p, ',');
    size_t blanks = 0;
    size_t i;

    for (i = comma + 2; i < p.end; i++)
        blanks += folded_is_blank(f->cp[i]);
    return comma < p.end && blanks < SIDE_WORDS_MAX &&
           is_name(f, (struct label_place){p.start, comma});
}

/* The words of a place, if all begin with capitals; 0 if one does not, or has a digit. */
static size_t count_capital_words(const struct folded *f, struct label_place p)
{
    size_t words = 0;
    size_t i;

    for (i = p.start; i < p.end; i++) {
        if (folded_is_digit(f->cp[i]) || f->cp[i] == '(')
            return 0;
        if (i > p.start && !folded_is_blank(f->cp[i - 1]))
            continue;
        if (!folded_is_upper(f->cp[i]))
            return 0;
        words++;
    }
    return words;
}

/* "Novák, Jan", "Lipová, Zora, poslankyňa": the comma behind the given name where a surname, a
 * given name and perhaps an office are parted by commas; the end of the place if so without an
 * office, 0 if all is not so. */
static size_t end_of_surname_first(const struct folded *f, struct label_place p)
{
    size_t first = find(f, p, ',');
    struct label_place given = {first + 2, p.end};
    uint32_t office = 0;

    if (first >= p.end || f->cp[first + 1] != ' ' || given.start >= p.end)
        return 0;
    given.end = find(f, given, ',');
    if (given.end + 2 < p.end)
        office = f->cp[given.end + 2];
    else if (given.end < p.end)
        return 0;
    first = count_capital_words(f, (struct label_place){p.start, first});
    if (first < 1 || first > 2 || count_capital_words(f, given) < 1 ||
        count_capital_words(f, given) > 2 || has_title(f, given))
        return 0;
    return office == 0 || folded_is_lower(office) ||
                   has_title(f, (struct label_place){given.end + 2, p.end})
               ? given.end
               : 0;
}

/* Letters that only Vietnamese has. It sets blanks between syllables, and only the first one of
 * an office is a capital: "Bộ trưởng Bộ Giao thông vận tải Nguyễn Quốc Bảo". */
static bool is_vietnamese(const struct folded *f, struct label_place p)
{
    size_t i;

    for (i = p.start; i < p.end; i++)
        if ((f->cp[i] >= 0x1EA0 && f->cp[i] <= 0x1EF9) || f->cp[i] == 0x1A1 ||
            f->cp[i] == 0x1B0 || f->cp[i] == 0x1AF)
            return true;
    return false;
}

static bool latin_shape(const struct folded *f, struct label_place p, struct span label,
                        size_t columns, const struct counts *c,
                        const struct label_context *context, float *bits)
{
    bool office = is_capitals_and_office(label);
    bool surname_first = false;
    size_t words, lower;

    count_words(label, &words, &lower);
    if (office && lower > 1)
        lower = 1;
    if (lower > 0 && vocabulary_is_anonymous(label))
        lower = 0;
    if (lower > 0 && is_vietnamese(f, p) && vocabulary_has_title(label))
        lower = 0;
    if (lower > 0 && office_behind_capitals(f, p) < p.end) {
        lower = 0;
        *bits -= 1;
    }
    if (lower > 0 && is_name_and_side(f, p)) {
        lower = 0;
        *bits -= 1;
    }
    if ((lower > 0 || c->commas > 1) && end_of_surname_first(f, p) > 0) {
        lower = 0;
        surname_first = true;
    }
    /* Offices may be long: "Sottosegretaria di Stato per le infrastrutture e i trasporti", "The
     * Minister of State for Transport and Civil Aviation (Mr. Alan Birch)". */
    if (label.length > 0 && label.data[label.length - 1] == ']')
        columns = folded_columns(span_of(label.data, span_find(label, '[')));
    if ((!office && (words > WORDS_MAX || columns > COLUMNS_MAX) &&
         (words > OFFICE_WORDS_MAX || !vocabulary_has_title(label))) ||
        (c->wide_gap && !(context->timed && words <= WORDS_USUAL)))
        return false;
    if (lower > 0 && !context->timed && ends_like_sentence(label))
        *bits -= 4;
    if (words > WORDS_USUAL && !(lower == 0 && vocabulary_has_title(label)))
        *bits -= 2;
    if (lower > 0 && context->timed)
        *bits -= words == 1 ? 0 : 2;
    else if (lower > 0)
        *bits -= 3 * (float)lower;
    else if (words == 2 || words == 3)
        *bits += 1;
    if (c->commas > 1 && !surname_first)
        *bits -= 2;
    return true;
}

bool label_is_unknown(const struct folded *f, struct label_place p)
{
    char text[LABEL_BYTES];
    struct span label;

    if (is_empty(p) || f->cp[p.end - 1] != '?')
        return false;
    label = fold_into(f, p, text);
    return span_is(label, "?") || span_is(label, "??") || span_is(label, "???") ||
           span_is(label, "speaker ?") || span_is(label, "Speaker ?") ||
           span_is(label, "SPEAKER ?") || span_is(label, "SPEAKER_?");
}

/* ――, ──: two dashes stand for whoever asks. */
static bool is_two_dashes(const struct folded *f, struct label_place p)
{
    return p.end == p.start + 2 && f->cp[p.start] == 0x2014 && f->cp[p.start + 1] == 0x2014;
}

/* P?, M2?, INT?: a member of a group whom the transcriber could not identify for certain. */
static bool is_doubted(const struct folded *f, struct label_place p)
{
    size_t at = p.start;

    while (at < p.end && f->cp[at] >= 'A' && f->cp[at] <= 'Z')
        at++;
    if (at == p.start || at - p.start > DOUBTED_LETTERS_MAX)
        return false;
    while (at < p.end && folded_is_digit(f->cp[at]))
        at++;
    return at + 1 == p.end && f->cp[at] == '?';
}

/* +15550100177, +49 (30) 555-0142: somebody who is in no address book. */
static bool is_phone_number(const struct folded *f, struct label_place p)
{
    size_t digits = 0;
    size_t i;

    if (is_empty(p) || f->cp[p.start] != '+')
        return false;
    for (i = p.start + 1; i < p.end; i++) {
        if (folded_is_digit(f->cp[i]))
            digits++;
        else if (f->cp[i] != ' ' && f->cp[i] != '-' && f->cp[i] != '(' && f->cp[i] != ')')
            return false;
    }
    return digits >= PHONE_DIGITS_MIN && digits <= PHONE_DIGITS_MAX;
}

bool label_is_mail_address(const struct folded *f, struct label_place p)
{
    size_t at = find(f, p, '@');
    size_t i, stop = p.end;

    if (at == p.start || at + 3 >= p.end)
        return false;
    for (i = p.start; i < p.end; i++) {
        uint32_t cp = f->cp[i];

        if (!folded_is_letter(cp) && !folded_is_digit(cp) && cp != '.' && cp != '-' &&
            cp != '_' && cp != '+' && i != at)
            return false;
        if (cp == '.' && i > at)
            stop = i;
    }
    return stop > at + 1 && stop + 2 < p.end;
}

/* [질문 답변], 提问/回答: a section title, not a speaker. */
static bool is_both_marks(struct span label)
{
    size_t at = 0;
    size_t word;

    while (at < label.length && label.data[at] != ' ' && label.data[at] != '/')
        at++;
    return at < label.length && vocabulary_mark(span_of(label.data, at), &word) == MARK_ASKS &&
           vocabulary_mark(span_trim(span_skip(label, at + 1)), &word) == MARK_ANSWERS;
}

/* [In reply to 小满]: what Telegram prints above a message. */
static bool is_of_program(const struct folded *f, struct label_place p)
{
    static const char *const fronts[] = {"In reply to ", "Forwarded from ", NULL};
    char text[LABEL_BYTES];
    struct span label = fold_into(f, p, text);

    return span_starts_with_any(label, fronts);
}

/* 各位議員：, 司長、各位同事：, 尊敬的…：: who is addressed, as a speech begins. */
static bool addresses_audience(struct span label)
{
    static const char *const anywhere[] = {"各位", "诸位", "諸位", "여러분", NULL};
    static const char *const starts[] = {"尊敬的", "敬爱的", "敬愛的", "亲爱的",   "親愛的",
                                         "女士们", "女士們", "先生们", "先生們",   "同志们",
                                         "同志們", "朋友们", "朋友們", "존경하는", NULL};

    if (span_contains_any(label, anywhere))
        return true;
    return span_starts_with_any(label, starts);
}

/* "Présidence de Mme Brun", "PRESIDENZA DEL PRESIDENTE URBANI": who chairs from here on. */
static bool names_presidency(struct span label)
{
    static const char *const words[] = {"présidence d", "presidencia d", "presidenza d",
                                        "presidência d", "președinția d"};
    char lower[PRESIDENCY_BYTES + UTF8_MAX_BYTES];
    size_t at = 0, used = 0;
    size_t i;

    while (at < label.length && used < PRESIDENCY_BYTES) {
        uint32_t cp;

        at += utf8_decode(label.data + at, label.length - at, &cp);
        used += utf8_encode(folded_lower(cp), lower + used);
    }
    for (i = 0; i < sizeof words / sizeof *words; i++)
        if (span_starts_with(span_of(lower, used), words[i]))
            return true;
    return false;
}

bool label_shape(const struct folded *f, struct label_place p,
                 const struct label_context *context, float *bits)
{
    char text[LABEL_BYTES];
    struct span label;
    struct counts c;
    uint32_t first = f->cp[p.start];
    size_t columns, word;

    if (label_is_unknown(f, p) || is_doubted(f, p) || is_two_dashes(f, p)) {
        *bits = 0;
        return true;
    }
    if (!context->timed && (is_phone_number(f, p) || label_is_mail_address(f, p))) {
        *bits = LABEL_DOUBTFUL; /* a time may still say that it is one */
        return true;
    }
    if (is_empty(p) || p.end - p.start > CHARACTERS_MAX || !count_characters(f, p, &c) ||
        c.clause || !is_balanced(f, p))
        return false;
    if (context->bracketed && (is_enumeration(f, p) || is_of_program(f, p)))
        return false;
    if (!context->timed && (c.any_sign || c.file ||
                            !(folded_is_letter(first) || folded_is_digit(first) ||
                              first == 0x300A || first == 0x300C || first == 0x300E ||
                              strchr("([+", (int)(first < 0x80 ? first : '!'))) ||
                            (c.letters == 0 && !context->bracketed)))
        return false;
    if (c.letters + c.digits == 0)
        return false;
    /* "+ Build-Depends", "d/control" */
    if (!context->timed && ((first == '+' && !folded_is_digit(f->cp[p.start + 1])) ||
                            (c.slash && !c.apart && c.cjk == 0)))
        return false;
    if (context->bracketed && c.letters == 0)
        return false;
    label = fold_into(f, p, text);
    columns = folded_columns(label);
    *bits = 0;
    if (is_both_marks(label) || names_presidency(label) ||
        (c.cjk > 0 && !context->timed && !context->bracketed && addresses_audience(label)))
        return false;
    if (c.cjk > 0 ? !cjk_shape(label, columns, &c, context, bits)
                  : !latin_shape(f, p, label, columns, &c, context, bits))
        return false;
    if (vocabulary_mark(label, &word) != MARK_NONE || vocabulary_has_title(label) ||
        vocabulary_is_voice(label) || vocabulary_is_anonymous(label))
        *bits += LABEL_TITLE_BITS;
    if (vocabulary_fact(label) != FACT_NONE)
        *bits -= 5;
    return true;
}

/* ------------------------------------------------------------------ parts */

static bool has_title(const struct folded *f, struct label_place p)
{
    char text[LABEL_BYTES];

    return vocabulary_has_title(fold_into(f, p, text));
}

static bool is_title(const struct folded *f, struct label_place p)
{
    char text[LABEL_BYTES];

    return vocabulary_is_title(fold_into(f, p, text));
}

static bool is_asker(const struct folded *f, struct label_place p)
{
    char text[LABEL_BYTES];

    return vocabulary_has_asker(fold_into(f, p, text));
}

/* An office or a body, as printed beside a name. */
static bool is_role(const struct folded *f, struct label_place p)
{
    char text[LABEL_BYTES];
    struct span label = fold_into(f, p, text);

    return vocabulary_has_title(label) || vocabulary_ends_in_body(label) ||
           vocabulary_has_asker(label);
}

static bool all_cjk(const struct folded *f, struct label_place p)
{
    size_t i;

    for (i = p.start; i < p.end; i++)
        if (!folded_is_cjk(f->cp[i]))
            return false;
    return !is_empty(p);
}

static bool is_person(const struct folded *f, struct label_place p)
{
    return all_cjk(f, p) && p.end - p.start >= 2 && p.end - p.start <= 4 && !has_title(f, p);
}

/* 【群主】阿宁: a badge before the name. */
static struct label_place drop_badge(const struct folded *f, struct label_place p)
{
    uint32_t close = f->cp[p.start] == 0x3010 ? 0x3011 : f->cp[p.start] == '[' ? ']' : 0;
    size_t end = close != 0 ? find(f, p, close) : p.end;
    struct label_place rest = trim_blanks(f, (struct label_place){end + 1, p.end});

    return end < p.end && !is_empty(rest) ? rest : p;
}

/* How somebody takes the floor or sends a message. */
static bool is_manner(const struct folded *f, struct label_place p)
{
    static const char *const manners[] = {
        "CONT'D",         "CONT’D", "CONTINUED", "Devamla",   "continuing", "Cont'd", "Cont’d",
        "Direct Message", "Guest",  "O.S.",      "Privately", "Unverified", "V.O.",   "回應",
        "回应",           "結語",   "结语",      "譯文",      "译文",       "傳譯",   "英語",
        "英文",           "補充",   "补充",      "發言",      "发言",       "答詢",   "答覆",
        "答复",           "插話",   "插话",      "總結",      "总结",       "開場",   "开场",
        "致詞",           "致辞",   "回复",      "回覆",      "追問",       "追问",   "裁示",
        "続き",           "発言",   "回答",      "提問",      "提问",       "답변",   "보충",
        "마무리",         NULL};
    char text[LABEL_BYTES];
    struct span manner = fold_into(f, p, text);

    return span_is_any(manner, manners);
}

/* La señora SAUCE (doña Laura) */
static bool gives_first_name(const struct folded *f, struct label_place p)
{
    static const char *const forms[] = {"don ", "doña ", "dona ", NULL};
    char text[LABEL_BYTES];
    struct span inside = fold_into(f, p, text);

    return span_starts_with_any(inside, forms);
}

/* The bracket that goes with a closing one at the end of a label; 0 for any other character. */
static uint32_t opening_of(uint32_t close)
{
    return close == ')'      ? '('
           : close == ']'    ? '['
           : close == '>'    ? '<'
           : close == 0x3011 ? 0x3010
                             : 0;
}

/* 問, A: for a question or an answer. */
static bool is_mark(const struct folded *f, struct label_place p)
{
    char text[LABEL_BYTES];
    size_t word;

    return vocabulary_mark(fold_into(f, p, text), &word) != MARK_NONE;
}

/* 阿宁(10001), Vik<vik@example.org>, Mr. SMITH [continuing]: an address or a manner. */
static struct label_place drop_note(const struct folded *f, struct label_place p)
{
    uint32_t open = opening_of(f->cp[p.end - 1]);
    size_t at = open != 0 ? find_last(f, p, open) : p.end;
    struct label_place inside = {at + 1, p.end - 1};
    struct label_place rest = trim_blanks(f, (struct label_place){p.start, at});
    size_t i;
    bool digits = true;

    if (at >= p.end || is_empty(inside) || is_empty(rest))
        return p;
    for (i = inside.start; i < inside.end; i++)
        digits &= folded_is_digit(f->cp[i]);
    digits &= inside.end - inside.start > 2; /* not "Speaker (2)" */
    if (digits || find(f, inside, '@') < inside.end ||
        (open != '(' && is_mark(f, rest) && /* 答【點頭】, but not 問【海港新聞】 */
         !(holds_cjk(f, inside) && is_role(f, inside))))
        return rest;
    if (open != '<' && folded_is_lower(f->cp[inside.start]) && f->cp[inside.start] < 0x80 &&
        find(f, inside, '/') == inside.end && folded_is_upper(f->cp[rest.start]) &&
        !has_title(f, inside) && !gives_first_name(f, inside))
        return rest;
    return is_manner(f, trim_blanks(f, inside)) ? rest : p;
}

/* TOVA LINDMARK (K) replik: a word in lower case after the brackets says what kind of speech it
 * is. */
static struct label_place drop_word_behind_brackets(const struct folded *f,
                                                    struct label_place p)
{
    size_t at = p.end;

    while (at > p.start && folded_is_lower(f->cp[at - 1]))
        at--;
    if (at == p.end || at < p.start + 3 || f->cp[at - 1] != ' ' || f->cp[at - 2] != ')')
        return p;
    return (struct label_place){p.start, at - 1};
}

/* Length in characters of a title in brackets after a name (君, 議員, 氏); 0 for none. */
static size_t person_title(const struct folded *f, struct label_place p)
{
    static const char *const titles[] = {"君", "氏", "さん", "議員", "议员", "委員", "委员"};
    char text[LABEL_BYTES];
    struct span label = fold_into(f, p, text);
    size_t i;

    for (i = 0; i < sizeof titles / sizeof *titles; i++)
        if (span_ends_with(label, titles[i]))
            return strlen(titles[i]) / 3;
    return 0;
}

/* The next word of a place; false at its end. */
static bool next_word(const struct folded *f, struct label_place *rest,
                      struct label_place *word)
{
    *rest = trim_blanks(f, *rest);
    *word = *rest;
    while (rest->start < rest->end && !folded_is_blank(f->cp[rest->start]))
        rest->start++;
    word->end = rest->start;
    return !is_empty(*word);
}

/* 根岸　徹: up to six letters, with at most one blank between the two parts. */
static bool is_written_name(const struct folded *f, struct label_place p)
{
    struct label_place rest = p;
    struct label_place word;
    size_t words = 0, letters = 0;

    while (next_word(f, &rest, &word)) {
        if (!all_cjk(f, word))
            return false;
        letters += word.end - word.start;
        words++;
    }
    return words > 0 && words <= 2 && letters <= 6;
}

/* 助理署長（屋邨管理）, 副局長（規劃）: what an office deals with, and no name. Three letters
 * may be a surname and such a word: 王建设. */
static bool is_field_of_office(const struct folded *f, struct label_place p)
{
    static const char *const fields[] = {
        "管理", "規劃", "规划", "政策", "事務", "事务", "發展", "发展", "行政", "財務",
        "财务", "運輸", "运输", "工程", "建設", "建设", "教育", "環境", "环境", "統計",
        "统计", "法律", "福利", "保安", "工務", "業務", "业务", "総務", "總務", "企画",
        "企劃", "技術", "技术", "情報", "資訊", "信息", "研究", "投資", "投资", "経済",
        "經濟", "经济", "貿易", "贸易", "交通", "房屋", "土地", "防災", "安全", "対策",
        "推進", "担当", "營運", "运营", "服務", "服务", "水務", "维修", "維修", NULL};
    char text[LABEL_BYTES];
    struct span label = fold_into(f, p, text);

    if (vocabulary_is_numeral(f->cp[p.start])) /* 家长（三年级） */
        return true;
    if (p.end - p.start == 3)
        return false;
    return span_ends_with_any(label, fields);
}

/* 나은별 아나운서(이하 나은별), 主持人陆遥（以下简称“陆”）: the bracket holds what all later
 * labels are. */
static bool split_short_form(const struct folded *f, struct label_place p,
                             struct label_parts *parts)
{
    static const char *const phrases[] = {"이하",   "以下简称", "以下簡稱", "以下稱",
                                          "以下称", "以下",     "下称",     "下稱"};
    size_t open = f->cp[p.end - 1] == ')' ? find_last(f, p, '(') : p.end;
    struct label_place out = trim_blanks(f, (struct label_place){p.start, open});
    struct label_place in = trim_blanks(f, (struct label_place){open + 1, p.end - 1});
    char text[LABEL_BYTES];
    struct span inside;
    size_t i, k;

    if (open >= p.end || is_empty(out) || is_empty(in) || !folded_is_cjk(f->cp[in.start]))
        return false;
    inside = fold_into(f, in, text);
    for (i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (span_starts_with(inside, phrases[i]))
            break;
    if (i == sizeof phrases / sizeof *phrases)
        return false;
    in.start += strlen(phrases[i]) / 3;
    while (in.start < in.end && !folded_is_letter(f->cp[in.start]))
        in.start++;
    while (in.end > in.start && !folded_is_letter(f->cp[in.end - 1]))
        in.end--;
    if (is_empty(in))
        return false;
    parts->name = in;
    parts->role = out;
    for (k = 0; k < in.end - in.start && k < out.end - out.start; k++)
        if (f->cp[in.start + k] != f->cp[out.start + k])
            return true;
    if (k == in.end - in.start) /* the name, followed by an office */
        parts->role = trim_blanks(f, (struct label_place){out.start + k, out.end});
    return true;
}

/* １番: a seat number. */
static bool is_seat(const struct folded *f, struct label_place p)
{
    size_t at = p.start;

    while (at < p.end && folded_is_digit(f->cp[at]))
        at++;
    return at > p.start && at + 1 == p.end &&
           (f->cp[at] == 0x756A || f->cp[at] == 0xBC88); /* 番, 번 */
}

static bool split_words(const struct folded *f, struct label_place p,
                        struct label_parts *parts);

/* 議長（山田太郎君）, 詹成付（民政部副部長）, 問（海港新聞）. */
static bool split_brackets(const struct folded *f, struct label_place p,
                           struct label_parts *parts)
{
    uint32_t bracket = opening_of(f->cp[p.end - 1]);
    size_t open = bracket != 0 ? find(f, p, bracket) : p.end;
    struct label_place out = trim_blanks(f, (struct label_place){p.start, open});
    struct label_place in = trim_blanks(f, (struct label_place){open + 1, p.end - 1});
    size_t title;

    if (open >= p.end || is_empty(out) || is_empty(in) || !holds_cjk(f, p) ||
        (bracket != '(' && !is_mark(f, out)))
        return false;
    title = person_title(f, in);
    if (title > 0 && in.end - in.start > title + 1) {
        parts->name = trim_blanks(f, (struct label_place){in.start, in.end - title});
        parts->role = out;
        return true;
    }
    if (is_role(f, in) && (is_mark(f, out) || (!has_title(f, out) && !is_asker(f, out)))) {
        parts->name = out;
        parts->role = in;
        return true;
    }
    if (has_title(f, out) && !is_role(f, in) && is_written_name(f, in) &&
        !is_field_of_office(f, in)) {
        parts->name = in;
        parts->role = out;
        return true;
    }
    /* Lisin・Kati（族人）: the East Asian word says who somebody with a foreign name is. */
    if (folded_is_upper(f->cp[out.start]) && !holds_cjk(f, out) && all_cjk(f, in)) {
        parts->name = out;
        parts->role = in;
        return true;
    }
    if (is_seat(f, out) && is_written_name(f, in)) { /* 3番（榊） */
        parts->name = in;
        parts->role = out;
        return true;
    }
    /* 主持人（新闻办副主任　吴蔚）: record_speaker takes the inner office off the name. */
    if (has_title(f, out) && split_words(f, in, parts)) {
        parts->name = in;
        parts->role = out;
        return true;
    }
    return false;
}

static bool is_small(const struct folded *f, struct label_place word)
{
    char text[LABEL_BYTES];

    return is_small_word(fold_into(f, word, text));
}

/* Mr, Mme, señora, O Sr.: a form of address, which precedes any name and is not an office. */
static bool is_address(const struct folded *f, struct label_place word)
{
    static const char *const forms[] = {
        "mr",      "mrs",     "ms",      "miss", "m",        "mm",       "mme",    "mlle",
        "señor",   "señora",  "señores", "sr",   "sra",      "sr.ª",     "herr",   "frau",
        "heer",    "mevrouw", "madam",   "sir",  "dame",     "monsieur", "madame", "signor",
        "signora", "dr",      "prof",    "hon",  "eng",      "maj",      "capt",   "col",
        "gen",     "lt",      "sgt",     "rev",  "bishop",   "adm",      "amb",    "arch",
        "brig",    "sen",     "sheikh",  "shri", "shrimati", "smt",      "kumari", "deputy",
        "domnul",  "doamna",  "mnr",     "mev",  NULL};
    char text[LABEL_BYTES];
    struct span label = fold_into(f, word, text);
    size_t i;

    while (label.length > 0 && label.data[label.length - 1] == '.')
        label.length--;
    for (i = 0; i < label.length; i++)
        if (text[i] >= 'A' && text[i] <= 'Z')
            text[i] = (char)(text[i] | 0x20);
    if (span_is_any(label, forms))
        return true;
    return span_is(label, "seÑor") || span_is(label, "seÑora");
}

static bool is_article(const struct folded *f, struct label_place word)
{
    static const char *const articles[] = {"The", "An", "El",  "La",  "Le",  "Il", "O",
                                           "A",   "De", "Der", "Die", "Het", NULL};
    char text[LABEL_BYTES];
    struct span label = fold_into(f, word, text);

    return span_is_any(label, articles);
}

/* "The Minister for Ports", "El señor PRESIDENTE", "Chair": an office without a name. */
static bool is_office(const struct folded *f, struct label_place p)
{
    struct label_place rest = p;
    struct label_place word;
    bool article = false, joint = false, others = false;
    size_t words = 0, titles = 0;

    while (next_word(f, &rest, &word)) {
        if (words == 0 && (is_article(f, word) || is_address(f, word))) {
            article |= is_article(f, word);
            continue;
        }
        words++;
        if (has_title(f, word))
            titles++;
        else if (is_small(f, word))
            joint |= titles > 0;
        else
            others = true;
    }
    return titles > 0 && (article || joint || !others);
}

/* Two to four words that begin with capitals, or one after a form of address. */
static bool is_name(const struct folded *f, struct label_place p)
{
    struct label_place rest = p;
    struct label_place word;
    size_t words = 0;
    bool addressed = false;

    while (next_word(f, &rest, &word)) {
        size_t i;

        if (words == 0 && is_address(f, word)) {
            addressed = true;
            continue;
        }
        if ((words > 0 && is_small(f, word)) ||
            (addressed && folded_is_lower(f->cp[word.start]) && word.end - word.start <= 3))
            continue; /* Mr. ole Ntimama */
        if (!folded_is_upper(f->cp[word.start]) || has_title(f, word))
            return false;
        for (i = word.start; i < word.end; i++)
            if (folded_is_digit(f->cp[i]) || f->cp[i] == '(' || f->cp[i] == '/')
                return false;
        words++;
    }
    return words >= (addressed ? 1 : 2) && words <= 4;
}

/* Mr. Kosgey: a form of address and a name. */
static bool is_addressed_name(const struct folded *f, struct label_place p)
{
    struct label_place rest = p;
    struct label_place word;

    return next_word(f, &rest, &word) && is_address(f, word) && is_name(f, p);
}

/* The first part of a bracket in which more follows the name: "Davi Prado. PP". */
static struct label_place front_of_brackets(const struct folded *f, struct label_place p)
{
    size_t i;

    for (i = p.start; i < p.end; i++)
        if (f->cp[i] == ',' || f->cp[i] == ')' ||
            (f->cp[i] == '.' && i + 1 < p.end && folded_is_blank(f->cp[i + 1]) &&
             i - p.start > 3 && !folded_is_upper(f->cp[i - 1]) &&
             !is_address(f, (struct label_place){p.start, i})))
            break;
    return trim_blanks(f, (struct label_place){p.start, i});
}

/* The position of the first bracket that does not contain a form of address: "Hon. (Ms.) Salat
 * (Tana, UPF)"; the end of the place if there is none. */
static size_t open_behind_address(const struct folded *f, struct label_place p)
{
    size_t open = find(f, p, '(');
    size_t close = find(f, p, ')');

    if (close < p.end && open < close &&
        is_address(f, trim_blanks(f, (struct label_place){open + 1, close})))
        open = find(f, (struct label_place){close + 1, p.end}, '(');
    return open;
}

/* Ruth Alder (Sandwick) (LD), The Minister for Ports (Dame Iris Holt). In a chat, brackets may
 * distinguish two people, so there the label stays whole. */
static bool split_latin_brackets(const struct folded *f, struct label_place p,
                                 struct label_parts *parts)
{
    size_t open = f->cp[p.end - 1] == ')'   ? open_behind_address(f, p)
                  : f->cp[p.end - 1] == ']' ? find(f, p, '[')
                                            : p.end;
    struct label_place out = trim_blanks(f, (struct label_place){p.start, open});
    struct label_place in = trim_blanks(f, (struct label_place){open + 1, p.end - 1});
    struct label_place front;

    if (open >= p.end || is_empty(out) || is_empty(in) || holds_cjk(f, p) ||
        out.end - out.start < 2 || !folded_is_letter(f->cp[out.start]))
        return false;
    front = front_of_brackets(f, in);
    if (is_office(f, out) || (is_addressed_name(f, front) && !is_addressed_name(f, out))) {
        if (is_name(f, front)) {
            parts->name = front;
            parts->role = out;
            return true;
        }
        if (in.end - in.start <= 2) /* Speaker (A) */
            return false;
    }
    parts->name = out;
    parts->role = in;
    return true;
}

/* "Ioana Petrescu (UNI), in writing": a name, brackets, and how or for whom it was said. */
static bool split_behind_brackets(const struct folded *f, struct label_place p,
                                  struct label_parts *parts)
{
    size_t open = find(f, p, '(');
    size_t close = find(f, (struct label_place){open, p.end}, ')');
    struct label_place name = trim_blanks(f, (struct label_place){p.start, open});

    if (close + 2 >= p.end || f->cp[close + 1] != ',' || holds_cjk(f, p) || !is_name(f, name))
        return false;
    parts->name = name;
    parts->role = (struct label_place){open + 1, p.end};
    return true;
}

/* Anna Bianchi, Ministro dei trasporti. name_role handles what broadcasters print in
 * capitals. */
static bool split_comma(const struct folded *f, struct label_place p, struct label_parts *parts)
{
    size_t comma = find(f, p, ',');
    struct label_place name = {p.start, comma};
    struct label_place role = trim_blanks(f, (struct label_place){comma + 1, p.end});
    struct label_place rest = role;
    struct label_place word;
    bool lower = false, joint = false;
    size_t words = 0;
    size_t i;

    if (comma >= p.end || is_empty(role) || holds_cjk(f, p) ||
        (find(f, role, ',') < role.end &&
         !(is_name(f, name) &&
           has_title(f, (struct label_place){role.start, find(f, role, ',')}))) ||
        find(f, name, '(') < name.end ||
        (f->cp[p.end - 1] == ')' &&
         is_office(f, name))) /* The Minister for Ports, … (Ms. Vik) */
        return false;
    for (i = role.start; i < role.end; i++)
        lower |= folded_is_lower(f->cp[i]);
    while (next_word(f, &rest, &word)) {
        joint |= is_small(f, word) || folded_is_lower(f->cp[word.start]);
        words++;
    }
    if (!lower || (!has_title(f, role) && (words < 2 || !joint || !is_name(f, name))))
        return false;
    parts->name = name;
    parts->role = role;
    return true;
}

/* Mark Hale -- Chief Executive Officer: a name and an office. */
static bool split_dash(const struct folded *f, struct label_place p, struct label_parts *parts)
{
    size_t dash, end;

    if (holds_cjk(f, p))
        return false;
    for (dash = p.start + 1; dash < p.end; dash++)
        if ((f->cp[dash] == '-' || f->cp[dash] == 0x2014) && folded_is_blank(f->cp[dash - 1]))
            break;
    end = dash;
    while (end < p.end && (f->cp[end] == '-' || f->cp[end] == 0x2014))
        end++;
    if (end >= p.end || !folded_is_blank(f->cp[end]) ||
        !is_name(f, (struct label_place){p.start, dash - 1}))
        return false;
    parts->name = trim_blanks(f, (struct label_place){p.start, dash});
    parts->role = trim_blanks(f, (struct label_place){end, p.end});
    return !is_empty(parts->role);
}

static bool split_capitals(const struct folded *f, struct label_place p,
                           struct label_parts *parts)
{
    size_t office = office_behind_capitals(f, p);

    if (office == p.end)
        return false;
    parts->name = trim_blanks(f, (struct label_place){p.start, office});
    parts->role = (struct label_place){office, p.end};
    return true;
}

/* Lipová, Zora, poslankyňa */
static bool split_surname_first(const struct folded *f, struct label_place p,
                                struct label_parts *parts)
{
    size_t comma = end_of_surname_first(f, p);

    if (comma == 0 || comma >= p.end)
        return false;
    parts->name = (struct label_place){p.start, comma};
    parts->role = trim_blanks(f, (struct label_place){comma + 1, p.end});
    return true;
}

static bool split_slash(const struct folded *f, struct label_place p, struct label_parts *parts)
{
    size_t at = find(f, p, '/');
    struct label_place left, right;

    if (at >= p.end || !holds_cjk(f, p))
        return false;
    left = trim_blanks(f, (struct label_place){p.start, at});
    right = trim_blanks(f, (struct label_place){at + 1, p.end});
    if (is_empty(left) || is_empty(right) || find(f, right, '/') < right.end)
        return false;
    if (is_role(f, left) && (!has_title(f, right) || is_title(f, left))) {
        parts->name = right;
        parts->role = left;
    } else {
        parts->name = left;
        parts->role = right;
    }
    return true;
}

/* Words separated by blanks: where the last word and the second one start; p.end for a single
 * word. */
static size_t last_word(const struct folded *f, struct label_place p)
{
    size_t at = p.end;

    while (at > p.start && !folded_is_blank(f->cp[at - 1]))
        at--;
    return at > p.start ? at : p.end;
}

static size_t first_gap(const struct folded *f, struct label_place p)
{
    size_t at = p.start;

    while (at < p.end && !folded_is_blank(f->cp[at]))
        at++;
    return at;
}

/* 張女士, 曾科長, 김과장: a surname of one character and a title. */
static bool is_named_title(const struct folded *f, struct label_place p)
{
    static const uint32_t not_names[] = {0x526F, 0x524D, 0x5143, 0x539F, 0x65B0,
                                         0x73FE, 0x73B0, 0x7E3D, 0x603B, 0x5927,
                                         0xBD80, 0xC804, 0x6B21, 0x5404};
    struct label_place title = {p.start + 1, p.end};
    char text[LABEL_BYTES];
    size_t i;

    if (!all_cjk(f, p) || p.end - p.start < 3 || is_title(f, p) || /* 위원장 */
        !vocabulary_is_title(fold_into(f, title, text)))
        return false;
    for (i = 0; i < sizeof not_names / sizeof *not_names;
         i++) /* 副前元原新現现總总大부전次各 */
        if (f->cp[p.start] == not_names[i])
            return false;
    return true;
}

/* 召集人, 监护人, 代理人: a role in a procedure. */
static bool is_party(const struct folded *f, struct label_place p)
{
    return all_cjk(f, p) && p.end - p.start >= 3 && f->cp[p.end - 1] == 0x4EBA;
}

/* 関 四郎委員長, 重森 元子委員: a blank between surname and given name, and none before the
 * title of a member or a chair. */
static bool split_behind_given(const struct folded *f, struct label_place head,
                               struct label_place tail, struct label_parts *parts)
{
    static const char *const titles[] = {"副委員長", "委員長", "副議長", "議長", "委員",
                                         "議員",     "会長",   "参考人", "証人", NULL};
    char text[LABEL_BYTES];
    size_t letters = tail.end - tail.start;
    size_t given;

    if (!all_cjk(f, head) || head.end - head.start > 3 || has_title(f, head) ||
        !all_cjk(f, tail) || is_title(f, tail))
        return false;
    for (given = 1; given <= 3 && given < letters; given++) {
        struct label_place title = {tail.start + given, tail.end};

        if (!span_is_any(fold_into(f, title, text), titles))
            continue;
        if (has_title(f, (struct label_place){tail.start, title.start}) ||
            (!vocabulary_is_numeral(f->cp[tail.start]) && /* not 四郎 */
             is_field_of_office(f, (struct label_place){tail.start, title.start})))
            return false;
        parts->name = (struct label_place){head.start, title.start};
        parts->role = title;
        return true;
    }
    return false;
}

/* 民政部副部長 詹成付, 김철수 위원, 主持人 Mara Vik. */
static bool split_words(const struct folded *f, struct label_place p, struct label_parts *parts)
{
    size_t last = last_word(f, p);
    size_t gap = first_gap(f, p);
    struct label_place tail, front, head, rest;

    if (last >= p.end || !holds_cjk(f, p))
        return false;
    tail = (struct label_place){last, p.end};
    front = trim_blanks(f, (struct label_place){p.start, last});
    head = (struct label_place){p.start, gap};
    rest = trim_blanks(f, (struct label_place){gap, p.end});
    if (is_seat(f, head) && split_words(f, rest, parts)) /* 1번 추연우 후보 */
        return true;
    if (rest.start == tail.start && split_behind_given(f, head, tail, parts))
        return true;
    if ((is_person(f, tail) &&
         (is_role(f, front) || is_party(f, front) || front.end - front.start >= 5)) ||
        (is_named_title(f, tail) && all_cjk(f, front) && front.end - front.start >= 2)) {
        parts->name = tail;
        parts->role = front;
        while (parts->role.end > parts->role.start &&
               (f->cp[parts->role.end - 1] == ':' ||
                folded_is_blank(f->cp[parts->role.end - 1]))) /* 사회: 유하나 */
            parts->role.end--;
        return true;
    }
    /* フリーランス　大森氏: the title is a part of the name's word. */
    if (person_title(f, tail) > 0 && tail.end - tail.start > person_title(f, tail) &&
        tail.end - tail.start <= 5 && !is_title(f, tail) && front.end - front.start >= 4) {
        parts->name = tail;
        parts->role = front;
        return true;
    }
    /* 山田 太郎 議員, 김철수 위원 */
    if (has_title(f, tail) && !is_asker(f, tail) && !is_role(f, front) && all_cjk(f, head) &&
        front.end - front.start <= 6) {
        parts->name = front;
        parts->role = tail;
        return true;
    }
    /* 町長 石野 勝, １番 白井久美子 */
    if (((all_cjk(f, head) && has_title(f, head)) || is_seat(f, head)) &&
        is_written_name(f, rest) && !has_title(f, rest)) {
        parts->name = rest;
        parts->role = head;
        return true;
    }
    if ((is_role(f, head) || head.end - head.start >= 4) && all_cjk(f, head) &&
        folded_is_upper(f->cp[rest.start]) && !holds_cjk(f, rest)) {
        parts->name = rest;
        parts->role = head;
        return true;
    }
    return false;
}

/* What is in the brackets that end directly before `at`; empty without any. */
static struct label_place in_brackets_before(const struct folded *f, size_t at)
{
    struct label_place inside = {at, at};
    uint32_t open;

    while (at > 0 && folded_is_blank(f->cp[at - 1]))
        at--;
    open = at > 0 ? opening_of(f->cp[at - 1]) : 0;
    if (open == 0 || open == '(')
        return inside;
    for (inside.start = inside.end = at - 1; inside.start > 0; inside.start--)
        if (f->cp[inside.start - 1] == open)
            return inside;
    inside.start = inside.end;
    return inside;
}

/* 【同期声】渡工 何水生: behind a kind of recording, the word before a name is an occupation.
 */
static bool split_behind_kind(const struct folded *f, struct label_place p,
                              struct label_parts *parts)
{
    struct label_place kind = in_brackets_before(f, p.start);
    size_t last = last_word(f, p);
    struct label_place front = trim_blanks(f, (struct label_place){p.start, last});

    if (!all_cjk(f, kind) || is_role(f, kind) || last >= p.end || !all_cjk(f, front) ||
        front.end - front.start < 2 || !is_person(f, (struct label_place){last, p.end}))
        return false;
    parts->name = (struct label_place){last, p.end};
    parts->role = front;
    return true;
}

/* 主持人@江岸: the role, an at sign, the name. */
static bool split_at_sign(const struct folded *f, struct label_place p,
                          struct label_parts *parts)
{
    size_t at = find(f, p, '@');

    if (at >= p.end || !is_name_on_microblog(f, p, at))
        return false;
    parts->role = (struct label_place){p.start, at};
    parts->name = (struct label_place){at + 1, p.end};
    return true;
}

/* "山谷听风 提问": a name, a blank, and what the person does. */
static struct label_place drop_manner(const struct folded *f, struct label_place p)
{
    size_t last = last_word(f, p);
    struct label_place tail = {last, p.end};

    if (last >= p.end || last == p.start || !all_cjk(f, tail) || !is_manner(f, tail))
        return p;
    return trim_blanks(f, (struct label_place){p.start, last});
}

/* 法官問, 原告答, 馮局長回應: an office and a verb of speaking; 投资者 晨雾 问: anybody, a
 * blank and a verb. */
static struct label_place drop_verb(const struct folded *f, struct label_place p)
{
    static const char *const verbs[] = {
        "問",   "问",   "答",     "諭知", "谕知", "稱",   "称",   "起稱", "答稱",
        "陳述", "陈述", "起立答", "回應", "回应", "回覆", "回复", "答覆", "答复",
        "說明", "说明", "補充",   "补充", "發言", "发言", "結語", "结语", "詢問",
        "询问", "追問", "追问",   "提問", "提问", NULL};
    static const char *const parties[] = {"證人",   "证人",   "原告",   "被告", "上訴人",
                                          "上诉人", "告訴人", "鑑定人", "法官", NULL};
    char text[LABEL_BYTES], word_text[LABEL_BYTES];
    struct span label = fold_into(f, p, text);
    struct label_place rest = p;
    size_t last = last_word(f, p);
    size_t bytes = 0;
    size_t i, word;

    if (last < p.end && last > p.start + 1 &&
        span_is_any(fold_into(f, (struct label_place){last, p.end}, word_text), verbs))
        return trim_blanks(f, (struct label_place){p.start, last});
    if (!all_cjk(f, p) || vocabulary_mark(label, &word) != MARK_NONE)
        return p;
    for (i = 0; verbs[i] != NULL; i++)
        if (span_ends_with(label, verbs[i]) && strlen(verbs[i]) > bytes)
            bytes = strlen(verbs[i]);
    rest.end -= bytes / 3;
    label.length -= bytes;
    return bytes > 0 && rest.end > rest.start + 1 && rest.end <= p.end &&
                   (vocabulary_has_title(label) || span_starts_with_any(label, parties))
               ? rest
               : p;
}

/* "Hon Ruth Alder to the Minister for Ports": the person asked follows the one who asks. */
static struct label_place drop_addressee(const struct folded *f, struct label_place p)
{
    static const char to[] = " to the ";
    size_t length = sizeof to - 1;
    size_t at, i;

    for (at = p.start + 3; at + length < p.end; at++) {
        for (i = 0; i < length && f->cp[at + i] == (unsigned char)to[i]; i++)
            continue;
        if (i == length && has_title(f, (struct label_place){at + length, p.end}))
            return (struct label_place){p.start, at};
    }
    return p;
}

/* "NYÁR GÉZA közlekedési miniszter": a name in capitals, and an office that is not. */
static bool split_behind_capitals(const struct folded *f, struct label_place p,
                                  struct label_parts *parts)
{
    struct label_place rest = p;
    struct label_place word;
    size_t names = 0;
    size_t i;

    size_t office = p.end;

    while (next_word(f, &rest, &word)) {
        bool small = false;

        for (i = word.start; i < word.end; i++) {
            small |= folded_is_lower(f->cp[i]);
            if (f->cp[i] == '(' || folded_is_cjk(f->cp[i]))
                return false;
        }
        if (small && office == p.end)
            office = word.start;
        if (office < p.end && !folded_is_lower(f->cp[word.start]))
            return false;
        names += office == p.end;
    }
    if (names < 2 || office == p.end || !has_title(f, (struct label_place){office, p.end}))
        return false;
    parts->name = trim_blanks(f, (struct label_place){p.start, office});
    parts->role = (struct label_place){office, p.end};
    return true;
}

void label_split(const struct folded *f, struct label_place p,
                 const struct label_context *context, struct label_parts *parts)
{
    p = label_trim(f, p);
    parts->role = (struct label_place){p.end, p.end};
    parts->name = p;
    if (is_empty(p))
        return;
    p = drop_badge(f, p);
    p = drop_addressee(f, p);
    p = drop_note(f, drop_word_behind_brackets(f, p));
    p = drop_manner(f, drop_verb(f, p));
    parts->name = p;
    if (split_at_sign(f, p, parts) || split_short_form(f, p, parts) ||
        split_behind_capitals(f, p, parts))
        return;
    if (split_capitals(f, p, parts) || split_surname_first(f, p, parts) ||
        split_comma(f, p, parts) || split_brackets(f, p, parts) || split_slash(f, p, parts) ||
        split_words(f, p, parts))
        return;
    if ((!context->posted &&
         (split_latin_brackets(f, p, parts) || split_behind_brackets(f, p, parts))) ||
        (!context->program && split_dash(f, p, parts)) || split_behind_kind(f, p, parts))
        return;
    /* 山田太郎君; but 方議員怡君 is a given name */
    if (p.end - p.start >= 3 && p.end - p.start <= 7 && f->cp[p.end - 1] == 0x541B &&
        all_cjk(f, p) && !has_title(f, (struct label_place){p.start + 1, p.end - 2}))
        parts->name.end--;
}

/* Appends the first character in lower case; returns its length in bytes. */
static size_t append_lower(struct buffer *out, struct span text)
{
    char bytes[UTF8_MAX_BYTES];
    uint32_t cp;
    size_t used = utf8_decode(text.data, text.length, &cp);

    buffer_append(out, bytes, utf8_encode(folded_lower(cp), bytes));
    return used;
}

void label_key(const struct folded *f, struct label_place name, struct buffer *key)
{
    char text[LABEL_BYTES];
    struct span folded = fold_into(f, name, text);
    size_t word;
    size_t i;

    if (vocabulary_mark(folded, &word) != MARK_NONE) {
        folded.length = word;
        if ((*folded.data & 0x80) == 0) /* Pregunta, with P in later labels */
            folded.length = 1;
    }
    for (i = 0; i < folded.length; i++) {
        if (folded.data[i] == ' ' || folded.data[i] == '\t')
            continue;
        if (span_starts_with(span_skip(folded, i), "\xE3\x80\x80")) {
            i += 2;
            continue;
        }
        i += append_lower(key, span_skip(folded, i)) - 1;
    }
}

/* "Q. MR. DELL: Captain, …": a form of address or an office in capitals, up to a colon. */
static bool is_named_in_capitals(const struct folded *f, size_t at, struct label_place *name,
                                 size_t *end)
{
    char text[LABEL_BYTES];
    size_t colon = at;

    while (colon - at < NAMED_MAX && f->cp[colon] != 0 && f->cp[colon] != ':')
        colon++;
    *name = (struct label_place){at, colon};
    *end = colon + 1;
    return f->cp[colon] == ':' && folded_is_blank(f->cp[colon + 1]) && colon > at + 3 &&
           is_in_capitals(f, *name) && vocabulary_has_title(fold_into(f, *name, text));
}

bool label_named_behind(const struct folded *f, size_t at, struct label_place *name,
                        size_t *end)
{
    struct label_context context = {.bracketed = true};
    struct label_parts parts;
    float shape;
    size_t close;

    while (folded_is_blank(f->cp[at]))
        at++;
    if (folded_is_upper(f->cp[at]))
        return is_named_in_capitals(f, at, name, end);
    if (f->cp[at] != '(')
        return false;
    for (close = at + 1; f->cp[close] != 0 && f->cp[close] != ')'; close++)
        if (f->cp[close] == '(' || close - at > NAMED_MAX)
            return false;
    *name = trim_blanks(f, (struct label_place){at + 1, close});
    *end = close + 1;
    if (f->cp[close] == 0 || is_empty(*name) || !holds_cjk(f, *name) ||
        !label_shape(f, *name, &context, &shape))
        return false;
    label_split(f, *name, &context, &parts);
    return (parts.role.end > parts.role.start && is_role(f, parts.role)) || has_title(f, *name);
}

bool label_is_last_name(struct span last, struct span name)
{
    size_t front;

    name.length = span_find(name, ',');
    if (last.length < LAST_NAME_BYTES_MIN || name.length <= last.length + 1 ||
        span_find(last, ' ') < last.length || vocabulary_has_title(last))
        return false;
    front = name.length - last.length;
    return name.data[front - 1] == ' ' &&
           memcmp(name.data + front, last.data, last.length) == 0;
}

/* Times and dates in records. Every parsing function takes a position and returns the position
 * after what it consumed, or 0: no match ends at 0. */
#include "formats/records/line/stamp.h"

#include <string.h>

#include "shilu/base/civil_time.h"

enum { DATE_WORD_MAX = 16, DATE_WORDS = 2, CLOCK_WORDS = 3, DAY_DIGITS = 2, CLOCK_DIGITS = 6 };
enum { OTHER_YEAR_MAX = 12 }; /* characters of it, in brackets */
enum { MS_PER_SECOND = 1000, MS_PER_MINUTE = 60000, MS_PER_HOUR = 3600000 };

static size_t skip_blanks(const struct folded *f, size_t at)
{
    while (folded_is_blank(f->cp[at]))
        at++;
    return at;
}

/* Whether a word may begin with this code point, judged by its first bytes. */
static inline bool may_begin(uint32_t cp, const char *word)
{
    unsigned char first = (unsigned char)*word;

    if (first < 0x80)
        return (cp | 0x20) == (first | 0x20u);
    if (first < 0xE0)
        return first == (0xC0 | cp >> 6);
    return first >= 0xF0 ||
           (first == (0xE0 | cp >> 12) && (unsigned char)word[1] == (0x80 | (cp >> 6 & 0x3F)));
}

/* A word in the folded text, ignoring the case of ASCII letters. */
static size_t take_whole_word(const struct folded *f, size_t at, const char *word)
{
    while (*word != '\0') {
        uint32_t cp = (unsigned char)*word;
        size_t used = 1;

        if (cp >= 0x80) {
            used = cp >= 0xF0 ? 4 : cp >= 0xE0 ? 3 : 2;
            cp &= used == 4 ? 0x07 : used == 3 ? 0x0F : 0x1F;
            for (size_t i = 1; i < used; i++)
                cp = cp << 6 | ((unsigned char)word[i] & 0x3F);
        }
        if (f->cp[at] != cp && !(f->cp[at] < 0x80 && cp < 0x80 && (f->cp[at] | 0x20) == cp &&
                                 f->cp[at] >= 'A' && f->cp[at] <= 'Z'))
            return 0;
        at++;
        word += used;
    }
    return at;
}

static inline size_t take_word(const struct folded *f, size_t at, const char *word)
{
    return may_begin(f->cp[at], word) ? take_whole_word(f, at, word) : 0;
}

static size_t take_any_word(const struct folded *f, size_t at, const char *const *words)
{
    for (; f->cp[at] != 0 && *words != NULL; words++) {
        size_t end = take_word(f, at, *words);

        if (end > 0)
            return end;
    }
    return 0;
}

/* A number of at most `most` ASCII digits. */
static size_t take_digits(const struct folded *f, size_t at, size_t most, int *value)
{
    size_t start = at;

    *value = 0;
    while (at - start < most && folded_is_digit(f->cp[at]))
        *value = *value * 10 + (int)(f->cp[at++] - '0');
    return at > start && !folded_is_digit(f->cp[at]) ? at : 0;
}

static int han_digit(uint32_t cp)
{
    static const uint32_t digits[] = {0x25CB, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                      0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
    int i;

    for (i = 0; i < 10; i++)
        if (digits[i] == cp)
            return i;
    return cp == 0x96F6 ? 0 : -1; /* 零 */
}

/* 十二, 二十, 一百一十五, 二○三一. */
static size_t take_han_number(const struct folded *f, size_t at, int *value)
{
    size_t start = at;
    int total = 0, digit = -1;
    bool placed = false;

    if (f->cp[at] == 0x25CB) /* a bullet, not a zero */
        return 0;

    for (; at - start < 8; at++) {
        int d = han_digit(f->cp[at]);

        if (d >= 0) {
            digit = digit < 0 || placed ? d : digit * 10 + d;
            placed = false;
        } else if (f->cp[at] == 0x5341) { /* 十 */
            total += (digit < 0 ? 1 : digit) * 10;
            digit = -1;
        } else if (f->cp[at] == 0x767E) { /* 百 */
            total += (digit < 0 ? 1 : digit) * 100;
            digit = -1;
        } else {
            break;
        }
    }
    *value = total + (digit > 0 ? digit : 0);
    return at > start ? at : 0;
}

static size_t take_number(const struct folded *f, size_t at, size_t most, int *value)
{
    size_t end = take_digits(f, at, most, value);

    return end > 0 ? end : take_han_number(f, at, value);
}

/* Year 1 of the Republic of China is 1912. */
enum { ROC_YEAR_BASE = 1911 };

static bool is_date(int year, int month, int day)
{
    return year > 1800 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* The year of a two-digit number, as in POSIX: 69 to 99 are in the twentieth century. */
static int full_year(int year)
{
    enum { FIRST_OF_TWENTIETH = 69 };

    return year + (year < FIRST_OF_TWENTIETH ? 2000 : 1900);
}

static bool set_date(struct stamp *s, int year, int month, int day)
{
    if (!is_date(year, month, day))
        return false;
    s->year = year;
    s->month = month;
    s->day = day;
    s->has_date = true;
    return true;
}

/* (月), （星期一）, 星期一, 월요일, (Mon) after a date. */
static size_t skip_weekday(const struct folded *f, size_t at)
{
    static const char *const words[] = {
        "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日", "星期天",
        "周一",   "周二",   "周三",   "周四",   "周五",   "周六",   "周日",   "週一",
        "週二",   "週三",   "週四",   "週五",   "週六",   "週日",   "月曜日", "火曜日",
        "水曜日", "木曜日", "金曜日", "土曜日", "日曜日", "월요일", "화요일", "수요일",
        "목요일", "금요일", "토요일", "일요일", NULL};
    static const char *const short_words[] = {"月",  "火",  "水",  "木",  "金",  "土",  "日",
                                              "一",  "二",  "三",  "四",  "五",  "六",  "월",
                                              "화",  "수",  "목",  "금",  "토",  "일",  "mon",
                                              "tue", "wed", "thu", "fri", "sat", "sun", NULL};
    size_t from = skip_blanks(f, at);
    bool boxed = f->cp[from] == '(' || f->cp[from] == '[';
    size_t inside = boxed ? skip_blanks(f, from + 1) : from;
    size_t end = f->cp[inside] >= 0x80 ? take_any_word(f, inside, words) : 0;

    if (end == 0 && boxed)
        end = take_any_word(f, inside, short_words);
    if (end == 0)
        return at;
    if (!boxed)
        return end;
    /* (火・祝) */
    while (f->cp[end] != 0 && f->cp[end] != ')' && f->cp[end] != ']' && end - inside < 8)
        end++;
    return f->cp[end] == ')' || f->cp[end] == ']' ? end + 1 : at;
}

static size_t take_era(const struct folded *f, size_t at, int *base)
{
    static const struct {
        const char *word;
        int base;
    } eras[] = {{"令和", 2018},
                {"平成", 1988},
                {"昭和", 1925},
                {"中華民國", ROC_YEAR_BASE},
                {"中华民国", ROC_YEAR_BASE},
                {"民國", ROC_YEAR_BASE}};
    size_t i;

    for (i = 0; i < sizeof eras / sizeof *eras; i++) {
        size_t end = take_word(f, at, eras[i].word);

        if (end > 0) {
            *base = eras[i].base;
            return skip_blanks(f, end);
        }
    }
    return 0;
}

/* Skip the same year by another count: 令和13年(2031年)1月24日. */
static size_t skip_other_year(const struct folded *f, size_t at)
{
    size_t end = at + 1;

    if (f->cp[at] != '(')
        return at;
    while (end < at + OTHER_YEAR_MAX && f->cp[end] != 0 && f->cp[end] != ')')
        end++;
    return f->cp[end] == ')' && end > at + 1 &&
                   (f->cp[end - 1] == 0x5E74 || f->cp[end - 1] == 0xB144 ||
                    folded_is_digit(f->cp[end - 1]))
               ? end + 1
               : at;
}

/* 2031年3月9日, 令和13年3月9日（日）, 2031년 3월 9일. */
static size_t take_unit_date(const struct folded *f, size_t at, struct stamp *s)
{
    int base = 0, year, month, day;
    size_t era = take_era(f, at, &base);
    size_t end;

    if (era > 0)
        at = era;
    if (era > 0 && f->cp[at] == 0x5143) { /* 元年 */
        year = 1;
        end = at + 1;
    } else {
        end = take_number(f, at, 4, &year);
    }
    if (end == 0)
        return 0;
    end = skip_blanks(f, end);
    if (f->cp[end] != 0x5E74 && f->cp[end] != 0xB144) /* 年 년 */
        return 0;
    end = skip_other_year(f, skip_blanks(f, end + 1));
    end = take_number(f, skip_blanks(f, end), 2, &month);
    if (end == 0)
        return 0;
    end = skip_blanks(f, end);
    if (f->cp[end] != 0x6708 && f->cp[end] != 0xC6D4) /* 月 월 */
        return 0;
    end = take_number(f, skip_blanks(f, end + 1), 2, &day);
    if (end == 0)
        return 0;
    end = skip_blanks(f, end);
    if (f->cp[end] != 0x65E5 && f->cp[end] != 0xC77C && f->cp[end] != 0x53F7) /* 日 일 号 */
        return 0;
    /* 120年6月5日: no other calendar has years of three digits. */
    if (era == 0 && year >= 100 && year < 200)
        base = ROC_YEAR_BASE;
    if (!is_date(year + base, month, day))
        return 0;
    s->year = year + base;
    s->month = month;
    s->day = day;
    s->has_date = true;
    return skip_weekday(f, end + 1);
}

/* Month names by their first letters, in the languages of parliaments and of chat exports. */
static const struct {
    char front[15]; /* in the table itself, since its first byte is asked for most */
    uint8_t month;
} months[] = {
    {"jan", 1},
    {"ene", 1},
    {"gen", 1},
    {"feb", 2},
    {"fév", 2},
    {"fev", 2},
    {"mar", 3},
    {"mär", 3},
    {"mrz", 3},
    {"apr", 4},
    {"avr", 4},
    {"abr", 4},
    {"may", 5},
    {"mai", 5},
    {"mag", 5},
    {"mei", 5},
    {"maj", 5},
    {"juin", 6},
    {"jun", 6},
    {"giu", 6},
    {"juil", 7},
    {"jul", 7},
    {"lug", 7},
    {"aug", 8},
    {"aoû", 8},
    {"aou", 8},
    {"ago", 8},
    {"sep", 9},
    {"set", 9},
    {"oct", 10},
    {"okt", 10},
    {"ott", 10},
    {"out", 10},
    {"nov", 11},
    {"dec", 12},
    {"déc", 12},
    {"dez", 12},
    {"dic", 12},
    {"des", 12},
    {"agu", 8},
    /* Russian, Ukrainian */
    {"янв", 1},
    {"фев", 2},
    {"мар", 3},
    {"апр", 4},
    {"май", 5},
    {"мая", 5},
    {"июн", 6},
    {"июл", 7},
    {"авг", 8},
    {"сен", 9},
    {"окт", 10},
    {"ноя", 11},
    {"дек", 12},
    {"січ", 1},
    {"лют", 2},
    {"берез", 3},
    {"квіт", 4},
    {"трав", 5},
    {"черв", 6},
    {"лип", 7},
    {"серп", 8},
    {"верес", 9},
    {"жовт", 10},
    {"листоп", 11},
    {"груд", 12},
    /* Polish, Czech, Slovak */
    {"sty", 1},
    {"lut", 2},
    {"kwi", 4},
    {"cze", 6},
    {"lip", 7},
    {"sierp", 8},
    {"wrz", 9},
    {"paź", 10},
    {"listop", 11},
    {"grud", 12},
    {"ledna", 1},
    {"leden", 1},
    {"únor", 2},
    {"břez", 3},
    {"dubn", 4},
    {"duben", 4},
    {"květ", 5},
    {"červenc", 7},
    {"červ", 6},
    {"srp", 8},
    {"září", 9},
    {"říj", 10},
    {"prosin", 12},
    {"máj", 5},
    /* Finnish, Hungarian, Turkish, Romanian, Greek */
    {"tammi", 1},
    {"helmi", 2},
    {"maalis", 3},
    {"maart", 3},
    {"huhti", 4},
    {"touko", 5},
    {"kesä", 6},
    {"heinä", 7},
    {"elok", 8},
    {"syys", 9},
    {"loka", 10},
    {"marras", 11},
    {"joulu", 12},
    {"már", 3},
    {"ápr", 4},
    {"jún", 6},
    {"júl", 7},
    {"sze", 9},
    {"oca", 1},
    {"şub", 2},
    {"nis", 4},
    {"haz", 6},
    {"temm", 7},
    {"ağu", 8},
    {"eyl", 9},
    {"eki", 10},
    {"kas", 11},
    {"aral", 12},
    {"ian", 1},
    {"iun", 6},
    {"iul", 7},
    {"noi", 11},
    {"Ιαν", 1},
    {"Φεβ", 2},
    {"Μαρ", 3},
    {"Απρ", 4},
    {"Μαΐ", 5},
    {"Μαι", 5},
    {"Ιουν", 6},
    {"Ιουλ", 7},
    {"Αυγ", 8},
    {"Σεπ", 9},
    {"Οκτ", 10},
    {"Νοε", 11},
    {"Δεκ", 12},
    /* Arabic, also as in Syria and Iraq */
    {"ينا", 1},
    {"فبر", 2},
    {"مارس", 3},
    {"أبر", 4},
    {"ابر", 4},
    {"ماي", 5},
    {"يوني", 6},
    {"يولي", 7},
    {"أغسطس", 8},
    {"اغسطس", 8},
    {"سبتمبر", 9},
    {"أكتوبر", 10},
    {"اكتوبر", 10},
    {"نوفمبر", 11},
    {"ديسمبر", 12},
    {"شباط", 2},
    {"آذار", 3},
    {"نيسان", 4},
    {"أيار", 5},
    {"حزيران", 6},
    {"تموز", 7},
    {"آب", 8},
    {"أيلول", 9},
    /* Hebrew */
    {"ינוא", 1},
    {"פברו", 2},
    {"מרץ", 3},
    {"מרס", 3},
    {"אפרי", 4},
    {"מאי", 5},
    {"יוני", 6},
    {"יולי", 7},
    {"אוגו", 8},
    {"ספטמ", 9},
    {"אוקט", 10},
    {"נובמ", 11},
    {"דצמב", 12},
};

static size_t take_month_name(const struct folded *f, size_t at, int *month)
{
    uint32_t cp = f->cp[at];
    unsigned char lead = (unsigned char)(cp < 0x80 ? cp | 0x20 : 0xC0 | cp >> 6);
    size_t i;

    if (cp == 0x5D1 && folded_is_letter(f->cp[at + 1])) { /* בנובמבר: "in November" */
        size_t end = take_month_name(f, at + 1, month);

        if (end > 0)
            return end;
    }
    if (!folded_is_letter(f->cp[at]) || f->cp[at] >= 0x1100)
        return 0;
    for (i = 0; i < sizeof months / sizeof *months; i++) {
        size_t end, letters = 0;

        if ((unsigned char)*months[i].front != lead)
            continue;
        end = take_word(f, at, months[i].front);
        if (end == 0)
            continue;
        while (folded_is_letter(f->cp[end]) && !folded_is_cjk(f->cp[end]) && letters++ < 8)
            end++;
        if (folded_is_letter(f->cp[end]))
            return 0;
        *month = months[i].month;
        return f->cp[end] == '.' ? end + 1 : end;
    }
    return 0;
}

/* 9 March 2031, 9. März 2031, 9 de marzo de 2031, 09-Mar-31. */
static size_t take_day_first(const struct folded *f, size_t at, struct stamp *s)
{
    int year, month, day;
    size_t end = take_digits(f, at, 2, &day);
    size_t next;
    char gap;

    if (end == 0)
        return 0;
    if ((next = take_word(f, end, "st")) > 0 || (next = take_word(f, end, "nd")) > 0 ||
        (next = take_word(f, end, "rd")) > 0 || (next = take_word(f, end, "th")) > 0 ||
        (next = take_word(f, end, "er")) > 0 || (next = take_word(f, end, "º")) > 0)
        end = next;
    if (f->cp[end] == '.')
        end++;
    gap = f->cp[end] == '-' ? '-' : ' ';
    end = gap == '-' ? end + 1 : skip_blanks(f, end);
    if ((next = take_word(f, end, "de ")) > 0 || (next = take_word(f, end, "of ")) > 0)
        end = next;
    end = take_month_name(f, end, &month);
    if (end == 0)
        return 0;
    end = gap == '-' && f->cp[end] == '-' ? end + 1 : skip_blanks(f, end);
    if (f->cp[end] == ',')
        end = skip_blanks(f, end + 1);
    if ((next = take_word(f, end, "de ")) > 0 || (next = take_word(f, end, "del ")) > 0)
        end = next;
    at = take_digits(f, end, 4, &year);
    if (at == 0)
        return 0;
    if (at - end == 2)
        year = full_year(year);
    if (!is_date(year, month, day))
        return 0;
    s->year = year;
    s->month = month;
    s->day = day;
    s->has_date = true;
    return at;
}

/* 2031. március 4., 2031 March 4, 2031. gada 4. martā: the year before a month's name. */
static size_t take_year_first(const struct folded *f, size_t at, struct stamp *s)
{
    static const char *const words[] = {"gada ", "m. ", NULL};
    int year, month, day = 0;
    size_t end = take_digits(f, at, 4, &year);
    size_t next;

    if (end < at + 4)
        return 0;
    end += f->cp[end] == '.';
    if (!folded_is_blank(f->cp[end]))
        return 0;
    end = skip_blanks(f, end);
    if ((next = take_any_word(f, end, words)) > 0)
        end = next;
    if (folded_is_digit(f->cp[end])) {
        end = take_digits(f, end, 2, &day);
        if (end == 0 || f->cp[end] != '.')
            return 0;
        end = skip_blanks(f, end + 1);
    }
    end = take_month_name(f, end, &month);
    if (end > 0 && day == 0)
        end = folded_is_blank(f->cp[end]) ? take_digits(f, skip_blanks(f, end), 2, &day) : 0;
    if (end == 0 || !set_date(s, year, month, day))
        return 0;
    return f->cp[end] == '.' ? end + 1 : end;
}

/* "Tue Mar 04 09:00:12 2031", as ctime(3) writes it, with the clock between day and year. */
static size_t skip_clock_of_ctime(const struct folded *f, size_t at)
{
    size_t i;

    for (i = 0; i < 8; i++)
        if (i == 2 || i == 5 ? f->cp[at + i] != ':' : !folded_is_digit(f->cp[at + i]))
            return at;
    return at + 8;
}

/* Whether at most so many words and then a number of at most `digits` follow, as in a date that
 * begins with a month or a day of the week: asked before any table of words is searched. */
static bool stands_before_number(const struct folded *f, size_t at, size_t words, size_t digits)
{
    for (; words > 0; words--) {
        size_t start = at, most = at + DATE_WORD_MAX;

        for (; at < most; at++) {
            at = folded_skip_usual_letters(f, at);
            if (at >= most || !(folded_is_letter(f->cp[at]) || f->cp[at] == '\''))
                break;
        }
        if (at == start)
            return false;
        if (at > most)
            at = most;
        while (f->cp[at] == '.' || f->cp[at] == ',' || folded_is_blank(f->cp[at]))
            at++;
        if (folded_is_digit(f->cp[at])) {
            while (digits > 0 && folded_is_digit(f->cp[at])) {
                digits--;
                at++;
            }
            return !folded_is_digit(f->cp[at]);
        }
    }
    return false;
}

/* March 9, 2031; Monday, March 9, 2031. */
static size_t take_month_first(const struct folded *f, size_t at, struct stamp *s)
{
    static const char *const days[] = {"monday",   "tuesday", "wednesday", "thursday", "friday",
                                       "saturday", "sunday",  "mon",       "tue",      "wed",
                                       "thu",      "fri",     "sat",       "sun",      NULL};
    int year, month, day;
    size_t end;

    if (!stands_before_number(f, at, DATE_WORDS, DAY_DIGITS))
        return 0;
    end = take_any_word(f, at, days);
    if (end > 0) {
        if (f->cp[end] == ',' || f->cp[end] == '.')
            end++;
        at = skip_blanks(f, end);
        end = take_day_first(f, at, s);
        if (end > 0)
            return end;
    }
    end = take_month_name(f, at, &month);
    if (end == 0 || !folded_is_blank(f->cp[end]))
        return 0;
    end = take_digits(f, skip_blanks(f, end), 2, &day);
    if (end == 0)
        return 0;
    if (take_word(f, end, "st") > 0 || take_word(f, end, "nd") > 0 ||
        take_word(f, end, "rd") > 0 || take_word(f, end, "th") > 0)
        end += 2;
    if (f->cp[end] == ',')
        end++;
    end = skip_blanks(f, skip_clock_of_ctime(f, skip_blanks(f, end)));
    end = take_digits(f, end, 4, &year);
    if (end == 0 || !set_date(s, year, month, day))
        return 0;
    return end;
}

/* '31. 9. 4., 31. 9. 4.(목): a short year comes first behind an apostrophe, or if an East Asian
 * day of the week follows. Returns where the date ends, given where its digits do; 0 for
 * another. */
static size_t take_short_year(const struct folded *f, size_t start, size_t end, const int *n,
                              struct stamp *s)
{
    uint32_t before = start > 0 ? f->cp[start - 1] : 0;
    size_t behind = end + (f->cp[end] == '.');
    size_t weekday = skip_weekday(f, behind);
    bool apostrophe = before == '\'' || before == 0x2018 || before == 0x2019;

    if (!apostrophe && !(weekday > behind && folded_is_cjk(f->cp[skip_blanks(f, behind) + 1])))
        return 0;
    return set_date(s, full_year(n[0]), n[1], n[2]) ? weekday : 0;
}

/* 2031-03-09, 2031/3/9, 2031. 3. 9., 09.03.31, 3/9/2031. */
static size_t take_number_date(const struct folded *f, size_t at, struct stamp *s)
{
    size_t start = at;
    size_t end;
    uint32_t sign;
    int n[3];

    end = take_digits(f, at, 4, &n[0]);
    if (end == 0)
        return 0;
    sign = f->cp[end];
    if (sign != '-' && sign != '/' && sign != '.')
        return 0;
    at = end + 1;
    if (sign == '.')
        at = skip_blanks(f, at);
    end = take_digits(f, at, 2, &n[1]);
    if (end == 0 || f->cp[end] != sign)
        return 0;
    at = end + 1;
    if (sign == '.')
        at = skip_blanks(f, at);
    end = take_digits(f, at, 4, &n[2]);
    if (end == 0)
        return 0;
    if (n[0] >= 100 && n[0] < 200 && end - at == 2) /* 120.06.03, of the Republic of China */
        n[0] += ROC_YEAR_BASE;
    if (n[0] >= 1000) {
        if (!is_date(n[0], n[1], n[2]) || end - at > 2)
            return 0;
        s->year = n[0];
        s->month = n[1];
        s->day = n[2];
        s->has_date = true;
        if (sign == '.' && f->cp[end] == '.')
            end++;
        return skip_weekday(f, end);
    }
    if (n[0] <= 99 && end - at <= 2 && sign != '-') {
        size_t behind = take_short_year(f, start, end, n, s);

        if (behind > 0)
            return behind;
    }
    /* Three short numbers may be a version, so one must be a year. */
    if (n[0] > 99 || n[1] > 31 || end - at == 1 || end - at == 3 || f->cp[end] == sign ||
        at - start < 4)
        return 0;
    memcpy(s->numbers, n, sizeof n);
    s->numeric = true;
    s->american = sign == '/' && end - at == 2 && f->cp[start] != '0';
    return end;
}

/* R6.11.5, H30/4/1: the letter of an era and the year in it. */
static size_t take_era_letter(const struct folded *f, size_t at, struct stamp *s)
{
    static const struct {
        char letter;
        int base;
    } eras[] = {{'R', 2018}, {'H', 1988}, {'S', 1925}};
    int year, month, day;
    uint32_t sign;
    size_t i, end;

    for (i = 0; i < sizeof eras / sizeof *eras; i++) {
        if (f->cp[at] != (uint32_t)eras[i].letter)
            continue;
        end = take_digits(f, at + 1, 2, &year);
        sign = end > 0 ? f->cp[end] : 0;
        if (sign != '.' && sign != '/')
            return 0;
        end = take_digits(f, end + 1, 2, &month);
        if (end == 0 || f->cp[end] != sign)
            return 0;
        end = take_digits(f, end + 1, 2, &day);
        if (end == 0 || !is_date(year + eras[i].base, month, day) || f->cp[end] == sign ||
            (folded_is_letter(f->cp[end]) && !folded_is_cjk(f->cp[end])))
            return 0;
        s->year = year + eras[i].base;
        s->month = month;
        s->day = day;
        s->has_date = true;
        return skip_weekday(f, end);
    }
    return 0;
}

/* "05-08 ", "6/3 ", "6月3日 " before a clock: a date without a year. Returns where the clock
 * begins. */
static size_t skip_day_without_year(const struct folded *f, size_t at)
{
    int month, day;
    size_t end = take_digits(f, at, 2, &month);
    uint32_t sign = end > 0 ? f->cp[end] : 0;
    size_t from;

    if (sign != '-' && sign != '/' && sign != 0x6708 && sign != 0xC6D4)
        return 0; /* 月 월 */
    from = sign == '-' ? end + 1 : skip_blanks(f, end + 1);
    at = take_digits(f, from, 2, &day);
    if (at == 0 || month < 1 || month > 12 || day < 1 || day > 31)
        return 0;
    if (sign == '-' || sign == '/')
        return f->cp[at] == ' ' ? skip_blanks(f, at) : 0;
    if (f->cp[at] != 0x65E5 && f->cp[at] != 0xC77C) /* 日 일 */
        return 0;
    return skip_blanks(f, skip_weekday(f, at + 1));
}

/* 昨日 10:02, 오늘 오후 3:04: a day that depends on when the chat was copied. */
static size_t skip_day_word(const struct folded *f, size_t at)
{
    static const char *const words[] = {"昨日", "今日", "一昨日", "昨天", "今天",
                                        "前天", "어제", "오늘",   "그제", NULL};
    size_t end = f->cp[at] >= 0x80 ? take_any_word(f, at, words) : 0;

    return end > 0 && folded_is_blank(f->cp[end]) ? skip_blanks(f, end) : 0;
}

static size_t take_date(const struct folded *f, size_t at, struct stamp *s)
{
    size_t end = 0;

    if (folded_is_digit(f->cp[at])) {
        end = take_number_date(f, at, s);
        if (end == 0)
            end = take_day_first(f, at, s);
        if (end == 0)
            end = take_year_first(f, at, s);
        if (end == 0)
            end = take_unit_date(f, at, s);
        return end;
    }
    if (f->cp[at] < 0x80 && folded_is_digit(f->cp[at + 1]))
        return take_era_letter(f, at, s);
    if (f->cp[at] < 0x80)
        return folded_is_letter(f->cp[at]) ? take_month_first(f, at, s) : 0;
    return take_unit_date(f, at, s);
}

enum half { HALF_NONE, HALF_AM, HALF_PM, HALF_DAY /* Uhr: of 24 hours */ };

static size_t take_half_before(const struct folded *f, size_t at, enum half *half)
{
    static const char *const morning[] = {"上午", "午前", "오전", "凌晨",
                                          "早上", "清晨", "AM ",  NULL};
    static const char *const evening[] = {"下午", "午後", "오후", "晚上",
                                          "中午", "傍晚", "PM ",  NULL};
    size_t end;

    *half = HALF_NONE;
    if (folded_is_digit(f->cp[at]))
        return 0;
    if ((end = take_any_word(f, at, morning)) > 0)
        *half = HALF_AM;
    else if ((end = take_any_word(f, at, evening)) > 0)
        *half = HALF_PM;
    return end;
}

static size_t take_half_after(const struct folded *f, size_t at, enum half *half)
{
    size_t from = skip_blanks(f, at);
    uint32_t letter = f->cp[from] | 0x20;
    size_t end = from + 1;

    *half = HALF_NONE;
    if ((end = take_word(f, from, "uhr")) > 0 && !folded_is_letter(f->cp[end])) {
        *half = HALF_DAY;
        return end;
    }
    end = from + 1;
    if (letter != 'a' && letter != 'p')
        return at;
    if (f->cp[end] == '.')
        end++;
    end = skip_blanks(f, end);
    if ((f->cp[end] | 0x20) != 'm')
        return at;
    end++;
    if (f->cp[end] == '.')
        end++;
    if (folded_is_letter(f->cp[end]) && f->cp[end] < 0x80)
        return at;
    *half = letter == 'a' ? HALF_AM : HALF_PM;
    return end;
}

/* Fractions after seconds: .250 ,25 -3# */
static size_t take_fraction(const struct folded *f, size_t at, int64_t *ms)
{
    static const int scale[] = {0, 100, 10, 1};
    size_t start = at + 1;
    size_t end;
    int value;

    if (f->cp[at] != '.' && f->cp[at] != ',' && f->cp[at] != '-')
        return 0;
    end = take_digits(f, start, 3, &value);
    if (end == 0)
        end = take_digits(f, start, 9, &value) > 0 ? take_digits(f, start, 9, &value) : 0;
    if (end == 0 || (f->cp[at] == '-' && f->cp[end] != '#'))
        return 0;
    if (end - start <= 3) {
        *ms = (int64_t)value * scale[end - start];
    } else {
        size_t digits = end - start;

        for (; digits > 3; digits--)
            value /= 10;
        *ms = value;
    }
    return end;
}

/* 10:01, 0:10:01.250. */
static size_t take_colon_clock(const struct folded *f, size_t at, struct stamp *s,
                               uint32_t sign)
{
    int part[3] = {0, 0, 0};
    int64_t fraction = 0;
    size_t first = at;
    size_t end = take_digits(f, at, 3, &part[0]);
    size_t next;

    if (end == 0 || f->cp[end] != sign)
        return 0;
    at = end + 1;
    end = take_digits(f, at, 2, &part[1]);
    if (end == 0 || end - at != 2 || part[1] > 59)
        return 0;
    s->two_parts = true;
    if (f->cp[end] == sign && folded_is_digit(f->cp[end + 1])) {
        at = end + 1;
        next = take_digits(f, at, 2, &part[2]);
        if (next == 0 || next - at != 2 || part[2] > 59)
            return 0;
        s->two_parts = false;
        end = next;
    }
    next = take_fraction(f, end, &fraction);
    if (next > 0 && !(s->two_parts && f->cp[end] == ',')) {
        end = next;
        s->fraction = true;
        if (s->two_parts) { /* minutes and seconds */
            part[2] = part[1];
            part[1] = part[0];
            part[0] = 0;
            s->two_parts = false;
        }
    }
    if (f->cp[end] == sign &&
        (folded_is_digit(f->cp[end + 1]) || (first > 0 && f->cp[first - 1] == sign)))
        return 0; /* file.c:187:50: line and column */
    s->clock_ms = (int64_t)part[0] * MS_PER_HOUR + (int64_t)part[1] * MS_PER_MINUTE +
                  (int64_t)part[2] * MS_PER_SECOND + fraction;
    return end;
}

/* "Apr 12 10:32:11 <ada>", "… * ada waves": a date without a year, as chat programs write it
 * before a nickname. Before anything else it is that of a log. Returns where the clock begins.
 */
static size_t skip_day_of_chat(const struct folded *f, size_t at)
{
    struct stamp clock = {.end_ms = TIME_NONE};
    int month, day;
    size_t end = stands_before_number(f, at, 1, DAY_DIGITS) ? take_month_name(f, at, &month)
                                                            : 0;
    size_t from;

    if (end == 0 || !folded_is_blank(f->cp[end]))
        return 0;
    end = take_digits(f, skip_blanks(f, end), 2, &day);
    if (end == 0 || !folded_is_blank(f->cp[end]) || day < 1 || day > 31)
        return 0;
    from = skip_blanks(f, end);
    end = take_colon_clock(f, from, &clock, ':');
    if (end == 0 || !folded_is_blank(f->cp[end]))
        return 0;
    end = skip_blanks(f, end);
    return f->cp[end] == '<' || (f->cp[end] == '*' && folded_is_blank(f->cp[end + 1])) ? from
                                                                                       : 0;
}

/* 10時, 10时1分, 10時1分47秒, 10시 5분. */
static size_t take_unit_clock(const struct folded *f, size_t at, struct stamp *s)
{
    int hour, minute = 0, second = 0, value;
    size_t end = take_number(f, at, 2, &hour);
    size_t next;

    if (end == 0)
        return 0;
    end = skip_blanks(f, end);
    if (f->cp[end] != 0x6642 && f->cp[end] != 0x65F6 && f->cp[end] != 0xC2DC &&
        f->cp[end] != 0x70B9 && f->cp[end] != 0x9EDE)
        return 0; /* 時 时 시 点 點 */
    end++;
    if (hour > 24)
        return 0;
    next = take_number(f, skip_blanks(f, end), 2, &value);
    if (next > 0 && (f->cp[skip_blanks(f, next)] == 0x5206 ||
                     f->cp[skip_blanks(f, next)] == 0xBD84)) { /* 分 분 */
        minute = value;
        end = skip_blanks(f, next) + 1;
        next = take_number(f, skip_blanks(f, end), 2, &value);
        if (next > 0 && (f->cp[skip_blanks(f, next)] == 0x79D2 ||
                         f->cp[skip_blanks(f, next)] == 0xCD08)) { /* 秒 초 */
            second = value;
            end = skip_blanks(f, next) + 1;
        }
    } else if (f->cp[end] == 0x534A) { /* 半 */
        minute = 30;
        end++;
    } else if (f->cp[end] == 0x6574) { /* 整 */
        end++;
    }
    if (minute > 59 || second > 59)
        return 0;
    s->clock_ms = (int64_t)hour * MS_PER_HOUR + minute * MS_PER_MINUTE + second * MS_PER_SECOND;
    s->wall = true;
    return end;
}

/* 1 hour 2 minutes 3 seconds; 12.30s. */
static size_t take_duration(const struct folded *f, size_t at, struct stamp *s)
{
    static const struct {
        const char *word;
        int64_t ms;
    } units[] = {
        {"hours", MS_PER_HOUR},    {"hour", MS_PER_HOUR},      {"minutes", MS_PER_MINUTE},
        {"minute", MS_PER_MINUTE}, {"seconds", MS_PER_SECOND}, {"second", MS_PER_SECOND},
        {"h", MS_PER_HOUR},        {"m", MS_PER_MINUTE},       {"s", MS_PER_SECOND}};
    int64_t total = 0;
    int64_t last_ms = INT64_MAX;
    size_t end = 0;

    for (;;) {
        int value;
        int64_t fraction = 0;
        size_t next = take_digits(f, at, 6, &value);
        size_t i;

        if (next == 0)
            break;
        if (f->cp[next] == '.' && take_fraction(f, next, &fraction) > 0)
            next = take_fraction(f, next, &fraction);
        next = skip_blanks(f, next);
        for (i = 0; i < sizeof units / sizeof *units; i++) {
            size_t after = take_word(f, next, units[i].word);

            if (after > 0 && !folded_is_letter(f->cp[after]) && units[i].ms < last_ms) {
                total += value * units[i].ms + (units[i].ms == MS_PER_SECOND ? fraction : 0);
                last_ms = units[i].ms;
                end = after;
                break;
            }
        }
        if (i == sizeof units / sizeof *units)
            break;
        at = skip_blanks(f, end);
    }
    /* In whole words it must end in seconds: "2 hours" is prose. */
    if (end == 0 || last_ms != MS_PER_SECOND)
        return 0;
    s->clock_ms = total;
    return end;
}

static void add_half(struct stamp *s, enum half half)
{
    if (half == HALF_NONE)
        return;
    s->wall = true;
    if (half == HALF_PM && s->clock_ms < 12 * MS_PER_HOUR)
        s->clock_ms += 12 * MS_PER_HOUR;
    if (half == HALF_AM && s->clock_ms >= 12 * MS_PER_HOUR && s->clock_ms < 13 * MS_PER_HOUR)
        s->clock_ms -= 12 * MS_PER_HOUR;
}

static size_t take_clock(const struct folded *f, size_t at, struct stamp *s, bool after_date)
{
    enum half half;
    size_t half_end = take_half_before(f, at, &half);
    size_t end;

    if (half_end > 0)
        at = skip_blanks(f, half_end);
    end = take_colon_clock(f, at, s, ':');
    if (end == 0 && after_date)
        end = take_colon_clock(f, at, s, '.');
    if (end == 0)
        end = take_unit_clock(f, at, s);
    if (end == 0 && half_end == 0 && folded_is_digit(f->cp[at])) {
        size_t hour_end;
        int hour;

        /* 10 AM */
        hour_end = take_digits(f, at, 2, &hour);
        if (hour_end > 0 && hour >= 1 && hour <= 12 &&
            (end = take_half_after(f, hour_end, &half)) != hour_end) {
            s->clock_ms = (int64_t)hour * MS_PER_HOUR;
            s->has_clock = true;
            add_half(s, half);
            return end;
        }
        end = take_duration(f, at, s);
        s->has_clock = end > 0;
        return end;
    }
    if (end == 0)
        return 0;
    if (half == HALF_NONE)
        end = take_half_after(f, end, &half);
    s->has_clock = true;
    add_half(s, half);
    return end;
}

/* Signs between a date and the clock after it. */
static size_t skip_date_gap(const struct folded *f, size_t at)
{
    static const char *const words[] = {"at ", "um ", "à ", "a las ", "alle ", "klo ", NULL};
    size_t from = at;
    size_t word;

    if (f->cp[at] == 'T')
        return at + 1;
    if (f->cp[at] == ',' || f->cp[at] == 0x3001 || f->cp[at] == 0x60C)
        at++;
    at = skip_blanks(f, at);
    word = folded_is_digit(f->cp[at]) ? 0 : take_any_word(f, at, words);
    if (word > 0)
        at = word;
    return at > from || f->cp[at] >= 0x80 || f->cp[at - 1] == ')' ? at : 0;
}

/* Z, +08:00, UTC, (UTC+8): skipped, because the clock is local time. */
static size_t skip_zone(const struct folded *f, size_t at)
{
    size_t end = at;
    int value;

    if (f->cp[at] == 'Z' && !folded_is_letter(f->cp[at + 1]))
        return at + 1;
    if (f->cp[at] == '+') {
        end = take_digits(f, at + 1, 2, &value);
        if (end > 0 && f->cp[end] == ':' && take_digits(f, end + 1, 2, &value) > 0)
            return take_digits(f, end + 1, 2, &value);
        end = take_digits(f, at + 1, 4, &value);
        if (end > 0)
            return end;
    }
    end = take_word(f, skip_blanks(f, at), "utc");
    return end > 0 && !folded_is_letter(f->cp[end]) ? end : at;
}

/* --> 00:04, - 0:12:03 after a time. */
static size_t take_range_end(const struct folded *f, size_t at, struct stamp *s)
{
    static const char *const arrows[] = {"-->", "->", "→", "–>", "-", "~", "—", "to ", NULL};
    struct stamp last = {.end_ms = TIME_NONE};
    size_t from = skip_blanks(f, at);
    size_t end = take_any_word(f, from, arrows);

    if (end == 0)
        return at;
    end = skip_blanks(f, end);
    end = folded_is_digit(f->cp[end]) || f->cp[end] >= 0x80 ? take_clock(f, end, &last, false)
                                                            : 0;
    if (end == 0 || last.two_parts != s->two_parts || last.clock_ms < s->clock_ms ||
        (last.wall != s->wall && !s->wall))
        return at;
    s->end_ms = last.clock_ms;
    return end;
}

/* "Today at 9:01", "Kl. 10:00", "вчера в 9:01": a clock without a date, by its words. */
static size_t take_worded_clock(const struct folded *f, size_t at, struct stamp *s)
{
    static const char *const words[] = {
        "today at ",  "yesterday at ", "heute um ",   "gestern um ",  "aujourd'hui à ",
        "hier à ",    "hoy a las ",    "ayer a las ", "oggi alle ",   "ieri alle ",
        "hoje às ",   "ontem às ",     "vandaag om ", "gisteren om ", "idag kl. ",
        "i dag kl. ", "kl. ",          "klo ",        "сегодня в ",   "вчера в ",
        "Сегодня в ", "Вчера в ",      "dzisiaj o ",  "wczoraj o ",   NULL};
    size_t end = take_any_word(f, at, words);

    if (end == 0 || !folded_is_digit(f->cp[end]))
        return 0;
    end = take_clock(f, end, s, true);
    s->wall |= end > 0;
    return end;
}

size_t stamp_parse_clock_and_colon(const struct folded *f, size_t at, struct stamp *s)
{
    int part[2] = {0};
    size_t colon = take_digits(f, at, 2, &part[0]);
    size_t end = colon > 0 && f->cp[colon] == ':' ? take_digits(f, colon + 1, 2, &part[1]) : 0;

    *s = (struct stamp){.clock_ms = TIME_NONE, .end_ms = TIME_NONE, .two_parts = true};
    if (end != colon + 3 || part[1] > 59 || f->cp[end] != ':' ||
        folded_is_digit(f->cp[end + 1]))
        return 0;
    s->has_clock = true;
    s->clock_ms = part[0] * MS_PER_HOUR + part[1] * MS_PER_MINUTE;
    return end;
}

size_t stamp_parse_pointed_clock(const struct folded *f, size_t at, struct stamp *s)
{
    size_t end;

    *s = (struct stamp){.clock_ms = TIME_NONE, .end_ms = TIME_NONE, .wall = true};
    end = take_colon_clock(f, at, s, '.');
    s->has_clock = end > 0;
    return s->clock_ms < 24 * MS_PER_HOUR ? end : 0;
}

static bool set_time_of_day(struct stamp *s, int hour, int minute)
{
    *s = (struct stamp){.clock_ms = hour * (int64_t)MS_PER_HOUR + minute * MS_PER_MINUTE,
                        .end_ms = TIME_NONE,
                        .has_clock = true,
                        .wall = true};
    return hour < 24 && minute < 60;
}

/* 1005, hours and minutes behind a bullet; position after it, or 0. */
static size_t take_bare_four_digits(const struct folded *f, size_t at, struct stamp *s)
{
    int value;
    size_t end = take_digits(f, at, 4, &value);

    return end == at + 4 && set_time_of_day(s, value / 100, value % 100) ? end : 0;
}

/* (1005), hours and minutes in brackets; position after it, or 0. */
static size_t take_four_digits(const struct folded *f, size_t at, struct stamp *s)
{
    int value = 0;
    size_t end = f->cp[at] == '(' ? take_digits(f, at + 1, 4, &value) : 0;

    return end == at + 5 && f->cp[end] == ')' && set_time_of_day(s, value / 100, value % 100)
               ? end + 1
               : 0;
}

/* (9 h 50), (10 heures); position after it, or 0. */
static size_t take_french_clock(const struct folded *f, size_t at, struct stamp *s)
{
    int hour, minute = 0;
    size_t end = f->cp[at] == '(' ? take_digits(f, at + 1, 2, &hour) : 0;
    size_t next;

    if (end == 0)
        return 0;
    end = skip_blanks(f, end);
    next = take_word(f, end, "heures");
    if (next == 0)
        next = take_word(f, end, "h");
    if (next == 0)
        return 0;
    end = skip_blanks(f, next);
    if ((next = take_digits(f, end, 2, &minute)) > 0)
        end = next;
    return f->cp[end] == ')' && set_time_of_day(s, hour, minute) ? end + 1 : 0;
}

/* 11.58 hrs, 2.15 p.m., 16.04 uur; position after it, or 0. */
static size_t take_pointed_clock_with_unit(const struct folded *f, size_t at, struct stamp *s)
{
    static const char *const units[] = {"hrs", "hours", "uur", NULL};
    size_t end = stamp_parse_pointed_clock(f, at, s);
    enum half half;
    size_t next;

    if (end == 0)
        return 0;
    next = take_any_word(f, skip_blanks(f, end), units);
    if (next > 0)
        return f->cp[next] == '.' ? next + 1 : next;
    next = take_half_after(f, end, &half);
    add_half(s, half);
    return half != HALF_NONE ? next : 0;
}

static size_t skip_bullets(const struct folded *f, size_t at)
{
    while (folded_is_bullet(f->cp[at]) || folded_is_blank(f->cp[at]))
        at++;
    return at;
}

bool stamp_parse_clock_line(const struct folded *f, struct stamp *s)
{
    size_t at = skip_bullets(f, 0);
    size_t end = take_french_clock(f, at, s);

    if (end == 0 && at > 0)
        end = take_four_digits(f, at, s);
    if (end == 0 && at > 0)
        end = take_bare_four_digits(f, at, s);
    if (end == 0)
        end = take_pointed_clock_with_unit(f, at, s);
    return end > 0 && f->whole && f->cp[skip_bullets(f, end)] == 0;
}

bool stamp_parse_bare_clock_line(const struct folded *f, struct stamp *s)
{
    size_t end = f->cp[0] == '(' ? take_four_digits(f, 0, s)
                                 : stamp_parse_pointed_clock(f, 0, s);

    s->has_date = s->numeric = false;
    return end > 0 && f->whole && f->cp[end] == 0;
}

/* Whether a stamp can begin with this code point: of East Asian letters only numerals and the
 * first letters of eras, of words for morning and afternoon, and of words for days can. */
static bool may_begin_stamp(uint32_t cp)
{
    if (cp < 0x1100)
        return folded_is_digit(cp) || folded_is_letter(cp);
    switch (cp) {
    case U'零':
    case U'一':
    case U'二':
    case U'三':
    case U'四':
    case U'五':
    case U'六':
    case U'七':
    case U'八':
    case U'九':
    case U'十':
    case U'百':
    case U'令':
    case U'平':
    case U'昭':
    case U'中':
    case U'民':
    case U'上':
    case U'午':
    case U'下':
    case U'凌':
    case U'早':
    case U'清':
    case U'晚':
    case U'傍':
    case U'오':
    case U'昨':
    case U'今':
    case U'前':
    case U'어':
    case U'그':
        return true;
    default:
        return false;
    }
}

size_t stamp_parse(const struct folded *f, size_t at, struct stamp *s)
{
    size_t end, next;

    *s = (struct stamp){.clock_ms = TIME_NONE, .end_ms = TIME_NONE};
    if (!may_begin_stamp(f->cp[at]))
        return 0;
    if (f->cp[at] < 0x1100 && !folded_is_digit(f->cp[at])) {
        if (!stands_before_number(f, at, CLOCK_WORDS, CLOCK_DIGITS))
            return 0;
        end = take_worded_clock(f, at, s);
        if (end > 0 || f->cp[at] >= 0x80)
            return end;
    }
    end = take_date(f, at, s);
    if (end > 0) {
        next = skip_date_gap(f, end);
        next = next > 0 ? take_clock(f, next, s, true) : 0;
        s->american &= next > 0 && f->cp[next - 1] == 'M';
        if (next == 0)
            return end;
        s->wall = true;
        next = skip_zone(f, next);
        return take_range_end(f, next, s);
    }
    next = f->cp[at] < 0x80 && !folded_is_digit(f->cp[at]) ? skip_day_of_chat(f, at) : 0;
    if (next == 0 && f->cp[at] < 0x80 && !folded_is_digit(f->cp[at]) &&
        (f->cp[at + 1] | 0x20) != 'm') /* AM 9:02 */
        return 0;
    if (next == 0)
        next = skip_day_without_year(f, at);
    if (next == 0)
        next = skip_day_word(f, at);
    if (next > 0) {
        end = take_clock(f, next, s, true);
        s->wall |= end > 0;
        return end;
    }
    end = take_clock(f, at, s, false);
    if (end == 0)
        return 0;
    /* 9:02 AM, 1/15/2031 */
    if (s->wall && f->cp[end] == ',' && folded_is_digit(f->cp[skip_blanks(f, end + 1)])) {
        next = take_number_date(f, skip_blanks(f, end + 1), s);
        if (next > 0)
            return next;
    }
    return take_range_end(f, skip_zone(f, end), s);
}

static uint32_t closing_of(uint32_t open)
{
    switch (open) {
    case '[':
        return ']';
    case '(':
        return ')';
    case '<':
        return '>';
    case '{':
        return '}';
    case 0x3010:
        return 0x3011;
    case '#':
        return '#';
    case '*':
        return '*';
    default:
        return 0;
    }
}

bool stamp_may_begin(const struct folded *f, size_t at)
{
    uint32_t before = at > 0 ? f->cp[at - 1] : 0;

    if (f->cp[at] < 0x1100 && folded_is_letter(f->cp[at]) && folded_is_letter(before) &&
        !folded_is_cjk(before))
        return false;
    return folded_is_blank(f->cp[at]) || closing_of(f->cp[at]) != 0 ||
           may_begin_stamp(f->cp[at]);
}

size_t stamp_parse_mission_time(const struct folded *f, size_t at, struct stamp *s)
{
    static const int most[] = {99, 23, 59, 59};
    int part[4];
    size_t i;

    for (i = 0; i < 4; i++) {
        size_t end = take_digits(f, at, 2, &part[i]);

        if (end != at + 2 || part[i] > most[i] || f->cp[end] != ' ')
            return 0;
        at = i < 3 ? end + 1 : end;
    }
    if (!folded_is_blank(f->cp[at + 1]))
        return 0;
    *s = (struct stamp){.clock_ms = ((part[0] * INT64_C(24) + part[1]) * 60 + part[2]) *
                                        MS_PER_MINUTE +
                                    part[3] * (int64_t)MS_PER_SECOND,
                        .end_ms = TIME_NONE,
                        .has_clock = true};
    return at;
}

size_t stamp_parse_recorder_time(const struct folded *f, size_t at, struct stamp *s)
{
    int minutes, seconds;
    int64_t fraction = 0;
    size_t colon = take_digits(f, at, 4, &minutes);
    size_t end, next;

    if (colon != at + 4 || f->cp[colon] != ':' || minutes / 100 > 23 || minutes % 100 > 59)
        return 0;
    end = take_digits(f, colon + 1, 2, &seconds);
    if (end != colon + 3 || seconds > 59 || folded_is_digit(f->cp[end]))
        return 0;
    next = f->cp[end] == '.' ? take_fraction(f, end, &fraction) : 0;
    *s = (struct stamp){.clock_ms = minutes / 100 * (int64_t)MS_PER_HOUR +
                                    minutes % 100 * (int64_t)MS_PER_MINUTE +
                                    seconds * (int64_t)MS_PER_SECOND + fraction,
                        .end_ms = TIME_NONE,
                        .has_clock = true,
                        .wall = true};
    return next > 0 ? next : end;
}

size_t stamp_parse_boxed(const struct folded *f, size_t at, struct stamp *stamp,
                         uint32_t *bracket)
{
    uint32_t close;
    size_t end;

    at = skip_blanks(f, at);
    close = closing_of(f->cp[at]);
    *bracket = close != 0 ? f->cp[at] : 0;
    if (close == 0)
        return stamp_parse(f, at, stamp);
    end = stamp_parse(f, skip_blanks(f, at + 1), stamp);
    if (end == 0)
        return 0;
    end = skip_blanks(f, end);
    return f->cp[end] == close ? end + 1 : 0;
}

bool stamp_find_date(struct span text, struct stamp *stamp)
{
    struct folded f;
    size_t at;

    folded_front(&f, text, 0);
    for (at = 0; at < f.count; at++) {
        uint32_t before = at > 0 ? f.cp[at - 1] : 0;

        if (folded_is_digit(f.cp[at]) && (folded_is_digit(before) || before == '.'))
            continue;
        if (f.cp[at] < 0x80 && folded_is_letter(f.cp[at]) && folded_is_letter(before))
            continue;
        if (stamp_parse(&f, at, stamp) > 0 && (stamp->has_date || stamp->numeric))
            return true;
    }
    return false;
}

bool stamp_set_order(struct stamp *stamp, enum stamp_order order)
{
    static const int places[STAMP_ORDER_COUNT][3] = {{2, 1, 0}, {2, 0, 1}, {0, 1, 2}};
    int year = stamp->numbers[places[order][0]];
    int month = stamp->numbers[places[order][1]];
    int day = stamp->numbers[places[order][2]];

    if (year < 100)
        year = full_year(year);
    if (!is_date(year, month, day))
        return false;
    stamp->year = year;
    stamp->month = month;
    stamp->day = day;
    stamp->has_date = true;
    return true;
}

int64_t stamp_date_ms(const struct stamp *stamp)
{
    if (!stamp->has_date)
        return TIME_NONE;
    return civil_to_ms(
        &(struct civil_time){.year = stamp->year, .month = stamp->month, .day = stamp->day});
}

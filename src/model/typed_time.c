/* Typed time. A text is read as numbers, each with the mark after it: a unit, a colon, or
 * nothing. */
#include "model/typed_time.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/text/decimal.h"
#include "shilu/text/utf8.h"

enum { FULL_WIDTH_FIRST = 0xFF01, FULL_WIDTH_LAST = 0xFF5E, IDEOGRAPHIC_SPACE = 0x3000 };
enum { PARTS_MAX = 3, DIGITS_MAX = 9, HALF_MINUTES = 30 };
enum { MS_PER_SECOND = 1000, MS_PER_MINUTE = 60000, MS_PER_HOUR = 3600000 };
enum { MS_PER_HALF_DAY = 12 * MS_PER_HOUR };

/* ------------------------------------------------------------------------- plain text */

/* A run of Han numerals below a hundred, as in hours and minutes: 十, 二十五, 〇五. */
static size_t han_number(const char *text, int *number)
{
    size_t used = 0;
    int ones = -1;
    int tens = -1;

    while (text[used] != '\0') {
        uint32_t cp;
        size_t bytes = utf8_decode(text + used, strlen(text + used), &cp);
        int digit = decimal_han_digit(cp);

        if (digit >= 0 && ones < 0)
            ones = digit;
        else if (digit >= 0 && tens < 0 && ones >= 0) { /* 〇五, 四七 */
            tens = ones;
            ones = digit;
        } else if (decimal_han_power(cp) == 10 && tens < 0) {
            tens = ones < 0 ? 1 : ones;
            ones = -1;
        } else
            break;
        used += bytes;
    }
    *number = (tens > 0 ? tens * 10 : 0) + (ones > 0 ? ones : 0);
    return used;
}

bool typed_time_plain(const char *text, char out[TYPED_BYTES])
{
    size_t length = 0;

    while (*text != '\0') {
        uint32_t cp;
        size_t bytes = utf8_decode(text, strlen(text), &cp);
        int number;
        size_t han = han_number(text, &number);

        if (length + UTF8_MAX_BYTES >= TYPED_BYTES)
            return false;
        if (han > 0) {
            if (number >= 10)
                out[length++] = (char)('0' + number / 10);
            out[length++] = (char)('0' + number % 10);
            text += han;
            continue;
        }
        if (cp >= FULL_WIDTH_FIRST && cp <= FULL_WIDTH_LAST)
            out[length++] = (char)tolower((int)(cp - FULL_WIDTH_FIRST + '!'));
        else if (cp == IDEOGRAPHIC_SPACE || (cp < 0x80 && isspace((int)cp))) {
            if (length > 0 && out[length - 1] != ' ')
                out[length++] = ' ';
        } else if (cp < 0x80)
            out[length++] = (char)tolower((int)cp);
        else {
            memcpy(out + length, text, bytes);
            length += bytes;
        }
        text += bytes;
    }
    while (length > 0 && out[length - 1] == ' ')
        length--;
    out[length] = '\0';
    return true;
}

/* ------------------------------------------------------------------------------ marks */

enum unit { UNIT_NONE, UNIT_HOUR, UNIT_MINUTE, UNIT_SECOND };

enum half_day { ANY_HALF, MORNING, AFTERNOON, MIDDAY };

struct mark {
    const char *text;
    int value;
};

/* Longer ones precede those that they begin with. */
static const struct mark units[] = {
    {"點鐘", UNIT_HOUR},      {"点钟", UNIT_HOUR},      {"點", UNIT_HOUR},
    {"点", UNIT_HOUR},        {"時間", UNIT_HOUR},      {"小時", UNIT_HOUR},
    {"小时", UNIT_HOUR},      {"時", UNIT_HOUR},        {"时", UNIT_HOUR},
    {"시간", UNIT_HOUR},      {"시", UNIT_HOUR},        {"hours", UNIT_HOUR},
    {"hour", UNIT_HOUR},      {"hrs", UNIT_HOUR},       {"hr", UNIT_HOUR},
    {"h", UNIT_HOUR},         {"uhr", UNIT_HOUR},       {"o'clock", UNIT_HOUR},
    {"o’clock", UNIT_HOUR},   {"分鐘", UNIT_MINUTE},    {"分钟", UNIT_MINUTE},
    {"分間", UNIT_MINUTE},    {"分", UNIT_MINUTE},      {"분", UNIT_MINUTE},
    {"minutes", UNIT_MINUTE}, {"minute", UNIT_MINUTE},  {"mins", UNIT_MINUTE},
    {"min", UNIT_MINUTE},     {"m", UNIT_MINUTE},       {"秒鐘", UNIT_SECOND},
    {"秒钟", UNIT_SECOND},    {"秒間", UNIT_SECOND},    {"秒", UNIT_SECOND},
    {"초", UNIT_SECOND},      {"seconds", UNIT_SECOND}, {"second", UNIT_SECOND},
    {"secs", UNIT_SECOND},    {"sec", UNIT_SECOND},     {"s", UNIT_SECOND},
    {NULL, UNIT_NONE},
};

static const struct mark half_days[] = {
    {"上午", MORNING},   {"早上", MORNING},   {"凌晨", MORNING},   {"午前", MORNING},
    {"오전", MORNING},   {"am", MORNING},     {"a.m.", MORNING},   {"a. m.", MORNING},
    {"下午", AFTERNOON}, {"晚上", AFTERNOON}, {"午後", AFTERNOON}, {"午后", AFTERNOON},
    {"오후", AFTERNOON}, {"pm", AFTERNOON},   {"p.m.", AFTERNOON}, {"p. m.", AFTERNOON},
    {"中午", MIDDAY},    {NULL, ANY_HALF},
};

static const struct mark halves[] = {{"半", 1}, {"반", 1}, {NULL, 0}};

static const struct mark hours_by_name[] = {
    {"正午", 12}, {"中午", 12}, {"noon", 12},    {"정오", 12}, {"午夜", 0},
    {"半夜", 0},  {"子夜", 0},  {"midnight", 0}, {"자정", 0},  {NULL, 0},
};

static const struct mark *mark_at(const char *text, const struct mark *marks)
{
    for (; marks->text != NULL; marks++)
        if (strncmp(text, marks->text, strlen(marks->text)) == 0)
            return marks;
    return NULL;
}

/* ------------------------------------------------------------------------------ parts */

struct part {
    int64_t number;
    int digits;
    enum unit unit;
};

struct reading {
    struct part parts[PARTS_MAX];
    int count;
    enum half_day half_day;
    int64_t fraction_ms;
    char separator; /* sign between the parts; NUL without a sign, or with units */
    bool half;      /* of the unit before it */
};

static const char *skip_space(const char *c)
{
    return c + strspn(c, " ");
}

/* "02.5": the digits after the point of the last part. */
static const char *take_fraction(const char *c, struct reading *r)
{
    int64_t unit_ms = MS_PER_SECOND / 10;

    for (c++; isdigit((unsigned char)*c); c++, unit_ms /= 10)
        r->fraction_ms += (*c - '0') * unit_ms;
    return c;
}

/* What follows a number: its unit, or the sign before the next number. */
static const char *take_mark(const char *c, struct reading *r)
{
    struct part *part = &r->parts[r->count - 1];
    const struct mark *unit = mark_at(skip_space(c), units);
    const struct mark *half;

    if (unit != NULL) {
        c = skip_space(c) + strlen(unit->text);
        if (r->separator == '\0') /* "10:47 h" is 10:47 */
            part->unit = (enum unit)unit->value;
        half = mark_at(skip_space(c), halves);
        if (half != NULL && part->unit != UNIT_NONE) {
            r->half = true;
            c = skip_space(c) + strlen(half->text);
        }
        return c;
    }
    if (*c == '.' && isdigit((unsigned char)c[1]) &&
        (r->separator == ':' || r->count == PARTS_MAX))
        return take_fraction(c, r);
    if ((*c == ':' || *c == '.') && (r->separator == '\0' || r->separator == *c)) {
        r->separator = *c;
        c++;
        if (*c == '.' || *c == ':')
            return NULL;
    }
    return c;
}

static const char *take_number(const char *c, struct reading *r)
{
    struct part *part = &r->parts[r->count];
    size_t digits = strspn(c, "0123456789");

    if (r->count == PARTS_MAX || digits == 0 || digits > DIGITS_MAX || r->half)
        return NULL;
    *part = (struct part){.number = strtoll(c, NULL, 10), .digits = (int)digits};
    r->count++;
    return take_mark(c + digits, r);
}

static bool read_parts(const char *c, struct reading *r)
{
    *r = (struct reading){.half_day = ANY_HALF};
    while (c != NULL && *(c = skip_space(c)) != '\0') {
        const struct mark *half_day = mark_at(c, half_days);

        if (half_day != NULL) {
            r->half_day = (enum half_day)half_day->value;
            c += strlen(half_day->text);
        } else
            c = take_number(c, r);
    }
    return c != NULL && r->count > 0;
}

/* "1047" and "104702" are parts without anything between them. */
static void split_digits(struct reading *r)
{
    int64_t number = r->parts[0].number;
    int digits = r->parts[0].digits;

    if (r->count != 1 || r->parts[0].unit != UNIT_NONE || r->separator != '\0' || digits < 3)
        return;
    r->count = (digits + 1) / 2;
    for (int i = r->count - 1; i >= 0; i--, number /= 100)
        r->parts[i] = (struct part){number % 100, 2, UNIT_NONE};
}

/* A part without a unit has the unit below that of the part before; `first` is that of the
 * first part. False if they do not descend from the largest, or if a smaller one is not below
 * sixty. */
static bool settle_units(struct reading *r, enum unit first)
{
    for (int i = 0; i < r->count; i++) {
        struct part *part = &r->parts[i];

        if (i > 0 && r->separator == '.' && part->digits != 2)
            return false; /* 10.5 may be half past ten */

        if (part->unit == UNIT_NONE)
            part->unit = i == 0 ? first : (enum unit)(r->parts[i - 1].unit + 1);
        if (part->unit > UNIT_SECOND ||
            (i > 0 && (part->unit <= r->parts[i - 1].unit || part->number > 59)))
            return false;
    }
    return true;
}

static int64_t unit_ms(enum unit unit)
{
    return unit == UNIT_HOUR     ? MS_PER_HOUR
           : unit == UNIT_MINUTE ? MS_PER_MINUTE
                                 : MS_PER_SECOND;
}

static int64_t sum(const struct reading *r)
{
    enum unit last = r->parts[r->count - 1].unit;
    int64_t ms = r->fraction_ms;

    for (int i = 0; i < r->count; i++)
        ms += r->parts[i].number * unit_ms(r->parts[i].unit);
    return ms + (r->half ? unit_ms(last) / 60 * HALF_MINUTES : 0);
}

/* Twelve in the morning is midnight; twelve, or zero, in the afternoon is noon. */
static bool settle_half_day(enum half_day half_day, int64_t *ms)
{
    if (*ms >= 2 * MS_PER_HALF_DAY ||
        (half_day == MORNING && *ms >= MS_PER_HALF_DAY + MS_PER_HOUR))
        return false;
    if (half_day == MORNING && *ms >= MS_PER_HALF_DAY)
        *ms -= MS_PER_HALF_DAY;
    if ((half_day == AFTERNOON && *ms < MS_PER_HALF_DAY) ||
        (half_day == MIDDAY && *ms < MS_PER_HALF_DAY - 2 * MS_PER_HOUR))
        *ms += MS_PER_HALF_DAY;
    return true;
}

bool typed_time_of_day(const char *plain, struct typed_time *time)
{
    const struct mark *name = mark_at(plain, hours_by_name);
    struct reading r;

    if (name != NULL && strlen(name->text) == strlen(plain)) {
        *time = (struct typed_time){name->value * (int64_t)MS_PER_HOUR, MS_PER_MINUTE};
        return true;
    }
    if (!read_parts(plain, &r))
        return false;
    if (r.parts[0].digits == 5)
        return false;
    split_digits(&r);
    if (!settle_units(&r, UNIT_HOUR) || r.parts[0].unit != UNIT_HOUR || r.parts[0].number > 23)
        return false;
    time->precision_ms = r.half ? MS_PER_MINUTE : unit_ms(r.parts[r.count - 1].unit);
    time->ms = sum(&r);
    return settle_half_day(r.half_day, &time->ms);
}

bool typed_time_length(const char *plain, struct typed_time *time)
{
    struct reading r;

    if (!read_parts(plain, &r) || r.half_day != ANY_HALF ||
        !settle_units(&r, r.count == PARTS_MAX ? UNIT_HOUR
                          : r.count == 2       ? UNIT_MINUTE
                                               : UNIT_SECOND))
        return false;
    time->precision_ms = unit_ms(r.parts[r.count - 1].unit);
    time->ms = sum(&r);
    return true;
}

/* ------------------------------------------------------------------------------- dates */

static const char *take_part_of_date(const char *c, const char *const marks[2], int *number)
{
    size_t digits = strspn(c, "0123456789");
    const char *end = skip_space(c + digits);

    if (digits == 0 || digits > 4)
        return NULL;
    for (int i = 0; i < 2; i++) {
        if (strncmp(end, marks[i], strlen(marks[i])) == 0) {
            *number = atoi(c);
            return skip_space(end + strlen(marks[i]));
        }
    }
    return NULL;
}

bool typed_time_date(const char *plain, int *year, int *month, int *day, const char **rest)
{
    static const char *const years[] = {"年", "년"};
    static const char *const months[] = {"月", "월"};
    static const char *const days[] = {"日", "일"};
    const char *c = take_part_of_date(plain, years, year);

    if (c == NULL) {
        *year = 0;
        c = plain;
    }
    c = take_part_of_date(c, months, month);
    if (c != NULL)
        c = take_part_of_date(c, days, day);
    if (c != NULL)
        *rest = c;
    return c != NULL;
}

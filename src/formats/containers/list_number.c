#include "formats/containers/list_number.h"

#include <string.h>

#include "shilu/text/utf8.h"

static void append_code_point(struct buffer *out, uint32_t cp)
{
    char utf8[UTF8_MAX_BYTES];

    buffer_append(out, utf8, utf8_encode(cp, utf8));
}

/* a … z, aa, bb …, as word processors count. */
static void append_letter(struct buffer *out, char first, unsigned number)
{
    unsigned times = (number - 1) / 26 + 1;

    while (times-- > 0 && number <= 26 * 8)
        buffer_append_char(out, (char)(first + (char)((number - 1) % 26)));
}

static void append_roman(struct buffer *out, unsigned number, bool upper)
{
    static const struct {
        unsigned value;
        const char *sign;
    } signs[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                 {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                 {5, "v"},    {4, "iv"},   {1, "i"}};
    size_t i;

    for (i = 0; i < sizeof signs / sizeof *signs; i++)
        for (; number >= signs[i].value && number < 5000; number -= signs[i].value)
            for (const char *c = signs[i].sign; *c != '\0'; c++)
                buffer_append_char(out, (char)(upper ? *c - 'a' + 'A' : *c));
}

static const char *const han_digits[] = {"〇", "一", "二", "三", "四",
                                         "五", "六", "七", "八", "九"};

static void append_han(struct buffer *out, unsigned number)
{
    if (number >= 100) {
        buffer_append_string(out, number / 100 > 1 ? han_digits[number / 100 % 10] : "一");
        buffer_append_string(out, "百");
        number %= 100;
        if (number > 0 && number < 10)
            buffer_append_string(out, "零");
        else if (number >= 10 && number < 20)
            buffer_append_string(out, "一");
    }
    if (number >= 20)
        buffer_append_string(out, han_digits[number / 10]);
    if (number >= 10)
        buffer_append_string(out, "十");
    if (number % 10 > 0)
        buffer_append_string(out, han_digits[number % 10]);
}

static void append_han_digits(struct buffer *out, unsigned number)
{
    if (number >= 10)
        append_han_digits(out, number / 10);
    buffer_append_string(out, han_digits[number % 10]);
}

/* The number-th character of a row of characters. */
static void append_of(struct buffer *out, const char *row, unsigned number)
{
    size_t bytes = strlen(row);
    size_t at = 0;
    uint32_t cp = 0;
    unsigned i;

    for (i = 0; i < number && at < bytes; i++)
        at += utf8_decode(row + at, bytes - at, &cp);
    if (i == number)
        append_code_point(out, cp);
    else
        buffer_append_format(out, "%u", number);
}

void list_number_append(struct buffer *out, enum list_number kind, unsigned number)
{
    if (number == 0 && kind != LIST_NUMBER_NONE) {
        buffer_append_char(out, '0');
        return;
    }
    switch (kind) {
    case LIST_NUMBER_NONE:
        break;
    case LIST_NUMBER_DECIMAL:
        buffer_append_format(out, "%u", number);
        break;
    case LIST_NUMBER_DECIMAL_ZERO:
        buffer_append_format(out, "%02u", number);
        break;
    case LIST_NUMBER_FULL_WIDTH:
        if (number >= 10)
            list_number_append(out, kind, number / 10);
        append_code_point(out, 0xFF10 + number % 10);
        break;
    case LIST_NUMBER_CIRCLED:
        if (number <= 20)
            append_code_point(out, 0x245F + number);
        else
            buffer_append_format(out, "%u", number);
        break;
    case LIST_NUMBER_UPPER_LETTER:
        append_letter(out, 'A', number);
        break;
    case LIST_NUMBER_LOWER_LETTER:
        append_letter(out, 'a', number);
        break;
    case LIST_NUMBER_UPPER_ROMAN:
        append_roman(out, number, true);
        break;
    case LIST_NUMBER_LOWER_ROMAN:
        append_roman(out, number, false);
        break;
    case LIST_NUMBER_HAN:
        append_han(out, number < 1000 ? number : 999);
        break;
    case LIST_NUMBER_HAN_DIGITS:
        append_han_digits(out, number);
        break;
    case LIST_NUMBER_GANADA:
        append_of(out, "가나다라마바사아자차카타파하", number);
        break;
    case LIST_NUMBER_KATAKANA:
        append_of(out,
                  "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨ"
                  "ラリルレロワヲン",
                  number);
        break;
    case LIST_NUMBER_IROHA:
        append_of(out,
                  "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキ"
                  "ユメミシヱヒモセス",
                  number);
        break;
    }
}

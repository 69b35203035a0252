/* Plain text as blocks.
 *
 * Invariant: `head`, learnt once, holds what page headers are recognised by; `before` describes
 * the line given last. */
#include "formats/containers/text_container.h"

#include <stdlib.h>

#include "formats/common/folded_text.h"
#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/text/utf8.h"

/* Numbers of lines in the margin on the right: every how many, behind how many blanks, and how
 * many there are at least. */
enum { MARGIN_STEP = 5, MARGIN_BLANKS = 3, MARGIN_NUMBERS = 3 };
/* The habits of the text are learnt from a head of this size. Lines are wrapped at one of these
 * columns. */
enum {
    HEAD_BYTES = 65536,
    WRAP_LEARNT_BYTES = 4 * HEAD_BYTES,
    WRAP_MIN = 36,
    WRAP_MAX = 110,
    CENTRED_INDENT = 10,
    LINES_LOOKED_AT = 2000
};
/* A line that occurs so often, with other digits, is a page header or footer. */
/* Lines between two page headers, at least. What more than a fifth of all lines look like is
 * text. */
enum { PAGE_HEAD_TIMES = 5, PAGE_HEAD_BYTES = 10, PAGE_HEADS_MAX = 16, PAGE_LINES_MIN = 5 };
/* Lines that are below every page number. */
enum { PAGE_EDGE_TIMES = 2, PAGE_EDGE_LINES = 3 };
enum { PAGE_HEAD_LINE_BYTES = 240, RUNNING_HEADS_MAX = 3, PAGE_WORD_BYTES = 16 };
enum { RUNNING_SEEN = 8, RUNNING_APART = 5 };

#define FULL_SHARE .72f
#define JOIN_SHARE .7f
/* Full lines of East Asian text: from this width on, at most so many columns apart, not
 * counting a hanging stop; so many tenths of the lines without a sentence's end, and at most
 * one line in so many is longer. */
enum {
    SOLID_MIN = 20,
    SOLID_JITTER = 5,
    SOLID_HANGING = 2,
    SOLID_TENTHS = 6,
    SOLID_LONGER = 40
};
/* Narrower lines need more evidence: so many full lines, and one in so many is full. */
enum { NARROW_LINES = 3, NARROW_SHARE = 5 };

/* Those that begin a turn in any record come first. */
static const char *const text_bullets[TEXT_BULLETS] = {"▷",  "▶", "◇", "◆", "○", "◯",
                                                       "〇", "◎", "●", "■", "□"};
enum { TEXT_POINTERS = 4, BULLET_BYTES = 3 };
/* "[0:08] A:" at least; limit of the label in bytes. */
enum { STAMPED_MIN = 9, STAMPED_LABEL_MAX = 48 };

struct text_source {
    struct text_habits habits;
    struct buffer *page_heads; /* owned: with each digit as 0 */
    size_t page_head_count;
    size_t running_heads; /* from this one on, they are headers on the first page too */
    bool learnt;
    size_t consumed;    /* bytes */
    size_t wrap_learnt; /* position up to which wrapping was learnt */
    bool body_begun;    /* a line other than a page header was given */
    bool page_break;    /* since the previous line */
    bool head_given;    /* the first page's header was given */
    bool gap;
    bool rule;           /* since the previous line */
    bool joinable;       /* the previous line was full */
    uint32_t indent;     /* of the previous line */
    bool ended_sentence; /* the previous line ended a sentence */
    bool open_sentence;  /* it ended in a letter or a comma */
    bool open_kana;      /* … in hiragana, as within a word */
    bool open_clause;    /* … in an East Asian comma */
    uint64_t number;
    struct span rest; /* of a line with several blocks */
    uint32_t rest_indent;
    struct buffer line; /* the line that `rest` is part of */
    struct block_left_out *left_out;
    size_t left_out_count;
    size_t left_out_capacity;
};

static void *text_open(void)
{
    struct text_source *t = memory_zalloc(1, sizeof *t);

    t->gap = true;
    return t;
}

static void text_close(void *self)
{
    struct text_source *t = self;
    size_t i;

    for (i = 0; i < t->page_head_count; i++)
        buffer_release(&t->page_heads[i]);
    free(t->page_heads);
    free(t->left_out);
    buffer_release(&t->line);
    free(t);
}

uint32_t text_take_indent(struct span *line)
{
    uint32_t columns = 0;
    const char *start = line->data;
    const char *words;

    *line = folded_trim(*line);
    words = line->length > 0 ? line->data : start;
    for (; start < words; start++) {
        if (*start == '\t')
            columns += 4;
        else if ((*start & 0xC0) != 0x80)
            columns += (unsigned char)*start >= 0xE3 ? 2 : 1;
    }
    return columns;
}

/* Length of a sign that rules consist of, at the start; 0 for none. */
static size_t rule_bytes(struct span s)
{
    static const char *const signs[] = {"─", "━",  "—",  "―",           "═",
                                        "·", "＊", "＝", "\xE3\x80\x80"};
    size_t i;

    if ((*s.data & 0x80) == 0)
        return memchr("=*_-~ \t", *s.data, 7) != NULL;
    for (i = 0; i < sizeof signs / sizeof *signs; i++)
        if (span_starts_with(s, signs[i]))
            return strlen(signs[i]);
    return 0;
}

/* ―――◇―――: a rule may have a sign in its middle. */
static struct span without_ornament(struct span line)
{
    size_t i;

    for (i = 0; i < TEXT_BULLETS; i++) {
        const char *at = memmem(line.data, line.length, text_bullets[i],
                                strlen(text_bullets[i]));
        struct span behind;

        if (at == NULL || at == line.data)
            continue;
        behind = span_skip(line, (size_t)(at - line.data) + strlen(text_bullets[i]));
        if (behind.length > 0 && text_is_rule(behind))
            line.length = (size_t)(at - line.data);
    }
    return line;
}

/* ――, ──: not a rule, but whoever asks, above the words. */
static bool is_two_dashes(struct span line)
{
    size_t i;

    for (i = 0; i < 2; i++)
        if (!span_take(&line, "─") && !span_take(&line, "―") && !span_take(&line, "—"))
            return false;
    return line.length == 0;
}

bool text_is_rule(struct span line)
{
    if (is_two_dashes(line))
        return false;
    if (line.length == 1)
        return *line.data == '-';
    if (line.length < 4 || rule_bytes(line) == 0)
        return false;
    line = without_ornament(line);
    while (line.length > 0) {
        size_t bytes = rule_bytes(line);

        if (bytes == 0)
            return false;
        line = span_skip(line, bytes);
    }
    return true;
}

/* ------------------------------------------------------------------ habits */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of an ASCII or full-width digit at the start, 0 for none; *value is its value. */
static size_t digit_bytes(struct span s, int *value)
{
    if (s.length > 0 && is_digit(*s.data)) {
        *value = *s.data - '0';
        return 1;
    }
    if (s.length < 3 || !span_starts_with(s, "\xEF\xBC") || (unsigned char)s.data[2] < 0x90 ||
        (unsigned char)s.data[2] > 0x99)
        return 0;
    *value = (unsigned char)s.data[2] - 0x90;
    return 3;
}

/* Length of "0012:07 " before the words; 0 for none. */
static size_t page_line_bytes(struct span line)
{
    size_t at = 0, start;

    while (at < line.length && line.data[at] == ' ')
        at++;
    start = at;
    while (at < line.length && is_digit(line.data[at]))
        at++;
    if (at - start < 4 || at + 3 > line.length || line.data[at] != ':' ||
        !is_digit(line.data[at + 1]) || !is_digit(line.data[at + 2]))
        return 0;
    at += 3;
    return at == line.length || line.data[at] == ' ' || line.data[at] == '\t' ? at : 0;
}

/* 7, of "0012:07 ". */
static long page_line_number(struct span line)
{
    const char *digits = line.data + span_find(line, ':') + 1;

    return (digits[0] - '0') * 10 + (digits[1] - '0');
}

/* Length of " 12 " or " 12: " before the words; *value is the number. */
static size_t count_bytes(struct span line, long *value)
{
    size_t at = 0, start;

    while (at < line.length && line.data[at] == ' ')
        at++;
    start = at;
    *value = 0;
    while (at < line.length && at - start < 7 && is_digit(line.data[at]))
        *value = *value * 10 + (line.data[at++] - '0');
    if (at == start)
        return 0;
    if (at < line.length && line.data[at] == ':')
        at++;
    return at == line.length || line.data[at] == ' ' || line.data[at] == '\t' ? at : 0;
}

/* Length of "   15" at the end of a line, a multiple of five apart from the words, with the
 * blanks before it; 0 for none. */
static size_t margin_bytes(struct span line, long *value)
{
    struct span words = folded_trim(line);
    long tens = 1;
    size_t at;

    line.length = (size_t)(words.data + words.length - line.data);
    at = line.length;
    for (*value = 0; at > 0 && is_digit(line.data[at - 1]) && tens < 10000; tens *= 10)
        *value += (line.data[--at] - '0') * tens;
    if (tens == 1 || *value == 0 || *value % MARGIN_STEP != 0 || at < MARGIN_BLANKS ||
        memcmp(line.data + at - MARGIN_BLANKS, "    ", MARGIN_BLANKS) != 0)
        return 0;
    while (at > 0 && line.data[at - 1] == ' ')
        at--;
    return line.length - at;
}

struct span text_habits_strip(const struct text_habits *habits, struct span line)
{
    long value;
    size_t margin = habits->margin_columns > 0 ? margin_bytes(line, &value) : 0;
    size_t columns = margin > 0 ? folded_columns(line) : 0;

    if (margin > 0 && columns + 1 >= habits->margin_columns &&
        columns <= habits->margin_columns + 1) {
        struct span words = folded_trim(line);

        line.length = (size_t)(words.data + words.length - line.data) - margin;
    }
    if (habits->page_numbered)
        return span_skip(line, page_line_bytes(line));
    if (habits->numbered)
        return span_skip(line, count_bytes(line, &value));
    return line;
}

static void learn_numbers(struct text_habits *habits, struct span head)
{
    struct span line;
    size_t lines = 0, pages = 0, numbers = 0, steps = 0, page_steps = 0;
    long before = -1, before_line = -1;

    while (lines < LINES_LOOKED_AT && span_next_line(&head, &line)) {
        long value;

        if (folded_trim(line).length == 0)
            continue;
        lines++;
        if (page_line_bytes(line) > 0) {
            long number = page_line_number(line);

            pages++;
            page_steps += before_line >= 0 && (number == before_line + 1 || number <= 1);
            before_line = number;
        }
        if (count_bytes(line, &value) == 0)
            continue;
        numbers++;
        steps += before >= 0 && (value == before + 1 || value == 1);
        before = value;
    }
    /* The lines of a page count; hours, minutes and seconds of a flight recorder do not. */
    habits->page_numbered = pages * 10 > lines * 7 && page_steps * 10 >= (pages - 1) * 7;
    habits->numbered = !habits->page_numbered && numbers >= 4 && numbers * 2 > lines &&
                       steps * 20 >= (numbers - 1) * 17;
}

/* Every fifth line has its number in the margin on the right, at the same column. */
static void learn_margin(struct text_habits *habits, struct span head)
{
    struct span line;
    size_t lines = 0, numbers = 0;
    size_t columns = 0;
    long before = 0;

    while (lines++ < LINES_LOOKED_AT && span_next_line(&head, &line)) {
        long value;
        size_t end;

        if (margin_bytes(line, &value) == 0)
            continue;
        end = folded_columns(line);
        if ((value != before + MARGIN_STEP && value != MARGIN_STEP) ||
            (numbers > 0 && (end > columns + 1 || end + 1 < columns)))
            return;
        before = value;
        columns = end;
        numbers++;
    }
    if (numbers >= MARGIN_NUMBERS)
        habits->margin_columns = (uint32_t)columns;
}

/* The bullet at the start of a text, or TEXT_BULLETS. Each takes BULLET_BYTES. */
static size_t bullet_at(struct span s)
{
    size_t i;

    if (s.length < BULLET_BYTES || ((unsigned char)*s.data & 0xFE) != 0xE2)
        return TEXT_BULLETS;
    for (i = 0; i < TEXT_BULLETS; i++)
        if (memcmp(s.data, text_bullets[i], BULLET_BYTES) == 0)
            return i;
    return TEXT_BULLETS;
}

/* A short line that may be a label alone, with words below. */
static bool is_label_like(struct span line)
{
    return memchr(line.data, ':', line.length) != NULL ||
           bytes_find(line.data, line.length, "：") != NULL ||
           memchr("[(<", *line.data, 3) != NULL || span_starts_with(line, "【") ||
           span_starts_with(line, "（") || bullet_at(line) < TEXT_BULLETS;
}

static uint64_t hash_of(struct span text)
{
    uint64_t hash = 14695981039346656037u;
    size_t i;

    for (i = 0; i < text.length; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * 1099511628211u;
    return hash;
}

static int compare_hashes(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a;
    uint64_t right = *(const uint64_t *)b;

    return left < right ? -1 : left > right;
}

/* How many of these hashes occur once: a short line that recurs is a label. */
static size_t count_single(uint64_t *hashes, size_t count)
{
    size_t single = 0;
    size_t i;

    if (count > 0)
        qsort(hashes, count, sizeof *hashes, compare_hashes);
    for (i = 0; i < count; i++)
        single += (i == 0 || hashes[i] != hashes[i - 1]) &&
                  (i + 1 == count || hashes[i] != hashes[i + 1]);
    return single;
}

/* A line of the head, as its habits are learnt from it. */
struct head_line {
    struct span words; /* without the number in front, trimmed */
    uint32_t indent;
    uint32_t columns; /* with the indent */
    bool rule;
    bool east_asian;
    bool ends_sentence;
};

struct head_lines {
    struct head_line *lines; /* owned */
    size_t count;
    size_t capacity;
};

/* Whether most of a line's bytes are East Asian letters or stops. */
static bool is_east_asian(struct span words)
{
    return bytes_count_above_ascii(words.data, words.length) * 2 > words.length;
}

static void measure_lines(struct head_lines *all, const struct text_habits *habits,
                          struct span head)
{
    struct span line;

    *all = (struct head_lines){0};
    while (span_next_line(&head, &line)) {
        struct head_line *l;

        MEMORY_RESERVE(all->lines, all->capacity, all->count + 1);
        l = &all->lines[all->count++];
        *l = (struct head_line){.words = text_habits_strip(habits, line)};
        l->indent = text_take_indent(&l->words);
        if (l->words.length == 0)
            continue;
        l->columns = (uint32_t)folded_columns(l->words) + l->indent;
        l->rule = text_is_rule(l->words);
        l->east_asian = is_east_asian(l->words);
        l->ends_sentence = folded_ends_sentence(l->words);
    }
}

static bool has_words(const struct head_line *line)
{
    return line->words.length > 0 && !line->rule;
}

static size_t looked_at(const struct head_lines *all)
{
    return all->count < LINES_LOOKED_AT ? all->count : LINES_LOOKED_AT;
}

/* The column at which lines are wrapped: most lines that continue in the next one, and do not
 * end a sentence, are nearly that long. */
static void learn_wrap(struct text_habits *habits, const struct head_lines *all)
{
    uint16_t widths[WRAP_MAX + 2] = {0};
    uint64_t *short_lines = memory_alloc(LINES_LOOKED_AT * sizeof *short_lines);
    size_t short_count = 0, total = 0, best = 0;
    size_t columns, k;

    for (k = 1; k < looked_at(all); k++) {
        const struct head_line *line = &all->lines[k];
        const struct head_line *before = line - 1;

        if (!has_words(before) || !has_words(line) || before->indent >= CENTRED_INDENT ||
            before->ends_sentence || span_ends_with(before->words, ":"))
            continue; /* the line ends where its writer ended it */
        if (before->columns >= WRAP_MIN)
            total++;
        else if (!is_label_like(before->words) && !is_label_like(line->words) &&
                 line->indent <= before->indent)
            short_lines[short_count++] = hash_of(before->words);
        if (before->columns >= WRAP_MIN && before->columns <= WRAP_MAX)
            widths[before->columns]++;
    }
    total += count_single(short_lines, short_count);
    free(short_lines);
    for (columns = WRAP_MIN; columns <= WRAP_MAX; columns++) {
        size_t near = 0;

        if (widths[columns] == 0)
            continue;
        for (size_t i = (size_t)((float)columns * FULL_SHARE) + 1; i <= columns; i++)
            near += widths[i];
        if (near * 2 >= total && near >= best) {
            best = near;
            habits->full_columns = (uint32_t)columns;
        }
    }
}

/* East Asian text wraps at any letter: all full lines have nearly the same length, and hardly
 * any line is longer. */
static uint32_t find_solid_columns(const uint16_t *open, const uint16_t *all)
{
    size_t lines = 0, best = 0;
    uint32_t found = 0, columns, i;

    for (i = 0; i <= WRAP_MAX + 1; i++)
        lines += all[i];
    for (columns = SOLID_MIN; columns <= WRAP_MAX; columns++) {
        size_t near = 0, total = 0, longer = 0;

        if (open[columns] == 0)
            continue;
        for (i = columns / 2; i <= WRAP_MAX + 1; i++)
            total += open[i];
        for (i = columns - SOLID_JITTER; i <= columns; i++)
            near += open[i];
        for (i = columns + SOLID_HANGING + 1; i <= WRAP_MAX + 1; i++)
            longer += all[i];
        if (near > best && near * 10 >= total * SOLID_TENTHS &&
            longer * SOLID_LONGER <= lines &&
            (columns >= WRAP_MIN || (near >= NARROW_LINES && near * NARROW_SHARE >= lines))) {
            best = near;
            found = columns;
        }
    }
    return found;
}

/* "09:02 老莫", "[10:01]": a turn that begins with a time does not continue the line above. */
static bool begins_with_clock(struct span words)
{
    size_t at = 0;

    if (words.length > 0 && (*words.data == '[' || *words.data == '('))
        words = span_skip(words, 1);
    while (at < words.length && at < 2 && is_digit(words.data[at]))
        at++;
    return at > 0 && at + 2 < words.length && words.data[at] == ':' &&
           is_digit(words.data[at + 1]) && is_digit(words.data[at + 2]);
}

static void learn_solid_wrap(struct text_habits *habits, const struct head_lines *all)
{
    uint16_t open[WRAP_MAX + 2] = {0}, every[WRAP_MAX + 2] = {0}; /* the last one counts
                                                                   * longer lines */
    size_t east_asian = 0, others = 0;
    bool apart = true; /* the previous line is set apart from the one above */
    size_t k;

    for (k = 0; k < looked_at(all); k++) {
        const struct head_line *line = &all->lines[k];
        const struct head_line *before = line - (k > 0);
        bool above = k > 0 && has_words(before);
        uint32_t columns = before->columns <= WRAP_MAX ? before->columns : WRAP_MAX + 1;

        if (above && has_words(line) && before->east_asian && !before->ends_sentence &&
            !begins_with_clock(line->words) && !is_label_like(line->words))
            open[columns]++;
        /* A title alone, or text in columns, may be longer than any other line. */
        if (above && !(apart && !has_words(line)) &&
            bytes_find(before->words.data, before->words.length, "   ") == NULL)
            every[columns]++;
        apart = !above;
        east_asian += has_words(line) && line->east_asian;
        others += has_words(line) && !line->east_asian;
    }
    habits->east_asian = east_asian > others;
    if (habits->east_asian)
        habits->full_columns = find_solid_columns(open, every);
}

/* Learn the bullets that begin two or more lines. */
static void learn_bullets(struct text_habits *habits, const struct head_lines *all)
{
    uint8_t seen[TEXT_BULLETS] = {0};
    size_t k;

    for (k = 0; k < looked_at(all); k++) {
        size_t i = bullet_at(all->lines[k].words);

        if (i == TEXT_BULLETS)
            continue;
        seen[i] += seen[i] < 2;
        habits->bullets[i] = seen[i] == 2;
        habits->wide_bullet |= seen[i] == 2 && *text_bullets[i] == '\xE3';
    }
}

/* What is learnt from the lines is kept in *all. */
static void learn_habits(struct text_habits *habits, struct span head, struct head_lines *all)
{
    *habits = (struct text_habits){0};
    learn_numbers(habits, head);
    learn_margin(habits, head);
    measure_lines(all, habits, head);
    learn_wrap(habits, all);
    learn_solid_wrap(habits, all);
    learn_bullets(habits, all);
}

/* ------------------------------------------------------------------ heads of pages */

static bool holds_digit(struct span line)
{
    int value;

    if (bytes_run_before_digit(line.data, line.length) < line.length)
        return true;
    for (; line.length > 0; line = span_skip(line, 1))
        if (digit_bytes(line, &value) > 0)
            return true;
    return false;
}

/* Length of what precedes the first digit. */
static size_t bytes_before_digit(struct span line)
{
    size_t at = 0;
    int value;

    while (at < line.length && !is_digit(line.data[at]) &&
           !(line.data[at] == '\xEF' && digit_bytes(span_skip(line, at), &value) > 0))
        at++;
    return at;
}

/* The line with each number replaced by 0. */
static void without_digits(struct span line, struct buffer *out)
{
    buffer_clear(out);
    while (line.length > 0) {
        size_t run = bytes_before_digit(line);
        size_t digit;
        int value;

        buffer_append(out, line.data, run);
        line = span_skip(line, run);
        if (line.length > 0)
            buffer_append_char(out, '0');
        while ((digit = digit_bytes(line, &value)) > 0)
            line = span_skip(line, digit);
    }
}

static void skip_blanks(struct span *s)
{
    while (span_take(s, " ") || span_take(s, "\t") || span_take(s, "\xE3\x80\x80"))
        continue;
}

static long take_count(struct span *s)
{
    long value = -1;
    int digit;
    size_t used;

    while (value < 100000 && (used = digit_bytes(*s, &digit)) > 0) {
        value = (value < 0 ? 0 : value * 10) + digit;
        *s = span_skip(*s, used);
    }
    return value;
}

/* Take the dashes at the start; false if there are none. */
static bool take_dashes(struct span *s)
{
    static const char *const dashes[] = {"-", "–", "—", "―", "─", "－", "‐"};
    bool any = false;
    size_t i;

    for (i = 0; i < sizeof dashes / sizeof *dashes; i++)
        while (span_take(s, dashes[i]))
            any = true;
    return any;
}

/* "- 12 -", "— 2 —", "－３－": the number that the line consists of between dashes, or -1. */
static long framed_number(struct span line)
{
    long number;

    if (!take_dashes(&line))
        return -1;
    skip_blanks(&line);
    number = take_count(&line);
    skip_blanks(&line);
    return take_dashes(&line) && line.length == 0 ? number : -1;
}

/* "第 2 页", "第３頁／共９頁", "3쪽": the same with the East Asian word for a page. */
static long east_asian_page_number(struct span line)
{
    static const char *const words[] = {"页", "頁", "ページ", "쪽", "페이지"};
    bool ordinal = span_take(&line, "第");
    long number;
    size_t i;

    skip_blanks(&line);
    number = take_count(&line);
    skip_blanks(&line);
    for (i = 0; i < sizeof words / sizeof *words; i++)
        if (span_take(&line, words[i]))
            break;
    if (i == sizeof words / sizeof *words)
        return -1;
    skip_blanks(&line);
    /* no further word, but perhaps how many there are */
    return line.length == 0 || (ordinal && line.length <= PAGE_WORD_BYTES &&
                                (span_ends_with(line, words[i]) || span_ends_with(line, "）") ||
                                 span_ends_with(line, ")")))
               ? number
               : -1;
}

/* A time on a line of its own recurs as well. */
static bool holds_clock(struct span line)
{
    size_t i;

    for (i = 0; i + 3 < line.length; i++)
        if (is_digit(line.data[i]) && line.data[i + 1] == ':' && is_digit(line.data[i + 2]) &&
            is_digit(line.data[i + 3]))
            return true;
    return false;
}

static bool may_be_page_head(struct span line, struct buffer *key)
{
    if (line.length == 0 || line.length > PAGE_HEAD_LINE_BYTES || !holds_digit(line) ||
        holds_clock(line))
        return false;
    without_digits(line, key);
    return strcmp(key->data, "0") == 0 || framed_number(line) >= 0 ||
           (key->bytes >= PAGE_HEAD_BYTES && !folded_ends_sentence(line));
}

/* "Page 12", "Seite 3 von 9", "– стр. 4 –": the number; -1 for other lines. */
static long page_number(struct span line)
{
    static const char *const words[] = {
        "page",   "pg.",  "p.",       "pág.",     "pag.",    "página", "pagina",
        "seite",  "sida", "side",     "s.",       "sivu",    "str.",   "strona",
        "strana", "стр.", "страница", "сторінка", "halaman", "hal.",   "sayfa",
        "σελίδα", "σελ.", "oldal",    "pagină",   "leht"};
    char word[PAGE_WORD_BYTES + UTF8_MAX_BYTES];
    size_t bytes = 0;
    long number = framed_number(line);
    size_t i;

    if (number < 0)
        number = east_asian_page_number(line);
    if (number >= 0)
        return number;
    while (line.length > 0 && (*line.data == '-' || *line.data == '|'))
        line = folded_trim(span_skip(line, 1));
    while (line.length > 0 && *line.data != ' ' && !is_digit(*line.data)) {
        uint32_t cp;
        size_t used = utf8_decode(line.data, line.length, &cp);

        if (bytes + used > PAGE_WORD_BYTES)
            return -1;
        bytes += utf8_encode(folded_lower(cp), word + bytes);
        line = span_skip(line, used);
    }
    skip_blanks(&line);
    number = take_count(&line);
    if (number < 0)
        return -1;
    for (i = 0; i < sizeof words / sizeof *words; i++)
        if (span_is(span_of(word, bytes), words[i]))
            break;
    if (i == sizeof words / sizeof *words)
        return -1;
    skip_blanks(&line);
    /* of 9, / 9, a closing dash: no further word */
    for (i = 0; i < line.length; i++)
        if (line.data[i] == '.' || line.data[i] == ':' || i > PAGE_WORD_BYTES)
            return -1;
    return number;
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_page_head(struct text_source *t, const char *key)
{
    size_t i;

    for (i = 0; i < t->page_head_count; i++)
        if (strcmp(key, buffer_string(&t->page_heads[i])) == 0)
            return;
    if (t->page_head_count < PAGE_HEADS_MAX)
        buffer_append_string(&t->page_heads[t->page_head_count++], key);
}

struct page_line {
    char *key;   /* owned: the line with each number as 0 */
    long number; /* page number, or -1 */
};

/* Numbered pages of a short record: the numbers increase by one, and below each are lines that
 * are also below another one, or at the top of the first page. */
static void find_numbered_pages(struct text_source *t, const struct page_line *lines,
                                size_t count)
{
    size_t pages = 0, last = 0;
    long before = -1;
    size_t i, k;

    for (i = 0; i < count; i++) {
        if (lines[i].number < 0)
            continue;
        if (before >= 0 && lines[i].number != before + 1)
            return;
        before = lines[i].number;
        pages++;
    }
    if (pages < 2)
        return;
    for (i = 0; i < count; i++) {
        if (lines[i].number < 0)
            continue;
        add_page_head(t, lines[i].key);
        for (k = 1; k <= RUNNING_HEADS_MAX && i + k < count; k++) {
            bool on_top = strcmp(lines[i + k].key, lines[k - 1].key) == 0;
            bool again = last > 0 && strcmp(lines[i + k].key, lines[last + k].key) == 0;

            if (!on_top && !again)
                break;
            add_page_head(t, lines[i + k].key);
        }
        last = i;
    }
}

static void learn_numbered_pages(struct text_source *t, struct span head,
                                 const struct head_lines *all)
{
    struct page_line *lines = NULL;
    struct buffer key = {0};
    size_t count = 0, capacity = 0, pages = 0;
    struct span line;
    size_t i;

    while (span_next_line(&head, &line) && pages < 2)
        pages += page_number(folded_trim(line)) >= 0;
    if (pages < 2)
        return;
    for (i = 0; i < all->count; i++) {
        line = all->lines[i].words;
        if (line.length == 0)
            continue;
        without_digits(line, &key);
        MEMORY_RESERVE(lines, capacity, count + 1);
        lines[count++] = (struct page_line){.key = memory_strdup(buffer_string(&key)),
                                            .number = page_number(line)};
    }
    find_numbered_pages(t, lines, count);
    for (i = 0; i < count; i++)
        free(lines[i].key);
    free(lines);
    buffer_release(&key);
}

struct edge_keys {
    char **keys; /* owned */
    size_t count;
    size_t capacity;
};

static void add_edge(struct text_source *t, struct edge_keys *edges, struct span line)
{
    struct buffer key = {0};

    line = text_habits_strip(&t->habits, line);
    text_take_indent(&line);
    if (line.length == 0 || line.length > PAGE_HEAD_LINE_BYTES || folded_ends_sentence(line))
        return;
    without_digits(line, &key);
    MEMORY_RESERVE(edges->keys, edges->capacity, edges->count + 1);
    edges->keys[edges->count++] = memory_strdup(buffer_string(&key));
    buffer_release(&key);
}

/* Take the lines at the edges of a page that recur at the edges of others. */
static void take_edges(struct text_source *t, struct edge_keys *edges)
{
    size_t i, from;

    if (edges->count > 0)
        qsort(edges->keys, edges->count, sizeof *edges->keys, compare_keys);
    for (i = from = 0; i <= edges->count; i++) {
        if (i < edges->count && strcmp(edges->keys[i], edges->keys[from]) == 0)
            continue;
        if (i - from >= PAGE_EDGE_TIMES)
            add_page_head(t, edges->keys[from]);
        from = i;
    }
    for (i = 0; i < edges->count; i++)
        free(edges->keys[i]);
    free(edges->keys);
}

/* pdftotext separates pages by form feeds: take the outermost lines of each page. */
static void learn_parted_pages(struct text_source *t, struct span head)
{
    struct edge_keys edges = {0};

    if (memchr(head.data, '\f', head.length) == NULL)
        return;
    while (head.length > 0) {
        struct span page = span_take_until(&head, '\f');
        struct span bottom[PAGE_EDGE_LINES] = {{NULL, 0}};
        struct span line;
        size_t lines = 0;
        size_t i;

        while (span_next_line(&page, &line)) {
            if (folded_trim(line).length == 0)
                continue;
            if (lines++ < PAGE_EDGE_LINES)
                add_edge(t, &edges, line);
            for (i = PAGE_EDGE_LINES - 1; i > 0; i--)
                bottom[i] = bottom[i - 1];
            bottom[0] = line;
        }
        for (i = 0; i < PAGE_EDGE_LINES && lines > 2 * PAGE_EDGE_LINES; i++)
            add_edge(t, &edges, bottom[i]);
    }
    take_edges(t, &edges);
}

/* "立法會 ─ 2031年5月14日        4127", or with the number first: the text that columns of
 * blanks separate from a number at the edge; empty for other lines. */
static struct span beside_page_number(struct span line, long *number)
{
    const char *gap = line.length <= PAGE_HEAD_LINE_BYTES
                          ? bytes_find(line.data, line.length, "   ")
                          : NULL;
    struct span front, rest, digits;
    int digit;

    if (gap == NULL && line.length <= PAGE_HEAD_LINE_BYTES)
        gap = bytes_find(line.data, line.length, "\xE3\x80\x80\xE3\x80\x80");
    if (gap == NULL)
        return span_of(NULL, 0);
    front = span_of(line.data, (size_t)(gap - line.data));
    rest = folded_trim(span_skip(line, front.length));
    if (digit_bytes(front, &digit) > 0) {
        struct span other = rest;

        rest = front;
        front = other;
    }
    digits = rest;
    *number = take_count(&digits);
    return *number >= 0 && digits.length == 0 && front.length >= PAGE_HEAD_BYTES &&
                   !span_contains(front, "   ") &&
                   bytes_find(front.data, front.length, "\xE3\x80\x80\xE3\x80\x80") == NULL
               ? front
               : span_of(NULL, 0);
}

/* Learn page headers of the same text with the page number at the other side. */
static void learn_running_heads(struct text_source *t, const struct head_lines *all)
{
    struct {
        uint64_t text;
        long number;
        size_t line;
        struct span whole;
    } seen[RUNNING_SEEN];
    struct buffer key = {0};
    size_t count = 0, lines;
    size_t i;

    for (lines = 0; lines < all->count; lines++) {
        struct span line = all->lines[lines].words;
        struct span front;
        uint64_t text;
        long number;

        front = beside_page_number(line, &number);
        if (front.length == 0)
            continue;
        text = hash_of(front);
        for (i = 0; i < count && seen[i].text != text; i++)
            continue;
        if (i < count && number == seen[i].number + 1 && lines > seen[i].line + RUNNING_APART) {
            without_digits(seen[i].whole, &key);
            add_page_head(t, buffer_string(&key));
            without_digits(line, &key);
            add_page_head(t, buffer_string(&key));
        }
        if (i == RUNNING_SEEN)
            continue;
        seen[i].text = text;
        seen[i].number = number;
        seen[i].line = lines;
        seen[i].whole = line;
        count += i == count;
    }
    buffer_release(&key);
}

static void learn_page_heads(struct text_source *t, const struct head_lines *all)
{
    struct buffer key = {0};
    char **keys = NULL;
    size_t count = 0, capacity = 0, lines = 0;
    size_t i, from;

    for (i = 0; i < all->count; i++) {
        struct span line = all->lines[i].words;

        lines += line.length > 0;
        if (!may_be_page_head(line, &key))
            continue;
        MEMORY_RESERVE(keys, capacity, count + 1);
        keys[count++] = memory_strdup(buffer_string(&key));
    }
    if (count > 0)
        qsort(keys, count, sizeof *keys, compare_keys);
    t->page_heads = memory_zalloc(PAGE_HEADS_MAX, sizeof *t->page_heads);
    for (i = from = 0; i <= count; i++) {
        if (i < count && strcmp(keys[i], keys[from]) == 0)
            continue;
        if (i - from >= PAGE_HEAD_TIMES && (i - from) * PAGE_LINES_MIN <= lines)
            add_page_head(t, keys[from]);
        from = i;
    }
    for (i = 0; i < count; i++)
        free(keys[i]);
    free(keys);
    buffer_release(&key);
}

/* The index of the page header that a line is, or page_head_count. */
static size_t find_page_head(const struct text_source *t, struct span line)
{
    struct buffer key = {0};
    size_t i = t->page_head_count;

    if (t->page_head_count > 0 && line.length <= PAGE_HEAD_LINE_BYTES) {
        without_digits(line, &key);
        for (i = 0; i < t->page_head_count; i++)
            if (strcmp(buffer_string(&key), t->page_heads[i].data) == 0)
                break;
    }
    buffer_release(&key);
    return i;
}

static void leave_out(struct text_source *t, const char *reason, struct span words)
{
    struct block_left_out *last = t->left_out_count > 0 ? &t->left_out[t->left_out_count - 1]
                                                        : NULL;

    if (last == NULL || strcmp(last->reason, reason) != 0) {
        MEMORY_RESERVE(t->left_out, t->left_out_capacity, t->left_out_count + 1);
        last = &t->left_out[t->left_out_count++];
        *last = (struct block_left_out){.reason = reason, .line = t->number};
    }
    last->characters += bytes_count_visible(words.data, words.length);
    last->occurrences++;
}

/* ------------------------------------------------------------------ blocks */

/* A bullet that begins lines also begins a block within a line, after a sentence's end; but two
 * of them together stand for a withheld name: ○○. */
static size_t inner_mark(const struct text_habits *habits, struct span text)
{
    size_t i;

    for (i = 1; i + BULLET_BYTES < text.length; i++) {
        struct span rest, behind;
        size_t bullet;

        if (!habits->wide_bullet) { /* all other bullets begin with this byte */
            const char *next = memchr(text.data + i, 0xE2, text.length - i);

            i = next != NULL ? (size_t)(next - text.data) : text.length;
        }
        if (i + BULLET_BYTES >= text.length)
            break;
        if (((unsigned char)text.data[i] & 0xFE) != 0xE2)
            continue;
        rest = span_skip(text, i);
        bullet = bullet_at(rest);
        if (bullet == TEXT_BULLETS || !(habits->bullets[bullet] || bullet < TEXT_POINTERS))
            continue;
        behind = span_skip(rest, BULLET_BYTES);
        if (bullet_at(behind) == bullet || behind.length <= BULLET_BYTES)
            continue;
        if (folded_ends_sentence(folded_trim(span_of(text.data, i))))
            return i;
    }
    return 0;
}

/* "[00:00:08] 佐藤:" at the start. */
static bool begins_stamped_label(struct span text)
{
    size_t at = 1, label;
    bool colon = false;

    if (text.length < STAMPED_MIN || (*text.data != '[' && *text.data != '('))
        return false;
    while (at < text.length && (is_digit(text.data[at]) || text.data[at] == ':' ||
                                text.data[at] == '.' || text.data[at] == ','))
        colon |= text.data[at++] == ':';
    if (!colon || !is_digit(text.data[1]) || at >= text.length ||
        text.data[at] != (*text.data == '[' ? ']' : ')'))
        return false;
    for (label = ++at; at < text.length && at - label < STAMPED_LABEL_MAX; at++) {
        if (text.data[at] == ':' || span_starts_with(span_skip(text, at), "："))
            return at > label + 1;
        if (memchr(".,;?!([", text.data[at], 7) != NULL ||
            span_starts_with(span_skip(text, at), "。"))
            return false;
    }
    return false;
}

/* A line that begins with a time in brackets and a label may contain more of them. */
static size_t inner_stamp(struct span text)
{
    size_t i = 1;

    if (!begins_stamped_label(text))
        return 0;
    while (i < text.length) {
        const char *next = memchr(text.data + i, *text.data, text.length - i);

        if (next == NULL)
            return 0;
        i = (size_t)(next - text.data);
        if (text.data[i - 1] == ' ' && begins_stamped_label(span_skip(text, i)))
            return i;
        i++;
    }
    return 0;
}

static bool is_hiragana(uint32_t cp)
{
    return cp >= 0x3041 && cp <= 0x3096;
}

static bool ends_in_hiragana(struct span words)
{
    uint32_t cp = 0;
    size_t last = utf8_floor(words.data, words.length, words.length - 1);

    utf8_decode(words.data + last, words.length - last, &cp);
    return is_hiragana(cp);
}

static bool begins_with_hiragana(struct span words)
{
    uint32_t cp = 0;

    utf8_decode(words.data, words.length, &cp);
    return is_hiragana(cp);
}

/* "is late.", "りました。": the end of a sentence that began in the line above. */
static bool ends_what_began(const struct text_source *t, struct span words)
{
    bool begins = t->open_kana ? begins_with_hiragana(words)
                               : t->open_sentence && words.length > 1 && *words.data >= 'a' &&
                                     *words.data <= 'z' &&
                                     ((words.data[1] >= 'a' && words.data[1] <= 'z') ||
                                      words.data[1] == ' ');

    return begins && folded_ends_sentence(words);
}

static bool begins_small(struct span words)
{
    uint32_t cp = 0;

    utf8_decode(words.data, words.length, &cp);
    return folded_is_lower(cp);
}

static bool ends_in_letter(struct span words)
{
    char last = words.data[words.length - 1];

    return (last >= 'a' && last <= 'z') || (last >= 'A' && last <= 'Z') || last == ',';
}

static void give(struct text_source *t, struct span words, uint32_t indent, struct block *b)
{
    uint32_t columns = (uint32_t)folded_columns(words);
    float full = (float)t->habits.full_columns;

    if (t->page_break && !t->ended_sentence &&
        (begins_small(words) || (t->habits.east_asian && (t->joinable || t->open_clause)))) {
        t->gap = false; /* the sentence continues on the next page */
        t->joinable = true;
    }
    t->page_break = false;
    *b = (struct block){.kind = BLOCK_PARAGRAPH,
                        .text = words,
                        .indent_columns = indent,
                        .text_columns = columns,
                        .blank_before = t->gap,
                        .rule_before = t->rule,
                        .style = "",
                        .line = t->number};
    b->joins = !t->gap && (t->joinable || ends_what_began(t, words)) &&
               !(indent > t->indent + 1 && t->ended_sentence);
    t->joinable = full > 0 && (t->habits.east_asian && is_east_asian(words)
                                   ? columns + indent + SOLID_JITTER >= t->habits.full_columns
                                   : (float)(columns + indent) > full * JOIN_SHARE);
    t->indent = indent;
    t->ended_sentence = folded_ends_sentence(words);
    t->open_sentence = ends_in_letter(words);
    t->open_kana = columns + indent >= SOLID_MIN && ends_in_hiragana(words);
    t->open_clause = span_ends_with(words, "，") || span_ends_with(words, "、");
    t->gap = t->rule = false;
}

/* A page number inside an East Asian sentence: it need not recur. */
static bool interrupts_sentence(const struct text_source *t, struct span words)
{
    struct span rest = words;

    if (!t->habits.east_asian || !t->body_begun || t->ended_sentence)
        return false;
    if (framed_number(words) >= 0 || east_asian_page_number(words) >= 0)
        return t->joinable || t->open_clause || t->open_kana;
    return t->gap && t->joinable && take_count(&rest) >= 0 && rest.length == 0;
}

/* Give the next block of the current line. */
static void give_rest(struct text_source *t, struct block *b)
{
    size_t bullet = inner_mark(&t->habits, t->rest);
    size_t mark = bullet > 0 ? bullet : inner_stamp(t->rest);
    struct span words = mark > 0 ? folded_trim(span_of(t->rest.data, mark)) : t->rest;

    give(t, words, t->rest_indent, b);
    t->rest = mark > 0 ? folded_trim(span_skip(t->rest, mark)) : span_of(NULL, 0);
}

static void learn(struct text_source *t, struct span head)
{
    struct head_lines all;

    if (head.length > HEAD_BYTES)
        head.length = HEAD_BYTES;
    learn_habits(&t->habits, head, &all);
    learn_page_heads(t, &all);
    learn_parted_pages(t, head);
    t->running_heads = t->page_head_count;
    learn_running_heads(t, &all);
    learn_numbered_pages(t, head, &all);
    t->learnt = true;
    free(all.lines);
}

/* Take a line; true if it has blocks, which give_rest gives one by one. */
static bool take_line(struct text_source *t, struct span line)
{
    struct span words = text_habits_strip(&t->habits, line);
    uint32_t indent = text_take_indent(&words);
    struct span front = {NULL, 0};
    long number;
    size_t head;

    t->number++;
    if (words.length == 0 || text_is_rule(words)) {
        t->gap = true;
        t->rule |= words.length > 1;
        return false;
    }
    if (interrupts_sentence(t, words)) {
        leave_out(t, N_("page headers and numbers"), words);
        t->page_break = true;
        return false;
    }
    head = find_page_head(t, words);
    if (head < t->page_head_count && !t->body_begun)
        front = beside_page_number(words, &number);
    if (head == t->page_head_count) {
        t->body_begun = true;
    } else if (front.length > 0 && !t->head_given) {
        /* The header of the first page names the record and its date. */
        t->head_given = true;
        leave_out(t, N_("page headers and numbers"),
                  front.data == words.data ? span_skip(words, front.length)
                                           : span_of(words.data, words.length - front.length));
        words = front;
    } else if (t->body_begun || head < t->running_heads || page_number(words) >= 0) {
        leave_out(t, N_("page headers and numbers"), words);
        t->page_break = true;
        return false;
    }
    t->rest = words;
    t->rest_indent = indent;
    return true;
}

/* Learn wrapping again further on: a long file may start with a list before wrapped text. */
static void learn_wrap_anew(struct text_source *t, const struct reader_context *context)
{
    size_t bytes;
    const char *window = input_window(context->input, &bytes);
    struct span head = span_of(window, bytes < HEAD_BYTES ? bytes : HEAD_BYTES);
    struct head_lines all;

    t->wrap_learnt = t->consumed + HEAD_BYTES;
    if (t->consumed == 0)
        return;
    measure_lines(&all, &t->habits, head);
    learn_wrap(&t->habits, &all);
    learn_solid_wrap(&t->habits, &all);
    free(all.lines);
}

static enum block_status text_next(void *self, struct reader_context *context,
                                   struct block *block, struct error *err)
{
    struct text_source *t = self;
    const char *line;
    size_t bytes, next;

    (void)err;
    if (!t->learnt) {
        const char *window = input_window(context->input, &bytes);

        if (bytes == 0 && !input_ended(context->input))
            return BLOCK_MORE;
        learn(t, span_of(window, bytes));
    }
    while (t->rest.length == 0) {
        bool words;

        if (t->habits.full_columns == 0 && t->consumed >= t->wrap_learnt &&
            t->wrap_learnt <= WRAP_LEARNT_BYTES) {
            /* From as much of the text, however it comes. */
            input_window(context->input, &bytes);
            if (t->consumed > 0 && bytes < HEAD_BYTES && !input_ended(context->input) &&
                !input_resting(context->input))
                return BLOCK_MORE;
            learn_wrap_anew(t, context);
        }
        if (!input_line(context->input, 0, &line, &bytes, &next))
            return input_ended(context->input) ? BLOCK_END : BLOCK_MORE;
        words = take_line(t, span_of(line, bytes));
        if (words) {
            buffer_clear(&t->line);
            buffer_append(&t->line, t->rest.data, t->rest.length);
            t->rest.data = t->line.data;
        }
        input_consume_line(context->input, bytes, next);
        t->consumed += next;
    }
    give_rest(t, block);
    return BLOCK_READY;
}

void text_container_take(void *container, struct span head, struct span text,
                         text_visitor *visitor, void *self)
{
    struct text_source *t = container;
    struct span line;
    struct block block;

    if (!t->learnt)
        learn(t, head);
    while (span_next_line(&text, &line)) {
        if (!take_line(t, line))
            continue;
        while (t->rest.length > 0) {
            give_rest(t, &block);
            visitor(self, &block);
        }
    }
}

void text_container_visit(struct span text, text_visitor *visitor, void *self)
{
    struct text_source *t = text_open();

    text_container_take(t, text, text, visitor, self);
    text_close(t);
}

static const struct block_left_out *text_left_out(const void *self, size_t *count)
{
    const struct text_source *t = self;

    *count = t->left_out_count;
    return t->left_out;
}

const struct container_ops text_container = {
    .title = N_("plain text"),
    .open = text_open,
    .next = text_next,
    .close = text_close,
    .left_out = text_left_out,
    .streams = true,
};

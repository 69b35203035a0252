/* The times and the bullet of a block. */
#include "formats/records/line/line.h"

/* How many characters at the end are searched for a time. */
enum { QUESTION_DIGITS_MAX = 5, ITALIC_LABEL_COLUMNS = 40 };
enum { DURATION_DIGITS_MAX = 5 }; /* of the seconds of a turn */
enum { TAIL_CHARACTERS = 34 };
enum { CLOCK_LINE_COLUMNS = 18, CHANNEL_MIN = 2, CHANNEL_MAX = 9 };

static size_t skip_blanks(const struct folded *f, size_t at)
{
    while (folded_is_blank(f->cp[at]))
        at++;
    return at;
}

static enum line_form form_of(uint32_t bracket)
{
    switch (bracket) {
    case 0:
        return LINE_BARE;
    case '[':
        return LINE_SQUARE;
    case '(':
        return LINE_ROUND;
    case '<':
        return LINE_ANGLE;
    default:
        return LINE_OTHER;
    }
}

/* Signs that separate a time from the words: "- ", ", ", "| ", ": ". */
static size_t skip_separator(const struct folded *f, size_t at)
{
    at = skip_blanks(f, at);
    if (f->cp[at] != 0 && f->cp[at] < 0x80 && memchr("-,|>:", (int)f->cp[at], 5) != NULL &&
        folded_is_blank(f->cp[at + 1]))
        at = skip_blanks(f, at + 1);
    return at;
}

/* 00:00:03Today, 2031-03-09 10:01:47李明远. */
static bool may_be_glued(const struct stamp *stamp, uint32_t next)
{
    if (stamp->has_date || stamp->numeric)
        return true;
    return !stamp->two_parts && !stamp->wall && !folded_is_digit(next);
}

/* "(26 sec)" behind a range of times says how long it is. Returns the position after it. */
static size_t skip_length(const struct folded *f, size_t at)
{
    size_t digits = at + 1;

    if (f->cp[at] != '(')
        return at;
    while (folded_is_digit(f->cp[digits]) || f->cp[digits] == '.')
        digits++;
    if (digits == at + 1 || f->cp[digits] != ' ' || f->cp[digits + 1] != 's' ||
        f->cp[digits + 2] != 'e' || f->cp[digits + 3] != 'c')
        return at;
    while (f->cp[digits] != 0 && f->cp[digits] != ')')
        digits++;
    return f->cp[digits] == ')' ? digits + 1 : at;
}

/* "Apr 12, 2031 10:32:11 AM (Read by you after 2 minutes)": a program's note behind a date and
 * a clock, up to the end of the line. */
static bool is_note_to_end(const struct line *l, size_t at)
{
    const struct folded *f = &l->front;

    if (f->cp[at] != '(' || !l->lead.has_clock || (!l->lead.has_date && !l->lead.numeric))
        return false;
    while (f->cp[at] != 0 && f->cp[at] != ')')
        at++;
    return f->cp[at] == ')' && f->cp[skip_blanks(f, at + 1)] == 0;
}

/* "0:00:57.83 | 3.7s | Agent": in a table, how long the turn took stands in the cell beside its
 * time. Returns the position of the next cell, or `at`. */
static size_t take_duration(struct line *l, size_t at)
{
    const struct folded *f = &l->front;
    int64_t thousandths = 0, unit = 1000;
    size_t i;

    if (l->kind != BLOCK_TABLE_ROW || l->lead.two_parts || !folded_is_digit(f->cp[at]))
        return at;
    for (i = at; i < at + DURATION_DIGITS_MAX && folded_is_digit(f->cp[i]); i++)
        thousandths = thousandths * 10 + 1000 * (int64_t)(f->cp[i] - '0');
    if (f->cp[i] == '.')
        for (i++; folded_is_digit(f->cp[i]); i++) {
            unit /= 10;
            thousandths += unit * (int64_t)(f->cp[i] - '0');
        }
    if (f->cp[i] != 's' || !folded_is_blank(f->cp[i + 1]))
        return at;
    l->lead.end_ms = l->lead.clock_ms + thousandths;
    return skip_blanks(f, i + 1);
}

static void parse_lead(struct line *l, size_t at)
{
    const struct folded *f = &l->front;
    uint32_t bracket;
    struct stamp second;
    size_t end, next;

    if (f->cp[at] == '*' || f->cp[at] == '-')
        at = skip_blanks(f, at + 1);
    end = stamp_parse_boxed(f, at, &l->lead, &bracket);
    if (end == 0)
        return;
    if (l->lead.has_clock && bracket == 0 && f->cp[end] == ':' &&
        folded_is_digit(f->cp[end + 1]))
        return;
    next = skip_separator(f, end);
    if (l->lead.end_ms != TIME_NONE)
        next = skip_length(f, next);
    else if (l->lead.has_clock && bracket == 0)
        next = take_duration(l, next);
    if (f->cp[next] == 0 || is_note_to_end(l, next)) {
        l->only_time = f->whole;
    } else {
        uint32_t other;
        size_t more = stamp_parse_boxed(f, next, &second, &other);

        l->only_time = more > 0 && f->cp[more] == 0 && f->whole;
    }
    /* A date alone before words is part of them; so is a time glued to a word: 2PM, 10時開会.
     */
    if (!l->only_time && (!l->lead.has_clock ||
                          (next == end && bracket == 0 && !may_be_glued(&l->lead, f->cp[end]))))
        return;
    l->form = form_of(bracket);
    l->body = next;
}

/* "APP  10:33 AM", below a name: chats mark so what a program posts. */
static void parse_badged_time(struct line *l)
{
    static const char *const badges[] = {"APP", "BOT"};
    const struct folded *f = &l->front;
    struct stamp stamp;
    uint32_t bracket;
    size_t i, k, end;

    for (i = 0; i < sizeof badges / sizeof *badges; i++) {
        for (k = 0; badges[i][k] != '\0' && f->cp[k] == (unsigned char)badges[i][k]; k++)
            continue;
        if (badges[i][k] == '\0' && folded_is_blank(f->cp[k]))
            break;
    }
    if (i == sizeof badges / sizeof *badges)
        return;
    end = stamp_parse_boxed(f, skip_blanks(f, k), &stamp, &bracket);
    if (end == 0 || !stamp.has_clock || f->cp[skip_blanks(f, end)] != 0 || !f->whole)
        return;
    l->lead = stamp;
    l->only_time = true;
    l->form = form_of(bracket);
    l->body = end;
}

/* "03 04 12 07   CC   Roger.": as the transcripts of space flights have it. */
static void parse_mission_time(struct line *l)
{
    struct stamp stamp;
    size_t end = stamp_parse_mission_time(&l->front, 0, &stamp);

    if (end == 0)
        return;
    l->lead = stamp;
    l->form = LINE_BARE;
    l->body = skip_blanks(&l->front, end);
}

/* HOT-1, TWR, RDO-2: the name of a channel, with a gap or a colon behind it. */
static bool is_channel(const struct folded *f, size_t at)
{
    size_t start = at;

    if (!folded_is_upper(f->cp[at]))
        return false;
    while (folded_is_upper(f->cp[at]) || folded_is_digit(f->cp[at]) || f->cp[at] == '-' ||
           f->cp[at] == '/')
        at++;
    return at - start >= CHANNEL_MIN && at - start <= CHANNEL_MAX &&
           (f->cp[at] == ':' || f->cp[at] == '\t' ||
            (f->cp[at] == ' ' && folded_is_blank(f->cp[at + 1])));
}

/* "0731:05 HOT-2   flaps one.": as the transcripts of flight recorders have it. Without a
 * channel behind it, or alone on its line, 0731:05 may be a page and a line. */
static void parse_recorder_time(struct line *l)
{
    const struct folded *f = &l->front;
    struct stamp stamp;
    size_t end = stamp_parse_recorder_time(f, 0, &stamp);
    size_t next = end > 0 ? skip_blanks(f, end) : 0;

    if (end == 0 || !((f->cp[end] == 0 && f->whole) || (next > end && is_channel(f, next))))
        return;
    l->lead = stamp;
    l->form = LINE_BARE;
    l->only_time = f->cp[end] == 0;
    l->body = next;
}

/* "11.58 hrs", "● (1005)": a line with nothing but when the next words were said. */
static void parse_clock_line(struct line *l)
{
    struct stamp stamp;

    if (l->columns > CLOCK_LINE_COLUMNS || !stamp_parse_clock_line(&l->front, &stamp))
        return;
    l->lead = stamp;
    l->only_time = true;
    l->form = LINE_BARE;
    l->body = l->front.count;
}

/* 2031-: a year, also directly after words that end in a number. */
static bool begins_with_year(const struct folded *f, size_t at)
{
    size_t digits = 0;

    while (folded_is_digit(f->cp[at + digits]))
        digits++;
    return digits == 4 &&
           (f->cp[at + 4] == '-' || f->cp[at + 4] == '/' || f->cp[at + 4] == 0x5E74);
}

static bool may_end_stamp(uint32_t cp)
{
    return folded_is_digit(cp) || cp == ')' || cp == ']' || cp == '#' || cp == 0x3011 ||
           cp == 0x5206 || cp == 0x79D2 || cp == 0xBD84 || cp == 0xCD08; /* 分 秒 분 초 */
}

/* "谢谢大家！ 10:45:00": a blank and the end of a sentence before a clock. */
static bool ends_words_before(const struct folded *f, size_t at)
{
    size_t before = at;
    uint32_t cp;

    while (before > 0 && folded_is_blank(f->cp[before - 1]))
        before--;
    cp = before > 0 ? f->cp[before - 1] : 0;
    return before < at && (cp == 0x3002 || cp == '.' || cp == '?' || cp == '!' || cp == 0x2026);
}

/* The last cell of a table row, with nothing but the time. */
static bool is_last_cell(const struct line *l, const struct folded *back, size_t from)
{
    return l->kind == BLOCK_TABLE_ROW && from > 0 && back->cp[from - 1] == '\t';
}

/* (10:01:47), 【…】, #00:01:02-3#, or a bare date and time at the end of the words. */
static bool parse_tail_of(struct line *l, struct span text)
{
    struct folded back;
    struct stamp stamp;
    uint32_t bracket;
    size_t at, body_byte = l->front.at[l->body];
    uint32_t last;

    /* Nothing to find unless the last visible character is a digit or closes a bracket. */
    last = folded_last(text);
    if (last != 0 && !folded_is_blank(last) && !may_end_stamp(last))
        return false;
    folded_back(&back, text, TAIL_CHARACTERS);
    at = back.count;
    while (at > 0 && folded_is_blank(back.cp[at - 1]))
        at--;
    if (at == 0 || !may_end_stamp(back.cp[at - 1]))
        return false;
    for (size_t from = 0; from < at; from++) {
        size_t end;

        if (back.at[from] <= body_byte || !stamp_may_begin(&back, from))
            continue;
        if (from > 0 && folded_is_digit(back.cp[from - 1]) && !begins_with_year(&back, from))
            continue;
        end = stamp_parse_boxed(&back, from, &stamp, &bracket);
        if (end != at || !stamp.has_clock)
            continue;
        if (bracket == 0 && !stamp.has_date && !is_last_cell(l, &back, from) &&
            (stamp.two_parts || stamp.wall || !ends_words_before(&back, from)))
            continue;
        l->tail = stamp;
        l->has_tail = true;
        l->end_byte = back.at[from];
        return true;
    }
    return false;
}

/* "[00:00:07][4.2]": without how long it was, in seconds, behind the time. */
static struct span without_duration(struct span text)
{
    size_t at = text.length;

    if (at == 0 || text.data[--at] != ']')
        return text;
    while (at > 0 &&
           ((text.data[at - 1] >= '0' && text.data[at - 1] <= '9') || text.data[at - 1] == '.'))
        at--;
    return at > 1 && at + 1 < text.length && text.data[at - 1] == '[' &&
                   text.data[at - 2] == ']'
               ? span_of(text.data, at - 1)
               : text;
}

/* Of two times, the first is when it was said, the second when it was published. */
static void parse_tail(struct line *l)
{
    if (parse_tail_of(l, without_duration(l->text)))
        parse_tail_of(l, folded_trim(span_of(l->text.data, l->end_byte)));
}

/* "12  Q.  And then?": the number of a question, apart from its mark. Where the mark begins, or
 * `at`. */
static size_t skip_question_number(const struct folded *f, size_t at)
{
    size_t digits = at;
    size_t mark;

    while (folded_is_digit(f->cp[digits]) && digits - at < QUESTION_DIGITS_MAX)
        digits++;
    mark = skip_blanks(f, digits);
    return digits > at && mark > digits && f->cp[mark] == 'Q' && f->cp[mark + 1] == '.' &&
                   folded_is_blank(f->cp[mark + 2])
               ? mark
               : at;
}

static void parse_bullet(struct line *l)
{
    const struct folded *f = &l->front;
    size_t at = skip_question_number(f, l->body);

    if ((f->cp[at] == '-' || f->cp[at] == '*') &&
        (folded_is_blank(f->cp[at + 1]) || f->cp[at + 1] == '[' || f->cp[at + 1] == 0x3010))
        at = skip_blanks(f, at + 1);
    /* ">> Mayor Quill: …": captions mark so where another voice begins. */
    if (f->cp[at] == '>' && f->cp[at + 1] == '>') {
        l->bullet = LINE_NEW_VOICE;
        while (f->cp[at] == '>')
            at++;
        at = skip_blanks(f, at);
    }
    while (folded_is_bullet(f->cp[at])) {
        l->bullet = f->cp[at];
        at = skip_blanks(f, at + 1);
    }
    l->start = at;
}

static void parse_bold(struct line *l, const struct block *b)
{
    size_t start = l->front.at[l->start];
    size_t i;

    for (i = 0; i < b->range_count && b->ranges[i].start <= start; i++)
        if ((b->ranges[i].style & BLOCK_BOLD) != 0 && b->ranges[i].end > start)
            l->bold_byte = b->ranges[i].end;
    while (l->bold_byte > 0 && i < b->range_count && b->ranges[i].start == l->bold_byte &&
           (b->ranges[i].style & BLOCK_BOLD) != 0)
        l->bold_byte = b->ranges[i++].end;
    /* "*Adam*", alone: a short line in italics is set apart as one in bold is. */
    if (l->italic && l->bold_byte == 0 && l->columns <= ITALIC_LABEL_COLUMNS &&
        l->kind == BLOCK_PARAGRAPH && l->start == 0 && !folded_ends_sentence(l->text) &&
        folded_is_upper(l->front.cp[0]))
        l->bold_byte = b->text.length;
}

/* ASCII signs that count anywhere in the line. */
enum { LINE_BLANK = 0x8000 }; /* counts for the character after it */

static const uint16_t ascii_signs[128] = {
    [':'] = LINE_COLON,         ['>'] = LINE_CLOSING_ANGLE,  ['|'] = LINE_BAR,
    ['.'] = LINE_STOP,          [')'] = LINE_CLOSING_ROUND,  ['\t'] = LINE_GAP,
    ['('] = LINE_OPENING_ROUND, ['['] = LINE_OPENING_SQUARE, ['0' ... '9'] = LINE_CLOCK,
    [' '] = LINE_BLANK,         ['-'] = LINE_BLANK,          ['='] = LINE_EQUALS,
};

/* Whether a number that ends before this may be hours, or seconds with a unit. */
static bool may_go_on_as_clock(const struct folded *f, size_t at)
{
    uint32_t next;

    if (f->cp[at] == ':' || f->cp[at] == '.')
        return folded_is_digit(f->cp[at + 1]);
    at = skip_blanks(f, at);
    if (f->cp[at] == 0)
        return false;
    next = f->cp[at + 1] | 0x20;
    switch (f->cp[at] < 0x80 ? f->cp[at] | 0x20 : f->cp[at]) {
    case 'a': /* am, p.m., P M */
    case 'p':
        return next == 'm' || next == '.' || folded_is_blank(f->cp[at + 1]);
    case 'h': /* h, hours */
        return next == 'o' || !folded_is_letter(f->cp[at + 1]);
    case 'm': /* m, minutes */
        return next == 'i' || !folded_is_letter(f->cp[at + 1]);
    case 's': /* s, seconds */
        return next == 'e' || !folded_is_letter(f->cp[at + 1]);
    case 'u': /* Uhr */
        return next == 'h';
    case U'時':
    case U'时':
    case U'点':
    case U'點':
    case U'시':
        return true;
    default:
        return false;
    }
}

static void find_signs(struct line *l)
{
    const struct folded *f = &l->front;
    unsigned signs = 0;
    size_t at;

    for (at = l->start; (at = folded_skip_usual_letters(f, at)) < f->count; at++) {
        uint32_t cp = f->cp[at];

        if (cp == '.' &&
            (f->cp[at + 1] == 0x2014 || (f->cp[at + 1] == '-' && f->cp[at + 2] == '-'))) {
            signs |= LINE_STOP | LINE_DASH; /* "Mr. Pitt.—Sir": as in books */
        } else if (cp < 0x80) {
            unsigned sign = ascii_signs[cp];

            if (sign == LINE_BLANK)
                sign = !folded_is_blank(f->cp[at + 1]) ? 0u : cp == ' ' ? LINE_GAP : LINE_DASH;
            else if (sign == LINE_CLOCK &&
                     (folded_is_digit(f->cp[at + 1]) || !may_go_on_as_clock(f, at + 1)))
                sign = 0;
            if (at == l->start)
                sign &= ~(unsigned)(LINE_OPENING_ROUND | LINE_OPENING_SQUARE);
            signs |= sign;
        } else if (cp == FOLDED_WIDE_SPACE) {
            signs |= LINE_GAP;
        } else if (cp == 0x2014) {
            if (folded_is_blank(f->cp[at + 1]))
                signs |= LINE_DASH;
            if (at > l->start && folded_is_cjk(f->cp[at - 1]))
                signs |= LINE_JOINED_DASH;
        } else if (cp == 0x300C) {
            signs |= LINE_CORNER_QUOTE;
        }
    }
    if (f->whole) {
        /* "Ann Lee -- Vice President, Investor Relations"; an office, and who holds it in
         * brackets */
        bool dashed = (signs & LINE_DASH) != 0 && (signs & LINE_COLON) == 0;
        bool held = f->count > 0 && f->cp[f->count - 1] == ')' &&
                    folded_is_upper(f->cp[l->start]);

        signs |= LINE_WHOLE;
        if (held || f->count - l->start <= (dashed ? LINE_OFFICE_MAX : LINE_SHORT_MAX))
            signs |= LINE_SHORT;
    }
    if (folded_last(folded_trim(span_of(l->text.data, l->end_byte))) == ']')
        signs |= LINE_CLOSES_SQUARE;
    l->signs = signs;
}

/* The number of a table row is ignored. */
static size_t skip_row_number(const struct block *b)
{
    size_t i;

    if (b->kind != BLOCK_TABLE_ROW || b->cell_count < 3 || b->cells[0].end > 6)
        return 0;
    for (i = 0; i < b->cells[0].end; i++)
        if (!folded_is_digit((unsigned char)b->text.data[i]))
            return 0;
    return b->cells[1].start;
}

/* A clock reading in the last cell of a row is as good as one in the first, unless it is the
 * value of a fact: "Duration | 0:01:15". */
static void take_last_cell(struct line *l)
{
    size_t end = l->end_byte;
    size_t first = span_find(l->text, '\t');

    if (first + 1 >= end || span_find(span_skip(l->text, first + 1), '\t') + first + 1 > end)
        return;
    while (end < l->text.length && l->text.data[end] == ' ')
        end++;
    if (l->kind != BLOCK_TABLE_ROW || !l->has_tail || l->form != LINE_UNTIMED || l->only_time ||
        !l->tail.has_clock || l->end_byte == 0 ||
        (l->text.data[end] != '\t' && l->text.data[l->end_byte - 1] != '\t'))
        return;
    l->lead = l->tail;
    l->form = LINE_BARE;
    l->has_tail = false;
}

void line_parse(struct line *l, const struct block *b)
{
    l->text = b->text;
    l->kind = b->kind;
    l->level = b->level;
    l->indent = b->indent_columns;
    l->columns = b->text_columns > 0 ? b->text_columns : (uint32_t)folded_columns(b->text);
    l->gap = b->blank_before;
    l->ruled = b->rule_before;
    l->joins = b->joins;
    l->form = LINE_UNTIMED;
    l->only_time = l->has_tail = false;
    l->body = l->start = 0;
    l->bullet = 0;
    l->bold_byte = 0;
    l->italic = b->range_count == 1 && (b->ranges[0].style & BLOCK_ITALIC) != 0 &&
                b->ranges[0].start == 0 && b->ranges[0].end >= b->text.length;
    l->end_byte = b->text.length;
    l->heads_message = b->heads_message;
    l->number = b->line;
    folded_front(&l->front, b->text, skip_row_number(b));
    parse_lead(l, 0);
    if (l->form == LINE_UNTIMED && !l->only_time)
        parse_badged_time(l);
    if (l->form == LINE_UNTIMED && !l->only_time)
        parse_clock_line(l);
    if (l->form == LINE_UNTIMED && !l->only_time)
        parse_mission_time(l);
    if (l->form == LINE_UNTIMED && !l->only_time)
        parse_recorder_time(l);
    if (!l->only_time)
        parse_tail(l);
    take_last_cell(l);
    parse_bullet(l);
    if (l->form == LINE_UNTIMED && l->bullet != 0) { /* • 10:01 Name */
        size_t start = l->start;

        parse_lead(l, start);
        if (l->form == LINE_UNTIMED)
            l->body = 0;
        else
            l->start = l->body;
    }
    if (b->range_count > 0)
        parse_bold(l, b);
    find_signs(l);
}

/* The table of layouts, and how a line is matched against one. To add a layout, add a row. */
#include "formats/records/line/layout.h"

#include <string.h>

#include "formats/records/line/vocabulary.h"
#include "shilu/text/utf8.h"

/* Limits in characters; OFFICE_NAME_WORDS in words. A label alone on its line is shorter. */
enum { TIME_UNIT_MAX = 6, LONG_OFFICE_BYTES = 300 }; /* " horas"; an office */
enum { NUMBER_WORD_MAX = 6, NUMBER_DIGITS_MAX = 5, WIDE_NAME_MAX = 6 };
enum { OFFICE_NAME_WORDS = 10, REPORTED_VERB_MAX = 16, CROWD_MAX = 24 };
enum { USUAL_LABEL_MAX = 56, LABEL_MAX = 96, QUOTED_LABEL_MAX = 25, BAR_LABEL_MAX = 14 };

/* The chances were measured in prose, code and manuals; they need not be exact. */
static const struct layout_row rows[] = {
    [LAYOUT_COLON] = {"{speaker}:{text}", .12f, 0},
    [LAYOUT_ALONE] = {"{speaker}{end}", .20f, LAYOUT_NO_MARK | LAYOUT_BELOW},
    [LAYOUT_GAP] = {"{speaker}{gap}{text}", .04f, LAYOUT_NO_MARK},
    [LAYOUT_DOT] = {"{speaker}. {text}", .06f, LAYOUT_NO_MARK | LAYOUT_CAPITALS},
    [LAYOUT_SPACE] = {"{speaker} {text}", .60f, LAYOUT_NO_MARK | LAYOUT_ONE_BLANK},
    [LAYOUT_DASHED] = {"—{text}", .03f, LAYOUT_DASH},
    [LAYOUT_HYPHEN] = {"- {text}", .2f, LAYOUT_DASH},
    [LAYOUT_BULLET] = {"・{text}", .2f, LAYOUT_DASH},
    [LAYOUT_CLOSED] = {"{speaker}) {text}", .03f, 0},
    [LAYOUT_ITEM] = {"{number}{text}", .2f, LAYOUT_DASH},
    [LAYOUT_TIMED_WORDS] = {"{text}", .9f, LAYOUT_WORDS},
    [LAYOUT_REPORTED] = {"{speaker} {text}", .01f, LAYOUT_CAPITALS},
    [LAYOUT_TIME_BETWEEN] = {"{speaker}{-}{time}{text}", .003f,
                             LAYOUT_TIME_INSIDE | LAYOUT_NO_MARK},
    {"({speaker}){:}{text}", .05f, LAYOUT_BRACKETS},
    {"[{speaker}]{:}{text}", .04f, LAYOUT_BRACKETS},
    {"【{speaker}】{:}{text}", .03f, LAYOUT_BRACKETS},
    {"<v {speaker}>{text}", .005f, LAYOUT_BRACKETS}, /* WebVTT's voice tag */
    {"<{speaker}>{:}{text}", .02f, LAYOUT_BRACKETS},
    {"《{speaker}》{:}{text}", .02f, LAYOUT_BRACKETS},
    {"≪{speaker}≫{:}{text}", .01f, LAYOUT_BRACKETS},
    {"『{speaker}』{:}{text}", .02f, LAYOUT_BRACKETS},
    {"◀{speaker}▶{:}{text}", .005f, LAYOUT_BRACKETS},
    {"[{speaker}:{text}]", .003f, LAYOUT_INSET},
    {"【{speaker}:{text}】", .003f, LAYOUT_INSET},
    {"{mark}){text}", .02f, LAYOUT_MARK_ONLY},
    {"{mark}{.}{text}", .01f, LAYOUT_MARK_ONLY},
    {"{mark} {text}", .005f, LAYOUT_MARK_ONLY | LAYOUT_NO_MARK},
    {"{speaker}> {text}", .01f, 0},
    {"{speaker} - {text}", .02f, LAYOUT_NO_MARK},
    {"{speaker}: —{text}", .002f, 0}, /* O Sr. Presidente: — Está aberta */
    {"{speaker}—{text}", .02f, 0},    /* 张工——二十三年了 */
    {"{speaker}={text}", .02f, 0},    /* 윤가을=아이들이 */
    {"{speaker}. - {text}", .01f, LAYOUT_CAPITALS},
    {"{speaker}「{text}」{end}", .02f, LAYOUT_QUOTED},
    {"**{speaker}**{:}{text}", .01f, LAYOUT_BRACKETS}, /* Markdown's bold in plain text */
    {"{speaker}: {time}{end}", .01f, LAYOUT_TIME_INSIDE | LAYOUT_BELOW},
    {"{speaker}{-}{time}{end}", .01f, LAYOUT_TIME_INSIDE | LAYOUT_BELOW},
    {"{speaker}{-}{time}:{text}", .003f, LAYOUT_TIME_INSIDE}, /* Danny 5:31: Okay */
    {"{speaker}{-}[{time}]{:}{text}", .005f, LAYOUT_TIME_INSIDE},
    {"{speaker}{-}({time}){:}{text}", .005f, LAYOUT_TIME_INSIDE},
    {"{speaker}:{time}{text}", .005f, LAYOUT_TIME_INSIDE},
    {"[{speaker}] [{time}]{:}{text}", .005f, LAYOUT_TIME_INSIDE | LAYOUT_BRACKETS},
    {"[{speaker}] {time}{end}", .005f, LAYOUT_TIME_INSIDE | LAYOUT_BRACKETS | LAYOUT_BELOW},
    {"{number}{speaker}:{text}", .06f, LAYOUT_NUMBERED},
    {"From {speaker} to {any}:{text}", .001f, 0},
    {"From {speaker}:{text}", .001f, LAYOUT_SHORTER},
    {"Von {speaker} an {any}:{text}", .001f, 0},
    {"De {speaker} à {any}:{text}", .001f, 0},
    {"De {speaker} para {any}:{text}", .001f, 0},
    {"De {speaker} a {any}:{text}", .001f, 0},
    {"Da {speaker} a {any}:{text}", .001f, 0},
    {"Van {speaker} aan {any}:{text}", .001f, 0},
    {"從 {speaker} 至 {any}:{text}", .001f, 0},
    {"从 {speaker} 到 {any}:{text}", .001f, 0},
    {"来自 {speaker} 到 {any}:{text}", .001f, 0},
    {"開始 {speaker} から {any}:{text}", .0005f, 0}, /* the next one with one word more */
    {"{speaker} から {any}:{text}", .001f, 0},
    {"발신자 {speaker} 수신자 {any}:{text}", .001f, 0},
    {"{speaker}|{text}|{any}", .01f, 0},
    {"{bold}{text}", .05f, LAYOUT_BOLD},
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

size_t layout_count(void)
{
    return ROW_COUNT;
}

const struct layout_row *layout_row(size_t row)
{
    return &rows[row];
}

/* ------------------------------------------------------------------ templates */

static const struct {
    const char *name;
    enum layout_element_kind kind;
} element_names[] = {
    {"speaker", ELEMENT_SPEAKER}, {"role", ELEMENT_ROLE},   {"text", ELEMENT_TEXT},
    {"time", ELEMENT_TIME},       {"mark", ELEMENT_MARK},   {"any", ELEMENT_ANY},
    {"gap", ELEMENT_GAP},         {"end", ELEMENT_END},     {":", ELEMENT_MAYBE_COLON},
    {".", ELEMENT_STOP},          {"-", ELEMENT_SEPARATOR}, {"bold", ELEMENT_SPEAKER},
    {"number", ELEMENT_NUMBER},
};

static bool parse_name(struct span name, struct layout_element *element)
{
    size_t i;

    for (i = 0; i < sizeof element_names / sizeof *element_names; i++)
        if (span_is(name, element_names[i].name)) {
            element->kind = element_names[i].kind;
            return true;
        }
    return false;
}

/* Parse one element at the start of the template. */
static bool parse_element(struct span *rest, struct layout_element *element, size_t column,
                          struct error *err)
{
    uint32_t cp;
    size_t used;

    if (*rest->data == '{') {
        size_t close = span_find(*rest, '}');
        struct span name = span_of(rest->data + 1, close > 0 ? close - 1 : 0);

        if (close == rest->length)
            return error_set_at(err, ERROR_USAGE, 0, column, "'{' without '}' in the layout");
        if (!parse_name(name, element))
            return error_set_at(err, ERROR_USAGE, 0, column,
                                "a layout has no '{%.*s}': it may have {speaker}, {role}, "
                                "{time}, {text}, {mark}, {number}, {gap}, {any}, {end}",
                                (int)(name.length < 40 ? name.length : 40), name.data);
        *rest = span_skip(*rest, close + 1);
        return true;
    }
    used = utf8_decode(rest->data, rest->length, &cp);
    cp = folded_code_point(cp);
    element->literal = cp;
    element->kind = cp == ' '                               ? ELEMENT_BLANK
                    : cp == FOLDED_WIDE_SPACE || cp == '\t' ? ELEMENT_GAP
                                                            : ELEMENT_LITERAL;
    *rest = span_skip(*rest, used);
    return true;
}

/* From the table, not the reader's own layout. */
static bool is_of_table(const struct layout *l)
{
    return l->row >= rows && l->row < rows + ROW_COUNT;
}

/* Whether an element surely takes a character. */
static bool takes_any(const struct layout_element *e)
{
    return e->kind == ELEMENT_LITERAL || e->kind == ELEMENT_SPEAKER ||
           e->kind == ELEMENT_ROLE || e->kind == ELEMENT_TIME || e->kind == ELEMENT_MARK ||
           e->kind == ELEMENT_NUMBER;
}

static unsigned needed_signs(const struct layout *l)
{
    unsigned signs = 0;
    bool inside = false; /* beyond the start of the line */
    bool text = false;
    size_t i;

    for (i = 0; i < l->count; i++) {
        const struct layout_element *e = &l->elements[i];

        if (e->kind == ELEMENT_GAP)
            signs |= LINE_GAP;
        if (e->kind == ELEMENT_TIME)
            signs |= LINE_CLOCK;
        text |= e->kind == ELEMENT_TEXT; /* what follows it is not searched for in the front */
        if (e->kind == ELEMENT_END && !text)
            signs |= LINE_WHOLE;
        if (e->kind == ELEMENT_LITERAL && e->literal == ']' && i > 0 &&
            e[-1].kind == ELEMENT_TEXT && (l->row->traits & LAYOUT_QUOTED) == 0)
            signs |= LINE_CLOSES_SQUARE;
        if (e->kind == ELEMENT_LITERAL && inside)
            signs |= e->literal == '('   ? LINE_OPENING_ROUND
                     : e->literal == '[' ? LINE_OPENING_SQUARE
                                         : 0u;
        inside |= takes_any(e);
        if (e->kind != ELEMENT_LITERAL)
            continue;
        signs |= e->literal == ':'      ? LINE_COLON
                 : e->literal == '>'    ? LINE_CLOSING_ANGLE
                 : e->literal == '|'    ? LINE_BAR
                 : e->literal == '.'    ? LINE_STOP
                 : e->literal == '-'    ? LINE_DASH
                 : e->literal == '='    ? LINE_EQUALS
                 : e->literal == 0x2014 ? (i == 0 || !is_of_table(l)     ? 0u
                                           : e[-1].kind == ELEMENT_BLANK ? LINE_DASH
                                                                         : LINE_JOINED_DASH)
                 : e->literal == ')'    ? LINE_CLOSING_ROUND
                 : e->literal == 0x300C ? LINE_CORNER_QUOTE
                                        : 0u;
    }
    if ((l->row->traits & LAYOUT_BELOW) != 0 && (l->row->traits & LAYOUT_TIME_INSIDE) == 0)
        signs |= LINE_SHORT;
    return signs;
}

bool layout_compile(struct layout *l, const struct layout_row *row, struct error *err)
{
    struct span rest = span_string(row->template);
    const char *at = row->template;
    size_t column = 1;
    bool text = false;

    *l = (struct layout){.row = row, .traits = row->traits};
    while (rest.length > 0) {
        struct layout_element *element = &l->elements[l->count];

        if (l->count == LAYOUT_ELEMENTS_MAX)
            return error_set_at(err, ERROR_USAGE, 0, column,
                                "the layout has more than %d parts", LAYOUT_ELEMENTS_MAX);
        if (!parse_element(&rest, element, column, err))
            return false;
        text |= element->kind == ELEMENT_TEXT || element->kind == ELEMENT_END;
        l->count++;
        for (; at < rest.data; at++)
            column += ((unsigned char)*at & 0xC0) != 0x80;
    }
    l->needs = needed_signs(l);
    if (l->elements[0].kind == ELEMENT_LITERAL && l->elements[0].literal != 0x2014)
        l->first = l->elements[0].literal;
    if (!text)
        return error_set(err, ERROR_USAGE, "the layout has no {text}, and no {end} above it");
    return true;
}

/* ------------------------------------------------------------------ matching */

struct match {
    const struct layout *layout;
    const struct line *line;
    const struct folded *f;
    struct layout_hit *hit;
};

static size_t skip_blanks(const struct folded *f, size_t at)
{
    while (folded_is_blank(f->cp[at]))
        at++;
    return at;
}

/* Where a gap that begins at `at` ends; 0 if there is none. */
static size_t take_gap(const struct folded *f, size_t at)
{
    size_t end = skip_blanks(f, at);

    if (end == at || f->cp[end] == 0)
        return 0;
    return end - at >= 2 || f->cp[at] != ' ' ? end : 0;
}

/* "18:20<TAB>佐和子　アルト<TAB>…": where a tab ends the time, a tab ends the name, and a wide
 * blank before it belongs to the name. */
static bool is_within_field(const struct line *line, size_t at, size_t end)
{
    const struct folded *f = &line->front;
    size_t i;

    if (line->start == 0 || f->cp[line->start - 1] != '\t')
        return false;
    for (i = at; i < end; i++)
        if (f->cp[i] == '\t')
            return false;
    while (f->cp[i] != 0 && f->cp[i] != '\t')
        i++;
    return f->cp[i] == '\t';
}

static uint32_t closing_literal(const struct match *m, size_t element)
{
    size_t i;

    /* The brackets around a label may not occur inside it. */
    for (i = element + 1; i < m->layout->count && i <= element + 1; i++)
        if (m->layout->elements[i].kind == ELEMENT_LITERAL)
            return m->layout->elements[i].literal;
    return 0;
}

static bool match_from(struct match *m, size_t element, size_t at);

static bool is_separator(uint32_t cp)
{
    return folded_is_blank(cp) || cp == ',' || cp == 0x2014 || cp == '-' || cp == '|' ||
           cp == 0xB7 || cp == 0xBB || cp == 0x2022 || cp == '@';
}

/* Whether an element can match here, judged by one code point. */
static bool may_match(const struct match *m, size_t element, size_t at)
{
    uint32_t cp = m->f->cp[at];

    if (element >= m->layout->count)
        return true;
    switch (m->layout->elements[element].kind) {
    case ELEMENT_LITERAL:
        return cp == m->layout->elements[element].literal || folded_is_blank(cp);
    case ELEMENT_BLANK:
    case ELEMENT_END:
        return cp == 0 || folded_is_blank(cp);
    case ELEMENT_GAP:
        return folded_is_blank(cp);
    case ELEMENT_SEPARATOR:
        return is_separator(cp) || cp == '(' || cp == '[';
    case ELEMENT_TIME:
        return folded_is_blank(cp) || stamp_may_begin(m->f, at);
    default:
        return true;
    }
}

/* Whether an element never begins with such a letter. */
static bool skips_letters(const struct match *m, size_t element)
{
    const struct layout_element *e = &m->layout->elements[element];

    if (element >= m->layout->count)
        return false;
    switch (e->kind) {
    case ELEMENT_LITERAL:
        return !folded_is_usual_letter(e->literal);
    case ELEMENT_BLANK:
    case ELEMENT_END:
    case ELEMENT_GAP:
    case ELEMENT_SEPARATOR:
        return true;
    default:
        return false;
    }
}

/* The shortest label after which the rest of the layout fits. */
static bool match_label(struct match *m, size_t element, size_t at, struct label_place *place)
{
    const struct folded *f = m->f;
    unsigned traits = m->layout->row->traits;
    size_t most = (traits & LAYOUT_QUOTED) != 0 ? QUOTED_LABEL_MAX : LABEL_MAX;
    size_t end;
    uint32_t close = closing_literal(m, element);
    bool skips = skips_letters(m, element + 1);
    int depth = 0;

    for (end = at; end - at < most; end++) {
        uint32_t cp;

        if (skips)
            end = folded_skip_usual_letters(f, end);
        if (end - at >= most)
            end = at + most;
        cp = f->cp[end];
        if (end - at == most || cp == 0)
            break;
        /* Skip brackets whole, unless one closes the label. */
        if (depth == 0 && end > at && may_match(m, element + 1, end) &&
            match_from(m, element + 1, end)) {
            *place = (struct label_place){at, end};
            return true;
        }
        if (cp == close && depth == 0 && cp != ':')
            return false;
        if (close != '>' && close != ')' && close != ']') {
            depth += cp == '(';
            depth -= cp == ')' && depth > 0;
        }
        /* A colon that does not belong to the layout ends a possible label. */
        if (cp == ':' && depth == 0 && (traits & LAYOUT_BRACKETS) == 0 && end > at + 1)
            return false;
    }
    if (f->cp[end] == 0 && end > at && depth == 0 && match_from(m, element + 1, end)) {
        *place = (struct label_place){at, end};
        return true;
    }
    return false;
}

static size_t take_mark(const struct folded *f, size_t at)
{
    char text[64] = "";
    size_t end = at;
    size_t bytes = 0;
    size_t word;

    while (end - at < 12 && f->cp[end] != 0 && bytes + UTF8_MAX_BYTES < sizeof text &&
           (folded_is_letter(f->cp[end]) || folded_is_digit(f->cp[end]) || f->cp[end] == ' '))
        bytes += utf8_encode(f->cp[end++], text + bytes);
    while (end > at && f->cp[end - 1] == ' ') {
        end--;
        bytes--;
    }
    if (end == at + 1 && strchr("DPR", text[0]) != NULL)
        return end;                   /* P. and R. in Spanish, D. and R. in Italian */
    if (folded_is_letter(f->cp[end])) /* longer than any mark */
        return 0;
    return end > at && vocabulary_mark(span_of(text, bytes), &word) != MARK_NONE ? end : 0;
}

/* "Q Will he?", "Q12 And then?": with a single blank after it, a mark is one letter before the
 * start of a sentence, since a longer mark could be any word. */
static size_t take_letter_mark(const struct folded *f, size_t at)
{
    size_t end = at + 1;

    if (f->cp[at] != 'Q')
        return 0;
    while (folded_is_digit(f->cp[end]))
        end++;
    if (f->cp[end] != ' ')
        return 0;
    at = skip_blanks(f, end);
    return folded_is_upper(f->cp[at]) || f->cp[at] == '"' || f->cp[at] == 0x201C ||
                   f->cp[at] == '(' || f->cp[at] == '['
               ? end
               : 0;
}

/* A colon in a clock reading, a ratio, an address or a path does not end a label. */
static bool is_label_colon(const struct folded *f, size_t at)
{
    uint32_t next = f->cp[at + 1];

    if (f->at[at + 1] - f->at[at] > 1) /* ： is never part of one of those */
        return true;
    if (next == '/' && f->cp[at + 2] == '/')
        return false;
    if (next == ':' || next == '\\')
        return false;
    return !(folded_is_digit(next) && folded_is_digit(f->cp[at + 2]) &&
             (folded_is_blank(f->cp[at + 3]) || f->cp[at + 3] == 0 ||
              (f->cp[at + 3] < 0x80 && strchr(":,.;)]", (int)f->cp[at + 3]) != NULL)) &&
             at > 0 && folded_is_digit(f->cp[at - 1]));
}

/* "(12s)", "(3 sec)": how long somebody was silent, not when it was said. */
static bool is_pause(const struct folded *f, size_t at, size_t end)
{
    size_t digits = ++at;

    while (folded_is_digit(f->cp[at]) || f->cp[at] == '.')
        at++;
    if (at == digits)
        return false;
    while (folded_is_blank(f->cp[at]))
        at++;
    return at < end && (f->cp[at] | 0x20) == 's';
}

/* A time in brackets at the head of the words belongs to the label. */
static size_t take_inner_time(struct match *m, size_t at)
{
    uint32_t bracket;
    struct stamp stamp;
    size_t from = skip_blanks(m->f, at);
    size_t end = stamp_parse_boxed(m->f, from, &stamp, &bracket);

    if (end == 0 || !stamp.has_clock || m->hit->has_time ||
        (bracket == '(' && is_pause(m->f, from, end)))
        return at;
    if (bracket == 0 && !(m->line->kind == BLOCK_TABLE_ROW && m->f->cp[end] == '\t'))
        return at;
    m->hit->time = stamp;
    m->hit->has_time = true;
    return end;
}

/* 清「おはよう。早い: the quotation ends on a later line. */
static bool is_quotation_open(const struct match *m, size_t at)
{
    struct span words = span_of(m->line->text.data + m->f->at[at],
                                m->line->text.length - m->f->at[at]);

    return (m->layout->row->traits & LAYOUT_QUOTED) != 0 && words.length > 0 &&
           !span_contains(words, "」");
}

static bool match_text(struct match *m, size_t element, size_t at)
{
    const struct layout_element *next = &m->layout->elements[element + 1];
    struct layout_hit *hit = m->hit;
    struct span text = m->line->text;

    at = take_inner_time(m, at);
    at = skip_blanks(m->f, at);
    /* "O Sr. Presidente: — words" */
    if ((m->layout->row->traits & (LAYOUT_DASH | LAYOUT_WORDS)) == 0 &&
        m->f->cp[at] == 0x2014 && folded_is_blank(m->f->cp[at + 1]))
        at = skip_blanks(m->f, at + 1);
    hit->text_byte = m->f->at[at];
    hit->text_end = m->line->end_byte;
    if (hit->text_byte > hit->text_end)
        hit->text_byte = hit->text_end;
    if (element + 1 >= m->layout->count || next->kind == ELEMENT_TIME)
        return true;
    if (next->kind == ELEMENT_LITERAL && next->literal == '|') {
        const char *bar = memrchr(text.data, '|', text.length);

        hit->text_end = bar != NULL && bar >= text.data + hit->text_byte
                            ? (size_t)(bar - text.data)
                            : text.length;
        return true;
    }
    if (next->kind == ELEMENT_LITERAL) { /* a closing sign at the end */
        struct span words = folded_trim(span_of(text.data, hit->text_end));
        size_t last = words.length > 0 ? utf8_floor(words.data, words.length, words.length - 1)
                                       : 0;

        if (words.length == 0 || folded_last(words) != next->literal || last < hit->text_byte)
            return is_quotation_open(m, at);
        hit->text_end = (size_t)(words.data + last - text.data);
        return true;
    }
    return true;
}

/* 12., 01.12, #12, [12], 三、, Anf. 12, Nr. 12: returns where the next element begins; 0 for no
 * number. A word without a stop is part of the label, as in "Speaker 12". */
static size_t take_turn_number(const struct folded *f, size_t at)
{
    size_t word = at, digits;
    uint32_t open;

    while (folded_is_letter(f->cp[at]) && !folded_is_cjk(f->cp[at]))
        at++;
    if (at > word) {
        if (f->cp[at] != '.' || at - word > NUMBER_WORD_MAX)
            return 0;
        at = skip_blanks(f, at + 1);
    }
    open = f->cp[at] == '[' || f->cp[at] == '(' ? f->cp[at] : 0;
    at += open != 0 || f->cp[at] == '#';
    digits = at;
    while (vocabulary_is_numeral(f->cp[at]) ||
           (at > digits && f->cp[at] == '.' && folded_is_digit(f->cp[at + 1])))
        at++;
    if (at == digits || at - digits > NUMBER_DIGITS_MAX)
        return 0;
    if (open == 0 && f->cp[at] == 0x3001) /* 三、 */
        return skip_blanks(f, at + 1);
    if (open != 0 && f->cp[at] != (open == '[' ? ']' : (uint32_t)')'))
        return 0;
    at += open != 0 || f->cp[at] == '.' || f->cp[at] == ')';
    return folded_is_blank(f->cp[at]) ? skip_blanks(f, at) : 0;
}

/* Signs and blanks between a name and a time: , — - | · */
static size_t take_separator(const struct folded *f, size_t at)
{
    size_t start = at;

    while (is_separator(f->cp[at]))
        at++;
    return at > start ? at : 0;
}

static bool match_time(struct match *m, size_t element, size_t at)
{
    size_t end = stamp_parse(m->f, skip_blanks(m->f, at), &m->hit->time);

    if (end == 0 || !m->hit->time.has_clock)
        return false;
    m->hit->has_time = true;
    if (match_from(m, element + 1, skip_blanks(m->f, end)))
        return true;
    m->hit->has_time = false;
    return false;
}

static bool match_any(struct match *m, size_t element, size_t at)
{
    size_t end;

    if (element + 1 >= m->layout->count)
        return true;
    for (end = at; m->f->cp[end] != 0; end++)
        if (match_from(m, element + 1, end))
            return true;
    return false;
}

static bool match_literal(struct match *m, size_t element, size_t at)
{
    uint32_t literal = m->layout->elements[element].literal;
    size_t from = element > 0 && m->layout->elements[element - 1].kind != ELEMENT_LITERAL
                      ? skip_blanks(m->f, at)
                      : at;

    if (m->f->cp[from] != literal && !(literal == '-' && m->f->cp[from] == 0x2014))
        return false;
    if (literal == ':' && !is_label_colon(m->f, from))
        return false;
    if (literal == '=' && is_of_table(m->layout) &&
        (from == 0 || !folded_is_cjk(m->f->cp[from - 1])))
        return false;
    if (literal == 0x2014) { /* one dash or more, or hyphens */
        while (m->f->cp[from + 1] == literal)
            from++;
    }
    return match_from(m, element + 1, from + 1);
}

/* A full-width closing bracket is as wide as a bracket and a blank; between East Asian letters
 * even a narrow one needs no blank: 議長)ただいまから, 大塚＞こんばんは. */
static bool stands_behind_wide_bracket(const struct folded *f, size_t at)
{
    const uint32_t *from = f->at + at;

    if (at == 0 || (f->cp[at - 1] != ')' && f->cp[at - 1] != '>'))
        return false;
    return from[0] - from[-1] > 1 || (at > 1 && folded_is_cjk(f->cp[at - 2]) &&
                                      (folded_is_cjk(f->cp[at]) || folded_is_digit(f->cp[at])));
}

static bool is_han(uint32_t cp)
{
    return cp >= 0x3400 && cp <= 0x9FFF;
}

/* 司　会　本日は: letters set apart to make all labels as wide as the widest. */
static bool is_within_spaced_word(const struct folded *f, size_t at)
{
    return at > 0 && f->cp[at] == FOLDED_WIDE_SPACE && is_han(f->cp[at - 1]) &&
           (at == 1 || folded_is_blank(f->cp[at - 2])) && is_han(f->cp[at + 1]) &&
           folded_is_blank(f->cp[at + 2]);
}

/* "Eivind Sandvik (Kyst) [10:05:02] (ordfører for saken): …": between the time and the colon
 * stands what the speaker is. */
static size_t skip_brackets_before_colon(struct match *m, size_t at)
{
    const struct folded *f = m->f;
    size_t open = skip_blanks(f, at);
    size_t close = open;

    if (!m->hit->has_time || f->cp[open] != '(')
        return at;
    while (f->cp[close] != 0 && f->cp[close] != ')')
        close++;
    if (f->cp[close] == 0 || f->cp[skip_blanks(f, close + 1)] != ':')
        return at;
    m->hit->role = (struct label_place){open + 1, close};
    return close + 1;
}

static bool match_from(struct match *m, size_t element, size_t at)
{
    const struct folded *f = m->f;
    size_t end;

    if (element == m->layout->count)
        return true;
    switch (m->layout->elements[element].kind) {
    case ELEMENT_LITERAL:
        return match_literal(m, element, at);
    case ELEMENT_BLANK:
        end = skip_blanks(f, at);
        return (end > at || f->cp[end] == 0 || stands_behind_wide_bracket(f, at)) &&
               match_from(m, element + 1, end);
    case ELEMENT_SPEAKER:
        return match_label(m, element, skip_blanks(f, at), &m->hit->label);
    case ELEMENT_ROLE:
        return match_label(m, element, skip_blanks(f, at), &m->hit->role);
    case ELEMENT_TEXT:
        return match_text(m, element, at);
    case ELEMENT_TIME:
        return match_time(m, element, at);
    case ELEMENT_MARK:
        end = element + 1 < m->layout->count &&
                      m->layout->elements[element + 1].kind == ELEMENT_BLANK
                  ? take_letter_mark(f, at)
                  : take_mark(f, at);
        m->hit->label = (struct label_place){at, end};
        return end > 0 && match_from(m, element + 1, end);
    case ELEMENT_ANY:
        return match_any(m, element, at);
    case ELEMENT_GAP:
        end = is_within_spaced_word(f, at) ? 0 : take_gap(f, at);
        return end > 0 && !is_within_field(m->line, at, end) && match_from(m, element + 1, end);
    case ELEMENT_END:
        m->hit->text_byte = m->hit->text_byte == 0 ? m->line->text.length : m->hit->text_byte;
        return f->cp[skip_blanks(f, at)] == 0 && f->whole;
    case ELEMENT_MAYBE_COLON:
        at = skip_brackets_before_colon(m, at);
        end = skip_blanks(f, at);
        return match_from(m, element + 1, f->cp[end] == ':' ? end + 1 : at);
    case ELEMENT_STOP:
        if (f->cp[at] != '.' && f->cp[at] != 0x3001 && f->cp[at] != ':' && f->cp[at] != ',' &&
            take_gap(f, at) == 0)
            return false;
        return match_from(m, element + 1, at + 1);
    case ELEMENT_NUMBER:
        end = take_turn_number(f, at);
        return end > 0 && match_from(m, element + 1, end);
    case ELEMENT_SEPARATOR:
        end = take_separator(f, at);
        if (end == 0 && (f->cp[at] == '(' || f->cp[at] == '[')) /* 包晓(00:00:03) */
            end = at;
        return end > 0 && match_from(m, element + 1, end);
    }
    return false;
}

/* ------------------------------------------------------------------ rows matched by code of
 * their own */

/* Words that may be in lower case within a capitalised label. */
static bool is_joint(const struct folded *f, size_t at, size_t end)
{
    return end - at <= 3 || (end - at == 7 && f->cp[at] == 't'); /* tempore */
}

/* "Un député du groupe Montagne": what members belong to. */
static bool is_group(const struct folded *f, size_t at, size_t end)
{
    static const char *const groups[] = {"groupe", "group", "grupo", "gruppo"};
    size_t i, k;

    for (i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (strlen(groups[i]) != end - at)
            continue;
        for (k = 0; k < end - at && f->cp[at + k] == (unsigned char)groups[i][k]; k++)
            continue;
        if (k == end - at)
            return true;
    }
    return false;
}

/* président, ministre: French prints offices in lower case. */
static bool is_office(const struct folded *f, size_t at, size_t end)
{
    char text[LABEL_MAX * UTF8_MAX_BYTES];
    size_t bytes = 0;

    if (end - at > LABEL_MAX)
        return false;
    for (; at < end; at++)
        bytes += utf8_encode(f->cp[at], text + bytes);
    return vocabulary_has_title(span_of(text, bytes));
}

/* "…, Ministro dei trasporti." after a name: position of the stop; 0 for anything else. */
static size_t find_office_end(const struct folded *f, size_t at)
{
    size_t end = at;

    while (folded_is_letter(f->cp[end]))
        end++;
    if (end == at || !is_office(f, at, end))
        return 0;
    while (folded_is_letter(f->cp[end]) || f->cp[end] == ' ' || f->cp[end] == '\'' ||
           f->cp[end] == '-' ||
           (f->cp[end] == ',' && f->cp[end + 1] == ' ' && folded_is_lower(f->cp[end + 2])))
        end++;
    return f->cp[end] == '.' && end - at < LABEL_MAX ? end : 0;
}

/* An initial or an abbreviated form of address. */
static bool is_short_form(const struct folded *f, size_t word, size_t end)
{
    static const char *const forms[] = {"mr",  "mrs",  "ms",  "dr",  "mme",  "sr",  "sra", "st",
                                        "sen", "rep",  "gen", "hon", "prof", "rev", "gov", "lt",
                                        "col", "capt", "sgt", "adm", "jr",   NULL};
    char text[8];
    size_t i;

    if (end - word == 1)
        return true;
    if (end - word >= sizeof text)
        return false;
    for (i = 0; i < end - word; i++) {
        if (f->cp[word + i] >= 0x80)
            return false;
        text[i] = (char)(f->cp[word + i] | 0x20);
    }
    text[i] = '\0';
    return span_is_any(span_string(text), forms);
}

/* Mrs. de la Rosa, M. le président: a particle between form of address and name. */
static bool is_particle(const struct folded *f, size_t at)
{
    static const char *const particles[] = {"al",  "bin", "da",  "de",  "del", "den",
                                            "der", "di",  "du",  "el",  "la",  "le",
                                            "ten", "ter", "van", "von", NULL};
    char word[4] = "";
    size_t length = 0;

    while (length < 3 && f->cp[at + length] >= 'a' && f->cp[at + length] <= 'z') {
        word[length] = (char)f->cp[at + length];
        length++;
    }
    return f->cp[at + length] == ' ' && span_is_any(span_string(word), particles);
}

/* One letter followed by a stop. */
static bool is_initial(const struct folded *f, size_t at)
{
    return folded_is_upper(f->cp[at]) && f->cp[at + 1] == '.';
}

/* "П.И. " after a surname: position of the last stop. 0 without two initials, or if a name in
 * capitals follows them: George H. W. BUSH. */
static size_t find_initials_end(const struct folded *f, size_t at)
{
    size_t second = skip_blanks(f, at + 2);
    size_t next;

    if (!is_initial(f, at) || !is_initial(f, second))
        return 0;
    next = skip_blanks(f, second + 2);
    if (next == second + 2 && f->cp[next] != 0 && f->cp[next] != ',')
        return 0;
    return folded_is_upper(f->cp[next]) && folded_is_upper(f->cp[next + 1]) ? 0 : second + 2;
}

/* "Корреспондент газеты «Край» Орлова А.В. ": in a label that begins with an office, any words
 * may precede a surname with initials. Position of the last stop; 0 for none. */
static size_t find_name_behind_office(const struct folded *f, size_t at)
{
    size_t start = at;
    size_t words = 0;

    while (folded_is_letter(f->cp[at]) || f->cp[at] == '-')
        at++;
    if (!is_office(f, start, at))
        return 0;
    while (f->cp[at] == ' ' && at - start < LABEL_MAX && ++words <= OFFICE_NAME_WORDS) {
        size_t word = at = skip_blanks(f, at);
        size_t end;

        while (f->cp[at] != 0 && f->cp[at] != ' ' && f->cp[at] != '.' && f->cp[at] != ':' &&
               f->cp[at] != ',')
            at++;
        if (!folded_is_upper(f->cp[word]) || !folded_is_letter(f->cp[at - 1]) ||
            f->cp[at] != ' ' || !is_initial(f, at + 1))
            continue;
        end = find_initials_end(f, at + 1);
        if (end == 0 && f->cp[at + 3] == ' ' && folded_is_upper(f->cp[at + 4]) &&
            f->cp[at + 5] != '.')
            end = at + 3;
        if (end > 0)
            return end;
    }
    return 0;
}

/* Mr. SMITH. / The CHAIR. / Ms. JACKSON LEE of Texas. / Senator Vik [presiding]. */
static bool match_capitals(const struct folded *f, size_t at, struct label_place *label)
{
    size_t start = at;
    size_t words = 0;

    if (f->cp[at] >= 0x80 && find_name_behind_office(f, at) > 0) {
        *label = (struct label_place){start, find_name_behind_office(f, at)};
        return true;
    }
    for (;;) {
        size_t word = at;

        /* Гордеев П.И. */
        if (words > 0 && find_initials_end(f, at) > 0) {
            *label = (struct label_place){start, find_initials_end(f, at)};
            return true;
        }
        if (folded_is_upper(f->cp[at])) {
            while (folded_is_letter(f->cp[at]) || folded_is_digit(f->cp[at]) ||
                   f->cp[at] == '\'' || f->cp[at] == '-')
                at++;
        } else if (words > 0 && folded_is_lower(f->cp[at])) {
            while (folded_is_letter(f->cp[at]))
                at++;
            if (!is_joint(f, word, at) && !is_group(f, word, at) && !is_office(f, word, at))
                return false;
        } else if (words > 0 && (f->cp[at] == '[' || f->cp[at] == '(')) {
            uint32_t close = f->cp[at] == '[' ? ']' : ')';

            while (f->cp[at] != 0 && f->cp[at] != close)
                at++;
            if (f->cp[at] == 0)
                return false;
            at++;
        } else {
            return false;
        }
        if (++words > 8 || at - start > LABEL_MAX)
            return false;
        if (f->cp[at] == ',' && f->cp[at + 1] == ' ' && find_office_end(f, at + 2) > 0) {
            *label = (struct label_place){start, find_office_end(f, at + 2)};
            return true;
        }
        if (f->cp[at] == ',' && f->cp[at + 1] == ' ' && folded_is_upper(f->cp[at + 2])) {
            at += 2;
            continue;
        }
        if (f->cp[at] == '.') {
            size_t next = skip_blanks(f, at + 1);

            /* J.Ozols */
            if (at == word + 1 && folded_is_upper(f->cp[at + 1]) &&
                folded_is_lower(f->cp[at + 2])) {
                at++;
                continue;
            }
            /* "Mr.", "J.", "J.R.": an abbreviation inside the label, which continues after
             * it. */
            if ((next > at + 1 || (at == word + 1 && is_initial(f, next))) &&
                is_short_form(f, word, at) &&
                (folded_is_upper(f->cp[next]) || is_particle(f, next))) {
                at = next;
                continue;
            }
            *label = (struct label_place){start, at};
            return true;
        }
        if (f->cp[at] != ' ')
            return false;
        at = skip_blanks(f, at);
    }
}

/* "Гордеев П. И., фракция «Берег».": whom somebody with initials speaks for, up to the stop.
 * Position of the stop; 0 for none. */
static size_t find_side_end(const struct folded *f, size_t at)
{
    size_t start = at;
    int depth = 0;

    for (; f->cp[at] != 0 && at - start < LABEL_MAX; at++) {
        uint32_t cp = f->cp[at];

        if (cp == '?' || cp == '!' || cp == ':' || cp == ';')
            return 0;
        depth += cp == 0xAB || cp == 0x201C || cp == 0x201E || cp == '(';
        depth -= depth > 0 && (cp == 0xBB || cp == 0x201D || cp == ')');
        if (cp == '.' && depth == 0)
            return (folded_is_blank(f->cp[at + 1]) || (f->cp[at + 1] == 0 && f->whole)) &&
                           at - start > 3
                       ? at
                       : 0;
    }
    return 0;
}

/* Whether a stop ends an office: it is not behind an initial or a short form, unless that is
 * one of several (S.p.A.). */
static bool is_end_of_office(struct span text, size_t at)
{
    size_t word = at;

    if (text.data[at] != '.' || (at + 1 < text.length && text.data[at + 1] != ' '))
        return false;
    while (word > 0 && text.data[word - 1] != ' ' && text.data[word - 1] != '.')
        word--;
    return utf8_count(text.data + word, at - word) > 2 ||
           (word > 0 && text.data[word - 1] == '.');
}

/* Whatever is between a comma and the next stop, behind which the words begin, is an office.
 * The comma ends the label. */
static bool take_office(const struct line *line, size_t comma, struct layout_hit *hit)
{
    const struct folded *f = &line->front;
    size_t at, end;

    for (at = f->at[comma]; at < line->end_byte && !is_end_of_office(line->text, at); at++)
        if (memchr("?!:;", line->text.data[at], 4) != NULL || at > LONG_OFFICE_BYTES)
            return false;
    if (at >= line->end_byte)
        return false;
    hit->label = (struct label_place){line->start, comma};
    for (end = comma; end < f->count && f->at[end] < at;)
        end++;
    hit->role = (struct label_place){comma + 1, end};
    hit->role_end_byte = f->at[end] < at ? at : 0;
    hit->text_byte = at + 2 < line->end_byte ? at + 2 : line->end_byte;
    hit->text_end = line->end_byte;
    return true;
}

/* "M. Paul Buis, ministre délégué auprès du ministre de l'économie, …, chargé des ports. Oui.":
 * an office that continues beyond the front of the line. The words begin behind its stop. */
static bool match_long_office(const struct line *line, struct layout_hit *hit)
{
    const struct folded *f = &line->front;
    size_t comma = line->start, word;

    while (f->cp[comma] != 0 && f->cp[comma] != ',' && comma - line->start < USUAL_LABEL_MAX)
        comma++;
    if (f->whole || f->cp[comma] != ',' || f->cp[comma + 1] != ' ')
        return false;
    for (word = comma + 2; folded_is_letter(f->cp[word]);)
        word++;
    if (!folded_is_upper(f->cp[line->start]) || !is_office(f, comma + 2, word))
        return false;
    return take_office(line, comma, hit) && hit->text_byte < hit->text_end;
}

/* The comma behind a name of two words or more in capitals, without what is in brackets; 0 for
 * none. */
static size_t find_comma_behind_capitals(const struct folded *f, size_t at)
{
    size_t words = 0;

    for (;;) {
        size_t word = at;
        size_t capitals = 0;

        if (f->cp[at] == '(' && words > 1) {
            while (f->cp[at] != 0 && f->cp[at] != ')')
                at++;
            at += f->cp[at] == ')';
        } else {
            while (folded_is_letter(f->cp[at]) || f->cp[at] == '\'' || f->cp[at] == '-' ||
                   (f->cp[at] == '.' && at - word <= 2)) {
                if (folded_is_lower(f->cp[at]))
                    return 0;
                capitals += folded_is_upper(f->cp[at++]);
            }
            if (capitals == 0)
                return 0;
            words++;
        }
        if (f->cp[at] == ',' && f->cp[at + 1] == ' ')
            return words > 1 && capitals > 1 ? at : 0;
        if (f->cp[at] != ' ' || at - word > USUAL_LABEL_MAX || words > OFFICE_NAME_WORDS)
            return 0;
        at = skip_blanks(f, at);
    }
}

/* "ORNELLA FRIZZI, Assessora ai trasporti. Rispondo io.": a name in capitals needs no office
 * that is known behind its comma. */
static bool match_office_behind_capitals(const struct line *line, struct layout_hit *hit)
{
    size_t comma = find_comma_behind_capitals(&line->front, line->start);

    return comma > 0 && take_office(line, comma, hit) && hit->text_byte < hit->text_end;
}

/* "Из зала. Не верится!": several, or one who is not named, in lower case but for the first
 * letter. */
static bool match_crowd(const struct folded *f, size_t at, struct label_place *label)
{
    char text[CROWD_MAX * UTF8_MAX_BYTES];
    size_t start = at, bytes = 0;

    if (!folded_is_upper(f->cp[at]) || !folded_is_lower(f->cp[at + 1]))
        return false;
    for (; folded_is_letter(f->cp[at]) || f->cp[at] == ' '; at++) {
        if (at - start == CROWD_MAX)
            return false;
        bytes += utf8_encode(f->cp[at], text + bytes);
    }
    *label = (struct label_place){start, at};
    return f->cp[at] == '.' && vocabulary_is_crowd(span_of(text, bytes));
}

static bool match_dot(const struct layout *l, const struct line *line, struct layout_hit *hit)
{
    const struct folded *f = &line->front;
    struct match m = {l, line, f, hit};
    size_t at;

    if (!match_capitals(f, line->start, &hit->label) &&
        !match_crowd(f, line->start, &hit->label))
        return match_office_behind_capitals(line, hit) || match_long_office(line, hit);
    at = hit->label.end;
    if (f->cp[at] == ',' && f->cp[at - 1] == '.') {
        if (find_side_end(f, at + 1) == 0)
            return take_office(line, at, hit);
        hit->role = (struct label_place){at + 1, find_side_end(f, at + 1)};
        at = hit->role.end;
    }
    at += f->cp[at] == '.'; /* initials keep their stop */
    if (f->cp[at] != 0 && !folded_is_blank(f->cp[at]))
        return false;
    at = skip_blanks(f, at);
    /* "SEC. 2" is not a speaker, nor is a single letter. */
    if (folded_is_digit(f->cp[at]) || hit->label.end - hit->label.start < 2)
        return false;
    return match_text(&m, l->count - 1, at);
}

static bool begins_with(const struct folded *f, size_t at, const char *words)
{
    while (*words != '\0' && f->cp[at] == (unsigned char)*words) {
        at++;
        words++;
    }
    return *words == '\0';
}

/* said, thought, moved: a verb in the past tense, as in reported speech. */
static bool is_past_tense(const struct folded *f, size_t at)
{
    static const char *const irregular[] = {"said",  "thought", "rose", "gave", "drew",
                                            "spoke", "brought", "laid", "took", "read",
                                            "felt",  "held",    "knew", "saw"};
    char word[REPORTED_VERB_MAX] = "";
    size_t length = 0;
    size_t i;

    while (f->cp[at + length] >= 'a' && f->cp[at + length] <= 'z') {
        if (length + 1 == sizeof word)
            return false;
        word[length] = (char)f->cp[at + length];
        length++;
    }
    for (i = 0; i < sizeof irregular / sizeof *irregular; i++)
        if (*word == *irregular[i] && strcmp(word, irregular[i]) == 0)
            return true;
    return length > 3 && strcmp(word + length - 2, "ed") == 0;
}

/* Mr. GILBERT, The SPEAKER, The Hon. J. A. COCKBURN; but not The URL. */
static bool names_person(struct span label)
{
    struct span rest = label;
    struct span word = span_take_until(&rest, ' ');

    if (span_is(word, "The") || span_is(word, "An"))
        return vocabulary_has_title(rest) || vocabulary_is_addressed(rest);
    return vocabulary_is_addressed(label);
}

/* "Mr. GILBERT (Gawler) said that …": a form of address, a name in capitals and reported
 * speech. */
static bool match_reported(const struct layout *l, const struct line *line,
                           struct layout_hit *hit)
{
    const struct folded *f = &line->front;
    struct match m = {l, line, f, hit};
    char text[LABEL_MAX * UTF8_MAX_BYTES];
    size_t at = line->start, bytes = 0, end = 0;
    size_t i;

    while (at - line->start < LABEL_MAX && f->cp[at] != 0 && f->cp[at] != ':') {
        size_t word = at;

        while (f->cp[at] != 0 && f->cp[at] != ' ')
            at++;
        if (folded_is_lower(f->cp[word]) && is_past_tense(f, word)) {
            end = word;
            break;
        }
        at = skip_blanks(f, at);
    }
    if (end == 0 || begins_with(f, end, "took the chair"))
        return false;
    hit->label = (struct label_place){line->start, end - 1};
    for (i = line->start; i < end - 1 && bytes + UTF8_MAX_BYTES < sizeof text; i++)
        if (f->cp[i] == '(')
            break;
        else
            bytes += utf8_encode(f->cp[i], text + bytes);
    return names_person(span_trim(span_of(text, bytes))) && match_text(&m, l->count - 1, end);
}

/* "Ana Ruiz (UNI), question « carton bleu » à Marta Vik": in a label longer than names are,
 * what follows the first comma is a role. */
static void set_side_apart(const struct folded *f, struct layout_hit *hit)
{
    size_t comma = hit->label.start;
    int depth = 0;

    if (hit->label.end - hit->label.start <= USUAL_LABEL_MAX)
        return;
    for (; comma < hit->label.end && !(f->cp[comma] == ',' && depth == 0); comma++) {
        depth += f->cp[comma] == '(';
        depth -= f->cp[comma] == ')' && depth > 0;
    }
    if (comma == hit->label.end)
        return;
    hit->role = (struct label_place){comma + 1, hit->label.end};
    hit->label.end = comma;
}

static bool match_dot_dash(const struct layout *l, const struct line *line,
                           struct layout_hit *hit)
{
    const struct folded *f = &line->front;
    struct match m = {l, line, f, hit};
    size_t at;

    if (!folded_is_upper(f->cp[line->start]))
        return false;
    for (at = line->start + 1; f->cp[at] != 0; at++) {
        size_t dash;

        if (f->cp[at] == ':')
            return false;
        if (f->cp[at] != '.')
            continue;
        dash = skip_blanks(f, at + 1);
        if (f->cp[dash] != 0x2014 &&
            !(f->cp[dash] == '-' && !folded_is_letter(f->cp[dash + 1])))
            continue;
        /* "Fig. 2.—", "Section 4.—": numbering in books */
        if (dash == at + 1 && folded_is_digit(f->cp[at - 1]))
            return false;
        while (f->cp[dash] == 0x2014 || f->cp[dash] == '-')
            dash++;
        hit->label = (struct label_place){line->start, at};
        set_side_apart(f, hit);
        return match_text(&m, l->count - 1, dash);
    }
    return false;
}

/* 1、海外工厂何时投产？: an item of a numbered list in East Asian words. */
/* 1．灯台守は…: a number and a stop, directly before East Asian words. */
static size_t take_close_number(const struct folded *f, size_t at)
{
    size_t digits = at;

    while (folded_is_digit(f->cp[at]))
        at++;
    return at > digits && at - digits <= 2 && (f->cp[at] == '.' || f->cp[at] == ')') &&
                   folded_is_cjk(f->cp[at + 1])
               ? at + 1
               : 0;
}

static bool match_item(const struct layout *l, const struct line *line, struct layout_hit *hit)
{
    struct match m = {l, line, &line->front, hit};
    size_t at = line->bullet == 0 && line->form == LINE_UNTIMED &&
                        vocabulary_is_numeral(line->front.cp[line->start])
                    ? take_turn_number(&line->front, line->start)
                    : 0;

    if (at == 0 && line->bullet == 0 && line->form == LINE_UNTIMED)
        at = take_close_number(&line->front, line->start);

    if (at == 0 || !folded_is_cjk(line->front.cp[at]))
        return false;
    hit->label = (struct label_place){at, at};
    return match_text(&m, l->count - 1, at);
}

/* ▶ 언제부터 시행되나.: any bullet before East Asian words. */
static bool match_bullet(const struct layout *l, const struct line *line,
                         struct layout_hit *hit)
{
    struct match m = {l, line, &line->front, hit};

    if (line->bullet == 0 || line->form != LINE_UNTIMED || line->kind != BLOCK_PARAGRAPH ||
        !(folded_is_cjk(line->front.cp[line->start]) ||
          folded_is_digit(line->front.cp[line->start])))
        return false;
    hit->label = (struct label_place){line->start, line->start};
    return match_text(&m, l->count - 1, line->start);
}

/* "- 취임 소감은?": a hyphen and a blank, as before an item of a list. */
static bool match_hyphen(const struct layout *l, const struct line *line,
                         struct layout_hit *hit)
{
    const struct folded *f = &line->front;
    struct match m = {l, line, f, hit};

    if (line->bullet != 0 || line->start == line->body || f->cp[line->body] != '-')
        return false;
    hit->label = (struct label_place){line->start, line->start};
    return match_text(&m, l->count - 1, line->start);
}

static bool match_dash(const struct layout *l, const struct line *line, struct layout_hit *hit)
{
    const struct folded *f = &line->front;
    struct match m = {l, line, f, hit};
    size_t at = line->start;

    if (line->bullet != 0)
        return false;
    while (f->cp[at] == 0x2014 ||
           (f->cp[at] == '-' &&
            (at > line->start || f->cp[at + 1] == '-' || folded_is_cjk(f->cp[at + 1]))))
        at++;
    if (at == line->start)
        return false;
    at = skip_blanks(f, at);
    hit->label = (struct label_place){at, at};
    return f->cp[at] != 0 && match_text(&m, l->count - 1, at);
}

/* **Ann Lee** 0:12:30: a time without brackets that a colon or the end of the line follows. */
static size_t take_bare_time(struct match *m, size_t at)
{
    struct stamp stamp;
    size_t from = skip_blanks(m->f, at);
    size_t colon = stamp_parse_clock_and_colon(m->f, from, &stamp);
    size_t end = colon > 0 ? colon : stamp_parse(m->f, from, &stamp);
    uint32_t next = end > 0 ? m->f->cp[skip_blanks(m->f, end)] : 0;

    if (end == 0 || !stamp.has_clock || m->hit->has_time ||
        !(next == ':' || (next == 0 && m->f->whole)))
        return at;
    m->hit->time = stamp;
    m->hit->has_time = true;
    return end;
}

/* **Ann Lee** (chair) (0:12:30): skip what may come between the bold name and the words. */
static size_t skip_behind_bold(struct match *m, size_t at)
{
    const struct folded *f = m->f;
    size_t end = take_bare_time(m, take_inner_time(m, at));
    size_t open = skip_blanks(f, end);

    if (f->cp[open] == '(') {
        size_t close = open;
        size_t behind;

        while (f->cp[close] != 0 && f->cp[close] != ')')
            close++;
        behind = f->cp[close] == ')' ? take_inner_time(m, close + 1) : 0;
        if (behind > 0 && close - open < LABEL_MAX &&
            (behind > close + 1 || f->cp[skip_blanks(f, behind)] == ':')) {
            m->hit->role = (struct label_place){open + 1, close};
            end = behind;
        }
    }
    at = skip_blanks(f, end);
    return f->cp[at] == ':' ? at + 1 : end;
}

static bool match_bold(const struct layout *l, const struct line *line, struct layout_hit *hit)
{
    const struct folded *f = &line->front;
    struct match m = {l, line, f, hit};
    size_t end = line->start;

    if (line->bold_byte == 0)
        return false;
    while (end < f->count && f->at[end] < line->bold_byte)
        end++;
    if (end - line->start > LABEL_MAX || f->at[end] < line->bold_byte)
        return false;
    if (f->cp[end] == ',' || f->cp[end] == 0x3001 || f->cp[end] == '.') /* part of a sentence */
        return false;
    hit->label = (struct label_place){line->start, end};
    return match_text(&m, l->count - 1, skip_behind_bold(&m, end));
}

/* ◯수도사업소장  배도윤  words: the gap between office and name is as wide as the one before
 * the words. */
static void widen_to_name(struct match *m)
{
    const struct folded *f = m->f;
    size_t at = m->hit->label.end;
    size_t name, end;

    if (at > 0 && f->cp[at - 1] == ')') /* 議長（須藤茂君）　十二番　矢吹弥生君。 */
        return;
    name = end = skip_blanks(f, at);
    while (folded_is_cjk(f->cp[end]))
        end++;
    at = take_gap(f, end);
    if (end - name < 2 || end - name > 4 || at == 0)
        return;
    m->hit->label.end = end;
    m->hit->has_time = false;
    match_text(m, m->layout->count - 1, at);
}

/* "１番　白井久美子　　words": a single blank within the label, and a wider gap after it. */
static void widen_to_wider_gap(struct match *m)
{
    const struct folded *f = m->f;
    size_t at = m->hit->label.end + 1;
    size_t letters = 0;

    if (!folded_is_blank(f->cp[at - 1]) || folded_is_blank(f->cp[at]))
        return;
    while (letters <= WIDE_NAME_MAX &&
           (folded_is_cjk(f->cp[at]) ||
            (folded_is_blank(f->cp[at]) && !folded_is_blank(f->cp[at + 1])))) {
        letters += folded_is_cjk(f->cp[at]);
        at++;
    }
    if (letters < 2 || letters > WIDE_NAME_MAX || !folded_is_blank(f->cp[at]) ||
        f->cp[skip_blanks(f, at)] == 0)
        return;
    m->hit->label.end = at;
    m->hit->has_time = false;
    match_text(m, m->layout->count - 1, skip_blanks(f, at));
}

/* Magazines set questions in bold, in italics or as headings instead of using a dash. */
static bool is_set_apart(const struct line *line)
{
    return line->kind == BLOCK_HEADING ||
           (line->kind == BLOCK_PARAGRAPH && line->bullet == 0 && !line->joins &&
            (line->bold_byte >= line->text.length || line->italic));
}

static bool match_set_apart(const struct layout *l, const struct line *line,
                            struct layout_hit *hit)
{
    struct match m = {l, line, &line->front, hit};

    hit->label = (struct label_place){line->start, line->start};
    return match_text(&m, l->count - 1, line->start);
}

/* "Ms ALDER (Easton) (14:02)", "El presidente Raúl Robles (11:48 horas)": the last brackets of
 * a label say when. */
static void take_time_of_label(const struct folded *f, struct layout_hit *hit)
{
    size_t close = hit->label.end;
    struct stamp stamp;
    size_t open, end;

    if (hit->has_time || close == 0 || f->cp[close - 1] != ')')
        return;
    for (open = --close; open > hit->label.start && f->cp[open] != '('; open--)
        continue;
    if (open <= hit->label.start + 1)
        return;
    end = stamp_parse(f, open + 1, &stamp);
    if (end == 0 || !stamp.has_clock || stamp.has_date)
        return;
    for (close = end; folded_is_letter(f->cp[close]) || f->cp[close] == ' '; close++)
        continue;
    if (f->cp[close] != ')' || close - end > TIME_UNIT_MAX)
        return;
    hit->time = stamp;
    hit->has_time = true;
    hit->label.end = open;
}

/* Logs and lists of changes have times within lines too: "Mar 03 04:12:00 host", "Ada <a@b>
 * Thu, 04 Mar 2027 10:00:00 +0100". Between a name and words stands the time alone. */
static bool is_time_between(const struct match *m)
{
    const struct folded *f = m->f;
    struct label_place label = m->hit->label;
    char text[LABEL_MAX * UTF8_MAX_BYTES];
    size_t bytes = 0, at;
    bool digit = false;

    if (m->hit->time.has_date || m->hit->time.numeric || label.end - label.start >= LABEL_MAX)
        return false;
    for (at = label.start; at < label.end; at++) {
        digit |= folded_is_digit(f->cp[at]);
        if (!folded_is_letter(f->cp[at]) && !folded_is_digit(f->cp[at]) && f->cp[at] != ' ' &&
            f->cp[at] != '.' && f->cp[at] != '-' && f->cp[at] != '\'')
            return false;
        bytes += utf8_encode(f->cp[at], text + bytes);
    }
    if (digit && !vocabulary_is_voice(span_of(text, bytes)))
        return false;
    while (at < f->count && f->at[at] < m->hit->text_byte)
        at++;
    return folded_is_upper(f->cp[label.start]) && at > 0 && folded_is_blank(f->cp[at - 1]) &&
           ((folded_is_letter(f->cp[at]) && (!folded_is_lower(f->cp[at]) || digit)) ||
            f->cp[at] == '"' || f->cp[at] == 0x201C || f->cp[at] == '[' || f->cp[at] == '(');
}

bool layout_match(const struct layout *l, const struct line *line, struct layout_hit *hit)
{
    struct match m = {l, line, &line->front, hit};
    unsigned traits = l->row->traits;
    uint32_t cp = line->front.cp[line->start];

    if (line->only_time || cp == 0)
        return false;
    if (l->row == &rows[LAYOUT_ITEM]) {
        *hit = (struct layout_hit){.text_end = line->end_byte};
        return match_item(l, line, hit);
    }
    if (l->row == &rows[LAYOUT_HYPHEN] || l->row == &rows[LAYOUT_BULLET]) {
        *hit = (struct layout_hit){.text_end = line->end_byte};
        return l->row == &rows[LAYOUT_HYPHEN] ? match_hyphen(l, line, hit)
                                              : match_bullet(l, line, hit);
    }
    if ((traits & LAYOUT_DASH) != 0 && is_set_apart(line) && cp != 0x2014) {
        *hit = (struct layout_hit){.text_end = line->end_byte};
        return match_set_apart(l, line, hit);
    }
    if (!layout_may_match(l, line))
        return false;
    *hit = (struct layout_hit){.text_end = line->end_byte};
    if ((traits & LAYOUT_BOLD) != 0)
        return match_bold(l, line, hit);
    if ((traits & LAYOUT_DASH) != 0)
        return match_dash(l, line, hit);
    if (l->row == &rows[LAYOUT_REPORTED])
        return match_reported(l, line, hit);
    if ((traits & LAYOUT_CAPITALS) != 0)
        return l->elements[2].kind == ELEMENT_BLANK && l->elements[3].kind == ELEMENT_LITERAL
                   ? match_dot_dash(l, line, hit)
                   : match_dot(l, line, hit);
    if ((traits & LAYOUT_ONE_BLANK) != 0)
        return false;
    if (!match_from(&m, 0, line->start))
        return false;
    if (l->row == &rows[LAYOUT_TIME_BETWEEN] && !is_time_between(&m))
        return false;
    if (l->row == &rows[LAYOUT_GAP] && line->bullet != 0)
        widen_to_name(&m);
    else if (l->row == &rows[LAYOUT_GAP])
        widen_to_wider_gap(&m);
    else if (l->row == &rows[LAYOUT_COLON])
        take_time_of_label(&line->front, hit);
    if ((traits & LAYOUT_TIME_INSIDE) != 0 && l->elements[l->count - 1].kind == ELEMENT_END) {
        hit->text_byte = line->text.length;
        hit->text_end = line->text.length;
    }
    return true;
}

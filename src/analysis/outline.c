/* Outline: one pass over the segments, with a stack of the lists of points that are open in the
 * current turn. Invariant: a list removed from the stack is closed for good; a list of one
 * point is removed when it is closed, so that `items` then holds only lists of two points or
 * more. */
#include "shilu/analysis/outline.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/analysis/point_marker.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

enum { MAX_OPEN = 8, MAX_LEVEL = 200 };

struct open_list {
    enum point_family family;
    int last;     /* the number of its newest point */
    size_t first; /* its first point among the items */
    size_t points;
    bool finished; /* its "finally" has been seen */
};

struct pass {
    struct outline *out;
    const struct transcript *t;
    struct open_list open[MAX_OPEN];
    size_t depth;
    uint32_t speaker;  /* of the current turn */
    uint8_t level;     /* of points directly below the current question or statement */
    uint32_t exchange; /* the exchange that contains the current segment */
    size_t turn_items; /* number of items before the current turn */
    uint32_t turn_first;
    bool has_headings;
    uint32_t first, next, end; /* segments of all, and the next one to read */
    size_t at;                 /* bytes of its paragraph that were read */
    enum point_place place;    /* where that character is */
};

struct outline_making {
    struct outline outline;
    struct pass pass;
};

void outline_init(struct outline *o)
{
    *o = (struct outline){0};
}

void outline_release(struct outline *o)
{
    free(o->items);
    *o = (struct outline){0};
}

static struct outline_item *add_item(struct outline *o, enum outline_kind kind, uint8_t level,
                                     uint32_t segment, uint32_t byte)
{
    MEMORY_RESERVE(o->items, o->capacity, o->count + 1);
    o->items[o->count] = (struct outline_item){.kind = kind,
                                               .level = level,
                                               .segment = segment,
                                               .byte = byte,
                                               .exchange = EXCHANGE_NONE};
    return &o->items[o->count++];
}

/* A list of one point is not a list; points below it move up one level. */
static void drop_point(struct pass *p, size_t item)
{
    struct outline *o = p->out;
    uint8_t level = o->items[item].level;
    size_t i;

    for (i = item + 1; i < o->count && o->items[i].level > level; i++)
        o->items[i].level--;
    memmove(o->items + item, o->items + item + 1, (o->count - item - 1) * sizeof *o->items);
    o->count--;
}

static void close_lists(struct pass *p, size_t depth)
{
    while (p->depth > depth) {
        struct open_list *list = &p->open[--p->depth];

        if (list->points < 2)
            drop_point(p, list->first);
    }
}

static void add_point(struct pass *p, uint32_t segment, uint32_t byte,
                      const struct point_marker *m, int number)
{
    struct open_list *list = &p->open[p->depth - 1];
    struct outline_item *item = add_item(p->out, OUTLINE_POINT,
                                         (uint8_t)(p->level + p->depth - 1), segment, byte);

    item->number = (uint16_t)number;
    item->mark_bytes = (uint32_t)m->bytes;
    item->exchange = p->exchange;
    if (list->points++ == 0)
        list->first = p->out->count - 1;
    list->last = number;
    list->finished = m->number == POINT_LAST;
}

/* "First" in one family may be followed by "second" in another: 首先 … 第二 … */
static bool goes_on(const struct open_list *list, const struct point_marker *m)
{
    bool course = list->family == POINT_HAN_COURSE && m->family == POINT_HAN_ORDINAL;

    if (list->finished || (list->family != m->family && !course))
        return false;
    if (m->number == POINT_LAST)
        return list->last >= 1;
    return m->number == list->last + 1;
}

/* Most lists start at a sentence: "at first" is not a list. */
static bool starts_inside(enum point_family family)
{
    return family == POINT_HAN_IS || family == POINT_HAN_ORDINAL || family == POINT_CIRCLED ||
           family == POINT_HAN_BRACKET || family == POINT_DIGIT_BRACKET;
}

static void take_marker(struct pass *p, uint32_t segment, uint32_t byte,
                        const struct point_marker *m, enum point_place place)
{
    size_t depth = p->depth;

    while (depth > 0 && !goes_on(&p->open[depth - 1], m))
        depth--;
    if (depth > 0) {
        close_lists(p, depth);
        if (p->open[depth - 1].family != m->family)
            p->open[depth - 1].family = m->family;
        add_point(p, segment, byte, m,
                  m->number == POINT_LAST ? p->open[depth - 1].last + 1 : m->number);
        return;
    }
    if (m->number != 1 || (place < POINT_SENTENCE && !starts_inside(m->family)))
        return;
    for (depth = 0; depth < p->depth; depth++) {
        if (p->open[depth].family == m->family)
            break;
    }
    close_lists(p, depth);
    if (p->depth == MAX_OPEN || p->level + p->depth >= MAX_LEVEL)
        return;
    p->open[p->depth++] = (struct open_list){.family = m->family};
    add_point(p, segment, byte, m, 1);
}

static bool ends_sentence(uint32_t cp)
{
    switch (cp) {
    case '.':
    case '!':
    case '?':
    case ';':
    case ':':
    case 0x2026: /* … */
    case 0x3002: /* 。 */
    case 0xFF01:
    case 0xFF1A:
    case 0xFF1B:
    case 0xFF1F:
    case 0xFE55:
    case 0x2236:
    case 0x0964: /* the danda of Hindi */
    case 0x061F:
    case 0x06D4:
        return true;
    default:
        return false;
    }
}

/* Characters that neither end nor start a clause: the state before them is kept. */
static bool is_passed_over(uint32_t cp)
{
    return cp == ' ' || cp == '\t' || cp == 0x3000 || cp == 0xA0 || cp == '"' || cp == '\'' ||
           (cp >= 0x2018 && cp <= 0x201F) || (cp >= 0x300C && cp <= 0x300F) || cp == 0x2014 ||
           cp == 0x2022 || cp == 0x00B7;
}

static void move_place(struct pass *p, uint32_t cp)
{
    if (cp == '\n' || cp == '\r')
        p->place = POINT_LINE;
    else if (ends_sentence(cp))
        p->place = POINT_SENTENCE;
    else if (cp == ',' || cp == 0xFF0C || cp == 0x3001 || cp == 0x060C)
        p->place = POINT_CLAUSE;
    else if (!is_passed_over(cp))
        p->place = POINT_INSIDE;
}

/* Whether a byte may begin a character that ends a clause, or a circled number. */
static bool may_end_clause(unsigned char c)
{
    switch (c) {
    case '\n':
    case '\r':
    case '.':
    case '!':
    case '?':
    case ';':
    case ':':
    case ',':
    case 0xD8: /* Arabic */
    case 0xD9:
    case 0xDA:
    case 0xDB:
    case 0xE0: /* the danda */
    case 0xE2: /* …, ① */
    case 0xE3: /* 、。 */
    case 0xEF: /* fullwidth forms */
        return true;
    default:
        return false;
    }
}

/* Most characters are inside a clause: find the next one that may end it. */
static size_t skip_inside(const char *text, size_t bytes, size_t at)
{
    while (at < bytes && !may_end_clause((unsigned char)text[at]))
        at++;
    return at;
}

/* A paragraph is read as a whole, since a caption may end inside the words that number a point;
 * a giant one in several goes of about `limit` bytes. False: there is more of it. */
static bool scan_paragraph(struct pass *p, uint32_t first, uint32_t end, size_t limit)
{
    uint64_t arena_byte = transcript_segment(p->t, first)->text_byte;
    size_t bytes;
    const char *text = transcript_joined(p->t, first, end, &bytes);
    size_t at = p->at < bytes ? p->at : bytes;
    size_t stop = bytes - at > limit ? at + limit : bytes;

    while (at < stop) {
        struct point_marker m;
        enum point_place place = p->place;
        uint32_t cp;

        if (place == POINT_INSIDE) {
            at = skip_inside(text, bytes, at);
            if (at == bytes)
                break;
        }
        if (point_marker_read(span_of(text + at, bytes - at), place, &m)) {
            uint32_t segment = transcript_segment_at_byte(p->t, arena_byte + at);

            take_marker(
                p, segment,
                (uint32_t)(arena_byte + at - transcript_segment(p->t, segment)->text_byte), &m,
                place);
            at += m.bytes;
            p->place = POINT_INSIDE;
            continue;
        }
        at += utf8_decode(text + at, bytes - at, &cp);
        move_place(p, cp);
    }
    p->at = at;
    return at >= bytes;
}

/* A turn outside all questions is listed only if it has points. */
static void end_turn(struct pass *p)
{
    struct outline *o = p->out;
    size_t at = p->turn_items;

    close_lists(p, 0);
    if (p->exchange != EXCHANGE_NONE || at >= o->count || o->items[at].kind != OUTLINE_POINT)
        return;
    add_item(o, OUTLINE_STATEMENT, (uint8_t)(p->level - 1), p->turn_first, 0);
    memmove(o->items + at + 1, o->items + at, (o->count - 1 - at) * sizeof *o->items);
    o->items[at] = (struct outline_item){.kind = OUTLINE_STATEMENT,
                                         .level = (uint8_t)(p->level - 1),
                                         .segment = p->turn_first,
                                         .exchange = EXCHANGE_NONE};
}

static void start_turn(struct pass *p, uint32_t segment)
{
    p->turn_items = p->out->count;
    p->turn_first = segment;
    p->speaker = transcript_segment(p->t, segment)->speaker;
}

static void take_question(struct pass *p, uint32_t segment, uint8_t level)
{
    struct outline_item *item = add_item(p->out, OUTLINE_QUESTION, level, segment, 0);

    item->exchange = p->exchange;
    item->number = (uint16_t)(p->exchange < UINT16_MAX ? p->exchange + 1 : UINT16_MAX);
    p->turn_items = p->out->count;
}

static void number_lists(struct outline *o)
{
    uint32_t lists[MAX_LEVEL + MAX_OPEN] = {0};
    size_t i;

    for (i = 0; i < o->count; i++) {
        struct outline_item *item = &o->items[i];

        if (item->kind != OUTLINE_POINT)
            continue;
        if (item->number == 1)
            lists[item->level] = o->lists++;
        item->list = lists[item->level];
    }
}

static uint64_t place_of(const struct transcript *t, const struct outline_item *item)
{
    return transcript_segment(t, item->segment)->text_byte + item->byte;
}

/* The words of an item end where the next one starts; a statement and its first point start at
 * the same place. */
static void measure_items(struct outline *o, const struct transcript *t)
{
    uint64_t next = UINT64_MAX;

    for (size_t i = o->count; i > 0; i--) {
        struct outline_item *item = &o->items[i - 1];
        uint64_t place = place_of(t, item);
        uint64_t bytes;

        if (i < o->count && place_of(t, &o->items[i]) > place)
            next = place_of(t, &o->items[i]);
        bytes = next - place;
        item->bytes = bytes < UINT32_MAX ? (uint32_t)bytes : UINT32_MAX;
    }
}

static void start(struct pass *p, struct outline *o, const struct transcript *t, uint32_t first,
                  uint32_t end)
{
    *p = (struct pass){.out = o,
                       .t = t,
                       .speaker = SPEAKER_NONE,
                       .exchange = EXCHANGE_NONE,
                       .first = first,
                       .next = first,
                       .end = end};
    o->count = 0;
    o->lists = 0;
}

/* What starts with the next segment. */
static void start_paragraph(struct pass *p, bool heading)
{
    uint32_t i = p->next;
    uint32_t exchange = heading ? EXCHANGE_NONE : transcript_exchange_of(p->t, i);

    p->place = POINT_LINE;
    if (i > p->first && !heading && transcript_segment(p->t, i)->speaker == p->speaker &&
        exchange == p->exchange)
        return;
    if (i > p->first)
        end_turn(p);
    p->has_headings = p->has_headings || heading;
    p->level = (uint8_t)(p->has_headings ? 2 : 1);
    if (heading)
        add_item(p->out, OUTLINE_HEADING, 0, i, 0);
    start_turn(p, i);
    if (exchange == p->exchange)
        return;
    p->exchange = exchange;
    if (exchange != EXCHANGE_NONE)
        take_question(p, i, (uint8_t)(p->level - 1));
}

/* Read the next paragraph, or about `limit` bytes of it. False if none is left. */
static bool read_on(struct pass *p, size_t limit)
{
    bool heading;
    uint32_t end;

    if (p->next >= p->end)
        return false;
    heading = transcript_segment(p->t, p->next)->kind == SEGMENT_HEADING;
    end = transcript_paragraph_end(p->t, p->next);
    if (p->at == 0)
        start_paragraph(p, heading);
    if (heading || scan_paragraph(p, p->next, end, limit)) {
        p->next = end;
        p->at = 0;
    }
    return true;
}

static void finish(struct pass *p)
{
    if (p->end > p->first)
        end_turn(p);
    number_lists(p->out);
    measure_items(p->out, p->t);
}

void outline_make(struct outline *o, const struct transcript *t)
{
    outline_make_part(o, t, 0, (uint32_t)transcript_count(t));
}

void outline_make_part(struct outline *o, const struct transcript *t, uint32_t first,
                       uint32_t count)
{
    struct pass p;

    start(&p, o, t, first, count);
    while (read_on(&p, SIZE_MAX))
        continue;
    finish(&p);
}

/* ------------------------------------------------------------------------------ in steps */

/* The clock is looked at after so many bytes or paragraphs. */
enum { STEP_BYTES = 4096, STEP_PARAGRAPHS = 64 };

struct outline_making *outline_making_new(const struct transcript *t)
{
    struct outline_making *m = memory_zalloc(1, sizeof *m);

    start(&m->pass, &m->outline, t, 0, (uint32_t)transcript_count(t));
    return m;
}

bool outline_making_step(struct outline_making *m, int64_t budget_ms)
{
    int64_t until_ms = clock_monotonic_ms() + budget_ms;

    do {
        for (int i = 0; i < STEP_PARAGRAPHS; i++)
            if (!read_on(&m->pass, STEP_BYTES))
                return false;
    } while (clock_monotonic_ms() < until_ms);
    return true;
}

unsigned outline_making_percent(const struct outline_making *m)
{
    const struct pass *p = &m->pass;
    uint64_t all, done;

    transcript_arena(p->t, &all);
    if (p->next >= p->end || all == 0)
        return 100;
    done = transcript_segment(p->t, p->next)->text_byte + p->at;
    return (unsigned)(done * 100 / all);
}

void outline_making_take(struct outline_making *m, struct outline *o)
{
    finish(&m->pass);
    *o = m->outline;
    free(m);
}

void outline_making_free(struct outline_making *m)
{
    if (m == NULL)
        return;
    outline_release(&m->outline);
    free(m);
}

/* Marks between a point's number and its words. */
static bool is_mark(uint32_t cp)
{
    return cp == ' ' || cp == ',' || cp == ':' || cp == '.' || cp == ';' || cp == '\n' ||
           cp == 0x3001 || cp == 0xFF0C || cp == 0xFF1A || cp == 0x3000;
}

/* 其一，（1） */
static bool ends_in_wide_mark(struct span mark)
{
    uint32_t cp = 0;
    size_t last = mark.length > 0 ? utf8_floor(mark.data, mark.length, mark.length - 1) : 0;

    if (mark.length > 0)
        utf8_decode(mark.data + last, mark.length - last, &cp);
    return cp == 0x3001 || (cp >= 0xFF08 && cp <= 0xFF1B);
}

void outline_mark(const struct outline_item *item, const struct transcript *t,
                  struct buffer *out)
{
    size_t length;
    const char *text = transcript_joined(t, item->segment,
                                         transcript_paragraph_end(t, item->segment), &length);
    struct span mark = span_of(text + item->byte, item->mark_bytes);
    struct span behind = span_of(mark.data + mark.length, length - item->byte - mark.length);
    uint32_t cp = 0;

    if (behind.length > 0)
        behind.length = utf8_decode(behind.data, behind.length, &cp);
    buffer_append(out, mark.data, mark.length);
    if (is_mark(cp) && cp != ' ' && cp != '\n' && cp != 0x3000)
        buffer_append(out, behind.data, behind.length);
    /* 一つ目は and markers that end in a wide mark need no blank. */
    if ((!is_mark(cp) || cp < 0x3000) && !(cp >= 0x3041 && cp <= 0x30FF) &&
        !ends_in_wide_mark(mark))
        buffer_append_char(out, ' ');
}

/* Whether the speaker of a turn has an earlier turn in the exchange. */
static bool has_spoken(const struct transcript *t, struct exchange e, uint32_t turn)
{
    uint32_t speaker = transcript_turn(t, turn)->speaker;

    for (uint32_t i = transcript_turn_of(t, e.first); i < turn; i++)
        if (transcript_turn(t, i)->speaker == speaker)
            return true;
    return false;
}

uint32_t outline_answerer(const struct outline_item *item, const struct transcript *t,
                          uint32_t *segment)
{
    struct exchange e = {0, 0};

    if (item->exchange != EXCHANGE_NONE)
        e = transcript_exchange(t, item->exchange);
    while (*segment < e.end) {
        uint32_t at = *segment;
        uint32_t number = transcript_turn_of(t, at);
        const struct turn *turn = transcript_turn(t, number);

        *segment = turn->end;
        if (turn->speaker != SPEAKER_NONE && transcript_kind(t, at) == SEGMENT_ANSWER &&
            !has_spoken(t, e, number))
            return turn->speaker;
    }
    return SPEAKER_NONE;
}

void outline_words(const struct outline_item *item, const struct transcript *t, size_t bytes,
                   struct buffer *out)
{
    size_t length;
    const char *text = transcript_joined(t, item->segment,
                                         transcript_paragraph_end(t, item->segment), &length);
    size_t at = (size_t)item->byte + item->mark_bytes;
    uint32_t cp;

    if (length > (size_t)item->byte + item->bytes)
        length = (size_t)item->byte + item->bytes;
    while (at < length) {
        size_t count = utf8_decode(text + at, length - at, &cp);

        if (!is_mark(cp))
            break;
        at += count;
    }
    length -= at;
    if (length > bytes)
        length = utf8_floor(text + at, length, bytes);
    buffer_append(out, text + at, span_trim_back(span_of(text + at, length)).length);
}

size_t outline_at(const struct outline *o, uint32_t segment, uint32_t byte)
{
    size_t low = 0;
    size_t high = o->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct outline_item *item = &o->items[middle];

        if (item->segment < segment || (item->segment == segment && item->byte <= byte))
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : o->count;
}

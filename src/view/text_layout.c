/* Text layout. The cache holds the units around the screen; one is rebuilt when the measure,
 * the selection or its own extent has changed.
 *
 * Invariant: two adjacent units never share a segment, except the chunks of a giant one. */
#include "view/text_layout.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/analysis/outline.h"
#include "shilu/base/memory.h"
#include "shilu/base/sorted.h"
#include "shilu/text/repeat_detect.h"
#include "shilu/text/text_chunk.h"
#include "shilu/text/utf8.h"

/* POINT_COLUMNS: indent of points, unless the line is short. In a turn with more segments or
 * bytes they are not searched for; the outline has them. */
enum {
    POINT_COLUMNS = 2,
    POINTS_FROM_COLUMNS = 30,
    POINTS_SEGMENTS_MAX = 2000,
    POINTS_BYTES_MAX = 512 * 1024
};
enum { MAX_FACT_ROWS = 40, CACHE_UNITS = 128, MATCH_REACH = 512 };

/* The numbered points of the turn that was asked for last. */
struct turn_points {
    struct outline outline;
    uint32_t first; /* segments [first, end) */
    uint32_t end;
    unsigned version;
};

struct text_layout {
    const struct reader_state *reading;
    struct turn_points points;
    int columns;
    uint64_t clock;
    struct text_layout_unit cache[CACHE_UNITS];
};

struct text_layout *text_layout_new(const struct reader_state *r)
{
    struct text_layout *f = memory_zalloc(1, sizeof *f);

    f->reading = r;
    f->columns = 80;
    return f;
}

void text_layout_free(struct text_layout *f)
{
    size_t i;

    if (f == NULL)
        return;
    outline_release(&f->points.outline);
    for (i = 0; i < CACHE_UNITS; i++) {
        buffer_release(&f->cache[i].text);
        display_release(&f->cache[i].display);
        wrap_release(&f->cache[i].wrap);
        free(f->cache[i].pieces);
        free(f->cache[i].matches);
    }
    free(f);
}

void text_layout_set_columns(struct text_layout *f, int columns)
{
    f->columns = columns < 2 ? 2 : columns;
}

int text_layout_columns(const struct text_layout *f)
{
    return f->columns;
}

/* The paragraph around a segment, as far as it is selected. */
static uint32_t unit_first(const struct text_layout *f, uint32_t segment)
{
    return selection_unit_first(&f->reading->selection, f->reading->transcript, segment);
}

static uint32_t unit_end(const struct text_layout *f, uint32_t segment)
{
    return selection_unit_end(&f->reading->selection, f->reading->transcript, segment);
}

static uint32_t block_count_of(const struct text_layout *f, uint32_t segment)
{
    size_t bytes;

    transcript_text(f->reading->transcript, segment, &bytes);
    return (uint32_t)text_chunk_count(bytes);
}

/* Only a paragraph of a single segment is divided into blocks; those of captions are always
 * short. */
static uint32_t last_block(const struct text_layout *f, uint32_t first)
{
    return unit_end(f, first) > first + 1 ? 0 : block_count_of(f, first) - 1;
}

static uint32_t before(const struct text_layout *f, uint32_t segment)
{
    if (segment == 0)
        return SEGMENT_NONE;
    return reader_state_at_or_before(f->reading, segment - 1);
}

static void add_piece(struct text_layout_unit *u, uint32_t segment, uint32_t offset)
{
    MEMORY_RESERVE(u->pieces, u->piece_capacity, u->piece_count + 1);
    u->pieces[u->piece_count++] = (struct text_layout_piece){segment, (uint32_t)u->text.bytes,
                                                             offset};
}

static void gather_block(const struct text_layout *f, struct text_layout_unit *u)
{
    size_t bytes;
    const char *text = transcript_text(f->reading->transcript, u->first, &bytes);
    size_t start = text_chunk_start(text, bytes, u->block);
    size_t end = text_chunk_start(text, bytes, (size_t)u->block + 1);

    add_piece(u, u->first, (uint32_t)start);
    buffer_append(&u->text, text + start, end - start);
}

static void gather_pieces(const struct text_layout *f, struct text_layout_unit *u)
{
    const struct transcript *t = f->reading->transcript;
    uint64_t start = transcript_segment(t, u->first)->text_byte;
    size_t bytes;
    const char *text = transcript_joined(t, u->first, u->end, &bytes);
    uint32_t i;

    for (i = u->first; i < u->end; i++) {
        MEMORY_RESERVE(u->pieces, u->piece_capacity, u->piece_count + 1);
        u->pieces[u->piece_count++] = (struct text_layout_piece){
            .segment = i, .byte = (uint32_t)(transcript_segment(t, i)->text_byte - start)};
    }
    buffer_append(&u->text, text, bytes);
}

/* The piece of a unit that contains a byte of its text. */
static const struct text_layout_piece *piece_at(const struct text_layout_unit *u, uint32_t byte)
{
    size_t behind = SORTED_UP_TO(struct text_layout_piece, byte, u->pieces, u->piece_count,
                                 byte);

    return &u->pieces[behind > 0 ? behind - 1 : 0];
}

/* Copy a run of the unfolded text together with its pieces. */
static void keep_run(struct text_layout_unit *u, const struct text_layout_unit *whole,
                     uint32_t from, uint32_t to)
{
    size_t i;

    for (i = 0; i < whole->piece_count && whole->pieces[i].byte < to; i++) {
        const struct text_layout_piece *p = &whole->pieces[i];
        uint32_t end = i + 1 < whole->piece_count ? p[1].byte : (uint32_t)whole->text.bytes;
        uint32_t start = p->byte > from ? p->byte : from;

        if (end <= from || start >= to)
            continue;
        MEMORY_RESERVE(u->pieces, u->piece_capacity, u->piece_count + 1);
        u->pieces[u->piece_count++] = (struct text_layout_piece){
            .segment = p->segment,
            .byte = (uint32_t)u->text.bytes + start - from,
            .offset = p->offset + start - p->byte};
    }
    buffer_append(&u->text, whole->text.data + from, to - from);
}

/* Replaces a repetition by the number of times it was said. Its piece is the first one left
 * out. */
static void put_mark(struct text_layout_unit *u, const struct text_layout_unit *whole,
                     const struct repetition *r)
{
    const struct text_layout_piece *p = piece_at(whole, r->byte);
    bool parted = r->byte_end == whole->text.bytes || whole->text.data[r->byte_end] == ' ';

    add_piece(u, p->segment, p->offset + r->byte - p->byte);
    u->pieces[u->piece_count - 1].is_mark = true;
    buffer_append_format(&u->text, " [\xC3\x97%u]%s", (unsigned)r->times, parted ? "" : " ");
}

static bool is_of_pieces(const struct text_layout *f, const struct text_layout_unit *u)
{
    return (transcript_segment(f->reading->transcript, u->first)->flags & SEGMENT_PIECE) != 0;
}

static void fold_repetitions(const struct text_layout *f, struct text_layout_unit *u)
{
    struct repetition *r = NULL;
    struct text_layout_unit whole;
    uint32_t from = 0;
    size_t count = 0;
    size_t i;

    if (!f->reading->unfolded && is_of_pieces(f, u))
        r = repeat_detect_find(buffer_string(&u->text), u->text.bytes, &count);
    if (count == 0)
        return;
    whole = *u;
    u->text = (struct buffer){0};
    u->pieces = NULL;
    u->piece_count = u->piece_capacity = 0;
    for (i = 0; i < count; i++) {
        keep_run(u, &whole, from, r[i].byte);
        put_mark(u, &whole, &r[i]);
        from = r[i].byte_end;
    }
    keep_run(u, &whole, from, (uint32_t)whole.text.bytes);
    buffer_release(&whole.text);
    free(whole.pieces);
    free(r);
}

/* A name too long for a row continues in a second one. In a narrow window the number of a
 * question precedes it. */
static int heading_rows(const struct text_layout *f, uint32_t segment)
{
    const struct transcript *t = f->reading->transcript;
    uint32_t speaker = transcript_segment(t, segment)->speaker;
    const char *name = speaker != SPEAKER_NONE ? transcript_speaker_at(t, speaker)->name : "";
    int columns = display_columns(f->reading->width, name, strlen(name)) +
                  (f->reading->shapes ? SHAPE_COLUMNS : 0);

    /* The record names nobody, and times, if any, are beside the words. */
    if (transcript_lists_nobody(t) &&
        (transcript_time_base(t) == TIME_BASE_NONE ||
         (f->columns >= NARROW_COLUMNS && transcript_timed_count(t) * 2 > transcript_count(t))))
        return 0;
    if (f->columns < NARROW_COLUMNS && transcript_kind(t, segment) == SEGMENT_QUESTION)
        columns += QUESTION_COLUMNS;
    return columns > f->columns ? 2 : 1;
}

/* Facts come before the first words of the record, one per row, with a blank row below. */
static void lead_by(const struct text_layout *f, struct text_layout_unit *u)
{
    const struct transcript *t = f->reading->transcript;
    uint32_t previous = before(f, u->first);
    size_t facts = u->first == 0 ? transcript_fact_count(t) : 0;

    u->is_section = transcript_segment(t, u->first)->kind == SEGMENT_HEADING;
    u->fact_rows = 0;
    u->lead_rows = 0;
    u->heading_rows = 0;
    if (u->block > 0)
        return;
    u->fact_rows = (int)(facts < MAX_FACT_ROWS ? facts : MAX_FACT_ROWS);
    if (previous == SEGMENT_NONE)
        u->lead_rows = u->fact_rows + (u->fact_rows > 0);
    else if (u->is_section)
        u->lead_rows = transcript_segment(t, previous)->kind != SEGMENT_HEADING;
    else if (transcript_turn_of(t, previous) != transcript_turn_of(t, u->first))
        u->lead_rows = 1;
    else
        return;
    u->heading_rows = u->is_section ? 0 : heading_rows(f, u->first);
    u->lead_rows += u->heading_rows;
}

/* Whether the points of a turn can be found within the time of a frame. */
static bool is_short(const struct transcript *t, const struct turn *turn)
{
    const struct segment *last = transcript_segment(t, turn->end - 1);

    return turn->end - turn->first <= POINTS_SEGMENTS_MAX &&
           last->text_byte + last->text_bytes - transcript_segment(t, turn->first)->text_byte <=
               POINTS_BYTES_MAX;
}

static const struct outline *points_of(struct text_layout *f, uint32_t segment)
{
    const struct transcript *t = f->reading->transcript;
    const struct turn *turn = transcript_turn(t, transcript_turn_of(t, segment));
    struct turn_points *p = &f->points;

    if (!is_short(t, turn))
        return NULL;
    if (p->first == turn->first && p->end == turn->end &&
        p->version == f->reading->selection_version)
        return &p->outline;
    outline_make_part(&p->outline, t, turn->first, turn->end);
    p->first = turn->first;
    p->end = turn->end;
    p->version = f->reading->selection_version;
    return &p->outline;
}

/* Let the glyph at this byte of the text, if any, begin a line. */
static void start_line(struct text_layout_unit *u, uint32_t byte)
{
    size_t at = SORTED_BELOW(struct glyph, byte, u->display.glyphs, u->display.count, byte);

    if (at < u->display.count && u->display.glyphs[at].byte == byte)
        u->display.glyphs[at].flags |= GLYPH_START;
}

/* Numbered points begin lines of their own. Returns the byte of the first, or SIZE_MAX. */
static size_t mark_points(struct text_layout *f, struct text_layout_unit *u)
{
    const struct outline *o = u->is_section ? NULL : points_of(f, u->first);
    size_t first = SIZE_MAX;

    for (size_t i = 0; o != NULL && i < o->count; i++) {
        const struct outline_item *item = &o->items[i];

        if (item->kind != OUTLINE_POINT || item->segment < u->first || item->segment >= u->end)
            continue;
        for (size_t k = 0; k < u->piece_count; k++) {
            const struct text_layout_piece *piece = &u->pieces[k];
            uint32_t end = k + 1 < u->piece_count ? piece[1].byte : (uint32_t)u->text.bytes;
            uint32_t byte = piece->byte + item->byte - piece->offset;

            if (piece->segment != item->segment || piece->is_mark ||
                item->byte < piece->offset || byte >= end)
                continue;
            start_line(u, byte);
            first = byte < first ? byte : first;
        }
    }
    return first;
}

static void make_unit(struct text_layout *f, struct text_layout_unit *u, uint32_t first,
                      uint32_t end, uint32_t block)
{
    size_t point;

    u->first = first;
    u->end = end;
    u->block = block;
    u->columns = f->columns;
    u->selection_version = f->reading->selection_version;
    u->matches_made = false;
    u->piece_count = 0;
    buffer_clear(&u->text);
    if (end == first + 1)
        gather_block(f, u);
    else
        gather_pieces(f, u);
    u->unfolded = f->reading->unfolded;
    u->shapes = f->reading->shapes;
    fold_repetitions(f, u);
    lead_by(f, u);
    display_make(&u->display, f->reading->width, buffer_string(&u->text), u->text.bytes);
    point = mark_points(f, u);
    u->has_points = point != SIZE_MAX && f->columns >= POINTS_FROM_COLUMNS;
    wrap_fill(&u->wrap, &u->display, buffer_string(&u->text), u->text.bytes,
              f->columns - (u->has_points ? POINT_COLUMNS : 0),
              transcript_get(f->reading->transcript, FIELD_LANGUAGE));
    u->point_line = u->has_points ? wrap_line_of(&u->wrap, (uint32_t)point) : 0;
}

static struct text_layout_unit *unit(struct text_layout *f, uint32_t first, uint32_t block)
{
    uint32_t end = unit_end(f, first);
    struct text_layout_unit *oldest = &f->cache[0];
    size_t i;

    f->clock++;
    for (i = 0; i < CACHE_UNITS; i++) {
        struct text_layout_unit *u = &f->cache[i];

        if (u->used > 0 && u->first == first && u->block == block && u->end == end &&
            u->columns == f->columns && u->unfolded == f->reading->unfolded &&
            u->shapes == f->reading->shapes &&
            u->selection_version == f->reading->selection_version) {
            u->used = f->clock;
            return u;
        }
        if (u->used < oldest->used)
            oldest = u;
    }
    make_unit(f, oldest, first, end, block);
    oldest->used = f->clock;
    return oldest;
}

static int unit_rows(const struct text_layout_unit *u)
{
    return u->lead_rows + (int)u->wrap.count;
}

bool text_layout_first(struct text_layout *f, struct text_layout_place *place)
{
    uint32_t segment = reader_state_at_or_after(f->reading, 0);

    if (segment == SEGMENT_NONE)
        return false;
    *place = (struct text_layout_place){.segment = segment};
    return true;
}

bool text_layout_last(struct text_layout *f, struct text_layout_place *place)
{
    uint32_t segment = before(f, (uint32_t)transcript_count(f->reading->transcript));

    if (segment == SEGMENT_NONE)
        return false;
    place->segment = unit_first(f, segment);
    place->block = last_block(f, place->segment);
    place->row = unit_rows(unit(f, place->segment, place->block)) - 1;
    return true;
}

/* The position of a segment's byte in the unit's text; for folded words, that of their mark. */
static uint32_t byte_in_unit(const struct text_layout_unit *u, uint32_t segment, uint32_t byte)
{
    const struct text_layout_piece *p = u->pieces;
    const struct text_layout_piece *end = u->pieces + u->piece_count;
    uint32_t length;

    while (p + 1 < end &&
           (p[1].segment < segment || (p[1].segment == segment && p[1].offset <= byte)))
        p++;
    length = (p + 1 < end ? p[1].byte : (uint32_t)u->text.bytes) - p->byte;
    if (p->segment != segment || byte < p->offset)
        return p->byte;
    byte -= p->offset;
    return p->byte + (byte < length || length == 0 ? byte : length - 1);
}

bool text_layout_find(struct text_layout *f, uint32_t segment, uint32_t byte,
                      struct text_layout_place *place)
{
    const struct transcript *t = f->reading->transcript;
    uint32_t taken = reader_state_at_or_after(f->reading, segment);
    const struct text_layout_unit *u;
    size_t bytes;
    const char *text;

    if (taken == SEGMENT_NONE)
        taken = reader_state_at_or_before(f->reading, segment);
    if (taken == SEGMENT_NONE)
        return false;
    if (taken != segment)
        byte = 0;
    text = transcript_text(t, taken, &bytes);
    place->segment = unit_first(f, taken);
    place->block = place->segment == taken && unit_end(f, taken) == taken + 1
                       ? (uint32_t)text_chunk_of(text, bytes, byte)
                       : 0;
    u = unit(f, place->segment, place->block);
    byte = byte_in_unit(u, taken, byte);
    place->row = u->lead_rows + (int)wrap_line_of(&u->wrap, byte);
    return true;
}

static bool next_unit(struct text_layout *f, struct text_layout_place *place)
{
    uint32_t end = unit_end(f, place->segment);

    if (end == place->segment + 1 && place->block < last_block(f, place->segment)) {
        place->block++;
    } else {
        uint32_t next = reader_state_at_or_after(f->reading, end);

        if (next == SEGMENT_NONE)
            return false;
        place->segment = next;
        place->block = 0;
    }
    place->row = 0;
    return true;
}

static bool previous_unit(struct text_layout *f, struct text_layout_place *place)
{
    if (place->block > 0) {
        place->block--;
    } else {
        uint32_t previous = before(f, place->segment);

        if (previous == SEGMENT_NONE)
            return false;
        place->segment = unit_first(f, previous);
        place->block = last_block(f, place->segment);
    }
    place->row = unit_rows(unit(f, place->segment, place->block)) - 1;
    return true;
}

static int move_down(struct text_layout *f, struct text_layout_place *place, int rows)
{
    int moved = 0;

    while (moved < rows) {
        int left = unit_rows(unit(f, place->segment, place->block)) - 1 - place->row;
        int step = rows - moved < left ? rows - moved : left;

        place->row += step;
        moved += step;
        if (moved == rows || !next_unit(f, place))
            break;
        moved++;
    }
    return moved;
}

static int move_up(struct text_layout *f, struct text_layout_place *place, int rows)
{
    int moved = 0;

    while (moved < rows) {
        int step = rows - moved < place->row ? rows - moved : place->row;

        place->row -= step;
        moved += step;
        if (moved == rows || !previous_unit(f, place))
            break;
        moved++;
    }
    return moved;
}

int text_layout_move(struct text_layout *f, struct text_layout_place *place, int rows)
{
    int last = unit_rows(unit(f, place->segment, place->block)) - 1;

    if (place->row > last) /* a paragraph that has grown may be shorter, if it was folded */
        place->row = last;
    return rows >= 0 ? move_down(f, place, rows) : -move_up(f, place, -rows);
}

int text_layout_distance(struct text_layout *f, struct text_layout_place a,
                         const struct text_layout_place *b, int most)
{
    int rows = 0;

    while (rows < most && (a.segment != b->segment || a.block != b->block)) {
        rows += unit_rows(unit(f, a.segment, a.block)) - a.row;
        if (!next_unit(f, &a))
            return most;
    }
    rows += b->row - a.row;
    return rows < most ? rows : most;
}

bool text_layout_row(struct text_layout *f, const struct text_layout_place *place,
                     struct text_layout_row *row)
{
    const struct text_layout_unit *u;
    const struct text_layout_piece *piece;
    uint32_t byte;

    if (place->segment >= transcript_count(f->reading->transcript))
        return false;
    u = unit(f, place->segment, place->block);
    if (place->row >= unit_rows(u))
        return false;
    row->unit = u;
    row->line = place->row < u->lead_rows ? 0 : (size_t)(place->row - u->lead_rows);
    row->kind = place->row >= u->lead_rows                     ? TEXT_LAYOUT_LINE
                : place->row < u->fact_rows                    ? TEXT_LAYOUT_FACT
                : place->row >= u->lead_rows - u->heading_rows ? TEXT_LAYOUT_HEADING
                                                               : TEXT_LAYOUT_BLANK;
    row->heading = place->row - (u->lead_rows - u->heading_rows);
    row->indent = row->kind == TEXT_LAYOUT_LINE && u->has_points && row->line >= u->point_line
                      ? POINT_COLUMNS
                      : 0;
    row->fact = row->kind == TEXT_LAYOUT_FACT ? (size_t)place->row : 0;
    byte = row->kind == TEXT_LAYOUT_LINE ? u->wrap.lines[row->line].byte : 0;
    piece = piece_at(u, byte);
    row->segment = piece->segment;
    row->byte = byte - piece->byte + piece->offset;
    return true;
}

/* Time for one unit if the query is a pattern; later hits are not shown. */
enum { MATCH_MS = 2 };

/* Add a hit between these bytes of a unit's text. A hit in folded words covers their whole
 * mark, which several hits may do. */
static void add_match(struct text_layout_unit *u, uint32_t byte, uint32_t last_byte,
                      bool current)
{
    struct text_layout_match *last = u->match_count > 0 ? &u->matches[u->match_count - 1]
                                                        : NULL;
    const struct text_layout_piece *from = piece_at(u, byte);
    const struct text_layout_piece *to = piece_at(u, last_byte);
    uint32_t end = last_byte + 1;

    if (from->is_mark)
        byte = from->byte;
    if (to->is_mark)
        end = to + 1 < u->pieces + u->piece_count ? to[1].byte : (uint32_t)u->text.bytes;
    if (last != NULL && byte < last->byte_end) {
        last->current |= current;
        last->byte_end = end > last->byte_end ? end : last->byte_end;
        return;
    }
    MEMORY_RESERVE(u->matches, u->match_capacity, u->match_count + 1);
    u->matches[u->match_count++] = (struct text_layout_match){byte, end, current};
}

static bool is_current(const struct text_layout *f, uint32_t segment, size_t byte)
{
    const struct hit *hit = &f->reading->hit;

    return f->reading->has_hit && hit->segment == segment && hit->byte == byte;
}

/* Hits in a chunk; some bytes around it are searched too, so that a hit across its edge is
 * shown on both sides. */
static void match_block(struct text_layout *f, struct text_layout_unit *u)
{
    size_t bytes;
    const char *text = transcript_text(f->reading->transcript, u->first, &bytes);
    size_t start = text_chunk_start(text, bytes, u->block);
    size_t end = text_chunk_start(text, bytes, (size_t)u->block + 1);
    size_t from = utf8_floor(text, bytes, start > MATCH_REACH ? start - MATCH_REACH : 0);
    size_t to = end + MATCH_REACH < bytes ? utf8_floor(text, bytes, end + MATCH_REACH) : bytes;
    struct match m = {0, 0};

    while (matcher_find(f->reading->matcher, text + from, to - from, m.end, &m)) {
        size_t first = from + m.start > start ? from + m.start : start;
        size_t last = from + m.end < end ? from + m.end : end;

        if (from + m.start >= end)
            break;
        if (last > start)
            add_match(u, byte_in_unit(u, u->first, (uint32_t)first),
                      byte_in_unit(u, u->first, (uint32_t)last - 1),
                      is_current(f, u->first, from + m.start));
    }
}

/* Hits in the words of the unit before folding. */
static void match_paragraph(struct text_layout *f, struct text_layout_unit *u)
{
    const struct transcript *t = f->reading->transcript;
    uint64_t start = transcript_segment(t, u->first)->text_byte;
    size_t bytes;
    const char *text = transcript_joined(t, u->first, u->end, &bytes);
    uint32_t segment = u->first;
    struct match m = {0, 0};

    while (matcher_find(f->reading->matcher, text, bytes, m.end, &m)) {
        uint32_t last;
        uint32_t from;
        uint32_t to;
        size_t byte;

        while (segment + 1 < u->end &&
               transcript_segment(t, segment + 1)->text_byte - start <= m.start)
            segment++;
        last = segment;
        while (last + 1 < u->end && transcript_segment(t, last + 1)->text_byte - start < m.end)
            last++;
        byte = m.start - (size_t)(transcript_segment(t, segment)->text_byte - start);
        from = byte_in_unit(u, segment, (uint32_t)byte);
        to = byte_in_unit(
            u, last,
            (uint32_t)(m.end - 1 - (size_t)(transcript_segment(t, last)->text_byte - start)));
        add_match(u, from, to, is_current(f, segment, byte));
    }
}

const struct text_layout_match *
text_layout_matches(struct text_layout *f, const struct text_layout_unit *asked, size_t *count)
{
    struct text_layout_unit *u = &f->cache[asked - f->cache];
    const struct reader_state *r = f->reading;

    *count = 0;
    if (r->matcher == NULL)
        return NULL;
    if (!u->matches_made || u->matcher_version != r->matcher_version ||
        memcmp(&u->hit, &r->hit, sizeof u->hit) != 0) {
        u->match_count = 0;
        matcher_set_budget(r->matcher, MATCH_MS);
        if (u->end == u->first + 1 && block_count_of(f, u->first) > 1)
            match_block(f, u);
        else
            match_paragraph(f, u);
        matcher_set_budget(r->matcher, 0);
        u->matches_made = true;
        u->matcher_version = r->matcher_version;
        u->hit = r->hit;
    }
    *count = u->match_count;
    return u->matches;
}

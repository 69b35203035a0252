/* Building a list and giving its blocks. Invariant: the words of the current block are in
 * `text` from text_byte on; its ranges and cells start at first_range and first_cell and are
 * relative to text_byte. */
#include "formats/containers/block_list.h"

#include <stdlib.h>

#include "shilu/base/hash.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

/* Small, since a document may have millions; a block is below 4 GB. */
struct block_entry {
    size_t text_byte;
    size_t first_range;
    size_t first_cell;
    uint64_t line;
    uint32_t text_bytes;
    uint32_t range_count;
    uint32_t cell_count;
    uint32_t indent_columns;
    uint32_t style_byte;
    uint32_t signature;
    uint8_t kind; /* enum block_kind */
    uint8_t level;
    bool blank_before;
    bool empty_before;
    bool joins;
    bool heads_message;
};

/* If so many percent of the paragraphs follow an empty one, empty ones separate paragraphs. */
enum { EMPTY_MIN = 3, EMPTY_MIN_PERCENT = 25 };

void block_list_release(struct block_list *l)
{
    free(l->entries);
    free(l->ranges);
    free(l->cells);
    free(l->left_out);
    buffer_release(&l->text);
    buffer_release(&l->styles);
    *l = (struct block_list){0};
}

void block_list_release_blocks(struct block_list *l)
{
    struct block_list kept = {.left_out = l->left_out,
                              .left_out_count = l->left_out_count,
                              .left_out_capacity = l->left_out_capacity};

    l->left_out = NULL;
    block_list_release(l);
    *l = kept;
}

/* Columns of a blank; 0 for other characters. */
static unsigned blank_columns(uint32_t cp)
{
    switch (cp) {
    case '\t':
        return 4;
    case ' ':
    case 0xA0:
    case 0x1680:
    case 0x202F:
    case 0x205F:
        return 1;
    case 0x3000:
        return 2;
    default:
        return cp >= 0x2000 && cp <= 0x200A ? 1 : 0;
    }
}

static bool has_no_width(uint32_t cp)
{
    return cp == 0x200B || cp == 0x200E || cp == 0x200F || cp == 0x2060 || cp == 0xFEFF ||
           cp == 0xAD || (cp < ' ' && cp != '\t');
}

uint64_t block_list_visible(struct span text)
{
    uint64_t visible = 0;
    size_t at = 0;

    while (at < text.length) {
        uint32_t cp;

        at += utf8_decode(text.data + at, text.length - at, &cp);
        visible += blank_columns(cp) == 0 && !has_no_width(cp);
    }
    return visible;
}

/* The trimmed part of text[start, end), and the columns of white space before it. */
static void trim(const char *text, size_t *start, size_t *end, uint32_t *columns)
{
    *columns = 0;
    while (*start < *end) {
        uint32_t cp;
        size_t used = utf8_decode(text + *start, *end - *start, &cp);

        if (blank_columns(cp) == 0 && !has_no_width(cp))
            break;
        *columns += blank_columns(cp);
        *start += used;
    }
    while (*end > *start) {
        size_t at = utf8_floor(text, *end, *end - 1);
        uint32_t cp;

        utf8_decode(text + at, *end - at, &cp);
        if (blank_columns(cp) == 0 && !has_no_width(cp))
            break;
        *end = at;
    }
}

static struct span without_blank_front(struct span words)
{
    size_t start = 0;
    size_t end = words.length;
    uint32_t columns;

    trim(words.data, &start, &end, &columns);
    return span_skip(words, start);
}

/* Consecutive paragraphs mostly have the same style. */
static size_t add_style(struct block_list *l, const char *style)
{
    if (l->last_style > 0 && strcmp(l->styles.data + l->last_style, style) == 0)
        return l->last_style;
    l->last_style = l->styles.bytes;
    buffer_append(&l->styles, style, strlen(style) + 1);
    return l->last_style;
}

void block_list_begin(struct block_list *l, enum block_kind kind, unsigned level, uint64_t line,
                      const char *style)
{
    block_list_end(l);
    l->open = true;
    l->kind = kind;
    l->level = level;
    l->line = line;
    l->text_byte = l->text.bytes;
    l->first_range = l->range_count;
    l->first_cell = l->cell_count;
    l->cell_byte = 0;
    l->style_byte = 0;
    l->signature = 0;
    l->heads_message = false;
    if (l->styles.bytes == 0)
        buffer_append(&l->styles, "", 1); /* the style "" */
    if (style != NULL && *style != '\0') {
        l->style_byte = add_style(l, style);
        l->signature = (uint32_t)hash_fnv1a(style, strlen(style));
    }
}

void block_list_sign(struct block_list *l, uint32_t signature)
{
    l->signature = signature;
}

void block_list_head_message(struct block_list *l, bool heads)
{
    l->heads_message = heads;
}

void block_list_add(struct block_list *l, struct span words, unsigned style)
{
    uint32_t start = (uint32_t)(l->text.bytes - l->text_byte);
    struct block_range *last = l->range_count > l->first_range ? &l->ranges[l->range_count - 1]
                                                               : NULL;

    if (!l->open)
        return;
    if (l->kind == BLOCK_TABLE_ROW && start == l->cell_byte)
        words = without_blank_front(words);
    if (words.length == 0)
        return;
    buffer_append(&l->text, words.data, words.length);
    if (style == 0)
        return;
    if (last != NULL && last->style == style && last->end == start) {
        last->end += (uint32_t)words.length;
        return;
    }
    MEMORY_RESERVE(l->ranges, l->range_capacity, l->range_count + 1);
    l->ranges[l->range_count++] = (struct block_range){start, start + (uint32_t)words.length,
                                                       style};
}

/* Gives the entry those ranges of the current block that are in bytes [start, end), moved to
 * start at 0; later ranges stay for the blocks after it. */
static void take_ranges(struct block_list *l, struct block_entry *e, uint32_t start,
                        uint32_t end)
{
    size_t i = l->first_range;

    e->first_range = l->first_range;
    while (i < l->range_count && l->ranges[i].start < end) {
        struct block_range *r = &l->ranges[i];

        if (r->end > end) { /* the rest belongs to the next block */
            MEMORY_RESERVE(l->ranges, l->range_capacity, l->range_count + 1);
            memmove(&l->ranges[i + 1], &l->ranges[i],
                    (l->range_count++ - i) * sizeof *l->ranges);
            r = &l->ranges[i];
            l->ranges[i + 1].start = end;
            r->end = end;
        }
        r->start = r->start > start ? r->start - start : 0;
        r->end = r->end > start ? r->end - start : 0;
        i++;
    }
    l->first_range = i;
    /* A range within leading white space is empty now. */
    while (e->first_range < i && l->ranges[e->first_range].end == 0)
        e->first_range++;
    e->range_count = (uint32_t)(i - e->first_range);
}

static uint8_t small(unsigned level)
{
    return level < UINT8_MAX ? (uint8_t)level : UINT8_MAX;
}

/* Add bytes [start, end) of the current block as a block, unless nothing in them is visible. */
static void add_entry(struct block_list *l, enum block_kind kind, size_t start, size_t end,
                      size_t cell_count)
{
    struct block_entry e = {
        .kind = (uint8_t)kind,
        .level = kind == BLOCK_HEADING || kind == BLOCK_LIST_ITEM ? small(l->level) : 0,
        .first_cell = l->first_cell,
        .cell_count = (uint32_t)cell_count,
        .style_byte = (uint32_t)l->style_byte,
        .signature = l->signature,
        .heads_message = l->heads_message,
        .line = l->line,
        .blank_before = l->blank_before || l->count == 0,
        .empty_before = l->empty_before,
    };

    start += l->text_byte;
    end += l->text_byte;
    if (cell_count == 0)
        trim(buffer_string(&l->text), &start, &end, &e.indent_columns);
    take_ranges(l, &e, (uint32_t)(start - l->text_byte), (uint32_t)(end - l->text_byte));
    if (end == start) {
        l->blank_before = l->empty_before = true;
        return;
    }
    e.text_byte = start;
    e.text_bytes = (uint32_t)(end - start);
    MEMORY_RESERVE(l->entries, l->capacity, l->count + 1);
    l->entries[l->count++] = e;
    l->blank_before = l->empty_before = false;
}

/* Every cell but the last has one line; *below is where the further lines of the last one
 * start. */
static void join_cell_lines(struct block_list *l, size_t *below)
{
    char *text = l->text.data + l->text_byte;
    struct block_cell *last = &l->cells[l->cell_count - 1];
    size_t i;

    for (i = 0; i < last->start; i++)
        if (text[i] == '\n')
            text[i] = ' ';
    *below = last->end;
    for (i = last->start; i < last->end; i++) {
        if (text[i] == '\n') {
            *below = i;
            last->end = (uint32_t)i;
            return;
        }
    }
}

static void end_row(struct block_list *l)
{
    size_t end = l->text.bytes - l->text_byte;
    size_t visible = 0;
    size_t below, at, i;

    if (l->cell_count == l->first_cell)
        return;
    join_cell_lines(l, &below);
    for (i = l->first_cell; i < l->cell_count; i++)
        visible += l->cells[i].end > l->cells[i].start;
    l->blank_before = true;
    if (visible == 0)
        return;
    if (l->cell_count - l->first_cell == 1) /* a single cell is a frame around words */
        add_entry(l, BLOCK_PARAGRAPH, 0, below, 0);
    else
        add_entry(l, BLOCK_TABLE_ROW, 0, below, l->cell_count - l->first_cell);
    while (below < end) {
        at = ++below; /* past the line end */
        while (below < end && l->text.data[l->text_byte + below] != '\n')
            below++;
        l->blank_before = true;
        add_entry(l, BLOCK_PARAGRAPH, at, below, 0);
    }
}

void block_list_break(struct block_list *l)
{
    if (!l->open)
        return;
    if (l->kind == BLOCK_TABLE_ROW) {
        size_t from = l->text_byte + l->cell_byte;

        if (l->text.bytes > from && l->text.data[l->text.bytes - 1] != '\n')
            buffer_append_char(&l->text, '\n');
        return;
    }
    add_entry(l, l->kind, 0, l->text.bytes - l->text_byte, 0);
    l->text_byte = l->text.bytes;
    l->first_range = l->range_count;
}

void block_list_end_cell(struct block_list *l)
{
    size_t start = l->text_byte + l->cell_byte;
    size_t end = l->text.bytes;
    uint32_t columns;

    if (!l->open || l->kind != BLOCK_TABLE_ROW)
        return;
    while (end > start && l->text.data[end - 1] == '\n')
        end--;
    trim(buffer_string(&l->text), &start, &end, &columns);
    l->text.bytes = end;
    MEMORY_RESERVE(l->cells, l->cell_capacity, l->cell_count + 1);
    l->cells[l->cell_count++] = (struct block_cell){(uint32_t)(start - l->text_byte),
                                                    (uint32_t)(end - l->text_byte)};
    buffer_append_char(&l->text, '\t');
    l->cell_byte = l->text.bytes - l->text_byte;
}

void block_list_end(struct block_list *l)
{
    if (!l->open)
        return;
    if (l->kind == BLOCK_TABLE_ROW) {
        if (l->text.bytes > l->text_byte + l->cell_byte)
            block_list_end_cell(l);
        if (l->text.bytes > l->text_byte && l->cell_count > l->first_cell)
            l->text.bytes--; /* the tab after the last cell */
        end_row(l);
    } else {
        add_entry(l, l->kind, 0, l->text.bytes - l->text_byte, 0);
    }
    buffer_append_char(&l->text, '\0');
    l->open = false;
    l->blank_before = true;
}

void block_list_leave_out(struct block_list *l, const char *reason, uint64_t line,
                          uint64_t characters)
{
    struct block_left_out *last = l->left_out_count > 0 ? &l->left_out[l->left_out_count - 1]
                                                        : NULL;

    if (characters == 0)
        return;
    if (last != NULL && strcmp(last->reason, reason) == 0) {
        last->characters += characters;
        last->occurrences++;
        return;
    }
    MEMORY_RESERVE(l->left_out, l->left_out_capacity, l->left_out_count + 1);
    l->left_out[l->left_out_count++] = (struct block_left_out){reason, line, characters, 1};
}

void block_list_append(struct block_list *l, const struct block *block)
{
    struct block_entry e = {
        .kind = (uint8_t)block->kind,
        .level = small(block->level),
        .text_byte = l->text.bytes,
        .text_bytes = (uint32_t)block->text.length,
        .first_range = l->range_count,
        .range_count = (uint32_t)block->range_count,
        .first_cell = l->cell_count,
        .cell_count = (uint32_t)block->cell_count,
        .signature = block->signature,
        .heads_message = block->heads_message,
        .indent_columns = block->indent_columns,
        .blank_before = block->blank_before,
        .joins = block->joins,
        .line = block->line,
    };

    if (l->styles.bytes == 0)
        buffer_append(&l->styles, "", 1);
    buffer_append(&l->text, block->text.data, block->text.length);
    buffer_append_char(&l->text, '\0');
    MEMORY_RESERVE(l->ranges, l->range_capacity, l->range_count + block->range_count + 1);
    if (block->range_count > 0)
        memcpy(l->ranges + l->range_count, block->ranges,
               block->range_count * sizeof *l->ranges);
    l->range_count += block->range_count;
    MEMORY_RESERVE(l->cells, l->cell_capacity, l->cell_count + block->cell_count + 1);
    if (block->cell_count > 0)
        memcpy(l->cells + l->cell_count, block->cells, block->cell_count * sizeof *l->cells);
    l->cell_count += block->cell_count;
    MEMORY_RESERVE(l->entries, l->capacity, l->count + 1);
    l->entries[l->count++] = e;
}

void block_list_settle(struct block_list *l, bool lines)
{
    size_t empty = 0;
    size_t parted = 0;
    size_t i;

    for (i = 0; i < l->count; i++) {
        empty += l->entries[i].empty_before;
        parted += l->entries[i].blank_before;
    }
    if (!(lines && parted == l->count && empty > 0) &&
        (empty < EMPTY_MIN || empty * 100 < parted * EMPTY_MIN_PERCENT))
        return;
    for (i = 1; i < l->count; i++)
        l->entries[i].blank_before = l->entries[i].empty_before;
}

bool block_list_next(struct block_list *l, struct block *block)
{
    const struct block_entry *e;

    if (l->next >= l->count)
        return false;
    e = &l->entries[l->next++];
    *block = (struct block){
        .kind = (enum block_kind)e->kind,
        .level = e->level,
        .text = span_of(buffer_string(&l->text) + e->text_byte, e->text_bytes),
        .ranges = e->range_count > 0 ? &l->ranges[e->first_range] : NULL,
        .range_count = e->range_count,
        .cells = e->cell_count > 0 ? &l->cells[e->first_cell] : NULL,
        .cell_count = e->cell_count,
        .indent_columns = e->indent_columns,
        .blank_before = e->blank_before,
        .joins = e->joins,
        .style = buffer_string(&l->styles) + e->style_byte,
        .signature = e->signature,
        .heads_message = e->heads_message,
        .line = e->line,
    };
    return true;
}

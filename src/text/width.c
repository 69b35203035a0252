/* Width: one byte for each code point, filled on demand, in blocks of 256 that are created on
 * demand: a page of Han text needs a few hundred in eighty blocks. A byte has the columns in
 * bits 0 and 1, the kind in bits 2 to 6, and in bit 7 whether the code point is simple; 3
 * columns means not looked up yet. */
#include "shilu/text/width.h"

#include <stdlib.h>
#include <string.h>

#include <uniwidth.h>

#include "shilu/base/memory.h"
#include "text/width_table.h"

enum { BLOCK = 256, BLOCKS = 0x110000 / BLOCK };
enum {
    ENTRY_COLUMNS = 3,
    ENTRY_UNKNOWN = 3,
    ENTRY_KIND_SHIFT = 2,
    ENTRY_KIND = 31,
    ENTRY_SIMPLE = 128
};

struct width {
    bool ambiguous_wide;
    uint8_t **blocks; /* owned, BLOCKS; each owned */
};

struct width *width_new(bool ambiguous_wide)
{
    struct width *w = memory_alloc(sizeof *w);

    w->ambiguous_wide = ambiguous_wide;
    w->blocks = memory_zalloc(BLOCKS, sizeof *w->blocks);
    return w;
}

void width_free(struct width *w)
{
    size_t i;

    if (w == NULL)
        return;
    for (i = 0; i < BLOCKS; i++)
        free(w->blocks[i]);
    free(w->blocks);
    free(w);
}

bool width_ambiguous_is_wide(const struct width *w)
{
    return w->ambiguous_wide;
}

static bool is_in(const struct width_range *ranges, size_t count, uint32_t cp)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (cp > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && cp >= ranges[low].first;
}

bool width_is_ambiguous(uint32_t cp)
{
    return is_in(ambiguous_table, AMBIGUOUS_RANGES, cp);
}

/* libunistring knows what has no columns, but not which characters are wide: version 1.0 widens
 * the hexagrams and U+3248-324F and gives two non-spacing marks of Kannada a column, and 1.3
 * knows the emoji of Unicode 15 and 16 but not that they are wide. A character it does not know
 * at all is drawn as a substitute with the width that it states. */
static int columns_of(uint32_t cp, enum char_kind kind, bool ambiguous_wide)
{
    int columns;

    if (kind == CHAR_MARK || kind == CHAR_VOICING || kind == CHAR_KEYCAP || kind == CHAR_BREAK)
        return 0;
    if (width_is_ambiguous(cp))
        return ambiguous_wide ? 2 : 1;
    if (cp >= 0x4DC0 && cp <= 0x4DFF)
        return 1;
    columns = uc_width(cp, "UTF-8");
    if (columns > 0 && kind != CHAR_UNKNOWN && kind != CHAR_UNKNOWN_WIDE)
        columns = is_in(wide_table, WIDE_RANGES, cp) ? 2 : 1;
    return columns > 0 ? columns : 0;
}

static uint8_t make_entry(const struct width *w, uint32_t cp)
{
    enum char_kind kind = char_kind(cp);
    int columns = columns_of(cp, kind, w->ambiguous_wide);
    int simple = char_is_simple(cp, kind) ? ENTRY_SIMPLE : 0;

    return (uint8_t)(columns | (int)kind << ENTRY_KIND_SHIFT | simple);
}

static uint8_t entry_of(const struct width *w, uint32_t cp)
{
    uint8_t **block;
    uint8_t *entry;

    if (cp > 0x10FFFF)
        cp = 0xFFFD;
    block = &w->blocks[cp / BLOCK];
    if (*block == NULL) {
        *block = memory_alloc(BLOCK);
        memset(*block, ENTRY_UNKNOWN, BLOCK);
    }
    entry = &(*block)[cp % BLOCK];
    if ((*entry & ENTRY_COLUMNS) == ENTRY_UNKNOWN)
        *entry = make_entry(w, cp);
    return *entry;
}

int width_of(const struct width *w, uint32_t cp)
{
    return entry_of(w, cp) & ENTRY_COLUMNS;
}

enum char_kind width_kind(const struct width *w, uint32_t cp)
{
    return (enum char_kind)(entry_of(w, cp) >> ENTRY_KIND_SHIFT & ENTRY_KIND);
}

int width_of_simple(const struct width *w, uint32_t cp, bool *space)
{
    uint8_t entry = entry_of(w, cp);

    *space = (entry >> ENTRY_KIND_SHIFT & ENTRY_KIND) == CHAR_SPACE;
    return entry & ENTRY_SIMPLE ? entry & ENTRY_COLUMNS : 0;
}

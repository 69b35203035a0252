/* Glyph drawing: one cluster at a time, from its code points (composed by NFC) to cells.
 * Invariant: every glyph has at most one character with columns and at most MARKS_DRAWN
 * without, all printable; no byte of a control, a bidirectional control or a format character
 * gets into one. */
#include "text/glyph_draw.h"

#include <stdlib.h>
#include <string.h>

#include <uninorm.h>

#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

/* What is drawn if the text itself cannot be. Every width table agrees on all of these; none is
 * ambiguous. */
enum {
    DOTTED_CIRCLE = 0x25CC,     /* base of a mark without one */
    GETA = 0x3013,              /* 〓, for wide or disputed characters */
    SMALL_BOX = 0x25AF,         /* ▯, for unknown narrow characters */
    HALFWIDTH_VOICING = 0xFF9E, /* and HALFWIDTH_VOICING + 1 */
    FIRST_REGIONAL = 0x1F1E6
};

/* How many code points of a cluster are read; real text never has more. The Unicode Standard's
 * Stream-Safe Text Format (UAX #15) stops at 30 marks. */
enum { CLUSTER_KEPT = 32, MARKS_DRAWN = 2 };

struct drawing {
    struct display *d;
    const struct width *w;
    uint32_t byte;
    size_t first; /* the cluster's first glyph */
    bool follows; /* the cluster follows a character, not the start of the text or a space */
    int marks;    /* on the last glyph */
};

static struct glyph *new_glyph(struct display *d, uint32_t byte, unsigned flags)
{
    struct glyph *g;

    MEMORY_RESERVE(d->glyphs, d->capacity, d->count + 1);
    g = &d->glyphs[d->count++];
    g->byte = byte;
    g->columns = 0;
    g->bytes = 0;
    g->flags = (uint8_t)flags;
    return g;
}

static struct glyph *new_cell(struct drawing *to, uint32_t cp, unsigned flags)
{
    struct glyph *g = new_glyph(to->d, to->byte, flags);

    g->bytes = (uint8_t)utf8_encode(cp, g->text);
    g->columns = (uint8_t)width_of(to->w, cp);
    to->marks = 0;
    return g;
}

static bool has_cell(const struct drawing *to)
{
    return to->d->count > to->first;
}

static void add_mark(struct drawing *to, uint32_t cp)
{
    struct glyph *g;

    if (!has_cell(to))
        new_cell(to, DOTTED_CIRCLE, 0);
    if (to->marks == MARKS_DRAWN)
        return;
    to->marks++;
    g = &to->d->glyphs[to->d->count - 1];
    g->bytes = (uint8_t)(g->bytes + utf8_encode(cp, g->text + g->bytes));
    g->flags &= (uint8_t)~GLYPH_SPACE;
}

size_t glyph_draw_mark(uint32_t cp, char *out)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t bytes = 0;
    int shift = cp > 0xFFFF ? 16 : cp > 0xFF ? 12 : 4;

    if (cp < 0x20 || cp == 0x7F) {
        out[bytes++] = '^';
        out[bytes++] = (char)(cp ^ 0x40);
    } else {
        out[bytes++] = '<';
        for (; shift >= 0; shift -= 4)
            out[bytes++] = digits[cp >> shift & 15];
        out[bytes++] = '>';
    }
    out[bytes] = '\0';
    return bytes;
}

/* Cells of two characters, so that a mark can also be drawn on lines of two columns. */
static void draw_escape(struct drawing *to, uint32_t cp)
{
    char mark[GLYPH_DRAW_MARK_BYTES];
    size_t bytes = glyph_draw_mark(cp, mark), i;

    for (i = 0; i < bytes; i += 2) {
        struct glyph *g = new_glyph(to->d, to->byte, GLYPH_MARK);

        g->bytes = (uint8_t)(bytes - i < 2 ? bytes - i : 2);
        g->columns = g->bytes;
        memcpy(g->text, mark + i, g->bytes);
    }
}

static void draw_tab(struct drawing *to)
{
    struct glyph *g = new_glyph(to->d, to->byte, GLYPH_SPACE);

    g->bytes = g->columns = 4;
    memcpy(g->text, "    ", 4);
}

/* A character without columns that is not a mark would be drawn in its neighbour's cell. */
static void draw_plain(struct drawing *to, uint32_t cp, unsigned flags)
{
    if (width_of(to->w, cp) > 0)
        new_cell(to, cp, flags);
    else
        new_cell(to, SMALL_BOX, GLYPH_MARK);
}

static void draw_one(struct drawing *to, uint32_t cp, enum char_kind kind)
{
    switch (kind) {
    case CHAR_PLAIN:
    case CHAR_PICTURE:
        draw_plain(to, cp, 0);
        break;
    case CHAR_SPACE:
        draw_plain(to, cp, GLYPH_SPACE);
        break;
    case CHAR_TAB:
        draw_tab(to);
        break;
    case CHAR_BREAK:
        new_glyph(to->d, to->byte, GLYPH_BREAK);
        break;
    case CHAR_CONTROL:
    case CHAR_BIDI:
        draw_escape(to, cp);
        break;
    case CHAR_DROPPED:
    case CHAR_JOINER:
        break;
    case CHAR_MARK:
        add_mark(to, cp);
        break;
    case CHAR_SPACING_MARK: /* some are whole clusters: Burmese visarga follows its syllable */
        if (!has_cell(to) && !to->follows)
            new_cell(to, DOTTED_CIRCLE, 0);
        draw_plain(to, cp, 0);
        break;
    case CHAR_VOICING:
        new_cell(to, HALFWIDTH_VOICING + (cp - 0x3099), 0);
        break;
    case CHAR_KEYCAP:
        if (!has_cell(to))
            new_cell(to, DOTTED_CIRCLE, 0);
        break;
    case CHAR_SKIN_TONE:
        if (!has_cell(to))
            new_cell(to, GETA, GLYPH_MARK);
        break;
    case CHAR_REGIONAL:
        new_cell(to, 'A' + (cp - FIRST_REGIONAL), 0);
        break;
    case CHAR_JAMO:
    case CHAR_DISPUTED:
    case CHAR_UNKNOWN_WIDE:
        new_cell(to, GETA, GLYPH_MARK);
        break;
    case CHAR_UNKNOWN:
        new_cell(to, SMALL_BOX, GLYPH_MARK);
        break;
    }
}

/* Jamo that NFC does not compose are one syllable to the reader: draw one substitute for all of
 * them. */
static bool has_jamo(const struct width *w, const ucs4_t *cp, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (width_kind(w, cp[i]) == CHAR_JAMO)
            return true;
    return false;
}

static void draw_sequence(struct drawing *to, const ucs4_t *cp, size_t count)
{
    bool picture = count > 0 && width_kind(to->w, cp[0]) == CHAR_PICTURE;
    size_t i;

    if (has_jamo(to->w, cp, count)) {
        new_cell(to, GETA, GLYPH_MARK);
        return;
    }
    for (i = 0; i < count; i++) {
        enum char_kind kind = width_kind(to->w, cp[i]);

        if (picture && kind == CHAR_JOINER)
            return;
        draw_one(to, cp[i], kind);
    }
}

static void draw_composed(struct drawing *to, const ucs4_t *cp, size_t count)
{
    ucs4_t capacity[CLUSTER_KEPT * UC_DECOMPOSITION_MAX_LENGTH / 4];
    size_t composed = sizeof capacity / sizeof *capacity;
    ucs4_t *nfc = u32_normalize(UNINORM_NFC, cp, count, capacity, &composed);

    if (nfc == NULL) {
        draw_sequence(to, cp, count);
        return;
    }
    draw_sequence(to, nfc, composed);
    if (nfc != capacity)
        free(nfc);
}

void glyph_draw_cluster(struct display *d, const struct width *w, const char *text,
                        size_t start, size_t end)
{
    struct drawing to = {.d = d, .w = w, .byte = (uint32_t)start, .first = d->count};
    ucs4_t cp[CLUSTER_KEPT];
    size_t count = 0;

    to.follows = start > 0 && (unsigned char)text[start - 1] > ' ';
    while (start < end && count < CLUSTER_KEPT)
        start += utf8_decode(text + start, end - start, &cp[count++]);
    if (count == 2 && cp[0] == '\r')
        draw_one(&to, '\n', CHAR_BREAK);
    else if (count > 1 || char_composes_alone(cp[0]))
        draw_composed(&to, cp, count);
    else
        draw_one(&to, cp[0], width_kind(w, cp[0]));
    if (!has_cell(&to))
        new_glyph(d, to.byte, GLYPH_HIDDEN);
}

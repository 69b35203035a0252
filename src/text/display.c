/* Display: the walk over a text's clusters. text/glyph_draw decides what each becomes; this
 * file makes the glyphs cover the text in order, and has the forms for single lines. */
#include "shilu/text/display.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"
#include "shilu/text/cluster.h"
#include "shilu/text/utf8.h"
#include "text/glyph_draw.h"

void display_release(struct display *d)
{
    free(d->glyphs);
    *d = (struct display){0};
}

/* A simple character before another one, or before the end of the text, is a cluster and is
 * drawn as it is. */
struct simple {
    size_t bytes; /* length of the character */
    int columns;  /* 0 if it is not simple */
    bool space;
};

static struct simple simple_at(const struct width *w, const char *text, size_t bytes, size_t at)
{
    struct simple s = {0};
    uint32_t cp;

    s.bytes = utf8_decode(text + at, bytes - at, &cp);
    s.columns = width_of_simple(w, cp, &s.space);
    return s;
}

static void add_simple(struct display *d, const char *text, size_t at, const struct simple *s)
{
    struct glyph *g;

    if (d->count == d->capacity)
        MEMORY_RESERVE(d->glyphs, d->capacity, d->count + 1);
    g = &d->glyphs[d->count++];
    g->byte = (uint32_t)at;
    g->columns = (uint8_t)s->columns;
    g->bytes = (uint8_t)s->bytes;
    g->flags = s->space ? GLYPH_SPACE : 0;
    memcpy(g->text, text + at, s->bytes);
}

/* Add the simple characters from `at` that are whole clusters; returns where they end. */
static size_t make_simple(struct display *d, const struct width *w, const char *text,
                          size_t bytes, size_t at)
{
    struct simple s, next;

    if (at >= bytes)
        return at;
    s = simple_at(w, text, bytes, at);
    while (s.columns > 0) {
        size_t end = at + s.bytes;

        if (end == bytes) {
            add_simple(d, text, at, &s);
            return end;
        }
        next = simple_at(w, text, bytes, end);
        if (next.columns == 0)
            return at;
        add_simple(d, text, at, &s);
        at = end;
        s = next;
    }
    return at;
}

void display_make(struct display *d, const struct width *w, const char *text, size_t bytes)
{
    struct clusters c;
    size_t start, end;

    d->count = 0;
    MEMORY_RESERVE(d->glyphs, d->capacity, bytes / 3 + 1);
    clusters_init(&c, text, bytes, 0);
    clusters_skip_to(&c, make_simple(d, w, text, bytes, 0));
    while (clusters_next(&c, &start, &end)) {
        glyph_draw_cluster(d, w, text, start, end);
        clusters_skip_to(&c, make_simple(d, w, text, bytes, end));
    }
    clusters_release(&c);
}

/* In a single line, a forced break is shown as a space. */
static int line_columns(const struct glyph *g)
{
    return g->flags & GLYPH_BREAK ? 1 : g->columns;
}

/* A line, filled glyph by glyph; `kept` is how much of it remains if an ellipsis follows. */
struct fit {
    struct buffer *out;
    int columns;
    int limit;
    int ellipsis; /* columns of it */
    size_t kept_bytes;
    int kept_columns;
};

/* False if the glyph does not fit. */
static bool fit_glyph(struct fit *fit, const struct glyph *g)
{
    int columns = line_columns(g);

    if (columns > fit->limit - fit->columns)
        return false;
    if (g->flags & GLYPH_BREAK)
        buffer_append_char(fit->out, ' ');
    else
        buffer_append(fit->out, g->text, g->bytes);
    fit->columns += columns;
    return true;
}

/* Glyphs of one cluster stay together. */
static bool fit_cluster(struct fit *fit, const struct display *d)
{
    size_t i;

    for (i = 0; i < d->count; i++)
        if (!fit_glyph(fit, &d->glyphs[i]))
            return false;
    if (fit->columns <= fit->limit - fit->ellipsis) {
        fit->kept_bytes = fit->out->bytes;
        fit->kept_columns = fit->columns;
    }
    return true;
}

static int fit_cut(struct fit *fit)
{
    fit->out->bytes = fit->kept_bytes;
    fit->out->data[fit->kept_bytes] = '\0';
    if (fit->ellipsis > fit->limit)
        return fit->kept_columns;
    /* Terminals differ in the width of U+2026 where ambiguous characters are wide. */
    buffer_append_string(fit->out, fit->ellipsis > 1 ? ".." : "\xE2\x80\xA6");
    return fit->kept_columns + fit->ellipsis;
}

/* At most so many bytes per column are read: a title of 50 MB, or a name of one letter and a
 * million marks, costs no more than a line. */
enum { FIT_BYTES = 4096, FIT_BYTES_PER_COLUMN = 256 };

static size_t fit_bytes(const char *text, size_t bytes, int columns)
{
    uint64_t most = FIT_BYTES + (uint64_t)columns * FIT_BYTES_PER_COLUMN;

    return bytes <= most ? bytes : utf8_floor(text, bytes, (size_t)most);
}

/* Replace the glyphs of *d by those of the cluster at `at`; returns where it ends. In text that
 * is not `valid` UTF-8, clusters are found from its start. */
static size_t draw_next(struct display *d, struct clusters *c, const struct width *w, size_t at,
                        bool valid)
{
    struct simple s = simple_at(w, c->text, c->bytes, at);
    size_t start;
    size_t end = at + s.bytes;

    d->count = 0;
    if (valid && s.columns > 0 &&
        (end == c->bytes || simple_at(w, c->text, c->bytes, end).columns > 0)) {
        add_simple(d, c->text, at, &s);
        return end;
    }
    clusters_skip_to(c, at);
    clusters_next(c, &start, &end);
    glyph_draw_cluster(d, w, c->text, start, end);
    return end;
}

int display_fit(struct buffer *out, const struct width *w, const char *text, size_t bytes,
                int columns)
{
    struct fit fit = {.out = out,
                      .limit = columns > 0 ? columns : 0,
                      .ellipsis = width_ambiguous_is_wide(w) ? 2 : 1,
                      .kept_bytes = out->bytes};
    struct display cluster = {0};
    struct clusters c;
    size_t at = 0, seen = fit_bytes(text, bytes, fit.limit);
    bool valid = utf8_valid_prefix(text, seen) == seen;
    int used = -1;

    buffer_append(out, "", 0);
    clusters_init(&c, text, seen, 0);
    while (used < 0 && at < seen) {
        at = draw_next(&cluster, &c, w, at, valid);
        if (!fit_cluster(&fit, &cluster))
            used = fit_cut(&fit);
    }
    if (used < 0 && seen < bytes)
        used = fit_cut(&fit);
    clusters_release(&c);
    display_release(&cluster);
    return used >= 0 ? used : fit.columns;
}

/* Add up the columns of the simple characters from `at` that are whole clusters; returns where
 * they end. */
static size_t count_simple(const struct width *w, const char *text, size_t bytes, size_t at,
                           int *columns)
{
    struct simple s = {0}, next;

    if (at < bytes)
        s = simple_at(w, text, bytes, at);
    while (s.columns > 0 && *columns < INT_MAX / 2) {
        size_t end = at + s.bytes;

        if (end == bytes) {
            *columns += s.columns;
            return end;
        }
        next = simple_at(w, text, bytes, end);
        if (next.columns == 0)
            break;
        *columns += s.columns;
        at = end;
        s = next;
    }
    return at;
}

int display_columns(const struct width *w, const char *text, size_t bytes)
{
    struct display cluster = {0};
    struct clusters c;
    size_t start, end, i;
    bool valid = utf8_valid_prefix(text, bytes) == bytes;
    int columns = 0;

    clusters_init(&c, text, bytes, 0);
    if (valid)
        clusters_skip_to(&c, count_simple(w, text, bytes, 0, &columns));
    while (columns < INT_MAX / 2 && clusters_next(&c, &start, &end)) {
        cluster.count = 0;
        glyph_draw_cluster(&cluster, w, text, start, end);
        for (i = 0; i < cluster.count; i++)
            columns += line_columns(&cluster.glyphs[i]);
        if (valid)
            clusters_skip_to(&c, count_simple(w, text, bytes, end, &columns));
    }
    clusters_release(&c);
    display_release(&cluster);
    return columns;
}

/* Lead bytes of the characters of char_is_unsafe: controls, C1 (C2), U+061C (D8), U+2028 and
 * following (E2), U+FFF9 (EF) and the tag characters (F3). */
static bool may_be_unsafe(unsigned char c)
{
    return c < 0x20
               ? c != '\n' && c != '\t'
               : c == 0x7F || c == 0xC2 || c == 0xD8 || c == 0xE2 || c == 0xEF || c == 0xF3;
}

static bool is_unsafe(uint32_t cp)
{
    return cp != '\n' && cp != '\t' && char_is_unsafe(cp);
}

static void sanitize_valid(struct buffer *out, const char *text, size_t bytes)
{
    char mark[GLYPH_DRAW_MARK_BYTES];
    size_t at = 0, done = 0;

    while (at < bytes) {
        uint32_t cp;
        size_t used;

        if (!may_be_unsafe((unsigned char)text[at])) {
            at++;
            continue;
        }
        used = utf8_decode(text + at, bytes - at, &cp);
        if (is_unsafe(cp)) {
            buffer_append(out, text + done, at - done);
            buffer_append(out, mark, glyph_draw_mark(cp, mark));
            done = at + used;
        }
        at += used;
    }
    buffer_append(out, text + done, bytes - done);
}

void display_sanitize(struct buffer *out, const char *text, size_t bytes)
{
    static const char replacement[] = "\xEF\xBF\xBD";

    buffer_append(out, "", 0);
    while (bytes > 0) {
        size_t valid = utf8_valid_prefix(text, bytes);
        uint32_t cp;
        size_t bad;

        sanitize_valid(out, text, valid);
        text += valid;
        bytes -= valid;
        if (bytes == 0)
            break;
        buffer_append(out, replacement, sizeof replacement - 1);
        bad = utf8_decode(text, bytes, &cp);
        text += bad;
        bytes -= bad;
    }
}

void display_strip(struct buffer *out, const char *text, size_t bytes)
{
    size_t at = 0;

    buffer_append(out, "", 0);
    while (at < bytes) {
        uint32_t cp;
        size_t used = utf8_decode(text + at, bytes - at, &cp);

        if (!is_unsafe(cp))
            buffer_append(out, text + at, used);
        at += used;
    }
}

/* Wrap: greedy filling of lines with glyphs.
 *
 * While a line is filled, the last place of each grade (text/linebreak) in it is remembered; on
 * overflow the line ends at the best of them and filling continues from there. White space
 * never overflows: it hangs. What is filled again after a break is after the best place of its
 * grade, so it is filled at most once per grade, and the whole is linear. */
#include "shilu/text/wrap.h"

#include <limits.h>
#include <stdlib.h>

#include "shilu/base/memory.h"
#include "shilu/base/sorted.h"
#include "text/linebreak.h"

struct line {
    size_t start;                  /* its first glyph */
    int columns;                   /* so far, including all white space */
    int drawn;                     /* so far, without white space that hangs */
    size_t place[BREAK_GRADES];    /* the last glyph that could start the next line; 0 for
                                    * none */
    int place_drawn[BREAK_GRADES]; /* `drawn` there */
};

struct filling {
    struct wrap *wrap;
    const struct display *d;
    const uint8_t *grade;
    size_t bytes;
    struct line line;
};

void wrap_release(struct wrap *wrap)
{
    free(wrap->lines);
    *wrap = (struct wrap){0};
}

static uint32_t byte_of(const struct filling *f, size_t glyph)
{
    return glyph < f->d->count ? f->d->glyphs[glyph].byte : (uint32_t)f->bytes;
}

/* End the line before glyph `end`; the next starts there. */
static void end_line(struct filling *f, size_t end, int drawn, bool hard)
{
    struct wrap *wrap = f->wrap;
    struct wrap_line *line;

    MEMORY_RESERVE(wrap->lines, wrap->capacity, wrap->count + 1);
    line = &wrap->lines[wrap->count++];
    line->glyph = (uint32_t)f->line.start;
    line->glyph_end = (uint32_t)end;
    line->byte = byte_of(f, f->line.start);
    line->byte_end = byte_of(f, end);
    line->columns = (uint16_t)(drawn < UINT16_MAX ? drawn : UINT16_MAX);
    line->hard = hard;
    f->line = (struct line){.start = end};
}

/* Glyph `i` could start the next line, unless everything before it is white space: the line
 * would look empty. */
static void note_place(struct filling *f, size_t i)
{
    const struct glyph *g = &f->d->glyphs[i];
    int grade = BREAK_PART;

    if (i == f->line.start || f->line.drawn == 0)
        return;
    if (g[-1].byte != g->byte)
        grade = f->grade[g->byte];
    f->line.place[grade] = i;
    f->line.place_drawn[grade] = f->line.drawn;
}

/* Glyph `i` does not fit: break at the best place; returns the glyph to continue with. */
static size_t break_line(struct filling *f, size_t i)
{
    int grade = BREAK_GRADES;

    while (grade-- > 0) {
        size_t place = f->line.place[grade];

        if (place > 0) {
            end_line(f, place, f->line.place_drawn[grade], false);
            return place;
        }
    }
    end_line(f, i, f->line.drawn, false);
    return i;
}

static void fill(struct filling *f, int limit)
{
    size_t i = 0;

    while (i < f->d->count) {
        const struct glyph *g = &f->d->glyphs[i];

        if (g->flags & GLYPH_BREAK) {
            end_line(f, ++i, f->line.drawn, true);
            continue;
        }
        if ((g->flags & GLYPH_START) != 0 && i > f->line.start && f->line.drawn > 0) {
            end_line(f, i, f->line.drawn, true);
            continue;
        }
        note_place(f, i);
        if (g->columns > 0 && !(g->flags & GLYPH_SPACE)) {
            if (g->columns > limit - f->line.columns && i > f->line.start) {
                i = break_line(f, i);
                continue;
            }
            f->line.drawn = f->line.columns + g->columns;
        }
        if (f->line.columns < INT_MAX / 2)
            f->line.columns += g->columns;
        i++;
    }
    if (f->line.start < f->d->count || f->wrap->count == 0)
        end_line(f, f->d->count, f->line.drawn, false);
}

void wrap_fill(struct wrap *wrap, const struct display *d, const char *text, size_t bytes,
               int columns, const char *language)
{
    uint8_t *grade = memory_alloc(bytes + 1);
    struct filling f = {.wrap = wrap, .d = d, .grade = grade, .bytes = bytes};

    wrap->count = 0;
    linebreak_grade(text, bytes, linebreak_by_word(text, bytes, language), grade);
    fill(&f, columns < 2 ? 2 : columns);
    free(grade);
}

size_t wrap_line_of(const struct wrap *wrap, uint32_t byte)
{
    size_t behind = SORTED_UP_TO(struct wrap_line, byte, wrap->lines, wrap->count, byte);

    return behind > 0 ? behind - 1 : 0;
}

/* Drift: how far the terminal that this runs in counts columns otherwise than we do.
 *
 *   drift FILE REPORT [wide]
 *
 * Every line of the transcript FILE, as the text pane would wrap it, is written at the left
 * edge and the cursor asked for (DSR 6): where it is not in the column that `text` counted, the
 * line has drifted, and its glyphs are asked for one by one. REPORT gets each line that drifted
 * and its glyphs that did, then a line of totals. Ends with 1 where a line drifts that holds
 * nothing of a script that terminals shape. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "../text_support.h"
#include "shilu/formats/loader.h"
#include "shilu/text/utf8.h"

enum { COLUMNS = 60, ANSWER_MS = 5000, MAX_REPORTED = 40 };

struct totals {
    size_t lines, glyphs, drifted_lines, drifted_glyphs;
    size_t unshaped_lines; /* of those that drift: without a script that terminals shape */
};

/* Arabic and its extensions, and what came of Brahmi from Devanagari to Sinhala, and Burmese.
 */
static bool is_shaped(uint32_t c)
{
    return (c >= 0x600 && c <= 0x6FF) || (c >= 0x750 && c <= 0x77F) ||
           (c >= 0x8A0 && c <= 0xDFF) || (c >= 0x1000 && c <= 0x109F);
}

static bool has_shaped(const char *bytes, size_t count)
{
    size_t at = 0;

    while (at < count) {
        uint32_t c;

        at += utf8_decode(bytes + at, count - at, &c);
        if (is_shaped(c))
            return true;
    }
    return false;
}

/* The column of the cursor, from 0, after these bytes at the left edge; -1: no answer. */
static int column_after(const char *bytes, size_t count)
{
    struct pollfd at = {.fd = STDIN_FILENO, .events = POLLIN};
    char answer[64];
    size_t used = 0;
    int row, column;

    if (write(STDOUT_FILENO, "\r\033[K", 4) < 0 || write(STDOUT_FILENO, bytes, count) < 0 ||
        write(STDOUT_FILENO, "\033[6n", 4) < 0)
        return -1;
    while (used + 1 < sizeof answer && poll(&at, 1, ANSWER_MS) > 0 &&
           read(STDIN_FILENO, answer + used, 1) == 1 && answer[used++] != 'R')
        continue;
    answer[used] = '\0';
    return sscanf(answer, "\033[%d;%dR", &row, &column) == 2 ? column - 1 : -1;
}

static void report_glyph(FILE *report, const struct glyph *g, int column)
{
    fprintf(report, "  glyph of %d columns takes %d:", g->columns, column);
    for (int i = 0; i < g->bytes; i++)
        fprintf(report, " %02X", (unsigned char)g->text[i]);
    fprintf(report, "  %.*s\n", g->bytes, g->text);
}

static void try_glyphs(const struct layout *l, const struct wrap_line *line, FILE *report,
                       struct totals *totals)
{
    for (uint32_t i = line->glyph; i < line->glyph_end; i++) {
        const struct glyph *g = &l->d.glyphs[i];
        int column;

        if (g->columns == 0 || g->bytes == 0)
            continue;
        column = column_after(g->text, g->bytes);
        if (column == g->columns)
            continue;
        if (totals->drifted_glyphs++ < MAX_REPORTED)
            report_glyph(report, g, column);
    }
}

static void try_line(const struct layout *l, const struct wrap_line *line, FILE *report,
                     struct totals *totals)
{
    struct buffer bytes = {0};
    int columns = 0;

    for (uint32_t i = line->glyph; i < line->glyph_end; i++) {
        const struct glyph *g = &l->d.glyphs[i];

        if (columns + g->columns > line->columns)
            break;
        buffer_append(&bytes, g->text, g->bytes);
        columns += g->columns;
        totals->glyphs++;
    }
    totals->lines++;
    if (column_after(buffer_string(&bytes), bytes.bytes) != columns) {
        totals->drifted_lines++;
        totals->unshaped_lines += !has_shaped(buffer_string(&bytes), bytes.bytes);
        fprintf(report, "  line: %s\n", buffer_string(&bytes));
        try_glyphs(l, line, report, totals);
    }
    buffer_release(&bytes);
}

static void try_transcript(const struct transcript *t, bool wide, FILE *report,
                           struct totals *totals)
{
    struct layout *l = layout_new(wide);

    for (uint32_t i = 0; i < transcript_count(t); i++) {
        size_t bytes;
        const char *text = transcript_text(t, i, &bytes);

        layout_text(l, text, bytes);
        layout_wrap(l, COLUMNS, transcript_get(t, FIELD_LANGUAGE));
        for (size_t n = 0; n < l->wrap.count; n++)
            try_line(l, &l->wrap.lines[n], report, totals);
    }
    layout_free(l);
}

int main(int argc, char **argv)
{
    struct transcript *t = transcript_new();
    struct loader *loader = NULL;
    struct source *source;
    struct totals totals = {0};
    struct termios before, raw;
    struct error err;
    FILE *report;

    if (argc < 3 || tcgetattr(STDIN_FILENO, &before) != 0)
        return 2;
    source = source_open_path(argv[1], &err);
    if (source != NULL)
        loader = loader_new(source, t, &(struct loader_options){0}, &err);
    report = fopen(argv[2], "w");
    if (loader == NULL || !loader_run(loader, &err) || report == NULL)
        return 2;
    raw = before;
    cfmakeraw(&raw);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw);
    try_transcript(t, argc > 3 && strcmp(argv[3], "wide") == 0, report, &totals);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    fprintf(report,
            "%zu lines, %zu glyphs, %zu lines drift, %zu of them unshaped, %zu glyphs drift\n",
            totals.lines, totals.glyphs, totals.drifted_lines, totals.unshaped_lines,
            totals.drifted_glyphs);
    fclose(report);
    loader_free(loader);
    transcript_free(t);
    return totals.lines == 0 || totals.unshaped_lines > 0;
}

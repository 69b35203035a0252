/* Two records side by side: in two columns if there is room, else alternating, pair by pair. A
 * paragraph without a counterpart is alone in its column, with a mark in the other. */
#include "commands/show_beside.h"

#include <inttypes.h>
#include <string.h>

#include "commands/load.h"
#include "shilu/analysis/alignment.h"
#include "shilu/cli/ansi_style.h"
#include "shilu/cli/cli_format.h"
#include "shilu/cli/output.h"
#include "shilu/cli/report.h"
#include "shilu/text/display.h"
#include "shilu/text/wrap.h"

enum { DEFAULT_COLUMNS = 80, MIN_BESIDE = 100, GUTTER = 3, MAX_COLUMN = 80 };

/* One record's part of a pair, as lines. */
struct column {
    const struct transcript *t;
    struct buffer text;
    struct display display;
    struct wrap wrap;
    size_t heading; /* length of the heading at the start of the text */
};

struct beside {
    const struct alignment *al;
    struct column sides[2];
    const struct ansi_style *paint;
    struct width *width;
    struct buffer out;
};

static void append_heading(struct column *c, uint32_t segment)
{
    const char *name = cli_format_speaker(c->t, transcript_segment(c->t, segment)->speaker);

    cli_format_start(&c->text, c->t, segment);
    buffer_append_char(&c->text, ' ');
    cli_format_text(&c->text, name, strlen(name));
    c->heading = c->text.bytes;
    buffer_append_char(&c->text, '\n');
}

static void fill_column(struct beside *b, struct column *c, uint32_t first, uint32_t end,
                        int columns)
{
    uint32_t segment = first;

    buffer_clear(&c->text);
    c->heading = 0;
    if (first == end) {
        buffer_append_string(&c->text, "-");
    } else {
        append_heading(c, first);
        for (; segment < end; segment = transcript_paragraph_end(c->t, segment)) {
            size_t bytes;
            const char *text = transcript_joined(
                c->t, segment, transcript_paragraph_end(c->t, segment), &bytes);

            if (segment > first)
                buffer_append_char(&c->text, '\n');
            buffer_append(&c->text, text, bytes);
        }
    }
    display_make(&c->display, b->width, buffer_string(&c->text), c->text.bytes);
    wrap_fill(&c->wrap, &c->display, buffer_string(&c->text), c->text.bytes, columns,
              transcript_get(c->t, FIELD_LANGUAGE));
}

/* One line of a column, padded if another column follows. */
static void append_line(struct beside *b, const struct column *c, size_t line, int columns,
                        bool pad)
{
    const struct wrap_line *l;
    bool heading;
    size_t g;
    int used = 0;

    if (line >= c->wrap.count) {
        cli_format_pad(&b->out, pad ? columns : 0);
        return;
    }
    l = &c->wrap.lines[line];
    heading = l->byte < c->heading;
    if (heading)
        buffer_append_string(&b->out, ansi_style_role(b->paint, ROLE_HEADING));
    for (g = l->glyph; g < l->glyph_end && used < l->columns; g++) {
        const struct glyph *glyph = &c->display.glyphs[g];

        if ((glyph->flags & (GLYPH_BREAK | GLYPH_HIDDEN)) != 0)
            continue;
        buffer_append(&b->out, glyph->text, glyph->bytes);
        used += glyph->columns;
    }
    if (heading)
        buffer_append_string(&b->out, ansi_style_reset(b->paint));
    cli_format_pad(&b->out, pad ? columns - used : 0);
}

static void print_in_columns(struct beside *b, int columns)
{
    int column = (columns - GUTTER) / 2;
    size_t i;

    if (column > MAX_COLUMN)
        column = MAX_COLUMN;
    for (i = 0; i < b->al->count; i++) {
        const struct alignment_pair *pair = &b->al->pairs[i];
        size_t line;

        fill_column(b, &b->sides[0], pair->a_first, pair->a_end, column);
        fill_column(b, &b->sides[1], pair->b_first, pair->b_end, column);
        for (line = 0; line < b->sides[0].wrap.count || line < b->sides[1].wrap.count; line++) {
            append_line(b, &b->sides[0], line, column + GUTTER, true);
            append_line(b, &b->sides[1], line, column, false);
            while (b->out.bytes > 0 && b->out.data[b->out.bytes - 1] == ' ')
                b->out.data[--b->out.bytes] = '\0';
            buffer_append_char(&b->out, '\n');
        }
        buffer_append_char(&b->out, '\n');
    }
}

static void print_in_turn(struct beside *b, int columns)
{
    size_t i;
    size_t side;

    for (i = 0; i < b->al->count; i++) {
        const struct alignment_pair *pair = &b->al->pairs[i];

        fill_column(b, &b->sides[0], pair->a_first, pair->a_end, columns - 2);
        fill_column(b, &b->sides[1], pair->b_first, pair->b_end, columns - 2);
        for (side = 0; side < 2; side++) {
            size_t line;

            for (line = 0; line < b->sides[side].wrap.count; line++) {
                buffer_append_string(&b->out, side == 0 ? "  " : "| ");
                append_line(b, &b->sides[side], line, columns - 2, false);
                buffer_append_char(&b->out, '\n');
            }
        }
        buffer_append_char(&b->out, '\n');
    }
}

static void append_json_side(struct beside *b, const struct transcript *t, uint32_t first,
                             uint32_t end)
{
    const char *between = "[";
    uint32_t segment;

    for (segment = first; segment < end; segment = transcript_paragraph_end(t, segment)) {
        size_t bytes;
        const char *text = transcript_joined(t, segment, transcript_paragraph_end(t, segment),
                                             &bytes);
        uint32_t speaker = transcript_segment(t, segment)->speaker;

        buffer_append_format(&b->out, "%s{\"segment\": %" PRIu32 ", \"start\": ", between,
                             segment + 1);
        cli_format_json_moment(&b->out, t, transcript_segment(t, segment)->start_ms);
        buffer_append_string(&b->out, ", \"speaker\": ");
        cli_format_json_text(&b->out,
                             speaker != SPEAKER_NONE ? cli_format_speaker(t, speaker) : NULL);
        buffer_append_string(&b->out, ", \"text\": ");
        cli_format_json_string(&b->out, text, bytes);
        buffer_append_char(&b->out, '}');
        between = ", ";
    }
    buffer_append_string(&b->out, *between == '[' ? "[]" : "]");
}

static void print_json(struct beside *b)
{
    size_t i;

    buffer_append_format(&b->out, "{\"aligned_by\": \"%s\", \"pairs\": [",
                         b->al->by_time ? "time" : "length");
    for (i = 0; i < b->al->count; i++) {
        const struct alignment_pair *pair = &b->al->pairs[i];

        buffer_append_string(&b->out, i > 0 ? ",\n[" : "\n[");
        append_json_side(b, b->sides[0].t, pair->a_first, pair->a_end);
        buffer_append_string(&b->out, ", ");
        append_json_side(b, b->sides[1].t, pair->b_first, pair->b_end);
        buffer_append_char(&b->out, ']');
    }
    buffer_append_string(&b->out, "\n]}\n");
}

static void release_column(struct column *c)
{
    buffer_release(&c->text);
    display_release(&c->display);
    wrap_release(&c->wrap);
}

static int print_pairs(const struct options *o, const struct transcript *t,
                       const struct transcript *other, bool json,
                       const struct ansi_style *paint)
{
    struct alignment al;
    struct beside b = {.al = &al, .sides = {{.t = t}, {.t = other}}, .paint = paint};
    struct output out;
    struct error err;
    int columns;

    if (!output_open(&out, o, (char *const[]){o->paths[0], (char *)o->beside, NULL}, &err)) {
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    b.width = ansi_style_width(o);
    columns = ansi_style_columns(o, fileno(out.stream), DEFAULT_COLUMNS);
    alignment_make(&al, t, other);
    if (json)
        print_json(&b);
    else if (columns == 0 || columns >= MIN_BESIDE)
        print_in_columns(&b, columns > 0 ? columns : 2 * MAX_COLUMN + GUTTER);
    else
        print_in_turn(&b, columns < 20 ? 20 : columns);
    fwrite(buffer_string(&b.out), 1, b.out.bytes, out.stream);
    out.written = true;
    alignment_release(&al);
    release_column(&b.sides[0]);
    release_column(&b.sides[1]);
    buffer_release(&b.out);
    width_free(b.width);
    return output_finish(&out, EXIT_DONE);
}

static bool parse_format(const struct options *o, bool *json, struct error *err)
{
    *json = o->output_format != NULL && strcmp(o->output_format, "json") == 0;
    if (o->path_count != 1)
        return error_set(err, ERROR_USAGE, "--beside takes one file and the one beside it");
    if (o->output_format == NULL || *json || strcmp(o->output_format, "text") == 0)
        return true;
    return error_set(err, ERROR_USAGE, "unknown format '%s': --beside writes text and json",
                     o->output_format);
}

int show_beside(const struct options *o)
{
    struct loaded first;
    struct loaded second;
    struct ansi_style *paint = NULL;
    struct error err;
    int status = EXIT_DONE;
    bool json;

    if (parse_format(o, &json, &err))
        paint = ansi_style_new(o, output_fd(o->output), &err);
    if (paint == NULL) {
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    if (load_and_report(&first, o->paths[0], o, &status)) {
        if (load_and_report(&second, o->beside, o, &status)) {
            int printed = print_pairs(o, first.transcript, second.transcript, json, paint);

            status = printed > status ? printed : status;
        }
        load_release(&second);
    }
    load_release(&first);
    ansi_style_free(paint);
    return status;
}

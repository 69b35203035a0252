/* figures: the numbers, dates and names that a record states, with who said them and when. */
#include "shilu/commands/command.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "commands/foreach_file.h"
#include "shilu/analysis/figures.h"
#include "shilu/cli/cli_format.h"
#include "shilu/text/display.h"

enum { MAX_NAME_COLUMNS = 20, TEXT_COLUMNS = 24, MIN_COUNTED_COLUMNS = 12 };

static const char *const kind_names[] = {[FIGURE_NUMBER] = "number",
                                         [FIGURE_DATE] = "date",
                                         [FIGURE_TITLE] = "title",
                                         [FIGURE_QUOTED] = "quoted"};

static const char *name_of(const struct list *list, const struct figure *f)
{
    return cli_format_speaker(list->transcript,
                              transcript_segment(list->transcript, f->segment)->speaker);
}

/* For data: NULL for nobody. */
static const char *named(const struct list *list, const struct figure *f)
{
    bool any = transcript_segment(list->transcript, f->segment)->speaker != SPEAKER_NONE;

    return any ? name_of(list, f) : NULL;
}

/* As short as possible: 43170000, 92.5. */
static void append_value(struct buffer *out, double value)
{
    if (value == floor(value) && fabs(value) < 1e15)
        buffer_append_format(out, "%.0f", value);
    else
        buffer_append_format(out, "%.10g", value);
}

/* Nothing is cut if the width is unlimited. */
static void print_cell(const struct list *list, struct span s, int columns)
{
    int used = display_columns(list->width, s.data, s.length);

    if (list->columns == 0 && used > columns) {
        cli_format_text(list->out, s.data, s.length);
        columns = used;
    } else {
        used = display_fit(list->out, list->width, s.data, s.length, columns);
    }
    cli_format_pad(list->out, columns - used + 2);
}

static void print_text_row(const struct list *list, const struct figure *f, int start)
{
    const char *off = ansi_style_reset(list->paint);
    const char *name = name_of(list, f);
    size_t before;
    int left = list->columns > 0
                   ? list->columns - start - 2 - TEXT_COLUMNS - 2 - MAX_NAME_COLUMNS - 2
                   : 60;

    buffer_append_string(list->out, ansi_style_role(list->paint, ROLE_TIME));
    before = list->out->bytes;
    cli_format_start(list->out, list->transcript, f->segment);
    cli_format_pad(list->out, start - (int)(list->out->bytes - before) + 2);
    buffer_append_string(list->out, off);
    print_cell(list, f->text, TEXT_COLUMNS);
    buffer_append_string(
        list->out,
        ansi_style_speaker(list->paint, list->transcript,
                           transcript_segment(list->transcript, f->segment)->speaker));
    print_cell(list, span_string(name), MAX_NAME_COLUMNS);
    buffer_append_string(list->out, off);
    if (f->counted.length > 0)
        display_fit(list->out, list->width, f->counted.data, f->counted.length,
                    left < MIN_COUNTED_COLUMNS ? MIN_COUNTED_COLUMNS : left);
    while (list->out->bytes > 0 && list->out->data[list->out->bytes - 1] == ' ')
        list->out->data[--list->out->bytes] = '\0';
    buffer_append_char(list->out, '\n');
}

static void print_json_row(const struct list *list, const struct figure *f)
{
    buffer_append_format(list->out, "{\"kind\": \"%s\", \"text\": ", kind_names[f->kind]);
    cli_format_json_string(list->out, f->text.data, f->text.length);
    if (f->kind == FIGURE_NUMBER) {
        buffer_append_string(list->out, ", \"value\": ");
        append_value(list->out, f->value);
        if (!isnan(f->to)) {
            buffer_append_string(list->out, ", \"to\": ");
            append_value(list->out, f->to);
        }
        buffer_append_string(list->out, ", \"unit\": ");
        cli_format_json_string(list->out, f->unit.data, f->unit.length);
        buffer_append_string(list->out, ", \"counted\": ");
        cli_format_json_string(list->out, f->counted.data, f->counted.length);
    }
    buffer_append_format(list->out, ", \"segment\": %" PRIu32 ", \"start\": ", f->segment + 1);
    cli_format_json_moment(list->out, list->transcript,
                           transcript_segment(list->transcript, f->segment)->start_ms);
    buffer_append_string(list->out, ", \"speaker\": ");
    cli_format_json_text(list->out, named(list, f));
    buffer_append_char(list->out, '}');
}

static void append_csv_span(struct buffer *out, struct span s)
{
    struct buffer text = {0};

    buffer_append(&text, s.data, s.length);
    cli_format_csv_field(out, buffer_string(&text));
    buffer_release(&text);
}

static void print_csv_row(const struct list *list, const struct figure *f)
{
    buffer_append_format(list->out, "%s,", kind_names[f->kind]);
    append_csv_span(list->out, f->text);
    buffer_append_char(list->out, ',');
    if (f->kind == FIGURE_NUMBER)
        append_value(list->out, f->value);
    buffer_append_char(list->out, ',');
    if (!isnan(f->to))
        append_value(list->out, f->to);
    buffer_append_char(list->out, ',');
    append_csv_span(list->out, f->unit);
    buffer_append_char(list->out, ',');
    append_csv_span(list->out, f->counted);
    buffer_append_format(list->out, ",%" PRIu32 ",", f->segment + 1);
    cli_format_moment(list->out, list->transcript,
                      transcript_segment(list->transcript, f->segment)->start_ms);
    buffer_append_char(list->out, ',');
    cli_format_csv_field(list->out, named(list, f));
    buffer_append_string(list->out, "\r\n");
}

static void print_figures(const struct list *list)
{
    struct figures f = {0};
    struct buffer time = {0};
    const char *between = "[\n";
    int start = 0;
    size_t i;

    figures_make(&f, list->transcript);
    for (i = 0; i < f.count && list->format == LIST_TEXT; i++) {
        buffer_clear(&time);
        cli_format_start(&time, list->transcript, f.items[i].segment);
        start = (int)time.bytes > start ? (int)time.bytes : start;
    }
    if (list->format == LIST_CSV)
        buffer_append_string(list->out,
                             "kind,text,value,to,unit,counted,segment,start,speaker\r\n");
    for (i = 0; i < f.count; i++) {
        if (!selection_takes(list->selection, list->transcript, f.items[i].segment))
            continue;
        if (list->format == LIST_JSON) {
            buffer_append_string(list->out, between);
            print_json_row(list, &f.items[i]);
            between = ",\n";
        } else if (list->format == LIST_CSV) {
            print_csv_row(list, &f.items[i]);
        } else {
            print_text_row(list, &f.items[i], start);
        }
    }
    if (list->format == LIST_JSON)
        buffer_append_string(list->out, *between == ',' ? "\n]\n" : "[]\n");
    buffer_release(&time);
    figures_release(&f);
}

int command_figures(const struct options *o)
{
    return foreach_file_list(o, print_figures);
}

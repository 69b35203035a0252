/* Outline of a record, one line per item: headings, questions with who asks and who answers,
 * and numbered points below them. */
#include "commands/show_outline.h"

#include <inttypes.h>
#include <string.h>

#include "shilu/analysis/outline.h"
#include "shilu/cli/cli_format.h"
#include "shilu/text/display.h"

enum { MIN_TEXT_COLUMNS = 20, TEXT_BYTES = 400, ALL_BYTES = 4000, INDENT = 2 };

static const char *const kind_names[] = {[OUTLINE_HEADING] = "heading",
                                         [OUTLINE_QUESTION] = "question",
                                         [OUTLINE_STATEMENT] = "statement",
                                         [OUTLINE_POINT] = "point"};

/* A selection cuts a list only between its items. */
static bool is_selected(const struct list *list, const struct outline_item *item)
{
    return selection_takes(list->selection, list->transcript, item->segment);
}

/* The marker of a point, as in the text. */
static void append_mark(const struct list *list, const struct outline_item *item,
                        struct buffer *out)
{
    struct buffer mark = {0};

    outline_mark(item, list->transcript, &mark);
    cli_format_text(out, buffer_string(&mark), mark.bytes);
    buffer_release(&mark);
}

static uint32_t speaker_of(const struct list *list, const struct outline_item *item)
{
    return transcript_segment(list->transcript, item->segment)->speaker;
}

static void append_name(const struct list *list, uint32_t speaker)
{
    const char *name = cli_format_speaker(list->transcript, speaker);

    buffer_append_string(list->out, ansi_style_speaker(list->paint, list->transcript, speaker));
    cli_format_text(list->out, name, strlen(name));
    buffer_append_string(list->out, ansi_style_reset(list->paint));
}

static void append_answerers(const struct list *list, const struct outline_item *item)
{
    uint32_t segment = item->segment;
    uint32_t speaker;
    const char *before = " > ";

    while ((speaker = outline_answerer(item, list->transcript, &segment)) != SPEAKER_NONE) {
        buffer_append_string(list->out, before);
        append_name(list, speaker);
        before = ", ";
    }
}

static void print_words(const struct list *list, const struct outline_item *item, int used)
{
    struct buffer words = {0};
    int columns = list->columns > 0 ? list->columns - used : 0;

    outline_words(item, list->transcript, TEXT_BYTES, &words);
    if (columns > 0)
        display_fit(list->out, list->width, buffer_string(&words), words.bytes,
                    columns < MIN_TEXT_COLUMNS ? MIN_TEXT_COLUMNS : columns);
    else
        cli_format_text(list->out, buffer_string(&words), words.bytes);
    buffer_release(&words);
}

/* Columns of what was appended since `from`, not counting colours. */
static int columns_of(const struct list *list, struct buffer *label)
{
    return display_columns(list->width, buffer_string(label), label->bytes);
}

static void print_item(const struct list *list, const struct outline_item *item, int start)
{
    struct buffer label = {0};
    size_t before = list->out->bytes;
    int indent = item->level * INDENT;

    buffer_append_string(list->out, ansi_style_role(list->paint, ROLE_TIME));
    before = list->out->bytes;
    cli_format_start(list->out, list->transcript, item->segment);
    cli_format_pad(list->out, start - (int)(list->out->bytes - before));
    buffer_append_string(list->out, ansi_style_reset(list->paint));
    cli_format_pad(list->out, 2 + indent);
    if (item->kind == OUTLINE_POINT)
        append_mark(list, item, &label);
    else if (item->kind == OUTLINE_QUESTION)
        buffer_append_format(&label, "Q%u ", (unsigned)item->number);
    if (item->kind == OUTLINE_QUESTION)
        buffer_append_string(list->out, ansi_style_role(list->paint, ROLE_QUESTION));
    else if (item->kind == OUTLINE_HEADING)
        buffer_append_string(list->out, ansi_style_role(list->paint, ROLE_HEADING));
    buffer_append(list->out, buffer_string(&label), label.bytes);
    if (item->kind == OUTLINE_QUESTION || item->kind == OUTLINE_STATEMENT) {
        buffer_append_string(list->out, ansi_style_reset(list->paint));
        append_name(list, speaker_of(list, item));
        if (item->kind == OUTLINE_QUESTION)
            append_answerers(list, item);
        buffer_append_char(list->out, '\n');
        cli_format_pad(list->out, start + 2 + indent + INDENT);
        print_words(list, item, start + 2 + indent + INDENT);
    } else {
        print_words(list, item, start + 2 + indent + columns_of(list, &label));
    }
    buffer_append_format(list->out, "%s\n", ansi_style_reset(list->paint));
    buffer_release(&label);
}

static void print_text(const struct list *list, const struct outline *o)
{
    struct buffer time = {0};
    int start = 0;
    size_t i;

    for (i = 0; i < o->count; i++) {
        buffer_clear(&time);
        cli_format_start(&time, list->transcript, o->items[i].segment);
        start = (int)time.bytes > start ? (int)time.bytes : start;
    }
    buffer_release(&time);
    for (i = 0; i < o->count; i++) {
        if (is_selected(list, &o->items[i]))
            print_item(list, &o->items[i], start);
    }
}

static void append_json_name(const struct list *list, uint32_t speaker)
{
    cli_format_json_text(list->out, speaker != SPEAKER_NONE
                                        ? cli_format_speaker(list->transcript, speaker)
                                        : NULL);
}

static void append_json_answerers(const struct list *list, const struct outline_item *item)
{
    uint32_t segment = item->segment;
    uint32_t speaker;
    const char *before = "";

    buffer_append_string(list->out, ", \"answered_by\": [");
    while ((speaker = outline_answerer(item, list->transcript, &segment)) != SPEAKER_NONE) {
        buffer_append_string(list->out, before);
        append_json_name(list, speaker);
        before = ", ";
    }
    buffer_append_char(list->out, ']');
}

static void print_json_item(const struct list *list, const struct outline_item *item)
{
    struct buffer words = {0};

    outline_words(item, list->transcript, ALL_BYTES, &words);
    buffer_append_format(list->out, "{\"kind\": \"%s\", \"level\": %u", kind_names[item->kind],
                         (unsigned)item->level);
    if (item->kind == OUTLINE_QUESTION || item->kind == OUTLINE_POINT)
        buffer_append_format(list->out, ", \"number\": %u", (unsigned)item->number);
    if (item->kind == OUTLINE_POINT)
        buffer_append_format(list->out, ", \"list\": %u", (unsigned)item->list + 1);
    buffer_append_format(list->out,
                         ", \"segment\": %" PRIu32 ", \"start\": ", item->segment + 1);
    cli_format_json_moment(list->out, list->transcript,
                           transcript_segment(list->transcript, item->segment)->start_ms);
    buffer_append_string(list->out, ", \"speaker\": ");
    append_json_name(list, speaker_of(list, item));
    if (item->kind == OUTLINE_QUESTION)
        append_json_answerers(list, item);
    if (item->kind == OUTLINE_POINT) {
        size_t bytes;
        const char *said = transcript_text(list->transcript, item->segment, &bytes);

        buffer_append_string(list->out, ", \"mark\": ");
        cli_format_json_string(list->out, said + item->byte, item->mark_bytes);
    }
    buffer_append_string(list->out, ", \"text\": ");
    cli_format_json_string(list->out, buffer_string(&words), words.bytes);
    buffer_append_char(list->out, '}');
    buffer_release(&words);
}

static void print_json(const struct list *list, const struct outline *o)
{
    const char *before = "[\n";
    size_t i;

    for (i = 0; i < o->count; i++) {
        if (!is_selected(list, &o->items[i]))
            continue;
        buffer_append_string(list->out, before);
        print_json_item(list, &o->items[i]);
        before = ",\n";
    }
    buffer_append_string(list->out, *before == ',' ? "\n]\n" : "[]\n");
}

static void print_csv(const struct list *list, const struct outline *o)
{
    size_t i;

    buffer_append_string(list->out, "kind,level,number,segment,start,speaker,text\r\n");
    for (i = 0; i < o->count; i++) {
        const struct outline_item *item = &o->items[i];
        struct buffer words = {0};

        if (!is_selected(list, item))
            continue;
        buffer_append_format(list->out, "%s,%u,", kind_names[item->kind],
                             (unsigned)item->level);
        if (item->number > 0)
            buffer_append_format(list->out, "%u", (unsigned)item->number);
        buffer_append_format(list->out, ",%" PRIu32 ",", item->segment + 1);
        cli_format_moment(list->out, list->transcript,
                          transcript_segment(list->transcript, item->segment)->start_ms);
        buffer_append_char(list->out, ',');
        if (speaker_of(list, item) != SPEAKER_NONE)
            cli_format_csv_field(list->out,
                                 cli_format_speaker(list->transcript, speaker_of(list, item)));
        buffer_append_char(list->out, ',');
        outline_words(item, list->transcript, ALL_BYTES, &words);
        cli_format_csv_field(list->out, buffer_string(&words));
        buffer_append_string(list->out, "\r\n");
        buffer_release(&words);
    }
}

void show_outline_print(const struct list *list)
{
    struct outline o;

    outline_init(&o);
    outline_make(&o, list->transcript);
    if (list->format == LIST_JSON)
        print_json(list, &o);
    else if (list->format == LIST_CSV)
        print_csv(list, &o);
    else
        print_text(list, &o);
    outline_release(&o);
}

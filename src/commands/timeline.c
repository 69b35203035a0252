/* timeline: the times of a record and the silences between them: as a list, one line per
 * paragraph, or as a plot, one row per speaker along the time axis. */
#include "shilu/commands/command.h"

#include <inttypes.h>
#include <string.h>

#include "commands/foreach_file.h"
#include "commands/timeline_plot.h"
#include "shilu/base/translate.h"
#include "shilu/cli/cli_format.h"
#include "shilu/text/display.h"

enum { MIN_TEXT_COLUMNS = 20, MAX_NAME_COLUMNS = 24 };

/* A listed paragraph: its selected part, up to the next unselected segment. */
struct moment {
    uint32_t first;
    uint32_t end;
    int64_t silence_ms; /* before it; 0 if it is not worth showing */
};

static bool next_moment(const struct list *list, uint32_t from, struct moment *m)
{
    const struct transcript *t = list->transcript;

    if (from >= transcript_count(t))
        return false;
    m->first = selection_at_or_after(list->selection, t, from);
    if (m->first == SEGMENT_NONE)
        return false;
    m->end = selection_unit_end(list->selection, t, m->first);
    /* Between parts that are not adjacent, others may have spoken. */
    m->silence_ms = m->first == from ? transcript_gap_before(t, m->first) : 0;
    if (m->silence_ms < list->silence_ms)
        m->silence_ms = 0;
    return true;
}

static int start_columns(const struct list *list)
{
    struct buffer start = {0};
    struct moment m;
    uint32_t from = 0;
    size_t widest = 0;

    for (; next_moment(list, from, &m); from = m.end) {
        buffer_clear(&start);
        cli_format_start(&start, list->transcript, m.first);
        if (start.bytes > widest) /* ASCII: a byte is a column */
            widest = start.bytes;
    }
    buffer_release(&start);
    return (int)widest;
}

static int name_columns(const struct list *list)
{
    size_t count = transcript_speaker_count(list->transcript);
    int widest = 1;
    size_t i;

    for (i = 0; i < count; i++) {
        const struct speaker *s = transcript_speaker_at(list->transcript, (uint32_t)i);
        int columns = display_columns(list->width, s->name, strlen(s->name));

        if (s->segments > 0 && columns > widest)
            widest = columns;
    }
    return widest < MAX_NAME_COLUMNS ? widest : MAX_NAME_COLUMNS;
}

static void print_silence(const struct list *list, const struct moment *m, int start)
{
    char duration[CIVIL_TEXT];

    if (m->silence_ms == 0)
        return;
    civil_format_duration(m->silence_ms, duration);
    cli_format_pad(list->out, start + 4);
    buffer_append_format(list->out, "%s~ ", ansi_style_role(list->paint, ROLE_GAP));
    buffer_append_format(list->out,
                         transcript_has_silences(list->transcript) ? _("%s of silence")
                                                                   : _("%s to the next entry"),
                         duration);
    buffer_append_format(list->out, "%s\n", ansi_style_reset(list->paint));
}

static void print_words(const struct list *list, const struct moment *m, int capacity)
{
    size_t bytes;
    const char *words = transcript_joined(list->transcript, m->first, m->end, &bytes);

    if (capacity > 0)
        display_fit(list->out, list->width, words, bytes, capacity);
    else
        cli_format_text(list->out, words, bytes);
}

static void print_moment(const struct list *list, const struct moment *m, int start, int name)
{
    const struct transcript *t = list->transcript;
    uint32_t speaker = transcript_segment(t, m->first)->speaker;
    const char *who = cli_format_speaker(t, speaker);
    bool asks = transcript_kind(t, m->first) == SEGMENT_QUESTION;
    const char *off = ansi_style_reset(list->paint);
    size_t before;
    int capacity = 0;

    buffer_append_string(list->out, ansi_style_role(list->paint, ROLE_TIME));
    before = list->out->bytes;
    cli_format_start(list->out, t, m->first);
    cli_format_pad(list->out, start - (int)(list->out->bytes - before));
    buffer_append_format(list->out, "%s  %s%c%s ", off,
                         ansi_style_role(list->paint, ROLE_QUESTION), asks ? '?' : ' ', off);
    buffer_append_string(list->out, ansi_style_speaker(list->paint, t, speaker));
    before = (size_t)display_fit(list->out, list->width, who, strlen(who), name);
    buffer_append_string(list->out, off);
    cli_format_pad(list->out, name - (int)before + 2);
    if (list->columns > 0) {
        capacity = list->columns - start - name - 6;
        capacity = capacity < MIN_TEXT_COLUMNS ? MIN_TEXT_COLUMNS : capacity;
    }
    print_words(list, m, capacity);
    buffer_append_char(list->out, '\n');
}

static void print_list(const struct list *list)
{
    int start = start_columns(list);
    int name = name_columns(list);
    struct moment m;
    uint32_t from = 0;

    for (; next_moment(list, from, &m); from = m.end) {
        print_silence(list, &m, start);
        print_moment(list, &m, start, name);
    }
}

static int64_t moment_end_ms(const struct transcript *t, const struct moment *m)
{
    return transcript_end_ms(t, m->end - 1);
}

static void print_csv(const struct list *list)
{
    const struct transcript *t = list->transcript;
    struct buffer cell = {0};
    struct moment m;
    uint32_t from = 0;
    const char *words;
    size_t bytes;

    buffer_append_string(list->out, "segment,start,end,silence_ms,speaker,kind,text\r\n");
    for (; next_moment(list, from, &m); from = m.end) {
        buffer_append_format(list->out, "%" PRIu32 ",", m.first + 1);
        cli_format_moment(list->out, t, transcript_segment(t, m.first)->start_ms);
        buffer_append_char(list->out, ',');
        cli_format_moment(list->out, t, moment_end_ms(t, &m));
        buffer_append_format(list->out, ",%" PRId64 ",", m.silence_ms);
        if (transcript_segment(t, m.first)->speaker != SPEAKER_NONE)
            cli_format_csv_field(
                list->out, cli_format_speaker(t, transcript_segment(t, m.first)->speaker));
        buffer_append_format(list->out, ",%s,", segment_kind_name(transcript_kind(t, m.first)));
        words = transcript_joined(t, m.first, m.end, &bytes);
        buffer_clear(&cell);
        buffer_append(&cell, words, bytes);
        cli_format_csv_field(list->out, buffer_string(&cell));
        buffer_append_string(list->out, "\r\n");
    }
    buffer_release(&cell);
}

static void print_json(const struct list *list)
{
    const struct transcript *t = list->transcript;
    struct moment m;
    uint32_t from = 0;
    const char *words;
    size_t bytes;
    const char *between = "\n";

    buffer_append_char(list->out, '[');
    for (; next_moment(list, from, &m); from = m.end) {
        uint32_t speaker = transcript_segment(t, m.first)->speaker;

        buffer_append_format(list->out, "%s  {\"segment\": %" PRIu32 ", \"start\": ", between,
                             m.first + 1);
        cli_format_json_moment(list->out, t, transcript_segment(t, m.first)->start_ms);
        buffer_append_string(list->out, ", \"end\": ");
        cli_format_json_moment(list->out, t, moment_end_ms(t, &m));
        buffer_append_format(list->out,
                             ", \"silence_ms\": %" PRId64 ", \"speaker\": ", m.silence_ms);
        cli_format_json_text(list->out,
                             speaker == SPEAKER_NONE ? NULL : cli_format_speaker(t, speaker));
        buffer_append_format(list->out, ", \"kind\": \"%s\", \"text\": ",
                             segment_kind_name(transcript_kind(t, m.first)));
        words = transcript_joined(t, m.first, m.end, &bytes);
        cli_format_json_string(list->out, words, bytes);
        buffer_append_char(list->out, '}');
        between = ",\n";
    }
    buffer_append_string(list->out, *between == ',' ? "\n]\n" : "]\n");
}

static void print_timeline(const struct list *list)
{
    if (list->format == LIST_JSON)
        print_json(list);
    else if (list->format == LIST_CSV)
        print_csv(list);
    else if (list->options->plot)
        timeline_plot_print(list);
    else
        print_list(list);
}

int command_timeline(const struct options *o)
{
    return foreach_file_list(o, print_timeline);
}

/* speakers: who spoke, how much, and when. */
#include "shilu/commands/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "commands/foreach_file.h"
#include "commands/load.h"
#include "commands/speaker_stats.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/cli/cli_format.h"
#include "shilu/text/display.h"

enum column { NAME, ROLE, TURNS, SEGMENTS, CHARACTERS, SHARE, FIRST, LAST, COLUMN_COUNT };

static const struct {
    const char *title;
    bool right; /* numbers are right-aligned */
} columns[COLUMN_COUNT] = {
    [NAME] = {N_("name"), false},
    [ROLE] = {N_("role"), false},
    [TURNS] = {N_("turns"), true},
    [SEGMENTS] = {N_("segments"), true},
    [CHARACTERS] = {N_("characters"), true},
    [SHARE] = {N_("share"), true},
    [FIRST] = {N_("first"), true},
    [LAST] = {N_("last"), true},
};

/* One cell as text. */
static void append_cell(struct buffer *out, const struct list *list,
                        const struct speaker_stats_row *row, enum column column)
{
    const struct transcript *t = list->transcript;
    const struct speaker *speaker = row->speaker == SPEAKER_NONE
                                        ? NULL
                                        : transcript_speaker_at(t, row->speaker);

    switch (column) {
    case NAME:
        cli_format_text(out, cli_format_speaker(t, row->speaker),
                        strlen(cli_format_speaker(t, row->speaker)));
        break;
    case ROLE:
        if (speaker != NULL && speaker->role != NULL)
            cli_format_text(out, speaker->role, strlen(speaker->role));
        break;
    case TURNS:
        buffer_append_format(out, "%" PRIu64, row->turns);
        break;
    case SEGMENTS:
        buffer_append_format(out, "%" PRIu64, row->segments);
        break;
    case CHARACTERS:
        buffer_append_format(out, "%" PRIu64, row->characters);
        break;
    case SHARE:
        buffer_append_format(out, "%.1f%%", row->share * 100);
        break;
    case FIRST:
        cli_format_moment(out, t, row->first_ms);
        break;
    case LAST:
        cli_format_moment(out, t, row->last_ms);
        break;
    case COLUMN_COUNT:
        break;
    }
}

static int title_columns(const struct list *list, int column)
{
    const char *title = _(columns[column].title);

    return display_columns(list->width, title, strlen(title));
}

static void measure(const struct list *list, const struct speaker_stats *tally, int *widths)
{
    struct buffer cell = {0};
    int column;
    size_t i;

    for (column = 0; column < COLUMN_COUNT; column++) {
        widths[column] = tally->count > 0 ? title_columns(list, column) : 0;
        for (i = 0; i < tally->count; i++) {
            int wide;

            buffer_clear(&cell);
            append_cell(&cell, list, &tally->rows[i], (enum column)column);
            wide = display_columns(list->width, buffer_string(&cell), cell.bytes);
            if (wide > widths[column])
                widths[column] = wide;
        }
    }
    buffer_release(&cell);
}

/* One cell, aligned; the last column needs no blanks after it. */
static void append_aligned(const struct list *list, int column, int columns_wide,
                           const char *paint, const struct buffer *cell)
{
    int blank = columns_wide - display_columns(list->width, buffer_string(cell), cell->bytes);

    if (column > 0)
        buffer_append_string(list->out, "  ");
    if (columns[column].right)
        cli_format_pad(list->out, blank);
    buffer_append_string(list->out, paint);
    buffer_append(list->out, buffer_string(cell), cell->bytes);
    if (*paint != '\0')
        buffer_append_string(list->out, ansi_style_reset(list->paint));
    if (!columns[column].right && column != LAST)
        cli_format_pad(list->out, blank);
}

static void print_header(const struct list *list, const int *widths)
{
    struct buffer cell = {0};
    int column;

    for (column = 0; column < COLUMN_COUNT; column++) {
        buffer_clear(&cell);
        buffer_append_string(&cell, _(columns[column].title));
        append_aligned(list, column, widths[column], ansi_style_role(list->paint, ROLE_HEADING),
                       &cell);
    }
    buffer_append_char(list->out, '\n');
    buffer_release(&cell);
}

static void print_table(const struct list *list, const struct speaker_stats *tally)
{
    int widths[COLUMN_COUNT];
    struct buffer cell = {0};
    size_t i;
    int column;

    measure(list, tally, widths);
    print_header(list, widths);
    for (i = 0; i < tally->count; i++) {
        for (column = 0; column < COLUMN_COUNT; column++) {
            buffer_clear(&cell);
            append_cell(&cell, list, &tally->rows[i], (enum column)column);
            append_aligned(list, column, widths[column],
                           column == NAME ? ansi_style_speaker(list->paint, list->transcript,
                                                               tally->rows[i].speaker)
                                          : "",
                           &cell);
        }
        buffer_append_char(list->out, '\n');
    }
    buffer_release(&cell);
}

static void print_csv(const struct list *list, const struct speaker_stats *tally)
{
    struct buffer cell = {0};
    size_t i;
    int column;

    buffer_append_string(list->out,
                         "name,role,organization,kind,turns,segments,characters,share,first,"
                         "last\r\n");
    for (i = 0; i < tally->count; i++) {
        const struct speaker_stats_row *row = &tally->rows[i];
        const struct speaker *s = row->speaker == SPEAKER_NONE
                                      ? NULL
                                      : transcript_speaker_at(list->transcript, row->speaker);

        cli_format_csv_field(list->out, s != NULL ? s->name : NULL);
        buffer_append_char(list->out, ',');
        cli_format_csv_field(list->out, s != NULL ? s->role : NULL);
        buffer_append_char(list->out, ',');
        cli_format_csv_field(list->out, s != NULL ? s->organization : NULL);
        buffer_append_format(list->out, ",%s",
                             speaker_kind_name(s != NULL ? transcript_speaker_kind(
                                                               list->transcript, row->speaker)
                                                         : SPEAKER_UNKNOWN));
        for (column = TURNS; column < COLUMN_COUNT; column++) {
            buffer_append_char(list->out, ',');
            buffer_clear(&cell);
            if (column == SHARE)
                buffer_append_format(&cell, "%.4f", row->share);
            else
                append_cell(&cell, list, row, (enum column)column);
            cli_format_csv_field(list->out, buffer_string(&cell));
        }
        buffer_append_string(list->out, "\r\n");
    }
    buffer_release(&cell);
}

static void print_json_row(const struct list *list, const struct speaker_stats_row *row)
{
    const struct transcript *t = list->transcript;
    const struct speaker *s = row->speaker == SPEAKER_NONE
                                  ? NULL
                                  : transcript_speaker_at(t, row->speaker);
    enum speaker_kind kind = s != NULL ? transcript_speaker_kind(t, row->speaker)
                                       : SPEAKER_UNKNOWN;

    buffer_append_string(list->out, "  {\"name\": ");
    cli_format_json_text(list->out, s != NULL ? s->name : NULL);
    buffer_append_string(list->out, ", \"role\": ");
    cli_format_json_text(list->out, s != NULL ? s->role : NULL);
    buffer_append_string(list->out, ", \"organization\": ");
    cli_format_json_text(list->out, s != NULL ? s->organization : NULL);
    buffer_append_format(list->out,
                         ", \"kind\": \"%s\", \"turns\": %" PRIu64 ", \"segments\": %" PRIu64
                         ", \"characters\": %" PRIu64 ", \"share\": %.4f, \"first\": ",
                         speaker_kind_name(kind), row->turns, row->segments, row->characters,
                         row->share);
    cli_format_json_moment(list->out, t, row->first_ms);
    buffer_append_string(list->out, ", \"last\": ");
    cli_format_json_moment(list->out, t, row->last_ms);
    buffer_append_char(list->out, '}');
}

static void print_json(const struct list *list, const struct speaker_stats *tally)
{
    size_t i;

    buffer_append_char(list->out, '[');
    for (i = 0; i < tally->count; i++) {
        buffer_append_string(list->out, i > 0 ? ",\n" : "\n");
        print_json_row(list, &tally->rows[i]);
    }
    buffer_append_string(list->out, tally->count > 0 ? "\n]\n" : "]\n");
}

static void print_speakers(const struct list *list)
{
    struct speaker_stats tally;

    speaker_stats_make(&tally, list->transcript, list->selection);
    if (list->format == LIST_JSON)
        print_json(list, &tally);
    else if (list->format == LIST_CSV)
        print_csv(list, &tally);
    else
        print_table(list, &tally);
    speaker_stats_release(&tally);
}

int command_speakers(const struct options *o)
{
    return foreach_file_list(o, print_speakers);
}

/* --list speakers FILE...: only the names, one per line, as completions need them. */
int command_list_speakers(const struct options *o)
{
    for (size_t i = 0; i < o->path_count; i++) {
        struct loaded l;

        /* Nothing is reported, since somebody is typing on the next line. */
        load_quietly(&l, o->paths[i], o, true);
        for (uint32_t s = 0; l.transcript != NULL && s < transcript_speaker_count(l.transcript);
             s++) {
            const char *name = cli_format_speaker(l.transcript, s);
            struct buffer line = {0};

            if (!transcript_lists_speaker(l.transcript, s))
                continue;
            cli_format_text(&line, name, strlen(name));
            printf("%s\n", buffer_string(&line));
            buffer_release(&line);
        }
        load_release(&l);
    }
    return EXIT_DONE;
}

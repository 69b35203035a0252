/* notes: the user's notes with the words that they are about, in one record or in all: for
 * people who code interviews and write about what was said. */
#include "shilu/commands/command.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands/load.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/cli/cli_format.h"
#include "shilu/cli/output.h"
#include "shilu/cli/report.h"
#include "shilu/formats/format_name.h"
#include "shilu/store/citation.h"
#include "shilu/store/file_id.h"
#include "shilu/store/kept_notes.h"
#include "shilu/store/notes.h"
#include "shilu/text/display.h"

enum form { FORM_TEXT, FORM_MARKDOWN, FORM_CSV, FORM_JSON };

struct noting {
    const struct options *options;
    enum form form;
    struct buffer out;
    size_t printed; /* number of notes, of all records */
    bool has_title; /* the current record's title was printed */
    int status;
};

/* One note with everything known about its place. */
struct row {
    const char *note;
    struct quote quote; /* empty if the record cannot be read */
    struct buffer tags;
};

static bool parse_form(const struct options *o, enum form *form, struct error *err)
{
    static const char *const names[] = {[FORM_TEXT] = "text",
                                        [FORM_MARKDOWN] = "markdown",
                                        [FORM_CSV] = "csv",
                                        [FORM_JSON] = "json"};

    *form = FORM_TEXT;
    for (size_t i = 0; o->output_format != NULL && i < sizeof names / sizeof *names; i++)
        if (format_name_is(o->output_format, names[i])) {
            *form = (enum form)i;
            return true;
        }
    return o->output_format == NULL ||
           error_set(err, ERROR_USAGE,
                     "unknown format '%s': 'notes' writes text, markdown, csv and json",
                     o->output_format);
}

/* ------------------------------------------------------------------------------ one note */

static void append_field(const struct transcript *t, enum transcript_field field,
                         struct buffer *out)
{
    const char *value = transcript_get(t, field);

    buffer_append_string(out, value != NULL ? value : "");
}

/* The paragraph of the segment, with speaker and time. */
static void fill_quote(const struct transcript *t, const char *path, uint32_t segment,
                       struct quote *q)
{
    uint32_t speaker;
    size_t bytes;
    const char *words;

    buffer_append_string(&q->path, path);
    if (t == NULL)
        return;
    append_field(t, FIELD_TITLE, &q->title);
    append_field(t, FIELD_DATE, &q->date);
    append_field(t, FIELD_SOURCE_NAME, &q->source);
    append_field(t, FIELD_SOURCE_URL, &q->url);
    if (segment >= transcript_count(t))
        return;
    words = transcript_joined(t, transcript_paragraph_first(t, segment),
                              transcript_paragraph_end(t, segment), &bytes);
    buffer_append(&q->words, words, bytes);
    speaker = transcript_segment(t, segment)->speaker;
    if (speaker != SPEAKER_NONE)
        buffer_append_string(&q->speakers, transcript_speaker_at(t, speaker)->name);
    cli_format_moment(&q->time, t, transcript_segment(t, segment)->start_ms);
    cli_format_moment(&q->end, t, transcript_end_ms(t, segment));
}

static void append_csv(struct buffer *out, const char *field, bool raw)
{
    struct buffer cell = {0};

    /* A spreadsheet would run anything that begins like a formula. */
    if (!raw && *field != '\0' && strchr("=+-@\t\r", *field) != NULL)
        buffer_append_char(&cell, '\'');
    buffer_append_string(&cell, field);
    cli_format_csv_field(out, buffer_string(&cell));
    buffer_release(&cell);
}

static void print_csv(struct noting *n, struct row *r)
{
    struct buffer citation = {0};
    const char *fields[] = {
        buffer_string(&r->quote.path),
        buffer_string(&r->quote.title),
        buffer_string(&r->quote.date),
        buffer_string(&r->quote.speakers),
        buffer_string(&r->quote.time),
        buffer_string(&r->quote.words),
        r->note,
        buffer_string(&r->tags),
        NULL,
    };

    if (n->printed == 0)
        buffer_append_string(&n->out,
                             "record,title,date,speaker,time,quote,note,tags,citation\r\n");
    citation_format(NULL, &r->quote, &citation);
    while (citation.bytes > 0 && citation.data[citation.bytes - 1] == '\n')
        citation.data[--citation.bytes] = '\0';
    fields[8] = r->quote.words.bytes > 0 ? buffer_string(&citation) : "";
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        buffer_append_string(&n->out, i > 0 ? "," : "");
        append_csv(&n->out, fields[i], n->options->raw_cells);
    }
    buffer_append_string(&n->out, "\r\n");
    buffer_release(&citation);
}

static void json_member(struct buffer *out, const char *name, const struct buffer *value)
{
    buffer_append_format(out, ", \"%s\": ", name);
    if (value->bytes > 0)
        cli_format_json_string(out, value->data, value->bytes);
    else
        buffer_append_string(out, "null");
}

static void print_json(struct noting *n, struct row *r)
{
    struct span rest = span_string(r->note);
    struct span tag;
    const char *between = "";

    buffer_append_string(&n->out, n->printed == 0 ? "[\n" : ",\n");
    buffer_append_string(&n->out, "{\"note\": ");
    cli_format_json_text(&n->out, r->note);
    buffer_append_string(&n->out, ", \"tags\": [");
    while (note_tag_next(&rest, &tag)) {
        buffer_append_string(&n->out, between);
        cli_format_json_string(&n->out, tag.data, tag.length);
        between = ", ";
    }
    buffer_append_format(&n->out, "], \"segment\": %" PRIu32, r->quote.segment + 1);
    json_member(&n->out, "record", &r->quote.path);
    json_member(&n->out, "title", &r->quote.title);
    json_member(&n->out, "date", &r->quote.date);
    json_member(&n->out, "speaker", &r->quote.speakers);
    json_member(&n->out, "time", &r->quote.time);
    json_member(&n->out, "quote", &r->quote.words);
    buffer_append_char(&n->out, '}');
}

static void print_markdown(struct noting *n, struct row *r)
{
    const struct buffer *title = r->quote.title.bytes > 0 ? &r->quote.title : &r->quote.path;

    if (!n->has_title)
        buffer_append_format(&n->out, "%s## %s\n\n", n->printed > 0 ? "\n" : "",
                             buffer_string(title));
    else
        buffer_append_char(&n->out, '\n');
    buffer_append_format(&n->out, "%s\n\n", r->note);
    if (r->quote.words.bytes > 0)
        citation_format("markdown", &r->quote, &n->out);
}

static void print_text(struct noting *n, struct row *r)
{
    if (!n->has_title) {
        buffer_append_string(&n->out, n->printed > 0 ? "\n" : "");
        cli_format_text(&n->out, buffer_string(&r->quote.path), r->quote.path.bytes);
        buffer_append_char(&n->out, '\n');
    }
    buffer_append_format(&n->out, "%s", r->quote.time.bytes > 0 ? r->quote.time.data : "");
    if (r->quote.time.bytes == 0)
        buffer_append_format(&n->out, "#%" PRIu32, r->quote.segment + 1);
    buffer_append_string(&n->out, "  ");
    cli_format_text(&n->out, r->note, strlen(r->note));
    buffer_append_string(&n->out, "\n    ");
    if (r->quote.speakers.bytes > 0) {
        cli_format_text(&n->out, r->quote.speakers.data, r->quote.speakers.bytes);
        buffer_append_string(&n->out, ": ");
    }
    if (r->quote.words.bytes > 0)
        cli_format_text(&n->out, r->quote.words.data, r->quote.words.bytes);
    else
        buffer_append_string(&n->out, _("(the record cannot be read)"));
    buffer_append_char(&n->out, '\n');
}

static void print_note(struct noting *n, const struct transcript *t, const char *path,
                       uint32_t segment, const char *note)
{
    static void (*const print[])(struct noting *,
                                 struct row *) = {[FORM_TEXT] = print_text,
                                                  [FORM_MARKDOWN] = print_markdown,
                                                  [FORM_CSV] = print_csv,
                                                  [FORM_JSON] = print_json};
    struct row r = {.note = note, .quote = {.segment = segment}};

    if (!note_has_tags(note, n->options->tag))
        return;
    fill_quote(t, path, segment, &r.quote);
    note_tags_append(&r.tags, note, " ");
    print[n->form](n, &r);
    n->printed++;
    n->has_title = true;
    quote_release(&r.quote);
    buffer_release(&r.tags);
}

/* ---------------------------------------------------------------------------- the records */

static void print_record(struct noting *n, const char *path)
{
    struct loaded l;
    struct notes *notes;
    struct buffer said = {0};
    size_t count;

    n->has_title = false;
    if (load_and_report(&l, path, n->options, &n->status)) {
        notes = notes_new(path);
        notes_meet(notes, l.transcript, !load_is_partial(&l), &said);
        for (size_t i = 0; i < (notes_all(notes, &count), count); i++) {
            const struct reader_state_note *note = &notes_all(notes, &count)[i];

            print_note(n, l.transcript, path, note->segment, note->text);
        }
        notes_free(notes);
    }
    buffer_release(&said);
    load_release(&l);
}

static bool is_there(const char *path)
{
    struct file_id_head head;

    return path != NULL && file_id_read_head(path, 1, &head);
}

/* The notes of a record that no longer exists are still printed. */
static void print_all_records(struct noting *n)
{
    struct kept_notes all;

    kept_notes_read(&all);
    for (size_t i = 0; i < all.count;) {
        const char *path = all.items[i].path;
        size_t end = i;
        bool wanted = false;

        for (; end < all.count && (path == NULL ? all.items[end].path == NULL
                                                : all.items[end].path != NULL &&
                                                      strcmp(path, all.items[end].path) == 0);
             end++)
            wanted = wanted || note_has_tags(all.items[end].text, n->options->tag);
        n->has_title = false;
        if (wanted && is_there(path))
            print_record(n, path);
        for (; i < end; i++)
            if (wanted && !is_there(path))
                print_note(n, NULL, path != NULL ? path : "-", all.items[i].segment,
                           all.items[i].text);
    }
    kept_notes_release(&all);
}

/* A terminal would obey what a note or a record merely contains. */
static void write_out(const struct noting *n, FILE *out)
{
    struct buffer safe = {0};

    if (isatty(fileno(out)) == 1)
        display_sanitize(&safe, buffer_string(&n->out), n->out.bytes);
    else
        buffer_append(&safe, buffer_string(&n->out), n->out.bytes);
    fwrite(buffer_string(&safe), 1, safe.bytes, out);
    buffer_release(&safe);
}

int command_notes(const struct options *o)
{
    struct noting n = {.options = o, .status = EXIT_DONE};
    struct output out;
    struct error err;

    if (!parse_form(o, &n.form, &err)) {
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    for (size_t i = 0; i < o->path_count; i++)
        print_record(&n, o->paths[i]);
    if (o->path_count == 0)
        print_all_records(&n);
    if (n.form == FORM_JSON)
        buffer_append_string(&n.out, n.printed > 0 ? "\n]\n" : "[]\n");
    if (n.printed == 0 && n.status == EXIT_DONE)
        n.status = EXIT_NOTHING;
    if (output_open(&out, o, o->path_count > 0 ? o->paths : NULL, &err)) {
        write_out(&n, out.stream);
        out.written = n.printed > 0;
        n.status = output_finish(&out, n.status);
    } else {
        report_now(NULL, &err);
        n.status = EXIT_TROUBLE;
    }
    buffer_release(&n.out);
    return n.status;
}

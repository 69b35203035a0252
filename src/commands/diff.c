/* diff: what changed between two versions of a record. Exit status as for diff: 0 for no
 * change, 1 for changes, 2 for trouble. */
#include "shilu/commands/command.h"

#include <inttypes.h>
#include <string.h>

#include "commands/load.h"
#include "shilu/analysis/record_diff.h"
#include "shilu/base/translate.h"
#include "shilu/cli/ansi_style.h"
#include "shilu/cli/cli_format.h"
#include "shilu/cli/output.h"
#include "shilu/cli/report.h"
#include "shilu/text/utf8.h"

/* How much unchanged text is shown beside a change, in bytes. */
enum { CONTEXT_BYTES = 90 };

struct printer {
    struct buffer old_text, new_text; /* of the run being printed */
    const struct record_diff *d;
    const struct ansi_style *paint;
    const char *removed, *added, *off; /* around changed words */
    bool colored;
    struct buffer out;
};

static const char *const kind_names[] = {[DIFF_WORDS] = "words",
                                         [DIFF_ADDED] = "added",
                                         [DIFF_REMOVED] = "removed",
                                         [DIFF_SPEAKER] = "speaker",
                                         [DIFF_TIME] = "time"};

static const char *name_in(const struct transcript *t, uint32_t segment)
{
    return cli_format_speaker(t, transcript_segment(t, segment)->speaker);
}

static void append_place(struct printer *p, const struct transcript *t, uint32_t segment)
{
    const char *name = name_in(t, segment);

    cli_format_start(&p->out, t, segment);
    buffer_append_char(&p->out, ' ');
    cli_format_text(&p->out, name, strlen(name));
}

/* Same time and same name; one of the records may have seconds and the other not. */
static bool same_place(const struct printer *p, const struct diff_change *c)
{
    const struct transcript *was = p->d->old_record;
    const struct transcript *now = p->d->new_record;
    int64_t start_ms = transcript_segment(was, c->old_segment)->start_ms;

    return start_ms != TIME_NONE &&
           start_ms == transcript_segment(now, c->new_segment)->start_ms &&
           strcmp(name_in(was, c->old_segment), name_in(now, c->new_segment)) == 0;
}

static void print_heading(struct printer *p, const struct diff_change *c)
{
    const struct transcript *old_record = p->d->old_record;
    const struct transcript *new_record = p->d->new_record;
    size_t start;

    buffer_append_string(&p->out, ansi_style_role(p->paint, ROLE_HEADING));
    buffer_append_string(&p->out, "@@ ");
    start = p->out.bytes;
    if (c->old_segment != SEGMENT_NONE)
        append_place(p, old_record, c->old_segment);
    if (c->new_segment != SEGMENT_NONE &&
        (c->old_segment == SEGMENT_NONE || !same_place(p, c))) {
        struct buffer other = {0};
        struct buffer kept = p->out;

        p->out = other;
        append_place(p, new_record, c->new_segment);
        other = p->out;
        p->out = kept;
        if (c->old_segment == SEGMENT_NONE ||
            strcmp(buffer_string(&other), buffer_string(&p->out) + start) != 0) {
            if (c->old_segment != SEGMENT_NONE)
                buffer_append_string(&p->out, " -> ");
            buffer_append(&p->out, buffer_string(&other), other.bytes);
        }
        buffer_release(&other);
    }
    buffer_append_format(&p->out, " @@%s%s%s\n", c->kind == DIFF_WORDS ? "" : " ",
                         c->kind == DIFF_WORDS ? "" : kind_names[c->kind],
                         ansi_style_reset(p->paint));
}

/* The last run of a change ends without a line break. */
static void drop_break(struct buffer *text)
{
    if (text->bytes > 0 && text->data[text->bytes - 1] == '\n')
        text->data[--text->bytes] = '\0';
}

static void take_run(struct printer *p, const struct diff_run *run, bool last)
{
    buffer_clear(&p->old_text);
    buffer_clear(&p->new_text);
    record_diff_append_old(p->d, run, &p->old_text);
    record_diff_append_new(p->d, run, &p->new_text);
    if (last) {
        drop_break(&p->old_text);
        drop_break(&p->new_text);
    }
}

static void append_marked(struct printer *p, const char *text, size_t bytes, bool added)
{
    size_t end = bytes;

    if (bytes == 0)
        return;
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\n'))
        end--;
    buffer_append_string(&p->out, added ? p->added : p->removed);
    if (!p->colored)
        buffer_append_string(&p->out, added ? "{+" : "[-");
    cli_format_text(&p->out, text, end);
    if (!p->colored)
        buffer_append_string(&p->out, added ? "+}" : "-]");
    buffer_append_string(&p->out, p->off);
    cli_format_text(&p->out, text + end, bytes - end);
}

/* Unchanged text: whole, or with its middle omitted. */
static void append_same(struct printer *p, const char *text, size_t bytes, bool first,
                        bool last)
{
    size_t head = first ? 0 : CONTEXT_BYTES;
    size_t tail = last ? 0 : CONTEXT_BYTES;
    size_t at;

    if (bytes <= head + tail + 8) {
        cli_format_text(&p->out, text, bytes);
        return;
    }
    cli_format_text(&p->out, text, utf8_floor(text, bytes, head));
    buffer_append_string(&p->out, "\xE2\x80\xA6");
    at = bytes - tail;
    while (at < bytes && ((unsigned char)text[at] & 0xC0) == 0x80)
        at++;
    cli_format_text(&p->out, text + at, bytes - at);
}

static void print_runs(struct printer *p, const struct diff_change *c)
{
    uint32_t i;

    buffer_append_string(&p->out, "  ");
    for (i = c->first_run; i < c->end_run; i++) {
        const struct diff_run *run = &p->d->runs[i];

        take_run(p, run, i + 1 == c->end_run);
        if (run->same) {
            append_same(p, buffer_string(&p->new_text), p->new_text.bytes, i == c->first_run,
                        i + 1 == c->end_run);
        } else {
            append_marked(p, buffer_string(&p->old_text), p->old_text.bytes, false);
            append_marked(p, buffer_string(&p->new_text), p->new_text.bytes, true);
        }
    }
    buffer_append_char(&p->out, '\n');
}

static void print_side(struct printer *p, const char *mark, const char *path,
                       const struct transcript *t)
{
    const char *title = transcript_get(t, FIELD_TITLE);

    buffer_append_format(&p->out, "%s%s ", ansi_style_role(p->paint, ROLE_HEADING), mark);
    cli_format_text(&p->out, path, strlen(path));
    if (title != NULL) {
        buffer_append_string(&p->out, "  ");
        cli_format_text(&p->out, title, strlen(title));
    }
    buffer_append_format(&p->out, "%s\n", ansi_style_reset(p->paint));
}

static void print_general(struct printer *p)
{
    char duration[CIVIL_TEXT];
    size_t i;

    for (i = 0; i < p->d->rename_count; i++) {
        const struct diff_rename *r = &p->d->renames[i];
        const char *from = cli_format_speaker(p->d->old_record, r->old_speaker);
        const char *to = cli_format_speaker(p->d->new_record, r->new_speaker);

        buffer_append_string(&p->out, _("speaker: "));
        append_marked(p, from, strlen(from), false);
        append_marked(p, to, strlen(to), true);
        buffer_append_format(&p->out,
                             ngettext(" (%u paragraph)\n", " (%u paragraphs)\n", r->paragraphs),
                             (unsigned)r->paragraphs);
    }
    if (p->d->shift_ms != 0) {
        civil_format_elapsed_exact(p->d->shift_ms < 0 ? -p->d->shift_ms : p->d->shift_ms,
                                   duration);
        buffer_append_format(&p->out,
                             p->d->shift_ms < 0 ? _("times: all are %s earlier\n")
                                                : _("times: all are %s later\n"),
                             duration);
    }
}

static void print_text(struct printer *p, char *const *paths)
{
    size_t i;

    if (record_diff_is_empty(p->d))
        return;
    print_side(p, "---", paths[0], p->d->old_record);
    print_side(p, "+++", paths[1], p->d->new_record);
    print_general(p);
    for (i = 0; i < p->d->change_count; i++) {
        print_heading(p, &p->d->changes[i]);
        if (p->d->changes[i].kind != DIFF_SPEAKER && p->d->changes[i].kind != DIFF_TIME)
            print_runs(p, &p->d->changes[i]);
    }
}

static void append_json_place(struct printer *p, const char *member, const struct transcript *t,
                              uint32_t segment)
{
    buffer_append_format(&p->out, ", \"%s\": ", member);
    if (segment == SEGMENT_NONE) {
        buffer_append_string(&p->out, "null");
        return;
    }
    buffer_append_format(&p->out, "{\"segment\": %" PRIu32 ", \"start\": ", segment + 1);
    cli_format_json_moment(&p->out, t, transcript_segment(t, segment)->start_ms);
    buffer_append_string(&p->out, ", \"speaker\": ");
    if (transcript_segment(t, segment)->speaker == SPEAKER_NONE)
        buffer_append_string(&p->out, "null");
    else
        cli_format_json_text(&p->out, name_in(t, segment));
    buffer_append_char(&p->out, '}');
}

static void append_json_run(struct printer *p, const char *kind, const struct buffer *text,
                            const char **between)
{
    if (text->bytes == 0)
        return;
    buffer_append_format(&p->out, "%s[\"%s\", ", *between, kind);
    cli_format_json_string(&p->out, buffer_string(text), text->bytes);
    buffer_append_char(&p->out, ']');
    *between = ", ";
}

static void print_json_change(struct printer *p, const struct diff_change *c)
{
    const char *between = "";
    uint32_t i;

    buffer_append_format(&p->out, "{\"kind\": \"%s\"", kind_names[c->kind]);
    append_json_place(p, "old", p->d->old_record, c->old_segment);
    append_json_place(p, "new", p->d->new_record, c->new_segment);
    buffer_append_string(&p->out, ", \"runs\": [");
    for (i = c->first_run; i < c->end_run; i++) {
        const struct diff_run *run = &p->d->runs[i];

        take_run(p, run, i + 1 == c->end_run);
        if (run->same) {
            append_json_run(p, "=", &p->new_text, &between);
        } else {
            append_json_run(p, "-", &p->old_text, &between);
            append_json_run(p, "+", &p->new_text, &between);
        }
    }
    buffer_append_string(&p->out, "]}");
}

static void print_json(struct printer *p)
{
    const char *between = "";
    size_t i;

    buffer_append_string(&p->out, "{\"renames\": [");
    for (i = 0; i < p->d->rename_count; i++) {
        buffer_append_format(&p->out, "%s{\"old\": ", between);
        cli_format_json_text(
            &p->out, cli_format_speaker(p->d->old_record, p->d->renames[i].old_speaker));
        buffer_append_string(&p->out, ", \"new\": ");
        cli_format_json_text(
            &p->out, cli_format_speaker(p->d->new_record, p->d->renames[i].new_speaker));
        buffer_append_format(&p->out, ", \"paragraphs\": %" PRIu32 "}",
                             p->d->renames[i].paragraphs);
        between = ", ";
    }
    buffer_append_format(&p->out, "], \"shift_ms\": %" PRId64 ", \"changes\": [",
                         p->d->shift_ms);
    between = "\n";
    for (i = 0; i < p->d->change_count; i++) {
        buffer_append_string(&p->out, between);
        print_json_change(p, &p->d->changes[i]);
        between = ",\n";
    }
    buffer_append_string(&p->out, p->d->change_count > 0 ? "\n]}\n" : "]}\n");
}

static bool parse_format(const struct options *o, bool *json, struct error *err)
{
    *json = o->output_format != NULL && strcmp(o->output_format, "json") == 0;
    if (o->output_format == NULL || *json || strcmp(o->output_format, "text") == 0)
        return true;
    return error_set(err, ERROR_USAGE, "unknown format '%s': 'diff' writes text and json",
                     o->output_format);
}

static int compare(const struct options *o, const struct transcript *old_record,
                   const struct transcript *new_record, bool json,
                   const struct ansi_style *paint)
{
    struct record_diff d;
    struct printer p = {.d = &d, .paint = paint};
    struct output out;
    struct error err;
    int status;

    record_diff_make(&d, old_record, new_record, o->exact ? WORDS_EXACT : WORDS_FOLDED);
    p.colored = *ansi_style_reset(paint) != '\0';
    p.removed = p.colored ? "\x1B[31;9m" : "";
    p.added = p.colored ? "\x1B[32;4m" : "";
    p.off = p.colored ? "\x1B[0m" : "";
    if (json)
        print_json(&p);
    else
        print_text(&p, o->paths);
    status = record_diff_is_empty(&d) ? EXIT_DONE : EXIT_NOTHING;
    if (output_open(&out, o, o->paths, &err)) {
        fwrite(buffer_string(&p.out), 1, p.out.bytes, out.stream);
        out.written = true;
        status = output_finish(&out, status);
    } else {
        report_now(NULL, &err);
        status = EXIT_TROUBLE;
    }
    buffer_release(&p.old_text);
    buffer_release(&p.new_text);
    buffer_release(&p.out);
    record_diff_release(&d);
    return status;
}

int command_diff(const struct options *o)
{
    struct loaded old_record;
    struct loaded new_record;
    struct ansi_style *paint = NULL;
    struct error err;
    int status = EXIT_DONE;
    bool json;

    if (o->path_count != 2)
        error_set(&err, ERROR_USAGE, "diff takes two files, the old version and the new one");
    else if (parse_format(o, &json, &err))
        paint = ansi_style_new(o, output_fd(o->output), &err);
    if (paint == NULL) {
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    if (load_and_report(&old_record, o->paths[0], o, &status)) {
        if (load_and_report(&new_record, o->paths[1], o, &status)) {
            int differs = compare(o, old_record.transcript, new_record.transcript, json, paint);

            status = status == EXIT_TROUBLE ? status : differs;
        } else {
            status = EXIT_TROUBLE;
        }
        load_release(&new_record);
    } else {
        status = EXIT_TROUBLE;
    }
    load_release(&old_record);
    ansi_style_free(paint);
    return status;
}

/* The hits of one file: one line per hit, or a count, or only the path, or JSON Lines. The
 * selected parts of paragraphs are searched and printed; a hit has the time of the segment in
 * which it begins. Context consists of paragraphs: its lines have '-' where those of hits have
 * ':', as in grep. */
#include "commands/grep_file.h"

#include <inttypes.h>
#include <string.h>

#include "commands/load.h"
#include "shilu/base/translate.h"
#include "shilu/cli/cli_format.h"
#include "shilu/cli/report.h"
#include "shilu/cli/selection_options.h"
#include "shilu/formats/prefilter.h"
#include "shilu/store/corrections.h"
#include "shilu/text/display.h"
#include "shilu/text/utf8.h"

enum { MIN_EXCERPT = 40, DEFAULT_EXCERPT = 80, FAULTS_SHOWN = 1 };

/* A paragraph, or its selected part. */
struct unit {
    uint32_t first; /* segments [first, end) */
    uint32_t end;
    const char *text;
    size_t bytes;
};

struct finder {
    struct grep_hits *hits;
    size_t units; /* with hits, for --max-count */
    const struct grep_file_query *query;
    struct matcher *matcher;
    const struct width *width;
    const struct transcript *t;
    const char *path;
    uint32_t printed_end; /* segments before it were printed or skipped */
    bool any_printed;
};

unsigned grep_file_flags(const struct options *o)
{
    unsigned flags = 0; /* a leading "=" or "\\v" means the same as on the screen */

    if (o->regex)
        flags |= MATCHER_PATTERN;
    if (o->exact)
        flags |= MATCHER_EXACT | MATCHER_LITERAL;
    if (o->ignore_case)
        flags |= MATCHER_CASELESS;
    return flags;
}

bool grep_file_tools_init(struct grep_file_tools *tools, const struct options *o,
                          struct error *err)
{
    bool as_shown = o->encoding == NULL && o->input_format == NULL;

    *tools = (struct grep_file_tools){
        .matcher = matcher_new(o->pattern, strlen(o->pattern), grep_file_flags(o), err)};
    if (tools->matcher == NULL)
        return false;
    tools->width = ansi_style_width(o);
    if (as_shown && !o->invert_match)
        tools->prefilter = prefilter_new(o->pattern, grep_file_flags(o));
    return true;
}

void grep_file_tools_release(struct grep_file_tools *tools)
{
    matcher_free(tools->matcher);
    prefilter_free(tools->prefilter);
    width_free(tools->width);
}

/* ------------------------------------------------------------------------------ text lines */

/* Columns matter if the words have to fit beside something. */
static int curses_width_of(const struct finder *f, const struct buffer *text)
{
    return f->query->screen ? display_columns(f->width, text->data, text->bytes) : 0;
}

/* One part of the prefix, in its colour, with the mark after it. */
static void append_painted(const struct finder *f, const char *on, const struct buffer *text,
                           char mark)
{
    struct buffer *out = &f->hits->out;

    buffer_append_string(out, on);
    buffer_append(out, text->data, text->bytes);
    buffer_append_string(out, ansi_style_reset(f->query->paint));
    buffer_append_char(out, mark);
}

/* A path for people is made safe; one for programs, which ends in a NUL, is unchanged. */
static int append_path(const struct finder *f, char mark)
{
    struct buffer *out = &f->hits->out;
    struct buffer plain = {0};
    int columns;

    if (f->query->options->null_after_path) {
        buffer_append(out, f->path, strlen(f->path) + 1);
        return 0;
    }
    cli_format_text(&plain, f->path, strlen(f->path));
    append_painted(f, ansi_style_role(f->query->paint, ROLE_DIM), &plain, mark);
    columns = curses_width_of(f, &plain) + 1;
    buffer_release(&plain);
    return columns;
}

/* "path:line:10:25:22:name: "; returns its columns on a screen. */
static int append_prefix(const struct finder *f, uint32_t segment, char mark)
{
    struct buffer *out = &f->hits->out;
    const struct options *o = f->query->options;
    const struct ansi_style *paint = f->query->paint;
    uint32_t speaker = transcript_segment(f->t, segment)->speaker;
    const char *who = cli_format_speaker(f->t, speaker);
    struct buffer plain = {0};
    int columns = 3;

    if (!o->no_filename)
        columns += append_path(f, mark);
    if (o->line_number) {
        size_t before = out->bytes;

        buffer_append_format(out, "%" PRIu32 "%c", transcript_line(f->t, segment), mark);
        columns += (int)(out->bytes - before);
    }
    cli_format_start(&plain, f->t, segment);
    append_painted(f, ansi_style_role(paint, ROLE_TIME), &plain, mark);
    columns += (int)plain.bytes;
    buffer_clear(&plain);
    cli_format_text(&plain, who, strlen(who));
    append_painted(f, ansi_style_speaker(paint, f->t, speaker), &plain, mark);
    buffer_append_char(out, ' ');
    columns += curses_width_of(f, &plain);
    buffer_release(&plain);
    return columns;
}

/* The columns left for the words; 0 for no limit. */
static int room_for_words(const struct finder *f, int prefix)
{
    int capacity;

    if (f->query->columns == 0)
        return 0;
    capacity = f->query->screen ? f->query->columns - prefix - 2 : DEFAULT_EXCERPT;
    return capacity < MIN_EXCERPT ? MIN_EXCERPT : capacity;
}

static struct unit unit_of(const struct transcript *t, uint32_t first, uint32_t end)
{
    struct unit u = {.first = first, .end = end};

    u.text = transcript_joined(t, first, end, &u.bytes);
    return u;
}

/* `segment` is the one whose time is printed. */
static void print_line(const struct finder *f, const struct unit *u, uint32_t segment,
                       struct match match, char mark)
{
    const char *on = mark == ':' ? ansi_style_match(f->query->paint) : "";
    const char *off = mark == ':' ? ansi_style_reset(f->query->paint) : "";
    int prefix = append_prefix(f, segment, mark);

    if (f->query->options->only_matching) {
        buffer_append_string(&f->hits->out, on);
        cli_format_text(&f->hits->out, u->text + match.start, match.end - match.start);
        buffer_append_string(&f->hits->out, off);
    } else {
        cli_format_excerpt(&f->hits->out, f->width, u->text, u->bytes, match,
                           room_for_words(f, prefix), on, off);
    }
    buffer_append_char(&f->hits->out, '\n');
}

/* Only output as text lines has context. */
static long paragraphs_before(const struct options *o)
{
    return o->only_matching ? 0 : o->before > o->context ? o->before : o->context;
}

static long paragraphs_after(const struct options *o)
{
    return o->only_matching ? 0 : o->after > o->context ? o->after : o->context;
}

bool grep_file_has_context(const struct options *o)
{
    return !o->json && (paragraphs_before(o) > 0 || paragraphs_after(o) > 0);
}

/* The paragraphs of segments [from, end) as context, after "--" if some were skipped. */
static void print_context(struct finder *f, uint32_t from, uint32_t end)
{
    if (grep_file_has_context(f->query->options) && f->any_printed && from > f->printed_end)
        buffer_append_string(&f->hits->out, "--\n");
    while (from < end) {
        uint32_t next = transcript_paragraph_end(f->t, from);
        struct unit u = unit_of(f->t, from, next < end ? next : end);

        print_line(f, &u, from, (struct match){0, 0}, '-');
        from = u.end;
    }
    f->printed_end = end;
}

static void print_before(struct finder *f, uint32_t segment)
{
    uint32_t from = segment;
    long left;

    for (left = paragraphs_before(f->query->options); left > 0 && from > f->printed_end; left--)
        from = transcript_paragraph_first(f->t, from - 1);
    print_context(f, from > f->printed_end ? from : f->printed_end, segment);
}

/* The context after the last unit with hits, up to the next one at most. */
static void print_after(struct finder *f, uint32_t end)
{
    uint32_t to = f->printed_end;
    long left;

    if (!f->any_printed)
        return;
    for (left = paragraphs_after(f->query->options); left > 0 && to < end; left--)
        to = transcript_paragraph_end(f->t, to);
    if (f->printed_end < end && to > f->printed_end)
        print_context(f, f->printed_end, to < end ? to : end);
}

/* ------------------------------------------------------------------------------------ JSON */

/* Numbers count from 1 here; 0 means unknown. */
static void print_number_or_null(struct buffer *out, uint32_t number)
{
    if (number > 0)
        buffer_append_format(out, "%" PRIu32, number);
    else
        buffer_append_string(out, "null");
}

/* A time as a number, from the start of the recording or of the record. */
static void print_seconds(const struct finder *f, const char *name, int64_t ms)
{
    struct buffer *out = &f->hits->out;
    int64_t elapsed_ms = transcript_elapsed_ms(f->t, ms);

    if (ms == TIME_NONE)
        buffer_append_format(out, ",\"%s\":null", name);
    else
        buffer_append_format(out, ",\"%s\":%.3f", name, (double)elapsed_ms / 1000);
}

static void print_json(const struct finder *f, const struct unit *u, uint32_t segment,
                       struct match match)
{
    struct buffer *out = &f->hits->out;
    const struct segment *s = transcript_segment(f->t, segment);
    const struct speaker *speaker = s->speaker != SPEAKER_NONE
                                        ? transcript_speaker_at(f->t, s->speaker)
                                        : NULL;
    uint32_t line = transcript_line(f->t, segment);
    uint32_t exchange = transcript_exchange_of(f->t, segment);

    buffer_append_string(out, "{\"path\":");
    cli_format_json_text(out, f->path);
    buffer_append_format(out, ",\"segment\":%" PRIu32 ",\"line\":", segment + 1);
    print_number_or_null(out, line);
    buffer_append_string(out, ",\"start\":");
    cli_format_json_moment(out, f->t, s->start_ms);
    print_seconds(f, "start_seconds", s->start_ms);
    buffer_append_string(out, ",\"end\":");
    cli_format_json_moment(out, f->t, transcript_end_ms(f->t, segment));
    print_seconds(f, "end_seconds", transcript_end_ms(f->t, segment));
    buffer_append_string(out, ",\"speaker\":");
    cli_format_json_text(out, speaker != NULL ? speaker->name : NULL);
    buffer_append_string(out, ",\"role\":");
    cli_format_json_text(out, speaker != NULL ? speaker->role : NULL);
    buffer_append_string(out, ",\"organization\":");
    cli_format_json_text(out, speaker != NULL ? speaker->organization : NULL);
    buffer_append_string(out, ",\"exchange\":");
    print_number_or_null(out, exchange != EXCHANGE_NONE ? exchange + 1 : 0);
    buffer_append_format(
        out, ",\"kind\":\"%s\",\"text\":", segment_kind_name(transcript_kind(f->t, segment)));
    cli_format_json_string(out, u->text, u->bytes);
    if (match.end == match.start) { /* --invert-match */
        buffer_append_string(out, ",\"match\":null}\n");
        return;
    }
    buffer_append_string(out, ",\"match\":{\"text\":");
    cli_format_json_string(out, u->text + match.start, match.end - match.start);
    buffer_append_format(out, ",\"start\":%zu,\"end\":%zu}}\n",
                         utf8_count(u->text, match.start), utf8_count(u->text, match.end));
}

/* --------------------------------------------------------------------------------- finding */

/* The last segment of a unit, from `segment` on, that starts at or before a byte of its
 * text. */
static uint32_t segment_at(const struct finder *f, const struct unit *u, uint32_t segment,
                           size_t byte)
{
    uint64_t start = transcript_segment(f->t, u->first)->text_byte;

    while (segment + 1 < u->end &&
           transcript_segment(f->t, segment + 1)->text_byte - start <= byte)
        segment++;
    return segment;
}

/* Print one hit, or a paragraph without one for --invert-match. */
static void print_hit(struct finder *f, const struct unit *u, uint32_t segment,
                      struct match match, bool first)
{
    if (f->query->options->json) {
        print_json(f, u, segment, match);
        return;
    }
    if (first) {
        print_after(f, u->first);
        print_before(f, u->first);
    }
    print_line(f, u, segment, match, ':');
    f->any_printed = true;
    f->printed_end = u->end;
}

/* False if the search of the file is finished. */
static bool find_in_unit(struct finder *f, const struct unit *u)
{
    const struct options *o = f->query->options;
    bool prints = !o->count_only && !o->quiet && !o->files_only;
    struct match match = {0, 0};
    uint32_t segment = u->first;
    size_t found = 0;

    while (matcher_find(f->matcher, u->text, u->bytes, match.end, &match)) {
        found++;
        if (o->invert_match)
            return true;
        segment = segment_at(f, u, segment, match.start);
        if (prints)
            print_hit(f, u, segment, match, found == 1);
        if (o->quiet || o->files_only)
            break;
    }
    if (o->invert_match && prints)
        print_hit(f, u, u->first, (struct match){0, 0}, true);
    found += o->invert_match;
    f->hits->count += found;
    f->units += found > 0;
    return !(found > 0 && (o->quiet || o->files_only)) &&
           (o->max_count == 0 || f->units < (size_t)o->max_count);
}

static void find_all(struct finder *f, const struct selection *selection)
{
    uint32_t count = (uint32_t)transcript_count(f->t);
    uint32_t segment = selection_at_or_after(selection, f->t, 0);

    while (segment != SEGMENT_NONE) {
        struct unit u = unit_of(f->t, segment, selection_unit_end(selection, f->t, segment));

        if (!find_in_unit(f, &u))
            break;
        segment = selection_at_or_after(selection, f->t, u.end);
    }
    print_after(f, count);
}

static void print_total(const struct finder *f, bool named)
{
    const struct options *o = f->query->options;
    struct buffer *out = &f->hits->out;
    bool counts = o->count_only && !o->files_only;

    if (o->quiet || (!o->count_only && !o->files_only))
        return;
    if (f->hits->count == 0 && !(counts && named))
        return;
    if (!counts) {
        append_path(f, '\n');
        return;
    }
    if (!o->no_filename)
        append_path(f, ':');
    buffer_append_format(out, "%zu\n", f->hits->count);
}

/* What a pattern has missed makes the result incomplete: it is reported, and the command
 * fails. */
static void report_give_ups(struct finder *f, size_t before)
{
    size_t places = matcher_give_ups(f->matcher) - before;
    struct error err;

    if (places == 0)
        return;
    error_set(&err, ERROR_LIMIT,
              ngettext("the pattern is too complex for %zu place: hits there are missing",
                       "the pattern is too complex for %zu places: hits there are missing",
                       places),
              places);
    report_error(&f->hits->errors, f->path, &err);
    f->hits->trouble = true;
}

static void find_in_transcript(struct finder *f, bool named)
{
    const struct options *o = f->query->options;
    struct selection selection;
    struct error err;
    enum exit_status selected = selection_options_parse(&selection, f->t, o, SELECT_ALL, &err);
    size_t give_ups = matcher_give_ups(f->matcher);

    if (selected == EXIT_DONE)
        find_all(f, &selection);
    else if (selected == EXIT_TROUBLE) {
        report_error(&f->hits->errors, f->path, &err);
        f->hits->trouble = true;
    } else if (named) {
        report_error(&f->hits->errors, f->path, &err);
    }
    print_total(f, named);
    report_give_ups(f, give_ups);
    selection_release(&selection);
}

/* It could be opened, but no format was recognised. */
static bool is_foreign(const struct loaded *l)
{
    return l->failed && l->loader != NULL && l->err.code != ERROR_SYSTEM &&
           *loader_format_name(l->loader) == '\0';
}

/* A named file is always read, since it must be reported if it is not a transcript. */
static bool can_hold(const struct grep_file_query *query, const struct grep_file_tools *tools,
                     const char *path, bool named)
{
    if (named || query->options->invert_match)
        return true;
    /* The file and its index entry have the words from before the corrections. */
    if (corrected_records_may_have(query->options->corrected, path))
        return true;
    return index_search_may_match(query->index, path) &&
           prefilter_may_match(tools->prefilter, path);
}

void grep_file_find(struct grep_hits *hits, const struct grep_file_query *query,
                    struct grep_file_tools *tools, const char *path, bool named)
{
    struct finder f = {.hits = hits,
                       .query = query,
                       .matcher = tools->matcher,
                       .width = tools->width,
                       .path = path};
    struct loaded l;
    bool usable, foreign;

    if (!can_hold(query, tools, path, named))
        return;
    usable = load_quietly(&l, path, query->options, named);
    foreign = is_foreign(&l);
    if (usable) {
        f.t = l.transcript;
        find_in_transcript(&f, named);
    }
    if (l.has_notice)
        report_error(&hits->errors, NULL, &l.notice);
    if (l.loader != NULL)
        report_diagnostics(&hits->errors, path, loader_diagnostics(l.loader), SEVERITY_ERROR,
                           FAULTS_SHOWN);
    if (l.failed && (named || !foreign)) {
        report_error(&hits->errors, path, &l.err);
        hits->trouble = true;
    }
    load_release(&l);
}

void grep_file_release(struct grep_hits *hits)
{
    buffer_release(&hits->out);
    buffer_release(&hits->errors);
    *hits = (struct grep_hits){0};
}

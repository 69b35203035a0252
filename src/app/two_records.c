/* Two records on one screen. Both are read completely before anything is shown, because only
 * then is it known how they correspond. */
#include "app/two_records.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "app/record.h"
#include "shilu/analysis/alignment.h"
#include "shilu/analysis/record_diff.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/ui/pair_screen.h"
#include "shilu/view/speaker_color.h"

enum { LOAD_MS = 1000 };

struct two_records {
    struct record records[PAIR_SIDES];
    bool open[PAIR_SIDES];
    bool changes; /* two versions, the old one first; otherwise one beside the other */
    struct alignment alignment;
    struct record_diff diff;
    char *title;
    struct ui *screen; /* borrowed; NULL until there is one */
};

/* ------------------------------------------------------------------------------ loading */

static bool load_all(struct record *r, struct error *err)
{
    while (record_is_loading(r)) {
        struct pollfd at = {.fd = loader_fd(r->loader), .events = POLLIN};

        record_load(r, LOAD_MS, 0);
        if (r->status == LOADER_WAIT)
            poll(&at, 1, -1);
    }
    if (!record_is_hopeless(r))
        return true;
    *err = r->err;
    return false;
}

struct two_records *two_records_load(const struct options *options, const char **path,
                                     struct error *err)
{
    struct two_records *r = memory_zalloc(1, sizeof *r);
    const char *const paths[PAIR_SIDES] = {
        options->old_version != NULL ? options->old_version : options->paths[0],
        options->old_version != NULL ? options->paths[0] : options->beside};
    int side;

    r->changes = options->old_version != NULL;
    for (side = 0; side < PAIR_SIDES; side++) {
        *path = paths[side];
        r->open[side] = record_open(&r->records[side], paths[side], options, err);
        if (!r->open[side] || !load_all(&r->records[side], err)) {
            two_records_free(r);
            return NULL;
        }
    }
    if (r->changes)
        record_diff_make(&r->diff, r->records[0].transcript, r->records[1].transcript,
                         WORDS_FOLDED);
    else
        alignment_make(&r->alignment, r->records[0].transcript, r->records[1].transcript);
    return r;
}

void two_records_free(struct two_records *r)
{
    int side;

    alignment_release(&r->alignment);
    record_diff_release(&r->diff);
    for (side = 0; side < PAIR_SIDES; side++) {
        if (r->open[side])
            record_close(&r->records[side]);
    }
    free(r->title);
    free(r);
}

/* -------------------------------------------------------------------------------- parts */

/* "10:25:22 Name", as the heading of a part. */
static void append_heading(const struct two_records *r, struct pair_part *part,
                           const struct transcript *t, uint32_t segment)
{
    const struct segment *s = transcript_segment(t, segment);
    bool shapes = r->screen != NULL && r->screen->settings.shapes;
    char time[CIVIL_TEXT];

    transcript_format_clock(t, s->start_ms, time);
    buffer_append_string(&part->text, time);
    if (s->speaker != SPEAKER_NONE) {
        part->accent = speaker_color(t, s->speaker);
        buffer_append_format(&part->text, "%s%s%s%s", *time != '\0' ? " " : "",
                             shapes ? speaker_color_shape_text(part->accent) : "",
                             shapes ? " " : "", transcript_speaker_at(t, s->speaker)->name);
    }
    part->heading_bytes = part->text.bytes;
    if (part->heading_bytes > 0)
        buffer_append_char(&part->text, '\n');
}

static size_t pair_count(void *context)
{
    return ((struct two_records *)context)->alignment.count;
}

static void pair_part(void *context, size_t pair, int side, struct pair_part *part)
{
    struct two_records *r = context;
    const struct alignment_pair *p = &r->alignment.pairs[pair];
    const struct transcript *t = r->records[side].transcript;
    uint32_t first = side == 0 ? p->a_first : p->b_first;
    uint32_t end = side == 0 ? p->a_end : p->b_end;
    uint32_t segment;

    if (first == end)
        return;
    append_heading(r, part, t, first);
    for (segment = first; segment < end; segment = transcript_paragraph_end(t, segment)) {
        size_t bytes;
        const char *text = transcript_joined(t, segment, transcript_paragraph_end(t, segment),
                                             &bytes);

        if (segment > first)
            buffer_append_char(&part->text, '\n');
        buffer_append(&part->text, text, bytes);
    }
}

static size_t change_count(void *context)
{
    return ((struct two_records *)context)->diff.change_count;
}

/* The words of a change on one side; what the other side lacks is marked. */
static void change_part(void *context, size_t change, int side, struct pair_part *part)
{
    struct two_records *r = context;
    const struct diff_change *c = &r->diff.changes[change];
    uint32_t segment = side == 0 ? c->old_segment : c->new_segment;
    uint32_t i;

    if (segment == SEGMENT_NONE)
        return;
    append_heading(r, part, r->records[side].transcript, segment);
    if (c->kind == DIFF_SPEAKER || c->kind == DIFF_TIME)
        pair_part_mark(part, 0, part->heading_bytes, OVER_MATCH_CURRENT);
    for (i = c->first_run; i < c->end_run; i++) {
        const struct diff_run *run = &r->diff.runs[i];
        size_t start = part->text.bytes;

        (side == 0 ? record_diff_append_old : record_diff_append_new)(&r->diff, run,
                                                                      &part->text);
        if (i + 1 == c->end_run && part->text.bytes > start &&
            part->text.data[part->text.bytes - 1] == '\n')
            part->text.data[--part->text.bytes] = '\0';
        if (!run->same)
            pair_part_mark(part, start, part->text.bytes, OVER_MATCH_CURRENT);
    }
}

static bool change_stops(void *context, size_t change)
{
    return true;
}

static void close_records(void *context)
{
    two_records_free(context);
}

/* ------------------------------------------------------------------------------- screen */

static const char *name_of(const struct record *r)
{
    const char *title = transcript_get(r->transcript, FIELD_TITLE);

    return title != NULL && *title != '\0' ? title : r->path;
}

static char *title_of(const struct two_records *r)
{
    struct buffer title = {0};

    buffer_append_format(
        &title, "%s  %s  %s", r->changes ? r->records[0].path : name_of(&r->records[0]),
        r->changes ? "->" : "|", r->changes ? r->records[1].path : name_of(&r->records[1]));
    return buffer_take(&title);
}

struct ui *two_records_screen(struct two_records *take, const struct ui_options *options)
{
    const struct pair_source beside = {.context = take,
                                       .title = take->title = title_of(take),
                                       .empty = N_("nothing was said"),
                                       .count = pair_count,
                                       .part = pair_part,
                                       .close = close_records};
    struct pair_source source = beside;
    int side;

    if (take->changes) {
        source.empty = N_("no differences");
        source.count = change_count;
        source.part = change_part;
        source.stops = change_stops;
    }
    for (side = 0; side < PAIR_SIDES; side++)
        source.language[side] = transcript_get(take->records[side].transcript, FIELD_LANGUAGE);
    take->screen = pair_screen_new(&source, options);
    return take->screen;
}

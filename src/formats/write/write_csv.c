/* CSV. Standard: RFC 4180, with a header row. Elapsed times are H:MM:SS.mmm, times of day ISO
 * 8601; unknown values are empty cells. */
#include <inttypes.h>
#include <string.h>

#include "formats/readers.h"
#include "formats/write/export.h"
#include "shilu/base/csv_cell.h"
#include "shilu/base/translate.h"

struct csv_writer {
    const struct transcript *t;
    struct buffer row;
    bool raw; /* cells that a spreadsheet would treat as formulas are unchanged */
};

/* A cell, and the separator after it. */
static void put_cell(struct csv_writer *w, const char *s, size_t bytes, char after)
{
    struct buffer clean = {0};

    export_text(&clean, s, bytes);
    csv_cell_append(&w->row, buffer_string(&clean), clean.bytes, w->raw);
    if (after == '\n')
        buffer_append_char(&w->row, '\r');
    buffer_append_char(&w->row, after);
    buffer_release(&clean);
}

/* An empty cell for NULL. */
static void put_string(struct csv_writer *w, const char *s)
{
    put_cell(w, s != NULL ? s : "", s != NULL ? strlen(s) : 0, ',');
}

static void put_time(struct csv_writer *w, int64_t ms)
{
    const struct transcript *t = w->t;
    char text[CIVIL_TEXT + 1] = "T";
    bool bare = transcript_time_base(t) == TIME_BASE_WALL && !transcript_has_days(t);

    /* T11:08:00 in ISO 8601: a time of day, not of a recording. */
    if (ms != TIME_NONE)
        transcript_format_moment(t, ms, text + 1);
    put_string(w, bare && ms != TIME_NONE ? text : text + 1);
}

/* The kind from the file; in a record of questions, also an inferred one. */
static const char *kind_name(const struct transcript *t, uint32_t segment)
{
    enum segment_kind kind = (enum segment_kind)transcript_segment(t, segment)->kind;

    if (kind == SEGMENT_UNKNOWN && transcript_exchange_count(t) > 0)
        kind = transcript_kind(t, segment);
    return kind != SEGMENT_UNKNOWN ? segment_kind_name(kind) : NULL;
}

static void put_row(struct csv_writer *w, uint32_t segment)
{
    const struct segment *s = transcript_segment(w->t, segment);
    const struct speaker *speaker = s->speaker != SPEAKER_NONE
                                        ? transcript_speaker_at(w->t, s->speaker)
                                        : NULL;
    uint32_t exchange = transcript_exchange_of(w->t, segment);
    size_t bytes;
    const char *text = transcript_text(w->t, segment, &bytes);

    buffer_append_format(&w->row, "%u,", segment + 1);
    put_time(w, s->start_ms);
    put_time(w, transcript_end_ms(w->t, segment));
    put_string(w, speaker != NULL ? speaker->name : NULL);
    put_string(w, speaker != NULL ? speaker->role : NULL);
    put_string(w, speaker != NULL ? speaker->organization : NULL);
    put_string(w, kind_name(w->t, segment));
    if (exchange != EXCHANGE_NONE)
        buffer_append_format(&w->row, "%" PRIu32, exchange + 1);
    buffer_append_char(&w->row, ',');
    put_cell(w, text, bytes, '\n');
}

static bool write_csv(const struct transcript *t, const struct selection *selection,
                      const struct writer_options *options, FILE *out, struct error *err)
{
    struct csv_writer w = {.t = t, .raw = options->raw_cells};
    uint32_t segment;

    fputs("segment,start,end,speaker,role,organization,kind,exchange,text\r\n", out);
    for (segment = export_at_or_after(t, selection, 0); segment != SEGMENT_NONE;
         segment = export_at_or_after(t, selection, segment + 1)) {
        buffer_clear(&w.row);
        put_row(&w, segment);
        fwrite(w.row.data, 1, w.row.bytes, out);
    }
    buffer_release(&w.row);
    return export_finish(out, err);
}

const struct writer_ops writer_csv = {
    .name = "csv", .title = N_("table (CSV)"), .extension = "csv", .write = write_csv};

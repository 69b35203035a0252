/* CSV. Standard: RFC 4180, with a header row. Elapsed times as H:MM:SS.mmm, times of day as ISO
 * 8601; what is not known is an empty cell. */
#include <string.h>

#include "formats/readers.h"
#include "formats/write/export.h"

/* A cell, and what comes after it. Quotes only where the standard asks for them, or white
 * space at an end would be lost. */
static void put_cell(struct buffer *row, const char *s, size_t bytes, char after)
{
    struct buffer clean = {0};
    const char *text;
    size_t i;

    export_text(&clean, s, bytes);
    text = buffer_string(&clean);
    if (strpbrk(text, ",\"\r\n;\t") == NULL && *text != ' ' &&
        (clean.bytes == 0 || text[clean.bytes - 1] != ' ')) {
        buffer_append(row, text, clean.bytes);
    } else {
        buffer_append_char(row, '"');
        for (i = 0; i < clean.bytes; i++) {
            if (text[i] == '"')
                buffer_append_char(row, '"');
            buffer_append_char(row, text[i]);
        }
        buffer_append_char(row, '"');
    }
    if (after == '\n')
        buffer_append_char(row, '\r');
    buffer_append_char(row, after);
    buffer_release(&clean);
}

/* NULL is an empty cell. */
static void put_string(struct buffer *row, const char *s)
{
    put_cell(row, s != NULL ? s : "", s != NULL ? strlen(s) : 0, ',');
}

static void put_time(struct buffer *row, const struct transcript *t, int64_t ms)
{
    char text[CIVIL_TEXT + 1] = "T";
    bool bare = transcript_clock(t) == CLOCK_WALL && !transcript_has_days(t);

    /* T11:08:00, as ISO 8601 has it: a time of day, not of a recording. */
    if (ms != TIME_NONE)
        transcript_format_moment(t, ms, text + 1);
    put_string(row, bare && ms != TIME_NONE ? text : text + 1);
}

static void put_row(struct buffer *row, const struct transcript *t, uint32_t segment)
{
    const struct segment *s = transcript_segment(t, segment);
    const struct speaker *speaker = s->speaker != SPEAKER_NONE
                                        ? transcript_speaker_at(t, s->speaker)
                                        : NULL;
    enum segment_kind kind = (enum segment_kind)s->kind;
    size_t bytes;
    const char *text = transcript_text(t, segment, &bytes);

    buffer_append_format(row, "%u,", segment + 1);
    put_time(row, t, s->start_ms);
    put_time(row, t, transcript_end_ms(t, segment));
    put_string(row, speaker != NULL ? speaker->name : NULL);
    put_string(row, speaker != NULL ? speaker->role : NULL);
    put_string(row, speaker != NULL ? speaker->organization : NULL);
    put_string(row, kind != SEGMENT_UNKNOWN ? segment_kind_name(kind) : NULL);
    put_cell(row, text, bytes, '\n');
}

static bool write_csv(const struct transcript *t, const struct selection *selection,
                      const struct writer_options *options, FILE *out, struct error *err)
{
    struct buffer row = {0};
    uint32_t segment;

    (void)options;
    fputs("segment,start,end,speaker,role,organization,kind,text\r\n", out);
    for (segment = export_at_or_after(t, selection, 0); segment != SEGMENT_NONE;
         segment = export_at_or_after(t, selection, segment + 1)) {
        buffer_clear(&row);
        put_row(&row, t, segment);
        fwrite(row.data, 1, row.bytes, out);
    }
    buffer_release(&row);
    return export_finish(out, err);
}

const struct writer_ops writer_csv = {
    .name = "csv", .title = "table (CSV)", .extension = "csv", .write = write_csv};

/* Markdown (CommonMark), as formats/shilu/shilu_markdown.c reads it:
 *
 *   ---
 *   venue: …
 *   ---
 *   # 2020-03-09 Title
 *   <!-- contents --> … <!-- end of contents -->
 *   ## Question 1 (or a heading of the record)
 *   ### Name (role, organization):
 *   [0:12:30] a paragraph
 *   > what no one says */
#include <inttypes.h>
#include <string.h>

#include "formats/common/markdown_text.h"
#include "formats/readers.h"
#include "formats/write/contents.h"
#include "formats/write/export.h"
#include "shilu/base/translate.h"

struct markdown_writer {
    const struct transcript *t;
    const struct selection *selection;
    FILE *out;
    uint32_t exchange; /* of the previous paragraph */
    struct export_days days;
    struct buffer words;
    struct buffer escaped;
    struct buffer safe;
};

static void put_escaped(struct markdown_writer *w, const char *s, size_t bytes)
{
    buffer_clear(&w->escaped);
    buffer_clear(&w->safe);
    markdown_text_escape(&w->escaped, s, bytes);
    export_bidi(&w->safe, buffer_string(&w->escaped), w->escaped.bytes);
    fwrite(buffer_string(&w->safe), 1, w->safe.bytes, w->out);
}

static void put_line(struct markdown_writer *w, const char *s)
{
    buffer_clear(&w->words);
    export_line(&w->words, s, strlen(s));
    put_escaped(w, buffer_string(&w->words), w->words.bytes);
}

/* A YAML value in quotation marks, so that nothing in it is interpreted. */
static void put_quoted(struct markdown_writer *w, const char *value)
{
    const char *c;

    buffer_clear(&w->words);
    export_line(&w->words, value, strlen(value));
    putc('"', w->out);
    for (c = buffer_string(&w->words); *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            putc('\\', w->out);
        putc(*c, w->out);
    }
    fputs("\"\n", w->out);
}

/* What has no place in a heading, as lines of "key: value" before it; also which program wrote
 * it, because otherwise hardly anything identifies a record with few names. */
static void put_front(struct markdown_writer *w)
{
    static const struct {
        enum transcript_field field;
        const char *key;
    } fields[] = {{FIELD_LANGUAGE, "language"},
                  {FIELD_VENUE, "venue"},
                  {FIELD_SOURCE_NAME, "source"},
                  {FIELD_SOURCE_URL, "source_url"},
                  {FIELD_SOURCE_RETRIEVED, "retrieved"}};
    size_t i;

    fputs("---\ngenerator: shilu\n", w->out);
    for (i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const char *value = transcript_get(w->t, fields[i].field);

        if (value == NULL)
            continue;
        fprintf(w->out, "%s: ", fields[i].key);
        put_quoted(w, value);
    }
    fputs(transcript_time_base(w->t) == TIME_BASE_WALL ? "clock: wall\n---\n" : "---\n",
          w->out);
}

static void put_head(struct markdown_writer *w)
{
    const char *title = transcript_get(w->t, FIELD_TITLE);
    const char *date = transcript_get(w->t, FIELD_DATE);

    put_front(w);
    if (title == NULL && date == NULL)
        return;
    fputs("\n# ", w->out);
    if (date != NULL) {
        buffer_clear(&w->words);
        export_line(&w->words, date, strlen(date));
        fwrite(w->words.data, 1, w->words.bytes, w->out); /* a date needs no escape */
    }
    if (title != NULL) {
        fputs(date != NULL ? " " : "", w->out);
        put_line(w, title);
    }
    fputs("\n", w->out);
}

static void put_name(struct markdown_writer *w, uint32_t number)
{
    const struct speaker *speaker = transcript_speaker_at(w->t, number);
    struct buffer role = {0};

    fputs("\n### ", w->out);
    put_line(w, speaker->name);
    export_role(&role, speaker);
    if (role.bytes > 0) {
        fputs(" (", w->out);
        put_escaped(w, role.data, role.bytes);
        fputs(")", w->out);
    }
    fputs(":\n", w->out);
    buffer_release(&role);
}

/* The words of segments [first, end), all in one paragraph. */
static void collect(struct markdown_writer *w, uint32_t first, uint32_t end)
{
    size_t bytes;
    const char *text = transcript_joined(w->t, first, end, &bytes);

    buffer_clear(&w->words);
    export_text(&w->words, text, bytes);
}

/* A line break inside a paragraph is a backslash at the end of the line. */
static void put_paragraph(struct markdown_writer *w, uint32_t first, uint32_t end)
{
    const struct segment *s = transcript_segment(w->t, first);
    bool quoted = s->speaker == SPEAKER_NONE;
    char time[CIVIL_TEXT];
    const char *line, *stop;

    collect(w, first, end);
    fputs(quoted ? "\n> " : "\n", w->out);
    if (s->start_ms != TIME_NONE) {
        bool other_day = export_days_next(&w->days, w->t, s->start_ms, time);

        fprintf(w->out, "[%s%s", other_day ? time : "", other_day ? " " : "");
        transcript_format_clock(w->t, s->start_ms, time);
        fprintf(w->out, "%s] ", time);
    }
    for (line = buffer_string(&w->words); line != NULL; line = stop) {
        size_t bytes;

        stop = strchr(line, '\n');
        bytes = stop != NULL ? (size_t)(stop - line) : strlen(line);
        put_escaped(w, line, bytes);
        if (stop != NULL) {
            fputs(quoted ? "\\\n> " : "\\\n", w->out);
            stop++;
        }
    }
    fputs("\n", w->out);
}

/* Whether an exchange starts with this segment; its number is then above it. */
static bool starts_question(struct markdown_writer *w, uint32_t segment)
{
    uint32_t exchange = transcript_exchange_of(w->t, segment);
    bool starts = exchange != EXCHANGE_NONE && exchange != w->exchange &&
                  transcript_kind(w->t, segment) == SEGMENT_QUESTION;

    w->exchange = exchange;
    return starts;
}

static void put_heading(struct markdown_writer *w, uint32_t segment)
{
    size_t bytes;
    const char *text = transcript_text(w->t, segment, &bytes);

    buffer_clear(&w->words);
    export_line(&w->words, text, bytes);
    fputs("\n## ", w->out);
    put_escaped(w, buffer_string(&w->words), w->words.bytes);
    fputs("\n", w->out);
}

/* The anchor of the heading of an entry, or of the one above it; "" if there is none. */
static void find_anchor(const struct markdown_writer *w, const struct outline *o, size_t item,
                        struct buffer *anchor)
{
    const struct outline_item *at = &o->items[item];
    const char *text;
    size_t bytes;
    size_t same = 0;

    buffer_clear(anchor);
    if (at->exchange != EXCHANGE_NONE && at->kind != OUTLINE_HEADING) {
        buffer_append_format(anchor, "question-%" PRIu32, at->exchange + 1);
        return;
    }
    if (at->kind != OUTLINE_HEADING)
        return;
    text = transcript_text(w->t, at->segment, &bytes);
    contents_anchor(text, bytes, anchor);
    for (size_t i = 0; i < item; i++) { /* a repeated heading has a number */
        size_t other_bytes;
        const char *other = transcript_text(w->t, o->items[i].segment, &other_bytes);

        same += o->items[i].kind == OUTLINE_HEADING && other_bytes == bytes &&
                memcmp(other, text, bytes) == 0;
    }
    if (same > 0)
        buffer_append_format(anchor, "-%zu", same);
}

static void put_contents(struct markdown_writer *w)
{
    struct outline o;
    struct buffer row = {0};
    struct buffer anchor = {0};

    if (!contents_make(&o, w->t, w->selection))
        return;
    fputs("\n" CONTENTS_BEGIN "\n", w->out);
    for (size_t i = 0; i < o.count; i++) {
        buffer_clear(&row);
        contents_row(&o.items[i], w->t, &row);
        find_anchor(w, &o, i, &anchor);
        fprintf(w->out, "%*s- %s", 2 * o.items[i].level, "", anchor.bytes > 0 ? "[" : "");
        put_line(w, buffer_string(&row));
        if (anchor.bytes > 0)
            fprintf(w->out, "](#%s)", anchor.data);
        putc('\n', w->out);
    }
    fputs(CONTENTS_END "\n", w->out);
    buffer_release(&row);
    buffer_release(&anchor);
    outline_release(&o);
}

static bool write_markdown(const struct transcript *t, const struct selection *selection,
                           const struct writer_options *options, FILE *out, struct error *err)
{
    struct markdown_writer w = {
        .t = t, .selection = selection, .out = out, .exchange = EXCHANGE_NONE};
    uint32_t speaker = SPEAKER_NONE;
    uint32_t segment = export_at_or_after(t, selection, 0);

    (void)options;
    export_days_init(&w.days, t);
    put_head(&w);
    put_contents(&w);
    while (segment != SEGMENT_NONE) {
        uint32_t end = export_paragraph_end(t, selection, segment);
        uint32_t by = transcript_segment(t, segment)->speaker;
        bool asks = starts_question(&w, segment);

        if (asks)
            fprintf(out, "\n## Question %" PRIu32 "\n", transcript_exchange_of(t, segment) + 1);
        if (by != SPEAKER_NONE && (by != speaker || asks))
            put_name(&w, by);
        if (by != SPEAKER_NONE)
            speaker = by;
        if (transcript_segment(t, segment)->kind == SEGMENT_HEADING)
            put_heading(&w, segment);
        else
            put_paragraph(&w, segment, end);
        segment = export_at_or_after(t, selection, end);
    }
    buffer_release(&w.words);
    buffer_release(&w.escaped);
    buffer_release(&w.safe);
    return export_finish(out, err);
}

const struct writer_ops writer_markdown = {
    .name = "markdown", .title = N_("Markdown"), .extension = "md", .write = write_markdown};

/* shilu's own Markdown, line by line:
 *    ---                        front matter; its first line names the program
 *    # 2020-03-09 Title
 *    <!-- contents -->          to <!-- end of contents -->: ignored
 *    ## Question 1              the following turn asks; any other such line is a heading
 *    ### Name (role):
 *    [0:12:30] a paragraph
 *    > words that nobody says
 *
 * Invariant: paragraph holds what was read since the last segment. */
#include "formats/shilu/shilu_markdown.h"

#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/inline_timestamp.h"
#include "formats/common/line_reader.h"
#include "formats/common/markdown_text.h"
#include "formats/common/yaml_front.h"
#include "formats/write/contents.h"
#include "shilu/base/memory.h"

struct shilu_markdown {
    struct clock_reading reading;
    struct buffer paragraph;
    struct buffer name;
    struct buffer role;
    int64_t start_ms, end_ms;
    bool in_quotation;
    bool in_contents; /* the table of contents */
    enum { FRONT_AWAITED, FRONT_OPEN, FRONT_READ } front_at;
    struct yaml_front front;
    bool heading;                            /* the current paragraph is a heading */
    enum { ASKS_NOT, ASKS_NEXT, ASKS } asks; /* whether the current speaker asks a question */
};

bool shilu_markdown_detect(struct span head)
{
    return span_starts_with(head, "---\ngenerator: shilu\n");
}

void *shilu_markdown_open(void)
{
    struct shilu_markdown *m = memory_zalloc(1, sizeof *m);

    m->reading = CLOCK_READING_INIT;
    m->start_ms = m->end_ms = TIME_NONE;
    return m;
}

void shilu_markdown_close(void *self)
{
    struct shilu_markdown *m = self;

    buffer_release(&m->paragraph);
    buffer_release(&m->name);
    buffer_release(&m->role);
    yaml_front_release(&m->front);
    free(m);
}

/* ------------------------------------------------------------------ segments */

static uint32_t speaker_of(struct shilu_markdown *m, struct reader_context *context)
{
    uint32_t speaker;

    if (m->in_quotation)
        return SPEAKER_NONE;
    speaker = emit_speaker(context, buffer_string(&m->name), m->name.bytes);
    if (speaker != SPEAKER_NONE && m->role.bytes > 0) {
        drafts_speaker(
            context->drafts,
            &(struct speaker_label){.name = drafts_label(context->drafts, speaker)->name,
                                    .role = m->role.data});
        buffer_clear(&m->role);
    }
    return speaker;
}

static bool flush(struct shilu_markdown *m, struct reader_context *context, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    const char *text = buffer_string(&m->paragraph);
    bool ok = true;

    if (emit_trim(&text, m->paragraph.bytes) > 0) {
        draft.text = buffer_string(&m->paragraph);
        draft.text_bytes = m->paragraph.bytes;
        draft.speaker = speaker_of(m, context);
        draft.start_ms = m->start_ms;
        draft.end_ms = m->end_ms;
        if (m->heading)
            draft.kind = SEGMENT_HEADING;
        else if (m->asks == ASKS && draft.speaker != SPEAKER_NONE)
            draft.kind = SEGMENT_QUESTION;
        ok = emit_segment(context, &draft, err);
        m->start_ms = m->end_ms = TIME_NONE;
    }
    buffer_clear(&m->paragraph);
    m->in_quotation = false;
    return ok;
}

/* ------------------------------------------------------------------ lines */

static void end_front(struct shilu_markdown *m, struct reader_context *context)
{
    static const enum transcript_field fields[] = {
        FIELD_TITLE,       FIELD_DATE,       FIELD_VENUE,           FIELD_LANGUAGE,
        FIELD_SOURCE_NAME, FIELD_SOURCE_URL, FIELD_SOURCE_RETRIEVED};
    const char *clock = yaml_front_get(&m->front, "clock");
    size_t i;

    for (i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *value = yaml_front_field(&m->front, fields[i]);

        if (value != NULL)
            emit_field(context, fields[i], value, strlen(value));
    }
    if (clock != NULL && strcmp(clock, "wall") == 0)
        inline_timestamp_set_wall(&m->reading, context);
    m->front_at = FRONT_READ;
}

/* "Name (role, organization):" */
static bool take_name(struct shilu_markdown *m, struct reader_context *context,
                      struct span words, struct error *err)
{
    struct span role = {NULL, 0};

    if (!span_ends_with(words, ":") || !flush(m, context, err))
        return false;
    words.length--;
    if (span_ends_with(words, ")")) {
        size_t open = span_find(words, '(');

        if (open > 1 && open < words.length && words.data[open - 1] == ' ') {
            role = span_of(words.data + open + 1, words.length - open - 2);
            words = span_trim(span_of(words.data, open));
        }
    }
    m->asks = m->asks == ASKS_NEXT ? ASKS : ASKS_NOT;
    buffer_clear(&m->name);
    markdown_text_strip(&m->name, words.data, words.length, NULL);
    buffer_clear(&m->role);
    if (role.length > 0)
        markdown_text_strip(&m->role, role.data, role.length, NULL);
    m->start_ms = m->end_ms = TIME_NONE;
    return true;
}

/* The title, optionally after the date. */
static void take_title(struct shilu_markdown *m, struct reader_context *context,
                       struct span title)
{
    struct buffer words = {0};
    int64_t ms;
    int32_t offset;
    bool has_time;
    size_t used;

    markdown_text_strip(&words, title.data, title.length, NULL);
    title = span_of(buffer_string(&words), words.bytes);
    if (civil_parse_date_time(title.data, title.length, &ms, &offset, &has_time, &used) &&
        !has_time) {
        emit_field(context, FIELD_DATE, title.data, used);
        m->reading.date_ms = ms;
        title = span_skip(title, used);
    }
    emit_field(context, FIELD_TITLE, title.data, title.length);
    buffer_release(&words);
}

/* "Question 3" above a question. */
static bool is_question(struct span words)
{
    if (!span_take(&words, "Question ") || words.length == 0)
        return false;
    while (words.length > 0 && *words.data >= '0' && *words.data <= '9')
        words = span_skip(words, 1);
    return words.length == 0;
}

static bool take_heading(struct shilu_markdown *m, struct reader_context *context,
                         struct span text, struct error *err)
{
    bool ok = flush(m, context, err);

    if (!ok)
        return false;
    if (is_question(text)) {
        m->asks = ASKS_NEXT;
        return true;
    }
    buffer_clear(&m->name);
    markdown_text_strip(&m->paragraph, text.data, text.length, NULL);
    m->heading = true;
    ok = flush(m, context, err);
    m->heading = false;
    return ok;
}

/* A backslash at a line's end is a line break. */
static void add_line(struct shilu_markdown *m, struct span line)
{
    struct buffer words = {0};
    bool broken = line.length > 1 && line.data[line.length - 1] == '\\' &&
                  line.data[line.length - 2] != '\\';

    markdown_text_strip(&words, line.data, broken ? line.length - 1 : line.length, NULL);
    if (words.bytes > 0)
        emit_join(&m->paragraph, words.data, words.bytes);
    if (broken)
        buffer_append_char(&m->paragraph, '\n');
    buffer_release(&words);
}

/* "[2021-05-06 10:25:00]": the day of the following times. Puts "[10:25:00]" into `stamp` and
 * returns the length; 0 for anything else. */
static size_t take_day(struct shilu_markdown *m, struct span line,
                       struct inline_timestamp *stamp)
{
    int64_t ms;
    int32_t offset;
    bool has_time;
    size_t used;
    size_t close = span_find(line, ']');

    if (close == line.length ||
        !civil_parse_date_time(line.data + 1, close - 1, &ms, &offset, &has_time, &used) ||
        !has_time || used != close - 1)
        return 0;
    *stamp = (struct inline_timestamp){.ms = ms - transcript_day(ms) * TIME_MS_PER_DAY,
                                       .end_ms = TIME_NONE};
    inline_timestamp_set_day(&m->reading, transcript_day(ms) * TIME_MS_PER_DAY);
    return close + 1;
}

/* The first line of a paragraph may start with its time in square brackets. */
static void add_paragraph_line(struct shilu_markdown *m, struct reader_context *context,
                               struct span line)
{
    struct inline_timestamp stamp;
    size_t used = 0;

    if (m->paragraph.bytes == 0 && *line.data == '[')
        used = take_day(m, line, &stamp);
    if (m->paragraph.bytes == 0 && *line.data == '[' && used == 0)
        used = inline_timestamp_take(line.data, line.length, &stamp);
    if (used > 0 && used < line.length && line.data[used] == ' ')
        inline_timestamp_read(&m->reading, context, &stamp, &m->start_ms, &m->end_ms);
    else
        used = 0;
    add_line(m, span_skip(line, used));
}

static bool take_quotation(struct shilu_markdown *m, struct reader_context *context,
                           struct span line, struct error *err)
{
    if (!m->in_quotation && m->paragraph.bytes > 0 && !flush(m, context, err))
        return false;
    line = span_trim(span_skip(line, 1));
    if (line.length == 0)
        return flush(m, context, err);
    m->in_quotation = true;
    add_paragraph_line(m, context, line);
    return true;
}

static bool take_line(void *self, struct reader_context *context, const char *data,
                      size_t bytes, struct error *err)
{
    struct shilu_markdown *m = self;
    struct span line = span_trim(span_of(data, bytes));

    if (m->front_at != FRONT_READ) {
        bool fence = span_is(line, "---");

        if (fence && m->front_at == FRONT_OPEN) {
            end_front(m, context);
        } else if (fence) {
            m->front_at = FRONT_OPEN;
        } else {
            yaml_front_add(&m->front, line);
        }
        return true;
    }
    if (span_is(line, CONTENTS_BEGIN) || span_is(line, CONTENTS_END))
        m->in_contents = span_is(line, CONTENTS_BEGIN);
    if (m->in_contents || span_is(line, CONTENTS_END)) /* all of it is repeated below */
        return true;
    if (line.length == 0)
        return flush(m, context, err);
    if (span_starts_with(line, "### ") && span_ends_with(line, ":"))
        return take_name(m, context, span_trim(span_skip(line, 4)), err);
    if (span_starts_with(line, "# ") && drafts_get(context->drafts, FIELD_TITLE) == NULL) {
        take_title(m, context, span_trim(span_skip(line, 2)));
        return true;
    }
    if (span_starts_with(line, "## "))
        return take_heading(m, context, span_trim(span_skip(line, 3)), err);
    if (*line.data == '>')
        return take_quotation(m, context, line, err);
    add_paragraph_line(m, context, line);
    return true;
}

enum reader_status shilu_markdown_next(void *self, struct reader_context *context,
                                       struct error *err)
{
    struct shilu_markdown *m = self;
    size_t before = drafts_count(context->drafts);
    enum reader_status status = line_reader_pull(context, take_line, self, err);

    if (status != READER_MORE)
        return status;
    if (!input_ended(context->input) && !input_resting(context->input))
        return READER_MORE;
    if (!flush(m, context, err))
        return READER_ERROR;
    if (drafts_count(context->drafts) > before)
        return READER_SEGMENT;
    return input_ended(context->input) ? READER_END : READER_MORE;
}

/* Text as printed by `shilu show` and write_text, which people keep and send to each other.
 *    Title
 *    2021-05-06  0:00:05 - 1:02:03  Venue  Source
 *
 *    Name, role  (question 1)
 *     0:00:05  words, wrapped or not, beside a margin of ten columns
 *
 * A heading follows an empty line; "-" means nobody, and a date there is the day from then on.
 * Two parts of a time are hours and minutes. A line without a time continues the paragraph
 * above: directly if that line was full, otherwise as a line of its own.
 *
 * Invariant: words holds what was read of the current paragraph. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/inline_timestamp.h"
#include "formats/common/line_reader.h"
#include "formats/readers.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/text/char_class.h"
#include "shilu/text/utf8.h"

/* A wrapped line leaves at most the columns of one long word free. */
enum { MARGIN = 10, SPARE_COLUMNS = 15, WRAPPED_COLUMNS_MAX = 250 };

struct shown_text {
    struct clock_reading reading;
    struct buffer words;
    uint32_t speaker;
    enum segment_kind kind;
    int64_t start_ms;
    size_t longest_columns; /* of the lines in the first window; 0 if unknown yet */
    size_t last_columns;    /* of the previous line of words */
    size_t lines;
    bool blank; /* the previous line was empty */
};

/* Accurate enough to distinguish full lines from short ones. */
static size_t curses_width_of(const char *line, size_t bytes)
{
    size_t columns = 0;
    size_t at = 0;

    while (at < bytes) {
        uint32_t cp;

        at += utf8_decode(line + at, bytes - at, &cp);
        columns += cp >= 0x1100 && char_is_east_asian(cp) ? 2 : 1;
    }
    return columns;
}

/* "  0:00:05  words" and "          words": where the words start; 0 for other lines. */
static size_t take_margin(const char *line, size_t bytes, struct inline_timestamp *stamp)
{
    size_t blanks = 0;
    size_t used;

    stamp->ms = TIME_NONE;
    while (blanks < bytes && blanks < MARGIN && line[blanks] == ' ')
        blanks++;
    if (blanks == MARGIN)
        return MARGIN;
    used = blanks < MARGIN - 2 && bytes > MARGIN
               ? inline_timestamp_take(line + blanks, MARGIN - 2 - blanks, stamp)
               : 0;
    if (used == 0 || blanks + used != MARGIN - 2 || line[MARGIN - 2] != ' ' ||
        line[MARGIN - 1] != ' ')
        return 0;
    return MARGIN;
}

/* Each paragraph of words is beside the margin, below a heading that follows an empty line. */
static int shown_text_detect(const char *head, size_t bytes, bool whole)
{
    const char *end = head + bytes;
    size_t words = 0, timed = 0, headings = 0, others = 0;
    bool blank = false, heading = false;

    while (head < end) {
        const char *stop = memchr(head, '\n', (size_t)(end - head));
        size_t line_bytes = (size_t)((stop != NULL ? stop : end) - head);
        struct inline_timestamp stamp;
        bool margin = take_margin(head, line_bytes, &stamp) > 0;

        if (stop == NULL && !whole)
            break;
        words += margin;
        timed += margin && stamp.ms != TIME_NONE;
        headings += margin && heading;
        others += !margin && line_bytes > 0 && !blank;
        heading = !margin && line_bytes > 0 && blank;
        blank = line_bytes == 0;
        head += line_bytes + 1;
    }
    /* Others: the two lines of the record's own heading, and damaged lines. */
    return timed >= 1 && headings >= 1 && others <= 2 + words / 3 ? CONFIDENCE_STRONG
                                                                  : CONFIDENCE_NO;
}

static void *shown_text_open(void)
{
    struct shown_text *s = memory_zalloc(1, sizeof *s);

    s->reading = CLOCK_READING_INIT;
    s->speaker = SPEAKER_NONE;
    s->start_ms = TIME_NONE;
    return s;
}

static void shown_text_close(void *self)
{
    struct shown_text *s = self;

    buffer_release(&s->words);
    free(s);
}

static bool flush(struct shown_text *s, struct reader_context *context, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    bool ok;

    draft.text = buffer_string(&s->words);
    draft.text_bytes = s->words.bytes;
    draft.speaker = s->speaker;
    draft.kind = s->kind;
    draft.start_ms = s->start_ms;
    ok = s->words.bytes == 0 || emit_segment(context, &draft, err);
    buffer_clear(&s->words);
    s->start_ms = TIME_NONE;
    return ok;
}

/* "2021-05-06  0:00:05 - 1:02:03  Venue  Source": fields separated by two spaces. */
static void take_facts(struct shown_text *s, struct reader_context *context, const char *line,
                       size_t bytes)
{
    static const enum transcript_field fields[] = {FIELD_VENUE, FIELD_SOURCE_NAME};
    size_t field = 0;
    size_t at = 0;

    while (at < bytes) {
        const char *gap = memmem(line + at, bytes - at, "  ", 2);
        size_t part = gap != NULL ? (size_t)(gap - line) - at : bytes - at;
        struct inline_timestamp stamp;
        int32_t offset;
        bool has_time;
        size_t used;
        int64_t ms;

        if (at == 0 && civil_parse_date_time(line, part, &ms, &offset, &has_time, &used) &&
            used == part) {
            s->reading.date_ms = ms;
            emit_field(context, FIELD_DATE, line, part);
        } else if (inline_timestamp_take(line + at, part, &stamp) == 0 &&
                   field < sizeof fields / sizeof *fields) {
            emit_field(context, fields[field++], line + at, part);
        }
        at += part + 2;
    }
}

/* A record without a title begins with a date or a span. */
static bool is_facts(const char *line, size_t bytes)
{
    struct inline_timestamp stamp;
    int32_t offset;
    bool has_time;
    size_t used;
    int64_t ms;

    return inline_timestamp_take(line, bytes, &stamp) > 0 ||
           (civil_parse_date_time(line, bytes, &ms, &offset, &has_time, &used) &&
            (used == bytes || line[used] == ' '));
}

/* "2021-05-06" alone: the day of what follows. */
static bool take_day(struct shown_text *s, const char *line, size_t bytes)
{
    int32_t offset;
    bool has_time;
    size_t used;
    int64_t ms;

    if (!civil_parse_date_time(line, bytes, &ms, &offset, &has_time, &used) || has_time ||
        used != bytes)
        return false;
    inline_timestamp_set_day(&s->reading, ms);
    return true;
}

/* "Name, role, organization  (question 3)". */
static void take_heading(struct shown_text *s, struct reader_context *context, const char *line,
                         size_t bytes)
{
    const char *question = memmem(line, bytes, "  (question ", 12);
    const char *comma;
    struct speaker_label label = {0};
    char *name, *role;

    s->kind = question != NULL ? SEGMENT_QUESTION : SEGMENT_UNKNOWN;
    if (question != NULL)
        bytes = (size_t)(question - line);
    s->speaker = SPEAKER_NONE;
    if (bytes == 1 && *line == '-')
        return;
    comma = memmem(line, bytes, ", ", 2);
    name = memory_strndup(line, comma != NULL ? (size_t)(comma - line) : bytes);
    role = comma != NULL ? memory_strndup(comma + 2, bytes - (size_t)(comma - line) - 2) : NULL;
    label.name = name;
    label.role = role;
    s->speaker = drafts_speaker(context->drafts, &label);
    free(name);
    free(role);
}

static bool take_words(struct shown_text *s, struct reader_context *context, const char *line,
                       size_t bytes, const struct inline_timestamp *stamp, struct error *err)
{
    int64_t end_ms;
    bool wrapped = s->longest_columns <= WRAPPED_COLUMNS_MAX &&
                   s->last_columns + SPARE_COLUMNS >= s->longest_columns;

    if (stamp->ms != TIME_NONE || s->blank) {
        if (!flush(s, context, err))
            return false;
    } else if (s->words.bytes > 0 && !wrapped) {
        buffer_append_char(&s->words, '\n');
    }
    if (stamp->ms != TIME_NONE && stamp->two_parts)
        inline_timestamp_set_wall(&s->reading, context);
    if (stamp->ms != TIME_NONE)
        inline_timestamp_read(&s->reading, context, stamp, &s->start_ms, &end_ms);
    emit_join(&s->words, line + MARGIN, bytes - MARGIN);
    s->last_columns = curses_width_of(line, bytes);
    return true;
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct shown_text *s = self;
    struct inline_timestamp stamp;
    size_t margin = take_margin(line, bytes, &stamp);
    bool ok = true;

    s->lines++;
    if (margin > 0)
        ok = take_words(s, context, line, bytes, &stamp, err);
    else if (bytes > 0)
        ok = flush(s, context, err);
    if (margin == 0 && s->blank && take_day(s, line, bytes))
        ;
    else if (margin == 0 && bytes > 0 && s->blank)
        take_heading(s, context, line, bytes);
    else if (margin == 0 && bytes > 0 && s->lines == 1 && !is_facts(line, bytes))
        emit_field(context, FIELD_TITLE, line, bytes);
    else if (margin == 0 && bytes > 0 && s->lines <= 2)
        take_facts(s, context, line, bytes);
    else if (margin == 0 && bytes > 0)
        emit_join(&s->words, line, bytes); /* not in this format: keep the words */
    s->blank = bytes == 0;
    return ok;
}

static void measure_lines(struct shown_text *s, const char *text, size_t bytes)
{
    size_t at = 0;

    while (at < bytes) {
        const char *stop = memchr(text + at, '\n', bytes - at);
        size_t line_bytes = stop != NULL ? (size_t)(stop - text) - at : bytes - at;

        if (curses_width_of(text + at, line_bytes) > s->longest_columns)
            s->longest_columns = curses_width_of(text + at, line_bytes);
        at += line_bytes + 1;
    }
}

static enum reader_status shown_text_next(void *self, struct reader_context *context,
                                          struct error *err)
{
    struct shown_text *s = self;
    size_t before = drafts_count(context->drafts);
    enum reader_status status;

    if (s->longest_columns == 0) {
        size_t bytes;
        const char *window = input_window(context->input, &bytes);

        measure_lines(s, window, bytes < DETECT_BYTES ? bytes : DETECT_BYTES);
    }
    status = line_reader_pull(context, take_line, self, err);
    if (status != READER_MORE)
        return status;
    if (!input_ended(context->input))
        return READER_MORE;
    if (!flush(s, context, err))
        return READER_ERROR;
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

const struct reader_ops reader_shown_text = {
    .name = "shown",
    .title = N_("text as shilu shows it"),
    .detect = shown_text_detect,
    .open = shown_text_open,
    .next = shown_text_next,
    .close = shown_text_close,
};

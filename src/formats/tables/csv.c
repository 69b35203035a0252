/* Tables with a header row: CSV (RFC 4180), and the same with tabs, semicolons or bars. The
 * header says what the columns contain (table_header.h); a table without a text column is not a
 * transcript.
 *
 * Cells are read in runs, keeping the state, so a cell of any size is read once. Invariant:
 * cells[0..cell_count) are the ends of the current row's cells in `text`. */
#include <stdlib.h>
#include <string.h>

#include "formats/captions/caption_flow.h"
#include "formats/captions/caption_time.h"
#include "formats/common/emit.h"
#include "formats/common/speaker_cache.h"
#include "formats/json/json_text.h"
#include "formats/readers.h"
#include "formats/recognisers/word_joiner.h"
#include "formats/tables/table_header.h"
#include "formats/tables/table_time.h"
#include "shilu/base/csv_cell.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

enum cell_state {
    CELL_START,
    CELL_PLAIN,
    CELL_QUOTED,
    CELL_QUOTE /* a quote inside a quoted cell: its end, or the first of two */
};

/* What is examined before the first row is read. */
enum { SURVEY_ROWS = 200, HEAD_BYTES = 65536 };

struct row {
    struct buffer text;
    size_t *cells; /* owned */
    size_t cell_count;
    size_t cell_capacity;
    enum cell_state state;
    char delimiter;
};

struct csv {
    struct table_header header;
    struct table_times times;
    struct row row;
    struct speaker_cache speakers;
    struct caption_flow flow; /* for a table of captions */
    struct word_joiner words; /* for a table with one word per row */
    bool of_words;
    bool captions; /* texts may name the speaker */
    bool of_day;   /* clock readings without a date are times of day */
    bool headed;
    bool after_return; /* a following LF belongs to the previous row */
    uint64_t row_line;
    uint32_t wide_speakers[TABLE_WIDE_MAX]; /* of the columns in header.wide */
    uint64_t wide_words[TABLE_WIDE_MAX];    /* hashes of the words in the row before */
    int64_t wide_end_ms;                    /* of the row before, or TIME_NONE */
    int64_t date_ms;                        /* from the last cell of dates, or TIME_NONE */
    int64_t latest_ms;      /* the last time on an unknown day; 0 for none yet */
    int32_t utc_offset_min; /* of the local times beside Unix time, or UTC_OFFSET_NONE */
};

/* ---- rows */

static void row_release(struct row *r)
{
    buffer_release(&r->text);
    free(r->cells);
}

static void row_clear(struct row *r)
{
    r->cell_count = 0;
    buffer_clear(&r->text);
    r->state = CELL_START;
}

static struct span row_cell(const struct row *r, int number)
{
    size_t from;
    struct span cell;

    if (number == COLUMN_ABSENT || (size_t)number >= r->cell_count)
        return span_of("", 0);
    from = number > 0 ? r->cells[number - 1] : 0;
    cell = span_of(buffer_string(&r->text) + from, r->cells[number] - from);
    cell.length = emit_trim(&cell.data, cell.length);
    return cell;
}

/* "0:00:04.2 - 0:00:11.9": both times in one cell, as written by research programs. The first
 * is left in `from`, the second put into `to`; a cell without both is unchanged. */
static void split_times(struct span *from, struct span *to)
{
    static const char *const signs[] = {"-->", "→", "–", "—", " - ", " to ", "~", "-"};
    size_t i;

    for (i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *at = memmem(from->data, from->length, signs[i], strlen(signs[i]));
        struct span first, second;

        if (at == NULL)
            continue;
        first = span_trim(span_of(from->data, (size_t)(at - from->data)));
        second = span_trim(span_skip(*from, (size_t)(at - from->data) + strlen(signs[i])));
        if (span_find(first, ':') == first.length || span_find(second, ':') == second.length)
            continue;
        *from = first;
        *to = second;
        return;
    }
}

static void end_cell(struct row *r)
{
    if (r->cell_count >= TABLE_COLUMNS_MAX)
        return; /* the rest of such a row runs into its last cell */
    MEMORY_RESERVE(r->cells, r->cell_capacity, r->cell_count + 1);
    r->cells[r->cell_count++] = r->text.bytes;
    r->state = CELL_START;
}

/* The length of the start of `s` that goes into the current cell unchanged. */
static size_t plain_run(const struct row *r, const char *s, size_t bytes)
{
    size_t at = 0;

    if (r->state == CELL_QUOTED) {
        const char *quote = memchr(s, '"', bytes);

        return quote != NULL ? (size_t)(quote - s) : bytes;
    }
    if (r->state != CELL_PLAIN)
        return 0;
    while (at < bytes && s[at] != r->delimiter && s[at] != '\n' && s[at] != '\r')
        at++;
    return at;
}

/* Take one byte that may be significant; true if it ends a row. */
static bool take_byte(struct row *r, char byte)
{
    if (r->state == CELL_QUOTED) {
        r->state = CELL_QUOTE;
        return false;
    }
    if (r->state == CELL_QUOTE && byte == '"') {
        buffer_append_char(&r->text, '"');
        r->state = CELL_QUOTED;
        return false;
    }
    if (byte == r->delimiter) {
        end_cell(r);
        return false;
    }
    if (byte == '\n' || byte == '\r') {
        end_cell(r);
        return true;
    }
    if (r->state == CELL_START && byte == '"' && r->delimiter != ' ') {
        r->state = CELL_QUOTED;
        return false;
    }
    r->state = CELL_PLAIN;
    buffer_append_char(&r->text, byte);
    return false;
}

/* Take bytes up to the end of a row; *ended says whether they reach it. */
static size_t row_take(struct row *r, const char *s, size_t bytes, bool *ended)
{
    size_t at = 0;

    *ended = false;
    while (at < bytes && !*ended) {
        size_t run = plain_run(r, s + at, bytes - at);

        buffer_append(&r->text, s + at, run);
        at += run;
        if (at < bytes)
            *ended = take_byte(r, s[at++]);
    }
    return at;
}

/* ---- the head of the table */

/* The time between two cells in seconds; negative if they are not times. */
static double seconds_between(const struct table_moment *from, const struct table_moment *to)
{
    return from->kind == to->kind ? (double)(to->ms - from->ms) / 1000 : -1;
}

/* Whether rows last longer than their words, as a term of office, a shift or a chapter does:
 * from one date to another, or more than eight seconds per letter. */
static bool lasts_too_long(const struct table_header *header, struct span rows)
{
    struct table_times times = TABLE_TIMES_INIT;
    struct row row = {.delimiter = header->delimiter};
    struct table_moment from, to;
    bool ended = true;
    size_t dates = 0;
    size_t letters = 0;
    double seconds = 0;
    size_t count;

    for (count = 0; count < SURVEY_ROWS && ended && rows.length > 0; count++) {
        struct span start, end;

        rows = span_skip(rows, row_take(&row, rows.data, rows.length, &ended));
        start = row_cell(&row, header->at[COLUMN_START]);
        end = row_cell(&row, header->at[COLUMN_END]);
        if (ended && memchr(start.data, ':', start.length) != NULL &&
            table_time_parse(&times, start, &from) && table_time_parse(&times, end, &to) &&
            seconds_between(&from, &to) > 0) {
            seconds += seconds_between(&from, &to);
            letters += row_cell(&row, header->at[COLUMN_TEXT]).length;
        }
        dates += ended && table_time_parse(&times, start, &from) &&
                 table_time_parse(&times, end, &to) && from.kind == MOMENT_DATE &&
                 to.kind == MOMENT_DATE;
        row_clear(&row);
    }
    row_release(&row);
    return (dates > 0 && dates * 2 > count / 2) || seconds > 8 * ((double)letters + 1);
}

/* Whether the words are only paths and addresses, as of recordings. */
static bool are_places(const struct table_header *header, struct span rows)
{
    struct row row = {.delimiter = header->delimiter};
    bool ended = true;
    size_t texts = 0;
    size_t places = 0;
    size_t count;

    for (count = 0; count < SURVEY_ROWS && ended && rows.length > 0; count++) {
        struct span text;

        rows = span_skip(rows, row_take(&row, rows.data, rows.length, &ended));
        text = row_cell(&row, header->at[COLUMN_TEXT]);
        if (ended && (count > 0 || header->missing) && text.length > 0) {
            texts++;
            places += span_find(text, ' ') == text.length && span_find(text, '/') < text.length;
        }
        row_clear(&row);
    }
    row_release(&row);
    return places > 1 && places * 10 >= texts * 9;
}

static int csv_detect(const char *head, size_t bytes, bool whole)
{
    struct table_header header;
    size_t start;

    (void)whole;
    if (!table_header_find(&header, span_of(head, bytes), &start))
        return CONFIDENCE_NO;
    if (table_header_is_of_things(&header, span_skip(span_of(head, bytes), start)))
        return CONFIDENCE_NO;
    if (header.at[COLUMN_END] != COLUMN_ABSENT &&
        lasts_too_long(&header, span_skip(span_of(head, bytes), start)))
        return CONFIDENCE_NO;
    if (are_places(&header, span_skip(span_of(head, bytes), start)))
        return CONFIDENCE_NO;
    return header.at[COLUMN_START] != COLUMN_ABSENT ? CONFIDENCE_STRONG : CONFIDENCE_LIKELY;
}

/* A row of the head: what its times and words show about all rows. */
static void weigh_row(struct csv *c, const struct row *r, struct buffer *start,
                      struct buffer *text)
{
    const int *at = c->header.at;
    struct span from = row_cell(r, at[COLUMN_START]);
    struct span to = row_cell(r, at[COLUMN_END]);
    struct span words = row_cell(r, at[COLUMN_TEXT]);

    if (to.length == 0)
        split_times(&from, &to);
    if (at[COLUMN_DATE] != COLUMN_ABSENT)
        table_times_weigh(&c->times, row_cell(r, at[COLUMN_DATE]), span_of("", 0), words);
    if (to.length > 0)
        table_times_weigh(&c->times, from, to, words);
    else if (start->bytes > 0)
        table_times_weigh(&c->times, span_of(start->data, start->bytes), from,
                          span_of(text->data, text->bytes));
    buffer_clear(start);
    buffer_append(start, from.data, from.length);
    buffer_clear(text);
    buffer_append(text, words.data, words.length);
}

/* If dates include a time of day, their column says when each row was said. */
static void take_date_as_start(struct csv *c, const struct row *r)
{
    int *at = c->header.at;
    struct table_moment moment;

    if (at[COLUMN_START] != COLUMN_ABSENT || at[COLUMN_DATE] == COLUMN_ABSENT ||
        !table_time_parse(&c->times, row_cell(r, at[COLUMN_DATE]), &moment) ||
        moment.kind != MOMENT_WALL)
        return;
    at[COLUMN_START] = at[COLUMN_DATE];
    at[COLUMN_DATE] = COLUMN_ABSENT;
}

/* Local times beside Unix time, as messengers export both: columns of date-times that differ
 * from the Unix time of their row by the same offset in all rows. */
struct local_clock {
    bool weighed;
    size_t column_count;
    struct local_column {
        int column;
        int32_t offset_min; /* of the first row */
        bool changes;       /* with the seasons */
    } columns[4];
};

/* The offset from UTC of a local time in a cell, which may be rounded to minutes. */
static bool find_offset(const struct csv *c, struct span s, int64_t utc_ms, int32_t *offset_min)
{
    enum { MINUTE_MS = 60000, QUARTER_MIN = 15, OFFSET_MAX_MIN = 14 * 60 };
    struct table_moment moment;
    int64_t minutes;

    if (span_find(s, ':') == s.length || !table_time_parse(&c->times, s, &moment) ||
        moment.kind != MOMENT_WALL || moment.offset_min != UTC_OFFSET_NONE)
        return false;
    minutes = moment.ms / MINUTE_MS - utc_ms / MINUTE_MS;
    *offset_min = (int32_t)minutes;
    return minutes % QUARTER_MIN == 0 && minutes <= OFFSET_MAX_MIN &&
           minutes >= -OFFSET_MAX_MIN;
}

static void weigh_local(const struct csv *c, const struct row *r, struct local_clock *local)
{
    enum { COLUMNS_MAX = sizeof local->columns / sizeof *local->columns, SUMMER_MIN = 60 };
    struct span utc = row_cell(r, c->header.at[COLUMN_START]);
    struct table_moment moment;
    int32_t offset_min;
    size_t kept = 0;
    size_t i;

    if (!table_time_is_epoch(utc) || !table_time_parse(&c->times, utc, &moment))
        return;
    for (i = 0; !local->weighed && i < r->cell_count && local->column_count < COLUMNS_MAX; i++)
        if (find_offset(c, row_cell(r, (int)i), moment.ms, &offset_min))
            local->columns[local->column_count++] = (struct local_column){(int)i, offset_min,
                                                                          false};
    local->weighed = true;
    for (i = 0; i < local->column_count; i++) {
        struct local_column *column = &local->columns[i];
        int32_t change;

        if (!find_offset(c, row_cell(r, column->column), moment.ms, &offset_min))
            continue;
        change = offset_min - column->offset_min;
        if (change != 0 && change != SUMMER_MIN && change != -SUMMER_MIN)
            continue;
        column->changes |= change != 0;
        local->columns[kept++] = *column;
    }
    local->column_count = kept;
}

/* One offset makes all of Unix time local; if it changes, the local times themselves count. */
static void settle_local(struct csv *c, const struct local_clock *local)
{
    if (local->column_count == 0)
        return;
    if (local->columns[0].changes)
        c->header.at[COLUMN_START] = local->columns[0].column;
    else
        c->utc_offset_min = local->columns[0].offset_min;
}

/* Counts of the words in the rows of the head. */
struct word_count {
    size_t rows;
    size_t phrases;
    size_t letters;
};

static void count_words(struct word_count *count, struct span text)
{
    count->rows += text.length > 0;
    count->phrases += span_find(text, ' ') < text.length;
    count->letters += text.length;
}

/* Whether the rows are single words, to be joined. */
static bool are_words(const struct table_header *header, const struct word_count *count)
{
    enum { ROWS_MIN = 6, WORD_BYTES = 14 };

    return header->at[COLUMN_START] != COLUMN_ABSENT && count->rows >= ROWS_MIN &&
           count->phrases * 4 <= count->rows && count->letters <= WORD_BYTES * count->rows;
}

/* False if no row is complete. */
static bool survey_rows(struct csv *c, struct span head)
{
    struct row row = {.delimiter = c->header.delimiter};
    struct buffer start = {0};
    struct buffer text = {0};
    struct word_count count = {0};
    struct local_clock local = {0};
    int rows = 0;
    int weighed = 0;
    bool ended = true;

    c->times = TABLE_TIMES_INIT;
    c->times.frame_rate = caption_frame_rate(head.data, head.length);
    if (c->header.milliseconds || c->header.seconds)
        c->times.unit_ms = c->header.milliseconds ? 1 : 1000;
    while (rows < SURVEY_ROWS && ended && head.length > 0) {
        head = span_skip(head, row_take(&row, head.data, head.length, &ended));
        if (ended && (rows > 0 || c->header.missing)) {
            take_date_as_start(c, &row);
            weigh_row(c, &row, &start, &text);
            weigh_local(c, &row, &local);
            count_words(&count, row_cell(&row, c->header.at[COLUMN_TEXT]));
            weighed++;
        }
        rows += row.text.bytes > 0;
        row_clear(&row);
    }
    if (c->header.whole_ms && c->times.unit_ms == 0)
        c->times.unit_ms = c->times.fractions ? 1000 : 1;
    settle_local(c, &local);
    table_times_settle(&c->times);
    c->of_words = c->header.wide_count == 0 && are_words(&c->header, &count);
    buffer_release(&start);
    buffer_release(&text);
    row_release(&row);
    return weighed > 0;
}

static void *csv_open(void)
{
    struct csv *c = memory_zalloc(1, sizeof *c);

    c->date_ms = c->wide_end_ms = TIME_NONE;
    c->utc_offset_min = UTC_OFFSET_NONE;
    return c;
}

static void csv_close(void *self)
{
    struct csv *c = self;

    row_release(&c->row);
    speaker_cache_release(&c->speakers);
    word_joiner_release(&c->words);
    if (c->captions)
        caption_flow_release(&c->flow);
    free(c);
}

/* ---- segments */

/* An apostrophe before something a spreadsheet would treat as a formula is not part of the
 * text. */
static struct span cell(const struct csv *c, enum table_column column)
{
    struct span s = row_cell(&c->row, c->header.at[column]);

    if (column == COLUMN_START && c->header.at[COLUMN_END] == COLUMN_ABSENT) {
        struct span end;

        split_times(&s, &end);
    } else if (column == COLUMN_END && c->header.at[column] == COLUMN_ABSENT) {
        struct span start = row_cell(&c->row, c->header.at[COLUMN_START]);

        split_times(&start, &s);
    }
    if (s.length > 1 && *s.data == '\'' && csv_cell_is_formula(s.data + 1, s.length - 1))
        return span_skip(s, 1);
    return s;
}

static void report_time(struct csv *c, struct reader_context *context, struct span s)
{
    diagnostics_add(context->diagnostics, SEVERITY_WARNING, c->row_line, 1,
                    "the time '%.*s' cannot be read", (int)(s.length < 40 ? s.length : 40),
                    s.data);
}

/* The date in a column of its own, which applies until the next one. */
static void take_date(struct csv *c)
{
    struct span s = cell(c, COLUMN_DATE);
    struct table_moment moment;

    if (s.length > 0 && table_time_parse(&c->times, s, &moment) &&
        (moment.kind == MOMENT_DATE || moment.kind == MOMENT_WALL))
        c->date_ms = moment.ms - moment.ms % TIME_MS_PER_DAY;
}

/* No recording begins in its seventh hour, unless each row has an end, or times have fractions
 * or frames. */
static bool is_of_day(const struct csv *c, const struct table_moment *moment, struct span s)
{
    return moment->kind == MOMENT_ELAPSED && moment->ms >= 6 * INT64_C(3600000) &&
           c->header.at[COLUMN_END] == COLUMN_ABSENT &&
           c->header.at[COLUMN_DURATION] == COLUMN_ABSENT && span_find(s, ':') < s.length &&
           span_find(s, '.') == s.length && span_find(s, ',') == s.length &&
           moment->ms < TIME_MS_PER_DAY;
}

/* A time of a row; TIME_NONE for an empty cell, and for an invalid one, which is reported. The
 * first time decides the time base. */
static int64_t parse_time(struct csv *c, struct reader_context *context,
                          enum table_column column)
{
    struct span s = cell(c, column);
    enum time_base time_base = drafts_time_base(context->drafts);
    struct table_moment moment;
    enum time_base found;

    if (s.length == 0)
        return TIME_NONE;
    if (!table_time_parse(&c->times, s, &moment)) {
        report_time(c, context, s);
        return TIME_NONE;
    }
    if (time_base == TIME_BASE_NONE && column == COLUMN_START)
        c->of_day = is_of_day(c, &moment, s);
    if (moment.kind == MOMENT_ELAPSED && (c->date_ms != TIME_NONE || c->of_day))
        moment.kind = MOMENT_CLOCK; /* beside a date: a time on that day */
    if (moment.kind == MOMENT_CLOCK)
        moment.ms = emit_wall_ms(c->date_ms != TIME_NONE ? c->date_ms : 0, moment.ms,
                                 &c->latest_ms);
    found = moment.kind == MOMENT_ELAPSED ? TIME_BASE_ELAPSED : TIME_BASE_WALL;
    if (time_base != TIME_BASE_NONE && time_base != found) {
        report_time(c, context, s);
        return TIME_NONE;
    }
    drafts_set_time_base(context->drafts, found);
    if (c->utc_offset_min != UTC_OFFSET_NONE && table_time_is_epoch(s)) {
        moment.offset_min = c->utc_offset_min;
        moment.ms += moment.offset_min * INT64_C(60000);
    }
    if (moment.offset_min != UTC_OFFSET_NONE &&
        drafts_utc_offset(context->drafts) == UTC_OFFSET_NONE)
        drafts_set_utc_offset(context->drafts, moment.offset_min);
    return moment.ms;
}

/* If a row has no end, it may have a duration instead. */
static int64_t parse_end(struct csv *c, struct reader_context *context, int64_t start_ms)
{
    struct span s = cell(c, COLUMN_DURATION);
    struct table_moment moment;

    if (cell(c, COLUMN_END).length > 0 || s.length == 0 || start_ms == TIME_NONE)
        return parse_time(c, context, COLUMN_END);
    if (table_time_parse(&c->times, s, &moment) && moment.kind == MOMENT_ELAPSED)
        return start_ms + moment.ms;
    report_time(c, context, s);
    return TIME_NONE;
}

/* The speaker, with what other columns say about the person. */
static uint32_t intern_speaker(struct csv *c, struct reader_context *context, struct span name)
{
    struct span role_cell = cell(c, COLUMN_ROLE);
    struct span organization_cell = cell(c, COLUMN_ORGANIZATION);
    uint32_t speaker = emit_speaker(context, name.data, name.length);
    char *role = NULL;
    char *organization = NULL;

    if (role_cell.length > 0)
        role = memory_strndup(role_cell.data, role_cell.length);
    if (organization_cell.length > 0)
        organization = memory_strndup(organization_cell.data, organization_cell.length);
    if (speaker != SPEAKER_NONE && (role != NULL || organization != NULL))
        drafts_speaker(
            context->drafts,
            &(struct speaker_label){.name = drafts_label(context->drafts, speaker)->name,
                                    .role = role,
                                    .organization = organization});
    free(role);
    free(organization);
    return speaker;
}

/* A name in a column of its own, or in two. */
static struct span speaker_name(const struct csv *c, struct buffer *joined)
{
    struct span last = cell(c, COLUMN_LAST_NAME);
    struct span first = cell(c, COLUMN_FIRST_NAME);

    if (c->header.at[COLUMN_SPEAKER] != COLUMN_ABSENT || last.length == 0)
        return cell(c, COLUMN_SPEAKER);
    emit_join(joined, first.data, first.length);
    emit_join(joined, last.data, last.length);
    return span_of(buffer_string(joined), joined->bytes);
}

/* If other columns describe the person, any row may have new details. */
static uint32_t parse_speaker(struct csv *c, struct reader_context *context)
{
    struct buffer joined = {0};
    struct span name = speaker_name(c, &joined);
    bool alone = cell(c, COLUMN_ROLE).length == 0 && cell(c, COLUMN_ORGANIZATION).length == 0;
    uint32_t speaker;

    if (name.length == 0) {
        speaker = SPEAKER_NONE;
    } else if (!alone || !speaker_cache_find(&c->speakers, name.data, name.length, &speaker)) {
        speaker = intern_speaker(c, context, name);
        if (alone)
            speaker_cache_put(&c->speakers, name.data, name.length, speaker);
    }
    buffer_release(&joined);
    return speaker;
}

static enum segment_kind parse_kind(struct csv *c)
{
    enum segment_kind kind = SEGMENT_UNKNOWN;
    struct span s = cell(c, COLUMN_KIND);
    char word[16];

    if (s.length == 0 || s.length >= sizeof word)
        return kind;
    memcpy(word, s.data, s.length);
    word[s.length] = '\0';
    segment_kind_parse(word, &kind);
    return kind;
}

/* Words in the last column with unquoted delimiters in them. */
static bool has_surplus_text(const struct csv *c)
{
    return c->row.cell_count > c->header.columns &&
           (size_t)c->header.at[COLUMN_TEXT] + 1 == c->header.columns;
}

static void join_surplus(const struct csv *c, struct buffer *text)
{
    size_t number = c->header.columns - 1;
    size_t from = number > 0 ? c->row.cells[number - 1] : 0;

    for (; number < c->row.cell_count; number++) {
        if (text->bytes > 0)
            buffer_append_char(text, c->header.delimiter);
        buffer_append(text, buffer_string(&c->row.text) + from, c->row.cells[number] - from);
        from = c->row.cells[number];
    }
}

static bool add_caption(struct csv *c, struct reader_context *context,
                        const struct segment_draft *draft, struct error *err)
{
    struct caption_cue cue = {.start_ms = draft->start_ms,
                              .end_ms = draft->end_ms,
                              .text = draft->text,
                              .text_bytes = draft->text_bytes,
                              .line = draft->line};

    return caption_flow_add(&c->flow, context, &cue, err);
}

static bool add_word(struct csv *c, struct reader_context *context,
                     const struct segment_draft *draft, struct error *err)
{
    struct word word = {.text = draft->text,
                        .bytes = draft->text_bytes,
                        .speaker = draft->speaker,
                        .start_ms = draft->start_ms,
                        .end_ms = draft->end_ms,
                        .line = draft->line,
                        .mark = json_text_is_mark(span_of(draft->text, draft->text_bytes))};

    word_joiner_add(&c->words, &word);
    return segment_queue_emit(&c->words.out, context, err);
}

static bool take_segment(struct csv *c, struct reader_context *context, struct error *err)
{
    struct buffer surplus = {0};
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct span text = cell(c, COLUMN_TEXT);
    struct buffer punctuated = {0};
    struct span after;
    bool ok;

    take_date(c);
    draft.start_ms = parse_time(c, context, COLUMN_START);
    draft.end_ms = parse_end(c, context, draft.start_ms);
    if (draft.start_ms != TIME_NONE && draft.end_ms != TIME_NONE &&
        draft.end_ms < draft.start_ms) {
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, c->row_line, 1,
                        "the row ends before it starts: its end is ignored");
        draft.end_ms = TIME_NONE;
    }
    draft.speaker = parse_speaker(c, context);
    draft.line = (uint32_t)c->row_line;
    draft.kind = parse_kind(c);
    draft.piece = draft.start_ms != TIME_NONE && draft.end_ms != TIME_NONE;
    draft.text = text.data;
    draft.text_bytes = text.length;
    if (has_surplus_text(c)) {
        join_surplus(c, &surplus);
        draft.text = buffer_string(&surplus);
        draft.text_bytes = surplus.bytes;
    }
    after = cell(c, COLUMN_PUNCTUATION);
    if (after.length > 0) {
        buffer_append(&punctuated, draft.text, draft.text_bytes);
        buffer_append(&punctuated, after.data, after.length);
        draft.text = punctuated.data;
        draft.text_bytes = punctuated.bytes;
    }
    ok = c->of_words   ? add_word(c, context, &draft, err)
         : c->captions ? add_caption(c, context, &draft, err)
                       : emit_segment(context, &draft, err);
    buffer_release(&punctuated);
    buffer_release(&surplus);
    return ok;
}

/* The headings of the columns that are speakers. */
static void take_wide_headings(struct csv *c, struct reader_context *context)
{
    size_t i;

    for (i = 0; i < c->header.wide_count; i++) {
        struct span name = row_cell(&c->row, c->header.wide[i]);

        c->wide_speakers[i] = emit_speaker(context, name.data, name.length);
    }
}

/* A row with a column for each speaker. Words that overlap another speaker's are repeated in
 * each of their rows, which follow one another at once; the same words later are said again. */
static bool take_wide_row(struct csv *c, struct reader_context *context, struct error *err)
{
    int64_t start_ms = parse_time(c, context, COLUMN_START);
    int64_t end_ms = parse_time(c, context, COLUMN_END);
    bool at_once = start_ms != TIME_NONE && start_ms == c->wide_end_ms;
    size_t i;

    c->wide_end_ms = end_ms;
    for (i = 0; i < c->header.wide_count; i++) {
        struct segment_draft draft = SEGMENT_DRAFT_INIT;
        struct span text = row_cell(&c->row, c->header.wide[i]);
        uint64_t words = hash_fnv1a(text.data, text.length);
        bool repeated = at_once && words == c->wide_words[i];

        c->wide_words[i] = words;
        if (text.length == 0 || repeated)
            continue;
        draft.start_ms = start_ms;
        draft.end_ms = end_ms;
        draft.speaker = c->wide_speakers[i];
        draft.line = (uint32_t)c->row_line;
        draft.piece = start_ms != TIME_NONE && end_ms != TIME_NONE;
        draft.text = text.data;
        draft.text_bytes = text.length;
        if (!emit_segment(context, &draft, err))
            return false;
    }
    return true;
}

static bool take_row(struct csv *c, struct reader_context *context, struct error *err)
{
    bool blank = c->row.cell_count == 1 && c->row.cells[0] == 0;
    bool ok = true;

    if (!blank && !c->headed) {
        c->headed = true;
        take_wide_headings(c, context);
    } else if (!blank && c->header.wide_count > 0) {
        ok = take_wide_row(c, context, err);
    } else if (!blank) {
        if (c->row.cell_count != c->header.columns && c->header.delimiter != ' ')
            diagnostics_add(context->diagnostics, SEVERITY_WARNING, c->row_line, 1,
                            "a row has %zu cells, the header %zu", c->row.cell_count,
                            c->header.columns);
        ok = take_segment(c, context, err);
    }
    row_clear(&c->row);
    return ok;
}

/* The length consumed of the window, up to the end of a row; *ended says whether it ends
 * there. */
static size_t scan_row(struct csv *c, struct reader_context *context, bool *ended)
{
    size_t bytes;
    const char *window = input_window(context->input, &bytes);
    bool fresh = c->row.text.bytes == 0 && c->row.cell_count == 0 && c->row.state == CELL_START;
    uint64_t column;
    size_t at = 0;

    *ended = false;
    if (c->after_return && bytes > 0) {
        at += window[0] == '\n';
        c->after_return = false;
    }
    if (fresh)
        input_position(context->input, at, &c->row_line, &column);
    at += row_take(&c->row, window + at, bytes - at, ended);
    c->after_return = *ended && at > 0 && window[at - 1] == '\r';
    return at;
}

static enum reader_status finish(struct csv *c, struct reader_context *context,
                                 struct error *err)
{
    size_t before = drafts_count(context->drafts);

    if (c->row.state == CELL_QUOTED) {
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, c->row_line, 0,
                        "a quoted cell of this row is not closed");
        context->diagnostics->is_cut = true;
    }
    if (c->row.text.bytes > 0 || c->row.cell_count > 0) {
        end_cell(&c->row);
        if (!take_row(c, context, err))
            return READER_ERROR;
    }
    if (c->captions && !caption_flow_decide(&c->flow, context, err))
        return READER_ERROR;
    word_joiner_flush(&c->words);
    if (!segment_queue_emit(&c->words.out, context, err))
        return READER_ERROR;
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

/* Whether there is enough to find the header and to judge its rows. */
static bool holds_head(const struct reader_context *context)
{
    size_t bytes;

    input_window(context->input, &bytes);
    return bytes >= HEAD_BYTES || input_ended(context->input) || input_resting(context->input);
}

/* Find the header. For a growing file, wait until it has a header and a whole row below. */
static enum reader_status read_head(struct csv *c, struct reader_context *context,
                                    struct error *err)
{
    size_t bytes, start;
    const char *window = input_window(context->input, &bytes);
    struct span head = span_of(window, bytes < HEAD_BYTES ? bytes : HEAD_BYTES);
    bool grows = input_resting(context->input) && bytes < HEAD_BYTES;
    struct table_header header;

    if (grows)
        while (head.length > 0 && head.data[head.length - 1] != '\n' &&
               head.data[head.length - 1] != '\r')
            head.length--;
    if (!table_header_find(&header, head, &start)) {
        if (grows)
            return READER_MORE;
        error_set_at(err, ERROR_SYNTAX, 1, 1, "the header has no column 'text'");
        return READER_ERROR;
    }
    c->header = header;
    if (!survey_rows(c, span_skip(head, start)) && grows) {
        c->header.delimiter = '\0';
        return READER_MORE;
    }
    c->row.delimiter = header.delimiter;
    c->headed = header.missing;
    c->captions = header.wide_count == 0 && header.at[COLUMN_SPEAKER] == COLUMN_ABSENT &&
                  header.at[COLUMN_LAST_NAME] == COLUMN_ABSENT &&
                  header.at[COLUMN_KIND] == COLUMN_ABSENT &&
                  header.at[COLUMN_START] != COLUMN_ABSENT &&
                  (header.at[COLUMN_END] != COLUMN_ABSENT ||
                   header.at[COLUMN_DURATION] != COLUMN_ABSENT);
    if (c->captions)
        caption_flow_init(&c->flow, CAPTION_PLAIN);
    c->flow.keeps_lines = true;
    input_consume(context->input, start);
    return READER_SEGMENT;
}

static enum reader_status csv_next(void *self, struct reader_context *context,
                                   struct error *err)
{
    struct csv *c = self;
    size_t before = drafts_count(context->drafts);
    enum reader_status status;

    if (c->header.delimiter == '\0') {
        if (!holds_head(context))
            return READER_MORE;
        status = read_head(c, context, err);
        if (status != READER_SEGMENT)
            return status;
    }
    for (;;) {
        bool ended;

        input_consume(context->input, scan_row(c, context, &ended));
        if (!ended && input_ended(context->input))
            return finish(c, context, err);
        if (!ended)
            return c->captions ? caption_flow_pause(&c->flow, context, err) : READER_MORE;
        if (!take_row(c, context, err))
            return READER_ERROR;
        if (drafts_count(context->drafts) > before)
            return READER_SEGMENT;
    }
}

const struct reader_ops reader_csv = {
    .name = "csv",
    .title = N_("table (CSV, TSV)"),
    .detect = csv_detect,
    .most = CONFIDENCE_STRONG,
    .open = csv_open,
    .next = csv_next,
    .close = csv_close,
    .grows = true,
};

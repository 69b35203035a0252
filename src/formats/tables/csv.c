/* Tables with a header row: CSV (RFC 4180), and the same with tabs or semicolons. The header
 * says what the columns hold; a table without a column of text is not a transcript.
 *
 * Cells are read byte by byte with the state kept, so a cell of any size is read once.
 * Invariant: cells[0..cell_count) are the ends of the cells of the row at hand in `row`. */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formats/common/emit.h"
#include "formats/common/inline_timestamp.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"

enum column {
    COLUMN_TEXT,
    COLUMN_SPEAKER,
    COLUMN_START,
    COLUMN_END,
    COLUMN_ROLE,
    COLUMN_ORGANIZATION,
    COLUMN_KIND,
    COLUMN_COUNT
};

static const struct {
    enum column column;
    const char *names; /* parted by '|', lower case, without spaces and underscores */
} headings[] = {
    {COLUMN_TEXT, "text|content|transcript|utterance|sentence|body|caption|subtitle|speech|"
                  "文字|內容|内容|發言|发言|発言|발언|내용"},
    {COLUMN_SPEAKER, "speaker|speakername|name|who|person|speakerlabel|speakerid|"
                     "發言人|发言人|講者|发言者|発言者|話者|화자|발언자"},
    {COLUMN_START, "start|from|begin|starttime|begintime|time|timestamp|startms|start(ms)|"
                   "start(s)|starts|in|timecode|開始|开始"},
    {COLUMN_END, "end|to|stop|endtime|stoptime|endms|end(ms)|end(s)|ends|out|結束|结束|終了"},
    {COLUMN_ROLE, "role|title|position|職稱|职务|役職"},
    {COLUMN_ORGANIZATION, "organization|organisation|org|affiliation|party|單位|单位|所属"},
    {COLUMN_KIND, "kind"},
};

enum cell_state {
    CELL_START,
    CELL_PLAIN,
    CELL_QUOTED,
    CELL_QUOTE /* a quote inside a quoted cell: its end, or the first of two */
};

enum { ABSENT = -1, COLUMNS_MAX = 4096 };

struct layout {
    char delimiter;
    int at[COLUMN_COUNT]; /* number of the column, or ABSENT */
    size_t columns;
    bool milliseconds; /* bare numbers are that */
};

struct csv {
    struct layout layout;
    struct buffer row;
    size_t *cells; /* owned */
    size_t cell_count;
    size_t cell_capacity;
    enum cell_state state;
    bool headed;
    bool after_return; /* a LF that follows belongs to the row before */
    uint64_t row_line;
    uint64_t quote_line;
    int64_t latest_ms; /* the last time of a day that is not told; 0: none yet */
};

static bool is_listed(const char *names, const char *name, size_t bytes)
{
    while (*names != '\0') {
        size_t count = strcspn(names, "|");

        if (count == bytes && memcmp(names, name, bytes) == 0)
            return true;
        names += count + (names[count] == '|');
    }
    return false;
}

static void map_column(struct layout *layout, const char *heading, size_t bytes, int number)
{
    char name[64];
    size_t used = 0;
    size_t i;

    bytes = emit_trim(&heading, bytes);
    for (i = 0; i < bytes && used < sizeof name; i++) {
        if (strchr(" _-\"", heading[i]) == NULL || heading[i] == '\0')
            name[used++] = (char)tolower((unsigned char)heading[i]);
    }
    for (i = 0; i < sizeof headings / sizeof headings[0]; i++) {
        int *at = &layout->at[headings[i].column];

        if (*at != ABSENT || !is_listed(headings[i].names, name, used))
            continue;
        *at = number;
        if (headings[i].column == COLUMN_START)
            layout->milliseconds = memmem(name, used, "ms", 2) != NULL;
        return;
    }
}

static void layout_init(struct layout *layout, char delimiter)
{
    int i;

    *layout = (struct layout){.delimiter = delimiter};
    for (i = 0; i < COLUMN_COUNT; i++)
        layout->at[i] = ABSENT;
}

/* The header row, from the head of a file. Whisper writes tables of start, end and text in
 * milliseconds, parted by tabs. */
static bool parse_header(struct layout *layout, const char *line, size_t bytes, char delimiter)
{
    const char *end = line + bytes;
    int number = 0;

    layout_init(layout, delimiter);
    while (line <= end && number < COLUMNS_MAX) {
        const char *stop = memchr(line, delimiter, (size_t)(end - line));

        if (stop == NULL)
            stop = end;
        map_column(layout, line, (size_t)(stop - line), number++);
        line = stop + 1;
    }
    layout->columns = (size_t)number;
    if (delimiter == '\t' && number == 3 && layout->at[COLUMN_START] == 0 &&
        layout->at[COLUMN_END] == 1 && layout->at[COLUMN_TEXT] == 2)
        layout->milliseconds = true;
    return layout->at[COLUMN_TEXT] != ABSENT &&
           (layout->at[COLUMN_START] != ABSENT || layout->at[COLUMN_SPEAKER] != ABSENT);
}

/* "sep=;", by which spreadsheets are told the delimiter. */
static bool is_separator_line(const char *line, size_t bytes)
{
    return bytes >= 4 && bytes <= 6 && strncasecmp(line, "sep=", 4) == 0;
}

static size_t line_length(const char *s, size_t bytes)
{
    size_t length = 0;

    while (length < bytes && s[length] != '\n' && s[length] != '\r')
        length++;
    return length;
}

/* The bytes of such a line at the front and of its line end; 0 for none. */
static size_t separator_line(const char *head, size_t bytes)
{
    size_t line_bytes = line_length(head, bytes);

    if (!is_separator_line(head, line_bytes))
        return 0;
    while (line_bytes < bytes && (head[line_bytes] == '\n' || head[line_bytes] == '\r'))
        line_bytes++;
    return line_bytes;
}

/* Whether the line of the header is there whole. */
static bool holds_header(const char *head, size_t bytes)
{
    size_t from = separator_line(head, bytes);

    return from + line_length(head + from, bytes - from) < bytes;
}

static bool find_header(struct layout *layout, const char *head, size_t bytes)
{
    static const char delimiters[] = {',', '\t', ';', '|'};
    size_t from = separator_line(head, bytes);
    size_t line_bytes = line_length(head + from, bytes - from);
    size_t i;

    head += from;
    for (i = 0; i < sizeof delimiters; i++)
        if (line_bytes < 4096 && parse_header(layout, head, line_bytes, delimiters[i]))
            return true;
    return false;
}

static int csv_detect(const char *head, size_t bytes, bool whole)
{
    struct layout layout;

    (void)whole;
    if (!find_header(&layout, head, bytes))
        return CONFIDENCE_NO;
    return layout.at[COLUMN_START] != ABSENT ? CONFIDENCE_STRONG : CONFIDENCE_LIKELY;
}

static void *csv_open(void)
{
    return memory_zalloc(1, sizeof(struct csv));
}

static void csv_close(void *self)
{
    struct csv *c = self;

    buffer_release(&c->row);
    free(c->cells);
    free(c);
}

static const char *cell(const struct csv *c, enum column column, size_t *bytes)
{
    int number = c->layout.at[column];
    const char *text;
    size_t from;

    *bytes = 0;
    if (number == ABSENT || (size_t)number >= c->cell_count)
        return "";
    from = number > 0 ? c->cells[number - 1] : 0;
    text = buffer_string(&c->row) + from;
    *bytes = emit_trim(&text, c->cells[number] - from);
    return text;
}

/* A number of seconds, or of milliseconds. */
static bool parse_number(const struct csv *c, const char *s, size_t bytes, int64_t *ms)
{
    char digits[32];
    char *end;
    double value;

    if (bytes == 0 || bytes >= sizeof digits || (!isdigit((unsigned char)*s) && *s != '.'))
        return false;
    memcpy(digits, s, bytes);
    digits[bytes] = '\0';
    if (strspn(digits, "0123456789.") != bytes)
        return false;
    value = strtod(digits, &end);
    if (*end != '\0' || value > 1e12)
        return false;
    *ms = (int64_t)(c->layout.milliseconds ? value : value * 1000 + 0.5);
    return true;
}

/* A clock reading that counts from the start of a recording. */
static bool parse_clock(const char *s, size_t bytes, int64_t *ms)
{
    struct inline_timestamp stamp;

    if (inline_timestamp_take(s, bytes, &stamp) != bytes)
        return false;
    *ms = stamp.ms;
    return true;
}

/* A time of a row; TIME_NONE for an empty cell, and for one that cannot be read, which is
 * told. The first time settles the clock. */
static int64_t parse_time(struct csv *c, struct reader_context *context, enum column column)
{
    size_t bytes, used;
    const char *s = cell(c, column, &bytes);
    enum clock clock = drafts_clock(context->drafts);
    enum clock found = CLOCK_ELAPSED;
    int64_t ms;
    int32_t offset = UTC_OFFSET_NONE;
    bool has_time;

    if (bytes == 0)
        return TIME_NONE;
    if (civil_parse_date_time(s, bytes, &ms, &offset, &has_time, &used) && used == bytes)
        found = CLOCK_WALL;
    else if (*s == 'T' && parse_clock(s + 1, bytes - 1, &ms)) {
        ms = emit_wall_ms(0, ms, &c->latest_ms); /* T11:08:00: a time of day */
        found = CLOCK_WALL;
    } else if (!parse_number(c, s, bytes, &ms) && !parse_clock(s, bytes, &ms))
        found = CLOCK_NONE;
    if (found == CLOCK_NONE || (clock != CLOCK_NONE && clock != found)) {
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, c->row_line, 1,
                        "the time '%.*s' cannot be read", (int)(bytes < 40 ? bytes : 40), s);
        return TIME_NONE;
    }
    drafts_set_clock(context->drafts, found);
    if (offset != UTC_OFFSET_NONE && drafts_utc_offset(context->drafts) == UTC_OFFSET_NONE)
        drafts_set_utc_offset(context->drafts, offset);
    return ms;
}

static uint32_t parse_speaker(struct csv *c, struct reader_context *context)
{
    char *role = NULL;
    char *organization = NULL;
    size_t bytes;
    const char *s = cell(c, COLUMN_SPEAKER, &bytes);
    uint32_t speaker = emit_speaker(context, s, bytes);

    s = cell(c, COLUMN_ROLE, &bytes);
    if (bytes > 0)
        role = memory_strndup(s, bytes);
    s = cell(c, COLUMN_ORGANIZATION, &bytes);
    if (bytes > 0)
        organization = memory_strndup(s, bytes);
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

static enum segment_kind parse_kind(struct csv *c)
{
    enum segment_kind kind = SEGMENT_UNKNOWN;
    char word[16];
    size_t bytes;
    const char *s = cell(c, COLUMN_KIND, &bytes);

    if (bytes == 0 || bytes >= sizeof word)
        return kind;
    memcpy(word, s, bytes);
    word[bytes] = '\0';
    segment_kind_parse(word, &kind);
    return kind;
}

/* Words in the last column with delimiters in them that nobody put in quotation marks. */
static bool has_surplus_text(const struct csv *c)
{
    return c->cell_count > c->layout.columns &&
           (size_t)c->layout.at[COLUMN_TEXT] + 1 == c->layout.columns;
}

static void join_surplus(const struct csv *c, struct buffer *text)
{
    size_t number = c->layout.columns - 1;
    size_t from = number > 0 ? c->cells[number - 1] : 0;

    for (; number < c->cell_count; number++) {
        if (text->bytes > 0)
            buffer_append_char(text, c->layout.delimiter);
        buffer_append(text, buffer_string(&c->row) + from, c->cells[number] - from);
        from = c->cells[number];
    }
}

static bool take_segment(struct csv *c, struct reader_context *context, struct error *err)
{
    struct buffer surplus = {0};
    bool ok;
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    draft.start_ms = parse_time(c, context, COLUMN_START);
    draft.end_ms = parse_time(c, context, COLUMN_END);
    if (draft.start_ms != TIME_NONE && draft.end_ms != TIME_NONE &&
        draft.end_ms < draft.start_ms) {
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, c->row_line, 1,
                        "the row ends before it starts: its end is left out");
        draft.end_ms = TIME_NONE;
    }
    draft.speaker = parse_speaker(c, context);
    draft.kind = parse_kind(c);
    draft.piece = draft.start_ms != TIME_NONE && draft.end_ms != TIME_NONE;
    draft.text = cell(c, COLUMN_TEXT, &draft.text_bytes);
    if (has_surplus_text(c)) {
        join_surplus(c, &surplus);
        draft.text = buffer_string(&surplus);
        draft.text_bytes = surplus.bytes;
    }
    ok = emit_segment(context, &draft, err);
    buffer_release(&surplus);
    return ok;
}

static bool take_row(struct csv *c, struct reader_context *context, struct error *err)
{
    bool blank = c->cell_count == 1 && c->cells[0] == 0;
    bool ok = true;

    if (!blank && !c->headed) {
        c->headed = !is_separator_line(buffer_string(&c->row), c->row.bytes);
    } else if (!blank) {
        if (c->cell_count != c->layout.columns)
            diagnostics_add(context->diagnostics, SEVERITY_WARNING, c->row_line, 1,
                            "a row of %zu cells, where the header has %zu", c->cell_count,
                            c->layout.columns);
        ok = take_segment(c, context, err);
    }
    c->cell_count = 0;
    buffer_clear(&c->row);
    c->state = CELL_START;
    return ok;
}

static void end_cell(struct csv *c)
{
    if (c->cell_count >= COLUMNS_MAX)
        return; /* the rest of such a row runs into its last cell */
    MEMORY_RESERVE(c->cells, c->cell_capacity, c->cell_count + 1);
    c->cells[c->cell_count++] = c->row.bytes;
    c->state = CELL_START;
}

/* Take one byte; true where it ends a row. */
static bool take_byte(struct csv *c, char byte)
{
    if (c->state == CELL_QUOTED) {
        if (byte == '"')
            c->state = CELL_QUOTE;
        else
            buffer_append_char(&c->row, byte);
        return false;
    }
    if (c->state == CELL_QUOTE && byte == '"') {
        buffer_append_char(&c->row, '"');
        c->state = CELL_QUOTED;
        return false;
    }
    if (byte == c->layout.delimiter) {
        end_cell(c);
        return false;
    }
    if (byte == '\n' || byte == '\r') {
        end_cell(c);
        return true;
    }
    if (c->state == CELL_START && byte == '"') {
        c->state = CELL_QUOTED;
        return false;
    }
    c->state = CELL_PLAIN;
    buffer_append_char(&c->row, byte);
    return false;
}

/* The bytes of the window up to the end of a row, taken; *ended says whether it ends there. */
static size_t scan_row(struct csv *c, struct reader_context *context, bool *ended)
{
    size_t bytes;
    const char *window = input_window(context->input, &bytes);
    uint64_t column;
    size_t at = 0;

    *ended = false;
    if (c->after_return && bytes > 0) {
        at += window[0] == '\n';
        c->after_return = false;
    }
    if (c->row.bytes == 0 && c->cell_count == 0 && c->state == CELL_START)
        input_position(context->input, at, &c->row_line, &column);
    while (at < bytes && !*ended) {
        if (window[at] == '"' && c->state == CELL_START)
            input_position(context->input, 0, &c->quote_line, &column);
        *ended = take_byte(c, window[at]);
        c->after_return = *ended && window[at] == '\r';
        at++;
    }
    return at;
}

static enum reader_status finish(struct csv *c, struct reader_context *context,
                                 struct error *err)
{
    size_t before = drafts_count(context->drafts);

    if (c->state == CELL_QUOTED) {
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, c->quote_line, 0,
                        "a quoted cell of this row is not closed");
        context->diagnostics->is_cut = true;
    }
    if (c->row.bytes > 0 || c->cell_count > 0) {
        end_cell(c);
        if (!take_row(c, context, err))
            return READER_ERROR;
    }
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

static enum reader_status csv_next(void *self, struct reader_context *context,
                                   struct error *err)
{
    struct csv *c = self;
    size_t before = drafts_count(context->drafts);
    size_t bytes;
    const char *window = input_window(context->input, &bytes);

    if (c->layout.delimiter == '\0') {
        if (!holds_header(window, bytes) && !input_ended(context->input))
            return READER_MORE;
        if (!find_header(&c->layout, window, bytes)) {
            error_set_at(err, ERROR_SYNTAX, 1, 1, "no column of the header is 'text'");
            return READER_ERROR;
        }
    }
    for (;;) {
        bool ended;

        input_consume(context->input, scan_row(c, context, &ended));
        if (!ended)
            return input_ended(context->input) ? finish(c, context, err) : READER_MORE;
        if (!take_row(c, context, err))
            return READER_ERROR;
        if (drafts_count(context->drafts) > before)
            return READER_SEGMENT;
    }
}

const struct reader_ops reader_csv = {
    .name = "csv",
    .title = "table (CSV, TSV)",
    .detect = csv_detect,
    .open = csv_open,
    .next = csv_next,
    .close = csv_close,
    .grows = true,
};

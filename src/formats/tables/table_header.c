/* Headings of tables (their names: column_name.h), and columns without headings. */
#include "formats/tables/table_header.h"

#include <ctype.h>
#include <strings.h>

#include "formats/common/emit.h"
#include "formats/tables/table_time.h"
#include "shilu/base/bytes.h"

enum { HEADING_WORDS_MAX = 6 };

static void set_column(struct table_header *h, enum table_column column, int rank, int number)
{
    if (h->rank[column] >= rank)
        return;
    h->at[column] = number;
    h->rank[column] = rank;
}

static void map_column(struct table_header *h, struct span heading, int number)
{
    struct column_name name = column_name_read(heading);

    if (name.column == COLUMN_COUNT)
        return;
    if (name.offset && name.column == COLUMN_START && h->at[COLUMN_START] != COLUMN_ABSENT)
        name.column = COLUMN_END; /* "onset", "offset" */
    set_column(h, name.column, name.rank, number);
    if (h->at[COLUMN_START] == number || h->at[COLUMN_DURATION] == number) {
        h->milliseconds |= name.milliseconds;
        h->seconds |= name.seconds;
    }
}

static void header_init(struct table_header *h, char delimiter)
{
    int i;

    *h = (struct table_header){.delimiter = delimiter};
    for (i = 0; i < COLUMN_COUNT; i++)
        h->at[i] = COLUMN_ABSENT;
}

/* Whether a cell may be a heading at all: a few words, and no code. */
static bool is_heading(struct span cell)
{
    size_t blanks = 0;
    size_t i;

    for (i = 0; i < cell.length && blanks < HEADING_WORDS_MAX; i++) {
        char c = cell.data[i];

        if (c == '{' || c == '}' || c == '<' || c == '>' || c == '=' || c == '\0')
            return false;
        blanks += c == ' ';
    }
    return blanks < HEADING_WORDS_MAX;
}

static bool are_headings(struct span line, char delimiter)
{
    while (line.length > 0)
        if (!is_heading(span_take_until(&line, delimiter)))
            return false;
    return true;
}

/* Headings may be in quotation marks, but hold no delimiter. Whisper writes tables of start,
 * end and text in milliseconds, separated by tabs. */
static bool parse_header(struct table_header *h, struct span line, char delimiter)
{
    int number = 0;
    bool more = true;

    if (span_find(line, delimiter) == line.length || !are_headings(line, delimiter))
        return false;
    header_init(h, delimiter);
    while (more && number < TABLE_COLUMNS_MAX) {
        more = span_find(line, delimiter) < line.length;
        map_column(h, span_take_until(&line, delimiter), number++);
    }
    h->columns = (size_t)number;
    if (delimiter == '\t' && number == 3 && h->at[COLUMN_START] == 0 &&
        h->at[COLUMN_END] == 1 && h->at[COLUMN_TEXT] == 2)
        h->whole_ms = true;
    return number > 1 && h->at[COLUMN_TEXT] != COLUMN_ABSENT &&
           (h->at[COLUMN_START] != COLUMN_ABSENT || h->at[COLUMN_SPEAKER] != COLUMN_ABSENT);
}

bool table_header_is_separator(struct span line)
{
    return line.length >= 4 && line.length <= 6 && strncasecmp(line.data, "sep=", 4) == 0;
}

static size_t count_delimiters(struct span line, char delimiter)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < line.length; i++)
        count += line.data[i] == delimiter;
    return count;
}

/* Whether headings are sure by themselves. */
static bool is_sure(const struct table_header *h)
{
    int other = h->rank[COLUMN_START] > h->rank[COLUMN_SPEAKER] ? h->rank[COLUMN_START]
                                                                : h->rank[COLUMN_SPEAKER];

    return h->rank[COLUMN_TEXT] + other >= 5;
}

/* Below other lines, or where they are less sure, headings count only where a row of as many
 * cells follows. */
static bool is_followed_by_row(const struct table_header *h, struct span rest)
{
    struct span line;

    while (span_next_line(&rest, &line)) {
        if (span_trim(line).length == 0)
            continue;
        return count_delimiters(line, h->delimiter) + 1 >= h->columns;
    }
    return false;
}

static bool is_comment(struct span line)
{
    line = span_trim(line);
    return line.length == 0 || *line.data == '#' || span_starts_with(line, "//") ||
           table_header_is_separator(line);
}

static const char delimiters[] = {',', '\t', ';', '|'};

/* The delimiters of a row before its first quotation mark, and whether a cell in quotation
 * marks goes on in the next line. */
static size_t count_cells(struct span line, char delimiter, bool *quoted)
{
    size_t front = span_find(line, '"');
    size_t i;

    for (i = 0; i < line.length; i++)
        *quoted ^= line.data[i] == '"';
    return count_delimiters(span_of(line.data, front), delimiter) + 1;
}

/* A time in a cell, with or without quotation marks. Commas part all kinds of numbers: there it
 * has to be a clock. */
static bool is_time_cell(struct span cell, char delimiter)
{
    struct table_times times = TABLE_TIMES_INIT;
    struct table_moment moment;

    cell = span_trim(cell);
    if (delimiter != '\t' && span_find(cell, ':') == cell.length)
        return false;
    return table_time_parse(&times, cell, &moment) && moment.kind == MOMENT_ELAPSED;
}

/* "0.0<TAB>1.5<TAB>words", as audio editors keep their labels: time, time, words, or time,
 * time, speaker, words; and the same with commas. */
static bool infer_columns(struct table_header *h, struct span head, char delimiter)
{
    enum { ROWS_WANTED = 12, FEWEST = 3, MOST = 4 };
    struct span rest = head;
    struct span line;
    size_t columns = 0;
    bool quoted = false;
    int rows = 0;

    while (rows < ROWS_WANTED && span_next_line(&rest, &line)) {
        bool inside = quoted;
        size_t cells = count_cells(line, delimiter, &quoted);

        if (inside || span_trim(line).length == 0 || *line.data == '\\')
            continue;
        if (cells < FEWEST || (delimiter == '\t' && cells > MOST))
            return false;
        columns = columns == 0 || cells < columns ? cells : columns;
        if (!is_time_cell(span_take_until(&line, delimiter), delimiter) ||
            !is_time_cell(span_take_until(&line, delimiter), delimiter))
            return false;
        rows++;
    }
    if (rows < 2)
        return false;
    header_init(h, delimiter);
    h->columns = columns == MOST ? MOST : FEWEST;
    h->missing = true;
    h->at[COLUMN_START] = 0;
    h->at[COLUMN_END] = 1;
    h->at[COLUMN_TEXT] = (int)h->columns - 1;
    if (h->columns == MOST)
        h->at[COLUMN_SPEAKER] = 2;
    return true;
}

bool table_header_find(struct table_header *header, struct span head, size_t *start)
{
    enum { LINES_ABOVE = 20, LINE_BYTES_MAX = 4096 };
    struct span rest = head;
    struct span line;
    bool others = false; /* lines above that are no comments */
    int lines;
    size_t i;

    for (lines = 0; lines < LINES_ABOVE && span_next_line(&rest, &line); lines++) {
        for (i = 0; i < sizeof delimiters && line.length < LINE_BYTES_MAX; i++) {
            if (!parse_header(header, line, delimiters[i]) ||
                ((others || !is_sure(header)) && !is_followed_by_row(header, rest)))
                continue;
            *start = (size_t)(line.data - head.data);
            return true;
        }
        others |= !is_comment(line);
    }
    *start = 0;
    return infer_columns(header, head, '\t') || infer_columns(header, head, ',');
}

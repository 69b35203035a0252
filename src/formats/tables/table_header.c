/* Headings of tables (their names: column_name.h), and columns without headings. */
#include "formats/tables/table_header.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "formats/common/emit.h"
#include "formats/common/folded_text.h"
#include "formats/common/speaker_prefix.h"
#include "formats/tables/table_time.h"
#include "shilu/base/bytes.h"

enum { HEADING_WORDS_MAX = 6, HEADING_BYTES_MAX = 120 };

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

/* A quoted cell with a delimiter inside, of which only a part is seen. */
static bool is_torn(struct span cell)
{
    cell = span_trim(cell);
    return cell.length > 0 &&
           (*cell.data == '"') != (cell.data[cell.length - 1] == '"' && cell.length > 1);
}

/* Whether a cell may be a heading: a few words, and not code. */
static bool is_heading(struct span cell)
{
    size_t blanks = 0;
    size_t i;

    if (cell.length > HEADING_BYTES_MAX || is_torn(cell))
        return false;
    for (i = 0; i < cell.length && blanks < HEADING_WORDS_MAX; i++) {
        char c = cell.data[i];

        if (c == '{' || c == '}' || c == '<' || c == '>' || c == '=' || c == '\0')
            return false;
        blanks += c == ' ';
    }
    return blanks < HEADING_WORDS_MAX;
}

static struct span unquoted(struct span cell)
{
    if (cell.length > 1 && *cell.data == '"' && cell.data[cell.length - 1] == '"')
        return span_of(cell.data + 1, cell.length - 2);
    return cell;
}

static bool are_headings(struct span line, char delimiter)
{
    while (line.length > 0)
        if (!is_heading(span_take_until(&line, delimiter)))
            return false;
    return true;
}

/* Headings may be in quotation marks, but contain no delimiter. Whisper writes tables of start,
 * end and text in milliseconds, separated by tabs. */
static bool parse_header(struct table_header *h, struct span line, char delimiter)
{
    int number = 0;
    bool more = true;

    header_init(h, delimiter);
    if (span_find(line, delimiter) == line.length || !are_headings(line, delimiter))
        return false;
    while (more && number < TABLE_COLUMNS_MAX) {
        more = span_find(line, delimiter) < line.length;
        map_column(h, span_take_until(&line, delimiter), number++);
    }
    h->columns = (size_t)number;
    if (delimiter == '\t' && number == 3 && h->at[COLUMN_START] == 0 &&
        h->at[COLUMN_END] == 1 && h->at[COLUMN_TEXT] == 2)
        h->whole_ms = true;
    return number > 1 && h->at[COLUMN_TEXT] != COLUMN_ABSENT &&
           (h->at[COLUMN_START] != COLUMN_ABSENT || h->at[COLUMN_SPEAKER] != COLUMN_ABSENT ||
            (h->at[COLUMN_FIRST_NAME] != COLUMN_ABSENT &&
             h->at[COLUMN_LAST_NAME] != COLUMN_ABSENT));
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

/* Whether headings are certain by themselves. */
static bool is_sure(const struct table_header *h)
{
    int other = h->rank[COLUMN_START] > h->rank[COLUMN_SPEAKER] ? h->rank[COLUMN_START]
                                                                : h->rank[COLUMN_SPEAKER];

    return h->rank[COLUMN_TEXT] + other >= 5;
}

/* Below other lines, or if they are less certain, headings count only before a row with as many
 * cells. */
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

/* ---- columns without headings */

enum { ROWS_WANTED = 12, CELLS_MAX = 12 };

/* The first rows of a table, cell by cell; a quoted cell may continue in the next line. */
struct sample {
    struct span cells[ROWS_WANTED][CELLS_MAX];
    size_t rows;
    size_t columns; /* that all rows have */
    size_t widest;  /* that some row has */
    char delimiter;
};

/* Where the cell at the front ends. */
static size_t find_cell_end(struct span rest, char delimiter)
{
    struct span line = span_of(rest.data, span_find(rest, '\n'));
    bool quoted = false;
    size_t at = span_find(line, delimiter);

    if (span_find(span_of(line.data, at), '"') == at)
        return at;
    for (at = 0; at < rest.length; at++) {
        char c = rest.data[at];

        quoted ^= c == '"';
        if (!quoted && (c == delimiter || c == '\n'))
            break;
    }
    return at;
}

static struct span take_cell(struct span *rest, char delimiter, bool *ends_row)
{
    size_t at = find_cell_end(*rest, delimiter);
    struct span cell;

    *ends_row = at == rest->length || rest->data[at] == '\n';
    cell = span_trim(span_of(rest->data, at));
    *rest = span_skip(*rest, at + (at < rest->length));
    return unquoted(cell);
}

/* Stops at a row with fewer columns than `least`. */
static void take_sample(struct sample *sample, struct span rest, char delimiter, size_t least)
{
    *sample = (struct sample){.delimiter = delimiter, .columns = CELLS_MAX};
    while (sample->rows < ROWS_WANTED && sample->columns >= least && rest.length > 0) {
        bool spectrum = *rest.data == '\\'; /* a second line of an audio editor's label */
        bool ends_row = false;
        size_t count = 0;
        struct span cell = span_of("", 0);

        while (!ends_row) {
            cell = take_cell(&rest, delimiter, &ends_row);
            if (count < CELLS_MAX)
                sample->cells[sample->rows][count] = cell;
            count++;
        }
        if (spectrum || (count == 1 && cell.length == 0))
            continue;
        sample->columns = count < sample->columns ? count : sample->columns;
        sample->widest = count > sample->widest ? count : sample->widest;
        sample->rows++;
    }
}

/* A time in a cell. Commas separate all kinds of numbers, so there it must be a clock reading
 * or have a fraction. */
static bool is_time_cell(struct span cell, char delimiter, int64_t *ms)
{
    struct table_times times = TABLE_TIMES_INIT;
    struct table_moment moment;

    if ((delimiter != '\t' && span_find(cell, ':') == cell.length &&
         span_find(cell, '.') == cell.length) ||
        span_ends_with(cell, ".")) /* "2031. 5. 8.": parts of a date */
        return false;
    if (!table_time_parse(&times, cell, &moment) || moment.kind != MOMENT_ELAPSED)
        return false;
    *ms = moment.ms;
    return true;
}

/* Whether two columns are the starts and ends of consecutive times; *same: they contain the
 * same times. */
static bool are_times(const struct sample *sample, size_t start, size_t end, bool *same)
{
    int64_t before_ms = -1;
    size_t row;

    *same = true;
    for (row = 0; row < sample->rows; row++) {
        int64_t start_ms, end_ms;

        if (!is_time_cell(sample->cells[row][start], sample->delimiter, &start_ms) ||
            !is_time_cell(sample->cells[row][end], sample->delimiter, &end_ms) ||
            end_ms < start_ms || start_ms < before_ms)
            return false;
        *same &= start_ms == end_ms;
        before_ms = start_ms;
    }
    return true;
}

/* The column with the ends for a column of starts; 0 for none. Some programs write each time in
 * two ways, "00:00:01.200" and "1.2", side by side. */
static size_t find_ends(const struct sample *sample, size_t start)
{
    bool same;
    size_t end = start + 1;

    while (end < sample->columns && are_times(sample, start, end, &same) && same)
        end++;
    if (end < sample->columns && are_times(sample, start, end, &same))
        return end;
    return start + 1 < end ? start + 1 : 0;
}

/* The bytes of a column's cells that are not times; 0 if a cell is one. */
static size_t letters_in(const struct sample *sample, size_t column)
{
    size_t letters = 0;
    size_t row, i;
    int64_t ms;

    for (row = 0; row < sample->rows; row++) {
        struct span cell = sample->cells[row][column];

        if (is_time_cell(cell, sample->delimiter, &ms))
            return 0;
        for (i = 0; i < cell.length; i++)
            letters += isalpha((unsigned char)cell.data[i]) ||
                       (unsigned char)cell.data[i] >= 0x80;
    }
    return letters;
}

/* "0.50 1.75 A: words", "a-0001 0.50 1.75 words": blanks separate the times from the words,
 * which are the rest of the line. */
static bool infer_line(struct table_header *h, struct span head)
{
    struct sample sample;
    size_t start = 0;
    bool same;

    take_sample(&sample, head, ' ', 3);
    if (sample.rows < 2 || sample.columns < 3)
        return false;
    while (start < 2 && start + 2 < sample.columns &&
           !are_times(&sample, start, start + 1, &same))
        start++;
    if (start == 2 || start + 2 >= sample.columns || letters_in(&sample, start + 2) == 0)
        return false;
    header_init(h, ' ');
    h->columns = start + 3;
    h->missing = true;
    h->at[COLUMN_START] = (int)start;
    h->at[COLUMN_END] = (int)start + 1;
    h->at[COLUMN_TEXT] = (int)start + 2;
    return true;
}

/* "0.0<TAB>1.5<TAB>words", as in labels of audio editors, and other tables of two times and
 * words: the longest text is the words, another one is the speaker. */
static bool infer_columns(struct table_header *h, struct span head, char delimiter)
{
    struct sample sample;
    size_t start = 0;
    size_t end = 0;
    size_t most = 0;
    size_t column;

    take_sample(&sample, head, delimiter, 3);
    if (sample.rows < 2 || sample.columns < 3)
        return false;
    while (start + 1 < sample.columns && (end = find_ends(&sample, start)) == 0)
        start++;
    if (end == 0)
        return false;
    header_init(h, delimiter);
    h->columns = sample.columns;
    h->missing = true;
    h->at[COLUMN_START] = (int)start;
    h->at[COLUMN_END] = (int)end;
    for (column = 0; column < sample.columns; column++) {
        size_t letters = letters_in(&sample, column);

        if (letters > most) {
            most = letters;
            h->at[COLUMN_TEXT] = (int)column;
        }
    }
    for (column = 0; column < sample.columns; column++) {
        if ((int)column != h->at[COLUMN_TEXT] && h->at[COLUMN_SPEAKER] == COLUMN_ABSENT &&
            letters_in(&sample, column) > 0)
            h->at[COLUMN_SPEAKER] = (int)column;
    }
    return most > 0;
}

/* Whether a column has cells, and none of them is a time. */
static bool holds_no_times(const struct sample *sample, int column)
{
    struct table_times times = TABLE_TIMES_INIT;
    struct table_moment moment;
    size_t cells = 0;
    size_t row;

    if (column == COLUMN_ABSENT || (size_t)column >= sample->columns)
        return false;
    for (row = 0; row < sample->rows; row++) {
        struct span cell = sample->cells[row][column];

        if (table_time_parse(&times, cell, &moment) || span_find(cell, ':') < cell.length)
            return false;
        cells += cell.length > 0;
    }
    return cells > 0;
}

/* Headings without one for the words, although one is for speakers or times: the words are in
 * the column with the longest text. */
static bool infer_text(struct table_header *h, struct span rest)
{
    bool mapped[CELLS_MAX] = {false};
    struct sample sample;
    size_t most = 0;
    size_t column;
    int i;

    if (h->columns < 3 || h->at[COLUMN_TEXT] != COLUMN_ABSENT ||
        h->at[COLUMN_START] == COLUMN_ABSENT ||
        (h->at[COLUMN_END] == COLUMN_ABSENT && h->at[COLUMN_SPEAKER] == COLUMN_ABSENT))
        return false;
    take_sample(&sample, rest, h->delimiter, 0);
    if (holds_no_times(&sample, h->at[COLUMN_START]))
        return false;
    for (i = 0; i < COLUMN_COUNT; i++) {
        if (h->at[i] != COLUMN_ABSENT && h->at[i] < CELLS_MAX)
            mapped[h->at[i]] = true;
    }
    for (column = 0; column < sample.columns && sample.rows > 0; column++) {
        size_t letters = mapped[column] ? 0 : letters_in(&sample, column);

        if (letters > most) {
            most = letters;
            h->at[COLUMN_TEXT] = (int)column;
        }
    }
    return most > 4 * sample.rows;
}

/* Whether a cell of a column is the same as one above it; empty cells are not counted. */
static bool recurs(const struct sample *sample, size_t column)
{
    size_t row, above;

    for (row = 1; row < sample->rows; row++) {
        for (above = 0; above < row; above++) {
            if (sample->cells[row][column].length > 0 &&
                span_equal(sample->cells[row][column], sample->cells[above][column]))
                return true;
        }
    }
    return false;
}

/* "From" and "To" may be people who write to each other: `rest` begins below the headings in
 * `line`. */
static void settle_senders(struct table_header *h, struct span line, struct span rest)
{
    static const char *const senders[] = {"from", "von", "van", "från",
                                          "fra",  "de",  "od",  NULL};
    struct sample sample;
    size_t i;
    int column;

    if (h->at[COLUMN_START] == COLUMN_ABSENT && h->at[COLUMN_END] == COLUMN_ABSENT)
        return;
    take_sample(&sample, rest, h->delimiter, 0);
    if (h->rank[COLUMN_END] < 3 && holds_no_times(&sample, h->at[COLUMN_END]))
        h->at[COLUMN_END] = COLUMN_ABSENT;
    for (column = 0; line.length > 0; column++) {
        struct span heading = unquoted(span_trim(span_take_until(&line, h->delimiter)));

        for (i = 0; senders[i] != NULL; i++) {
            if (!span_is_case(heading, senders[i]) || !holds_no_times(&sample, column))
                continue;
            if (h->at[COLUMN_START] == column) {
                h->at[COLUMN_START] = COLUMN_ABSENT;
                h->rank[COLUMN_START] = 0;
            }
            if (recurs(&sample, (size_t)column))
                set_column(h, COLUMN_SPEAKER, 1, column);
        }
    }
}

/* Whether all cells of a column are moments: dates with a time of day, or Unix time that never
 * runs back. */
static bool are_moments(const struct sample *sample, size_t column, bool unix_time)
{
    struct table_times times = TABLE_TIMES_INIT;
    struct table_moment moment;
    int64_t before_ms = INT64_MIN;
    size_t row;

    for (row = 0; row < sample->rows; row++) {
        struct span cell = sample->cells[row][column];

        if (table_time_is_epoch(cell) != unix_time ||
            !table_time_parse(&times, cell, &moment) || moment.kind != MOMENT_WALL ||
            (unix_time && moment.ms < before_ms))
            return false;
        before_ms = moment.ms;
    }
    return sample->rows > 1;
}

/* ---- columns with headings in other words */

static bool is_used(const struct table_header *h, size_t column)
{
    size_t i;

    for (i = 0; i < COLUMN_COUNT; i++)
        if (h->at[i] == (int)column)
            return true;
    return false;
}

static bool may_be_clock(struct span cell)
{
    struct table_times times = TABLE_TIMES_INIT;
    struct table_moment moment;

    return span_find(cell, ':') < cell.length && table_time_parse(&times, cell, &moment);
}

/* How often the cells of a column end a sentence. */
static size_t sentences_in(const struct sample *sample, size_t column)
{
    size_t sentences = 0;
    size_t row;

    for (row = 0; row < sample->rows; row++)
        sentences += folded_ends_sentence(sample->cells[row][column]);
    return sentences;
}

/* "lesson-1.wma" */
static bool is_file_name(struct span cell)
{
    enum { ENDING_MIN = 2, ENDING_MAX = 4 };
    const char *dot = cell.length > 0 ? memrchr(cell.data, '.', cell.length) : NULL;
    struct span ending = dot != NULL ? span_skip(cell, (size_t)(dot + 1 - cell.data))
                                     : span_of("", 0);
    size_t i;

    for (i = 0; i < ending.length && isalnum((unsigned char)ending.data[i]); i++)
        continue;
    return i == ending.length && i >= ENDING_MIN && i <= ENDING_MAX;
}

/* Whether the cells of a column are names, of which some recur. `surely`: of several words or
 * numbered, or in capitals. */
static bool are_names(const struct sample *sample, size_t column, bool surely)
{
    enum { NAME_BYTES = 60 };
    size_t names = 0;
    size_t strong = 0;
    bool differ = false;
    size_t row;

    for (row = 0; row < sample->rows; row++) {
        struct span cell = sample->cells[row][column];
        enum name_shape shape = speaker_prefix_shape(cell.data, cell.length);

        if (cell.length == 0)
            continue;
        if (shape == NAME_NOT || cell.length > NAME_BYTES ||
            islower((unsigned char)*cell.data) || is_file_name(cell) ||
            column_name_is_log_level(cell))
            return false;
        names++;
        strong += shape == NAME_STRONG || speaker_prefix_in_capitals(cell.data, cell.length);
        differ |= !span_equal(cell, sample->cells[0][column]);
    }
    return names * 4 >= sample->rows * 3 && differ && recurs(sample, column) &&
           (!surely || strong * 4 >= names * 3);
}

/* The column with the longest texts, if those are sentences; COLUMN_ABSENT for none. */
static int find_sentences(const struct sample *sample)
{
    enum { LETTERS_MIN = 12 };
    size_t most = LETTERS_MIN * sample->rows;
    int found = COLUMN_ABSENT;
    size_t column;

    for (column = 0; column < sample->columns; column++) {
        size_t letters = letters_in(sample, column);

        if (letters >= most && sentences_in(sample, column) * 3 >= sample->rows * 2) {
            most = letters;
            found = (int)column;
        }
    }
    return found;
}

/* Headings in words that no list knows: sentences, names of which some recur, and times say
 * what the columns hold. */
static bool infer_by_cells(struct table_header *h, struct span line, struct span rest)
{
    enum { ROWS_MIN = 3 };
    struct sample sample;
    size_t column;
    int text;

    take_sample(&sample, rest, h->delimiter, 0);
    if (sample.rows < ROWS_MIN || sample.columns < 3 || sample.widest != sample.columns ||
        h->columns != sample.columns)
        return false;
    text = find_sentences(&sample);
    if (text == COLUMN_ABSENT)
        return false;
    for (column = 0; column < sample.columns; column++) {
        struct span heading = span_take_until(&line, h->delimiter);

        if ((int)column == text || is_used(h, column) || column_name_read(heading).other)
            continue;
        if (h->at[COLUMN_SPEAKER] == COLUMN_ABSENT && are_names(&sample, column, false))
            set_column(h, COLUMN_SPEAKER, 1, (int)column);
        else if (h->at[COLUMN_START] == COLUMN_ABSENT && may_be_clock(sample.cells[0][column]))
            set_column(h, COLUMN_START, 1, (int)column);
    }
    set_column(h, COLUMN_TEXT, 1, text);
    return h->at[COLUMN_TEXT] == text && h->at[COLUMN_SPEAKER] != COLUMN_ABSENT &&
           h->at[COLUMN_START] != COLUMN_ABSENT;
}

/* "PERSON A,Good morning.": names and words without headings. Commas also occur in prose, but
 * not one in each line beside quoted cells. */
static bool infer_pairs(struct table_header *h, struct span head, char delimiter)
{
    enum { ROWS_MIN = 4 };
    struct sample sample;
    bool quoted = delimiter != ',';
    size_t row;

    take_sample(&sample, head, delimiter, 2);
    if (sample.rows < ROWS_MIN || sample.columns != 2 || sample.widest != 2)
        return false;
    for (row = 0; row < sample.rows; row++)
        quoted |= sample.cells[row][1].length > 0 && sample.cells[row][1].data[-1] == '"';
    if (!quoted || find_sentences(&sample) != 1 || !are_names(&sample, 0, true))
        return false;
    header_init(h, delimiter);
    h->columns = 2;
    h->missing = true;
    h->at[COLUMN_SPEAKER] = 0;
    h->at[COLUMN_TEXT] = 1;
    return true;
}

/* Each speaker has a column, and each row has words in hardly more than one of them: corpora
 * are exported so. */
static bool infer_wide(struct table_header *h, struct span line, struct span rest)
{
    enum { ROWS_MIN = 4 };
    struct sample sample;
    size_t filled = 0, rows = 0;
    size_t row, i, column, end;
    bool clocks = false;

    if (h->rank[COLUMN_TEXT] == 3 || h->rank[COLUMN_SPEAKER] == 3)
        return false;
    take_sample(&sample, rest, h->delimiter, 0);
    if (sample.rows < ROWS_MIN || sample.columns < 3)
        return false;
    h->wide_count = 0;
    for (column = 0; column < sample.columns; column++) {
        struct span heading = span_trim(span_take_until(&line, h->delimiter));

        if (letters_in(&sample, column) == 0 || heading.length == 0 ||
            column_name_read(heading).other || column_name_is_of_thing(heading))
            continue;
        if (h->wide_count == TABLE_WIDE_MAX)
            return false;
        h->wide[h->wide_count++] = (int)column;
    }
    for (row = 0; row < sample.rows; row++) {
        size_t before = filled;

        for (i = 0; i < h->wide_count; i++)
            filled += sample.cells[row][h->wide[i]].length > 0;
        rows += filled > before;
        clocks |= may_be_clock(sample.cells[row][0]);
    }
    if (h->wide_count < 2 || rows < sample.rows || filled * 10 > rows * 15 || !clocks) {
        h->wide_count = 0;
        return false;
    }
    for (i = 0; i < COLUMN_COUNT; i++)
        h->at[i] = COLUMN_ABSENT;
    h->at[COLUMN_START] = 0;
    end = find_ends(&sample, 0);
    if (end > 0)
        h->at[COLUMN_END] = (int)end;
    h->at[COLUMN_TEXT] = h->wide[0];
    if (h->columns > sample.columns) /* a tab at the end of the headings */
        h->columns = sample.columns;
    return true;
}

/* Without a heading for a time, a column of moments tells when each row was said. */
static void settle_moments(struct table_header *h, struct span rest)
{
    struct sample sample;
    size_t column;
    int unix_time;

    if (h->at[COLUMN_START] != COLUMN_ABSENT || h->at[COLUMN_DATE] != COLUMN_ABSENT ||
        h->at[COLUMN_END] != COLUMN_ABSENT)
        return;
    take_sample(&sample, rest, h->delimiter, 0);
    for (unix_time = 0; unix_time <= 1; unix_time++) {
        for (column = 0; column < sample.columns; column++) {
            if (is_used(h, column) || !are_moments(&sample, column, unix_time == 1))
                continue;
            set_column(h, COLUMN_START, 1, (int)column);
            return;
        }
    }
}

/* What the columns hold, if the headings do not say all. `first`: no other lines are above. */
static bool infer_headings(struct table_header *h, struct span line, struct span rest,
                           bool first)
{
    return (first && infer_wide(h, line, rest)) || infer_text(h, rest) ||
           (first && infer_by_cells(h, line, rest));
}

bool table_header_find(struct table_header *header, struct span head, size_t *start)
{
    enum { LINES_ABOVE = 20, LINE_BYTES_MAX = 4096 };
    struct span rest = head;
    struct span line;
    bool others = false; /* lines above that are not comments */
    int lines;
    size_t i;

    for (lines = 0; lines < LINES_ABOVE && span_next_line(&rest, &line); lines++) {
        for (i = 0; i < sizeof delimiters && line.length < LINE_BYTES_MAX; i++) {
            if (!parse_header(header, line, delimiters[i]) &&
                !infer_headings(header, line, rest, !others))
                continue;
            if ((others || !is_sure(header)) && !is_followed_by_row(header, rest))
                continue;
            settle_senders(header, line, rest);
            settle_moments(header, rest);
            *start = (size_t)(line.data - head.data);
            return true;
        }
        others |= !is_comment(line);
    }
    *start = 0;
    for (i = 0; i < sizeof delimiters; i++)
        if (infer_pairs(header, head, delimiters[i]))
            return true;
    return infer_columns(header, head, '\t') || infer_columns(header, head, ',') ||
           infer_line(header, head);
}

static bool holds_log_levels(const struct sample *sample, size_t column)
{
    size_t row;

    for (row = 1; row < sample->rows && column_name_is_log_level(sample->cells[row][column]);
         row++)
        continue;
    return sample->rows > 1 && row == sample->rows;
}

bool table_header_is_of_things(const struct table_header *header, struct span head)
{
    const int *at = header->at;
    struct sample sample;
    size_t column;

    if (header->missing || header->rank[COLUMN_SPEAKER] == 3 ||
        at[COLUMN_LAST_NAME] != COLUMN_ABSENT)
        return false;
    take_sample(&sample, head, header->delimiter, 0);
    for (column = 0; column < sample.columns && column < CELLS_MAX; column++) {
        if (column_name_is_of_thing(sample.cells[0][column]) ||
            holds_log_levels(&sample, column))
            return true;
    }
    /* A "name" may be that of a thing. */
    return at[COLUMN_SPEAKER] != COLUMN_ABSENT &&
           (at[COLUMN_START] == COLUMN_ABSENT || header->rank[COLUMN_TEXT] == 0) &&
           (size_t)at[COLUMN_SPEAKER] < sample.columns && header->columns > 2 &&
           !recurs(&sample, (size_t)at[COLUMN_SPEAKER]);
}

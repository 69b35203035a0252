/* Headings of tables. A heading is compared without blanks and signs; where no list has it, the
 * words that it is made of say what it means. */
#include "formats/tables/table_header.h"

#include <ctype.h>
#include <strings.h>

#include "formats/common/emit.h"
#include "formats/tables/table_time.h"
#include "shilu/base/bytes.h"

/* The lists: separated by '|', lower case, without blanks, '_' and '-'. */
static const struct {
    enum table_column column;
    int rank; /* 3: it means nothing else; 2: it may */
    const char *names;
} headings[] = {
    {COLUMN_TEXT, 3,
     "text|content|transcript|transcription|utterance|sentence|subtitle|subtitles|caption|"
     "captions|dialogue|dialog|speech|spokentext|texte|texto|testo|текст|tekst|inhalt|"
     "wortlaut|redebeitrag|transkript|contenu|transcripción|transcripcion|contenido|"
     "trascrizione|"
     "contenuto|fala|conteúdo|"
     "文字|文本|內容|内容|發言|发言|発言|發言內容|发言内容|発言内容|字幕|台词|台詞|對白|对白|"
     "テキスト|セリフ|발언|내용|자막|대사|텍스트"},
    {COLUMN_TEXT, 2, "body|line|lines|words|message|quote|spoken|comment|script|본문|本文"},
    {COLUMN_SPEAKER, 3,
     "speaker|speakername|speakers|發言人|发言人|講者|讲者|发言者|発言者|話者|話者名|说话人|"
     "說話人|講話人|讲话人|화자|발언자|화자명|sprecher|sprecherin|locuteur|intervenant|"
     "hablante|interviniente|parlante|falante|redner|rednerin|"
     "orador|oratore|спикер|говорящий"},
    {COLUMN_SPEAKER, 2,
     "name|who|person|participant|character|author|sender|speakerlabel|speakerid|user|username|"
     "displayname|actor|姓名|角色|氏名|이름"},
    {COLUMN_START, 3,
     "start|begin|starttime|begintime|startms|start(ms)|start(s)|starts|timecodein|tcin|intime|"
     "timein|inpoint|starttimecode|starttc|onset|開始|开始|開始時間|开始时间|開始時刻|起始时间|"
     "入点|시작|시작시간|début|debut|inicio|inizio|anfang|beginn|начало"},
    {COLUMN_START, 2,
     "from|in|time|timestamp|timecode|tc|clock|時間|时间|時刻|시간|zeit|heure"},
    {COLUMN_END, 3,
     "end|stop|endtime|stoptime|endms|end(ms)|end(s)|ends|timecodeout|tcout|outtime|timeout|"
     "outpoint|endtimecode|endtc|結束|结束|終了|結束時間|结束时间|終了時間|終了時刻|出点|끝|"
     "종료|"
     "종료시간|fin|final|fine|ende|конец"},
    {COLUMN_END, 2, "to|out"},
    {COLUMN_DURATION, 3, "duration|dur|durationms|durations|时长|時長|長さ|길이|durée|dauer"},
    {COLUMN_DURATION, 2, "length"},
    {COLUMN_DATE, 3, "date|day|日期|日付|날짜|fecha|datum|дата|data"},
    {COLUMN_ROLE, 3, "role|position|職稱|职务|役職"},
    {COLUMN_ROLE, 2, "title"},
    {COLUMN_ORGANIZATION, 3,
     "organization|organisation|org|affiliation|party|單位|单位|所属|소속"},
    {COLUMN_KIND, 3, "kind"},
};

/* Words that headings are made of. */
enum {
    WORD_TEXT = 1,
    WORD_SPEAKER = 2,
    WORD_START = 4,
    WORD_END = 8,
    WORD_TIME = 16,
    WORD_MS = 32,
    WORD_SECONDS = 64,
    WORD_DURATION = 128,
    WORD_FRONT = 512, /* a start without a word for time beside it */
    WORD_BACK = 1024, /* … and an end */
    WORD_OTHER = 256  /* what is told of words or people, but is neither */
};

static const struct {
    int word;
    const char *names;
} words[] = {
    {WORD_TEXT, "text|transcript|transcription|subtitle|caption|utterance|dialogue|dialog|"
                "sentence|words|content|message|speech"},
    {WORD_SPEAKER, "speaker|participant|character"},
    {WORD_FRONT, "start|begin|onset"},
    {WORD_BACK, "end|stop"},
    {WORD_START, "from|in"},
    {WORD_END, "out|to|offset|until"},
    {WORD_TIME, "time|timecode|tc|timestamp|stamp|point|cue|clock"},
    {WORD_MS, "ms|msec|msecs|millis|milliseconds|millisecond"},
    {WORD_SECONDS, "s|sec|secs|second|seconds"},
    {WORD_DURATION, "duration|dur|length"},
    {WORD_OTHER, "id|count|language|lang|confidence|score|file|number|type|code|email|gender|"
                 "age|color|colour|url|path|size|format|translation|translated|price|total"},
};

enum { HEADING_WORDS_MAX = 6 };

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

static int word_of(const char *name, size_t bytes)
{
    size_t i;

    for (i = 0; i < sizeof words / sizeof *words; i++) {
        if (is_listed(words[i].names, name, bytes))
            return words[i].word;
    }
    return 0;
}

/* The words of a heading: "startTime", "start_time (ms)", "TC In". */
static int words_of(struct span heading)
{
    char word[32];
    size_t bytes = 0;
    int found = 0;
    size_t i;

    for (i = 0; i <= heading.length; i++) {
        unsigned char c = i < heading.length ? (unsigned char)heading.data[i] : ' ';
        bool starts = isupper(c) && i > 0 && islower((unsigned char)heading.data[i - 1]);

        if ((starts || !isalpha(c)) && bytes > 0) {
            found |= word_of(word, bytes);
            bytes = 0;
        }
        if (isalpha(c) && bytes < sizeof word)
            word[bytes++] = (char)tolower(c);
    }
    return found;
}

static void set_column(struct table_header *h, enum table_column column, int rank, int number)
{
    if (h->rank[column] >= rank)
        return;
    h->at[column] = number;
    h->rank[column] = rank;
}

static void map_by_words(struct table_header *h, int found, int number)
{
    bool of_time = (found & (WORD_TIME | WORD_MS | WORD_SECONDS)) != 0;

    if ((found & WORD_DURATION) != 0)
        set_column(h, COLUMN_DURATION, 1, number);
    else if ((found & WORD_FRONT) != 0 || ((found & WORD_START) != 0 && of_time))
        set_column(h, COLUMN_START, 1, number);
    else if ((found & WORD_BACK) != 0 || ((found & WORD_END) != 0 && of_time))
        set_column(h, COLUMN_END, 1, number);
    else if ((found & WORD_OTHER) != 0)
        return;
    else if ((found & WORD_SPEAKER) != 0)
        set_column(h, COLUMN_SPEAKER, 1, number);
    else if ((found & WORD_TEXT) != 0)
        set_column(h, COLUMN_TEXT, 1, number);
    else if ((found & WORD_TIME) != 0)
        set_column(h, COLUMN_START, 1, number);
}

/* Chinese, Japanese and Korean headings are made of words without blanks between them. The
 * first that is found counts, so the special stand before the general. */
static int east_asian_words_of(struct span heading)
{
    static const struct {
        const char *part;
        int word;
    } parts[] = {
        {"时长", WORD_DURATION},  {"時長", WORD_DURATION},  {"结束", WORD_BACK},
        {"結束", WORD_BACK},      {"終了", WORD_BACK},      {"종료", WORD_BACK},
        {"开始", WORD_FRONT},     {"開始", WORD_FRONT},     {"시작", WORD_FRONT},
        {"时间", WORD_TIME},      {"時間", WORD_TIME},      {"时刻", WORD_TIME},
        {"時刻", WORD_TIME},      {"日時", WORD_TIME},      {"시간", WORD_TIME},
        {"일시", WORD_TIME},      {"内容", WORD_TEXT},      {"內容", WORD_TEXT},
        {"내용", WORD_TEXT},      {"字幕", WORD_TEXT},      {"文本", WORD_TEXT},
        {"发言人", WORD_SPEAKER}, {"發言人", WORD_SPEAKER}, {"说话人", WORD_SPEAKER},
        {"話者", WORD_SPEAKER},   {"发言者", WORD_SPEAKER}, {"発言者", WORD_SPEAKER},
        {"發言者", WORD_SPEAKER}, {"화자", WORD_SPEAKER},   {"발언자", WORD_SPEAKER},
    };
    size_t i;

    if (bytes_ascii_run(heading.data, heading.length) == heading.length)
        return 0;
    for (i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (memmem(heading.data, heading.length, parts[i].part, strlen(parts[i].part)) != NULL)
            return parts[i].word;
    }
    return 0;
}

static void map_column(struct table_header *h, struct span heading, int number)
{
    int found = words_of(heading) | east_asian_words_of(heading);
    char name[64];
    size_t used = 0;
    size_t i;

    heading.length = emit_trim(&heading.data, heading.length);
    for (i = 0; i < heading.length && used < sizeof name; i++) {
        if (heading.data[i] != '\0' && strchr(" _-\"'#*", heading.data[i]) == NULL)
            name[used++] = (char)tolower((unsigned char)heading.data[i]);
    }
    for (i = 0; i < sizeof headings / sizeof *headings; i++) {
        if (is_listed(headings[i].names, name, used))
            break;
    }
    if (i < sizeof headings / sizeof *headings)
        set_column(h, headings[i].column, headings[i].rank, number);
    else
        map_by_words(h, found, number);
    if (h->at[COLUMN_START] == number || h->at[COLUMN_DURATION] == number) {
        h->milliseconds |= (found & WORD_MS) != 0 ||
                           (used > 2 && memcmp(name + used - 2, "ms", 2) == 0);
        h->seconds |= (found & WORD_SECONDS) != 0;
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

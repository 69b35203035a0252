/* Time query: a time typed by the user, read according to the record's clock. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/typed_time.h"
#include "shilu/model/find.h"

static bool refuse(const char *text, struct error *err)
{
    return error_set(err, ERROR_USAGE, "'%.60s' is not a time", text);
}

/* "5m", "1h5m", "90", "2h30m10s", "1.5h", if that is the whole text. */
static bool parse_duration(const char *text, int64_t *ms, int64_t *precision_ms)
{
    double total = 0;
    bool unit_seen = false;

    if (!isdigit((unsigned char)*text))
        return false;
    *precision_ms = 1000;
    while (*text != '\0') {
        char *end;
        double number = strtod(text, &end);
        double unit;

        if (end == text || !isdigit((unsigned char)*text))
            return false;
        if (*end == '\0' && unit_seen)
            return false;
        unit = *end == 'h' ? 3600 : *end == 'm' ? 60 : *end == 's' || *end == '\0' ? 1 : 0;
        if (unit == 0 || number > 1e9)
            return false;
        *precision_ms = (int64_t)(unit * 1000);
        total += number * unit;
        if (total > 1e12)
            return false;
        unit_seen = true;
        text = end + (*end != '\0');
    }
    *ms = (int64_t)(total * 1000);
    return true;
}

static bool parse_percent(const char *text, int64_t first_ms, int64_t last_ms,
                          struct time_query *query)
{
    char *end;
    double percent = strtod(text, &end);

    if (end == text || strcmp(end, "%") != 0 || !(percent >= 0 && percent <= 100))
        return false;
    query->ms = first_ms + (int64_t)((double)(last_ms - first_ms) * percent / 100);
    query->precision_ms = 1;
    return true;
}

static int64_t day_of(int64_t ms)
{
    return ms - (ms % TIME_MS_PER_DAY + TIME_MS_PER_DAY) % TIME_MS_PER_DAY;
}

/* A time of the current day, or of the first later day that the record reaches. */
static int64_t on_its_day(int64_t clock_ms, int64_t from_ms, int64_t first_ms, int64_t last_ms)
{
    int64_t day = day_of(from_ms != TIME_NONE ? from_ms : first_ms);
    int64_t ms = day + clock_ms;

    if (ms < first_ms && ms + TIME_MS_PER_DAY <= last_ms)
        ms += TIME_MS_PER_DAY;
    return ms;
}

static bool parse_clock(const struct transcript *t, const char *text, int64_t from_ms,
                        int64_t first_ms, int64_t last_ms, struct time_query *query)
{
    struct typed_time time;
    bool wall = transcript_time_base(t) == TIME_BASE_WALL;

    if (wall ? !typed_time_of_day(text, &time) : !typed_time_length(text, &time))
        return false;
    query->precision_ms = time.precision_ms;
    query->ms = wall ? on_its_day(time.ms, from_ms, first_ms, last_ms) : time.ms;
    return true;
}

static bool parse_date_time(const struct transcript *t, const char *text,
                            struct time_query *query)
{
    size_t bytes = strlen(text);
    int32_t offset_min;
    int32_t own_min = transcript_utc_offset(t);
    bool has_time;
    size_t used;
    const char *colon = strchr(text, ':');

    if (!civil_parse_date_time(text, bytes, &query->ms, &offset_min, &has_time, &used) ||
        used != bytes)
        return false;
    if (offset_min != UTC_OFFSET_NONE && own_min != UTC_OFFSET_NONE)
        query->ms += (int64_t)(own_min - offset_min) * 60000;
    query->precision_ms = !has_time ? TIME_MS_PER_DAY
                          : strchr(colon + 1, ':') != NULL && offset_min == UTC_OFFSET_NONE
                              ? 1000
                              : 60000;
    return true;
}

/* "2020年3月9日10時47分"; without a year, it is that of the first time. */
static bool parse_han_date(const char *text, int64_t first_ms, struct time_query *query)
{
    struct civil_time civil = {0};
    struct typed_time time = {0, TIME_MS_PER_DAY};
    const char *rest;

    if (!typed_time_date(text, &civil.year, &civil.month, &civil.day, &rest))
        return false;
    if (civil.year == 0)
        civil.year = civil_from_ms(first_ms).year;
    if (!civil_is_valid(&civil) || (*rest != '\0' && !typed_time_of_day(rest, &time)))
        return false;
    *query = (struct time_query){civil_to_ms(&civil) + time.ms, time.precision_ms};
    return true;
}

static bool parse_relative(const char *text, int64_t from_ms, struct time_query *query)
{
    const char *length = text + 1 + strspn(text + 1, " ");
    struct typed_time time;

    if (from_ms == TIME_NONE)
        return false;
    if (!parse_duration(length, &time.ms, &time.precision_ms) &&
        !typed_time_length(length, &time))
        return false;
    query->ms = *text == '-' ? from_ms - time.ms : from_ms + time.ms;
    query->precision_ms = 1;
    return true;
}

static bool parse_plain(const struct transcript *t, const char *text, int64_t from_ms,
                        int64_t first_ms, int64_t last_ms, struct time_query *query)
{
    bool wall = transcript_time_base(t) == TIME_BASE_WALL;

    if (*text == '+' || *text == '-')
        return parse_relative(text, from_ms, query);
    if (!wall && parse_duration(text, &query->ms, &query->precision_ms))
        return true;
    return parse_percent(text, first_ms, last_ms, query) ||
           parse_clock(t, text, from_ms, first_ms, last_ms, query) ||
           (wall && (parse_date_time(t, text, query) || parse_han_date(text, first_ms, query)));
}

/* ------------------------------------------------------------------------- questions */

/* The length of the first word of a list that the text begins with; SIZE_MAX for none. */
static size_t begins_with(const char *text, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strncmp(text, *words, strlen(*words)) == 0)
            return strlen(*words);
    return SIZE_MAX;
}

bool question_number_parse(const char *typed, size_t *number)
{
    static const char *const before[] = {"question", "q",  "第",   "問題", "问题",
                                         "問",       "问", "질문", NULL};
    static const char *const after[] = {"問題", "问题", "問目",    "質問",      "問", "问",
                                        "題",   "题",   "번 질문", "번째 질문", "번", NULL};
    char plain[TYPED_BYTES];
    char *end;
    size_t bytes;

    if (!typed_time_plain(typed, plain))
        return false;
    bytes = begins_with(plain, before);
    if (bytes == SIZE_MAX)
        return false;
    bytes += strspn(plain + bytes, " .");
    if (!isdigit((unsigned char)plain[bytes]))
        return false;
    *number = strtoul(plain + bytes, &end, 10);
    end += strspn(end, " ");
    bytes = begins_with(end, after);
    return *end == '\0' || (bytes != SIZE_MAX && end[bytes] == '\0');
}

bool time_query_parse(const struct transcript *t, const char *text, int64_t from_ms,
                      struct time_query *query, struct error *err)
{
    char plain[TYPED_BYTES];
    int64_t first_ms;
    int64_t last_ms;

    while (isspace((unsigned char)*text))
        text++;
    if (*text == '\0')
        return error_set(err, ERROR_USAGE, "no time was given");
    if (!transcript_span(t, &first_ms, &last_ms))
        return error_set(err, ERROR_USAGE, "this record has no times");
    if (typed_time_plain(text, plain) &&
        parse_plain(t, plain, from_ms, first_ms, last_ms, query) && query->ms >= -TIME_MAX_MS &&
        query->ms <= TIME_MAX_MS)
        return true;
    return refuse(text, err);
}

/* Library limits. The two kinds of time have separate fields: days are compared here; other
 * times mean something different in each record and remain text. */
#include "library/library_limits.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/cli/selection_options.h"

static void clear_speakers(struct library_limits *l)
{
    for (size_t i = 0; i < l->speaker_count; i++)
        free(l->speakers[i]);
    free(l->speakers);
    free(l->who);
    l->speakers = NULL;
    l->speaker_count = 0;
    l->who = NULL;
}

static void clear_times(struct library_limits *l)
{
    free(l->when);
    free(l->from);
    free(l->to);
    l->when = l->from = l->to = NULL;
    l->from_ms = l->to_ms = TIME_NONE;
}

void library_limits_clear(struct library_limits *l)
{
    clear_speakers(l);
    clear_times(l);
}

void library_limits_copy(struct library_limits *to, const struct library_limits *from)
{
    struct error none; /* it was parsed before */

    *to = (struct library_limits){.who = NULL};
    library_limits_clear(to);
    library_limits_speakers(to, from->who != NULL ? from->who : "");
    library_limits_times(to, from->when != NULL ? from->when : "", &none);
}

bool library_limits_is_set(const struct library_limits *l)
{
    return l->who != NULL || l->when != NULL;
}

/* The start of a text up to a comma of any script. */
static struct span take_name(const char **text)
{
    static const char *const commas[] = {",", "、", "，", ";"};
    size_t bytes = strlen(*text);
    size_t mark_bytes = 0;
    struct span name;

    for (size_t i = 0; i < sizeof commas / sizeof *commas; i++) {
        const char *at = strstr(*text, commas[i]);

        if (at != NULL && (size_t)(at - *text) < bytes) {
            bytes = (size_t)(at - *text);
            mark_bytes = strlen(commas[i]);
        }
    }
    name = span_trim(span_of(*text, bytes));
    *text += bytes + mark_bytes;
    return name;
}

void library_limits_speakers(struct library_limits *l, const char *text)
{
    const char *rest = text;

    clear_speakers(l);
    while (*rest != '\0') {
        struct span name = take_name(&rest);

        if (name.length == 0)
            continue;
        l->speakers = memory_realloc(l->speakers, l->speaker_count + 1, sizeof *l->speakers);
        l->speakers[l->speaker_count++] = memory_strndup(name.data, name.length);
    }
    if (l->speaker_count > 0)
        l->who = memory_strdup(text);
}

/* --------------------------------------------------------------------------------- times */

/* The digits of a part of a date; 0 if there are none. */
static int take_part(const char **at, const char *end, int digits)
{
    int value = 0;
    int i = 0;

    for (; i < digits && *at < end && **at >= '0' && **at <= '9'; i++)
        value = value * 10 + (*(*at)++ - '0');
    return i > 0 ? value : 0;
}

static bool take_mark(const char **at, const char *end)
{
    if (*at == end || strchr("-/.", **at) == NULL)
        return false;
    (*at)++;
    return true;
}

/* A year, a month or a day, if that is the whole text: from *from_ms to before *to_ms. */
static bool parse_days(struct span text, int64_t *from_ms, int64_t *to_ms)
{
    struct civil_time first = {.month = 1, .day = 1};
    struct civil_time next;
    const char *at = text.data;
    const char *end = at + text.length;

    first.year = take_part(&at, end, 4);
    if (first.year < 1000)
        return false;
    next = first;
    next.year++;
    if (take_mark(&at, end)) {
        first.month = take_part(&at, end, 2);
        next = first;
        next.month = first.month % 12 + 1;
        next.year += first.month == 12;
        if (take_mark(&at, end)) {
            first.day = take_part(&at, end, 2);
            next.day = 0;
        }
    }
    if (at != end || !civil_is_valid(&first))
        return false;
    *from_ms = civil_to_ms(&first);
    *to_ms = next.day == 0 ? *from_ms + TIME_MS_PER_DAY : civil_to_ms(&next);
    return true;
}

/* One end of a range: days, or a time in each record. */
static void take_end(struct span text, bool first, struct library_limits *l)
{
    int64_t from_ms;
    int64_t to_ms;

    if (text.length == 0)
        return;
    if (parse_days(text, &from_ms, &to_ms)) {
        if (first)
            l->from_ms = from_ms;
        else
            l->to_ms = to_ms;
    } else if (first) {
        l->from = memory_strndup(text.data, text.length);
    } else {
        l->to = memory_strndup(text.data, text.length);
    }
}

/* Anything but a day must at least look like a time. */
static bool is_moment(const char *text)
{
    return text == NULL || (strpbrk(text, "0123456789") != NULL && strstr(text, "..") == NULL);
}

bool library_limits_times(struct library_limits *l, const char *text, struct error *err)
{
    struct library_limits times = {.from_ms = TIME_NONE, .to_ms = TIME_NONE};
    const char *dots = strstr(text, "..");
    struct span from = span_trim(
        span_of(text, dots != NULL ? (size_t)(dots - text) : strlen(text)));
    struct span to = dots != NULL ? span_trim(span_of(dots + 2, strlen(dots + 2))) : from;

    take_end(from, true, &times);
    take_end(to, false, &times);
    if (!is_moment(times.from) || !is_moment(times.to) ||
        (times.from_ms != TIME_NONE && times.to_ms != TIME_NONE &&
         times.from_ms >= times.to_ms)) {
        clear_times(&times);
        return error_set(err, ERROR_USAGE, "'%.60s' is not a time range: 2020-03..2020-06",
                         text);
    }
    if (from.length > 0 || to.length > 0)
        times.when = memory_strdup(text);
    clear_times(l);
    l->when = times.when;
    l->from = times.from;
    l->to = times.to;
    l->from_ms = times.from_ms;
    l->to_ms = times.to_ms;
    return true;
}

/* For a record whose times have no days, days are compared with the record's own date. */
static bool select_days(const struct library_limits *l, const struct transcript *t,
                        int64_t date_ms, struct selection *out)
{
    if (l->from_ms == TIME_NONE && l->to_ms == TIME_NONE)
        return true;
    if (transcript_has_days(t)) {
        if (out->from_ms == TIME_NONE || out->from_ms < l->from_ms)
            out->from_ms = l->from_ms;
        if (out->to_ms == TIME_NONE || (l->to_ms != TIME_NONE && out->to_ms > l->to_ms))
            out->to_ms = l->to_ms;
        return true;
    }
    return date_ms != TIME_NONE && date_ms >= l->from_ms &&
           (l->to_ms == TIME_NONE || date_ms < l->to_ms);
}

bool library_limits_select(const struct library_limits *l, const struct transcript *t,
                           int64_t date_ms, struct selection *out)
{
    const struct options options = {.speakers = (const char **)l->speakers,
                                    .speaker_count = l->speaker_count,
                                    .from = l->from,
                                    .to = l->to};
    struct error ignored; /* a speaker or a time that this record does not have */

    return selection_options_parse(out, t, &options, SELECT_ALL, &ignored) == EXIT_DONE &&
           select_days(l, t, date_ms, out);
}

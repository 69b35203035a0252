/* Timeline: the span of a record, the segment for a time, and silences. */
#include <stdlib.h>
#include <string.h>

#include "model/transcript_private.h"
#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"
#include "shilu/base/sorted.h"

/* A clock reading without a date is on the first day or, after midnight, on the next. */
enum { DAYS_OF_NO_DATE = 8 };

bool transcript_has_days(const struct transcript *t)
{
    return t->time_base == TIME_BASE_WALL &&
           (t->field[FIELD_DATE] != NULL || t->first_ms == TIME_NONE || t->first_ms < 0 ||
            t->first_ms >= DAYS_OF_NO_DATE * (int64_t)TIME_MS_PER_DAY);
}

int64_t transcript_day(int64_t ms)
{
    return ms >= 0 ? ms / TIME_MS_PER_DAY : -((TIME_MS_PER_DAY - 1 - ms) / TIME_MS_PER_DAY);
}

bool transcript_spans_days(const struct transcript *t)
{
    return transcript_has_days(t) && t->first_ms != TIME_NONE &&
           transcript_day(t->first_ms) != transcript_day(t->last_ms);
}

bool transcript_starts_day(const struct transcript *t, uint32_t before, uint32_t segment)
{
    int64_t ms = t->segments[segment].start_ms;
    int64_t before_ms = before != SEGMENT_NONE ? t->segments[before].start_ms : TIME_NONE;

    return transcript_spans_days(t) && ms != TIME_NONE && before_ms != TIME_NONE &&
           transcript_day(ms) != transcript_day(before_ms);
}

void transcript_format_moment(const struct transcript *t, int64_t ms, char *out)
{
    char iso[CIVIL_TEXT];

    if (t->time_base != TIME_BASE_WALL) {
        civil_format_elapsed_exact(ms, out);
    } else if (transcript_has_days(t)) {
        civil_format_iso(ms, t->utc_offset_min, out);
    } else {
        civil_format_iso(ms, UTC_OFFSET_NONE, iso);
        strcpy(out, strchr(iso, 'T') + 1);
    }
}

/* Speech is measured in letters: a Han character, a kana or a Hangul syllable counts three
 * times. Nobody says more than 40 per second (some 13 syllables), and a slow speaker says 8. A
 * segment is long if even a fast speaker needs three seconds for it. */
enum {
    WIDE_LETTERS = 3,
    FASTEST_LETTERS_A_SECOND = 40,
    SLOWEST_LETTERS_A_SECOND = 8,
    LONG_LETTERS = 120,
    LONG_SEGMENTS_MIN = 3
};
enum { SAMPLE_BYTES = 256 };
enum { SAME_START_MAX = 64 }; /* how many segments with the same time are checked */
/* If times are whole seconds or minutes, an entry may have ended this much later. */
enum { SECOND_MS = 1000, MINUTE_MS = 60000 };
/* A record whose words fill less than a fifth of its time, even if spoken slowly, does not
 * contain everything that was said. */
enum { SPARSE_PARTS = 5 };

enum {
    LENGTHS_KEPT = 512,
    SILENCE_MS = 3000,
    SILENCES_SHOWN = 200,
    SILENCES_ANYHOW = 10, /* plus one per minute */
    POSTING_SILENCE_MS = 10000
};

/* When the sample is full, drop every second one. */
static void note_length(struct time_sample *sample, int64_t ms)
{
    size_t i;

    if (sample->seen++ % sample->stride != 0)
        return;
    if (sample->count == LENGTHS_KEPT) {
        for (i = 0; i < LENGTHS_KEPT / 2; i++)
            sample->ms[i] = sample->ms[2 * i];
        sample->count = LENGTHS_KEPT / 2;
        sample->stride *= 2;
    }
    MEMORY_RESERVE(sample->ms, sample->capacity, sample->count + 1);
    sample->ms[sample->count++] = ms;
}

/* Of a long text only the first part is counted: loading must not wait for this. */
static uint64_t letters_of(const struct transcript *t, const struct segment *s)
{
    const char *text = t->arena.data + s->text_byte;
    uint32_t bytes = s->text_bytes < SAMPLE_BYTES ? s->text_bytes : SAMPLE_BYTES;
    uint64_t letters = bytes_count_characters(text, bytes) +
                       (WIDE_LETTERS - 1) * bytes_count_wide(text, bytes);

    return bytes == s->text_bytes ? letters : letters * s->text_bytes / bytes;
}

/* Whether the words before this segment can have been said by its start. Segments with the same
 * time belong together: only the first has a time of its own. */
static void note_pace(struct transcript *t, const struct segment *s)
{
    struct pace *p = &t->pace;
    uint64_t letters;

    if (s->duration_ms >= 0)
        return;
    letters = letters_of(t, s);
    if (p->letters >= LONG_LETTERS && s->start_ms > p->start_ms) {
        uint64_t needed_ms = p->letters * 1000 / FASTEST_LETTERS_A_SECOND;
        uint64_t had_ms = (uint64_t)s->start_ms - (uint64_t)p->start_ms;

        p->paced++;
        p->too_fast += had_ms + SECOND_MS < needed_ms;
        p->too_fast_for_minutes += had_ms + MINUTE_MS < needed_ms;
    }
    if (s->start_ms != p->start_ms)
        p->letters = 0;
    p->start_ms = s->start_ms;
    p->letters += letters;
    p->all_letters += letters;
}

void transcript_format_clock(const struct transcript *t, int64_t ms, char *out)
{
    if (ms == TIME_NONE)
        out[0] = '\0';
    else if (t->time_base != TIME_BASE_WALL)
        civil_format_elapsed(ms, out);
    else if (t->off_minute == 0 && ms % MINUTE_MS == 0)
        civil_format_clock_minutes(ms, out);
    else
        civil_format_clock(ms, out);
}

static bool are_ends_known(const struct transcript *t)
{
    return t->with_end * 2 > t->timed_count;
}

bool transcript_has_postings(const struct transcript *t)
{
    const struct pace *p = &t->pace;
    uint64_t too_fast = t->off_minute == 0 ? p->too_fast_for_minutes : p->too_fast;

    return !are_ends_known(t) && p->paced >= LONG_SEGMENTS_MIN && too_fast * 10 >= p->paced;
}

bool transcript_has_silences(const struct transcript *t)
{
    uint64_t span_ms = t->first_ms == TIME_NONE ? 0
                                                : (uint64_t)t->last_ms - (uint64_t)t->first_ms;

    if (are_ends_known(t))
        return true;
    return !transcript_has_postings(t) &&
           t->pace.all_letters * 1000 / SLOWEST_LETTERS_A_SECOND >= span_ms / SPARSE_PARTS;
}

void timeline_extend(struct transcript *t, const struct segment *s)
{
    int64_t end = s->duration_ms < 0 ? s->start_ms : s->start_ms + s->duration_ms;

    if (s->start_ms == TIME_NONE)
        return;
    note_pace(t, s);
    t->timed_count++;
    t->off_minute += s->start_ms % MINUTE_MS != 0;
    t->with_end += s->duration_ms >= 0;
    if (t->latest_start_ms != TIME_NONE && s->start_ms < t->latest_start_ms)
        t->disordered = true;
    else if (t->latest_start_ms != TIME_NONE)
        note_length(&t->intervals, s->start_ms - t->latest_start_ms);
    if (t->with_end > 0 && t->last_ms != TIME_NONE && s->start_ms - t->last_ms >= SILENCE_MS)
        note_length(&t->pauses, s->start_ms - t->last_ms);
    if (t->latest_start_ms == TIME_NONE || s->start_ms > t->latest_start_ms)
        t->latest_start_ms = s->start_ms;
    if (t->first_ms == TIME_NONE || s->start_ms < t->first_ms)
        t->first_ms = s->start_ms;
    if (t->last_ms == TIME_NONE || end > t->last_ms)
        t->last_ms = end;
}

void timeline_reset(struct transcript *t)
{
    t->first_ms = t->last_ms = t->latest_start_ms = TIME_NONE;
    t->timed_count = t->off_minute = t->with_end = 0;
    t->disordered = false;
    t->intervals.count = t->pauses.count = 0;
    t->intervals.seen = t->pauses.seen = 0;
    t->intervals.stride = t->pauses.stride = 1;
    t->pace = (struct pace){0};
}

int64_t transcript_elapsed_ms(const struct transcript *t, int64_t ms)
{
    int64_t first_ms, last_ms;

    if (ms == TIME_NONE || transcript_time_base(t) != TIME_BASE_WALL ||
        !transcript_span(t, &first_ms, &last_ms))
        return ms;
    return ms - first_ms;
}

bool transcript_span(const struct transcript *t, int64_t *first_ms, int64_t *last_ms)
{
    *first_ms = t->first_ms;
    *last_ms = t->last_ms;
    return t->first_ms != TIME_NONE;
}

size_t transcript_timed_count(const struct transcript *t)
{
    return t->timed_count;
}

bool transcript_in_time_order(const struct transcript *t)
{
    return !t->disordered;
}

/* By binary search, if every segment has a time and times never decrease. */
static uint32_t first_from_ordered(const struct transcript *t, int64_t ms)
{
    return (uint32_t)SORTED_BELOW(struct segment, start_ms, t->segments, t->count, ms);
}

/* The result of a scan for a time: the earliest start at or after it, and the latest start
 * before it. */
struct neighbours {
    uint32_t after, before;
};

static struct neighbours neighbours_of(const struct transcript *t, int64_t ms)
{
    struct neighbours found = {SEGMENT_NONE, SEGMENT_NONE};
    int64_t after_ms = INT64_MAX;
    int64_t before_ms = TIME_NONE;
    uint32_t i;

    if (!t->disordered && t->timed_count == t->count) {
        uint32_t at = first_from_ordered(t, ms);

        if (at < t->count)
            found.after = at;
        if (at > 0)
            found.before = at - 1;
        return found;
    }
    /* Out of order: one pass over the array, about 2 ms per million segments, costs less than
     * maintaining an index while the record grows. */
    for (i = 0; i < t->count; i++) {
        int64_t start = t->segments[i].start_ms;

        if (start >= ms && start < after_ms) {
            after_ms = start;
            found.after = i;
        } else if (start != TIME_NONE && start < ms && start >= before_ms) {
            before_ms = start;
            found.before = i;
        }
    }
    return found;
}

uint32_t transcript_at_time(const struct transcript *t, int64_t ms, int64_t precision_ms)
{
    struct neighbours found;

    if (t->timed_count == 0)
        return SEGMENT_NONE;
    found = neighbours_of(t, ms);
    if (found.after != SEGMENT_NONE &&
        t->segments[found.after].start_ms - ms < (precision_ms > 0 ? precision_ms : 1))
        return found.after;
    return found.before != SEGMENT_NONE ? found.before : found.after;
}

/* When the words of a segment, and of those before it with the same start, end if said slowly;
 * the start itself, if times do not show when something was said. */
static int64_t slow_end_ms(const struct transcript *t, uint32_t segment)
{
    int64_t start_ms = t->segments[segment].start_ms;
    uint64_t letters = 0;
    int64_t slow_ms;

    if (!transcript_has_silences(t))
        return start_ms;
    for (uint32_t i = segment; segment - i < SAME_START_MAX; i--) {
        letters += letters_of(t, &t->segments[i]);
        if (i == 0 || t->segments[i - 1].start_ms != start_ms)
            break;
    }
    slow_ms = (int64_t)(letters * 1000 / SLOWEST_LETTERS_A_SECOND);
    return start_ms > INT64_MAX - slow_ms ? start_ms : start_ms + slow_ms;
}

int64_t transcript_gap_before(const struct transcript *t, uint32_t segment)
{
    int64_t start = t->segments[segment].start_ms;
    int64_t before;

    if (segment == 0 || start == TIME_NONE)
        return 0;
    before = transcript_end_ms(t, segment - 1);
    if (before == TIME_NONE && start <= t->segments[segment - 1].start_ms)
        return 0; /* even if thousands start at the same time */
    if (before == TIME_NONE && t->segments[segment - 1].start_ms != TIME_NONE)
        before = slow_end_ms(t, segment - 1);
    return before == TIME_NONE || start <= before ? 0 : start - before;
}

int64_t transcript_floor_end_ms(const struct transcript *t, uint32_t segment,
                                int64_t threshold_ms)
{
    int64_t start = t->segments[segment].start_ms;
    int64_t end = transcript_end_ms(t, segment);
    int64_t next = segment + 1 < t->count ? t->segments[segment + 1].start_ms : TIME_NONE;
    int64_t gap;

    if (start == TIME_NONE || end != TIME_NONE)
        return end;
    if (next == TIME_NONE || next < start)
        return start;
    gap = transcript_gap_before(t, segment + 1);
    return gap < threshold_ms ? next : next - gap;
}

static int compare_lengths(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* The length that this many of all intervals exceed; 0 if there are not so many. */
static int64_t length_of_rank(const struct time_sample *sample, uint64_t longer)
{
    int64_t sorted[LENGTHS_KEPT];
    uint64_t rank = longer / sample->stride;

    if (rank >= sample->count)
        return 0;
    memcpy(sorted, sample->ms, sample->count * sizeof *sorted);
    qsort(sorted, sample->count, sizeof *sorted, compare_lengths);
    return sorted[sample->count - 1 - (size_t)rank];
}

/* If ends are known, the pauses themselves; else two and a half times the usual interval
 * between starts, which includes the speech. */
int64_t transcript_gap_threshold(const struct transcript *t)
{
    uint64_t span_ms = t->first_ms == TIME_NONE ? 0
                                                : (uint64_t)t->last_ms - (uint64_t)t->first_ms;
    int64_t usual;

    if (are_ends_known(t) || t->intervals.count == 0) {
        /* In a long record, the breaths between captions are not silences; nor are pauses if
         * there are many of them. */
        int64_t many = length_of_rank(&t->pauses, SILENCES_ANYHOW + span_ms / MINUTE_MS);

        usual = (int64_t)(span_ms / SILENCES_SHOWN);
        usual = usual > many ? usual : many + (many > 0);
        return usual > SILENCE_MS ? usual : SILENCE_MS;
    }
    usual = length_of_rank(&t->intervals, (t->intervals.seen - 1) / 2);
    return usual * 5 / 2 > POSTING_SILENCE_MS ? usual * 5 / 2 : POSTING_SILENCE_MS;
}

/* Interpreting the stamps of a record. */
#include "formats/records/record_times.h"

#include <string.h>

#include "formats/common/emit.h"
#include "shilu/base/civil_time.h"

enum { MS_PER_MINUTE = 60000, MS_PER_HOUR = 3600000 };

/* No recording begins in its seventh hour, and nobody says so many characters a second. */
enum {
    STATED_BLOCKS = 30,
    STATED_FROM_MS = 30 * MS_PER_MINUTE, /* the start of a recording is not stated as a clock */
    STATED_BEFORE_MS = 10 * MS_PER_MINUTE
};
enum { WALL_FROM_HOURS = 6, CHARACTERS_A_SECOND_MAX = 40 };

typedef void stamp_visitor(void *self, const struct stamp *stamp, uint64_t characters);

/* Visits all stamps of the head in order. */
static void visit(const struct survey *s, const struct choice *choice, size_t first,
                  stamp_visitor *visitor, void *self)
{
    uint64_t characters = 0;
    size_t i;

    for (i = first; i < s->block_count; i++) {
        const struct survey_block *b = &s->blocks[i];
        uint32_t begin = choice->begins[i];

        if (b->form != LINE_UNTIMED || b->only_time)
            visitor(self, &b->lead, characters);
        if (begin != SURVEY_NONE && s->candidates[begin].has_time)
            visitor(self, &s->candidates[begin].time, characters);
        characters += b->text.length / 2;
        if (b->has_tail)
            visitor(self, &b->tail, characters);
    }
}

struct order_votes {
    bool impossible[STAMP_ORDER_COUNT];
    int64_t before_ms[STAMP_ORDER_COUNT];
    uint64_t back[STAMP_ORDER_COUNT];
    int64_t low_ms[STAMP_ORDER_COUNT];
    int64_t high_ms[STAMP_ORDER_COUNT];
    bool any;
    bool others; /* some are not written in the American way */
};

static void vote(void *self, const struct stamp *stamp, uint64_t characters)
{
    struct order_votes *votes = self;
    int order;

    (void)characters;
    if (!stamp->numeric)
        return;
    votes->others |= !stamp->american;
    for (order = 0; order < STAMP_ORDER_COUNT; order++) {
        struct stamp read = *stamp;
        int64_t ms;

        if (!stamp_set_order(&read, (enum stamp_order)order) ||
            (order == STAMP_YMD && stamp->numbers[2] > 31)) {
            votes->impossible[order] = true;
            continue;
        }
        ms = stamp_date_ms(&read);
        if (votes->any && ms < votes->before_ms[order])
            votes->back[order]++;
        if (!votes->any || ms < votes->low_ms[order])
            votes->low_ms[order] = ms;
        if (!votes->any || ms > votes->high_ms[order])
            votes->high_ms[order] = ms;
        votes->before_ms[order] = ms;
    }
    votes->any = true;
}

/* The order that fits all dates, goes back least, and makes the record shortest. */
static enum stamp_order find_order(const struct survey *s, const struct choice *choice)
{
    struct order_votes votes = {.any = false};
    int best = -1;
    int order;

    visit(s, choice, 0, vote, &votes);
    if (votes.any && !votes.others && !votes.impossible[STAMP_MDY])
        best = STAMP_MDY;
    for (order = 0; votes.any && order < STAMP_ORDER_COUNT; order++) {
        if (votes.impossible[order])
            continue;
        if (best < 0 || votes.back[order] < votes.back[best] ||
            (votes.back[order] == votes.back[best] &&
             votes.high_ms[order] - votes.low_ms[order] <
                 votes.high_ms[best] - votes.low_ms[best]))
            best = order;
    }
    return best >= 0 ? (enum stamp_order)best : STAMP_DMY;
}

struct clock_facts {
    bool any;
    bool wall;
    bool two_parts;
    bool three_parts;
    bool beyond_a_day; /* a first part above 23 */
    int64_t first_ms;
    int64_t last_ms;
    uint64_t first_characters;
    uint64_t last_characters;
    size_t back;
    size_t count;
};

static void look(void *self, const struct stamp *stamp, uint64_t characters)
{
    struct clock_facts *facts = self;

    if (!stamp->has_clock)
        return;
    facts->wall |= stamp->wall || stamp->has_date || stamp->numeric;
    facts->two_parts |= stamp->two_parts;
    facts->three_parts |= !stamp->two_parts && !stamp->wall;
    facts->beyond_a_day |= stamp->clock_ms >= 24 * (int64_t)MS_PER_HOUR;
    if (!facts->any) {
        facts->first_ms = stamp->clock_ms;
        facts->first_characters = characters;
    } else {
        facts->back += stamp->clock_ms < facts->last_ms;
    }
    facts->last_ms = stamp->clock_ms;
    facts->last_characters = characters;
    facts->any = true;
    facts->count++;
}

/* Whether the words are too many for the time between the first and the last stamp, read as
 * minutes and seconds. */
static bool is_too_fast(const struct clock_facts *facts)
{
    int64_t seconds = (facts->last_ms - facts->first_ms) / MS_PER_MINUTE;
    uint64_t said = facts->last_characters - facts->first_characters;

    return facts->count >= 4 && facts->back == 0 && seconds > 0 &&
           said > (uint64_t)seconds * CHARACTERS_A_SECOND_MAX;
}

/* [15:00] <ada>: logs of IRC programs have hours and minutes of a day. */
static bool has_nicknames(const struct survey *s, const struct choice *choice)
{
    return choice->row_count > 0 &&
           strncmp(survey_layout_row(s, &s->rows[choice->rows[0]])->template, "<{speaker}>",
                   11) == 0;
}

/* … and hours, minutes and seconds beside what the program says of itself: who joined, who
 * left. */
static bool is_log_of_program(const struct survey *s, const struct choice *choice)
{
    size_t i;

    for (i = 0; i < s->block_count; i++)
        if (survey_is_of_program(&s->blocks[i]))
            return has_nicknames(s, choice);
    return false;
}

/* The clock reading of a line that has just one; TIME_NONE for another line. */
static int64_t only_clock_of(struct span text)
{
    int64_t found_ms = TIME_NONE;
    struct folded f;
    size_t at;

    folded_front(&f, text, 0);
    for (at = 0; f.cp[at] != 0; at++) {
        struct stamp stamp;
        size_t end;

        if (!folded_is_digit(f.cp[at]) || (at > 0 && !folded_is_blank(f.cp[at - 1]) &&
                                           f.cp[at - 1] != 'T' && f.cp[at - 1] != '('))
            continue;
        end = stamp_parse(&f, at, &stamp);
        if (end == 0 || !stamp.has_clock)
            continue;
        if (found_ms != TIME_NONE || stamp.end_ms != TIME_NONE)
            return TIME_NONE;
        found_ms = stamp.clock_ms;
        at = end - 1;
    }
    return found_ms;
}

/* "Call received: 02:14:07" above the first turn, at [02:14:09]: the clock of the day. A record
 * of a part of a recording states where that begins and where it ends. */
static bool is_start_stated(const struct survey *s, const struct choice *choice,
                            int64_t first_ms)
{
    size_t i;

    if (first_ms < STATED_FROM_MS)
        return false;
    for (i = choice->first > STATED_BLOCKS ? choice->first - STATED_BLOCKS : 0;
         i < choice->first; i++) {
        int64_t ms = only_clock_of(s->blocks[i].text);

        if (ms != TIME_NONE && ms <= first_ms && first_ms - ms <= STATED_BEFORE_MS)
            return true;
    }
    return false;
}

void record_times_learn(struct record_times *times, const struct survey *s,
                        const struct choice *choice)
{
    struct clock_facts facts = {.any = false};

    *times = (struct record_times){.day_ms = TIME_NONE, .latest_ms = TIME_NONE};
    times->order = find_order(s, choice);
    /* The start of the meeting, stated above it, does not say how to read the times beside
     * turns. */
    visit(s, choice, choice->first, look, &facts);
    if (!facts.any)
        visit(s, choice, 0, look, &facts);
    times->any = facts.any;
    times->wall = facts.wall;
    if (!facts.any || facts.wall)
        return;
    if (facts.beyond_a_day) {
        times->two_are_minutes = true;
    } else if ((facts.two_parts && !facts.three_parts && has_nicknames(s, choice)) ||
               is_log_of_program(s, choice)) {
        times->wall = true;
    } else if (facts.first_ms >= (int64_t)WALL_FROM_HOURS * MS_PER_HOUR) {
        /* 12:30 in a record whose other stamps have hours means minutes and seconds */
        times->wall = !(facts.two_parts && facts.three_parts);
        times->two_are_minutes = !times->wall;
    } else if (facts.two_parts && !facts.three_parts && is_too_fast(&facts)) {
        times->wall = true;
    } else if (is_start_stated(s, choice, facts.first_ms)) {
        times->wall = true;
    } else {
        times->two_are_minutes = true;
    }
}

/* 04/17/2031 can only be the seventeenth of April, whatever the order of other dates. */
static bool set_only_order(struct stamp *stamp)
{
    struct stamp other = *stamp;

    if (stamp->numbers[2] < 1000)
        return false;
    return stamp_set_order(stamp, STAMP_MDY) ? !stamp_set_order(&other, STAMP_DMY)
                                             : stamp_set_order(stamp, STAMP_DMY);
}

int64_t record_times_date(const struct record_times *times, const struct stamp *stamp)
{
    struct stamp read = *stamp;

    if (!read.has_date &&
        !(read.numeric && (stamp_set_order(&read, times->order) || set_only_order(&read))))
        return TIME_NONE;
    return stamp_date_ms(&read);
}

void record_times_set_day(struct record_times *times, const struct stamp *stamp)
{
    int64_t date_ms = record_times_date(times, stamp);

    if (date_ms == TIME_NONE)
        return;
    times->day_ms = date_ms;
    times->latest_ms = TIME_NONE;
}

int64_t record_times_start(struct record_times *times, const struct stamp *stamp,
                           int64_t *end_ms)
{
    int64_t date_ms = record_times_date(times, stamp);
    int64_t ms = stamp->clock_ms;

    *end_ms = TIME_NONE;
    if (!stamp->has_clock) {
        record_times_set_day(times, stamp);
        return TIME_NONE;
    }
    if (!times->wall) {
        int64_t part = stamp->two_parts && times->two_are_minutes ? 60 : 1;

        if (stamp->end_ms != TIME_NONE)
            *end_ms = stamp->end_ms / part;
        return ms / part;
    }
    if (date_ms != TIME_NONE) {
        times->day_ms = date_ms;
        ms += date_ms;
        times->latest_ms = ms;
    } else {
        int64_t day_ms = times->day_ms != TIME_NONE ? times->day_ms : 0;

        ms = emit_wall_ms(day_ms, ms, &times->latest_ms);
    }
    if (stamp->end_ms != TIME_NONE)
        *end_ms = ms + (stamp->end_ms - stamp->clock_ms);
    return ms;
}

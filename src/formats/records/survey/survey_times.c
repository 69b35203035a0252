/* Times beside labels that only the whole head shows. */
#include "formats/records/survey/survey_times.h"

#include <stdio.h>
#include <stdlib.h>

#include "shilu/base/memory.h"

enum { CLOCK_LINE_COLUMNS = 8, CLOCK_LINES_MIN = 2 };
enum { POINTED_CLOCK_COLUMNS = 6, TIMES_ABOVE_MIN = 2, BETWEEN_COLUMNS = 40, POSTINGS_MIN = 3 };
enum { STATED_CLOCK_BLOCKS = 30 };
#define CLOCK_SHAPE_MIN 1.0f /* of a label with a clock before it */

/* The number before a label, "14.05 Anna Haapa:", as hours and minutes: false for another. */
static bool read_number_as_clock(const struct survey *s, const struct survey_candidate *c,
                                 int part[2])
{
    const struct survey_block *b = &s->blocks[c->block];
    struct span digits[2];

    if ((survey_layout_row(s, &s->rows[c->row])->traits & LAYOUT_NUMBERED) == 0 ||
        b->form != LINE_UNTIMED || !survey_number_parts(b, digits) || digits[0].length > 2 ||
        digits[1].length != 2)
        return false;
    part[0] = span_take_number_back(&digits[0]);
    part[1] = span_take_number_back(&digits[1]);
    return part[0] < 24 && part[1] < 60;
}

/* "klo 16.00—16.09", "opened at 16:00": whether a line above a block states the hour of a clock
 * reading, not as part of a date. */
static bool is_hour_stated_above(const struct survey *s, size_t block, const int part[2])
{
    char hour[4];
    size_t i;
    int length = snprintf(hour, sizeof hour, "%d", part[0]);

    for (i = block > STATED_CLOCK_BLOCKS ? block - STATED_CLOCK_BLOCKS : 0; i < block; i++) {
        struct span rest = s->blocks[i].text;
        const char *at;

        while ((at = memmem(rest.data, rest.length, hour, (size_t)length)) != NULL) {
            size_t from = (size_t)(at - rest.data);
            char before = from > 0 ? at[-1] : ' ';
            struct span behind = span_skip(rest, from + (size_t)length);
            int minute = -1;

            if ((before < '0' || before > '9') && before != '.' && before != ':' &&
                (span_take(&behind, ".") || span_take(&behind, ":"))) {
                size_t digits = 0;

                for (minute = 0; digits < behind.length && behind.data[digits] >= '0' &&
                                 behind.data[digits] <= '9' && digits < 3;
                     digits++)
                    minute = minute * 10 + (behind.data[digits] - '0');
                behind = span_skip(behind, digits);
                if (digits == 2 && minute <= part[1] &&
                    !(behind.length > 1 && (*behind.data == '.' || *behind.data == ':') &&
                      behind.data[1] >= '0' && behind.data[1] <= '9'))
                    return true;
            }
            rest = span_skip(rest, from + (size_t)length);
        }
    }
    return false;
}

/* "14.02 Anna Haapa:", "14.06 Jari Kuusi:": numbers that go on as a clock does, and do not
 * count the speeches of an item (01.01, 01.02), are times. */
static void find_pointed_times(struct survey *s)
{
    int part[2], before[2] = {-1, -1};
    bool counts = true;
    size_t found = 0;
    size_t i;

    for (i = 0; i < s->candidate_count; i++) {
        if (!read_number_as_clock(s, &s->candidates[i], part))
            continue;
        if (part[0] * 60 + part[1] < before[0] * 60 + before[1])
            return;
        if (found == 0)
            counts = part[1] == 1 && !is_hour_stated_above(s, s->candidates[i].block, part);
        else
            counts &= part[0] == before[0] ? part[1] == before[1] + 1 : part[1] == 1;
        before[0] = part[0];
        before[1] = part[1];
        found++;
    }
    for (i = 0; !counts && found >= TIMES_ABOVE_MIN && i < s->candidate_count; i++) {
        struct survey_candidate *c = &s->candidates[i];

        if (!read_number_as_clock(s, c, part))
            continue;
        c->has_time = true;
        c->shape = c->shape > CLOCK_SHAPE_MIN ? c->shape : CLOCK_SHAPE_MIN;
        c->time = (struct stamp){.has_clock = true,
                                 .two_parts = true,
                                 .wall = true,
                                 .clock_ms = (part[0] * 60 + part[1]) * INT64_C(60000),
                                 .end_ms = TIME_NONE};
    }
}

/* A name on its own line with words directly below it. */
static bool heads_words(const struct survey *s, const struct survey_block *b)
{
    uint32_t i;

    if (b >= s->blocks + s->block_count || b->next_gap)
        return false;
    for (i = b->candidate; i < b->candidate + b->candidate_count; i++)
        if (s->rows[s->candidates[i].row].layout == LAYOUT_ALONE)
            return true;
    return false;
}

/* Whether the time is directly below the label, or both are between blank lines. A date below a
 * blank line belongs to the record; a time above a name and its words belongs to those. */
static bool is_moment_below(const struct survey *s, const struct survey_block *label)
{
    const struct survey_block *below = label + 1;

    if (label + 1 >= s->blocks + s->block_count || !below->only_time || !below->lead.has_clock)
        return false;
    return !below->gap || (label->gap && below->next_gap && !below->lead.has_date &&
                           !heads_words(s, below + 1));
}

/* "Jane Park", "Very positive", "0:00-0:26": what a program says of the words stands in a line
 * of its own between the name and the time. */
static bool is_moment_below_line(const struct survey *s, const struct survey_block *label)
{
    const struct survey_block *line = label + 1, *time = label + 2, *words = label + 3;

    return words < s->blocks + s->block_count && label->gap && !line->gap && !time->gap &&
           !words->gap && line->form == LINE_UNTIMED && !line->only_time &&
           !line->ends_sentence && line->columns <= BETWEEN_COLUMNS && time->only_time &&
           time->lead.has_clock && !time->lead.has_date && time->lead.end_ms != TIME_NONE;
}

/* A label that is its whole line. */
static bool is_whole_line(const struct survey *s, const struct survey_candidate *c)
{
    return s->rows[c->row].layout == LAYOUT_ALONE ||
           (s->blocks[c->block].heads_message && survey_words(s, c).length == 0);
}

/* A name on one line, a time on the next, then the words: the time belongs to the label. */
static bool has_moment_below(const struct survey *s, const struct survey_candidate *c)
{
    return is_whole_line(s, c) && !c->has_time && s->blocks[c->block].form == LINE_UNTIMED &&
           is_moment_below(s, &s->blocks[c->block]);
}

/* Directly below the time of a name: its words, even if another time follows. */
static bool is_below_moment(const struct survey *s, size_t block)
{
    return block > 0 && s->blocks[block - 1].time_of_label && !s->blocks[block].gap;
}

static void find_times_below_labels(struct survey *s)
{
    size_t lines_between = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++)
        lines_between += is_moment_below_line(s, &s->blocks[i]);
    for (i = 0; i < s->candidate_count; i++) {
        struct survey_candidate *c = &s->candidates[i];
        struct survey_block *below = s->blocks + c->block + 1;

        if (!is_whole_line(s, c) || c->has_time || s->blocks[c->block].form != LINE_UNTIMED ||
            is_below_moment(s, c->block))
            continue;
        if (lines_between >= TIMES_ABOVE_MIN && is_moment_below_line(s, &s->blocks[c->block])) {
            below->beside_label = true;
            below++;
        } else if (!is_moment_below(s, &s->blocks[c->block])) {
            continue;
        }
        c->has_time = true;
        c->time = below->lead;
        below->time_of_label = true;
    }
}

/* "MS. ALMA DAHL", a blank line, and "13:20:53" directly above the words. */
static bool is_name_apart_from_moment(const struct survey *s, const struct survey_candidate *c)
{
    const struct survey_block *label = &s->blocks[c->block], *below = label + 1;

    return s->rows[c->row].layout == LAYOUT_ALONE && !c->has_time &&
           label->form == LINE_UNTIMED && c->block + 2u < s->block_count && label->gap &&
           below->gap && below->only_time && below->lead.has_clock && !below->lead.has_date &&
           !below->next_gap && !below[1].only_time;
}

/* If nearly all times on lines of their own are set like that, they belong to the names. */
static void find_times_apart_from_labels(struct survey *s)
{
    size_t times = 0, apart = 0, last = s->block_count;
    size_t i;

    for (i = 0; i < s->block_count; i++)
        times += s->blocks[i].only_time && s->blocks[i].lead.has_clock;
    for (i = 0; i < s->candidate_count; i++)
        if (s->candidates[i].block != last && is_name_apart_from_moment(s, &s->candidates[i])) {
            last = s->candidates[i].block;
            apart++;
        }
    if (apart <= TIMES_ABOVE_MIN || apart * 10 < times * 9)
        return;
    for (i = 0; i < s->candidate_count; i++) {
        struct survey_candidate *c = &s->candidates[i];

        if (!is_name_apart_from_moment(s, c))
            continue;
        c->has_time = true;
        c->time = s->blocks[c->block + 1].lead;
        s->blocks[c->block + 1].time_of_label = true;
    }
}

/* Whether a block has a label with a colon and words beside it. */
static bool has_labelled_words(const struct survey *s, const struct survey_block *b)
{
    uint32_t i;

    for (i = b->candidate; i < b->candidate + b->candidate_count; i++)
        if (s->rows[s->candidates[i].row].layout == LAYOUT_COLON &&
            s->rows[s->candidates[i].row].form == LINE_UNTIMED && !s->candidates[i].has_time &&
            survey_words(s, &s->candidates[i]).length > 0)
            return true;
    return false;
}

/* "14:02 来自 微博网页版", directly below a posting: when it was posted, and with what. *first
 * is the first word behind the time. */
static bool is_moment_below_posting(const struct survey *s, size_t block, struct span *first)
{
    const struct survey_block *b = &s->blocks[block];
    struct span rest = span_skip(b->text, b->body_byte);

    *first = span_of(rest.data, span_find(rest, ' '));
    return block > 0 && !b->gap && !b->only_time && b->lead.has_clock && !b->ends_sentence &&
           first->length > 0 && first->length < rest.length && b->columns <= BETWEEN_COLUMNS &&
           has_labelled_words(s, b - 1);
}

/* If all lines that begin with a time are such lines, and go on with the same word, the times
 * belong to the postings above. */
static void find_times_below_postings(struct survey *s)
{
    struct span word = {NULL, 0}, first;
    size_t found = 0;
    size_t i;
    uint32_t k;

    for (i = 0; i < s->block_count; i++) {
        if (s->blocks[i].form == LINE_UNTIMED || (s->blocks[i].only_time && found == 0))
            continue;
        if (!is_moment_below_posting(s, i, &first) || (found > 0 && !span_equal(first, word)))
            return;
        word = first;
        found++;
    }
    for (i = 1; found >= POSTINGS_MIN && i < s->block_count; i++) {
        struct survey_block *b = &s->blocks[i];

        if (b->form == LINE_UNTIMED || b->only_time)
            continue;
        for (k = b[-1].candidate; k < b[-1].candidate + b[-1].candidate_count; k++) {
            if (s->rows[s->candidates[k].row].layout != LAYOUT_COLON)
                continue;
            s->candidates[k].has_time = true;
            s->candidates[k].time = b->lead;
        }
        b->only_time = b->time_of_label = b->in_note = true;
    }
}

/* Below names alone on their lines, paragraphs with a clock reading before their words: if
 * there are several, none goes back and they have sentences, the readings say when. Those of a
 * programme (14:00　休憩) have none. */
static void find_times_in_words(struct survey *s)
{
    int64_t before_ms = TIME_NONE;
    size_t found = 0, sentences = 0;
    size_t i;

    for (i = 0; i < s->candidate_count; i++) {
        const struct survey_candidate *c = &s->candidates[i];
        const struct survey_block *below = s->blocks + c->block + 1;

        if (s->rows[c->row].layout != LAYOUT_ALONE || c->has_time ||
            s->blocks[c->block].form != LINE_UNTIMED || c->block + 1u >= s->block_count ||
            !survey_has_time_in_words(below))
            continue;
        if (before_ms != TIME_NONE && below->lead.clock_ms < before_ms)
            return;
        before_ms = below->lead.clock_ms;
        found++;
        sentences += below->ends_sentence;
    }
    s->times_in_words = found > TIMES_ABOVE_MIN && sentences * 2 > found; /* not a programme */
    for (i = 0; s->times_in_words && i < s->candidate_count; i++) {
        struct survey_candidate *c = &s->candidates[i];

        if (s->rows[c->row].layout != LAYOUT_ALONE || c->has_time ||
            s->blocks[c->block].form != LINE_UNTIMED || c->block + 1u >= s->block_count ||
            !survey_has_time_in_words(s->blocks + c->block + 1))
            continue;
        c->has_time = true;
        c->time = s->blocks[c->block + 1].lead;
    }
}

/* A time on its own line, or a clock reading with a point (14.02), as in the Nordic
 * countries. */
static bool read_moment(const struct survey_block *b, struct stamp *stamp)
{
    struct folded f;
    size_t end;

    if (b->only_time) {
        *stamp = b->lead;
        return b->lead.has_clock;
    }
    if (b->columns > POINTED_CLOCK_COLUMNS)
        return false;
    folded_front(&f, b->text, 0);
    end = stamp_parse_pointed_clock(&f, 0, stamp);
    return end > 0 && f.cp[end] == 0 && f.whole;
}

/* Whether a time is directly above the label, and the label directly above words. */
static bool is_moment_above(const struct survey *s, const struct survey_candidate *c,
                            struct stamp *stamp)
{
    const struct survey_block *label = &s->blocks[c->block];
    struct stamp below;

    return s->rows[c->row].layout == LAYOUT_ALONE && c->block > 0 && !c->has_time &&
           label->form == LINE_UNTIMED && c->block + 1 < s->block_count &&
           !label[-1].time_of_label && read_moment(&label[-1], stamp) &&
           !read_moment(label + 1, &below) && (!label->gap || label[-1].gap);
}

/* How often labels with such a place for their time recur. */
static size_t count_back(const struct survey *s,
                         bool has_moment(const struct survey *,
                                         const struct survey_candidate *))
{
    uint32_t *counts = memory_zalloc(s->label_count + 1, sizeof *counts);
    size_t back = 0;
    size_t i;

    for (i = 0; i < s->candidate_count; i++)
        if (has_moment(s, &s->candidates[i]))
            counts[s->candidates[i].label]++;
    for (i = 0; i < s->label_count; i++)
        back += counts[i] > 1 ? counts[i] : 0;
    free(counts);
    return back;
}

static bool has_moment_above(const struct survey *s, const struct survey_candidate *c)
{
    struct stamp stamp;

    return is_moment_above(s, c, &stamp);
}

/* Without blank lines a time is below the last words and above a name, or the other way
 * round: names recur, words do not. */
static bool are_times_above_names(const struct survey *s)
{
    return count_back(s, has_moment_above) > count_back(s, has_moment_below);
}

/* A time on one line, a name on the next, then the words: true only if the whole record does so
 * and the names recur. */
static void find_times_above_labels(struct survey *s)
{
    uint32_t *counts = memory_zalloc(s->label_count + 1, sizeof *counts);
    size_t found = 0, back = 0, labels = 0;
    int64_t before_ms = TIME_NONE;
    bool ordered = true;
    struct stamp stamp;
    size_t i;

    for (i = 0; i < s->candidate_count; i++) {
        const struct survey_candidate *c = &s->candidates[i];

        labels += s->rows[c->row].layout == LAYOUT_ALONE && c->has_time;
        if (!is_moment_above(s, c, &stamp))
            continue;
        counts[c->label]++;
        found++;
        ordered &= before_ms == TIME_NONE || stamp.clock_ms >= before_ms || stamp.has_date;
        before_ms = stamp.clock_ms;
    }
    for (i = 0; i < s->label_count; i++)
        back += counts[i] > 1 ? counts[i] : 0;
    free(counts);
    if (found < TIMES_ABOVE_MIN || labels > 0 || !ordered || back * 10 < found * 3)
        return;
    for (i = 0; i < s->candidate_count; i++) {
        struct survey_candidate *c = &s->candidates[i];

        if (!is_moment_above(s, c, &stamp))
            continue;
        c->has_time = true;
        c->time = stamp;
        s->blocks[c->block - 1].time_of_next = true;
    }
}

static bool read_bare_clock_line(const struct survey_block *b, struct stamp *stamp)
{
    struct folded f;

    if (b->columns > CLOCK_LINE_COLUMNS || b->kind != BLOCK_PARAGRAPH ||
        (b->only_time && b->lead.has_clock))
        return false;
    folded_front(&f, b->text, 0);
    return stamp_parse_bare_clock_line(&f, stamp);
}

static void make_clock_line(struct survey_block *b, const struct stamp *stamp)
{
    b->lead = *stamp;
    b->only_time = true;
    b->form = LINE_BARE;
    b->body_byte = b->start_byte = b->text.length;
}

/* "9.06", "9.11", "9.15" on lines of their own: if several count on, they say when the words
 * below them were said. */
static void find_clock_lines(struct survey *s)
{
    int64_t before_ms = TIME_NONE;
    size_t found = 0;
    struct stamp stamp;
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        if (!read_bare_clock_line(&s->blocks[i], &stamp))
            continue;
        if (before_ms != TIME_NONE && stamp.clock_ms < before_ms)
            return;
        found += stamp.clock_ms > before_ms || before_ms == TIME_NONE;
        before_ms = stamp.clock_ms;
    }
    s->clock_lines = found >= CLOCK_LINES_MIN;
    for (i = 0; s->clock_lines && i < s->block_count; i++)
        if (read_bare_clock_line(&s->blocks[i], &stamp))
            make_clock_line(&s->blocks[i], &stamp);
}

void survey_times_take_clock(struct survey_block *b)
{
    struct stamp stamp;

    if (read_bare_clock_line(b, &stamp))
        make_clock_line(b, &stamp);
}

void survey_times_find_clocks(struct survey *s)
{
    find_pointed_times(s);
    if (!s->clock_lines)
        find_clock_lines(s);
}

void survey_times_find_labels(struct survey *s)
{
    find_times_apart_from_labels(s);
    if (!are_times_above_names(s))
        find_times_below_labels(s);
    find_times_above_labels(s);
    find_times_below_postings(s);
    find_times_in_words(s);
}

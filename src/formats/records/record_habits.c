/* Choosing the layout of the head, and what it tells about the habits of the record: whether
 * lines are wrapped, turns end in stops, moments stand below their words, where speech ends. */
#include "formats/records/record_habits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/language_guess.h"
#include "formats/containers/text_container.h"
#include "formats/records/block_kind.h"
#include "formats/records/record_turn.h"
#include "formats/records/vocabulary.h"
#include "shilu/base/memory.h"

enum {
    ENDS_IN_STOPS_PERCENT = 85,
    LANGUAGE_BYTES = 4096,
    END_MARK_BYTES = 24,
};

/* Whether times on lines of their own are above what they belong to, or below. */
static bool find_times_below(const struct record *r)
{
    size_t first = SURVEY_NONE, last = 0, count = 0;
    size_t i;

    for (i = 0; i < r->survey.block_count; i++) {
        const struct survey_block *b = block_at(r, i);

        if (!b->only_time || !b->lead.has_clock || b->time_of_label || b->time_of_next)
            continue;
        count++;
        last = i;
        if (first == SURVEY_NONE)
            first = i;
    }
    return count >= 2 && first > r->choice.first && last > r->choice.last;
}

/* Every question after a dash is followed by its answer, with no blank line between the two. */
static bool find_answers_close(const struct record *r)
{
    size_t i;

    if (!r->choice.mark_alone && (!r->choice.dashes_alone || r->choice.dash_pairs))
        return false;
    for (i = r->choice.first; i <= r->choice.last; i++)
        if (r->choice.begins[i] != SURVEY_NONE &&
            (i + 1 >= r->survey.block_count || block_at(r, i + 1)->gap ||
             block_at(r, i + 1)->joins || !block_at(r, i)->gap))
            return false;
    return true;
}

static bool find_continued(const struct record *r)
{
    size_t i;

    for (i = r->choice.first; i < r->choice.last; i++)
        if (r->choice.begins[i] == SURVEY_NONE && !block_at(r, i)->only_time)
            return true;
    return false;
}

/* A moment of day at the end of the words is when all of them were posted. */
static bool has_posted_moments(const struct record *r)
{
    size_t i;

    for (i = 0; r->times.wall && i < r->survey.block_count; i++)
        if (block_at(r, i)->has_tail)
            return true;
    return false;
}

static bool find_wrapped(const struct record *r)
{
    size_t i;

    for (i = 0; i < r->survey.block_count; i++)
        if (block_at(r, i)->joins)
            return true;
    return false;
}

static size_t count_turns(const struct record *r)
{
    size_t turns = 0;
    size_t i;

    for (i = 0; i < r->survey.block_count; i++)
        turns += r->choice.begins[i] != SURVEY_NONE;
    return turns;
}

static bool begins_end_matter(struct span text)
{
    static const char *const starts[] = {"©", "Copyright", "COPYRIGHT", "(c) ",
                                         "All rights reserved"};
    size_t i;

    for (i = 0; i < sizeof starts / sizeof *starts; i++)
        if (span_starts_with(text, starts[i]))
            return true;
    return false;
}

/* 完, （了）, <끝>: that the text has ended. */
static bool is_end_mark(struct span text)
{
    static const char *const marks[] = {"完",   "了",  "終",  "以上", "끝",
                                        "이상", "END", "End", "Ends"};
    struct folded f;
    struct label_place place;
    struct buffer bare = {0};
    bool found = false;
    size_t i;

    if (text.length > END_MARK_BYTES)
        return false;
    folded_front(&f, text, 0);
    place = (struct label_place){0, f.count};
    while (place.start < place.end && !folded_is_letter(f.cp[place.start]))
        place.start++;
    while (place.end > place.start && !folded_is_letter(f.cp[place.end - 1]))
        place.end--;
    label_append(&f, place, &bare);
    for (i = 0; i < sizeof marks / sizeof *marks && !found; i++)
        found = span_is(span_of(buffer_string(&bare), bare.bytes), marks[i]);
    buffer_release(&bare);
    return found;
}

/* Where and when a text was given out, below its last turn: a rule, an end mark or a date, and
 * after it no sentence. */
static bool begins_foot(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    /* "==== Exported 40 messages ====": a program's frame, or whose transcript it is. */
    if (!b->ruled && !is_end_mark(b->text) &&
        (!b->only_time || !b->lead.has_date || r->choice.timed || r->times_below))
        return false;
    for (i += !b->ruled; i < r->survey.block_count; i++)
        if (block_at(r, i)->ends_sentence && !block_is_note(block_at(r, i)))
            return false;
    return true;
}

/* The first block below the last turn's words that says whose the text is, or when and where it
 * was given out. */
static size_t find_tail(const struct record *r)
{
    size_t i;

    for (i = r->choice.last + 1; i < r->survey.block_count; i++)
        if (i == r->front.profiles ||
            (block_at(r, i)->gap && (begins_end_matter(block_at(r, i)->text) ||
                                     front_matter_heads_list(&r->survey, i))) ||
            begins_foot(r, i))
            return i;
    return SIZE_MAX;
}

/* Whether turns end as sentences do: of those whose words end before another label. */
static bool find_solid(const struct record *r)
{
    size_t i;

    for (i = 1; i < r->survey.block_count; i++)
        if (block_at(r, i)->gap)
            return false;
    return true;
}

static bool find_ends_in_stops(const struct record *r)
{
    size_t turns = 0, stops = 0;
    size_t i;

    for (i = r->choice.first; i + 1 < r->survey.block_count; i++) {
        size_t last = i;

        if (!block_begins_turn(r, i + 1) || block_at(r, i)->only_time)
            continue;
        while (last > r->choice.first && last + TITLES_MAX > i && block_at(r, last)->gap &&
               (block_has_form_of_title(block_at(r, last)) ||
                block_is_short_topic(block_at(r, last))) &&
               !block_begins_turn(r, last))
            last--;
        turns++;
        stops += block_at(r, last)->ends_sentence || block_is_note(block_at(r, last));
    }
    return turns >= 2 && stops * 100 >= turns * ENDS_IN_STOPS_PERCENT;
}

/* &amp; &lt; &gt; in a text that has no other ampersand: a program that writes pages wrote it.
 */
static bool find_entities(const struct record *r)
{
    size_t entities = 0;
    size_t i;

    for (i = 0; r->ops == &text_container && i < r->survey.block_count; i++) {
        struct span rest = block_at(r, i)->text;

        while (rest.length > 0) {
            size_t at = span_find(rest, '&');

            if (at == rest.length)
                break;
            rest = span_skip(rest, at);
            if (record_turn_entity(rest, NULL) == 0)
                return false;
            entities++;
            rest = span_skip(rest, 1);
        }
    }
    return entities > 0;
}

void record_habits_guess_language(const struct record *r, struct reader_context *context)
{
    struct buffer sample = {0};
    const char *language;
    size_t i;

    for (i = 0; i < r->survey.block_count && sample.bytes < LANGUAGE_BYTES; i++)
        buffer_append(&sample, block_at(r, i)->text.data, block_at(r, i)->text.length);
    language = language_guess(buffer_string(&sample), sample.bytes);
    if (language != NULL)
        emit_field(context, FIELD_LANGUAGE, language, strlen(language));
    buffer_release(&sample);
}

static void settle(struct record *r, struct reader_context *context)
{
    bool *rows = memory_zalloc(r->survey.row_count + 1, sizeof *rows);
    bool *known = memory_zalloc(r->survey.label_count + 1, sizeof *known);
    size_t i;

    for (i = 0; i < r->choice.row_count; i++)
        rows[r->choice.rows[i]] = true;
    for (i = 0; i < r->survey.label_count; i++)
        known[i] = r->choice.counts[i] > 0;
    survey_settle(&r->survey, rows, known);
    free(rows);
    free(known);
    if (r->times.any)
        drafts_set_clock(context->drafts, r->times.wall ? CLOCK_WALL : CLOCK_ELAPSED);
}

/* Behind those of the regions before. */
static void note_template(struct record_account *account, const char *template)
{
    size_t used = strlen(account->layout);

    snprintf(account->layout + used, sizeof account->layout - used, "%s%s",
             used > 0 ? "  then  " : "", template);
}

static void note_tried(struct record_account *account, const struct choice *choice)
{
    memcpy(account->layouts, choice->tried, sizeof account->layouts);
    account->layout_count = choice->tried_count;
}

/* Which layout was taken; and that the reader's own was not, where nothing has it. */
static void note_layout(const struct record *r, struct reader_context *context)
{
    struct buffer out = {0};
    size_t i;

    for (i = 0; i < r->choice.row_count; i++) {
        const struct survey_row *row = &r->survey.rows[r->choice.rows[i]];

        buffer_append_format(&out, "%s%s", i > 0 ? "  and  " : "",
                             row->layout == r->survey.user_layout
                                 ? context->layout
                                 : survey_layout_row(&r->survey, row)->template);
    }
    if (r->choice.times_alone)
        buffer_append_string(&out, "{time}{end}");
    if (r->choice.dashes || r->choice.dashes_alone)
        buffer_append_format(&out, "%s— {text}", out.bytes > 0 ? "  and  " : "");
    if (context->account != NULL) {
        note_template(context->account, r->choice.found ? buffer_string(&out) : "");
        note_tried(context->account, &r->choice);
    }
    buffer_release(&out);
    if (context->layout != NULL &&
        (r->choice.row_count == 0 ||
         r->survey.rows[r->choice.rows[0]].layout != r->survey.user_layout))
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, 0, 0,
                        "no line has the layout '%s'", context->layout);
}

void record_habits_choose(struct record *r)
{
    if (r->chosen) {
        choice_release(&r->choice);
        front_matter_release(&r->front);
    }
    survey_finish(&r->survey);
    choose_layout(&r->survey, &r->choice);
    r->head = r->survey.block_count;
    if (r->choice.found) {
        front_matter_find(&r->front, &r->survey, &r->choice);
        if (r->choice.first >= r->survey.block_count)
            r->choice.found = false;
    }
    r->chosen = true;
}

void record_habits_learn(struct record *r, struct reader_context *context)
{
    if (r->choice.found) {
        survey_read_labels(&r->survey);
        roster_release(&r->roster);
        roster_find(&r->roster, &r->survey, &r->choice);
        record_times_learn(&r->times, &r->survey, &r->choice);
        turn_kinds_learn(&r->kinds, &r->survey, &r->choice);
        r->times_below = find_times_below(r);
        r->any_continued = find_continued(r);
        r->answers_close = find_answers_close(r);
        r->turns_in_head = count_turns(r);
        r->blocks_in_head = r->survey.block_count;
        r->whole_turns = r->times_below || has_posted_moments(r);
        r->solid = find_solid(r);
        r->ends_in_stops = find_ends_in_stops(r);
        r->entities = find_entities(r);
        r->tail = find_tail(r);
    } else {
        r->choice.row_count = 0;
    }
    note_layout(r, context);
    r->wrapped = find_wrapped(r);
    settle(r, context);
    r->judged = r->survey.block_count;
    r->judged_bytes = r->survey.text_bytes;
}

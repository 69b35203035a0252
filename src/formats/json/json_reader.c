/* JSON reader: walks what the stream hands out along the rules, and makes segments of it.
 *
 * What is in an object counts for the lists inside it: so an object's own values are taken
 * first, then its lists. Items wait until the unit of their times is judged. Of several lists
 * that say the same, the first of the table that has words is shown, the others wait for it.
 *
 * Invariant: `staged` is empty once the unit is settled. */
#include "formats/json/json_reader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formats/captions/caption_flow.h"
#include "formats/common/emit.h"
#include "formats/common/speaker_cache.h"
#include "formats/json/foreign_json.h"
#include "formats/json/json_evidence.h"
#include "formats/json/json_pace.h"
#include "formats/json/json_text.h"
#include "formats/json/json_value.h"
#include "formats/recognisers/diarized_words.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

/* How many timed items are enough to judge the unit; how many lists of items a table has, how
 * many lists are in one object, and how many values an item has. */
enum { JUDGED_ITEMS = 48, OUTLETS_MAX = 8, LISTS_MAX = 8, VALUE_COUNT = GIVES_HEADING + 1 };

/* Chapters behind more than this many bytes are not waited for. */
enum { CHAPTERS_AHEAD_BYTES = 4 << 20, CHAPTER_NAME_BYTES = 64 };

/* How many utterances further on one may be told once more. */
enum { RESTATED_WITHIN = 8 };

/* Beyond nanoseconds since 1970 no number is a time. */
static const double NUMBER_MAX = 1e19;

/* What a list's element says; the values are borrowed from the tree. */
struct frame {
    enum json_gives kind; /* GIVES_COUNT: no item */
    struct json_ref self;
    uint8_t outlet;
    struct json_ref value[VALUE_COUNT];
    uint16_t rank[VALUE_COUNT]; /* the rule a value is from; 0: none, or inherited */
    enum json_unit unit[VALUE_COUNT];
    struct frame *parent;
    /* Of an utterance: what its words say. */
    bool has_text;
    bool holds_items;
    size_t words;
    size_t gathered; /* of them, without times, from this one on in `gathered` */
    struct json_time first_start;
    struct json_time last_end;
    struct json_ref word_speaker;
    struct json_ref first_said; /* of a list of utterances inside: their first text */
};

enum staged_kind {
    STAGED_UTTERANCE,
    STAGED_WORD,
    STAGED_LABEL,
    STAGED_FLUSH,
    STAGED_HEADING,
    STAGED_CHAPTER
};

/* A moment of the file's timeline, by its id. */
struct timeline_moment {
    char *id; /* owned */
    struct json_time time;
    UT_hash_handle hh;
};

/* An item whose times may still be numbers of an unknown unit. */
struct staged {
    enum staged_kind kind;
    uint8_t outlet;
    uint32_t line; /* of the source, 0 if nobody asks */
    bool mark;
    bool known;    /* the speaker is from the word itself */
    bool sentence; /* of a word: it is a whole utterance */
    bool lasts;    /* `end` is how long it lasts */
    uint32_t speaker;
    size_t text_byte; /* into staged_text */
    size_t text_bytes;
    struct json_time start;
    struct json_time end;
};

/* What a list gives, until it is known whether it is the one that is shown. */
struct outlet {
    struct diarized_words words;
    struct segment_queue queue;
    size_t given;
    int64_t said_ms; /* the latest end */
    size_t silent;   /* elements without words, and where the first of them is */
    uint64_t silent_line;
    uint64_t silent_column;
};

struct json_reader {
    const struct json_format *format;
    struct json_rules rules;
    struct foreign_json_format foreign;
    void *reader; /* foreign_json */
    struct foreign_json *f;

    struct caption_flow flow; /* of a format of captions */
    struct caption_cue event; /* that waits for the start of the next, its text below */
    struct buffer event_text;
    struct outlet outlets[OUTLETS_MAX];
    size_t outlet_count;
    uint8_t outlet_of_rule[256]; /* for lists: from 1; 0 for one that belongs to another */
    bool labelled;               /* the table has labels apart from words */
    bool pieces;                 /* utterances are single words */
    bool held;                   /* all is held until the end of the file is read */
    bool looked_ahead;           /* for chapters */
    struct segment_queue chapters;
    size_t chapters_given;
    struct timeline_moment *timeline; /* owned */
    bool restates;                    /* what was said is said again in another spelling */

    struct staged *staged;
    size_t staged_count, staged_capacity;
    struct buffer staged_text;
    struct json_pace pace;
    size_t paced;
    bool settled;
    double unit_ms;
    bool epoch;
    bool spaced; /* words bring their own blanks */
    bool spaced_known;

    enum clock clock; /* of the first time */
    int32_t offset_min;
    int64_t offset_ms; /* what all moments count from */

    struct speaker_cache speakers;
    uint32_t speaker; /* the last one */
    struct json_ref *gathered;
    size_t gathered_count, gathered_capacity;
    struct buffer text;
    struct buffer clean;
    struct buffer heading;
    struct buffer name;
    struct buffer whole; /* the text of the whole record */
    size_t aligned;      /* of it, what words were found for */
    size_t misses;
    uint32_t entries;             /* of a list of names */
    uint32_t elements;            /* of the outermost list */
    const struct json_tree *tree; /* of the element at hand */
    size_t line_byte;             /* a place in its text, and the line ends before that */
    uint64_t line_ends;
};

/* ------------------------------------------------------------------------ times */

/* A moment of the record's clock, which the first one settles. */
static int64_t on_clock(struct json_reader *r, enum clock clock, int64_t ms, int32_t offset_min)
{
    struct drafts *drafts = r->f->context->drafts;

    if (r->clock == CLOCK_NONE) {
        r->clock = clock;
        r->offset_min = offset_min;
        drafts_set_clock(drafts, clock);
        if (clock == CLOCK_WALL)
            drafts_set_utc_offset(drafts, offset_min);
    }
    if (r->clock != clock || ms == TIME_NONE)
        return TIME_NONE;
    if (clock == CLOCK_WALL && offset_min != UTC_OFFSET_NONE &&
        r->offset_min != UTC_OFFSET_NONE)
        ms += (int64_t)(r->offset_min - offset_min) * 60000;
    return clock == CLOCK_ELAPSED ? ms + r->offset_ms : ms;
}

static int64_t moment_of(struct json_reader *r, const struct json_time *time)
{
    switch (time->kind) {
    case JSON_TIME_NUMBER:
        if (r->epoch)
            return on_clock(r, CLOCK_WALL, (int64_t)llround(time->number * r->unit_ms), 0);
        return on_clock(r, CLOCK_ELAPSED, json_value_from_ms(time->number * r->unit_ms),
                        UTC_OFFSET_NONE);
    case JSON_TIME_EXACT:
        return on_clock(r, CLOCK_ELAPSED, time->ms, UTC_OFFSET_NONE);
    case JSON_TIME_WALL:
        return on_clock(r, CLOCK_WALL, time->ms, time->offset_min);
    case JSON_TIME_NONE:
    case JSON_TIME_BAD:
        break;
    }
    return TIME_NONE;
}

static int64_t length_of(const struct json_reader *r, const struct json_time *time)
{
    if (time->kind == JSON_TIME_NUMBER)
        return json_value_from_ms(time->number * r->unit_ms);
    return time->kind == JSON_TIME_EXACT ? time->ms : TIME_NONE;
}

/* ------------------------------------------------------------------------ outlets */

static bool is_outdone(const struct json_reader *r, size_t outlet)
{
    size_t i;

    for (i = 0; i < outlet; i++) {
        if (r->outlets[i].given > 0)
            return true;
    }
    return false;
}

static bool is_direct(const struct json_reader *r, size_t outlet)
{
    return outlet == 0 && (r->format->flags & JSON_FORMAT_SORTED) == 0 && !r->restates &&
           !r->held;
}

/* The event that waits ends where the next one starts. */
static bool give_event(struct json_reader *r, int64_t next_ms, struct error *err)
{
    bool ok = true;

    if (r->event_text.bytes > 0) {
        r->event.text = r->event_text.data;
        r->event.text_bytes = r->event_text.bytes;
        if (next_ms != TIME_NONE && next_ms > r->event.start_ms && next_ms < r->event.end_ms)
            r->event.end_ms = next_ms;
        ok = caption_flow_add(&r->flow, r->f->context, &r->event, err);
    }
    buffer_clear(&r->event_text);
    return ok;
}

/* A text in which the words may say who speaks. */
static bool give_caption(struct json_reader *r, const struct segment_draft *draft,
                         struct error *err)
{
    struct caption_cue cue = {.start_ms = draft->start_ms,
                              .end_ms = draft->end_ms,
                              .text = draft->text,
                              .text_bytes = draft->text_bytes,
                              .heading = draft->kind == SEGMENT_HEADING,
                              .line = draft->line};

    if ((r->format->flags & JSON_FORMAT_EVENTS) == 0)
        return caption_flow_add(&r->flow, r->f->context, &cue, err);
    if (!give_event(r, draft->start_ms, err))
        return false;
    r->event = cue;
    buffer_append(&r->event_text, cue.text, cue.text_bytes);
    return true;
}

/* A segment, for good. */
static bool show(struct json_reader *r, struct segment_draft *draft, struct error *err)
{
    if ((r->format->flags & JSON_FORMAT_CAPTIONS) != 0)
        return give_caption(r, draft, err);
    return emit_segment(r->f->context, draft, err);
}

/* The chapters that begin up to a moment, or all that are left. One alone parts nothing. */
static bool show_chapters(struct json_reader *r, int64_t until_ms, struct error *err)
{
    bool ok = true;

    while (ok && r->chapters.count > 1 && r->chapters_given < r->chapters.count) {
        struct segment_draft chapter = segment_queue_at(&r->chapters, r->chapters_given);

        if (until_ms != TIME_NONE && chapter.start_ms > until_ms)
            break;
        r->chapters_given++;
        ok = show(r, &chapter, err);
    }
    return ok;
}

static bool show_in_chapter(struct json_reader *r, struct segment_draft *draft,
                            struct error *err)
{
    return (draft->start_ms == TIME_NONE || show_chapters(r, draft->start_ms, err)) &&
           show(r, draft, err);
}

static bool give(struct json_reader *r, size_t outlet, struct segment_draft *draft,
                 struct error *err)
{
    struct outlet *o = &r->outlets[outlet];
    int64_t last_ms = draft->end_ms != TIME_NONE ? draft->end_ms : draft->start_ms;

    if (o->given == 0 || last_ms > o->said_ms)
        o->said_ms = last_ms;
    o->given++;
    if (is_direct(r, outlet))
        return show_in_chapter(r, draft, err);
    segment_queue_add(&o->queue, draft);
    return true;
}

/* What the words of an outlet have come to. */
static bool give_words(struct json_reader *r, size_t outlet, struct error *err)
{
    struct segment_queue *out = &r->outlets[outlet].words.flow.out;
    bool ok = true;
    size_t i;

    for (i = 0; ok && i < out->count; i++) {
        struct segment_draft draft = segment_queue_at(out, i);

        ok = give(r, outlet, &draft, err);
    }
    segment_queue_clear(out);
    return ok;
}

/* ------------------------------------------------------------------------ dispatch */

static bool dispatch_utterance(struct json_reader *r, const struct staged *s, struct span text,
                               struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    draft.text = text.data;
    draft.text_bytes = text.length;
    draft.speaker = s->speaker;
    draft.start_ms = moment_of(r, &s->start);
    draft.end_ms = s->lasts ? json_value_end_ms(draft.start_ms, length_of(r, &s->end))
                            : moment_of(r, &s->end);
    draft.piece = (r->format->flags & JSON_FORMAT_PARAGRAPHS) == 0;
    draft.line = s->line;
    foreign_json_check_end(r->f, draft.start_ms, &draft.end_ms);
    return give(r, s->outlet, &draft, err);
}

static bool dispatch_word(struct json_reader *r, const struct staged *s, struct span text,
                          struct error *err)
{
    struct diarized_words *words = &r->outlets[s->outlet].words;
    struct word word = {.speaker = s->speaker,
                        .joined = r->spaced && !s->sentence,
                        .mark = s->mark,
                        .line = s->line};
    struct span found = span_of("", 0);

    if (span_trim(text).length == 0 && (r->aligned > 0 || !r->spaced))
        return true;
    if (json_text_has_mark(buffer_string(&r->whole), r->aligned, text)) {
        word.mark = true;
        text = span_of("", 0);
    } else {
        found = json_text_align(buffer_string(&r->whole), r->whole.bytes, &r->aligned,
                                &r->misses, text);
    }
    if (found.length > 0) {
        text = found;
        word.joined = true;
        word.mark = false;
    } else if (!r->spaced) {
        text = span_trim(text);
        word.mark |= json_text_is_mark(text);
    }
    word.text = text.data;
    word.bytes = text.length;
    word.start_ms = moment_of(r, &s->start);
    word.end_ms = s->lasts ? json_value_end_ms(word.start_ms, length_of(r, &s->end))
                           : moment_of(r, &s->end);
    diarized_words_add(words, &word, s->known || !r->labelled);
    if (!r->labelled || s->known || words->label_count > 0)
        diarized_words_flow(words);
    return give_words(r, s->outlet, err);
}

static bool dispatch(struct json_reader *r, const struct staged *s, struct span text,
                     struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    size_t i;

    switch (s->kind) {
    case STAGED_UTTERANCE:
        return dispatch_utterance(r, s, text, err);
    case STAGED_WORD:
        return dispatch_word(r, s, text, err);
    case STAGED_LABEL:
        for (i = 0; i < r->outlet_count; i++)
            diarized_words_label(&r->outlets[i].words, moment_of(r, &s->start), s->speaker);
        return true;
    case STAGED_FLUSH:
        if (r->labelled) { /* the words wait for the labels */
            diarized_words_end(&r->outlets[s->outlet].words);
            return give_words(r, s->outlet, err);
        }
        diarized_words_flow(&r->outlets[s->outlet].words);
        word_joiner_flush(&r->outlets[s->outlet].words.flow);
        return give_words(r, s->outlet, err);
    case STAGED_HEADING:
        draft.text = text.data;
        draft.text_bytes = text.length;
        draft.kind = SEGMENT_HEADING;
        draft.line = s->line;
        return give(r, s->outlet, &draft, err);
    case STAGED_CHAPTER:
        draft.text = text.data;
        draft.text_bytes = text.length;
        draft.kind = SEGMENT_HEADING;
        draft.line = s->line;
        draft.start_ms = moment_of(r, &s->start);
        segment_queue_add(&r->chapters, &draft);
        return true;
    }
    return true;
}

/* ------------------------------------------------------------------------ the unit */

static double usual_ms(enum json_unit unit)
{
    switch (unit) {
    case JSON_UNIT_MS:
        return 1;
    case JSON_UNIT_TICKS:
        return 0.0001;
    case JSON_UNIT_JUDGED:
    case JSON_UNIT_SECONDS:
        break;
    }
    return 1000;
}

static void say_unit(struct json_reader *r, const struct json_pace_unit *unit)
{
    struct diagnostics *found = r->f->context->diagnostics;

    if (!unit->plausible)
        diagnostics_add(found, SEVERITY_WARNING, 0, 0,
                        "no unit makes these times plausible; assuming %s", _(unit->name));
    else if (unit->ms != usual_ms(r->format->unit))
        diagnostics_add(found, SEVERITY_NOTE, 0, 0, "times are assumed to be %s",
                        _(unit->name));
}

/* Whether the utterances of a file are single words and marks, which then are joined. */
static bool judge_pieces(const struct json_reader *r)
{
    enum { PIECES_MIN = 6, PIECE_BYTES = 14 };
    size_t count = 0;
    size_t phrases = 0;
    size_t letters = 0;
    size_t i;

    if ((r->format->flags & JSON_FORMAT_PIECES) == 0)
        return false;
    for (i = 0; i < r->staged_count; i++) {
        const struct staged *s = &r->staged[i];
        struct span text = span_trim(
            span_of(buffer_string(&r->staged_text) + s->text_byte, s->text_bytes));

        if (s->kind != STAGED_UTTERANCE || s->start.kind <= JSON_TIME_BAD)
            return false;
        count++;
        letters += text.length;
        phrases += span_find(text, ' ') < text.length;
    }
    return count >= PIECES_MIN && phrases * 4 <= count && letters <= PIECE_BYTES * count;
}

/* Whether the words of a list bring their own blanks. */
static void judge_blanks(struct json_reader *r)
{
    size_t words = 0;
    size_t blanks = 0;
    size_t i;

    for (i = 0; i < r->staged_count; i++) {
        const struct staged *s = &r->staged[i];
        const char *text = buffer_string(&r->staged_text) + s->text_byte;

        if (s->kind != STAGED_WORD || s->sentence || s->text_bytes == 0)
            continue;
        words++;
        blanks += span_is_space(text[0]) || span_is_space(text[s->text_bytes - 1]);
    }
    r->spaced = words > 1 && blanks * 5 >= words - 1;
    r->spaced_known = words > 0;
}

static bool same_time(const struct json_time *a, const struct json_time *b)
{
    return a->kind == b->kind &&
           (a->kind == JSON_TIME_NUMBER ? a->number == b->number : a->ms == b->ms);
}

/* Some services tell the words of a result, and then once more as they are to be read. */
static bool is_restated(struct json_reader *r, const struct staged *s,
                        const struct staged *later)
{
    const char *texts = buffer_string(&r->staged_text);

    return s->kind == STAGED_UTTERANCE && later->kind == STAGED_UTTERANCE &&
           s->outlet == later->outlet && s->speaker == later->speaker &&
           s->start.kind > JSON_TIME_BAD && same_time(&s->start, &later->start) &&
           same_time(&s->end, &later->end) &&
           json_text_says_the_same(span_of(texts + s->text_byte, s->text_bytes),
                                   span_of(texts + later->text_byte, later->text_bytes));
}

static bool judge_restated(struct json_reader *r)
{
    size_t i, k;

    for (i = 0; i < r->staged_count; i++) {
        for (k = i + 1; k < r->staged_count && k <= i + RESTATED_WITHIN; k++) {
            if (is_restated(r, &r->staged[i], &r->staged[k]))
                return true;
        }
    }
    return false;
}

static bool settle(struct json_reader *r, struct error *err)
{
    struct json_pace_unit unit;
    bool ok = true;
    size_t i;

    r->settled = true;
    if ((r->format->flags & JSON_FORMAT_FRAMES) != 0)
        r->pace.frame_ms = 1000 / r->format->frame_rate;
    unit = json_pace_judge(&r->pace, usual_ms(r->format->unit));
    r->unit_ms = unit.ms;
    r->epoch = unit.epoch;
    if (r->paced > 0)
        say_unit(r, &unit);
    r->pieces = judge_pieces(r);
    for (i = 0; r->pieces && i < r->staged_count; i++)
        r->staged[i].kind = STAGED_WORD;
    judge_blanks(r);
    r->restates = judge_restated(r);
    for (i = 0; ok && i < r->staged_count; i++) {
        const struct staged *s = &r->staged[i];

        ok = dispatch(
            r, s, span_of(buffer_string(&r->staged_text) + s->text_byte, s->text_bytes), err);
    }
    r->staged_count = 0;
    buffer_release(&r->staged_text);
    return ok;
}

static void note_pace(struct json_reader *r, const struct staged *s, size_t text_bytes)
{
    double end = s->end.kind == JSON_TIME_NUMBER ? s->end.number : NAN;

    if (s->start.kind != JSON_TIME_NUMBER || s->kind == STAGED_LABEL ||
        s->kind == STAGED_CHAPTER)
        return;
    r->paced++;
    if (s->lasts)
        end += s->start.number;
    json_pace_add(&r->pace, s->start.number, end, text_bytes);
}

static bool stage(struct json_reader *r, struct staged *s, struct span text, struct error *err)
{
    if (is_outdone(r, s->outlet) && s->kind != STAGED_LABEL && s->kind != STAGED_CHAPTER)
        return true;
    if (r->settled) {
        if (r->pieces && s->kind == STAGED_UTTERANCE)
            s->kind = STAGED_WORD;
        return dispatch(r, s, text, err);
    }
    s->text_byte = r->staged_text.bytes;
    s->text_bytes = text.length;
    buffer_append(&r->staged_text, text.data, text.length);
    MEMORY_RESERVE(r->staged, r->staged_capacity, r->staged_count + 1);
    r->staged[r->staged_count++] = *s;
    note_pace(r, s, text.length);
    return (r->paced < JUDGED_ITEMS && r->staged_count < 4 * JUDGED_ITEMS) || settle(r, err);
}

/* The line of a value, or of its name; 0 if nobody asks, or if it is unknown. */
static uint32_t line_of(struct json_reader *r, struct json_ref value)
{
    const struct json_node *node = value.node;
    const char *text;
    size_t at;

    if (drafts_line(r->f->context->drafts) == 0 || node == NULL || value.tree != r->tree)
        return 0;
    at = node->name_bytes > 0 ? node->name : node->start;
    if (node->name_bytes > 0 ? node->name_decoded : node->decoded)
        return 0;
    text = value.tree->text;
    if (at < r->line_byte)
        r->line_byte = r->line_ends = 0;
    while (r->line_byte < at) {
        const char *end = memchr(text + r->line_byte, '\n', at - r->line_byte);

        r->line_ends += end != NULL;
        r->line_byte = end != NULL ? (size_t)(end + 1 - text) : at;
    }
    return (uint32_t)(foreign_json_line(r->f) + r->line_ends);
}

/* ------------------------------------------------------------------------ values */

/* The moment that a value is the id of. */
static const struct timeline_moment *find_moment(const struct json_reader *r,
                                                 struct json_ref value)
{
    struct span id = span_trim(json_string(value));
    struct timeline_moment *moment = NULL;

    if (r->timeline != NULL && id.length > 0)
        HASH_FIND(hh, r->timeline, id.data, id.length, moment);
    return moment;
}

/* The number is left to be judged, unless its own rule tells its unit. */
static struct json_time time_value(struct json_reader *r, const struct frame *frame,
                                   enum json_gives which)
{
    const struct timeline_moment *moment = find_moment(r, frame->value[which]);
    struct json_time time = moment != NULL ? moment->time
                                           : json_value_time(frame->value[which]);

    if (time.kind == JSON_TIME_NUMBER && !(fabs(time.number) < NUMBER_MAX))
        time.kind = JSON_TIME_BAD;
    if (time.kind == JSON_TIME_BAD && json_value_is_given(frame->value[which]) &&
        !r->f->untimed) {
        foreign_json_error(r->f, "a time that cannot be read");
        r->f->untimed = true;
    }
    if (time.frames > 0)
        time.ms += llround(time.frames * 1000 /
                           (r->format->frame_rate > 0 ? r->format->frame_rate : 25));
    if (time.kind == JSON_TIME_NUMBER && frame->unit[which] != JSON_UNIT_JUDGED) {
        time.kind = JSON_TIME_EXACT;
        time.ms = json_value_from_ms(time.number * usual_ms(frame->unit[which]));
    }
    return time;
}

/* A time of day beside its date. */
static void add_day(const struct frame *frame, enum json_gives which, struct json_time *time)
{
    struct span day = span_trim(json_string(frame->value[GIVES_DAY]));
    struct span clock = json_string(frame->value[which]);
    int64_t day_ms;
    int32_t offset_min;
    bool has_time;
    size_t used;

    if (time->kind != JSON_TIME_EXACT || day.length == 0 ||
        span_find(clock, ':') == clock.length || time->ms >= TIME_MS_PER_DAY ||
        !civil_parse_date_time(day.data, day.length, &day_ms, &offset_min, &has_time, &used))
        return;
    time->kind = JSON_TIME_WALL;
    time->ms += day_ms - day_ms % TIME_MS_PER_DAY;
    time->offset_min = UTC_OFFSET_NONE;
}

/* Whether an item ends before it starts, as far as that is certain before the unit is known. */
static bool ends_early(const struct staged *s)
{
    if (s->lasts)
        return s->end.kind == JSON_TIME_NUMBER
                   ? s->end.number < 0
                   : s->end.kind == JSON_TIME_EXACT && s->end.ms < 0;
    if (s->start.kind != s->end.kind)
        return false;
    return s->start.kind == JSON_TIME_NUMBER
               ? s->end.number < s->start.number
               : s->start.kind == JSON_TIME_EXACT && s->end.ms < s->start.ms;
}

/* Seconds and nanoseconds are both left out where they are zero, which the end shows. */
static bool is_zero(struct json_ref start, struct json_ref end)
{
    return json_is(start, JSON_OBJECT) && json_first(start).node == NULL &&
           (json_get(end, "seconds").node != NULL || json_get(end, "nanos").node != NULL);
}

static void take_times(struct json_reader *r, const struct frame *frame, struct staged *s)
{
    s->start = time_value(r, frame, GIVES_START);
    if (is_zero(frame->value[GIVES_START], frame->value[GIVES_END]))
        s->start = (struct json_time){.kind = JSON_TIME_EXACT};
    s->end = time_value(r, frame, GIVES_END);
    add_day(frame, GIVES_START, &s->start);
    add_day(frame, GIVES_END, &s->end);
    s->lasts = s->end.kind <= JSON_TIME_BAD;
    if (s->lasts)
        s->end = time_value(r, frame, GIVES_DURATION);
    if (ends_early(s)) {
        foreign_json_warn_end(r->f);
        s->end.kind = JSON_TIME_NONE;
    }
}

/* The name in an object that says who somebody is, or in one inside it. */
static struct json_ref name_in(struct json_ref who)
{
    static const char *const names[] = {
        "nickname",  "displayName", "display_name", "real_name", "realName",
        "full_name", "fullName",    "name",         "user_name", "userName",
        "username",  "label",       "speaker_name", "speaker",   "text",
        "role",      "source",      "id",           "@id",       NULL};
    static const char *const inside[] = {"user", "member", "person", "participant", NULL};
    struct json_ref member;
    const char *const *name;

    if (json_is(who, JSON_ARRAY))
        who = json_at(who, 0);
    if (!json_is(who, JSON_OBJECT))
        return who;
    for (name = names; *name != NULL; name++) {
        struct json_ref value = json_get(who, *name);

        if (json_value_is_given(value) && json_type(value) <= JSON_STRING)
            return value;
    }
    for (name = inside; *name != NULL; name++) {
        struct json_ref value = json_get(who, *name);

        if (json_is(value, JSON_OBJECT) && value.node != who.node)
            return name_in(value);
    }
    JSON_EACH(member, who)
    { /* of several codes the one that is a name of two words */
        struct span text = json_string(member);

        if (span_find(text, ' ') < text.length)
            return member;
    }
    return JSON_REF_NONE;
}

static uint32_t with_office(struct json_reader *r, uint32_t speaker, const struct frame *frame)
{
    struct span role = json_string(name_in(frame->value[GIVES_ROLE]));
    struct span organization = json_string(name_in(frame->value[GIVES_ORGANIZATION]));
    struct speaker_label label = {0};
    char *role_text = role.length > 0 ? memory_strndup(role.data, role.length) : NULL;
    char *organization_text = organization.length > 0
                                  ? memory_strndup(organization.data, organization.length)
                                  : NULL;

    if (speaker != SPEAKER_NONE && (role_text != NULL || organization_text != NULL)) {
        label = *drafts_label(r->f->context->drafts, speaker);
        label.role = role_text != NULL ? role_text : label.role;
        label.organization = organization_text;
        speaker = drafts_speaker(r->f->context->drafts, &label);
    }
    free(role_text);
    free(organization_text);
    return speaker;
}

static uint32_t channel_of(struct json_reader *r, const struct frame *frame)
{
    struct json_ref channel = frame->value[GIVES_CHANNEL];
    double number;

    if (json_is(channel, JSON_STRING))
        return foreign_json_speaker(r->f, channel);
    if (json_number(channel, &number))
        return foreign_json_channel(r->f, number);
    if ((r->format->flags & JSON_FORMAT_CHANNELS) != 0 && frame->outlet > 0)
        return foreign_json_channel(r->f, r->elements - 1);
    return SPEAKER_NONE;
}

/* A name in two parts, as lists of members have it. */
static bool join_name(struct json_ref who, struct buffer *name)
{
    struct span first, last;

    if (!json_person_names(who, &first, &last))
        return false;
    buffer_clear(name);
    json_text_join(name, first);
    json_text_join(name, last);
    return true;
}

/* What a wrapper holds: {"MetaSpeaker": {"firstName": … */
static struct json_ref unwrapped(struct json_ref who)
{
    struct json_ref inner = json_first(who);

    while (json_is(who, JSON_OBJECT) && json_is(inner, JSON_OBJECT) &&
           json_next(who, inner).node == NULL) {
        who = inner;
        inner = json_first(who);
    }
    return who;
}

/* *known: the file says who, or that nobody was told apart. */
static uint32_t speaker_of(struct json_reader *r, const struct frame *frame,
                           struct json_ref given, bool *known)
{
    struct json_ref value = unwrapped(given);
    struct json_ref who = name_in(value);
    struct span raw = json_raw(who);
    uint32_t speaker;

    if (json_is(value, JSON_BOOL)) { /* "isUser": true */
        struct span side = span_string(json_voice_of_flag(json_name(value), json_true(value)));

        *known = side.length > 0;
        return r->speaker = emit_speaker(r->f->context, side.data, side.length);
    }
    if (json_is(value, JSON_OBJECT) && join_name(value, &r->name)) {
        *known = true;
        speaker = emit_speaker(r->f->context, r->name.data, r->name.bytes);
        return r->speaker = with_office(r, speaker, frame);
    }
    *known = json_value_is_given(who);
    if (!*known) {
        speaker = channel_of(r, frame);
        *known = speaker != SPEAKER_NONE;
        if (!*known && (r->format->flags & JSON_FORMAT_CARRIES) != 0)
            speaker = r->speaker;
        return r->speaker = speaker;
    }
    if (!speaker_cache_find(&r->speakers, raw.data, raw.length, &speaker)) {
        speaker = foreign_json_speaker(r->f, who);
        speaker_cache_put(&r->speakers, raw.data, raw.length, speaker);
    }
    if (json_value_is_given(frame->value[GIVES_ROLE]) ||
        json_value_is_given(frame->value[GIVES_ORGANIZATION]))
        speaker = with_office(r, speaker, frame);
    return r->speaker = speaker;
}

/* The office that a printed label has before the name in brackets; where nobody is named
 * otherwise, the label says who. */
static uint32_t with_label(struct json_reader *r, uint32_t speaker, struct span label)
{
    struct drafts *drafts = r->f->context->drafts;
    const char *bracket = memmem(label.data, label.length, "（", 3);
    struct speaker_label said;
    char *role;

    if (speaker == SPEAKER_NONE)
        return r->speaker = emit_speaker(r->f->context, label.data, label.length);
    if (bracket == NULL || bracket == label.data)
        return speaker;
    said = *drafts_label(drafts, speaker);
    if (said.name == NULL || said.role != NULL ||
        memmem(bracket, (size_t)(label.data + label.length - bracket), said.name,
               strlen(said.name)) == NULL)
        return speaker;
    role = memory_strndup(label.data, (size_t)(bracket - label.data));
    said.role = role;
    speaker = drafts_speaker(drafts, &said);
    free(role);
    return r->speaker = speaker;
}

static struct span part_of(struct json_ref item)
{
    return json_string(json_is(item, JSON_OBJECT) ? json_get(item, "text") : item);
}

/* Whether the strings of an array are parts of one line, of which some are objects: the blanks
 * between them show it. Lines have none. */
static bool are_joined(struct json_ref array)
{
    struct span before = span_of("", 0);
    bool objects = false;
    bool blank = false;
    bool lines = true;
    struct json_ref item;

    JSON_EACH(item, array)
    {
        struct span part = part_of(item);

        objects |= json_is(item, JSON_OBJECT);
        lines &= part.length == 0 || span_find(part, ' ') < part.length;
        blank |= before.length > 0 && part.length > 0 &&
                 (span_is_space(before.data[before.length - 1]) || span_is_space(*part.data));
        before = part.length > 0 ? part : before;
    }
    return objects && (blank || !lines);
}

/* The words of a value: a string, lines in an array, or the parts of one text in an array, of
 * which some are objects. */
static struct span text_of(struct json_reader *r, struct json_ref value)
{
    struct json_ref item;

    if (json_is(value, JSON_STRING))
        return json_string(value);
    if (json_is(value, JSON_NUMBER))
        return json_raw(value);
    buffer_clear(&r->text);
    if (json_is(value, JSON_ARRAY)) {
        bool joined = are_joined(value);

        JSON_EACH(item, value)
        {
            struct span line = part_of(item);

            if (!joined)
                line = span_trim(line);
            if (!joined && line.length > 0 && r->text.bytes > 0)
                buffer_append_char(&r->text, '\n');
            buffer_append(&r->text, line.data, line.length);
        }
    }
    return span_of(buffer_string(&r->text), r->text.bytes);
}

/* ------------------------------------------------------------------------ items */

static bool stage_heading(struct json_reader *r, const struct frame *frame, struct error *err)
{
    struct span text = json_string(frame->value[GIVES_HEADING]);
    struct staged s = {.kind = STAGED_HEADING,
                       .outlet = frame->outlet,
                       .line = line_of(r, frame->value[GIVES_HEADING])};

    if (text.length == 0 ||
        span_equal(text, span_of(buffer_string(&r->heading), r->heading.bytes)))
        return true;
    buffer_clear(&r->heading);
    buffer_append(&r->heading, text.data, text.length);
    return stage(r, &s, text, err);
}

/* Words without times, joined as they stand. */
static struct span gathered_text(struct json_reader *r, const struct frame *frame)
{
    size_t blanks = 0;
    size_t i;

    buffer_clear(&r->text);
    for (i = frame->gathered; i < r->gathered_count; i++) {
        struct span word = json_string(r->gathered[i]);

        blanks += word.length > 0 &&
                  (span_is_space(*word.data) || span_is_space(word.data[word.length - 1]));
    }
    for (i = frame->gathered; i < r->gathered_count; i++) {
        struct span word = json_string(r->gathered[i]);

        if (blanks == 0 && r->text.bytes > 0 && !json_text_is_mark(word) &&
            emit_needs_space(r->text.data, r->text.bytes, word.data, word.length))
            buffer_append_char(&r->text, ' ');
        buffer_append(&r->text, word.data, word.length);
    }
    r->gathered_count = frame->gathered;
    return span_of(buffer_string(&r->text), r->text.bytes);
}

/* An utterance of timed words is those words: nothing joins them. */
static bool end_words(struct json_reader *r, const struct frame *frame, struct error *err)
{
    struct staged s = {.kind = STAGED_FLUSH, .outlet = frame->outlet};

    return stage(r, &s, span_of("", 0), err);
}

/* Reported at the end if the list is one that is shown. */
static void note_silent(struct json_reader *r, size_t outlet)
{
    struct outlet *o = &r->outlets[outlet];

    if (r->f->broken || (r->format->flags & JSON_FORMAT_EVENTS) != 0)
        return;
    if (o->silent++ == 0) {
        o->silent_line = foreign_json_line(r->f);
        o->silent_column = r->f->column;
    }
}

static bool is_silence(const struct frame *frame)
{
    struct json_ref status = frame->value[GIVES_SILENCE];

    return json_value_is_given(status) && !span_is(json_string(status), "Success");
}

/* Whether a list, or an object under numbers, has a cell for each text. */
static bool is_column(struct json_ref column, struct json_ref texts)
{
    struct json_ref first = json_first(column);

    return (json_is(first, JSON_STRING) || json_is(first, JSON_NUMBER)) &&
           json_count(column) == json_count(texts);
}

/* Words in one list, and who says each of them, or when, in others. */
static bool is_parallel(const struct frame *frame)
{
    struct json_ref texts = frame->value[GIVES_TEXT];

    return json_is(json_first(texts), JSON_STRING) &&
           (is_column(frame->value[GIVES_SPEAKER], texts) ||
            is_column(frame->value[GIVES_START], texts));
}

/* One row of a table whose columns are lists. */
static bool stage_row(struct json_reader *r, const struct frame *cells, struct error *err)
{
    struct staged s = {.kind = STAGED_UTTERANCE, .outlet = cells->outlet};
    struct span text = json_string(cells->value[GIVES_TEXT]);

    s.speaker = speaker_of(r, cells, cells->value[GIVES_SPEAKER], &s.known);
    s.line = line_of(r, cells->value[GIVES_TEXT]);
    take_times(r, cells, &s);
    return span_trim(text).length == 0 || stage(r, &s, text, err);
}

static bool stage_parallel(struct json_reader *r, const struct frame *frame, struct error *err)
{
    static const enum json_gives columns[] = {GIVES_TEXT, GIVES_SPEAKER, GIVES_START, GIVES_END,
                                              GIVES_DURATION};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    bool is_list[COLUMNS];
    struct frame cells = *frame;
    size_t i;

    if (!stage_heading(r, frame, err))
        return false;
    for (i = 0; i < COLUMNS; i++) {
        is_list[i] = json_type(frame->value[columns[i]]) >= JSON_ARRAY;
        if (is_list[i])
            cells.value[columns[i]] = json_first(frame->value[columns[i]]);
    }
    while (cells.value[GIVES_TEXT].node != NULL) {
        if (!stage_row(r, &cells, err))
            return false;
        for (i = 0; i < COLUMNS; i++) {
            struct json_ref *cell = &cells.value[columns[i]];

            if (is_list[i] && cell->node != NULL)
                *cell = json_next(frame->value[columns[i]], *cell);
        }
    }
    return true;
}

static bool starts_with(struct span text, struct span front)
{
    return text.length >= front.length && memcmp(text.data, front.data, front.length) == 0;
}

/* Whether a text is that of the utterances listed inside it once more. */
static bool says_again(const struct frame *frame)
{
    struct span first = span_trim(json_string(frame->first_said));

    return first.length > 0 &&
           starts_with(span_trim(json_string(frame->value[GIVES_TEXT])), first);
}

/* Without the speaker's own name in front, where a record prints it: "  Mr. LEE. Madam …". */
static struct span without_name(struct span text, struct json_ref who)
{
    struct span name = span_trim(json_string(who));
    struct span rest = span_trim(text);

    if (name.length < 3 || !starts_with(rest, name))
        return text;
    rest = span_skip(rest, name.length);
    if (!span_take(&rest, ":") && !span_take(&rest, "：") && !span_take(&rest, ". "))
        return text;
    rest = span_trim(rest);
    return rest.length > 0 ? rest : text;
}

/* "price_mention": a word of programs. */
static bool is_code(struct span text)
{
    return span_find(text, ' ') == text.length &&
           (span_find(text, '_') < text.length || (*text.data >= 'a' && *text.data <= 'z'));
}

static bool end_utterance(struct json_reader *r, struct frame *frame, struct error *err)
{
    struct staged s = {.kind = STAGED_UTTERANCE, .outlet = frame->outlet};
    struct frame *around;
    struct json_ref who = frame->value[GIVES_SPEAKER];
    struct span text, label;

    if (!frame->has_text && frame->words > 0)
        return end_words(r, frame, err);
    if (is_parallel(frame))
        return stage_parallel(r, frame, err);
    if (says_again(frame))
        return true;
    for (around = frame->parent; around != NULL; around = around->parent) {
        /* JSON in a string is freed before the items around it end. */
        if (around->first_said.node == NULL && frame->value[GIVES_TEXT].tree == r->tree)
            around->first_said = frame->value[GIVES_TEXT];
    }
    s.line = line_of(r, r->gathered_count > frame->gathered ? r->gathered[frame->gathered]
                                                            : frame->value[GIVES_TEXT]);
    text = r->gathered_count > frame->gathered ? gathered_text(r, frame)
                                               : text_of(r, frame->value[GIVES_TEXT]);
    if (span_trim(text).length == 0) {
        if (json_type(frame->value[GIVES_TEXT]) <= JSON_NULL && !is_silence(frame) &&
            !frame->holds_items) {
            note_silent(r, frame->outlet);
        }
        return true;
    }
    if (json_value_is_given(frame->value[GIVES_KIND]) &&
        !json_is_speech(frame->value[GIVES_KIND])) {
        if (is_code(span_trim(text)))
            return true;
        who = JSON_REF_NONE;
    }
    text = json_text_clean(text, r->format->flags, &r->clean);
    if ((r->format->flags & JSON_FORMAT_NAMED) != 0)
        text = without_name(text, name_in(who));
    label = json_text_take_label(&text);
    if (!json_value_is_given(name_in(who)) && json_value_is_given(frame->word_speaker))
        who = frame->word_speaker;
    s.speaker = speaker_of(r, frame, who, &s.known);
    if (label.length > 0)
        s.speaker = with_label(r, s.speaker, label);
    take_times(r, frame, &s);
    if (s.start.kind <= JSON_TIME_BAD)
        s.start = frame->first_start;
    if (s.end.kind <= JSON_TIME_BAD && frame->last_end.kind > JSON_TIME_BAD) {
        s.end = frame->last_end;
        s.lasts = false;
    }
    if (r->labelled && !s.known) { /* a label may say who */
        s.kind = STAGED_WORD;
        s.sentence = true;
        return stage(r, &s, span_trim(text), err) && end_words(r, frame, err);
    }
    return stage_heading(r, frame, err) && stage(r, &s, text, err);
}

/* What a word says for the utterance around it, whose text is there. */
static void tell_utterance(struct json_reader *r, const struct frame *word,
                           struct frame *around)
{
    struct staged s = {0};

    if (!json_value_is_given(around->word_speaker) && word->rank[GIVES_SPEAKER] > 0)
        around->word_speaker = word->value[GIVES_SPEAKER];
    if (json_value_is_given(around->value[GIVES_START]) &&
        (json_value_is_given(around->value[GIVES_END]) ||
         json_value_is_given(around->value[GIVES_DURATION])))
        return;
    take_times(r, word, &s);
    if (around->first_start.kind <= JSON_TIME_BAD)
        around->first_start = s.start;
    if (!s.lasts && s.end.kind > JSON_TIME_BAD)
        around->last_end = s.end;
}

static bool is_mark_value(struct json_ref value)
{
    return json_true(value) || span_starts_with(json_string(value), "punct");
}

static struct frame *utterance_around(struct frame *frame)
{
    struct frame *around = frame->parent;

    while (around != NULL && around->kind != GIVES_UTTERANCE)
        around = around->parent;
    return around;
}

/* Words without times, before the first one that has them. */
static bool stage_gathered(struct json_reader *r, struct frame *around, struct error *err)
{
    bool ok = true;
    size_t i;

    for (i = around->gathered; ok && i < r->gathered_count; i++) {
        struct staged s = {.kind = STAGED_WORD, .outlet = around->outlet};

        s.speaker = speaker_of(r, around, around->value[GIVES_SPEAKER], &s.known);
        s.line = line_of(r, r->gathered[i]);
        ok = stage(r, &s, json_string(r->gathered[i]), err);
    }
    r->gathered_count = around->gathered;
    return ok;
}

static bool end_word(struct json_reader *r, struct frame *frame, struct error *err)
{
    struct staged s = {.kind = STAGED_WORD, .outlet = frame->outlet};
    struct frame *around = utterance_around(frame);
    struct span text = text_of(r, frame->value[GIVES_TEXT]);
    struct span after = json_string(frame->value[GIVES_PUNCTUATION]);

    if (around != NULL && around->has_text) {
        tell_utterance(r, frame, around);
        return true;
    }
    if (json_type(frame->value[GIVES_TEXT]) <= JSON_NULL) {
        note_silent(r, frame->outlet);
        return true;
    }
    take_times(r, frame, &s);
    if (around != NULL && s.start.kind <= JSON_TIME_BAD && around->words == 0) {
        MEMORY_RESERVE(r->gathered, r->gathered_capacity, r->gathered_count + 1);
        r->gathered[r->gathered_count++] = frame->value[GIVES_TEXT];
        return true;
    }
    if (around != NULL && !stage_gathered(r, around, err))
        return false;
    if (around != NULL)
        around->words++;
    s.line = line_of(r, frame->value[GIVES_TEXT]);
    s.mark = is_mark_value(frame->value[GIVES_MARK]);
    s.speaker = speaker_of(r, frame, frame->value[GIVES_SPEAKER], &s.known);
    if (after.length > 0) {
        buffer_clear(&r->text);
        buffer_append(&r->text, text.data, text.length);
        buffer_append(&r->text, after.data, after.length);
        text = span_of(r->text.data, r->text.bytes);
    }
    return stage(r, &s, text, err);
}

static bool end_label(struct json_reader *r, struct frame *frame, struct error *err)
{
    struct staged s = {.kind = STAGED_LABEL, .outlet = frame->outlet};

    take_times(r, frame, &s);
    if (!json_value_is_given(name_in(frame->value[GIVES_SPEAKER])))
        return true;
    s.speaker = speaker_of(r, frame, frame->value[GIVES_SPEAKER], &s.known);
    return s.start.kind <= JSON_TIME_BAD || stage(r, &s, span_of("", 0), err);
}

static void end_entry(struct json_reader *r, struct frame *frame)
{
    char id[JSON_VALUE_LABEL];
    struct span name = json_string(frame->value[GIVES_NAME]);
    struct span role = json_string(frame->value[GIVES_ROLE]);
    struct span key = json_name(frame->self); /* of an entry in an object */
    char *name_text;
    char *role_text;

    if (name.length == 0)
        return;
    if (key.length > 0 && key.length < sizeof id) {
        memcpy(id, key.data, key.length);
        id[key.length] = '\0';
    } else if (json_is(frame->self, JSON_STRING)) { /* its place is the key */
        snprintf(id, sizeof id, "%u", r->entries++);
    } else if (!json_value_label(frame->value[GIVES_ID], id)) {
        return;
    }
    name_text = memory_strndup(name.data, name.length);
    role_text = role.length > 0 ? memory_strndup(role.data, role.length) : NULL;
    drafts_define_speaker(
        r->f->context->drafts,
        &(struct speaker_label){.id = id, .name = name_text, .role = role_text});
    free(name_text);
    free(role_text);
}

static void end_moment(struct json_reader *r, const struct frame *frame)
{
    struct timeline_moment *moment;
    char id[JSON_VALUE_LABEL];

    if (!json_value_label(frame->value[GIVES_ID], id))
        return;
    HASH_FIND(hh, r->timeline, id, strlen(id), moment);
    if (moment != NULL)
        return;
    moment = memory_zalloc(1, sizeof *moment);
    moment->id = memory_strdup(id);
    moment->time = time_value(r, frame, GIVES_START);
    HASH_ADD_KEYPTR(hh, r->timeline, moment->id, strlen(moment->id), moment);
}

static void release_timeline(struct json_reader *r)
{
    struct timeline_moment *moment, *next;

    HASH_ITER(hh, r->timeline, moment, next)
    {
        HASH_DEL(r->timeline, moment);
        free(moment->id);
        free(moment);
    }
}

static bool end_chapter(struct json_reader *r, struct frame *frame, struct error *err)
{
    struct staged s = {.kind = STAGED_CHAPTER, .outlet = frame->outlet};
    struct span text = text_of(r, frame->value[GIVES_TEXT]);

    s.line = line_of(r, frame->value[GIVES_TEXT]);
    take_times(r, frame, &s);
    return text.length == 0 || s.start.kind <= JSON_TIME_BAD || stage(r, &s, text, err);
}

static bool end_item(struct json_reader *r, struct frame *frame, struct error *err)
{
    switch (frame->kind) {
    case GIVES_UTTERANCE:
        return end_utterance(r, frame, err);
    case GIVES_WORD:
        return end_word(r, frame, err);
    case GIVES_LABEL:
        return end_label(r, frame, err);
    case GIVES_ENTRY:
        end_entry(r, frame);
        return true;
    case GIVES_MOMENT:
        end_moment(r, frame);
        return true;
    case GIVES_CHAPTER:
        return end_chapter(r, frame, err);
    default:
        return true;
    }
}

/* ------------------------------------------------------------------------ facts */

static void report(struct json_reader *r, const char *what, struct span words)
{
    diagnostics_add(r->f->context->diagnostics, SEVERITY_WARNING, foreign_json_line(r->f), 0,
                    what, (int)(words.length < 100 ? words.length : 100), words.data);
}

/* What services say of a job that has come to its end well. */
static bool is_done(struct span status)
{
    static const char *const words[] = {"completed", "complete",  "done",     "success",
                                        "succeeded", "ok",        "finished", "ready",
                                        "final",     "processed", NULL};
    const char *const *word;

    for (word = words; *word != NULL; word++) {
        if (strlen(*word) == status.length &&
            strncasecmp(*word, status.data, status.length) == 0)
            return true;
    }
    return false;
}

static void take_fact(struct json_reader *r, enum json_gives gives, struct json_ref value)
{
    static const struct {
        enum json_gives gives;
        enum transcript_field field;
    } fields[] = {{GIVES_TITLE, FIELD_TITLE},
                  {GIVES_LANGUAGE, FIELD_LANGUAGE},
                  {GIVES_DATE, FIELD_DATE},
                  {GIVES_VENUE, FIELD_VENUE},
                  {GIVES_URL, FIELD_SOURCE_URL}};
    struct span words = json_string(value);
    size_t i;

    for (i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (fields[i].gives == gives)
            foreign_json_set(r->f, fields[i].field, value);
    }
    if (gives == GIVES_WHOLE_TEXT && r->whole.bytes == 0)
        buffer_append(&r->whole, words.data, words.length);
    else if (gives == GIVES_WHOLE_TEXT && words.length > 0)
        json_text_join(&r->whole, words);
    else if (gives == GIVES_OFFSET && json_value_seconds_ms(value) != TIME_NONE)
        r->offset_ms = json_value_seconds_ms(value);
    else if (gives == GIVES_STATUS && words.length > 0 && !is_done(words))
        report(r, "the job's status is '%.*s'", words);
    else if (gives == GIVES_PROBLEM && words.length > 0)
        report(r, "the service says: %.*s", words);
}

/* ------------------------------------------------------------------------ the walk */

/* The lists of the current object, for when its own values are known. */
struct lists {
    struct {
        uint16_t node;
        struct json_ref value;
    } list[LISTS_MAX];
    size_t count;
};

static bool visit(struct json_reader *r, uint16_t node, struct json_ref value,
                  struct frame *frame, struct error *err);

/* What is around an element counts for it. */
static void begin_group(struct frame *frame, struct frame *parent)
{
    static const enum json_gives inherited[] = {GIVES_SPEAKER, GIVES_CHANNEL, GIVES_ROLE,
                                                GIVES_ORGANIZATION, GIVES_HEADING};
    size_t i;

    *frame = (struct frame){.kind = GIVES_COUNT, .parent = parent, .outlet = parent->outlet};
    for (i = 0; i < sizeof inherited / sizeof *inherited; i++)
        frame->value[inherited[i]] = parent->value[inherited[i]];
}

static struct json_ref best_of(struct json_ref array)
{
    struct json_ref best = json_first(array);
    struct json_ref item;
    double best_confidence = -1;

    JSON_EACH(item, array)
    {
        double confidence = 0;

        if (!json_number(json_get(item, "confidence"), &confidence))
            json_number(json_get(item, "Confidence"), &confidence);
        if (confidence > best_confidence) {
            best = item;
            best_confidence = confidence;
        }
    }
    return best;
}

static struct json_ref element_of(struct json_ref array, const struct json_rule_node *step)
{
    switch (step->step) {
    case STEP_AT:
        return json_at(array, step->index);
    case STEP_LAST:
        return json_at(array, json_count(array) - 1);
    case STEP_BEST:
        return best_of(array);
    case STEP_MEMBER:
    case STEP_EACH:
    case STEP_EACH_MEMBER:
    case STEP_PARSED:
        break;
    }
    return JSON_REF_NONE;
}

/* The rule that makes an item of what is at a node; 0 for none. */
static uint16_t item_rule_of(const struct json_reader *r, uint16_t node)
{
    uint16_t found = 0;
    uint16_t rule;

    for (rule = r->rules.nodes[node].rule; rule != 0; rule = r->rules.next_rule[rule]) {
        if (json_gives_items(r->rules.rules[rule - 1].gives))
            found = rule;
    }
    return found;
}

/* What one element says is nothing to the next. */
static bool visit_each(struct json_reader *r, uint16_t child, struct json_ref value,
                       struct frame *frame, struct error *err)
{
    bool items = item_rule_of(r, child) > 0; /* which begin a frame of their own */
    struct json_ref item;

    JSON_EACH(item, value)
    {
        struct frame group;

        if (!items)
            begin_group(&group, frame);
        if (!visit(r, child, item, items ? frame : &group, err))
            return false;
        if (!items)
            frame->holds_items |= group.holds_items;
    }
    return true;
}

/* What a whole element says comes before the lists inside it. */
static bool visit_array(struct json_reader *r, uint16_t node, struct json_ref array,
                        struct frame *frame, struct error *err)
{
    uint16_t child;

    for (child = r->rules.nodes[node].child; child != 0;
         child = r->rules.nodes[child].sibling) {
        const struct json_rule_node *step = &r->rules.nodes[child];
        struct json_ref item = JSON_REF_NONE;

        if (step->step == STEP_EACH && !visit_each(r, child, array, frame, err))
            return false;
        if (step->step != STEP_EACH)
            item = element_of(array, step);
        if (item.node != NULL && !visit(r, child, item, frame, err))
            return false;
    }
    return true;
}

static bool visit_members(struct json_reader *r, uint16_t node, struct json_ref object,
                          struct frame *frame, struct error *err)
{
    uint16_t child;

    for (child = r->rules.nodes[node].child; child != 0;
         child = r->rules.nodes[child].sibling) {
        if (r->rules.nodes[child].step == STEP_EACH_MEMBER &&
            !visit_each(r, child, object, frame, err))
            return false;
    }
    return true;
}

/* Whether there is something else where the words of an utterance should be listed. */
static bool lacks_list(const struct json_reader *r, uint16_t node, struct json_ref value)
{
    const struct json_rule_node *n = &r->rules.nodes[node];

    return n->has_items && n->rule == 0 && r->rules.nodes[n->child].step == STEP_EACH &&
           json_value_is_given(value) && json_type(value) < JSON_ARRAY;
}

static bool visit_object(struct json_reader *r, uint16_t node, struct json_ref object,
                         struct frame *frame, struct error *err)
{
    struct lists lists = {.count = 0};
    struct json_ref member;
    size_t i;

    JSON_EACH(member, object)
    {
        uint16_t child = json_rules_member(&r->rules, node, json_name(member));

        if (child == 0)
            continue;
        if (frame->kind == GIVES_UTTERANCE && lacks_list(r, child, member))
            foreign_json_error(r->f, "a list was expected here");
        if (r->rules.nodes[child].has_items && lists.count < LISTS_MAX) {
            lists.list[lists.count].node = child;
            lists.list[lists.count++].value = member;
        } else if (!visit(r, child, member, frame, err)) {
            return false;
        }
    }
    frame->has_text = frame->kind == GIVES_UTTERANCE && !r->labelled &&
                      span_trim(text_of(r, frame->value[GIVES_TEXT])).length > 0;
    for (i = 0; i < lists.count && !json_is_interim(frame->value[GIVES_FINAL]); i++) {
        if (!visit(r, lists.list[i].node, lists.list[i].value, frame, err))
            return false;
    }
    return visit_members(r, node, object, frame, err);
}

static void take_value(struct json_reader *r, uint16_t rule, struct json_ref value,
                       struct frame *frame)
{
    enum json_gives gives = r->rules.rules[rule - 1].gives;

    if (gives > GIVES_HEADING) {
        take_fact(r, gives, value);
        return;
    }
    if (!json_value_is_given(value) && frame->rank[gives] > 0)
        return;
    if (frame->rank[gives] > 0 && frame->rank[gives] <= rule &&
        json_value_is_given(frame->value[gives]))
        return;
    if (gives == GIVES_DAY && drafts_get(r->f->context->drafts, FIELD_DATE) == NULL)
        foreign_json_set(r->f, FIELD_DATE, value);
    frame->value[gives] = value;
    frame->rank[gives] = rule;
    frame->unit[gives] = r->rules.rules[rule - 1].unit;
}

/* What an item takes over from those around it. */
static void begin_item(struct json_reader *r, struct frame *frame, struct frame *parent,
                       uint16_t rule)
{
    uint8_t outlet = r->outlet_of_rule[rule];

    begin_group(frame, parent);
    frame->kind = r->rules.rules[rule - 1].gives;
    frame->outlet = outlet > 0 ? (uint8_t)(outlet - 1) : parent->outlet;
    frame->gathered = r->gathered_count;
}

/* JSON in a string, whose items are done when its tree is let go. */
static bool visit_string(struct json_reader *r, uint16_t node, struct json_ref value,
                         struct frame *frame, struct error *err)
{
    struct json_tree inner = {0};
    struct frame group;
    uint16_t child = r->rules.nodes[node].child;
    bool ok;

    while (child != 0 && r->rules.nodes[child].step != STEP_PARSED)
        child = r->rules.nodes[child].sibling;
    if (child == 0)
        return true;
    json_tree_parse(&inner, json_string(value).data, json_string(value).length);
    begin_group(&group, frame);
    ok = inner.count == 0 || visit(r, child, json_root(&inner), &group, err);
    frame->holds_items |= group.holds_items;
    json_tree_release(&inner);
    return ok;
}

static bool visit_inside(struct json_reader *r, uint16_t node, struct json_ref value,
                         struct frame *frame, struct error *err)
{
    if (json_is(value, JSON_STRING))
        return visit_string(r, node, value, frame, err);
    if (json_is(value, JSON_OBJECT))
        return visit_object(r, node, value, frame, err);
    return !json_is(value, JSON_ARRAY) || visit_array(r, node, value, frame, err);
}

static bool visit(struct json_reader *r, uint16_t node, struct json_ref value,
                  struct frame *frame, struct error *err)
{
    struct frame item;
    uint16_t item_rule = item_rule_of(r, node);
    uint16_t rule;

    if (item_rule > 0) {
        begin_item(r, &item, frame, item_rule);
        item.self = value;
        frame->holds_items = true;
        frame = &item;
    }
    for (rule = r->rules.nodes[node].rule; rule != 0; rule = r->rules.next_rule[rule]) {
        if (rule != item_rule)
            take_value(r, rule, value, frame);
    }
    if (!visit_inside(r, node, value, frame, err))
        return false;
    return item_rule == 0 || json_is_interim(frame->value[GIVES_FINAL]) ||
           end_item(r, frame, err);
}

static bool json_reader_take(struct foreign_json *f, struct json_ref value, struct error *err)
{
    struct json_reader *r = *(struct json_reader **)f->state;
    uint16_t node = json_rules_root(&r->rules, f->path, f->element);
    struct frame frame = {.kind = GIVES_COUNT};

    r->f = f;
    r->tree = value.tree;
    r->line_byte = r->line_ends = 0;
    r->elements++;
    r->gathered_count = 0;
    if ((r->format->flags & JSON_FORMAT_HEADER) != 0 && r->elements == 1)
        return true;
    if (!json_is(value, JSON_OBJECT) && (r->format->flags & JSON_FORMAT_EVENTS) != 0)
        foreign_json_error(f, "an element of the list has no words");
    return node == 0 || visit(r, node, value, &frame, err);
}

/* ------------------------------------------------------------------------ the end */

static bool finish_outlet(struct json_reader *r, size_t outlet, struct error *err)
{
    struct outlet *o = &r->outlets[outlet];

    diarized_words_flow(&o->words);
    word_joiner_flush(&o->words.flow);
    return give_words(r, outlet, err);
}

/* Of what is told twice the later spelling stays. */
static void drop_restated(struct segment_queue *queue)
{
    size_t kept = 0;
    size_t i, k;

    for (i = 0; i < queue->count; i++) {
        struct segment_draft said = segment_queue_at(queue, i);
        bool restated = false;

        for (k = i + 1; k < queue->count && k <= i + RESTATED_WITHIN && !restated; k++) {
            struct segment_draft later = segment_queue_at(queue, k);

            restated = said.start_ms != TIME_NONE && later.start_ms == said.start_ms &&
                       later.end_ms == said.end_ms && later.speaker == said.speaker &&
                       json_text_says_the_same(span_of(said.text, said.text_bytes),
                                               span_of(later.text, later.text_bytes));
        }
        if (!restated)
            queue->items[kept++] = queue->items[i];
    }
    queue->count = kept;
}

static bool show_queue(struct json_reader *r, struct segment_queue *queue, struct error *err)
{
    bool ok = true;
    size_t i;

    for (i = 0; ok && i < queue->count; i++) {
        struct segment_draft draft = segment_queue_at(queue, i);

        ok = show_in_chapter(r, &draft, err);
    }
    segment_queue_clear(queue);
    return ok;
}

/* The first list that has words; of a file that is cut off also what others have after it. */
static bool show_queues(struct json_reader *r, struct error *err)
{
    size_t shown = r->outlet_count;
    bool ok = true;
    size_t i;

    for (i = 0; ok && i < r->outlet_count; i++) {
        struct outlet *o = &r->outlets[i];

        if (o->given == 0)
            continue;
        if (shown < r->outlet_count && !r->f->ended_early)
            break;
        if (shown < r->outlet_count)
            segment_queue_keep_after(&o->queue, r->outlets[shown].said_ms);
        else
            shown = i;
        if ((r->format->flags & (JSON_FORMAT_SORTED | JSON_FORMAT_CHANNELS)) != 0)
            segment_queue_sort(&o->queue);
        if (r->restates)
            drop_restated(&o->queue);
        ok = show_queue(r, &o->queue, err);
    }
    return ok;
}

static bool show_whole_text(struct json_reader *r, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    if (r->whole.bytes == 0 || is_outdone(r, r->outlet_count))
        return true;
    draft.text = r->whole.data;
    draft.text_bytes = r->whole.bytes;
    draft.piece = true;
    return emit_segment(r->f->context, &draft, err);
}

static void report_silent(struct json_reader *r)
{
    struct diagnostics *found = r->f->context->diagnostics;
    bool any = is_outdone(r, r->outlet_count) || r->whole.bytes > 0;
    size_t i;

    for (i = 0; i < r->outlet_count; i++) {
        const struct outlet *o = &r->outlets[i];

        if (o->silent == 1 && (o->given > 0 || !any))
            diagnostics_add(found, SEVERITY_ERROR, o->silent_line, o->silent_column,
                            "an element of the list has no words");
        else if (o->silent > 1 && (o->given > 0 || !any))
            diagnostics_add(found, SEVERITY_ERROR, o->silent_line, o->silent_column,
                            "%zu elements of the list have no words", o->silent);
    }
    if (!any)
        diagnostics_add(found, SEVERITY_ERROR, 0, 0, "no words were found in this file");
}

static bool json_reader_finish(struct foreign_json *f, struct error *err)
{
    struct json_reader *r = *(struct json_reader **)f->state;
    size_t i;

    r->f = f;
    if (!r->settled && !settle(r, err))
        return false;
    for (i = 0; i < r->outlet_count; i++) {
        if (!finish_outlet(r, i, err))
            return false;
    }
    report_silent(r);
    if (r->clock == CLOCK_NONE)
        drafts_set_clock(f->context->drafts, CLOCK_NONE);
    if (!show_queues(r, err) || !show_chapters(r, TIME_NONE, err))
        return false;
    if ((r->format->flags & JSON_FORMAT_CAPTIONS) != 0 &&
        (!give_event(r, TIME_NONE, err) || !caption_flow_decide(&r->flow, r->f->context, err)))
        return false;
    return show_whole_text(r, err);
}

/* ------------------------------------------------------------------------ the reader */

/* Whether two paths are of one list, whose elements are JSON in a string or as they are. */
static bool is_same_list(const char *a, const char *b)
{
    for (; *a != '\0' || *b != '\0'; a++, b++) {
        while (strncmp(a, "<>", 2) == 0)
            a += 2;
        while (strncmp(b, "<>", 2) == 0)
            b += 2;
        if (*a != *b)
            return false;
        if (*a == '\0')
            break;
    }
    return true;
}

/* Each list of utterances or words that is not inside one of utterances has an outlet. */
static void number_outlets(struct json_reader *r)
{
    const struct json_rule *rules = r->rules.rules;
    size_t i, k;

    for (i = 0; i < r->rules.rule_count && i < 255; i++) {
        bool inside = false;

        r->labelled |= rules[i].gives == GIVES_LABEL;
        if (rules[i].gives > GIVES_WORD)
            continue;
        for (k = 0; k < r->rules.rule_count; k++)
            inside |= k != i && rules[k].gives == GIVES_UTTERANCE &&
                      strlen(rules[k].path) < strlen(rules[i].path) &&
                      strncmp(rules[k].path, rules[i].path, strlen(rules[k].path)) == 0;
        for (k = 0; k < i && r->outlet_of_rule[i + 1] == 0; k++) {
            if (is_same_list(rules[k].path, rules[i].path))
                r->outlet_of_rule[i + 1] = r->outlet_of_rule[k + 1];
        }
        if (!inside && r->outlet_of_rule[i + 1] == 0 && r->outlet_count < OUTLETS_MAX)
            r->outlet_of_rule[i + 1] = (uint8_t)++r->outlet_count;
    }
}

void *json_reader_open(const struct json_format *format)
{
    struct json_reader *r = memory_zalloc(1, sizeof *r);

    r->format = format;
    r->offset_min = UTC_OFFSET_NONE;
    r->speaker = SPEAKER_NONE;
    json_rules_init(&r->rules, format->rules, format->rule_count);
    number_outlets(r);
    if ((format->flags & JSON_FORMAT_CAPTIONS) != 0)
        caption_flow_init(&r->flow, format->markup);
    r->flow.keeps_lines = (format->flags & JSON_FORMAT_LINES) != 0;
    r->foreign = (struct foreign_json_format){
        .arrays = r->rules.arrays,
        .members = r->rules.members,
        .state_bytes = sizeof r,
        .take = json_reader_take,
        .finish = json_reader_finish,
    };
    r->reader = foreign_json_open(&r->foreign);
    *(struct json_reader **)foreign_json_state(r->reader) = r;
    return r;
}

/* "chapters": [{ … */
static bool holds_list(struct span text, const char *name)
{
    const char *end = text.data + text.length;
    const char *at = text.data;
    size_t bytes = strlen(name);

    while ((at = memmem(at, (size_t)(end - at), name, bytes)) != NULL) {
        struct span rest = span_of(at + bytes, (size_t)(end - at) - bytes);

        at += bytes;
        if (!span_take(&rest, "\""))
            continue;
        rest = span_trim(rest);
        if (!span_take(&rest, ":"))
            continue;
        rest = span_trim(rest);
        if (span_take(&rest, "[") && !span_starts_with(span_trim(rest), "]"))
            return true;
    }
    return false;
}

/* Chapters that the file has are waited for, since they may stand behind the words. False: the
 * window holds too little. */
static bool look_for_chapters(struct json_reader *r, const struct input *in)
{
    size_t bytes;
    const char *window = input_window(in, &bytes);
    char name[CHAPTER_NAME_BYTES];
    size_t i;

    for (i = 0; i < r->format->rule_count && !r->looked_ahead; i++) {
        const char *path = r->format->rules[i].path;
        size_t path_bytes = strlen(path);
        const char *last = memrchr(path, '.', path_bytes);

        if (r->format->rules[i].gives != GIVES_CHAPTER)
            continue;
        if (!input_ended(in) && bytes < CHAPTERS_AHEAD_BYTES)
            return false;
        last = last != NULL ? last + 1 : path;
        snprintf(name, sizeof name, "%.*s", (int)strcspn(last, "["), last);
        r->held |= holds_list(span_of(window, bytes), name);
    }
    r->looked_ahead = true;
    return true;
}

enum reader_status json_reader_next(void *self, struct reader_context *context,
                                    struct error *err)
{
    struct json_reader *r = self;

    if (!r->looked_ahead && !look_for_chapters(r, context->input))
        return READER_MORE;
    if (r->format->language != NULL && drafts_get(context->drafts, FIELD_LANGUAGE) == NULL)
        drafts_set(context->drafts, FIELD_LANGUAGE, r->format->language);
    return foreign_json_next(r->reader, context, err);
}

void json_reader_close(void *self)
{
    struct json_reader *r = self;
    size_t i;

    foreign_json_close(r->reader);
    for (i = 0; i < r->outlet_count; i++) {
        diarized_words_release(&r->outlets[i].words);
        segment_queue_release(&r->outlets[i].queue);
    }
    if ((r->format->flags & JSON_FORMAT_CAPTIONS) != 0)
        caption_flow_release(&r->flow);
    json_rules_release(&r->rules);
    segment_queue_release(&r->chapters);
    release_timeline(r);
    speaker_cache_release(&r->speakers);
    free(r->staged);
    free(r->gathered);
    buffer_release(&r->staged_text);
    buffer_release(&r->text);
    buffer_release(&r->clean);
    buffer_release(&r->heading);
    buffer_release(&r->name);
    buffer_release(&r->whole);
    buffer_release(&r->event_text);
    free(r);
}

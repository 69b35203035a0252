/* Transcript: segments in one array, their words in one arena, facts of the whole record.
 *
 * Invariant: the arena holds the segments' texts in order. A NUL follows each of them, unless
 * the next one continues its paragraph: then a space (SEGMENT_SPACED) or nothing follows. There
 * are no other NULs. */
#include "shilu/model/transcript.h"

#include <stdlib.h>
#include <string.h>

#include "model/transcript_private.h"
#include "shilu/base/memory.h"
#include "shilu/base/sorted.h"

_Static_assert(sizeof(struct segment) == 32, "a million segments cost 32 MB and no more");

struct transcript *transcript_new(void)
{
    struct transcript *t = memory_zalloc(1, sizeof *t);

    t->utc_offset_min = UTC_OFFSET_NONE;
    t->first_ms = t->last_ms = t->latest_start_ms = TIME_NONE;
    t->intervals.stride = t->pauses.stride = 1;
    return t;
}

void transcript_free(struct transcript *t)
{
    size_t i;

    if (t == NULL)
        return;
    for (i = 0; i < FIELD_COUNT; i++)
        free(t->field[i]);
    for (i = 0; i < t->extra_count; i++)
        free(t->extras[i].json);
    for (i = 0; i < t->record_fact_count; i++) {
        free((char *)t->record_facts[i].name);
        free((char *)t->record_facts[i].value);
    }
    free(t->record_facts);
    speakers_release(t);
    buffer_release(&t->arena);
    free(t->segments);
    free(t->lines);
    for (i = 0; i < t->source_count; i++)
        free(t->sources[i].text);
    free(t->sources);
    free(t->extras);
    free(t->turns);
    free(t->questions);
    free(t->intervals.ms);
    free(t->pauses.ms);
    free(t);
}

void transcript_set(struct transcript *t, enum transcript_field field, const char *value)
{
    char *copy = value != NULL ? memory_strdup(value) : NULL;

    free(t->field[field]);
    t->field[field] = copy;
}

const char *transcript_get(const struct transcript *t, enum transcript_field field)
{
    return t->field[field];
}

void transcript_add_fact(struct transcript *t, const char *name, const char *value)
{
    MEMORY_RESERVE(t->record_facts, t->record_fact_capacity, t->record_fact_count + 1);
    t->record_facts[t->record_fact_count++] = (struct fact){
        memory_strdup(name != NULL ? name : ""), memory_strdup(value)};
}

size_t transcript_fact_count(const struct transcript *t)
{
    return t->record_fact_count;
}

struct fact transcript_fact(const struct transcript *t, size_t fact)
{
    return t->record_facts[fact];
}

void transcript_set_time_base(struct transcript *t, enum time_base time_base)
{
    t->time_base = time_base;
}

enum time_base transcript_time_base(const struct transcript *t)
{
    return t->time_base;
}

void transcript_set_utc_offset(struct transcript *t, int32_t minutes)
{
    t->utc_offset_min = minutes;
}

int32_t transcript_utc_offset(const struct transcript *t)
{
    return t->utc_offset_min;
}

/* A NUL would end the text early, so it becomes U+FFFD, like an invalid byte. */
static void append_text(struct buffer *arena, const char *text, size_t bytes)
{
    const char *nul;

    while ((nul = bytes > 0 ? memchr(text, '\0', bytes) : NULL) != NULL) {
        buffer_append(arena, text, (size_t)(nul - text));
        buffer_append(arena, "\xEF\xBF\xBD", 3);
        bytes -= (size_t)(nul + 1 - text);
        text = nul + 1;
    }
    buffer_append(arena, text, bytes);
}

static void count_for_speaker(struct transcript *t, uint32_t segment)
{
    const struct segment *s = &t->segments[segment];
    struct speaker *speaker;

    if (s->speaker == SPEAKER_NONE)
        return;
    speaker = &t->speakers[s->speaker];
    t->facts[s->speaker].has_spoken = true;
    if (speaker->segments++ == 0)
        speaker->first = segment;
    speaker->last = segment;
}

static void keep_extra(struct transcript *t, uint32_t segment, const char *json)
{
    MEMORY_RESERVE(t->extras, t->extra_capacity, t->extra_count + 1);
    t->extras[t->extra_count++] = (struct extra){segment, memory_strdup(json)};
}

static void keep_line(struct transcript *t, uint32_t segment, uint32_t line)
{
    MEMORY_RESERVE(t->lines, t->line_capacity, (size_t)segment + 1);
    while (t->line_count < segment)
        t->lines[t->line_count++] = 0;
    t->lines[t->line_count++] = line;
}

uint32_t transcript_line(const struct transcript *t, uint32_t segment)
{
    return segment < t->line_count ? t->lines[segment] : 0;
}

/* A value beyond any calendar is not a time; this also keeps sums of times from overflowing. */
static int64_t known_time(int64_t ms)
{
    return ms >= -TIME_MAX_MS && ms <= TIME_MAX_MS ? ms : TIME_NONE;
}

static int32_t duration_of(const struct segment_draft *draft)
{
    if (draft->start_ms == TIME_NONE || draft->end_ms == TIME_NONE ||
        draft->end_ms < draft->start_ms)
        return -1;
    if (draft->end_ms - draft->start_ms > INT32_MAX)
        return INT32_MAX;
    return (int32_t)(draft->end_ms - draft->start_ms);
}

bool transcript_can_hold(const struct segment_draft *draft, struct error *err)
{
    if (draft->text_bytes > UINT32_MAX / 3 - 2)
        return error_set(err, ERROR_LIMIT, "a segment of %zu bytes is too long",
                         draft->text_bytes);
    return true;
}

/* Replace the NUL that ended the paragraph by what joins the next segment to it. */
static void join_paragraph(struct transcript *t, uint8_t flags)
{
    if ((flags & SEGMENT_CONTINUES) == 0)
        return;
    t->arena.bytes--;
    if ((flags & SEGMENT_SPACED) != 0)
        buffer_append_char(&t->arena, ' ');
}

static void keep_source(struct transcript *t, uint32_t segment,
                        const struct segment_draft *source)
{
    struct source_segment *kept;

    MEMORY_RESERVE(t->sources, t->source_capacity, t->source_count + 1);
    kept = &t->sources[t->source_count++];
    *kept = (struct source_segment){.segment = segment,
                                    .text = memory_strndup(source->text, source->text_bytes),
                                    .text_bytes = source->text_bytes,
                                    .speaker = source->speaker,
                                    .start_ms = source->start_ms,
                                    .end_ms = source->end_ms};
}

/* A draft as accepted by the transcript: with times within bounds and an existing speaker. */
static void take_over(const struct transcript *t, struct segment_draft *draft)
{
    draft->start_ms = known_time(draft->start_ms);
    draft->end_ms = known_time(draft->end_ms);
    draft->speaker = draft->kind != SEGMENT_HEADING ? speaker_resolve(t, draft->speaker)
                                                    : SPEAKER_NONE;
}

static void correct(struct transcript *t, uint32_t number, struct segment_draft *draft)
{
    const struct segment_draft source = *draft;

    if (t->overlay == NULL || !overlay_apply(t->overlay, t, number, draft))
        return;
    keep_source(t, number, &source);
    take_over(t, draft);
}

void transcript_expect(struct transcript *t, size_t segments, size_t text_bytes)
{
    MEMORY_RESERVE(t->segments, t->capacity, t->count + segments);
    buffer_reserve(&t->arena, text_bytes + segments);
}

bool transcript_append(struct transcript *t, const struct segment_draft *draft,
                       struct error *err)
{
    struct segment_draft known = *draft;
    uint32_t number = (uint32_t)t->count;
    struct segment *s;

    if (t->count >= SEGMENTS_MAX)
        return error_set(err, ERROR_LIMIT, "more than %u segments", (unsigned)SEGMENTS_MAX);
    if (!transcript_can_hold(draft, err))
        return false;
    take_over(t, &known);
    correct(t, number, &known);
    MEMORY_RESERVE(t->segments, t->capacity, t->count + 1);
    s = &t->segments[number];
    s->speaker = known.speaker;
    s->start_ms = known.start_ms;
    s->duration_ms = duration_of(&known);
    s->kind = (uint8_t)draft->kind;
    s->flags = paragraph_flags(t, &known);
    join_paragraph(t, s->flags);
    s->text_byte = t->arena.bytes;
    append_text(&t->arena, known.text, known.text_bytes);
    s->text_bytes = (uint32_t)(t->arena.bytes - s->text_byte);
    buffer_append(&t->arena, "", 1);
    t->count++;
    if (draft->extra != NULL)
        keep_extra(t, number, draft->extra);
    if (draft->line != 0)
        keep_line(t, number, draft->line);
    timeline_extend(t, s);
    count_for_speaker(t, number);
    turn_extend(t, number);
    return true;
}

/* ----------------------------------------------------------------------- corrections */

static const struct source_segment *source_of(const struct transcript *t, uint32_t segment)
{
    size_t at = SORTED_BELOW(struct source_segment, segment, t->sources, t->source_count,
                             segment);

    return at < t->source_count && t->sources[at].segment == segment ? &t->sources[at] : NULL;
}

bool transcript_is_corrected(const struct transcript *t, uint32_t segment)
{
    return source_of(t, segment) != NULL;
}

size_t transcript_corrected_count(const struct transcript *t)
{
    return t->source_count;
}

const char *transcript_source_text(const struct transcript *t, uint32_t segment, size_t *bytes)
{
    const struct source_segment *source = source_of(t, segment);

    if (source == NULL)
        return transcript_text(t, segment, bytes);
    *bytes = source->text_bytes;
    return source->text;
}

struct segment_draft transcript_source(const struct transcript *t, uint32_t segment)
{
    const struct source_segment *source = source_of(t, segment);
    const struct segment *s = &t->segments[segment];
    struct segment_draft draft = {.speaker = s->speaker,
                                  .start_ms = s->start_ms,
                                  .end_ms = transcript_end_ms(t, segment),
                                  .kind = (enum segment_kind)s->kind,
                                  .piece = (s->flags & SEGMENT_PIECE) != 0};

    draft.text = transcript_source_text(t, segment, &draft.text_bytes);
    if (source != NULL) {
        draft.speaker = speaker_resolve(t, source->speaker);
        draft.start_ms = source->start_ms;
        draft.end_ms = source->end_ms;
    }
    return draft;
}

/* Everything that grows with the segments is rebuilt; what belongs to their numbers is kept. */
static void forget_segments(struct transcript *t)
{
    t->arena = (struct buffer){0};
    t->segments = NULL;
    t->count = t->capacity = 0;
    t->sources = NULL;
    t->source_count = t->source_capacity = 0;
    t->turn_count = t->question_count = 0;
    t->paragraph_bytes = 0;
    t->paragraph_open = false;
    timeline_reset(t);
    speakers_reset(t);
}

void transcript_lay_over(struct transcript *t, struct overlay *overlay)
{
    struct transcript before = *t;
    struct error ignored; /* the same texts fitted before, and corrections are of similar
                           * size */

    t->overlay = overlay;
    if (before.count == 0)
        return;
    forget_segments(t);
    for (size_t i = 0; overlay != NULL && i < overlay->count; i++)
        if (overlay->items[i].state == CORRECTION_APPLIED)
            overlay->items[i].state = CORRECTION_WAITS;
    for (uint32_t i = 0; i < before.count; i++) {
        struct segment_draft draft;

        before.speakers = t->speakers; /* a correction may have added one */
        before.facts = t->facts;
        draft = transcript_source(&before, i);

        transcript_append(t, &draft, &ignored);
    }
    for (size_t i = 0; i < before.source_count; i++)
        free(before.sources[i].text);
    free(before.sources);
    free(before.segments);
    buffer_release(&before.arena);
    speakers_tidy(t);
}

size_t transcript_count(const struct transcript *t)
{
    return t->count;
}

const struct segment *transcript_segment(const struct transcript *t, uint32_t segment)
{
    return &t->segments[segment];
}

const char *transcript_text(const struct transcript *t, uint32_t segment, size_t *bytes)
{
    const struct segment *s = &t->segments[segment];

    *bytes = s->text_bytes;
    return t->arena.data + s->text_byte;
}

const char *transcript_arena(const struct transcript *t, uint64_t *bytes)
{
    *bytes = t->arena.bytes;
    return buffer_string(&t->arena);
}

uint32_t transcript_segment_at_byte(const struct transcript *t, uint64_t byte)
{
    size_t behind = SORTED_UP_TO(struct segment, text_byte, t->segments, t->count,
                                 (int64_t)byte);

    return (uint32_t)(behind > 0 ? behind - 1 : 0);
}

const char *transcript_extra(const struct transcript *t, uint32_t segment)
{
    size_t at = SORTED_BELOW(struct extra, segment, t->extras, t->extra_count, segment);

    return at < t->extra_count && t->extras[at].segment == segment ? t->extras[at].json : NULL;
}

int64_t transcript_end_ms(const struct transcript *t, uint32_t segment)
{
    const struct segment *s = &t->segments[segment];

    return s->duration_ms < 0 ? TIME_NONE : s->start_ms + s->duration_ms;
}

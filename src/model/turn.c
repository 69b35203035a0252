/* Turns: runs of consecutive segments by one speaker, updated as the record grows; and,
 * together with them, where questions start and who answers. */
#include "model/transcript_private.h"
#include "shilu/base/memory.h"
#include "shilu/base/sorted.h"

static bool is_reporter(const struct transcript *t, uint32_t speaker)
{
    return speaker != SPEAKER_NONE && transcript_speaker_kind(t, speaker) == SPEAKER_REPORTER;
}

static bool is_question(const struct transcript *t, uint32_t segment)
{
    const struct segment *s = &t->segments[segment];

    if (s->kind != SEGMENT_UNKNOWN)
        return s->kind == SEGMENT_QUESTION;
    return is_reporter(t, s->speaker);
}

/* A question in several postings by one person is one question. */
static void note_question(struct transcript *t, uint32_t segment)
{
    bool goes_on = segment > 0 && is_question(t, segment - 1) &&
                   t->segments[segment - 1].speaker == t->segments[segment].speaker;

    if (goes_on || !is_question(t, segment))
        return;
    if (t->segments[segment].speaker != SPEAKER_NONE)
        t->facts[t->segments[segment].speaker].asks = true;
    MEMORY_RESERVE(t->questions, t->question_capacity, t->question_count + 1);
    t->questions[t->question_count++] = segment;
}

static void start_turn(struct transcript *t, uint32_t segment)
{
    uint32_t speaker = t->segments[segment].speaker;

    MEMORY_RESERVE(t->turns, t->turn_capacity, t->turn_count + 1);
    t->turns[t->turn_count++] = (struct turn){
        .first = segment, .end = segment + 1, .speaker = speaker};
    if (speaker == SPEAKER_NONE)
        return;
    t->speakers[speaker].turns++;
    if (segment > 0 && is_question(t, segment - 1) && !is_question(t, segment))
        t->facts[speaker].answers = true;
}

void turn_extend(struct transcript *t, uint32_t segment)
{
    struct turn *last = t->turn_count > 0 ? &t->turns[t->turn_count - 1] : NULL;

    if (last != NULL && last->speaker == t->segments[segment].speaker)
        last->end = segment + 1;
    else
        start_turn(t, segment);
    note_question(t, segment);
}

void turns_rebuild(struct transcript *t)
{
    size_t i;

    t->turn_count = t->question_count = 0;
    for (i = 0; i < t->speaker_count; i++) {
        t->speakers[i].turns = 0;
        t->facts[i].answers = false;
    }
    for (i = 0; i < t->count; i++)
        turn_extend(t, (uint32_t)i);
}

size_t transcript_turn_count(const struct transcript *t)
{
    return t->turn_count;
}

const struct turn *transcript_turn(const struct transcript *t, uint32_t turn)
{
    return &t->turns[turn];
}

uint32_t transcript_turn_of(const struct transcript *t, uint32_t segment)
{
    size_t behind = SORTED_UP_TO(struct turn, first, t->turns, t->turn_count, segment);

    return (uint32_t)(behind > 0 ? behind - 1 : 0);
}

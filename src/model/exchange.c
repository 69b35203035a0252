/* Exchanges: a question with its answers, inferred from where questions start and who the host
 * is; and the kind of a segment if the file does not state one. */
#include "model/transcript_private.h"
#include "shilu/base/sorted.h"

static bool is_host(const struct transcript *t, uint32_t speaker)
{
    return speaker != SPEAKER_NONE && transcript_speaker_kind(t, speaker) == SPEAKER_HOST;
}

/* A host's remark after the last answer (thanks, the next turn, the end) is outside. */
static bool stands_outside(const struct transcript *t, uint32_t segment)
{
    const struct segment *s = &t->segments[segment];

    if (s->kind != SEGMENT_UNKNOWN)
        return s->kind == SEGMENT_REMARK || s->kind == SEGMENT_HEADING;
    return is_host(t, s->speaker);
}

size_t transcript_exchange_count(const struct transcript *t)
{
    return t->question_count;
}

struct exchange transcript_exchange(const struct transcript *t, uint32_t exchange)
{
    struct exchange found = {.first = t->questions[exchange], .end = (uint32_t)t->count};

    if (exchange + 1 < t->question_count)
        found.end = t->questions[exchange + 1];
    while (found.end > found.first + 1 && stands_outside(t, found.end - 1))
        found.end--;
    return found;
}

uint32_t transcript_exchange_of(const struct transcript *t, uint32_t segment)
{
    uint32_t exchange;

    if (t->question_count == 0 || segment < t->questions[0])
        return EXCHANGE_NONE;
    exchange = (uint32_t)sorted_up_to(t->questions, t->question_count, sizeof *t->questions, 0,
                                      sizeof *t->questions, segment) -
               1;
    /* Only a remark can be outside, so the end is searched for only from one. */
    if (stands_outside(t, segment) && segment >= transcript_exchange(t, exchange).end)
        return EXCHANGE_NONE;
    return exchange;
}

enum segment_kind transcript_kind(const struct transcript *t, uint32_t segment)
{
    const struct segment *s = &t->segments[segment];

    if (s->kind != SEGMENT_UNKNOWN)
        return (enum segment_kind)s->kind;
    if (s->speaker == SPEAKER_NONE)
        return SEGMENT_REMARK;
    if (transcript_speaker_kind(t, s->speaker) == SPEAKER_REPORTER)
        return SEGMENT_QUESTION;
    if (t->question_count == 0 || segment < t->questions[0] || is_host(t, s->speaker))
        return SEGMENT_REMARK;
    return SEGMENT_ANSWER;
}

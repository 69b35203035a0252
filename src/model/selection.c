/* Selection. Invariant: an array that is not NULL contains a 1, so "nothing soloed" and "all"
 * are the same state, represented only by NULL. */
#include "shilu/model/selection.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"

void selection_release(struct selection *s)
{
    free(s->solo);
    free(s->muted);
    free(s->matching);
    *s = SELECTION_INIT;
}

bool selection_is_everything(const struct selection *s)
{
    return !selection_filters_speakers(s) && s->from_ms == TIME_NONE && s->to_ms == TIME_NONE &&
           s->exchange == EXCHANGE_NONE && s->kind == SEGMENT_UNKNOWN && s->matching == NULL;
}

static bool in_set(const uint8_t *set, size_t count, uint32_t speaker)
{
    return speaker < count && set[speaker] != 0;
}

static void put_in_set(uint8_t **set, size_t *count, uint32_t speaker, uint8_t value)
{
    if (speaker >= *count) {
        *set = memory_realloc(*set, (size_t)speaker + 1, 1);
        memset(*set + *count, 0, (size_t)speaker + 1 - *count);
        *count = (size_t)speaker + 1;
    }
    (*set)[speaker] = value;
    if (value == 0 && memchr(*set, 1, *count) == NULL) {
        free(*set);
        *set = NULL;
        *count = 0;
    }
}

void selection_solo_only(struct selection *s, uint32_t speaker)
{
    selection_all_speakers(s);
    selection_solo_add(s, speaker);
}

void selection_solo_add(struct selection *s, uint32_t speaker)
{
    if (speaker == SPEAKER_NONE)
        return;
    put_in_set(&s->solo, &s->solo_count, speaker, 1);
    if (in_set(s->muted, s->muted_count, speaker))
        put_in_set(&s->muted, &s->muted_count, speaker, 0);
}

void selection_mute_toggle(struct selection *s, uint32_t speaker)
{
    bool muted = in_set(s->muted, s->muted_count, speaker);

    if (speaker == SPEAKER_NONE)
        return;
    if (!muted && in_set(s->solo, s->solo_count, speaker))
        put_in_set(&s->solo, &s->solo_count, speaker, 0);
    put_in_set(&s->muted, &s->muted_count, speaker, !muted);
}

void selection_all_speakers(struct selection *s)
{
    free(s->solo);
    free(s->muted);
    s->solo = NULL;
    s->muted = NULL;
    s->solo_count = s->muted_count = 0;
}

bool selection_takes_speaker(const struct selection *s, uint32_t speaker)
{
    if (s->solo != NULL && !in_set(s->solo, s->solo_count, speaker))
        return false;
    return s->muted == NULL || !in_set(s->muted, s->muted_count, speaker);
}

bool selection_filters_speakers(const struct selection *s)
{
    return s->solo != NULL || s->muted != NULL;
}

static bool takes_time(const struct selection *s, int64_t start_ms)
{
    if (s->from_ms == TIME_NONE && s->to_ms == TIME_NONE)
        return true;
    if (start_ms == TIME_NONE)
        return false;
    return (s->from_ms == TIME_NONE || start_ms >= s->from_ms) &&
           (s->to_ms == TIME_NONE || start_ms < s->to_ms);
}

static bool takes_match(const struct selection *s, uint32_t segment)
{
    if (s->matching == NULL)
        return true;
    return segment < s->matching_count && (s->matching[segment / 8] >> segment % 8 & 1) != 0;
}

bool selection_takes(const struct selection *s, const struct transcript *t, uint32_t segment)
{
    const struct segment *what = transcript_segment(t, segment);

    return selection_takes_speaker(s, what->speaker) && takes_time(s, what->start_ms) &&
           takes_match(s, segment) &&
           (s->exchange == EXCHANGE_NONE ||
            transcript_exchange_of(t, segment) == s->exchange) &&
           (s->kind == SEGMENT_UNKNOWN || transcript_kind(t, segment) == s->kind);
}

static bool continues(const struct transcript *t, uint32_t segment)
{
    return (transcript_segment(t, segment)->flags & SEGMENT_CONTINUES) != 0;
}

uint32_t selection_unit_first(const struct selection *s, const struct transcript *t,
                              uint32_t segment)
{
    while (segment > 0 && continues(t, segment) && selection_takes(s, t, segment - 1))
        segment--;
    return segment;
}

uint32_t selection_unit_end(const struct selection *s, const struct transcript *t,
                            uint32_t segment)
{
    size_t count = transcript_count(t);

    do
        segment++;
    while (segment < count && continues(t, segment) && selection_takes(s, t, segment));
    return segment;
}

uint32_t selection_at_or_after(const struct selection *s, const struct transcript *t,
                               uint32_t segment)
{
    size_t count = transcript_count(t);

    for (; segment < count; segment++) {
        if (selection_takes(s, t, segment))
            return segment;
    }
    return SEGMENT_NONE;
}

uint32_t selection_at_or_before(const struct selection *s, const struct transcript *t,
                                uint32_t segment)
{
    size_t count = transcript_count(t);

    if (count == 0)
        return SEGMENT_NONE;
    if (segment >= count)
        segment = (uint32_t)count - 1;
    do {
        if (selection_takes(s, t, segment))
            return segment;
    } while (segment-- > 0);
    return SEGMENT_NONE;
}

size_t selection_count(const struct selection *s, const struct transcript *t)
{
    size_t count = transcript_count(t);
    size_t taken = 0;
    uint32_t i;

    if (selection_is_everything(s))
        return count;
    for (i = 0; i < count; i++)
        taken += selection_takes(s, t, i);
    return taken;
}

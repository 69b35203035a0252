/* Statistics of a selection. While counting, there is a row for each speaker number, the last
 * one for SPEAKER_NONE; then empty rows are dropped. */
#include "commands/speaker_stats.h"

#include <stdlib.h>

#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"

static void count_segment(struct speaker_stats_row *row, const struct transcript *t,
                          uint32_t segment)
{
    const struct segment *s = transcript_segment(t, segment);
    size_t bytes;
    const char *text = transcript_text(t, segment, &bytes);

    row->segments++;
    row->characters += bytes_count_visible(text, bytes);
    if (s->start_ms == TIME_NONE)
        return;
    if (row->first_ms == TIME_NONE || s->start_ms < row->first_ms)
        row->first_ms = s->start_ms;
    if (row->last_ms == TIME_NONE || s->start_ms > row->last_ms)
        row->last_ms = s->start_ms;
}

static size_t row_of(const struct transcript *t, uint32_t speaker)
{
    return speaker == SPEAKER_NONE ? transcript_speaker_count(t) : speaker;
}

static void settle(struct speaker_stats *tally, const uint32_t *order, size_t spoke,
                   uint64_t characters)
{
    struct speaker_stats_row *rows = memory_alloc(spoke * sizeof *rows);
    size_t i;

    for (i = 0; i < spoke; i++) {
        rows[i] = tally->rows[order[i]];
        if (characters > 0)
            rows[i].share = (double)rows[i].characters / (double)characters;
    }
    free(tally->rows);
    tally->rows = rows;
    tally->count = spoke;
}

void speaker_stats_make(struct speaker_stats *tally, const struct transcript *t,
                        const struct selection *selection)
{
    size_t speakers = transcript_speaker_count(t);
    uint32_t *order = memory_alloc((speakers + 1) * sizeof *order);
    uint32_t last_turn = UINT32_MAX;
    uint64_t characters = 0;
    size_t spoke = 0;
    size_t i;
    uint32_t segment = 0;

    tally->rows = memory_zalloc(speakers + 1, sizeof *tally->rows);
    for (i = 0; i <= speakers; i++)
        tally->rows[i] = (struct speaker_stats_row){
            .speaker = i < speakers ? (uint32_t)i : SPEAKER_NONE,
            .first_ms = TIME_NONE,
            .last_ms = TIME_NONE,
        };
    while ((segment = selection_at_or_after(selection, t, segment)) != SEGMENT_NONE) {
        struct speaker_stats_row *row =
            &tally->rows[row_of(t, transcript_segment(t, segment)->speaker)];
        uint32_t turn = transcript_turn_of(t, segment);

        if (row->segments == 0)
            order[spoke++] = (uint32_t)(row - tally->rows);
        row->turns += turn != last_turn;
        last_turn = turn;
        characters -= row->characters;
        count_segment(row, t, segment);
        characters += row->characters;
        if (++segment >= transcript_count(t))
            break;
    }
    settle(tally, order, spoke, characters);
    free(order);
}

void speaker_stats_release(struct speaker_stats *tally)
{
    free(tally->rows);
    *tally = (struct speaker_stats){0};
}

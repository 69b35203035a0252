/* Session: what is kept when a record is reread under other names: the position on the page,
 * the jumps, selected and chosen speakers, selected words. Segments keep their numbers;
 * speakers do not, so they are remembered by their segments. Everything is restored once as
 * much has been loaded as before. */
#include <stdlib.h>

#include "session/session_private.h"
#include "shilu/base/memory.h"

static bool is_set(const uint8_t *set, size_t count, uint32_t speaker)
{
    return set != NULL && speaker < count && set[speaker] != 0;
}

enum { SOLOED = 1, MUTED = 2 };

/* For each segment, how its speaker is selected; NULL if no speaker is. */
static uint8_t *keep_speakers(const struct session *s)
{
    const struct selection *selection = &s->reading.selection;
    size_t count = transcript_count(s->transcript);
    uint8_t *kept;

    if (selection->solo == NULL && selection->muted == NULL)
        return NULL;
    kept = memory_zalloc(count + 1, 1);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t speaker = transcript_segment(s->transcript, i)->speaker;

        if (is_set(selection->solo, selection->solo_count, speaker))
            kept[i] = SOLOED;
        else if (is_set(selection->muted, selection->muted_count, speaker))
            kept[i] = MUTED;
    }
    return kept;
}

static uint32_t speaker_of(const struct session *s, uint32_t segment)
{
    return segment < transcript_count(s->transcript)
               ? transcript_segment(s->transcript, segment)->speaker
               : SPEAKER_NONE;
}

static struct spot spot_of(const struct session *s, uint64_t byte)
{
    uint32_t segment = transcript_segment_at_byte(s->transcript, byte);

    return (struct spot){
        segment, (uint32_t)(byte - transcript_segment(s->transcript, segment)->text_byte)};
}

static uint64_t byte_of(const struct session *s, struct spot spot)
{
    return transcript_segment(s->transcript, spot.segment)->text_byte + spot.byte;
}

void session_again_keep(struct session *s, struct session_kept *out)
{
    const struct reader_state *r = &s->reading;
    const struct selection *selection = &r->selection;

    *out = (struct session_kept){.waits = true,
                                 .segments = transcript_count(s->transcript),
                                 .spot = session_here(s),
                                 .row = text_pane_reading_row(s->view.text),
                                 .chosen = SEGMENT_NONE,
                                 .jumps = s->jumps,
                                 .selecting = r->selecting,
                                 .select = s->select,
                                 .selection = *selection};
    if (r->chosen_speaker != SPEAKER_NONE &&
        transcript_speaker_at(s->transcript, r->chosen_speaker)->segments > 0)
        out->chosen = transcript_speaker_at(s->transcript, r->chosen_speaker)->last;
    out->speakers = keep_speakers(s);
    out->selection.solo = out->selection.muted = out->selection.matching = NULL;
    if (!r->selecting)
        return;
    out->select_from = spot_of(s, r->select_from);
    out->select_to = spot_of(s, r->select_to - 1); /* of its last byte */
}

void session_again_drop(struct session_kept *kept)
{
    free(kept->speakers);
    *kept = (struct session_kept){0};
}

static void put_selection_back(struct session *s, const struct session_kept *kept)
{
    struct selection *selection = &s->reading.selection;

    selection->from_ms = kept->selection.from_ms;
    selection->to_ms = kept->selection.to_ms;
    selection->exchange = kept->selection.exchange;
    selection->kind = kept->selection.kind;
    for (uint32_t i = 0; kept->speakers != NULL && i < kept->segments; i++) {
        uint32_t speaker = speaker_of(s, i);

        if (speaker == SPEAKER_NONE || kept->speakers[i] == 0)
            continue;
        if (kept->speakers[i] == MUTED &&
            !is_set(selection->muted, selection->muted_count, speaker))
            selection_mute_toggle(selection, speaker);
        if (kept->speakers[i] == SOLOED &&
            !is_set(selection->solo, selection->solo_count, speaker))
            selection_solo_add(selection, speaker);
    }
    session_selection_changed(s);
}

void session_again_put_back(struct session *s)
{
    struct session_kept *kept = &s->kept;

    if (!kept->waits || (!s->loading.done && transcript_count(s->transcript) < kept->segments))
        return;
    kept->waits = false;
    if (transcript_count(s->transcript) >= kept->segments) {
        put_selection_back(s, kept);
        s->jumps = kept->jumps;
        if (kept->chosen != SEGMENT_NONE)
            s->reading.chosen_speaker = speaker_of(s, kept->chosen);
        if (kept->spot.segment != SEGMENT_NONE) {
            session_go(s, kept->spot, false);
            text_pane_show(s->view.text, kept->spot.segment, kept->spot.byte);
            text_pane_put_reader(s->view.text, kept->row);
        }
        if (kept->selecting) {
            s->select = kept->select;
            s->reading.selecting = true;
            s->reading.select_from = byte_of(s, kept->select_from);
            s->reading.select_to = byte_of(s, kept->select_to) + 1;
        }
    }
    session_again_drop(kept);
    ui_touch(&s->ui);
}

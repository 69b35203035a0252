/* Session: going places. A jump is remembered; scrolling is not. */
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/model/find.h"

static struct spot here(const struct session *s)
{
    return (struct spot){s->reading.segment, s->reading.byte};
}

/* What lay ahead in the list of jumps is forgotten, as in a browser. */
void session_note_jump(struct session *s)
{
    struct spot spot = here(s);

    if (spot.segment == SEGMENT_NONE)
        return;
    s->jump_count = s->jump_at;
    if (s->jump_count > 0 && s->jumps[s->jump_count - 1].segment == spot.segment &&
        s->jumps[s->jump_count - 1].byte == spot.byte)
        return;
    if (s->jump_count == JUMPS_MAX) {
        memmove(s->jumps, s->jumps + 1, (JUMPS_MAX - 1) * sizeof *s->jumps);
        s->jump_count--;
    }
    s->jumps[s->jump_count++] = spot;
    s->jump_at = s->jump_count;
}

void session_go(struct session *s, struct spot spot, bool context)
{
    text_pane_go_to(s->text, spot.segment, spot.byte, context);
    s->stale = true;
}

void session_jump(struct session *s, uint32_t segment, uint32_t byte, bool context)
{
    session_note_jump(s);
    session_go(s, (struct spot){segment, byte}, context);
}

/* The reader stays where he is if that is still read; hits are counted anew. */
void session_selection_changed(struct session *s)
{
    struct spot spot = here(s);
    bool holds = session_follow_holds(s);

    s->reading.selection_version++;
    if (s->search != NULL)
        search_restart(s->search);
    text_pane_refresh(s->text);
    if (spot.segment != SEGMENT_NONE)
        session_go(s, spot, false);
    if (holds)
        session_follow_keep(s);
    s->stale = true;
}

/* Read only one speaker, from here on: where one pane is shown that is the text. */
void session_solo(struct session *s, uint32_t speaker)
{
    session_note_jump(s);
    selection_solo_only(&s->reading.selection, speaker);
    session_selection_changed(s);
    if (s->layout.form == LAYOUT_SINGLE && s->pane != PANE_TEXT) {
        s->pane = PANE_TEXT;
        session_relayout(s);
    }
}

/* "50%" where the record has no times: by place. */
static bool percent_of_text(struct session *s, const char *text)
{
    char *end;
    double percent = strtod(text, &end);
    uint64_t bytes;

    if (end == text || strcmp(end, "%") != 0 || !(percent >= 0 && percent <= 100))
        return false;
    transcript_arena(s->transcript, &bytes);
    if (bytes > 0)
        session_jump(s,
                     transcript_segment_at_byte(
                         s->transcript, (uint64_t)((double)(bytes - 1) * percent / 100)),
                     0, false);
    return true;
}

bool session_go_to_time(struct session *s, const char *text, struct error *err)
{
    struct time_query query;
    uint32_t segment = s->reading.segment;
    int64_t from_ms = segment == SEGMENT_NONE
                          ? TIME_NONE
                          : transcript_segment(s->transcript, segment)->start_ms;

    if (transcript_clock(s->transcript) == CLOCK_NONE && percent_of_text(s, text))
        return true;
    if (!time_query_parse(s->transcript, text, from_ms, &query, err))
        return false;
    segment = transcript_at_time(s->transcript, query.ms, query.precision_ms);
    if (segment == SEGMENT_NONE)
        return error_set(err, ERROR_USAGE, "this record has no times");
    session_jump(s, segment, 0, true);
    return true;
}

/* Reader state: values derived from it. Gaps are runs of segments that are not selected; they
 * are valid for one version of the selection and one length of the record. */
#include "shilu/view/reader_state.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/base/sorted.h"
#include "shilu/base/translate.h"

enum { GAPS_MAX = 64, MIN_GAP = 64 };

struct gap {
    uint32_t first; /* segments [first, end) */
    uint32_t end;
};

struct reader_state_gaps {
    unsigned version;
    size_t record;
    struct gap gap[GAPS_MAX];
    size_t count;
    size_t next; /* the next one to replace when all are in use */
};

struct reader_state_gaps *reader_state_gaps_new(void)
{
    return memory_zalloc(1, sizeof(struct reader_state_gaps));
}

void reader_state_gaps_free(struct reader_state_gaps *g)
{
    free(g);
}

static const struct gap *find_gap(const struct reader_state *r, uint32_t segment)
{
    struct reader_state_gaps *g = r->gaps;
    size_t count = transcript_count(r->transcript);
    size_t i;

    if (g == NULL)
        return NULL;
    if (g->version != r->selection_version || g->record != count)
        *g = (struct reader_state_gaps){.version = r->selection_version, .record = count};
    for (i = 0; i < g->count; i++) {
        if (segment >= g->gap[i].first && segment < g->gap[i].end)
            return &g->gap[i];
    }
    return NULL;
}

/* A gap that touches or covers a known one replaces it. */
static void keep_gap(const struct reader_state *r, uint32_t first, uint32_t end)
{
    struct reader_state_gaps *g = r->gaps;
    size_t i;

    if (g == NULL || end - first < MIN_GAP)
        return;
    for (i = 0; i < g->count; i++) {
        if (g->gap[i].end == end || g->gap[i].first == first)
            break;
    }
    if (i == g->count && g->count < GAPS_MAX) {
        g->count++;
    } else if (i == g->count) {
        i = g->next;
        g->next = (g->next + 1) % GAPS_MAX;
    }
    g->gap[i] = (struct gap){first, end};
}

/* A gap that was entered in its middle may extend beyond the known part at either end. */
uint32_t reader_state_at_or_after(const struct reader_state *r, uint32_t segment)
{
    size_t count = transcript_count(r->transcript);
    const struct gap *known = find_gap(r, segment);
    uint32_t first = known != NULL ? known->first : segment;
    uint32_t found;

    if (segment >= count)
        return SEGMENT_NONE;
    found = selection_at_or_after(&r->selection, r->transcript,
                                  known != NULL ? known->end : segment);
    keep_gap(r, first, found == SEGMENT_NONE ? (uint32_t)count : found);
    return found;
}

uint32_t reader_state_at_or_before(const struct reader_state *r, uint32_t segment)
{
    size_t count = transcript_count(r->transcript);
    const struct gap *known;
    uint32_t end;
    uint32_t found = SEGMENT_NONE;

    if (count == 0)
        return SEGMENT_NONE;
    if (segment >= count)
        segment = (uint32_t)count - 1;
    known = find_gap(r, segment);
    end = known != NULL ? known->end : segment + 1;
    if (known == NULL)
        found = selection_at_or_before(&r->selection, r->transcript, segment);
    else if (known->first > 0)
        found = selection_at_or_before(&r->selection, r->transcript, known->first - 1);
    keep_gap(r, found == SEGMENT_NONE ? 0 : found + 1, end);
    return found;
}

bool reader_state_is_selected(const struct reader_state *r, uint32_t segment)
{
    const struct segment *s = transcript_segment(r->transcript, segment);

    return r->selecting && s->text_byte < r->select_to &&
           s->text_byte + s->text_bytes > r->select_from;
}

/* The first of a set of speakers, and the number of others. */
static void append_speakers(const struct reader_state *r, const uint8_t *set, size_t count,
                            struct buffer *out)
{
    size_t members = 0;

    for (size_t i = 0; i < count; i++) {
        if (set[i] == 0)
            continue;
        if (members++ == 0)
            buffer_append_string(out, transcript_speaker_at(r->transcript, (uint32_t)i)->name);
    }
    if (members > 1)
        buffer_append_format(out, " +%zu", members - 1);
}

static void append_times(const struct reader_state *r, struct buffer *out)
{
    const struct selection *s = &r->selection;
    char from[CIVIL_TEXT];
    char to[CIVIL_TEXT];

    reader_state_time(r, s->from_ms, from);
    reader_state_time(r, s->to_ms == TIME_NONE ? TIME_NONE : s->to_ms - 1, to);
    buffer_append_format(out, "%s-%s", from, to);
}

static void part(struct buffer *out)
{
    buffer_append_string(out, out->bytes > 0 ? _(", ") : _("only "));
}

static const char *kind_in_plural(enum segment_kind kind)
{
    switch (kind) {
    case SEGMENT_QUESTION:
        return _("questions");
    case SEGMENT_ANSWER:
        return _("answers");
    case SEGMENT_HEADING:
        return _("headings");
    default:
        return _("remarks");
    }
}

void reader_state_filter(const struct reader_state *r, struct buffer *out)
{
    const struct selection *s = &r->selection;
    size_t hidden = 0;

    for (size_t i = 0; i < s->muted_count; i++)
        hidden += s->muted[i];
    if (s->solo != NULL && selection_filters_speakers(s)) {
        part(out);
        append_speakers(r, s->solo, s->solo_count, out);
    }
    if (s->exchange != EXCHANGE_NONE) {
        part(out);
        buffer_append_format(out, "Q%u", (unsigned)s->exchange + 1);
    }
    if (s->kind != SEGMENT_UNKNOWN) {
        part(out);
        buffer_append_string(out, kind_in_plural(s->kind));
    }
    if (s->from_ms != TIME_NONE || s->to_ms != TIME_NONE) {
        part(out);
        append_times(r, out);
    }
    if (s->matching != NULL) {
        part(out);
        buffer_append_format(out, "/%s", r->narrowed != NULL ? r->narrowed : "");
    }
    if (hidden > 0)
        buffer_append_string(out, out->bytes > 0 ? _(", ") : "");
    if (hidden > 0)
        buffer_append_format(out, ngettext("without %zu", "without %zu", hidden), hidden);
}

unsigned reader_state_percent(const struct reader_state *r)
{
    const struct segment *s;
    uint64_t all;

    if (r->segment == SEGMENT_NONE)
        return 0;
    s = transcript_segment(r->transcript, r->segment);
    transcript_arena(r->transcript, &all);
    if (all == 0 || r->at_end)
        return 100;
    return (unsigned)((s->text_byte + r->byte) * 100 / all);
}

void reader_state_time(const struct reader_state *r, int64_t ms, char *out)
{
    transcript_format_clock(r->transcript, ms, out);
}

void reader_state_moment(const struct reader_state *r, int64_t ms, char *out)
{
    size_t bytes = 0;

    if (ms != TIME_NONE && transcript_spans_days(r->transcript)) {
        civil_format_date(ms, out);
        bytes = strlen(out);
        out[bytes++] = ' ';
    }
    reader_state_time(r, ms, out + bytes);
}

const char *reader_state_note_at(const struct reader_state *r, uint32_t segment)
{
    size_t at = SORTED_BELOW(struct reader_state_note, segment, r->notes, r->note_count,
                             segment);

    return at < r->note_count && r->notes[at].segment == segment ? r->notes[at].text : NULL;
}

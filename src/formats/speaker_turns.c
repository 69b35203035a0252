/* Turns of an RTTM. Invariant: turns are ordered by start; longest_ms is the longest one's
 * duration, so that a search need not go back further. */
#include "formats/speaker_turns.h"

#include "formats/common/seconds.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/buffer.h"
#include "shilu/base/file.h"
#include "shilu/base/memory.h"
#include "shilu/base/sorted.h"
#include "shilu/base/span.h"

enum { FILE_BYTES_MAX = 64 << 20, NAMES_MAX = 1024 };

struct speaker_turn {
    int64_t start_ms;
    int64_t end_ms;
    uint32_t name; /* index in names */
};

struct speaker_turns {
    struct speaker_turn *turns; /* owned */
    size_t count, capacity;
    int64_t longest_ms;
    char *names[NAMES_MAX]; /* owned */
    uint32_t name_count;
    size_t own_labels; /* number of labels that came from here */
    bool given_up;     /* the transcript has its own speakers */
};

static struct span next_field(struct span *line)
{
    struct span field;
    size_t length = 0;

    *line = span_trim_front(*line);
    while (length < line->length && !span_is_space(line->data[length]))
        length++;
    field = span_of(line->data, length);
    *line = span_skip(*line, length);
    return field;
}

static bool intern(struct speaker_turns *t, struct span name, uint32_t *number)
{
    uint32_t i;

    for (i = 0; i < t->name_count; i++) {
        if (span_is(name, t->names[i])) {
            *number = i;
            return true;
        }
    }
    if (t->name_count == NAMES_MAX)
        return false;
    t->names[t->name_count] = memory_strndup(name.data, name.length);
    *number = t->name_count++;
    return true;
}

/* "SPEAKER file channel start duration <NA> <NA> name …" */
static void take_line(struct speaker_turns *t, struct span line)
{
    struct span field[8];
    struct speaker_turn turn;
    int64_t length_ms;
    size_t i;

    for (i = 0; i < 8; i++)
        field[i] = next_field(&line);
    if (!span_is(field[0], "SPEAKER") || field[7].length == 0 ||
        !seconds_read(field[3], &turn.start_ms) || !seconds_read(field[4], &length_ms) ||
        !intern(t, field[7], &turn.name))
        return;
    turn.end_ms = turn.start_ms + length_ms;
    if (length_ms > t->longest_ms)
        t->longest_ms = length_ms;
    MEMORY_RESERVE(t->turns, t->capacity, t->count + 1);
    t->turns[t->count++] = turn;
}

static int compare(const void *a, const void *b)
{
    const struct speaker_turn *x = a;
    const struct speaker_turn *y = b;

    return (x->start_ms > y->start_ms) - (x->start_ms < y->start_ms);
}

struct speaker_turns *speaker_turns_beside(const char *path, struct diagnostics *diagnostics)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash != NULL ? slash : path, '.');
    size_t stem = dot != NULL && dot > path ? (size_t)(dot - path) : strlen(path);
    struct speaker_turns *t = NULL;
    struct buffer name = {0};
    char *text = NULL;
    size_t bytes;
    struct span rest, line;
    struct error ignored;

    buffer_append(&name, path, stem);
    buffer_append_string(&name, ".rttm");
    if (strcmp(name.data, path) != 0)
        text = file_read(name.data, FILE_BYTES_MAX, &bytes, &ignored);
    if (text != NULL) {
        t = memory_zalloc(1, sizeof *t);
        rest = span_of(text, bytes);
        while (span_next_line(&rest, &line))
            take_line(t, line);
        if (t->count > 1)
            qsort(t->turns, t->count, sizeof *t->turns, compare);
    }
    if (t != NULL && t->count == 0) {
        speaker_turns_free(t);
        t = NULL;
    }
    if (t != NULL)
        diagnostics_add(diagnostics, SEVERITY_NOTE, 0, 0,
                        "the speakers are taken from the RTTM file of the same name");
    buffer_release(&name);
    free(text);
    return t;
}

void speaker_turns_free(struct speaker_turns *turns)
{
    uint32_t i;

    if (turns == NULL)
        return;
    for (i = 0; i < turns->name_count; i++)
        free(turns->names[i]);
    free(turns->turns);
    free(turns);
}

/* The first turn that starts at or after a time. */
static size_t first_from(const struct speaker_turns *t, int64_t ms)
{
    return SORTED_BELOW(struct speaker_turn, start_ms, t->turns, t->count, ms);
}

/* Who speaks for most of [start, end); false if nobody does. */
static bool find(const struct speaker_turns *t, int64_t start_ms, int64_t end_ms,
                 uint32_t *name)
{
    int64_t overlap_ms[NAMES_MAX] = {0};
    int64_t best_ms = 0;
    size_t i;

    if (end_ms == TIME_NONE || end_ms <= start_ms)
        end_ms = start_ms + 1;
    for (i = first_from(t, start_ms - t->longest_ms);
         i < t->count && t->turns[i].start_ms < end_ms; i++) {
        const struct speaker_turn *turn = &t->turns[i];
        int64_t from = turn->start_ms > start_ms ? turn->start_ms : start_ms;
        int64_t to = turn->end_ms < end_ms ? turn->end_ms : end_ms;

        if (to <= from)
            continue;
        overlap_ms[turn->name] += to - from;
        if (overlap_ms[turn->name] > best_ms) {
            best_ms = overlap_ms[turn->name];
            *name = turn->name;
        }
    }
    return best_ms > 0;
}

bool speaker_turns_are_wanted(const struct drafts *drafts)
{
    size_t i;

    for (i = 0; drafts_label_count(drafts) == 0 && i < drafts_waiting(drafts); i++) {
        struct segment_draft draft = drafts_at(drafts, i);

        if (draft.kind != SEGMENT_HEADING && draft.start_ms != TIME_NONE)
            return true;
    }
    return false;
}

void speaker_turns_assign(struct speaker_turns *turns, struct drafts *drafts)
{
    size_t i;

    if (turns == NULL || turns->given_up)
        return;
    if (drafts_label_count(drafts) > turns->own_labels) {
        turns->given_up = true;
        return;
    }
    for (i = 0; i < drafts_waiting(drafts); i++) {
        struct segment_draft draft = drafts_at(drafts, i);
        struct speaker_label label = {0};
        uint32_t name = 0;

        if (draft.kind == SEGMENT_HEADING || draft.start_ms == TIME_NONE ||
            !find(turns, draft.start_ms, draft.end_ms, &name))
            continue;
        label.name = turns->names[name];
        drafts_set_speaker(drafts, i, drafts_speaker(drafts, &label));
    }
    turns->own_labels = drafts_label_count(drafts);
}

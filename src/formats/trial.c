/* Trial. */
#include "formats/trial.h"

#include <string.h>

#include "formats/json/json_reader.h"
#include "shilu/base/bytes.h"
#include "shilu/formats/registry.h"

/* How much suffices to judge, and how many bytes people can say per second at most. */
enum { SEGMENTS_ENOUGH = 200, CALLS_MAX = 4000, RATE_MAX = 300 };

static void judge(struct trial *t)
{
    size_t count = drafts_waiting(t->drafts);
    double letters = 0;
    double lasting_ms = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        struct segment_draft draft = drafts_at(t->drafts, i);

        t->segments++;
        t->letters += draft.text_bytes;
        t->timed += draft.start_ms != TIME_NONE;
        t->spoken += draft.speaker != SPEAKER_NONE;
        if (draft.start_ms != TIME_NONE && draft.end_ms > draft.start_ms) {
            letters += (double)draft.text_bytes;
            lasting_ms += (double)(draft.end_ms - draft.start_ms);
        }
    }
    t->plausible = lasting_ms <= 0 || (letters * 1000 < RATE_MAX * lasting_ms &&
                                       letters * 1000 * RATE_MAX > lasting_ms);
}

static void run(struct trial *t, const struct reader_ops *reader, const struct input *in,
                size_t bytes, bool lines, bool cut)
{
    struct reader_context context;
    size_t calls = 0;

    *t = (struct trial){.reader = reader, .status = READER_SEGMENT, .cut = cut};
    t->self = reader_open(reader);
    t->drafts = drafts_new();
    t->input = input_fork(in, bytes, cut);
    context = (struct reader_context){.input = t->input,
                                      .drafts = t->drafts,
                                      .diagnostics = &t->diagnostics,
                                      .account = &t->account};
    while (t->status == READER_SEGMENT && calls++ < CALLS_MAX &&
           drafts_waiting(t->drafts) < SEGMENTS_ENOUGH) {
        if (lines)
            drafts_set_line(t->drafts, input_next_line(t->input));
        t->status = reader->next(t->self, &context, &t->err);
    }
    judge(t);
}

/* The reader is told that the head is the whole file, so that it gives out what it would hold
 * back. */
void trial_run(struct trial *t, const struct reader_ops *reader, const struct input *in,
               size_t bytes, bool lines, bool sure)
{
    run(t, reader, in, bytes, lines, false);
    t->sure = sure;
    if (sure || t->letters > 0 || t->status != READER_MORE)
        return;
    trial_release(t);
    run(t, reader, in, bytes, lines, true);
}

void trial_release(struct trial *t)
{
    if (t->self != NULL)
        t->reader->close(t->self);
    drafts_free(t->drafts);
    input_free(t->input);
    diagnostics_release(&t->diagnostics);
    *t = (struct trial){0};
}

static bool holds_any(struct span head, const char *const *parts)
{
    for (; *parts != NULL; parts++) {
        if (bytes_find(head.data, head.length, *parts) != NULL)
            return true;
    }
    return false;
}

/* Whether a format reads a time from members with this name. */
static bool takes_as_time(const struct json_format *format, const char *name)
{
    size_t i;

    for (i = 0; format != NULL && i < format->rule_count; i++) {
        const struct json_rule *rule = &format->rules[i];
        const char *last = strrchr(rule->path, '.');

        if ((rule->gives == GIVES_START || rule->gives == GIVES_END) &&
            strcmp(last != NULL ? last + 1 : rule->path, name) == 0)
            return true;
    }
    return false;
}

/* "message_from", beside plain "from". */
static bool holds_longer_from(struct span head)
{
    static const char from[] = "from\"";
    const char *found;

    while ((found = bytes_find(head.data, head.length, from)) != NULL) {
        if (found > head.data && found[-1] != '"')
            return true;
        head = span_skip(head, (size_t)(found - head.data) + sizeof from - 1);
    }
    return false;
}

/* Parts of member names that mean speakers or times. */
static bool may_name_speakers(const struct reader_ops *reader, struct span head)
{
    static const char *const parts[] = {"peaker", "spk",    "articipant", "uthor",     "user",
                                        "User",   "name\"", "Name\"",     "who\"",     "sender",
                                        "hannel", "role\"", "Role\"",     "ttributed", NULL};
    /* Who writes, or where captions begin. */
    bool from = bytes_find(head.data, head.length, "from\"") != NULL &&
                (!takes_as_time(reader->json, "from") || holds_longer_from(head));

    return from || holds_any(head, parts);
}

static bool may_have_times(struct span head)
{
    static const char *const parts[] = {"start", "Start",  "time\"", "Time\"", "timestamp",
                                        "begin", "offset", "ts\"",   NULL};

    return holds_any(head, parts);
}

bool trial_is_complete(const struct trial *t, struct span head)
{
    if (t->sure && (t->status == READER_MORE || t->letters > 0))
        return t->plausible &&
               (t->letters == 0 ||
                (t->timed > 0 && (t->spoken > 0 || !may_name_speakers(t->reader, head))) ||
                (t->spoken > 0 && !may_have_times(head)));
    return t->letters > 0 && t->timed > 0 && t->plausible &&
           (t->spoken > 0 || !may_name_speakers(t->reader, head)) &&
           (t->cut || t->diagnostics.count[SEVERITY_ERROR] == 0);
}

bool trial_is_better(const struct trial *t, const struct trial *than)
{
    bool as_much = t->letters * 5 >= than->letters * 4;

    if (t->letters == 0 || t->status == READER_ERROR)
        return false;
    if (than->letters * 5 < t->letters * 2) /* some repeat their words */
        return true;
    return as_much && t->timed * 10 >= than->timed * 8 * (than->plausible || !t->plausible) &&
           t->spoken * 10 >= than->spoken * 8 &&
           ((t->timed * 2 > t->segments && than->timed == 0) ||
            (t->spoken > 0 && than->spoken == 0) || (t->plausible && !than->plausible));
}

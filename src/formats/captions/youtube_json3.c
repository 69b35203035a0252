/* YouTube's json3 captions. An event lasts until long after the next one has begun, so each is
 * held until the start of the next is known and ends there; then it is a cue like others. */
#include "formats/readers.h"

#include "formats/captions/caption_flow.h"
#include "formats/json/foreign_json.h"
#include "formats/json/json_value.h"
#include "shilu/base/translate.h"

struct youtube {
    struct caption_flow flow; /* begun with the first event */
    bool begun;
    struct buffer text; /* of the event that waits; empty: none waits */
    int64_t start_ms;
    int64_t end_ms;
    uint64_t line;
};

static bool flush(struct foreign_json *f, int64_t next_ms, struct error *err)
{
    struct youtube *self = f->state;
    struct caption_cue cue = {.start_ms = self->start_ms, .end_ms = self->end_ms};
    bool ok;

    if (self->text.bytes == 0)
        return true;
    if (next_ms != TIME_NONE && next_ms > cue.start_ms && next_ms < cue.end_ms)
        cue.end_ms = next_ms;
    cue.text = self->text.data;
    cue.text_bytes = self->text.bytes;
    cue.line = self->line;
    ok = caption_flow_add(&self->flow, f->context, &cue, err);
    buffer_clear(&self->text);
    return ok;
}

/* The words of an event. False: nothing to read. */
static bool gather(struct buffer *text, struct json_ref segs)
{
    struct json_ref seg;
    bool any = false;

    JSON_EACH(seg, segs)
    {
        const char *s = json_value_text(seg, "utf8");

        for (; s != NULL && *s != '\0'; s++) {
            any = any || (*s != '\n' && *s != ' ');
            buffer_append_char(text, *s);
        }
    }
    if (!any)
        buffer_clear(text);
    return any;
}

static bool youtube_take(struct foreign_json *f, struct json_ref value, struct error *err)
{
    struct youtube *self = f->state;
    struct json_ref segs = json_get(value, "segs");
    int64_t start_ms = foreign_json_units(f, json_get(value, "tStartMs"), 1);
    struct buffer text = {0};
    bool ok = true;

    if (!self->begun)
        caption_flow_init(&self->flow, CAPTION_PLAIN);
    self->begun = true;
    if (!json_is(value, JSON_OBJECT) || (segs.node != NULL && !json_is(segs, JSON_ARRAY)))
        foreign_json_error(f, "an event without \"segs\"");
    if (gather(&text, segs)) {
        ok = flush(f, start_ms, err);
        buffer_append(&self->text, text.data, text.bytes);
        self->line = foreign_json_line(f);
        self->start_ms = start_ms;
        self->end_ms = json_value_end_ms(
            start_ms, foreign_json_units(f, json_get(value, "dDurationMs"), 1));
    }
    buffer_release(&text);
    return ok;
}

static bool youtube_finish(struct foreign_json *f, struct error *err)
{
    struct youtube *self = f->state;

    return flush(f, TIME_NONE, err) &&
           (!self->begun || caption_flow_decide(&self->flow, f->context, err));
}

static void youtube_release(void *state)
{
    struct youtube *self = state;

    buffer_release(&self->text);
    caption_flow_release(&self->flow);
}

static const char *const youtube_arrays[] = {"events", NULL};
static const char *const youtube_members[] = {NULL};

static const struct foreign_json_format youtube_format = {.terminated = true,
                                                          .arrays = youtube_arrays,
                                                          .members = youtube_members,
                                                          .state_bytes = sizeof(struct youtube),
                                                          .take = youtube_take,
                                                          .finish = youtube_finish,
                                                          .release = youtube_release};

static void *youtube_open(void)
{
    return foreign_json_open(&youtube_format);
}

static int youtube_detect(const struct json_tree *head)
{
    return span_is(json_string(json_path(json_root(head), "wireMagic")), "pb3") ||
                   json_path(json_root(head), "events.0.tStartMs").node != NULL
               ? CONFIDENCE_CERTAIN - 1
               : CONFIDENCE_NO;
}

const struct reader_ops reader_youtube_json3 = {
    .name = "youtube-json3",
    .title = N_("YouTube json3 captions"),
    .detect_json = youtube_detect,
    .by_result = true,
    .open = youtube_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};

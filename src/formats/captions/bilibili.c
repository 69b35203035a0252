/* Bilibili's captions (BCC): cues like others, with times in seconds. */
#include "formats/readers.h"

#include <string.h>

#include "formats/captions/caption_flow.h"
#include "formats/json/foreign_json.h"
#include "formats/json/json_value.h"
#include "shilu/base/translate.h"

struct bilibili {
    struct caption_flow flow; /* begun with the first caption */
    bool begun;
};

static bool bilibili_take(struct foreign_json *f, struct json_ref value, struct error *err)
{
    struct bilibili *self = f->state;
    const char *content = json_value_text(value, "content");
    struct caption_cue cue = {.text = content, .line = foreign_json_line(f)};

    if (content == NULL) {
        foreign_json_error(f, "a caption without \"content\"");
        return true;
    }
    if (!self->begun)
        caption_flow_init(&self->flow, CAPTION_PLAIN);
    self->begun = true;
    cue.text_bytes = strlen(content);
    cue.start_ms = foreign_json_seconds(f, json_get(value, "from"));
    cue.end_ms = foreign_json_seconds(f, json_get(value, "to"));
    return caption_flow_add(&self->flow, f->context, &cue, err);
}

static bool bilibili_finish(struct foreign_json *f, struct error *err)
{
    struct bilibili *self = f->state;

    return !self->begun || caption_flow_decide(&self->flow, f->context, err);
}

static void bilibili_release(void *state)
{
    struct bilibili *self = state;

    caption_flow_release(&self->flow);
}

static const char *const bilibili_arrays[] = {"body", NULL};
static const char *const bilibili_members[] = {NULL};

static const struct foreign_json_format bilibili_format = {
    .terminated = true,
    .arrays = bilibili_arrays,
    .members = bilibili_members,
    .state_bytes = sizeof(struct bilibili),
    .take = bilibili_take,
    .finish = bilibili_finish,
    .release = bilibili_release};

static void *bilibili_open(void)
{
    return foreign_json_open(&bilibili_format);
}

static int bilibili_detect(const struct json_tree *head)
{
    return json_path(json_root(head), "body.0.from").node != NULL &&
                   json_is(json_path(json_root(head), "body.0.content"), JSON_STRING)
               ? CONFIDENCE_CERTAIN - 1
               : CONFIDENCE_NO;
}

const struct reader_ops reader_bilibili = {
    .name = "bilibili",
    .title = N_("Bilibili captions"),
    .detect_json = bilibili_detect,
    .by_result = true,
    .open = bilibili_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};

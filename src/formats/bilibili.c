/* Bilibili's captions (BCC): times in seconds, no speakers. */
#include "shilu/formats/readers.h"

#include <cjson/cJSON.h>

#include "shilu/formats/foreign_json.h"
#include "shilu/formats/json_probe.h"
#include "shilu/formats/json_value.h"

static bool bilibili_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    const char *content = json_value_text(value, "content");

    if (content == NULL) {
        foreign_json_fault(f, "a caption without \"content\"");
        return true;
    }
    return foreign_json_append(f, content, SPEAKER_NONE,
                               json_value_seconds_ms(json_value_get(value, "from")),
                               json_value_seconds_ms(json_value_get(value, "to")), err);
}

static const char *const bilibili_arrays[] = {"body", NULL};
static const char *const bilibili_members[] = {NULL};

static const struct foreign_json_format bilibili_format = {
    .arrays = bilibili_arrays, .members = bilibili_members, .take = bilibili_take};

static void *bilibili_open(void)
{
    return foreign_json_open(&bilibili_format);
}

static int bilibili_recognise(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return json_probe_has(head, bytes, "body.0.from") &&
                   json_probe_type(head, bytes, "body.0.content") == '"'
               ? SURE_CERTAIN - 1
               : SURE_NO;
}

const struct reader_ops reader_bilibili = {
    .name = "bilibili",
    .title = "Bilibili captions",
    .recognise = bilibili_recognise,
    .open = bilibili_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};

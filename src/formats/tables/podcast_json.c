/* Podcasting 2.0 JSON. Source: the transcript specification of the podcast namespace. A
 * segment may be a word, a mark or a caption; one without a speaker goes on with the last. */
#include "formats/readers.h"

#include <cjson/cJSON.h>

#include "formats/json/foreign_json.h"
#include "formats/json/json_probe.h"
#include "formats/json/json_value.h"

struct podcast {
    bool spoken; /* `speaker` is set */
    uint32_t speaker;
};

static bool podcast_take(struct foreign_json *f, const cJSON *value, struct error *err)
{
    struct podcast *self = f->state;
    const cJSON *speaker = json_value_get(value, "speaker");
    const char *body = json_value_text(value, "body");

    if (json_value_is_given(speaker)) {
        self->speaker = foreign_json_speaker(f, speaker);
        self->spoken = true;
    }
    if (body == NULL) {
        foreign_json_error(f, "a segment without \"body\"");
        return true;
    }
    return foreign_json_append(f, body, self->spoken ? self->speaker : SPEAKER_NONE,
                               foreign_json_seconds(f, json_value_get(value, "startTime")),
                               foreign_json_seconds(f, json_value_get(value, "endTime")), err);
}

/* Alone as well: the segments in an array that nothing is around. */
static const char *const podcast_arrays[] = {"", "segments", NULL};
static const char *const podcast_members[] = {NULL};

static const struct foreign_json_format podcast_format = {.arrays = podcast_arrays,
                                                          .members = podcast_members,
                                                          .state_bytes = sizeof(struct podcast),
                                                          .take = podcast_take};

static void *podcast_open(void)
{
    return foreign_json_open(&podcast_format);
}

static int podcast_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (json_probe_type(head, bytes, "0.body") == '"' &&
        json_probe_has(head, bytes, "0.startTime")) /* the segments alone */
        return CONFIDENCE_STRONG;
    return json_probe_type(head, bytes, "segments.0.body") == '"' ||
                   json_probe_has(head, bytes, "segments.0.startTime")
               ? CONFIDENCE_STRONG
               : CONFIDENCE_NO;
}

const struct reader_ops reader_podcast_json = {
    .name = "podcast-json",
    .title = "Podcasting 2.0 JSON",
    .detect = podcast_detect,
    .open = podcast_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};

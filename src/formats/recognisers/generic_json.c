/* Any program's JSON that holds a list of utterances or of words: the head is surveyed, and
 * read by the rules that come of it. */
#include "formats/json/json_survey.h"
#include "formats/readers.h"

#include <stdlib.h>

#include "shilu/base/memory.h"

struct generic_json {
    struct json_survey survey;
    void *reader; /* json_reader, once the head was surveyed */
};

static void *generic_json_open(void)
{
    return memory_zalloc(1, sizeof(struct generic_json));
}

static void generic_json_close(void *opened)
{
    struct generic_json *self = opened;

    if (self->reader != NULL)
        json_reader_close(self->reader);
    json_survey_release(&self->survey);
    free(self);
}

/* False: the window does not hold a head yet. */
static bool survey(struct generic_json *self, const struct input *in)
{
    struct json_tree head = {0};
    size_t bytes;
    const char *window = input_window(in, &bytes);

    if (bytes < DETECT_BYTES && !input_ended(in))
        return false;
    json_tree_parse(&head, window, bytes < DETECT_BYTES ? bytes : DETECT_BYTES);
    json_survey_make(&self->survey, json_root(&head));
    json_tree_release(&head);
    self->reader = json_reader_open(&self->survey.format);
    return true;
}

static enum reader_status generic_json_next(void *opened, struct reader_context *context,
                                            struct error *err)
{
    struct generic_json *self = opened;

    if (self->reader == NULL && !survey(self, context->input))
        return READER_MORE;
    if (self->survey.format.rule_count == 0) {
        error_set(err, ERROR_UNSUPPORTED, "no list of utterances was found in this JSON");
        return READER_ERROR;
    }
    return json_reader_next(self->reader, context, err);
}

/* Whether there is a list is found out when it is tried. */
static int generic_json_detect(const struct json_tree *head)
{
    size_t i;

    for (i = 0; i < head->count; i++) {
        if (head->nodes[i].type == JSON_OBJECT)
            return CONFIDENCE_MAYBE / 4;
    }
    return CONFIDENCE_NO;
}

const struct reader_ops reader_utterance_list = {
    .name = "utterances",
    .title = "list of utterances in JSON",
    .detect_json = generic_json_detect,
    .by_result = true,
    .open = generic_json_open,
    .next = generic_json_next,
    .close = generic_json_close,
};

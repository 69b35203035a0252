/* Any program's JSON that holds a list of utterances or of words: the head is surveyed, and
 * read by the rules that come of it. Where there is no such list, but a string that is JSON
 * once more, as some services answer, that is read in the same way. */
#include "formats/json/json_survey.h"
#include "formats/readers.h"

#include <stdlib.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

/* A string inside is JSON from here on. */
enum { INNER_BYTES_MIN = 40 };

/* A longer file is not held whole to look for it. */
enum { INNER_FILE_BYTES_MAX = 64 << 20 };

struct generic_json {
    struct json_survey survey;
    void *reader;              /* json_reader, once the head was surveyed */
    struct buffer inner_text;  /* of the JSON in a string */
    struct input *inner_input; /* of it, or NULL */
    struct generic_json *inner;
    bool is_inner;
};

static void *generic_json_open(void)
{
    return memory_zalloc(1, sizeof(struct generic_json));
}

static void generic_json_close(void *opened)
{
    struct generic_json *self = opened;

    if (self->inner != NULL)
        generic_json_close(self->inner);
    if (self->reader != NULL)
        json_reader_close(self->reader);
    input_free(self->inner_input);
    buffer_release(&self->inner_text);
    json_survey_release(&self->survey);
    free(self);
}

/* The longest string that may be JSON. */
static struct span inner_json(const struct json_tree *tree)
{
    struct span longest = span_of("", 0);
    size_t i;

    for (i = 0; i < tree->count; i++) {
        struct span s = span_trim(json_string((struct json_ref){tree, &tree->nodes[i]}));

        if (s.length >= INNER_BYTES_MIN && s.length > longest.length &&
            (*s.data == '{' || *s.data == '['))
            longest = s;
    }
    return longest;
}

/* False: all of the file is needed first. */
static bool open_inner(struct generic_json *self, const struct json_tree *tree, bool whole,
                       size_t bytes)
{
    struct span text = inner_json(tree);
    struct error err;

    if (self->is_inner || text.length == 0)
        return true;
    if (!whole)
        return bytes > INNER_FILE_BYTES_MAX;
    buffer_append(&self->inner_text, text.data, text.length);
    self->inner_input = input_new(
        source_open_memory(self->inner_text.data, self->inner_text.bytes), "utf-8", &err);
    self->inner = generic_json_open();
    self->inner->is_inner = true;
    return true;
}

/* Objects that follow one another are read as an array of them: the first one may be another
 * kind of message than those that hold the words. */
static void parse_sequence(struct json_tree *head, struct buffer *all, struct span window)
{
    struct span rest = span_trim(span_skip(window, head->bytes));

    if (rest.length == 0 || *rest.data != '{')
        return;
    buffer_append_char(all, '[');
    buffer_append(all, window.data, window.length);
    json_tree_parse(head, all->data, all->bytes);
}

/* False: the window does not hold enough yet. */
static bool survey(struct generic_json *self, const struct input *in)
{
    struct json_tree head = {0};
    struct buffer all = {0};
    size_t bytes;
    const char *window = input_window(in, &bytes);
    bool ended = input_ended(in);
    bool enough = true;

    if (bytes < DETECT_BYTES && !ended)
        return false;
    bytes = ended || bytes < DETECT_BYTES ? bytes : DETECT_BYTES;
    json_tree_parse(&head, window, bytes);
    if (head.status == JSON_TREE_WHOLE && json_is(json_root(&head), JSON_OBJECT))
        parse_sequence(&head, &all, span_of(window, bytes));
    json_survey_release(&self->survey);
    json_survey_make(&self->survey, json_root(&head));
    if (self->survey.format.rule_count == 0)
        enough = open_inner(self, &head, ended, bytes);
    json_tree_release(&head);
    buffer_release(&all);
    if (enough)
        self->reader = json_reader_open(&self->survey.format);
    return enough;
}

static enum reader_status generic_json_next(void *opened, struct reader_context *context,
                                            struct error *err);

static enum reader_status next_inner(struct generic_json *self, struct reader_context *context,
                                     struct error *err)
{
    struct reader_context inside = {self->inner_input, context->drafts, context->diagnostics};
    enum reader_status status;

    while ((status = generic_json_next(self->inner, &inside, err)) == READER_MORE &&
           !input_ended(self->inner_input))
        input_fill(self->inner_input, DETECT_BYTES);
    return status == READER_MORE ? READER_END : status;
}

static enum reader_status generic_json_next(void *opened, struct reader_context *context,
                                            struct error *err)
{
    struct generic_json *self = opened;

    if (self->reader == NULL && !survey(self, context->input))
        return READER_MORE;
    if (self->inner != NULL)
        return next_inner(self, context, err);
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
        if (head->nodes[i].type == JSON_OBJECT || head->nodes[i].type == JSON_STRING)
            return CONFIDENCE_MAYBE / 4;
    }
    return CONFIDENCE_NO;
}

const struct reader_ops reader_utterance_list = {
    .name = "utterances",
    .title = N_("list of utterances in JSON"),
    .detect_json = generic_json_detect,
    .by_result = true,
    .open = generic_json_open,
    .next = generic_json_next,
    .close = generic_json_close,
};

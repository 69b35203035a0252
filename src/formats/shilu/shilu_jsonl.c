/* shilu's own JSON Lines: an optional header object, then one segment per line. A stream may
 * still be growing, so a line is used as soon as it is complete. */
#include <stdlib.h>
#include <string.h>

#include "formats/json/json_stream.h"
#include "formats/readers.h"
#include "formats/shilu/shilu_record.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

struct shilu_jsonl {
    struct shilu_record record;
    bool first_done;
    bool finished; /* done once; lines may still follow if the file grows */
    bool in_line;  /* an object was used before its line ended */
};

static void *shilu_jsonl_open(void)
{
    return memory_zalloc(1, sizeof(struct shilu_jsonl));
}

static void shilu_jsonl_close(void *opened)
{
    struct shilu_jsonl *self = opened;

    shilu_record_release(&self->record);
    free(self);
}

static void take_speakers(struct shilu_jsonl *self, struct reader_context *context,
                          const struct json_field *field, const struct shilu_place *place)
{
    struct source *source = source_open_memory(field->raw, field->raw_bytes);
    static const char *const top[] = {"", NULL};
    struct json_stream *stream = json_stream_new(top);
    struct error err;
    struct input *in = input_new(source, "utf-8", &err);
    struct json_item item;
    enum json_event event;
    struct shilu_place inside = *place; /* the header's line is accurate enough */

    input_position(context->input, 0, &inside.line, &inside.column);
    while ((event = json_stream_next(stream, in, &item, &err)) != JSON_END) {
        if (event == JSON_MORE) {
            input_fill(in, field->raw_bytes + 1);
            continue;
        }
        if (event == JSON_COMMA)
            continue; /* the header's parser reports it */
        if (event != JSON_ELEMENT)
            break;
        inside.text = item.text;
        shilu_record_speaker(&self->record, context, NULL, item.text, item.bytes, &inside);
    }
    json_stream_free(stream);
    input_free(in);
}

/* All members of the header. It is parsed separately, because the speakers use the record's
 * parser. */
static bool take_header(struct shilu_jsonl *self, struct reader_context *context,
                        const char *line, size_t bytes, const struct shilu_place *place,
                        struct error *err)
{
    struct json_flat flat = {0};
    struct buffer scratch = {0};
    const struct json_field *speakers;
    bool ok = true;
    size_t i;

    json_flat_parse(&flat, line, bytes, &scratch);
    if (flat.error != NULL)
        shilu_record_say(context, SEVERITY_ERROR, place, line + flat.error_byte,
                         "this header is not valid JSON");
    speakers = json_flat_get(&flat, "speakers");
    for (i = 0; ok && i < flat.count; i++) {
        if (&flat.fields[i] != speakers || speakers->type != 'a')
            ok = shilu_record_member(&self->record, context, &flat.fields[i], place, err);
    }
    if (ok && speakers != NULL && speakers->type == 'a')
        take_speakers(self, context, speakers, place);
    json_flat_release(&flat);
    buffer_release(&scratch);
    return ok;
}

/* The first line is a header if it names the format, or has a header's member and no text: a
 * record's own members may have any name. */
static bool is_header(const struct json_flat *flat)
{
    const struct json_field *format = json_flat_get(flat, "format");

    return format != NULL &&
           (shilu_record_is_format(format) || json_flat_get(flat, "text") == NULL);
}

static const char *const nothing_behind = N_("nothing after the object");

static enum reader_status take_line(struct shilu_jsonl *self, struct reader_context *context,
                                    const char *line, size_t bytes,
                                    const struct shilu_place *place, struct error *err)
{
    struct json_flat *flat = &self->record.flat;
    bool first = !self->first_done;

    self->first_done = true;
    json_flat_parse(flat, line, bytes, &self->record.scratch);
    if (flat->error == NULL && strspn(line + flat->bytes, " \t\r") < bytes - flat->bytes) {
        flat->error = nothing_behind;
        flat->error_byte = flat->bytes;
    }
    if (first && is_header(flat))
        return take_header(self, context, line, bytes, place, err) ? READER_SEGMENT
                                                                   : READER_ERROR;
    return shilu_record_segment(&self->record, context, flat, line, bytes, place, err)
               ? READER_SEGMENT
               : READER_ERROR;
}

/* What follows an object that was used before its line ended. */
static void skip_rest(struct shilu_jsonl *self, struct reader_context *context,
                      const char *rest, size_t bytes)
{
    struct shilu_place place = {.text = rest};

    self->in_line = false;
    if (strspn(rest, " \t\r") < bytes)
        shilu_record_say_expected(context, &place, rest, nothing_behind);
}

/* The last line of a growing file, truncated or only not ended yet: used if it is a whole
 * object with words. Without words it may be the front of a broken line, which is kept whole.
 */
static bool rests_on_object(const struct input *in, const char **line, size_t *bytes)
{
    struct json_flat flat = {0};
    struct buffer scratch = {0};
    bool whole;

    *line = input_window(in, bytes);
    if (!input_resting(in) || *bytes == 0 || (*line)[*bytes - 1] != '}')
        return false;
    whole = json_flat_parse(&flat, *line, *bytes, &scratch) && flat.bytes == *bytes &&
            json_flat_get(&flat, "text") != NULL && json_flat_get(&flat, "text")->type == 's';
    json_flat_release(&flat);
    buffer_release(&scratch);
    return whole;
}

static enum reader_status end_of_lines(struct shilu_jsonl *self, struct reader_context *context)
{
    if (!input_ended(context->input))
        return READER_MORE;
    if (!self->finished)
        shilu_record_finish(&self->record, context);
    self->finished = true;
    return READER_END;
}

static enum reader_status shilu_jsonl_next(void *opened, struct reader_context *context,
                                           struct error *err)
{
    struct shilu_jsonl *self = opened;
    enum reader_status status = READER_SEGMENT;
    const char *line;
    size_t bytes;
    size_t next;

    if (!input_line(context->input, 0, &line, &bytes, &next)) {
        if (self->in_line || !rests_on_object(context->input, &line, &bytes))
            return end_of_lines(self, context);
        self->in_line = true;
        next = bytes;
    } else if (self->in_line) {
        skip_rest(self, context, line, bytes);
        input_consume(context->input, next);
        return READER_SEGMENT;
    }
    if (strspn(line, " \t") < bytes) {
        struct shilu_place place = {.text = line};

        status = take_line(self, context, line, bytes, &place, err);
    }
    input_consume(context->input, next);
    return status;
}

static const char *skip_blank(const char *s, const char *end)
{
    while (s < end && span_is_space(*s))
        s++;
    return s;
}

/* A first line that is a whole object and has the members of a header or a segment. */
static int shilu_jsonl_detect(const struct json_tree *head)
{
    const char *end = head->text + head->text_bytes;
    const char *first = skip_blank(head->text, end);
    const char *behind = head->text + head->bytes;
    struct json_ref root = json_root(head);
    struct json_ref format = json_get(root, "format");

    if (!json_is(root, JSON_OBJECT) || head->status != JSON_TREE_WHOLE ||
        memchr(first, '\n', (size_t)(behind - first)) != NULL ||
        json_get(root, "segments").node != NULL)
        return CONFIDENCE_NO;
    if (format.node != NULL)
        return span_is(json_string(format), "shilu") ? CONFIDENCE_CERTAIN : CONFIDENCE_NO;
    if (!json_is(json_get(root, "text"), JSON_STRING))
        return CONFIDENCE_NO;
    if (span_contains(json_string(json_get(root, "text")), "</") ||
        span_contains(json_string(json_get(root, "text")), "<br"))
        return CONFIDENCE_MAYBE / 10; /* rather a page that an editor saved */
    behind = skip_blank(behind, end);
    return behind < end && *behind == '{' ? CONFIDENCE_STRONG
                                          : CONFIDENCE_MAYBE / 2; /* any JSON with a text */
}

const struct reader_ops reader_shilu_jsonl = {
    .name = "jsonl",
    .title = N_("shilu JSON Lines"),
    .detect_json = shilu_jsonl_detect,
    .by_result = true,
    .open = shilu_jsonl_open,
    .next = shilu_jsonl_next,
    .close = shilu_jsonl_close,
    .grows = true,
};

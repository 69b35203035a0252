/* Our own JSON Lines: a header object, which may be absent, then one segment a line. A stream
 * may still be growing, so a line is used as soon as it is whole. */
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/formats/json_stream.h"
#include "shilu/formats/readers.h"
#include "shilu_record.h"

struct shilu_jsonl {
    struct shilu_record record;
    bool first_done;
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

    while ((event = json_stream_next(stream, in, &item, &err)) != JSON_END) {
        if (event == JSON_MORE && input_fill(in, field->raw_bytes + 1, &err) != SOURCE_ERROR)
            continue;
        if (event != JSON_ELEMENT)
            break;
        shilu_record_speaker(&self->record, context, item.text, item.bytes,
                             &(struct shilu_place){item.text, place->line, place->column});
    }
    json_stream_free(stream);
    input_free(in);
}

/* All members of the header. The speakers are read last: they use the record's parser. */
static bool take_header(struct shilu_jsonl *self, struct reader_context *context,
                        const struct json_flat *flat, const struct shilu_place *place,
                        struct error *err)
{
    const struct json_field *speakers = json_flat_get(flat, "speakers");
    size_t i;

    for (i = 0; i < flat->count; i++) {
        if (&flat->fields[i] != speakers &&
            !shilu_record_member(&self->record, context, &flat->fields[i], place, err))
            return false;
    }
    if (speakers != NULL && speakers->type == 'a')
        take_speakers(self, context, speakers, place);
    return true;
}

static enum reader_status take_line(struct shilu_jsonl *self, struct reader_context *context,
                                    const char *line, size_t bytes,
                                    const struct shilu_place *place, struct error *err)
{
    bool first = !self->first_done;
    bool ok;

    self->first_done = true;
    if (first) {
        struct json_flat *flat = memory_alloc(sizeof *flat);

        json_flat_parse(flat, line, bytes, &self->record.scratch);
        if (json_flat_get(flat, "text") == NULL && json_flat_get(flat, "format") != NULL) {
            ok = take_header(self, context, flat, place, err);
            free(flat);
            return ok ? READER_SEGMENT : READER_ERROR;
        }
        free(flat);
    }
    if (json_type(line, bytes) != 'o') {
        /* Not JSON: the words must not be lost for that. */
        struct segment_draft draft = SEGMENT_DRAFT_INIT;

        shilu_record_say(context, SEVERITY_FAULT, place, NULL, "expected an object");
        draft.text = line;
        draft.text_bytes = bytes;
        return transcript_append(context->transcript, &draft, err) ? READER_SEGMENT
                                                                   : READER_ERROR;
    }
    ok = shilu_record_segment(&self->record, context, line, bytes, place, err);
    return ok ? READER_SEGMENT : READER_ERROR;
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
        if (!input_ended(context->input))
            return READER_MORE;
        shilu_record_finish(&self->record, context);
        return READER_END;
    }
    if (strspn(line, " \t") < bytes) {
        struct shilu_place place = {.text = line};

        input_position(context->input, 0, &place.line, &place.column);
        status = take_line(self, context, line, bytes, &place, err);
    }
    input_consume(context->input, next);
    return status;
}

/* The first line is a whole object, and another follows it or it is a segment or a header. */
static int shilu_jsonl_recognise(const char *head, size_t bytes, bool whole)
{
    const char *end = memchr(head, '\n', bytes);
    size_t line_bytes = end != NULL ? (size_t)(end - head) : bytes;
    struct buffer scratch = {0};
    struct json_flat *flat;
    int sure = SURE_NO;

    if (bytes == 0 || *head != '{' || (end == NULL && !whole))
        return SURE_NO;
    flat = memory_alloc(sizeof *flat);
    if (json_flat_parse(flat, head, line_bytes, &scratch)) {
        bool follows = end != NULL && memchr(end, '{', bytes - line_bytes) == end + 1;
        bool header = json_flat_get(flat, "format") != NULL &&
                      json_flat_get(flat, "segments") == NULL;

        if (header)
            sure = SURE_CERTAIN;
        else if (json_flat_get(flat, "text") != NULL)
            sure = follows ? SURE_STRONG : SURE_LIKELY;
    }
    free(flat);
    buffer_release(&scratch);
    return sure;
}

const struct reader_ops reader_shilu_jsonl = {
    .name = "jsonl",
    .title = "shilu JSON Lines",
    .recognise = shilu_jsonl_recognise,
    .open = shilu_jsonl_open,
    .next = shilu_jsonl_next,
    .close = shilu_jsonl_close,
};

/* shilu's own JSON, transcript format 1: one object in one file. */
#include <stdlib.h>
#include <string.h>

#include "formats/json/json_stream.h"
#include "formats/readers.h"
#include "formats/shilu/shilu_record.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

struct shilu_json {
    struct json_stream *stream;
    struct shilu_record record;
    bool segments_seen;
};

static const char *const arrays[] = {"segments", "speakers", NULL};

static void *shilu_json_open(void)
{
    struct shilu_json *self = memory_zalloc(1, sizeof *self);

    self->stream = json_stream_new(arrays);
    json_stream_flat(self->stream, &self->record.flat, &self->record.scratch);
    return self;
}

static void shilu_json_close(void *opened)
{
    struct shilu_json *self = opened;

    json_stream_free(self->stream);
    shilu_record_release(&self->record);
    free(self);
}

/* A member's value as a field; an artificial object is put around it so that one parser serves
 * all. */
static bool take_member(struct shilu_json *self, struct reader_context *context,
                        const struct json_item *item, const struct shilu_place *place,
                        struct error *err)
{
    struct json_flat *flat = &self->record.flat;
    struct buffer object = {0};
    struct shilu_place inside = *place;
    bool ok = true;

    buffer_append_string(&object, "{\"");
    buffer_append_string(&object, item->path);
    buffer_append_string(&object, "\":");
    buffer_append(&object, item->text, item->bytes);
    buffer_append_char(&object, '}');
    inside.text = object.data + (object.bytes - 1 - item->bytes);
    if (json_flat_parse(flat, object.data, object.bytes, &self->record.scratch))
        ok = shilu_record_member(&self->record, context, &flat->fields[0], &inside, err);
    else
        shilu_record_say(context, SEVERITY_ERROR, place, NULL, "expected a value");
    buffer_release(&object);
    return ok;
}

static bool take_element(struct shilu_json *self, struct reader_context *context,
                         const struct json_item *item, const struct shilu_place *place,
                         struct error *err)
{
    if (strcmp(item->path, "speakers") == 0) {
        shilu_record_speaker(&self->record, context, item->flat, item->text, item->bytes,
                             place);
        return true;
    }
    self->segments_seen = true;
    return shilu_record_segment(&self->record, context, item->flat, item->text, item->bytes,
                                place, err);
}

/* The file ends inside something: what there is of a segment is kept. */
static enum reader_status take_cut(struct shilu_json *self, struct reader_context *context,
                                   const struct json_item *item,
                                   const struct shilu_place *place, struct error *err)
{
    uint64_t line, column;
    size_t bytes;
    bool ok = true;

    input_window(context->input, &bytes);
    input_position(context->input, bytes, &line, &column);
    if (strcmp(item->path, "segments") == 0 && item->bytes > 0) {
        json_flat_parse(&self->record.flat, item->text, item->bytes, &self->record.scratch);
        if (json_flat_get(&self->record.flat, "text") != NULL)
            ok = shilu_record_segment(&self->record, context, &self->record.flat, item->text,
                                      item->bytes, place, err);
    }
    shilu_record_finish(&self->record, context);
    if (!ok)
        return READER_ERROR;
    diagnostics_add(context->diagnostics, SEVERITY_ERROR, line, column,
                    "the file ends before its JSON does");
    context->diagnostics->is_cut = true;
    return READER_END;
}

static enum reader_status finish(struct shilu_json *self, struct reader_context *context)
{
    shilu_record_finish(&self->record, context);
    if (!self->segments_seen && drafts_count(context->drafts) == 0)
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, 1, 1, "no segments");
    return READER_END;
}

static void report_error_at(struct reader_context *context, const struct error *err)
{
    diagnostics_add(context->diagnostics, SEVERITY_ERROR, err->line, err->column, "%s",
                    err->message);
}

/* Broken JSON after segments that could be read: those are kept, and the error is reported. */
static enum reader_status give_up(struct shilu_json *self, struct reader_context *context,
                                  struct error *err)
{
    if (drafts_count(context->drafts) == 0 || err->code == ERROR_UNSUPPORTED)
        return READER_ERROR;
    report_error_at(context, err);
    context->diagnostics->is_cut = true;
    shilu_record_finish(&self->record, context);
    return READER_END;
}

static enum reader_status shilu_json_next(void *opened, struct reader_context *context,
                                          struct error *err)
{
    struct shilu_json *self = opened;
    struct json_item item;
    enum json_event event = json_stream_next(self->stream, context->input, &item, err);
    struct shilu_place place = {.text = item.text};

    switch (event) {
    case JSON_MEMBER:
        return take_member(self, context, &item, &place, err) ? READER_SEGMENT : READER_ERROR;
    case JSON_ELEMENT:
        return take_element(self, context, &item, &place, err) ? READER_SEGMENT : READER_ERROR;
    case JSON_MORE:
        return READER_MORE;
    case JSON_COMMA:
        report_error_at(context, err);
        return READER_SEGMENT;
    case JSON_CUT:
        return take_cut(self, context, &item, &place, err);
    case JSON_END:
        return finish(self, context);
    case JSON_ERROR:
        break;
    }
    return give_up(self, context, err);
}

/* An object with segments that have a text may be shilu's too, since everything else is
 * optional; other formats are more confident about theirs. */
static int shilu_json_detect(const struct json_tree *head)
{
    struct json_ref root = json_root(head);
    struct json_ref segments;

    if (span_is(json_string(json_get(root, "format")), "shilu"))
        return CONFIDENCE_CERTAIN; /* lines of a stream were detected earlier */
    segments = json_get(root, "segments");
    return segments.node != NULL && (json_count(segments) == 0 ||
                                     json_get(json_at(segments, 0), "text").node != NULL)
               ? CONFIDENCE_MAYBE
               : CONFIDENCE_NO;
}

const struct reader_ops reader_shilu_json = {
    .name = "json",
    .title = N_("shilu JSON"),
    .detect_json = shilu_json_detect,
    .by_result = true,
    .open = shilu_json_open,
    .next = shilu_json_next,
    .close = shilu_json_close,
};

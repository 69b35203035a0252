/* Foreign JSON: the walk over a file of another program. Once `finished`, the format has been
 * told of the end and nothing is read any more. */
#include "formats/json/foreign_json.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/json/json_stream.h"
#include "formats/json/json_value.h"
#include "shilu/base/memory.h"

struct foreign_json_reader {
    const struct foreign_json_format *format;
    struct json_stream *stream;
    struct foreign_json shared;
    bool started;
    bool finished;
};

void *foreign_json_open(const struct foreign_json_format *format)
{
    struct foreign_json_reader *r = memory_zalloc(1, sizeof *r);

    r->format = format;
    r->stream = json_stream_new(format->arrays);
    r->shared.state = memory_zalloc(1, format->state_bytes + 1);
    return r;
}

void foreign_json_close(void *self)
{
    struct foreign_json_reader *r = self;

    if (r->format->release != NULL)
        r->format->release(r->shared.state);
    free(r->shared.state);
    json_stream_free(r->stream);
    free(r);
}

/* A broken item has been reported: that something is missing in it is no news. */
void foreign_json_error(struct foreign_json *f, const char *what)
{
    if (!f->broken)
        diagnostics_add(f->context->diagnostics, SEVERITY_ERROR, f->line, f->column, "%s",
                        what);
}

static bool is_one_of(const char *const *paths, const char *path)
{
    for (; *paths != NULL; paths++) {
        if (strcmp(*paths, path) == 0)
            return true;
    }
    return false;
}

static void say_repaired(struct foreign_json *f, const struct json_repairs *repairs)
{
    if (repairs->escapes > 0)
        diagnostics_add(f->context->diagnostics, SEVERITY_WARNING, f->line, f->column,
                        "a NUL or half a surrogate pair became U+FFFD");
    if (repairs->numbers > 0)
        diagnostics_add(f->context->diagnostics, SEVERITY_WARNING, f->line, f->column,
                        "NaN or Infinity stands for no number");
}

static void say_broken(struct foreign_json *f, size_t byte)
{
    uint64_t line, column;

    input_position(f->context->input, byte, &line, &column);
    diagnostics_add(f->context->diagnostics, SEVERITY_ERROR, line, column,
                    "this is not valid JSON");
}

/* A literal or number that the end may have cut. */
static bool may_be_half(struct input *in, const struct json_item *item)
{
    size_t bytes;

    input_window(in, &bytes);
    return input_ended(in) && bytes == item->bytes && strchr("{[\"", *item->text) == NULL;
}

/* A broken element is a fault of its own: those around it are whole, and so is its front. */
static enum reader_status take(struct foreign_json_reader *r, const struct json_item *item,
                               bool whole, struct error *err)
{
    struct foreign_json *f = &r->shared;
    struct json_repairs repairs = {0};
    struct error broken;
    size_t mistake;
    cJSON *value = NULL;
    bool ok;

    input_position(f->context->input, 0, &f->line, &f->column);
    if (whole && may_be_half(f->context->input, item))
        return READER_SEGMENT;
    if (whole)
        value = json_parse(item->text, item->bytes, f->line, f->column, &repairs, &broken);
    if (whole && value == NULL)
        diagnostics_add(f->context->diagnostics, SEVERITY_ERROR, broken.line, broken.column,
                        "%s", broken.message);
    f->broken = value == NULL;
    f->untimed = false;
    if (f->broken)
        value = json_parse_front(item->text, item->bytes, &mistake);
    if (!whole && mistake < item->bytes)
        say_broken(f, mistake);
    if (value == NULL)
        return READER_SEGMENT;
    say_repaired(f, &repairs);
    f->path = item->path;
    ok = r->format->take(f, value, err);
    cJSON_Delete(value);
    return ok ? READER_SEGMENT : READER_ERROR;
}

static enum reader_status finish(struct foreign_json_reader *r, struct error *err)
{
    if (r->finished)
        return READER_END;
    r->finished = true;
    if (r->format->finish != NULL && !r->format->finish(&r->shared, err))
        return READER_ERROR;
    return READER_END;
}

/* What the file's end leaves of an element is taken as well. */
static enum reader_status take_cut(struct foreign_json_reader *r, const struct json_item *item,
                                   struct error *err)
{
    bool ok = true;
    uint64_t line, column;

    input_position(r->shared.context->input, item->bytes, &line, &column);
    if (item->bytes > 0 && (*item->text == '{' || *item->text == '[') &&
        is_one_of(r->format->arrays, item->path))
        ok = take(r, item, false, err) != READER_ERROR;
    diagnostics_add(r->shared.context->diagnostics, SEVERITY_ERROR, line, column,
                    "unexpected end of file");
    r->shared.context->diagnostics->is_cut = true;
    r->shared.ended_early = true;
    return ok ? finish(r, err) : READER_ERROR;
}

/* What was held back is shown. The error of the walk is the answer only where nothing could be
 * read: else it is a fault, below which nothing is read. */
static enum reader_status give_up(struct foreign_json_reader *r, const struct error *err)
{
    struct reader_context *context = r->shared.context;
    struct error second;

    r->shared.ended_early = true;
    if (finish(r, &second) == READER_ERROR || drafts_count(context->drafts) == 0)
        return READER_ERROR;
    diagnostics_add(context->diagnostics, SEVERITY_ERROR, err->line, err->column, "%s",
                    err->message);
    context->diagnostics->is_cut = true;
    return READER_END;
}

enum reader_status foreign_json_next(void *self, struct reader_context *context,
                                     struct error *err)
{
    struct foreign_json_reader *r = self;
    struct json_item item;

    r->shared.context = context;
    if (!r->started)
        drafts_set_clock(context->drafts, CLOCK_ELAPSED);
    r->started = true;
    if (r->finished)
        return READER_END;
    switch (json_stream_next(r->stream, context->input, &item, err)) {
    case JSON_MEMBER:
        return is_one_of(r->format->members, item.path) ? take(r, &item, true, err)
                                                        : READER_SEGMENT;
    case JSON_ELEMENT:
        return take(r, &item, true, err);
    case JSON_MORE:
        return READER_MORE;
    case JSON_END:
        return finish(r, err);
    case JSON_COMMA:
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, err->line, err->column, "%s",
                        err->message);
        return READER_SEGMENT;
    case JSON_CUT:
        return take_cut(r, &item, err);
    case JSON_ERROR:
        break;
    }
    return give_up(r, err);
}

uint32_t foreign_json_speaker(struct foreign_json *f, const cJSON *label)
{
    char bare[JSON_VALUE_LABEL];
    char name[JSON_VALUE_LABEL + 10];
    bool number;

    if (!json_value_label(label, bare)) /* longer labels are names */
        return cJSON_IsString(label)
                   ? emit_speaker(f->context, label->valuestring, strlen(label->valuestring))
                   : SPEAKER_NONE;
    if (strcmp(bare, "?") == 0)
        return SPEAKER_NONE;
    number = bare[0] != '\0' && strspn(bare, "0123456789") == strlen(bare);
    if (!number && !(isupper((unsigned char)bare[0]) && bare[1] == '\0'))
        return emit_speaker(f->context, bare, strlen(bare));
    snprintf(name, sizeof name, "Speaker %s", bare);
    return drafts_speaker(f->context->drafts,
                          &(struct speaker_label){.id = bare, .name = name});
}

void foreign_json_set(struct foreign_json *f, enum transcript_field field, const cJSON *value)
{
    if (cJSON_IsString(value))
        emit_field(f->context, field, value->valuestring, strlen(value->valuestring));
}

void foreign_json_field(struct foreign_json *f, enum transcript_field field,
                        const cJSON *object, const char *name)
{
    foreign_json_set(f, field, json_value_get(object, name));
}

static int64_t say_unless_read(struct foreign_json *f, const cJSON *value, int64_t ms)
{
    if (ms == TIME_NONE && json_value_is_given(value) && !f->untimed) {
        foreign_json_error(f, "a time that cannot be read");
        f->untimed = true;
    }
    return ms;
}

int64_t foreign_json_seconds(struct foreign_json *f, const cJSON *value)
{
    return say_unless_read(f, value, json_value_seconds_ms(value));
}

int64_t foreign_json_units(struct foreign_json *f, const cJSON *value, double per_ms)
{
    return say_unless_read(f, value, json_value_units_ms(value, per_ms));
}

void foreign_json_check_end(struct foreign_json *f, int64_t start_ms, int64_t *end_ms)
{
    if (start_ms == TIME_NONE || *end_ms == TIME_NONE || *end_ms >= start_ms)
        return;
    diagnostics_add(f->context->diagnostics, SEVERITY_WARNING, f->line, f->column,
                    "this ends before it starts: its end is left out");
    *end_ms = TIME_NONE;
}

bool foreign_json_append(struct foreign_json *f, const char *text, uint32_t speaker,
                         int64_t start_ms, int64_t end_ms, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    draft.text = text;
    draft.text_bytes = strlen(text);
    draft.speaker = speaker;
    draft.start_ms = start_ms;
    foreign_json_check_end(f, start_ms, &end_ms);
    draft.end_ms = end_ms;
    draft.piece = true;
    return emit_segment(f->context, &draft, err);
}

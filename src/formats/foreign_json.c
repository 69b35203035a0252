/* Foreign JSON: the walk over a file of another program. Once `finished`, the format has been
 * told of the end and nothing is read any more. */
#include "shilu/formats/foreign_json.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/formats/emit.h"
#include "shilu/formats/json_stream.h"
#include "shilu/formats/json_value.h"

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

void foreign_json_fault(struct foreign_json *f, const char *what)
{
    diagnostics_add(f->context->diagnostics, SEVERITY_FAULT, f->line, f->column, "%s", what);
}

static bool is_wanted(const struct foreign_json_format *format, const char *path)
{
    const char *const *member;

    for (member = format->members; *member != NULL; member++) {
        if (strcmp(*member, path) == 0)
            return true;
    }
    return false;
}

/* A broken element is a fault of its own: those around it are whole. */
static enum reader_status take(struct foreign_json_reader *r, const struct json_item *item,
                               struct error *err)
{
    struct error broken;
    uint64_t line, column;
    cJSON *value;
    bool ok;

    input_position(r->shared.context->input, 0, &line, &column);
    value = json_parse(item->text, item->bytes, line, column, &broken);
    if (value == NULL) {
        diagnostics_add(r->shared.context->diagnostics, SEVERITY_FAULT, broken.line,
                        broken.column, "%s", broken.message);
        return READER_SEGMENT;
    }
    r->shared.path = item->path;
    r->shared.line = line;
    r->shared.column = column;
    ok = r->format->take(&r->shared, value, err);
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

static void note_cut(struct foreign_json_reader *r, const struct json_item *item)
{
    uint64_t line, column;

    input_position(r->shared.context->input, item->bytes, &line, &column);
    diagnostics_add(r->shared.context->diagnostics, SEVERITY_FAULT, line, column,
                    "unexpected end of file");
}

/* What was held back is shown, and the error of the walk stays the answer. */
static enum reader_status fail(struct foreign_json_reader *r)
{
    struct error second;

    finish(r, &second);
    return READER_ERROR;
}

enum reader_status foreign_json_next(void *self, struct reader_context *context,
                                     struct error *err)
{
    struct foreign_json_reader *r = self;
    struct json_item item;

    r->shared.context = context;
    if (!r->started)
        transcript_set_clock(context->transcript, CLOCK_ELAPSED);
    r->started = true;
    if (r->finished)
        return READER_END;
    switch (json_stream_next(r->stream, context->input, &item, err)) {
    case JSON_MEMBER:
        return is_wanted(r->format, item.path) ? take(r, &item, err) : READER_SEGMENT;
    case JSON_ELEMENT:
        return take(r, &item, err);
    case JSON_MORE:
        return READER_MORE;
    case JSON_END:
        return finish(r, err);
    case JSON_CUT:
        note_cut(r, &item);
        return finish(r, err);
    case JSON_ERROR:
        break;
    }
    return fail(r);
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
    return transcript_speaker(f->context->transcript,
                              &(struct speaker_label){.id = bare, .name = name});
}

void foreign_json_field(struct foreign_json *f, enum transcript_field field,
                        const cJSON *object, const char *name)
{
    const char *text = json_value_text(object, name);

    if (text != NULL)
        emit_field(f->context, field, text, strlen(text));
}

bool foreign_json_append(struct foreign_json *f, const char *text, uint32_t speaker,
                         int64_t start_ms, int64_t end_ms, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    draft.text = text;
    draft.text_bytes = strlen(text);
    draft.speaker = speaker;
    draft.start_ms = start_ms;
    draft.end_ms = end_ms;
    draft.piece = true;
    return emit_segment(f->context, &draft, err);
}

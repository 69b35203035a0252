/* A stream of server-sent events, as sent by speech services: the data of its events is read as
 * a list in JSON. Partial or complete repetitions are left out if the stream also has segments,
 * which have times.
 *
 * Standard: HTML Living Standard, 9.2.6 "Interpreting an event stream". The whole text is
 * kept. */
#include "formats/readers.h"

#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/inner_reader.h"
#include "formats/json/json_value.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"

struct event_stream {
    struct buffer json;
    struct inner_reader inner; /* for its JSON, once the stream was read */
};

static void *event_stream_open(void)
{
    return memory_zalloc(1, sizeof(struct event_stream));
}

static void event_stream_close(void *opened)
{
    struct event_stream *self = opened;

    inner_reader_close(&self->inner);
    buffer_release(&self->json);
    free(self);
}

/* The value of a line "data: …". */
static bool take_data(struct span line, struct span *data)
{
    *data = span_trim(line);
    if (!span_take(data, "data:"))
        return false;
    *data = span_trim(*data);
    return true;
}

/* How a kind of event gives its words, from worst to best. */
enum event_kind { EVENT_OTHER, EVENT_PART, EVENT_WHOLE, EVENT_SEGMENT };

static enum event_kind kind_of_event(struct span data)
{
    struct json_tree tree = {0};
    struct span type;
    enum event_kind kind = EVENT_OTHER;

    json_tree_parse(&tree, data.data, data.length);
    type = json_string(json_get(json_root(&tree), "type"));
    if (span_ends_with(type, ".delta"))
        kind = EVENT_PART;
    else if (span_ends_with(type, ".done") || span_ends_with(type, ".completed"))
        kind = EVENT_WHOLE;
    else if (span_ends_with(type, ".segment"))
        kind = EVENT_SEGMENT;
    json_tree_release(&tree);
    return kind;
}

static enum event_kind best_kind(struct span stream)
{
    enum event_kind best = EVENT_OTHER;
    struct span line, data;

    while (span_next_line(&stream, &line)) {
        enum event_kind kind = take_data(line, &data) ? kind_of_event(data) : EVENT_OTHER;

        best = kind > best ? kind : best;
    }
    return best;
}

/* Close the brackets and the string that are open at the end of broken JSON. */
static void close_json(struct buffer *out, struct span data)
{
    char open[JSON_DEPTH_MAX];
    size_t depth = 0;
    bool quoted = false;
    size_t i;

    for (i = 0; i < data.length; i++) {
        char c = data.data[i];

        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '[') && depth < JSON_DEPTH_MAX)
            open[depth++] = c == '{' ? '}' : ']';
        else if (!quoted && (c == '}' || c == ']') && depth > 0)
            depth--;
    }
    if (quoted)
        buffer_append_char(out, '"');
    while (depth > 0)
        buffer_append_char(out, open[--depth]);
}

static void report_broken(struct reader_context *context, struct span data, uint64_t line)
{
    struct json_tree tree = {0};

    if (json_tree_parse(&tree, data.data, data.length) != JSON_TREE_WHOLE)
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, line, 0,
                        "the data of this event is incomplete");
    json_tree_release(&tree);
}

/* Each line stays on its line. */
static void write_json(struct buffer *out, struct span stream, struct reader_context *context)
{
    enum event_kind best = best_kind(stream);
    struct span line, data;
    uint64_t number = 0;
    bool some = false;

    buffer_append_char(out, '[');
    while (span_next_line(&stream, &line)) {
        enum event_kind kind;

        number++;
        if (take_data(line, &data) && data.length > 0 && *data.data == '{') {
            kind = kind_of_event(data);
            if (kind == EVENT_OTHER || kind == best) {
                report_broken(context, data, number);
                buffer_append_string(out, some ? "," : "");
                buffer_append(out, data.data, data.length);
                close_json(out, data);
                some = true;
            }
        }
        buffer_append_char(out, '\n');
    }
    buffer_append_char(out, ']');
}

/* The words of an event without a time: all, or a part that the next one continues. */
static struct span words_of(const struct json_tree *tree, enum event_kind kind)
{
    struct json_ref event = json_root(tree);

    return json_string(kind == EVENT_PART ? json_get(event, "delta")
                                          : json_value_get_either(event, "text", "transcript"));
}

static bool emit_words_of(struct reader_context *context, const struct buffer *words,
                          struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    draft.text = buffer_string(words);
    draft.text_bytes = words->bytes;
    return emit_segment(context, &draft, err);
}

/* A stream without times and speakers: one text, or one for each finished part. */
static enum reader_status read_texts(struct reader_context *context, struct span stream,
                                     enum event_kind best, struct error *err)
{
    struct json_tree tree = {0};
    struct buffer words = {0};
    struct span line, data;
    bool ok = true;

    while (ok && span_next_line(&stream, &line)) {
        if (!take_data(line, &data) || kind_of_event(data) != best)
            continue;
        json_tree_parse(&tree, data.data, data.length);
        data = words_of(&tree, best);
        buffer_append(&words, data.data, data.length);
        if (best == EVENT_WHOLE) {
            ok = emit_words_of(context, &words, err);
            buffer_clear(&words);
        }
    }
    ok = ok && emit_words_of(context, &words, err);
    json_tree_release(&tree);
    buffer_release(&words);
    return ok ? READER_END : READER_ERROR;
}

static enum reader_status event_stream_next(void *opened, struct reader_context *context,
                                            struct error *err)
{
    struct event_stream *self = opened;
    size_t bytes;
    const char *window = input_window(context->input, &bytes);

    if (self->inner.ops == NULL) {
        enum event_kind best;

        if (!input_ended(context->input))
            return READER_MORE;
        best = best_kind(span_of(window, bytes));
        if (best == EVENT_PART || best == EVENT_WHOLE) {
            enum reader_status status = read_texts(context, span_of(window, bytes), best, err);

            input_consume(context->input, bytes);
            return status;
        }
        write_json(&self->json, span_of(window, bytes), context);
        if (!inner_reader_open(&self->inner, &reader_utterance_list,
                               span_of(buffer_string(&self->json), self->json.bytes), err))
            return READER_ERROR;
        input_consume(context->input, bytes);
    }
    return inner_reader_next(&self->inner, context, err);
}

/* A field of an event: its name and a colon. */
static bool is_field(struct span line)
{
    static const char *const names[] = {"data:", "event:", "id:", "retry:", ":", NULL};
    size_t i;

    for (i = 0; names[i] != NULL && !span_starts_with(line, names[i]); i++)
        continue;
    return names[i] != NULL;
}

static int event_stream_detect(const char *head, size_t bytes, bool whole)
{
    struct span rest = span_of(head, bytes);
    struct span line, data;
    bool some = false;

    (void)whole;
    while (span_next_line(&rest, &line)) {
        if (span_trim(line).length == 0)
            continue;
        if (!is_field(line))
            return CONFIDENCE_NO;
        some |= take_data(line, &data) && data.length > 1 && *data.data == '{';
    }
    return some ? CONFIDENCE_CERTAIN - 1 : CONFIDENCE_NO;
}

const struct reader_ops reader_event_stream = {
    .name = "event-stream",
    .title = N_("events of a speech service"),
    .detect = event_stream_detect,
    .most = CONFIDENCE_CERTAIN - 1,
    .open = event_stream_open,
    .next = event_stream_next,
    .close = event_stream_close,
};

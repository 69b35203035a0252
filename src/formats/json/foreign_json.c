/* Foreign JSON: the walk over another program's file. Once `finished`, the format's finish was
 * called and nothing more is read. */
#include "formats/json/foreign_json.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/json/json_stream.h"
#include "formats/json/json_value.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

struct foreign_json_reader {
    const struct foreign_json_format *format;
    struct json_stream *stream;
    struct json_tree tree;
    struct foreign_json shared;
    bool started;
    bool finished;
};

void *foreign_json_open(const struct foreign_json_format *format)
{
    struct foreign_json_reader *r = memory_zalloc(1, sizeof *r);

    r->format = format;
    r->stream = json_stream_new(format->arrays);
    r->tree.terminated = format->terminated;
    json_stream_tree(r->stream, &r->tree, format->members);
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
    json_tree_release(&r->tree);
    free(r);
}

void *foreign_json_state(void *self)
{
    return ((struct foreign_json_reader *)self)->shared.state;
}

/* Computed on request; the window starts at the item. */
static void find_place(struct foreign_json *f)
{
    if (!f->placed)
        input_position(f->context->input, 0, &f->line, &f->column);
    f->placed = true;
}

uint64_t foreign_json_line(struct foreign_json *f)
{
    find_place(f);
    return f->line;
}

static void say(struct foreign_json *f, enum severity severity, const char *what)
{
    find_place(f);
    diagnostics_add(f->context->diagnostics, severity, f->line, f->column, "%s", _(what));
}

/* A broken item was reported already, so do not report again what is missing in it. */
void foreign_json_error(struct foreign_json *f, const char *what)
{
    if (!f->broken)
        say(f, SEVERITY_ERROR, what);
}

static void say_repaired(struct foreign_json *f, const struct json_tree *tree)
{
    if (tree->repairs.replaced > 0)
        say(f, SEVERITY_WARNING, "a NUL or half a surrogate pair became U+FFFD");
    if (tree->repairs.bad_escapes > 0)
        say(f, SEVERITY_ERROR, "this is not valid JSON: a backslash escapes nothing");
    if (tree->no_numbers > 0)
        say(f, SEVERITY_WARNING, "NaN or Infinity is not a JSON number");
}

static void say_broken(struct foreign_json *f, size_t byte, const char *wanted)
{
    uint64_t line, column;

    input_position(f->context->input, byte, &line, &column);
    diagnostics_add(f->context->diagnostics, SEVERITY_ERROR, line, column,
                    "this is not valid JSON: expected %s", _(wanted));
}

/* A literal or number that the end may have cut. */
static bool may_be_half(struct input *in, const struct json_item *item)
{
    size_t bytes;

    input_window(in, &bytes);
    return input_ended(in) && bytes == item->bytes && strchr("{[\"", *item->text) == NULL;
}

/* A broken element is an error of its own: the elements around it are whole, and so is its own
 * beginning. */
static enum reader_status take(struct foreign_json_reader *r, const struct json_item *item,
                               struct error *err)
{
    struct foreign_json *f = &r->shared;
    const struct json_tree *tree = item->tree;

    f->placed = false;
    if (may_be_half(f->context->input, item))
        return READER_SEGMENT;
    if (tree->commas > 0)
        say_broken(f, tree->comma_byte, tree->comma);
    else if (tree->error != NULL)
        say_broken(f, tree->error_byte, tree->error);
    f->broken = tree->status != JSON_TREE_WHOLE || tree->commas > 0;
    f->untimed = false;
    if (tree->count == 0)
        return READER_SEGMENT;
    if (!f->broken)
        say_repaired(f, tree);
    f->path = item->path;
    return r->format->take(f, json_root(tree), err) ? READER_SEGMENT : READER_ERROR;
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

/* Take also what the end of the file leaves of an element. */
static enum reader_status take_cut(struct foreign_json_reader *r, const struct json_item *item,
                                   struct error *err)
{
    bool ok = true;
    uint64_t line, column;

    input_position(r->shared.context->input, item->bytes, &line, &column);
    if (item->bytes > 0 && (*item->text == '{' || *item->text == '[') &&
        span_is_any(span_string(item->path), r->format->arrays) && item->tree != NULL) {
        r->shared.element = true;
        ok = take(r, item, err) != READER_ERROR;
    }
    diagnostics_add(r->shared.context->diagnostics, SEVERITY_ERROR, line, column,
                    "unexpected end of file");
    r->shared.context->diagnostics->is_cut = true;
    r->shared.ended_early = true;
    return ok ? finish(r, err) : READER_ERROR;
}

/* Show what was held back. Fail with the walk's error only if nothing could be read; otherwise
 * report it, and read nothing after it. */
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
    enum json_event event;

    r->shared.context = context;
    if (!r->started)
        drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    r->started = true;
    if (r->finished)
        return READER_END;
    event = json_stream_next(r->stream, context->input, &item, err);
    switch (event) {
    case JSON_MEMBER:
    case JSON_ELEMENT:
        r->shared.element = event == JSON_ELEMENT;
        return item.tree != NULL ? take(r, &item, err) : READER_SEGMENT;
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

/* How recognisers label an unidentified voice; "-" is an empty cell of a table. */
static bool is_nobody(struct span label)
{
    static const char *const names[] = {"?",       "UU",   "null", "Unknown", "-",
                                        "unknown", "<NA>", "None", "--",      NULL};
    const char *const *name;

    for (name = names; *name != NULL; name++) {
        if (span_is(label, *name))
            return true;
    }
    return false;
}

static bool is_digits(struct span s)
{
    size_t i;

    for (i = 0; i < s.length && isdigit((unsigned char)s.data[i]); i++)
        continue;
    return s.length > 0 && i == s.length;
}

uint32_t foreign_json_speaker(struct foreign_json *f, struct json_ref label)
{
    char bare[JSON_VALUE_LABEL];
    char name[JSON_VALUE_LABEL + 10];
    struct span s = span_trim(json_string(label));

    if (json_is(label, JSON_NUMBER) && json_value_label(label, bare))
        s = span_string(bare);
    if (s.length == 0 || is_nobody(s))
        return SPEAKER_NONE;
    if (s.length >= sizeof bare ||
        (!is_digits(s) && !(s.length == 1 && isupper((unsigned char)*s.data))))
        return emit_speaker(f->context, s.data, s.length);
    memmove(bare, s.data, s.length);
    bare[s.length] = '\0';
    snprintf(name, sizeof name, "Speaker %s", bare);
    return drafts_speaker(f->context->drafts,
                          &(struct speaker_label){.id = bare, .name = name});
}

/* If nobody is named, several channels are several people. */
uint32_t foreign_json_channel(struct foreign_json *f, double channel)
{
    char name[32];

    if (!(channel > 0 && channel < 1000))
        return SPEAKER_NONE;
    snprintf(name, sizeof name, "Channel %d", (int)channel);
    return drafts_speaker(f->context->drafts, &(struct speaker_label){.name = name});
}

void foreign_json_set(struct foreign_json *f, enum transcript_field field,
                      struct json_ref value)
{
    struct span s = json_string(value);

    if (s.length > 0)
        emit_field(f->context, field, s.data, s.length);
}

void foreign_json_field(struct foreign_json *f, enum transcript_field field,
                        struct json_ref object, const char *name)
{
    foreign_json_set(f, field, json_get(object, name));
}

int64_t foreign_json_seconds(struct foreign_json *f, struct json_ref value)
{
    int64_t ms = json_value_seconds_ms(value);

    if (ms == TIME_NONE && json_value_is_given(value) && !f->untimed) {
        foreign_json_error(f, "a time that cannot be read");
        f->untimed = true;
    }
    return ms;
}

void foreign_json_warn_end(struct foreign_json *f)
{
    say(f, SEVERITY_ERROR, "this ends before it starts: its end is ignored");
}

void foreign_json_check_end(struct foreign_json *f, int64_t start_ms, int64_t *end_ms)
{
    if (start_ms == TIME_NONE || *end_ms == TIME_NONE || *end_ms >= start_ms)
        return;
    foreign_json_warn_end(f);
    *end_ms = TIME_NONE;
}

/* QuickTime text (.qt.txt): "{QTtext}" and further descriptors in braces, then a time code in
 * brackets before each text, which is shown until the next one; a blank text clears it. The
 * last field of a time counts units of {timeScale:…}; with {timeStamps:relative} each time
 * counts from the one before. Source: Apple's QuickTime File Format and QuickTime Pro
 * documentation.
 *
 * Invariant: text holds the words since the last time code. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/captions/caption_flow.h"
#include "formats/common/emit.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"

enum { DEFAULT_SCALE = 600, SCALE_MAX = 1000000, DESCRIPTOR_BYTES_MAX = 200 };

struct quicktime_text {
    struct caption_flow flow;
    struct buffer text;
    struct buffer words; /* of a line, without descriptors */
    int64_t start_ms;    /* or TIME_NONE before the first time code */
    int64_t scale;
    bool relative;
    uint64_t line;
};

static int quicktime_text_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    bytes = emit_trim(&head, bytes);
    return span_starts_with_case(span_of(head, bytes), "{QTtext}") ? CONFIDENCE_CERTAIN
                                                                   : CONFIDENCE_NO;
}

static void *quicktime_text_open(void)
{
    struct quicktime_text *q = memory_zalloc(1, sizeof *q);

    caption_flow_init(&q->flow, CAPTION_PLAIN);
    q->start_ms = TIME_NONE;
    q->scale = DEFAULT_SCALE;
    return q;
}

static void quicktime_text_close(void *self)
{
    struct quicktime_text *q = self;

    caption_flow_release(&q->flow);
    buffer_release(&q->text);
    buffer_release(&q->words);
    free(q);
}

/* "timeScale:30", "timeStamps: relative"; all others are about looks. */
static void take_descriptor(struct quicktime_text *q, struct span descriptor)
{
    struct span rest = span_trim(descriptor);
    struct span name = span_trim(span_take_until(&rest, ':'));
    char number[16] = "";
    long scale;

    rest = span_trim(rest);
    if (name.length == 10 && span_starts_with_case(name, "timeStamps")) {
        q->relative = span_starts_with_case(rest, "relative");
    } else if (name.length == 9 && span_starts_with_case(name, "timeScale") &&
               rest.length < sizeof number) {
        memcpy(number, rest.data, rest.length);
        scale = strtol(number, NULL, 10);
        if (scale > 0 && scale <= SCALE_MAX)
            q->scale = scale;
    }
}

/* A descriptor has a value after a colon, or is a style. Other words in braces are words. */
static bool is_descriptor(struct span inside)
{
    static const char *const styles[] = {
        "QTtext", "plain",      "bold",   "italic",   "underline",       "outline", "shadow",
        "shrink", "dropShadow", "extend", "condense", "useMovieBGColor", NULL};

    inside = span_trim(inside);
    if (span_find(inside, ':') < inside.length)
        return true;
    return span_is_any_case(inside, styles);
}

/* The words of a line, without descriptors in braces. */
static void take_words(struct quicktime_text *q, struct span line)
{
    buffer_clear(&q->words);
    while (line.length > 0) {
        size_t open = span_find(line, '{');
        size_t close;

        buffer_append(&q->words, line.data, open);
        line = span_skip(line, open);
        close = span_find(line, '}');
        if (line.length == 0)
            break;
        if (close == line.length || close > DESCRIPTOR_BYTES_MAX ||
            !is_descriptor(span_of(line.data + 1, close - 1))) {
            buffer_append(&q->words, line.data, 1);
            line = span_skip(line, 1);
            continue;
        }
        take_descriptor(q, span_of(line.data + 1, close - 1));
        line = span_skip(line, close + 1);
    }
}

static bool take_field(struct span *s, int64_t *number)
{
    size_t digits = 0;

    *number = 0;
    while (digits < s->length && digits < 9 && isdigit((unsigned char)s->data[digits]))
        *number = *number * 10 + (s->data[digits++] - '0');
    *s = span_skip(*s, digits);
    return digits > 0;
}

/* "[00:00:01.15]" at the front of a line: hours, minutes, seconds and units. */
static bool take_time(const struct quicktime_text *q, struct span *line, int64_t *ms)
{
    struct span s = *line;
    int64_t fields[3] = {0, 0, 0};
    int64_t units = 0;
    size_t count = 0;

    if (!span_take(&s, "["))
        return false;
    s = span_trim_front(s);
    do {
        if (count == 3 || !take_field(&s, &fields[count++]))
            return false;
    } while (span_take(&s, ":"));
    if (span_take(&s, ".") && !take_field(&s, &units))
        return false;
    s = span_trim_front(s);
    if (count < 2 || !span_take(&s, "]"))
        return false;
    *ms = (count == 3 ? (fields[0] * 60 + fields[1]) * 60 + fields[2]
                      : fields[0] * 60 + fields[1]) *
              1000 +
          (units * 1000 + q->scale / 2) / q->scale;
    *line = s;
    return true;
}

/* The words since the last time code end at `ms`. */
static bool end_cue(struct quicktime_text *q, struct reader_context *context, int64_t ms,
                    struct error *err)
{
    struct caption_cue cue = {.start_ms = q->start_ms,
                              .end_ms = ms,
                              .text = buffer_string(&q->text),
                              .text_bytes = q->text.bytes,
                              .line = q->line};
    const char *text = cue.text;
    bool ok = true;

    if (emit_trim(&text, cue.text_bytes) > 0) {
        if (q->start_ms == TIME_NONE) {
            cue.end_ms = TIME_NONE;
            diagnostics_add(context->diagnostics, SEVERITY_ERROR, q->line, 1,
                            "a text without a time");
        }
        ok = caption_flow_add(&q->flow, context, &cue, err);
    }
    buffer_clear(&q->text);
    return ok;
}

static bool take_line(void *self, struct reader_context *context, const char *data,
                      size_t bytes, struct error *err)
{
    struct quicktime_text *q = self;
    struct span line = span_trim(span_of(data, bytes));
    int64_t ms;
    uint64_t column;

    if (take_time(q, &line, &ms)) {
        if (q->relative && q->start_ms != TIME_NONE)
            ms += q->start_ms;
        if (!end_cue(q, context, ms, err))
            return false;
        q->start_ms = ms;
    }
    take_words(q, line);
    if (q->text.bytes == 0)
        input_position(context->input, 0, &q->line, &column);
    if (q->words.bytes > 0) {
        buffer_append(&q->text, q->words.data, q->words.bytes);
        buffer_append_char(&q->text, '\n');
    }
    return true;
}

static bool finish(void *self, struct reader_context *context, struct error *err)
{
    return end_cue(self, context, TIME_NONE, err);
}

static enum reader_status quicktime_text_next(void *self, struct reader_context *context,
                                              struct error *err)
{
    struct quicktime_text *q = self;

    return caption_flow_pull(&q->flow, context, take_line, finish, q, err);
}

const struct reader_ops reader_quicktime_text = {
    .name = "quicktime-text",
    .title = N_("QuickTime text"),
    .detect = quicktime_text_detect,
    .open = quicktime_text_open,
    .next = quicktime_text_next,
    .close = quicktime_text_close,
};

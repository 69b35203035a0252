/* ASS and SSA. There is no standard, only the practice of Aegisub: sections in brackets, a
 * Format line that names the columns, and Dialogue lines whose last column may contain commas.
 * Override blocks in braces are left out, and so is anything between {\p1} and {\p0}, which is
 * a drawing.
 *
 * Invariant: columns are those of the last Format line of [Events]. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/captions/caption_flow.h"
#include "formats/captions/caption_time.h"
#include "formats/common/emit.h"
#include "formats/common/line_reader.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"

enum ass_column { ASS_START, ASS_END, ASS_NAME, ASS_TEXT, ASS_COLUMNS };

enum { COLUMNS_MAX = 64 };

struct ass {
    struct caption_flow flow;
    struct buffer text;
    int column[ASS_COLUMNS]; /* index, or -1 */
    int columns;
    bool events;
    bool other_section;
};

static int ass_detect(const char *head, size_t bytes, bool whole)
{
    const char *text = head;
    size_t trimmed = emit_trim(&text, bytes);

    (void)whole;
    if (span_starts_with_case(span_of(text, trimmed), "[Script Info]"))
        return CONFIDENCE_CERTAIN;
    if (memmem(head, bytes, "\n[Events]", 9) != NULL &&
        memmem(head, bytes, "\nDialogue:", 10) != NULL)
        return CONFIDENCE_STRONG;
    return span_starts_with_case(span_of(text, trimmed), "Dialogue:") ? CONFIDENCE_LIKELY
                                                                      : CONFIDENCE_NO;
}

/* The columns of version 4+, for files without a Format line. */
static void *ass_open(void)
{
    struct ass *a = memory_zalloc(1, sizeof *a);

    caption_flow_init(&a->flow, CAPTION_PLAIN);
    a->column[ASS_START] = 1;
    a->column[ASS_END] = 2;
    a->column[ASS_NAME] = 4;
    a->column[ASS_TEXT] = 9;
    a->columns = 10;
    return a;
}

static void ass_close(void *self)
{
    struct ass *a = self;

    caption_flow_release(&a->flow);
    buffer_release(&a->text);
    free(a);
}

static uint64_t line_of(const struct reader_context *context)
{
    uint64_t line, column;

    input_position(context->input, 0, &line, &column);
    return line;
}

static void take_format(struct ass *a, struct reader_context *context, const char *line,
                        size_t bytes)
{
    static const char *const names[] = {"start", "end", "name", "text"};
    const char *end = line + bytes;
    int column[ASS_COLUMNS] = {-1, -1, -1, -1};
    int number = 0;

    while (line < end && number < COLUMNS_MAX) {
        const char *stop = memchr(line, ',', (size_t)(end - line));
        const char *name = line;
        size_t name_bytes = emit_trim(&name, (size_t)((stop != NULL ? stop : end) - line));
        int i;

        for (i = 0; i < ASS_COLUMNS; i++)
            if ((name_bytes == strlen(names[i]) &&
                 strncasecmp(name, names[i], name_bytes) == 0) ||
                (i == ASS_NAME && name_bytes == 5 && strncasecmp(name, "actor", 5) == 0))
                column[i] = number;
        number++;
        line = stop != NULL ? stop + 1 : end;
    }
    if (column[ASS_TEXT] == -1) {
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, line_of(context), 1,
                        "the Format line of the events has no Text");
        return;
    }
    memcpy(a->column, column, sizeof column);
    a->columns = number;
}

/* The number in "{\p1}", or -1. Other tags also start with 'p': "\pos", "\pbo". */
static int drawing_mode(const char *block, size_t bytes)
{
    size_t i;

    for (i = 0; i + 2 < bytes; i++)
        if (block[i] == '\\' && block[i + 1] == 'p' && block[i + 2] >= '0' &&
            block[i + 2] <= '9')
            return block[i + 2] - '0';
    return -1;
}

/* The first occurrence of a byte, or the end. */
static const char *find_byte(const char *s, const char *end, char byte)
{
    const char *found = memchr(s, byte, (size_t)(end - s));

    return found != NULL ? found : end;
}

/* The words of a Text column. */
static void strip(struct buffer *out, const char *s, size_t bytes)
{
    const char *end = s + bytes;
    const char *brace = find_byte(s, end, '{');
    const char *slash = find_byte(s, end, '\\');
    bool drawing = false;

    buffer_clear(out);
    while (s < end) {
        const char *stop = brace < slash ? brace : slash;

        if (!drawing && stop > s)
            buffer_append(out, s, (size_t)(stop - s));
        s = stop;
        if (s == brace && s < end) {
            const char *close = find_byte(s, end, '}');
            int mode = drawing_mode(s, (size_t)(close - s));

            if (close == end) { /* no later brace can close either */
                buffer_append(out, s, (size_t)(end - s));
                return;
            }
            drawing = mode >= 0 ? mode > 0 : drawing;
            s = close + 1;
        } else if (s == slash && s < end) {
            bool is_break = end - s > 1 && s[1] != '\0' && strchr("Nnh", s[1]) != NULL;

            if (!drawing)
                buffer_append_char(out, !is_break ? '\\' : s[1] == 'N' ? '\n' : ' ');
            s += is_break ? 2 : 1;
        }
        if (brace < s)
            brace = find_byte(s, end, '{');
        if (slash < s)
            slash = find_byte(s, end, '\\');
    }
}

/* "0:00:01.50"; a colon may precede the hundredths, and more fields may follow. */
static size_t parse_time(const char *s, size_t bytes, int64_t *ms)
{
    struct caption_timing form = {.strict = true};
    size_t used = caption_time_parse(s, bytes, &form, ms);
    size_t digits = 0;
    int64_t value = 0;

    if (used == 0 || used == bytes)
        return used;
    if (s[used] != ':' && s[used] != '.' && s[used] != ';')
        return 0;
    while (used + 1 + digits < bytes && isdigit((unsigned char)s[used + 1 + digits]))
        value = value * 10 + (s[used + 1 + digits++] - '0');
    if (digits == 0 || digits > 3 || used + 1 + digits < bytes)
        return 0;
    if (memchr(s, '.', used) == NULL && memchr(s, ',', used) == NULL)
        *ms += digits == 3 ? value : digits == 2 ? value * 10 : value * 100;
    return bytes;
}

static int64_t take_time(struct reader_context *context, const char *s, size_t bytes)
{
    int64_t ms;

    bytes = emit_trim(&s, bytes);
    if (bytes > 0 && parse_time(s, bytes, &ms) == bytes)
        return ms;
    diagnostics_add(context->diagnostics, SEVERITY_ERROR, line_of(context), 1,
                    "the time '%.*s' cannot be read", (int)(bytes < 40 ? bytes : 40), s);
    return TIME_NONE;
}

static bool take_dialogue(struct ass *a, struct reader_context *context, const char *line,
                          size_t bytes, struct error *err)
{
    struct caption_cue cue = {
        .start_ms = TIME_NONE, .end_ms = TIME_NONE, .line = line_of(context)};
    const char *end = line + bytes;
    bool any_text = false;
    int number;

    for (number = 0; number < a->columns && line <= end; number++) {
        const char *stop = number + 1 < a->columns ? memchr(line, ',', (size_t)(end - line))
                                                   : end;
        size_t cell;

        if (stop == NULL)
            stop = end;
        cell = (size_t)(stop - line);
        if (number == a->column[ASS_START]) {
            cue.start_ms = take_time(context, line, cell);
        } else if (number == a->column[ASS_END]) {
            cue.end_ms = take_time(context, line, cell);
        } else if (number == a->column[ASS_NAME]) {
            cue.name = line;
            cue.name_bytes = emit_trim(&cue.name, cell);
        } else if (number == a->column[ASS_TEXT]) {
            strip(&a->text, line, cell);
            any_text = true;
        }
        line = stop + 1;
    }
    if (!any_text) {
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, cue.line, 1,
                        "a dialogue has %d columns, its Format line %d", number, a->columns);
        return true;
    }
    cue.text = buffer_string(&a->text);
    cue.text_bytes = a->text.bytes;
    return caption_flow_add(&a->flow, context, &cue, err);
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct ass *a = self;

    bytes = emit_trim(&line, bytes);
    if (bytes == 0 || *line == ';')
        return true;
    if (*line == '[' && line[bytes - 1] == ']') {
        a->events = span_starts_with_case(span_of(line, bytes), "[Events]");
        a->other_section = !a->events;
    } else if (a->events && span_starts_with_case(span_of(line, bytes), "Format:")) {
        take_format(a, context, line + 7, bytes - 7);
    } else if (!(a->other_section && !a->events) &&
               span_starts_with_case(span_of(line, bytes), "Dialogue:")) {
        return take_dialogue(a, context, line + 9, bytes - 9, err);
    } else if (!a->events && span_starts_with_case(span_of(line, bytes), "Title:") &&
               !span_starts_with_case(span_of(line, bytes), "Title: Default Aegisub file")) {
        emit_field(context, FIELD_TITLE, line + 6, bytes - 6);
    }
    return true;
}

static enum reader_status ass_next(void *self, struct reader_context *context,
                                   struct error *err)
{
    struct ass *a = self;
    size_t before = drafts_count(context->drafts);
    enum reader_status status;

    drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    status = line_reader_pull(context, take_line, self, err);
    if (status != READER_MORE)
        return status;
    if (!input_ended(context->input))
        return caption_flow_pause(&a->flow, context, err);
    if (!caption_flow_decide(&a->flow, context, err))
        return READER_ERROR;
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

const struct reader_ops reader_ass = {
    .name = "ass",
    .title = N_("ASS or SSA captions"),
    .detect = ass_detect,
    .open = ass_open,
    .next = ass_next,
    .close = ass_close,
    .grows = true,
};

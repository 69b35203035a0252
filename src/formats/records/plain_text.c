/* Plain text with names: "Name: text" in all its dresses.
 *
 *   Name: text                         interviews, chats
 *   S01: [00:00:12] text               noScribe
 *   [00:00:12] Name: text              and "00:12 Name: text"
 *   Name  0:12 / Name (10:02) / [Name] 10:02:11, text below    Otter, Meet, Zoom
 *   [00:00:00.000 --> 00:00:04.000]  text                      recognisers on a terminal
 *   00:00:12 Name                      text below (recorders' transcripts)
 *   NAME on a line of its own, text below; clocks on lines of their own
 *   （NAME） or 【NAME】 on a line of its own, text right below
 *   From Name to Everyone: text        a saved chat
 *   Q    text                             a question of nobody named, among names with colons
 *
 * Which of them a record uses is settled by its first window (struct habits), and a name that
 * has no text makes no speaker. Invariant: paragraph holds what was read since the last
 * segment, all of one speaker. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/line_reader.h"
#include "formats/common/speaker_prefix.h"
#include "formats/readers.h"
#include "formats/records/text_heading.h"
#include "shilu/base/memory.h"

enum { WRAPPED_BYTES = 100, TITLE_BYTES = 160, TITLE_ABOVE_BYTES = 80 };

/* What the first lines show. */
struct habits {
    struct name_prefixes *names;
    struct name_prefixes *lone_names;
    struct name_prefixes *boxed_names;
    struct name_prefixes *led_names;
    size_t lines;
    size_t stamps;
    size_t stamped_names;
    size_t blocks;
    size_t lone_blocks;
    size_t long_lines;
    size_t running_lines; /* lines that go on in a block */
    bool title_prefixed;  /* the title holds a colon, with no name before it */
    size_t questions;
};

struct plain_text {
    struct habits habits;
    struct clock_reading reading;
    struct buffer paragraph;
    struct buffer name;
    int64_t start_ms, end_ms;
    bool settled;
    bool any_heading;
    bool title_open; /* the first line may be the title, if a blank one follows */
    bool blank;      /* the line before was blank */
};

static void habits_init(struct habits *h)
{
    *h = (struct habits){.names = name_prefixes_new(),
                         .lone_names = name_prefixes_new(),
                         .boxed_names = name_prefixes_new(),
                         .led_names = name_prefixes_new()};
}

static void habits_release(struct habits *h)
{
    name_prefixes_free(h->names);
    name_prefixes_free(h->lone_names);
    name_prefixes_free(h->boxed_names);
    name_prefixes_free(h->led_names);
}

static void count_as_prefix(struct name_prefixes *names, const char *name, size_t bytes)
{
    struct buffer line = {0};

    buffer_append(&line, name, bytes);
    buffer_append_string(&line, ": ");
    name_prefixes_count(names, line.data, line.bytes);
    buffer_release(&line);
}

/* Count one trimmed line that is not blank. */
static void habits_count(struct habits *h, const char *line, size_t bytes, bool starts_block,
                         bool ends_block)
{
    struct text_heading heading;
    bool found = text_heading_parse(line, bytes, &heading);

    h->lines++;
    h->blocks += starts_block;
    h->stamps += found && heading.stamped;
    h->questions += found && heading.asked;
    h->stamped_names += found && heading.stamped && heading.name_bytes > 0;
    if (found && heading.lone && ends_block) {
        count_as_prefix(h->lone_names, heading.name, heading.name_bytes);
        h->lone_blocks++;
    }
    if (found && heading.boxed && starts_block && !ends_block)
        count_as_prefix(h->boxed_names, heading.name, heading.name_bytes);
    if (found && heading.led && !ends_block)
        count_as_prefix(h->led_names, line + heading.text_byte, bytes - heading.text_byte);
    if (found && heading.prefixed)
        name_prefixes_count(h->names, heading.name, bytes - (size_t)(heading.name - line));
    else if (starts_block || !found)
        name_prefixes_count(h->names, ".", 1);
    if (!starts_block && (!found || heading.lone)) {
        h->running_lines++;
        h->long_lines += bytes > WRAPPED_BYTES;
    }
}

/* The line at `*at` of a text, trimmed; false at its end. */
static bool next_line(const char *text, size_t bytes, size_t *at, const char **line,
                      size_t *line_bytes)
{
    size_t start = *at;

    if (start >= bytes)
        return false;
    while (*at < bytes && text[*at] != '\n' && text[*at] != '\r')
        ++*at;
    *line = text + start;
    *line_bytes = emit_trim(line, *at - start);
    if (*at + 1 < bytes && text[*at] == '\r' && text[*at + 1] == '\n')
        ++*at;
    ++*at;
    return true;
}

static bool ends_a_sentence(const char *line, size_t bytes)
{
    static const char *const ends[] = {".", "!", "?", ":", ",", "。", "！", "？", "：", "，"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        if (bytes >= strlen(ends[i]) &&
            memcmp(line + bytes - strlen(ends[i]), ends[i], strlen(ends[i])) == 0)
            return true;
    }
    return false;
}

/* "Talk of the week: the harbour", alone at the top, where nobody of that name speaks. */
static bool is_title_with_colon(const struct habits *h, const char *line, size_t bytes)
{
    struct text_heading heading;

    return text_heading_parse(line, bytes, &heading) && heading.prefixed && !heading.stamped &&
           bytes <= TITLE_BYTES && !ends_a_sentence(line, bytes) &&
           name_prefixes_times(h->names, heading.name, heading.name_bytes) == 1;
}

static void habits_survey(struct habits *h, const char *text, size_t bytes)
{
    const char *first = NULL;
    size_t first_bytes = 0;
    const char *line, *next;
    size_t line_bytes, next_bytes;
    size_t at = 0;
    bool blank_before = true;
    bool more = next_line(text, bytes, &at, &line, &line_bytes);

    while (more) {
        more = next_line(text, bytes, &at, &next, &next_bytes);
        if (line_bytes > 0)
            habits_count(h, line, line_bytes, blank_before, !more || next_bytes == 0);
        if (line_bytes > 0 && h->lines == 1 && more && next_bytes == 0) {
            first = line;
            first_bytes = line_bytes;
        }
        blank_before = line_bytes == 0;
        line = next;
        line_bytes = next_bytes;
    }
    h->title_prefixed = first != NULL && is_title_with_colon(h, first, first_bytes);
}

/* Names that stand alone on their lines: only if they come back again and again. */
static bool uses_lone_names(const struct habits *h)
{
    return h->lone_blocks >= 4 && h->lone_blocks * 6 >= h->blocks &&
           name_prefixes_labelled(h->lone_names) && name_prefixes_repeated(h->lone_names) >= 4;
}

/* Brackets around an applause come back as well, but nothing stands right below. */
static bool uses_boxed_names(const struct habits *h)
{
    return name_prefixes_repeated(h->boxed_names) >= 3;
}

static bool uses_led_names(const struct habits *h)
{
    return name_prefixes_repeated(h->led_names) >= 2 &&
           name_prefixes_repeated(h->led_names) * 3 >= h->stamps;
}

static bool uses_stamps(const struct habits *h)
{
    return h->stamps >= 2 || h->stamped_names >= 1;
}

static bool is_wrapped(const struct habits *h)
{
    return h->running_lines >= 2 && h->long_lines * 10 < h->running_lines;
}

static int plain_text_detect(const char *head, size_t bytes, bool whole)
{
    struct habits h;
    const char *text = head;
    size_t trimmed = emit_trim(&text, bytes);
    int sure = CONFIDENCE_NO;

    (void)whole;
    if (trimmed == 0 || strchr("<{#", *text) != NULL || memchr(head, '\0', bytes) != NULL)
        return CONFIDENCE_NO;
    habits_init(&h);
    habits_survey(&h, head, bytes);
    if (h.stamped_names >= 2 && h.stamps * 20 >= h.lines)
        sure = CONFIDENCE_LIKELY;
    else if (name_prefixes_labelled(h.names) || uses_lone_names(&h) || uses_boxed_names(&h) ||
             (h.stamps >= 2 && h.stamps * 4 >= h.lines))
        sure = CONFIDENCE_MAYBE;
    habits_release(&h);
    return sure;
}

static void *plain_text_open(void)
{
    struct plain_text *p = memory_zalloc(1, sizeof *p);

    habits_init(&p->habits);
    p->reading = CLOCK_READING_INIT;
    p->start_ms = p->end_ms = TIME_NONE;
    p->title_open = p->blank = true;
    return p;
}

static void plain_text_close(void *self)
{
    struct plain_text *p = self;

    habits_release(&p->habits);
    buffer_release(&p->paragraph);
    buffer_release(&p->name);
    free(p);
}

static bool flush(struct plain_text *p, struct reader_context *context, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    const char *text = buffer_string(&p->paragraph);
    bool ok;

    if (emit_trim(&text, p->paragraph.bytes) == 0)
        return true;
    draft.text = buffer_string(&p->paragraph);
    draft.text_bytes = p->paragraph.bytes;
    draft.speaker = emit_speaker(context, buffer_string(&p->name), p->name.bytes);
    draft.start_ms = p->start_ms;
    draft.end_ms = p->end_ms;
    draft.piece = p->end_ms != TIME_NONE; /* a recogniser's line, not a paragraph */
    ok = emit_segment(context, &draft, err);
    buffer_clear(&p->paragraph);
    p->start_ms = p->end_ms = TIME_NONE;
    return ok;
}

/* Whether this record uses headings of the kind that a line may be. */
static bool is_heading(struct plain_text *p, const char *line, size_t bytes,
                       struct text_heading *h)
{
    struct speaker_prefix prefix;
    size_t from;

    if (!text_heading_parse(line, bytes, h))
        return false;
    if (h->asked)
        return p->habits.questions >= 2;
    if (h->lone)
        return p->blank && uses_lone_names(&p->habits);
    if (h->boxed)
        return p->blank && uses_boxed_names(&p->habits);
    if (h->led && uses_led_names(&p->habits))
        text_heading_take_led(h, line, bytes);
    if (h->stamped && !h->prefixed)
        return uses_stamps(&p->habits);
    from = (size_t)(h->name - line);
    if (h->stamped && uses_stamps(&p->habits))
        return true;
    while (from > 0 && strchr("[(>", line[from - 1]) != NULL)
        from--; /* the marks that make it a label */
    return name_prefixes_take(p->habits.names, line + from, bytes - from, &prefix);
}

static bool take_heading(struct plain_text *p, struct reader_context *context, const char *line,
                         size_t bytes, const struct text_heading *h, struct error *err)
{
    if (!flush(p, context, err))
        return false;
    p->any_heading = true;
    p->title_open = false;
    if (h->name_bytes > 0) {
        buffer_clear(&p->name);
        buffer_append(&p->name, h->name, h->name_bytes);
    }
    if (h->stamped)
        inline_timestamp_read(&p->reading, context, &h->stamp, &p->start_ms, &p->end_ms);
    buffer_append(&p->paragraph, line + h->text_byte, bytes - h->text_byte);
    return true;
}

/* The first of several lines, where it is as short as a title and ends as one. */
static void take_title_above(struct plain_text *p, struct reader_context *context)
{
    const char *line = p->paragraph.data;
    size_t bytes = p->paragraph.bytes;

    if (bytes > TITLE_ABOVE_BYTES || ends_a_sentence(line, bytes))
        return;
    emit_field(context, FIELD_TITLE, line, bytes);
    buffer_clear(&p->paragraph);
    p->title_open = false;
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct plain_text *p = self;
    struct text_heading heading;

    bytes = emit_trim(&line, bytes);
    if (bytes == 0) {
        if (p->title_open && p->paragraph.bytes > 0) {
            emit_field(context, FIELD_TITLE, p->paragraph.data, p->paragraph.bytes);
            buffer_clear(&p->paragraph);
        }
        p->title_open &= p->paragraph.bytes == 0 &&
                         drafts_get(context->drafts, FIELD_TITLE) == NULL;
        p->blank = true;
        return flush(p, context, err);
    }
    if (!(p->habits.title_prefixed && p->title_open && p->paragraph.bytes == 0) &&
        is_heading(p, line, bytes, &heading)) {
        p->blank = false;
        return take_heading(p, context, line, bytes, &heading, err);
    }
    if (p->title_open && p->paragraph.bytes > 0)
        take_title_above(p, context);
    p->title_open &= p->paragraph.bytes == 0 && bytes <= TITLE_BYTES;
    p->blank = false;
    if (bytes < 80 && memmem(line, bytes, "Transcribed by https://otter.ai", 31) != NULL)
        return true;
    if (p->paragraph.bytes > 0 && !is_wrapped(&p->habits) && !flush(p, context, err))
        return false;
    emit_join(&p->paragraph, line, bytes);
    return true;
}

/* Whether the paragraph at hand is not likely to go on in a line that is still to be written.
 */
static bool is_over(const struct plain_text *p)
{
    return p->any_heading && !is_wrapped(&p->habits);
}

static enum reader_status plain_text_next(void *self, struct reader_context *context,
                                          struct error *err)
{
    struct plain_text *p = self;
    size_t before = drafts_count(context->drafts);
    enum reader_status status;

    if (!p->settled) {
        size_t bytes;
        const char *window = input_window(context->input, &bytes);

        if (bytes == 0 && !input_ended(context->input))
            return READER_MORE;
        habits_survey(&p->habits, window, bytes < DETECT_BYTES ? bytes : DETECT_BYTES);
        p->settled = true;
    }
    status = line_reader_pull(context, take_line, self, err);
    if (status != READER_MORE)
        return status;
    if (!input_ended(context->input) && !(input_resting(context->input) && is_over(p)))
        return READER_MORE;
    if (!flush(p, context, err))
        return READER_ERROR;
    if (drafts_count(context->drafts) > before)
        return READER_SEGMENT;
    return input_ended(context->input) ? READER_END : READER_MORE;
}

const struct reader_ops reader_plain_text = {
    .name = "text",
    .title = "text with names",
    .detect = plain_text_detect,
    .open = plain_text_open,
    .next = plain_text_next,
    .close = plain_text_close,
    .grows = true,
};

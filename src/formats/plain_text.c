/* Plain text with names: "Name: text" in all its dresses.
 *
 *   Name: text                         interviews, chats
 *   S01: [00:00:12] text               noScribe
 *   [00:00:12] Name: text              and "00:12 Name: text"
 *   Name  0:12 / Name (10:02) / [Name] 10:02:11, text below    Otter, Meet, Zoom
 *   [00:00:00.000 --> 00:00:04.000]  text                      recognisers on a terminal
 *   NAME on a line of its own, text below; clocks on lines of their own
 *   Q    text                             a question of nobody named, among names with colons
 *
 * Which of them a record uses is settled by its first window (struct habits), and a name that
 * has no text makes no speaker. Invariant: paragraph holds what was read since the last
 * segment, all of one speaker. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/formats/clock_stamp.h"
#include "shilu/formats/emit.h"
#include "shilu/formats/line_reader.h"
#include "shilu/formats/name_prefix.h"
#include "shilu/formats/readers.h"

enum { WRAPPED_BYTES = 100 };

/* What a line says of who speaks and when. */
struct heading {
    const char *name; /* or NULL */
    size_t name_bytes;
    size_t text_byte; /* where what is said begins; the line's end where it is below */
    struct clock_stamp stamp;
    bool stamped;
    bool alone;    /* a name with a time, or alone on its line: what is said is below */
    bool lone;     /* … and without a time */
    bool prefixed; /* name and colon */
    bool asked;    /* a Q alone */
};

/* What the first lines show. */
struct habits {
    struct name_prefixes *names;
    struct name_prefixes *lone_names;
    size_t lines;
    size_t stamps;
    size_t stamped_names;
    size_t blocks;
    size_t lone_blocks;
    size_t long_lines;
    size_t running_lines; /* lines that go on in a block */
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
    bool asked;      /* what is read is a question of nobody named */
    bool title_open; /* the first line may be the title, if a blank one follows */
    bool blank;      /* the line before was blank */
};

static void habits_init(struct habits *h)
{
    *h = (struct habits){.names = name_prefixes_new(), .lone_names = name_prefixes_new()};
}

static void habits_release(struct habits *h)
{
    name_prefixes_free(h->names);
    name_prefixes_free(h->lone_names);
}

/* "Name –", as it stands before a time. */
static size_t trim_dash(const char *name, size_t bytes)
{
    static const char *const dashes[] = {" -", " \u2013", " \u2014"};

    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
        size_t dash = strlen(dashes[i]);

        if (bytes > dash && memcmp(name + bytes - dash, dashes[i], dash) == 0)
            return bytes - dash;
    }
    return bytes;
}

/* "Name (10:02): text", "Name [0:12]". */
static bool parse_name_then_bracket(const char *line, size_t bytes, struct heading *h)
{
    size_t at = 0;
    size_t used;
    size_t start = 0;

    while (at < bytes && at < 120 && line[at] != '(' && (line[at] != '[' || at == 0))
        at++;
    if (at == 0 || at >= bytes || at >= 120)
        return false;
    used = clock_stamp_take(line + at, bytes - at, &h->stamp);
    if (used == 0)
        return false;
    h->name = line;
    h->name_bytes = emit_trim(&h->name, at);
    h->name_bytes = trim_dash(h->name, h->name_bytes);
    if (h->name_bytes > 2 && h->name[0] == '[' && h->name[h->name_bytes - 1] == ']') {
        h->name++;
        h->name_bytes -= 2;
    }
    at += used;
    if (at < bytes && line[at] == ':')
        at++;
    start = at;
    while (at < bytes && (line[at] == ' ' || line[at] == '\t'))
        at++;
    h->text_byte = at;
    h->stamped = true;
    h->alone = start == bytes || at == bytes;
    return name_prefix_shape(h->name, h->name_bytes) != NAME_NOT;
}

/* "Name  0:12", "[Name] 10:02:11". */
static bool parse_name_then_stamp(const char *line, size_t bytes, struct heading *h)
{
    size_t before;

    if (bytes > 160)
        return false;
    before = clock_stamp_take_last(line, bytes, &h->stamp);
    if (before == bytes || before == 0)
        return false;
    h->name = line;
    h->name_bytes = emit_trim(&h->name, before);
    h->name_bytes = trim_dash(h->name, h->name_bytes);
    if (h->name_bytes > 2 && h->name[0] == '[' && h->name[h->name_bytes - 1] == ']') {
        h->name++;
        h->name_bytes -= 2;
    }
    if (h->name_bytes > 0 && h->name[h->name_bytes - 1] == ':')
        h->name_bytes--;
    h->text_byte = bytes;
    h->stamped = true;
    h->alone = true;
    return name_prefix_shape(h->name, h->name_bytes) != NAME_NOT;
}

/* "Name: text", "Name: [00:12] text". */
static bool parse_prefix(const char *line, size_t bytes, struct heading *h)
{
    struct name_prefix prefix;
    struct clock_stamp stamp;
    size_t used;

    if (!name_prefix_find(line, bytes, &prefix))
        return false;
    h->name = prefix.name;
    h->name_bytes = prefix.bytes;
    h->text_byte = prefix.text_byte;
    h->prefixed = true;
    used = h->stamped ? 0 : clock_stamp_take(line + h->text_byte, bytes - h->text_byte, &stamp);
    if (used > 0) {
        h->stamp = stamp;
        h->stamped = true;
        h->text_byte += used;
    }
    return true;
}

/* What stands after a stamp at the front of a line, and any dash between. */
static size_t after_stamp(const char *line, size_t bytes, size_t at)
{
    while (at < bytes && (line[at] == ' ' || line[at] == '\t'))
        at++;
    if (at + 1 < bytes && line[at] == '-' && line[at + 1] == ' ')
        at += 2;
    return at;
}

/* "Q    text": a Q and a tab, or more than one space, as in the White House's briefings. */
static bool parse_question(const char *line, size_t bytes, struct heading *h)
{
    size_t at = 1;

    if (bytes < 3 || line[0] != 'Q')
        return false;
    while (at < bytes && strchr(" \t\xC2\xA0", line[at]) != NULL)
        at++;
    if (at < 3 && line[1] != '\t')
        return false;
    *h = (struct heading){.name = line, .name_bytes = 1, .text_byte = at, .asked = true};
    return true;
}

/* Parse a trimmed line; false where it only goes on with the text. */
static bool parse_heading(const char *line, size_t bytes, struct heading *h)
{
    size_t used;

    *h = (struct heading){0};
    used = clock_stamp_take(line, bytes, &h->stamp);
    if (used > 0 &&
        (used == bytes || h->stamp.bracketed || isspace((unsigned char)line[used]))) {
        size_t at = after_stamp(line, bytes, used);

        h->stamped = true;
        if (parse_prefix(line + at, bytes - at, h))
            h->text_byte += at;
        else
            h->text_byte = at;
        return true;
    }
    if (parse_question(line, bytes, h))
        return true;
    *h = (struct heading){0};
    if (parse_prefix(line, bytes, h))
        return true;
    *h = (struct heading){0};
    if (parse_name_then_bracket(line, bytes, h) || parse_name_then_stamp(line, bytes, h))
        return true;
    *h = (struct heading){0};
    h->name = line;
    h->name_bytes = bytes;
    h->text_byte = bytes;
    h->alone = h->lone = true;
    return bytes <= 80 && name_prefix_shape(line, bytes) == NAME_STRONG;
}

/* Count one trimmed line that is not blank. */
static void habits_count(struct habits *h, const char *line, size_t bytes, bool starts_block,
                         bool ends_block)
{
    struct heading heading;
    bool found = parse_heading(line, bytes, &heading);

    h->lines++;
    h->blocks += starts_block;
    h->stamps += found && heading.stamped;
    h->questions += found && heading.asked;
    h->stamped_names += found && heading.stamped && heading.name_bytes > 0;
    if (found && heading.lone && ends_block) {
        struct buffer as_prefix = {0};

        buffer_append(&as_prefix, heading.name, heading.name_bytes);
        buffer_append_string(&as_prefix, ": ");
        name_prefixes_count(h->lone_names, as_prefix.data, as_prefix.bytes);
        buffer_release(&as_prefix);
        h->lone_blocks++;
    }
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

static void habits_survey(struct habits *h, const char *text, size_t bytes)
{
    const char *line, *next;
    size_t line_bytes, next_bytes;
    size_t at = 0;
    bool blank_before = true;
    bool more = next_line(text, bytes, &at, &line, &line_bytes);

    while (more) {
        more = next_line(text, bytes, &at, &next, &next_bytes);
        if (line_bytes > 0)
            habits_count(h, line, line_bytes, blank_before, !more || next_bytes == 0);
        blank_before = line_bytes == 0;
        line = next;
        line_bytes = next_bytes;
    }
}

/* Names that stand alone on their lines: only if they come back again and again. */
static bool uses_lone_names(const struct habits *h)
{
    return h->lone_blocks >= 4 && h->lone_blocks * 6 >= h->blocks &&
           name_prefixes_labelled(h->lone_names) && name_prefixes_repeated(h->lone_names) >= 4;
}

static bool uses_stamps(const struct habits *h)
{
    return h->stamps >= 2 || h->stamped_names >= 1;
}

static bool is_wrapped(const struct habits *h)
{
    return h->running_lines >= 2 && h->long_lines * 10 < h->running_lines;
}

static int plain_text_recognise(const char *head, size_t bytes, bool whole)
{
    struct habits h;
    const char *text = head;
    size_t trimmed = emit_trim(&text, bytes);
    int sure = SURE_NO;

    (void)whole;
    if (trimmed == 0 || strchr("<{#", *text) != NULL || memchr(head, '\0', bytes) != NULL)
        return SURE_NO;
    habits_init(&h);
    habits_survey(&h, head, bytes);
    if (h.stamped_names >= 2 && h.stamps * 20 >= h.lines)
        sure = SURE_LIKELY;
    else if (name_prefixes_labelled(h.names) || uses_lone_names(&h) ||
             (h.stamps >= 2 && h.stamps * 4 >= h.lines))
        sure = SURE_MAYBE;
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

static uint32_t speaker_of(const struct plain_text *p, struct reader_context *context)
{
    static const struct speaker_label asker = {.name = "Q", .kind = SPEAKER_REPORTER};

    if (p->asked)
        return transcript_speaker(context->transcript, &asker);
    return emit_speaker(context, buffer_string(&p->name), p->name.bytes);
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
    draft.speaker = speaker_of(p, context);
    draft.start_ms = p->start_ms;
    draft.end_ms = p->end_ms;
    draft.piece = p->end_ms != TIME_NONE; /* a recogniser's line, not a paragraph */
    ok = emit_segment(context, &draft, err);
    buffer_clear(&p->paragraph);
    p->start_ms = p->end_ms = TIME_NONE;
    return ok;
}

/* Whether this record uses headings of the kind that a line may be. */
static bool is_heading(struct plain_text *p, const char *line, size_t bytes, struct heading *h)
{
    struct name_prefix prefix;
    size_t from;

    if (!parse_heading(line, bytes, h))
        return false;
    if (h->asked)
        return p->habits.questions >= 2;
    if (h->lone)
        return p->blank && uses_lone_names(&p->habits);
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
                         size_t bytes, const struct heading *h, struct error *err)
{
    if (!flush(p, context, err))
        return false;
    p->any_heading = true;
    p->title_open = false;
    p->asked = h->asked;
    if (h->name_bytes > 0) {
        buffer_clear(&p->name);
        buffer_append(&p->name, h->name, h->name_bytes);
    }
    if (h->stamped)
        clock_stamp_read(&p->reading, context, &h->stamp, &p->start_ms, &p->end_ms);
    buffer_append(&p->paragraph, line + h->text_byte, bytes - h->text_byte);
    return true;
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct plain_text *p = self;
    struct heading heading;

    bytes = emit_trim(&line, bytes);
    if (bytes == 0) {
        if (p->title_open && p->paragraph.bytes > 0) {
            emit_field(context, FIELD_TITLE, p->paragraph.data, p->paragraph.bytes);
            buffer_clear(&p->paragraph);
        }
        p->title_open &= p->paragraph.bytes == 0 &&
                         transcript_get(context->transcript, FIELD_TITLE) == NULL;
        p->blank = true;
        return flush(p, context, err);
    }
    if (is_heading(p, line, bytes, &heading)) {
        p->blank = false;
        return take_heading(p, context, line, bytes, &heading, err);
    }
    p->title_open &= p->paragraph.bytes == 0 && bytes <= 160;
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
    size_t before = transcript_count(context->transcript);
    enum reader_status status;

    if (!p->settled) {
        size_t bytes;
        const char *window = input_window(context->input, &bytes);

        if (bytes == 0 && !input_ended(context->input))
            return READER_MORE;
        habits_survey(&p->habits, window, bytes < RECOGNISE_BYTES ? bytes : RECOGNISE_BYTES);
        p->settled = true;
    }
    status = line_reader_pull(context, take_line, self, err);
    if (status != READER_MORE)
        return status;
    if (!input_ended(context->input) && !(input_resting(context->input) && is_over(p)))
        return READER_MORE;
    if (!flush(p, context, err))
        return READER_ERROR;
    if (transcript_count(context->transcript) > before)
        return READER_SEGMENT;
    return input_ended(context->input) ? READER_END : READER_MORE;
}

const struct reader_ops reader_plain_text = {
    .name = "text",
    .title = "text with names",
    .recognise = plain_text_recognise,
    .open = plain_text_open,
    .next = plain_text_next,
    .close = plain_text_close,
    .grows = true,
};

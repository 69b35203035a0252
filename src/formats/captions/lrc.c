/* LRC: lyrics, and what recognisers write in that form: "[mm:ss.xx]text". A line with several
 * stamps is sung once for each, so lines can be sorted only after all have been read; the
 * stamps of single words "<mm:ss.xx>" are left out. If the next line is blank it marks silence,
 * and a line ends where that one starts; otherwise its end is unknown.
 *
 * Invariant: lines hold ranges of words; they are sorted before the first is given out. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/captions/caption_flow.h"
#include "formats/captions/caption_time.h"
#include "formats/common/emit.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

struct lrc_line {
    int64_t ms;
    uint32_t line;  /* of the file; 0 if nobody wants it */
    int64_t end_ms; /* from a stamp after the last word, or TIME_NONE */
    bool heading;   /* [Chorus] */
    size_t number;  /* its number in the file: a stable order for equal times */
    size_t word_byte;
    size_t word_bytes;
};

struct lrc {
    struct caption_flow flow;
    struct buffer words;
    struct lrc_line *lines; /* owned */
    uint32_t line;          /* the current one */
    size_t count;
    size_t capacity;
    size_t emitted;
    int64_t offset_ms; /* added to all stamps */
    bool repeats;      /* some line has several stamps */
    bool sorted;
};

enum { DETECT_LINES = 30, EMIT_AT_ONCE = 256 };

/* "[mm:ss.xx]" or "<mm:ss.xx>" at the start; returns its length, 0 for none. LRC has no hours:
 * "[00:00:12]" is another format. */
static size_t take_stamp(const char *s, size_t bytes, char open, char close, int64_t *ms)
{
    struct caption_timing form = {.strict = true};
    size_t used, i;
    size_t colons = 0;

    if (bytes < 6 || *s != open || !isdigit((unsigned char)s[1]))
        return 0;
    used = caption_time_parse(s + 1, bytes - 1, &form, ms);
    for (i = 1; i <= used; i++)
        colons += s[i] == ':';
    return colons == 1 && used + 1 < bytes && s[used + 1] == close ? used + 2 : 0;
}

/* "[ti:…]", "[Verse]": the whole line is one bracket. */
static bool is_bracketed(const char *line, size_t bytes)
{
    return bytes > 2 && line[0] == '[' && memchr(line, ']', bytes) == line + bytes - 1;
}

/* " <alder>" after the time: a chat log. The stamp of a word begins with a digit. */
static bool begins_with_nick(const char *s, size_t bytes)
{
    return bytes > 2 && s[0] == ' ' && s[1] == '<' && !(s[2] >= '0' && s[2] <= '9') &&
           memchr(s, '>', bytes) != NULL;
}

static int lrc_detect(const char *head, size_t bytes, bool whole)
{
    const char *end = head + bytes;
    int lines, stamped = 0, marked = 0, nicks = 0;

    (void)whole;
    for (lines = 0; lines < DETECT_LINES && head < end;) {
        const char *stop = memchr(head, '\n', (size_t)(end - head));
        const char *line = head;
        size_t line_bytes = emit_trim(&line, (size_t)((stop != NULL ? stop : end) - head));
        int64_t ms;

        size_t used = take_stamp(line, line_bytes, '[', ']', &ms);

        nicks += used + 2 < line_bytes && begins_with_nick(line + used, line_bytes - used);
        if (used > 0)
            stamped++;
        else if (is_bracketed(line, line_bytes))
            marked++;
        lines += line_bytes > 0;
        head = stop != NULL ? stop + 1 : end;
    }
    if (stamped == 0 || (stamped + marked) * 4 < lines * 3 || nicks * 2 >= stamped)
        return CONFIDENCE_NO;
    return stamped >= 2 ? CONFIDENCE_STRONG : CONFIDENCE_LIKELY;
}

static void *lrc_open(void)
{
    struct lrc *l = memory_zalloc(1, sizeof *l);

    caption_flow_init(&l->flow, CAPTION_PLAIN);
    return l;
}

static void lrc_close(void *self)
{
    struct lrc *l = self;

    caption_flow_release(&l->flow);
    buffer_release(&l->words);
    free(l->lines);
    free(l);
}

/* "[ti:…]", "[offset:+250]". A positive offset shows the words earlier. */
static void take_tag(struct lrc *l, struct reader_context *context, const char *tag,
                     size_t bytes)
{
    const char *colon = memchr(tag, ':', bytes);
    size_t name = (size_t)(colon - tag);
    const char *value = colon + 1;
    size_t value_bytes = emit_trim(&value, bytes - name - 1);

    if (name == 2 && strncasecmp(tag, "ti", 2) == 0)
        emit_field(context, FIELD_TITLE, value, value_bytes);
    else if (name == 2 && strncasecmp(tag, "la", 2) == 0)
        emit_field(context, FIELD_LANGUAGE, value, value_bytes);
    else if (name == 6 && strncasecmp(tag, "offset", 6) == 0 && value_bytes < 12)
        l->offset_ms = -strtol(value, NULL, 10); /* the ']' ends the number */
}

/* Append a line's words, replacing each stamp between two words by a blank. A stamp after the
 * last word is the line's end. */
static void add_words(struct lrc *l, const char *s, size_t bytes, int64_t *end_ms)
{
    size_t from = l->words.bytes;
    size_t at = 0;

    *end_ms = TIME_NONE;
    while (at < bytes) {
        int64_t ms;
        size_t used = s[at] == '<' ? take_stamp(s + at, bytes - at, '<', '>', &ms) : 0;
        bool blank = l->words.bytes > from && l->words.data[l->words.bytes - 1] == ' ';

        if (used > 0)
            *end_ms = l->words.bytes > from ? ms : TIME_NONE;
        else if (s[at] != ' ' || !blank)
            buffer_append_char(&l->words, s[at]);
        if (used == 0 && s[at] != ' ')
            *end_ms = TIME_NONE;
        at += used > 0 ? used : 1;
    }
}

static struct lrc_line *add_line(struct lrc *l, int64_t ms)
{
    struct lrc_line *line;

    MEMORY_RESERVE(l->lines, l->capacity, l->count + 1);
    line = &l->lines[l->count];
    *line = (struct lrc_line){
        .ms = ms, .line = l->line, .number = l->count, .end_ms = TIME_NONE};
    l->count++;
    return line;
}

/* A line without a stamp: a tag, a heading, or words that lost their stamp. */
static void take_unstamped(struct lrc *l, struct reader_context *context, const char *line,
                           size_t bytes)
{
    struct lrc_line *added;
    uint64_t number, column;

    if (is_bracketed(line, bytes) && memchr(line, ':', bytes) != NULL) {
        take_tag(l, context, line + 1, bytes - 2);
        return;
    }
    added = add_line(l, TIME_NONE);
    added->heading = is_bracketed(line, bytes);
    if (!added->heading) {
        input_position(context->input, 0, &number, &column);
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, number, 1,
                        "a line without a time");
    }
    added->word_byte = l->words.bytes;
    added->word_bytes = added->heading ? bytes - 2 : bytes;
    buffer_append(&l->words, added->heading ? line + 1 : line, added->word_bytes);
}

static void take_line(struct lrc *l, struct reader_context *context, const char *line,
                      size_t bytes)
{
    size_t first = l->count;
    size_t used;
    size_t word_byte = l->words.bytes;
    int64_t ms, end_ms;

    l->line = drafts_line(context->drafts) > 0 ? input_next_line(context->input) : 0;
    bytes = emit_trim(&line, bytes);
    while ((used = take_stamp(line, bytes, '[', ']', &ms)) > 0) {
        add_line(l, ms);
        line += used;
        bytes -= used;
        while (bytes > 0 && *line == ' ') {
            line++;
            bytes--;
        }
    }
    if (l->count == first) {
        if (bytes > 0)
            take_unstamped(l, context, line, bytes);
        return;
    }
    add_words(l, line, bytes, &end_ms);
    l->repeats |= l->count > first + 1;
    for (; first < l->count; first++) {
        l->lines[first].word_byte = word_byte;
        l->lines[first].word_bytes = l->words.bytes - word_byte;
        l->lines[first].end_ms = end_ms;
    }
}

static int by_time(const void *left, const void *right)
{
    const struct lrc_line *a = left;
    const struct lrc_line *b = right;

    if (a->ms != b->ms)
        return a->ms < b->ms ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static bool is_blank(const struct lrc *l, const struct lrc_line *line)
{
    const char *s = buffer_string(&l->words) + line->word_byte;

    return emit_trim(&s, line->word_bytes) == 0;
}

static int64_t shifted(const struct lrc *l, int64_t ms)
{
    return ms + l->offset_ms > 0 ? ms + l->offset_ms : 0;
}

static bool emit_line(struct lrc *l, struct reader_context *context, struct error *err)
{
    const struct lrc_line *line = &l->lines[l->emitted++];
    struct caption_cue cue = {.start_ms = line->ms,
                              .end_ms = TIME_NONE,
                              .text = buffer_string(&l->words) + line->word_byte,
                              .text_bytes = line->word_bytes,
                              .heading = line->heading,
                              .line = line->line};

    if (is_blank(l, line))
        return true;
    if (line->ms != TIME_NONE) {
        cue.start_ms = shifted(l, line->ms);
        if (line->end_ms != TIME_NONE)
            cue.end_ms = shifted(l, line->end_ms);
        else if (l->emitted < l->count && is_blank(l, line + 1) && line[1].ms >= line->ms)
            cue.end_ms = shifted(l, line[1].ms);
    }
    return caption_flow_add(&l->flow, context, &cue, err);
}

/* When lines are sorted, a heading stays with the next line that has a time, and words without
 * a time stay with the line before them. */
static void sort_lines(struct lrc *l)
{
    bool *lent = memory_zalloc(l->count + 1, sizeof *lent);
    int64_t ms = TIME_NONE;
    size_t i;

    for (i = 0; i < l->count; i++)
        lent[i] = l->lines[i].ms == TIME_NONE;
    for (i = l->count; i > 0; i--) {
        if (l->lines[i - 1].heading)
            l->lines[i - 1].ms = ms;
        else if (!lent[i - 1])
            ms = l->lines[i - 1].ms;
    }
    for (i = 1; i < l->count; i++) {
        if (l->lines[i].ms == TIME_NONE)
            l->lines[i].ms = l->lines[i - 1].ms;
    }
    qsort(l->lines, l->count, sizeof *l->lines, by_time);
    for (i = 0; i < l->count; i++) {
        if (lent[l->lines[i].number])
            l->lines[i].ms = TIME_NONE;
    }
    free(lent);
}

/* Everything was read: sort the lines, and give them out in batches. */
static enum reader_status emit_some(struct lrc *l, struct reader_context *context,
                                    struct error *err)
{
    size_t end = l->count - l->emitted > EMIT_AT_ONCE ? l->emitted + EMIT_AT_ONCE : l->count;

    if (!l->sorted && l->repeats)
        sort_lines(l);
    l->sorted = true;
    if (l->emitted == l->count && l->flow.decided)
        return READER_END;
    while (l->emitted < end)
        if (!emit_line(l, context, err))
            return READER_ERROR;
    if (l->emitted == l->count && !caption_flow_decide(&l->flow, context, err))
        return READER_ERROR;
    return READER_SEGMENT;
}

static enum reader_status lrc_next(void *self, struct reader_context *context,
                                   struct error *err)
{
    struct lrc *l = self;
    const char *line;
    size_t bytes, next;

    drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    while (input_line(context->input, 0, &line, &bytes, &next)) {
        take_line(l, context, line, bytes);
        input_consume_line(context->input, bytes, next);
    }
    return input_ended(context->input) ? emit_some(l, context, err) : READER_MORE;
}

const struct reader_ops reader_lrc = {
    .name = "lrc",
    .title = N_("LRC lyrics"),
    .detect = lrc_detect,
    .most = CONFIDENCE_STRONG,
    .open = lrc_open,
    .next = lrc_next,
    .close = lrc_close,
};

/* Official records in plain text, as government sites post them during a briefing:
 *
 *     • [role name]what was said2020-03-09 10:01:29
 *
 * with or without the bullet, with [], 【】 or ［］, the time of posting at the end or before
 * the label, the name sometimes once more at the start of the words; a title block before the
 * first. Lines without a label go on with the one before. Line by line: `text` gathers one
 * segment until its time, the next label or the end. */
#include "formats/readers.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/date_time_text.h"
#include "formats/common/language_guess.h"
#include "formats/records/official_title.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

enum { LABEL_BYTES = 300, DETECT_LINES = 60 };

struct official_text {
    struct buffer text; /* of the segment that is being gathered */
    struct buffer label;
    int64_t start_ms;
    bool gathering;
    bool complete; /* a time has ended it */
    bool body;     /* past the title block */
    bool language_guessed;
};

/* A part of the window or of the text; not terminated. */
struct part {
    const char *s;
    size_t bytes;
};

static struct part skip(struct part p, size_t bytes)
{
    return (struct part){p.s + bytes, p.bytes - bytes};
}

static struct part trim(struct part p)
{
    p = skip(p, date_time_text_space_bytes(p.s, p.bytes));
    p.bytes = date_time_text_trimmed_bytes(p.s, p.bytes);
    return p;
}

static bool starts_with(struct part p, const char *with)
{
    size_t bytes = strlen(with);

    return p.bytes >= bytes && memcmp(p.s, with, bytes) == 0;
}

static struct part skip_bullet(struct part line)
{
    static const char *const bullets[] = {"•", "·", "●", "‧", "∙", "◦", "・", "*", "-", NULL};
    size_t i;

    for (i = 0; bullets[i] != NULL; i++) {
        if (starts_with(line, bullets[i]))
            return trim(skip(line, strlen(bullets[i])));
    }
    return line;
}

/* What may stand in brackets and still be no speaker: a time, a tag of lyrics, JSON. */
static bool is_label(struct part label)
{
    if (label.bytes == 0 || label.bytes > LABEL_BYTES || isdigit((unsigned char)label.s[0]))
        return false;
    return memchr(label.s, '"', label.bytes) == NULL &&
           memchr(label.s, ':', label.bytes) == NULL &&
           memchr(label.s, '{', label.bytes) == NULL;
}

/* "[label]rest"; *line becomes the rest. */
static bool take_label(struct part *line, struct part *label)
{
    static const char *const brackets[][2] = {{"[", "]"}, {"【", "】"}, {"［", "］"}};
    size_t i;

    for (i = 0; i < 3; i++) {
        size_t open = strlen(brackets[i][0]);
        const char *close;

        if (!starts_with(*line, brackets[i][0]))
            continue;
        close = memmem(line->s + open, line->bytes - open, brackets[i][1], open);
        if (close == NULL)
            return false;
        *label = trim((struct part){line->s + open, (size_t)(close - line->s) - open});
        if (!is_label(*label))
            return false;
        *line = skip(*line, (size_t)(close - line->s) + open);
        return true;
    }
    return false;
}

/* Script in which a name is one word and stands after the role. */
static bool is_east_asian(struct part name)
{
    uint32_t cp = 0;

    if (name.bytes > 0)
        utf8_decode(name.s, name.bytes, &cp);
    return (cp >= 0x3040 && cp <= 0x30FF) || (cp >= 0x3400 && cp <= 0x9FFF) ||
           (cp >= 0xAC00 && cp <= 0xD7A3) || (cp >= 0x20000 && cp <= 0x3FFFF);
}

/* "香港 經濟導報記者" is one label: nobody is named. */
static bool names_a_trade(struct part word)
{
    static const char *const trades[] = {"記者", "记者", "기자"};
    size_t i;

    for (i = 0; i < sizeof trades / sizeof *trades; i++) {
        size_t bytes = strlen(trades[i]);

        if (word.bytes >= bytes && memcmp(word.s + word.bytes - bytes, trades[i], bytes) == 0)
            return true;
    }
    return false;
}

/* The last word is the name and what stands before it the role; a label of one word, or one in
 * a script whose names are several words, is a name alone. */
static void split_label(struct part label, struct part *role, struct part *name)
{
    size_t at = label.bytes;

    *role = (struct part){label.s, 0};
    *name = label;
    while (at > 0) {
        at = utf8_floor(label.s, label.bytes, at - 1);
        if (date_time_text_space_bytes(label.s + at, label.bytes - at) > 0) {
            struct part last = trim(skip(label, at));

            if (is_east_asian(last) && !names_a_trade(last)) {
                *role = trim((struct part){label.s, at});
                *name = last;
            }
            return;
        }
    }
}

/* The name or the whole label once more, with a colon after it, is no word of the speech. */
static struct part drop_repeated_name(struct part text, struct part said)
{
    struct part rest;

    if (said.bytes == 0 || text.bytes < said.bytes || memcmp(text.s, said.s, said.bytes) != 0)
        return text;
    rest = trim(skip(text, said.bytes));
    if (starts_with(rest, ":"))
        return trim(skip(rest, 1));
    return starts_with(rest, "：") ? trim(skip(rest, strlen("："))) : text;
}

static uint32_t intern_label(struct drafts *t, struct part name, struct part role)
{
    char *name_string = memory_strndup(name.s, name.bytes);
    char *role_string = role.bytes > 0 ? memory_strndup(role.s, role.bytes) : NULL;
    struct speaker_label label = {.name = name_string, .role = role_string};
    uint32_t speaker = drafts_speaker(t, &label);

    free(name_string);
    free(role_string);
    return speaker;
}

static void note_date(struct drafts *t, int64_t ms)
{
    char date[CIVIL_TEXT];

    drafts_set_clock(t, CLOCK_WALL);
    if (drafts_get(t, FIELD_DATE) != NULL)
        return;
    civil_format_date(ms, date);
    drafts_set(t, FIELD_DATE, date);
}

static enum reader_status flush(struct official_text *self, struct reader_context *context,
                                struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct part text = {buffer_string(&self->text), self->text.bytes};
    struct part label = {buffer_string(&self->label), self->label.bytes};
    struct part role;
    struct part name;
    bool ok;

    text = trim(text);
    if (label.bytes > 0) {
        split_label(label, &role, &name);
        text = drop_repeated_name(drop_repeated_name(text, name), label);
        draft.speaker = intern_label(context->drafts, name, role);
    }
    draft.text = text.s;
    draft.text_bytes = text.bytes;
    draft.start_ms = self->start_ms;
    if (draft.start_ms != TIME_NONE)
        note_date(context->drafts, draft.start_ms);
    ok = drafts_append(context->drafts, &draft, err);
    self->gathering = self->complete = false;
    buffer_clear(&self->text);
    buffer_clear(&self->label);
    self->start_ms = TIME_NONE;
    return ok ? READER_SEGMENT : READER_ERROR;
}

/* Words of the segment that is gathered, or of a new one without a speaker. */
static void gather(struct official_text *self, struct part line)
{
    size_t before;
    int64_t ms;

    if (self->gathering && self->text.bytes > 0)
        buffer_append_char(&self->text, '\n');
    self->gathering = true;
    if (date_time_text_at_end(line.s, line.bytes, &ms, &before)) {
        self->start_ms = ms;
        self->complete = true;
        line.bytes = before;
    }
    buffer_append(&self->text, line.s, line.bytes);
}

static void start_labelled(struct official_text *self, struct part label, struct part line,
                           int64_t before_ms)
{
    self->body = true;
    self->start_ms = before_ms;
    buffer_append(&self->label, label.s, label.bytes);
    gather(self, trim(line));
}

/* A line before the first label: of the title block, or words that nobody is named for. */
static void take_early_line(struct official_text *self, struct part line, struct drafts *t)
{
    size_t before;
    int64_t ms;

    if (official_title_take_keyed(t, line.s, line.bytes))
        return;
    if (!date_time_text_at_end(line.s, line.bytes, &ms, &before) || before == 0) {
        if (official_title_take(t, line.s, line.bytes))
            return;
        self->complete = true; /* each such line is a paragraph of its own */
    }
    gather(self, line);
}

/* One line of the file; true once it was used, false where the segment that is being gathered
 * has to go out before it. A bullet is part of the words where the line has no label or time.
 */
static bool take_line(struct official_text *self, struct part line, struct drafts *t)
{
    struct part label;
    struct part marked;
    int64_t ms = TIME_NONE;
    size_t used;

    line = trim(line);
    if (line.bytes == 0)
        return true;
    marked = skip_bullet(line);
    if (date_time_text_at_start(marked.s, marked.bytes, &ms, &used) && used < marked.bytes)
        marked = skip(marked, used);
    else
        ms = TIME_NONE;
    if (take_label(&marked, &label)) {
        if (self->gathering)
            return false;
        start_labelled(self, label, marked, ms);
    } else {
        if (!self->gathering && date_time_text_at_end(line.s, line.bytes, &ms, &used))
            line = skip_bullet(line);
        if (self->body)
            gather(self, line);
        else
            take_early_line(self, line, t);
    }
    return true;
}

static void *official_text_open(void)
{
    struct official_text *self = memory_zalloc(1, sizeof *self);

    self->start_ms = TIME_NONE;
    return self;
}

static void official_text_close(void *opened)
{
    struct official_text *self = opened;

    buffer_release(&self->text);
    buffer_release(&self->label);
    free(self);
}

static void guess_language(struct reader_context *context)
{
    size_t bytes;
    const char *window = input_window(context->input, &bytes);

    if (drafts_get(context->drafts, FIELD_LANGUAGE) == NULL)
        drafts_set(context->drafts, FIELD_LANGUAGE,
                   language_guess(window, bytes < 32768 ? bytes : 32768));
}

static enum reader_status official_text_next(void *opened, struct reader_context *context,
                                             struct error *err)
{
    struct official_text *self = opened;
    struct part line;
    size_t next;

    if (!self->language_guessed)
        guess_language(context);
    self->language_guessed = true;
    while (input_line(context->input, 0, &line.s, &line.bytes, &next)) {
        if (!take_line(self, line, context->drafts))
            return flush(self, context, err);
        input_consume(context->input, next);
        if (self->complete)
            return flush(self, context, err);
    }
    if (!input_ended(context->input))
        return READER_MORE;
    return self->gathering ? flush(self, context, err) : READER_END;
}

/* What stands behind a label: not a clock, as other formats have it, nor a colon. */
static bool has_words(struct part rest)
{
    return rest.bytes > 0 && *rest.s != ':' && !isdigit((unsigned char)*rest.s);
}

static int official_text_detect(const char *head, size_t bytes, bool whole)
{
    struct part rest = {head, bytes};
    int labels = 0;
    int stamps = 0;
    int lines = 0;

    (void)whole;
    while (rest.bytes > 0 && lines < DETECT_LINES) {
        const char *end = memchr(rest.s, '\n', rest.bytes);
        size_t taken = end != NULL ? (size_t)(end - rest.s) : rest.bytes;
        struct part line = skip_bullet(trim((struct part){rest.s, taken}));
        struct part label;
        size_t used;
        int64_t ms;

        lines += line.bytes > 0;
        stamps += date_time_text_at_end(line.s, line.bytes, &ms, &used);
        if (date_time_text_at_start(line.s, line.bytes, &ms, &used)) {
            stamps++;
            line = skip(line, used);
        }
        labels += take_label(&line, &label) && has_words(trim(line));
        rest = skip(rest, taken + (end != NULL));
    }
    if (labels > 0 && stamps > 0)
        return CONFIDENCE_STRONG;
    return labels >= 2 && labels * 2 >= lines ? CONFIDENCE_LIKELY : CONFIDENCE_NO;
}

const struct reader_ops reader_official_text = {
    .name = "official-text",
    .title = "official record in plain text",
    .detect = official_text_detect,
    .open = official_text_open,
    .next = official_text_next,
    .close = official_text_close,
    .grows = true,
};

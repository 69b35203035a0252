/* Minutes of parliaments and hearings in plain text: a label before the words, paragraphs that
 * are indented or stand apart, lines that are wrapped or not. See minutes_label.h.
 *
 * Invariant: `paragraph` holds the words since the last segment, all of one speaker. */
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/language_guess.h"
#include "formats/common/line_reader.h"
#include "formats/common/speaker_prefix.h"
#include "formats/readers.h"
#include "formats/records/minutes_label.h"
#include "shilu/base/memory.h"

/* A line of more bytes is a paragraph and no wrapped line; labels that make minutes. */
enum { WRAPPED_BYTES = 240, MIN_LABELS = 3, LANGUAGE_BYTES = 32768 };

/* What the first lines show. */
struct habits {
    size_t circled;
    size_t addressed;
    size_t longest_byte;
    bool wrapped;
};

struct minutes {
    struct habits habits;
    struct buffer paragraph;
    uint32_t speaker;
    bool settled;
    bool any_label;
    bool goes_on; /* the line before is full and ends no sentence */
};

/* A label as name_prefixes counts them. */
static void count_name(struct name_prefixes *names, const struct minutes_label *label)
{
    struct buffer line = {0};

    buffer_append(&line, label->name, label->name_bytes);
    buffer_append_string(&line, ": ");
    name_prefixes_count(names, line.data, line.bytes);
    buffer_release(&line);
}

static void habits_survey(struct habits *h, const char *text, size_t bytes)
{
    struct name_prefixes *names = name_prefixes_new();
    size_t with_office = 0;
    size_t at = 0;

    *h = (struct habits){0};
    while (at < bytes) {
        const char *end = memchr(text + at, '\n', bytes - at);
        size_t line_bytes = end != NULL ? (size_t)(end - text) - at : bytes - at;
        const char *line = text + at;
        struct minutes_label label;
        bool circled, addressed;

        at += line_bytes + 1;
        line_bytes = emit_trim(&line, line_bytes);
        circled = minutes_label_circled(line, line_bytes, &label);
        with_office += circled && label.role_bytes > 0;
        addressed = !circled && minutes_label_addressed(line, line_bytes, &label);
        if (circled || addressed)
            count_name(names, &label);
        h->circled += circled;
        h->addressed += addressed;
        if (line_bytes > h->longest_byte)
            h->longest_byte = line_bytes;
    }
    /* A list with circles has labels too, but no one in it comes back. */
    if (name_prefixes_repeated(names) < 2) {
        h->addressed = 0;
        h->circled = with_office;
    }
    h->wrapped = h->longest_byte <= WRAPPED_BYTES;
    name_prefixes_free(names);
}

static int minutes_detect(const char *head, size_t bytes, bool whole)
{
    struct habits h;
    const char *text = head;

    (void)whole;
    if (emit_trim(&text, bytes) == 0 || strchr("<{#", *text) != NULL)
        return CONFIDENCE_NO;
    habits_survey(&h, head, bytes);
    return h.circled >= MIN_LABELS || h.addressed >= MIN_LABELS ? CONFIDENCE_LIKELY
                                                                : CONFIDENCE_NO;
}

static void *minutes_open(void)
{
    struct minutes *m = memory_zalloc(1, sizeof *m);

    m->speaker = SPEAKER_NONE;
    return m;
}

static void minutes_close(void *self)
{
    struct minutes *m = self;

    buffer_release(&m->paragraph);
    free(m);
}

static bool flush(struct minutes *m, struct reader_context *context, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    bool ok;

    m->goes_on = false;
    if (m->paragraph.bytes == 0)
        return true;
    draft.text = m->paragraph.data;
    draft.text_bytes = m->paragraph.bytes;
    draft.speaker = m->speaker;
    ok = emit_segment(context, &draft, err);
    buffer_clear(&m->paragraph);
    return ok;
}

static uint32_t intern_label(struct reader_context *context, const struct minutes_label *label)
{
    char *name = memory_strndup(label->name, label->name_bytes);
    char *role = label->role_bytes > 0 ? memory_strndup(label->role, label->role_bytes) : NULL;
    uint32_t speaker = drafts_speaker(context->drafts,
                                      &(struct speaker_label){.name = name, .role = role});

    free(name);
    free(role);
    return speaker;
}

/* A rule between parts: dashes, stars and the like alone. */
static bool is_rule(const char *line, size_t bytes)
{
    static const char *const signs[] = {"-", "_", "=", "*", " ", "―", "─", "━", "—", "◇", "◆"};
    size_t at = 0;

    while (at < bytes) {
        size_t i = 0;

        while (i < sizeof signs / sizeof *signs &&
               strncmp(line + at, signs[i], strlen(signs[i])) != 0)
            i++;
        if (i == sizeof signs / sizeof *signs)
            return false;
        at += strlen(signs[i]);
    }
    return true;
}

static bool ends_sentence(const char *line, size_t bytes)
{
    return bytes > 0 && strchr(".?!:\")", line[bytes - 1]) != NULL;
}

static bool has_label(const struct minutes *m, const char *line, size_t bytes, bool indented,
                      struct minutes_label *label)
{
    if (m->habits.circled >= m->habits.addressed)
        return minutes_label_circled(line, bytes, label);
    return (indented || !m->goes_on) && minutes_label_addressed(line, bytes, label);
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct minutes *m = self;
    const char *words = line;
    size_t words_bytes = emit_trim(&words, bytes);
    bool indented = words > line;
    struct minutes_label label;

    if (words_bytes == 0 || is_rule(words, words_bytes))
        return flush(m, context, err);
    if (has_label(m, words, words_bytes, indented, &label)) {
        if (!flush(m, context, err))
            return false;
        m->speaker = intern_label(context, &label);
        m->any_label = true;
        words += label.text_byte;
        words_bytes -= label.text_byte;
    } else if (!m->any_label && drafts_get(context->drafts, FIELD_TITLE) == NULL) {
        emit_field(context, FIELD_TITLE, words, words_bytes);
        return true;
    } else if ((indented || !m->goes_on) && !flush(m, context, err)) {
        return false;
    }
    m->goes_on = m->habits.wrapped && bytes * 10 >= m->habits.longest_byte * 8 &&
                 !ends_sentence(words, words_bytes);
    words_bytes = emit_trim(&words, words_bytes);
    if (words_bytes > 0)
        emit_join(&m->paragraph, words, words_bytes);
    return true;
}

static void settle(struct minutes *m, struct reader_context *context)
{
    size_t bytes;
    const char *window = input_window(context->input, &bytes);

    habits_survey(&m->habits, window, bytes < DETECT_BYTES ? bytes : DETECT_BYTES);
    if (drafts_get(context->drafts, FIELD_LANGUAGE) == NULL)
        drafts_set(context->drafts, FIELD_LANGUAGE,
                   language_guess(window, bytes < LANGUAGE_BYTES ? bytes : LANGUAGE_BYTES));
    m->settled = true;
}

static enum reader_status minutes_next(void *self, struct reader_context *context,
                                       struct error *err)
{
    struct minutes *m = self;
    size_t before = drafts_count(context->drafts);
    enum reader_status status;

    if (!m->settled)
        settle(m, context);
    status = line_reader_pull(context, take_line, self, err);
    if (status != READER_MORE || !input_ended(context->input))
        return status;
    if (!flush(m, context, err))
        return READER_ERROR;
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

const struct reader_ops reader_minutes = {
    .name = "minutes",
    .title = "minutes in plain text",
    .detect = minutes_detect,
    .open = minutes_open,
    .next = minutes_next,
    .close = minutes_close,
    .grows = true,
};

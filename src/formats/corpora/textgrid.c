/* Praat's TextGrid, long and short: tiers of intervals.
 *
 * Specification: Praat's manual, "TextGrid file formats". Both forms have the same numbers,
 * strings and flags; everything else in the long form is for human readers. Like Praat, this
 * reader accepts a number, string or flag wherever one begins after white space, and ignores
 * the rest, including comments ("!").
 *
 * A tier's name is its speaker. Of tiers that divide the same speech (phrases, words, sounds),
 * only one is kept: the tier with the longest intervals, as long as it has as many letters; so
 * of "words" and "sounds" without phrases, the words are kept. Points have no words of their
 * own and are left out. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formats/common/emit.h"
#include "formats/common/seconds.h"
#include "formats/common/segment_queue.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"

enum {
    TIERS_MAX = 1000,
    TEXT_BYTES_MAX = 1 << 30,
    SAME_TIME_MS = 1,
    FINER_FACTOR_PERCENT = 130
};

struct interval {
    int64_t start_ms;
    int64_t end_ms;
    size_t text_byte;
    size_t text_bytes;
    uint32_t line; /* of the file */
};

struct tier {
    char *name;                 /* owned */
    struct interval *intervals; /* owned */
    size_t count;
    size_t capacity;
    uint64_t letters;
    bool left_out;
};

struct textgrid {
    bool read;
    struct tier *tiers; /* owned */
    size_t count;
    size_t capacity;
    struct buffer text;
};

/* ------------------------------------------------------------------------------ tokens */

struct tokens {
    struct span rest;
    const char *start;
    struct buffer string; /* of the last string */
    const char *counted;  /* line ends were counted up to here */
    uint32_t line;
};

static int textgrid_detect(const char *head, size_t bytes, bool whole)
{
    struct span text = span_trim_front(span_of(head, bytes));

    (void)whole;
    if (!span_take(&text, "File type = \"ooTextFile") && !span_take(&text, "\"ooTextFile"))
        return CONFIDENCE_NO;
    if (text.length > 400)
        text.length = 400;
    return memmem(text.data, text.length, "\"TextGrid\"", 10) != NULL ? CONFIDENCE_CERTAIN
                                                                      : CONFIDENCE_NO;
}

/* Skip a word that is not a token, a comment, or white space. */
static void skip(struct tokens *t)
{
    while (t->rest.length > 0) {
        char c = *t->rest.data;

        if (span_is_space(c)) {
            t->rest = span_skip(t->rest, 1);
        } else if (c == '!') {
            span_take_until(&t->rest, '\n');
        } else if (c == '"' || c == '<' || isdigit((unsigned char)c) ||
                   ((c == '-' || c == '+' || c == '.') && t->rest.length > 1 &&
                    isdigit((unsigned char)t->rest.data[1]))) {
            return;
        } else {
            while (t->rest.length > 0 && !span_is_space(*t->rest.data))
                t->rest = span_skip(t->rest, 1);
        }
    }
}

/* The line of the next token. */
static uint32_t line_of(struct tokens *t)
{
    struct span passed = span_of(t->counted, (size_t)(t->rest.data - t->counted));

    while (passed.length > 0) {
        size_t end = span_find(passed, '\n');

        t->line += end < passed.length;
        passed = span_skip(passed, end + (end < passed.length));
    }
    t->counted = t->rest.data;
    return t->line;
}

static bool take_number(struct tokens *t, double *value)
{
    char copy[64];
    size_t bytes = 0;
    char *end;

    skip(t);
    while (bytes < t->rest.length && bytes < sizeof copy - 1 &&
           !span_is_space(t->rest.data[bytes]))
        bytes++;
    memcpy(copy, t->rest.data, bytes);
    copy[bytes] = '\0';
    *value = strtod(copy, &end);
    if (end == copy || *copy == '"' || *copy == '<')
        return false;
    t->rest = span_skip(t->rest, bytes);
    return true;
}

static bool take_ms(struct tokens *t, int64_t *ms)
{
    double value;

    if (!take_number(t, &value))
        return false;
    *ms = value > -1e9 && value < 1e9 ? (int64_t)(value * 1000 + (value < 0 ? -0.5 : 0.5))
                                      : TIME_NONE;
    return true;
}

/* A quotation mark inside a string is doubled. */
static bool take_string(struct tokens *t)
{
    skip(t);
    buffer_clear(&t->string);
    if (!span_take(&t->rest, "\""))
        return false;
    for (;;) {
        size_t bytes = span_find(t->rest, '"');

        buffer_append(&t->string, t->rest.data, bytes);
        if (bytes == t->rest.length)
            return false; /* it is not closed */
        t->rest = span_skip(t->rest, bytes + 1);
        if (!span_take(&t->rest, "\""))
            return true;
        buffer_append_char(&t->string, '"');
    }
}

static bool take_flag(struct tokens *t, const char *flag)
{
    skip(t);
    return span_take(&t->rest, flag);
}

/* ------------------------------------------------------------------------------- tiers */

static struct tier *add_tier(struct textgrid *g, const char *name)
{
    MEMORY_RESERVE(g->tiers, g->capacity, g->count + 1);
    g->tiers[g->count] = (struct tier){.name = memory_strdup(name)};
    return &g->tiers[g->count++];
}

static void add_interval(struct textgrid *g, struct tier *tier, int64_t start_ms,
                         int64_t end_ms, const struct buffer *label, uint32_t line)
{
    size_t from = g->text.bytes;
    size_t i;

    emit_squeeze(&g->text, buffer_string(label), label->bytes);
    if (g->text.bytes == from)
        return;
    for (i = from; i < g->text.bytes; i++)
        tier->letters += (unsigned char)g->text.data[i] > ' ' &&
                         ((unsigned char)g->text.data[i] & 0xC0) != 0x80;
    MEMORY_RESERVE(tier->intervals, tier->capacity, tier->count + 1);
    tier->intervals[tier->count++] = (struct interval){start_ms, end_ms, from,
                                                       g->text.bytes - from, line};
}

static bool take_intervals(struct textgrid *g, struct tokens *t, struct tier *tier,
                           double count)
{
    for (; count >= 1; count--) {
        int64_t start_ms, end_ms;
        uint32_t line;

        if (!take_ms(t, &start_ms) || !take_ms(t, &end_ms))
            return false;
        skip(t);
        line = line_of(t);
        if (!take_string(t))
            return false;
        add_interval(g, tier, start_ms, end_ms, &t->string, line);
    }
    return true;
}

static bool take_points(struct tokens *t, double count)
{
    for (; count >= 1; count--) {
        int64_t at_ms;

        if (!take_ms(t, &at_ms) || !take_string(t))
            return false;
    }
    return true;
}

static bool take_tier(struct textgrid *g, struct tokens *t, struct diagnostics *found)
{
    int64_t from_ms, to_ms;
    double count;
    struct tier *tier;
    bool points;

    if (!take_string(t))
        return false;
    points = strcmp(buffer_string(&t->string), "TextTier") == 0;
    if (!take_string(t))
        return false;
    tier = add_tier(g, buffer_string(&t->string));
    if (!take_ms(t, &from_ms) || !take_ms(t, &to_ms) || !take_number(t, &count))
        return false;
    if (!points)
        return take_intervals(g, t, tier, count);
    if (count >= 1)
        diagnostics_add(found, SEVERITY_NOTE, 0, 0,
                        "points of the tier '%.60s' are left out: %.0f", tier->name, count);
    return take_points(t, count);
}

static bool take_tiers(struct textgrid *g, struct tokens *t, struct diagnostics *found)
{
    int64_t from_ms, to_ms;
    double count;

    /* Its class and its name. NOLINTNEXTLINE(misc-redundant-expression) */
    if (!take_string(t) || !take_string(t) || !take_ms(t, &from_ms) || !take_ms(t, &to_ms) ||
        !take_flag(t, "<exists>") || !take_number(t, &count))
        return false;
    for (; count >= 1 && g->count < TIERS_MAX; count--)
        if (!take_tier(g, t, found))
            return false;
    return true;
}

/* ----------------------------------------------------------------------- finer tiers */

static bool is_near(int64_t a, int64_t b)
{
    return a - b <= SAME_TIME_MS && b - a <= SAME_TIME_MS;
}

/* Whether each interval of `coarse` begins and ends where intervals of `fine` do. */
static bool shares_bounds(const struct tier *coarse, const struct tier *fine)
{
    size_t at = 0;
    size_t i;

    for (i = 0; i < coarse->count; i++) {
        const struct interval *c = &coarse->intervals[i];

        while (at < fine->count && fine->intervals[at].start_ms < c->start_ms - SAME_TIME_MS)
            at++;
        if (at == fine->count || !is_near(fine->intervals[at].start_ms, c->start_ms))
            return false;
        while (at < fine->count && fine->intervals[at].end_ms < c->end_ms - SAME_TIME_MS)
            at++;
        if (at == fine->count || !is_near(fine->intervals[at].end_ms, c->end_ms))
            return false;
    }
    return true;
}

static bool cuts_finer(const struct tier *coarse, const struct tier *fine)
{
    return coarse->count > 0 && !coarse->left_out &&
           fine->count * 100 >= coarse->count * FINER_FACTOR_PERCENT &&
           coarse->letters * 2 >= fine->letters && shares_bounds(coarse, fine);
}

static void leave_out_finer(struct textgrid *g, struct diagnostics *found)
{
    size_t i, j;

    for (i = 0; i < g->count; i++) {
        for (j = 0; j < g->count && !g->tiers[i].left_out; j++) {
            if (i == j || !cuts_finer(&g->tiers[j], &g->tiers[i]))
                continue;
            g->tiers[i].left_out = true;
            diagnostics_add(found, SEVERITY_NOTE, 0, 0,
                            "the tier '%.60s' cuts '%.60s' finer and is left out",
                            g->tiers[i].name, g->tiers[j].name);
        }
    }
}

/* "words", "Ada - words", "Ada - utterances": the kind of content is not part of a name. */
static struct span speaker_of(const char *name)
{
    static const char *const kinds[] = {
        "words",    "word",       "utterances",    "utterance", "text",        "sentences",
        "sentence", "transcript", "transcription", "ortho",     "orthography", "phrases",
        "phrase",   "phones",     "phone",         "silences"};
    struct span s = span_trim(span_string(name));
    size_t i;

    for (i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t bytes = strlen(kinds[i]);
        size_t before;

        if (s.length < bytes || strncasecmp(s.data + s.length - bytes, kinds[i], bytes) != 0)
            continue;
        before = s.length - bytes;
        if (before == 0)
            return span_of(s.data, 0);
        if (strchr(" -_:/.", s.data[before - 1]) == NULL)
            continue;
        while (before > 0 && strchr(" -_:/.", s.data[before - 1]) != NULL)
            before--;
        return span_of(s.data, before);
    }
    return s;
}

/* Single words are pieces of a paragraph; whole phrases are segments. */
static bool is_of_words(const struct textgrid *g, const struct tier *tier)
{
    size_t single = 0;
    size_t i;

    for (i = 0; i < tier->count; i++)
        single += memchr(g->text.data + tier->intervals[i].text_byte, ' ',
                         tier->intervals[i].text_bytes) == NULL;
    return single * 10 >= tier->count * 9;
}

static bool emit_tiers(struct textgrid *g, struct reader_context *context, struct error *err)
{
    struct segment_queue held = {0};
    size_t i, k;
    bool ok;

    for (i = 0; i < g->count; i++) {
        const struct tier *tier = &g->tiers[i];
        struct span name = speaker_of(tier->name);
        struct segment_draft draft = SEGMENT_DRAFT_INIT;

        if (tier->left_out || tier->count == 0)
            continue;
        draft.speaker = name.length > 0 ? emit_speaker(context, name.data, name.length)
                                        : SPEAKER_NONE;
        draft.piece = is_of_words(g, tier);
        for (k = 0; k < tier->count; k++) {
            draft.text = g->text.data + tier->intervals[k].text_byte;
            draft.text_bytes = tier->intervals[k].text_bytes;
            draft.line = drafts_line(context->drafts) > 0 ? tier->intervals[k].line : 0;
            draft.start_ms = tier->intervals[k].start_ms;
            draft.end_ms = tier->intervals[k].end_ms;
            segment_queue_add(&held, &draft);
        }
    }
    drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    segment_queue_sort(&held);
    ok = segment_queue_emit(&held, context, err);
    segment_queue_release(&held);
    return ok;
}

/* ------------------------------------------------------------------------------ reader */

static bool read_all(struct textgrid *g, struct reader_context *context, struct error *err)
{
    size_t bytes;
    const char *window = input_window(context->input, &bytes);
    struct tokens t = {
        .rest = span_of(window, bytes), .start = window, .counted = window, .line = 1};
    bool whole = take_tiers(g, &t, context->diagnostics);
    uint64_t line, column;
    bool ok;

    input_position(context->input, (size_t)(t.rest.data - t.start), &line, &column);
    leave_out_finer(g, context->diagnostics);
    ok = emit_tiers(g, context, err);
    if (ok && !whole)
        ok = error_set_at(err, ERROR_SYNTAX, line, column,
                          t.rest.length == 0 ? N_("the TextGrid is cut off")
                                             : N_("expected another number or string"));
    buffer_release(&t.string);
    input_consume(context->input, bytes);
    return ok;
}

static enum reader_status textgrid_next(void *self, struct reader_context *context,
                                        struct error *err)
{
    struct textgrid *g = self;
    size_t before = drafts_count(context->drafts);
    size_t bytes;

    if (g->read)
        return READER_END;
    input_window(context->input, &bytes);
    if (bytes > TEXT_BYTES_MAX) {
        error_set(err, ERROR_LIMIT, "the TextGrid is larger than %d MB", TEXT_BYTES_MAX >> 20);
        return READER_ERROR;
    }
    if (!input_ended(context->input))
        return READER_MORE;
    g->read = true;
    if (!read_all(g, context, err))
        return READER_ERROR;
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

static void *textgrid_open(void)
{
    return memory_zalloc(1, sizeof(struct textgrid));
}

static void textgrid_close(void *self)
{
    struct textgrid *g = self;
    size_t i;

    for (i = 0; i < g->count; i++) {
        free(g->tiers[i].name);
        free(g->tiers[i].intervals);
    }
    free(g->tiers);
    buffer_release(&g->text);
    free(g);
}

const struct reader_ops reader_textgrid = {
    .name = "textgrid",
    .title = N_("Praat TextGrid"),
    .detect = textgrid_detect,
    .open = textgrid_open,
    .next = textgrid_next,
    .close = textgrid_close,
};

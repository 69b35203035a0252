/* Detection of records in plain text and Markdown. */
#include "formats/records/record_detect.h"

#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/file_signature.h"
#include "formats/containers/markdown_container.h"
#include "formats/containers/text_container.h"
#include "formats/readers.h"
#include "formats/records/line/vocabulary.h"
#include "formats/records/record_habits.h"
#include "formats/records/record_reader.h"
#include "shilu/base/translate.h"

enum {
    STRONG_TURNS = 3,     /* of Markdown whose markup names speakers */
    CONFIDENCE_TEXT = 1,  /* any other text */
    MARKUP_BYTES = 65536, /* so much of the input is searched for markup */
    SAMPLE_BYTES = 16384, /* of a head, in which a layout may be certain already */
};

static void add_to_survey(void *self, const struct block *block)
{
    survey_add(self, block);
}

/* Whether bold text, italics or headings name speakers, and in how many turns. */
static bool is_dressed(const struct survey *s, const struct choice *choice, size_t *turns)
{
    bool dressed = false;
    size_t i;

    for (i = *turns = 0; i < s->block_count; i++) {
        const struct survey_row *row;

        if (choice->begins[i] == SURVEY_NONE)
            continue;
        row = &s->rows[s->candidates[choice->begins[i]].row];
        dressed |= row->dress != 0 || s->blocks[i].bold || s->blocks[i].italic;
        ++*turns;
    }
    return dressed;
}

static bool is_certain(const struct record *r)
{
    return r->choice.found && r->choice.score >= CERTAIN_SCORE;
}

/* Length of the whole lines in a head. A CR at its end may be half of a line end. */
static size_t whole_lines(struct span head, bool whole)
{
    size_t bytes = head.length;

    if (whole)
        return bytes;
    bytes -= bytes > 0 && head.data[bytes - 1] == '\r';
    while (bytes > 0 && head.data[bytes - 1] != '\n' && head.data[bytes - 1] != '\r')
        bytes--;
    return bytes;
}

/* Survey the whole lines of a head and choose a layout. If it is certain from the sample, the
 * reader chooses again with what comes after the head. */
static void survey_text(struct record *r, struct span head, size_t bytes, bool whole)
{
    struct span lines = span_of(head.data, bytes);
    struct span sample = span_of(head.data, 0);

    if (!whole && bytes > SAMPLE_BYTES) {
        sample.length = whole_lines(span_of(head.data, SAMPLE_BYTES), false);
        text_container_take(r->container, head, sample, add_to_survey, &r->survey);
        record_habits_choose(r);
    }
    text_container_take(r->container, head, span_skip(lines, sample.length), add_to_survey,
                        &r->survey);
    if (!is_certain(r))
        record_habits_choose(r);
}

/* Read a head of text or Markdown up to the choice of its layout. The caller closes it; NULL if
 * it is not text. */
static struct record *survey_head(const struct container_ops *container, struct span head,
                                  bool whole)
{
    size_t bytes = whole_lines(head, whole);
    struct record *r;
    struct error err;

    if (bytes == 0 || file_signature_is_data(head))
        return NULL;
    r = record_reader_open(container);
    if (!survey_init(&r->survey, NULL, &err)) {
        record_reader_close(r);
        return NULL;
    }
    r->phase = PHASE_SURVEY;
    r->taken_bytes = bytes;
    if (container == &markdown_container) {
        r->taken_bytes = markdown_container_take(r->container, head, bytes, add_to_survey,
                                                 &r->survey);
        record_habits_choose(r);
    } else {
        survey_text(r, head, bytes, whole);
    }
    return r;
}

static int confidence_of(const struct record *r)
{
    if (r == NULL || !r->choice.found)
        return CONFIDENCE_NO;
    return is_certain(r) ? CONFIDENCE_LIKELY : CONFIDENCE_MAYBE;
}

static int text_detect_kept(const char *head, size_t bytes, bool whole, void **self)
{
    struct record *r = survey_head(&text_container, span_of(head, bytes), whole);
    int confidence = confidence_of(r);

    /* Reread as Markdown: see plain_next. */
    if (r != NULL && confidence == CONFIDENCE_NO &&
        markdown_container_is_certain(span_of(head, bytes))) {
        record_reader_close(r);
        r = NULL;
    }
    *self = r;
    return confidence;
}

static int text_detect(const char *head, size_t bytes, bool whole)
{
    void *self;
    int confidence = text_detect_kept(head, bytes, whole, &self);

    if (self != NULL)
        record_reader_close(self);
    return confidence;
}

int record_detect_markdown(const char *head, size_t bytes, bool whole, void **self)
{
    struct record *r = survey_head(&markdown_container, span_of(head, bytes), whole);
    int confidence = CONFIDENCE_NO;

    if (r != NULL && r->choice.found) {
        size_t turns;

        confidence = !is_dressed(&r->survey, &r->choice, &turns) ? CONFIDENCE_MAYBE
                     : turns >= STRONG_TURNS                     ? CONFIDENCE_STRONG
                                                                 : CONFIDENCE_LIKELY;
        /* Markup that names no speakers may occur in any text. */
        if (confidence == CONFIDENCE_MAYBE) {
            int as_text = text_detect(head, bytes, whole);

            if (as_text > CONFIDENCE_NO || !span_starts_with(span_of(head, bytes), "---\n"))
                confidence = as_text;
        }
    }
    if (confidence > CONFIDENCE_NO)
        *self = r;
    else if (r != NULL)
        record_reader_close(r);
    return confidence;
}

static void *text_open(void)
{
    return record_reader_open(&text_container);
}

static int plain_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return folded_trim(span_of(head, bytes)).length == 0 ||
                   file_signature_is_data(span_of(head, bytes))
               ? CONFIDENCE_NO
               : CONFIDENCE_TEXT;
}

/* Markdown in which nobody speaks is read without its markup. */
static enum reader_status plain_next(void *self, struct reader_context *context,
                                     struct error *err)
{
    struct record *r = self;

    if (r->phase == PHASE_START && r->ops == &text_container && r->taken_bytes == 0) {
        size_t bytes;
        const char *window = input_window(context->input, &bytes);

        if (!input_ended(context->input) && !input_resting(context->input) &&
            bytes < MARKUP_BYTES)
            return READER_MORE;
        if (markdown_container_is_certain(
                span_of(window, bytes < MARKUP_BYTES ? bytes : MARKUP_BYTES))) {
            r->ops->close(r->container);
            r->ops = &markdown_container;
            r->container = r->ops->open();
        }
    }
    return record_reader_next(self, context, err);
}

const struct reader_ops reader_plain = {
    .name = "plain",
    .title = N_("text without speakers"),
    .detect = plain_detect,
    .open = text_open,
    .next = plain_next,
    .close = record_reader_close,
    .most = CONFIDENCE_TEXT,
    .grows = true,
    .fallback = true,
    .reads_after = &reader_text,
};

const struct reader_ops reader_text = {
    .name = "text",
    .title = N_("text with speakers"),
    .by_layout = true,
    .detect = text_detect,
    .detect_kept = text_detect_kept,
    .open = text_open,
    .next = record_reader_next,
    .close = record_reader_close,
    .most = CONFIDENCE_LIKELY,
    .grows = true,
};

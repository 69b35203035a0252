/* NIST's line formats for scoring speech recognition. Standards: the SCTK documentation for CTM
 * ("file channel start duration word [confidence [type [speaker]]]") and STM ("file channel
 * speaker start end [<labels>] words"); the RT-09 evaluation plan, appendix A, for RTTM ("type
 * file channel start duration word subtype speaker …"). White space separates fields, and ";;"
 * starts a comment.
 *
 * A CTM, or an RTTM with words, has one word per line: they are joined into utterances. An RTTM
 * without words only says who speaks when, so it is not a transcript by itself. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/line_reader.h"
#include "formats/common/seconds.h"
#include "formats/readers.h"
#include "formats/recognisers/word_joiner.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"

enum { FIELDS_MAX = 10, DETECT_LINES = 20, SURVEY_BYTES = 65536 };

struct nist {
    struct word_joiner words;
    struct buffer file;    /* the current recording */
    struct buffer channel; /* the first one seen */
    bool begun;
    bool surveyed;
    bool channels; /* there are several: each is a speaker */
    bool in_alternatives;
    bool skipping;  /* an alternative other than the first */
    uint64_t turns; /* number of lines with speakers but without words */
};

/* Split the fields of a line; the last one requested is not cut. */
static size_t split(struct span line, struct span *fields, size_t most)
{
    size_t count = 0;

    line = span_trim(line);
    while (line.length > 0 && count < most) {
        size_t length = 0;

        if (count + 1 == most)
            length = line.length;
        while (length < line.length && !span_is_space(line.data[length]))
            length++;
        fields[count++] = span_of(line.data, length);
        line = span_trim_front(span_skip(line, length));
    }
    return count;
}

static bool is_comment(struct span line)
{
    line = span_trim_front(line);
    return line.length == 0 || span_starts_with(line, ";;");
}

static bool is_alternative_mark(struct span word)
{
    return span_starts_with(word, "<ALT");
}

/* A confidence; ROVER writes -1 for none. */
static bool is_confidence(struct span field)
{
    int64_t thousandths;

    (void)span_take(&field, "-");
    return span_is(field, "NA") || seconds_read(field, &thousandths);
}

static bool is_ctm_line(struct span line)
{
    struct span f[FIELDS_MAX];
    size_t count = split(line, f, FIELDS_MAX);
    int64_t ms;

    if (count == 5 && is_alternative_mark(f[4]))
        return true;
    return count >= 5 && count <= 8 && seconds_read(f[2], &ms) && seconds_read(f[3], &ms) &&
           (count < 6 || is_confidence(f[5]));
}

static bool is_stm_line(struct span line)
{
    struct span f[6];
    size_t count = split(line, f, 6);
    int64_t start, end;

    return count >= 5 && seconds_read(f[3], &start) && seconds_read(f[4], &end) && start <= end;
}

static bool is_rttm_line(struct span line)
{
    static const char *const types[] = {
        "SPEAKER", "LEXEME", "NON-LEX", "SPKR-INFO",  "SEGMENT", "NOSCORE", "NO_RT_METADATA",
        "FILLER",  "EDIT",   "SU",      "NON-SPEECH", "CB",      "A/P",     "IP",
        NULL};
    struct span f[FIELDS_MAX];
    size_t count = split(line, f, FIELDS_MAX);

    if (count < 8)
        return false;
    return span_is_any(f[0], types);
}

static int detect_lines(const char *head, size_t bytes, bool whole, bool is_line(struct span))
{
    struct span rest = span_of(head, bytes);
    struct span line;
    int lines = 0, wrong = 0;

    while (lines < DETECT_LINES && span_next_line(&rest, &line)) {
        if (rest.length == 0 && !whole)
            break;
        if (is_comment(line))
            continue;
        lines++;
        wrong += !is_line(line);
        if (wrong * 4 > DETECT_LINES)
            return CONFIDENCE_NO;
    }
    if (lines == 0 || wrong * 4 > lines)
        return CONFIDENCE_NO;
    return lines >= 2 ? CONFIDENCE_STRONG : CONFIDENCE_LIKELY;
}

static int ctm_detect(const char *head, size_t bytes, bool whole)
{
    return detect_lines(head, bytes, whole, is_ctm_line);
}

static int stm_detect(const char *head, size_t bytes, bool whole)
{
    return detect_lines(head, bytes, whole, is_stm_line);
}

static int rttm_detect(const char *head, size_t bytes, bool whole)
{
    int sure = detect_lines(head, bytes, whole, is_rttm_line);

    return sure > CONFIDENCE_NO ? CONFIDENCE_CERTAIN : sure;
}

static void *nist_open(void)
{
    struct nist *n = memory_zalloc(1, sizeof *n);

    n->words.speaker = SPEAKER_NONE;
    return n;
}

static void nist_close(void *self)
{
    struct nist *n = self;

    word_joiner_release(&n->words);
    buffer_release(&n->file);
    buffer_release(&n->channel);
    free(n);
}

static uint64_t line_of(const struct reader_context *context)
{
    uint64_t line, column;

    input_position(context->input, 0, &line, &column);
    return line;
}

static bool flush_words(struct nist *n, struct reader_context *context, struct error *err)
{
    word_joiner_flush(&n->words);
    return segment_queue_emit(&n->words.out, context, err);
}

static bool differs(const struct buffer *buffer, struct span s)
{
    return !span_equal(span_of(buffer->data, buffer->bytes), s);
}

/* A file may contain several recordings, whose times all restart: each gets a heading. */
static bool set_file(struct nist *n, struct reader_context *context, struct span file,
                     struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    if (n->begun && !differs(&n->file, file))
        return true;
    if (!n->begun)
        emit_field(context, FIELD_SOURCE_NAME, file.data, file.length);
    else if (!flush_words(n, context, err))
        return false;
    draft.text = file.data;
    draft.text_bytes = file.length;
    draft.kind = SEGMENT_HEADING;
    if (n->begun && !emit_segment(context, &draft, err))
        return false;
    n->begun = true;
    buffer_clear(&n->file);
    buffer_append(&n->file, file.data, file.length);
    return true;
}

/* Whether the start of the file names more than one channel. */
static void survey_channels(struct nist *n, struct reader_context *context)
{
    size_t bytes;
    const char *window = input_window(context->input, &bytes);
    struct span rest = span_of(window, bytes < SURVEY_BYTES ? bytes : SURVEY_BYTES);
    struct span line, f[3];

    if (n->surveyed || bytes == 0)
        return;
    n->surveyed = true;
    while (!n->channels && span_next_line(&rest, &line)) {
        if (is_comment(line) || split(line, f, 3) < 3)
            continue;
        if (n->channel.data == NULL)
            buffer_append(&n->channel, f[1].data, f[1].length);
        n->channels = differs(&n->channel, f[1]);
    }
}

/* The speaker of a word: from its line, else, if there are several channels, from the
 * channel. */
static uint32_t speaker_of(struct nist *n, struct reader_context *context, struct span channel,
                           struct span name)
{
    if (name.length > 0 && !span_is(name, "<NA>") && !span_is(name, "NA"))
        return emit_speaker(context, name.data, name.length);
    n->channels |= n->channel.bytes > 0 && differs(&n->channel, channel);
    return n->channels ? emit_speaker(context, channel.data, channel.length) : SPEAKER_NONE;
}

static bool add_word(struct nist *n, struct reader_context *context, struct span text,
                     int64_t start_ms, int64_t length_ms, uint32_t speaker, struct error *err)
{
    struct word word = {.text = text.data,
                        .bytes = text.length,
                        .speaker = speaker,
                        .start_ms = start_ms,
                        .end_ms = start_ms + length_ms};

    word_joiner_add(&n->words, &word);
    return segment_queue_emit(&n->words.out, context, err);
}

static void report_line(struct reader_context *context, const char *format)
{
    diagnostics_add(context->diagnostics, SEVERITY_ERROR, line_of(context), 1,
                    "not a line of %s: it is left out", format);
}

/* Only the first of several alternatives is used. */
static void take_alternative_mark(struct nist *n, struct span mark)
{
    if (span_is(mark, "<ALT_BEGIN>")) {
        n->in_alternatives = true;
        n->skipping = false;
    } else if (span_is(mark, "<ALT>")) {
        n->skipping = n->in_alternatives;
    } else {
        n->in_alternatives = n->skipping = false;
    }
}

static bool take_ctm_line(void *self, struct reader_context *context, const char *line,
                          size_t bytes, struct error *err)
{
    struct nist *n = self;
    struct span f[FIELDS_MAX];
    struct span whole = span_of(line, bytes);
    size_t count = split(whole, f, FIELDS_MAX);
    int64_t start_ms, length_ms;

    if (is_comment(whole))
        return true;
    if (!is_ctm_line(whole)) {
        report_line(context, "CTM");
        return true;
    }
    if (is_alternative_mark(f[4])) {
        take_alternative_mark(n, f[4]);
        return true;
    }
    if (n->skipping || !set_file(n, context, f[0], err))
        return n->skipping;
    seconds_read(f[2], &start_ms);
    seconds_read(f[3], &length_ms);
    return add_word(n, context, f[4], start_ms, length_ms,
                    speaker_of(n, context, f[1], count >= 8 ? f[7] : span_of("", 0)), err);
}

static bool take_stm_line(void *self, struct reader_context *context, const char *line,
                          size_t bytes, struct error *err)
{
    struct nist *n = self;
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct span f[6];
    struct span whole = span_of(line, bytes);
    struct span text = {0};
    size_t count = split(whole, f, 6);

    if (is_comment(whole))
        return true;
    if (!is_stm_line(whole)) {
        report_line(context, "STM");
        return true;
    }
    if (!set_file(n, context, f[0], err))
        return false;
    if (count == 6)
        text = span_trim(f[5]);
    if (span_starts_with(text, "<") && span_find(text, '>') < text.length)
        span_take_until(&text, '>');
    /* What is marked like this is neither scored nor spoken. */
    if (span_is(span_trim(text), "IGNORE_TIME_SEGMENT_IN_SCORING") ||
        span_is(span_trim(text), "ignore_time_segment_in_scoring"))
        return true;
    if (text.length == 0) /* "inter_segment_gap": a time in which nobody speaks */
        return true;
    seconds_read(f[3], &draft.start_ms);
    seconds_read(f[4], &draft.end_ms);
    draft.text = text.data;
    draft.text_bytes = text.length;
    draft.speaker = speaker_of(n, context, f[1], f[2]);
    draft.line = (uint32_t)line_of(context);
    draft.piece = true;
    return emit_segment(context, &draft, err);
}

static bool take_rttm_line(void *self, struct reader_context *context, const char *line,
                           size_t bytes, struct error *err)
{
    struct nist *n = self;
    struct span f[FIELDS_MAX];
    struct span whole = span_of(line, bytes);
    int64_t start_ms, length_ms;

    if (is_comment(whole))
        return true;
    if (!is_rttm_line(whole)) {
        report_line(context, "RTTM");
        return true;
    }
    split(whole, f, FIELDS_MAX);
    if (!span_is(f[0], "LEXEME")) {
        n->turns += span_is(f[0], "SPEAKER");
        return true;
    }
    if (!set_file(n, context, f[1], err))
        return false;
    if (!seconds_read(f[3], &start_ms) || !seconds_read(f[4], &length_ms)) {
        report_line(context, "RTTM");
        return true;
    }
    return add_word(n, context, f[5], start_ms, length_ms, speaker_of(n, context, f[2], f[7]),
                    err);
}

static enum reader_status pull(struct nist *n, struct reader_context *context, line_taker *take,
                               struct error *err)
{
    size_t before = drafts_count(context->drafts);
    enum reader_status status;

    drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    survey_channels(n, context);
    status = line_reader_pull(context, take, n, err);
    if (status != READER_MORE || !input_ended(context->input))
        return status;
    if (!flush_words(n, context, err))
        return READER_ERROR;
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

static enum reader_status ctm_next(void *self, struct reader_context *context,
                                   struct error *err)
{
    return pull(self, context, take_ctm_line, err);
}

static enum reader_status stm_next(void *self, struct reader_context *context,
                                   struct error *err)
{
    return pull(self, context, take_stm_line, err);
}

static enum reader_status rttm_next(void *self, struct reader_context *context,
                                    struct error *err)
{
    struct nist *n = self;
    enum reader_status status = pull(n, context, take_rttm_line, err);

    if (status == READER_END && n->turns > 0 && drafts_count(context->drafts) == 0) {
        error_set(err, ERROR_UNSUPPORTED,
                  "an RTTM file says who speaks when, but has no words: open the transcript "
                  "of the same name");
        return READER_ERROR;
    }
    return status;
}

const struct reader_ops reader_ctm = {
    .name = "ctm",
    .title = N_("CTM (timed words)"),
    .detect = ctm_detect,
    .open = nist_open,
    .next = ctm_next,
    .close = nist_close,
    .grows = true,
};

const struct reader_ops reader_stm = {
    .name = "stm",
    .title = N_("STM (timed utterances)"),
    .detect = stm_detect,
    .open = nist_open,
    .next = stm_next,
    .close = nist_close,
    .grows = true,
};

const struct reader_ops reader_rttm = {
    .name = "rttm",
    .title = N_("RTTM (who speaks when)"),
    .detect = rttm_detect,
    .open = nist_open,
    .next = rttm_next,
    .close = nist_close,
};

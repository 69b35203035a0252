/* Word joiner. Invariant: while `text` is empty no segment has begun, and the other members are
 * undefined. */
#include "formats/recognisers/word_joiner.h"

#include <string.h>

#include "formats/common/emit.h"
#include "shilu/base/span.h"

/* The pause that ends a segment; the length from which the end of a sentence ends it; and the
 * length at which any next word does, because some recognisers give no punctuation. */
enum { PAUSE_MS = 1500, SENTENCE_BYTES = 40, LONG_BYTES = 400 };

void word_joiner_release(struct word_joiner *flow)
{
    buffer_release(&flow->text);
    segment_queue_release(&flow->out);
}

void word_joiner_flush(struct word_joiner *flow)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    if (flow->text.bytes == 0)
        return;
    draft.text = flow->text.data;
    draft.text_bytes = flow->text.bytes;
    draft.speaker = flow->speaker;
    draft.start_ms = flow->start_ms;
    draft.end_ms = flow->end_ms;
    draft.line = flow->line;
    draft.piece = true;
    segment_queue_add(&flow->out, &draft);
    buffer_clear(&flow->text);
}

static bool ends_sentence(const struct buffer *text)
{
    static const char *const ends[] = {".", "?", "!", "。", "？", "！", "…", "।", "؟", NULL};
    const char *s = text->data;
    size_t bytes = emit_trim(&s, text->bytes);

    return span_ends_with_any(span_of(s, bytes), ends);
}

static bool breaks_before(const struct word_joiner *flow, const struct word *word)
{
    if (word->mark)
        return false;
    if (word->speaker != flow->speaker)
        return true;
    if (word->start_ms != TIME_NONE && flow->end_ms != TIME_NONE &&
        word->start_ms - flow->end_ms > PAUSE_MS)
        return true;
    return flow->text.bytes > LONG_BYTES ||
           (flow->text.bytes > SENTENCE_BYTES && ends_sentence(&flow->text));
}

/* Tokens that are written together with the word before them: "it" and "'s", "do" and "n't". */
static bool is_enclitic(struct span token)
{
    static const char *const enclitics[] = {"s", "re", "ve", "ll", "d", "m", "t", NULL};

    if (token.length > 2 && (*token.data | 0x20) == 'n')
        token = span_skip(token, 1);
    if (!span_take(&token, "'") && !span_take(&token, "\xE2\x80\x99"))
        return false;
    return span_is_any_case(token, enclitics);
}

void word_joiner_add(struct word_joiner *flow, const struct word *word)
{
    const char *bare = word->text;

    if (word->bytes == 0 && word->mark && flow->text.bytes > 0 && word->end_ms != TIME_NONE)
        flow->end_ms = word->end_ms; /* a mark that is already there */
    if (word->bytes == 0)
        return;
    if (emit_trim(&bare, word->bytes) ==
        0) { /* a blank between words may last as long as a pause */
        if (flow->text.bytes > 0)
            buffer_append(&flow->text, word->text, word->bytes);
        return;
    }
    if (flow->text.bytes > 0 && breaks_before(flow, word))
        word_joiner_flush(flow);
    if (flow->text.bytes == 0) {
        flow->speaker = word->speaker;
        flow->start_ms = word->start_ms;
        flow->end_ms = TIME_NONE;
        flow->line = word->line;
    } else if (!word->joined && !word->mark && !is_enclitic(span_of(word->text, word->bytes)) &&
               emit_needs_space(flow->text.data, flow->text.bytes, word->text, word->bytes)) {
        buffer_append_char(&flow->text, ' ');
    }
    if (flow->start_ms == TIME_NONE)
        flow->start_ms = word->start_ms;
    if (word->end_ms != TIME_NONE)
        flow->end_ms = word->end_ms;
    buffer_append(&flow->text, word->text, word->bytes);
    if (word->ends)
        word_joiner_flush(flow);
}

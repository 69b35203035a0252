/* The current turn: collects its words and gives them out as segments. */
#include "formats/records/record_turn.h"

#include <string.h>

#include "formats/common/emit.h"
#include "formats/records/line/vocabulary.h"
#include "formats/records/record_kept.h"
#include "formats/records/record_speaker.h"
#include "shilu/base/memory.h"

/* 0 if nobody wants line numbers. */
static uint32_t line_for(const struct reader_context *context, uint64_t line)
{
    return drafts_line(context->drafts) > 0 ? (uint32_t)line : 0;
}

void record_turn_begin_paragraph(struct record *r)
{
    MEMORY_RESERVE(r->lines, r->line_capacity, r->line_count + 1);
    r->lines[r->line_count++] = r->line;
}

static bool give_words(struct record *r, struct reader_context *context, struct span words,
                       uint32_t speaker, uint64_t line, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    draft.line = line_for(context, line);
    draft.text = words.data;
    draft.text_bytes = words.length;
    draft.speaker = speaker;
    draft.start_ms = r->start_ms;
    draft.end_ms = r->end_ms;
    draft.kind = r->kind;
    draft.piece = r->piece;
    r->start_ms = r->end_ms = TIME_NONE;
    return emit_segment(context, &draft, err);
}

bool record_turn_give(struct record *r, struct reader_context *context, uint32_t speaker,
                      struct error *err)
{
    struct span rest = span_of(r->words.data, r->words.bytes);
    int64_t end_ms = r->end_ms;
    size_t paragraphs = 0;
    bool ok = true;

    if (r->line_count == 0) /* words that no paragraph began */
        record_turn_begin_paragraph(r);
    if (r->whole_turns)
        ok = give_words(r, context, rest, speaker, r->lines[0], err);
    while (ok && !r->whole_turns && rest.length > 0) {
        struct span paragraph = span_take_until(&rest, '\n');

        r->end_ms = rest.length == 0 ? end_ms : TIME_NONE;
        ok = give_words(r, context, paragraph, speaker, r->lines[paragraphs], err);
        paragraphs += paragraphs + 1 < r->line_count;
    }
    buffer_clear(&r->words);
    r->line_count = 0;
    r->start_ms = r->end_ms = TIME_NONE;
    return ok;
}

/* …を教えてください。, 말씀해 주십시오. */
static bool ends_in_appeal(struct span words)
{
    static const char *const appeals[] = {"ください", "下さい", "주십시오",
                                          "주세요",   "주시죠", NULL};
    static const char *const stops[] = {"。", ".", "．"};
    size_t i;

    words = folded_trim(words);
    for (i = 0; i < sizeof stops / sizeof *stops; i++)
        if (span_ends_with(words, stops[i]))
            words.length -= strlen(stops[i]);
    return span_ends_with_any(words, appeals);
}

bool record_turn_flush(struct record *r, struct reader_context *context, struct error *err)
{
    uint32_t speaker = SPEAKER_NONE;

    if (r->words.bytes == 0) {
        r->asks = false;
        return true;
    }
    if (!r->kind_known) {
        struct span words = span_of(r->words.data, r->words.bytes);
        bool calls = r->label != SURVEY_NONE && r->survey.labels[r->label].hosts &&
                     vocabulary_only_calls(words);
        bool asks = r->asks || (folded_asks(words) && !calls) ||
                    (r->label != SURVEY_NONE && r->survey.labels[r->label].member &&
                     folded_requests(words)) ||
                    (turn_kinds_asks(&r->kinds, &r->survey, r->label) &&
                     (ends_in_appeal(words) || folded_requests(words)));

        if (r->by_dash)
            r->kind = SEGMENT_QUESTION;
        else if (r->unlabelled_answer)
            r->kind = SEGMENT_ANSWER;
        else
            r->kind = turn_kinds_next(
                &r->kinds, &r->survey, r->label,
                &(struct turn_words){.verb = r->verb,
                                     .asks = asks,
                                     .only_thanks = vocabulary_only_thanks(words),
                                     .begins_with_thanks = vocabulary_hands_on(words)});
        if (r->by_dash) { /* "预计明年投产。感谢您的关注。" below it is an answer */
            r->kinds.asked = r->kinds.just_asked = true;
            r->kinds.answered = false;
        }
        r->kind_known = true;
    }
    if (r->label != SURVEY_NONE)
        speaker = r->speakers[r->label].speaker;
    else if (r->by_dash || r->unlabelled_answer)
        speaker = record_speaker_unnamed(r, context, r->by_dash);
    return record_turn_give(r, context, speaker, err);
}

bool record_turn_give_unsaid(struct record *r, struct reader_context *context, struct span text,
                             bool heading, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    record_kept_words(r, text);
    if (!record_turn_flush(r, context, err))
        return false;
    draft.text = text.data;
    draft.text_bytes = text.length;
    draft.kind = heading ? SEGMENT_HEADING : SEGMENT_UNKNOWN;
    draft.line = line_for(context, r->line);
    return emit_segment(context, &draft, err);
}

bool record_turn_give_posted(struct record *r, struct reader_context *context,
                             const struct survey_block *b, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    if (!b->has_tail)
        return record_turn_give_unsaid(r, context, b->text, false, err);
    if (!record_turn_flush(r, context, err))
        return false;
    record_kept_block(r);
    draft.text = b->text.data;
    draft.text_bytes = b->end_byte;
    draft.start_ms = record_times_start(&r->times, &b->tail, &draft.end_ms);
    draft.line = line_for(context, r->line);
    return emit_segment(context, &draft, err);
}

void record_turn_end(struct record *r)
{
    r->label = SURVEY_NONE;
    r->in_turn = r->by_dash = r->unlabelled_answer = r->said = r->inset = false;
    r->kind_known = false;
    r->verb = VERB_NONE;
    r->complete = false;
    r->kind = SEGMENT_UNKNOWN;
}

size_t record_turn_entity(struct span text, char *character)
{
    static const struct {
        const char *name;
        char character;
    } entities[] = {{"&amp;", '&'},  {"&lt;", '<'},   {"&gt;", '>'},
                    {"&quot;", '"'}, {"&#39;", '\''}, {"&#x27;", '\''}};
    size_t i;

    for (i = 0; i < sizeof entities / sizeof *entities; i++)
        if (span_starts_with(text, entities[i].name)) {
            if (character != NULL)
                *character = entities[i].character;
            return strlen(entities[i].name);
        }
    return 0;
}

/* Replace character references in the last words, from this byte on. */
static void resolve_entities(struct buffer *words, size_t from)
{
    size_t to = from;

    while (from < words->bytes) {
        char character = words->data[from];
        size_t bytes = record_turn_entity(span_of(words->data + from, words->bytes - from),
                                          &character);

        words->data[to++] = character;
        from += bytes > 0 ? bytes : 1;
    }
    words->bytes = to;
    words->data[to] = '\0';
}

bool record_turn_add_words(struct record *r, struct reader_context *context, struct span words,
                           bool joins, struct error *err)
{
    size_t from;

    if (words.length == 0)
        return true;
    record_kept_words(r, words);
    r->said = true;
    buffer_clear(&r->lone_label);
    if (r->words.bytes > SEGMENT_BYTES && !record_turn_flush(r, context, err))
        return false;
    from = r->words.bytes;
    if (r->words.bytes == 0 || !joins)
        record_turn_begin_paragraph(r);
    if (r->words.bytes == 0)
        buffer_append(&r->words, words.data, words.length);
    else if (joins)
        emit_join(&r->words, words.data, words.length);
    else {
        buffer_append_char(&r->words, '\n');
        buffer_append(&r->words, words.data, words.length);
    }
    if (r->entities)
        resolve_entities(&r->words, from);
    return true;
}

void record_turn_take_pending(struct record *r)
{
    r->start_ms = r->pending_ms;
    r->end_ms = r->pending_end_ms;
    r->pending_ms = r->pending_end_ms = TIME_NONE;
}

bool record_turn_keep_lone_label(struct record *r, struct reader_context *context,
                                 struct error *err)
{
    bool ok = r->said || r->lone_label.bytes == 0 ||
              record_turn_give_unsaid(
                  r, context, span_of(r->lone_label.data, r->lone_label.bytes), true, err);

    buffer_clear(&r->lone_label);
    return ok;
}

bool record_turn_resume(struct record *r, struct reader_context *context, struct span words,
                        struct error *err)
{
    uint32_t resumed = r->resumed;

    if (!r->inset || !r->said || span_starts_with(words, "\"") ||
        span_starts_with(words, "“") || span_starts_with(words, "「"))
        return true;
    if (!record_turn_flush(r, context, err))
        return false;
    record_turn_end(r);
    r->label = resumed;
    r->in_turn = resumed != SURVEY_NONE;
    return true;
}

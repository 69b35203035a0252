/* Outlets: what each list of a JSON file gives, until it is known which one is shown.
 *
 * Of several lists that say the same, the first of the table that has words is shown. */
#include "formats/json/reader/json_outlet.h"

#include "formats/captions/caption_flow.h"
#include "formats/common/emit.h"
#include "formats/json/foreign_json.h"
#include "formats/json/json_text.h"
#include "formats/json/json_value.h"
#include "formats/json/reader/json_moment.h"
#include "formats/recognisers/diarized_words.h"

bool json_outlet_is_outdone(const struct json_reader *r, size_t outlet)
{
    size_t i;

    for (i = 0; i < outlet; i++) {
        if (r->outlets[i].given > 0)
            return true;
    }
    return false;
}

static bool is_direct(const struct json_reader *r, size_t outlet)
{
    return outlet == 0 && (r->format->flags & JSON_FORMAT_SORTED) == 0 && !r->restates &&
           !r->held;
}

bool json_outlet_give_event(struct json_reader *r, int64_t next_ms, struct error *err)
{
    bool clears = (r->format->flags & JSON_FORMAT_CLEARS) != 0;
    bool ok = true;

    if (r->event_text.bytes > 0) {
        r->event.text = r->event_text.data;
        r->event.text_bytes = r->event_text.bytes;
        if (next_ms != TIME_NONE && next_ms > r->event.start_ms &&
            (r->event.end_ms == TIME_NONE ? clears : next_ms < r->event.end_ms))
            r->event.end_ms = next_ms;
        ok = caption_flow_add(&r->flow, r->f->context, &r->event, err);
    }
    buffer_clear(&r->event_text);
    return ok;
}

/* A caption, whose text may say who speaks. */
static bool give_caption(struct json_reader *r, const struct segment_draft *draft,
                         struct error *err)
{
    struct caption_cue cue = {.start_ms = draft->start_ms,
                              .end_ms = draft->end_ms,
                              .text = draft->text,
                              .text_bytes = draft->text_bytes,
                              .heading = draft->kind == SEGMENT_HEADING,
                              .line = draft->line};

    if ((r->format->flags & JSON_FORMAT_EVENTS) == 0)
        return caption_flow_add(&r->flow, r->f->context, &cue, err);
    if (!json_outlet_give_event(r, draft->start_ms, err))
        return false;
    r->event = cue;
    buffer_append(&r->event_text, cue.text, cue.text_bytes);
    return true;
}

/* Give out a segment. */
static bool show(struct json_reader *r, struct segment_draft *draft, struct error *err)
{
    if ((r->format->flags & JSON_FORMAT_CAPTIONS) != 0)
        return give_caption(r, draft, err);
    return emit_segment(r->f->context, draft, err);
}

bool json_outlets_show_chapters(struct json_reader *r, int64_t until_ms, struct error *err)
{
    bool ok = true;

    while (ok && (r->chapters.count > 1 || r->outlet_count == 0) &&
           r->chapters_given < r->chapters.count) {
        struct segment_draft chapter = segment_queue_at(&r->chapters, r->chapters_given);

        if (until_ms != TIME_NONE && chapter.start_ms > until_ms)
            break;
        r->chapters_given++;
        ok = show(r, &chapter, err);
    }
    return ok;
}

static bool show_in_chapter(struct json_reader *r, struct segment_draft *draft,
                            struct error *err)
{
    return (draft->start_ms == TIME_NONE ||
            json_outlets_show_chapters(r, draft->start_ms, err)) &&
           show(r, draft, err);
}

static bool give(struct json_reader *r, size_t outlet, struct segment_draft *draft,
                 struct error *err)
{
    struct json_outlet *o = &r->outlets[outlet];
    int64_t last_ms = draft->end_ms != TIME_NONE ? draft->end_ms : draft->start_ms;

    if (o->given == 0 || last_ms > o->said_ms)
        o->said_ms = last_ms;
    o->given++;
    if (is_direct(r, outlet))
        return show_in_chapter(r, draft, err);
    segment_queue_add(&o->queue, draft);
    return true;
}

/* Give out the words collected in an outlet. */
static bool give_words(struct json_reader *r, size_t outlet, struct error *err)
{
    struct segment_queue *out = &r->outlets[outlet].words.flow.out;
    bool ok = true;
    size_t i;

    for (i = 0; ok && i < out->count; i++) {
        struct segment_draft draft = segment_queue_at(out, i);

        ok = give(r, outlet, &draft, err);
    }
    segment_queue_clear(out);
    return ok;
}

static bool dispatch_utterance(struct json_reader *r, const struct json_staged *s,
                               struct span text, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    draft.text = text.data;
    draft.text_bytes = text.length;
    draft.speaker = s->speaker;
    draft.start_ms = json_moment(r, &s->start);
    draft.end_ms = s->lasts ? json_value_end_ms(draft.start_ms, json_moment_length(r, &s->end))
                            : json_moment(r, &s->end);
    draft.piece = (r->format->flags & JSON_FORMAT_PARAGRAPHS) == 0;
    draft.line = s->line;
    foreign_json_check_end(r->f, draft.start_ms, &draft.end_ms);
    return give(r, s->outlet, &draft, err);
}

static bool dispatch_word(struct json_reader *r, const struct json_staged *s, struct span text,
                          struct error *err)
{
    struct diarized_words *words = &r->outlets[s->outlet].words;
    struct word word = {.speaker = s->speaker,
                        .joined = r->spaced && !s->sentence,
                        .mark = s->mark,
                        .line = s->line};
    struct span found = span_of("", 0);

    if (span_trim(text).length == 0 && (r->aligned > 0 || !r->spaced))
        return true;
    if (json_text_has_mark(buffer_string(&r->whole), r->aligned, text)) {
        word.mark = true;
        text = span_of("", 0);
    } else {
        found = json_text_align(buffer_string(&r->whole), r->whole.bytes, &r->aligned,
                                &r->misses, text);
    }
    if (found.length > 0) {
        text = found;
        word.joined = true;
        word.mark = false;
    } else if (!r->spaced) {
        text = span_trim(text);
        word.mark |= json_text_is_mark(text);
    }
    word.text = text.data;
    word.bytes = text.length;
    word.start_ms = json_moment(r, &s->start);
    word.end_ms = s->lasts ? json_value_end_ms(word.start_ms, json_moment_length(r, &s->end))
                           : json_moment(r, &s->end);
    diarized_words_add(words, &word, s->known || !r->labelled);
    if (!r->labelled || s->known || words->label_count > 0)
        diarized_words_flow(words);
    return give_words(r, s->outlet, err);
}

bool json_outlet_take(struct json_reader *r, const struct json_staged *s, struct span text,
                      struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    size_t i;

    switch (s->kind) {
    case STAGED_UTTERANCE:
        return dispatch_utterance(r, s, text, err);
    case STAGED_WORD:
        return dispatch_word(r, s, text, err);
    case STAGED_LABEL:
        for (i = 0; i < r->outlet_count; i++)
            diarized_words_label(&r->outlets[i].words, json_moment(r, &s->start), s->speaker);
        return true;
    case STAGED_FLUSH:
        if (r->labelled) { /* the words wait for labels */
            diarized_words_end(&r->outlets[s->outlet].words);
            return give_words(r, s->outlet, err);
        }
        diarized_words_flow(&r->outlets[s->outlet].words);
        word_joiner_flush(&r->outlets[s->outlet].words.flow);
        return give_words(r, s->outlet, err);
    case STAGED_HEADING:
        draft.text = text.data;
        draft.text_bytes = text.length;
        draft.kind = SEGMENT_HEADING;
        draft.line = s->line;
        return give(r, s->outlet, &draft, err);
    case STAGED_CHAPTER:
        draft.text = text.data;
        draft.text_bytes = text.length;
        draft.kind = SEGMENT_HEADING;
        draft.line = s->line;
        draft.start_ms = json_moment(r, &s->start);
        segment_queue_add(&r->chapters, &draft);
        return true;
    }
    return true;
}

bool json_outlet_finish(struct json_reader *r, size_t outlet, struct error *err)
{
    struct json_outlet *o = &r->outlets[outlet];

    diarized_words_flow(&o->words);
    word_joiner_flush(&o->words.flow);
    return give_words(r, outlet, err);
}

/* Of a repeated utterance, keep the later spelling. */
static void drop_restated(struct segment_queue *queue)
{
    size_t kept = 0;
    size_t i, k;

    for (i = 0; i < queue->count; i++) {
        struct segment_draft said = segment_queue_at(queue, i);
        bool restated = false;

        for (k = i + 1; k < queue->count && k <= i + RESTATED_WITHIN && !restated; k++) {
            struct segment_draft later = segment_queue_at(queue, k);

            restated = said.start_ms != TIME_NONE && later.start_ms == said.start_ms &&
                       later.end_ms == said.end_ms && later.speaker == said.speaker &&
                       json_text_says_the_same(span_of(said.text, said.text_bytes),
                                               span_of(later.text, later.text_bytes));
        }
        if (!restated)
            queue->items[kept++] = queue->items[i];
    }
    queue->count = kept;
}

static bool show_queue(struct json_reader *r, struct segment_queue *queue, struct error *err)
{
    bool ok = true;
    size_t i;

    for (i = 0; ok && i < queue->count; i++) {
        struct segment_draft draft = segment_queue_at(queue, i);

        ok = show_in_chapter(r, &draft, err);
    }
    segment_queue_clear(queue);
    return ok;
}

bool json_outlets_show(struct json_reader *r, struct error *err)
{
    size_t shown = r->outlet_count;
    bool ok = true;
    size_t i;

    for (i = 0; ok && i < r->outlet_count; i++) {
        struct json_outlet *o = &r->outlets[i];

        if (o->given == 0)
            continue;
        if (shown < r->outlet_count && !r->f->ended_early)
            break;
        if (shown < r->outlet_count)
            segment_queue_keep_after(&o->queue, r->outlets[shown].said_ms);
        else
            shown = i;
        if ((r->format->flags & (JSON_FORMAT_SORTED | JSON_FORMAT_CHANNELS)) != 0)
            segment_queue_sort(&o->queue);
        if (r->restates)
            drop_restated(&o->queue);
        ok = show_queue(r, &o->queue, err);
    }
    return ok;
}

bool json_outlets_show_whole_text(struct json_reader *r, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    if (r->whole.bytes == 0 || json_outlet_is_outdone(r, r->outlet_count))
        return true;
    draft.text = r->whole.data;
    draft.text_bytes = r->whole.bytes;
    draft.piece = true;
    return emit_segment(r->f->context, &draft, err);
}

void json_outlets_report_silent(struct json_reader *r)
{
    struct diagnostics *found = r->f->context->diagnostics;
    bool any = json_outlet_is_outdone(r, r->outlet_count) || r->whole.bytes > 0 ||
               r->chapters.count > 0;
    size_t i;

    for (i = 0; i < r->outlet_count; i++) {
        const struct json_outlet *o = &r->outlets[i];

        if (o->silent == 1 && (o->given > 0 || !any))
            diagnostics_add(found, SEVERITY_ERROR, o->silent_line, o->silent_column,
                            "an element of the list has no words");
        else if (o->silent > 1 && (o->given > 0 || !any))
            diagnostics_add(found, SEVERITY_ERROR, o->silent_line, o->silent_column,
                            "%zu elements of the list have no words", o->silent);
    }
    if (!any)
        diagnostics_add(found, SEVERITY_ERROR, 0, 0, "no words were found in this file");
}

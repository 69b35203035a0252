/* Items: an utterance, a word, a label, an entry of a list of names, at its end. */
#include "formats/json/reader/json_item.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formats/common/emit.h"
#include "formats/json/foreign_json.h"
#include "formats/json/json_text.h"
#include "formats/json/json_value.h"
#include "formats/json/reader/json_item_value.h"
#include "formats/json/reader/json_stage.h"
#include "formats/json/survey/json_evidence.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

static bool stage_heading(struct json_reader *r, const struct json_frame *frame,
                          struct error *err)
{
    struct span text = json_string(frame->value[GIVES_HEADING]);
    struct json_staged s = {.kind = STAGED_HEADING,
                            .outlet = frame->outlet,
                            .line = json_stage_line(r, frame->value[GIVES_HEADING])};

    if (text.length == 0 ||
        span_equal(text, span_of(buffer_string(&r->heading), r->heading.bytes)))
        return true;
    buffer_clear(&r->heading);
    buffer_append(&r->heading, text.data, text.length);
    return json_stage_add(r, &s, text, err);
}

/* Words without times, joined as they are. */
static struct span gathered_text(struct json_reader *r, const struct json_frame *frame)
{
    size_t blanks = 0;
    size_t i;

    buffer_clear(&r->text);
    for (i = frame->gathered; i < r->gathered_count; i++) {
        struct span word = json_string(r->gathered[i]);

        blanks += word.length > 0 &&
                  (span_is_space(*word.data) || span_is_space(word.data[word.length - 1]));
    }
    for (i = frame->gathered; i < r->gathered_count; i++) {
        struct span word = json_string(r->gathered[i]);

        if (blanks == 0 && r->text.bytes > 0 && !json_text_is_mark(word) &&
            emit_needs_space(r->text.data, r->text.bytes, word.data, word.length))
            buffer_append_char(&r->text, ' ');
        buffer_append(&r->text, word.data, word.length);
    }
    r->gathered_count = frame->gathered;
    return span_of(buffer_string(&r->text), r->text.bytes);
}

/* An utterance of timed words is given out as those words, without joining. */
static bool end_words(struct json_reader *r, const struct json_frame *frame, struct error *err)
{
    struct json_staged s = {.kind = STAGED_FLUSH, .outlet = frame->outlet};

    return json_stage_add(r, &s, span_of("", 0), err);
}

/* Reported at the end if the list is shown. */
static void note_silent(struct json_reader *r, size_t outlet)
{
    struct json_outlet *o = &r->outlets[outlet];

    if (r->f->broken || (r->format->flags & JSON_FORMAT_EVENTS) != 0)
        return;
    if (o->silent++ == 0) {
        o->silent_line = foreign_json_line(r->f);
        o->silent_column = r->f->column;
    }
}

static bool is_silence(const struct json_frame *frame)
{
    struct json_ref status = frame->value[GIVES_SILENCE];

    return json_value_is_given(status) && !span_is(json_string(status), "Success");
}

/* Whether a list, or an object with numbers as names, has a cell for each text. */
static bool is_column(struct json_ref column, struct json_ref texts)
{
    struct json_ref first = json_first(column);

    return (json_is(first, JSON_STRING) || json_is(first, JSON_NUMBER)) &&
           json_count(column) == json_count(texts);
}

/* Words in one list, and their speakers or times in others. */
static bool is_parallel(const struct json_frame *frame)
{
    struct json_ref texts = frame->value[GIVES_TEXT];

    return json_is(json_first(texts), JSON_STRING) &&
           (is_column(frame->value[GIVES_SPEAKER], texts) ||
            is_column(frame->value[GIVES_START], texts));
}

/* One row of a table that is stored by columns. */
static bool stage_row(struct json_reader *r, const struct json_frame *cells, struct error *err)
{
    struct json_staged s = {.kind = STAGED_UTTERANCE, .outlet = cells->outlet};
    struct span text = json_string(cells->value[GIVES_TEXT]);

    s.speaker = json_item_speaker(r, cells, cells->value[GIVES_SPEAKER], &s.known);
    s.line = json_stage_line(r, cells->value[GIVES_TEXT]);
    json_item_times(r, cells, &s);
    return span_trim(text).length == 0 || json_stage_add(r, &s, text, err);
}

static bool stage_parallel(struct json_reader *r, const struct json_frame *frame,
                           struct error *err)
{
    static const enum json_gives columns[] = {GIVES_TEXT, GIVES_SPEAKER, GIVES_START, GIVES_END,
                                              GIVES_DURATION};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    bool is_list[COLUMNS];
    struct json_frame cells = *frame;
    size_t i;

    if (!stage_heading(r, frame, err))
        return false;
    for (i = 0; i < COLUMNS; i++) {
        is_list[i] = json_type(frame->value[columns[i]]) >= JSON_ARRAY;
        if (is_list[i])
            cells.value[columns[i]] = json_first(frame->value[columns[i]]);
    }
    while (cells.value[GIVES_TEXT].node != NULL) {
        if (!stage_row(r, &cells, err))
            return false;
        for (i = 0; i < COLUMNS; i++) {
            struct json_ref *cell = &cells.value[columns[i]];

            if (is_list[i] && cell->node != NULL)
                *cell = json_next(frame->value[columns[i]], *cell);
        }
    }
    return true;
}

static bool starts_with(struct span text, struct span front)
{
    return text.length >= front.length && memcmp(text.data, front.data, front.length) == 0;
}

/* Whether a text repeats the utterances listed inside it. */
static bool says_again(const struct json_frame *frame)
{
    struct span first = span_trim(json_string(frame->first_said));

    return first.length > 0 &&
           starts_with(span_trim(json_string(frame->value[GIVES_TEXT])), first);
}

/* The text without the speaker's own name at its start, as records print it: "  Mr. LEE. Madam
 * …". */
static struct span without_name(struct span text, struct json_ref who)
{
    struct span name = span_trim(json_string(who));
    struct span rest = span_trim(text);

    if (name.length < 3 || rest.length < name.length ||
        strncasecmp(rest.data, name.data, name.length) != 0)
        return text;
    rest = span_skip(rest, name.length);
    if (!span_take(&rest, ":") && !span_take(&rest, "：") && !span_take(&rest, ". "))
        return text;
    rest = span_trim(rest);
    return rest.length > 0 ? rest : text;
}

/* "kind": "title" */
static bool is_heading_kind(struct json_ref kind)
{
    static const char *const names[] = {"title", "heading", "header", "headline", NULL};
    size_t i;

    for (i = 0; names[i] != NULL && !span_is(json_string(kind), names[i]); i++)
        continue;
    return names[i] != NULL;
}

/* "price_mention": an identifier. */
static bool is_code(struct span text)
{
    return span_find(text, ' ') == text.length &&
           (span_find(text, '_') < text.length || (*text.data >= 'a' && *text.data <= 'z'));
}

/* An empty caption, which ends the one before it. */
static bool clear_screen(struct json_reader *r, const struct json_frame *frame,
                         struct json_staged *s, struct error *err)
{
    if ((r->format->flags & JSON_FORMAT_CLEARS) == 0)
        return true;
    json_item_times(r, frame, s);
    return json_stage_add(r, s, span_of("", 0), err);
}

/* {"type": "Timestamp", "time": "2031-02-12T10:00:00", "value": "10:00:00"}: the time of what
 * follows. */
static bool takes_clock(struct json_reader *r, const struct json_staged *s, struct span text)
{
    int64_t ms;
    size_t used;

    text = span_trim(text);
    if (s->known || s->start.kind != JSON_TIME_WALL ||
        !civil_parse_clock(text.data, text.length, true, &ms, &used) || used != text.length ||
        s->start.ms % TIME_MS_PER_DAY / 60000 != ms / 60000)
        return false;
    r->next_start = s->start;
    return true;
}

static bool end_utterance(struct json_reader *r, struct json_frame *frame, struct error *err)
{
    struct json_staged s = {.kind = STAGED_UTTERANCE, .outlet = frame->outlet};
    struct json_frame *around;
    struct json_ref who = frame->value[GIVES_SPEAKER];
    struct span text, label;

    if (!frame->has_text && frame->words > 0)
        return end_words(r, frame, err);
    if (is_parallel(frame))
        return stage_parallel(r, frame, err);
    if (says_again(frame))
        return true;
    for (around = frame->parent; around != NULL; around = around->parent) {
        /* The tree of JSON in a string is freed before the items around it end. */
        if (around->first_said.node == NULL && frame->value[GIVES_TEXT].tree == r->tree)
            around->first_said = frame->value[GIVES_TEXT];
    }
    s.line = json_stage_line(r, r->gathered_count > frame->gathered
                                    ? r->gathered[frame->gathered]
                                    : frame->value[GIVES_TEXT]);
    text = r->gathered_count > frame->gathered ? gathered_text(r, frame)
                                               : json_item_text(r, frame->value[GIVES_TEXT]);
    if (span_trim(text).length == 0) {
        if (json_type(frame->value[GIVES_TEXT]) <= JSON_NULL && !is_silence(frame) &&
            !frame->holds_items) {
            note_silent(r, frame->outlet);
        }
        return clear_screen(r, frame, &s, err);
    }
    if (json_value_is_given(frame->value[GIVES_KIND]) &&
        !json_is_speech(frame->value[GIVES_KIND])) {
        if (is_code(span_trim(text)))
            return true;
        who = JSON_REF_NONE;
        s.kind = is_heading_kind(frame->value[GIVES_KIND]) ? STAGED_HEADING : s.kind;
    }
    text = json_text_clean(text, r->format->flags, &r->clean);
    if ((r->format->flags & JSON_FORMAT_NAMED) != 0)
        text = without_name(text, json_item_name(who));
    label = json_text_take_label(&text);
    if (!json_value_is_given(json_item_name(who)) && json_value_is_given(frame->word_speaker))
        who = frame->word_speaker;
    s.speaker = json_item_speaker(r, frame, who, &s.known);
    if (label.length > 0)
        s.speaker = json_item_with_label(r, s.speaker, label);
    json_item_times(r, frame, &s);
    if (s.start.kind <= JSON_TIME_BAD)
        s.start = frame->first_start;
    if (takes_clock(r, &s, text))
        return true;
    if (s.start.kind <= JSON_TIME_BAD && s.kind == STAGED_UTTERANCE)
        s.start = r->next_start;
    r->next_start = (struct json_time){.kind = JSON_TIME_NONE};
    if (s.end.kind <= JSON_TIME_BAD && frame->last_end.kind > JSON_TIME_BAD) {
        s.end = frame->last_end;
        s.lasts = false;
    }
    if (r->labelled && !s.known) { /* a label may say who speaks */
        s.kind = STAGED_WORD;
        s.sentence = true;
        return json_stage_add(r, &s, span_trim(text), err) && end_words(r, frame, err);
    }
    return stage_heading(r, frame, err) && json_stage_add(r, &s, text, err);
}

/* What a word contributes to the utterance around it, which has its own text. */
static void add_to_utterance(struct json_reader *r, const struct json_frame *word,
                             struct json_frame *around)
{
    struct json_staged s = {0};

    if (!json_value_is_given(around->word_speaker) && word->rank[GIVES_SPEAKER] > 0)
        around->word_speaker = word->value[GIVES_SPEAKER];
    if (json_value_is_given(around->value[GIVES_START]) &&
        (json_value_is_given(around->value[GIVES_END]) ||
         json_value_is_given(around->value[GIVES_DURATION])))
        return;
    json_item_times(r, word, &s);
    if (around->first_start.kind <= JSON_TIME_BAD)
        around->first_start = s.start;
    if (!s.lasts && s.end.kind > JSON_TIME_BAD)
        around->last_end = s.end;
}

static bool is_mark_value(struct json_ref value)
{
    return json_true(value) || span_starts_with(json_string(value), "punct");
}

/* Some programs repeat the word with its punctuation, instead of only that. */
static bool repeats_word(struct span after, struct span word)
{
    size_t i;

    after = span_trim(after);
    if (after.length < span_trim(word).length || json_text_is_mark(after))
        return false;
    for (i = 0; i < after.length; i++) {
        if (isalnum((unsigned char)after.data[i]) || (unsigned char)after.data[i] >= 0xC3)
            return true;
    }
    return false;
}

static struct json_frame *utterance_around(struct json_frame *frame)
{
    struct json_frame *around = frame->parent;

    while (around != NULL && around->kind != GIVES_UTTERANCE)
        around = around->parent;
    return around;
}

/* Words without times, before the first word with one. */
static bool stage_gathered(struct json_reader *r, struct json_frame *around, struct error *err)
{
    bool ok = true;
    size_t i;

    for (i = around->gathered; ok && i < r->gathered_count; i++) {
        struct json_staged s = {.kind = STAGED_WORD, .outlet = around->outlet};

        s.speaker = json_item_speaker(r, around, around->value[GIVES_SPEAKER], &s.known);
        s.line = json_stage_line(r, r->gathered[i]);
        ok = json_stage_add(r, &s, json_string(r->gathered[i]), err);
    }
    r->gathered_count = around->gathered;
    return ok;
}

static bool end_word(struct json_reader *r, struct json_frame *frame, struct error *err)
{
    struct json_staged s = {.kind = STAGED_WORD, .outlet = frame->outlet};
    struct json_frame *around = utterance_around(frame);
    struct span text = json_item_text(r, frame->value[GIVES_TEXT]);
    struct span after = json_string(frame->value[GIVES_PUNCTUATION]);

    if (around != NULL && around->has_text) {
        add_to_utterance(r, frame, around);
        return true;
    }
    if (json_type(frame->value[GIVES_TEXT]) <= JSON_NULL) {
        note_silent(r, frame->outlet);
        return true;
    }
    if (json_text_is_signal(text))
        return true;
    json_item_times(r, frame, &s);
    if (around != NULL && s.start.kind <= JSON_TIME_BAD && around->words == 0) {
        MEMORY_RESERVE(r->gathered, r->gathered_capacity, r->gathered_count + 1);
        r->gathered[r->gathered_count++] = frame->value[GIVES_TEXT];
        return true;
    }
    if (around != NULL && !stage_gathered(r, around, err))
        return false;
    if (around != NULL)
        around->words++;
    s.line = json_stage_line(r, frame->value[GIVES_TEXT]);
    s.mark = is_mark_value(frame->value[GIVES_MARK]);
    s.speaker = json_item_speaker(r, frame, frame->value[GIVES_SPEAKER], &s.known);
    if (repeats_word(after, text)) {
        text = after;
    } else if (after.length > 0) {
        buffer_clear(&r->text);
        buffer_append(&r->text, text.data, text.length);
        buffer_append(&r->text, after.data, after.length);
        text = span_of(r->text.data, r->text.bytes);
    }
    return json_stage_add(r, &s, text, err);
}

static bool end_label(struct json_reader *r, struct json_frame *frame, struct error *err)
{
    struct json_staged s = {.kind = STAGED_LABEL, .outlet = frame->outlet};

    json_item_times(r, frame, &s);
    if (!json_value_is_given(json_item_name(frame->value[GIVES_SPEAKER])))
        return true;
    s.speaker = json_item_speaker(r, frame, frame->value[GIVES_SPEAKER], &s.known);
    return s.start.kind <= JSON_TIME_BAD || json_stage_add(r, &s, span_of("", 0), err);
}

static void end_entry(struct json_reader *r, struct json_frame *frame)
{
    char id[JSON_VALUE_LABEL];
    struct span name = json_string(frame->value[GIVES_NAME]);
    struct span role = json_string(frame->value[GIVES_ROLE]);
    struct span key = json_name(frame->self); /* an entry in an object */
    char *name_text;
    char *role_text;

    if (name.length == 0)
        return;
    if (key.length > 0 && key.length < sizeof id) {
        memcpy(id, key.data, key.length);
        id[key.length] = '\0';
    } else if (json_is(frame->self, JSON_STRING)) { /* its index is the key */
        snprintf(id, sizeof id, "%u", r->entries++);
    } else if (!json_value_label(frame->value[GIVES_ID], id)) {
        return;
    }
    name_text = memory_strndup(name.data, name.length);
    role_text = role.length > 0 ? memory_strndup(role.data, role.length) : NULL;
    drafts_define_speaker(
        r->f->context->drafts,
        &(struct speaker_label){.id = id, .name = name_text, .role = role_text});
    free(name_text);
    free(role_text);
}

static void end_moment(struct json_reader *r, const struct json_frame *frame)
{
    struct json_moment *moment;
    char id[JSON_VALUE_LABEL];

    if (!json_value_label(frame->value[GIVES_ID], id))
        return;
    HASH_FIND(hh, r->timeline, id, strlen(id), moment);
    if (moment != NULL)
        return;
    moment = memory_zalloc(1, sizeof *moment);
    moment->id = memory_strdup(id);
    moment->time = json_item_time(r, frame, GIVES_START);
    HASH_ADD_KEYPTR(hh, r->timeline, moment->id, strlen(moment->id), moment);
}

static bool end_chapter(struct json_reader *r, struct json_frame *frame, struct error *err)
{
    struct json_staged s = {.kind = STAGED_CHAPTER, .outlet = frame->outlet};
    struct span text = json_item_text(r, frame->value[GIVES_TEXT]);

    s.line = json_stage_line(r, frame->value[GIVES_TEXT]);
    json_item_times(r, frame, &s);
    return text.length == 0 || json_stage_add(r, &s, text, err);
}

bool json_item_end(struct json_reader *r, struct json_frame *frame, struct error *err)
{
    switch (frame->kind) {
    case GIVES_UTTERANCE:
        return end_utterance(r, frame, err);
    case GIVES_WORD:
        return end_word(r, frame, err);
    case GIVES_LABEL:
        return end_label(r, frame, err);
    case GIVES_ENTRY:
        end_entry(r, frame);
        return true;
    case GIVES_MOMENT:
        end_moment(r, frame);
        return true;
    case GIVES_CHAPTER:
        return end_chapter(r, frame, err);
    default:
        return true;
    }
}

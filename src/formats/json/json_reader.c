/* JSON reader: opens, continues and closes what walks along the rules of a table (reader/). */
#include "formats/json/json_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/captions/caption_flow.h"
#include "formats/common/speaker_cache.h"
#include "formats/json/foreign_json.h"
#include "formats/json/reader/json_outlet.h"
#include "formats/json/reader/json_stage.h"
#include "formats/json/reader/json_walk.h"
#include "formats/recognisers/diarized_words.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

/* Chapters more than this many bytes ahead are not waited for. */
enum { CHAPTERS_AHEAD_BYTES = 4 << 20, CHAPTER_NAME_BYTES = 64 };

static void release_timeline(struct json_reader *r)
{
    struct json_moment *moment, *next;

    HASH_ITER(hh, r->timeline, moment, next)
    {
        HASH_DEL(r->timeline, moment);
        free(moment->id);
        free(moment);
    }
}

static bool json_reader_finish(struct foreign_json *f, struct error *err)
{
    struct json_reader *r = *(struct json_reader **)f->state;
    size_t i;

    r->f = f;
    if (!r->settled && !json_stage_settle(r, err))
        return false;
    for (i = 0; i < r->outlet_count; i++) {
        if (!json_outlet_finish(r, i, err))
            return false;
    }
    json_outlets_report_silent(r);
    if (r->time_base == TIME_BASE_NONE)
        drafts_set_time_base(f->context->drafts, TIME_BASE_NONE);
    if (!json_outlets_show(r, err) || !json_outlets_show_chapters(r, TIME_NONE, err))
        return false;
    if ((r->format->flags & JSON_FORMAT_CAPTIONS) != 0 &&
        (!json_outlet_give_event(r, TIME_NONE, err) ||
         !caption_flow_decide(&r->flow, r->f->context, err)))
        return false;
    return json_outlets_show_whole_text(r, err);
}

/* Whether two paths lead to the same list, whose elements are JSON in strings or as they
 * are. */
static bool is_same_list(const char *a, const char *b)
{
    for (; *a != '\0' || *b != '\0'; a++, b++) {
        while (strncmp(a, "<>", 2) == 0)
            a += 2;
        while (strncmp(b, "<>", 2) == 0)
            b += 2;
        if (*a != *b)
            return false;
        if (*a == '\0')
            break;
    }
    return true;
}

/* Each list of utterances or words gets an outlet, unless it is inside a list of utterances. */
static void number_outlets(struct json_reader *r)
{
    const struct json_rule *rules = r->rules.rules;
    size_t i, k;

    for (i = 0; i < r->rules.rule_count && i < 255; i++) {
        bool inside = false;

        r->labelled |= rules[i].gives == GIVES_LABEL;
        if (rules[i].gives > GIVES_WORD)
            continue;
        for (k = 0; k < r->rules.rule_count; k++)
            inside |= k != i && rules[k].gives == GIVES_UTTERANCE &&
                      strlen(rules[k].path) < strlen(rules[i].path) &&
                      strncmp(rules[k].path, rules[i].path, strlen(rules[k].path)) == 0;
        for (k = 0; k < i && r->outlet_of_rule[i + 1] == 0; k++) {
            if (is_same_list(rules[k].path, rules[i].path))
                r->outlet_of_rule[i + 1] = r->outlet_of_rule[k + 1];
        }
        if (!inside && r->outlet_of_rule[i + 1] == 0 && r->outlet_count < OUTLETS_MAX)
            r->outlet_of_rule[i + 1] = (uint8_t)++r->outlet_count;
    }
}

void *json_reader_open(const struct json_format *format)
{
    struct json_reader *r = memory_zalloc(1, sizeof *r);

    r->format = format;
    r->offset_min = UTC_OFFSET_NONE;
    r->speaker = SPEAKER_NONE;
    json_rules_init(&r->rules, format->rules, format->rule_count);
    number_outlets(r);
    if ((format->flags & JSON_FORMAT_CAPTIONS) != 0)
        caption_flow_init(&r->flow, format->markup);
    r->flow.keeps_lines = (format->flags & JSON_FORMAT_LINES) != 0;
    r->foreign = (struct foreign_json_format){
        .arrays = r->rules.arrays,
        .members = r->rules.members,
        .state_bytes = sizeof r,
        .take = json_walk_take,
        .finish = json_reader_finish,
    };
    r->reader = foreign_json_open(&r->foreign);
    *(struct json_reader **)foreign_json_state(r->reader) = r;
    return r;
}

/* "chapters": [{ … */
static bool holds_list(struct span text, const char *name)
{
    const char *end = text.data + text.length;
    const char *at = text.data;
    size_t bytes = strlen(name);

    while ((at = memmem(at, (size_t)(end - at), name, bytes)) != NULL) {
        struct span rest = span_of(at + bytes, (size_t)(end - at) - bytes);

        at += bytes;
        if (!span_take(&rest, "\""))
            continue;
        rest = span_trim(rest);
        if (!span_take(&rest, ":"))
            continue;
        rest = span_trim(rest);
        if (span_take(&rest, "[") && !span_starts_with(span_trim(rest), "]"))
            return true;
    }
    return false;
}

/* Chapters in the file are waited for, because they may follow the words. False: the window is
 * too small. */
static bool look_for_chapters(struct json_reader *r, const struct input *in)
{
    size_t bytes;
    const char *window = input_window(in, &bytes);
    char name[CHAPTER_NAME_BYTES];
    size_t i;

    for (i = 0; i < r->format->rule_count && !r->looked_ahead; i++) {
        const char *path = r->format->rules[i].path;
        size_t path_bytes = strlen(path);
        const char *last = memrchr(path, '.', path_bytes);

        if (r->format->rules[i].gives != GIVES_CHAPTER)
            continue;
        if (!input_ended(in) && bytes < CHAPTERS_AHEAD_BYTES)
            return false;
        last = last != NULL ? last + 1 : path;
        snprintf(name, sizeof name, "%.*s", (int)strcspn(last, "["), last);
        r->held |= holds_list(span_of(window, bytes), name);
    }
    r->looked_ahead = true;
    return true;
}

enum reader_status json_reader_next(void *self, struct reader_context *context,
                                    struct error *err)
{
    struct json_reader *r = self;

    if (!r->looked_ahead && !look_for_chapters(r, context->input))
        return READER_MORE;
    if (r->format->language != NULL && drafts_get(context->drafts, FIELD_LANGUAGE) == NULL)
        drafts_set(context->drafts, FIELD_LANGUAGE, r->format->language);
    return foreign_json_next(r->reader, context, err);
}

void json_reader_close(void *self)
{
    struct json_reader *r = self;
    size_t i;

    foreign_json_close(r->reader);
    for (i = 0; i < r->outlet_count; i++) {
        diarized_words_release(&r->outlets[i].words);
        segment_queue_release(&r->outlets[i].queue);
    }
    if ((r->format->flags & JSON_FORMAT_CAPTIONS) != 0)
        caption_flow_release(&r->flow);
    json_rules_release(&r->rules);
    segment_queue_release(&r->chapters);
    release_timeline(r);
    speaker_cache_release(&r->speakers);
    free(r->staged);
    free(r->gathered);
    buffer_release(&r->staged_text);
    buffer_release(&r->text);
    buffer_release(&r->clean);
    buffer_release(&r->heading);
    buffer_release(&r->name);
    buffer_release(&r->whole);
    buffer_release(&r->event_text);
    free(r);
}

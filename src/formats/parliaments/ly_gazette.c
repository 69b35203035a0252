/* Taiwan's Legislative Yuan: the gazette as written by twlyparser, either one object whose log
 * is [speaker, text] pairs, or an array of [facts, entries] where interpellations have clock
 * readings.
 *
 * A pair without a speaker continues the one before; text may be nested lists. */
#include "formats/readers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/speaker_prefix.h"
#include "formats/json/foreign_json.h"
#include "formats/json/json_value.h"
#include "shilu/base/buffer.h"
#include "shilu/base/translate.h"

struct gazette {
    bool spoken; /* `speaker` is set */
    uint32_t speaker;
    int64_t latest_ms; /* 0 until there is a clock reading */
    char unnamed[160]; /* start of the last label that was not a name */
};

/* All strings of a value, one per line: lists and objects are walked in order. The tree limits
 * the depth, here and below. */
static void append_strings(struct buffer *out, struct json_ref value)
{
    struct json_ref item;

    if (json_is(value, JSON_STRING)) {
        const char *text = json_c_string(value);
        size_t bytes = emit_trim(&text, strlen(text));

        if (bytes > 0 && out->bytes > 0)
            buffer_append_char(out, '\n');
        buffer_append(out, text, bytes);
    } else if (json_is(value, JSON_ARRAY) || json_is(value, JSON_OBJECT)) {
        JSON_EACH(item, value) append_strings(out, item);
    }
}

/* Append the content of `text` and then `words`; releases the text. */
static bool append(struct foreign_json *f, struct json_ref words, struct buffer *text,
                   uint32_t speaker, int64_t start_ms, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    bool ok;

    append_strings(text, words);
    draft.text = buffer_string(text);
    draft.text_bytes = text->bytes;
    draft.speaker = speaker;
    draft.start_ms = start_ms;
    ok = emit_segment(f->context, &draft, err);
    buffer_release(text);
    return ok;
}

/* Headings of a written motion, which the gazette's parser mistook for names. */
static bool is_heading(const char *name)
{
    static const char *const headings[] = {"提案人", "連署人", "說明", "案由",
                                           "辦法",   "理由",   "主旨", NULL};
    static const char numerals[] = "一二三四五六七八九十";
    const char *const *heading;

    for (heading = headings; *heading != NULL; heading++)
        if (strcmp(name, *heading) == 0)
            return true;
    for (; strlen(name) >= 6 && memmem(numerals, sizeof numerals - 1, name, 3) != NULL;
         name += 3)
        if (strncmp(name + 3, "、", 3) == 0)
            return true;
    return false;
}

/* A sentence in which a speaker gives their own name, or a clause. */
static bool is_sentence(const char *label, size_t bytes)
{
    return strstr(label, "本席") != NULL || strstr(label, "本院") != NULL ||
           speaker_prefix_shape(label, bytes) == NAME_NOT;
}

/* The speaker for a name, without the wide spaces that pad short names in print: "林　委員". */
static uint32_t speaker_named(struct foreign_json *f, const char *name, size_t bytes)
{
    static const char wide[] = "\xE3\x80\x80";
    struct buffer closed = {0};
    const char *end = name + bytes;
    const char *pad;
    uint32_t speaker;

    while ((pad = memmem(name, (size_t)(end - name), wide, 3)) != NULL) {
        buffer_append(&closed, name, (size_t)(pad - name));
        name = pad + 3;
    }
    buffer_append(&closed, name, (size_t)(end - name));
    speaker = emit_speaker(f->context, closed.data, closed.bytes);
    buffer_release(&closed);
    return speaker;
}

/* Who says an entry. Text before a colon inside a speech is not a name: then the current
 * speaker continues or, in a written motion, nobody speaks; and it is put back into `words`,
 * once for all entries that share it. */
static uint32_t speaker_of(struct foreign_json *f, struct json_ref name, struct buffer *words)
{
    struct gazette *self = f->state;
    const char *label = json_is(name, JSON_STRING) ? json_c_string(name) : "";
    size_t bytes = emit_trim(&label, strlen(label));
    bool heading = is_heading(label);

    if (bytes == 0)
        return SPEAKER_NONE;
    if (!heading && !is_sentence(label, bytes)) {
        self->unnamed[0] = '\0';
        self->speaker = speaker_named(f, label, bytes);
        self->spoken = true;
        return self->speaker;
    }
    if (strncmp(self->unnamed, label, sizeof self->unnamed - 1) != 0) {
        snprintf(self->unnamed, sizeof self->unnamed, "%s", label);
        buffer_append(words, label, bytes);
        buffer_append_string(words, "：");
    }
    return heading || !self->spoken ? SPEAKER_NONE : self->speaker;
}

static bool take_pair(struct foreign_json *f, struct json_ref pair, struct error *err);

/* {"1": {"subject": …, "conversation": [pair, …]}, …} */
static bool take_matters(struct foreign_json *f, struct json_ref matters, struct error *err)
{
    struct json_ref matter;
    struct json_ref pair;

    JSON_EACH(matter, matters)
    {
        struct buffer none = {0};

        if (!append(f, json_get(matter, "subject"), &none, SPEAKER_NONE, TIME_NONE, err))
            return false;
        JSON_EACH(pair, json_get(matter, "conversation"))
        {
            if (!take_pair(f, pair, err))
                return false;
        }
    }
    return true;
}

static bool holds_matters(struct json_ref value)
{
    return json_is(value, JSON_OBJECT) &&
           json_get(json_first(value), "conversation").node != NULL;
}

static bool take_pair(struct foreign_json *f, struct json_ref pair, struct error *err)
{
    struct gazette *self = f->state;
    struct json_ref name = json_at(pair, 0);
    struct json_ref words = json_at(pair, 1);
    struct buffer text = {0};
    uint32_t speaker;

    if (!json_is(pair, JSON_ARRAY)) /* a single paragraph */
        return append(f, pair, &text, self->spoken ? self->speaker : SPEAKER_NONE, TIME_NONE,
                      err);
    if (holds_matters(words))
        return take_matters(f, words, err);
    if (json_is(words, JSON_OBJECT)) /* a part of the agenda, under its heading */
        return append(f, pair, &text, SPEAKER_NONE, TIME_NONE, err);
    speaker = json_is(name, JSON_STRING) ? speaker_of(f, name, &text)
              : self->spoken             ? self->speaker
                                         : SPEAKER_NONE;
    return append(f, words, &text, speaker, TIME_NONE, err);
}

static bool gazette_take(struct foreign_json *f, struct json_ref value, struct error *err)
{
    struct drafts *t = f->context->drafts;

    drafts_set_time_base(t, TIME_BASE_NONE);
    if (drafts_get(t, FIELD_LANGUAGE) == NULL)
        drafts_set(t, FIELD_LANGUAGE, "zh-Hant-TW");
    if (strcmp(f->path, "log") == 0)
        return take_pair(f, value, err);
    foreign_json_field(f, FIELD_TITLE, value, "title");
    foreign_json_field(f, FIELD_DATE, value, "date");
    return true;
}

static const char *const gazette_arrays[] = {"log", NULL};
static const char *const gazette_members[] = {"meta", NULL};

static const struct foreign_json_format gazette_format = {.terminated = true,
                                                          .arrays = gazette_arrays,
                                                          .members = gazette_members,
                                                          .state_bytes = sizeof(struct gazette),
                                                          .take = gazette_take};

static void *gazette_open(void)
{
    return foreign_json_open(&gazette_format);
}

static int gazette_detect(const struct json_tree *head)
{
    return json_is(json_path(json_root(head), "log.0"), JSON_ARRAY) ? CONFIDENCE_STRONG
                                                                    : CONFIDENCE_NO;
}

const struct reader_ops reader_ly_gazette = {
    .name = "ly-gazette",
    .title = N_("Legislative Yuan gazette JSON"),
    .detect_json = gazette_detect,
    .by_result = true,
    .open = gazette_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};

/* Interpellations */

/* "11時8分" and "11時08分30秒"; TIME_NONE for anything else. */
static int64_t parse_clock(const char *s)
{
    static const long most[] = {24, 59, 59};
    static const char *const units[] = {"時", "分", "秒"};
    static const int64_t unit_ms[] = {3600000, 60000, 1000};
    int64_t ms = 0;
    bool any = false;
    size_t i;

    for (i = 0; s != NULL && i < 3; i++) {
        char *end;
        long part = strtol(s, &end, 10);

        if (end == s || part < 0 || part > most[i] ||
            strncmp(end, units[i], strlen(units[i])) != 0)
            break;
        ms += part * unit_ms[i];
        any = true;
        s = end + strlen(units[i]);
    }
    return any && *s == '\0' ? ms : TIME_NONE;
}

/* An entry is {speaker, content, time}, or a paragraph of a document. */
static bool take_entry(struct foreign_json *f, struct json_ref entry, struct error *err)
{
    struct gazette *self = f->state;
    int64_t start_ms = TIME_NONE;
    struct json_ref time = json_get(entry, "time");
    int64_t clock_ms = parse_clock(json_value_text(entry, "time"));
    struct buffer text = {0};
    uint32_t speaker;

    if (!json_is(entry, JSON_OBJECT))
        return append(f, entry, &text, SPEAKER_NONE, TIME_NONE, err);
    if (clock_ms == TIME_NONE && json_value_is_given(time))
        foreign_json_error(f, "a time that cannot be read");
    if (json_get(entry, "content").node == NULL)
        foreign_json_error(f, "an entry without \"content\"");
    if (clock_ms != TIME_NONE)
        start_ms = emit_wall_ms(0, clock_ms, &self->latest_ms);
    speaker = speaker_of(f, json_get(entry, "speaker"), &text);
    return append(f, json_get(entry, "content"), &text, speaker, start_ms, err);
}

static bool interpellation_take(struct foreign_json *f, struct json_ref value,
                                struct error *err)
{
    struct json_ref entry;

    drafts_set_time_base(f->context->drafts, TIME_BASE_WALL);
    if (drafts_get(f->context->drafts, FIELD_LANGUAGE) == NULL)
        drafts_set(f->context->drafts, FIELD_LANGUAGE, "zh-Hant-TW");
    if (!json_is(json_at(value, 1), JSON_ARRAY))
        foreign_json_error(f, "a section without entries");
    JSON_EACH(entry, json_at(value, 1))
    {
        if (!take_entry(f, entry, err))
            return false;
    }
    return true;
}

static const char *const top_array[] = {"", NULL};
static const char *const no_members[] = {NULL};

static const struct foreign_json_format interpellation_format = {
    .terminated = true,
    .arrays = top_array,
    .members = no_members,
    .state_bytes = sizeof(struct gazette),
    .take = interpellation_take};

static void *interpellation_open(void)
{
    return foreign_json_open(&interpellation_format);
}

static int interpellation_detect(const struct json_tree *head)
{
    return json_path(json_root(head), "0.0.people").node != NULL ||
                   span_is(json_string(json_path(json_root(head), "0.0.type")), "interp") ||
                   span_is(json_string(json_path(json_root(head), "0.0.type")), "interpdoc")
               ? CONFIDENCE_CERTAIN - 1
               : CONFIDENCE_NO;
}

const struct reader_ops reader_ly_interpellation = {
    .name = "ly-interpellation",
    .title = N_("Legislative Yuan interpellations JSON"),
    .detect_json = interpellation_detect,
    .by_result = true,
    .open = interpellation_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};

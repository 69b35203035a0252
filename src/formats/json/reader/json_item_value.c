/* What the values of an item say: when, who, and the words. */
#include "formats/json/reader/json_item_value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/speaker_cache.h"
#include "formats/json/foreign_json.h"
#include "formats/json/json_text.h"
#include "formats/json/json_value.h"
#include "formats/json/reader/json_stage.h"
#include "formats/json/survey/json_evidence.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

/* A larger number is not a time: it exceeds nanoseconds since 1970. */
static const double NUMBER_MAX = 1e19;

/* The timeline's point whose id the value is. */
static const struct json_moment *find_moment(const struct json_reader *r, struct json_ref value)
{
    struct span id = span_trim(json_string(value));
    struct json_moment *moment = NULL;

    if (r->timeline != NULL && id.length > 0)
        HASH_FIND(hh, r->timeline, id.data, id.length, moment);
    return moment;
}

struct json_time json_item_time(struct json_reader *r, const struct json_frame *frame,
                                enum json_gives which)
{
    const struct json_moment *moment = find_moment(r, frame->value[which]);
    struct json_time time = moment != NULL ? moment->time
                                           : json_value_time(frame->value[which]);

    if (which != GIVES_DURATION && frame->sum[which - GIVES_START].kind != JSON_TIME_NONE)
        time = frame->sum[which - GIVES_START];

    if (time.kind == JSON_TIME_NUMBER && !(fabs(time.number) < NUMBER_MAX))
        time.kind = JSON_TIME_BAD;
    if (time.kind == JSON_TIME_BAD && json_value_is_given(frame->value[which]) &&
        !r->f->untimed) {
        foreign_json_error(r->f, "a time that cannot be read");
        r->f->untimed = true;
    }
    if (time.frames > 0)
        time.ms += llround(time.frames * 1000 /
                           (r->format->frame_rate > 0 ? r->format->frame_rate : 25));
    if (time.kind == JSON_TIME_NUMBER && frame->unit[which] == JSON_UNIT_SAMPLES) {
        time.kind = JSON_TIME_EXACT;
        time.ms = json_value_from_ms(time.number * 1000 / r->format->sample_rate);
    }
    if (time.kind == JSON_TIME_NUMBER && frame->unit[which] != JSON_UNIT_JUDGED) {
        time.kind = JSON_TIME_EXACT;
        time.ms = json_value_from_ms(time.number * json_stage_usual_ms(frame->unit[which]));
    }
    return time;
}

/* Combine a time of day with its date. */
static void add_day(const struct json_frame *frame, enum json_gives which,
                    struct json_time *time)
{
    struct span day = span_trim(json_string(frame->value[GIVES_DAY]));
    struct span clock = json_string(frame->value[which]);
    int64_t day_ms;
    int32_t offset_min;
    bool has_time;
    size_t used;

    if (time->kind != JSON_TIME_EXACT || day.length == 0 ||
        span_find(clock, ':') == clock.length || time->ms >= TIME_MS_PER_DAY ||
        !civil_parse_date_time(day.data, day.length, &day_ms, &offset_min, &has_time, &used))
        return;
    time->kind = JSON_TIME_WALL;
    time->ms += day_ms - day_ms % TIME_MS_PER_DAY;
    time->offset_min = UTC_OFFSET_NONE;
}

/* Whether an item ends before it starts, if that is certain without knowing the unit. */
static bool ends_early(const struct json_staged *s)
{
    if (s->lasts)
        return s->end.kind == JSON_TIME_NUMBER
                   ? s->end.number < 0
                   : s->end.kind == JSON_TIME_EXACT && s->end.ms < 0;
    if (s->start.kind != s->end.kind)
        return false;
    return s->start.kind == JSON_TIME_NUMBER
               ? s->end.number < s->start.number
               : s->start.kind == JSON_TIME_EXACT && s->end.ms < s->start.ms;
}

/* Seconds and nanoseconds are both omitted where they are zero, as the end shows. */
static bool is_zero(struct json_ref start, struct json_ref end)
{
    return json_is(start, JSON_OBJECT) && json_first(start).node == NULL &&
           (json_get(end, "seconds").node != NULL || json_get(end, "nanos").node != NULL);
}

void json_item_times(struct json_reader *r, const struct json_frame *frame,
                     struct json_staged *s)
{
    s->start = json_item_time(r, frame, GIVES_START);
    if (is_zero(frame->value[GIVES_START], frame->value[GIVES_END]))
        s->start = (struct json_time){.kind = JSON_TIME_EXACT};
    s->end = json_item_time(r, frame, GIVES_END);
    add_day(frame, GIVES_START, &s->start);
    add_day(frame, GIVES_END, &s->end);
    s->lasts = s->end.kind <= JSON_TIME_BAD;
    if (s->lasts)
        s->end = json_item_time(r, frame, GIVES_DURATION);
    if (ends_early(s)) {
        foreign_json_warn_end(r->f);
        s->end.kind = JSON_TIME_NONE;
    }
}

/* The first of several members that is a string or a number. */
static struct json_ref first_given(struct json_ref who, const char *const *names)
{
    for (; *names != NULL; names++) {
        struct json_ref value = json_get(who, *names);

        if (json_value_is_given(value) && json_type(value) <= JSON_STRING)
            return value;
    }
    return JSON_REF_NONE;
}

struct json_ref json_item_name(struct json_ref who)
{
    static const char *const names[] = {
        "nickname",     "displayName", "display_name", "real_name", "realName", "full_name",
        "fullName",     "name",        "user_name",    "userName",  "username", "label",
        "speaker_name", "speaker",     "text",         "role",      "source",   NULL};
    static const char *const ids[] = {"id", "@id", NULL};
    static const char *const inside[] = {"user",        "member",  "person",
                                         "participant", "data",    "attributes",
                                         "node",        "profile", NULL};
    const char *const *name;
    struct json_ref member;
    struct json_ref found;

    if (json_is(who, JSON_ARRAY))
        who = json_at(who, 0);
    if (!json_is(who, JSON_OBJECT))
        return who;
    found = first_given(who, names);
    for (name = inside; found.node == NULL && *name != NULL; name++) {
        struct json_ref value = json_get(who, *name);

        if (json_is(value, JSON_OBJECT) && value.node != who.node)
            found = json_item_name(value);
    }
    if (found.node == NULL)
        found = first_given(who, ids);
    if (found.node != NULL)
        return found;
    if (json_count(who) == 1 && json_is(json_first(who), JSON_STRING))
        return json_first(who); /* {"speaker_label": "spk_1"} */
    JSON_EACH(member, who)
    { /* of several identifiers, the one that is a name of two words */
        struct span text = json_string(member);

        if (span_find(text, ' ') < text.length)
            return member;
    }
    return JSON_REF_NONE;
}

static uint32_t with_office(struct json_reader *r, uint32_t speaker,
                            const struct json_frame *frame)
{
    struct span role = json_string(json_item_name(frame->value[GIVES_ROLE]));
    struct span organization = json_string(json_item_name(frame->value[GIVES_ORGANIZATION]));
    struct speaker_label label = {0};
    char *role_text = role.length > 0 ? memory_strndup(role.data, role.length) : NULL;
    char *organization_text = organization.length > 0
                                  ? memory_strndup(organization.data, organization.length)
                                  : NULL;

    if (speaker != SPEAKER_NONE && (role_text != NULL || organization_text != NULL)) {
        label = *drafts_label(r->f->context->drafts, speaker);
        label.role = role_text != NULL ? role_text : label.role;
        label.organization = organization_text;
        speaker = drafts_speaker(r->f->context->drafts, &label);
    }
    free(role_text);
    free(organization_text);
    return speaker;
}

static uint32_t channel_of(struct json_reader *r, const struct json_frame *frame)
{
    struct json_ref channel = frame->value[GIVES_CHANNEL];
    double number;

    if (json_is(channel, JSON_STRING))
        return foreign_json_speaker(r->f, channel);
    if (json_number(channel, &number))
        return foreign_json_channel(r->f, number);
    if ((r->format->flags & JSON_FORMAT_CHANNELS) != 0 && frame->outlet > 0)
        return foreign_json_channel(r->f, r->elements - 1);
    return SPEAKER_NONE;
}

/* A name in two parts, as in lists of members of parliament. */
static bool join_name(struct json_ref who, struct buffer *name)
{
    struct span first, last;

    if (!json_person_names(who, &first, &last))
        return false;
    buffer_clear(name);
    json_text_join(name, first);
    json_text_join(name, last);
    return true;
}

/* The object inside a wrapper: {"MetaSpeaker": {"firstName": … */
static struct json_ref unwrapped(struct json_ref who)
{
    struct json_ref inner = json_first(who);

    while (json_is(who, JSON_OBJECT) && json_is(inner, JSON_OBJECT) &&
           json_next(who, inner).node == NULL) {
        who = inner;
        inner = json_first(who);
    }
    return who;
}

uint32_t json_item_speaker(struct json_reader *r, const struct json_frame *frame,
                           struct json_ref given, bool *known)
{
    struct json_ref value = unwrapped(given);
    struct json_ref who = json_item_name(value);
    struct span raw = json_raw(who);
    uint32_t speaker;

    if (json_is(value, JSON_BOOL)) { /* "isUser": true */
        struct span side = span_string(json_voice_of_flag(json_name(value), json_true(value)));

        *known = side.length > 0;
        return r->speaker = emit_speaker(r->f->context, side.data, side.length);
    }
    if (json_is(value, JSON_OBJECT) && join_name(value, &r->name)) {
        *known = true;
        speaker = emit_speaker(r->f->context, r->name.data, r->name.bytes);
        return r->speaker = with_office(r, speaker, frame);
    }
    *known = json_value_is_given(who);
    if (!*known) {
        speaker = channel_of(r, frame);
        *known = speaker != SPEAKER_NONE;
        if (!*known && (r->format->flags & JSON_FORMAT_CARRIES) != 0)
            speaker = r->speaker;
        return r->speaker = speaker;
    }
    if (!speaker_cache_find(&r->speakers, raw.data, raw.length, &speaker)) {
        speaker = foreign_json_speaker(r->f, who);
        speaker_cache_put(&r->speakers, raw.data, raw.length, speaker);
    }
    if (json_value_is_given(frame->value[GIVES_ROLE]) ||
        json_value_is_given(frame->value[GIVES_ORGANIZATION]))
        speaker = with_office(r, speaker, frame);
    return r->speaker = speaker;
}

uint32_t json_item_with_label(struct json_reader *r, uint32_t speaker, struct span label)
{
    struct drafts *drafts = r->f->context->drafts;
    const char *bracket = memmem(label.data, label.length, "（", 3);
    struct speaker_label said;
    char *role;

    if (speaker == SPEAKER_NONE)
        return r->speaker = emit_speaker(r->f->context, label.data, label.length);
    if (bracket == NULL || bracket == label.data)
        return speaker;
    said = *drafts_label(drafts, speaker);
    if (said.name == NULL || said.role != NULL ||
        memmem(bracket, (size_t)(label.data + label.length - bracket), said.name,
               strlen(said.name)) == NULL)
        return speaker;
    role = memory_strndup(label.data, (size_t)(bracket - label.data));
    said.role = role;
    speaker = drafts_speaker(drafts, &said);
    free(role);
    return r->speaker = speaker;
}

static struct span part_of(struct json_ref item)
{
    return json_string(json_is(item, JSON_OBJECT) ? json_get(item, "text") : item);
}

/* Whether the strings and objects of an array are parts of one line: then there are blanks
 * between them, which separate lines do not have. */
static bool are_joined(struct json_ref array)
{
    struct span before = span_of("", 0);
    bool objects = false;
    bool blank = false;
    bool lines = true;
    struct json_ref item;

    JSON_EACH(item, array)
    {
        struct span part = part_of(item);

        objects |= json_is(item, JSON_OBJECT);
        lines &= part.length == 0 || span_find(part, ' ') < part.length;
        blank |= before.length > 0 && part.length > 0 &&
                 (span_is_space(before.data[before.length - 1]) || span_is_space(*part.data));
        before = part.length > 0 ? part : before;
    }
    return objects && (blank || !lines);
}

struct span json_item_text(struct json_reader *r, struct json_ref value)
{
    struct json_ref item;

    if (json_is(value, JSON_STRING))
        return json_string(value);
    if (json_is(value, JSON_NUMBER))
        return json_raw(value);
    buffer_clear(&r->text);
    if (json_is(value, JSON_ARRAY)) {
        bool joined = are_joined(value);

        JSON_EACH(item, value)
        {
            struct span line = part_of(item);

            if (!joined)
                line = span_trim(line);
            if (!joined && line.length > 0 && r->text.bytes > 0)
                buffer_append_char(&r->text, '\n');
            buffer_append(&r->text, line.data, line.length);
        }
    }
    return span_of(buffer_string(&r->text), r->text.bytes);
}

/* Transcript format 1: what each member means and what is done where it is wrong. A fault is
 * said with its place and the rest of the segment is kept. */
#include "shilu_record.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "shilu/base/memory.h"
#include "shilu/formats/json_stream.h"

enum { FORMAT_VERSION = 1 };

void shilu_record_release(struct shilu_record *r)
{
    buffer_release(&r->scratch);
    buffer_release(&r->inner_scratch);
    buffer_release(&r->extra);
}

void shilu_record_say(struct reader_context *context, enum severity severity,
                      const struct shilu_place *place, const char *at, const char *what)
{
    uint64_t line = place->line;
    uint64_t column = place->column;
    const char *s;

    for (s = place->text; at != NULL && s < at; s++) {
        if (*s == '\n') {
            line++;
            column = 1;
        } else {
            column += ((unsigned char)*s & 0xC0) != 0x80;
        }
    }
    diagnostics_add(context->diagnostics, severity, line, column, "%s", what);
}

static bool is_named(const struct json_field *field, const char *name)
{
    return field->name_bytes == strlen(name) &&
           memcmp(field->name, name, field->name_bytes) == 0;
}

/* The string of a field, owned by the caller; NULL for null and, with a fault, for what is no
 * string. */
static char *take_string(struct reader_context *context, const struct json_field *field,
                         const struct shilu_place *place)
{
    if (field == NULL || field->type == '0')
        return NULL;
    if (field->type != 's') {
        shilu_record_say(context, SEVERITY_FAULT, place, field->raw, "expected a string");
        return NULL;
    }
    return memory_strndup(field->string, field->string_bytes);
}

static void append_extra(struct buffer *extra, const struct json_field *field)
{
    if (extra->bytes > 0)
        buffer_append_char(extra, ',');
    buffer_append_char(extra, '"');
    buffer_append(extra, field->raw_name, field->raw_name_bytes);
    buffer_append_string(extra, "\":");
    buffer_append(extra, field->raw, field->raw_bytes);
}

static char *take_extra(struct buffer *extra)
{
    struct buffer object = {0};

    if (extra->bytes == 0)
        return NULL;
    buffer_append_char(&object, '{');
    buffer_append(&object, extra->data, extra->bytes);
    buffer_append_char(&object, '}');
    buffer_clear(extra);
    return buffer_take(&object);
}

/* ------------------------------------------------------------------------ the top */

static void take_source(struct shilu_record *r, struct reader_context *context,
                        const struct json_field *field, const struct shilu_place *place)
{
    static const struct {
        const char *name;
        enum transcript_field field;
    } parts[] = {{"name", FIELD_SOURCE_NAME},
                 {"url", FIELD_SOURCE_URL},
                 {"retrieved", FIELD_SOURCE_RETRIEVED}};
    struct json_flat *flat;
    size_t i;

    if (field->type == '0')
        return;
    if (field->type != 'o') {
        shilu_record_say(context, SEVERITY_FAULT, place, field->raw, "expected an object");
        return;
    }
    flat = memory_alloc(sizeof *flat);
    json_flat_parse(flat, field->raw, field->raw_bytes, &r->inner_scratch);
    for (i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *value = take_string(context, json_flat_get(flat, parts[i].name), place);

        transcript_set(context->transcript, parts[i].field, value);
        free(value);
    }
    free(flat);
}

static bool take_version(struct reader_context *context, const struct json_field *field,
                         const struct shilu_place *place, struct error *err)
{
    if (field->type != 'n' || field->number != floor(field->number) || field->number < 1) {
        shilu_record_say(context, SEVERITY_FAULT, place, field->raw, "expected the version 1");
        return true;
    }
    if (field->number > FORMAT_VERSION)
        return error_set_at(err, ERROR_UNSUPPORTED, place->line, place->column,
                            "this is version %.0f of the format; this program reads version %d",
                            field->number, FORMAT_VERSION);
    return true;
}

static void take_clock(struct shilu_record *r, struct reader_context *context,
                       const struct json_field *field, const struct shilu_place *place)
{
    char *value = take_string(context, field, place);

    if (value != NULL && strcmp(value, "wall") == 0)
        transcript_set_clock(context->transcript, CLOCK_WALL);
    else if (value != NULL && strcmp(value, "elapsed") == 0)
        transcript_set_clock(context->transcript, CLOCK_ELAPSED);
    else if (value != NULL)
        shilu_record_say(context, SEVERITY_FAULT, place, field->raw,
                         "expected \"wall\" or \"elapsed\"");
    r->clock_told = transcript_clock(context->transcript) != CLOCK_NONE;
    free(value);
}

static void take_offset(struct reader_context *context, const struct json_field *field,
                        const struct shilu_place *place)
{
    char *value = take_string(context, field, place);
    int32_t minutes;
    size_t used;

    if (value == NULL)
        return;
    if (civil_parse_offset(value, strlen(value), &minutes, &used) && value[used] == '\0')
        transcript_set_utc_offset(context->transcript, minutes);
    else
        shilu_record_say(context, SEVERITY_FAULT, place, field->raw,
                         "expected an offset such as \"+08:00\"");
    free(value);
}

static void take_date(struct reader_context *context, const struct json_field *field,
                      const struct shilu_place *place)
{
    char *value = take_string(context, field, place);
    int64_t ms;
    int32_t offset_min;
    bool has_time;
    size_t used;

    if (value != NULL &&
        (!civil_parse_date_time(value, strlen(value), &ms, &offset_min, &has_time, &used) ||
         value[used] != '\0'))
        shilu_record_say(context, SEVERITY_FAULT, place, field->raw,
                         "expected a date such as \"2020-03-09\"");
    transcript_set(context->transcript, FIELD_DATE, value);
    free(value);
}

static bool take_plain_field(struct shilu_record *r, struct reader_context *context,
                             const struct json_field *field, const struct shilu_place *place)
{
    static const struct {
        const char *name;
        enum transcript_field field;
    } plain[] = {{"title", FIELD_TITLE}, {"language", FIELD_LANGUAGE}, {"venue", FIELD_VENUE}};
    size_t i;

    for (i = 0; i < sizeof plain / sizeof *plain; i++) {
        if (is_named(field, plain[i].name)) {
            char *value = take_string(context, field, place);

            transcript_set(context->transcript, plain[i].field, value);
            free(value);
            r->title_seen |= plain[i].field == FIELD_TITLE;
            return true;
        }
    }
    return false;
}

bool shilu_record_member(struct shilu_record *r, struct reader_context *context,
                         const struct json_field *field, const struct shilu_place *place,
                         struct error *err)
{
    if (is_named(field, "format")) {
        r->format_seen = true;
        if (field->type != 's' || field->string_bytes != 5 ||
            memcmp(field->string, "shilu", 5) != 0)
            shilu_record_say(context, SEVERITY_FAULT, place, field->raw, "expected \"shilu\"");
        return true;
    }
    if (is_named(field, "version")) {
        r->version_seen = true;
        return take_version(context, field, place, err);
    }
    if (take_plain_field(r, context, field, place))
        return true;
    if (is_named(field, "date"))
        take_date(context, field, place);
    else if (is_named(field, "source"))
        take_source(r, context, field, place);
    else if (is_named(field, "clock"))
        take_clock(r, context, field, place);
    else if (is_named(field, "utc_offset"))
        take_offset(context, field, place);
    else if (is_named(field, "segments") || is_named(field, "speakers"))
        shilu_record_say(context, SEVERITY_FAULT, place, field->raw, "expected an array");
    else
        append_extra(&r->extra, field);
    return true;
}

/* ------------------------------------------------------------------- the elements */

/* What json_flat_parse mended or could not read. */
static void say_repairs(struct reader_context *context, const struct json_flat *flat,
                        const struct shilu_place *place)
{
    if (flat->error != NULL) {
        char what[80];

        snprintf(what, sizeof what, "expected %s", flat->error);
        shilu_record_say(context, SEVERITY_FAULT, place, place->text + flat->error_byte, what);
    }
    if (flat->replaced > 0)
        shilu_record_say(context, SEVERITY_WARNING, place, NULL,
                         "a NUL or half a surrogate pair became U+FFFD");
    if (flat->raw_controls > 0)
        shilu_record_say(context, SEVERITY_WARNING, place, NULL,
                         "a control character stands in a string without an escape");
    if (flat->duplicates > 0)
        shilu_record_say(context, SEVERITY_WARNING, place, NULL,
                         "a member stands twice; the first one counts");
    if (flat->too_many)
        shilu_record_say(context, SEVERITY_WARNING, place, NULL,
                         "too many members; the last ones were left out");
}

static char **take_aliases(struct reader_context *context, const struct json_field *field,
                           const struct shilu_place *place)
{
    struct error ignored;
    cJSON *array;
    cJSON *item;
    char **aliases;
    size_t count = 0;

    if (field == NULL || field->type == '0')
        return NULL;
    array = field->type == 'a' ? json_parse(field->raw, field->raw_bytes, 1, 1, &ignored)
                               : NULL;
    if (array == NULL) {
        shilu_record_say(context, SEVERITY_FAULT, place, field->raw, "expected an array");
        return NULL;
    }
    aliases = memory_zalloc((size_t)cJSON_GetArraySize(array) + 1, sizeof *aliases);
    cJSON_ArrayForEach(item, array)
    {
        if (cJSON_IsString(item))
            aliases[count++] = memory_strdup(item->valuestring);
        else
            shilu_record_say(context, SEVERITY_FAULT, place, field->raw,
                             "expected an array of strings");
    }
    cJSON_Delete(array);
    return aliases;
}

static void collect_extra(struct json_flat *flat, const char *const *known,
                          struct buffer *extra)
{
    size_t i;
    size_t k;

    for (i = 0; i < flat->count; i++) {
        for (k = 0; known[k] != NULL && !is_named(&flat->fields[i], known[k]); k++)
            continue;
        if (known[k] == NULL)
            append_extra(extra, &flat->fields[i]);
    }
}

void shilu_record_speaker(struct shilu_record *r, struct reader_context *context,
                          const char *text, size_t bytes, const struct shilu_place *place)
{
    static const char *const known[] = {"id",   "name",    "role", "organization",
                                        "kind", "aliases", NULL};
    struct speaker_label label = {0};
    struct buffer extra = {0};
    char *strings[5];
    char **aliases;
    size_t i;

    r->speakers_listed = true;
    json_flat_parse(&r->flat, text, bytes, &r->scratch);
    say_repairs(context, &r->flat, place);
    for (i = 0; i < 5; i++)
        strings[i] = take_string(context, json_flat_get(&r->flat, known[i]), place);
    aliases = take_aliases(context, json_flat_get(&r->flat, "aliases"), place);
    collect_extra(&r->flat, known, &extra);
    label.id = strings[0];
    label.name = strings[1];
    label.role = strings[2];
    label.organization = strings[3];
    label.aliases = (const char *const *)aliases;
    label.extra = take_extra(&extra);
    if (strings[4] != NULL && !speaker_kind_parse(strings[4], &label.kind))
        shilu_record_say(context, SEVERITY_FAULT, place, json_flat_get(&r->flat, "kind")->raw,
                         "not a kind of speaker");
    if (transcript_define_speaker(context->transcript, &label) == SPEAKER_NONE)
        shilu_record_say(context, SEVERITY_FAULT, place, NULL,
                         "a speaker has neither an id nor a name");
    for (i = 0; i < 5; i++)
        free(strings[i]);
    for (i = 0; aliases != NULL && aliases[i] != NULL; i++)
        free(aliases[i]);
    free(aliases);
    free((char *)label.extra);
    buffer_release(&extra);
}

/* The clock follows from the first start where the file does not tell it. */
static void note_clock(struct shilu_record *r, struct transcript *t, enum clock clock)
{
    if (!r->clock_told && transcript_clock(t) == CLOCK_NONE)
        transcript_set_clock(t, clock);
}

/* The record's own date, for starts that are a clock time alone. */
static int64_t day_ms(const struct transcript *t)
{
    const char *date = transcript_get(t, FIELD_DATE);
    int64_t ms = 0;
    int32_t offset_min;
    bool has_time;
    size_t used;

    if (date != NULL &&
        civil_parse_date_time(date, strlen(date), &ms, &offset_min, &has_time, &used) &&
        has_time)
        ms -= ms % TIME_MS_PER_DAY;
    return ms;
}

static bool parse_time(struct shilu_record *r, struct transcript *t, const char *s,
                       size_t bytes, int64_t *ms)
{
    int32_t offset_min;
    int32_t own_min = transcript_utc_offset(t);
    bool has_time;
    size_t used;

    if (civil_parse_date_time(s, bytes, ms, &offset_min, &has_time, &used) && used == bytes) {
        note_clock(r, t, CLOCK_WALL);
        if (offset_min == UTC_OFFSET_NONE)
            return true;
        if (own_min == UTC_OFFSET_NONE)
            transcript_set_utc_offset(t, offset_min);
        else
            *ms += (int64_t)(own_min - offset_min) * 60000;
        return true;
    }
    if (!civil_parse_clock(s, bytes, transcript_clock(t) == CLOCK_WALL, ms, &used) ||
        used != bytes)
        return false;
    note_clock(r, t, CLOCK_ELAPSED);
    if (transcript_clock(t) == CLOCK_WALL)
        *ms += day_ms(t);
    return true;
}

static int64_t take_time(struct shilu_record *r, struct reader_context *context,
                         const char *name, const struct shilu_place *place)
{
    const struct json_field *field = json_flat_get(&r->flat, name);
    int64_t ms;

    if (field == NULL || field->type == '0')
        return TIME_NONE;
    if (field->type == 'n' && fabs(field->number) < 1e12) {
        note_clock(r, context->transcript, CLOCK_ELAPSED);
        return (int64_t)llround(field->number * 1000);
    }
    if (field->type == 's' &&
        parse_time(r, context->transcript, field->string, field->string_bytes, &ms))
        return ms;
    shilu_record_say(context, SEVERITY_FAULT, place, field->raw,
                     "expected a date-time, a clock time, a number of seconds or null");
    return TIME_NONE;
}

static uint32_t take_speaker(struct shilu_record *r, struct reader_context *context,
                             const struct shilu_place *place)
{
    const struct json_field *field = json_flat_get(&r->flat, "speaker");
    char *name = take_string(context, field, place);
    struct speaker_label label = {.name = name};
    size_t before = transcript_speaker_count(context->transcript);
    uint32_t speaker = SPEAKER_NONE;

    if (name != NULL)
        speaker = transcript_speaker(context->transcript, &label);
    if (r->speakers_listed && transcript_speaker_count(context->transcript) > before)
        shilu_record_say(context, SEVERITY_WARNING, place, field->raw,
                         "a speaker that the list of speakers does not have");
    free(name);
    return speaker;
}

static void take_text(struct shilu_record *r, struct reader_context *context,
                      struct segment_draft *draft, const struct shilu_place *place)
{
    const struct json_field *field = json_flat_get(&r->flat, "text");

    if (field == NULL) {
        shilu_record_say(context, SEVERITY_FAULT, place, NULL, "a segment has no text");
    } else if (field->type != 's') {
        shilu_record_say(context, SEVERITY_FAULT, place, field->raw, "expected a string");
    } else {
        draft->text = field->string;
        draft->text_bytes = field->string_bytes;
    }
}

static void take_kind(struct shilu_record *r, struct reader_context *context,
                      struct segment_draft *draft, const struct shilu_place *place)
{
    const struct json_field *field = json_flat_get(&r->flat, "kind");
    char *name = take_string(context, field, place);

    if (name != NULL && !segment_kind_parse(name, &draft->kind))
        shilu_record_say(context, SEVERITY_FAULT, place, field->raw,
                         "expected \"remark\", \"question\" or \"answer\"");
    free(name);
}

bool shilu_record_segment(struct shilu_record *r, struct reader_context *context,
                          const char *text, size_t bytes, const struct shilu_place *place,
                          struct error *err)
{
    static const char *const known[] = {"speaker", "start", "end", "text", "kind", NULL};
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct buffer extra = {0};
    char *extra_json;
    bool ok;

    json_flat_parse(&r->flat, text, bytes, &r->scratch);
    say_repairs(context, &r->flat, place);
    if (json_type(text, bytes) != 'o')
        return true; /* said above; there is nothing in it to keep */
    draft.speaker = take_speaker(r, context, place);
    draft.start_ms = take_time(r, context, "start", place);
    draft.end_ms = take_time(r, context, "end", place);
    take_text(r, context, &draft, place);
    take_kind(r, context, &draft, place);
    collect_extra(&r->flat, known, &extra);
    extra_json = take_extra(&extra);
    draft.extra = extra_json;
    ok = transcript_append(context->transcript, &draft, err);
    free(extra_json);
    buffer_release(&extra);
    return ok;
}

void shilu_record_finish(struct shilu_record *r, struct reader_context *context)
{
    char *extra = take_extra(&r->extra);

    transcript_set(context->transcript, FIELD_EXTRA, extra);
    free(extra);
    if (r->format_seen && !r->version_seen)
        diagnostics_add(context->diagnostics, SEVERITY_FAULT, 1, 1, "no \"version\"");
    if (r->format_seen && !r->title_seen)
        diagnostics_add(context->diagnostics, SEVERITY_FAULT, 1, 1, "no \"title\"");
}

/* Transcript format 1: the meaning of each member at the top, and how errors in them are
 * handled: an error is reported with its position, and the rest is kept. */
#include "formats/shilu/shilu_record.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/json/json_strict.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

enum { FORMAT_VERSION = 1 };

void shilu_record_release(struct shilu_record *r)
{
    json_flat_release(&r->flat);
    json_flat_release(&r->inner);
    speaker_cache_release(&r->speakers);
    buffer_release(&r->scratch);
    buffer_release(&r->inner_scratch);
    buffer_release(&r->extra);
}

/* The line and column of a byte of the piece; of its start if `at` is NULL. */
static void find_place(struct reader_context *context, const struct shilu_place *place,
                       const char *at, uint64_t *line, uint64_t *column)
{
    const char *s;

    *line = place->line;
    *column = place->column;
    if (place->line == 0)
        input_position(context->input, 0, line, column);
    for (s = place->text; at != NULL && s < at; s++) {
        if (*s == '\n') {
            ++*line;
            *column = 1;
        } else {
            *column += ((unsigned char)*s & 0xC0) != 0x80;
        }
    }
}

void shilu_record_say(struct reader_context *context, enum severity severity,
                      const struct shilu_place *place, const char *at, const char *what)
{
    uint64_t line, column;

    find_place(context, place, at, &line, &column);
    diagnostics_add(context->diagnostics, severity, line, column, "%s", _(what));
}

void shilu_record_say_expected(struct reader_context *context, const struct shilu_place *place,
                               const char *at, const char *what)
{
    char message[160];

    snprintf(message, sizeof message, _("expected %s"), _(what));
    shilu_record_say(context, SEVERITY_ERROR, place, at, message);
}

bool shilu_record_is_named(const struct json_field *field, const char *name)
{
    return field->name_bytes == strlen(name) &&
           memcmp(field->name, name, field->name_bytes) == 0;
}

bool shilu_record_is_format(const struct json_field *field)
{
    return field->type == 's' && field->string_bytes == 5 &&
           memcmp(field->string, "shilu", 5) == 0;
}

char *shilu_record_string(struct reader_context *context, const struct json_field *field,
                          const struct shilu_place *place)
{
    if (field == NULL || field->type == '0')
        return NULL;
    if (field->type != 's') {
        shilu_record_say(context, SEVERITY_ERROR, place, field->raw, "expected a string");
        return NULL;
    }
    return memory_strndup(field->string, field->string_bytes);
}

void shilu_record_extra(struct reader_context *context, struct buffer *extra,
                        const struct json_field *field, const struct shilu_place *place)
{
    /* The name with its quotation marks is a value of its own. */
    if (!json_is_strict(field->raw, field->raw_bytes) ||
        !json_is_strict(field->raw_name - 1, field->raw_name_bytes + 2)) {
        shilu_record_say(context, SEVERITY_ERROR, place, field->raw,
                         "this is not valid JSON and is ignored");
        return;
    }
    if (extra->bytes > 0)
        buffer_append_char(extra, ',');
    buffer_append_char(extra, '"');
    buffer_append(extra, field->raw_name, field->raw_name_bytes);
    buffer_append_string(extra, "\":");
    buffer_append(extra, field->raw, field->raw_bytes);
}

char *shilu_record_take_extra(struct buffer *extra)
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
    struct json_flat *flat = &r->inner;
    size_t i;

    if (field->type == '0')
        return;
    if (field->type != 'o') {
        shilu_record_say(context, SEVERITY_ERROR, place, field->raw, "expected an object");
        return;
    }
    json_flat_parse(flat, field->raw, field->raw_bytes, &r->inner_scratch);
    for (i = 0; i < sizeof parts / sizeof *parts; i++) {
        char *value = shilu_record_string(context, json_flat_get(flat, parts[i].name), place);

        drafts_set(context->drafts, parts[i].field, value);
        free(value);
    }
}

static bool take_version(struct reader_context *context, const struct json_field *field,
                         const struct shilu_place *place, struct error *err)
{
    uint64_t line, column;

    if (field->type != 'n' || field->number != floor(field->number) || field->number < 1) {
        shilu_record_say(context, SEVERITY_ERROR, place, field->raw, "expected version 1");
        return true;
    }
    find_place(context, place, field->raw, &line, &column);
    if (field->number > FORMAT_VERSION)
        return error_set_at(err, ERROR_UNSUPPORTED, line, column,
                            "this is version %.0f of the format; this program reads version %d",
                            field->number, FORMAT_VERSION);
    return true;
}

static void take_clock(struct shilu_record *r, struct reader_context *context,
                       const struct json_field *field, const struct shilu_place *place)
{
    char *value = shilu_record_string(context, field, place);

    if (value != NULL && strcmp(value, "wall") == 0)
        drafts_set_time_base(context->drafts, TIME_BASE_WALL);
    else if (value != NULL && strcmp(value, "elapsed") == 0)
        drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    else if (value != NULL)
        shilu_record_say(context, SEVERITY_ERROR, place, field->raw,
                         "expected \"wall\" or \"elapsed\"");
    r->clock_reported = drafts_time_base(context->drafts) != TIME_BASE_NONE;
    free(value);
}

static void take_offset(struct reader_context *context, const struct json_field *field,
                        const struct shilu_place *place)
{
    char *value = shilu_record_string(context, field, place);
    int32_t minutes;
    size_t used;

    if (value == NULL)
        return;
    if (civil_parse_offset(value, strlen(value), &minutes, &used) && value[used] == '\0')
        drafts_set_utc_offset(context->drafts, minutes);
    else
        shilu_record_say(context, SEVERITY_ERROR, place, field->raw,
                         "expected an offset such as \"+08:00\"");
    free(value);
}

static void take_date(struct reader_context *context, const struct json_field *field,
                      const struct shilu_place *place)
{
    char *value = shilu_record_string(context, field, place);
    int64_t ms;
    int32_t offset_min;
    bool has_time;
    size_t used;

    if (value != NULL &&
        (!civil_parse_date_time(value, strlen(value), &ms, &offset_min, &has_time, &used) ||
         value[used] != '\0'))
        shilu_record_say(context, SEVERITY_ERROR, place, field->raw,
                         "expected a date such as \"2020-03-09\"");
    drafts_set(context->drafts, FIELD_DATE, value);
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
        if (shilu_record_is_named(field, plain[i].name)) {
            char *value = shilu_record_string(context, field, place);

            /* "" is how a record without a title is written. */
            drafts_set(context->drafts, plain[i].field,
                       value != NULL && *value != '\0' ? value : NULL);
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
    if (shilu_record_is_named(field, "format")) {
        r->format_seen = true;
        if (!shilu_record_is_format(field))
            shilu_record_say(context, SEVERITY_ERROR, place, field->raw, "expected \"shilu\"");
        return true;
    }
    if (shilu_record_is_named(field, "version")) {
        r->version_seen = true;
        return take_version(context, field, place, err);
    }
    if (take_plain_field(r, context, field, place))
        return true;
    if (shilu_record_is_named(field, "date"))
        take_date(context, field, place);
    else if (shilu_record_is_named(field, "source"))
        take_source(r, context, field, place);
    else if (shilu_record_is_named(field, "clock"))
        take_clock(r, context, field, place);
    else if (shilu_record_is_named(field, "utc_offset"))
        take_offset(context, field, place);
    else if (shilu_record_is_named(field, "segments") ||
             shilu_record_is_named(field, "speakers"))
        shilu_record_say(context, SEVERITY_ERROR, place, field->raw, "expected an array");
    else
        shilu_record_extra(context, &r->extra, field, place);
    return true;
}

void shilu_record_finish(struct shilu_record *r, struct reader_context *context)
{
    char *extra = shilu_record_take_extra(&r->extra);

    drafts_set(context->drafts, FIELD_EXTRA, extra);
    free(extra);
    if (r->format_seen && !r->version_seen)
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, 1, 1, "no \"version\"");
    if (r->format_seen && !r->title_seen)
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, 1, 1, "no \"title\"");
}

/* Transcript format 1: the members of a speaker and a segment, and how errors in them are
 * handled: an error is reported with its position, and as much as possible is kept. */
#include "formats/shilu/shilu_record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/json/json_stream.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

/* Report what json_flat_parse repaired or could not read. */
static void say_repairs(struct reader_context *context, const struct json_flat *flat,
                        const struct shilu_place *place)
{
    if (flat->error != NULL)
        shilu_record_say_expected(context, place, place->text + flat->error_byte, flat->error);
    if (flat->replaced > 0)
        shilu_record_say(context, SEVERITY_WARNING, place, NULL,
                         "a NUL or half a surrogate pair became U+FFFD");
    if (flat->raw_controls > 0)
        shilu_record_say(context, SEVERITY_WARNING, place, NULL,
                         "a string has a control character without an escape");
    if (flat->duplicates > 0)
        shilu_record_say(context, SEVERITY_WARNING, place, NULL,
                         "a member appears twice; the first one is used");
    if (flat->no_numbers > 0)
        shilu_record_say(context, SEVERITY_WARNING, place, NULL,
                         "NaN or Infinity is not a JSON number");
}

static char **take_aliases(struct reader_context *context, const struct json_field *field,
                           const struct shilu_place *place)
{
    struct json_tree tree = {0};
    struct json_ref item;
    char **aliases;
    size_t count = 0;

    if (field == NULL || field->type == '0')
        return NULL;
    json_tree_parse(&tree, field->raw, field->raw_bytes);
    if (!json_is(json_root(&tree), JSON_ARRAY)) {
        json_tree_release(&tree);
        shilu_record_say(context, SEVERITY_ERROR, place, field->raw, "expected an array");
        return NULL;
    }
    aliases = memory_zalloc(json_count(json_root(&tree)) + 1, sizeof *aliases);
    JSON_EACH(item, json_root(&tree))
    {
        struct span alias = json_string(item);

        if (json_is(item, JSON_STRING))
            aliases[count++] = memory_strndup(alias.data, alias.length);
        else
            shilu_record_say(context, SEVERITY_ERROR, place, field->raw,
                             "expected an array of strings");
    }
    json_tree_release(&tree);
    return aliases;
}

/* A known member, by its index in the list of names. */
struct known {
    const char *name;
    size_t bytes;
};
#define KNOWN(name)            \
    {                          \
        name, sizeof(name) - 1 \
    }

/* Put each known member at its place in `found`, NULL for a missing one; others are added to
 * the inside of `extra`. */
static void sort_fields(struct reader_context *context, const struct json_flat *flat,
                        const struct known *known, size_t known_count,
                        const struct json_field **found, struct buffer *extra,
                        const struct shilu_place *place)
{
    size_t i;
    size_t k;

    for (k = 0; k < known_count; k++)
        found[k] = NULL;
    for (i = 0; i < flat->count; i++) {
        const struct json_field *field = &flat->fields[i];

        for (k = 0; k < known_count; k++) {
            if (known[k].bytes == field->name_bytes &&
                memcmp(known[k].name, field->name, field->name_bytes) == 0)
                break;
        }
        if (k == known_count)
            shilu_record_extra(context, extra, field, place);
        else if (found[k] == NULL)
            found[k] = field;
    }
}

/* A speaker with another one's id can still be found by name. */
static void define_again(struct reader_context *context, const struct speaker_label *label)
{
    const char *names[] = {label->name, NULL};
    struct speaker_label again = *label;

    drafts_speaker(context->drafts, &again);
    again.aliases = names;
    drafts_speaker(context->drafts, &again);
}

static void define_speaker(struct reader_context *context, const struct speaker_label *label,
                           const struct json_field *id, const struct shilu_place *place)
{
    if (drafts_has_defined(context->drafts, label->id)) {
        shilu_record_say(context, SEVERITY_ERROR, place, id->raw,
                         "another speaker has this id: both are treated as one");
        define_again(context, label);
    } else if (drafts_define_speaker(context->drafts, label) == SPEAKER_NONE) {
        shilu_record_say(context, SEVERITY_ERROR, place, NULL,
                         "a speaker has neither an id nor a name");
    }
}

void shilu_record_speaker(struct shilu_record *r, struct reader_context *context,
                          const struct json_flat *flat, const char *text, size_t bytes,
                          const struct shilu_place *place)
{
    enum { ID, NAME, ROLE, ORGANIZATION, KIND, ALIASES, KNOWN_COUNT };
    static const struct known known[KNOWN_COUNT] = {KNOWN("id"),   KNOWN("name"),
                                                    KNOWN("role"), KNOWN("organization"),
                                                    KNOWN("kind"), KNOWN("aliases")};
    const struct json_field *found[KNOWN_COUNT];
    struct speaker_label label = {0};
    struct buffer extra = {0};
    char *strings[ALIASES];
    char **aliases;
    size_t i;

    r->speakers_listed = true;
    if (flat == NULL) {
        flat = &r->flat;
        json_flat_parse(&r->flat, text, bytes, &r->scratch);
    }
    say_repairs(context, flat, place);
    sort_fields(context, flat, known, KNOWN_COUNT, found, &extra, place);
    for (i = 0; i < ALIASES; i++)
        strings[i] = shilu_record_string(context, found[i], place);
    aliases = take_aliases(context, found[ALIASES], place);
    label.id = strings[ID];
    label.name = strings[NAME];
    label.role = strings[ROLE];
    label.organization = strings[ORGANIZATION];
    label.aliases = (const char *const *)aliases;
    label.extra = shilu_record_take_extra(&extra);
    if (strings[KIND] != NULL && !speaker_kind_parse(strings[KIND], &label.kind))
        shilu_record_say(context, SEVERITY_ERROR, place, found[KIND]->raw,
                         "unknown kind of speaker");
    define_speaker(context, &label, found[ID], place);
    for (i = 0; i < ALIASES; i++)
        free(strings[i]);
    for (i = 0; aliases != NULL && aliases[i] != NULL; i++)
        free(aliases[i]);
    free(aliases);
    free((char *)label.extra);
    buffer_release(&extra);
}

/* If the file does not state the time base, the first start decides. */
static void note_time_base(struct shilu_record *r, struct drafts *t, enum time_base time_base)
{
    if (!r->clock_reported && drafts_time_base(t) == TIME_BASE_NONE)
        drafts_set_time_base(t, time_base);
}

/* The record's own date, for starts that are only a clock time. */
static int64_t day_ms(const struct drafts *t)
{
    const char *date = drafts_get(t, FIELD_DATE);
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

static bool parse_time(struct shilu_record *r, struct drafts *t, const char *s, size_t bytes,
                       int64_t *ms)
{
    int32_t offset_min;
    int32_t own_min = drafts_utc_offset(t);
    bool has_time;
    size_t used;

    if (civil_parse_date_time(s, bytes, ms, &offset_min, &has_time, &used) && used == bytes) {
        note_time_base(r, t, TIME_BASE_WALL);
        if (offset_min == UTC_OFFSET_NONE)
            return true;
        if (own_min == UTC_OFFSET_NONE)
            drafts_set_utc_offset(t, offset_min);
        else
            *ms += (int64_t)(own_min - offset_min) * 60000;
        return true;
    }
    if (!civil_parse_clock(s, bytes, drafts_time_base(t) == TIME_BASE_WALL, ms, &used) ||
        used != bytes)
        return false;
    note_time_base(r, t, TIME_BASE_ELAPSED);
    if (drafts_time_base(t) == TIME_BASE_WALL)
        *ms = emit_wall_ms(day_ms(t), *ms, &r->latest_ms);
    return true;
}

static int64_t take_time(struct shilu_record *r, struct reader_context *context,
                         const struct json_field *field, const struct shilu_place *place)
{
    int64_t ms;

    if (field == NULL || field->type == '0')
        return TIME_NONE;
    if (field->type == 'n' && fabs(field->number) < 1e12) {
        note_time_base(r, context->drafts, TIME_BASE_ELAPSED);
        return (int64_t)llround(field->number * 1000);
    }
    if (field->type == 's' &&
        parse_time(r, context->drafts, field->string, field->string_bytes, &ms))
        return ms;
    shilu_record_say(context, SEVERITY_ERROR, place, field->raw,
                     "expected a date-time, a clock time, a number of seconds or null");
    return TIME_NONE;
}

/* Interned once per label; a warning if the list of speakers does not have it. */
static uint32_t take_speaker(struct shilu_record *r, struct reader_context *context,
                             const struct json_field *field, const struct shilu_place *place)
{
    uint32_t speaker = SPEAKER_NONE;
    bool listed;
    char *name;

    if (field != NULL && field->type == 's' &&
        speaker_cache_find(&r->speakers, field->string, field->string_bytes, &speaker))
        return speaker;
    name = shilu_record_string(context, field, place);
    if (name == NULL)
        return SPEAKER_NONE;
    listed = !r->speakers_listed || drafts_has_speaker(context->drafts, name);
    speaker = drafts_speaker(context->drafts, &(struct speaker_label){.name = name});
    speaker_cache_put(&r->speakers, field->string, field->string_bytes, speaker);
    if (!listed)
        shilu_record_say(context, SEVERITY_WARNING, place, field->raw,
                         "a speaker who is not in the list of speakers");
    free(name);
    return speaker;
}

static enum segment_kind take_kind(struct reader_context *context,
                                   const struct json_field *field,
                                   const struct shilu_place *place)
{
    enum segment_kind kind = SEGMENT_UNKNOWN;
    char name[16];

    if (field == NULL || field->type == '0')
        return kind;
    if (field->type == 's' && field->string_bytes < sizeof name) {
        memcpy(name, field->string, field->string_bytes);
        name[field->string_bytes] = '\0';
        if (segment_kind_parse(name, &kind))
            return kind;
    }
    shilu_record_say(context, SEVERITY_ERROR, place, field->raw,
                     "expected \"remark\", \"question\", \"answer\" or \"heading\"");
    return kind;
}

static void take_text(struct reader_context *context, const struct json_field *field,
                      struct segment_draft *draft, const struct shilu_place *place)
{
    if (field == NULL) {
        shilu_record_say(context, SEVERITY_ERROR, place, NULL, "a segment has no text");
    } else if (field->type != 's') {
        shilu_record_say(context, SEVERITY_ERROR, place, field->raw, "expected a string");
        if (field->type != '0') { /* the value still represents the file's content */
            draft->text = field->raw;
            draft->text_bytes = field->raw_bytes;
        }
    } else {
        draft->text = field->string;
        draft->text_bytes = field->string_bytes;
    }
}

/* Not a segment, but its words must not be lost. */
static bool keep_words(struct shilu_record *r, struct reader_context *context, const char *text,
                       size_t bytes, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct json_string_repairs repairs = {0};
    bool closed;

    if (bytes == 4 && memcmp(text, "null", 4) == 0)
        return true;
    draft.text = text;
    draft.text_bytes = bytes;
    if (bytes > 0 && *text == '"') {
        buffer_clear(&r->scratch);
        json_string_decode(text, bytes, &r->scratch, &closed, &repairs);
        draft.text = buffer_string(&r->scratch);
        draft.text_bytes = r->scratch.bytes;
    }
    return drafts_append(context->drafts, &draft, err);
}

bool shilu_record_segment(struct shilu_record *r, struct reader_context *context,
                          const struct json_flat *flat, const char *text, size_t bytes,
                          const struct shilu_place *place, struct error *err)
{
    /* Those from KIND_INFERRED on are derived: shilu writes them for other programs. */
    enum { SPEAKER, START, END, TEXT, KIND, KIND_INFERRED, KNOWN_COUNT = 11 };
    static const struct known known[KNOWN_COUNT] = {
        KNOWN("speaker"), KNOWN("start"),         KNOWN("end"),           KNOWN("text"),
        KNOWN("kind"),    KNOWN("kind_inferred"), KNOWN("start_seconds"), KNOWN("end_seconds"),
        KNOWN("role"),    KNOWN("line"),          KNOWN("exchange")};
    const struct json_field *found[KNOWN_COUNT];
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct buffer extra = {0};
    char *extra_json;
    bool ok;

    if (flat == NULL) {
        flat = &r->flat;
        json_flat_parse(&r->flat, text, bytes, &r->scratch);
    }
    say_repairs(context, flat, place);
    sort_fields(context, flat, known, KNOWN_COUNT, found, &extra, place);
    if (flat->error != NULL && found[TEXT] == NULL) {
        buffer_release(&extra);
        return keep_words(r, context, text, bytes, err);
    }
    draft.speaker = take_speaker(r, context, found[SPEAKER], place);
    draft.start_ms = take_time(r, context, found[START], place);
    draft.end_ms = take_time(r, context, found[END], place);
    if (draft.start_ms != TIME_NONE && draft.end_ms != TIME_NONE &&
        draft.end_ms < draft.start_ms) {
        shilu_record_say(context, SEVERITY_ERROR, place, found[END]->raw,
                         "the segment ends before it starts: its end is ignored");
        draft.end_ms = TIME_NONE;
    }
    take_text(context, found[TEXT], &draft, place);
    if (found[KIND_INFERRED] == NULL || *found[KIND_INFERRED]->raw != 't')
        draft.kind = take_kind(context, found[KIND], place);
    if (drafts_line(context->drafts) != 0)
        draft.line = input_next_line(context->input);
    extra_json = shilu_record_take_extra(&extra);
    draft.extra = extra_json;
    ok = drafts_append(context->drafts, &draft, err);
    free(extra_json);
    buffer_release(&extra);
    return ok;
}

/* Records of assemblies in Japan and Hong Kong, as researchers' tools write them: an array of
 * proceedings of {Speaker, Utterance} (Tokyo), and events of a sitting of the Legislative
 * Council, whose text is broken as its printed lines were. No times. */
#include "formats/readers.h"

#include <string.h>

#include "formats/common/emit.h"
#include "formats/json/foreign_json.h"
#include "formats/json/json_value.h"
#include "shilu/base/buffer.h"
#include "shilu/base/translate.h"

static void no_times(struct foreign_json *f, const char *language)
{
    drafts_set_clock(f->context->drafts, CLOCK_NONE);
    if (drafts_get(f->context->drafts, FIELD_LANGUAGE) == NULL)
        drafts_set(f->context->drafts, FIELD_LANGUAGE, language);
}

static bool append(struct foreign_json *f, const char *text, size_t bytes, uint32_t speaker,
                   struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    draft.text = text;
    draft.text_bytes = bytes;
    draft.speaker = speaker;
    return emit_segment(f->context, &draft, err);
}

/* "2017/8/8" as an ISO date. */
static void set_date(struct foreign_json *f, const char *date)
{
    char iso[CIVIL_TEXT];
    char dashed[CIVIL_TEXT];
    int64_t ms;
    int32_t offset_min;
    bool has_time;
    size_t used;
    size_t i;

    if (date == NULL || strlen(date) >= sizeof dashed ||
        drafts_get(f->context->drafts, FIELD_DATE) != NULL)
        return;
    for (i = 0; i <= strlen(date); i++)
        dashed[i] = date[i] == '/' ? '-' : date[i];
    if (!civil_parse_date_time(dashed, strlen(dashed), &ms, &offset_min, &has_time, &used))
        return;
    civil_format_date(ms, iso);
    drafts_set(f->context->drafts, FIELD_DATE, iso);
}

static bool tokyo_take(struct foreign_json *f, struct json_ref value, struct error *err)
{
    struct json_ref item;
    bool ok = true;

    no_times(f, "ja");
    foreign_json_field(f, FIELD_TITLE, value, "ProceedingTitle");
    foreign_json_field(f, FIELD_VENUE, value, "Prefecture");
    foreign_json_field(f, FIELD_SOURCE_URL, value, "URL");
    set_date(f, json_value_text(value, "Date"));
    if (!json_is(json_get(value, "Proceeding"), JSON_ARRAY))
        foreign_json_error(f, "a sitting without \"Proceeding\"");
    JSON_EACH(item, json_get(value, "Proceeding"))
    {
        const char *utterance = json_value_text(item, "Utterance");
        const char *name = json_value_text(item, "Speaker");
        uint32_t speaker = name != NULL ? emit_speaker(f->context, name, strlen(name))
                                        : SPEAKER_NONE;

        if (utterance == NULL)
            foreign_json_error(f, "an entry without \"Utterance\"");
        else
            ok = ok && append(f, utterance, strlen(utterance), speaker, err);
    }
    return ok;
}

static const char *const tokyo_arrays[] = {"", NULL};
static const char *const no_members[] = {NULL};

static const struct foreign_json_format tokyo_format = {
    .terminated = true, .arrays = tokyo_arrays, .members = no_members, .take = tokyo_take};

static void *tokyo_open(void)
{
    return foreign_json_open(&tokyo_format);
}

static int tokyo_detect(const struct json_tree *head)
{
    return json_path(json_root(head), "0.Proceeding.0.Utterance").node != NULL ||
                   json_path(json_root(head), "0.Proceeding.0.Speaker").node != NULL
               ? CONFIDENCE_CERTAIN - 1
               : CONFIDENCE_NO;
}

const struct reader_ops reader_assembly_jp = {
    .name = "assembly-jp",
    .title = N_("Japanese local assembly JSON"),
    .detect_json = tokyo_detect,
    .by_result = true,
    .open = tokyo_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};

/* Legislative Council */

/* Printed lines run on; an empty line parts paragraphs. */
static void join_lines(struct buffer *out, const char *text)
{
    while (*text != '\0') {
        size_t bytes = strcspn(text, "\r\n");
        const char *line = text;
        size_t kept = emit_trim(&line, bytes);

        if (kept > 0)
            emit_join(out, line, kept);
        else if (out->bytes > 0 && out->data[out->bytes - 1] != '\n')
            buffer_append_char(out, '\n');
        text += bytes;
        text += *text == '\r';
        text += *text == '\n';
    }
}

/* The full form has the office in it; the name alone is kept where there is one. */
static uint32_t legco_speaker(struct foreign_json *f, struct json_ref speaker)
{
    const char *name = json_value_text(speaker, "name");
    const char *full = json_value_text(speaker, "full");

    if (json_is(speaker, JSON_STRING))
        return emit_speaker(f->context, json_c_string(speaker), strlen(json_c_string(speaker)));
    if (name == NULL || *name == '\0')
        name = full;
    if (name == NULL)
        return SPEAKER_NONE;
    return drafts_speaker(
        f->context->drafts,
        &(struct speaker_label){.name = name, .role = json_value_text(speaker, "title")});
}

static bool legco_take(struct foreign_json *f, struct json_ref value, struct error *err)
{
    const char *text = json_value_text(value, "text");
    struct buffer joined = {0};
    bool ok;

    if (strcmp(f->path, "date") == 0) {
        set_date(f, json_is(value, JSON_STRING) ? json_c_string(value) : NULL);
        return true;
    }
    no_times(f, "zh-Hant-HK");
    if (text == NULL) {
        foreign_json_error(f, "an event without \"text\"");
        return true;
    }
    join_lines(&joined, text);
    ok = append(f, buffer_string(&joined), joined.bytes,
                legco_speaker(f, json_get(value, "speaker")), err);
    buffer_release(&joined);
    return ok;
}

static const char *const legco_arrays[] = {"events", NULL};
static const char *const legco_members[] = {"date", NULL};

static const struct foreign_json_format legco_format = {
    .terminated = true, .arrays = legco_arrays, .members = legco_members, .take = legco_take};

static void *legco_open(void)
{
    return foreign_json_open(&legco_format);
}

static int legco_detect(const struct json_tree *head)
{
    return span_is(json_string(json_path(json_root(head), "events.0.type")), "speech") ||
                   span_is(json_string(json_path(json_root(head), "events.0.type")),
                           "action") ||
                   (json_path(json_root(head), "present_members").node != NULL &&
                    json_path(json_root(head), "clerks").node != NULL)
               ? CONFIDENCE_CERTAIN - 1
               : CONFIDENCE_NO;
}

const struct reader_ops reader_legco = {
    .name = "legco",
    .title = N_("Hong Kong Legislative Council JSON"),
    .detect_json = legco_detect,
    .by_result = true,
    .open = legco_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};

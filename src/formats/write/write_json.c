/* shilu's own JSON, transcript format 1, as one object and as JSON Lines. Unknown members kept
 * by a reader are written back where they were. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/json/json_write.h"
#include "formats/readers.h"
#include "shilu/base/translate.h"

/* Members of one object: the separator comes before each but the first. */
struct object {
    FILE *out;
    const char *separator;
    bool any;
};

static void write_name(struct object *o, const char *name)
{
    fputs(o->any ? o->separator : "", o->out);
    o->any = true;
    fprintf(o->out, "\"%s\": ", name);
}

static void write_member(struct object *o, const char *name, const char *value)
{
    if (value == NULL)
        return;
    write_name(o, name);
    json_write_string(o->out, value, strlen(value));
}

/* The inside of an object's text, without its braces. */
static void write_extra(struct object *o, const char *object)
{
    size_t bytes = object != NULL ? strlen(object) : 0;

    if (bytes < 3)
        return;
    fputs(o->any ? o->separator : "", o->out);
    o->any = true;
    json_write_raw(o->out, object + 1, bytes - 2);
}

/* In a record without days, a clock reading is written alone if it will be read as the same
 * time again. *latest_ms is what a reader of the file knows at that point. */
static void format_wall_time(const struct transcript *t, int64_t ms, int64_t *latest_ms,
                             char *out)
{
    int64_t clock_ms = (ms % TIME_MS_PER_DAY + TIME_MS_PER_DAY) % TIME_MS_PER_DAY;
    int64_t latest = *latest_ms;

    if (transcript_has_days(t) || emit_wall_ms(0, clock_ms, &latest) != ms) {
        civil_format_iso(ms, transcript_utc_offset(t), out);
        return;
    }
    transcript_format_moment(t, ms, out);
    *latest_ms = latest;
}

static void write_time(struct object *o, const struct transcript *t, const char *name,
                       int64_t ms, int64_t *latest_ms)
{
    char iso[CIVIL_TEXT];

    if (ms == TIME_NONE)
        return;
    write_name(o, name);
    if (transcript_time_base(t) == TIME_BASE_WALL) {
        format_wall_time(t, ms, latest_ms, iso);
        json_write_string(o->out, iso, strlen(iso));
    } else {
        json_write_seconds(o->out, ms);
    }
}

/* Values that follow from other members, for programs that read one line at a time. Ignored
 * when the file is read again. */
static void write_derived(struct object *o, const struct transcript *t, uint32_t segment)
{
    const struct segment *s = transcript_segment(t, segment);
    int64_t end_ms = transcript_end_ms(t, segment);

    if (s->start_ms != TIME_NONE) {
        write_name(o, "start_seconds");
        json_write_seconds(o->out, transcript_elapsed_ms(t, s->start_ms));
    }
    if (end_ms != TIME_NONE) {
        write_name(o, "end_seconds");
        json_write_seconds(o->out, transcript_elapsed_ms(t, end_ms));
    }
    if (s->speaker != SPEAKER_NONE)
        write_member(o, "role", transcript_speaker_at(t, s->speaker)->role);
    if (transcript_line(t, segment) > 0) {
        write_name(o, "line");
        fprintf(o->out, "%" PRIu32, transcript_line(t, segment));
    }
}

/* The kind from the file; in a record of questions, also an inferred one. */
static void write_kind(struct object *o, const struct transcript *t, uint32_t segment)
{
    enum segment_kind kind = (enum segment_kind)transcript_segment(t, segment)->kind;
    uint32_t exchange = transcript_exchange_of(t, segment);
    bool inferred = kind == SEGMENT_UNKNOWN && transcript_exchange_count(t) > 0;

    if (inferred)
        kind = transcript_kind(t, segment);
    if (kind != SEGMENT_UNKNOWN)
        write_member(o, "kind", segment_kind_name(kind));
    if (inferred) {
        write_name(o, "kind_inferred");
        fputs("true", o->out);
    }
    if (exchange != EXCHANGE_NONE) {
        write_name(o, "exchange");
        fprintf(o->out, "%" PRIu32, exchange + 1);
    }
}

static void write_segment(FILE *out, const struct transcript *t, uint32_t segment, bool derived,
                          int64_t *latest_ms)
{
    const struct segment *s = transcript_segment(t, segment);
    struct object o = {out, ", ", false};
    size_t bytes;
    const char *text = transcript_text(t, segment, &bytes);

    putc('{', out);
    if (s->speaker != SPEAKER_NONE) {
        const struct speaker *speaker = transcript_speaker_at(t, s->speaker);

        write_member(&o, "speaker", speaker->id != NULL ? speaker->id : speaker->name);
    }
    write_time(&o, t, "start", s->start_ms, latest_ms);
    write_time(&o, t, "end", transcript_end_ms(t, segment), latest_ms);
    write_name(&o, "text");
    json_write_string(out, text, bytes);
    write_kind(&o, t, segment);
    if (derived)
        write_derived(&o, t, segment);
    write_extra(&o, transcript_extra(t, segment));
    putc('}', out);
}

static void write_speaker(FILE *out, const struct speaker *speaker)
{
    struct object o = {out, ", ", false};
    char **alias;

    putc('{', out);
    write_member(&o, "id", speaker->id);
    write_member(&o, "name", speaker->name);
    write_member(&o, "role", speaker->role);
    write_member(&o, "organization", speaker->organization);
    if (speaker->kind != SPEAKER_UNKNOWN)
        write_member(&o, "kind", speaker_kind_name(speaker->kind));
    if (speaker->aliases != NULL) {
        write_name(&o, "aliases");
        putc('[', out);
        for (alias = speaker->aliases; *alias != NULL; alias++) {
            fputs(alias > speaker->aliases ? ", " : "", out);
            json_write_string(out, *alias, strlen(*alias));
        }
        putc(']', out);
    }
    write_extra(&o, speaker->extra);
    putc('}', out);
}

static void write_source(struct object *o, const struct transcript *t)
{
    struct object source = {o->out, ", ", false};
    const char *name = transcript_get(t, FIELD_SOURCE_NAME);
    const char *url = transcript_get(t, FIELD_SOURCE_URL);
    const char *retrieved = transcript_get(t, FIELD_SOURCE_RETRIEVED);

    if (name == NULL && url == NULL && retrieved == NULL)
        return;
    write_name(o, "source");
    putc('{', o->out);
    write_member(&source, "name", name);
    write_member(&source, "url", url);
    write_member(&source, "retrieved", retrieved);
    putc('}', o->out);
}

static void write_offset(struct object *o, int32_t minutes)
{
    char offset[16];

    if (minutes == UTC_OFFSET_NONE)
        return;
    snprintf(offset, sizeof offset, "%c%02d:%02d", minutes < 0 ? '-' : '+',
             abs(minutes) / 60 % 100, abs(minutes) % 60);
    write_member(o, "utc_offset", offset);
}

/* Everything but speakers and segments. */
static void write_head(struct object *o, const struct transcript *t)
{
    enum time_base time_base = transcript_time_base(t);
    const char *title = transcript_get(t, FIELD_TITLE);

    write_member(o, "format", "shilu");
    write_name(o, "version");
    putc('1', o->out);
    write_member(o, "title", title != NULL ? title : "");
    write_member(o, "language", transcript_get(t, FIELD_LANGUAGE));
    write_member(o, "date", transcript_get(t, FIELD_DATE));
    write_member(o, "venue", transcript_get(t, FIELD_VENUE));
    write_source(o, t);
    if (time_base != TIME_BASE_NONE)
        write_member(o, "clock", time_base == TIME_BASE_WALL ? "wall" : "elapsed");
    write_offset(o, transcript_utc_offset(t));
    write_extra(o, transcript_get(t, FIELD_EXTRA));
}

static void write_speakers(struct object *o, const struct transcript *t,
                           const struct selection *selection, const char *between)
{
    size_t count = transcript_speaker_count(t);
    bool any = false;
    uint32_t i;

    if (count == 0)
        return;
    write_name(o, "speakers");
    putc('[', o->out);
    for (i = 0; i < count; i++) {
        if (!selection_takes_speaker(selection, i) || transcript_speaker_at(t, i)->gone)
            continue;
        fputs(any ? "," : "", o->out);
        fputs(between, o->out);
        write_speaker(o->out, transcript_speaker_at(t, i));
        any = true;
    }
    fputs(*between != '\0' ? "\n  ]" : "]", o->out);
}

static bool written(FILE *out, struct error *err)
{
    return !ferror(out) || error_set(err, ERROR_SYSTEM, "cannot write the output");
}

static bool write_json(const struct transcript *t, const struct selection *selection,
                       const struct writer_options *options, FILE *out, struct error *err)
{
    struct object o = {out, ",\n  ", false};
    uint32_t i = selection_at_or_after(selection, t, 0);
    int64_t latest_ms = TIME_NONE;
    bool any = false;

    (void)options;
    fputs("{\n  ", out);
    write_head(&o, t);
    write_speakers(&o, t, selection, "\n    ");
    write_name(&o, "segments");
    putc('[', out);
    for (; i != SEGMENT_NONE; i = selection_at_or_after(selection, t, i + 1)) {
        fputs(any ? ",\n    " : "\n    ", out);
        write_segment(out, t, i, false, &latest_ms);
        any = true;
    }
    fputs(any ? "\n  ]\n}\n" : "]\n}\n", out);
    return written(out, err);
}

static bool write_jsonl(const struct transcript *t, const struct selection *selection,
                        const struct writer_options *options, FILE *out, struct error *err)
{
    struct object o = {out, ", ", false};
    uint32_t i = selection_at_or_after(selection, t, 0);
    int64_t latest_ms = TIME_NONE;

    (void)options;
    putc('{', out);
    write_head(&o, t);
    write_speakers(&o, t, selection, "");
    fputs("}\n", out);
    for (; i != SEGMENT_NONE; i = selection_at_or_after(selection, t, i + 1)) {
        write_segment(out, t, i, true, &latest_ms);
        putc('\n', out);
    }
    return written(out, err);
}

const struct writer_ops writer_json = {
    .name = "json",
    .title = N_("shilu JSON, which loses nothing"),
    .extension = "json",
    .write = write_json,
};

const struct writer_ops writer_jsonl = {
    .name = "jsonl",
    .title = N_("shilu JSON Lines, one segment a line"),
    .extension = "jsonl",
    .lines = true,
    .write = write_jsonl,
};

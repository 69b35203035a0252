/* ParlaMint and other parliamentary TEI (Parla-CLARIN). Standard: TEI P5, spoken and core
 * modules, in the ParlaMint schema.
 *
 * Each <seg> of an utterance <u who> is a segment, and so is each note or incident between
 * utterances, which nobody says; one inside an utterance becomes text in round brackets. The
 * annotated edition (.ana) has words <w> and <pc>, joined according to @join. A speaker's name
 * comes from the list of persons, else from the note before the utterance, else from the id.
 *
 * Of transcripts of speech (ISO 24624), the timeline and the annotationBlock around <u> are
 * also read.
 *
 * Invariant: words holds the text since the last segment. */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/readers.h"
#include "formats/xml/id_names.h"
#include "formats/xml/xml_stream.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

enum note { NOTE_NONE, NOTE_OTHER, NOTE_HEADING, NOTE_TIME, NOTE_SPEAKER, NOTE_CHAIR };

struct parlamint {
    struct xml_stream *xml; /* must be first, for xml_stream_reader_next */
    struct id_names people;
    struct id_names moments; /* of the timeline: milliseconds as digits */
    double unit_ms;          /* of its intervals */
    struct buffer words;
    struct buffer note_words;
    struct buffer label;  /* from the note that named the next speaker */
    struct buffer aside;  /* of the head: a title, a part of a name */
    struct buffer person; /* the name of the current person, with the surname separate */
    struct buffer surname;
    char *person_id;
    enum note note;
    int note_depth;
    int body_depth;
    int utterance_depth;
    int sentence_depth; /* depth of <s>, whose white space is ignored */
    int token_depth;
    bool in_block; /* an <annotationBlock> says who speaks, not the <u> inside it */
    bool joined;   /* no space between the next token and the last one */
    bool in_aside;
    bool main_title; /* the current title is of the type "main" */
    bool main_taken;
    bool setting; /* inside <settingDesc>: its date is that of the sitting */
    uint32_t speaker;
    int64_t date_ms;
    int64_t latest_ms;
    int64_t start_ms; /* of the next segment */
};

static int parlamint_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (!xml_stream_root_is(head, bytes, "TEI") &&
        !xml_stream_root_is(head, bytes, "teiCorpus"))
        return CONFIDENCE_NO;
    return memmem(head, bytes, "parla", 5) != NULL || memmem(head, bytes, "<u ", 3) != NULL
               ? CONFIDENCE_CERTAIN
               : CONFIDENCE_LIKELY;
}

static void flush(struct parlamint *p)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    const char *text = buffer_string(&p->words);

    if (emit_trim(&text, p->words.bytes) > 0) {
        draft.text = buffer_string(&p->words);
        draft.text_bytes = p->words.bytes;
        draft.speaker = p->utterance_depth > 0 ? p->speaker : SPEAKER_NONE;
        draft.start_ms = p->start_ms;
        if (p->note == NOTE_HEADING)
            draft.kind = SEGMENT_HEADING;
        xml_stream_emit(p->xml, &draft);
        if (p->note != NOTE_HEADING)
            p->start_ms = TIME_NONE;
    }
    buffer_clear(&p->words);
    p->joined = true;
}

/* "14:02", "14.02", "14:02:30", or a date and time. */
static void take_moment(struct parlamint *p, const char *s, size_t bytes)
{
    char clock[40];
    int64_t ms;
    int32_t offset;
    bool has_time;
    size_t used, i;

    bytes = emit_trim(&s, bytes);
    if (bytes == 0 || bytes >= sizeof clock)
        return;
    if (civil_parse_date_time(s, bytes, &ms, &offset, &has_time, &used)) {
        if (!has_time)
            return;
        p->start_ms = p->latest_ms = ms;
    } else {
        for (i = 0; i <= bytes; i++)
            clock[i] = i == bytes ? '\0' : s[i] == '.' ? ':' : s[i];
        if (!civil_parse_clock(clock, bytes, true, &ms, &used) || used != bytes)
            return;
        p->start_ms = emit_wall_ms(p->date_ms != TIME_NONE ? p->date_ms : 0, ms, &p->latest_ms);
    }
    drafts_set_time_base(xml_stream_context(p->xml)->drafts, TIME_BASE_WALL);
}

static void start_utterance(struct parlamint *p, const char *const *attributes)
{
    const char *who = xml_stream_attribute(attributes, "who");
    const char *ana = xml_stream_attribute(attributes, "ana");
    struct speaker_label label = {0};
    struct buffer made = {0};

    flush(p);
    p->utterance_depth = xml_stream_depth(p->xml);
    if (who != NULL && *who != '\0') {
        label.id = who + strspn(who, "#");
        label.name = id_names_find(&p->people, who);
        if (label.name == NULL)
            id_names_name_of_id(&made, who);
    }
    if (label.name == NULL)
        label.name = p->label.bytes > 0 ? p->label.data : made.data;
    if (ana != NULL && strstr(ana, "#chair") != NULL)
        label.kind = SPEAKER_HOST;
    p->speaker = label.name != NULL ? drafts_speaker(xml_stream_context(p->xml)->drafts, &label)
                                    : SPEAKER_NONE;
    buffer_clear(&p->label);
    buffer_release(&made);
}

/* The point of the timeline that an attribute refers to. */
static void take_start(struct parlamint *p, const char *const *attributes)
{
    const char *start = xml_stream_attribute(attributes, "start");
    const char *ms = start != NULL ? id_names_find(&p->moments, start) : NULL;

    if (ms == NULL)
        return;
    p->start_ms = strtoll(ms, NULL, 10);
    drafts_set_time_base(xml_stream_context(p->xml)->drafts, TIME_BASE_ELAPSED);
}

/* <when xml:id="T1" interval="0.5" since="#T0"/>, or absolute="00:00:00.5". */
static void take_when(struct parlamint *p, const char *const *attributes)
{
    const char *id = xml_stream_attribute(attributes, "id");
    const char *interval = xml_stream_attribute(attributes, "interval");
    const char *since = xml_stream_attribute(attributes, "since");
    const char *absolute = xml_stream_attribute(attributes, "absolute");
    const char *from = since != NULL ? id_names_find(&p->moments, since) : NULL;
    double after = interval != NULL ? strtod(interval, NULL) : 0;
    int64_t ms = from != NULL ? strtoll(from, NULL, 10) : 0;
    char text[24];
    size_t used;

    if (absolute != NULL && !civil_parse_clock(absolute, strlen(absolute), true, &ms, &used))
        ms = 0;
    if (id == NULL || !(after >= 0 && after < 1e9))
        return;
    snprintf(text, sizeof text, "%jd", (intmax_t)(ms + (int64_t)(after * p->unit_ms + 0.5)));
    id_names_add(&p->moments, id, text);
}

static void open_aside(struct parlamint *p)
{
    p->in_aside = true;
    buffer_clear(&p->aside);
}

static void take_date(struct parlamint *p, const char *when)
{
    int64_t ms;
    int32_t offset;
    bool has_time;
    size_t used;

    if (when == NULL ||
        !civil_parse_date_time(when, strlen(when), &ms, &offset, &has_time, &used) || used < 8)
        return;
    p->date_ms = ms - ms % TIME_MS_PER_DAY;
    emit_field(xml_stream_context(p->xml), FIELD_DATE, when, used < 10 ? used : 10);
}

static void start_in_head(struct parlamint *p, const char *name, const char *const *attributes)
{
    static const char *const name_parts[] = {"forename", "surname", "nameLink", "roleName",
                                             NULL};
    const char *value;

    if (strcmp(name, "TEI") == 0) {
        value = xml_stream_attribute(attributes, "lang");
        if (value != NULL)
            emit_field(xml_stream_context(p->xml), FIELD_LANGUAGE, value, strlen(value));
    } else if (strcmp(name, "person") == 0) {
        value = xml_stream_attribute(attributes, "id");
        free(p->person_id);
        p->person_id = value != NULL ? memory_strdup(value) : NULL;
        buffer_clear(&p->person);
        buffer_clear(&p->surname);
    } else if (strcmp(name, "timeline") == 0) {
        value = xml_stream_attribute(attributes, "unit");
        p->unit_ms = value != NULL && strcmp(value, "ms") == 0 ? 1 : 1000;
    } else if (strcmp(name, "when") == 0) {
        take_when(p, attributes);
    } else if (strcmp(name, "settingDesc") == 0) {
        p->setting = true;
    } else if (strcmp(name, "date") == 0 && p->setting) {
        take_date(p, xml_stream_attribute(attributes, "when"));
    } else if (strcmp(name, "title") == 0 || strcmp(name, "persName") == 0 ||
               span_is_any(span_string(name), name_parts)) {
        open_aside(p);
        value = xml_stream_attribute(attributes, "type");
        p->main_title = value != NULL && strcmp(value, "main") == 0;
    } else if (strcmp(name, "body") == 0) {
        p->body_depth = xml_stream_depth(p->xml);
    }
}

static bool is_note(const char *name)
{
    static const char *const notes[] = {"note", "vocal", "kinesic", "incident",
                                        "head", "gap",   "writing", NULL};

    return span_is_any(span_string(name), notes);
}

static void start_note(struct parlamint *p, const char *name, const char *const *attributes)
{
    const char *type = xml_stream_attribute(attributes, "type");
    const char *when = xml_stream_attribute(attributes, "when");

    p->note = NOTE_OTHER;
    p->note_depth = xml_stream_depth(p->xml);
    buffer_clear(&p->note_words);
    if (strcmp(name, "head") == 0)
        p->note = NOTE_HEADING;
    if (type == NULL || strcmp(name, "note") != 0)
        return;
    if (strcmp(type, "speaker") == 0)
        p->note = NOTE_SPEAKER;
    else if (strcmp(type, "chair") == 0)
        p->note = NOTE_CHAIR;
    else if (strcmp(type, "time") == 0)
        p->note = NOTE_TIME;
    if (p->note == NOTE_TIME && when != NULL)
        take_moment(p, when, strlen(when));
}

/* A word or mark of the annotated edition. */
static void start_token(struct parlamint *p, const char *const *attributes)
{
    const char *join = xml_stream_attribute(attributes, "join");

    if (!p->joined && (join == NULL || strcmp(join, "left") != 0))
        emit_words(&p->words, " ", 1);
    p->joined = join != NULL && strcmp(join, "left") != 0;
    p->token_depth = xml_stream_depth(p->xml);
}

static void on_start(void *self, const char *name, const char *const *attributes)
{
    struct parlamint *p = self;
    const char *when;

    if (p->body_depth == 0) {
        start_in_head(p, name, attributes);
        return;
    }
    if (strcmp(name, "u") == 0 && p->in_block) {
        take_start(p, attributes); /* the block around it says who speaks */
    } else if (strcmp(name, "u") == 0 || strcmp(name, "annotationBlock") == 0) {
        start_utterance(p, attributes);
        take_start(p, attributes);
        p->in_block = *name == 'a';
    } else if (strcmp(name, "seg") == 0) {
        flush(p);
    } else if (is_note(name) && p->note == NOTE_NONE) {
        start_note(p, name, attributes);
    } else if (strcmp(name, "time") == 0) {
        when = xml_stream_attribute(attributes, "when");
        when = when != NULL ? when : xml_stream_attribute(attributes, "from");
        if (when != NULL)
            take_moment(p, when, strlen(when));
    } else if (strcmp(name, "s") == 0) {
        if (p->words.bytes > 0)
            p->joined = false;
        p->sentence_depth = xml_stream_depth(p->xml);
    } else if ((strcmp(name, "w") == 0 || strcmp(name, "pc") == 0) && p->token_depth == 0) {
        start_token(p, attributes);
    } else if (strcmp(name, "lb") == 0) {
        emit_break(&p->words);
    }
}

static void end_note(struct parlamint *p)
{
    const char *s = buffer_string(&p->note_words);
    size_t bytes = emit_trim(&s, p->note_words.bytes);
    bool bracketed = bytes > 0 && strchr("([/-", *s) != NULL;

    if (p->note == NOTE_TIME) {
        take_moment(p, s, bytes);
    } else if (p->note == NOTE_SPEAKER) {
        if (bytes > 0 && s[bytes - 1] == ':')
            bytes--;
        buffer_clear(&p->label);
        emit_squeeze(&p->label, s, bytes);
    } else if (p->note == NOTE_CHAIR) {
        struct buffer name = {0};

        emit_squeeze(&name, s, bytes);
        drafts_speaker(xml_stream_context(p->xml)->drafts,
                       &(struct speaker_label){.name = name.data, .kind = SPEAKER_HOST});
        buffer_release(&name);
    } else if (bytes > 0) {
        int utterance_depth = p->utterance_depth;
        enum note note = p->note;

        p->note = NOTE_NONE;
        flush(p);
        p->note = note;
        p->utterance_depth = 0; /* nobody says it */
        bracketed |= utterance_depth == 0;
        buffer_append_string(&p->words, bracketed ? "" : "(");
        buffer_append(&p->words, s, bytes);
        buffer_append_string(&p->words, bracketed ? "" : ")");
        flush(p);
        p->utterance_depth = utterance_depth;
    }
    p->note = NOTE_NONE;
}

/* The main title, or else the first one. */
static void take_title(struct parlamint *p)
{
    struct reader_context *context = xml_stream_context(p->xml);

    if (p->main_title && !p->main_taken && p->aside.bytes > 0) {
        p->main_taken = true;
        drafts_set(context->drafts, FIELD_TITLE, NULL);
    }
    emit_field(context, FIELD_TITLE, buffer_string(&p->aside), p->aside.bytes);
}

static void end_in_head(struct parlamint *p, const char *name)
{
    if (p->in_aside && strcmp(name, "title") == 0)
        take_title(p);
    else if (p->in_aside && p->person_id != NULL && p->aside.bytes > 0 &&
             strcmp(name, "roleName") != 0) {
        struct buffer *part = strcmp(name, "surname") == 0 ? &p->surname : &p->person;

        emit_words(part, " ", 1);
        emit_words(part, p->aside.data, p->aside.bytes);
        buffer_clear(&p->aside);
    }
    if (strcmp(name, "persName") == 0 && p->person_id != NULL) {
        struct buffer whole = {0};

        emit_words(&p->person, " ", 1);
        emit_words(&p->person, buffer_string(&p->surname), p->surname.bytes);
        emit_squeeze(&whole, buffer_string(&p->person), p->person.bytes);
        id_names_add(&p->people, p->person_id, buffer_string(&whole));
        buffer_release(&whole);
    } else if (strcmp(name, "person") == 0) {
        free(p->person_id);
        p->person_id = NULL;
    } else if (strcmp(name, "settingDesc") == 0) {
        p->setting = false;
    }
    p->in_aside = false;
}

static void on_end(void *self, const char *name)
{
    struct parlamint *p = self;
    int depth = xml_stream_depth(p->xml);

    if (p->body_depth == 0) {
        end_in_head(p, name);
        return;
    }
    if (depth == p->token_depth)
        p->token_depth = 0;
    else if (depth == p->sentence_depth)
        p->sentence_depth = 0;
    else if (p->note != NOTE_NONE && depth == p->note_depth)
        end_note(p);
    else if (strcmp(name, "seg") == 0 || depth == p->body_depth)
        flush(p);
    if (depth == p->utterance_depth) {
        flush(p);
        p->utterance_depth = 0;
        p->in_block = false;
    }
    if (depth == p->body_depth)
        p->body_depth = 0;
}

static void on_text(void *self, const char *text, size_t bytes)
{
    struct parlamint *p = self;

    if (p->body_depth == 0) {
        if (p->in_aside)
            emit_words(&p->aside, text, bytes);
    } else if (p->note != NOTE_NONE) {
        emit_words(&p->note_words, text, bytes);
    } else if (p->sentence_depth == 0 || p->token_depth > 0) {
        emit_words(&p->words, text, bytes);
    }
}

static void on_finish(void *self)
{
    flush(self);
}

static void *parlamint_open(void)
{
    static const struct xml_handler handler = {on_start, on_end, on_text, on_finish};
    struct parlamint *p = memory_zalloc(1, sizeof *p);

    p->xml = xml_stream_new(&handler, p);
    p->speaker = SPEAKER_NONE;
    p->joined = true;
    p->unit_ms = 1000;
    p->date_ms = p->latest_ms = p->start_ms = TIME_NONE;
    return p;
}

static void parlamint_close(void *self)
{
    struct parlamint *p = self;

    xml_stream_free(p->xml);
    id_names_release(&p->people);
    id_names_release(&p->moments);
    buffer_release(&p->words);
    buffer_release(&p->note_words);
    buffer_release(&p->label);
    buffer_release(&p->aside);
    buffer_release(&p->person);
    buffer_release(&p->surname);
    free(p->person_id);
    free(p);
}

const struct reader_ops reader_parlamint = {
    .name = "tei",
    .title = N_("parliamentary TEI (ParlaMint)"),
    .detect = parlamint_detect,
    .open = parlamint_open,
    .next = xml_stream_reader_next,
    .close = parlamint_close,
};

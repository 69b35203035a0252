/* Debates in XML. Invariant: words holds the text since the last segment; the parts of a
 * person's name are collected in `part` and used when the person's element ends. */
#include "formats/parliaments/debate_xml.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formats/common/emit.h"
#include "formats/parliaments/member_label.h"
#include "shilu/base/memory.h"

struct debate_xml {
    struct xml_stream *xml;
    const struct debate_dialect *dialect;
    enum debate_action action[XML_DEPTH_MAX + 1]; /* of the open elements */
    struct buffer words;
    struct buffer part; /* the words of an element about a person or a day */
    struct buffer name, role, party, person_id;
    bool name_is_certain; /* from its last name: other names are forms of it */
    int part_depth;       /* 0 if no such element is open */
    int person_depth;
    int skip_depth;
    uint32_t speaker;
    int64_t date_ms; /* or TIME_NONE */
    int64_t latest_ms;
    int64_t start_ms;       /* of the next paragraph */
    struct buffer label_id; /* of the label at the start of the current paragraph */
    bool label_expected;
    bool note;
    bool heading;
};

static struct drafts *drafts_of(struct debate_xml *d)
{
    return xml_stream_context(d->xml)->drafts;
}

/* ---------------------------------------------------------------------------- days and clocks
 */

/* The month by the start of its name in English or French; 0 for none. */
static int month_of(const char *s, size_t bytes)
{
    static const char *const months[] = {"jan|jan",  "feb|fév",  "mar|mars", "apr|avr",
                                         "may|mai",  "jun|juin", "jul|juil", "aug|aoû",
                                         "sep|sept", "oct|oct",  "nov|nov",  "dec|déc"};
    int i;

    for (i = 0; i < 12; i++) {
        const char *french = strchr(months[i], '|') + 1;

        if ((bytes >= 3 && strncasecmp(s, months[i], 3) == 0) ||
            (bytes >= strlen(french) && strncasecmp(s, french, strlen(french)) == 0))
            return i + 1;
    }
    return 0;
}

/* A date with the name of its month, in any order: "Tuesday, January 27, 2026". */
static bool parse_named_date(const char *s, struct civil_time *c)
{
    while (*s != '\0') {
        size_t bytes = strcspn(s, " ,.\u00A0\t\n");
        int number = 0;

        if (isdigit((unsigned char)*s)) {
            number = (int)strtol(s, NULL, 10);
            if (number > 31)
                c->year = number;
            else if (c->day == 0)
                c->day = number;
        } else if (c->month == 0 && bytes > 0) {
            c->month = month_of(s, bytes);
        }
        s += bytes + strspn(s + bytes, " ,.\u00A0\t\n");
    }
    return c->year > 0 && c->month > 0 && c->day > 0;
}

static bool parse_day(const char *text, struct civil_time *c)
{
    int a, b, year;
    char end;

    if (sscanf(text, "%2d.%2d.%4d%c", &a, &b, &year, &end) >= 3 ||
        sscanf(text, "%2d/%2d/%4d%c", &a, &b, &year, &end) >= 3) {
        *c = (struct civil_time){.year = year, .month = b, .day = a};
        return true;
    }
    if (strspn(text, "0123456789") >= 8 && sscanf(text, "%4d%2d%2d", &year, &a, &b) == 3) {
        *c = (struct civil_time){.year = year, .month = a, .day = b};
        return true;
    }
    return parse_named_date(text, c);
}

void debate_xml_set_date(struct debate_xml *d, const char *text)
{
    struct civil_time c = {0};
    char iso[CIVIL_TEXT];
    int64_t ms;
    int32_t offset;
    bool has_time;
    size_t used;

    if (civil_parse_date_time(text, strlen(text), &ms, &offset, &has_time, &used))
        ms -= ms % TIME_MS_PER_DAY;
    else if (parse_day(text, &c) && civil_is_valid(&c))
        ms = civil_to_ms(&c);
    else
        return;
    if (d->date_ms != ms)
        d->latest_ms = TIME_NONE;
    d->date_ms = ms;
    civil_format_date(ms, iso);
    emit_field(xml_stream_context(d->xml), FIELD_DATE, iso, strlen(iso));
}

void debate_xml_set_clock(struct debate_xml *d, const char *text)
{
    char clock[16];
    size_t bytes = 0;
    int64_t ms;
    size_t used;

    /* "09.30", "9 h 30" */
    for (; *text != '\0' && bytes + 1 < sizeof clock; text++) {
        if (isdigit((unsigned char)*text))
            clock[bytes++] = *text;
        else if (strchr(":.hH", *text) != NULL && bytes > 0)
            clock[bytes++] = ':';
    }
    clock[bytes] = '\0';
    if (!civil_parse_clock(clock, bytes, true, &ms, &used))
        return;
    drafts_set_time_base(drafts_of(d), TIME_BASE_WALL);
    d->start_ms = emit_wall_ms(d->date_ms != TIME_NONE ? d->date_ms : 0, ms, &d->latest_ms);
}

void debate_xml_set_elapsed(struct debate_xml *d, int64_t ms)
{
    if (drafts_time_base(drafts_of(d)) == TIME_BASE_WALL)
        return;
    drafts_set_time_base(drafts_of(d), TIME_BASE_ELAPSED);
    d->start_ms = ms;
}

/* ------------------------------------------------------------------------------------ people
 */

void debate_xml_set_person(struct debate_xml *d, const struct speaker_label *label)
{
    d->speaker = drafts_speaker(drafts_of(d), label);
}

void debate_xml_set_nobody(struct debate_xml *d)
{
    d->speaker = SPEAKER_NONE;
}

void debate_xml_expect_label(struct debate_xml *d, const char *id)
{
    const char *text = buffer_string(&d->words);

    if (emit_trim(&text, d->words.bytes) > 0)
        return; /* a name within the words is a mention */
    d->label_expected = true;
    buffer_clear(&d->label_id);
    buffer_append_string(&d->label_id, id != NULL ? id : "");
}

bool debate_xml_take_expected(struct debate_xml *d, const char **id)
{
    bool expected = d->label_expected;

    *id = d->label_id.bytes > 0 ? d->label_id.data : NULL;
    d->label_expected = false;
    return expected;
}

/* A label as printed, without the colon or dash at its end. */
void debate_xml_set_label(struct debate_xml *d, const char *text, size_t bytes, const char *id)
{
    struct speaker_label label = {.id = id};
    struct buffer clean = {0};

    emit_squeeze(&clean, text, bytes);
    while (clean.bytes > 0 && strchr(":,. ", clean.data[clean.bytes - 1]) != NULL)
        clean.data[--clean.bytes] = '\0';
    if (clean.bytes > 0) {
        member_label_split(clean.data, &label);
        debate_xml_set_person(d, &label);
    }
    buffer_release(&clean);
}

/* Given names without the letters for honours and offices after them: "Bridie MP", "John AC
 * QC". */
static size_t without_letters(const char *first, size_t bytes)
{
    size_t end = bytes;

    for (;;) {
        size_t at = end;
        size_t letters = 0;

        while (at > 0 && first[at - 1] >= 'A' && first[at - 1] <= 'Z') {
            at--;
            letters++;
        }
        if (at == 0) /* "JOHN PAUL": all of it is in capitals */
            return bytes;
        if (letters < 2 || first[at - 1] != ' ')
            return end;
        while (at > 0 && first[at - 1] == ' ')
            at--;
        end = at;
    }
}

/* "Smith, John, MP" and "Smith, John MP" are John Smith. */
static void set_name_by_last(struct debate_xml *d, const char *text)
{
    const char *comma = strchr(text, ',');
    size_t last = comma != NULL ? (size_t)(comma - text) : strlen(text);
    const char *first = comma != NULL ? comma + 1 : "";
    size_t first_bytes = strcspn(first, ",");

    buffer_clear(&d->name);
    first_bytes = emit_trim(&first, first_bytes);
    first_bytes = without_letters(first, first_bytes);
    buffer_append(&d->name, first, first_bytes);
    buffer_append_string(&d->name, first_bytes > 0 ? " " : "");
    buffer_append(&d->name, text, last);
    d->name_is_certain = true;
}

static void add_name(struct debate_xml *d, const char *text)
{
    if (d->name_is_certain)
        return;
    buffer_append_string(&d->name, d->name.bytes > 0 ? " " : "");
    buffer_append_string(&d->name, text);
}

static void end_person(struct debate_xml *d)
{
    struct speaker_label label = {0};
    char *name = memory_strdup(buffer_string(&d->name));
    size_t bytes = strlen(name);

    d->person_depth = 0;
    if (bytes > 0 && name[bytes - 1] == ':')
        name[bytes - 1] = '\0';
    d->speaker = SPEAKER_NONE;
    if (*name != '\0') {
        member_label_split(name, &label);
        if (d->role.bytes > 0)
            label.role = d->role.data;
        if (d->party.bytes > 0)
            label.organization = d->party.data;
        if (d->person_id.bytes > 0 && strcmp(d->person_id.data, "0") != 0)
            label.id = d->person_id.data;
        debate_xml_set_person(d, &label);
    }
    free(name);
}

static void start_person(struct debate_xml *d)
{
    d->person_depth = xml_stream_depth(d->xml);
    d->name_is_certain = false;
    buffer_clear(&d->name);
    buffer_clear(&d->role);
    buffer_clear(&d->party);
    buffer_clear(&d->person_id);
}

/* ---------------------------------------------------------------------------------- segments
 */

static void flush(struct debate_xml *d)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    const char *text = buffer_string(&d->words);
    size_t bytes = emit_trim(&text, d->words.bytes);

    if (bytes > 0 && !d->note && !d->heading && d->dialect->paragraph != NULL) {
        size_t label = d->dialect->paragraph(d, text, bytes);

        text += label;
        bytes = emit_trim(&text, bytes - label);
    }
    if (bytes > 0) {
        draft.text = text;
        draft.text_bytes = bytes;
        draft.speaker = d->note || d->heading ? SPEAKER_NONE : d->speaker;
        draft.kind = d->heading ? SEGMENT_HEADING : SEGMENT_UNKNOWN;
        draft.start_ms = d->start_ms;
        xml_stream_emit(d->xml, &draft);
        if (!d->note && !d->heading)
            d->start_ms = TIME_NONE;
    }
    buffer_clear(&d->words);
}

static bool is_of_person(enum debate_action action)
{
    return action >= DEBATE_LABEL;
}

static bool starts_paragraph(enum debate_action action)
{
    return action == DEBATE_BLOCK || action == DEBATE_NOTE || action == DEBATE_HEADING ||
           action == DEBATE_SPEECH;
}

static enum debate_action action_of(const struct debate_xml *d, const char *name,
                                    const char *const *attributes)
{
    const struct debate_rule *rule;

    for (rule = d->dialect->rules; rule->element != NULL; rule++) {
        const char *value;

        if (strcmp(rule->element, name) != 0)
            continue;
        if (rule->attribute == NULL)
            return rule->action;
        value = xml_stream_attribute(attributes, rule->attribute);
        if (value != NULL && strncmp(value, rule->value, strlen(rule->value)) == 0)
            return rule->action;
    }
    return DEBATE_INLINE;
}

static void start_block(struct debate_xml *d, enum debate_action action)
{
    flush(d);
    d->note = action == DEBATE_NOTE;
    d->heading = action == DEBATE_HEADING;
    if (action == DEBATE_SPEECH)
        d->speaker = SPEAKER_NONE;
}

static void on_start(void *self, const char *name, const char *const *attributes)
{
    struct debate_xml *d = self;
    int depth = xml_stream_depth(d->xml);
    enum debate_action action = action_of(d, name, attributes);

    d->action[depth] = action;
    if (d->dialect->start != NULL)
        d->dialect->start(d, name, attributes);
    if (d->part_depth > 0)
        return;
    /* Inside a person the parts are more specific than the whole; outside, a name is a
     * mention. */
    if (d->person_depth > 0 ? action == DEBATE_LABEL
                            : action >= DEBATE_NAME && action <= DEBATE_PARTY)
        action = d->action[depth] = DEBATE_INLINE;
    if (is_of_person(action)) {
        flush(d);
        if (action == DEBATE_PERSON) {
            start_person(d);
        } else {
            d->part_depth = depth;
            buffer_clear(&d->part);
        }
    } else if (d->skip_depth > 0 || d->person_depth > 0) {
        return;
    } else if (action == DEBATE_SKIP) {
        d->skip_depth = depth;
    } else if (starts_paragraph(action)) {
        start_block(d, action);
    } else if (strcmp(name, "br") == 0) {
        emit_break(&d->words);
    }
}

static void end_part(struct debate_xml *d, enum debate_action action)
{
    struct reader_context *context = xml_stream_context(d->xml);
    struct buffer text = {0};
    const char *s;

    emit_squeeze(&text, buffer_string(&d->part), d->part.bytes);
    s = buffer_string(&text);
    d->part_depth = 0;
    if (action == DEBATE_LABEL) {
        debate_xml_set_label(d, s, text.bytes, NULL);
    } else if (action == DEBATE_NAME) {
        add_name(d, s);
    } else if (action == DEBATE_NAME_BY_LAST) {
        set_name_by_last(d, s);
    } else if (action == DEBATE_CLOCK) {
        debate_xml_set_clock(d, s);
    } else if (action == DEBATE_DATE) {
        debate_xml_set_date(d, s);
    } else if (action == DEBATE_TITLE || action == DEBATE_VENUE) {
        emit_field(context, action == DEBATE_TITLE ? FIELD_TITLE : FIELD_VENUE, s, text.bytes);
    } else {
        struct buffer *part = action == DEBATE_ROLE        ? &d->role
                              : action == DEBATE_PERSON_ID ? &d->person_id
                                                           : &d->party;

        buffer_clear(part);
        buffer_append(part, s, text.bytes);
    }
    buffer_release(&text);
}

static void on_end(void *self, const char *name)
{
    struct debate_xml *d = self;
    int depth = xml_stream_depth(d->xml);
    enum debate_action action = d->action[depth];

    (void)name;
    if (depth == d->part_depth) {
        end_part(d, action);
    } else if (depth == d->person_depth) {
        end_person(d);
    } else if (depth == d->skip_depth) {
        d->skip_depth = 0;
    } else if (d->part_depth == 0 && d->person_depth == 0 && d->skip_depth == 0 &&
               starts_paragraph(action)) {
        flush(d);
        d->note = d->heading = false;
        if (action == DEBATE_SPEECH)
            d->speaker = SPEAKER_NONE;
    }
}

static void on_text(void *self, const char *text, size_t bytes)
{
    struct debate_xml *d = self;

    if (d->part_depth > 0)
        emit_words(&d->part, text, bytes);
    else if (d->person_depth == 0 && d->skip_depth == 0)
        emit_words(&d->words, text, bytes);
}

static void on_finish(void *self)
{
    flush(self);
}

struct debate_xml *debate_xml_new(const struct debate_dialect *dialect)
{
    static const struct xml_handler handler = {on_start, on_end, on_text, on_finish};
    struct debate_xml *d = memory_zalloc(1, sizeof *d);

    d->xml = xml_stream_new(&handler, d);
    d->dialect = dialect;
    d->speaker = SPEAKER_NONE;
    d->date_ms = d->latest_ms = d->start_ms = TIME_NONE;
    return d;
}

void debate_xml_close(void *self)
{
    struct debate_xml *d = self;

    xml_stream_free(d->xml);
    buffer_release(&d->words);
    buffer_release(&d->part);
    buffer_release(&d->name);
    buffer_release(&d->role);
    buffer_release(&d->party);
    buffer_release(&d->person_id);
    buffer_release(&d->label_id);
    free(d);
}

enum reader_status debate_xml_next(void *self, struct reader_context *context,
                                   struct error *err)
{
    struct debate_xml *d = self;

    if (d->dialect->language != NULL && drafts_get(context->drafts, FIELD_LANGUAGE) == NULL)
        drafts_set(context->drafts, FIELD_LANGUAGE, d->dialect->language);
    return xml_stream_next(d->xml, context, err);
}

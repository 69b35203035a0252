/* OHMS, the Oral History Metadata Synchronizer: an interview as one text, together with the
 * line and word at which each minute begins.
 *
 * Specification: the XML schema of OHMS, Nunn Center, University of Kentucky. The transcript is
 * text: lines, labels in capitals, "[[footnotes]]" after it. <sync>1:|12(3)|25(7)</sync> gives
 * the minutes between marks, and where each mark is: line 12, word 3. The text is cut there, so
 * that a segment begins with each minute; no times are invented in between. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formats/common/emit.h"
#include "formats/corpora/language_code.h"
#include "formats/readers.h"
#include "formats/xml/xml_stream.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"

enum { TEXT_BYTES_MAX = 64 << 20, MARKS_MAX = 100000, LABEL_BYTES_MAX = 60, MINUTE_MS = 60000 };

struct mark {
    unsigned long line; /* from 1 */
    unsigned long word; /* number of words of the line before it */
};

struct ohms {
    struct xml_stream *xml; /* must be first, for xml_stream_reader_next */
    struct buffer value;    /* of the current element */
    struct buffer transcript;
    uint64_t first_line; /* where the transcript starts */
    struct mark *marks;  /* owned */
    size_t mark_count;
    size_t mark_capacity;
    double minutes; /* between two marks */
    int depth;      /* depth of the element whose value is wanted; 0 for none */
    unsigned topics;
    /* state while reading the text */
    struct buffer words;
    uint64_t line; /* of the first word */
    uint32_t speaker;
    int64_t start_ms;
    bool piece;
    struct buffer interviewers; /* names, a line each */
    bool interviewer;           /* speaks, and not one of those who are asked */
    bool asks;                  /* … and this turn holds a question */
    bool asked;                 /* a question came before */
};

static int ohms_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (!xml_stream_root_is(head, bytes, "ROOT"))
        return CONFIDENCE_NO;
    return memmem(head, bytes, "/ohms", 5) != NULL ? CONFIDENCE_CERTAIN : CONFIDENCE_NO;
}

/* ------------------------------------------------------------------------------- marks */

static void read_sync(struct ohms *o, struct span rest)
{
    struct span minutes = span_take_until(&rest, ':');
    char copy[32];

    if (minutes.length == 0 || minutes.length >= sizeof copy)
        return;
    memcpy(copy, minutes.data, minutes.length);
    copy[minutes.length] = '\0';
    o->minutes = strtod(copy, NULL);
    if (!(o->minutes > 0 && o->minutes < 1000))
        o->minutes = 1;
    while (rest.length > 0 && o->mark_count < MARKS_MAX) {
        struct span entry = span_trim(span_take_until(&rest, '|'));
        struct mark mark = {0};
        size_t i;

        for (i = 0; i < entry.length && isdigit((unsigned char)entry.data[i]); i++)
            mark.line = mark.line * 10 + (unsigned long)(entry.data[i] - '0');
        if (i == 0 || i > 9)
            continue;
        if (i < entry.length && entry.data[i] == '(')
            for (i++; i < entry.length && isdigit((unsigned char)entry.data[i]) && i < 20; i++)
                mark.word = mark.word * 10 + (unsigned long)(entry.data[i] - '0');
        MEMORY_RESERVE(o->marks, o->mark_capacity, o->mark_count + 1);
        o->marks[o->mark_count++] = mark;
    }
}

/* -------------------------------------------------------------------------------- text */

/* "SMITH:", "DR. O'NEIL-JONES:" at the start of a line; the words of a label are in
 * capitals. */
static size_t label_bytes(struct span line)
{
    size_t at = 0;
    unsigned letters = 0;

    for (; at < line.length && at < LABEL_BYTES_MAX && line.data[at] != ':'; at++) {
        unsigned char c = (unsigned char)line.data[at];

        if (islower(c) ||
            (c < 0x80 && !isupper(c) && !isdigit(c) && strchr(" .'-()", (int)c) == NULL))
            return 0;
        letters += isupper(c) || c >= 0x80;
    }
    return at < line.length && at < LABEL_BYTES_MAX && line.data[at] == ':' && letters > 0 ? at
                                                                                           : 0;
}

static enum segment_kind kind_of_turn(const struct ohms *o)
{
    if (o->interviewers.bytes == 0 || o->speaker == SPEAKER_NONE)
        return SEGMENT_UNKNOWN;
    if (o->interviewer)
        return o->asks ? SEGMENT_QUESTION : SEGMENT_REMARK;
    return o->asked ? SEGMENT_ANSWER : SEGMENT_REMARK;
}

static void flush(struct ohms *o, bool piece)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    draft.kind = kind_of_turn(o);

    draft.text = buffer_string(&o->words);
    draft.text_bytes = o->words.bytes;
    draft.speaker = o->speaker;
    draft.start_ms = o->start_ms;
    draft.piece = piece || o->piece;
    draft.line = (uint32_t)o->line;
    xml_stream_emit(o->xml, &draft);
    if (o->words.bytes > 0)
        o->start_ms = TIME_NONE;
    o->piece = piece;
    buffer_clear(&o->words);
}

/* The words before the mark end a segment; the rest begins at its minute. */
static void cut_at_mark(struct ohms *o, size_t mark)
{
    flush(o, o->words.bytes > 0);
    o->start_ms = (int64_t)((double)(mark + 1) * o->minutes * MINUTE_MS);
}

/* "word[[footnote]]1[[/footnote]]," becomes "word[1],". */
static void add_word(struct ohms *o, struct span word)
{
    const char *note = memmem(word.data, word.length, "[[footnote]]", 12);
    const char *end = memmem(word.data, word.length, "[[/footnote]]", 13);

    if (note == NULL || end == NULL || end < note) {
        emit_join(&o->words, word.data, word.length);
        return;
    }
    if (note > word.data)
        emit_join(&o->words, word.data, (size_t)(note - word.data));
    buffer_append_char(&o->words, '[');
    buffer_append(&o->words, note + 12, (size_t)(end - note) - 12);
    buffer_append_char(&o->words, ']');
    end += 13;
    buffer_append(&o->words, end, (size_t)(word.data + word.length - end));
}

/* Add a line, cut at the marks that are in it. */
static void add_line(struct ohms *o, struct span line, unsigned long number, size_t *mark)
{
    unsigned long word = 0;

    while (line.length > 0) {
        size_t bytes = 0;

        while (*mark < o->mark_count && o->marks[*mark].line == number &&
               o->marks[*mark].word <= word)
            cut_at_mark(o, (*mark)++);
        while (bytes < line.length && !span_is_space(line.data[bytes]))
            bytes++;
        if (o->words.bytes == 0)
            o->line = o->first_line + number - 1;
        add_word(o, span_of(line.data, bytes));
        line = span_trim_front(span_skip(line, bytes));
        word++;
    }
}

static struct span last_word(struct span text)
{
    const char *blank = memrchr(text.data, ' ', text.length);

    return blank != NULL ? span_skip(text, (size_t)(blank - text.data) + 1) : text;
}

/* Labels are surnames: PORTIS, and MR. PORTIS, for Dean Portis. */
static bool names_interviewer(const struct ohms *o, struct span label)
{
    struct span rest = span_of(buffer_string(&o->interviewers), o->interviewers.bytes);
    struct span surname = last_word(label);
    struct span name;

    if (span_is(label, "Q") || span_is(label, "INTERVIEWER"))
        return true;
    while (span_next_line(&rest, &name)) {
        name = last_word(span_trim(name));
        if (name.length > 0 && name.length == surname.length &&
            strncasecmp(name.data, surname.data, name.length) == 0)
            return true;
    }
    return false;
}

/* Whether a turn, from its label to the next one, contains a question. */
static bool holds_question(struct span words, struct span below)
{
    struct span line;

    if (memchr(words.data, '?', words.length) != NULL)
        return true;
    while (span_next_line(&below, &line) && label_bytes(span_trim(line)) == 0)
        if (memchr(line.data, '?', line.length) != NULL)
            return true;
    return false;
}

static void take_label(struct ohms *o, struct span *line, struct span below)
{
    size_t bytes = label_bytes(*line);

    if (bytes == 0)
        return;
    flush(o, false);
    o->asked |= o->asks;
    o->speaker = emit_speaker(xml_stream_context(o->xml), line->data, bytes);
    o->interviewer = names_interviewer(o, span_of(line->data, bytes));
    *line = span_trim_front(span_skip(*line, bytes + 1));
    o->asks = o->interviewer && holds_question(*line, below);
}

/* "[End of interview.]", a paragraph of its own: nobody says it. */
static bool is_note(const struct ohms *o, struct span line)
{
    return o->words.bytes == 0 && *line.data == '[' && line.data[line.length - 1] == ']' &&
           !span_starts_with(line, "[[") && memchr(line.data, ']', line.length - 1) == NULL;
}

/* Without the notes after the record's own words. */
static struct span without_notes(struct ohms *o, struct span text)
{
    const char *notes = memmem(text.data, text.length, "[[footnotes]]", 13);

    if (notes == NULL)
        return text;
    diagnostics_add(xml_stream_context(o->xml)->diagnostics, SEVERITY_NOTE, 0, 0,
                    "the notes below the transcript are left out");
    return span_of(text.data, (size_t)(notes - text.data));
}

static void read_transcript(struct ohms *o)
{
    struct span rest = without_notes(
        o, span_of(buffer_string(&o->transcript), o->transcript.bytes));
    struct span line;
    unsigned long number = 0;
    size_t mark = 0;

    o->start_ms = o->mark_count > 0 ? 0 : TIME_NONE;
    if (o->mark_count > 0)
        drafts_set_time_base(xml_stream_context(o->xml)->drafts, TIME_BASE_ELAPSED);
    while (span_next_line(&rest, &line)) {
        number++;
        while (mark < o->mark_count && o->marks[mark].line < number)
            cut_at_mark(o, mark++); /* it is after the words of its line */
        line = span_trim(line);
        if (line.length == 0) {
            flush(o, false);
            continue;
        }
        if (is_note(o, line)) {
            uint32_t speaker = o->speaker;

            o->speaker = SPEAKER_NONE;
            add_line(o, line, number, &mark);
            flush(o, false);
            o->speaker = speaker;
            continue;
        }
        take_label(o, &line, rest);
        add_line(o, line, number, &mark);
    }
    flush(o, false);
}

/* ----------------------------------------------------------------------------- elements */

static bool is_wanted(const char *name)
{
    static const char *const names[] = {"title",       "transcript",  "sync",
                                        "interviewee", "interviewer", "language",
                                        "repository",  "date",        NULL};

    return span_is_any(span_string(name), names);
}

static void on_start(void *self, const char *name, const char *const *attributes)
{
    struct ohms *o = self;

    if (strcmp(name, "point") == 0)
        o->topics++;
    if (o->depth > 0 || xml_stream_depth(o->xml) != 3 || !is_wanted(name))
        return;
    o->depth = xml_stream_depth(o->xml);
    buffer_clear(&o->value);
    if (strcmp(name, "transcript") == 0)
        o->first_line = xml_stream_line(o->xml);
    if (strcmp(name, "date") == 0) {
        const char *value = xml_stream_attribute(attributes, "value");

        if (value != NULL)
            emit_field(xml_stream_context(o->xml), FIELD_DATE, value, strlen(value));
    }
}

static void take_fact(struct ohms *o, const char *name)
{
    struct buffer value = {0};

    emit_squeeze(&value, buffer_string(&o->value), o->value.bytes);
    if (value.bytes > 0)
        drafts_add_fact(xml_stream_context(o->xml)->drafts, name, value.data);
    buffer_release(&value);
}

static void on_end(void *self, const char *name)
{
    struct ohms *o = self;

    if (o->depth == 0 || xml_stream_depth(o->xml) != o->depth)
        return;
    o->depth = 0;
    if (strcmp(name, "title") == 0) {
        emit_field(xml_stream_context(o->xml), FIELD_TITLE, buffer_string(&o->value),
                   o->value.bytes);
    } else if (strcmp(name, "language") == 0) {
        struct span code = language_code(span_of(buffer_string(&o->value), o->value.bytes));

        emit_field(xml_stream_context(o->xml), FIELD_LANGUAGE, code.data, code.length);
    } else if (strcmp(name, "interviewee") == 0) {
        take_fact(o, "Interviewee");
    } else if (strcmp(name, "interviewer") == 0) {
        take_fact(o, "Interviewer");
        emit_squeeze(&o->interviewers, buffer_string(&o->value), o->value.bytes);
        buffer_append_char(&o->interviewers, '\n');
    } else if (strcmp(name, "repository") == 0) {
        take_fact(o, "Repository");
    } else if (strcmp(name, "sync") == 0) {
        read_sync(o, span_of(buffer_string(&o->value), o->value.bytes));
    } else if (strcmp(name, "transcript") == 0 && o->transcript.bytes == 0) {
        struct buffer value = o->value;

        o->value = o->transcript;
        o->transcript = value;
    }
}

static void on_text(void *self, const char *text, size_t bytes)
{
    struct ohms *o = self;
    struct error err;

    if (o->depth == 0)
        return;
    if (o->value.bytes + bytes > TEXT_BYTES_MAX) {
        error_set_at(&err, ERROR_LIMIT, xml_stream_line(o->xml), 1, "the text is too long");
        xml_stream_fail(o->xml, &err);
        return;
    }
    buffer_append(&o->value, text, bytes);
}

static void on_finish(void *self)
{
    struct ohms *o = self;

    if (o->depth > 0 && o->transcript.bytes == 0) { /* truncated inside the text */
        o->transcript = o->value;
        o->value = (struct buffer){0};
    }
    read_transcript(o);
    if (o->topics > 0)
        diagnostics_add(xml_stream_context(o->xml)->diagnostics, SEVERITY_NOTE, 0, 0,
                        "the index of topics is left out: %u", o->topics);
}

static void *ohms_open(void)
{
    static const struct xml_handler handler = {on_start, on_end, on_text, on_finish};
    struct ohms *o = memory_zalloc(1, sizeof *o);

    o->xml = xml_stream_new(&handler, o);
    o->speaker = SPEAKER_NONE;
    o->start_ms = TIME_NONE;
    o->minutes = 1;
    return o;
}

static void ohms_close(void *self)
{
    struct ohms *o = self;

    xml_stream_free(o->xml);
    free(o->marks);
    buffer_release(&o->value);
    buffer_release(&o->transcript);
    buffer_release(&o->words);
    buffer_release(&o->interviewers);
    free(o);
}

const struct reader_ops reader_ohms = {
    .name = "ohms",
    .title = N_("OHMS (oral history)"),
    .detect = ohms_detect,
    .open = ohms_open,
    .next = xml_stream_reader_next,
    .close = ohms_close,
};

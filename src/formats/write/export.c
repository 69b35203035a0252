/* Shared by the writers. The segments of a cue are found by looking ahead for the next time. */
#include "formats/write/export.h"

#include <errno.h>
#include <string.h>

#include "formats/common/emit.h"
#include "shilu/text/char_class.h"
#include "shilu/text/utf8.h"

/* How long a cue with an unknown end is shown: some 15 characters per second, the practice of
 * captioners. */
enum { READING_MS_PER_CHARACTER = 66, READING_MS_MIN = 1000 };
/* How long one before a later start lasts at most: some five characters per second. */
enum { SLOW_MS_PER_CHARACTER = 200, SLOW_MS_MIN = 3000 };
/* How far ahead the next start is searched for. */
enum { LOOK_AHEAD = 256 };

/* Controls are not allowed in a file of lines, except LF and tab. */
static bool is_control(uint32_t cp)
{
    return cp != '\n' && cp != '\t' && char_is_unsafe(cp) && !char_is_bidi_control(cp);
}

void export_text(struct buffer *out, const char *s, size_t bytes)
{
    size_t at = 0;

    while (at < bytes) {
        uint32_t cp;
        size_t used = utf8_decode(s + at, bytes - at, &cp);

        if (is_control(cp))
            buffer_append_string(out, "\xEF\xBF\xBD");
        else
            buffer_append(out, s + at, used);
        at += used;
    }
}

void export_line(struct buffer *out, const char *s, size_t bytes)
{
    size_t from = out->bytes;

    export_text(out, s, bytes);
    for (; from < out->bytes; from++)
        if (out->data[from] == '\n' || out->data[from] == '\t')
            out->data[from] = ' ';
}

static const char *reference_of(uint32_t cp)
{
    switch (cp) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case 0x200E:
        return "&lrm;";
    case 0x200F:
        return "&rlm;";
    default:
        return NULL;
    }
}

void export_markup(struct buffer *out, const char *s, size_t bytes)
{
    size_t at = 0;

    while (at < bytes) {
        uint32_t cp;
        size_t used = utf8_decode(s + at, bytes - at, &cp);
        const char *reference = reference_of(cp);

        if (reference != NULL)
            buffer_append_string(out, reference);
        else if (char_is_bidi_control(cp))
            buffer_append_format(out, "&#x%04X;", (unsigned)cp);
        else if (is_control(cp))
            buffer_append_string(out, "\xEF\xBF\xBD");
        else
            buffer_append(out, s + at, used);
        at += used;
    }
}

void export_bidi(struct buffer *out, const char *s, size_t bytes)
{
    size_t at = 0;

    while (at < bytes) {
        uint32_t cp;
        size_t used = utf8_decode(s + at, bytes - at, &cp);

        if (char_is_bidi_control(cp))
            buffer_append_format(out, "&#x%04X;", (unsigned)cp);
        else
            buffer_append(out, s + at, used);
        at += used;
    }
}

static bool takes(const struct transcript *t, const struct selection *selection,
                  uint32_t segment)
{
    return selection == NULL || selection_takes(selection, t, segment);
}

uint32_t export_at_or_after(const struct transcript *t, const struct selection *selection,
                            uint32_t segment)
{
    if (selection != NULL)
        return selection_at_or_after(selection, t, segment);
    return segment < transcript_count(t) ? segment : SEGMENT_NONE;
}

uint32_t export_paragraph_end(const struct transcript *t, const struct selection *selection,
                              uint32_t segment)
{
    uint32_t end = transcript_paragraph_end(t, segment);
    uint32_t at = segment + 1;

    while (at < end && takes(t, selection, at))
        at++;
    return at;
}

void export_role(struct buffer *out, const struct speaker *speaker)
{
    if (speaker->role != NULL)
        export_line(out, speaker->role, strlen(speaker->role));
    if (speaker->role != NULL && speaker->organization != NULL)
        buffer_append_string(out, ", ");
    if (speaker->organization != NULL)
        export_line(out, speaker->organization, strlen(speaker->organization));
}

bool export_cues_init(struct export_cues *cues, const struct transcript *t,
                      const struct selection *selection, const char *format, struct error *err)
{
    uint32_t segment;
    int64_t first_ms, last_ms;

    *cues = (struct export_cues){.t = t, .selection = selection};
    if (transcript_time_base(t) == TIME_BASE_WALL && transcript_span(t, &first_ms, &last_ms))
        cues->zero_ms = first_ms;
    for (segment = export_at_or_after(t, selection, 0); segment != SEGMENT_NONE;
         segment = export_at_or_after(t, selection, segment + 1))
        if (transcript_segment(t, segment)->start_ms != TIME_NONE)
            return true;
    return error_set(err, ERROR_UNSUPPORTED, "no segment has a time, but %s needs times",
                     format);
}

/* The first start after `ms` among the following segments. */
static int64_t next_start_ms(const struct export_cues *cues, uint32_t segment, int64_t ms)
{
    uint32_t count = (uint32_t)transcript_count(cues->t);
    uint32_t last = count - segment > LOOK_AHEAD ? segment + LOOK_AHEAD : count;

    for (; segment < last; segment++) {
        int64_t start_ms = transcript_segment(cues->t, segment)->start_ms;

        if (start_ms != TIME_NONE && start_ms > ms)
            return start_ms;
    }
    return TIME_NONE;
}

/* A Han or Hangul character counts two and a half times. */
static int64_t count_characters(const struct export_cues *cues, const struct export_cue *cue)
{
    double characters = 0;
    uint32_t segment;

    for (segment = cue->first; segment < cue->end; segment++) {
        size_t bytes, at = 0;
        const char *text = transcript_text(cues->t, segment, &bytes);

        while (at < bytes) {
            uint32_t cp;

            at += utf8_decode(text + at, bytes - at, &cp);
            characters += cp >= 0x2E80 ? 2.5 : 1;
        }
    }
    return (int64_t)characters;
}

static int64_t reading_ms(int64_t characters)
{
    int64_t ms = characters * READING_MS_PER_CHARACTER;

    return ms < READING_MS_MIN ? READING_MS_MIN : ms;
}

/* Until the next start, but no longer than slow speech would take. */
static int64_t estimated_end_ms(const struct export_cues *cues, const struct export_cue *cue,
                                int64_t start_ms)
{
    int64_t next_ms = next_start_ms(cues, cue->end, start_ms);
    int64_t characters = count_characters(cues, cue);
    int64_t slow_ms = characters * SLOW_MS_PER_CHARACTER;

    if (next_ms == TIME_NONE)
        return start_ms + reading_ms(characters);
    slow_ms = slow_ms < SLOW_MS_MIN ? SLOW_MS_MIN : slow_ms;
    return next_ms < start_ms + slow_ms ? next_ms : start_ms + slow_ms;
}

static void time_cue(const struct export_cues *cues, struct export_cue *cue, uint32_t timed)
{
    int64_t start_ms = transcript_segment(cues->t, timed)->start_ms;
    int64_t end_ms = transcript_end_ms(cues->t, timed);

    if (end_ms == TIME_NONE)
        end_ms = estimated_end_ms(cues, cue, start_ms);
    start_ms -= cues->zero_ms;
    end_ms -= cues->zero_ms;
    cue->start_ms = start_ms > 0 ? start_ms : 0;
    cue->end_ms = end_ms > cue->start_ms ? end_ms : cue->start_ms;
}

bool export_cues_next(struct export_cues *cues, struct export_cue *cue)
{
    uint32_t timed = SEGMENT_NONE;
    uint32_t segment = export_at_or_after(cues->t, cues->selection, cues->next);

    if (segment == SEGMENT_NONE)
        return false;
    cue->first = segment;
    while (segment != SEGMENT_NONE) {
        if (transcript_segment(cues->t, segment)->start_ms != TIME_NONE) {
            if (timed != SEGMENT_NONE)
                break;
            timed = segment;
        }
        cue->end = segment + 1;
        segment = export_at_or_after(cues->t, cues->selection, segment + 1);
    }
    cues->next = cue->end;
    time_cue(cues, cue, timed);
    return true;
}

void export_cue_time(int64_t ms, char mark, char *out)
{
    int64_t seconds = ms / 1000;

    snprintf(out, CIVIL_TEXT, "%02lld:%02d:%02d%c%03d", (long long)(seconds / 3600),
             (int)(seconds / 60 % 60), (int)(seconds % 60), mark, (int)(ms % 1000));
}

void export_days_init(struct export_days *days, const struct transcript *t)
{
    const char *date = transcript_get(t, FIELD_DATE);
    int64_t ms;
    int32_t offset;
    bool has_time;
    size_t used;

    *days = (struct export_days){0};
    if (date != NULL &&
        civil_parse_date_time(date, strlen(date), &ms, &offset, &has_time, &used)) {
        days->known = true;
        days->day = transcript_day(ms);
    }
}

bool export_days_next(struct export_days *days, const struct transcript *t, int64_t ms,
                      char *out)
{
    if (ms == TIME_NONE || !transcript_has_days(t) ||
        (days->known && days->day == transcript_day(ms)))
        return false;
    days->known = true;
    days->day = transcript_day(ms);
    civil_format_date(ms, out);
    return true;
}

bool export_finish(FILE *out, struct error *err)
{
    if (fflush(out) == 0 && !ferror(out))
        return true;
    return error_set_errno(err, errno, "cannot write");
}

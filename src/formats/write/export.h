/* Export: what the writers of foreign formats share: walking the selection, text without
 * controls, paragraphs, and cues, in which every word has a time.
 *
 * Controls other than tab and line feed are not allowed in any of these formats and become
 * U+FFFD, so nothing that is written can reach a terminal as one. */
#ifndef SHILU_FORMATS_WRITE_EXPORT_H
#define SHILU_FORMATS_WRITE_EXPORT_H

#include "shilu/base/buffer.h"
#include "shilu/formats/writer.h"

/* Append a text in which LF is the only control. */
void export_text(struct buffer *out, const char *s, size_t bytes);
/* The same on one line. */
void export_line(struct buffer *out, const char *s, size_t bytes);
/* As export_text, for HTML, XML and WebVTT: character references for & < > ", and for
 * bidirectional controls, which would affect the text around them. */
void export_markup(struct buffer *out, const char *s, size_t bytes);

/* A text unchanged, except for character references for bidirectional controls. */
void export_bidi(struct buffer *out, const char *s, size_t bytes);

/* The next selected segment from this one on; SEGMENT_NONE after the last. A NULL selection
 * includes everything. */
uint32_t export_at_or_after(const struct transcript *t, const struct selection *selection,
                            uint32_t segment);
/* The end of the selected run of the paragraph that starts at this segment. */
uint32_t export_paragraph_end(const struct transcript *t, const struct selection *selection,
                              uint32_t segment);

/* Append "role, organization" of a speaker; nothing if both are unknown. */
void export_role(struct buffer *out, const struct speaker *speaker);

/* Cues: runs of segments the first of which has a time. Segments without one belong to the
 * timed one before them or, at the start, to the first one with a time. In a record with times
 * of day, times are relative to its first. */
struct export_cue {
    uint32_t first; /* segments [first, end); unselected ones among them are skipped */
    uint32_t end;
    int64_t start_ms; /* at least 0 */
    int64_t end_ms;   /* after the start; if unknown, the next start, but no longer than
                       * saying the words slowly takes */
};

struct export_cues {
    const struct transcript *t;
    const struct selection *selection;
    uint32_t next;
    int64_t zero_ms;
};

/* False, with an error that names the format, if no selected segment has a time. */
bool export_cues_init(struct export_cues *cues, const struct transcript *t,
                      const struct selection *selection, const char *format, struct error *err);
bool export_cues_next(struct export_cues *cues, struct export_cue *cue);

/* The days of a record, as a writer for people shows them: with the first time of each. `day`
 * is the last one shown, as from transcript_day. */
struct export_days {
    int64_t day;
    bool known;
};
/* The record's own date counts as shown. */
void export_days_init(struct export_days *days, const struct transcript *t);
/* True, with the date in `out` (CIVIL_TEXT bytes), if this time is on another day. */
bool export_days_next(struct export_days *days, const struct transcript *t, int64_t ms,
                      char *out);

/* A cue's time, "00:00:01.500", with `mark` before the milliseconds; `out` has CIVIL_TEXT
 * bytes. */
void export_cue_time(int64_t ms, char mark, char *out);

/* The end of every writer: whether everything could be written. */
bool export_finish(FILE *out, struct error *err);

#endif

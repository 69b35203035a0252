/* Export: what the writers of foreign formats share: walking the selection, text without
 * controls, paragraphs, and cues, in which every word has a time.
 *
 * Controls other than tab and line feed cannot be in any of these formats and become U+FFFD, so
 * nothing written can reach a terminal as one. */
#ifndef SHILU_FORMATS_WRITE_EXPORT_H
#define SHILU_FORMATS_WRITE_EXPORT_H

#include "shilu/base/buffer.h"
#include "shilu/formats/writer.h"

/* Append a text with LF as the one control. */
void export_text(struct buffer *out, const char *s, size_t bytes);
/* The same on one line. */
void export_line(struct buffer *out, const char *s, size_t bytes);
/* As export_text, for HTML, XML and WebVTT: references for & < > ", and for bidirectional
 * controls, which would act on the text around them. */
void export_markup(struct buffer *out, const char *s, size_t bytes);

/* A text as it is, but with references for bidirectional controls. */
void export_bidi(struct buffer *out, const char *s, size_t bytes);

/* The next selected segment from this one on; SEGMENT_NONE after the last. A NULL selection
 * takes everything. */
uint32_t export_at_or_after(const struct transcript *t, const struct selection *selection,
                            uint32_t segment);
/* The end of the selected run of the paragraph that starts at this segment. */
uint32_t export_paragraph_end(const struct transcript *t, const struct selection *selection,
                              uint32_t segment);

/* Append "role, organization" of a speaker; nothing where neither is known. */
void export_role(struct buffer *out, const struct speaker *speaker);

/* Cues: runs of segments of which the first has a time. Segments without one go with the timed
 * one before them, or, at the start, with the first that has one. Times count from the first
 * of the record where it tells the time of day. */
struct export_cue {
    uint32_t first; /* segments [first, end), the unselected among them to be passed over */
    uint32_t end;
    int64_t start_ms; /* at least 0 */
    int64_t end_ms;   /* after the start: where the record does not say, up to the next start,
                         but no longer than saying the words slowly takes */
};

struct export_cues {
    const struct transcript *t;
    const struct selection *selection;
    uint32_t next;
    int64_t zero_ms;
};

/* False, with an error that names the format, where no selected segment has a time. */
bool export_cues_init(struct export_cues *cues, const struct transcript *t,
                      const struct selection *selection, const char *format, struct error *err);
bool export_cues_next(struct export_cues *cues, struct export_cue *cue);

/* The days of a record as a writer for people tells them: with the first time of each. `day` is
 * the one that is known, as of transcript_day. */
struct export_days {
    int64_t day;
    bool known;
};
/* What the date of the record says is known. */
void export_days_init(struct export_days *days, const struct transcript *t);
/* True, with the date into `out` (CIVIL_TEXT bytes), where this moment is on another day. */
bool export_days_next(struct export_days *days, const struct transcript *t, int64_t ms,
                      char *out);

/* A cue's time, "00:00:01.500", with `mark` before the milliseconds; out of CIVIL_TEXT bytes.
 */
void export_cue_time(int64_t ms, char mark, char *out);

/* The end of every writer: whether all could be written. */
bool export_finish(FILE *out, struct error *err);

#endif

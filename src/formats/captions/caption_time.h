/* Caption time: the times of caption formats, and the timing line of a cue.
 *
 * Standards: WebVTT (W3C) 4.2 for "00:01.000"; none for SRT; SMPTE ST 12-1 for time codes,
 * whose fourth field counts frames. Read leniently: hours and fraction may be missing, '.' or
 * ',' may precede the fraction, and machine translation leaves full-width signs, blanks and
 * damaged arrows. */
#ifndef SHILU_FORMATS_CAPTIONS_CAPTION_TIME_H
#define SHILU_FORMATS_CAPTIONS_CAPTION_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct caption_timing {
    int64_t start_ms;
    int64_t end_ms; /* as written, even if before the start */
    bool strict;    /* as WebVTT requires, except for the decimal mark */
    bool comma;     /* the decimal mark was a comma */
};

/* A time at the start of `s`: "[-][[H:]M:]S[.fff]". Returns its length, 0 for none. Updates
 * `strict` and `comma` of `form`. */
size_t caption_time_parse(const char *s, size_t bytes, struct caption_timing *form,
                          int64_t *ms);

/* "00:01.000 --> 00:00:02,500 settings". *rest is what follows the times. A fourth field of two
 * digits counts frames (frame_rate per second); one of three digits is milliseconds. A number
 * before the times is skipped if a blank follows it. */
bool caption_timing_parse(const char *line, size_t bytes, double frame_rate,
                          struct caption_timing *timing, size_t *rest);
bool caption_timing_has_arrow(const char *line, size_t bytes);

/* A time code at the start, "01:00:05:12" or "01:00:05;12", also with full-width signs. Returns
 * its length; 0 unless there are four fields. */
size_t caption_timecode_parse(const char *s, size_t bytes, double frame_rate, int64_t *ms);

/* The plausible frame rate of a text's time codes, inferred from the highest frame number; 25
 * without any. Drop-frame codes (';') imply 30000/1001. */
double caption_frame_rate(const char *text, size_t bytes);

#endif

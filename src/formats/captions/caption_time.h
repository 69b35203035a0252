/* Caption time: the times of caption formats, and the line that times a cue.
 *
 * Standards: WebVTT (W3C) 4.2 for "00:01.000"; SRT has none; SMPTE ST 12-1 for time codes,
 * whose fourth field counts frames. Read leniently: hours and fraction may be missing, '.' or
 * ',' may start the fraction, and translation leaves full-width signs, blanks and spoilt
 * arrows. */
#ifndef SHILU_FORMATS_CAPTIONS_CAPTION_TIME_H
#define SHILU_FORMATS_CAPTIONS_CAPTION_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct caption_timing {
    int64_t start_ms;
    int64_t end_ms; /* as it is, also before the start */
    bool strict;    /* as WebVTT asks, except the fraction's mark */
    bool comma;     /* the mark was a comma */
};

/* A time at the front of `s`: "[-][[H:]M:]S[.fff]". Returns the bytes taken, 0 for none. `form`
 * collects `strict` and `comma`. */
size_t caption_time_parse(const char *s, size_t bytes, struct caption_timing *form,
                          int64_t *ms);

/* "00:01.000 --> 00:00:02,500 settings". *rest is what follows the times. A fourth field of two
 * digits counts frames, of which `frame_rate` make a second; one of three is milliseconds. A
 * number before the times is skipped if a blank separates it. */
bool caption_timing_parse(const char *line, size_t bytes, double frame_rate,
                          struct caption_timing *timing, size_t *rest);
bool caption_timing_has_arrow(const char *line, size_t bytes);

/* A time code at the front, "01:00:05:12" or "01:00:05;12", with full-width signs or not.
 * Returns the bytes consumed; 0 if there are not four fields. */
size_t caption_timecode_parse(const char *s, size_t bytes, double frame_rate, int64_t *ms);

/* The plausible rate of the time codes of a text, inferred from the highest frame named; 25 if
 * none is. Drop-frame codes (';') mean 30000/1001. */
double caption_frame_rate(const char *text, size_t bytes);

#endif

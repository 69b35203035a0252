/* Caption text: what stands in one cue, and the line that times it.
 *
 * Standard: WebVTT (W3C), 4.2 and 6.4, read leniently: what is not a tag stays as text, since
 * no word may be lost. SRT has no standard; its tags are the few HTML ones in use, and the
 * override blocks "{\an8}" borrowed from ASS. */
#ifndef SHILU_FORMATS_CAPTIONS_CAPTION_TEXT_H
#define SHILU_FORMATS_CAPTIONS_CAPTION_TEXT_H

#include "shilu/base/buffer.h"

enum caption_markup {
    CAPTION_PLAIN, /* nothing is markup */
    CAPTION_SRT,
    CAPTION_VTT
};

/* A run of the cue that one voice speaks. */
struct caption_part {
    size_t name_byte; /* into names; without name_bytes: no voice tag */
    size_t name_bytes;
    size_t text_byte; /* into text */
    size_t text_bytes;
};

/* Zero-initialised is empty. Lines are parted by LF as in the cue. */
struct caption_text {
    struct buffer text;
    struct buffer names;
    struct caption_part *parts; /* owned */
    size_t count;
    size_t capacity;
};

void caption_text_release(struct caption_text *c);

/* Strip the markup of a cue; `c` is overwritten. At least one part follows, perhaps empty. */
void caption_text_parse(struct caption_text *c, enum caption_markup markup, const char *raw,
                        size_t bytes);

/* "00:01.000 --> 00:00:02,500 settings". Hours, minutes and fraction may be missing, either
 * mark may start the fraction, blanks may stand round the arrow or not. */
struct caption_timing {
    int64_t start_ms;
    int64_t end_ms; /* as it stands, also before the start */
    bool strict;    /* as WebVTT asks, but for the fraction's mark */
    bool comma;     /* the mark was a comma */
};
bool caption_timing_parse(const char *line, size_t bytes, struct caption_timing *timing);
bool caption_timing_has_arrow(const char *line, size_t bytes);

/* A time at the front of `s`: "[-][[H:]M:]S[.fff]". Returns the bytes taken, 0 for none. */
size_t caption_time_parse(const char *s, size_t bytes, struct caption_timing *form,
                          int64_t *ms);

#endif

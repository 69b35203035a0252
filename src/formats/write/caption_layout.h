/* Caption layout: the words of a transcript as readable captions: at most two lines of 42
 * columns (20 Han characters), split where sentences end, then at commas, then between words.
 *
 * A segment that fits is one cue, with its own times. Segments of single words, as some
 * recognisers write them, are joined into cues. Where a cue starts or ends within a segment,
 * its time is interpolated by the length of the words and marked as estimated. */
#ifndef SHILU_FORMATS_WRITE_CAPTION_LAYOUT_H
#define SHILU_FORMATS_WRITE_CAPTION_LAYOUT_H

#include "formats/write/export.h"

enum { CAPTION_COLUMNS = 42, CAPTION_LINES = 2 };

/* A run of a cue by one speaker. */
struct caption_run {
    uint32_t speaker;
    bool starts;      /* the speaker's words start here: a name may precede them */
    size_t text_byte; /* offset in the cue's text; LF separates lines, which are never empty */
    size_t text_bytes;
};

struct caption_out {
    int64_t start_ms; /* at least 0, from the start of the record */
    int64_t end_ms;
    bool estimated; /* a time was interpolated */
    struct buffer text;
    struct caption_run *runs; /* owned */
    size_t run_count, run_capacity;
};

struct caption_layout;

/* `name_columns`: the width of a name at the start of a run, or NULL if names take no space.
 * NULL, with an error that names the format, if no selected segment has a time. */
typedef int caption_name_columns(const struct transcript *t, uint32_t speaker,
                                 const struct width *width);
struct caption_layout *caption_layout_new(const struct transcript *t,
                                          const struct selection *selection,
                                          const struct width *width,
                                          caption_name_columns *name_columns,
                                          const char *format, struct error *err);
void caption_layout_free(struct caption_layout *l);

/* The next cue, borrowed until the next call; NULL after the last one. */
const struct caption_out *caption_layout_next(struct caption_layout *l);

#endif

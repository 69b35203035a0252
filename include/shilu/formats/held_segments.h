/* Held segments: drafts that have to wait, because what orders them or replaces them stands
 * further down in the file. */
#ifndef SHILU_FORMATS_HELD_SEGMENTS_H
#define SHILU_FORMATS_HELD_SEGMENTS_H

#include "shilu/base/buffer.h"
#include "shilu/formats/reader.h"

struct held_segment {
    size_t text_byte; /* into `text` */
    size_t text_bytes;
    uint32_t speaker;
    bool piece;
    int64_t start_ms;
    int64_t end_ms;
    size_t number; /* in the order of the file: breaks ties */
};

/* Zero-initialised is empty. */
struct held_segments {
    struct held_segment *items; /* owned */
    size_t count;
    size_t capacity;
    struct buffer text;
};

void held_segments_release(struct held_segments *h);
void held_segments_clear(struct held_segments *h);

void held_segments_add(struct held_segments *h, const struct segment_draft *draft);

/* By start; a segment without one stays behind the one before it. */
void held_segments_sort(struct held_segments *h);

/* Keep only what ends after a moment; nothing where either is not known. */
void held_segments_keep_after(struct held_segments *h, int64_t ms);

/* Append all to the transcript, and be empty. */
bool held_segments_emit(struct held_segments *h, struct reader_context *context,
                        struct error *err);

#endif

/* Segment queue: drafts that wait because something further down in the file orders or replaces
 * them. */
#ifndef SHILU_FORMATS_COMMON_SEGMENT_QUEUE_H
#define SHILU_FORMATS_COMMON_SEGMENT_QUEUE_H

#include "shilu/base/buffer.h"
#include "shilu/formats/reader.h"

struct held_segment {
    size_t text_byte; /* offset in `text` */
    size_t text_bytes;
    uint32_t speaker;
    bool piece;
    enum segment_kind kind;
    uint32_t line;
    int64_t start_ms;
    int64_t end_ms;
    size_t number; /* position in the file: breaks ties */
};

/* Zero-initialised is empty. */
struct segment_queue {
    struct held_segment *items; /* owned */
    size_t count;
    size_t capacity;
    struct buffer text;
};

void segment_queue_release(struct segment_queue *h);
void segment_queue_clear(struct segment_queue *h);

void segment_queue_add(struct segment_queue *h, const struct segment_draft *draft);

/* One of the drafts; its text is borrowed until the next change. */
struct segment_draft segment_queue_at(const struct segment_queue *h, size_t index);

/* Sort by start; a segment without one stays after the one before it. */
void segment_queue_sort(struct segment_queue *h);

/* Keep only what ends after a time; nothing if either is unknown. */
void segment_queue_keep_after(struct segment_queue *h, int64_t ms);

/* Append all to the transcript, and empty the queue. */
bool segment_queue_emit(struct segment_queue *h, struct reader_context *context,
                        struct error *err);

#endif

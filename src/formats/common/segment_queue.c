/* Segment queue: drafts with their texts in one buffer. */
#include "formats/common/segment_queue.h"

#include <stdlib.h>

#include "formats/common/emit.h"
#include "shilu/base/memory.h"

void segment_queue_release(struct segment_queue *h)
{
    free(h->items);
    buffer_release(&h->text);
    *h = (struct segment_queue){0};
}

void segment_queue_clear(struct segment_queue *h)
{
    h->count = 0;
    buffer_clear(&h->text);
}

void segment_queue_add(struct segment_queue *h, const struct segment_draft *draft)
{
    MEMORY_RESERVE(h->items, h->capacity, h->count + 1);
    h->items[h->count] = (struct held_segment){
        .text_byte = h->text.bytes,
        .text_bytes = draft->text_bytes,
        .speaker = draft->speaker,
        .piece = draft->piece,
        .kind = draft->kind,
        .line = draft->line,
        .start_ms = draft->start_ms,
        .end_ms = draft->end_ms,
        .number = h->count,
    };
    h->count++;
    buffer_append(&h->text, draft->text, draft->text_bytes);
}

static int compare(const void *a, const void *b)
{
    const struct held_segment *x = a;
    const struct held_segment *y = b;

    if (x->start_ms != y->start_ms)
        return x->start_ms < y->start_ms ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* To be sorted, a segment without a start borrows that of the one before it, and loses it again
 * afterwards. */
void segment_queue_sort(struct segment_queue *h)
{
    bool *lent = memory_zalloc(h->count + 1, sizeof *lent);
    size_t i;

    for (i = 0; i < h->count; i++) {
        h->items[i].number = i; /* some may have been removed */
        if (h->items[i].start_ms != TIME_NONE)
            continue;
        lent[i] = true;
        h->items[i].start_ms = i > 0 ? h->items[i - 1].start_ms : TIME_NONE;
    }
    if (h->count > 1)
        qsort(h->items, h->count, sizeof *h->items, compare);
    for (i = 0; i < h->count; i++) {
        if (lent[h->items[i].number])
            h->items[i].start_ms = TIME_NONE;
    }
    free(lent);
}

void segment_queue_keep_after(struct segment_queue *h, int64_t ms)
{
    size_t kept = 0;
    size_t i;

    for (i = 0; i < h->count; i++) {
        const struct held_segment *s = &h->items[i];
        int64_t last_ms = s->end_ms != TIME_NONE ? s->end_ms : s->start_ms;

        if (ms != TIME_NONE && last_ms != TIME_NONE && last_ms > ms)
            h->items[kept++] = *s;
    }
    h->count = kept;
}

struct segment_draft segment_queue_at(const struct segment_queue *h, size_t index)
{
    const struct held_segment *s = &h->items[index];

    return (struct segment_draft){
        .text = buffer_string(&h->text) + s->text_byte,
        .text_bytes = s->text_bytes,
        .speaker = s->speaker,
        .kind = s->kind,
        .line = s->line,
        .piece = s->piece,
        .start_ms = s->start_ms,
        .end_ms = s->end_ms,
    };
}

bool segment_queue_emit(struct segment_queue *h, struct reader_context *context,
                        struct error *err)
{
    bool ok = true;
    size_t i;

    for (i = 0; ok && i < h->count; i++) {
        struct segment_draft draft = segment_queue_at(h, i);

        ok = emit_segment(context, &draft, err);
    }
    segment_queue_clear(h);
    return ok;
}

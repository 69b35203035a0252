/* Outline: the structure of a record as a list: its headings, its questions, and the numbered
 * points within turns.
 *
 * A list of points needs two of one family in one turn, beginning with the first; it may
 * continue in the speaker's next segment. A list that starts inside a point of another is one
 * level deeper. */
#ifndef SHILU_ANALYSIS_OUTLINE_H
#define SHILU_ANALYSIS_OUTLINE_H

#include "shilu/base/buffer.h"
#include "shilu/model/transcript.h"

enum outline_kind {
    OUTLINE_HEADING,
    OUTLINE_QUESTION,
    OUTLINE_STATEMENT, /* a turn outside all questions that has points */
    OUTLINE_POINT
};

struct outline_item {
    enum outline_kind kind;
    uint8_t level;       /* from 0 */
    uint16_t number;     /* of a question or a point, from 1 */
    uint32_t segment;    /* where it starts … */
    uint32_t byte;       /* … in the words of that segment */
    uint32_t list;       /* of a point: index of its list in the record */
    uint32_t exchange;   /* the exchange that contains it, or EXCHANGE_NONE */
    uint32_t mark_bytes; /* of a point: length of its marker */
    uint32_t bytes; /* up to the next item, or to the end of the paragraph if that is nearer */
};

struct outline {
    struct outline_item *items; /* owned, in text order */
    size_t count, capacity;
    uint32_t lists;
};

void outline_init(struct outline *o);
void outline_release(struct outline *o);

/* Rebuild it from the whole record: one pass over the words. */
void outline_make(struct outline *o, const struct transcript *t);

/* The same in steps, since a long record takes longer than a key may wait. Of what is appended
 * meanwhile nothing is read. `outline_making_take` fills the outline and frees the rest; so
 * does outline_making_free without an outline. */
struct outline_making;
struct outline_making *outline_making_new(const struct transcript *t);
/* Go on for about so long. True while there is more. */
bool outline_making_step(struct outline_making *m, int64_t budget_ms);
unsigned outline_making_percent(const struct outline_making *m);
void outline_making_take(struct outline_making *m, struct outline *o);
void outline_making_free(struct outline_making *m);

/* The same for segments [first, end), which must be whole turns. */
void outline_make_part(struct outline *o, const struct transcript *t, uint32_t first,
                       uint32_t end);

/* Append the marker of a point as in the record, with the comma or colon after it and what
 * separates it from the first words: "First, ", "第一，", "一是 ". */
void outline_mark(const struct outline_item *item, const struct transcript *t,
                  struct buffer *out);

/* Who answers a question, in the order of their first words: the first one who speaks at or
 * after *segment, which is then set to the end of that turn; SPEAKER_NONE if nobody else
 * answers. Start with the item's own segment. */
uint32_t outline_answerer(const struct outline_item *item, const struct transcript *t,
                          uint32_t *segment);

/* Append the first words of an item, at most about `bytes` bytes, without the marker of a
 * point. They are as in the file: the caller makes them safe for display. */
void outline_words(const struct outline_item *item, const struct transcript *t, size_t bytes,
                   struct buffer *out);

/* The last item at or before a place; `count` if there is none. */
size_t outline_at(const struct outline *o, uint32_t segment, uint32_t byte);

#endif

/* Pair screen: two texts side by side that scroll together, pair by pair: a record and its
 * translation, or two versions of a record. Without room for two columns, the parts of a pair
 * are one above the other. */
#ifndef SHILU_UI_PAIR_SCREEN_H
#define SHILU_UI_PAIR_SCREEN_H

#include "shilu/ui/ui.h"

/* Bytes [start, end) of a part that are drawn differently. */
struct pair_mark {
    size_t start, end;
    uint8_t over; /* enum style_over */
};

/* One text's part of a pair. The source appends to it and clears nothing. */
struct pair_part {
    struct buffer text;   /* its heading, a line feed, its words; empty if the text has no
                           * such part */
    size_t heading_bytes; /* without the line feed */
    uint8_t accent;       /* of the heading */
    struct pair_mark *marks;
    size_t mark_count, mark_capacity;
};
void pair_part_mark(struct pair_part *part, size_t start, size_t end, uint8_t over);

enum { PAIR_SIDES = 2 };

struct pair_source {
    void *context;
    const char *title;                /* borrowed */
    const char *empty;                /* shown if there are no pairs */
    const char *language[PAIR_SIDES]; /* BCP 47 tags for line breaking, or NULL */
    size_t (*count)(void *context);
    void (*part)(void *context, size_t pair, int side, struct pair_part *part);
    /* Pairs at which `]` and `[` stop, and n and N before a search; NULL for all. */
    bool (*stops)(void *context, size_t pair);
    void (*close)(void *context); /* free the context; may be NULL */
};

/* The source is copied; its context is freed with the screen. */
struct ui *pair_screen_new(const struct pair_source *source, const struct ui_options *options);

#endif

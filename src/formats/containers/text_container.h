/* The container of plain text: one block a line, streamed. It detects whether lines are
 * hard-wrapped or whole paragraphs, and leaves out line numbers and page headers. */
#ifndef SHILU_FORMATS_TEXT_CONTAINER_H
#define SHILU_FORMATS_TEXT_CONTAINER_H

#include "formats/containers/block.h"

extern const struct container_ops text_container;

/* Visit the blocks of a text in memory. */
typedef void text_visitor(void *self, const struct block *block);
void text_container_visit(struct span text, text_visitor *visitor, void *self);
/* The same for an open container, which can continue after it: habits are learnt from the whole
 * head once, but only the blocks of `text`, which is the next whole lines of it, are visited.
 */
void text_container_take(void *container, struct span head, struct span text,
                         text_visitor *visitor, void *self);

enum { TEXT_BULLETS = 11 };

/* What the lines of a text have in common, learnt from the first ones. */
struct text_habits {
    uint32_t full_columns;      /* of a full line if lines are wrapped; else 0 */
    bool east_asian;            /* most lines end in East Asian letters or stops */
    bool numbered;              /* most lines begin with a line number */
    bool page_numbered;         /* … in the form "0012:07" */
    uint32_t margin_columns;    /* where the numbers of every fifth line end, in the margin on
                                 * the right; 0 for none */
    bool bullets[TEXT_BULLETS]; /* bullets that lines begin with */
    bool wide_bullet;           /* 〇 is one of them */
};

/* A line without its line number. */
struct span text_habits_strip(const struct text_habits *habits, struct span line);

/* Whether a line is only a visual separator: "----", "=====". */
bool text_is_rule(struct span line);

/* The columns of white space before a line's words; *line becomes the trimmed words. */
uint32_t text_take_indent(struct span *line);

#endif

/* The container of plain text: one block a line, streamed. It tells hard-wrapped text from text
 * with one paragraph a line, and leaves out the numbers of lines and the heads of pages. */
#ifndef SHILU_FORMATS_TEXT_CONTAINER_H
#define SHILU_FORMATS_TEXT_CONTAINER_H

#include "formats/containers/block.h"

extern const struct container_ops text_container;

/* The blocks of a text that is in memory. */
typedef void text_visitor(void *self, const struct block *block);
void text_container_visit(struct span text, text_visitor *visitor, void *self);
/* The same for a container that was opened, which goes on after it: habits are learnt from the
 * whole head, but blocks are taken only of its first bytes, which are whole lines. */
void text_container_take(void *container, struct span head, size_t bytes, text_visitor *visitor,
                         void *self);

enum { TEXT_BULLETS = 11 };

/* What lines of a text have in common, inferred from its first ones. */
struct text_habits {
    uint32_t full_columns;      /* of a full line where lines are wrapped; else 0 */
    bool east_asian;            /* most lines end in its letters or stops */
    bool numbered;              /* a count comes before the words of most lines */
    bool page_numbered;         /* "0012:07" does */
    bool bullets[TEXT_BULLETS]; /* those that lines begin with */
    bool wide_bullet;           /* 〇 is one of them */
};

void text_habits_learn(struct text_habits *habits, struct span head);

/* A line without the number before its words. */
struct span text_habits_strip(const struct text_habits *habits, struct span line);

/* Whether a line is only there to be seen: "----", "=====". */
bool text_is_rule(struct span line);

/* The columns of white space before a line's words; *line becomes the words, trimmed. */
uint32_t text_take_indent(struct span *line);

#endif

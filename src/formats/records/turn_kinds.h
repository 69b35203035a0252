/* Turn kinds: who asks and who answers, inferred from the turns of the head: by marks and words
 * of labels, by how often somebody's turns hold questions, by who follows whom. */
#ifndef SHILU_FORMATS_TURN_KINDS_H
#define SHILU_FORMATS_TURN_KINDS_H

#include "formats/records/choice/choose.h"
#include "shilu/model/transcript.h"

enum turn_part {
    PART_ANSWERS, /* whatever is not one of these */
    PART_ASKS,
    PART_ASKS_IN_QUESTIONS, /* only those of their turns that hold a question */
    PART_HOSTS
};

struct turn_kinds {
    bool any;       /* somebody asks: kinds can be told */
    uint8_t *parts; /* owned: enum turn_part, by label */
    size_t part_count;
    bool marked;     /* answers have a mark of their own: A. */
    bool asked;      /* a question is open */
    bool answered;   /* … and has an answer */
    bool just_asked; /* by the turn before */
};

void turn_kinds_learn(struct turn_kinds *kinds, const struct survey *s,
                      const struct choice *choice);
void turn_kinds_release(struct turn_kinds *kinds);

/* Whether somebody puts questions, though not in every turn. */
bool turn_kinds_asks(const struct turn_kinds *kinds, uint32_t label);

/* The kind of the next turn, by its label (SURVEY_NONE: one who has none), whether its words
 * hold a question, and whether they are nothing but thanks. */
enum segment_kind turn_kinds_next(struct turn_kinds *kinds, const struct survey *s,
                                  uint32_t label, bool asks, bool thanks);

#endif

/* Turn kinds: who asks and who answers, inferred from the turns of the head: by marks and words
 * of labels, by how often a speaker's turns contain questions, and by who follows whom. */
#ifndef SHILU_FORMATS_TURN_KINDS_H
#define SHILU_FORMATS_TURN_KINDS_H

#include "formats/records/choice/choose.h"
#include "shilu/model/transcript.h"

enum turn_part {
    PART_ANSWERS, /* everything else */
    PART_ASKS,
    PART_ASKS_IN_QUESTIONS, /* only in turns that contain a question */
    PART_HOSTS
};

struct turn_kinds {
    bool any;       /* somebody asks, so turns have kinds */
    uint8_t *parts; /* owned: enum turn_part, by label */
    size_t part_count;
    bool marked;       /* answers have a mark: A. */
    bool asked;        /* a question has been put */
    bool answered;     /* … and answered */
    bool just_asked;   /* in the previous turn */
    uint32_t answerer; /* label of the last answer, if `answered` */
};

/* What a verb behind the name says: 法官問, 被告答, 審判長諭知. */
enum turn_verb { VERB_NONE, VERB_ASKS, VERB_ANSWERS, VERB_STATES };

/* What the words of a turn, and its label, say about its kind. */
struct turn_words {
    enum turn_verb verb;
    bool asks;
    bool only_thanks;
    bool begins_with_thanks; /* … and is short */
};

void turn_kinds_learn(struct turn_kinds *kinds, const struct survey *s,
                      const struct choice *choice);
void turn_kinds_release(struct turn_kinds *kinds);

/* Whether somebody asks, though not in every turn. */
bool turn_kinds_asks(const struct turn_kinds *kinds, const struct survey *s, uint32_t label);

/* The kind of the next turn, by its label (SURVEY_NONE without one) and its words. */
enum segment_kind turn_kinds_next(struct turn_kinds *kinds, const struct survey *s,
                                  uint32_t label, const struct turn_words *words);

#endif

/* Roster: the people present, as a record lists them above its first turn ("PRESENT:", 出席者,
 * "Anwesend"), and which speakers they are. A label means a person if it is the whole name, or
 * if it begins or ends the name of only one person. At most one label means a person, unless a
 * label is the whole name. */
#ifndef SHILU_FORMATS_ROSTER_H
#define SHILU_FORMATS_ROSTER_H

#include "formats/records/choice/choose.h"
#include "shilu/base/buffer.h"

struct roster_person {
    char *name;     /* owned */
    char *role;     /* owned, or NULL */
    uint32_t label; /* the label of this person, or SURVEY_NONE */
    bool shortened; /* the label is part of the name */
};

struct roster {
    struct roster_person *people; /* owned */
    size_t count;
    size_t capacity;
    struct buffer text; /* of the lists, one line each */
};

/* Read the lists above the first turn, and match the labels of the head with them. */
void roster_find(struct roster *roster, const struct survey *s, const struct choice *choice);
void roster_release(struct roster *roster);

/* Whether a line heads a list of those present: "Attendees:". */
bool roster_heads_list(const struct survey_block *b);

/* Whether a label means the person of this name: it is the name or a part of it, its initials,
 * or the text in brackets after it. */
bool roster_label_means(const struct survey *s, uint32_t label, struct span name);

/* The person that a label means, or NULL. */
const struct roster_person *roster_person_of(const struct roster *roster, uint32_t label);

#endif

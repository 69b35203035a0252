/* Roster: those present, as a record lists them above its first turn ("PRESENT:", 出席者,
 * "Anwesend"), and which speakers they are. A label means a person where it is the name, or
 * begins or ends that of one person only; a person is meant by one label at most, unless a
 * label is the whole name. */
#ifndef SHILU_FORMATS_ROSTER_H
#define SHILU_FORMATS_ROSTER_H

#include "formats/records/choice/choose.h"
#include "shilu/base/buffer.h"

struct roster_person {
    char *name;     /* owned */
    char *role;     /* owned, or NULL */
    uint32_t label; /* that means this person, or SURVEY_NONE */
    bool shortened; /* the label is a part of the name */
};

struct roster {
    struct roster_person *people; /* owned */
    size_t count;
    size_t capacity;
    struct buffer text; /* of the lists, a line each */
};

/* Read the lists above the first turn, and find whom the labels of the head mean. */
void roster_find(struct roster *roster, const struct survey *s, const struct choice *choice);
void roster_release(struct roster *roster);

/* Whom a label means; NULL for nobody of the list. */
const struct roster_person *roster_person_of(const struct roster *roster, uint32_t label);

#endif

/* Rows that complete the main one: what they explain in the same record. */
#ifndef SHILU_FORMATS_CHOICE_COMPLEMENT_H
#define SHILU_FORMATS_CHOICE_COMPLEMENT_H

#include "formats/records/choice/choice.h"

/* Add the rows that explain what the main one leaves. */
void complement_add(const struct survey *s, struct choice *choice, const struct contender *main,
                    struct contender *all, size_t count);

/* 【同期声】村民　郑大海：… after a label in brackets: the name that the words begin with,
 * before a colon. SURVEY_NONE for none. */
uint32_t complement_name_behind(const struct survey *s, uint32_t member);

/* <인터뷰> 함재길(농민) : "…": of a turn, that a kind of recording comes before the name, and
 * that its words are quoted. */
bool complement_is_quoted_person(const struct survey *s, const struct survey_candidate *c);

/* Where a name is after every bracket of a kind, the name says who speaks, and the bracket how
 * it was recorded, or what part the speaker has. */
void complement_take_names_behind(const struct survey *s, struct choice *choice);

/* Where all turns are such, they stand within a report, whose parts have labels in brackets on
 * lines of their own: [앵커], [리포트]. */
void complement_find_frame(const struct survey *s, struct choice *choice,
                           const struct contender *all, size_t count);

#endif

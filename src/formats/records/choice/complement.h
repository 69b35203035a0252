/* Rows that complete the main one, because they explain other blocks of the same record. */
#ifndef SHILU_FORMATS_CHOICE_COMPLEMENT_H
#define SHILU_FORMATS_CHOICE_COMPLEMENT_H

#include "formats/records/choice/choice.h"

/* Add the rows that explain what the main one does not. */
void complement_add(const struct survey *s, struct choice *choice, const struct contender *main,
                    struct contender *all, size_t count);

/* 【同期声】村民　郑大海：… after a label in brackets: the name at the start of the words,
 * before a colon. SURVEY_NONE if there is none. */
uint32_t complement_name_behind(const struct survey *s, uint32_t member);

/* <인터뷰> 함재길(농민) : "…": the kind of recording before the name and the quotation marks
 * mark a turn. */
bool complement_is_quoted_person(const struct survey *s, const struct survey_candidate *c);

/* If a name follows every bracket of a kind, the name says who speaks; the bracket says how it
 * was recorded, or gives the speaker's role. */
void complement_take_names_behind(const struct survey *s, struct choice *choice);

/* If all turns are such, they interrupt a report whose sections have labels in brackets on
 * lines of their own: [앵커], [리포트]. */
void complement_find_frame(const struct survey *s, struct choice *choice,
                           const struct contender *all, size_t count);

#endif

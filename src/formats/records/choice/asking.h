/* Questions that have no label but a dash, a bullet or bold type. */
#ifndef SHILU_FORMATS_CHOICE_ASKING_H
#define SHILU_FORMATS_CHOICE_ASKING_H

#include "formats/records/choice/choice.h"
#include "formats/records/choice/contender.h"

/* Whether a line at the top says that these are frequently asked questions. */
bool asking_is_titled_faq(const struct survey *s);

/* Whether marks for question and answer are the only labels. */
bool asking_are_all_marks(const struct survey *s, const struct choice *choice);

/* Choose by questions after dashes or in bold. */
bool asking_choose(const struct survey *s, struct choice *choice);

/* Choose by questions in plain type, each above an answer in quotation marks, as in Italian
 * papers. */
bool asking_choose_quoted(struct survey *s, struct choice *choice);

/* 原告代理人（大庭） above "1　どこにいましたか。": numbered questions in a court's record,
 * each group below the office of who examines, and answers without labels. */
bool asking_choose_examined(const struct survey *s, struct choice *choice,
                            const struct contender *offices);

/* Add questions after dashes to a choice that has labels. */
void asking_add_dashes(const struct survey *s, struct choice *choice);

/* If only answers have a mark, add the item of a list above each as its question. */
void asking_add_items(const struct survey *s, struct choice *choice);

/* If one person answers, add the question that stands without a label above each turn. */
void asking_add_questions(struct survey *s, struct choice *choice);

/* Whether the only label is a mark for questions, so that the paragraphs below a question are
 * its answer. */
bool asking_is_mark_alone(const struct survey *s, const struct choice *choice);

#endif

/* Vocabulary: the words that labels of records consist of, in one place. They break ties in
 * short files and say who asks; no layout depends on them alone (see score.c).
 *
 * All functions take a folded label (folded_text.h) in UTF-8. */
#ifndef SHILU_FORMATS_VOCABULARY_H
#define SHILU_FORMATS_VOCABULARY_H

#include <stdbool.h>
#include <stdint.h>

#include "shilu/base/span.h"

enum fact_kind {
    FACT_NONE,
    FACT_OTHER,
    FACT_DATE,
    FACT_SAVED,     /* when the file was written, which is not the day of the record */
    FACT_PUBLISHED, /* when a page was, which is its day only if nothing else says so */
    FACT_VENUE,
    FACT_TITLE,
    FACT_SOURCE,
    FACT_ITEM,    /* an item of the agenda, by number */
    FACT_DECISION /* minutes state it between turns: a motion, a vote */
};
enum mark_kind { MARK_NONE, MARK_ASKS, MARK_ANSWERS };

/* An office, a form of address or a role in a conversation: 部長, 記者, 의원, Mr, Chair. */
bool vocabulary_has_title(struct span label);
/* A recogniser's name for an unidentified voice: spk05, speaker_1, channel 0. */
bool vocabulary_is_voice(struct span label);
/* A member of an assembly who is not named: "Un député du groupe Montagne", "An hon. Member".
 */
bool vocabulary_is_anonymous(struct span label);
/* The same, or several at once: "Members", "Des voix", "Из зала". */
bool vocabulary_is_crowd(struct span label);
/* What is seen or heard and not said, in the script of a broadcast: 画面, 字幕, 자막, 効果音.
 */
bool vocabulary_is_stage(struct span label);
/* Whether every question in these words is a name or an office, as a chair gives the floor:
 * "Hon Molefe?" */
bool vocabulary_only_calls(struct span words);
/* A part in an interview, in lower case: interviewer, moderator, respondent. */
bool vocabulary_is_part(struct span label);
/* The whole label is an office or a form of address: 科長, 先生. */
bool vocabulary_is_title(struct span label);
/* A digit or a Chinese numeral: 一 十 壹. */
bool vocabulary_is_numeral(uint32_t cp);
/* The level of a log message: ERROR, [정보]. */
bool vocabulary_begins_with_level(struct span text);
/* A form of address or an office, followed by a name in capitals: Mr. GREGG, HON. M. BROWN. */
bool vocabulary_is_addressed(struct span label);
/* One who answers, other than by a mark for answers; takes the label's key. */
bool vocabulary_is_witness(struct span key);
/* One whose profession is to ask: a reporter, a news outlet, an interviewer. */
bool vocabulary_has_asker(struct span label);
/* One who gives the floor: a chair, a host, a moderator. */
bool vocabulary_has_host(struct span label);
/* The chair of an assembly, or one of its members, who ask officials: 議長, 의원. */
bool vocabulary_has_chair(struct span label);
bool vocabulary_has_member(struct span label);
/* A body that people speak for, at the end of a word: 新聞, 局, 大学. */
bool vocabulary_ends_in_body(struct span word);

/* The name of a fact about the record, if it is the whole label: 时间, Date, 장소. */
enum fact_kind vocabulary_fact(struct span label);

/* Whether a line says that the meeting (or whatever was recorded) has ended: "The meeting
 * closed at 9.40 pm", "Se levanta la sesión". False for the words with which a chair ends
 * it. */
bool vocabulary_is_end(struct span line);

/* Whether a short line is a clerk's note of what the assembly did: "Question put and agreed
 * to.", "The motion carried 6-0.", "The House divided." */
bool vocabulary_is_procedure(struct span line);

/* Whether a line says where a tape or a recording begins or ends: "End of Tape 1", "Side B",
 * "Fin de l'entretien". */
bool vocabulary_is_tape_line(struct span line);

/* Whether a line says what kind of record it heads: 記者会見, 회의록, "Press conference". */
bool vocabulary_names_record(struct span line);

/* Whether a line is of the page around a text, and not of the text: 目次, "Skip to content". */
bool vocabulary_is_page_control(struct span line);

/* Whether a line is the title of frequently asked questions, which nobody in particular
 * asks. */
bool vocabulary_names_faq(struct span line);
/* In whose person questions are put, in English, German and French: frequently asked questions
 * say I, interviews say you. */
enum addressed_person { PERSON_NONE, PERSON_FIRST, PERSON_SECOND };
enum addressed_person vocabulary_person_of(struct span question);

/* Whether a text is in a language whose persons that function knows, by its small words. */
bool vocabulary_knows_persons(struct span text);

/* Whether the words are nothing but thanks: "Thank you.", "Gracias, ministra." */
bool vocabulary_only_thanks(struct span words);

/* Whether they are short and begin with thanks, as where a host goes on: "Thank you, Mr.
 * Secretary. Tom, please." */
bool vocabulary_hands_on(struct span words);

/* Whether a mark for question or answer may begin with this code point, judged by it alone. */
static inline bool vocabulary_may_begin_mark(uint32_t cp)
{
    return cp >= 0x80 || (cp >= 'A' && cp <= 'Z');
}

/* A mark for question or answer, if it is the whole label, with or without a number: Q, 問, A1,
 * 질문. *word_bytes is the length of the mark without its number. */
enum mark_kind vocabulary_mark(struct span label, size_t *word_bytes);

#endif

/* Kinds of blocks that begin no turn: a heading, a note, a line that a chat program or a clerk
 * wrote, more words of the last speaker. */
#ifndef SHILU_FORMATS_RECORDS_BLOCK_KIND_H
#define SHILU_FORMATS_RECORDS_BLOCK_KIND_H

#include "formats/records/record.h"

bool block_begins_in_bracket(struct span s);

bool block_ends_in_bracket(struct span s);

bool block_is_note(const struct survey_block *b);

/* A footnote, when a sitting was resumed, the foot of a page, where somebody signs: a line that
 * is nobody's. */
bool block_is_set_beside(const struct record *r, size_t i);

/* A line of a note in brackets that has several lines. */
bool block_is_of_note(const struct record *r, size_t i);

bool block_begins_turn(const struct record *r, size_t i);

/* A short line that does not end as a sentence. */
bool block_has_form_of_title(const struct survey_block *b);

/* 12, alone on its line, as above a title. */
bool block_is_number_alone(const struct survey_block *b);

bool block_is_short_topic(const struct survey_block *b);

/* A short line behind a mark such as ■. */
bool block_has_form_of_marked_title(const struct survey_block *b);

/* A topic of a few letters: 休息. */
bool block_has_form_of_stage(const struct survey_block *b);

bool block_is_heading(const struct record *r, size_t i);

/* "HARRIET OSGOOD," and below it "called as a witness, having been duly sworn." */
bool block_continues_heading(const struct record *r, size_t i);

/* Whether a turn begins below this heading of the markup, or below several in a row. */
bool block_heads_turn(const struct record *r, size_t i);

/* （2）その他, after （1）… stood above the first turn: a section of the record; nobody says
 * it. */
bool block_is_next_section(const struct record *r, size_t i);

/* 【山川総理冒頭発言】: a heading that gives somebody the floor. Returns the candidate, or
 * SURVEY_NONE. */
uint32_t block_owner_of_heading(const struct record *r, size_t i);

/* "----- 2031년 5월 20일 화요일 -----": the date of what follows. */
bool block_is_day_line(const struct survey_block *b, struct stamp *stamp);

/* What a chat program writes itself: joined, left, is now known as. */
bool block_is_machine_line(const struct survey_block *b);

/* Whether lines may come from a chat program: messages have times, or nicknames in angle
 * brackets. */
bool block_is_chat(const struct record *r);

/* "* eli yawns", between messages with nicknames. */
bool block_is_action(const struct record *r, const struct survey_block *b);

/* A name alone, which the next line repeats with a time. */
bool block_is_name_of_next(const struct record *r, size_t i);

/* "Transcribed by https://…", apart, at the very end. */
bool block_is_imprint(const struct record *r, size_t i);

/* A block below the last turn, in a record in which no turn has a second line. */
bool block_is_end_matter(const struct record *r, size_t i);
/* A paragraph that says that the meeting or the recording has ended, or when. */
bool block_is_end(const struct record *r, const struct survey_block *b);
/* "The meeting closed at 9.40 pm.": the last line, set apart, about the meeting itself. */
bool block_is_closing(const struct record *r, size_t i);

/* "MOTION: …", "VOTE: …": decisions that minutes state between turns. */
bool block_is_decision(const struct record *r, size_t i);

/* 案由二：…: an item of the agenda, by number. */
bool block_is_item(const struct record *r, size_t i);

/* A heading in capitals with a table directly below it, such as the votes for and against, or a
 * line of that table. */
bool block_is_of_table(const struct record *r, size_t i);

/* "Açılma Saati: 15.42", "Witnesses: Ada Voss and Neil Quinn.": a fact that is stated above the
 * first turn as well, where a sitting continues, or who is heard next; and the title above. */
bool block_is_fact_again(const struct record *r, size_t i);
/* "(Koniec posiedzenia o godzinie 15 minut 2)": a note of some words with the time of day. */
bool block_states_hour(const struct survey_block *b);
/* What the clerk noted between turns: a motion was carried, a member left the room. */
bool block_is_procedure(const struct record *r, const struct survey_block *b);

/* Another line of a paragraph that begins so. */
bool block_continues_procedure(const struct record *r, size_t i);

/* "1206      Questions      6 May 2031": the header or footer of a page, with wide blanks. */
bool block_is_page_edge(const struct survey_block *b);

/* Indented less than the words below names: stage directions of a play or a film. */
bool block_is_outside_words(const struct record *r, const struct survey_block *b);

/* An office or a constituency directly below a name alone on its line, and above the blank line
 * before the words. */
bool block_is_role_line(const struct record *r, size_t i);

/* "上午12:06	小包已收回訊息": a time as turns have it but no name: a message of the program.
 */
bool block_is_unnamed_moment(const struct record *r, const struct survey_block *b);

/* 午前十一時二分散会, 午後1時再開: a time of day and what the meeting did then; not a sentence.
 */
bool block_is_moment_of_meeting(const struct survey_block *b);

/* "… adjourned until / Tuesday, 18th March, 2008, at 2.30 p.m.": the line continues a sentence
 * of the turn, whatever it begins with. */
bool block_continues_sentence(const struct record *r, size_t i);

/* If every turn has a time beside its label, a clock reading on its own line is an answer:
 * 九点半. */
bool block_is_said(const struct record *r, size_t i);

#endif

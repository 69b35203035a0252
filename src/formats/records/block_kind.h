/* What a block is that begins no turn: a heading, a note, a line that a chat program or a
 * clerk wrote, the words of whoever spoke last. */
#ifndef SHILU_FORMATS_RECORDS_BLOCK_KIND_H
#define SHILU_FORMATS_RECORDS_BLOCK_KIND_H

#include "formats/records/record.h"

bool block_begins_in_bracket(struct span s);

bool block_ends_in_bracket(struct span s);

bool block_is_note(const struct survey_block *b);

bool block_begins_turn(const struct record *r, size_t i);

/* A short line that ends no sentence. */
bool block_has_form_of_title(const struct survey_block *b);

bool block_is_short_topic(const struct survey_block *b);

bool block_is_heading(const struct record *r, size_t i);

/* Whether somebody begins below a heading of the markup, or of several. */
bool block_heads_turn(const struct record *r, size_t i);

/* （2）その他, where （1）… stood above the first turn: a part of the record, and nobody's. */
bool block_is_next_section(const struct record *r, size_t i);

/* 【山川総理冒頭発言】: a heading that gives somebody the floor. The candidate, or SURVEY_NONE.
 */
uint32_t block_owner_of_heading(const struct record *r, size_t i);

/* "----- 2031년 5월 20일 화요일 -----": the day of what follows. */
bool block_is_day_line(const struct survey_block *b, struct stamp *stamp);

/* What a chat program says itself: joined, left, is now known as. */
bool block_is_machine_line(const struct survey_block *b);

/* Whether lines may be a chat program's own: the record has the moment of each message, or
 * nicknames in angle brackets. */
bool block_is_chat(const struct record *r);

/* "* eli yawns", between messages of nicknames. */
bool block_is_action(const struct record *r, const struct survey_block *b);

/* Names alone, printed once more with a time on the next line. */
bool block_is_name_of_next(const struct record *r, size_t i);

/* "Transcribed by https://…", at the very end and apart. */
bool block_is_imprint(const struct record *r, size_t i);

/* Below the last label of a record in which no turn ever had a second line. */
bool block_is_end_matter(const struct record *r, size_t i);

/* "The meeting closed at 9.40 pm." is last, apart, and speaks of the meeting. */
bool block_is_closing(const struct record *r, size_t i);

/* "MOTION: …", "VOTE: …": what the minutes state between the turns. */
bool block_is_decision(const struct record *r, size_t i);

/* What the clerk wrote between the turns: a motion carried, a member left the room. */
bool block_is_procedure(const struct record *r, const struct survey_block *b);

/* "1206      Questions      6 May 2031": the edge of a page, set by wide blanks. */
bool block_is_page_edge(const struct survey_block *b);

/* Not as far in as the words below names are: what a play or a film tells between them. */
bool block_is_outside_words(const struct record *r, const struct survey_block *b);

/* A name alone on its line, and directly below it the office or the constituency, before the
 * blank line that separates both from the words. */
bool block_is_role_line(const struct record *r, size_t i);

/* "上午12:06	小包已收回訊息": a line with the moment that turns have, and no name: what the
 * program says of itself. */
bool block_is_unnamed_moment(const struct record *r, const struct survey_block *b);

/* 午前十一時二分散会, 午後1時再開: a wall clock and what the meeting did then, and no sentence.
 */
bool block_is_moment_of_meeting(const struct survey_block *b);

/* "… adjourned until / Tuesday, 18th March, 2008, at 2.30 p.m.": a line within a sentence of a
 * turn, whatever it begins with. */
bool block_goes_on(const struct record *r, size_t i);

/* Where all turns have a moment beside their label, a clock reading on a line of its own is an
 * answer: 九点半. */
bool block_is_said(const struct record *r, size_t i);

#endif

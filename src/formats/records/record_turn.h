/* The current turn: its words are gathered here and given out as segments. */
#ifndef SHILU_FORMATS_RECORDS_RECORD_TURN_H
#define SHILU_FORMATS_RECORDS_RECORD_TURN_H

#include "formats/records/record.h"

void record_turn_begin_paragraph(struct record *r);

/* What was posted at one moment is one segment; else each paragraph is one, the first of which
 * has the time. An end is that of the last. */
bool record_turn_give(struct record *r, struct reader_context *context, uint32_t speaker,
                      struct error *err);

/* Give out the current turn; its speaker stays. */
bool record_turn_flush(struct record *r, struct reader_context *context, struct error *err);

/* What nobody says: a heading, a note, a line of front matter. */
bool record_turn_give_unsaid(struct record *r, struct reader_context *context, struct span text,
                             bool heading, struct error *err);

/* The same with the moment at its end, if there is one. */
bool record_turn_give_posted(struct record *r, struct reader_context *context,
                             const struct survey_block *b, struct error *err);

void record_turn_end(struct record *r);

/* The length of a reference to a character that every page's writer makes, and the character;
 * 0 for anything else. */
size_t record_turn_entity(struct span text, char *character);

/* Words of the current turn, as a paragraph of its own or continuing the one before. */
bool record_turn_add_words(struct record *r, struct reader_context *context, struct span words,
                           bool joins, struct error *err);

void record_turn_take_pending(struct record *r);

/* A label below which nothing was said is kept as a line that nobody says. */
bool record_turn_keep_lone_label(struct record *r, struct reader_context *context,
                                 struct error *err);

/* Behind an inset, whoever was interrupted goes on, unless the quotation does. */
bool record_turn_resume(struct record *r, struct reader_context *context, struct span words,
                        struct error *err);

#endif

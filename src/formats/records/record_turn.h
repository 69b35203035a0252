/* The current turn: collects its words and gives them out as segments. */
#ifndef SHILU_FORMATS_RECORDS_RECORD_TURN_H
#define SHILU_FORMATS_RECORDS_RECORD_TURN_H

#include "formats/records/record.h"

void record_turn_begin_paragraph(struct record *r);

/* A posted message is one segment; other turns give one segment a paragraph. The start belongs
 * to the first, the end to the last. */
bool record_turn_give(struct record *r, struct reader_context *context, uint32_t speaker,
                      struct error *err);

/* Give out the current turn; its speaker stays current. */
bool record_turn_flush(struct record *r, struct reader_context *context, struct error *err);

/* Text that nobody says: a heading, a note, a line of front matter. */
bool record_turn_give_unsaid(struct record *r, struct reader_context *context, struct span text,
                             bool heading, struct error *err);

/* The same, with the time at its end if there is one. */
bool record_turn_give_posted(struct record *r, struct reader_context *context,
                             const struct survey_block *b, struct error *err);

void record_turn_end(struct record *r);

/* The length of one of the character references that every HTML writer makes, and its
 * character; 0 for anything else. */
size_t record_turn_entity(struct span text, char *character);

/* Add words to the current turn, as a new paragraph or continuing the last one. */
bool record_turn_add_words(struct record *r, struct reader_context *context, struct span words,
                           bool joins, struct error *err);

void record_turn_take_pending(struct record *r);

/* Keep a label without any words as a line that nobody says. */
bool record_turn_keep_lone_label(struct record *r, struct reader_context *context,
                                 struct error *err);

/* After an inset the interrupted speaker continues, unless the quotation does. */
bool record_turn_resume(struct record *r, struct reader_context *context, struct span words,
                        struct error *err);

#endif

/* Drafts: what a reader has found so far. A reader only adds to them; the loader alone moves
 * them to a transcript. So several readers can try the head of a file, and their drafts can be
 * compared.
 *
 * Speakers are numbers of labels here: the same label has the same number for the whole life of
 * the drafts, also after they were moved. Two labels of one person have two numbers, which the
 * transcript unites. */
#ifndef SHILU_FORMATS_DRAFTS_H
#define SHILU_FORMATS_DRAFTS_H

#include "shilu/model/transcript.h"

struct drafts;

struct drafts *drafts_new(void);
void drafts_free(struct drafts *d);

/* Add a segment, whose strings are copied. Fails for a text that no transcript can hold. */
bool drafts_append(struct drafts *d, const struct segment_draft *draft, struct error *err);

/* The line of the file where what is added from now on begins, unless a draft says its own; 0:
 * lines are not asked for. */
void drafts_set_line(struct drafts *d, uint32_t line);
uint32_t drafts_line(const struct drafts *d);

/* The number of a label, as transcript_speaker and transcript_define_speaker take one;
 * SPEAKER_NONE for a label without id and name. */
uint32_t drafts_speaker(struct drafts *d, const struct speaker_label *label);
uint32_t drafts_define_speaker(struct drafts *d, const struct speaker_label *label);

/* Whether the file's own list has had this id; whether a label of this id or name is there. */
bool drafts_has_defined(const struct drafts *d, const char *id);
bool drafts_has_speaker(const struct drafts *d, const char *name);

/* What a label says; borrowed for the life of the drafts. */
const struct speaker_label *drafts_label(const struct drafts *d, uint32_t speaker);
size_t drafts_label_count(const struct drafts *d);

/* Facts of the whole record, as transcript_set and related functions take them. They can be
 * read back, also after a move. */
void drafts_set(struct drafts *d, enum transcript_field field, const char *value);
const char *drafts_get(const struct drafts *d, enum transcript_field field);
void drafts_set_clock(struct drafts *d, enum clock clock);
enum clock drafts_clock(const struct drafts *d);
void drafts_set_utc_offset(struct drafts *d, int32_t minutes);
int32_t drafts_utc_offset(const struct drafts *d); /* or UTC_OFFSET_NONE */
void drafts_add_fact(struct drafts *d, const char *name, const char *value);

/* How many segments were ever added; how many wait to be moved, and one of those, whose strings
 * are borrowed until the next change. */
size_t drafts_count(const struct drafts *d);
size_t drafts_waiting(const struct drafts *d);
struct segment_draft drafts_at(const struct drafts *d, size_t index);

/* Set the speaker of a waiting segment afterwards. Segments must get new labels in their order.
 */
void drafts_set_speaker(struct drafts *d, size_t index, uint32_t speaker);

/* Move all to the transcript, which must be the same in every call. */
bool drafts_move(struct drafts *d, struct transcript *t, struct error *err);

#endif

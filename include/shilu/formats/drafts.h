/* Drafts: what a reader has found so far. A reader only adds to them; only the loader moves
 * them to a transcript. So several readers can try the head of a file, and their drafts can be
 * compared.
 *
 * Here a speaker is the number of a label: the same label keeps its number for the life of the
 * drafts, even after a move. Two labels of one person have two numbers, which the transcript
 * merges. */
#ifndef SHILU_FORMATS_DRAFTS_H
#define SHILU_FORMATS_DRAFTS_H

#include "shilu/model/transcript.h"

struct drafts;

struct drafts *drafts_new(void);
void drafts_free(struct drafts *d);

/* Add a segment, whose strings are copied. Fails for a text too long for a transcript. */
bool drafts_append(struct drafts *d, const struct segment_draft *draft, struct error *err);

/* The line of the file where the following items begin, unless a draft states its own; 0 if
 * nobody wants lines. */
void drafts_set_line(struct drafts *d, uint32_t line);
uint32_t drafts_line(const struct drafts *d);

/* The number of a label, as transcript_speaker and transcript_define_speaker take one;
 * SPEAKER_NONE for a label without id and name. */
uint32_t drafts_speaker(struct drafts *d, const struct speaker_label *label);
uint32_t drafts_define_speaker(struct drafts *d, const struct speaker_label *label);

/* Whether the file's own list contains this id; whether there is a label with this id or
 * name. */
bool drafts_has_defined(const struct drafts *d, const char *id);
bool drafts_has_speaker(const struct drafts *d, const char *name);

/* The label with this number; borrowed for the life of the drafts. */
const struct speaker_label *drafts_label(const struct drafts *d, uint32_t speaker);
size_t drafts_label_count(const struct drafts *d);

/* Facts about the whole record, as for transcript_set and related functions. They can be read
 * back, even after a move. */
void drafts_set(struct drafts *d, enum transcript_field field, const char *value);
const char *drafts_get(const struct drafts *d, enum transcript_field field);
void drafts_set_time_base(struct drafts *d, enum time_base time_base);
enum time_base drafts_time_base(const struct drafts *d);
void drafts_set_utc_offset(struct drafts *d, int32_t minutes);
int32_t drafts_utc_offset(const struct drafts *d); /* or UTC_OFFSET_NONE */
void drafts_add_fact(struct drafts *d, const char *name, const char *value);

/* How many segments were ever added; how many are waiting to be moved; and one of those, whose
 * strings are borrowed until the next change. */
size_t drafts_count(const struct drafts *d);
size_t drafts_waiting(const struct drafts *d);
struct segment_draft drafts_at(const struct drafts *d, size_t index);

/* Set the speaker of a waiting segment later on. Segments must get new labels in their
 * order. */
void drafts_set_speaker(struct drafts *d, size_t index, uint32_t speaker);

/* Move all to the transcript, which must be the same in every call. */
bool drafts_move(struct drafts *d, struct transcript *t, struct error *err);

#endif

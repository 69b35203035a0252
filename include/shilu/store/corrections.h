/* Corrections: what the user has corrected in a record, kept beside the notes, in a file of its
 * own in $XDG_DATA_HOME/shilu/corrections, and saved at once. The source is never changed.
 * Corrections are kept as steps, so that they can be undone and redone one by one, even in a
 * later session; those in force are an overlay of the record's transcript. A correction that
 * cannot be saved still applies, and saving is tried again until the program ends.
 *
 * A record is identified by its words in the source as well as by its path (record_file). */
#ifndef SHILU_STORE_CORRECTIONS_H
#define SHILU_STORE_CORRECTIONS_H

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"
#include "shilu/model/overlay.h"
#include "shilu/model/transcript.h"

struct corrections;

/* The corrections of the record at `path` (copied), as far as its path identifies it; see
 * record_file_init. `writes`: if they are found under another path, save them for the current
 * one. */
struct corrections *corrections_new(const char *path, bool writes);
void corrections_free(struct corrections *c);

/* Apply them to the transcript, which may be empty so far. Detach them from the transcript, or
 * free it, before releasing the corrections. */
void corrections_lay_over(struct corrections *c, struct transcript *t);

/* Call it as more is loaded; `whole`: nothing more will come. True if they were applied again:
 * bytes, turns and paragraphs of the transcript have changed. *said is set if there is
 * something to tell the user. */
bool corrections_meet(struct corrections *c, struct transcript *t, bool whole,
                      struct buffer *said);

/* All in force, with their states; borrowed until the next change. */
const struct overlay *corrections_all(const struct corrections *c);

/* The current correction of a segment, or one that changes nothing yet. Change it
 * (correction_set_text and related functions), put it, and release it. */
struct correction corrections_of(const struct corrections *c, const struct transcript *t,
                                 uint32_t segment);
void correction_set_text(struct correction *c, const char *text, size_t bytes);
void correction_set_speaker(struct correction *c, const char *name);
void correction_set_time(struct correction *c, int64_t start_ms, int64_t end_ms);

/* Make some corrections in one step and apply them; one without changes removes the existing
 * one. False: *err says why it could not be saved, but it applies. */
bool corrections_put(struct corrections *c, struct transcript *t,
                     const struct correction *items, size_t count, struct error *err);

/* Resolve a conflict: keep the correction instead of what the source says now, or drop it. */
bool corrections_resolve(struct corrections *c, struct transcript *t,
                         const struct correction *conflict, bool keep, struct error *err);

/* Undo the last step, or redo the last undone one. False with ERROR_USAGE if there is none;
 * with any other error it could not be saved, but applies. *segment: the place of the step. */
bool corrections_undo(struct corrections *c, struct transcript *t, bool redo, uint32_t *segment,
                      struct error *err);

/* How many steps are not saved yet; try to save them now, true if none is left; their text, one
 * line each. */
size_t corrections_unsaved(const struct corrections *c);
bool corrections_try_again(struct corrections *c, struct error *err);
void corrections_print_unsaved(const struct corrections *c, struct buffer *out);

/* Which records have corrections, for commands that read many: for such a record, neither its
 * raw bytes nor an index of its source show its current words. */
struct corrected_records;
struct corrected_records *corrected_records_read(void); /* NULL if no record has any */
void corrected_records_free(struct corrected_records *r);
/* Whether the record at `path` may have corrections; thread-safe. */
bool corrected_records_may_have(const struct corrected_records *r, const char *path);

#endif

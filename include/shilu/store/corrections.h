/* Corrections: what a reader has put right in a record, kept beside the notes, in a file of its
 * own in $XDG_DATA_HOME/shilu/corrections, from the moment that it is made. The source is never
 * touched. They are kept as steps, so that they can be undone and redone one by one, also the
 * next time; what holds of them is an overlay of the record's transcript.
 *
 * What cannot be saved stands all the same, and is tried again until the program ends. A record
 * is known by its words as well as by its path (record_file), as the source has them. */
#ifndef SHILU_STORE_CORRECTIONS_H
#define SHILU_STORE_CORRECTIONS_H

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"
#include "shilu/model/overlay.h"
#include "shilu/model/transcript.h"

struct corrections;

/* Those of the record at `path` (copied), as far as the path tells; see record_file_init.
 * `writes`: what is found elsewhere is written down where it is now. */
struct corrections *corrections_new(const char *path, bool writes);
void corrections_free(struct corrections *c);

/* Lay them over the transcript, of which nothing need be loaded; it must be laid over anew, or
 * be gone, before the corrections are. */
void corrections_lay_over(struct corrections *c, struct transcript *t);

/* Call it as more is loaded; `whole`: nothing more will come. True where the transcript was
 * laid over anew: what is known of its bytes, turns and paragraphs no longer holds. *said is
 * filled where there is something to tell the reader. */
bool corrections_meet(struct corrections *c, struct transcript *t, bool whole,
                      struct buffer *said);

/* All that hold, with their states; borrowed until the next change. */
const struct overlay *corrections_all(const struct corrections *c);

/* The correction of a segment as it is, or one that changes nothing yet; to be changed (see
 * correction_set_text and its like), put, and released. */
struct correction corrections_of(const struct corrections *c, const struct transcript *t,
                                 uint32_t segment);
void correction_set_text(struct correction *c, const char *text, size_t bytes);
void correction_set_speaker(struct correction *c, const char *name);
void correction_set_time(struct correction *c, int64_t start_ms, int64_t end_ms);

/* Make some corrections in one step, and lay them over; one without changes takes away what
 * there is. False: *err says why it could not be saved, but it holds. */
bool corrections_put(struct corrections *c, struct transcript *t,
                     const struct correction *items, size_t count, struct error *err);

/* Of a conflict: keep the correction, in place of what the source says now; or let go of it. */
bool corrections_resolve(struct corrections *c, struct transcript *t,
                         const struct correction *conflict, bool keep, struct error *err);

/* Undo the last step, or redo the last that was undone. False with ERROR_USAGE where there is
 * none; with any other error it could not be saved, but holds. *segment: where it was made. */
bool corrections_undo(struct corrections *c, struct transcript *t, bool redo, uint32_t *segment,
                      struct error *err);

/* Steps that are not saved yet; try again now, true where none is left; as text, a line each.
 */
size_t corrections_unsaved(const struct corrections *c);
bool corrections_try_again(struct corrections *c, struct error *err);
void corrections_print_unsaved(const struct corrections *c, struct buffer *out);

/* Which records have corrections, for whoever goes through many: a search of the bytes of such
 * a file, or in an index of its source, does not tell what is found in it. */
struct corrected_records;
struct corrected_records *corrected_records_read(void); /* NULL: none has any */
void corrected_records_free(struct corrected_records *r);
/* Whether there may be corrections of the record at `path`; any thread. */
bool corrected_records_may_have(const struct corrected_records *r, const char *path);

#endif

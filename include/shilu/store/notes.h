/* Notes and marks: what the user has written about a record, kept in a file of its own in
 * $XDG_DATA_HOME/shilu/notes, saved at once, so that a crash or a lost connection loses
 * nothing. What cannot be saved is kept, and saving is tried again until the program ends.
 *
 * A record is identified by its words as well as by its path (record_id), and each note by the
 * words of its segment. */
#ifndef SHILU_STORE_NOTES_H
#define SHILU_STORE_NOTES_H

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"
#include "shilu/model/transcript.h"
#include "shilu/view/reader_state.h"

struct notes;

/* The notes of the record at `path` (copied), which may be empty so far. "-" and paths that are
 * not regular files are identified by their words alone; with a NULL path nothing is saved. */
struct notes *notes_new(const char *path);
void notes_free(struct notes *n);

/* Give them the loaded part of the record, which must outlive the notes. Call it as more is
 * loaded; `whole`: nothing more will come. True if notes were found again, or moved with their
 * words; *said then says so. */
bool notes_meet(struct notes *n, const struct transcript *t, bool whole, struct buffer *said);

/* Ordered by segment; borrowed until the next change. */
const struct reader_state_note *notes_all(const struct notes *n, size_t *count);

/* Write a note, replacing the existing one; an empty one removes it. If another program has
 * changed that note since, both texts stay. False: *err says why it could not be saved, but it
 * is kept. */
bool notes_put(struct notes *n, uint32_t segment, const char *text, struct error *err);

/* Marks: a letter for a byte of a segment. Saved like notes. */
bool notes_mark(struct notes *n, char letter, uint32_t segment, uint32_t byte,
                struct error *err);
bool notes_find_mark(const struct notes *n, char letter, uint32_t *segment, uint32_t *byte);

/* How many changes are not saved yet; try to save them now, true if none is left; their text,
 * one line each, so that the user can still copy them. */
size_t notes_unsaved(const struct notes *n);
bool notes_try_again(struct notes *n, struct error *err);
void notes_print_unsaved(const struct notes *n, struct buffer *out);

#endif

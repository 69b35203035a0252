/* Notes and marks: what a reader has written down about a record, kept in a file of its own in
 * $XDG_DATA_HOME/shilu/notes from the moment that it is written, so that a crash or a lost
 * connection takes nothing. Whatever cannot be saved is kept until the program ends. */
#ifndef SHILU_STORE_NOTES_H
#define SHILU_STORE_NOTES_H

#include "shilu/base/error.h"
#include "shilu/view/reader_state.h"

struct notes;

/* Those of the record at `path` (copied). NULL, "-" and what is no file have nothing that is
 * kept: theirs last as long as the program. */
struct notes *notes_new(const char *path);
void notes_free(struct notes *n);

/* In the order of the segments; borrowed until the next change. */
const struct reader_state_note *notes_all(const struct notes *n, size_t *count);

/* Write down a note, in place of one that is there; an empty one takes that away. False: *err
 * says why it could not be saved, but it is there. */
bool notes_put(struct notes *n, uint32_t segment, const char *text, struct error *err);

/* Marks: a letter names a byte of a segment. The same as for notes. */
bool notes_mark(struct notes *n, char letter, uint32_t segment, uint32_t byte,
                struct error *err);
bool notes_find_mark(const struct notes *n, char letter, uint32_t *segment, uint32_t *byte);

#endif

/* Kept notes: the notes of all records, from their files, and the #tags in notes. */
#ifndef SHILU_STORE_KEPT_NOTES_H
#define SHILU_STORE_KEPT_NOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"

struct kept_note {
    char *path; /* owned; of the record; NULL if it had none */
    uint32_t segment;
    char *text; /* owned */
};

struct kept_notes {
    struct kept_note *items; /* owned; by record, and by segment within it */
    size_t count, capacity;
};

void kept_notes_read(struct kept_notes *all);
void kept_notes_release(struct kept_notes *all);

/* The next tag in a note, without its '#': letters, digits, '-', '_' and '/' after a '#' that
 * does not follow a letter. False if there is none. */
bool note_tag_next(struct span *rest, struct span *tag);
/* Whether a note has this tag (with or without '#'), ignoring case, width and Han variants as a
 * search does. */
bool note_has_tag(const char *note, const char *tag);
/* The same for each of several tags, separated by spaces or commas; true for NULL. */
bool note_has_tags(const char *note, const char *tags);
/* All tags, separated by `between`. */
void note_tags_append(struct buffer *out, const char *note, const char *between);

#endif

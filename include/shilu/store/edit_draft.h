/* Edit draft: words that are open in an editor, in a file of their own in
 * $XDG_DATA_HOME/shilu/corrections. It outlives the program: what was written before a crash or
 * a lost connection is there again next time. */
#ifndef SHILU_STORE_EDIT_DRAFT_H
#define SHILU_STORE_EDIT_DRAFT_H

#include <stdint.h>

#include "shilu/base/buffer.h"
#include "shilu/base/error.h"
#include "shilu/base/span.h"

struct edit_draft {
    char *path; /* owned; of the file */
    char *lock; /* owned; its lock file, held while the words are edited */
    int lock_fd;
    bool was_left;     /* it contains an unfinished edit from last time */
    bool has_line_end; /* the words themselves end in a line end */
};

/* Open the draft for the words of a segment of the record at `path`. Also false if another
 * program has it open. */
bool edit_draft_open(struct edit_draft *d, const char *path, uint32_t segment,
                     struct span words, struct error *err);
/* Its content, without the line end added by editors. */
bool edit_draft_read(const struct edit_draft *d, struct buffer *out, struct error *err);
/* `keep`: leave the file for next time. */
void edit_draft_close(struct edit_draft *d, bool keep);

#endif

/* Follow: a record that grows while it is read. What is appended to its file is read; a file
 * that was cut, rewritten or replaced is read again from its start; an endless pipe is only
 * waited for, which loading does anyway. */
#ifndef SHILU_APP_FOLLOW_H
#define SHILU_APP_FOLLOW_H

#include "app/record.h"
#include "shilu/base/watch.h"

/* Zero-initialised follows nothing. */
struct follow {
    bool on;
    struct watch *watch; /* NULL for a pipe */
    bool reads_on;       /* appended text is read; otherwise the whole file is read again */
    int64_t base_bytes;  /* otherwise: size of the file that was read */
    int64_t looked_ms;
    int64_t seen_bytes;
    bool missing;
};

enum follow_news {
    FOLLOW_NOTHING,
    FOLLOW_GROWN,  /* record_load has something to do */
    FOLLOW_GONE,   /* the file was removed */
    FOLLOW_ENDED,  /* the pipe was closed: nothing is followed any more */
    FOLLOW_CHANGED /* the record has to be reopened; *why is a message for the user */
};

/* Follow a record from what has been read so far. */
bool follow_start(struct follow *f, struct record *r, struct error *err);
void follow_stop(struct follow *f, struct record *r);

/* Call this when record_load has read more. */
void follow_note(struct follow *f, const struct record *r);

/* The descriptor to poll, or -1; and the longest time until follow_look, -1 for no limit. */
int follow_fd(const struct follow *f);
int follow_wait_ms(const struct follow *f);

/* Check if `ready`, or if it is time to. */
enum follow_news follow_look(struct follow *f, struct record *r, bool ready, const char **why);

#endif

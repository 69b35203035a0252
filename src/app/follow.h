/* Follow: a record that grows while it is read. What is appended to its file is read on; a file
 * that was cut, rewritten or replaced is read again from its start; a pipe that never ends
 * is only waited for, which loading does anyway. */
#ifndef SHILU_APP_FOLLOW_H
#define SHILU_APP_FOLLOW_H

#include "app/record.h"
#include "shilu/base/watch.h"

/* Zeroed: nothing is followed. */
struct follow {
    bool on;
    struct watch *watch; /* NULL for a pipe */
    bool reads_on;       /* what is appended is read on; else the file is read again */
    int64_t base_bytes;  /* where not: how long the file is that was read */
    int64_t looked_ms;
    int64_t seen_bytes;
    bool missing;
};

enum follow_news {
    FOLLOW_NOTHING,
    FOLLOW_GROWN,  /* record_load has something to do */
    FOLLOW_GONE,   /* the file was removed */
    FOLLOW_ENDED,  /* the pipe was closed: nothing is followed any more */
    FOLLOW_CHANGED /* the record has to be opened again; *why says so to people */
};

/* Follow a record, from however far it has been read. */
bool follow_start(struct follow *f, struct record *r, struct error *err);
void follow_stop(struct follow *f, struct record *r);

/* To be called when record_load has read on. */
void follow_note(struct follow *f, const struct record *r);

/* What to poll, -1: nothing; and how long at most until follow_look, -1: any time. */
int follow_fd(const struct follow *f);
int follow_wait_ms(const struct follow *f);

/* Look if `ready` or if it is time to. */
enum follow_news follow_look(struct follow *f, struct record *r, bool ready, const char **why);

#endif

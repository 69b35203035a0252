/* Record: one transcript that is being read: its source, how far it is loaded, and where the
 * reader was last time. */
#ifndef SHILU_APP_RECORD_H
#define SHILU_APP_RECORD_H

#include "shilu/cli/options.h"
#include "shilu/cli/speaker_names.h"
#include "shilu/formats/loader.h"
#include "shilu/model/transcript.h"
#include "shilu/store/corrections.h"
#include "shilu/store/record_id.h"

struct record {
    const char *path; /* borrowed; "-" is standard input */
    struct transcript *transcript;
    struct loader *loader;
    enum loader_status status;
    struct error err; /* where status is LOADER_FAILED */
    struct record_id id;
    bool has_place; /* `place` is to be gone to when it is loaded */
    bool is_read;   /* the reader has moved by hand: no place is searched for any more */
    struct record_anchor place;
    char *was; /* the path of the place, if it is another; owned, or NULL */
    struct speaker_names names;
    struct corrections *corrections; /* owned; laid over the transcript; NULL: none are */
    bool is_laid_anew;               /* see record_take_lay_over */
    struct buffer found;             /* what is to be said of corrections that were found */
    bool has_notice;                 /* report `notice`, though the record is open */
    struct error notice;
    bool is_interesting; /* `status` has changed since record_take_change */
};

/* Open; nothing is read yet except the state file. */
bool record_open(struct record *r, const char *path, const struct options *options,
                 struct error *err);
void record_close(struct record *r);

/* Open the same path again, to be followed from its start. Where that fails *r is as it was.
 * The caller closes *old when nothing reads its transcript any more. */
bool record_reopen(struct record *r, const struct options *options, struct record *old,
                   struct error *err);

/* Load for about this long, or until there are so many segments (0: no limit). */
void record_load(struct record *r, int64_t budget_ms, size_t segments);
bool record_is_loading(const struct record *r);

/* Let its end be a rest, or an end again. */
void record_follow(struct record *r, bool on);

/* Nothing could be read of it, and nothing will: r->err says why. */
bool record_is_hopeless(const struct record *r);

/* Whether loading has come to an end since the last call. */
bool record_take_change(struct record *r);

/* Whether corrections were laid over what was loaded before, since the last call. */
bool record_take_lay_over(struct record *r);

/* The segment to go to, once, when it is there. */
bool record_take_place(struct record *r, uint32_t *segment);
/* Make this the place to go to, once it is loaded. */
void record_go_to(struct record *r, uint32_t segment);
/* The reader has gone somewhere by hand. */
void record_leave_place(struct record *r);

/* Keep the place for the next time; standard input has none. */
bool record_save_place(const struct record *r, uint32_t segment, struct error *err);

#endif

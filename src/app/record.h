/* Record: one transcript being read: its source, how far it is loaded, and the reading position
 * of last time. */
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
    struct error err; /* if status is LOADER_FAILED */
    struct record_id id;
    bool has_place; /* go to `place` when it is loaded */
    bool is_read;   /* the user has moved: stop searching for a place */
    struct record_anchor place;
    char *was; /* the path of the place, if it differs; owned, or NULL */
    struct speaker_names names;
    struct corrections *corrections; /* owned; laid over the transcript; or NULL */
    bool is_laid_anew;               /* see record_take_lay_over */
    struct buffer found;             /* message about corrections that were found */
    bool has_notice;                 /* report `notice`, although the record is open */
    struct error notice;
    bool is_interesting; /* `status` has changed since record_take_change */
};

/* Open; only the state file is read yet. */
bool record_open(struct record *r, const char *path, const struct options *options,
                 struct error *err);
void record_close(struct record *r);

/* Reopen the same path, to be followed from its start. On failure *r is unchanged. The caller
 * closes *old when nothing reads its transcript any more. */
bool record_reopen(struct record *r, const struct options *options, struct record *old,
                   struct error *err);

/* Load for about this long, or until there are so many segments (0 for no limit). */
void record_load(struct record *r, int64_t budget_ms, size_t segments);
bool record_is_loading(const struct record *r);

/* Make its end temporary, or final again. */
void record_follow(struct record *r, bool on);

/* Nothing could be read of it, and nothing will: r->err says why. */
bool record_is_hopeless(const struct record *r);

/* Whether loading has ended since the last call. */
bool record_take_change(struct record *r);

/* Whether corrections were applied to already loaded segments since the last call. */
bool record_take_lay_over(struct record *r);

/* The segment to go to: once, when it is loaded. */
bool record_take_place(struct record *r, uint32_t *segment);
/* Make this the place to go to, once it is loaded. */
void record_go_to(struct record *r, uint32_t segment);
/* The user has moved. */
void record_leave_place(struct record *r);

/* Save the place for next time; standard input has none. */
bool record_save_place(const struct record *r, uint32_t segment, struct error *err);

#endif

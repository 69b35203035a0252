/* Load: a path becomes a whole transcript. */
#ifndef SHILU_COMMANDS_LOAD_H
#define SHILU_COMMANDS_LOAD_H

#include "shilu/cli/options.h"
#include "shilu/cli/speaker_names.h"
#include "shilu/formats/loader.h"
#include "shilu/model/transcript.h"
#include "shilu/store/corrections.h"

struct loaded {
    const char *path;              /* borrowed; "-" is standard input */
    struct transcript *transcript; /* owned; what could be read, even after an error */
    struct loader *loader;         /* owned; NULL if the path could not be opened */
    struct speaker_names names;
    struct corrections *corrections; /* owned; laid over the transcript; or NULL */
    bool has_notice;                 /* report `notice`, although the file could be read */
    struct error notice;
    bool failed; /* `err` says why */
    struct error err;
};

/* Open the path and read it to its end. False if nothing could be read: no segment. An error
 * after the first segments sets `failed` and returns true. Prints nothing. Release in either
 * case. */
bool load(struct loaded *l, const char *path, const struct options *o);
/* The same without showing progress: for threads. A file that the user did not name is loaded
 * only if it is a record, not just any text. */
bool load_quietly(struct loaded *l, const char *path, const struct options *o, bool named);
void load_release(struct loaded *l);

/* Whether the file could not be read to its end, so that the transcript is only a part of
 * it. */
bool load_is_partial(const struct loaded *l);

/* The same, and print problems with the file on standard error; *status becomes EXIT_TROUBLE if
 * it could not be read to its end. */
bool load_and_report(struct loaded *l, const char *path, const struct options *o, int *status);

#endif

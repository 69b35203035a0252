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
    struct transcript *transcript; /* owned; holds what could be read, also after an error */
    struct loader *loader;         /* owned; NULL if the path could not be opened */
    struct speaker_names names;
    struct corrections *corrections; /* owned; laid over the transcript; NULL: none */
    bool has_notice;                 /* report `notice`, though the file could be read */
    struct error notice;
    bool failed; /* `err` says why */
    struct error err;
};

/* Open the path and read it to its end. False if nothing could be read: no segment. An error
 * after the first segments leaves `failed` set and returns true. Nothing is printed. Release in
 * either case. */
bool load(struct loaded *l, const char *path, const struct options *o);
/* The same without telling how far it has come: for threads. Of a file that nobody named, only
 * if it is a record and not any text. */
bool load_quietly(struct loaded *l, const char *path, const struct options *o, bool named);
void load_release(struct loaded *l);

/* Whether the file could not be read to its end, so that the transcript is a part of it. */
bool load_is_partial(const struct loaded *l);

/* The same, then print on standard error what is wrong with the file; *status becomes
 * EXIT_TROUBLE if it could not be read to its end. */
bool load_and_report(struct loaded *l, const char *path, const struct options *o, int *status);

#endif

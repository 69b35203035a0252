/* Speaker names: which map renames the speakers of a record: the one of --speakers, else the
 * one remembered for the record. A map given by --speakers is remembered. */
#ifndef SHILU_CLI_SPEAKER_NAMES_H
#define SHILU_CLI_SPEAKER_NAMES_H

#include "shilu/cli/options.h"
#include "shilu/model/speaker_map.h"
#include "shilu/model/transcript.h"

/* Read into the options: the file of --speakers, what is remembered about records, and the
 * config's folder layouts (cli/record_layout). False, with the place, if the file is not a
 * valid map. */
bool speaker_names_read(struct options *o, struct error *err);
void speaker_names_forget(struct options *o);

/* Zero-initialised is empty. */
struct speaker_names {
    struct speaker_map *remembered; /* owned, or NULL */
};

void speaker_names_release(struct speaker_names *n);

/* Give the transcript its map before anything is loaded. False if the remembered map can no
 * longer be read: then speakers keep the record's names. */
bool speaker_names_apply(struct speaker_names *n, struct transcript *t, const char *path,
                         const struct options *o, struct error *err);

/* Remember the map of the options for next time; not for a pipe. */
bool speaker_names_keep(const char *path, const struct options *o, struct error *err);

#endif

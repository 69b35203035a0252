/* Speaker names: which map renames the speakers of a record: the one of --speakers, else the
 * one that is remembered of the record. What is given is remembered from then on. */
#ifndef SHILU_CLI_SPEAKER_NAMES_H
#define SHILU_CLI_SPEAKER_NAMES_H

#include "shilu/cli/options.h"
#include "shilu/model/speaker_map.h"
#include "shilu/model/transcript.h"

/* Read the file of --speakers, what is remembered of records, and the config's layouts of
 * folders (cli/record_layout) into the options. False, with the
 * place, where the file is not a map. */
bool speaker_names_read(struct options *o, struct error *err);
void speaker_names_forget(struct options *o);

/* Zero-initialised is empty. */
struct speaker_names {
    struct speaker_map *remembered; /* owned, or NULL */
};

void speaker_names_release(struct speaker_names *n);

/* Give the record's transcript its map, before anything is loaded. False where what is
 * remembered cannot be read any more: the speakers then stand as the record names them. */
bool speaker_names_apply(struct speaker_names *n, struct transcript *t, const char *path,
                         const struct options *o, struct error *err);

/* Remember what the options say for the next time; a record that is a pipe has none. */
bool speaker_names_keep(const char *path, const struct options *o, struct error *err);

#endif

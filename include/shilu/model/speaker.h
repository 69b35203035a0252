/* Speakers of a transcript. They are interned: a speaker keeps one number for the life of the
 * transcript, in order of first mention; SPEAKER_NONE means "unknown". */
#ifndef SHILU_MODEL_SPEAKER_H
#define SHILU_MODEL_SPEAKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/civil_time.h"

#define SPEAKER_NONE UINT32_MAX

enum speaker_kind {
    SPEAKER_UNKNOWN,
    SPEAKER_HOST,
    SPEAKER_OFFICIAL,
    SPEAKER_REPORTER,
    SPEAKER_PARTICIPANT
};

struct speaker {
    char *id;           /* from the file, or NULL */
    char *name;         /* never NULL, never empty */
    char *role;         /* or NULL */
    char *organization; /* or NULL */
    char **aliases;     /* NULL-terminated, or NULL */
    char *extra;        /* unknown members of the file's object, as JSON text of an object,
                         * or NULL */
    enum speaker_kind kind;
    bool defined; /* in the file's list of speakers, not only in segments */
    bool gone;    /* merged into another speaker, who has everything counted here */
    uint64_t segments;
    uint64_t turns;
    uint32_t first; /* segment numbers; undefined while `segments` is 0 */
    uint32_t last;
};

/* The words of transcript-format 1; speaker_kind_parse leaves *kind unchanged for an unknown
 * word. */
const char *speaker_kind_name(enum speaker_kind kind);
bool speaker_kind_parse(const char *name, enum speaker_kind *kind);

/* What a file says about a speaker; strings may be NULL and need not outlive the call. */
struct speaker_label {
    const char *id;
    const char *name;
    const char *role;
    const char *organization;
    const char *const *aliases; /* NULL-terminated */
    const char *extra;
    enum speaker_kind kind;
};

#endif

/* File facts: what a library knows about a file. */
#ifndef SHILU_INDEX_FILE_FACTS_H
#define SHILU_INDEX_FILE_FACTS_H

#include <stdint.h>

#include "shilu/model/transcript.h"

enum file_kind {
    FILE_TRANSCRIPT,
    FILE_FOREIGN,   /* not a transcript */
    FILE_UNREADABLE /* cannot be opened, or holds nothing readable */
};

struct file_facts {
    enum file_kind kind;
    char *format;      /* owned: the reader's name, or NULL */
    char *title;       /* owned, or NULL if the file has none */
    char *trouble;     /* owned: why it could not be read, or NULL */
    int64_t date_ms;   /* or TIME_NONE */
    int64_t length_ms; /* or TIME_NONE */
    uint32_t speakers;
    uint32_t questions;
    uint64_t words;      /* of speech, as counted by words_count */
    uint64_t characters; /* of speech, excluding white space */
};

#define FILE_FACTS_INIT \
    ((struct file_facts){.kind = FILE_UNREADABLE, .date_ms = TIME_NONE, .length_ms = TIME_NONE})

void file_facts_release(struct file_facts *facts);

#endif

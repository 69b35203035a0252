/* Front matter: lines of "key: value" between two lines of "---" at the start of a Markdown
 * file. Standard: YAML 1.2's plain, quoted and block scalars, whose lines are joined with
 * blanks; items of a list below a key are joined with commas. */
#ifndef SHILU_FORMATS_COMMON_YAML_FRONT_H
#define SHILU_FORMATS_COMMON_YAML_FRONT_H

#include <stdbool.h>

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"
#include "shilu/model/transcript.h"

struct yaml_entry {
    char *key;   /* owned, in lower case */
    char *value; /* owned, without quotation marks */
};

struct yaml_front {
    struct yaml_entry *entries; /* owned */
    size_t count;
    size_t capacity;
    struct buffer quoted; /* of the last value while its quotation mark is open */
    bool is_quoted;
    bool is_scalar; /* the last value began beside its key, or is a block */
};

void yaml_front_release(struct yaml_front *front);

/* The length of the front matter at the start of `text`, including its last line; 0 if there is
 * none or it is not closed. */
size_t yaml_front_bytes(struct span text);

/* Add the content of one line; lines of "---" are ignored. */
void yaml_front_add(struct yaml_front *front, struct span line);

/* The value of a key, or NULL. */
const char *yaml_front_get(const struct yaml_front *front, const char *key);

/* The value of a field of the record, or NULL. */
const char *yaml_front_field(const struct yaml_front *front, enum transcript_field field);

/* Whether a key belongs to a field. */
bool yaml_front_is_field(const char *key);

#endif

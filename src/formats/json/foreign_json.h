/* Foreign JSON: what the readers of other programs' JSON share. A format says which arrays hold
 * its elements and which members it wants, and takes those one by one, each as a value of a
 * tree. The walk, truncated files and broken elements are handled here. */
#ifndef SHILU_FORMATS_JSON_FOREIGN_JSON_H
#define SHILU_FORMATS_JSON_FOREIGN_JSON_H

#include "formats/common/segment_queue.h"
#include "formats/json/json_value.h"
#include "formats/recognisers/word_joiner.h"
#include "shilu/formats/reader.h"

/* What `take` and `finish` work on. */
struct foreign_json {
    void *state; /* of the format: state_bytes, zeroed at the start */
    struct reader_context *context;
    const char *path; /* of the current item, as in json_stream.h */
    uint64_t line;    /* its line: see foreign_json_line */
    uint64_t column;
    bool element;     /* it is an element of the array at the path, not a member */
    bool placed;      /* line and column are known */
    bool broken;      /* only its beginning could be read; reported */
    bool ended_early; /* for `finish`: the file's last item may be incomplete */
    bool untimed;     /* one of its times is invalid; reported */
};

struct foreign_json_format {
    const char *const *arrays;  /* paths, NULL-terminated; see json_stream_new */
    const char *const *members; /* paths of the members wanted, NULL-terminated */
    size_t state_bytes;
    bool terminated; /* strings are needed as C strings; see json_tree.h */
    /* Take one element or member. Reports what is invalid with foreign_json_error. */
    bool (*take)(struct foreign_json *f, struct json_ref value, struct error *err);
    /* Called at the end, also of a truncated file; may be NULL. */
    bool (*finish)(struct foreign_json *f, struct error *err);
    void (*release)(void *state); /* or NULL */
};

/* A reader's functions; its `open` passes its format to foreign_json_open. */
void *foreign_json_open(const struct foreign_json_format *format);
enum reader_status foreign_json_next(void *self, struct reader_context *context,
                                     struct error *err);
void foreign_json_close(void *self);

/* The format's state. */
void *foreign_json_state(void *self);

/* The line where the current item starts. */
uint64_t foreign_json_line(struct foreign_json *f);

/* Report an error in the current item. */
void foreign_json_error(struct foreign_json *f, const char *what);

/* A time, as from json_value_seconds_ms. One that is present but invalid is reported, once an
 * item. */
int64_t foreign_json_seconds(struct foreign_json *f, struct json_ref value);
/* Warn that an end before the start is dropped. */
void foreign_json_warn_end(struct foreign_json *f);
void foreign_json_check_end(struct foreign_json *f, int64_t start_ms, int64_t *end_ms);

/* The speaker for a label. A name ("SPEAKER_00", "Jane") is used as it is; a recogniser's bare
 * number or letter becomes "Speaker 0", "Speaker A". SPEAKER_NONE for null, "" and "?". */
uint32_t foreign_json_speaker(struct foreign_json *f, struct json_ref label);

/* Set a field from a string, unless the field is already set or the string is empty. */
void foreign_json_set(struct foreign_json *f, enum transcript_field field,
                      struct json_ref value);
/* The same from a member. */
void foreign_json_field(struct foreign_json *f, enum transcript_field field,
                        struct json_ref object, const char *name);

/* The speaker of a channel, unless it is the only one. */
uint32_t foreign_json_channel(struct foreign_json *f, double channel);

#endif

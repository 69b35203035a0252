/* Record ID: recognises a record by its path, its first bytes, its length, and its words. A
 * record that has grown, was moved, or had its title corrected is the same; another one under
 * the old name is not.
 *
 * Words are represented by a sketch: a hash of the letters of each of the first segments, as
 * they are in the source, without corrections. */
#ifndef SHILU_STORE_RECORD_ID_H
#define SHILU_STORE_RECORD_ID_H

#include "shilu/model/transcript.h"
#include "shilu/store/file_id.h"

struct cJSON;

enum { RECORD_ID_SEGMENTS = 32, RECORD_ID_HASH_DIGITS = 8 };

struct record_id {
    char *path;               /* full path, as a key (file_id); owned; NULL if it has none */
    struct file_id_head head; /* 0 bytes for a file that cannot be read twice */
    int64_t bytes;            /* size of the file; -1 if unknown */
    char words[RECORD_ID_SEGMENTS * RECORD_ID_HASH_DIGITS + 1]; /* the sketch, in hexadecimal */
    bool has_all_words;                                         /* the sketch is complete */
};

enum record_match {
    RECORD_OTHER,
    RECORD_CORRECTED, /* the same path and words, but other first bytes */
    RECORD_MOVED,     /* another path, and the same file or words */
    RECORD_SAME       /* the same path and first bytes */
};

/* NULL, "-" and what is not a regular file have no path. */
void record_id_init(struct record_id *id, const char *path);
void record_id_release(struct record_id *id);

/* Add to the sketch from the loaded part; `whole`: nothing more will come. */
void record_id_take_words(struct record_id *id, const struct transcript *t, bool whole);

/* How a JSON object filled by record_id_write relates to this record. Members of a wrong type
 * are ignored. */
enum record_match record_id_match(const struct record_id *id, const struct cJSON *object);
void record_id_write(const struct record_id *id, struct cJSON *object);

/* The path in the object, for display; owned by the caller; or NULL. */
char *record_id_path_in(const struct cJSON *object);
/* Whether the record described by the object still exists at its path. */
bool record_id_is_there(const struct cJSON *object);

/* The hash of one segment's letters, as digits; "" if it has no letters. */
void record_id_segment(const struct transcript *t, uint32_t segment,
                       char out[RECORD_ID_HASH_DIGITS + 1]);
/* A place in a record, identified by its number and by the words there. */
struct record_anchor {
    uint32_t segment;
    char words[RECORD_ID_HASH_DIGITS + 1]; /* record_id_segment; "" if unknown */
    bool is_lost;                          /* its words are no longer in the record */
};

/* Whether the segment exists, with these words. */
bool record_anchor_holds(const struct transcript *t, const struct record_anchor *anchor);

/* Move each anchor whose segment now has other words to the nearest segment with its words.
 * Returns how many moved. */
size_t record_anchors_settle(const struct transcript *t, struct record_anchor *anchors,
                             size_t count);

#endif

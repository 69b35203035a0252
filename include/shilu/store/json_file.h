/* JSON file: a small file written by the user or kept by the program: parsed whole, with the
 * position of every member, so that each error can say where. Standard: RFC 8259. For config,
 * themes and state; never for transcripts. */
#ifndef SHILU_STORE_JSON_FILE_H
#define SHILU_STORE_JSON_FILE_H

#include "shilu/base/error.h"

struct cJSON;

struct json_file {
    char *path;         /* owned; for messages */
    char *text;         /* owned */
    struct cJSON *root; /* owned */
};

/* Larger files are refused: no hand-written file is that large. */
enum { JSON_FILE_BYTES_MAX = 64 << 20 };

/* Make cJSON run out of memory in the same way as the rest of the program. Call it once at the
 * start. */
void json_file_use_memory(void);

bool json_file_read(struct json_file *f, const char *path, struct error *err);
bool json_file_parse(struct json_file *f, const char *path, const char *text, size_t bytes,
                     struct error *err);
void json_file_release(struct json_file *f);

/* Change a file kept by the program: `change` gets its object, or an empty one (`is_new`) if
 * there is no file. A file that is not a JSON object is renamed to NAME.broken before it is
 * rewritten. Nothing is written if the file cannot be read or `change` returns false. Two
 * programs never change one file at the same time (file_update). */
typedef bool json_file_change(void *context, struct cJSON *root, bool is_new,
                              struct error *err);
bool json_file_update(const char *path, json_file_change *change, void *context,
                      struct error *err);

/* Fill *err with an error about this item of the file, at its name if it is a member. */
bool json_file_error(const struct json_file *f, const struct cJSON *item, struct error *err,
                     const char *format, ...) SHILU_PRINTF(4, 5);

/* Prefix the message with "PATH:LINE:COLUMN: ". Returns false. */
bool json_file_name_path(const char *path, struct error *err);

#endif

/* Record file: a file that keeps something about one record. Finds the right file in a folder
 * below $XDG_DATA_HOME/shilu by everything known about the record so far. */
#ifndef SHILU_STORE_RECORD_FILE_H
#define SHILU_STORE_RECORD_FILE_H

#include "shilu/store/json_file.h"
#include "shilu/store/record_id.h"

struct record_file {
    const char *folder; /* borrowed: "notes" */
    struct record_id id;
    bool is_kept;    /* otherwise everything lasts only until the program ends */
    bool is_settled; /* `file` belongs to this record */
    char *file;      /* owned; NULL if unknown, or if there is no place for it */
};

/* Take over the content of the file found. `is_copy`: it belongs to another record, and what is
 * taken over must be written to a file of its own. */
typedef void record_file_taker(void *context, const struct cJSON *root, bool is_copy);

/* Find the file by the path alone. "-", a pipe and a missing file are identified by their
 * words. Nothing is kept for a NULL path. */
void record_file_init(struct record_file *f, const char *folder, const char *path,
                      record_file_taker *take, void *context);
void record_file_release(struct record_file *f);

/* Whether there is anything to identify the record by. */
bool record_file_can_be_kept(const struct record_file *f);

/* Call once: find it by the words too; f->id must include those loaded so far. RECORD_OTHER:
 * nothing is kept about this record yet. *was (owned by the caller): the path of the record
 * that the file was about, if it differs; else NULL. */
enum record_match record_file_settle(struct record_file *f, char **was, record_file_taker *take,
                                     void *context);

/* Change the file, as json_file_update does. */
bool record_file_update(struct record_file *f, json_file_change *change, void *context,
                        struct error *err);

/* The JSON files of a folder, each by its path; `root` is NULL if it cannot be read. */
typedef void record_file_visitor(void *context, const char *file, const struct cJSON *root);
void record_file_each(const char *folder, record_file_visitor *visit, void *context);

#endif

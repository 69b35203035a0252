/* Record file: the file that keeps something about one record: it finds the right file in a
 * folder below $XDG_DATA_HOME/shilu by all that is known of the record so far. */
#ifndef SHILU_STORE_RECORD_FILE_H
#define SHILU_STORE_RECORD_FILE_H

#include "shilu/store/json_file.h"
#include "shilu/store/record_id.h"

struct record_file {
    const char *folder; /* borrowed: "notes" */
    struct record_id id;
    bool is_kept;    /* else everything lasts only as long as the program */
    bool is_settled; /* `file` is the one of this record */
    char *file;      /* owned; NULL: not known, or there is no place for it */
};

/* Take over the content of the file that was found. `is_copy`: it is another record's, and what
 * is taken must be written into a file of its own. */
typedef void record_file_taker(void *context, const struct cJSON *root, bool is_copy);

/* Find the file by the path alone. "-", a pipe and a file that is gone by now are known by
 * their words. Nothing is kept for a NULL path. */
void record_file_init(struct record_file *f, const char *folder, const char *path,
                      record_file_taker *take, void *context);
void record_file_release(struct record_file *f);

/* Whether there is anything to identify the record by. */
bool record_file_can_be_kept(const struct record_file *f);

/* Once: find it by the words too; f->id must have those that are loaded. RECORD_OTHER: nothing
 * is kept about this record yet. *was (owned by the caller): the path of the record that the
 * file was about, if it differs; else NULL. */
enum record_match record_file_settle(struct record_file *f, char **was, record_file_taker *take,
                                     void *context);

/* Change the file, as json_file_update does. */
bool record_file_update(struct record_file *f, json_file_change *change, void *context,
                        struct error *err);

/* The JSON files of a folder, each by its path; `root` is NULL if it cannot be read. */
typedef void record_file_visitor(void *context, const char *file, const struct cJSON *root);
void record_file_each(const char *folder, record_file_visitor *visit, void *context);

#endif

/* Index store: the SQLite database of one library, which is a folder with everything below it.
 * It has the facts about the files for the list and, for searching, which of them may match a
 * query.
 *
 * Files are identified by their path below the folder and by their stamp; nothing is known
 * about a file that has changed. Results are written in batches of some hundred files, so that
 * an interrupted build continues later. Any number of programs may read the database while one
 * writes. It is below XDG_CACHE_HOME, or in the folder itself if the user has put it there. It
 * may be deleted at any time and is then rebuilt. A database of another version, or a damaged
 * one, is ignored. */
#ifndef SHILU_INDEX_INDEX_STORE_H
#define SHILU_INDEX_INDEX_STORE_H

#include "shilu/base/file_stamp.h"
#include "shilu/index/file_facts.h"

/* The name of an index inside the folder. */
#define INDEX_STORE_IN_FOLDER ".shilu-index"

struct index_store;

/* The root of the index that covers a folder (a real path): the folder, or the nearest folder
 * above it that has an index; *path is the database, which may not exist yet. The caller owns
 * both. False if there is no place for one. */
bool index_store_locate(const char *folder, bool in_folder, char **root, char **path);

/* NULL with *err if there is no readable index; none is created. */
struct index_store *index_store_open(const char *path, struct error *err);
/* Create or open it for writing; a damaged one, or one of another version, is rebuilt. NULL if
 * it cannot be written, or another program is writing it. */
struct index_store *index_store_open_to_write(const char *path, struct error *err);
void index_store_free(struct index_store *s);

/* What is known about a file in this state; false if nothing is. The caller owns the facts. */
bool index_store_facts(struct index_store *s, const char *file, const struct file_stamp *stamp,
                       struct file_facts *facts);

/* Begin or end a series of queries, which are faster on one snapshot of the store. */
void index_store_hold(struct index_store *s, bool on);

/* ----------------------------------------------------------------------------- writing */

/* A file that was read. */
struct index_entry {
    const char *file; /* path below the root */
    struct file_stamp stamp;
    const struct file_facts *facts;
    bool always; /* its terms are incomplete, so it may always match */
    /* The terms of its documents, which are parts of limited size: those of the first one end
     * before ends[0], and so on. */
    const uint32_t *terms;
    const size_t *ends;
    size_t documents;
    const char *words; /* all its words, each ended by LF */
    size_t words_bytes;
    const char *people; /* all its speakers as labels (index_people.h), each ended by LF */
    size_t people_bytes;
};

/* Add a file; from time to time this writes a batch. */
bool index_store_add(struct index_store *s, const struct index_entry *entry, struct error *err);
/* Write what has been added. */
bool index_store_flush(struct index_store *s, struct error *err);
/* Remove every file below `front` (a folder with its slash, or "") except these. `keep` is
 * sorted by name. Also merges small batches, and batches with few valid files. */
bool index_store_tidy(struct index_store *s, const char *front, char *const *keep, size_t count,
                      struct error *err);

/* ----------------------------------------------------------------------------- asking */

struct search_terms_wants;
struct index_answer;

/* Which files may match, said by one of these speakers (empty: by anyone). NULL if the store
 * turns out to be damaged; it is then removed. */
struct index_answer *index_store_ask(struct index_store *s,
                                     const struct search_terms_wants *wants,
                                     char *const *speakers, size_t speaker_count,
                                     struct error *err);
enum index_may { INDEX_UNKNOWN, INDEX_NO, INDEX_MAY };
enum index_may index_answer_of(const struct index_answer *a, const char *file,
                               const struct file_stamp *stamp);
void index_answer_free(struct index_answer *a);

#endif

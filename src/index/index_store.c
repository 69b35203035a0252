/* Index store: the database, its schema, and writing to it.
 *    meta     the versions of program and format, and the root
 *    file     the facts about each file, by path below the root
 *    batch    which files were read together, who speaks in each, how many pairs it has
 *    page     the postings of a batch (index_postings.h), from one term on: its id is
 *             batch << 24 | that term
 *    lexicon  the words that a batch added, for parts of words
 *    person   the labels of speakers
 *
 * Blobs end in a checksum. A batch's row never changes: a file that is read again is also in a
 * later batch, and the last one counts. */
#include "shilu/index/index_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config.h"
#include "index/index_postings.h"
#include "index/index_store_private.h"
#include "shilu/base/buffer.h"
#include "shilu/base/file.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"
#include "shilu/base/xdg.h"
#include "shilu/text/search_terms.h"

/* Pairs of a batch: 48 MB, and as much again during sorting. */
enum { PAIRS_MAX = 6000000, BUSY_MS = 5000 };

static const char schema[] =
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
    "CREATE TABLE file(path TEXT PRIMARY KEY, stamp BLOB, kind INTEGER, format TEXT, title "
    "TEXT,"
    " trouble TEXT, date INTEGER, length INTEGER, speakers INTEGER, questions INTEGER,"
    " words INTEGER, characters INTEGER) WITHOUT ROWID;"
    "CREATE TABLE batch(id INTEGER PRIMARY KEY, documents INTEGER, pairs INTEGER, files BLOB,"
    " people BLOB);"
    "CREATE TABLE page(id INTEGER PRIMARY KEY, data BLOB);"
    "CREATE TABLE lexicon(batch INTEGER PRIMARY KEY, words BLOB);"
    "CREATE TABLE person(id INTEGER PRIMARY KEY, label TEXT UNIQUE);";

uint64_t index_store_path_hash(const char *file)
{
    return hash_fnv1a(file, strlen(file));
}

uint64_t index_store_stamp_hash(const struct file_stamp *stamp)
{
    uint64_t numbers[] = {(uint64_t)stamp->bytes, (uint64_t)stamp->modified_ns,
                          (uint64_t)stamp->changed_ns, stamp->inode, stamp->device};

    return hash_fnv1a(numbers, sizeof numbers);
}

bool index_store_fail(struct index_store *s, struct error *err)
{
    return error_set(err, ERROR_SYSTEM, "%s: %s", s->path,
                     s->db != NULL ? sqlite3_errmsg(s->db) : "Cannot allocate memory");
}

bool index_store_run(struct index_store *s, const char *sql, struct error *err)
{
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK || index_store_fail(s, err);
}

sqlite3_stmt *index_store_prepare(struct index_store *s, const char *sql)
{
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
        SQLITE_OK)
        return NULL;
    return statement;
}

/* ------------------------------------------------------------------------------- places */

static bool is_there(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static char *path_in_folder(const char *folder)
{
    struct buffer path = {0};

    buffer_append_format(&path, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder,
                         INDEX_STORE_IN_FOLDER);
    return buffer_take(&path);
}

/* NULL if there is no place for caches. */
static char *path_in_cache(const char *folder)
{
    struct buffer name = {0};
    char *path;

    buffer_append_format(&name, "index/%016llx.sqlite",
                         (unsigned long long)hash_fnv1a(folder, strlen(folder)));
    path = xdg_path(XDG_CACHE, name.data);
    buffer_release(&name);
    return path;
}

/* The index inside a folder, or NULL. */
static char *existing_path(const char *folder)
{
    char *path = path_in_folder(folder);

    if (is_there(path))
        return path;
    free(path);
    path = path_in_cache(folder);
    if (path != NULL && is_there(path))
        return path;
    free(path);
    return NULL;
}

bool index_store_locate(const char *folder, bool in_folder, char **root, char **path)
{
    char *at = memory_strdup(folder);

    *path = in_folder ? NULL : existing_path(at);
    while (*path == NULL && !in_folder && strcmp(at, "/") != 0) {
        char *slash = strrchr(at, '/');

        slash[slash == at] = '\0';
        *path = existing_path(at);
    }
    if (*path != NULL) {
        *root = at;
        return true;
    }
    free(at);
    *root = memory_strdup(folder);
    *path = in_folder ? path_in_folder(folder) : path_in_cache(folder);
    if (*path != NULL)
        return true;
    free(*root);
    return false;
}

/* ------------------------------------------------------------------------ open and close */

static void close_database(struct index_store *s)
{
    sqlite3_finalize(s->get_facts);
    sqlite3_finalize(s->put_facts);
    sqlite3_finalize(s->put_person);
    sqlite3_finalize(s->get_person);
    s->get_facts = s->put_facts = s->put_person = s->get_person = NULL;
    sqlite3_close(s->db);
    s->db = NULL;
}

void index_store_free(struct index_store *s)
{
    if (s == NULL)
        return;
    close_database(s);
    if (s->lock >= 0)
        close(s->lock);
    free(s->batch.files);
    free(s->batch.pairs);
    free(s->batch.spare);
    buffer_release(&s->batch.words);
    buffer_release(&s->batch.people);
    hash_set_release(&s->lexicon);
    free(s->path);
    free(s);
}

static void remove_with(const char *path, const char *ending)
{
    struct buffer name = {0};

    buffer_append_format(&name, "%s%s", path, ending);
    unlink(name.data);
    buffer_release(&name);
}

void index_store_discard(struct index_store *s)
{
    close_database(s);
    remove_with(s->path, "");
    remove_with(s->path, "-wal");
    remove_with(s->path, "-shm");
}

static const char *version(void)
{
    return PACKAGE_VERSION " 2"; /* version of the program and of the tables and blobs */
}

/* Whether the tables exist and are of this version. */
static bool is_ours(struct index_store *s)
{
    sqlite3_stmt *get = index_store_prepare(s, "SELECT value FROM meta WHERE name='version'");
    bool ours = get != NULL && sqlite3_step(get) == SQLITE_ROW &&
                strcmp((const char *)sqlite3_column_text(get, 0), version()) == 0;

    sqlite3_finalize(get);
    return ours;
}

static struct index_store *store_new(const char *path)
{
    struct index_store *s = memory_zalloc(1, sizeof *s);

    s->path = memory_strdup(path);
    s->lock = -1;
    return s;
}

static bool open_database(struct index_store *s, int flags)
{
    if (sqlite3_open_v2(s->path, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return false;
    sqlite3_busy_timeout(s->db, BUSY_MS);
    sqlite3_exec(s->db, "PRAGMA mmap_size=2147483648", NULL, NULL, NULL);
    return true;
}

/* Nobody changes a read-only medium, so it needs no locks. */
static bool open_unchanging(struct index_store *s)
{
    struct buffer uri = {0};
    const char *at;
    bool ok;

    buffer_append_string(&uri, "file:");
    for (at = s->path; *at != '\0'; at++) {
        if (strchr("?#%", *at) != NULL)
            buffer_append_format(&uri, "%%%02X", (unsigned char)*at);
        else
            buffer_append_char(&uri, *at);
    }
    buffer_append_string(&uri, "?immutable=1");
    sqlite3_close(s->db);
    s->db = NULL;
    ok = sqlite3_open_v2(uri.data, &s->db,
                         SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
                         NULL) == SQLITE_OK;
    buffer_release(&uri);
    return ok;
}

struct index_store *index_store_open(const char *path, struct error *err)
{
    struct index_store *s;

    if (!is_there(path)) {
        error_set(err, ERROR_SYSTEM, "%s: no such index", path);
        return NULL;
    }
    s = store_new(path);
    if (open_database(s, SQLITE_OPEN_READONLY) && is_ours(s))
        return s;
    if (s->db != NULL &&
        (sqlite3_errcode(s->db) == SQLITE_CANTOPEN ||
         sqlite3_errcode(s->db) == SQLITE_READONLY) &&
        open_unchanging(s) && is_ours(s))
        return s;
    error_set(err, ERROR_SYNTAX, "%s: no index of this version", path);
    index_store_free(s);
    return NULL;
}

static bool make_tables(struct index_store *s, struct error *err)
{
    struct buffer sql = {0};
    bool ok;

    buffer_append_format(&sql,
                         "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; BEGIN IMMEDIATE; %s"
                         "INSERT INTO meta VALUES('version','%s'); COMMIT;",
                         schema, version());
    ok = index_store_run(s, sql.data, err);
    buffer_release(&sql);
    return ok;
}

/* Only one program writes at a time; two would read the same files. */
static bool take_lock(struct index_store *s, struct error *err)
{
    struct buffer path = {0};
    bool locked;

    buffer_append_format(&path, "%s.lock", s->path);
    s->lock = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (s->lock < 0)
        error_set_errno(err, errno, "cannot write the index '%s'", s->path);
    locked = s->lock >= 0 && flock(s->lock, LOCK_EX | LOCK_NB) == 0;
    if (s->lock >= 0 && !locked)
        error_set(err, ERROR_SYSTEM, "another program is writing the index '%s'", s->path);
    buffer_release(&path);
    return locked;
}

static bool open_or_make(struct index_store *s, struct error *err)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

    if (open_database(s, flags) && is_ours(s))
        return index_store_run(s, "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16384", err);
    index_store_discard(s);
    if (!open_database(s, flags))
        return index_store_fail(s, err);
    return make_tables(s, err) &&
           index_store_run(s, "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16384", err);
}

static bool read_lexicon(struct index_store *s);

static bool prepare_writing(struct index_store *s)
{
    sqlite3_stmt *last = index_store_prepare(s, "SELECT max(id) FROM batch");
    bool ok = last != NULL && sqlite3_step(last) == SQLITE_ROW;

    if (ok)
        s->batch_number = sqlite3_column_int64(last, 0) + 1;
    sqlite3_finalize(last);
    s->put_facts = index_store_prepare(
        s, "INSERT OR REPLACE INTO file VALUES(?,?,?,?,?,?,?,?,?,?,?,?)");
    s->put_person = index_store_prepare(s, "INSERT OR IGNORE INTO person(label) VALUES(?)");
    s->get_person = index_store_prepare(s, "SELECT id FROM person WHERE label=?");
    return ok && s->put_facts != NULL && s->put_person != NULL && s->get_person != NULL &&
           read_lexicon(s);
}

struct index_store *index_store_open_to_write(const char *path, struct error *err)
{
    struct index_store *s = store_new(path);
    mode_t old;
    bool ok;

    if (!file_make_parents(path, err) || !take_lock(s, err)) {
        index_store_free(s);
        return NULL;
    }
    old = umask(0077); /* what was said may be confidential */
    ok = open_or_make(s, err);
    if (ok && !prepare_writing(s)) { /* damaged after its first page */
        index_store_discard(s);
        ok = open_or_make(s, err) && (prepare_writing(s) || index_store_fail(s, err));
    }
    umask(old);
    if (ok)
        return s;
    index_store_free(s);
    return NULL;
}

/* ------------------------------------------------------------------------------- facts */

static char *column_text(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);

    return text != NULL ? memory_strdup(text) : NULL;
}

/* The reason why a file cannot be read is stored in the language of the message, after that
 * language's name: "ja 壊れています". For a user with another language the file is read again.
 */
static char *trouble_to_keep(const char *trouble)
{
    struct buffer kept = {0};

    if (trouble == NULL)
        return NULL;
    buffer_append_format(&kept, "%s %s", translate_language(), trouble);
    return buffer_take(&kept);
}

static bool take_trouble(sqlite3_stmt *row, int column, char **trouble)
{
    struct span kept = span_string((const char *)sqlite3_column_text(row, column));

    *trouble = NULL;
    if (kept.length == 0)
        return true;
    if (!span_take(&kept, translate_language()) || !span_take(&kept, " "))
        return false;
    *trouble = memory_strndup(kept.data, kept.length);
    return true;
}

bool index_store_facts(struct index_store *s, const char *file, const struct file_stamp *stamp,
                       struct file_facts *facts)
{
    sqlite3_stmt *row = s->get_facts;
    char *trouble;
    bool known;

    if (row == NULL)
        row = s->get_facts = index_store_prepare(
            s, "SELECT stamp, kind, format, title, trouble, date, length, speakers, questions,"
               " words, characters FROM file WHERE path=?");
    if (row == NULL)
        return false;
    sqlite3_bind_text(row, 1, file, -1, SQLITE_STATIC);
    known = sqlite3_step(row) == SQLITE_ROW &&
            sqlite3_column_bytes(row, 0) == (int)sizeof *stamp &&
            memcmp(sqlite3_column_blob(row, 0), stamp, sizeof *stamp) == 0 &&
            take_trouble(row, 4, &trouble);
    if (known)
        *facts = (struct file_facts){.kind = (enum file_kind)sqlite3_column_int(row, 1),
                                     .format = column_text(row, 2),
                                     .title = column_text(row, 3),
                                     .trouble = trouble,
                                     .date_ms = sqlite3_column_int64(row, 5),
                                     .length_ms = sqlite3_column_int64(row, 6),
                                     .speakers = (uint32_t)sqlite3_column_int64(row, 7),
                                     .questions = (uint32_t)sqlite3_column_int64(row, 8),
                                     .words = (uint64_t)sqlite3_column_int64(row, 9),
                                     .characters = (uint64_t)sqlite3_column_int64(row, 10)};
    sqlite3_reset(row);
    return known;
}

void index_store_hold(struct index_store *s, bool on)
{
    sqlite3_exec(s->db, on ? "BEGIN" : "COMMIT", NULL, NULL, NULL);
}

static bool put_facts(struct index_store *s, const struct index_entry *e)
{
    sqlite3_stmt *row = s->put_facts;
    const struct file_facts *f = e->facts;
    char *trouble = trouble_to_keep(f->trouble);
    bool ok;

    sqlite3_bind_text(row, 1, e->file, -1, SQLITE_STATIC);
    sqlite3_bind_blob(row, 2, &e->stamp, sizeof e->stamp, SQLITE_STATIC);
    sqlite3_bind_int(row, 3, f->kind);
    sqlite3_bind_text(row, 4, f->format, -1, SQLITE_STATIC);
    sqlite3_bind_text(row, 5, f->title, -1, SQLITE_STATIC);
    sqlite3_bind_text(row, 6, trouble, -1, SQLITE_STATIC);
    sqlite3_bind_int64(row, 7, f->date_ms);
    sqlite3_bind_int64(row, 8, f->length_ms);
    sqlite3_bind_int64(row, 9, f->speakers);
    sqlite3_bind_int64(row, 10, f->questions);
    sqlite3_bind_int64(row, 11, (int64_t)f->words);
    sqlite3_bind_int64(row, 12, (int64_t)f->characters);
    ok = sqlite3_step(row) == SQLITE_DONE;
    sqlite3_reset(row);
    free(trouble);
    return ok;
}

/* ------------------------------------------------------------------------------ lexicon */

static bool is_new_word(struct index_store *s, const char *word, size_t bytes)
{
    return hash_set_add(&s->lexicon, search_terms_word_hash(word, bytes));
}

bool index_store_unsum(const char **blob, size_t *bytes)
{
    uint32_t sum;

    if (*blob == NULL || *bytes < sizeof sum)
        return false;
    *bytes -= sizeof sum;
    memcpy(&sum, *blob + *bytes, sizeof sum);
    return sum == index_postings_sum(*blob, *bytes);
}

static bool read_lexicon(struct index_store *s)
{
    sqlite3_stmt *row = index_store_prepare(s, "SELECT words FROM lexicon");
    int status = SQLITE_ERROR;
    bool ok = row != NULL;

    while (ok && (status = sqlite3_step(row)) == SQLITE_ROW) {
        const char *at = sqlite3_column_blob(row, 0);
        size_t bytes = (size_t)sqlite3_column_bytes(row, 0);
        const char *end;

        ok = index_store_unsum(&at, &bytes);
        for (end = ok ? at + bytes : at; at < end;) {
            const char *stop = memchr(at, '\n', (size_t)(end - at));

            if (stop == NULL)
                break;
            is_new_word(s, at, (size_t)(stop - at));
            at = stop + 1;
        }
    }
    sqlite3_finalize(row);
    return ok && status == SQLITE_DONE;
}

/* ------------------------------------------------------------------------------ batches */

struct index_file *index_store_files(const char *blob, size_t bytes, size_t *count)
{
    struct index_file *files;

    if (!index_store_unsum(&blob, &bytes) || bytes % sizeof *files != 0)
        return NULL;
    *count = bytes / sizeof *files;
    files = memory_alloc(bytes + 1);
    memcpy(files, blob, bytes);
    return files;
}

/* The next line of a text; false after the last. */
static bool next_line(const char **at, const char *end, struct span *line)
{
    const char *stop = *at < end ? memchr(*at, '\n', (size_t)(end - *at)) : NULL;

    if (stop == NULL)
        return false;
    *line = span_of(*at, (size_t)(stop - *at));
    *at = stop + 1;
    return true;
}

static bool person_number(struct index_store *s, struct span label, uint32_t *number)
{
    bool ok;

    sqlite3_bind_text(s->put_person, 1, label.data, (int)label.length, SQLITE_STATIC);
    ok = sqlite3_step(s->put_person) == SQLITE_DONE;
    sqlite3_reset(s->put_person);
    sqlite3_bind_text(s->get_person, 1, label.data, (int)label.length, SQLITE_STATIC);
    ok = ok && sqlite3_step(s->get_person) == SQLITE_ROW;
    if (ok)
        *number = (uint32_t)sqlite3_column_int64(s->get_person, 0);
    sqlite3_reset(s->get_person);
    return ok;
}

/* Their number, and who they are. */
static bool add_people(struct index_store *s, const struct index_entry *e)
{
    struct buffer *people = &s->batch.people;
    size_t count_at = people->bytes;
    const char *at = e->people;
    uint32_t count = 0;
    struct span label;

    buffer_append(people, &count, sizeof count);
    while (e->people_bytes > 0 && next_line(&at, e->people + e->people_bytes, &label)) {
        uint32_t number;

        if (!person_number(s, label, &number))
            return false;
        buffer_append(people, &number, sizeof number);
        count++;
    }
    memcpy(people->data + count_at, &count, sizeof count);
    return true;
}

static void add_words(struct index_store *s, const struct index_entry *e)
{
    const char *at = e->words;
    struct span word;

    if (e->words_bytes == 0)
        return;
    while (next_line(&at, e->words + e->words_bytes, &word)) {
        if (!is_new_word(s, word.data, word.length))
            continue;
        buffer_append(&s->batch.words, word.data, word.length);
        buffer_append_char(&s->batch.words, '\n');
    }
}

static void add_pairs(struct index_batch *b, const struct index_entry *e)
{
    size_t count = e->documents > 0 ? e->ends[e->documents - 1] : 0;
    size_t document = 0;
    size_t i;

    MEMORY_RESERVE(b->pairs, b->pair_capacity, b->pair_count + count);
    for (i = 0; i < count; i++) {
        while (i >= e->ends[document])
            document++;
        b->pairs[b->pair_count++] = index_postings_pair(e->terms[i],
                                                        b->documents + (uint32_t)document);
    }
    b->documents += (uint32_t)e->documents;
}

static void add_file(struct index_batch *b, const struct index_entry *e)
{
    MEMORY_RESERVE(b->files, b->file_capacity, b->file_count + 1);
    b->files[b->file_count++] = (struct index_file){.path = index_store_path_hash(e->file),
                                                    .stamp = index_store_stamp_hash(&e->stamp),
                                                    .first_document = b->documents,
                                                    .flags = e->always ? INDEX_FILE_ALWAYS : 0};
}

bool index_store_begin(struct index_store *s, struct error *err)
{
    if (!s->batch.is_open && !index_store_run(s, "BEGIN IMMEDIATE", err))
        return false;
    s->batch.is_open = true;
    return true;
}

bool index_store_add(struct index_store *s, const struct index_entry *entry, struct error *err)
{
    struct index_batch *b = &s->batch;
    struct index_entry e = *entry;

    if (e.documents >= POSTINGS_DOCUMENTS_MAX) { /* some 8 GB: its terms would hardly exclude
                                                  * anything */
        e.documents = 0;
        e.always = true;
    }
    if ((b->pair_count > PAIRS_MAX || b->documents + e.documents >= POSTINGS_DOCUMENTS_MAX) &&
        !index_store_flush(s, err))
        return false;
    if (!index_store_begin(s, err))
        return false;
    add_file(b, &e);
    add_words(s, &e);
    if (!put_facts(s, &e) || !add_people(s, &e))
        return index_store_fail(s, err);
    add_pairs(b, &e);
    return true;
}

static bool insert_blob(struct index_store *s, const char *sql, int64_t id,
                        const struct buffer *data)
{
    sqlite3_stmt *row = index_store_prepare(s, sql);
    bool ok = row != NULL;

    if (ok) {
        sqlite3_bind_int64(row, 1, id);
        sqlite3_bind_blob64(row, 2, buffer_string(data), data->bytes, SQLITE_STATIC);
        ok = sqlite3_step(row) == SQLITE_DONE;
    }
    sqlite3_finalize(row);
    return ok;
}

static void append_sum(struct buffer *blob)
{
    uint32_t sum = index_postings_sum(buffer_string(blob), blob->bytes);

    buffer_append(blob, &sum, sizeof sum);
}

static bool write_pages(struct index_store *s)
{
    struct index_batch *b = &s->batch;
    sqlite3_stmt *row = index_store_prepare(s, "INSERT INTO page VALUES(?,?)");
    struct buffer page = {0};
    size_t at = 0;
    bool ok = row != NULL;

    b->spare = memory_realloc(b->spare, b->pair_count + 1, sizeof *b->spare);
    index_postings_sort(b->pairs, b->spare, b->pair_count);
    while (ok && at < b->pair_count) {
        uint32_t first = index_postings_term(b->pairs[at]);

        at += index_postings_write(&page, b->pairs + at, b->pair_count - at, b->documents);
        sqlite3_bind_int64(row, 1, index_store_page(s->batch_number, first));
        sqlite3_bind_blob64(row, 2, page.data, page.bytes, SQLITE_STATIC);
        ok = sqlite3_step(row) == SQLITE_DONE;
        sqlite3_reset(row);
    }
    sqlite3_finalize(row);
    buffer_release(&page);
    return ok;
}

static bool write_batch(struct index_store *s)
{
    struct index_batch *b = &s->batch;
    sqlite3_stmt *row = index_store_prepare(s, "INSERT INTO batch VALUES(?,?,?,?,?)");
    struct buffer files = {0};
    bool ok = row != NULL;

    buffer_append(&files, b->files, b->file_count * sizeof *b->files);
    append_sum(&files);
    append_sum(&b->people);
    if (ok) {
        sqlite3_bind_int64(row, 1, s->batch_number);
        sqlite3_bind_int64(row, 2, b->documents);
        sqlite3_bind_int64(row, 3, (int64_t)b->pair_count);
        sqlite3_bind_blob64(row, 4, files.data, files.bytes, SQLITE_STATIC);
        sqlite3_bind_blob64(row, 5, b->people.data, b->people.bytes, SQLITE_STATIC);
        ok = sqlite3_step(row) == SQLITE_DONE;
    }
    sqlite3_finalize(row);
    buffer_release(&files);
    return ok;
}

static void clear_batch(struct index_batch *b)
{
    b->file_count = b->pair_count = b->documents = 0;
    buffer_clear(&b->words);
    buffer_clear(&b->people);
}

bool index_store_flush(struct index_store *s, struct error *err)
{
    struct index_batch *b = &s->batch;
    bool ok = true;

    if (b->file_count > 0) {
        ok = write_pages(s) && write_batch(s);
        if (ok && b->words.bytes > 0) {
            append_sum(&b->words);
            ok = insert_blob(s, "INSERT INTO lexicon VALUES(?,?)", s->batch_number, &b->words);
        }
        s->batch_number++;
    }
    clear_batch(b);
    if (!b->is_open)
        return true;
    b->is_open = false;
    if (ok)
        return index_store_run(s, "COMMIT", err);
    index_store_fail(s, err);
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

void file_facts_release(struct file_facts *facts)
{
    free(facts->format);
    free(facts->title);
    free(facts->trouble);
    *facts = FILE_FACTS_INIT;
}

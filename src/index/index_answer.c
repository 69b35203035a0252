/* Index answer: which files may match. For each batch, the documents that satisfy every want
 * are the intersection of the documents of each term; a file with one of these may match. A
 * part of a word stands for all words of the lexicon that contain it. */
#include <stdlib.h>
#include <string.h>

#include "index/index_people.h"
#include "index/index_postings.h"
#include "index/index_store_private.h"
#include "shilu/base/memory.h"
#include "shilu/text/search_terms.h"

/* A part that occurs in more words than this is not selective enough to look up. */
enum { PART_WORDS_MAX = 400 };

/* A want, with terms one of which a document must have; no terms: no condition. */
struct choice {
    uint32_t *terms; /* owned */
    size_t count;
    size_t capacity;
    bool is_any;
};

struct known_file {
    uint64_t path; /* 0 if free */
    uint64_t stamp;
    bool may;
};

struct index_answer {
    struct known_file *files; /* a table by path, owned */
    size_t capacity;          /* a power of two */
    size_t count;
};

struct asking {
    struct index_store *store;
    struct index_answer *answer;
    struct choice *choices; /* owned */
    size_t choice_count;
    uint8_t *people; /* owned, one byte per number, 1: wanted; NULL for anyone */
    size_t people_count;
    sqlite3_stmt *get_page;
    uint64_t *left;  /* owned: documents that satisfy everything so far … */
    uint64_t *found; /* … and those with one of some terms */
};

/* ------------------------------------------------------------------------------- answer */

static struct known_file *slot_of(struct known_file *files, size_t capacity, uint64_t path)
{
    size_t at = path & (capacity - 1);

    while (files[at].path != 0 && files[at].path != path)
        at = (at + 1) & (capacity - 1);
    return &files[at];
}

static void put_known(struct index_answer *a, const struct index_file *file, bool may)
{
    struct known_file *slot;

    if (a->count >= a->capacity / 2) {
        size_t capacity = a->capacity > 0 ? a->capacity * 2 : 1024;
        struct known_file *files = memory_zalloc(capacity, sizeof *files);
        size_t i;

        for (i = 0; i < a->capacity; i++) {
            if (a->files[i].path != 0)
                *slot_of(files, capacity, a->files[i].path) = a->files[i];
        }
        free(a->files);
        a->files = files;
        a->capacity = capacity;
    }
    slot = slot_of(a->files, a->capacity, file->path);
    a->count += slot->path == 0;
    *slot = (struct known_file){.path = file->path, .stamp = file->stamp, .may = may};
}

enum index_may index_answer_of(const struct index_answer *a, const char *file,
                               const struct file_stamp *stamp)
{
    const struct known_file *known;

    if (a->capacity == 0)
        return INDEX_UNKNOWN;
    known = slot_of(a->files, a->capacity, index_store_path_hash(file));
    if (known->path == 0 || known->stamp != index_store_stamp_hash(stamp))
        return INDEX_UNKNOWN;
    return known->may ? INDEX_MAY : INDEX_NO;
}

void index_answer_free(struct index_answer *a)
{
    if (a == NULL)
        return;
    free(a->files);
    free(a);
}

/* ------------------------------------------------------------------------------ choices */

static void add_choice(struct choice *c, uint32_t term)
{
    size_t i;

    for (i = 0; i < c->count; i++) {
        if (c->terms[i] == term)
            return;
    }
    c->is_any = c->count >= PART_WORDS_MAX;
    if (c->is_any)
        return;
    MEMORY_RESERVE(c->terms, c->capacity, c->count + 1);
    c->terms[c->count++] = term;
}

/* Find the words that contain this part in a blob, each ended by LF. */
static void find_words(struct choice *c, const struct search_terms_want *want,
                       const char *words, size_t bytes)
{
    size_t part_bytes = strlen(want->part);
    const char *end = words + bytes;
    const char *at = words;

    while (!c->is_any &&
           (at = memmem(at, (size_t)(end - at), want->part, part_bytes)) != NULL) {
        const char *start = memrchr(words, '\n', (size_t)(at - words));
        const char *stop = memchr(at, '\n', (size_t)(end - at));

        start = start != NULL ? start + 1 : words;
        if (stop == NULL)
            break;
        if ((!want->is_start || start == at) && (!want->is_end || at + part_bytes == stop)) {
            add_choice(c, search_terms_of_word(start, (size_t)(stop - start)));
            at = stop;
        } else {
            at++;
        }
    }
}

static bool make_choices(struct asking *a, const struct search_terms_wants *wants)
{
    sqlite3_stmt *row = index_store_prepare(a->store, "SELECT words FROM lexicon");
    bool parts = false;
    bool ok = row != NULL;
    size_t i;

    a->choices = memory_zalloc(wants->count + 1, sizeof *a->choices);
    a->choice_count = wants->count;
    for (i = 0; i < wants->count; i++) {
        if (wants->items[i].part == NULL)
            add_choice(&a->choices[i], wants->items[i].term);
        else
            parts = true;
    }
    while (ok && parts && sqlite3_step(row) == SQLITE_ROW) {
        const char *words = sqlite3_column_blob(row, 0);
        size_t bytes = (size_t)sqlite3_column_bytes(row, 0);

        ok = index_store_unsum(&words, &bytes);
        for (i = 0; ok && i < wants->count; i++) {
            if (wants->items[i].part != NULL)
                find_words(&a->choices[i], &wants->items[i], words, bytes);
        }
    }
    ok = ok && sqlite3_errcode(a->store->db) != SQLITE_CORRUPT;
    sqlite3_finalize(row);
    return ok;
}

static bool make_people(struct asking *a, char *const *speakers, size_t count)
{
    sqlite3_stmt *row;
    int status = SQLITE_DONE;

    if (count == 0)
        return true;
    row = index_store_prepare(a->store, "SELECT id, label FROM person ORDER BY id");
    a->people = memory_zalloc(1, 1);
    while (row != NULL && (status = sqlite3_step(row)) == SQLITE_ROW) {
        size_t number = (size_t)sqlite3_column_int64(row, 0);
        struct span label = span_of((const char *)sqlite3_column_text(row, 1),
                                    (size_t)sqlite3_column_bytes(row, 1));
        size_t i;

        if (number < a->people_count || number > UINT32_MAX)
            break; /* they are sorted */
        a->people = memory_realloc(a->people, number + 1, 1);
        memset(a->people + a->people_count, 0, number + 1 - a->people_count);
        a->people_count = number + 1;
        for (i = 0; i < count && a->people[number] == 0; i++)
            a->people[number] = index_people_match(label, speakers[i]);
    }
    sqlite3_finalize(row);
    return row != NULL && status == SQLITE_DONE;
}

/* ------------------------------------------------------------------------------ batches */

/* Set the bits of the documents in a batch that contain a term. */
static bool find_term(struct asking *a, int64_t batch, uint32_t term, uint32_t documents)
{
    bool ok = true;

    sqlite3_bind_int64(a->get_page, 1, index_store_page(batch, term));
    if (sqlite3_step(a->get_page) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(a->get_page, 0);
        const char *page = sqlite3_column_blob(a->get_page, 1);

        if (id >> 24 == batch)
            ok = page != NULL &&
                 index_postings_find(page, (size_t)sqlite3_column_bytes(a->get_page, 1),
                                     (uint32_t)(id & 0xFFFFFF), term, documents, a->found);
    } else {
        ok = sqlite3_errcode(a->store->db) == SQLITE_DONE ||
             sqlite3_errcode(a->store->db) == SQLITE_OK;
    }
    sqlite3_reset(a->get_page);
    return ok;
}

/* Keep the documents with one of the terms; *any says whether some are left. */
static bool keep_choice(struct asking *a, int64_t batch, const struct choice *c,
                        uint32_t documents, bool *any)
{
    size_t words = documents / 64 + 1;
    size_t i;

    memset(a->found, 0, words * sizeof *a->found);
    for (i = 0; i < c->count; i++) {
        if (!find_term(a, batch, c->terms[i], documents))
            return false;
    }
    *any = false;
    for (i = 0; i < words; i++) {
        a->left[i] &= a->found[i];
        *any = *any || a->left[i] != 0;
    }
    return true;
}

static bool find_documents(struct asking *a, int64_t batch, uint32_t documents)
{
    bool any = documents > 0;
    size_t i;

    memset(a->left, 0xFF, (documents / 64 + 1) * sizeof *a->left);
    for (i = 0; any && i < a->choice_count; i++) {
        if (!a->choices[i].is_any && !keep_choice(a, batch, &a->choices[i], documents, &any))
            return false;
    }
    if (!any)
        memset(a->left, 0, (documents / 64 + 1) * sizeof *a->left);
    return true;
}

static bool has_document(const struct asking *a, uint32_t first, uint32_t end)
{
    for (; first < end; first++) {
        if ((a->left[first / 64] >> first % 64 & 1) != 0)
            return true;
    }
    return false;
}

/* Whether one of the people of the next file is wanted; false if the blob ends too early. */
static bool next_people(const struct asking *a, struct span *blob, bool *wanted)
{
    uint32_t count;
    uint32_t number;

    *wanted = a->people == NULL;
    if (blob->length < sizeof count)
        return false;
    memcpy(&count, blob->data, sizeof count);
    *blob = span_skip(*blob, sizeof count);
    if (blob->length / sizeof number < count)
        return false;
    for (; count > 0; count--) {
        memcpy(&number, blob->data, sizeof number);
        *blob = span_skip(*blob, sizeof number);
        *wanted = *wanted || (number < a->people_count && a->people[number] != 0);
    }
    return true;
}

static bool take_files(struct asking *a, const struct index_file *files, size_t count,
                       uint32_t documents, struct span people)
{
    size_t i;

    for (i = 0; i < count; i++) {
        const struct index_file *file = &files[i];
        uint32_t end = i + 1 < count ? files[i + 1].first_document : documents;
        bool wanted;

        if (end > documents || file->first_document > end || !next_people(a, &people, &wanted))
            return false;
        put_known(a->answer, file,
                  (file->flags & INDEX_FILE_ALWAYS) != 0 ||
                      (wanted && has_document(a, file->first_document, end)));
    }
    return true;
}

static bool take_batch(struct asking *a, sqlite3_stmt *row)
{
    int64_t batch = sqlite3_column_int64(row, 0);
    int64_t documents = sqlite3_column_int64(row, 1);
    const char *people = sqlite3_column_blob(row, 3);
    size_t people_bytes = (size_t)sqlite3_column_bytes(row, 3);
    size_t count;
    struct index_file *files = index_store_files(sqlite3_column_blob(row, 2),
                                                 (size_t)sqlite3_column_bytes(row, 2), &count);
    bool ok = files != NULL && documents >= 0 && documents < POSTINGS_DOCUMENTS_MAX &&
              index_store_unsum(&people, &people_bytes) &&
              find_documents(a, batch, (uint32_t)documents) &&
              take_files(a, files, count, (uint32_t)documents, span_of(people, people_bytes));

    free(files);
    return ok;
}

static bool take_batches(struct asking *a)
{
    sqlite3_stmt *row = index_store_prepare(
        a->store, "SELECT id, documents, files, people FROM batch ORDER BY id");
    int status = SQLITE_ERROR;
    bool ok = row != NULL && a->get_page != NULL;

    while (ok && (status = sqlite3_step(row)) == SQLITE_ROW)
        ok = take_batch(a, row);
    sqlite3_finalize(row);
    return ok && status == SQLITE_DONE;
}

static void release(struct asking *a)
{
    size_t i;

    for (i = 0; i < a->choice_count; i++)
        free(a->choices[i].terms);
    free(a->choices);
    free(a->people);
    free(a->left);
    free(a->found);
    sqlite3_finalize(a->get_page);
}

struct index_answer *index_store_ask(struct index_store *s,
                                     const struct search_terms_wants *wants,
                                     char *const *speakers, size_t speaker_count,
                                     struct error *err)
{
    struct asking a = {.store = s, .answer = memory_zalloc(1, sizeof *a.answer)};
    bool ok;

    a.left = memory_zalloc(POSTINGS_DOCUMENTS_MAX / 64 + 1, sizeof *a.left);
    a.found = memory_zalloc(POSTINGS_DOCUMENTS_MAX / 64 + 1, sizeof *a.found);
    a.get_page = index_store_prepare(
        s, "SELECT id, data FROM page WHERE id<=? ORDER BY id DESC LIMIT 1");
    /* A single state of the store, whoever writes meanwhile. */
    ok = index_store_run(s, "BEGIN", err);
    if (ok && !(make_choices(&a, wants) && make_people(&a, speakers, speaker_count) &&
                take_batches(&a)))
        ok = error_set(err, ERROR_SYNTAX, "the index '%s' is damaged", s->path);
    release(&a);
    if (ok) {
        sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
        return a.answer;
    }
    index_store_discard(s);
    index_answer_free(a.answer);
    return NULL;
}

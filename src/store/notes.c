/* Notes. Each change reads the file, changes it and replaces it in one go, so that two programs
 * with the same record do not undo each other's. A file that cannot be understood is never
 * written over: it may hold work. */
#include "shilu/store/notes.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/base/file.h"
#include "shilu/base/memory.h"
#include "shilu/base/xdg.h"
#include "shilu/store/file_id.h"
#include "shilu/store/json_file.h"

/* Letters that name a mark, and records that may have stood under one path. */
enum { LETTERS = 128, FILES_MAX = 100 };

struct mark {
    uint32_t segment; /* SEGMENT_NONE: not set */
    uint32_t byte;
};

struct notes {
    char *path;   /* of the record */
    char *file;   /* NULL: nothing is kept */
    bool unsaved; /* memory holds more than the file */
    struct reader_state_note *notes;
    size_t count;
    size_t capacity;
    struct mark marks[LETTERS];
};

static void clear(struct notes *n)
{
    size_t i;

    for (i = 0; i < n->count; i++)
        free(n->notes[i].text);
    n->count = 0;
    for (i = 0; i < LETTERS; i++)
        n->marks[i].segment = SEGMENT_NONE;
}

/* ------------------------------------------------------------------- what is in memory */

/* Where the note of a segment is, or would be. */
static size_t place_of(const struct notes *n, uint32_t segment)
{
    size_t at = 0;

    while (at < n->count && n->notes[at].segment < segment)
        at++;
    return at;
}

static void set_note(struct notes *n, uint32_t segment, const char *text)
{
    size_t at = place_of(n, segment);

    if (at < n->count && n->notes[at].segment == segment) {
        free(n->notes[at].text);
        n->count--;
        memmove(n->notes + at, n->notes + at + 1, (n->count - at) * sizeof *n->notes);
    }
    if (*text == '\0')
        return;
    MEMORY_RESERVE(n->notes, n->capacity, n->count + 1);
    memmove(n->notes + at + 1, n->notes + at, (n->count - at) * sizeof *n->notes);
    n->notes[at] = (struct reader_state_note){segment, memory_strdup(text)};
    n->count++;
}

/* ------------------------------------------------------------------------- the file */

static bool number_of(const cJSON *item, uint32_t *number)
{
    if (!cJSON_IsNumber(item) || item->valuedouble < 0 || item->valuedouble >= SEGMENT_NONE)
        return false;
    *number = (uint32_t)item->valuedouble;
    return true;
}

static void take_notes(struct notes *n, const cJSON *list)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, list)
    {
        const cJSON *text = cJSON_GetObjectItemCaseSensitive(item, "text");
        uint32_t segment;

        if (cJSON_IsString(text) &&
            number_of(cJSON_GetObjectItemCaseSensitive(item, "segment"), &segment))
            set_note(n, segment, text->valuestring);
    }
}

static void take_marks(struct notes *n, const cJSON *marks)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, marks)
    {
        unsigned char letter = (unsigned char)item->string[0];
        struct mark mark;

        if (letter < LETTERS && number_of(cJSON_GetArrayItem(item, 0), &mark.segment) &&
            number_of(cJSON_GetArrayItem(item, 1), &mark.byte))
            n->marks[letter] = mark;
    }
}

static bool is_of_record(const cJSON *root, const char *path)
{
    const cJSON *bytes = cJSON_GetObjectItemCaseSensitive(root, "head-bytes");
    const cJSON *hash = cJSON_GetObjectItemCaseSensitive(root, "head");

    return cJSON_IsNumber(bytes) && cJSON_IsString(hash) &&
           file_id_is(path, bytes->valuedouble, hash->valuestring);
}

/* What the file holds, in place of what was in memory. A file that is not there holds nothing.
 */
static bool read_again(struct notes *n, struct error *err)
{
    struct json_file f;

    if (n->file == NULL || access(n->file, F_OK) != 0)
        return true;
    if (!json_file_read(&f, n->file, err))
        return false;
    if (!n->unsaved) {
        clear(n);
        take_notes(n, cJSON_GetObjectItemCaseSensitive(f.root, "notes"));
        take_marks(n, cJSON_GetObjectItemCaseSensitive(f.root, "marks"));
    }
    json_file_release(&f);
    return true;
}

static cJSON *make_notes(const struct notes *n)
{
    cJSON *list = cJSON_CreateArray();
    size_t i;

    for (i = 0; i < n->count; i++) {
        cJSON *item = cJSON_CreateObject();

        cJSON_AddNumberToObject(item, "segment", n->notes[i].segment);
        cJSON_AddStringToObject(item, "text", n->notes[i].text);
        cJSON_AddItemToArray(list, item);
    }
    return list;
}

static cJSON *make_marks(const struct notes *n)
{
    cJSON *marks = cJSON_CreateObject();
    int letter;

    for (letter = 0; letter < LETTERS; letter++) {
        const struct mark *mark = &n->marks[letter];
        const double place[] = {mark->segment, mark->byte};
        const char name[] = {(char)letter, '\0'};

        if (mark->segment != SEGMENT_NONE)
            cJSON_AddItemToObject(marks, name, cJSON_CreateDoubleArray(place, 2));
    }
    return marks;
}

static bool save(const struct notes *n, struct error *err)
{
    struct file_id_head head;
    char *key = file_id_key(n->path);
    cJSON *root;
    char *text;
    bool ok;

    if (key == NULL || !file_id_read_head(n->path, FILE_ID_HEAD_BYTES, &head)) {
        free(key);
        return error_set(err, ERROR_SYSTEM,
                         "the record is not there any more: kept until you leave");
    }
    root = cJSON_CreateObject();
    cJSON_AddStringToObject(root, "path", key);
    cJSON_AddNumberToObject(root, "head-bytes", (double)head.bytes);
    cJSON_AddStringToObject(root, "head", head.hash);
    cJSON_AddItemToObject(root, "marks", make_marks(n));
    cJSON_AddItemToObject(root, "notes", make_notes(n));
    text = cJSON_Print(root);
    ok = text != NULL && file_make_parents(n->file, err) &&
         file_replace(n->file, text, strlen(text), err);
    cJSON_free(text);
    cJSON_Delete(root);
    free(key);
    return ok;
}

/* The file of this record among those of records that stood under its path, or the first name
 * that is free. A file that cannot be read may be the one. */
static char *find_file(const char *path)
{
    char *key = file_id_key(path);
    char hash[FILE_ID_HASH_BYTES];
    char *found = NULL;
    int number;

    if (key == NULL)
        return NULL;
    file_id_hash(key, strlen(key), hash);
    for (number = 1; found == NULL && number <= FILES_MAX; number++) {
        struct buffer name = {0};
        struct json_file f;
        struct error ignored;
        bool other = false;

        buffer_append_format(&name, "notes/%s-%d.json", hash, number);
        found = xdg_path(XDG_DATA, buffer_string(&name));
        buffer_release(&name);
        if (found != NULL && access(found, F_OK) == 0 && json_file_read(&f, found, &ignored)) {
            other = !is_of_record(f.root, path);
            json_file_release(&f);
        }
        if (found == NULL)
            break;
        if (other) {
            free(found);
            found = NULL;
        }
    }
    free(key);
    return found;
}

struct notes *notes_new(const char *path)
{
    struct notes *n = memory_zalloc(1, sizeof *n);
    struct file_id_head head;
    struct error reported_when_changed;

    clear(n);
    if (path == NULL || strcmp(path, "-") == 0 ||
        !file_id_read_head(path, FILE_ID_HEAD_BYTES, &head))
        return n;
    n->path = memory_strdup(path);
    n->file = find_file(path);
    read_again(n, &reported_when_changed);
    return n;
}

void notes_free(struct notes *n)
{
    if (n == NULL)
        return;
    clear(n);
    free(n->notes);
    free(n->path);
    free(n->file);
    free(n);
}

const struct reader_state_note *notes_all(const struct notes *n, size_t *count)
{
    *count = n->count;
    return n->notes;
}

/* After a change; `readable`: what the file held was taken up before it. */
static bool keep(struct notes *n, bool readable, struct error *err)
{
    if (n->file == NULL)
        return true;
    n->unsaved = !readable || !save(n, err);
    return !n->unsaved;
}

bool notes_put(struct notes *n, uint32_t segment, const char *text, struct error *err)
{
    bool ok = read_again(n, err);

    set_note(n, segment, text);
    return keep(n, ok, err);
}

bool notes_mark(struct notes *n, char letter, uint32_t segment, uint32_t byte,
                struct error *err)
{
    bool ok = read_again(n, err);

    n->marks[(unsigned char)letter % LETTERS] = (struct mark){segment, byte};
    return keep(n, ok, err);
}

bool notes_find_mark(const struct notes *n, char letter, uint32_t *segment, uint32_t *byte)
{
    const struct mark *mark = &n->marks[(unsigned char)letter % LETTERS];

    *segment = mark->segment;
    *byte = mark->byte;
    return mark->segment != SEGMENT_NONE;
}

/* The library's cache. A first line names the program's version and the hash of all that
 * follows; then a line of numbers for each file, with its key and title, whose lengths are
 * among the numbers, so neither needs escapes. Those asked for last stand first. */
#include "shilu/library/library_cache.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "shilu/base/buffer.h"
#include "shilu/base/file.h"
#include "shilu/base/memory.h"
#include "shilu/base/xdg.h"
#include "shilu/store/file_id.h"

#define HEADER "shilu-library " PACKAGE_VERSION " "

enum { NUMBERS = 12, SETTLED_NS = 2000000000 };

/* One line of the file: everything points into the text that was read. */
struct cached {
    const char *line;
    size_t line_bytes;
    const char *key;
    size_t key_bytes;
    const char *title;
    int64_t numbers[NUMBERS];
    bool asked;
};

enum number {
    NUMBER_KIND,
    NUMBER_BYTES,
    NUMBER_MODIFIED,
    NUMBER_CHANGED,
    NUMBER_INODE,
    NUMBER_DEVICE,
    NUMBER_DATE,
    NUMBER_LENGTH,
    NUMBER_SPEAKERS,
    NUMBER_QUESTIONS,
    NUMBER_TITLE_BYTES, /* -1: no title */
    NUMBER_KEY_BYTES
};

struct library_cache {
    char *text; /* owned, as are the arrays */
    struct cached *items;
    struct cached **by_key;
    size_t count;
    size_t capacity;
};

static int64_t nanoseconds(const struct timespec *t)
{
    return (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
}

bool library_stamp_of(const char *path, struct library_stamp *stamp, bool *settled)
{
    struct timespec now;
    struct stat st;

    if (stat(path, &st) != 0)
        return false;
    if (!S_ISREG(st.st_mode)) {
        errno = EINVAL;
        return false;
    }
    clock_gettime(CLOCK_REALTIME, &now);
    *stamp = (struct library_stamp){.bytes = st.st_size,
                                    .modified_ns = nanoseconds(&st.st_mtim),
                                    .changed_ns = nanoseconds(&st.st_ctim),
                                    .inode = st.st_ino,
                                    .device = st.st_dev};
    *settled = stamp->modified_ns < nanoseconds(&now) - SETTLED_NS &&
               stamp->changed_ns < nanoseconds(&now) - SETTLED_NS;
    return true;
}

bool library_stamp_is(const struct library_stamp *a, const struct library_stamp *b)
{
    return a->bytes == b->bytes && a->modified_ns == b->modified_ns &&
           a->changed_ns == b->changed_ns && a->inode == b->inode && a->device == b->device;
}

/* --------------------------------------------------------------------------- reading */

static int compare_keys(const void *a, const void *b)
{
    const struct cached *x = *(struct cached *const *)a;
    const struct cached *y = *(struct cached *const *)b;
    size_t least = x->key_bytes < y->key_bytes ? x->key_bytes : y->key_bytes;
    int order = memcmp(x->key, y->key, least);

    return order != 0 ? order : (x->key_bytes > y->key_bytes) - (x->key_bytes < y->key_bytes);
}

/* The line at *at; false where it is not one. */
static bool read_line(const char **at, const char *end, struct cached *item)
{
    const char *p = *at;
    int64_t title_bytes;
    size_t i;

    *item = (struct cached){.line = p};
    for (i = 0; i < NUMBERS; i++) {
        char *rest;

        item->numbers[i] = strtoll(p, &rest, 10);
        if (rest == p || *rest != ' ')
            return false;
        p = rest + 1;
    }
    title_bytes = item->numbers[NUMBER_TITLE_BYTES];
    item->key_bytes = (size_t)item->numbers[NUMBER_KEY_BYTES];
    if (item->key_bytes > (size_t)(end - p))
        return false;
    item->key = p;
    p += item->key_bytes;
    item->title = title_bytes >= 0 ? p : NULL;
    title_bytes = title_bytes < 0 ? 0 : title_bytes;
    if (title_bytes >= end - p || p[title_bytes] != '\n')
        return false;
    p += title_bytes + 1;
    item->line_bytes = (size_t)(p - item->line);
    *at = p;
    return true;
}

/* Behind the first line; NULL where that is not ours, or what follows is not what was written.
 */
static const char *check_header(const char *text, size_t bytes)
{
    size_t front = strlen(HEADER) + FILE_ID_HASH_BYTES; /* its NUL's place is the newline's */
    char hash[FILE_ID_HASH_BYTES];

    if (bytes < front || memcmp(text, HEADER, strlen(HEADER)) != 0)
        return NULL;
    file_id_hash(text + front, bytes - front, hash);
    if (memcmp(text + strlen(HEADER), hash, FILE_ID_HASH_BYTES - 1) != 0)
        return NULL;
    return text + front;
}

static void read_lines(struct library_cache *c, const char *at, const char *end)
{
    struct cached item;
    size_t i;

    while (at < end && c->count < LIBRARY_CACHE_FILES_MAX && read_line(&at, end, &item)) {
        MEMORY_RESERVE(c->items, c->capacity, c->count + 1);
        c->items[c->count++] = item;
    }
    if (c->count == 0)
        return;
    c->by_key = memory_zalloc(c->count, sizeof(struct cached *));
    for (i = 0; i < c->count; i++)
        c->by_key[i] = &c->items[i];
    qsort(c->by_key, c->count, sizeof(struct cached *), compare_keys);
}

struct library_cache *library_cache_read(void)
{
    struct library_cache *c = memory_zalloc(1, sizeof *c);
    char *path = xdg_path(XDG_CACHE, "library");
    struct error ignored; /* without a cache everything is read */
    const char *lines;
    size_t bytes = 0;

    if (path != NULL)
        c->text = file_read(path, LIBRARY_CACHE_BYTES_MAX, &bytes, &ignored);
    if (c->text != NULL && (lines = check_header(c->text, bytes)) != NULL)
        read_lines(c, lines, c->text + bytes);
    free(path);
    return c;
}

void library_cache_free(struct library_cache *c)
{
    if (c == NULL)
        return;
    free(c->text);
    free(c->items);
    free(c->by_key);
    free(c);
}

static struct cached *find_key(struct library_cache *c, const char *key)
{
    struct cached wanted = {.key = key, .key_bytes = strlen(key)};
    struct cached *at = &wanted;
    struct cached **found = NULL;

    if (c->count > 0)
        found = bsearch(&at, c->by_key, c->count, sizeof at, compare_keys);
    return found != NULL ? *found : NULL;
}

bool library_cache_find(struct library_cache *c, const char *path,
                        const struct library_stamp *stamp, struct library_facts *facts)
{
    char *key = file_id_key(path);
    struct cached *item = key != NULL ? find_key(c, key) : NULL;
    const int64_t *n = item != NULL ? item->numbers : NULL;
    struct library_stamp then;

    free(key);
    if (item == NULL)
        return false;
    item->asked = true;
    then = (struct library_stamp){.bytes = n[NUMBER_BYTES],
                                  .modified_ns = n[NUMBER_MODIFIED],
                                  .changed_ns = n[NUMBER_CHANGED],
                                  .inode = (uint64_t)n[NUMBER_INODE],
                                  .device = (uint64_t)n[NUMBER_DEVICE]};
    if (!library_stamp_is(&then, stamp))
        return false;
    *facts = (struct library_facts){
        .kind = (enum library_kind)n[NUMBER_KIND],
        .date_ms = n[NUMBER_DATE],
        .length_ms = n[NUMBER_LENGTH],
        .speakers = (uint32_t)n[NUMBER_SPEAKERS],
        .questions = (uint32_t)n[NUMBER_QUESTIONS],
    };
    if (item->title != NULL)
        facts->title = memory_strndup(item->title, (size_t)n[NUMBER_TITLE_BYTES]);
    return true;
}

/* --------------------------------------------------------------------------- writing */

static void append_entry(struct buffer *out, const struct library_entry *entry)
{
    const struct library_facts *f = &entry->facts;
    char *key = file_id_key(entry->path);

    if (key == NULL)
        return;
    buffer_append_format(out, "%d %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " ",
                         (int)f->kind, entry->stamp.bytes, entry->stamp.modified_ns,
                         entry->stamp.changed_ns, (int64_t)entry->stamp.inode,
                         (int64_t)entry->stamp.device);
    buffer_append_format(out, "%" PRId64 " %" PRId64 " %" PRIu32 " %" PRIu32 " %lld %zu ",
                         f->date_ms, f->length_ms, f->speakers, f->questions,
                         f->title != NULL ? (long long)strlen(f->title) : -1LL, strlen(key));
    buffer_append_string(out, key);
    if (f->title != NULL)
        buffer_append_string(out, f->title);
    buffer_append_char(out, '\n');
    free(key);
}

static bool has_room(const struct buffer *out, size_t files, size_t more)
{
    return files < LIBRARY_CACHE_FILES_MAX &&
           out->bytes + more + strlen(HEADER) + FILE_ID_HASH_BYTES < LIBRARY_CACHE_BYTES_MAX;
}

static void append_lines(struct buffer *out, const struct library_cache *c,
                         const struct library_entry *entries, size_t count)
{
    struct buffer line = {0};
    size_t files = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        if (!entries[i].is_settled)
            continue;
        buffer_clear(&line);
        append_entry(&line, &entries[i]);
        if (line.bytes == 0 || !has_room(out, files, line.bytes))
            continue;
        buffer_append(out, line.data, line.bytes);
        files++;
    }
    for (i = 0; i < c->count; i++) {
        if (c->items[i].asked || !has_room(out, files, c->items[i].line_bytes))
            continue;
        buffer_append(out, c->items[i].line, c->items[i].line_bytes);
        files++;
    }
    buffer_release(&line);
}

bool library_cache_save(struct library_cache *c, const struct library_entry *entries,
                        size_t count, struct error *err)
{
    char *path = xdg_path(XDG_CACHE, "library");
    char hash[FILE_ID_HASH_BYTES];
    struct buffer lines = {0};
    struct buffer out = {0};
    bool ok;

    if (path == NULL)
        return error_set(err, ERROR_SYSTEM, "there is no folder for caches");
    append_lines(&lines, c, entries, count);
    file_id_hash(buffer_string(&lines), lines.bytes, hash);
    buffer_append_format(&out, "%s%s\n", HEADER, hash);
    buffer_append(&out, buffer_string(&lines), lines.bytes);
    ok = file_make_parents(path, err) && file_replace(path, out.data, out.bytes, err);
    buffer_release(&lines);
    buffer_release(&out);
    free(path);
    return ok;
}

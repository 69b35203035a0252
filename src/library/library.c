/* The library: a walk that finds files, and a queue of those that are read. */
#include "shilu/library/library.h"

#include <stdlib.h>
#include <string.h>

#include "library/library_private.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/dir_walk.h"
#include "shilu/base/memory.h"
#include "shilu/base/work_queue.h"
#include "shilu/library/library_cache.h"
#include "shilu/text/fold.h"
#include "shilu/text/utf8.h"

#define NEW_ENTRY SIZE_MAX

struct library {
    const struct options *options;
    struct library_cache *cache; /* NULL: the options change how files are read */
    struct dir_walk walk;
    bool walking;
    size_t next; /* the file of the walk that is looked at next */
    struct work_queue *queue;
    size_t under_way; /* jobs of the queue */
    struct library_entry *entries;
    size_t count;
    size_t capacity;
    size_t unreadable;
    uint64_t version;
    bool has_news; /* for the cache */
};

const struct library_facts library_nothing_known = {
    .kind = LIBRARY_UNREADABLE, .date_ms = TIME_NONE, .length_ms = TIME_NONE};

static void read_job(const void *context, void *tool, void *job, const atomic_bool *stop)
{
    const struct library *l = context;

    (void)tool;
    library_read_file(l->options, job, stop);
}

static void drop_job(void *job)
{
    struct library_reading *r = job;

    free(r->facts.title);
    free(r->path);
    free(r);
}

static const struct work_kind reading = {.run = read_job, .drop = drop_job};

struct library *library_new(const struct options *options)
{
    struct library *l = memory_zalloc(1, sizeof *l);

    l->options = options;
    if (options->input_format == NULL && options->encoding == NULL)
        l->cache = library_cache_read();
    l->walking = true;
    l->queue = work_queue_new(&reading, l);
    dir_walk_start(&l->walk, options->paths, options->path_count);
    return l;
}

static void release_entry(struct library_entry *entry)
{
    free(entry->path);
    free(entry->facts.title);
    free(entry->sort_title);
    free(entry->words);
}

void library_free(struct library *l)
{
    size_t i;

    if (l == NULL)
        return;
    work_queue_free(l->queue);
    for (i = 0; i < l->count; i++)
        release_entry(&l->entries[i]);
    free(l->entries);
    dir_walk_release(&l->walk);
    library_cache_free(l->cache);
    free(l);
}

/* --------------------------------------------------------------------------- one file */

/* The path below the folder that was named. */
static const char *file_below(const struct library *l, const char *path)
{
    for (size_t i = 0; i < l->options->path_count; i++) {
        const char *folder = l->options->paths[i];
        size_t bytes = strlen(folder);

        while (bytes > 1 && folder[bytes - 1] == '/')
            bytes--;
        if (strncmp(path, folder, bytes) == 0 && path[bytes] == '/' && path[bytes + 1] != '\0')
            return path + bytes + 1 + strspn(path + bytes + 1, "/");
    }
    return path;
}

/* The name of a file may be any bytes; a matcher wants UTF-8. */
static void append_valid(struct buffer *out, const char *text)
{
    size_t bytes = strlen(text);
    char utf8[UTF8_MAX_BYTES];
    uint32_t cp;

    while (bytes > 0) {
        size_t valid = utf8_valid_prefix(text, bytes);

        buffer_append(out, text, valid);
        text += valid;
        bytes -= valid;
        if (bytes > 0) {
            size_t taken = utf8_decode(text, bytes, &cp);

            buffer_append(out, utf8, utf8_encode(UTF8_REPLACEMENT, utf8));
            text += taken;
            bytes -= taken;
        }
    }
}

/* What the list is sorted and filtered by, made once. */
static void make_words(struct library_entry *entry)
{
    struct buffer title = {0};
    struct buffer folded = {0};
    char date[CIVIL_TEXT];

    append_valid(&title, library_entry_title(entry));
    fold_append(&folded, buffer_string(&title), title.bytes);
    buffer_append_char(&title, '\n');
    append_valid(&title, entry->file);
    if (entry->facts.date_ms != TIME_NONE) {
        civil_format_date(entry->facts.date_ms, date);
        buffer_append_format(&title, "\n%s", date);
    }
    entry->sort_title = buffer_take(&folded);
    entry->words = buffer_take(&title);
}

/* What is to be known of the file is known. */
static void finish_file(struct library *l, struct library_reading *r)
{
    struct library_entry entry = {
        .path = r->path, .facts = r->facts, .stamp = r->stamp, .is_settled = r->settled};

    entry.file = file_below(l, entry.path);
    make_words(&entry);
    l->unreadable += entry.facts.kind == LIBRARY_UNREADABLE;
    if (r->target == NEW_ENTRY) {
        MEMORY_RESERVE(l->entries, l->capacity, l->count + 1);
        l->entries[l->count++] = entry;
    } else {
        l->unreadable -= l->entries[r->target].facts.kind == LIBRARY_UNREADABLE;
        release_entry(&l->entries[r->target]);
        l->entries[r->target] = entry;
        l->version++;
    }
    free(r);
}

/* Take what is known of a file, or have it read. */
static void start_file(struct library *l, const char *path, size_t target)
{
    struct library_reading *r = memory_zalloc(1, sizeof *r);

    r->path = memory_strdup(path);
    r->target = target;
    r->facts = library_nothing_known;
    if (!library_stamp_of(path, &r->stamp, &r->settled)) {
        r->settled = false;
        finish_file(l, r);
    } else if (l->cache != NULL && library_cache_find(l->cache, path, &r->stamp, &r->facts)) {
        r->settled = true;
        finish_file(l, r);
    } else {
        work_queue_add(l->queue, r);
        l->under_way++;
    }
}

static bool collect(struct library *l, int64_t wait_ms)
{
    struct library_reading *r = work_queue_collect(l->queue, wait_ms);

    if (r == NULL)
        return false;
    l->under_way--;
    l->has_news = l->has_news || r->settled;
    finish_file(l, r);
    return true;
}

bool library_find(struct library *l, int64_t budget_ms)
{
    int64_t end_ms = clock_monotonic_ms() + budget_ms;

    do {
        l->walking = l->walking && dir_walk_step(&l->walk);
    } while (l->walking && clock_monotonic_ms() < end_ms);
    return l->walking;
}

static bool can_start(const struct library *l)
{
    return l->next < l->walk.count && l->under_way < WORK_AHEAD;
}

/* Finding has half of the time, so that the first titles are there long before a large folder
 * has been walked. Only where nothing else is left to do is a file waited for. */
bool library_step(struct library *l, int64_t budget_ms)
{
    int64_t end_ms = clock_monotonic_ms() + budget_ms;
    bool collected;

    library_find(l, (budget_ms + 1) / 2);
    do {
        if (can_start(l)) {
            start_file(l, l->walk.files[l->next].path, NEW_ENTRY);
            l->next++;
        }
        collected = collect(l, can_start(l) || l->walking ? 0 : end_ms - clock_monotonic_ms());
    } while ((collected || can_start(l)) && clock_monotonic_ms() < end_ms);
    return l->walking || l->next < l->walk.count || l->under_way > 0;
}

void library_look_again(struct library *l, size_t number)
{
    const struct library_entry *entry = &l->entries[number];
    struct library_stamp now;
    bool settled;

    if (!library_stamp_of(entry->path, &now, &settled) ||
        !library_stamp_is(&now, &entry->stamp))
        start_file(l, entry->path, number);
}

/* --------------------------------------------------------------------------- looking */

size_t library_count(const struct library *l)
{
    return l->count;
}

const struct library_entry *library_entry(const struct library *l, size_t number)
{
    return &l->entries[number];
}

const char *library_entry_title(const struct library_entry *entry)
{
    const char *slash = strrchr(entry->path, '/');

    if (entry->facts.title != NULL)
        return entry->facts.title;
    return slash != NULL ? slash + 1 : entry->path;
}

uint64_t library_version(const struct library *l)
{
    return l->version;
}

size_t library_waiting(const struct library *l)
{
    return l->walk.count - l->count;
}

size_t library_unreadable(const struct library *l)
{
    return l->unreadable + l->walk.failure_count;
}

void library_save(struct library *l)
{
    struct error ignored; /* a cache that cannot be written is done without */

    if (l->cache != NULL && l->has_news)
        library_cache_save(l->cache, l->entries, l->count, &ignored);
    l->has_news = false;
}

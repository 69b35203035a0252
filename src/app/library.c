/* The library: a walk that finds files, and one loader at a time that reads them. */
#include "shilu/app/library.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/app/library_cache.h"
#include "shilu/base/memory.h"
#include "shilu/base/walk.h"
#include "shilu/formats/loader.h"

struct library {
    const struct options *options;
    struct library_cache *cache; /* NULL: the options change how files are read */
    struct walk walk;
    bool walking;
    size_t next; /* the file of the walk that is read, or will be next */
    struct library_entry *entries;
    size_t count;
    size_t capacity;
    size_t unreadable;
    bool has_news; /* for the cache */
    /* The file that is being read; loader NULL: none. */
    struct loader *loader;
    struct transcript *transcript;
    struct library_stamp stamp;
    bool settled;
};

struct library *library_new(const struct options *options)
{
    struct library *l = memory_zalloc(1, sizeof *l);

    l->options = options;
    if (options->input_format == NULL && options->encoding == NULL)
        l->cache = library_cache_read();
    l->walking = true;
    walk_start(&l->walk, options->paths, options->path_count);
    return l;
}

static void stop_reading(struct library *l)
{
    loader_free(l->loader);
    transcript_free(l->transcript);
    l->loader = NULL;
    l->transcript = NULL;
}

void library_free(struct library *l)
{
    size_t i;

    if (l == NULL)
        return;
    if (l->loader != NULL)
        stop_reading(l);
    for (i = 0; i < l->count; i++) {
        free(l->entries[i].path);
        free(l->entries[i].facts.title);
    }
    free(l->entries);
    walk_release(&l->walk);
    library_cache_free(l->cache);
    free(l);
}

/* --------------------------------------------------------------------------- one file */

/* The file was dealt with. `take` is what is known of it. */
static void finish_file(struct library *l, const struct library_facts *take, bool settled)
{
    MEMORY_RESERVE(l->entries, l->capacity, l->count + 1);
    l->entries[l->count++] = (struct library_entry){
        .path = memory_strdup(l->walk.files[l->next].path),
        .facts = *take,
        .stamp = l->stamp,
        .is_settled = settled};
    l->unreadable += take->kind == LIBRARY_UNREADABLE;
    l->next++;
}

static void finish_unreadable(struct library *l)
{
    const struct library_facts facts = {
        .kind = LIBRARY_UNREADABLE, .date_ms = TIME_NONE, .length_ms = TIME_NONE};

    finish_file(l, &facts, false);
}

static int64_t date_of(const struct transcript *t)
{
    const char *date = transcript_get(t, FIELD_DATE);
    int64_t first_ms;
    int64_t last_ms;
    int64_t ms;
    int32_t offset;
    bool has_time;
    size_t used;

    if (date != NULL &&
        civil_parse_date_time(date, strlen(date), &ms, &offset, &has_time, &used))
        return ms;
    if (transcript_has_days(t) && transcript_span(t, &first_ms, &last_ms))
        return first_ms;
    return TIME_NONE;
}

static int64_t length_of(const struct transcript *t)
{
    int64_t first_ms;
    int64_t last_ms;

    if (!transcript_span(t, &first_ms, &last_ms))
        return TIME_NONE;
    if (transcript_clock(t) != CLOCK_WALL && first_ms > 0)
        first_ms = 0; /* the recording's start */
    return last_ms - first_ms;
}

/* What could be opened and read to its end, or as far as it goes. */
static enum library_kind kind_of(const struct library *l, enum loader_status status)
{
    if (status != LOADER_FAILED || transcript_count(l->transcript) > 0)
        return LIBRARY_TRANSCRIPT;
    return *loader_format_name(l->loader) == '\0' ? LIBRARY_FOREIGN : LIBRARY_UNREADABLE;
}

static void finish_read(struct library *l, enum loader_status status, const struct error *err)
{
    const struct transcript *t = l->transcript;
    const char *title = transcript_get(t, FIELD_TITLE);
    const char *path = l->walk.files[l->next].path;
    struct library_facts facts = {.kind = kind_of(l, status),
                                  .date_ms = date_of(t),
                                  .length_ms = length_of(t),
                                  .speakers = (uint32_t)transcript_speaker_count(t),
                                  .questions = (uint32_t)transcript_exchange_count(t)};
    bool refused = status == LOADER_FAILED && err->code == ERROR_SYSTEM;
    struct library_stamp now;
    bool settled;

    if (title != NULL && *title != '\0')
        facts.title = memory_strdup(title);
    if (refused && transcript_count(t) == 0)
        facts.kind = LIBRARY_UNREADABLE;
    settled = l->settled && !refused && library_stamp_of(path, &now, &settled) &&
              library_stamp_is(&now, &l->stamp);
    stop_reading(l);
    l->has_news = l->has_news || settled;
    finish_file(l, &facts, settled);
}

/* Open the next file, or take what is known of it. */
static void start_file(struct library *l)
{
    const struct loader_options how = {.format = l->options->input_format,
                                       .encoding = l->options->encoding};
    const char *path = l->walk.files[l->next].path;
    struct library_facts facts;
    struct source *source;
    struct error err;

    if (!library_stamp_of(path, &l->stamp, &l->settled)) {
        finish_unreadable(l);
        return;
    }
    if (l->cache != NULL && library_cache_find(l->cache, path, &l->stamp, &facts)) {
        finish_file(l, &facts, true);
        return;
    }
    source = source_open_path(path, &err);
    if (source == NULL) {
        finish_unreadable(l);
        return;
    }
    l->transcript = transcript_new();
    l->loader = loader_new(source, l->transcript, &how, &err);
    if (l->loader == NULL) {
        transcript_free(l->transcript);
        l->transcript = NULL;
        finish_unreadable(l);
    }
}

static void read_on(struct library *l, int64_t budget_ms)
{
    enum loader_status status;
    struct error err = {0};

    if (l->loader == NULL)
        start_file(l);
    if (l->loader == NULL)
        return;
    status = loader_step(l->loader, budget_ms, 0, &err);
    if (status == LOADER_DONE || status == LOADER_FAILED)
        finish_read(l, status, &err);
}

/* Finding and reading have half of the time each, so that the first titles are there long
 * before a large folder has been walked. */
bool library_step(struct library *l, int64_t budget_ms)
{
    int64_t start_ms = clock_monotonic_ms();
    int64_t half_ms = start_ms + (budget_ms + 1) / 2;
    int64_t end_ms = start_ms + budget_ms;

    do {
        l->walking = l->walking && walk_step(&l->walk);
    } while (l->walking && clock_monotonic_ms() < half_ms);
    while (l->next < l->walk.count) {
        int64_t left_ms = end_ms - clock_monotonic_ms();

        read_on(l, left_ms > 1 ? left_ms : 1);
        if (clock_monotonic_ms() >= end_ms)
            break;
    }
    return l->walking || l->next < l->walk.count;
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

size_t library_waiting(const struct library *l)
{
    return l->walk.count - l->next;
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

/* The library: a walk that finds files, and one loader at a time that reads them. */
#include "shilu/app/library.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/app/library_cache.h"
#include "shilu/base/memory.h"
#include "shilu/base/walk.h"
#include "shilu/formats/loader.h"
#include "shilu/text/fold.h"
#include "shilu/text/utf8.h"

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
    uint64_t version;
    bool has_news; /* for the cache */
    size_t *again; /* owned: numbers of entries to read again */
    size_t again_count;
    size_t again_capacity;
    /* The file that is being read; loader NULL: none. */
    struct loader *loader;
    struct transcript *transcript;
    const char *path;
    size_t target; /* the entry that it replaces, or NEW_ENTRY */
    struct library_stamp stamp;
    bool settled;
};

#define NEW_ENTRY SIZE_MAX

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
    if (l->loader != NULL)
        stop_reading(l);
    for (i = 0; i < l->count; i++)
        release_entry(&l->entries[i]);
    free(l->entries);
    free(l->again);
    walk_release(&l->walk);
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

/* The file was dealt with. `take` is what is known of it. */
static void finish_file(struct library *l, const struct library_facts *take, bool settled)
{
    struct library_entry entry = {.path = memory_strdup(l->path),
                                  .facts = *take,
                                  .stamp = l->stamp,
                                  .is_settled = settled};

    entry.file = file_below(l, entry.path);
    make_words(&entry);
    l->unreadable += take->kind == LIBRARY_UNREADABLE;
    if (l->target == NEW_ENTRY) {
        MEMORY_RESERVE(l->entries, l->capacity, l->count + 1);
        l->entries[l->count++] = entry;
        l->next++;
    } else {
        l->unreadable -= l->entries[l->target].facts.kind == LIBRARY_UNREADABLE;
        release_entry(&l->entries[l->target]);
        l->entries[l->target] = entry;
        l->again_count--;
        l->version++;
    }
    l->path = NULL;
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
    settled = l->settled && !refused && library_stamp_of(l->path, &now, &settled) &&
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
    struct library_facts facts;
    struct source *source;
    struct error err;

    l->target = l->again_count > 0 ? l->again[l->again_count - 1] : NEW_ENTRY;
    l->path = l->target == NEW_ENTRY ? l->walk.files[l->next].path : l->entries[l->target].path;
    if (!library_stamp_of(l->path, &l->stamp, &l->settled)) {
        finish_unreadable(l);
        return;
    }
    if (l->cache != NULL && library_cache_find(l->cache, l->path, &l->stamp, &facts)) {
        finish_file(l, &facts, true);
        return;
    }
    source = source_open_path(l->path, &err);
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

static bool has_files(const struct library *l)
{
    return l->again_count > 0 || l->next < l->walk.count;
}

bool library_find(struct library *l, int64_t budget_ms)
{
    int64_t end_ms = clock_monotonic_ms() + budget_ms;

    do {
        l->walking = l->walking && walk_step(&l->walk);
    } while (l->walking && clock_monotonic_ms() < end_ms);
    return l->walking;
}

/* Finding and reading have half of the time each, so that the first titles are there long
 * before a large folder has been walked. */
bool library_step(struct library *l, int64_t budget_ms)
{
    int64_t end_ms = clock_monotonic_ms() + budget_ms;

    library_find(l, (budget_ms + 1) / 2);
    while (has_files(l)) {
        int64_t left_ms = end_ms - clock_monotonic_ms();

        read_on(l, left_ms > 1 ? left_ms : 1);
        if (clock_monotonic_ms() >= end_ms)
            break;
    }
    return l->walking || has_files(l);
}

void library_look_again(struct library *l, size_t number)
{
    const struct library_entry *entry = &l->entries[number];
    struct library_stamp now;
    bool settled;

    if (library_stamp_of(entry->path, &now, &settled) && library_stamp_is(&now, &entry->stamp))
        return;
    MEMORY_RESERVE(l->again, l->again_capacity, l->again_count + 1);
    /* Below the one that is being read. */
    l->again[l->again_count++] = number;
    if (l->loader != NULL && l->again_count > 1 && l->target != NEW_ENTRY) {
        l->again[l->again_count - 1] = l->again[l->again_count - 2];
        l->again[l->again_count - 2] = number;
    }
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

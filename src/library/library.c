/* The library: what an index refresh finds, one entry per file. */
#include "shilu/library/library.h"

#include <stdlib.h>
#include <string.h>

#include "library/library_private.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/text/fold.h"
#include "shilu/text/utf8.h"

struct library *library_new(const struct options *options)
{
    const struct index_refresh_options how = {.format = options->input_format,
                                              .encoding = options->encoding};
    struct library *l = memory_zalloc(1, sizeof *l);
    struct error none; /* no index is required */

    l->options = options;
    l->refresh = index_refresh_new(options->paths, options->path_count, &how, &none);
    return l;
}

static void release_entry(struct library_entry *entry)
{
    free(entry->path);
    file_facts_release(&entry->facts);
    free(entry->sort_title);
    free(entry->words);
}

void library_free(struct library *l)
{
    size_t i;

    if (l == NULL)
        return;
    library_follow_stop(l);
    index_refresh_free(l->refresh);
    for (i = 0; i < l->count; i++)
        release_entry(&l->entries[i]);
    free(l->entries);
    free(l);
}

/* --------------------------------------------------------------------------- one file */

/* The path relative to the folder that the user named. */
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

/* A file name may contain any bytes; a matcher needs UTF-8. */
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

/* The sort and filter keys, made once. */
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

/* A file may be found twice, if its folder was moved or visited twice. */
static size_t number_of(struct library *l, const struct index_item *item)
{
    if (item->tag != INDEX_ITEM_NEW)
        return item->tag;
    l->taken++;
    return library_follow_number(l, item->path);
}

static void count_unreadable(struct library *l, const struct library_entry *entry, int by)
{
    if (!entry->is_gone && entry->facts.kind == FILE_UNREADABLE)
        l->unreadable += (size_t)by;
}

/* A file's facts have arrived. */
static void take_item(struct library *l, struct index_item *item)
{
    struct library_entry entry = {
        .path = item->path, .facts = item->facts, .stamp = item->stamp};
    size_t number = number_of(l, item);

    entry.file = file_below(l, entry.path);
    make_words(&entry);
    l->has_news = l->has_news || item->was_read;
    count_unreadable(l, &entry, 1);
    if (number == SIZE_MAX) {
        MEMORY_RESERVE(l->entries, l->capacity, l->count + 1);
        number = l->count++;
    } else {
        count_unreadable(l, &l->entries[number], -1);
        release_entry(&l->entries[number]);
        l->version++;
    }
    l->entries[number] = entry;
    if (l->follow.watch != NULL && library_follow_note(l, entry.path, number))
        library_look_again(l, number);
}

void library_lose(struct library *l, size_t number)
{
    struct library_entry *entry = &l->entries[number];

    if (entry->is_gone)
        return;
    count_unreadable(l, entry, -1);
    entry->is_gone = true;
    entry->stamp = (struct file_stamp){0}; /* it is read again if it comes back */
    l->version++;
}

void library_follow(struct library *l)
{
    library_follow_start(l);
}

/* A folder that cannot be read is an entry too, with the reason. */
static void take_failures(struct library *l)
{
    const struct dir_walk *walk = index_refresh_walk(l->refresh);

    for (; l->failures < walk->failure_count; l->failures++) {
        const struct dir_walk_failure *failure = &walk->failures[l->failures];
        struct library_entry entry = {.path = memory_strdup(failure->path),
                                      .facts = FILE_FACTS_INIT};

        entry.facts.trouble = memory_strdup(translate_errno(failure->errnum));
        entry.file = file_below(l, entry.path);
        make_words(&entry);
        count_unreadable(l, &entry, 1);
        MEMORY_RESERVE(l->entries, l->capacity, l->count + 1);
        l->entries[l->count++] = entry;
    }
}

bool library_find(struct library *l, int64_t budget_ms)
{
    return index_refresh_find(l->refresh, budget_ms);
}

/* Finding gets half of the time, so that the first titles appear long before a large folder has
 * been walked. */
bool library_step(struct library *l, int64_t budget_ms)
{
    int64_t end_ms = clock_monotonic_ms() + budget_ms;
    enum index_refresh_state state;

    index_refresh_find(l->refresh, (budget_ms + 1) / 2);
    do {
        int64_t left_ms = end_ms - clock_monotonic_ms();
        struct index_item item;

        state = index_refresh_step(l->refresh, left_ms > 0 ? left_ms : 0, &item);
        if (state == INDEX_REFRESH_ITEM)
            take_item(l, &item);
    } while (state == INDEX_REFRESH_ITEM && clock_monotonic_ms() < end_ms);
    take_failures(l);
    if (library_follow_step(l, budget_ms) || state != INDEX_REFRESH_DONE)
        return true;
    library_save(l);
    return index_refresh_is_walking(l->refresh);
}

void library_look_again(struct library *l, size_t number)
{
    struct library_entry *entry = &l->entries[number];

    if (index_refresh_again(l->refresh, entry->path, &entry->stamp, number))
        entry->stamp = (struct file_stamp){0}; /* its facts are no longer valid */
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
    return index_refresh_walk(l->refresh)->count - l->taken;
}

size_t library_unreadable(const struct library *l)
{
    return l->unreadable;
}

void library_save(struct library *l)
{
    if (l->has_news)
        index_refresh_save(l->refresh);
    l->has_news = false;
}

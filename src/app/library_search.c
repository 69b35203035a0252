/* Searching a library: each transcript is loaded, searched by what searches an open one, and
 * let go; of its hits the words around them are kept. */
#include "shilu/app/library_search.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/formats/loader.h"
#include "shilu/text/utf8.h"

enum { BEFORE_BYTES = 60, AFTER_BYTES = 240, LOAD_MS = 4 };

struct library_search {
    const struct library *library;
    const struct options *options;
    char *query;     /* owned */
    size_t *entries; /* owned */
    struct search *search;
    struct library_row *rows; /* owned */
    size_t row_count;
    size_t row_capacity;
    struct library_search_state state;
    /* The transcript that is searched; loader NULL: none. */
    struct loader *loader;
    struct transcript *transcript;
    bool loaded;
};

struct library_search *library_search_new(const struct library *l,
                                          const struct options *options, const char *query,
                                          size_t *take_entries, size_t count, struct error *err)
{
    struct matcher *matcher = matcher_new(query, strlen(query), 0, err);
    struct library_search *s;

    if (matcher == NULL) {
        free(take_entries);
        return NULL;
    }
    s = memory_zalloc(1, sizeof *s);
    s->library = l;
    s->options = options;
    s->query = memory_strdup(query);
    s->entries = take_entries;
    s->search = search_new(matcher);
    s->state.files = count;
    s->state.done = count == 0;
    return s;
}

static void let_go(struct library_search *s)
{
    loader_free(s->loader);
    transcript_free(s->transcript);
    s->loader = NULL;
    s->transcript = NULL;
}

void library_search_free(struct library_search *s)
{
    size_t i;

    if (s == NULL)
        return;
    if (s->loader != NULL)
        let_go(s);
    for (i = 0; i < s->row_count; i++) {
        free(s->rows[i].who);
        free(s->rows[i].text);
    }
    free(s->rows);
    search_free(s->search);
    free(s->entries);
    free(s->query);
    free(s);
}

static struct library_row *add_row(struct library_search *s)
{
    MEMORY_RESERVE(s->rows, s->row_capacity, s->row_count + 1);
    s->rows[s->row_count] = (struct library_row){.entry = s->entries[s->state.searched],
                                                 .time_ms = TIME_NONE};
    return &s->rows[s->row_count++];
}

static void add_hit(struct library_search *s, const struct hit *hit)
{
    const struct transcript *t = s->transcript;
    const struct segment *segment = transcript_segment(t, hit->segment);
    struct library_row *row = add_row(s);
    size_t bytes;
    const char *text = transcript_text(t, hit->segment, &bytes);
    size_t from = hit->byte > BEFORE_BYTES ? hit->byte - BEFORE_BYTES : 0;
    size_t most = (size_t)hit->byte + AFTER_BYTES;
    size_t to = bytes > most ? most : bytes;

    from = utf8_floor(text, bytes, from);
    to = utf8_floor(text, bytes, to);
    row->hit = *hit;
    row->text = memory_strndup(text + from, to - from);
    row->start = hit->byte - from;
    row->end = (hit->byte_end < to ? hit->byte_end : to) - from;
    row->time_ms = segment->start_ms;
    row->is_wall = transcript_clock(t) == CLOCK_WALL;
    if (segment->speaker != SPEAKER_NONE)
        row->who = memory_strdup(transcript_speaker_at(t, segment->speaker)->name);
}

static void take_hits(struct library_search *s)
{
    size_t count = search_count(s->search);
    size_t i;

    if (count == 0)
        return;
    s->state.hits += count;
    s->state.with_hits++;
    add_row(s)->hits = count;
    for (i = 0; i < count && i < LIBRARY_HITS_A_FILE; i++) {
        struct hit hit = search_hit(s->search, i);

        add_hit(s, &hit);
    }
    s->state.is_cut = s->row_count >= LIBRARY_ROWS_MAX;
}

static void finish_file(struct library_search *s)
{
    if (s->loader != NULL)
        let_go(s);
    s->state.searched++;
    s->state.done = s->state.searched == s->state.files || s->state.is_cut;
}

static void start_file(struct library_search *s)
{
    const struct loader_options how = {.format = s->options->input_format,
                                       .encoding = s->options->encoding};
    const char *path = library_entry(s->library, s->entries[s->state.searched])->path;
    struct error
        ignored; /* it was readable when it was listed; that it is not now is counted */
    struct source *source = source_open_path(path, &ignored);

    s->loaded = false;
    search_restart(s->search);
    if (source != NULL) {
        s->transcript = transcript_new();
        s->loader = loader_new(source, s->transcript, &how, &ignored);
    }
    if (s->loader != NULL)
        return;
    if (source != NULL)
        transcript_free(s->transcript);
    s->transcript = NULL;
    s->state.unreadable++;
    finish_file(s);
}

static void search_on(struct library_search *s)
{
    static const struct selection everything = SELECTION_INIT;
    struct error ignored; /* what could be read of it is searched */
    enum loader_status status;

    if (s->loader == NULL) {
        start_file(s);
        return;
    }
    if (!s->loaded) {
        status = loader_step(s->loader, LOAD_MS, 0, &ignored);
        s->loaded = status == LOADER_DONE || status == LOADER_FAILED;
        return;
    }
    if (!search_step(s->search, s->transcript, &everything, LOAD_MS))
        return;
    take_hits(s);
    finish_file(s);
}

bool library_search_step(struct library_search *s, int64_t budget_ms)
{
    int64_t end_ms = clock_monotonic_ms() + budget_ms;

    while (!s->state.done && clock_monotonic_ms() < end_ms)
        search_on(s);
    return !s->state.done;
}

size_t library_search_rows(const struct library_search *s)
{
    return s->row_count;
}

const struct library_row *library_search_row(const struct library_search *s, size_t row)
{
    return &s->rows[row];
}

const char *library_search_query(const struct library_search *s)
{
    return s->query;
}

struct library_search_state library_search_state(const struct library_search *s)
{
    return s->state;
}

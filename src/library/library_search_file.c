/* Library search: a transcript is loaded, searched like an open one, and freed; the words
 * around its hits are kept. */
#include <stdlib.h>
#include <string.h>

#include "library/library_search_private.h"
#include "shilu/base/memory.h"
#include "shilu/cli/record_layout.h"
#include "shilu/formats/loader.h"
#include "shilu/store/corrections.h"
#include "shilu/text/utf8.h"

/* SLICE_MS: between two checks whether to stop the search. */
enum { BEFORE_BYTES = 60, AFTER_BYTES = 240, SLICE_MS = 4 };

static struct library_row *add_row(struct library_found *found, size_t entry)
{
    MEMORY_RESERVE(found->rows, found->row_capacity, found->row_count + 1);
    found->rows[found->row_count] = (struct library_row){.entry = entry, .time_ms = TIME_NONE};
    return &found->rows[found->row_count++];
}

static void add_hit(struct library_found *found, size_t entry, const struct transcript *t,
                    const struct selection *selection, const struct hit *hit)
{
    const struct segment *segment = transcript_segment(t, hit->segment);
    struct library_row *row = add_row(found, entry);
    size_t bytes;
    size_t start;
    size_t end;
    const char *text = search_hit_unit(t, selection, hit, &bytes, &start, &end);
    size_t from = utf8_floor(text, bytes, start > BEFORE_BYTES ? start - BEFORE_BYTES : 0);
    size_t to = utf8_floor(text, bytes,
                           bytes - start > AFTER_BYTES ? start + AFTER_BYTES : bytes);

    row->hit = *hit;
    row->text = memory_strndup(text + from, to - from);
    row->start = start - from;
    row->end = (end < to ? end : to) - from;
    row->line = transcript_line(t, hit->segment);
    row->time_ms = segment->start_ms;
    row->is_wall = transcript_time_base(t) == TIME_BASE_WALL;
    if (segment->speaker != SPEAKER_NONE)
        row->who = memory_strdup(transcript_speaker_at(t, segment->speaker)->name);
}

static void take_hits(const struct library_finder *f, size_t entry, const struct transcript *t,
                      const struct selection *selection, struct library_found *found)
{
    size_t count = search_count(f->search);
    size_t i;

    found->hits = count;
    if (count == 0)
        return;
    add_row(found, entry)->hits = count;
    for (i = 0; i < count && i < LIBRARY_HITS_A_FILE; i++) {
        struct hit hit = search_hit(f->search, i);

        add_hit(found, entry, t, selection, &hit);
    }
}

/* Load as much as can be read, with corrections (NULL: without); false if nothing could be
 * read. */
static bool load(const struct library_finder *f, const char *path, struct corrections *c,
                 struct transcript *t)
{
    struct loader_options how = options_loading_records(f->options);
    char *layout = record_layout_find(path, f->options);
    struct error
        ignored; /* it was readable when it was listed; if it no longer is, that is counted */
    struct loader *loader;
    struct buffer said = {0};
    enum loader_status status;

    how.layout = layout;
    how.records_only = layout == NULL;
    loader = loader_open(path, t, &how, &ignored);
    free(layout);
    if (loader == NULL)
        return false;
    if (c != NULL)
        corrections_lay_over(c, t);
    status = loader_run_until(loader, f->stop, &ignored);
    if (c != NULL)
        corrections_meet(c, t, status == LOADER_DONE, &said);
    buffer_release(&said);
    loader_free(loader);
    return status != LOADER_FAILED || transcript_count(t) > 0;
}

static void find_in(const struct library_finder *f, const struct transcript *t, size_t entry,
                    int64_t date_ms, struct library_found *found)
{
    struct selection selection;

    if (library_limits_select(f->limits, t, date_ms, &selection)) {
        while (!search_step(f->search, t, &selection, SLICE_MS) && !atomic_load(f->stop))
            continue;
        found->incomplete = search_give_ups(f->search) > 0;
        take_hits(f, entry, t, &selection, found);
    }
    selection_release(&selection);
}

void library_search_file(const struct library_finder *f, const char *path, size_t entry,
                         int64_t date_ms, struct library_found *found)
{
    bool is_corrected = corrected_records_may_have(f->corrected, path);
    struct corrections *corrections;
    struct transcript *t;

    *found = (struct library_found){.rows = NULL};
    /* The file and its index entry have the words from before the corrections. */
    if (!is_corrected &&
        (!index_search_may_match(f->index, path) || !prefilter_may_match(f->prefilter, path)))
        return;
    corrections = is_corrected ? corrections_new(path, false) : NULL;
    t = transcript_new();
    search_restart(f->search);
    found->unreadable = !load(f, path, corrections, t);
    if (!found->unreadable)
        find_in(f, t, entry, date_ms, found);
    transcript_free(t);
    corrections_free(corrections);
}

void library_search_release_rows(struct library_row *rows, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        free(rows[i].who);
        free(rows[i].text);
    }
    free(rows);
}

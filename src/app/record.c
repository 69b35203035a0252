/* One open record. Invariant: the loader feeds the transcript and is freed before it. */
#include "app/record.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shilu/cli/record_layout.h"
#include "shilu/store/places.h"

static bool is_standard_input(const char *path)
{
    return strcmp(path, "-") == 0;
}

bool record_open(struct record *r, const char *path, const struct options *options,
                 struct error *err)
{
    struct loader_options how = options_loading(options);
    char *layout;

    *r = (struct record){.path = path, .status = LOADER_BUSY};
    if (is_standard_input(path) && isatty(STDIN_FILENO))
        return error_set(err, ERROR_USAGE, "cannot read a transcript from the terminal");
    r->transcript = transcript_new();
    r->has_notice = !speaker_names_apply(&r->names, r->transcript, path, options, &r->notice) ||
                    !speaker_names_keep(path, options, &r->notice) ||
                    !record_layout_keep(path, options, &r->notice);
    if (!options->no_corrections) {
        r->corrections = corrections_new(path, true);
        corrections_lay_over(r->corrections, r->transcript);
    }
    layout = record_layout_find(path, options);
    how.layout = layout;
    r->loader = loader_open(path, r->transcript, &how, err);
    free(layout);
    if (r->loader == NULL) {
        record_close(r);
        return false;
    }
    record_id_init(&r->id, path);
    r->has_place = r->id.path != NULL && places_find(&r->id, &r->place, &r->was);
    return true;
}

void record_close(struct record *r)
{
    if (r->loader != NULL)
        loader_free(r->loader);
    if (r->transcript != NULL)
        transcript_free(r->transcript);
    corrections_free(r->corrections);
    buffer_release(&r->found);
    speaker_names_release(&r->names);
    record_id_release(&r->id);
    free(r->was);
    *r = (struct record){0};
}

bool record_reopen(struct record *r, const struct options *options, struct record *old,
                   struct error *err)
{
    struct record new;

    if (is_standard_input(r->path) && lseek(STDIN_FILENO, 0, SEEK_SET) != 0)
        return error_set(err, ERROR_SYSTEM, "standard input cannot be read again");
    if (!record_open(&new, r->path, options, err))
        return false;
    record_leave_place(&new);
    *old = *r;
    *r = new;
    return true;
}

void record_follow(struct record *r, bool on)
{
    loader_follow(r->loader, on);
    if ((on && r->status == LOADER_DONE) || (!on && r->status == LOADER_REST))
        r->status = LOADER_BUSY;
}

bool record_is_loading(const struct record *r)
{
    return r->status == LOADER_BUSY || r->status == LOADER_WAIT;
}

/* A record recognised by its path or its bytes has its place from the start; one recognised by
 * its words, once they are loaded. */
static void look_for_place(struct record *r)
{
    bool had_words = r->id.has_all_words;

    record_id_take_words(&r->id, r->transcript, !record_is_loading(r));
    if (!had_words && r->id.has_all_words && !r->has_place && !r->is_read)
        r->has_place = r->id.path != NULL && places_find(&r->id, &r->place, &r->was);
}

/* A record that could not be read to its end lacks words, which is no reason to move
 * corrections. */
static void meet_corrections(struct record *r)
{
    bool whole = r->status != LOADER_FAILED && !record_is_loading(r) &&
                 !loader_diagnostics(r->loader)->is_cut;

    if (r->corrections != NULL &&
        corrections_meet(r->corrections, r->transcript, whole, &r->found))
        r->is_laid_anew = true;
}

bool record_take_lay_over(struct record *r)
{
    bool is = r->is_laid_anew;

    r->is_laid_anew = false;
    return is;
}

void record_load(struct record *r, int64_t budget_ms, size_t segments)
{
    if (!record_is_loading(r))
        return;
    r->status = loader_step(r->loader, budget_ms, segments, &r->err);
    /* In small steps: to count it all at the first need would delay a key. */
    transcript_count_characters(r->transcript);
    r->is_interesting = r->is_interesting || !record_is_loading(r);
    look_for_place(r);
    meet_corrections(r);
}

bool record_is_hopeless(const struct record *r)
{
    return r->status == LOADER_FAILED && transcript_count(r->transcript) == 0;
}

bool record_take_change(struct record *r)
{
    bool changed = r->is_interesting;

    r->is_interesting = false;
    return changed;
}

bool record_take_place(struct record *r, uint32_t *segment)
{
    size_t count = transcript_count(r->transcript);

    if (!r->has_place)
        return false;
    /* Words that have moved may be further on, where nothing is loaded yet. */
    if (record_is_loading(r) && !record_anchor_holds(r->transcript, &r->place))
        return false;
    record_anchors_settle(r->transcript, &r->place, 1);
    r->has_place = false;
    *segment = r->place.segment;
    return r->place.segment < count;
}

void record_go_to(struct record *r, uint32_t segment)
{
    r->place = (struct record_anchor){.segment = segment};
    r->has_place = true;
}

void record_leave_place(struct record *r)
{
    r->has_place = false;
    r->is_read = true;
}

bool record_save_place(const struct record *r, uint32_t segment, struct error *err)
{
    struct record_anchor place = {.segment = segment};

    if (r->id.path == NULL || segment >= transcript_count(r->transcript))
        return true;
    record_id_segment(r->transcript, segment, place.words);
    return places_save(&r->id, &place, err);
}

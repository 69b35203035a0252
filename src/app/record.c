/* One open record. Invariant: the loader feeds the transcript and is freed before it. */
#include "app/record.h"

#include <string.h>
#include <unistd.h>

#include "shilu/store/places.h"

static bool is_standard_input(const char *path)
{
    return strcmp(path, "-") == 0;
}

static struct source *open_source(const char *path, struct error *err)
{
    if (!is_standard_input(path))
        return source_open_path(path, err);
    if (isatty(STDIN_FILENO)) {
        error_set(err, ERROR_USAGE, "standard input is the terminal that the keys come from");
        return NULL;
    }
    return source_open_fd(STDIN_FILENO, false);
}

bool record_open(struct record *r, const char *path, const struct options *options,
                 struct error *err)
{
    const struct loader_options how = options_loading(options);
    struct source *source = open_source(path, err);

    *r = (struct record){.path = path, .status = LOADER_BUSY};
    if (source == NULL)
        return false;
    r->transcript = transcript_new();
    r->has_notice = !speaker_names_apply(&r->names, r->transcript, path, options, &r->notice) ||
                    !speaker_names_keep(path, options, &r->notice);
    r->loader = loader_new(source, r->transcript, &how, err);
    if (r->loader == NULL) {
        record_close(r);
        return false;
    }
    r->has_place = !is_standard_input(path) && places_find(path, &r->place);
    return true;
}

void record_close(struct record *r)
{
    if (r->loader != NULL)
        loader_free(r->loader);
    if (r->transcript != NULL)
        transcript_free(r->transcript);
    speaker_names_release(&r->names);
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
    new.has_place = false;
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

void record_load(struct record *r, int64_t budget_ms, size_t segments)
{
    if (!record_is_loading(r))
        return;
    r->status = loader_step(r->loader, budget_ms, segments, &r->err);
    r->is_interesting = r->is_interesting || !record_is_loading(r);
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

    if (!r->has_place || (count <= r->place && record_is_loading(r)))
        return false;
    r->has_place = false;
    *segment = r->place;
    return r->place < count;
}

bool record_save_place(const struct record *r, uint32_t segment, struct error *err)
{
    if (is_standard_input(r->path) || segment >= transcript_count(r->transcript))
        return true;
    return places_save(r->path, segment, err);
}

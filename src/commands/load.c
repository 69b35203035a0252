/* Loading for the commands: with the screen's loader, run to the end. */
#include "commands/load.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shilu/base/translate.h"
#include "shilu/cli/progress.h"
#include "shilu/cli/record_layout.h"
#include "shilu/cli/report.h"

/* For more lines than this, use `shilu check`. */
enum { DIAGNOSTICS_SHOWN = 10 };

static void show_progress(void *path, int percent)
{
    progress_file(path, percent);
}

/* The user's corrections are applied, except for check, which is about the file. */
static void lay_corrections_over(struct loaded *l, const struct options *o)
{
    if (o->no_corrections || (o->command != NULL && strcmp(o->command, "check") == 0) ||
        (o->knows_corrected && !corrected_records_may_have(o->corrected, l->path)))
        return;
    l->corrections = corrections_new(l->path, false);
    corrections_lay_over(l->corrections, l->transcript);
}

/* The record is loaded: find the corrections that its words identify, and those that have moved
 * with them. */
static void meet_corrections(struct loaded *l)
{
    struct buffer said = {0};

    if (l->corrections != NULL)
        corrections_meet(l->corrections, l->transcript, !load_is_partial(l), &said);
    buffer_release(&said);
}

static void report_conflicts(const struct loaded *l, struct buffer *messages)
{
    const struct overlay *all = l->corrections != NULL ? corrections_all(l->corrections) : NULL;
    size_t conflicts = all == NULL ? 0
                                   : overlay_count(all, CORRECTION_CONFLICT) +
                                         overlay_count(all, CORRECTION_LOST);
    struct error err;

    if (conflicts == 0)
        return;
    error_set(
        &err, ERROR_USAGE,
        ngettext("the source has changed under %zu correction, which is not applied: see "
                 "'shilu corrections'",
                 "the source has changed under %zu corrections, which are not applied: see "
                 "'shilu corrections'",
                 conflicts),
        conflicts);
    report_error(messages, l->path, &err);
}

static bool load_with(struct loaded *l, const char *path, const struct options *o, bool named,
                      loader_listener *listener)
{
    struct loader_options options = options_loading(o);

    char *layout = record_layout_find(path, o);

    /* A text in a folder with a configured layout is read as a record with that layout. */
    options.records_only = !named && layout == NULL;
    options.layout = layout;
    *l = (struct loaded){.path = path, .transcript = transcript_new()};
    if (!speaker_names_apply(&l->names, l->transcript, path, o, &l->notice))
        l->has_notice = true;
    lay_corrections_over(l, o);
    l->loader = loader_open(path, l->transcript, &options, &l->err);
    free(layout);
    l->failed = l->loader == NULL || !loader_run_with_progress(
                                         l->loader, listener, (void *)(uintptr_t)path, &l->err);
    meet_corrections(l);
    return !l->failed || transcript_count(l->transcript) > 0;
}

bool load(struct loaded *l, const char *path, const struct options *o)
{
    bool usable = load_with(l, path, o, true, show_progress);

    progress_quietly();
    return usable;
}

bool load_quietly(struct loaded *l, const char *path, const struct options *o, bool named)
{
    return load_with(l, path, o, named, NULL);
}

bool load_is_partial(const struct loaded *l)
{
    return l->failed || (l->loader != NULL && loader_diagnostics(l->loader)->is_cut);
}

void load_release(struct loaded *l)
{
    loader_free(l->loader);
    transcript_free(l->transcript);
    corrections_free(l->corrections);
    speaker_names_release(&l->names);
    *l = (struct loaded){0};
}

bool load_and_report(struct loaded *l, const char *path, const struct options *o, int *status)
{
    bool usable = load(l, path, o);
    struct buffer messages = {0};

    if (l->has_notice || (usable && (!speaker_names_keep(path, o, &l->notice) ||
                                     !record_layout_keep(path, o, &l->notice))))
        report_error(&messages, NULL, &l->notice);
    if (l->loader != NULL)
        report_diagnostics(&messages, path, loader_diagnostics(l->loader), SEVERITY_WARNING,
                           DIAGNOSTICS_SHOWN);
    report_conflicts(l, &messages);
    if (l->failed)
        report_error(&messages, path, &l->err);
    if (load_is_partial(l))
        *status = EXIT_TROUBLE;
    report_flush(&messages);
    buffer_release(&messages);
    return usable;
}

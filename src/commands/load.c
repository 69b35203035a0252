/* Loading for the commands: the loader that the screen uses, run to its end. */
#include "commands/load.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "shilu/cli/progress.h"
#include "shilu/cli/report.h"

/* Beyond this many lines, `shilu check` is the place to read them. */
enum { DIAGNOSTICS_SHOWN = 10 };

static void show_progress(void *path, int percent)
{
    progress_file(path, percent);
}

static bool load_telling(struct loaded *l, const char *path, const struct options *o,
                         bool named, loader_listener *tell)
{
    struct loader_options options = options_loading(o);

    options.records_only = !named;
    *l = (struct loaded){.path = path, .transcript = transcript_new()};
    if (!speaker_names_apply(&l->names, l->transcript, path, o, &l->notice))
        l->has_notice = true;
    l->loader = loader_open(path, l->transcript, &options, &l->err);
    l->failed = l->loader == NULL ||
                !loader_run_with_progress(l->loader, tell, (void *)(uintptr_t)path, &l->err);
    return !l->failed || transcript_count(l->transcript) > 0;
}

bool load(struct loaded *l, const char *path, const struct options *o)
{
    bool usable = load_telling(l, path, o, true, show_progress);

    progress_quietly();
    return usable;
}

bool load_quietly(struct loaded *l, const char *path, const struct options *o, bool named)
{
    return load_telling(l, path, o, named, NULL);
}

bool load_is_partial(const struct loaded *l)
{
    return l->failed || (l->loader != NULL && loader_diagnostics(l->loader)->is_cut);
}

void load_release(struct loaded *l)
{
    loader_free(l->loader);
    transcript_free(l->transcript);
    speaker_names_release(&l->names);
    *l = (struct loaded){0};
}

bool load_and_report(struct loaded *l, const char *path, const struct options *o, int *status)
{
    bool usable = load(l, path, o);
    struct buffer messages = {0};

    if (l->has_notice || (usable && !speaker_names_keep(path, o, &l->notice)))
        report_error(&messages, NULL, &l->notice);
    if (l->loader != NULL)
        report_diagnostics(&messages, path, loader_diagnostics(l->loader), SEVERITY_WARNING,
                           DIAGNOSTICS_SHOWN);
    if (l->failed)
        report_error(&messages, path, &l->err);
    if (load_is_partial(l))
        *status = EXIT_TROUBLE;
    report_flush(&messages);
    buffer_release(&messages);
    return usable;
}

/* check: whether a file is a valid transcript, and where not. */
#include "shilu/commands/command.h"

#include <stdio.h>
#include <string.h>

#include "commands/load.h"
#include "shilu/cli/cli_format.h"
#include "shilu/cli/output.h"
#include "shilu/cli/report.h"

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void print_summary(const struct loaded *l)
{
    struct buffer line = {0};
    size_t segments = transcript_count(l->transcript);
    size_t speakers = transcript_speaker_count(l->transcript);

    cli_format_text(&line, l->path, strlen(l->path));
    buffer_append_format(&line, ": %s, %zu segment%s, %zu speaker%s\n",
                         loader_format(l->loader), segments, plural(segments), speakers,
                         plural(speakers));
    fputs(line.data, stdout);
    buffer_release(&line);
}

/* What the system refuses is trouble; whatever is wrong with the bytes is a fault. */
static int status_of(const struct loaded *l, const struct diagnostics *found)
{
    if (l->failed && (l->err.code == ERROR_SYSTEM || l->err.code == ERROR_USAGE))
        return EXIT_TROUBLE;
    if (l->failed || (found != NULL && found->count[SEVERITY_ERROR] > 0))
        return EXIT_NOTHING;
    return EXIT_DONE;
}

static int check_path(const char *path, const struct options *o)
{
    struct loaded l;
    struct buffer messages = {0};
    const struct diagnostics *found;
    int status;

    load(&l, path, o);
    found = l.loader != NULL ? loader_diagnostics(l.loader) : NULL;
    if (l.has_notice || (!l.failed && !speaker_names_keep(path, o, &l.notice)))
        report_error(&messages, NULL, &l.notice);
    if (found != NULL)
        report_diagnostics(&messages, path, found, SEVERITY_NOTE, DIAGNOSTICS_KEPT);
    if (l.failed)
        report_error(&messages, path, &l.err);
    status = status_of(&l, found);
    if (status == EXIT_DONE)
        print_summary(&l);
    if (status == EXIT_DONE && strcmp(loader_format_name(l.loader), "plain") == 0) {
        error_set(&l.err, ERROR_UNSUPPORTED, "no speakers found: it is shown as text");
        report_error(&messages, path, &l.err);
        status = EXIT_NOTHING;
    }
    report_flush(&messages);
    buffer_release(&messages);
    load_release(&l);
    return status;
}

int command_check(const struct options *o)
{
    char *const *paths = command_paths(o);
    struct output out;
    int worst = EXIT_DONE;

    if (paths == NULL)
        return EXIT_TROUBLE;
    output_standard(&out);
    out.written = true; /* also nothing is an answer */
    for (; *paths != NULL; paths++) {
        int status = check_path(*paths, o);

        if (status > worst)
            worst = status;
    }
    return output_finish(&out, worst);
}

/* index: make or refresh the indexes of folders. */
#include "shilu/commands/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/translate.h"
#include "shilu/cli/cli_format.h"
#include "shilu/cli/output.h"
#include "shilu/cli/progress.h"
#include "shilu/cli/report.h"
#include "shilu/index/index_refresh.h"

enum { SLICE_MS = 100 };

struct tally {
    size_t files;
    size_t read;
    size_t transcripts;
    size_t unreadable;
};

static void count_item(struct tally *tally, struct index_item *item)
{
    tally->files++;
    tally->read += item->was_read;
    tally->transcripts += item->facts.kind == FILE_TRANSCRIPT;
    tally->unreadable += item->facts.kind == FILE_UNREADABLE;
    file_facts_release(&item->facts);
    free(item->path);
}

static void refresh(struct index_refresh *r, struct tally *tally)
{
    enum index_refresh_state state;

    do {
        struct index_item item;

        state = index_refresh_step(r, SLICE_MS, &item);
        if (state == INDEX_REFRESH_ITEM)
            count_item(tally, &item);
        if (!index_refresh_is_walking(r))
            progress_files(tally->files, index_refresh_walk(r)->count);
    } while (state != INDEX_REFRESH_DONE);
    progress_quietly();
}

static void report_failures(const struct dir_walk *walk)
{
    struct error err;
    size_t i;

    for (i = 0; i < walk->failure_count; i++) {
        error_set(&err, ERROR_SYSTEM, "%s", translate_errno(walk->failures[i].errnum));
        report_now(walk->failures[i].path, &err);
    }
}

static void print_tally(const char *path, const struct tally *tally)
{
    struct buffer line = {0};

    cli_format_text(&line, path, strlen(path));
    buffer_append_format(&line,
                         ngettext(": %zu transcript", ": %zu transcripts", tally->transcripts),
                         tally->transcripts);
    buffer_append_format(&line, ngettext(" in %zu file", " in %zu files", tally->files),
                         tally->files);
    buffer_append_format(&line, ngettext(", %zu read now", ", %zu read now", tally->read),
                         tally->read);
    if (tally->unreadable > 0)
        buffer_append_format(&line, _(", %zu unreadable"), tally->unreadable);
    buffer_append_char(&line, '\n');
    fputs(line.data, stdout);
    buffer_release(&line);
}

static int index_folder(char *folder, const struct options *o)
{
    const struct index_refresh_options how = {.in_folder = o->in_folder, .is_needed = true};
    char *const paths[] = {folder};
    struct error err = {0};
    struct index_refresh *r = index_refresh_new(paths, 1, &how, &err);
    struct tally tally = {0};
    bool trouble;

    if (r == NULL) {
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    refresh(r, &tally);
    report_failures(index_refresh_walk(r));
    trouble = index_refresh_walk(r)->failure_count > 0;
    index_refresh_save(r);
    while (!index_refresh_settle(r, SLICE_MS, &err))
        continue;
    if (*err.message != '\0') {
        report_now(NULL, &err);
        trouble = true;
    } else {
        print_tally(folder, &tally);
    }
    index_refresh_free(r);
    return trouble ? EXIT_TROUBLE : EXIT_DONE;
}

int command_index(const struct options *o)
{
    static char here[] = ".";
    struct output out;
    int worst = EXIT_DONE;
    size_t i;

    output_standard(&out);
    for (i = 0; i < o->path_count || i == 0; i++) {
        int status = index_folder(o->path_count > 0 ? o->paths[i] : here, o);

        worst = status > worst ? status : worst;
    }
    return output_finish(&out, worst);
}

/* grep: paragraphs in files and folders, searched by as many threads as there are cores and
 * printed in order. */
#include "shilu/commands/command.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands/grep_file.h"
#include "shilu/base/dir_walk.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/base/work_queue.h"
#include "shilu/cli/output.h"
#include "shilu/cli/progress.h"
#include "shilu/cli/report.h"
#include "shilu/store/corrections.h"

enum {
    MAX_BATCH = 64,
    MAX_UNKNOWN_BATCH = 16, /* of files that no index knows: each is read */
    SAME_SIZE = 32,         /* after so many files, batches grow by one */
    WALK_STEPS = 256,
    DEFAULT_COLUMNS = 80,
    WAIT_MS = 1000
};

/* A few files, so that handing over small ones does not cost more than searching them. */
struct batch {
    struct {
        const char *path; /* owned by the walk */
        bool named;
    } files[MAX_BATCH];
    size_t count;
    struct grep_hits hits[MAX_BATCH];
};

static void *start_tools(const void *context)
{
    const struct grep_file_query *query = context;
    struct grep_file_tools *tools = memory_alloc(sizeof *tools);
    struct error tried; /* before it */

    grep_file_tools_init(tools, query->options, &tried);
    return tools;
}

static void end_tools(void *tool)
{
    grep_file_tools_release(tool);
    free(tool);
}

static void search_batch(const void *context, void *tool, void *job, const atomic_bool *stop)
{
    struct batch *b = job;

    for (size_t i = 0; i < b->count && !atomic_load(stop); i++)
        grep_file_find(&b->hits[i], context, tool, b->files[i].path, b->files[i].named);
}

static void drop_batch(void *job)
{
    struct batch *b = job;

    for (size_t i = 0; i < b->count; i++)
        grep_file_release(&b->hits[i]);
    free(b);
}

static const struct work_kind searching = {.start = start_tools,
                                           .end = end_tools,
                                           .run = search_batch,
                                           .drop = drop_batch,
                                           .is_eager = true};

/* The combined result of all files. */
struct outcome {
    size_t found;
    bool trouble;
    bool is_over; /* nobody reads the output, or nothing more is needed */
    int cause;    /* errno of a write that failed */
    bool unsent;  /* some output is still in our buffer */
};

/* Files on their way from the walk to the output. */
struct grep_run {
    const struct grep_file_query *query;
    struct dir_walk walk;
    struct work_queue *queue;
    bool walking;
    size_t reported; /* failures of the walk already reported */
    size_t queued;   /* number of files of the walk already queued */
    size_t done;
    struct outcome outcome;
};

/* Call directly after the call that may have failed, while errno is valid. */
static void note_failure(struct outcome *outcome)
{
    if (ferror(stdout) && outcome->cause == 0)
        outcome->cause = errno;
}

static void print_hits(struct outcome *outcome, const struct grep_file_query *query,
                       struct grep_hits *hits)
{
    bool parted = hits->out.bytes > 0 && outcome->found > 0 &&
                  grep_file_has_context(query->options) && !query->options->count_only &&
                  !query->options->files_only;

    if (hits->out.bytes > 0)
        progress_quietly();
    if (parted)
        fputs("--\n", stdout);
    if (hits->out.bytes > 0)
        fwrite(hits->out.data, 1, hits->out.bytes, stdout);
    note_failure(outcome);
    outcome->unsent = outcome->unsent || hits->out.bytes > 0;
    report_flush(&hits->errors);
    outcome->found += hits->count;
    outcome->trouble = outcome->trouble || hits->trouble;
    outcome->is_over = ferror(stdout) != 0 || (query->options->quiet && outcome->found > 0);
}

/* Send what was found before waiting for more. */
static void send_printed(struct outcome *outcome)
{
    if (outcome->unsent)
        outcome->is_over = fflush(stdout) != 0 || outcome->is_over;
    note_failure(outcome);
    outcome->unsent = false;
}

static void report_failures(struct grep_run *r)
{
    struct error err;

    for (; r->reported < r->walk.failure_count; r->reported++) {
        error_set(&err, ERROR_SYSTEM, "%s",
                  translate_errno(r->walk.failures[r->reported].errnum));
        report_now(r->walk.failures[r->reported].path, &err);
        r->outcome.trouble = true;
    }
}

/* The first batches are smaller, so that the first hits do not wait for many files, and every
 * thread has work even if there are few files. */
static void add_batches(struct grep_run *r)
{
    while (r->queued < r->walk.count) {
        size_t most = r->query->index != NULL ? MAX_BATCH : MAX_UNKNOWN_BATCH;
        size_t size = r->queued / SAME_SIZE + 1 < most ? r->queued / SAME_SIZE + 1 : most;
        struct batch *b;

        if (r->walking && r->walk.count - r->queued < size)
            return;
        b = memory_zalloc(1, sizeof *b);
        for (; b->count < size && r->queued < r->walk.count; r->queued++) {
            const struct dir_walk_file *file = &r->walk.files[r->queued];

            b->files[b->count].path = file->path;
            b->files[b->count++].named = file->named;
        }
        work_queue_add(r->queue, b);
    }
}

static void walk_on(struct grep_run *r)
{
    for (size_t i = 0; i < WALK_STEPS && r->walking; i++)
        r->walking = dir_walk_step(&r->walk);
    report_failures(r);
    add_batches(r);
}

/* Print each file once it and all before it are done, while the folders are walked. */
static int search_files(struct grep_run *r)
{
    r->queue = work_queue_new(&searching, r->query);
    while ((r->walking || r->done < r->walk.count) && !r->outcome.is_over) {
        struct batch *b;

        walk_on(r);
        b = work_queue_collect(r->queue, 0);
        if (b == NULL)
            send_printed(&r->outcome);
        if (b == NULL && !r->walking)
            b = work_queue_collect(r->queue, WAIT_MS);
        if (b == NULL)
            continue;
        for (size_t i = 0; i < b->count && !r->outcome.is_over; i++)
            print_hits(&r->outcome, r->query, &b->hits[i]);
        r->done += b->count;
        drop_batch(b);
        progress_files(r->done, r->walk.count);
    }
    progress_quietly();
    work_queue_free(r->queue);
    if (r->outcome.trouble && !(r->query->options->quiet && r->outcome.found > 0))
        return EXIT_TROUBLE;
    return r->outcome.found > 0 ? EXIT_DONE : EXIT_NOTHING;
}

/* Without a path: standard input if something is piped in, else the current folder. */
static void start_walk(struct dir_walk *walk, const struct options *o)
{
    static char dash[] = "-";
    static char dot[] = ".";
    struct stat st;
    bool piped = o->path_count == 0 && fstat(STDIN_FILENO, &st) == 0 &&
                 (S_ISFIFO(st.st_mode) || S_ISREG(st.st_mode) || S_ISSOCK(st.st_mode));
    char *const only[] = {piped ? dash : dot};

    dir_walk_start(walk, o->path_count > 0 ? o->paths : only,
                   o->path_count > 0 ? o->path_count : 1);
}

/* What the indexes of the folders know about the query; NULL if nothing. Renamed speakers are
 * not in the index. */
static struct index_search *ask_indexes(const struct options *o)
{
    static char dot[] = ".";
    static char *const here[] = {dot};
    bool renamed = o->speaker_map != NULL || o->remembered_speakers != NULL;
    const struct index_search_query query = {.text = o->pattern,
                                             .flags = grep_file_flags(o),
                                             .speakers = (char *const *)o->speakers,
                                             .speaker_count = renamed ? 0 : o->speaker_count};

    if (o->input_format != NULL || o->encoding != NULL || o->layout != NULL ||
        o->folder_layouts != NULL)
        return NULL;
    return index_search_new(o->path_count > 0 ? o->paths : here,
                            o->path_count > 0 ? o->path_count : 1, &query);
}

static int search_all(const struct options *o, struct ansi_style *paint)
{
    struct grep_file_query query = {
        .options = o,
        .paint = paint,
        .columns = ansi_style_columns(o, STDOUT_FILENO, DEFAULT_COLUMNS),
        .screen = isatty(STDOUT_FILENO) == 1 || o->width > 0,
    };
    struct grep_run run = {.query = &query, .walking = true};
    struct index_search *index;
    struct output out;
    int status;

    query.index = index = ask_indexes(o);
    start_walk(&run.walk, o);
    status = search_files(&run);
    index_search_free(index);
    dir_walk_release(&run.walk);
    output_standard(&out);
    out.written = true;
    out.cause = run.outcome.cause;
    return output_finish(&out, status);
}

int command_grep(const struct options *options)
{
    struct options mine = *options;
    const struct options *o = &mine;
    struct corrected_records *corrected = NULL;
    struct error err;
    struct grep_file_tools tools;
    struct ansi_style *paint;
    int status;

    if (!grep_file_tools_init(&tools, o, &err)) {
        /* Its column is a position in the pattern, not in a file. */
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    grep_file_tools_release(&tools);
    paint = ansi_style_new(o, STDOUT_FILENO, &err);
    if (paint == NULL) {
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    if (!o->no_corrections)
        corrected = corrected_records_read();
    mine.knows_corrected = true;
    mine.corrected = corrected;
    status = search_all(o, paint);
    corrected_records_free(corrected);
    ansi_style_free(paint);
    return status;
}

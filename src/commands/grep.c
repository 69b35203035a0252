/* grep: paragraphs in files and folders, searched by as many threads as there are cores and
 * printed in order. */
#include "shilu/commands/command.h"

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

enum { MAX_BATCH = 16, DEFAULT_COLUMNS = 80, WAIT_MS = 1000 };

/* A few files, so that small ones cost no more to hand over than to search. */
struct batch {
    const struct dir_walk_file *files; /* borrowed */
    size_t count;
    struct grep_hits hits[MAX_BATCH];
};

static void *start_tools(const void *context)
{
    const struct grep_file_query *query = context;
    struct grep_file_tools *tools = memory_alloc(sizeof *tools);
    struct error tried; /* before */

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

/* What all files have come to. */
struct outcome {
    size_t found;
    bool trouble;
    bool is_over; /* nobody reads what is printed, or nothing else is asked */
};

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
    if (hits->out.bytes > 0 && outcome->found == 0) /* what is seen first comes at once */
        fflush(stdout);
    report_flush(&hits->errors);
    outcome->found += hits->count;
    outcome->trouble = outcome->trouble || hits->trouble;
    outcome->is_over = ferror(stdout) != 0 || (query->options->quiet && outcome->found > 0);
}

/* Small enough that no thread is left without. */
static size_t batch_for(size_t files)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    size_t batch = files / (cores < 1 ? 1 : (size_t)cores) / 8;

    return batch < 1 ? 1 : batch < MAX_BATCH ? batch : MAX_BATCH;
}

/* The first ones are smaller, so that the first hits need not wait for many files. */
static void add_batches(struct work_queue *queue, const struct dir_walk *walk)
{
    size_t most = batch_for(walk->count);
    size_t size;

    for (size_t i = 0; i < walk->count; i += size) {
        struct batch *b = memory_zalloc(1, sizeof *b);

        size = i / MAX_BATCH + 1 < most ? i / MAX_BATCH + 1 : most;
        b->files = walk->files + i;
        b->count = walk->count - i < size ? walk->count - i : size;
        work_queue_add(queue, b);
    }
}

/* Print each file as soon as it and all before it are done. */
static int search_files(const struct grep_file_query *query, const struct dir_walk *walk)
{
    struct work_queue *queue = work_queue_new(&searching, query);
    struct outcome outcome = {.trouble = walk->failure_count > 0};
    size_t done = 0;

    add_batches(queue, walk);
    while (done < walk->count && !outcome.is_over) {
        struct batch *b = work_queue_collect(queue, WAIT_MS);

        if (b == NULL)
            continue;
        for (size_t i = 0; i < b->count && !outcome.is_over; i++)
            print_hits(&outcome, query, &b->hits[i]);
        done += b->count;
        drop_batch(b);
        progress_files(done, walk->count);
    }
    progress_quietly();
    work_queue_free(queue);
    if (outcome.trouble && !(query->options->quiet && outcome.found > 0))
        return EXIT_TROUBLE;
    return outcome.found > 0 ? EXIT_DONE : EXIT_NOTHING;
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

/* Without a path: what is piped or sent in, else the current folder. */
static void collect(struct dir_walk *walk, const struct options *o)
{
    struct stat st;
    size_t i;

    for (i = 0; i < o->path_count; i++)
        dir_walk_add(walk, o->paths[i]);
    if (o->path_count == 0 && fstat(STDIN_FILENO, &st) == 0 &&
        (S_ISFIFO(st.st_mode) || S_ISREG(st.st_mode) || S_ISSOCK(st.st_mode)))
        dir_walk_add(walk, "-");
    else if (o->path_count == 0)
        dir_walk_add(walk, ".");
}

/* What the indexes of the folders know of the query; NULL where nothing is known. Under other
 * names than those of the files, speakers are not what the index knows. */
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
    struct dir_walk walk = {0};
    struct index_search *index;
    struct output out;
    int status;

    query.index = index = ask_indexes(o);
    collect(&walk, o);
    report_failures(&walk);
    status = search_files(&query, &walk);
    index_search_free(index);
    dir_walk_release(&walk);
    output_standard(&out);
    out.written = true;
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
        /* Its column is a place in the pattern, not in a file. */
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

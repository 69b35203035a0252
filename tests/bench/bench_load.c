/* Loading: to the end against one cJSON_Parse of the same bytes, and the memory it leaves. */
#include <stdlib.h>
#include <string.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include <cjson/cJSON.h>

#include "bench.h"
#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"
#include "shilu/formats/loader.h"

enum { RUNS = 5 };

static struct transcript *load(const char *path)
{
    struct loader_options options = {0};
    struct transcript *t = transcript_new();
    struct error err;
    struct source *source = source_open_path(path, &err);
    struct loader *loader = loader_new(source, t, &options, &err);

    if (loader == NULL || !loader_run(loader, &err)) {
        fprintf(stderr, "%s: %s\n", path, err.message);
        exit(2);
    }
    loader_free(loader);
    return t;
}

/* The next allocation would pay for gathering the millions of pieces that cJSON_Delete leaves;
 * here no measurement does. */
static void tidy_heap(void)
{
#if defined(__GLIBC__)
    malloc_trim(0);
#endif
}

static double time_load_ms(const char *path)
{
    int64_t start = bench_now_us();
    struct transcript *t = load(path);
    double ms = (double)(bench_now_us() - start) / 1000;

    transcript_free(t);
    return ms;
}

static double time_cjson_ms(const char *path)
{
    int64_t start = bench_now_us();
    size_t bytes;
    char *all = bench_read(path, &bytes);
    cJSON *root = cJSON_Parse(all);
    double ms = (double)(bench_now_us() - start) / 1000;

    cJSON_Delete(root);
    free(all);
    tidy_heap();
    return ms;
}

/* The kernel's peak, in kilobytes (Linux); unlike that of getrusage, a child does not inherit
 * it. */
static long own_peak_kb(void)
{
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    long kb = 0;

    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        sscanf(line, "VmHWM: %ld", &kb);
    if (status != NULL)
        fclose(status);
    return kb;
}

/* The peak of a process that only loads the file; with an empty path, of one that does
 * nothing. */
static double peak_bytes(const char *program, const char *path)
{
    struct buffer command = {0};
    FILE *child;
    long kb = 0;

    buffer_append_format(&command, "%s --only-load '%s'", program, path);
    child = popen(command.data, "r");
    if (child == NULL || fscanf(child, "%ld", &kb) != 1)
        fprintf(stderr, "%s: no answer\n", command.data);
    if (child != NULL)
        pclose(child);
    buffer_release(&command);
    return (double)kb * 1024;
}

static void bench_one(const char *program, const char *name, const struct bench_record *record)
{
    char *path = bench_record_path(name, record);
    double ours[RUNS];
    double theirs[RUNS];
    double base = peak_bytes(program, "");
    double peak = peak_bytes(program, path) - base;
    struct transcript *t = load(path);
    uint64_t text;
    double allowed;
    int i;

    transcript_arena(t, &text);
    allowed = 1.3 * (double)text + 48.0 * (double)transcript_count(t);
    bench_note("%s: %zu segments, %.1f MB of text", name, transcript_count(t),
               (double)text / 1e6);
    transcript_free(t);
    for (i = 0; i < RUNS; i++) {
        ours[i] = time_load_ms(path);
        theirs[i] = time_cjson_ms(path);
    }
    bench_row("load to the end", bench_median(ours, RUNS), "cJSON_Parse",
              bench_median(theirs, RUNS), "ms", 1.0);
    bench_row("peak memory after loading", peak / 1e6, "1.3 text + 48 B a segment",
              allowed / 1e6, "MB", 1.0);
    bench_remove(path);
}

/* A recogniser's answer of about 7 KB: most of the time is the cost of opening a file. */
static void bench_small(void)
{
    enum { SENTENCES = 56, ROUNDS = 500, BUDGET_US = 150 };
    struct loader_options options = {0};
    struct buffer json = {0};
    struct error err;
    int64_t start;
    int i;

    for (i = 0; i < SENTENCES; i++)
        buffer_append_format(&json,
                             "%s{\"start\": %d.0, \"end\": %d.6, \"speaker\": \"SPEAKER_0%d\", "
                             "\"text\": \"This is a sentence of ordinary length, the %dth.\"}",
                             i == 0 ? "[" : ",\n ", i * 4, i * 4 + 3, i % 3, i);
    buffer_append_string(&json, "]\n");
    start = bench_now_us();
    for (i = 0; i < ROUNDS; i++) {
        struct transcript *t = transcript_new();
        struct loader *loader = loader_new(source_open_memory(json.data, json.bytes), t,
                                           &options, &err);

        if (!loader_run(loader, &err) || transcript_count(t) != SENTENCES)
            exit(2);
        loader_free(loader);
        transcript_free(t);
    }
    bench_row("open 7 KB of a recogniser's JSON", (double)(bench_now_us() - start) / ROUNDS,
              "budget", BUDGET_US, "us", 1.0);
    buffer_release(&json);
}

int main(int argc, char **argv)
{
    uint64_t bytes = (uint64_t)bench_setting("BENCH_MB", 60) * 1000000;

    if (argc == 3 && strcmp(argv[1], "--only-load") == 0) {
        if (*argv[2] != '\0')
            transcript_free(load(argv[2]));
        printf("%ld\n", own_peak_kb());
        return 0;
    }
    bench_heading("Loading");
    bench_small();
    bench_one(argv[0], "han",
              &(struct bench_record){
                  .script = SCRIPT_HAN, .bytes = bytes, .characters = 300, .speakers = 40});
    bench_one(argv[0], "latin",
              &(struct bench_record){
                  .script = SCRIPT_LATIN, .bytes = bytes, .characters = 300, .speakers = 40});
    bench_one(argv[0], "escaped",
              &(struct bench_record){.script = SCRIPT_HAN,
                                     .bytes = bytes,
                                     .characters = 300,
                                     .speakers = 40,
                                     .escaped = true});
    bench_one(argv[0], "short",
              &(struct bench_record){.script = SCRIPT_HAN,
                                     .bytes = bytes,
                                     .characters = 12,
                                     .speakers = 5000,
                                     .shuffled = true});
    return 0;
}

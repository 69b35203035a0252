/* Loading: to the end against one cJSON_Parse of the same bytes, and the memory it leaves. */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "bench.h"
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
    return ms;
}

/* The peak of a child that only loads, less that of one that does nothing. */
static double peak_bytes(const char *path)
{
    struct rusage usage;
    int status;
    pid_t child = fork();

    if (child == 0) {
        if (path != NULL)
            transcript_free(load(path));
        _exit(0);
    }
    wait4(child, &status, 0, &usage);
    return (double)usage.ru_maxrss * 1024;
}

static void bench_one(const char *name, const struct bench_record *record)
{
    char *path = bench_record_path(name, record);
    double ours[RUNS];
    double theirs[RUNS];
    double base = peak_bytes(NULL);
    double peak = peak_bytes(path) - base;
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

int main(void)
{
    uint64_t bytes = (uint64_t)bench_setting("BENCH_MB", 60) * 1000000;

    bench_heading("Loading");
    bench_one("han",
              &(struct bench_record){
                  .script = SCRIPT_HAN, .bytes = bytes, .characters = 300, .speakers = 40});
    bench_one("latin",
              &(struct bench_record){
                  .script = SCRIPT_LATIN, .bytes = bytes, .characters = 300, .speakers = 40});
    bench_one("escaped", &(struct bench_record){.script = SCRIPT_HAN,
                                                .bytes = bytes,
                                                .characters = 300,
                                                .speakers = 40,
                                                .escaped = true});
    bench_one("short", &(struct bench_record){.script = SCRIPT_HAN,
                                              .bytes = bytes,
                                              .characters = 12,
                                              .speakers = 5000,
                                              .shuffled = true});
    return 0;
}

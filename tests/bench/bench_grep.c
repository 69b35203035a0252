/* grep over a folder of records: a rare word beside rg on the same raw files, and all that one
 * speaker said beside jq. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "shilu/base/buffer.h"

enum { RUNS = 5, FILES = 5000, FILE_BYTES = 20000 };

static const char rare[] = "nowhereelse";

/* A record a file; one of them ends in the rare word. The caller removes the folder. */
static char *make_folder(long files)
{
    const struct bench_record record = {
        .script = SCRIPT_HAN, .bytes = FILE_BYTES, .characters = 150, .speakers = 8};
    const char *temporary = getenv("TMPDIR");
    struct buffer folder = {0};

    buffer_append_format(&folder, "%s/shilu-bench-grep-%ld",
                         temporary != NULL ? temporary : "/tmp", (long)getpid());
    if (mkdir(folder.data, 0700) != 0)
        exit(2);
    for (long i = 0; i < files; i++) {
        struct buffer path = {0};
        FILE *f;

        buffer_append_format(&path, "%s/record-%05ld.json", folder.data, i);
        f = fopen(path.data, "w");
        if (f == NULL)
            exit(2);
        if (i == files / 2)
            fprintf(f,
                    "{\"format\": \"shilu\", \"version\": 1, \"title\": \"one\", "
                    "\"segments\": [{\"speaker\": \"s1\", \"text\": \"it is %s\"}]}\n",
                    rare);
        else
            bench_write_record(f, &record);
        fclose(f);
        buffer_release(&path);
    }
    return buffer_take(&folder);
}

/* The median of the milliseconds that a line of shell takes; -1: it failed. */
static double run_ms(const char *line)
{
    double ms[RUNS];

    for (int i = 0; i < RUNS; i++) {
        int64_t begin = bench_now_us();

        if (system(line) != 0)
            return -1;
        ms[i] = (double)(bench_now_us() - begin) / 1000;
    }
    return bench_median(ms, RUNS);
}

static double run_in(const char *folder, const char *format_before, const char *format_after)
{
    struct buffer line = {0};
    double ms;

    buffer_append_format(&line, "%s %s %s >/dev/null", format_before, folder, format_after);
    ms = run_ms(line.data);
    buffer_release(&line);
    return ms;
}

static bool is_installed(const char *name)
{
    struct buffer line = {0};
    bool found;

    buffer_append_format(&line, "command -v %s >/dev/null 2>&1", name);
    found = system(line.data) == 0;
    buffer_release(&line);
    if (!found)
        bench_note("%s is not installed", name);
    return found;
}

int main(int argc, char **argv)
{
    const char *shilu = argc > 1 ? argv[1] : "./shilu";
    long files = bench_setting("BENCH_FILES", FILES);
    char *folder = make_folder(files);
    struct buffer line = {0};

    setenv("XDG_STATE_HOME", "/nonexistent", 1);
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    bench_heading("grep over a folder");
    bench_note("%ld files of %d KB", files, FILE_BYTES / 1000);
    if (is_installed("rg")) {
        buffer_append_format(&line, "%s grep %s", shilu, rare);
        bench_row("a rare word", run_in(folder, line.data, ""), "rg, the raw files",
                  run_in(folder, "rg nowhereelse", ""), "ms", 2.0);
    }
    if (is_installed("jq")) {
        buffer_clear(&line);
        buffer_append_format(&line, "%s grep --speaker s3 -e '(?s).+'", shilu);
        bench_row("all that one said", run_in(folder, line.data, ""), "jq",
                  run_in(folder, "find",
                         "-name '*.json' -exec jq -r "
                         "'.segments[] | select(.speaker == \"s3\") | .text' {} +"),
                  "ms", 0.2);
    }
    buffer_clear(&line);
    buffer_append_format(&line, "rm -rf '%s'", folder);
    if (system(line.data) != 0)
        fprintf(stderr, "cannot remove %s\n", folder);
    buffer_release(&line);
    free(folder);
    return 0;
}

/* The index: building it, refreshing it, and searches with it, over generated records; beside
 * rg over the same files. BENCH_INDEX_MB sets how much text, BENCH_INDEX_KB how much in each
 * file, BENCH_TEXT whose words; BENCH_INDEX_KEEP names a folder that stays, with its index. */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unictype.h>
#include <unistd.h>

#include "bench.h"
#include "bench_text.h"
#include "library/library_limits.h"
#include "shilu/base/dir_walk.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/formats/registry.h"
#include "shilu/index/index_search.h"
#include "shilu/library/library_search.h"
#include "shilu/text/matcher.h"
#include "shilu/text/utf8.h"

enum { RUNS = 5, DEFAULT_MB = 200, DEFAULT_KB = 100, FOLDERS = 50, PHRASES = 20 };

#define COMMON "工作" /* nearly every file of the samples' words has it */

static void write_record(const struct transcript *t, const char *path)
{
    const struct selection all = SELECTION_INIT;
    const struct writer_options plain = {.columns = 0};
    struct error err;
    FILE *out = fopen(path, "w");

    if (out == NULL || !registry_writer("jsonl")->write(t, &all, &plain, out, &err))
        exit(2);
    fclose(out);
}

static double folder_bytes(const char *folder)
{
    struct buffer line = {0};
    FILE *in;
    double bytes = 0;

    buffer_append_format(&line, "du -sb '%s'", folder);
    in = popen(line.data, "r");
    if (in == NULL || fscanf(in, "%lf", &bytes) != 1)
        bytes = 0;
    if (in != NULL)
        pclose(in);
    buffer_release(&line);
    return bytes;
}

/* Returns the bytes of all. */
static double make_library(struct bench_text *text, const char *folder, size_t files,
                           size_t file_bytes)
{
    struct buffer path = {0};
    double bytes = 0;
    struct stat st;

    if (mkdir(folder, 0700) != 0)
        return folder_bytes(folder); /* one that was kept */
    for (size_t i = 0; i < files; i++) {
        struct transcript *t = bench_text_record(text, i, file_bytes);

        buffer_clear(&path);
        buffer_append_format(&path, "%s/%02zu", folder, i % FOLDERS);
        mkdir(path.data, 0700);
        buffer_append_format(&path, "/%06zu.jsonl", i);
        write_record(t, path.data);
        transcript_free(t);
        bytes += stat(path.data, &st) == 0 ? (double)st.st_size : 0;
    }
    buffer_release(&path);
    return bytes;
}

static double line_ms(const char *format, const char *a, const char *b, const char *c)
{
    struct buffer line = {0};
    int64_t begin;
    double ms;

    buffer_append_format(&line, "%s %s '%s' '%s' >/dev/null 2>&1", format, a, b, c);
    begin = bench_now_us();
    if (system(line.data) == -1)
        exit(2);
    ms = (double)(bench_now_us() - begin) / 1000;
    buffer_release(&line);
    return ms;
}

static double median_line_ms(const char *format, const char *a, const char *b, const char *c)
{
    double ms[RUNS];

    for (int i = 0; i < RUNS; i++)
        ms[i] = line_ms(format, a, b, c);
    return bench_median(ms, RUNS);
}

/* Until that many lines have come. */
static double lines_ms(const char *command, int lines)
{
    double ms[RUNS];
    char line[4096];

    for (int i = 0; i < RUNS; i++) {
        int64_t begin = bench_now_us();
        FILE *in = popen(command, "r");
        int left = lines;

        while (in != NULL && left > 0 && fgets(line, sizeof line, in) != NULL)
            left--;
        if (in != NULL && bench_counts_processor()) /* known when it has ended */
            pclose(in);
        ms[i] = (double)(bench_now_us() - begin) / 1000;
        if (in != NULL && !bench_counts_processor())
            pclose(in);
    }
    return bench_median(ms, RUNS);
}

/* The first hits of what many files have. */
static void bench_first_hits(const char *shilu, const char *folder)
{
    static const struct {
        const char *what;
        const char *query;
        int lines;
    } rows[] = {
        {"first hit of a common word", "--", 1},
        {"first 24 of a common word", "--", 24},
        {"first 24 of one speaker", "-s 詹成付 -e . --", 24},
        {"first 24 of one speaker with a common word", "-s 詹成付 --", 24},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buffer line = {0};
        bool all = strchr(rows[i].query, '.') != NULL;

        buffer_append_format(&line, "%s grep %s %s '%s' 2>/dev/null", shilu, rows[i].query,
                             all ? "" : COMMON, folder);
        bench_row(rows[i].what, lines_ms(line.data, rows[i].lines), "", 50, "ms", 1.0);
        buffer_release(&line);
    }
}

/* In the screen of the library, which is listed and watched: until that many rows of hits are
 * there; 0: until all is searched. */
static double screen_ms(struct library *l, const struct options *options, const char *query,
                        char *who, size_t rows)
{
    struct library_limits limits = {.from_ms = TIME_NONE, .to_ms = TIME_NONE};
    double ms[RUNS];
    struct error err;

    library_limits_speakers(&limits, who);
    for (int i = 0; i < RUNS; i++) {
        int64_t begin = bench_now_us();
        struct library_search *s = library_search_new(l, options, query, &limits, &err);

        for (size_t j = 0; s != NULL && j < library_count(l); j++)
            library_search_add(s, j);
        while (s != NULL && (rows == 0 || library_search_rows(s) < rows) &&
               library_search_step(s, 4))
            continue;
        ms[i] = (double)(bench_now_us() - begin) / 1000;
        library_search_free(s);
    }
    library_limits_clear(&limits);
    return bench_median(ms, RUNS);
}

static void bench_screen(char *folder, const char *phrase)
{
    char *paths[] = {folder};
    struct options options = {.paths = paths, .path_count = 1};
    struct library *l = library_new(&options);
    char nobody[] = "";
    char who[] = "詹成付";

    library_follow(l);
    while (library_step(l, 4))
        continue;
    bench_row("screen: a phrase", screen_ms(l, &options, phrase, nobody, 0), "", 30, "ms", 1.0);
    bench_row("screen: a word that is nowhere",
              screen_ms(l, &options, "nowhereelse", nobody, 0), "", 30, "ms", 1.0);
    bench_row("screen: 40 rows of a common word", screen_ms(l, &options, COMMON, nobody, 40),
              "", 50, "ms", 1.0);
    bench_row("screen: 40 rows of one speaker", screen_ms(l, &options, "\\v.", who, 40), "", 50,
              "ms", 1.0);
    library_free(l);
}

/* What the index alone takes to say which files may match. */
static double ask_ms(char *folder, const char *query, char *const *speakers, size_t count)
{
    char *const paths[] = {folder};
    const struct index_search_query q = {
        .text = query, .speakers = speakers, .speaker_count = count};
    double ms[RUNS];

    for (int i = 0; i < RUNS; i++) {
        int64_t begin = bench_now_us();
        struct index_search *s = index_search_new(paths, 1, &q);

        ms[i] = (double)(bench_now_us() - begin) / 1000;
        index_search_free(s);
    }
    return bench_median(ms, RUNS);
}

/* What is between two marks, as people quote, or any words; empty if there is no piece of a
 * third of `bytes`. */
static struct span stretch_of(const char *words, size_t length, size_t bytes, bool with_signs)
{
    size_t from = utf8_floor(words, length, length / 3);
    size_t to = from;

    while (to < length && to - from < bytes) {
        uint32_t cp;
        size_t taken = utf8_decode(words + to, length - to, &cp);

        if (!with_signs && cp != ' ' && !uc_is_property_alphabetic(cp)) {
            if (to - from >= bytes / 3)
                break;
            from = to + taken;
        }
        to += taken;
    }
    return span_of(words + from, to - from >= bytes / 3 ? to - from : 0);
}

/* Some words of one record: a phrase that few others have. */
static char *phrase_of(struct bench_text *text, uint64_t number, size_t bytes, bool with_signs)
{
    struct transcript *t = bench_text_record(text, number, 2000);
    struct span found = span_of("", 0);
    char *phrase;

    for (uint32_t i = 1; found.length == 0 && i < transcript_count(t); i++) {
        size_t length;
        const char *words = transcript_text(t, i, &length);

        found = stretch_of(words, length, bytes, with_signs);
    }
    phrase = memory_strndup(found.data, found.length);
    for (char *c = phrase; *c != '\0'; c++)
        if (*c == '\'')
            *c = ' ';
    transcript_free(t);
    return phrase;
}

/* How many files the index cannot rule out. */
static size_t count_candidates(char *folder, const char *query)
{
    char *const paths[] = {folder};
    const struct index_search_query q = {.text = query, .flags = MATCHER_EXACT};
    struct index_search *s = index_search_new(paths, 1, &q);
    struct dir_walk walk = {0};
    size_t count = 0;

    dir_walk_add(&walk, folder);
    for (size_t i = 0; i < walk.count; i++)
        count += index_search_may_match(s, walk.files[i].path);
    dir_walk_release(&walk);
    index_search_free(s);
    return count;
}

/* How many files rg finds it in. */
static long count_files(const char *phrase, const char *folder)
{
    struct buffer line = {0};
    FILE *in;
    long count = -1;

    buffer_append_format(&line, "rg -lF -- '%s' '%s' 2>/dev/null | wc -l", phrase, folder);
    in = popen(line.data, "r");
    if (in == NULL || fscanf(in, "%ld", &count) != 1)
        count = -1;
    if (in != NULL)
        pclose(in);
    buffer_release(&line);
    return count;
}

/* Of the phrases of some records, the one that the fewest files may have. */
static char *rare_phrase(struct bench_text *text, char *folder, bool with_signs)
{
    char *rarest = NULL;
    size_t fewest = SIZE_MAX;

    for (uint64_t number = 0; number < PHRASES; number++) {
        char *phrase = phrase_of(text, number, 60, with_signs);
        size_t files = *phrase != '\0' ? count_candidates(folder, phrase) : SIZE_MAX;
        char *other = phrase;

        if (files < fewest || rarest == NULL) {
            other = rarest;
            rarest = phrase;
            fewest = files;
        }
        free(other);
    }
    return rarest;
}

static void bench_phrase(const char *what, const char *phrase, char *folder, const char *grep,
                         double walk_ms)
{
    char row[80];
    double ms = median_line_ms(grep, "--exact --", phrase, folder);

    bench_note("%s '%s': the index answers in %.1f ms; %zu files are candidates, %ld have it",
               what, phrase, ask_ms(folder, phrase, NULL, 0), count_candidates(folder, phrase),
               count_files(phrase, folder));
    snprintf(row, sizeof row, "grep of a %s", what);
    bench_row(row, ms, "rg", median_line_ms("rg", "-F --", phrase, folder), "ms", 0.25);
    bench_row("beyond the walk", ms - walk_ms, "", 30, "ms", 1.0);
}

static void bench_queries(struct bench_text *text, char *folder, const char *shilu)
{
    char *phrase = rare_phrase(text, folder, false);
    char *long_phrase = rare_phrase(text, folder, true);
    char *speakers[] = {(char[]){"詹成付"}};
    struct buffer grep = {0};
    double walk_ms;

    buffer_append_format(&grep, "%s grep", shilu);
    walk_ms = median_line_ms(grep.data, "-c --", "nowhereelse", folder);
    bench_note("a word that is nowhere: %.0f ms, of which %.1f ms are the index's", walk_ms,
               ask_ms(folder, "nowhereelse", NULL, 0));
    bench_phrase("rare phrase", phrase, folder, grep.data, walk_ms);
    bench_phrase("rare phrase with signs", long_phrase, folder, grep.data, walk_ms);
    bench_note("one speaker of eight: the index answers in %.1f ms",
               ask_ms(folder, ".", speakers, 1));
    bench_first_hits(shilu, folder);
    bench_screen(folder, phrase);
    buffer_release(&grep);
    free(phrase);
    free(long_phrase);
}

static void bench_build(const char *shilu, const char *folder, const char *cache, double bytes)
{
    struct rusage usage;
    struct rusage before;
    double ms;
    double used_s;

    getrusage(RUSAGE_CHILDREN, &before);
    ms = line_ms(shilu, "index", folder, folder);
    getrusage(RUSAGE_CHILDREN, &usage);
    used_s = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec - before.ru_utime.tv_sec -
                      before.ru_stime.tv_sec) +
             (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec -
                      before.ru_utime.tv_usec - before.ru_stime.tv_usec) /
                 1e6;
    bench_row("build, MB a second", bytes / 1e3 / ms, "", 25, "MB/s", 0);
    bench_row("build, MB a second of one core", bytes / 1e6 / used_s, "", 12.5, "MB/s", 0);
    bench_row("size", folder_bytes(cache) / 1e6, "30 % of the text", bytes * 0.3 / 1e6, "MB",
              1.0);
    bench_row("memory", (double)usage.ru_maxrss / 1e3, "", 200, "MB", 1.0);
    bench_row("refresh, nothing changed", median_line_ms(shilu, "index", folder, folder), "",
              500, "ms", 1.0);
}

static void make_base(struct buffer *base)
{
    const char *kept = getenv("BENCH_INDEX_KEEP");
    const char *temporary = getenv("TMPDIR");

    if (kept != NULL)
        buffer_append_string(base, kept);
    else
        buffer_append_format(base, "%s/shilu-bench-index-%ld",
                             temporary != NULL ? temporary : "/tmp", (long)getpid());
    mkdir(base->data, 0700);
}

static void remove_base(const struct buffer *base)
{
    struct buffer line = {0};

    buffer_append_format(&line, "rm -rf '%s'", base->data);
    if (getenv("BENCH_INDEX_KEEP") == NULL && system(line.data) != 0)
        fprintf(stderr, "cannot remove %s\n", base->data);
    buffer_release(&line);
}

int main(int argc, char **argv)
{
    const char *shilu = argc > 1 ? argv[1] : "./shilu";
    struct bench_text *text = argc > 2 ? bench_text_new_of((const char *const *)argv + 2,
                                                           (size_t)argc - 2)
                                       : bench_text_new("sample-data");
    size_t file_bytes = (size_t)bench_setting("BENCH_INDEX_KB", DEFAULT_KB) * 1000;
    size_t files = (size_t)bench_setting("BENCH_INDEX_MB", DEFAULT_MB) * 1000000 / file_bytes;
    struct buffer base = {0};
    struct buffer folder = {0};
    struct buffer cache = {0};
    double bytes;

    make_base(&base);
    buffer_append_format(&folder, "%s/library", base.data);
    buffer_append_format(&cache, "%s/cache", base.data);
    setenv("XDG_CACHE_HOME", cache.data, 1);
    setenv("XDG_STATE_HOME", "/nonexistent", 1);
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    bench_heading("Index");
    bytes = make_library(text, folder.data, files, file_bytes);
    bench_note("%zu files, %.0f MB, of %zu different words and characters", files, bytes / 1e6,
               bench_text_words(text));
    sleep(3); /* what was written just now is not indexed */
    bench_build(shilu, folder.data, cache.data, bytes);
    bench_queries(text, folder.data, shilu);
    bench_text_free(text);
    remove_base(&base);
    buffer_release(&base);
    buffer_release(&folder);
    buffer_release(&cache);
    return 0;
}

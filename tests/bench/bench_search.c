/* Search: everything once, by literal against memmem over the same bytes, folded and by
 * pattern against PCRE2 with its JIT on the same pattern. */
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "bench.h"
#include "shilu/formats/loader.h"
#include "shilu/model/search.h"

enum { RUNS = 7 };

static struct transcript *load(const char *path)
{
    struct loader_options options = {0};
    struct transcript *t = transcript_new();
    struct error err;
    struct loader *loader = loader_new(source_open_path(path, &err), t, &options, &err);

    if (loader == NULL || !loader_run(loader, &err)) {
        fprintf(stderr, "%s: %s\n", path, err.message);
        exit(2);
    }
    loader_free(loader);
    return t;
}

static double time_search_ms(const struct transcript *t, const char *query, unsigned flags,
                             size_t *hits)
{
    struct selection all = SELECTION_INIT;
    struct error err;
    struct matcher *matcher = matcher_new(query, strlen(query), flags, &err);
    struct search *search;
    int64_t start;
    double ms;

    if (matcher == NULL) {
        fprintf(stderr, "%s: %s\n", query, err.message);
        exit(2);
    }
    search = search_new(matcher);
    start = bench_now_us();
    while (!search_step(search, t, &all, 1000))
        continue;
    ms = (double)(bench_now_us() - start) / 1000;
    *hits = search_count(search);
    search_free(search);
    return ms;
}

static double time_memmem_ms(const struct transcript *t, const char *query, size_t *hits)
{
    uint64_t bytes;
    const char *arena = transcript_arena(t, &bytes);
    const char *at = arena;
    size_t length = strlen(query);
    int64_t start = bench_now_us();

    for (*hits = 0; (at = memmem(at, (size_t)(arena + bytes - at), query, length)) != NULL;
         at += length)
        ++*hits;
    return (double)(bench_now_us() - start) / 1000;
}

/* With the options that a reader's own pattern has, or those of an expanded query. */
static double time_pcre2_ms(const struct transcript *t, const char *pattern, bool own,
                            size_t *hits)
{
    uint64_t bytes;
    const char *arena = transcript_arena(t, &bytes);
    PCRE2_SIZE offset;
    int code;
    pcre2_code *re = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
                                   PCRE2_UTF | PCRE2_NO_UTF_CHECK |
                                       (own ? PCRE2_UCP | PCRE2_MULTILINE : 0),
                                   &code, &offset, NULL);
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(re, NULL);
    PCRE2_SIZE at = 0;
    int64_t start;
    double ms;

    pcre2_jit_compile(re, PCRE2_JIT_COMPLETE);
    start = bench_now_us();
    for (*hits = 0;
         pcre2_match(re, (PCRE2_SPTR)arena, bytes, at, PCRE2_NO_UTF_CHECK, data, NULL) > 0;
         at = pcre2_get_ovector_pointer(data)[1])
        ++*hits;
    ms = (double)(bench_now_us() - start) / 1000;
    pcre2_match_data_free(data);
    pcre2_code_free(re);
    return ms;
}

/* Ours and theirs in turn, so that both see the same weather. */
static void bench_query(const struct transcript *t, const char *what, const char *query,
                        unsigned flags, const char *pattern, double bar)
{
    double ours[RUNS];
    double theirs[RUNS];
    size_t our_hits = 0;
    size_t their_hits = 0;
    int i;

    for (i = 0; i < RUNS; i++) {
        ours[i] = time_search_ms(t, query, flags, &our_hits);
        theirs[i] = pattern != NULL
                        ? time_pcre2_ms(t, pattern, (flags & MATCHER_PATTERN) != 0, &their_hits)
                        : time_memmem_ms(t, query, &their_hits);
    }
    bench_row(what, bench_median(ours, RUNS), pattern != NULL ? "PCRE2 with JIT" : "memmem",
              bench_median(theirs, RUNS), "ms", bar);
    bench_note("  %zu hits, %zu by the other", our_hits, their_hits);
}

/* The folded query as the pattern that it is expanded into, so that both do the same work. */
static void bench_folded(const struct transcript *t, const char *what, const char *query)
{
    struct error err;
    struct matcher *matcher = matcher_new(query, strlen(query), 0, &err);

    bench_query(t, what, query, 0, matcher_pattern(matcher), 1.1);
    matcher_free(matcher);
}

int main(void)
{
    uint64_t bytes = (uint64_t)bench_setting("BENCH_MB", 100) * 1000000;
    struct bench_record record = {
        .script = SCRIPT_HAN, .bytes = bytes, .characters = 300, .speakers = 40};
    char *path = bench_record_path("search", &record);
    struct transcript *t = load(path);

    bench_heading("Search of everything");
    bench_query(t, "literal, rare", BENCH_RARE, MATCHER_EXACT, NULL, 1.2);
    bench_query(t, "literal, often", "\xE4\xB8\x80", MATCHER_EXACT, NULL, 0);
    bench_folded(t, "folded Latin", BENCH_RARE);
    bench_folded(t, "folded Han", "\xE4\xB8\x87\xE4\xB8\x8E");
    bench_query(t, "pattern", "[\xE4\xB8\x80-\xE4\xB8\x89]\\d+", MATCHER_PATTERN,
                "[\xE4\xB8\x80-\xE4\xB8\x89]\\d+", 1.1);
    transcript_free(t);
    bench_remove(path);
    return 0;
}

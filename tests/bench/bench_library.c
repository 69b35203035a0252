/* A library of 10,000 files: the list complete, beside reading the same files with cat; keys
 * while it is read; a search of all. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "shilu/base/buffer.h"
#include "shilu/library/library_session.h"

enum {
    RUNS = 5,
    FILES = 10000,
    FILE_BYTES = 8000,
    FOLDERS = 50,
    KEYS_MAX = 200000,
    STEP_MS = 4
};

static const char rare[] = "nowhereelse";

static char *make_folder(long files)
{
    const struct bench_record record = {
        .script = SCRIPT_HAN, .bytes = FILE_BYTES, .characters = 100, .speakers = 6};
    const char *temporary = getenv("TMPDIR");
    struct buffer folder = {0};
    struct buffer path = {0};

    buffer_append_format(&folder, "%s/shilu-bench-library-%ld",
                         temporary != NULL ? temporary : "/tmp", (long)getpid());
    if (mkdir(folder.data, 0700) != 0)
        exit(2);
    for (long i = 0; i < files; i++) {
        FILE *f;

        buffer_clear(&path);
        buffer_append_format(&path, "%s/%02ld", folder.data, i % FOLDERS);
        mkdir(path.data, 0700);
        buffer_append_format(&path, "/record-%05ld.json", i);
        f = fopen(path.data, "w");
        if (f == NULL)
            exit(2);
        bench_write_record(f, &record);
        fclose(f);
    }
    buffer_release(&path);
    return buffer_take(&folder);
}

struct shelf {
    char *paths[1];
    struct options options;
    struct keymap *keymap;
    struct width *width;
    struct library *library;
    struct library_session *session;
    struct grid grid;
};

static void open_shelf(struct shelf *s, char *folder)
{
    *s = (struct shelf){.paths = {folder}};
    s->options.paths = s->paths;
    s->options.path_count = 1;
    s->keymap = keymap_new();
    s->width = width_new(false);
    s->library = library_new(&s->options);
    s->session = library_session_new(
        s->library, &s->options, &(struct ui_options){.keymap = s->keymap, .width = s->width});
    ui_resize(library_session_ui(s->session), 40, 120);
}

static void close_shelf(struct shelf *s)
{
    library_session_free(s->session);
    library_free(s->library);
    keymap_free(s->keymap);
    width_free(s->width);
    grid_release(&s->grid);
}

/* As the event loop does it: in slices, drawn ten times a second. */
static void finish(struct shelf *s)
{
    int64_t drawn_us = 0;
    bool more;

    do {
        more = ui_step(library_session_ui(s->session), STEP_MS);
        if (!more || bench_now_us() - drawn_us > 100000) {
            ui_draw(library_session_ui(s->session), &s->grid);
            drawn_us = bench_now_us();
        }
    } while (more);
}

static double list_ms(char *folder, bool save)
{
    struct shelf s;
    int64_t begin = bench_now_us();
    double ms;

    open_shelf(&s, folder);
    finish(&s);
    ms = (double)(bench_now_us() - begin) / 1000;
    if (save)
        library_save(s.library);
    close_shelf(&s);
    return ms;
}

static double cat_ms(const char *folder)
{
    struct buffer line = {0};
    int64_t begin;

    buffer_append_format(&line, "find '%s' -type f -exec cat {} + >/dev/null", folder);
    begin = bench_now_us();
    if (system(line.data) != 0)
        exit(2);
    buffer_release(&line);
    return (double)(bench_now_us() - begin) / 1000;
}

/* Each key comes while a slice is under way, and waits for its end. */
static size_t play_keys(char *folder, double *ms, size_t capacity)
{
    static const char keys[] = "jjjj kG g  bSr&1\r\x1b";
    struct shelf s;
    size_t count = 0;
    bool more = true;

    open_shelf(&s, folder);
    while (more && count < capacity) {
        struct key key = {.code = (unsigned char)keys[count % (sizeof keys - 1)]};
        int64_t begin = bench_now_us();

        more = ui_step(library_session_ui(s.session), STEP_MS);
        ui_key(library_session_ui(s.session), key);
        ui_draw(library_session_ui(s.session), &s.grid);
        ms[count++] = (double)(bench_now_us() - begin) / 1000;
    }
    close_shelf(&s);
    return count;
}

static void bench_keys_while_reading(char *folder)
{
    static double ms[KEYS_MAX];
    size_t count = 0;

    for (int i = 0; i < RUNS; i++)
        count += play_keys(folder, ms + count, KEYS_MAX - count);
    bench_note("%zu keys while the list is read: p50 %.2f ms, worst %.2f ms", count,
               bench_percentile(ms, count, 50), bench_percentile(ms, count, 100));
    bench_row("a key while the list is read, p99", bench_percentile(ms, count, 99), "one frame",
              16, "ms", 1.0);
}

static double search_ms(struct shelf *s, const char *query)
{
    struct error err;
    int64_t begin = bench_now_us();
    struct library_search *search = library_search_new(s->library, &s->options, query, NULL,
                                                       &err);

    for (size_t i = 0; i < library_count(s->library); i++)
        library_search_add(search, i);
    while (library_search_step(search, STEP_MS))
        continue;
    library_search_free(search);
    return (double)(bench_now_us() - begin) / 1000;
}

static void bench_lists(char *folder)
{
    double cold[RUNS], warm[RUNS], cat[RUNS], search[RUNS];
    struct shelf s;

    cat_ms(folder);
    for (int i = 0; i < RUNS; i++) {
        cat[i] = cat_ms(folder);
        cold[i] = list_ms(folder, i == RUNS - 1);
    }
    for (int i = 0; i < RUNS; i++)
        warm[i] = list_ms(folder, false);
    bench_row("list, nothing cached", bench_median(cold, RUNS), "find -exec cat",
              bench_median(cat, RUNS), "ms", 0);
    bench_row("list, all cached", bench_median(warm, RUNS), "find -exec cat",
              bench_median(cat, RUNS), "ms", 1.0);
    open_shelf(&s, folder);
    finish(&s);
    for (int i = 0; i < RUNS; i++)
        search[i] = search_ms(&s, rare);
    close_shelf(&s);
    bench_row("search of all, a word that is nowhere", bench_median(search, RUNS),
              "find -exec cat", bench_median(cat, RUNS), "ms", 0);
}

int main(void)
{
    long files = bench_setting("BENCH_LIBRARY_FILES", FILES);
    char *folder = make_folder(files);
    struct buffer cache = {0};
    struct buffer line = {0};

    buffer_append_format(&cache, "%s.cache", folder);
    setenv("XDG_CACHE_HOME", cache.data, 1);
    bench_heading("a library");
    bench_note("%ld files of %d KB in %d folders", files, FILE_BYTES / 1000, FOLDERS);
    bench_keys_while_reading(folder);
    sleep(2); /* a file that changed just now is not cached */
    bench_lists(folder);
    buffer_append_format(&line, "rm -rf '%s' '%s'", folder, cache.data);
    if (system(line.data) != 0)
        fprintf(stderr, "cannot remove %s\n", folder);
    buffer_release(&line);
    buffer_release(&cache);
    free(folder);
    return 0;
}

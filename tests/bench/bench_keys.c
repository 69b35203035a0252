/* Keys: how long each action takes at a million segments, from the key to the drawn grid. */
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "shilu/base/memory.h"
#include "shilu/formats/loader.h"
#include "shilu/session/session.h"
#include "shilu/store/keymap.h"

enum { KEYS_MAX = 20000 };

struct sample {
    const char *keys;
    double ms[KEYS_MAX];
    size_t count;
};

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

/* A string of keys: "^" and a letter is Ctrl, "~" is Enter, "!" is Esc. */
static uint32_t next_key(const char **keys)
{
    char c = *(*keys)++;

    if (c == '^')
        return (uint32_t)(*(*keys)++) & 31;
    return c == '~' ? KEY_CODE_ENTER : c == '!' ? KEY_CODE_ESC : (uint32_t)c;
}

static void play(struct session *s, struct grid *g, struct sample *sample)
{
    const char *keys = sample->keys;

    while (*keys != '\0' && sample->count < KEYS_MAX) {
        struct key key = {.code = next_key(&keys)};
        int64_t start = bench_now_us();

        ui_key(session_ui(s), key);
        if (session_ui(s)->stale)
            ui_draw(session_ui(s), g);
        sample->ms[sample->count++] = (double)(bench_now_us() - start) / 1000;
        ui_step(session_ui(s), 4);
    }
}

static void resize(struct session *s, struct grid *g, struct sample *sample)
{
    static const int sizes[][2] = {{40, 120}, {24, 80}, {20, 40}, {5, 20}, {50, 200}};
    size_t i;

    for (i = 0; i < sizeof sizes / sizeof *sizes && sample->count < KEYS_MAX; i++) {
        int64_t start = bench_now_us();

        grid_resize(g, sizes[i][0], sizes[i][1]);
        ui_resize(session_ui(s), sizes[i][0], sizes[i][1]);
        ui_draw(session_ui(s), g);
        sample->ms[sample->count++] = (double)(bench_now_us() - start) / 1000;
    }
}

static void report(struct sample *sample, const char *name, double *all, size_t *all_count)
{
    size_t n = sample->count;

    memcpy(all + *all_count, sample->ms, n * sizeof *all);
    *all_count += n;
    bench_note("%-28s %6zu keys   p50 %7.3f ms   p99 %7.3f ms   worst %7.3f ms", name, n,
               bench_percentile(sample->ms, n, 50), bench_percentile(sample->ms, n, 99),
               bench_percentile(sample->ms, n, 100));
}

static void bench_transcript(const char *name, const struct bench_record *record)
{
    static const char *const scripts[][2] = {
        {"lines", "jjjjjjjjkkkkjjjj"},
        {"pages", "    bb^D^U  "},
        {"ends", "Gggg"},
        {"percent and time", "t37%~t81%~t+5m~t-30s~t2:00:00~"},
        {"turns, same speaker", "}}}{{))))(()("},
        {"search, next", "/quetzalcoatl~nnN!/masi~nnnnN!"},
        {"solo, all", "fjj}GgajjxGga"},
        {"lanes, list", "T!"},
    };
    size_t rounds = (size_t)bench_setting("BENCH_ROUNDS", 100);
    char *path = bench_record_path(name, record);
    struct transcript *t = load(path);
    struct width *width = width_new(false);
    struct keymap *keymap = keymap_new();
    struct session_options options = {.name = name, .ui = {.width = width, .keymap = keymap}};
    struct session *s = session_new(t, &options);
    size_t count = sizeof scripts / sizeof *scripts;
    struct sample *samples = memory_zalloc(count + 1, sizeof *samples);
    double *all = memory_zalloc((count + 1) * KEYS_MAX, sizeof *all);
    size_t all_count = 0;
    struct grid g = {0};
    size_t i;

    bench_note("%s: %zu segments, %zu speakers", name, transcript_count(t),
               transcript_speaker_count(t));
    grid_resize(&g, 40, 120);
    ui_resize(session_ui(s), 40, 120);
    session_loading(s, 100, true, NULL);
    while (rounds-- > 0) {
        for (i = 0; i < count; i++) {
            samples[i].keys = scripts[i][1];
            play(s, &g, &samples[i]);
        }
        resize(s, &g, &samples[count]);
    }
    for (i = 0; i <= count; i++)
        report(&samples[i], i < count ? scripts[i][0] : "resize", all, &all_count);
    bench_row("any key, 99th percentile", bench_percentile(all, all_count, 99),
              "one frame at 60 Hz", 16, "ms", 1.0);
    free(all);
    free(samples);
    grid_release(&g);
    session_free(s);
    keymap_free(keymap);
    width_free(width);
    transcript_free(t);
    bench_remove(path);
}

int main(void)
{
    uint32_t segments = (uint32_t)bench_setting("BENCH_SEGMENTS", 1000000);

    bench_heading("Keys");
    bench_transcript("million", &(struct bench_record){.script = SCRIPT_HAN,
                                                       .segments = segments,
                                                       .characters = 40,
                                                       .speakers = 5000});
    bench_transcript("shuffled", &(struct bench_record){.script = SCRIPT_LATIN,
                                                        .segments = segments / 4,
                                                        .characters = 60,
                                                        .speakers = 12,
                                                        .shuffled = true});
    bench_transcript("one-instant", &(struct bench_record){.script = SCRIPT_HAN,
                                                           .segments = 100000,
                                                           .characters = 40,
                                                           .speakers = 8,
                                                           .same_instant = true});
    bench_transcript("one-segment", &(struct bench_record){.script = SCRIPT_HAN,
                                                           .segments = 1,
                                                           .characters = 17000000,
                                                           .speakers = 1});
    return 0;
}

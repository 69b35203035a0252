/* What the bench programs share. Generated text is drawn by a fixed generator from a small
 * alphabet of syllables or characters, with the punctuation that wrapping looks for. */
#include "bench.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

bool bench_counts_processor(void)
{
    const char *clock = getenv("BENCH_CLOCK");

    return clock != NULL && strcmp(clock, "processor") == 0;
}

static int64_t children_us(void)
{
    struct rusage usage;

    getrusage(RUSAGE_CHILDREN, &usage);
    return (int64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
           usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

int64_t bench_now_us(void)
{
    bool processor = bench_counts_processor();
    struct timespec now;

    clock_gettime(processor ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000 + (processor ? children_us() : 0);
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

double bench_percentile(double *values, size_t count, double p)
{
    qsort(values, count, sizeof *values, compare_doubles);
    return values[(size_t)((double)(count - 1) * p / 100.0 + 0.5)];
}

double bench_median(double *values, size_t count)
{
    return bench_percentile(values, count, 50);
}

void bench_row(const char *what, double value, const char *against, double reference,
               const char *unit, double bar)
{
    double ratio = reference > 0 ? value / reference : 0;

    printf("  %-44s %10.2f %-6s %-28s %10.2f  ratio %6.2f", what, value, unit, against,
           reference, ratio);
    if (bar > 0)
        printf("  bar %.2f %s", bar, ratio <= bar ? "holds" : "MISSED");
    putchar('\n');
    fflush(stdout);
}

void bench_heading(const char *text)
{
    printf("\n%s\n", text);
    fflush(stdout);
}

void bench_note(const char *format, ...)
{
    va_list arguments;

    fputs("  ", stdout);
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
}

long bench_setting(const char *name, long fallback)
{
    const char *value = getenv(name);

    if (value != NULL && *value != '\0')
        return strtol(value, NULL, 10);
    return getenv("BENCH_QUICK") != NULL && fallback >= 10 ? fallback / 10 : fallback;
}

/* xorshift64*: small, fixed, good enough to vary text. */
static uint32_t random_below(uint64_t *state, uint32_t below)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (uint32_t)((*state * UINT64_C(2685821657736338717)) >> 33) % below;
}

static void append_character(struct buffer *b, uint32_t cp, bool escaped)
{
    char utf8[UTF8_MAX_BYTES];

    if (escaped && cp >= 0x80)
        buffer_append_format(b, "\\u%04x", (unsigned)cp);
    else
        buffer_append(b, utf8, utf8_encode(cp, utf8));
}

static void append_han(struct buffer *b, uint64_t *state, uint32_t characters, bool escaped)
{
    uint32_t i;

    for (i = 0; i < characters; i++) {
        uint32_t dice = random_below(state, 100);

        if (dice < 6)
            append_character(b, dice < 2 ? 0x3002 : 0xFF0C, escaped);
        else if (dice < 9)
            append_character(b, '0' + dice, escaped);
        else
            append_character(b, 0x4E00 + random_below(state, 3000), escaped);
    }
}

static void append_latin(struct buffer *b, uint64_t *state, uint32_t characters)
{
    static const char *const syllables[] = {"ma",  "ter", "con", "si", "lo", "re",  "pu",
                                            "den", "al",  "to",  "vi", "su", "quo", "ne"};
    size_t end = b->bytes + characters;

    while (b->bytes < end) {
        uint32_t parts = 1 + random_below(state, 4);

        while (parts-- > 0)
            buffer_append_string(b, syllables[random_below(state, 14)]);
        if (random_below(state, 12) == 0)
            buffer_append_char(b, '.');
        buffer_append_char(b, ' ');
    }
}

static void append_segment(struct buffer *b, const struct bench_record *r, uint64_t *state,
                           uint32_t number)
{
    uint32_t characters = r->characters / 2 + random_below(state, r->characters + 1);
    uint64_t at_s = r->shuffled ? random_below(state, 1000000) : number * UINT64_C(4);

    if (r->same_instant)
        at_s = 0;
    buffer_append_format(b, "%s{\"speaker\":\"s%u\",\"start\":%" PRIu64 ",\"text\":\"",
                         number > 0 ? ",\n" : "\n", random_below(state, r->speakers), at_s);
    if (number == 0)
        buffer_append_string(b, BENCH_FIRST " ");
    if (r->script == SCRIPT_HAN)
        append_han(b, state, characters, r->escaped);
    else
        append_latin(b, state, characters);
}

void bench_write_record(FILE *out, const struct bench_record *record)
{
    uint64_t state = 88172645463325252u;
    uint64_t written = 0;
    struct buffer b = {0};
    uint32_t i;
    bool last = false;

    fputs("{\"format\":\"shilu\",\"version\":1,\"title\":\"Generated record\","
          "\"clock\":\"elapsed\",\"segments\":[",
          out);
    for (i = 0; !last; i++) {
        last = record->segments > 0 ? i + 1 == record->segments : written >= record->bytes;
        buffer_clear(&b);
        append_segment(&b, record, &state, i);
        if (last)
            buffer_append_string(&b, " " BENCH_RARE);
        buffer_append_string(&b, "\"}");
        fwrite(b.data, 1, b.bytes, out);
        written += b.bytes;
    }
    fputs("\n]}\n", out);
    buffer_release(&b);
}

char *bench_record_path(const char *name, const struct bench_record *record)
{
    const char *folder = getenv("TMPDIR");
    struct buffer path = {0};
    FILE *out;

    buffer_append_format(&path, "%s/shilu-bench-%ld-%s.json", folder != NULL ? folder : "/tmp",
                         (long)getpid(), name);
    out = fopen(path.data, "wb");
    if (out == NULL) {
        perror(path.data);
        exit(2);
    }
    bench_write_record(out, record);
    fclose(out);
    return buffer_take(&path);
}

void bench_remove(char *path)
{
    unlink(path);
    free(path);
}

char *bench_read(const char *path, size_t *bytes)
{
    FILE *in = fopen(path, "rb");
    struct stat st;
    char *all;

    if (in == NULL || fstat(fileno(in), &st) != 0) {
        perror(path);
        exit(2);
    }
    all = memory_alloc((size_t)st.st_size + 1);
    *bytes = fread(all, 1, (size_t)st.st_size, in);
    all[*bytes] = '\0';
    fclose(in);
    return all;
}

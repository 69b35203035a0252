/* Analysis: the outline of a record of a million segments, and the alignment and the difference
 * of two records of 10,000 paragraphs. BENCH_SEGMENTS and BENCH_TURNS set their sizes. */
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "bench_text.h"
#include "shilu/analysis/alignment.h"
#include "shilu/analysis/outline.h"
#include "shilu/analysis/record_diff.h"
#include "shilu/base/buffer.h"

enum { RUNS = 3, SEGMENTS = 1000000, TURNS = 10000, TURN_BYTES = 400, SEGMENT_BYTES = 80 };

/* So many turns of several speakers. `times` by as much, as a translation takes longer; every
 * `changed`th turn has other words than the record of the same number; 0: none has. */
static struct transcript *make_record(struct bench_text *source, size_t turns, size_t bytes,
                                      int64_t times, size_t changed)
{
    static const char *const names[] = {"Ana Costa", "Ben Adeyemi", "白石恵子", "Falk Ritter"};
    struct transcript *t = transcript_new();
    struct buffer text = {0};
    struct error err;

    transcript_set_time_base(t, TIME_BASE_ELAPSED);
    bench_text_start(source, 1);
    for (size_t i = 0; i < turns; i++) {
        struct speaker_label label = {.name = names[i % 4]};
        struct segment_draft draft = SEGMENT_DRAFT_INIT;

        buffer_clear(&text);
        bench_text_append(source, &text, bytes / 2 + i * 7919 % bytes);
        if (changed > 0 && i % changed == 0)
            buffer_append_string(&text, " Quite so.");
        for (size_t k = 0; k < text.bytes; k++)
            if (text.data[k] == '\n')
                text.data[k] = ' ';
        draft.text = text.data;
        draft.text_bytes = text.bytes;
        draft.speaker = transcript_speaker(t, &label);
        draft.start_ms = (int64_t)i * 20000 * times;
        if (!transcript_append(t, &draft, &err))
            exit(2);
    }
    buffer_release(&text);
    return t;
}

static double outline_ms(const struct transcript *t)
{
    double ms[RUNS];

    for (int i = 0; i < RUNS; i++) {
        struct outline o;
        int64_t begin = bench_now_us();

        outline_init(&o);
        outline_make(&o, t);
        ms[i] = (double)(bench_now_us() - begin) / 1000;
        outline_release(&o);
    }
    return bench_median(ms, RUNS);
}

static double alignment_ms(const struct transcript *a, const struct transcript *b)
{
    double ms[RUNS];

    for (int i = 0; i < RUNS; i++) {
        struct alignment al;
        int64_t begin = bench_now_us();

        alignment_make(&al, a, b);
        ms[i] = (double)(bench_now_us() - begin) / 1000;
        alignment_release(&al);
    }
    return bench_median(ms, RUNS);
}

static double diff_ms(const struct transcript *a, const struct transcript *b)
{
    double ms[RUNS];

    for (int i = 0; i < RUNS; i++) {
        struct record_diff d;
        int64_t begin = bench_now_us();

        record_diff_make(&d, a, b, WORDS_FOLDED);
        ms[i] = (double)(bench_now_us() - begin) / 1000;
        record_diff_release(&d);
    }
    return bench_median(ms, RUNS);
}

int main(int argc, char **argv)
{
    struct bench_text *text = bench_text_new(argc > 1 ? argv[1] : "sample-data");
    size_t segments = (size_t)bench_setting("BENCH_SEGMENTS", SEGMENTS);
    size_t turns = (size_t)bench_setting("BENCH_TURNS", TURNS);
    struct transcript *record = make_record(text, segments, SEGMENT_BYTES, 1, 0);
    struct transcript *other;

    bench_heading("Analysis");
    bench_note("%zu segments, %zu turns", segments, turns);
    bench_row("outline of all segments", outline_ms(record), "", 0, "ms", 0);
    transcript_free(record);
    record = make_record(text, turns, TURN_BYTES, 1, 0);
    other = make_record(text, turns, TURN_BYTES, 2, 0);
    bench_row("alignment without shared times", alignment_ms(record, other), "", 0, "ms", 0);
    transcript_free(other);
    other = make_record(text, turns, TURN_BYTES, 1, 7);
    bench_row("alignment by shared times", alignment_ms(record, other), "", 0, "ms", 0);
    bench_row("difference, every seventh turn", diff_ms(record, other), "", 0, "ms", 0);
    transcript_free(record);
    transcript_free(other);
    bench_text_free(text);
    return 0;
}

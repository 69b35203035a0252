/* Fuzz target: captions. */
#include "fuzz.h"

static const struct fuzz_row rows[] = {
    {"webvtt", true}, {"srt", true}, {"ass", true},
    {"sami", true},   {"sbv", true}, {"lrc", true},
};

static const struct fuzz_seed seeds[] = {
    {0, 9, "tests/fixtures/formats/webvtt.vtt", NULL},
    {1, 9, "tests/fixtures/formats/srt.srt", NULL},
    {2, 9, "tests/fixtures/formats/ass.ass", NULL},
    {3, 9, "tests/fixtures/formats/sami.smi", NULL},
    {4, 9, "tests/fixtures/formats/sbv.sbv", NULL},
    {5, 9, "tests/fixtures/formats/lrc.lrc", NULL},
    {0, 0, NULL,
     "WEBVTT - x\n\nNOTE a\n\nSTYLE\n::cue{}\n\n1\n00:00:01.000 --> 00:02.000 line:0\n"
     "<v.loud Ann Lee>a &amp; <i>b</i> <00:00:01.500>c</v>\n- d\n>> E: f\n"},
    {1, 0, NULL, "1\r\n00:00:01,000 --> 00:00:02,5\r\n<font color=\"#f\">{\\an8}A: b\r\n\r\n"},
    {0},
};

static bool run(const char *bytes, size_t count, struct error *err)
{
    return fuzz_read(rows, sizeof rows / sizeof rows[0], bytes, count, err);
}

const struct fuzz_family fuzz_captions = {"captions", run, seeds};

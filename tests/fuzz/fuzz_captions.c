/* Fuzz target: captions. */
#include "fuzz.h"

static const struct fuzz_row rows[] = {
    {"webvtt", true}, {"srt", true}, {"ass", true},
    {"sami", true},   {"sbv", true}, {"lrc", true},
};

static const struct fuzz_text texts[] = {
    {0, 0,
     "WEBVTT - x\n\nNOTE a\n\nSTYLE\n::cue{}\n\n1\n00:00:01.000 --> 00:02.000 line:0\n<v.loud "
     "Ann Lee>a &amp; <i>b</i> <00:00:01.500>c</v>\n- d\n>> E: f\n"},
    {1, 0, "1\r\n00:00:01,000 --> 00:00:02,5\r\n<font color=\"#f\">{\\an8}A: b\r\n\r\n"},
    {2, 3,
     "[Script Info]\nTitle: x\n[Events]\nFormat: Start, End, Name, Text\nDialogue: "
     "0:00:01.00,0:00:02.00,Ann,{\\k5}a\\Nb\n"},
    {5, 1, "[ar:A]\n[offset:+500]\n[00:01.00][00:09.10]a <00:02.00>b\n"},
};

static bool run(const char *bytes, size_t count, struct error *err)
{
    return fuzz_read(rows, sizeof rows / sizeof rows[0], bytes, count, err);
}

const struct fuzz_family fuzz_captions = {
    "captions", run, rows, sizeof rows / sizeof rows[0], texts, sizeof texts / sizeof texts[0],
};

/* Fuzz target: JSON of recognisers, platforms and parliaments. */
#include "fuzz.h"

static const struct fuzz_row rows[] = {
    {"whisper", false},
    {"whisperx", false},
    {"whisper-cpp", false},
    {"podcast-json", false},
    {"youtube-json3", false},
    {"bilibili", false},
    {"aws-transcribe", false},
    {"aws-calls", false},
    {"google-stt", false},
    {"azure-stt", false},
    {"deepgram", false},
    {"rtzr", false},
    {"iflytek", false},
    {"assemblyai", false},
    {"rev", false},
    {"ibm-stt", false},
    {"speechmatics", false},
    {"kaldi", false},
    {"funasr", false},
    {"tencent-minutes", false},
    {"ndl-diet", false},
    {"assembly-jp", false},
    {"legco", false},
    {"ly-gazette", false},
    {"ly-interpellation", false},
    {"sayit-sections", false},
    {"utterances", false},
    {"event-stream", false},
    {"podcast-chapters", false},
};

static const struct fuzz_text texts[] = {
    {0, 9,
     "{\"text\":\"x\",\"segments\":[{\"id\":0,\"start\":0.0,\"end\":NaN,\"text\":\" "
     "a\",\"words\":[{\"word\":\" a\",\"start\":1e30,\"end\":-1}]}],\"language\":\"en\"}"},
    {8, 9,
     "{\"results\":[{\"alternatives\":[{\"transcript\":\"a "
     "b\",\"words\":[{\"startTime\":\"1.5s\",\"endTime\":{\"seconds\":\"2\",\"nanos\":5},"
     "\"word\":\"a\",\"speakerTag\":1}]}]}]}"},
    {26, 0,
     "[{\"min\":0,\"sec\":5,\"speaker\":\"A (B) "
     "(C)\",\"text\":\"a\"},{\"min\":1e9,\"sec\":\"x\","
     "\"text\":\"b\"}]"},
    {28, 0,
     "{\"version\":\"1\",\"chapters\":[{\"startTime\":1,\"title\":\"a\"},{\"title\":\"b\"}]}"},
};

static bool run(const char *bytes, size_t count, struct error *err)
{
    return fuzz_read(rows, sizeof rows / sizeof rows[0], bytes, count, err);
}

const struct fuzz_family fuzz_foreign = {
    "foreign", run, rows, sizeof rows / sizeof rows[0], texts, sizeof texts / sizeof texts[0],
};

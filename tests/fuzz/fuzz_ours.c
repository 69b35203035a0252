/* Fuzz target: our own JSON and JSON Lines. */
#include "fuzz.h"

static const struct fuzz_row rows[] = {
    {"json", false},
    {"jsonl", false, true},
};

static const struct fuzz_text texts[] = {
    {0, 20,
     "{\"format\":\"shilu\",\"version\":1,\"title\":\"t\",\"clock\":\"wall\",\"utc_offset\":\"+"
     "08:00\",\"date\":\"2020-03-09\",\"x\":[1,{\"y\":null}],\"source\":{\"name\":\"n\","
     "\"url\":\"u\"},\"speakers\":[{\"id\":\"a\",\"name\":\"A\",\"role\":\"r\",\"aliases\":["
     "\"B\"],\"kind\":\"host\",\"z\":1}],\"segments\":[{\"speaker\":\"a\",\"start\":\"10:01:"
     "29\",\"end\":\"2020-03-09T10:02:00+08:00\",\"text\":\"q\\u00e9\\ud83d\\ude00\\n\","
     "\"kind\":\"question\",\"w\":{}},{\"speaker\":\"C\",\"start\":\"25:00\",\"text\":\"\"}]}"},
    {1, 9,
     "{\"format\":\"shilu\",\"version\":1,\"title\":\"t\",\"clock\":\"elapsed\"}\n{\"start\":1."
     "5,\"end\":2,\"speaker\":\"A\",\"text\":\"x\"}\n\n{\"start\":-1e3,\"text\":\"\\u0000\"}"
     "\n"},
};

static bool run(const char *bytes, size_t count, struct error *err)
{
    return fuzz_read(rows, sizeof rows / sizeof rows[0], bytes, count, err);
}

const struct fuzz_family fuzz_ours = {
    "ours", run, rows, sizeof rows / sizeof rows[0], texts, sizeof texts / sizeof texts[0],
};

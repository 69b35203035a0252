/* iFlytek: a lattice of sentences whose best reading consists of words; the service's answer
 * has JSON in a string of JSON in a string. */
#include "formats/json/json_reader.h"
#include "formats/readers.h"

#define SENTENCE(path)                                                                    \
    {path, GIVES_UTTERANCE, 0}, {path ".bg", GIVES_START, 0}, {path ".ed", GIVES_END, 0}, \
        {path ".rl", GIVES_SPEAKER, 0}, {path ".rt[].ws[].cw[0]", GIVES_WORD, 0},         \
    {                                                                                     \
        path ".rt[].ws[].cw[0].w", GIVES_TEXT, 0                                          \
    }

static const struct json_rule rules[] = {
    SENTENCE("content.orderResult<>.lattice[].json_1best<>.st"),
    SENTENCE("lattice[].json_1best<>.st"),
    SENTENCE("lattice[].json_1best.st"),
};

static const struct json_signature signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"content.orderResult:s"}},
    {CONFIDENCE_CERTAIN - 1, {"lattice.0.json_1best"}},
};

static const struct json_format format = {JSON_RULES(rules), JSON_SIGNATURES(signatures),
                                          .unit = JSON_UNIT_MS};

const struct reader_ops reader_iflytek = JSON_READER("iflytek", "iFlytek JSON", format);

/* IBM Watson Speech to Text: results with words as [word, start, end], and beside them who
 * speaks from which time on; several requests in a row, each with both. Results requested
 * without times have only their text. */
#include "formats/json/json_reader.h"
#include "formats/readers.h"

/* The rules of results and labels at these paths. */
#define RESULT(list)                                               \
    {list ".alternatives[0].timestamps[]", GIVES_WORD, 0},         \
        {list ".alternatives[0].timestamps[][0]", GIVES_TEXT, 0},  \
        {list ".alternatives[0].timestamps[][1]", GIVES_START, 0}, \
    {                                                              \
        list ".alternatives[0].timestamps[][2]", GIVES_END, 0      \
    }
#define LABEL(list)                                         \
    {list, GIVES_LABEL, 0}, {list ".from", GIVES_START, 0}, \
    {                                                       \
        list ".speaker", GIVES_SPEAKER, 0                   \
    }

static const struct json_rule rules[] = {
    LABEL("results[].speaker_labels[]"),
    LABEL("speaker_labels[]"),
    RESULT("results[]"),
    RESULT("results[].results[]"),
    {"results[].results[]", GIVES_UTTERANCE, 0},
    {"results[].results[].alternatives[0].transcript", GIVES_TEXT, 0},
    {"results[].results[].final", GIVES_FINAL, 0},
    {"results[]", GIVES_UTTERANCE, 0},
    {"results[].final", GIVES_FINAL, 0},
    {"results[].alternatives[0].transcript", GIVES_TEXT, 0},
};

static const struct json_signature signatures[] = {
    {CONFIDENCE_STRONG, {"results.0.alternatives.0.timestamps"}},
    {CONFIDENCE_STRONG, {"results.0.final"}},
    {CONFIDENCE_STRONG, {"speaker_labels.0.from"}},
    {CONFIDENCE_STRONG, {"results.0.speaker_labels.0.from"}},
    {CONFIDENCE_STRONG, {"results.0.results.0.alternatives"}},
};

static const struct json_format format = {JSON_RULES(rules), JSON_SIGNATURES(signatures)};

const struct reader_ops reader_ibm_stt = JSON_READER("ibm-stt",
                                                     "IBM Watson Speech to Text JSON", format);

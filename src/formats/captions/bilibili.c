/* Bilibili's captions (BCC): cues with times in seconds. */
#include "formats/json/json_reader.h"
#include "formats/readers.h"
#include "shilu/base/translate.h"

static const struct json_rule rules[] = {
    {"body[]", GIVES_UTTERANCE, 0},
    {"body[].content", GIVES_TEXT, 0},
    {"body[].from", GIVES_START, JSON_UNIT_SECONDS},
    {"body[].to", GIVES_END, JSON_UNIT_SECONDS},
};

static const struct json_signature signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"body.0.from", "body.0.content:s"}},
};

static const struct json_format format = {JSON_RULES(rules), JSON_SIGNATURES(signatures),
                                          .flags = JSON_FORMAT_CAPTIONS};

const struct reader_ops reader_bilibili = JSON_READER("bilibili", N_("Bilibili captions"),
                                                      format);

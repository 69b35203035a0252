/* YouTube's json3 captions: cues like others. An event lasts until long after the next one
 * begins; some only open a window and have no words. */
#include "formats/json/json_reader.h"
#include "formats/readers.h"
#include "shilu/base/translate.h"

static const struct json_rule rules[] = {
    {"events[]", GIVES_UTTERANCE, 0},
    {"events[].tStartMs", GIVES_START, JSON_UNIT_MS},
    {"events[].dDurationMs", GIVES_DURATION, JSON_UNIT_MS},
    {"events[].segs[]", GIVES_WORD, 0},
    {"events[].segs[].utf8", GIVES_TEXT, 0},
};

static const struct json_signature signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"wireMagic=pb3"}},
    {CONFIDENCE_CERTAIN - 1, {"events.0.tStartMs"}},
};

static const struct json_format format = {JSON_RULES(rules), JSON_SIGNATURES(signatures),
                                          .flags = JSON_FORMAT_CAPTIONS | JSON_FORMAT_EVENTS};

const struct reader_ops reader_youtube_json3 = JSON_READER(
    "youtube-json3", N_("YouTube json3 captions"), format);

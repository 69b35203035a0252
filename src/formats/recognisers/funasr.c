/* FunASR's results, with or without sentences that name speakers; and minutes from Tencent
 * Meeting's interface. Both count milliseconds. */
#include "formats/json/json_reader.h"
#include "formats/readers.h"

#define SENTENCE(list)                                                      \
    {list, GIVES_UTTERANCE, 0}, {list ".text", GIVES_TEXT, 0},              \
        {list ".sentence", GIVES_TEXT, 0}, {list ".spk", GIVES_SPEAKER, 0}, \
        {list ".start", GIVES_START, 0},                                    \
    {                                                                       \
        list ".end", GIVES_END, 0                                           \
    }

static const struct json_rule rules[] = {
    SENTENCE("[].sentence_info[]"),
    SENTENCE("sentence_info[]"),
    {"[]", GIVES_UTTERANCE, 0},
    {"[].text", GIVES_TEXT, 0},
    {"[].timestamp[0][0]", GIVES_START, 0},
    {"[].timestamp[-1][1]", GIVES_END, 0},
};

static const struct json_signature signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"0.sentence_info:a"}},
    {CONFIDENCE_CERTAIN - 1, {"sentence_info.0.start"}},
    {CONFIDENCE_LIKELY + 5, {"0.key", "0.text:s", "!0.start"}},
};

static const struct json_format format = {JSON_RULES(rules), JSON_SIGNATURES(signatures),
                                          .flags = JSON_FORMAT_CLOSE_UP, .unit = JSON_UNIT_MS};

const struct reader_ops reader_funasr = JSON_READER("funasr", "FunASR JSON", format);

static const struct json_rule tencent_rules[] = {
    {"minutes.paragraphs[]", GIVES_UTTERANCE, 0},
    {"minutes.paragraphs[].speaker.user_name", GIVES_SPEAKER, 0},
    {"minutes.paragraphs[].speaker_info.username", GIVES_SPEAKER, 0},
    {"minutes.paragraphs[].start_time", GIVES_START, 0},
    {"minutes.paragraphs[].end_time", GIVES_END, 0},
    {"minutes.paragraphs[].sentences[].words[]", GIVES_WORD, 0},
    {"minutes.paragraphs[].sentences[].words[].text", GIVES_TEXT, 0},
};

static const struct json_signature tencent_signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"minutes.paragraphs.0.sentences"}},
};

static const struct json_format tencent_format = {
    JSON_RULES(tencent_rules), JSON_SIGNATURES(tencent_signatures), .unit = JSON_UNIT_MS};

const struct reader_ops reader_tencent_minutes = JSON_READER(
    "tencent-minutes", "Tencent Meeting minutes", tencent_format);

/* Azure Speech: batch (recognizedPhrases), real time (an array of results) and fast
 * transcription (phrases). Batch lists one channel after the other, so phrases are sorted by
 * time; not all versions sort the readings of a phrase, of which the likeliest counts. */
#include "formats/json/json_reader.h"
#include "formats/readers.h"

/* The rules of a phrase in the list at this path. */
#define PHRASE(list)                                                                        \
    {list, GIVES_UTTERANCE, 0}, {list ".nBest[best].display", GIVES_TEXT, 0},               \
        {list ".NBest[best].Display", GIVES_TEXT, 0},                                       \
        {list ".nBest[best].lexical", GIVES_TEXT, 0},                                       \
        {list ".NBest[best].Lexical", GIVES_TEXT, 0}, {list ".DisplayText", GIVES_TEXT, 0}, \
        {list ".text", GIVES_TEXT, 0}, {list ".recognitionStatus", GIVES_SILENCE, 0},       \
        {list ".RecognitionStatus", GIVES_SILENCE, 0}, {list ".speaker", GIVES_SPEAKER, 0}, \
        {list ".SpeakerId", GIVES_SPEAKER, 0}, {list ".channel", GIVES_CHANNEL, 0},         \
        {list ".offsetMilliseconds", GIVES_START, JSON_UNIT_MS},                            \
        {list ".offsetInTicks", GIVES_START, JSON_UNIT_TICKS},                              \
        {list ".Offset", GIVES_START, JSON_UNIT_TICKS}, {list ".offset", GIVES_START, 0},   \
        {list ".durationMilliseconds", GIVES_DURATION, JSON_UNIT_MS},                       \
        {list ".durationInTicks", GIVES_DURATION, JSON_UNIT_TICKS},                         \
        {list ".Duration", GIVES_DURATION, JSON_UNIT_TICKS},                                \
        {list ".duration", GIVES_DURATION, 0},                                              \
    {                                                                                       \
        list ".locale", GIVES_LANGUAGE, 0                                                   \
    }

static const struct json_rule rules[] = {
    PHRASE("recognizedPhrases[]"),
    PHRASE("phrases[]"),
    PHRASE("[]"),
};

static const struct json_signature signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"recognizedPhrases:a"}},
    {CONFIDENCE_CERTAIN - 1, {"combinedRecognizedPhrases:a"}},
    {CONFIDENCE_CERTAIN - 1, {"0.RecognitionStatus"}},
    {CONFIDENCE_CERTAIN - 1, {"0.NBest:a"}},
    {CONFIDENCE_CERTAIN - 1, {"combinedPhrases:a"}},
    {CONFIDENCE_CERTAIN - 1, {"phrases.0.offsetMilliseconds"}},
};

static const struct json_format format = {JSON_RULES(rules), JSON_SIGNATURES(signatures),
                                          .flags = JSON_FORMAT_SORTED, .unit = JSON_UNIT_TICKS};

const struct reader_ops reader_azure_stt = JSON_READER("azure-stt", "Azure Speech JSON",
                                                       format);

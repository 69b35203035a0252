/* Deepgram. Utterances, which are optional, are preferred; without them the sentences of the
 * paragraphs, else the words. Channels precede utterances in the file. RTZR's answer has
 * utterances in the same place, with its own names. */
#include "formats/json/json_reader.h"
#include "formats/readers.h"

static const struct json_rule rules[] = {
    {"results.utterances[]", GIVES_UTTERANCE, 0},
    {"results.utterances[].transcript", GIVES_TEXT, 0},
    {"results.utterances[].speaker", GIVES_SPEAKER, 0},
    {"results.utterances[].channel", GIVES_CHANNEL, 0},
    {"results.utterances[].start", GIVES_START, 0},
    {"results.utterances[].end", GIVES_END, 0},
    {"results.channels[].alternatives[0].paragraphs.paragraphs[].speaker", GIVES_SPEAKER, 0},
    {"results.channels[].alternatives[0].paragraphs.paragraphs[].sentences[]", GIVES_UTTERANCE,
     0},
    {"results.channels[].alternatives[0].paragraphs.paragraphs[].sentences[].text", GIVES_TEXT,
     0},
    {"results.channels[].alternatives[0].paragraphs.paragraphs[].sentences[].start",
     GIVES_START, 0},
    {"results.channels[].alternatives[0].paragraphs.paragraphs[].sentences[].end", GIVES_END,
     0},
    {"results.channels[].alternatives[0].words[]", GIVES_WORD, 0},
    {"results.channels[].alternatives[0].words[].punctuated_word", GIVES_TEXT, 0},
    {"results.channels[].alternatives[0].words[].word", GIVES_TEXT, 0},
    {"results.channels[].alternatives[0].words[].speaker", GIVES_SPEAKER, 0},
    {"results.channels[].alternatives[0].words[].start", GIVES_START, 0},
    {"results.channels[].alternatives[0].words[].end", GIVES_END, 0},
    {"results.channels[].detected_language", GIVES_LANGUAGE, 0},
};

static const struct json_signature signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"results.channels:a"}},
    {CONFIDENCE_CERTAIN - 1, {"results.utterances.0.transcript:s"}},
};

static const struct json_format format = {JSON_RULES(rules), JSON_SIGNATURES(signatures),
                                          .flags = JSON_FORMAT_CHANNELS};

const struct reader_ops reader_deepgram = JSON_READER("deepgram", "Deepgram JSON", format);

static const struct json_rule rtzr_rules[] = {
    {"results.utterances[]", GIVES_UTTERANCE, 0},
    {"results.utterances[].msg", GIVES_TEXT, 0},
    {"results.utterances[].spk", GIVES_SPEAKER, 0},
    {"results.utterances[].start_at", GIVES_START, 0},
    {"results.utterances[].duration", GIVES_DURATION, 0},
    {"status", GIVES_STATUS, 0},
};

static const struct json_signature rtzr_signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"results.utterances.0.msg:s"}},
};

static const struct json_format rtzr_format = {
    JSON_RULES(rtzr_rules), JSON_SIGNATURES(rtzr_signatures), .unit = JSON_UNIT_MS};

const struct reader_ops reader_rtzr = JSON_READER("rtzr", "RTZR JSON", rtzr_format);

/* AssemblyAI. Utterances name speakers but are optional; the words precede them; a transcript
 * without either has a text. An unfinished or failed job says so instead. */
#include "formats/json/json_reader.h"
#include "formats/readers.h"

static const struct json_rule rules[] = {
    {"utterances[]", GIVES_UTTERANCE, 0},
    {"utterances[].text", GIVES_TEXT, 0},
    {"utterances[].speaker", GIVES_SPEAKER, 0},
    {"utterances[].start", GIVES_START, 0},
    {"utterances[].end", GIVES_END, 0},
    {"words[]", GIVES_WORD, 0},
    {"words[].text", GIVES_TEXT, 0},
    {"words[].speaker", GIVES_SPEAKER, 0},
    {"words[].start", GIVES_START, 0},
    {"words[].end", GIVES_END, 0},
    {"chapters[]", GIVES_CHAPTER, 0},
    {"chapters[].headline", GIVES_TEXT, 0},
    {"chapters[].gist", GIVES_TEXT, 0},
    {"chapters[].start", GIVES_START, 0},
    {"text", GIVES_WHOLE_TEXT, 0},
    {"language_code", GIVES_LANGUAGE, 0},
    {"status", GIVES_STATUS, 0},
    {"error", GIVES_PROBLEM, 0},
};

static const struct json_signature signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"acoustic_model", "status"}},
    {CONFIDENCE_CERTAIN - 1, {"audio_url", "status"}},
    {CONFIDENCE_CERTAIN - 1, {"acoustic_model", "text"}},
    {CONFIDENCE_CERTAIN - 1, {"audio_url", "text"}},
    {CONFIDENCE_STRONG,
     {"utterances.0.text:s", "utterances.0.start:n", "utterances.0.speaker"}},
    {CONFIDENCE_STRONG, {"utterances", "words.0.text:s", "words.0.start:n"}},
    {CONFIDENCE_STRONG, {"utterances", "text", "status"}},
};

static const struct json_format format = {JSON_RULES(rules), JSON_SIGNATURES(signatures),
                                          .unit = JSON_UNIT_MS};

const struct reader_ops reader_assemblyai = JSON_READER("assemblyai", "AssemblyAI JSON",
                                                        format);

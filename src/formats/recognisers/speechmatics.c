/* Speechmatics, version 1 (words and speakers side by side, with start and duration) and
 * version 2 (results with both); and Kaldi's words with a segmentation beside them or, from
 * Vosk, as several objects in a row. */
#include "formats/json/json_reader.h"
#include "formats/readers.h"

static const struct json_rule rules[] = {
    {"results[]", GIVES_WORD, 0},
    {"results[].alternatives[0].content", GIVES_TEXT, 0},
    {"results[].alternatives[0].speaker", GIVES_SPEAKER, 0},
    {"results[].channel", GIVES_SPEAKER, 0},
    {"results[].type", GIVES_MARK, 0},
    {"results[].start_time", GIVES_START, 0},
    {"results[].end_time", GIVES_END, 0},
    {"chapters[]", GIVES_CHAPTER, 0},
    {"chapters[].title", GIVES_TEXT, 0},
    {"chapters[].start_time", GIVES_START, 0},
    {"words[]", GIVES_WORD, 0},
    {"words[].name", GIVES_TEXT, 0},
    {"words[].time", GIVES_START, 0},
    {"words[].duration", GIVES_DURATION, 0},
    {"speakers[]", GIVES_LABEL, 0},
    {"speakers[].name", GIVES_SPEAKER, 0},
    {"speakers[].time", GIVES_START, 0},
    {"metadata.transcription_config.language", GIVES_LANGUAGE, 0},
};

static const struct json_signature signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"results.0.alternatives.0.content"}},
    {CONFIDENCE_CERTAIN - 1, {"words.0.name", "words.0.duration"}},
    {CONFIDENCE_STRONG, {"speakers.0.duration", "speakers.0.time"}},
};

static const struct json_format format = {JSON_RULES(rules), JSON_SIGNATURES(signatures)};

const struct reader_ops reader_speechmatics = JSON_READER("speechmatics", "Speechmatics JSON",
                                                          format);

#define KALDI_WORD(list)                                                                  \
    {list, GIVES_WORD, 0}, {list ".punct", GIVES_TEXT, 0}, {list ".word", GIVES_TEXT, 0}, \
        {list ".start", GIVES_START, 0}, {list ".time", GIVES_START, 0},                  \
        {list ".end", GIVES_END, 0},                                                      \
    {                                                                                     \
        list ".duration", GIVES_DURATION, 0                                               \
    }
#define KALDI_LABEL(list)                                            \
    {list, GIVES_LABEL, 0}, {list ".speaker.@id", GIVES_SPEAKER, 0}, \
    {                                                                \
        list ".start", GIVES_START, 0                                \
    }

static const struct json_rule kaldi_rules[] = {
    KALDI_WORD("words[]"),
    KALDI_WORD("retval.words[]"),
    KALDI_WORD("result[]"),
    KALDI_LABEL("segmentation.segments[]"),
    KALDI_LABEL("retval.segmentation.segments[]"),
};

static const struct json_signature kaldi_signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"retval.words.0.word"}},
    {CONFIDENCE_CERTAIN - 1, {"segmentation.segments.0.start"}},
    {CONFIDENCE_STRONG, {"words.0.punct", "words.0.start"}},
    {CONFIDENCE_STRONG, {"result.0.word:s", "result.0.start:n", "text"}},
};

static const struct json_format kaldi_format = {JSON_RULES(kaldi_rules),
                                                JSON_SIGNATURES(kaldi_signatures)};

const struct reader_ops reader_kaldi = JSON_READER("kaldi", "Kaldi JSON", kaldi_format);

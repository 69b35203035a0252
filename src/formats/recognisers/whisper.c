/* Whisper and its descendants: the command-line tool's JSON, the service's answer, dumps of the
 * segments of faster-whisper and whisper-timestamped, the chunks of the Transformers pipeline
 * with or without a list of speakers beside them; WhisperX, which names speakers; whisper.cpp,
 * which has milliseconds and its own names. */
#include "formats/json/json_reader.h"
#include "formats/readers.h"

static const struct json_rule whisper_rules[] = {
    /* insanely-fast-whisper: the same text as the chunks, with names. */
    {"speakers[]", GIVES_UTTERANCE, 0},
    {"speakers[].text", GIVES_TEXT, 0},
    {"speakers[].speaker", GIVES_SPEAKER, 0},
    {"speakers[].timestamp[0]", GIVES_START, 0},
    {"speakers[].timestamp[1]", GIVES_END, 0},
    /* Editors keep the names beside the segments. */
    {"speakers{}", GIVES_ENTRY, 0},
    {"speakers{}", GIVES_NAME, 0},
    {"speakers{}.name", GIVES_NAME, 0},
    {"segments[]", GIVES_UTTERANCE, 0},
    {"segments[].text", GIVES_TEXT, 0},
    {"segments[].speaker", GIVES_SPEAKER, 0},
    {"segments[].speaker_name", GIVES_SPEAKER, 0},
    {"segments[].speaker_label", GIVES_SPEAKER, 0},
    {"segments[].speaker_id", GIVES_SPEAKER, 0},
    {"segments[].start", GIVES_START, 0},
    {"segments[].end", GIVES_END, 0},
    {"segments[].words[]", GIVES_WORD, 0},
    {"segments[].words[].word", GIVES_TEXT, 0},
    {"segments[].words[].text", GIVES_TEXT, 0},
    {"segments[].words[].start", GIVES_START, 0},
    {"segments[].words[].end", GIVES_END, 0},
    {"segments[].words[].speaker", GIVES_SPEAKER, 0},
    {"chunks[]", GIVES_UTTERANCE, 0},
    {"chunks[].text", GIVES_TEXT, 0},
    {"chunks[].speaker", GIVES_SPEAKER, 0},
    {"chunks[].timestamp[0]", GIVES_START, 0},
    {"chunks[].timestamp[1]", GIVES_END, 0},
    {"[]", GIVES_UTTERANCE, 0},
    {"[].text", GIVES_TEXT, 0},
    {"[].speaker", GIVES_SPEAKER, 0},
    {"[].speaker_id", GIVES_SPEAKER, 0},
    {"[].start", GIVES_START, 0},
    {"[].end", GIVES_END, 0},
    {"[].timestamp[0]", GIVES_START, 0},
    {"[].timestamp[1]", GIVES_END, 0},
    {"[].words[]", GIVES_WORD, 0},
    {"[].words[].word", GIVES_TEXT, 0},
    {"[].words[].text", GIVES_TEXT, 0},
    {"[].words[].start", GIVES_START, 0},
    {"[].words[].end", GIVES_END, 0},
    {"[].words[].speaker", GIVES_SPEAKER, 0},
    /* The service, if only words were requested. */
    {"words[]", GIVES_WORD, 0},
    {"words[].word", GIVES_TEXT, 0},
    {"words[].start", GIVES_START, 0},
    {"words[].end", GIVES_END, 0},
    {"text", GIVES_WHOLE_TEXT, 0},
    {"language", GIVES_LANGUAGE, 0},
};

static const struct json_signature whisper_signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"segments.0.seek", "segments.0.text:s"}},
    {CONFIDENCE_STRONG, {"speakers.0.timestamp:a", "speakers.0.text:s"}},
    {CONFIDENCE_STRONG, {"chunks.0.timestamp:a", "chunks.0.text:s"}},
    {CONFIDENCE_STRONG, {"segments.0.text:s", "segments.0.start:n", "segments.0.end:n"}},
    {CONFIDENCE_STRONG, {"words.0.word:s", "words.0.start:n", "words.0.end:n", "text:s"}},
    {CONFIDENCE_LIKELY, {"0.text:s", "0.start:n", "0.end:n"}},
    {CONFIDENCE_LIKELY, {"0.text:s", "0.timestamp:a"}},
};

static const struct json_format whisper_format = {JSON_RULES(whisper_rules),
                                                  JSON_SIGNATURES(whisper_signatures),
                                                  .flags = JSON_FORMAT_PIECES};

const struct reader_ops reader_whisper = JSON_READER("whisper", "Whisper JSON", whisper_format);

static const struct json_signature whisperx_signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"segments.0.text:s", "segments.0.words.0.score"}},
    {CONFIDENCE_CERTAIN - 1, {"segments.0.text:s", "word_segments:a"}},
    {CONFIDENCE_CERTAIN - 1,
     {"segments.0.text:s", "segments.0.speaker", "segments.0.words.0.word"}},
};

static const struct json_format whisperx_format = {JSON_RULES(whisper_rules),
                                                   JSON_SIGNATURES(whisperx_signatures),
                                                   .flags = JSON_FORMAT_PIECES};

const struct reader_ops reader_whisperx = JSON_READER("whisperx", "WhisperX JSON",
                                                      whisperx_format);

/* Somebody who edits the milliseconds may not know of the clock readings, and vice versa. */
static const struct json_rule cpp_rules[] = {
    {"transcription[]", GIVES_UTTERANCE, 0},
    {"transcription[].text", GIVES_TEXT, 0},
    {"transcription[].speaker", GIVES_SPEAKER, 0},
    {"transcription[].offsets.from", GIVES_START, JSON_UNIT_MS},
    {"transcription[].offsets.to", GIVES_END, JSON_UNIT_MS},
    {"transcription[].timestamps.from", GIVES_START, 0},
    {"transcription[].timestamps.to", GIVES_END, 0},
    {"result.language", GIVES_LANGUAGE, 0},
};

static const struct json_signature cpp_signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"transcription:a", "systeminfo"}},
    {CONFIDENCE_CERTAIN - 1, {"transcription.0.offsets.from"}},
};

static const struct json_format cpp_format = {
    JSON_RULES(cpp_rules), JSON_SIGNATURES(cpp_signatures), .flags = JSON_FORMAT_PIECES};

const struct reader_ops reader_whisper_cpp = JSON_READER("whisper-cpp", "whisper.cpp JSON",
                                                         cpp_format);

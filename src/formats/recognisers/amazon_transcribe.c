/* Amazon Transcribe. A batch job lists words and marks as items, with the speakers in the items
 * (newer), in speaker_labels matched by the start of a word, or in channels. Call Analytics
 * lists whole utterances. */
#include "formats/json/json_reader.h"
#include "formats/readers.h"

static const struct json_rule rules[] = {
    {"results.speaker_labels.segments[]", GIVES_LABEL, 0},
    {"results.speaker_labels.segments[].speaker_label", GIVES_SPEAKER, 0},
    {"results.speaker_labels.segments[].start_time", GIVES_START, 0},
    {"results.speaker_labels.segments[].items[]", GIVES_LABEL, 0},
    {"results.speaker_labels.segments[].items[].speaker_label", GIVES_SPEAKER, 0},
    {"results.speaker_labels.segments[].items[].start_time", GIVES_START, 0},
    {"results.channel_labels.channels[]", GIVES_LABEL, 0},
    {"results.channel_labels.channels[].channel_label", GIVES_SPEAKER, 0},
    {"results.channel_labels.channels[].items[]", GIVES_LABEL, 0},
    {"results.channel_labels.channels[].items[].start_time", GIVES_START, 0},
    {"results.items[]", GIVES_WORD, 0},
    {"results.items[].alternatives[0].content", GIVES_TEXT, 0},
    {"results.items[].type", GIVES_MARK, 0},
    {"results.items[].speaker_label", GIVES_SPEAKER, 0},
    {"results.items[].start_time", GIVES_START, 0},
    {"results.items[].end_time", GIVES_END, 0},
    {"results.transcripts[]", GIVES_UTTERANCE, 0},
    {"results.transcripts[].transcript", GIVES_TEXT, 0},
    {"results.language_code", GIVES_LANGUAGE, 0},
    {"jobName", GIVES_TITLE, 0},
};

static const struct json_signature signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"results.transcripts:a"}},
    {CONFIDENCE_CERTAIN - 1, {"results.speaker_labels.segments.0.speaker_label"}},
    {CONFIDENCE_CERTAIN - 1,
     {"results.items.0.alternatives.0.content", "results.items.0.type", "!results.0"}},
};

static const struct json_format format = {JSON_RULES(rules), JSON_SIGNATURES(signatures)};

const struct reader_ops reader_aws_transcribe = JSON_READER("aws-transcribe",
                                                            "Amazon Transcribe JSON", format);

static const struct json_rule calls_rules[] = {
    {"Transcript[]", GIVES_UTTERANCE, 0},
    {"Transcript[].Content", GIVES_TEXT, 0},
    {"Transcript[].ParticipantRole", GIVES_SPEAKER, 0},
    {"Transcript[].ParticipantId", GIVES_SPEAKER, 0},
    {"Transcript[].BeginOffsetMillis", GIVES_START, 0},
    {"Transcript[].EndOffsetMillis", GIVES_END, 0},
    {"LanguageCode", GIVES_LANGUAGE, 0},
    {"JobName", GIVES_TITLE, 0},
};

static const struct json_signature calls_signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"Transcript.0.ParticipantRole"}},
    {CONFIDENCE_CERTAIN - 1, {"Transcript.0.BeginOffsetMillis"}},
};

static const struct json_format calls_format = {
    JSON_RULES(calls_rules), JSON_SIGNATURES(calls_signatures), .unit = JSON_UNIT_MS};

const struct reader_ops reader_aws_calls = JSON_READER(
    "aws-calls", "Amazon Transcribe Call Analytics JSON", calls_format);

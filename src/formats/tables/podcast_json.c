/* Podcasting 2.0 JSON. Source: the transcript specification of the podcast namespace. A segment
 * may be a word, a mark or a caption; one without a speaker continues with the last. The
 * segments may also be in an array without an object around it. */
#include "formats/json/json_reader.h"
#include "formats/readers.h"

#define SEGMENT(list)                                                             \
    {list, GIVES_UTTERANCE, 0}, {list ".body", GIVES_TEXT, 0},                    \
        {list ".speaker", GIVES_SPEAKER, 0}, {list ".startTime", GIVES_START, 0}, \
    {                                                                             \
        list ".endTime", GIVES_END, 0                                             \
    }

static const struct json_rule rules[] = {SEGMENT("segments[]"), SEGMENT("[]")};

static const struct json_signature signatures[] = {
    {CONFIDENCE_STRONG, {"segments.0.body:s"}},
    {CONFIDENCE_STRONG, {"0.body:s", "0.startTime"}},
};

static const struct json_format format = {JSON_RULES(rules), JSON_SIGNATURES(signatures),
                                          .flags = JSON_FORMAT_CARRIES | JSON_FORMAT_PIECES};

const struct reader_ops reader_podcast_json = JSON_READER("podcast-json", "Podcasting 2.0 JSON",
                                                          format);

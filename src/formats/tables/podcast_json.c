/* Podcasting 2.0 JSON. Source: the specifications of transcripts and of chapters of the podcast
 * namespace. A segment may be a word, a mark or a caption; one without a speaker continues with
 * the last. The segments may also be in an array without an object around it. A file of
 * chapters has headings alone. */
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

static const struct json_rule chapter_rules[] = {
    {"title", GIVES_TITLE, 0},
    {"chapters[]", GIVES_CHAPTER, 0},
    {"chapters[].title", GIVES_TEXT, 0},
    {"chapters[].startTime", GIVES_START, JSON_UNIT_SECONDS},
    {"chapters[].endTime", GIVES_END, JSON_UNIT_SECONDS},
};

static const struct json_signature chapter_signatures[] = {
    {CONFIDENCE_STRONG, {"version", "chapters.0.startTime", "chapters.0.title:s"}},
    {CONFIDENCE_STRONG, {"version", "chapters.0.startTime", "chapters.1.title:s"}},
};

static const struct json_format chapter_format = {JSON_RULES(chapter_rules),
                                                  JSON_SIGNATURES(chapter_signatures)};

const struct reader_ops reader_podcast_chapters = JSON_READER(
    "podcast-chapters", "Podcasting 2.0 chapters", chapter_format);

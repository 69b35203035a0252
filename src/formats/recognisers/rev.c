/* Rev and relatives: monologues of elements (the API) or spans (the editor); Amberscript's
 * segments of words. Speakers are numbers, to which a list before or after gives names. */
#include "formats/json/json_reader.h"
#include "formats/readers.h"

static const struct json_rule rules[] = {
    {"monologues[]", GIVES_UTTERANCE, 0},
    {"monologues[].speaker_info.display_name", GIVES_SPEAKER, 0},
    {"monologues[].speaker", GIVES_SPEAKER, 0},
    {"monologues[].elements[]", GIVES_WORD, 0},
    {"monologues[].elements[].value", GIVES_TEXT, 0},
    {"monologues[].elements[].ts", GIVES_START, 0},
    {"monologues[].elements[].end_ts", GIVES_END, 0},
    {"monologues[].elements[].type", GIVES_MARK, 0},
    {"monologues[].spans[]", GIVES_WORD, 0},
    {"monologues[].spans[].value", GIVES_TEXT, 0},
    {"monologues[].spans[].ts", GIVES_START, 0},
    {"monologues[].spans[].endTs", GIVES_END, 0},
    {"segments[]", GIVES_UTTERANCE, 0},
    {"segments[].speaker", GIVES_SPEAKER, 0},
    {"segments[].words[]", GIVES_WORD, 0},
    {"segments[].words[].text", GIVES_TEXT, 0},
    {"segments[].words[].start", GIVES_START, 0},
    {"segments[].words[].end", GIVES_END, 0},
    {"segments[].words[].duration", GIVES_DURATION, 0},
    {"speakers[]", GIVES_ENTRY, 0},
    {"speakers[].id", GIVES_ID, 0},
    {"speakers[].spkid", GIVES_ID, 0},
    {"speakers[].name", GIVES_NAME, 0},
    {"offsetSeconds", GIVES_OFFSET, 0},
    {"startTimeOffset", GIVES_OFFSET, 0},
    {"name", GIVES_TITLE, 0},
};

static const struct json_signature signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"monologues.0.elements:a"}},
    {CONFIDENCE_CERTAIN - 1, {"monologues.0.spans:a"}},
    {CONFIDENCE_CERTAIN - 1, {"speakers.0.spkid"}},
    {CONFIDENCE_STRONG, {"segments.0.words.0.text", "segments.0.speaker", "!segments.0.text"}},
};

static const struct json_format format = {JSON_RULES(rules), JSON_SIGNATURES(signatures)};

const struct reader_ops reader_rev = JSON_READER("rev", "Rev or Amberscript JSON", format);

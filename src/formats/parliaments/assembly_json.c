/* Records of assemblies in Japan and Hong Kong, as written by researchers' tools: an array of
 * proceedings of {Speaker, Utterance} (Tokyo), and events of a sitting of the Legislative
 * Council, whose texts keep the lines of the printed page. No times. */
#include "formats/json/json_reader.h"
#include "formats/readers.h"

static const struct json_rule tokyo_rules[] = {
    {"[].ProceedingTitle", GIVES_TITLE, 0},
    {"[].Prefecture", GIVES_VENUE, 0},
    {"[].URL", GIVES_URL, 0},
    {"[].Date", GIVES_DATE, 0},
    {"[].Proceeding[]", GIVES_UTTERANCE, 0},
    {"[].Proceeding[].Utterance", GIVES_TEXT, 0},
    {"[].Proceeding[].Speaker", GIVES_SPEAKER, 0},
};

static const struct json_signature tokyo_signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"0.Proceeding.0.Utterance"}},
    {CONFIDENCE_CERTAIN - 1, {"0.Proceeding.0.Speaker"}},
};

static const struct json_format tokyo_format = {
    JSON_RULES(tokyo_rules), JSON_SIGNATURES(tokyo_signatures), .flags = JSON_FORMAT_PARAGRAPHS,
    .language = "ja"};

const struct reader_ops reader_assembly_jp = JSON_READER(
    "assembly-jp", "Japanese local assembly JSON", tokyo_format);

/* A speaker is either only a name, or has the full form, the office with the name, beside
 * both. */
static const struct json_rule legco_rules[] = {
    {"date", GIVES_DATE, 0},
    {"events[]", GIVES_UTTERANCE, 0},
    {"events[].text", GIVES_TEXT, 0},
    {"events[].speaker.name", GIVES_SPEAKER, 0},
    {"events[].speaker.full", GIVES_SPEAKER, 0},
    {"events[].speaker", GIVES_SPEAKER, 0},
    {"events[].speaker.title", GIVES_ROLE, 0},
};

static const struct json_signature legco_signatures[] = {
    {CONFIDENCE_CERTAIN - 1, {"events.0.type=speech"}},
    {CONFIDENCE_CERTAIN - 1, {"events.0.type=action"}},
    {CONFIDENCE_CERTAIN - 1, {"present_members", "clerks"}},
};

static const struct json_format legco_format = {
    JSON_RULES(legco_rules), JSON_SIGNATURES(legco_signatures),
    .flags = JSON_FORMAT_PARAGRAPHS | JSON_FORMAT_WRAPPED, .language = "zh-Hant-HK"};

const struct reader_ops reader_legco = JSON_READER(
    "legco", "Hong Kong Legislative Council JSON", legco_format);

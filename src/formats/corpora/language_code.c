#include "formats/corpora/language_code.h"

#include <strings.h>

static const struct {
    const char *tag;
    const char *code;
    const char *name;
} languages[] = {
    {"ar", "ara", "Arabic"},     {"ca", "cat", "Catalan"},    {"cs", "ces", "Czech"},
    {"cy", "cym", "Welsh"},      {"da", "dan", "Danish"},     {"de", "deu", "German"},
    {"el", "ell", "Greek"},      {"en", "eng", "English"},    {"es", "spa", "Spanish"},
    {"et", "est", "Estonian"},   {"eu", "eus", "Basque"},     {"fa", "fas", "Persian"},
    {"fi", "fin", "Finnish"},    {"fr", "fra", "French"},     {"ga", "gle", "Irish"},
    {"he", "heb", "Hebrew"},     {"hi", "hin", "Hindi"},      {"hr", "hrv", "Croatian"},
    {"hu", "hun", "Hungarian"},  {"id", "ind", "Indonesian"}, {"is", "isl", "Icelandic"},
    {"it", "ita", "Italian"},    {"ja", "jpn", "Japanese"},   {"ko", "kor", "Korean"},
    {"lt", "lit", "Lithuanian"}, {"lv", "lav", "Latvian"},    {"nl", "nld", "Dutch"},
    {"no", "nor", "Norwegian"},  {"pl", "pol", "Polish"},     {"pt", "por", "Portuguese"},
    {"ro", "ron", "Romanian"},   {"ru", "rus", "Russian"},    {"sk", "slk", "Slovak"},
    {"sl", "slv", "Slovenian"},  {"sr", "srp", "Serbian"},    {"sv", "swe", "Swedish"},
    {"ta", "tam", "Tamil"},      {"th", "tha", "Thai"},       {"tr", "tur", "Turkish"},
    {"uk", "ukr", "Ukrainian"},  {"vi", "vie", "Vietnamese"}, {"yue", "yue", "Cantonese"},
    {"zh", "zho", "Chinese"},
};

static bool is(struct span name, const char *other)
{
    return name.length == strlen(other) && strncasecmp(name.data, other, name.length) == 0;
}

struct span language_code(struct span name)
{
    size_t i;

    name = span_trim(name);
    for (i = 0; i < sizeof languages / sizeof *languages; i++)
        if (is(name, languages[i].code) || is(name, languages[i].name))
            return span_string(languages[i].tag);
    return name;
}

/* The French Assemblée nationale's verbatim records (compteRendu, "syceron"). A <paragraphe> is
 * one intervention, with its speaker in <orateurs>; the <texte> of a <point> is a heading.
 * Times are seconds of the recording, in @stime. */
#include <stdlib.h>
#include <string.h>

#include "formats/parliaments/debate_xml.h"
#include "formats/readers.h"
#include "shilu/base/translate.h"

static const struct debate_rule rules[] = {
    {"dateSeance", NULL, NULL, DEBATE_DATE},
    {"session", NULL, NULL, DEBATE_TITLE},
    {"typeAssemblee", NULL, NULL, DEBATE_SKIP},
    {"metadonnees", NULL, NULL, DEBATE_SKIP},
    {"uid", NULL, NULL, DEBATE_SKIP},
    {"seanceRef", NULL, NULL, DEBATE_SKIP},
    {"sessionRef", NULL, NULL, DEBATE_SKIP},
    {"quantiemes", NULL, NULL, DEBATE_SKIP},
    {"paragraphe", NULL, NULL, DEBATE_SPEECH},
    {"orateurs", NULL, NULL, DEBATE_PERSON},
    {"nom", NULL, NULL, DEBATE_NAME},
    {"qualite", NULL, NULL, DEBATE_ROLE},
    {"id", NULL, NULL, DEBATE_PERSON_ID},
    {"point", NULL, NULL, DEBATE_HEADING},
    {"interExtraction", NULL, NULL, DEBATE_SPEECH},
    {NULL, NULL, NULL, DEBATE_INLINE},
};

static void on_start(struct debate_xml *d, const char *name, const char *const *attributes)
{
    const char *seconds = xml_stream_attribute(attributes, "stime");
    char *end;
    double value;

    (void)name;
    if (seconds == NULL)
        return;
    value = strtod(seconds, &end);
    if (end > seconds && *end == '\0' && value > 0 && value < 1e6)
        debate_xml_set_elapsed(d, (int64_t)(value * 1000 + 0.5));
}

static int assemblee_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return xml_stream_root_is(head, bytes, "compteRendu") ? CONFIDENCE_CERTAIN : CONFIDENCE_NO;
}

/* A paragraph in brackets says what happened: "(Applaudissements.)" */
static size_t on_paragraph(struct debate_xml *d, const char *text, size_t bytes)
{
    if (*text == '(' && text[bytes - 1] == ')' && memchr(text, ')', bytes) == text + bytes - 1)
        debate_xml_set_nobody(d);
    return 0;
}

static void *assemblee_open(void)
{
    static const struct debate_dialect dialect = {
        .rules = rules, .language = "fr", .start = on_start, .paragraph = on_paragraph};

    return debate_xml_new(&dialect);
}

const struct reader_ops reader_assemblee_nationale = {
    .name = "assemblee-nationale",
    .title = N_("Assemblée nationale record"),
    .detect = assemblee_detect,
    .open = assemblee_open,
    .next = debate_xml_next,
    .close = debate_xml_close,
};

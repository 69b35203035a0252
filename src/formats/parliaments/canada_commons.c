/* The Canadian House of Commons' debates and committee evidence (Hansard XML), and the results
 * of its publication search. An <Intervention> names its speaker in <PersonSpeaking>; within
 * the words, an <Affiliation> is a mention. */
#include <stdio.h>
#include <string.h>

#include "formats/parliaments/debate_xml.h"
#include "formats/readers.h"
#include "shilu/base/translate.h"

static const struct debate_rule rules[] = {
    {"ExtractedItem", "Name", "Date", DEBATE_DATE},
    {"ExtractedItem", "Name", "Institution", DEBATE_VENUE},
    {"ExtractedItem", "Name", "Title", DEBATE_TITLE},
    {"ExtractedItem", NULL, NULL, DEBATE_SKIP},
    {"DocumentTitle", NULL, NULL, DEBATE_SKIP},
    {"StartPageNumber", NULL, NULL, DEBATE_SKIP},
    {"FloorLanguage", NULL, NULL, DEBATE_SKIP},
    {"PageNumber", NULL, NULL, DEBATE_SKIP},
    {"Timestamp", NULL, NULL, DEBATE_SKIP},
    {"Person", NULL, NULL, DEBATE_SKIP},
    {"OrderOfBusiness", NULL, NULL, DEBATE_HEADING}, /* its own heading, in a search result */
    {"SubjectOfBusiness", NULL, NULL, DEBATE_HEADING},
    {"OrderOfBusinessTitle", NULL, NULL, DEBATE_HEADING},
    {"SubjectOfBusinessTitle", NULL, NULL, DEBATE_HEADING},
    {"SubjectOfBusinessQualifier", NULL, NULL, DEBATE_HEADING},
    {"CatchLine", NULL, NULL, DEBATE_HEADING},
    {"Intervention", NULL, NULL, DEBATE_SPEECH},
    {"PersonSpeaking", NULL, NULL, DEBATE_PERSON},
    {"Questioner", NULL, NULL, DEBATE_PERSON},
    {"Responder", NULL, NULL, DEBATE_PERSON},
    {"ParaText", NULL, NULL, DEBATE_BLOCK},
    {"QuotePara", NULL, NULL, DEBATE_BLOCK},
    {"Line", NULL, NULL, DEBATE_BLOCK},
    {"ProceduralText", NULL, NULL, DEBATE_NOTE},
    {"ThroneSpeechPara", NULL, NULL, DEBATE_BLOCK},
    {"DivisionNumber", NULL, NULL, DEBATE_NOTE},
    {"DivisionType", NULL, NULL, DEBATE_NOTE},
    {"Member", NULL, NULL, DEBATE_NOTE},
    {"PublicationItem", NULL, NULL, DEBATE_SPEECH},
    {"Affiliation", NULL, NULL, DEBATE_NAME},
    {NULL, NULL, NULL, DEBATE_INLINE},
};

static void set_clock(struct debate_xml *d, const char *hour, const char *minute)
{
    char clock[16];

    if (hour == NULL || minute == NULL || strlen(hour) > 2 || strlen(minute) > 2)
        return;
    snprintf(clock, sizeof clock, "%s:%s%s", hour, strlen(minute) == 1 ? "0" : "", minute);
    debate_xml_set_clock(d, clock);
}

static void on_start(struct debate_xml *d, const char *name, const char *const *attributes)
{
    if (strcmp(name, "Timestamp") == 0) {
        set_clock(d, xml_stream_attribute(attributes, "Hr"),
                  xml_stream_attribute(attributes, "Mn"));
    } else if (strcmp(name, "PublicationItem") == 0) {
        const char *date = xml_stream_attribute(attributes, "Date");

        if (date != NULL)
            debate_xml_set_date(d, date);
        set_clock(d, xml_stream_attribute(attributes, "Hour"),
                  xml_stream_attribute(attributes, "Minute"));
    }
}

static int canada_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (xml_stream_root_is(head, bytes, "Hansard"))
        return CONFIDENCE_CERTAIN;
    return memmem(head, bytes, "<PersonSpeaking", 15) != NULL ? CONFIDENCE_STRONG
                                                              : CONFIDENCE_NO;
}

static void *canada_open(void)
{
    static const struct debate_dialect dialect = {.rules = rules, .start = on_start};

    return debate_xml_new(&dialect);
}

const struct reader_ops reader_canada_commons = {
    .name = "canada-commons",
    .title = N_("Canadian House of Commons record"),
    .detect = canada_detect,
    .open = canada_open,
    .next = debate_xml_next,
    .close = debate_xml_close,
};

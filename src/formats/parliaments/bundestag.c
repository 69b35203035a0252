/* The German Bundestag's plenary records (dbtplenarprotokoll, from the 19th term on). Standard:
 * the Bundestag's DTD of 2017. A speech names its speaker in a paragraph of the class "redner";
 * the chair, who speaks in between, is named in a <name> of its own; <kommentar> is what the
 * stenographers noted. */
#include <string.h>

#include "formats/parliaments/debate_xml.h"
#include "formats/readers.h"
#include "shilu/base/translate.h"

static const struct debate_rule rules[] = {
    {"sitzungstitel", NULL, NULL, DEBATE_TITLE},
    {"vorspann", NULL, NULL, DEBATE_SKIP},
    {"rednerliste", NULL, NULL, DEBATE_SKIP},
    {"rede", NULL, NULL, DEBATE_SPEECH},
    {"tagesordnungspunkt", NULL, NULL, DEBATE_SPEECH},
    {"sitzungsbeginn", NULL, NULL, DEBATE_SPEECH},
    {"sitzungsende", NULL, NULL, DEBATE_SPEECH},
    {"anlage", NULL, NULL, DEBATE_SPEECH},
    {"kommentar", NULL, NULL, DEBATE_NOTE},
    {"p", "klasse", "redner", DEBATE_PERSON},
    {"p", "klasse", "N", DEBATE_LABEL}, /* the chair at the beginning of a sitting */
    {"p", "klasse", "T_", DEBATE_HEADING},
    {"p", NULL, NULL, DEBATE_BLOCK},
    {"anlagen-titel", NULL, NULL, DEBATE_HEADING},
    {"tr", NULL, NULL, DEBATE_NOTE},
    {"name", NULL, NULL, DEBATE_LABEL}, /* inside "redner" it contains the parts */
    {"titel", NULL, NULL, DEBATE_NAME},
    {"vorname", NULL, NULL, DEBATE_NAME},
    {"namenszusatz", NULL, NULL, DEBATE_NAME},
    {"nachname", NULL, NULL, DEBATE_NAME},
    {"fraktion", NULL, NULL, DEBATE_PARTY},
    {"rolle_lang", NULL, NULL, DEBATE_ROLE},
    {"rolle_kurz", NULL, NULL, DEBATE_SKIP},
    {NULL, NULL, NULL, DEBATE_INLINE},
};

static void on_start(struct debate_xml *d, const char *name, const char *const *attributes)
{
    const char *date = xml_stream_attribute(attributes, "sitzung-datum");
    const char *clock = xml_stream_attribute(attributes, "sitzung-start-uhrzeit");

    if (strcmp(name, "datum") == 0 && date == NULL)
        date = xml_stream_attribute(attributes, "date");
    if (date != NULL)
        debate_xml_set_date(d, date);
    if (clock != NULL && strcmp(name, "sitzungsbeginn") == 0)
        debate_xml_set_clock(d, clock);
}

static int bundestag_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return xml_stream_root_is(head, bytes, "dbtplenarprotokoll") ? CONFIDENCE_CERTAIN
                                                                 : CONFIDENCE_NO;
}

static void *bundestag_open(void)
{
    static const struct debate_dialect dialect = {
        .rules = rules, .language = "de", .start = on_start};

    return debate_xml_new(&dialect);
}

const struct reader_ops reader_bundestag = {
    .name = "bundestag",
    .title = N_("Bundestag plenary record"),
    .detect = bundestag_detect,
    .open = bundestag_open,
    .next = debate_xml_next,
    .close = debate_xml_close,
};

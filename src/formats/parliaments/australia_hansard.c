/* The Australian Parliament's Hansard (ParlInfo XML, versions 1 and 2). <talker> says who
 * speaks. Up to version 2.0 the words are in <para>, later they are HTML in <talk.text>, where
 * each speaker's name is printed before the words again, and only that identifies whoever
 * interjects. */
#include <string.h>

#include "formats/parliaments/debate_xml.h"
#include "formats/readers.h"
#include "shilu/base/translate.h"

static const struct debate_rule rules[] = {
    {"date", NULL, NULL, DEBATE_DATE},
    {"chamber", NULL, NULL, DEBATE_VENUE},
    {"session.header", NULL, NULL, DEBATE_SKIP},
    {"title", NULL, NULL, DEBATE_HEADING},
    {"type", NULL, NULL, DEBATE_SKIP},
    {"cognate", NULL, NULL, DEBATE_SKIP},
    {"page.no", NULL, NULL, DEBATE_SKIP},
    {"id.no", NULL, NULL, DEBATE_SKIP},
    {"speech", NULL, NULL, DEBATE_SPEECH},
    {"question", NULL, NULL, DEBATE_SPEECH},
    {"answer", NULL, NULL, DEBATE_SPEECH},
    {"talker", NULL, NULL, DEBATE_PERSON},
    {"name", "role", "metadata", DEBATE_NAME_BY_LAST},
    {"name", NULL, NULL, DEBATE_NAME},
    {"name.id", NULL, NULL, DEBATE_PERSON_ID},
    {"party", NULL, NULL, DEBATE_PARTY},
    {"role", NULL, NULL, DEBATE_ROLE},
    {"time.stamp", NULL, NULL, DEBATE_CLOCK},
    {"p", "class", "HPS-Debate", DEBATE_SKIP},
    {"p", "class", "HPS-SubDebate", DEBATE_SKIP},
    {"p", "class", "HPS-SubSubDebate", DEBATE_SKIP},
    {"p", NULL, NULL, DEBATE_BLOCK},
    {"para", "class", "italic", DEBATE_NOTE},
    {"para", NULL, NULL, DEBATE_BLOCK},
    {"motion", NULL, NULL, DEBATE_BLOCK},
    {"quote", NULL, NULL, DEBATE_BLOCK},
    {"item", NULL, NULL, DEBATE_BLOCK},
    {NULL, NULL, NULL, DEBATE_INLINE},
};

/* The label of a paragraph, inside an <a> of the type MemberSpeech, MemberInterjecting,
 * MemberContinuation, OfficeSpeech … */
static bool is_label_type(const char *type)
{
    return type != NULL &&
           (strncmp(type, "Member", 6) == 0 || strncmp(type, "Office", 6) == 0 ||
            strncmp(type, "Senator", 7) == 0);
}

static void on_start(struct debate_xml *d, const char *name, const char *const *attributes)
{
    if (strcmp(name, "a") == 0 && is_label_type(xml_stream_attribute(attributes, "type")))
        debate_xml_expect_label(d, xml_stream_attribute(attributes, "href"));
}

/* "Mr SMITH (Lowe—Minister) (10:01):  words", where a label is expected: up to the colon. */
static size_t on_paragraph(struct debate_xml *d, const char *text, size_t bytes)
{
    enum { LABEL_MAX = 200 };
    const char *id;
    const char *colon = memchr(text, ':', bytes < LABEL_MAX ? bytes : LABEL_MAX);
    const char *bracket;
    size_t name;

    if (!debate_xml_take_expected(d, &id))
        return 0;
    /* A clock reading in brackets also has a colon. */
    while (colon != NULL && colon > text && colon + 1 < text + bytes && colon[1] >= '0' &&
           colon[1] <= '9')
        colon = memchr(colon + 1, ':', (size_t)(text + bytes - colon - 1));
    if (colon == NULL)
        return 0;
    bracket = memchr(text, '(', (size_t)(colon - text));
    name = (size_t)((bracket != NULL ? bracket : colon) - text);
    debate_xml_set_label(d, text, name, id);
    return (size_t)(colon - text) + 1;
}

static int australia_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    if (!xml_stream_root_is(head, bytes, "hansard") &&
        !xml_stream_root_is(head, bytes, "committee"))
        return CONFIDENCE_NO;
    return memmem(head, bytes, "session.header", 14) != NULL ||
                   memmem(head, bytes, "<talker", 7) != NULL
               ? CONFIDENCE_CERTAIN
               : CONFIDENCE_LIKELY;
}

static void *australia_open(void)
{
    static const struct debate_dialect dialect = {
        .rules = rules, .language = "en-AU", .start = on_start, .paragraph = on_paragraph};

    return debate_xml_new(&dialect);
}

const struct reader_ops reader_australia_hansard = {
    .name = "australia-hansard",
    .title = N_("Australian Hansard"),
    .detect = australia_detect,
    .open = australia_open,
    .next = debate_xml_next,
    .close = debate_xml_close,
};

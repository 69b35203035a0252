/* The Japanese Diet's records in XML, as returned by the National Diet Library's interface. The
 * facts of a meeting are in each <speechRecord>, or in the <meetingRecord> around its
 * speeches. */
#include "formats/readers.h"

#include <stdlib.h>
#include <string.h>

#include "formats/parliaments/diet_meetings.h"
#include "formats/xml/xml_stream.h"
#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

/* The elements that are read, and where their words go. Those up to FACTS belong to the
 * meeting. */
enum {
    ISSUE_ID,
    HOUSE,
    MEETING,
    ISSUE,
    DATE,
    FACTS,
    SPEECH = FACTS,
    SPEAKER,
    POSITION,
    ROLE,
    GROUP,
    ORDER,
    FIELDS
};
static const char *const names[FIELDS] = {
    [ISSUE_ID] = "issueID",
    [HOUSE] = "nameOfHouse",
    [MEETING] = "nameOfMeeting",
    [ISSUE] = "issue",
    [DATE] = "date",
    [SPEECH] = "speech",
    [SPEAKER] = "speaker",
    [POSITION] = "speakerPosition",
    [ROLE] = "speakerRole",
    [GROUP] = "speakerGroup",
    [ORDER] = "speechOrder",
};

struct diet_xml {
    struct xml_stream *xml; /* must be first, for xml_stream_reader_next */
    struct diet_meetings meetings;
    struct buffer fields[FIELDS];
    int open; /* field, or -1 */
};

static void clear(struct diet_xml *x, int from, int end)
{
    for (; from < end; from++)
        buffer_clear(&x->fields[from]);
}

static void on_start(void *self, const char *name, const char *const *attributes)
{
    struct diet_xml *x = self;
    int i;

    (void)attributes;
    if (strcmp(name, "meetingRecord") == 0)
        clear(x, 0, FIELDS);
    if (strcmp(name, "speechRecord") == 0)
        clear(x, FACTS, FIELDS);
    x->open = -1;
    for (i = 0; i < FIELDS; i++) {
        if (strcmp(name, names[i]) != 0)
            continue;
        x->open = i;
        buffer_clear(&x->fields[i]);
    }
}

static const char *field(const struct diet_xml *x, int number)
{
    return x->fields[number].bytes > 0 ? x->fields[number].data : NULL;
}

static void on_end(void *self, const char *name)
{
    struct diet_xml *x = self;
    struct diet_record r;

    x->open = -1;
    if (strcmp(name, "speechRecord") != 0 || field(x, SPEECH) == NULL)
        return;
    r = (struct diet_record){.issue_id = field(x, ISSUE_ID),
                             .house = field(x, HOUSE),
                             .meeting = field(x, MEETING),
                             .issue = field(x, ISSUE),
                             .date = field(x, DATE),
                             .order = strtod(buffer_string(&x->fields[ORDER]), NULL),
                             .speech = field(x, SPEECH),
                             .speaker = field(x, SPEAKER),
                             .position = field(x, POSITION) != NULL ? field(x, POSITION)
                                                                    : field(x, ROLE),
                             .group = field(x, GROUP)};
    diet_meetings_add(&x->meetings, &r);
}

static void on_text(void *self, const char *text, size_t bytes)
{
    struct diet_xml *x = self;

    if (x->open >= 0)
        buffer_append(&x->fields[x->open], text, bytes);
}

static void on_finish(void *self)
{
    struct diet_xml *x = self;
    struct error err;

    if (!diet_meetings_emit(&x->meetings, xml_stream_context(x->xml), &err))
        xml_stream_fail(x->xml, &err);
}

static int diet_xml_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return xml_stream_root_is(head, bytes, "data") &&
                   (memmem(head, bytes, "<speechRecord>", 14) != NULL ||
                    memmem(head, bytes, "<meetingRecord>", 15) != NULL)
               ? CONFIDENCE_CERTAIN
               : CONFIDENCE_NO;
}

static void *diet_xml_open(void)
{
    static const struct xml_handler handler = {on_start, on_end, on_text, on_finish};
    struct diet_xml *x = memory_zalloc(1, sizeof *x);

    x->xml = xml_stream_new(&handler, x);
    x->open = -1;
    return x;
}

static void diet_xml_close(void *self)
{
    struct diet_xml *x = self;
    int i;

    xml_stream_free(x->xml);
    diet_meetings_release(&x->meetings);
    for (i = 0; i < FIELDS; i++)
        buffer_release(&x->fields[i]);
    free(x);
}

const struct reader_ops reader_ndl_diet_xml = {
    .name = "ndl-diet-xml",
    .title = N_("Japanese Diet record (NDL), XML"),
    .detect = diet_xml_detect,
    .open = diet_xml_open,
    .next = xml_stream_reader_next,
    .close = diet_xml_close,
};

/* Debates in XML: what the readers of parliaments share. A dialect is a table of rules that say
 * what an element is; the engine collects words, speakers, headings, days and clock
 * readings. */
#ifndef SHILU_FORMATS_PARLIAMENTS_DEBATE_XML_H
#define SHILU_FORMATS_PARLIAMENTS_DEBATE_XML_H

#include "formats/xml/xml_stream.h"

enum debate_action {
    DEBATE_INLINE, /* part of the words around it */
    DEBATE_BLOCK,  /* a paragraph of the current speaker */
    DEBATE_NOTE,   /* a paragraph that nobody says */
    DEBATE_HEADING,
    DEBATE_SPEECH,       /* the speaker is reset where it begins and ends */
    DEBATE_SKIP,         /* ignored with everything inside it, except elements that say who
                          * speaks or when */
    DEBATE_LABEL,        /* its words are the label of the speaker from here on */
    DEBATE_PERSON,       /* the parts inside it name the speaker from here on */
    DEBATE_NAME,         /* a part of the name; several are joined */
    DEBATE_NAME_BY_LAST, /* "Smith, John, MP" */
    DEBATE_PERSON_ID,
    DEBATE_ROLE,
    DEBATE_PARTY,
    DEBATE_CLOCK, /* its words are a time of day */
    DEBATE_DATE,  /* … a date */
    DEBATE_TITLE,
    DEBATE_VENUE
};

struct debate_rule {
    const char *element;
    const char *attribute; /* NULL for any; else it must start with `value` */
    const char *value;
    enum debate_action action;
};

struct debate_xml;

/* What a dialect has in addition to its rules. */
struct debate_dialect {
    const struct debate_rule *rules; /* ended by one without an element; the first match
                                      * counts */
    const char *language;            /* of the record, or NULL */
    /* Called for every element before its rule; may be NULL. */
    void (*start)(struct debate_xml *d, const char *name, const char *const *attributes);
    /* Called for a complete paragraph: may change the speaker, and cut a label off its start.
     * Returns the bytes to skip. May be NULL. */
    size_t (*paragraph)(struct debate_xml *d, const char *text, size_t bytes);
};

struct debate_xml *debate_xml_new(const struct debate_dialect *dialect);
/* `next` and `close` for the row of a reader. */
enum reader_status debate_xml_next(void *self, struct reader_context *context,
                                   struct error *err);
void debate_xml_close(void *self);

/* For dialects. A date in ISO 8601, as "24.10.2017" or "20170627…", or with the month's name in
 * English or French. */
void debate_xml_set_date(struct debate_xml *d, const char *text);
/* "11:00", "09.30", "9 h 30". */
void debate_xml_set_clock(struct debate_xml *d, const char *text);
void debate_xml_set_elapsed(struct debate_xml *d, int64_t ms);
void debate_xml_set_person(struct debate_xml *d, const struct speaker_label *label);
void debate_xml_set_label(struct debate_xml *d, const char *text, size_t bytes, const char *id);
void debate_xml_set_nobody(struct debate_xml *d);
/* The current paragraph starts with a label: remembered until it is complete. `id` may be
 * NULL. */
void debate_xml_expect_label(struct debate_xml *d, const char *id);
/* Whether a label was expected; *id is borrowed until the next paragraph. */
bool debate_xml_take_expected(struct debate_xml *d, const char **id);

#endif

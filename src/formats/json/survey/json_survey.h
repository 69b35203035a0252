/* JSON survey: finds the structure of JSON that no table describes. It looks for a list of
 * objects that have words and a time or a speaker, by usual member names and by the values, and
 * writes the table of rules for it. */
#ifndef SHILU_FORMATS_JSON_SURVEY_JSON_SURVEY_H
#define SHILU_FORMATS_JSON_SURVEY_JSON_SURVEY_H

#include "formats/json/json_reader.h"

struct json_survey {
    struct json_format format; /* its rules are below; rule_count 0 if nothing was found */
    struct json_rule *rules;   /* owned, with their paths */
    size_t capacity;
    bool words;    /* the list consists of single words */
    bool nobody;   /* it has times but no speakers */
    bool timed;    /* it has times */
    bool says_who; /* the speaker's member has an unambiguous name or is a key of people */
    bool prose;    /* most of its texts are sentences */
};

/* Survey the head of a file. */
void json_survey_make(struct json_survey *s, struct json_ref head);
void json_survey_release(struct json_survey *s);

#endif

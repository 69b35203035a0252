/* The search for lists in JSON that no table describes. */
#ifndef SHILU_FORMATS_JSON_SURVEY_JSON_SEARCH_H
#define SHILU_FORMATS_JSON_SURVEY_JSON_SEARCH_H

#include "formats/json/survey/json_list.h"

enum { LISTS_MAX = 24 };

struct json_search {
    struct json_list lists[LISTS_MAX];
    size_t count;
    char path[PATH_BYTES];
    size_t path_bytes;
};

void json_search_value(struct json_search *s, struct json_ref value, struct json_ref parent,
                       bool inherits, size_t depth);

#endif

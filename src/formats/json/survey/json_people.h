/* Names of speakers, if a list has only their keys: in a list of people elsewhere in the
 * file. */
#ifndef SHILU_FORMATS_JSON_SURVEY_JSON_PEOPLE_H
#define SHILU_FORMATS_JSON_SURVEY_JSON_PEOPLE_H

#include "formats/json/survey/json_search.h"

/* The name at the end of a list's path. */
struct span json_people_list_name(const struct json_list *list);

/* The member of an entry with the speaker's name, other than the key. */
bool json_people_find_name(struct json_ref entry, struct span key, char path[STEP_BYTES]);

bool json_people_find_key(struct json_ref entry, char path[STEP_BYTES]);

/* Find a list or an object of people whose keys the speakers are. */
void json_people_find(struct json_search *s, struct json_list *list, struct json_ref head);

#endif

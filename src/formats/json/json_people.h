/* Where the names of speakers are, if a list has only keys of them: in a list of people
 * elsewhere in the file. */
#ifndef SHILU_FORMATS_JSON_JSON_PEOPLE_H
#define SHILU_FORMATS_JSON_JSON_PEOPLE_H

#include "formats/json/json_search.h"

/* The name at the end of a list's path. */
struct span json_people_list_name(const struct json_list *list);

/* The member of an entry that its speakers are called by, other than the key. */
bool json_people_find_name(struct json_ref entry, struct span key, char path[STEP_BYTES]);

bool json_people_find_key(struct json_ref entry, char path[STEP_BYTES]);

/* Who speaks may be a key of the people in another list, or in an object. */
void json_people_find(struct json_search *s, struct json_list *list, struct json_ref head);

#endif

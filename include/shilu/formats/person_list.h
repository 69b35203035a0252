/* Person list: what the head of an XML record says of the people, roles and bodies that its
 * body refers to by id. Kept apart from the transcript's speakers, since most of those listed
 * never speak. */
#ifndef SHILU_FORMATS_PERSON_LIST_H
#define SHILU_FORMATS_PERSON_LIST_H

#include "shilu/base/buffer.h"

struct person; /* private to person_list.c */

/* Zero-initialised is empty. */
struct person_list {
    struct person *first; /* owned */
};

/* More are passed over, so that a hostile list cannot fill the memory for ever. */
enum { PERSON_LIST_MAX = 200000 };

void person_list_release(struct person_list *list);
void person_list_add(struct person_list *list, const char *id, const char *name);

/* The name for an id, which may start with '#'; NULL where it is not listed. */
const char *person_list_find(const struct person_list *list, const char *id);

/* Make a name of an id: "#Celal.Adan" and "CelalAdan" are Celal Adan. */
void person_list_name_of_id(struct buffer *name, const char *id);

#endif

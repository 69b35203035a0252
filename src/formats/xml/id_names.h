/* ID names: what the head of an XML record says about the people, roles and bodies that its
 * body refers to by id. Kept apart from the transcript's speakers, since most of them never
 * speak. */
#ifndef SHILU_FORMATS_XML_ID_NAMES_H
#define SHILU_FORMATS_XML_ID_NAMES_H

#include "shilu/base/buffer.h"

struct person; /* private to id_names.c */

/* Zero-initialised is empty. */
struct id_names {
    struct person *first; /* owned */
};

/* Further entries are ignored, so that a hostile list cannot fill the memory. */
enum { ID_NAMES_MAX = 200000 };

void id_names_release(struct id_names *list);
void id_names_add(struct id_names *list, const char *id, const char *name);

/* The name for an id, which may start with '#'; NULL if it is not listed. */
const char *id_names_find(const struct id_names *list, const char *id);

/* Derive a name from an id: "#Celal.Adan" and "CelalAdan" give Celal Adan. */
void id_names_name_of_id(struct buffer *name, const char *id);

#endif

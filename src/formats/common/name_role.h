/* Name and role: labels of Chinese records that put the office into the middle of a name,
 * surname first: 高委員金素梅 is the member 高金素梅; and those by which broadcasters introduce
 * who speaks: DON LEMON, CNN HOST is LEMON from then on; and those of Hansards, in which the
 * name follows the office in brackets. */
#ifndef SHILU_FORMATS_COMMON_NAME_ROLE_H
#define SHILU_FORMATS_COMMON_NAME_ROLE_H

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"

/* False if the label is not of this form; else name and role, each appended. */
bool name_role_split(const char *label, size_t bytes, struct buffer *name, struct buffer *role);

/* The same for an introduction; `surname` is what the label will be from then on. */
bool name_role_introduction(const char *label, size_t bytes, struct buffer *name,
                            struct buffer *role, struct buffer *surname);

/* The same for "The Minister for Harbours (Ann Birch)", as Hansards label who answers. */
bool name_role_office(struct span label, struct buffer *name, struct buffer *role);

/* "Ruth Alder (Sandwick) (LD)": the name, and what stands in two brackets or more behind it,
 * with commas between. One pair of brackets may hold anything. */
bool name_role_seat(struct span label, struct buffer *name, struct buffer *role);

#endif

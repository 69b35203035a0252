/* Name and role: splits labels of Chinese records that insert the office between surname and
 * given name (高委員金素梅 is the member 高金素梅), introductions by broadcasters (DON LEMON,
 * CNN HOST is LEMON from then on), and labels of Hansards that have the name in brackets after
 * the office. */
#ifndef SHILU_FORMATS_COMMON_NAME_ROLE_H
#define SHILU_FORMATS_COMMON_NAME_ROLE_H

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"

/* False if the label is not in this form; otherwise appends name and role. */
bool name_role_split(const char *label, size_t bytes, struct buffer *name, struct buffer *role);

/* The same for an introduction; `surname` is the label from then on. */
bool name_role_introduction(const char *label, size_t bytes, struct buffer *name,
                            struct buffer *role, struct buffer *surname);

/* The same for "The Minister for Harbours (Ann Birch)", as Hansards label those who answer. */
bool name_role_office(struct span label, struct buffer *name, struct buffer *role);

/* "Ruth Alder (Sandwick) (LD)": the name, and the contents of two or more brackets after it,
 * joined by commas. A single pair of brackets may contain anything, so it does not count. */
bool name_role_seat(struct span label, struct buffer *name, struct buffer *role);

#endif

/* Minutes label: who speaks, as minutes of parliaments print it before the words.
 *
 *   ○議長（山田太郎君）　words     Japan: office, name and 君 in brackets, a wide space
 *   ○위원장 김철수  words          Korea: office and name, or name and office, two spaces
 *   Mr. SMITH. words              the United States: a form of address, a name, a full stop
 *
 * Sources: the minutes of the Diet and of Japanese assemblies, of Korea's National Assembly,
 * and hearings as the U.S. Government Publishing Office prints them. */
#ifndef SHILU_FORMATS_RECORDS_MINUTES_LABEL_H
#define SHILU_FORMATS_RECORDS_MINUTES_LABEL_H

#include <stdbool.h>
#include <stddef.h>

struct minutes_label {
    const char *name; /* borrowed from the line */
    size_t name_bytes;
    const char *role; /* the same; role_bytes may be 0 */
    size_t role_bytes;
    size_t text_byte; /* where the words begin in the line */
};

/* At the front of a trimmed line; false where there is none. */
bool minutes_label_circled(const char *line, size_t bytes, struct minutes_label *label);
bool minutes_label_addressed(const char *line, size_t bytes, struct minutes_label *label);

#endif

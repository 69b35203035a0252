/* Short names: one person under two labels, the full name first and a short form of it from
 * then on: "Peter Vale (PV):" and "PV:", "Jeremy Holt:" and "Jeremy:". */
#ifndef SHILU_FORMATS_SHORT_NAMES_H
#define SHILU_FORMATS_SHORT_NAMES_H

#include "formats/records/choice/choose.h"

/* Set `person` of the labels that are short forms. Not in chats, where names are chosen. */
void short_names_find(struct survey *s, const struct choice *choice);

#endif

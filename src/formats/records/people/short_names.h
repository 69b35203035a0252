/* Short names: one person under two labels, the full name first and a short form of it from
 * then on: "Peter Vale (PV):" and "PV:", "Jeremy Holt:" and "Jeremy:". */
#ifndef SHILU_FORMATS_SHORT_NAMES_H
#define SHILU_FORMATS_SHORT_NAMES_H

#include "formats/records/choice/choose.h"

/* Set `person` of the labels that are short forms. Not in chats, where names are chosen. */
void short_names_find(struct survey *s, const struct choice *choice);

/* Whether two words beside each other are an office and the name of who has it, by their
 * lengths: 财务总监 苗可. Only for a name that stands alone elsewhere. */
bool short_names_are_office_and_name(struct span office, struct span name);

#endif

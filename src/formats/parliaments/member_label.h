/* Member label: how records of parliaments print a speaker: "The First Minister (Alex
 * Salmond)", "Rob Gibson (Highlands) (SNP)", "Hon. Jane Roe (Minister of Health, Lib.)". */
#ifndef SHILU_FORMATS_PARLIAMENTS_MEMBER_LABEL_H
#define SHILU_FORMATS_PARLIAMENTS_MEMBER_LABEL_H

#include "shilu/model/transcript.h"

/* Split a label into name, role and organization, which point into it: it is cut in place. */
void member_label_split(char *label, struct speaker_label *out);

#endif

/* Languages as named in corpora: ISO 639-3 codes, or names in English. */
#ifndef SHILU_FORMATS_CORPORA_LANGUAGE_CODE_H
#define SHILU_FORMATS_CORPORA_LANGUAGE_CODE_H

#include "shilu/base/span.h"

/* The BCP 47 tag of a language: its two-letter code if it has one; an unknown name is returned
 * unchanged. */
struct span language_code(struct span name);

#endif

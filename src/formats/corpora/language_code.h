/* Languages as corpora name them: ISO 639-3 codes, or names in English. */
#ifndef SHILU_FORMATS_CORPORA_LANGUAGE_CODE_H
#define SHILU_FORMATS_CORPORA_LANGUAGE_CODE_H

#include "shilu/base/span.h"

/* The BCP 47 tag of a language: its two-letter code where it has one; what is not known stays
 * as it is. */
struct span language_code(struct span name);

#endif

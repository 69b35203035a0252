/* Dates as official records print them: "2020-03-09", "2020/3/9", "2020年3月9日". */
#ifndef SHILU_FORMATS_COMMON_DATE_TEXT_H
#define SHILU_FORMATS_COMMON_DATE_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "shilu/base/span.h"

/* A date at the start of a text, in milliseconds since 1970. */
bool date_text_parse(struct span text, int64_t *ms);

#endif

/* The title block of an official record in plain text: the lines before the first who speaks.
 */
#ifndef SHILU_FORMATS_RECORDS_OFFICIAL_TITLE_H
#define SHILU_FORMATS_RECORDS_OFFICIAL_TITLE_H

#include <stdbool.h>
#include <stddef.h>

#include "shilu/formats/drafts.h"

/* Take a line, trimmed and not empty: "文字來源:中國網", "地點：…", "時間：2020年3月9日 10:00"
 * tell source, venue and date; the first other line is the title, and the second one where the
 * first only names the kind of document ("文字實錄"). False: the line is none of these, but
 * words. */
bool official_title_take_keyed(struct drafts *t, const char *line, size_t bytes);

/* The same, and the first other line is the title; the second one where the first only names
 * the kind of document ("文字實錄"). False: the line is none of these, but words. */
bool official_title_take(struct drafts *t, const char *line, size_t bytes);

#endif

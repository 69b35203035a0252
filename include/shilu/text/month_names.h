/* Month names as in dates, each list terminated by NULL: after the day in all languages, and
 * before it in English. */
#ifndef SHILU_TEXT_MONTH_NAMES_H
#define SHILU_TEXT_MONTH_NAMES_H

extern const char *const month_names_english[];
extern const char *const month_names_other[];

#endif

/* Month names as dates have them, each list ended by NULL: behind the day in all languages,
 * in English also before it. */
#ifndef SHILU_TEXT_MONTH_NAMES_H
#define SHILU_TEXT_MONTH_NAMES_H

extern const char *const month_names_english[];
extern const char *const month_names_other[];

#endif

/* The outline of a record as text, JSON or CSV: `show --outline`. */
#ifndef SHILU_COMMANDS_SHOW_OUTLINE_H
#define SHILU_COMMANDS_SHOW_OUTLINE_H

#include "commands/foreach_file.h"

void show_outline_print(const struct list *list);

#endif

/* Ui, inside. */
#ifndef SHILU_UI_PRIVATE_H
#define SHILU_UI_PRIVATE_H

#include "shilu/ui/ui.h"

extern const struct ui_prompt ui_command_prompt; /* ui_command.c */

#endif

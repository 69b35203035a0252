/* UI internals. */
#ifndef SHILU_UI_PRIVATE_H
#define SHILU_UI_PRIVATE_H

#include "shilu/ui/ui.h"

/* The function of an action of every screen; the rows of store/actions.h name them. */
typedef void ui_function(struct ui *ui, const struct ui_call *call, int argument);

extern const struct ui_prompt ui_command_prompt;             /* ui_command.c */
extern const struct ui_prompt ui_run_prompt, ui_pipe_prompt; /* ui_run.c */
ui_function ui_edit, ui_play;
ui_function ui_all_notes;                /* note_list.c */
ui_function ui_quotes, ui_export_quotes; /* quote_list.c */

#endif

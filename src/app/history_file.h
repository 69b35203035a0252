/* History: what was typed at the prompts, from one run to the next, in
 * $XDG_STATE_HOME/shilu/history.json. */
#ifndef SHILU_APP_HISTORY_FILE_H
#define SHILU_APP_HISTORY_FILE_H

#include "shilu/ui/ui.h"

/* What was typed before; nothing if the file is missing or broken. */
void history_file_recall(struct ui_history *h);

/* Save it, merged with what another run has added meanwhile. Written whole or not at all. */
bool history_file_keep(const struct ui_history *h, struct error *err);

#endif

/* History: what was typed at the prompts, from one run to the next, in
 * $XDG_STATE_HOME/shilu/history.json. */
#ifndef SHILU_APP_HISTORY_FILE_H
#define SHILU_APP_HISTORY_FILE_H

#include "shilu/library/library_session.h"
#include "shilu/session/session.h"

/* Give a session what was typed before. A file that is missing or broken gives nothing. */
void history_file_recall(struct session *s);
void history_file_recall_library(struct library_session *s);

/* Keep what the session has, behind what another run has added meanwhile. Written whole or not
 * at all. */
bool history_file_keep(const struct session *s, struct error *err);
bool history_file_keep_library(const struct library_session *s, struct error *err);

#endif

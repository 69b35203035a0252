/* Library session: the list of a library, and the hits of a search over all of it, as a screen
 * (ui/ui.h). The host opens the chosen transcript. */
#ifndef SHILU_LIBRARY_LIBRARY_SESSION_H
#define SHILU_LIBRARY_LIBRARY_SESSION_H

#include "shilu/library/library.h"
#include "shilu/library/library_search.h"
#include "shilu/ui/ui.h"

struct library_session;

/* All must outlive it. */
struct library_session *library_session_new(struct library *l, const struct options *options,
                                            const struct ui_options *ui);
void library_session_free(struct library_session *s);
struct ui *library_session_ui(struct library_session *s);

#endif

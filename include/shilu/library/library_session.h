/* Library session: the list of a library, and the hits of a search over all of it, without a
 * terminal: keys go in, a grid comes out. */
#ifndef SHILU_LIBRARY_LIBRARY_SESSION_H
#define SHILU_LIBRARY_LIBRARY_SESSION_H

#include "shilu/library/library.h"
#include "shilu/library/library_search.h"
#include "shilu/store/keymap.h"
#include "shilu/view/grid.h"

struct library_session;

/* All must outlive it. */
struct library_session *library_session_new(struct library *l, const struct options *options,
                                            const struct keymap *keymap,
                                            const struct width *width);
void library_session_free(struct library_session *s);

void library_session_resize(struct library_session *s, int rows, int columns);
void library_session_key(struct library_session *s, struct key key);

/* Find, read and search for about `budget_ms`; false where nothing is left to do. */
bool library_session_step(struct library_session *s, int64_t budget_ms);
bool library_session_is_stale(const struct library_session *s);
void library_session_draw(struct library_session *s, struct grid *g);

/* What the last key asked for; asking takes it. */
enum library_wish {
    LIBRARY_STAY,
    LIBRARY_OPEN,
    LIBRARY_SUSPEND,
    LIBRARY_REDRAW,
    LIBRARY_THEME, /* the argument is its name */
    LIBRARY_LEAVE
};
enum library_wish library_session_take_wish(struct library_session *s);
const char *library_session_argument(const struct library_session *s);

/* The transcript to open, and the hit to stand on with its query, or NULL: borrowed. */
const char *library_session_chosen(const struct library_session *s, const struct hit **hit,
                                   const char **query);

/* The chosen transcript was open for a while, or could not be opened: look whether it is as it
 * was. */
void library_session_look_again(struct library_session *s);

/* What was typed at the prompts, as in session.h. */
void library_session_recall(struct library_session *s, const char *kind, const char *line);
void library_session_each_line(const struct library_session *s,
                               void (*each)(void *context, const char *kind, const char *line),
                               void *context);

/* Say something until the next key. */
void library_session_error(struct library_session *s, const char *text);

#endif

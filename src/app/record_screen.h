/* The screen of one record: its file is read while the screen is on top. */
#ifndef SHILU_APP_RECORD_SCREEN_H
#define SHILU_APP_RECORD_SCREEN_H

#include "app/loop.h"

struct record_screen;

/* Read a record. `query` and `hit` (or NULL) belong to a search. */
struct record_screen *record_screen_new(struct loop *l, const char *path, const char *query,
                                        const struct hit *hit, struct error *err);
/* Load enough for a first screen, and show it; takes ownership of the record screen. False if
 * nothing of it could be read: reported as the loop's failure. */
bool record_screen_show(struct record_screen *r, struct error *err);
void record_screen_free(struct record_screen *r);

#endif

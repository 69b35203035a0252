/* A library without a terminal, for tests: a new folder with records in it, and a session that
 * lists them. */
#ifndef SHILU_TESTS_LIBRARY_SUPPORT_H
#define SHILU_TESTS_LIBRARY_SUPPORT_H

#include "shilu/base/buffer.h"
#include "shilu/library/library_session.h"

/* For cmocka: a new folder, which is the current one, with the user's XDG folders in it. */
int shelf_set_up(void **state);
int shelf_tear_down(void **state);

/* Folders above the file are made. */
void shelf_write(const char *path, const char *bytes);
/* Two speakers and 70 seconds; the second speaker says `words`. */
void shelf_write_record(const char *path, const char *title, const char *words);

struct shelf_desk {
    char *paths[2];
    struct options options;
    struct library *library;
    struct keymap *keymap;
    struct width *width;
    struct library_session *session;
    struct ui *ui; /* of the session */
    /* What it asked of the program around it. */
    char opened[400]; /* a path */
    char query[100];
    struct hit hit;
    bool has_hit;
    char theme[40];
    int suspends;
    char ran[400];    /* a command … */
    char input[2000]; /* … and what it was given */
    struct grid grid;
    struct buffer screen;
};

void shelf_open(struct shelf_desk *d, const char *folder, int rows, int columns);
void shelf_close(struct shelf_desk *d);
void shelf_type(struct shelf_desk *d, const char *keys); /* see type_keys.h */

/* The screen, after all background work or as it is now; the dump is valid until the next
 * call. */
const char *shelf_screen(struct shelf_desk *d);
const char *shelf_screen_now(struct shelf_desk *d, bool styles);
void shelf_assert(struct shelf_desk *d, const char *text, bool shown);

#endif

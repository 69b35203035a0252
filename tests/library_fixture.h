/* A library without a terminal, for tests: a new folder with records in it, and a session that
 * lists them. */
#ifndef SHILU_TESTS_LIBRARY_FIXTURE_H
#define SHILU_TESTS_LIBRARY_FIXTURE_H

#include "shilu/base/buffer.h"
#include "shilu/library/library_session.h"

/* For cmocka: a new folder, which is the current one, with the user's XDG folders in it. */
int library_fixture_set_up(void **state);
int library_fixture_tear_down(void **state);

/* Folders above the file are made. */
void library_fixture_write(const char *path, const char *bytes);
/* Two speakers and 70 seconds; the second speaker says `words`. */
void library_fixture_write_record(const char *path, const char *title, const char *words);

struct library_fixture {
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

void library_fixture_open(struct library_fixture *f, const char *folder, int rows, int columns);
void library_fixture_close(struct library_fixture *f);
void library_fixture_type(struct library_fixture *f, const char *keys); /* see type_keys.h */

/* The screen, after all background work or as it is now; the dump is valid until the next
 * call. */
const char *library_fixture_screen(struct library_fixture *f);
const char *library_fixture_screen_now(struct library_fixture *f, bool styles);
void library_fixture_assert(struct library_fixture *f, const char *text, bool shown);

#endif

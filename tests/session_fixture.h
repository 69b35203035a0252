/* A session on a record, without a terminal, for tests: type keys, look at the screen. */
#ifndef SHILU_TESTS_SESSION_FIXTURE_H
#define SHILU_TESTS_SESSION_FIXTURE_H

#include "shilu/base/buffer.h"
#include "shilu/formats/loader.h"
#include "shilu/session/session.h"

struct session_fixture {
    struct transcript *transcript;
    struct loader *loader; /* kept for its diagnostics; NULL: none */
    struct width *width;
    struct keymap *keymap;
    struct session *session;
    struct ui *ui; /* on top: of the session, or of a screen that it has opened */
    struct grid grid;
    /* What the session asked of the program around it. */
    struct buffer copied;
    struct buffer theme;
    bool copy_fails;
    char opened[400]; /* a path */
    char command[400];
    struct buffer input; /* of the command */
    bool waits;
    char renamed[200]; /* "from=to" */
    char query[200];
    struct hit hit;
    int mouse; /* -1: never asked, 0 off, 1 on */
    int redraws;
    int suspends;
    int follow; /* the same as mouse */
    bool follow_fails;
};

/* A session on a file below the source tree, on memory, or, where both are NULL, on an empty
 * transcript. The session starts at `rows` by `columns`. */
struct session_fixture_options {
    const char *file;
    const char *text;
    const char *name;           /* the path given to the session; NULL: that of the file */
    struct ui_history *history; /* NULL: of its own */
    const char *citation;       /* see struct ui_settings */
    const char *quotes;
    const char *play; /* the configured command */
    bool ambiguous_wide;
    int rows;
    int columns;
};
void session_fixture_open(struct session_fixture *f,
                          const struct session_fixture_options *options);

#define SESSION_FIXTURE_HEARING "tests/fixtures/hearing.json"
void session_fixture_open_hearing(struct session_fixture *f, int rows, int columns);
void session_fixture_close(struct session_fixture *f);

/* The record grows by a segment; the session is not informed yet. */
void session_fixture_append(struct session_fixture *f, const char *speaker, const char *text,
                            bool piece);

/* Keys separated by spaces, by their names: "j } ^D Enter". A word after a quote is typed
 * letter by letter: "s 'Falk Enter". */
void session_fixture_type(struct session_fixture *f, const char *keys);
void session_fixture_resize(struct session_fixture *f, int rows, int columns);

/* Run what is left to do in the background, then draw; the dump is borrowed until the next. */
const char *session_fixture_screen(struct session_fixture *f, bool styles, struct buffer *out);

/* One row of the screen, from 0; the last is -1. Borrowed until the next call. */
const char *session_fixture_row(struct session_fixture *f, int row, struct buffer *out);

/* The number of the segment that is read, as a signed number: -1 for none. */
int session_fixture_at(const struct session_fixture *f);

#endif

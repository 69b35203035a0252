/* Pty harness: the real program in a real terminal, which is libvterm at the other end of a
 * pty. Keys are sent, the screen is read back, bytes are counted. */
#ifndef SHILU_TESTS_PTY_HARNESS_H
#define SHILU_TESTS_PTY_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

enum { PTY_TEXT_BYTES = 4096 };

struct pty_options {
    const char *const *arguments;   /* NULL-terminated, with the program first */
    const char *const *environment; /* "NAME=VALUE" on top of the tests' own, NULL-terminated */
    int rows, columns;              /* 0: 24 by 80 */
    const char *input;              /* standard input is a pipe with these bytes */
    const char *answer;             /* to the question of the start, in place of libvterm's */
    const char *typed_ahead;        /* typed before the program has started */
    bool job_control;               /* under a process that plays the shell */
    bool deaf;                      /* the terminal answers nothing */
};

struct pty {
    int master;
    pid_t leader;  /* the child of the tests */
    pid_t program; /* the same, or its child under job control */
    struct termios before;
    struct VTerm *terminal;
    struct VTermScreen *screen;
    const struct pty_options *options;
    int rows, columns;
    uint64_t received_bytes;
    char *log; /* every byte received, for tests of sequences; owned */
    size_t log_capacity;
    bool has_asked;
    bool is_blind;
    bool on_alternate_screen;
    bool cursor_visible;
    int cursor_row;
    bool has_ended;
    int reports; /* from the one that plays the shell: a byte for each time it was stopped */
    int status;  /* as of waitpid, once has_ended */
};

void pty_start(struct pty *p, const struct pty_options *options);
void pty_end(struct pty *p); /* kills what still runs */

void pty_send(struct pty *p, const char *bytes);
void pty_resize(struct pty *p, int rows, int columns);

/* While blind, the terminal takes bytes and shows nothing: libvterm 0.1.4 crashes when its size
 * changes while it draws. Afterwards the screen is empty. */
void pty_set_blind(struct pty *p, bool blind);

/* Take what the program sends until it has been silent for so long. */
void pty_settle(struct pty *p, int silent_ms);

/* Until the screen holds this text, or the time is over. */
bool pty_wait_for(struct pty *p, const char *text, int timeout_ms);
bool pty_wait_for_stop(struct pty *p, int timeout_ms);
bool pty_wait_for_end(struct pty *p, int timeout_ms);

/* One row as text, without blanks at its end; the row that holds `text`, or -1. */
void pty_row(const struct pty *p, int row, char out[PTY_TEXT_BYTES]);
int pty_find(const struct pty *p, const char *text);
bool pty_log_holds(const struct pty *p, const char *bytes);
void pty_print(const struct pty *p); /* the screen, for a failure's sake */

/* Whether the line mode is as it was before the program started. */
bool pty_mode_is_restored(const struct pty *p);

#endif

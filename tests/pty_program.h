/* The program in a terminal for tests: where it is, a record of marks that it opens, the user's
 * own folders, and what it leaves behind. */
#ifndef SHILU_TESTS_PTY_PROGRAM_H
#define SHILU_TESTS_PTY_PROGRAM_H

#include "pty_harness.h"

enum { START_MS = 10000, ANSWER_MS = 10000 };

extern char program[1024];
extern char folder[256]; /* of the tests' own, with the record and the user's XDG folders */
extern char record[300]; /* 400 segments, each with "mark" and its number */
extern const char *usual_environment[16];
extern const char *const open_record[];

/* For cmocka_run_group_tests. */
int program_set_up(void **state);
int program_tear_down(void **state);
/* Each test starts without a remembered place and without a config. */
int program_forget(void **state);

void write_config(const char *text);

/* Arguments and environment that are not given are open_record and usual_environment. */
void start(struct pty *p, struct pty_options *options);
void start_and_see(struct pty *p, struct pty_options *options, const char *text);

/* Wait until this text is on the screen. */
void wait_for(struct pty *p, const char *text);

/* That it ends with this status and gives the terminal back as it was. */
void check_left(struct pty *p, int status);
/* The same by `q`; releases *p. */
void quit(struct pty *p);

/* The number of the first mark on the screen: where the reader is; or -1. */
int first_mark(const struct pty *p);

int64_t now_ms(void);

#define PTY_TEST(name) cmocka_unit_test_setup(name, program_forget)

#endif

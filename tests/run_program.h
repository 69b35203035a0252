/* Run a line of shell in which `shilu` is the program that was built, and keep what it prints.
 * For tests. */
#ifndef SHILU_TESTS_RUN_PROGRAM_H
#define SHILU_TESTS_RUN_PROGRAM_H

#include <stddef.h>

struct run {
    int status; /* the exit status, 128 + N for a signal */
    char *out;  /* owned, NUL-terminated */
    char *err;
};

/* Standard input is empty; locale and time zone are fixed, and no file of the user is read.
 * `folder` is below the source tree, which may be read-only; $SCRATCH is an empty folder that
 * is removed when the line ends. Release the run. */
void run_program(struct run *run, const char *folder, const char *line);
void run_release(struct run *run);

/* One line of shell, and all that it must do. NULL: whatever it prints. */
struct run_row {
    const char *line;
    int status;
    const char *out;
    const char *err;
};

/* Fails the test where the line does anything else. */
void run_check_row(const char *folder, const struct run_row *row);

#define RUN_CHECK_ROWS(folder, rows)                                  \
    do {                                                              \
        for (size_t i_ = 0; i_ < sizeof(rows) / sizeof *(rows); i_++) \
            run_check_row(folder, &(rows)[i_]);                       \
    } while (0)

/* A path below the source tree or below the build tree; the caller frees. */
char *run_source_path(const char *path);
char *run_build_path(const char *path);

#endif

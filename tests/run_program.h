/* Run a line of shell in which `shilu` is the program that was built, and keep what it prints.
 * For tests. */
#ifndef SHILU_TESTS_RUN_PROGRAM_H
#define SHILU_TESTS_RUN_PROGRAM_H

struct run {
    int status; /* the exit status, 128 + N for a signal */
    char *out;  /* owned, NUL-terminated */
    char *err;
};

/* Standard input is empty; the locale, the zone and the terminal are fixed, and no file of the
 * user is read. `folder` is below the source tree, which may be read-only; $SCRATCH is an
 * empty folder that goes when the line ends. Release the run. */
void run_program(struct run *run, const char *folder, const char *line);
void run_release(struct run *run);

/* A path below the source tree or below the build tree; the caller frees. */
char *run_source_path(const char *path);
char *run_build_path(const char *path);

#endif

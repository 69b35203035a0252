/* Filter: another program run on bytes, without a shell. The program is looked up in PATH and
 * run by posix_spawn with exactly these arguments. Its standard input is a nameless file, so it
 * may seek; its standard error is kept for messages. It is killed if it takes too long or
 * writes too much. */
#ifndef SHILU_BASE_FILTER_H
#define SHILU_BASE_FILTER_H

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"

enum { FILTER_MESSAGE_BYTES = 200 };

struct filter_limits {
    size_t output_bytes;
    int64_t run_ms;      /* elapsed time */
    size_t memory_bytes; /* if the system can limit another process; 0 for no limit */
};

enum filter_result {
    FILTER_DONE,    /* *out is what it wrote; `status` is its exit status */
    FILTER_MISSING, /* no such program */
    FILTER_FAILED   /* *err is set: a system call failed, or a limit was exceeded */
};

/* argv is NULL-terminated; argv[0] is the program. `message` receives the first line of its
 * standard error. */
enum filter_result filter_run(const char *const *argv, struct span in,
                              const struct filter_limits *limits, struct buffer *out,
                              int *status, char message[FILTER_MESSAGE_BYTES],
                              struct error *err);

#endif

/* Errors: a struct that a fallible function fills, and a list of problems found in a file.
 *
 * A fallible function is `bool f(..., struct error *err)`: true on success, with *err
 * unchanged; false with *err filled. Only app, commands and main print errors. Messages are
 * lower case, quote their subject and end without a full stop. */
#ifndef SHILU_BASE_ERROR_H
#define SHILU_BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define SHILU_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define SHILU_PRINTF(text, first)
#endif

enum error_code {
    ERROR_NONE,
    ERROR_SYSTEM,      /* a system call failed: a file, a pipe, a terminal */
    ERROR_SYNTAX,      /* the bytes are not valid in their format */
    ERROR_UNSUPPORTED, /* a format, version, encoding or terminal that is not supported */
    ERROR_LIMIT,       /* a stated limit was exceeded */
    ERROR_USAGE        /* the caller or user asked for something that makes no sense */
};

struct error {
    enum error_code code;
    uint64_t line;   /* from 1; 0 without a position */
    uint64_t column; /* from 1, in code points; 0 without a column */
    char message[240];
};

/* Both return false, so that a function can end with `return error_set(...)`. */
bool error_set(struct error *err, enum error_code code, const char *format, ...)
    SHILU_PRINTF(3, 4);
bool error_set_at(struct error *err, enum error_code code, uint64_t line, uint64_t column,
                  const char *format, ...) SHILU_PRINTF(5, 6);

/* ERROR_SYSTEM, with strerror's text for `errnum` after a colon. */
bool error_set_errno(struct error *err, int errnum, const char *format, ...) SHILU_PRINTF(3, 4);

enum severity {
    SEVERITY_NOTE,    /* worth knowing; the file is valid */
    SEVERITY_WARNING, /* repaired or skipped: `check` reports it and succeeds */
    SEVERITY_ERROR    /* the file violates its own format: `check` fails */
};

struct diagnostic {
    enum severity severity;
    uint64_t line;
    uint64_t column;
    char message[160];
};

/* What reading a file found, in order. The first DIAGNOSTICS_KEPT are kept; all are counted, so
 * that a hostile file cannot fill the memory with messages. */
enum { DIAGNOSTICS_KEPT = 200 };

struct diagnostics {
    struct diagnostic *items; /* owned */
    size_t kept;
    size_t capacity;
    size_t count[SEVERITY_ERROR + 1];
    bool is_cut; /* the file could not be read to its end: it is truncated or damaged */
};

void diagnostics_release(struct diagnostics *list);
void diagnostics_add(struct diagnostics *list, enum severity severity, uint64_t line,
                     uint64_t column, const char *format, ...) SHILU_PRINTF(5, 6);

#endif

/* Bench: what the programs of `make bench` share: a clock, medians, one line a result, and
 * generated records. Times are medians of several runs in this process's own clock; what counts
 * is the ratio beside the bar, since machines are shared and noisy. */
#ifndef SHILU_TESTS_BENCH_BENCH_H
#define SHILU_TESTS_BENCH_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Microseconds of a clock that never goes back: of time, or, with BENCH_CLOCK=processor, of the
 * processor time of this program and of those it has waited for, which other work on the
 * machine changes little. */
int64_t bench_now_us(void);
bool bench_counts_processor(void);

/* Sorts the values. p in 0 … 100. */
double bench_percentile(double *values, size_t count, double p);
double bench_median(double *values, size_t count);

/* Print a row: what, the value, what it is compared with, the ratio and the bar; bar 0: none.
 * Unit is for the two values ("ms", "bytes", …). */
void bench_row(const char *what, double value, const char *against, double reference,
               const char *unit, double bar);
void bench_heading(const char *text);
void bench_note(const char *format, ...);

/* A size from the environment, so that the same command runs larger or smaller; with
 * BENCH_QUICK, a tenth of the fallback where the variable is not set. */
long bench_setting(const char *name, long fallback);

enum bench_script { SCRIPT_LATIN, SCRIPT_HAN };

struct bench_record {
    enum bench_script script;
    uint32_t segments; /* or, if 0, as many as `bytes` asks for */
    uint64_t bytes;
    uint32_t characters; /* of a segment, about; it varies by half either way */
    uint32_t speakers;
    bool escaped;      /* every character outside ASCII as \uXXXX */
    bool shuffled;     /* times in no order */
    bool same_instant; /* all segments start at one moment */
};

/* Write a record in shilu's JSON; the same arguments give the same bytes. The first segment
 * alone starts with BENCH_FIRST, the last alone ends with BENCH_RARE. */
#define BENCH_FIRST "Zwischenruf"
#define BENCH_RARE "quetzalcoatl"
void bench_write_record(FILE *out, const struct bench_record *record);

/* The path of such a record in the folder for temporary files, made if it is not there. The
 * caller owns the path; bench_remove deletes the file. */
char *bench_record_path(const char *name, const struct bench_record *record);
void bench_remove(char *path);

/* A whole file, owned by the caller. */
char *bench_read(const char *path, size_t *bytes);

#endif

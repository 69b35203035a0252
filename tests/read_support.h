/* For tests of readers: read a text or a fixture, and print what came of it. */
#ifndef READ_SUPPORT_H
#define READ_SUPPORT_H

#include "shilu/base/buffer.h"
#include "shilu/formats/loader.h"

struct reading {
    struct transcript *transcript;
    struct loader *loader;
    bool ok;
    struct error err;
};

/* Read bytes, which must outlive the reading, in a format or (NULL) in the one recognised. */
void reading_of(struct reading *r, const char *bytes, size_t count, const char *format);
void reading_release(struct reading *r);

/* The bytes of tests/fixtures/NAME; fails the test where it cannot be read. */
void read_fixture(struct buffer *out, const char *name);

/* The segments, one a line: "0:00:01.5-0:00:02 Name: text", "- Name: text" without a time,
 * a line break as " / ". A segment that reads on starts with '+'. */
void dump_segments(struct buffer *out, const struct transcript *t);

/* Read the text, and check the format recognised and the dump. */
void assert_reads(const char *text, const char *format, const char *expected);
void assert_fixture_reads(const char *name, const char *format, const char *expected);

/* Pull `bytes` through one reader, `step` bytes at a time, as a slow pipe would bring them;
 * the dump goes to `out` where that is not NULL. What was wrong is counted, not checked. */
void read_in_steps(const char *format, const char *bytes, size_t count, size_t step,
                   struct buffer *out);

/* How many complaints of this severity reading the text made. */
size_t count_found(const char *text, const char *format, enum severity severity);

#endif

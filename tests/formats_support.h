/* What the tests of formats share: transcripts loaded from bytes, whole or as a pipe brings
 * them, and what a writer makes of them. */
#ifndef SHILU_TESTS_FORMATS_SUPPORT_H
#define SHILU_TESTS_FORMATS_SUPPORT_H

#include "shilu/formats/loader.h"
#include "shilu/formats/writer.h"

struct loaded {
    struct transcript *t;
    struct loader *loader; /* NULL where it could not be made */
    bool ok;
    struct error err;
};

/* `format` NULL: recognised. The bytes need not outlive the call. */
void load_bytes(struct loaded *l, const char *bytes, size_t count, const char *format);
void load_string(struct loaded *l, const char *s);
/* The same through a pipe, `piece` bytes at a time, each read before the next is written. */
void load_in_pieces(struct loaded *l, const char *bytes, size_t count, size_t piece);
void load_release(struct loaded *l);

/* A real specimen, or NULL where they are not there: then the test is to be skipped. */
char *read_specimen(const char *name, size_t *bytes);

/* The words of a segment; "" past the end. And the name of who speaks, or "". */
const char *words(const struct loaded *l, uint32_t segment);
const char *speaker(const struct loaded *l, uint32_t segment);
int64_t start_ms(const struct loaded *l, uint32_t segment);
int64_t end_ms(const struct loaded *l, uint32_t segment);
const char *field(const struct loaded *l, enum transcript_field field); /* "" for none */

/* Whether a diagnostic of the severity holds the words; line 0: wherever. */
bool said(const struct loaded *l, enum severity severity, uint64_t line, uint64_t column,
          const char *what);

/* What a writer makes of all of it; freed by the caller. */
char *written(const struct transcript *t, const char *format, int columns);

#endif

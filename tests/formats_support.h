/* What tests of formats share: loading transcripts from bytes, whole or in pieces as from a
 * pipe, and the output of a writer. */
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

/* `format` NULL: it is recognised. The bytes need not outlive the call. */
void load_bytes(struct loaded *l, const char *bytes, size_t count, const char *format);
void load_string(struct loaded *l, const char *s);
/* The same through a pipe, `piece` bytes at a time, each read before the next is written. */
void load_in_pieces(struct loaded *l, const char *bytes, size_t count, size_t piece);
void load_release(struct loaded *l);

/* A real file, or NULL if the collection is not installed: then skip the test. */
char *read_specimen(const char *name, size_t *bytes);

/* The words of a segment, and the name of its speaker; "" if there is none. */
const char *words(const struct loaded *l, uint32_t segment);
const char *speaker(const struct loaded *l, uint32_t segment);
int64_t start_ms(const struct loaded *l, uint32_t segment);
int64_t end_ms(const struct loaded *l, uint32_t segment);
const char *field(const struct loaded *l, enum transcript_field field); /* "" for none */

/* Whether a diagnostic of this severity contains the words; line 0: on any line. */
bool said(const struct loaded *l, enum severity severity, uint64_t line, uint64_t column,
          const char *what);

/* The whole transcript as the writer of a format writes it; the caller frees it. */
char *written(const struct transcript *t, const char *format, int columns);

#endif

/* Fuzzing: one target a family of parsers, and what must hold whatever they are given.
 *
 * A family takes any bytes: the first chooses the row of the family, the second in what steps
 * a slow pipe would bring the rest. `make fuzz` runs each family under libFuzzer; what that
 * finds is kept in tests/fixtures/fuzz and replayed by tests/test_fuzz_finds.c. */
#ifndef SHILU_TESTS_FUZZ_FUZZ_H
#define SHILU_TESTS_FUZZ_FUZZ_H

#include "shilu/base/buffer.h"
#include "shilu/model/transcript.h"
#include "shilu/text/width.h"

/* A format of a family. */
struct fuzz_row {
    const char *format;
    bool looks_ahead; /* what the first window shows decides on names or on the language, so
                       * a reading that began with less may differ */
    bool takes_early; /* a line that is complete so far is taken before its end has come, so
                       * one that turns out broken may be read differently as it grows */
};

struct fuzz_text {
    unsigned char row;
    unsigned char step;
    const char *text;
};

struct fuzz_family {
    const char *name; /* without '-': "FAMILY-what-it-was" names a find */
    /* False with *err where something does not hold that must. */
    bool (*run)(const char *bytes, size_t count, struct error *err);
    /* What a corpus starts with: the fixtures of these formats, and some texts. Rows are only
     * ever added at the end, since finds name them by number. */
    const struct fuzz_row *rows;
    size_t row_count;
    const struct fuzz_text *texts;
    size_t text_count;
};

/* NULL-terminated. */
extern const struct fuzz_family *const fuzz_families[];

extern const struct fuzz_family fuzz_captions, fuzz_documents, fuzz_ours, fuzz_foreign,
    fuzz_xml, fuzz_text, fuzz_bytes, fuzz_matcher, fuzz_keys, fuzz_store, fuzz_typed,
    fuzz_session;

/* The family of this name, which `end` ends; or NULL. */
const struct fuzz_family *fuzz_family_named(const char *name, char end);

/* Go through the seeds of a family, in the tree at `root`, until `visit` answers false. False
 * then, and where a fixture cannot be read. */
typedef bool fuzz_visitor(void *context, const char *name, const struct buffer *bytes);
bool fuzz_each_seed(const struct fuzz_family *family, const char *root, fuzz_visitor *visit,
                    void *context);

/* Append what a file holds. */
bool fuzz_file_bytes(const char *path, struct buffer *out);

/* ---------------------------------------------------------------- a family of formats */

/* Read `bytes` whole and in steps by the reader that the first byte chooses; check both
 * transcripts, that they are the same, and that our JSON gives the same again. */
bool fuzz_read(const struct fuzz_row *rows, size_t count, const char *bytes, size_t byte_count,
               struct error *err);

/* Whether fuzz_read makes its most expensive check, of a long file, for only one in some
 * inputs. Inputs kept as finds are always checked in full. */
extern bool fuzz_is_quick;

/* From 1 to 4065 bytes. */
size_t fuzz_step_bytes(unsigned char step);

/* ------------------------------------------------------------- what must always hold */

/* A table of widths that is kept to the end. */
const struct width *fuzz_width(void);

/* Texts, names and facts are UTF-8, times within bounds, lines not too wide. */
bool fuzz_check_transcript(const struct transcript *t, struct error *err);

/* Whether two transcripts have the same facts, speakers and segments; `how` describes the
 * second in the message. For transcripts that do: whether the same segments continue
 * paragraphs. */
bool fuzz_check_same(const struct transcript *a, const struct transcript *b, const char *how,
                     struct error *err);
bool fuzz_check_same_paragraphs(const struct transcript *a, const struct transcript *b,
                                const char *how, struct error *err);

/* What is written as our JSON is read back as it was, and without a fault if the record had
 * none (`sound`); every other writer writes UTF-8. */
bool fuzz_check_writers(const struct transcript *t, bool sound, struct error *err);

#endif

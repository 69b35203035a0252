/* Loader: from a source to a growing transcript, in slices.
 *
 * The event loop gives it a few milliseconds between keys; the commands run it to its end.
 * Both are the same calls. */
#ifndef SHILU_FORMATS_LOADER_H
#define SHILU_FORMATS_LOADER_H

#include "shilu/formats/reader.h"

enum loader_status {
    LOADER_BUSY,  /* call again */
    LOADER_WAIT,  /* nothing to read now: poll loader_fd */
    LOADER_DONE,  /* all is read */
    LOADER_FAILED /* *err is set; what was read before it stays */
};

struct loader_options {
    const char *format;   /* a reader's name, or NULL to recognise it */
    const char *encoding; /* or NULL to recognise it */
};

struct loader;

/* Takes the source; the transcript must outlive the loader. NULL for an option that is not
 * known. */
struct loader *loader_new(struct source *take, struct transcript *t,
                          const struct loader_options *options, struct error *err);
void loader_free(struct loader *l);

/* Load for about `budget_ms`, or until `segments` are there (0: no such end). */
enum loader_status loader_step(struct loader *l, int64_t budget_ms, size_t segments,
                               struct error *err);

/* Load to the end, waiting for a pipe where needed. False where loading failed. */
bool loader_run(struct loader *l, struct error *err);

int loader_fd(const struct loader *l);
int loader_percent(const struct loader *l);        /* 0 to 100, -1 where it cannot be known */
const char *loader_format(const struct loader *l); /* the reader's title, "" before */
const char *loader_format_name(const struct loader *l); /* the reader's name, "" before */
const char *loader_encoding(const struct loader *l);
const struct diagnostics *loader_diagnostics(const struct loader *l);

#endif

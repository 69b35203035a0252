/* Loader: from a source to a growing transcript, in slices. The event loop gives it a few
 * milliseconds between keys; commands run it to the end. Both make the same calls. */
#ifndef SHILU_FORMATS_LOADER_H
#define SHILU_FORMATS_LOADER_H

#include <stdatomic.h>

#include "shilu/formats/reader.h"

enum loader_status {
    LOADER_BUSY,  /* call again */
    LOADER_WAIT,  /* nothing to read now: poll loader_fd */
    LOADER_REST,  /* following, and everything available was read: call again when the source
                   * has grown */
    LOADER_DONE,  /* everything was read */
    LOADER_FAILED /* *err is set; what was read before remains */
};

struct loader_options {
    const char *format;   /* a reader's name, or NULL to detect it */
    const char *encoding; /* or NULL to detect it */
    const char *layout;   /* a template for records in text, or NULL to find a layout; copied */
    bool lines;           /* keep the line of the file where each segment begins */
    struct source_limits unpack;
    bool records_only; /* refuse text that is not a record, as when reading a folder */
};

struct loader;

/* Takes ownership of the source; the transcript must outlive the loader. NULL for an unknown
 * option value. */
struct loader *loader_new(struct source *take, struct transcript *t,
                          const struct loader_options *options, struct error *err);
void loader_free(struct loader *l);

/* The same for a path; "-" is standard input. NULL also if it cannot be opened. An RTTM file
 * with the same name beside it gives the speakers if the file does not. */
struct loader *loader_open(const char *path, struct transcript *t,
                           const struct loader_options *options, struct error *err);

/* Load for about `budget_ms`, or until there are `segments` segments (0: no such limit). */
enum loader_status loader_step(struct loader *l, int64_t budget_ms, size_t segments,
                               struct error *err);

/* Load to the end, waiting for a pipe if necessary. False if loading failed. */
bool loader_run(struct loader *l, struct error *err);
/* The same, reporting progress now and then; percent as loader_percent. */
typedef void loader_listener(void *context, int percent);
bool loader_run_with_progress(struct loader *l, loader_listener *listener, void *context,
                              struct error *err);

/* Load in slices until everything is read, a pipe would block, or another thread sets *stop. */
enum loader_status loader_run_until(struct loader *l, const atomic_bool *stop,
                                    struct error *err);

/* Follow a growing source: from now on its end is temporary and appended text is read, even if
 * loading was already done. An incomplete line at the end waits for its rest. A format that
 * cannot grow still ends. Off: the end is final again. */
void loader_follow(struct loader *l, bool on);

/* Whether the format can grow at its end (or is not known yet), and whether what was read ends
 * with a whole line. If loading was done and one of the two is false, appended text cannot be
 * read separately: the source must be read again from its start. */
bool loader_grows(const struct loader *l);
bool loader_ends_line(const struct loader *l);

int loader_fd(const struct loader *l);
int64_t loader_read_bytes(const struct loader *l); /* of the source */
/* The same, or the length of the source when it was opened, if that is more. */
int64_t loader_known_bytes(const struct loader *l);
int loader_percent(const struct loader *l);        /* 0 to 100, or -1 if unknown */
const char *loader_format(const struct loader *l); /* the reader's title, "" before detection */
const char *loader_format_name(const struct loader *l); /* the reader's name, "" before
                                                         * detection */
const char *loader_encoding(const struct loader *l);
const struct diagnostics *loader_diagnostics(const struct loader *l);
const struct record_account *loader_account(const struct loader *l);

/* Whether a template is valid; if not, *err says what is wrong and at which character. */
bool loader_check_layout(const char *layout, struct error *err);

#endif

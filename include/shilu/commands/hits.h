/* Hits: what grep prints of one file. Reads nothing that another thread writes, so files can
 * be searched side by side. */
#ifndef SHILU_COMMANDS_HITS_H
#define SHILU_COMMANDS_HITS_H

#include "shilu/app/options.h"
#include "shilu/base/buffer.h"
#include "shilu/commands/paint.h"
#include "shilu/text/matcher.h"
#include "shilu/text/width.h"

/* The same for all files of a search. */
struct hits_query {
    const struct options *options;
    const struct paint *paint;
    int columns; /* of a whole line; 0: no limit */
    bool screen; /* lines of that many columns; else the excerpt alone is bounded */
};

/* The matcher for the options; each thread has its own. */
struct matcher *hits_matcher(const struct options *o, struct error *err);

struct hits {
    struct buffer out;    /* for standard output */
    struct buffer errors; /* for standard error */
    size_t count;
    bool trouble; /* it could not be read to its end, or the selection makes no sense */
};

/* Search one file. A file that is no transcript is passed over in silence unless `named`. */
void hits_find(struct hits *hits, const struct hits_query *query, struct matcher *matcher,
               const struct width *width, const char *path, bool named);
void hits_release(struct hits *hits);

#endif

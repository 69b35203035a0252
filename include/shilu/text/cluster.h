/* Clusters: the extended grapheme clusters of a text, in order (UAX #29, libunistring). The
 * text is read through a small window, so that memory does not grow with the text, and the
 * whole walk is linear even if one cluster is huge. */
#ifndef SHILU_TEXT_CLUSTER_H
#define SHILU_TEXT_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>

enum { CLUSTER_WINDOW = 1024 };

struct clusters {
    const char *text; /* borrowed; valid UTF-8 */
    size_t bytes;
    size_t at;     /* where the next cluster starts */
    size_t window; /* the part of the text whose boundaries are known */
    size_t window_end;
    char *large; /* owned: the boundaries of a window above CLUSTER_WINDOW, or NULL */
    size_t large_bytes;
    char small[CLUSTER_WINDOW];
};

/* `from` is a cluster boundary. */
void clusters_init(struct clusters *c, const char *text, size_t bytes, size_t from);
void clusters_release(struct clusters *c);

/* Continue from a later boundary known to the caller. */
void clusters_skip_to(struct clusters *c, size_t at);

/* False at the end of the text. */
bool clusters_next(struct clusters *c, size_t *start, size_t *end);

#endif

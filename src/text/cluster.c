/* Clusters: boundaries within a window of the text, which moves on and grows only while it does
 * not contain a whole cluster. Invariant: `at` is a boundary, and at >= window; the last
 * cluster in a window may continue after it, so it counts only at the end of the text. */
#include "shilu/text/cluster.h"

#include <stdlib.h>

#include <unigbrk.h>

#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

void clusters_init(struct clusters *c, const char *text, size_t bytes, size_t from)
{
    c->text = text;
    c->bytes = bytes;
    c->at = from;
    c->window = from;
    c->window_end = from;
    c->large = NULL;
    c->large_bytes = 0;
}

void clusters_release(struct clusters *c)
{
    free(c->large);
    c->large = NULL;
}

static char *window_marks(struct clusters *c, size_t size)
{
    if (size <= CLUSTER_WINDOW)
        return c->small;
    if (size > c->large_bytes) {
        c->large = memory_realloc(c->large, size, 1);
        c->large_bytes = size;
    }
    return c->large;
}

/* Examine `size` bytes from `at`. */
static void move_window(struct clusters *c, size_t size)
{
    size_t rest = c->bytes - c->at;
    size_t end = size < rest ? utf8_floor(c->text, c->bytes, c->at + size) : c->bytes;

    c->window = c->at;
    c->window_end = end;
    u8_grapheme_breaks((const uint8_t *)c->text + c->at, end - c->at,
                       window_marks(c, end - c->at));
}

/* The first boundary after `at` that the window shows, or its end. */
static size_t next_boundary(struct clusters *c)
{
    size_t size = c->window_end - c->window;
    const char *marks = window_marks(c, size);
    size_t i;

    for (i = c->at - c->window + 1; i < size; i++)
        if (marks[i])
            break;
    return c->window + i;
}

void clusters_skip_to(struct clusters *c, size_t at)
{
    c->at = at;
}

bool clusters_next(struct clusters *c, size_t *start, size_t *end)
{
    size_t size = CLUSTER_WINDOW;

    if (c->at >= c->bytes)
        return false;
    *start = c->at;
    if (c->at >= c->window_end)
        move_window(c, size);
    *end = next_boundary(c);
    while (*end == c->window_end && c->window_end < c->bytes) {
        if (c->window == c->at)
            size *= 2;
        move_window(c, size);
        *end = next_boundary(c);
    }
    c->at = *end;
    return true;
}

/* Name part. No state. */
#include "view/name_part.h"

#include "shilu/text/cluster.h"

struct span name_part(const struct width *w, struct span name, int columns)
{
    struct clusters c;
    size_t start;
    size_t end;
    size_t fits = 0;

    if (display_columns(w, name.data, name.length) <= columns)
        return name;
    clusters_init(&c, name.data, name.length, 0);
    while (clusters_next(&c, &start, &end) && display_columns(w, name.data, end) <= columns)
        fits = end;
    clusters_release(&c);
    for (size_t at = fits; at > 0; at--)
        if (name.data[at] == ' ')
            return span_of(name.data, at);
    return span_of(name.data, fits);
}

struct span name_rest(struct span name, struct span part)
{
    struct span rest = span_skip(name, part.length);

    return rest.length > 0 && *rest.data == ' ' ? span_skip(rest, 1) : rest;
}

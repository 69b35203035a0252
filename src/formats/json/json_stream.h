/* JSON as a stream: the elements of a large array one by one, everything else member by member,
 * in whatever order they stand. An item is its text, found by the bracket structure alone, and
 * a tree or a flat object of it.
 *
 * Source: RFC 8259. Tolerated, since files hold them: raw control characters in strings, NaN
 * and Infinity, and, reported each time, commas that lack or are too many. Depth is
 * limited to JSON_DEPTH_MAX. */
#ifndef SHILU_FORMATS_JSON_JSON_STREAM_H
#define SHILU_FORMATS_JSON_JSON_STREAM_H

#include "formats/json/json_tree.h"
#include "shilu/formats/input.h"

enum json_event {
    JSON_MEMBER,  /* path: its names joined by dots; text: the value */
    JSON_ELEMENT, /* path: of the array, "" for one at the top; text: the value */
    JSON_MORE,    /* the window holds too little */
    JSON_END,
    JSON_COMMA, /* one lacks, or is one too many: *err is set, and the stream goes on */
    JSON_CUT,   /* the input ends inside a value: text is what there is of it, or empty */
    JSON_ERROR  /* *err is set */
};

struct json_item {
    const char *path; /* borrowed until the next call, as `text` is */
    const char *text;
    size_t bytes;
    const struct json_flat *flat; /* the value read already; or NULL: see json_stream_flat */
    const struct json_tree
        *tree; /* the same with json_stream_tree; also of a value that is cut */
};

struct json_stream;

/* `arrays`: the paths whose elements are wanted one by one ("segments", "results.items"; "" for
 * an array at the top), NULL-terminated, must outlive the stream. */
struct json_stream *json_stream_new(const char *const *arrays);
void json_stream_free(struct json_stream *s);

/* Read elements that are objects with json_flat at once, where that goes well: it finds their
 * end as well as the brackets do. Both are borrowed for the stream's life. */
struct json_flat;
void json_stream_flat(struct json_stream *s, struct json_flat *flat, struct buffer *scratch);

/* Read elements, and members whose path is one of `members`, into a tree; both borrowed for the
 * stream's life. Values that follow one another at the top, with or without a comma, are read
 * as if they were in an array. */
void json_stream_tree(struct json_stream *s, struct json_tree *tree,
                      const char *const *members);

/* The current item starts where the input's window does, until the next call: so its place is
 * input_position(in, 0, …). */
enum json_event json_stream_next(struct json_stream *s, struct input *in,
                                 struct json_item *item, struct error *err);

#endif

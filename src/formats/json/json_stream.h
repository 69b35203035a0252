/* JSON as a stream: the elements of a large array one by one, everything else member by member,
 * in file order. An item is its text, found by the brackets alone, with a tree or a flat object
 * of it.
 *
 * Source: RFC 8259. Tolerated, since files contain them: unescaped control characters in
 * strings, NaN and Infinity, and, reported each time, missing or extra commas. Depth is limited
 * to JSON_DEPTH_MAX. */
#ifndef SHILU_FORMATS_JSON_JSON_STREAM_H
#define SHILU_FORMATS_JSON_JSON_STREAM_H

#include "formats/json/json_tree.h"
#include "shilu/formats/input.h"

enum json_event {
    JSON_MEMBER,  /* path: its names joined by dots; text: the value */
    JSON_ELEMENT, /* path: of the array, "" for one at the top; text: the value */
    JSON_MORE,    /* the window is too small */
    JSON_END,
    JSON_COMMA, /* a comma is missing or extra: *err is set, and the stream continues */
    JSON_CUT,   /* the input ends inside a value: text is its beginning, or empty */
    JSON_ERROR  /* *err is set */
};

struct json_item {
    const char *path; /* borrowed until the next call, like `text` */
    const char *text;
    size_t bytes;
    const struct json_flat *flat; /* the parsed value, or NULL: see json_stream_flat */
    const struct json_tree
        *tree; /* the same with json_stream_tree, even of a truncated value */
};

struct json_stream;

/* `arrays`: the paths whose elements are wanted one by one ("segments", "results.items"; "" for
 * an array at the top), NULL-terminated. Must outlive the stream. */
struct json_stream *json_stream_new(const char *const *arrays);
void json_stream_free(struct json_stream *s);

/* Parse elements that are objects with json_flat, which also finds their end, unless that
 * fails. Both arguments are borrowed for the stream's life. */
struct json_flat;
void json_stream_flat(struct json_stream *s, struct json_flat *flat, struct buffer *scratch);

/* Read elements, and members with a path in `members`, into a tree; both are borrowed for the
 * stream's life. Several values in a row at the top, with or without commas, are read as if
 * they were in an array. */
void json_stream_tree(struct json_stream *s, struct json_tree *tree,
                      const char *const *members);

/* Until the next call the current item starts at the start of the input's window, so its place
 * is input_position(in, 0, …). */
enum json_event json_stream_next(struct json_stream *s, struct input *in,
                                 struct json_item *item, struct error *err);

#endif

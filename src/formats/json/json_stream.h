/* JSON as a stream: the elements of a large array one by one, everything else member by member,
 * in whatever order they stand. An item is its text, found by the bracket structure alone, for
 * json_flat or json_parse to read.
 *
 * Source: RFC 8259. Tolerated, since files hold them: raw control characters in strings, NaN
 * and Infinity (json_parse), and, told each time, commas that lack or are too many. Depth is
 * limited to JSON_DEPTH_MAX. */
#ifndef SHILU_FORMATS_JSON_JSON_STREAM_H
#define SHILU_FORMATS_JSON_JSON_STREAM_H

#include "shilu/formats/input.h"

struct cJSON;

enum { JSON_DEPTH_MAX = 512 };

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
};

struct json_stream;

/* `arrays`: the paths whose elements are wanted one by one ("segments", "results.items"; ""
 * for an array at the top), NULL-terminated, must outlive the stream. */
struct json_stream *json_stream_new(const char *const *arrays);
void json_stream_free(struct json_stream *s);

/* Read elements that are objects with json_flat at once, where that goes well: it finds their
 * end as well as the brackets do. Both are borrowed for the stream's life. */
struct json_flat;
void json_stream_flat(struct json_stream *s, struct json_flat *flat, struct buffer *scratch);

/* The item at hand starts where the input's window does, until the next call: so its place is
 * input_position(in, 0, …). */
enum json_event json_stream_next(struct json_stream *s, struct input *in,
                                 struct json_item *item, struct error *err);

/* Whether the item's value is of a type: 'o'bject, 'a'rray, 's'tring, 'n'umber, 'b'oolean,
 * nul'l' as '0', or '?'. */
char json_type(const char *text, size_t bytes);

/* Whether the text is one value exactly as RFC 8259 has it, of bounded depth. */
bool json_is_strict(const char *text, size_t bytes);

/* What json_parse mended. */
struct json_repairs {
    size_t escapes; /* NUL and halves of surrogate pairs, which became U+FFFD */
    size_t numbers; /* NaN and Infinity, which became null or "" */
};

/* Parse a value, with cJSON's traps taken out before. NULL with *err for a syntax error, whose
 * line and column are counted from `line` and `column`, where the text starts. Freed with
 * cJSON_Delete. */
struct cJSON *json_parse(const char *text, size_t bytes, uint64_t line, uint64_t column,
                         struct json_repairs *repairs, struct error *err);

/* What stands before the mistake in a value that json_parse refuses or that is cut off, closed
 * there; a backslash that escapes nothing and a comma too few or too many are passed over. NULL
 * where there is nothing. *mistake: the first one's place, or `bytes` where the end is all that
 * is missing. */
struct cJSON *json_parse_front(const char *text, size_t bytes, size_t *mistake);

#endif

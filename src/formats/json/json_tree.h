/* JSON tree: one JSON value, read in one pass into an array of nodes. Strings and numbers
 * remain text until they are asked for.
 *
 * Source: RFC 8259. Tolerated, since files contain them: unescaped control characters in
 * strings, NaN and Infinity (null), invalid escapes (kept as they are), missing or extra
 * commas. Whatever precedes any other error, or the end of a truncated text, is read. Depth is
 * limited to JSON_DEPTH_MAX. */
#ifndef SHILU_FORMATS_JSON_JSON_TREE_H
#define SHILU_FORMATS_JSON_JSON_TREE_H

#include <stdint.h>

#include "formats/json/json_string.h"
#include "shilu/base/buffer.h"
#include "shilu/base/span.h"

enum { JSON_DEPTH_MAX = 512 };

enum json_type {
    JSON_NOTHING, /* there is no such value */
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

/* Offsets are into the text, or into `decoded` if the flag says so. Four GiB are enough for one
 * value. */
struct json_node {
    uint32_t name; /* of a member; without its quotation marks */
    uint32_t name_bytes;
    uint32_t start; /* of the value; of a string, without its quotation marks */
    uint32_t bytes;
    uint32_t end; /* index of the node after this one and everything in it */
    uint8_t type; /* enum json_type */
    bool name_decoded;
    bool decoded;
};

enum json_tree_status {
    JSON_TREE_WHOLE,
    JSON_TREE_CUT,    /* the text ends inside the value */
    JSON_TREE_BROKEN, /* there is a syntax error: see `error` */
    JSON_TREE_DEEP    /* nested deeper than JSON_DEPTH_MAX */
};

/* Zero-initialised is empty; may be reused. */
struct json_tree {
    const char *text;        /* borrowed from the caller of json_tree_parse */
    struct json_node *nodes; /* owned; the first is the value itself */
    size_t count;
    size_t capacity;
    struct buffer decoded; /* strings that have an escape */
    bool terminated;       /* set by the caller: all strings are in `decoded`, each ended by
                            * NUL */
    enum json_tree_status status;
    size_t text_bytes; /* bytes of text given */
    size_t bytes;      /* bytes of text read */
    size_t error_byte; /* position of the syntax error */
    const char *error; /* what was expected there; NULL without an error */
    size_t commas;     /* missing or extra ones */
    size_t comma_byte; /* position of the first one */
    const char *comma; /* what was expected there */
    struct json_string_repairs repairs;
    size_t no_numbers; /* NaN and Infinity, read as null */
};

void json_tree_release(struct json_tree *t);

/* Read the value at the start of a text; anything after it is ignored. The text must not move
 * while the tree is used. If the value is not whole, `nodes` hold what precedes the error or
 * the cut. A truncated string is kept from 32 bytes on: half a name or half a time is worse
 * than nothing. */
enum json_tree_status json_tree_parse(struct json_tree *t, const char *text, size_t bytes);

/* A value of a tree. A NULL node is "no value"; every query of it is allowed. */
struct json_ref {
    const struct json_tree *tree;
    const struct json_node *node;
};

#define JSON_REF_NONE ((struct json_ref){0})

struct json_ref json_root(const struct json_tree *t);

static inline enum json_type json_type(struct json_ref v)
{
    return v.node != NULL ? (enum json_type)v.node->type : JSON_NOTHING;
}

static inline bool json_is(struct json_ref v, enum json_type type)
{
    return json_type(v) == type;
}

/* The first member or element, and the one after one. */
static inline struct json_ref json_first(struct json_ref v)
{
    bool some = v.node != NULL && v.node->type >= JSON_ARRAY &&
                v.node + 1 < v.tree->nodes + v.node->end;

    return (struct json_ref){v.tree, some ? v.node + 1 : NULL};
}

static inline struct json_ref json_next(struct json_ref v, struct json_ref item)
{
    const struct json_node *next = item.tree->nodes + item.node->end;

    return (struct json_ref){v.tree, next < v.tree->nodes + v.node->end ? next : NULL};
}

#define JSON_EACH(item, v) \
    for ((item) = json_first(v); (item).node != NULL; (item) = json_next((v), (item)))

struct span json_name(struct json_ref member);

/* The first member with this name; no value if there is none, or if `v` is not an object. */
struct json_ref json_get(struct json_ref v, const char *name);
struct json_ref json_get_span(struct json_ref v, struct span name);
struct json_ref json_at(struct json_ref v, size_t index);
size_t json_count(struct json_ref v);

/* Follows names joined by dots, and indices of elements: "results.0.alternatives". */
struct json_ref json_path(struct json_ref v, const char *path);

/* The words of a string; empty for anything else. Borrowed from the tree. */
struct span json_string(struct json_ref v);

/* The same as a C string, "" for anything else. Only for a tree whose strings are
 * terminated. */
const char *json_c_string(struct json_ref v);

/* The text of a value of any kind. */
struct span json_raw(struct json_ref v);

bool json_number(struct json_ref v, double *number);
bool json_true(struct json_ref v);

/* Parse a text that is a number and nothing else. */
bool json_read_number(struct span s, double *number);

#endif

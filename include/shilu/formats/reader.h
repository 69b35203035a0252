/* Reader: one format, read as a pull iterator. One file a format family, one row a format in
 * the registry (formats/registry.c). */
#ifndef SHILU_FORMATS_READER_H
#define SHILU_FORMATS_READER_H

#include "shilu/formats/drafts.h"
#include "shilu/formats/input.h"
#include "shilu/formats/record_account.h"

enum reader_status {
    READER_SEGMENT, /* one or a few segments, or facts about the record, were added */
    READER_MORE,    /* the window holds too little: fill it and call again */
    READER_END,
    READER_ERROR /* *err is set; what was read before it stays */
};

/* Everything a reader works on; it owns none of it. */
struct reader_context {
    struct input *input;
    struct drafts *drafts; /* what it finds goes here */
    struct diagnostics *diagnostics;
    const char *layout;             /* the reader's own template for records in text, or NULL */
    struct record_account *account; /* what records in text add to, or NULL */
};

struct json_tree;
struct json_format;

struct reader_ops {
    const char *name;  /* as --input-format takes it */
    const char *title; /* for people, in --help and the title bar */
    /* The confidence, 0 to 100, that `head` (the first bytes of the file, decoded, at most
     * DETECT_BYTES) is of this format; `whole`: the head is the whole file. The best wins;
     * between equals, the first row of the registry. */
    int (*detect)(const char *head, size_t bytes, bool whole);
    /* Like `detect`, for a reader that detects by reading: *self is the reader, opened, which
     * has read the whole lines of the head. The first call of `next` goes on behind them, with
     * a window that begins where the head did. It may also be set for CONFIDENCE_NO: see
     * `reads_after`. */
    int (*detect_kept)(const char *head, size_t bytes, bool whole, void **self);
    /* A reader of the same blocks whose detection came to CONFIDENCE_NO: this one goes on with
     * what that one opened. */
    const struct reader_ops *reads_after;
    /* The same for a JSON format, given the head as a tree. JSON formats are asked only about a
     * head that is JSON, and no others are then. */
    int (*detect_json)(const struct json_tree *head);
    void *(*open)(void);            /* see reader_open */
    const struct json_format *json; /* instead of detect and open: a table of rules */
    enum reader_status (*next)(void *self, struct reader_context *context, struct error *err);
    void (*close)(void *self);
    /* The highest value that `detect` ever returns; 0: not given. It is not called if another
     * reader is as confident already. */
    int most;
    /* The file may grow: `next` may be called again after READER_END. While the input rests, it
     * may emit what it would otherwise hold back. */
    bool grows;
    /* It reads any text as words without a speaker, if no other reader finds a record. */
    bool fallback;
    /* It reads files that are not text (input_binary): `detect` and the window get raw bytes.
     */
    bool binary;
    /* The file is of this format only if it finds words in it; otherwise others may try. All
     * JSON rows are such. */
    bool by_result;
    /* It reads text by a layout, also by a given one (reader_context.layout). */
    bool by_layout;
};

enum { DETECT_BYTES = 65536 };

/* Levels of confidence, by what they rest on. */
enum {
    CONFIDENCE_NO = 0,
    CONFIDENCE_MAYBE = 20,
    CONFIDENCE_LIKELY = 50,
    CONFIDENCE_STRONG = 80,
    CONFIDENCE_CERTAIN = 100
};

#endif

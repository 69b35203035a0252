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
    struct buffer *trace;           /* gets the scores of the layouts, or NULL */
};

struct json_tree;
struct json_format;

struct reader_ops {
    const char *name;  /* as --input-format takes it */
    const char *title; /* for people, in --help and the title bar */
    /* How sure it is, 0 to 100, that `head` (the first bytes of the file, decoded, at most
     * DETECT_BYTES) is its format; `whole`: the head is the whole file. The best wins;
     * between equals the first row of the registry. */
    int (*detect)(const char *head, size_t bytes, bool whole);
    /* The same as `detect`, of a head that is the whole file: where that is done by reading it,
     * *self is the reader, opened, and `next` goes on from what was read. It stays NULL where
     * the answer is CONFIDENCE_NO. */
    int (*detect_whole)(const char *head, size_t bytes, void **self);
    /* The same for a format that is JSON, of the head as a tree. Formats of JSON are asked only
     * of a head that is JSON, and no others are then. */
    int (*detect_json)(const struct json_tree *head);
    void *(*open)(void);            /* see reader_open */
    const struct json_format *json; /* instead of detect and open: a table of rules */
    enum reader_status (*next)(void *self, struct reader_context *context, struct error *err);
    void (*close)(void *self);
    /* The most that `detect` ever answers; 0: not said. It is not asked where another reader is
     * as sure already. */
    int most;
    /* What is appended to the file can be read on: `next` may be called again after
     * READER_END. Where the input is resting it may give out what it would otherwise hold. */
    bool grows;
    /* It reads any text as words that nobody says, where no other reader finds a record. */
    bool fallback;
    /* It reads a file that is not text (input_binary): `detect` and the window get its bytes.
     */
    bool binary;
    /* The file is this format's if it finds words in it: others may try where it does not. Rows
     * of JSON all are. */
    bool by_result;
    /* It reads text by a layout, also by one that is given to it (reader_context.layout). */
    bool by_layout;
};

enum { DETECT_BYTES = 65536 };

/* How sure a reader is, by what that rests on. */
enum {
    CONFIDENCE_NO = 0,
    CONFIDENCE_MAYBE = 20,
    CONFIDENCE_LIKELY = 50,
    CONFIDENCE_STRONG = 80,
    CONFIDENCE_CERTAIN = 100
};

#endif

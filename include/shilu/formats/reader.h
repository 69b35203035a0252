/* Reader: one format, read as a pull iterator. One file per format family, one row per format
 * in the registry (formats/registry.c). */
#ifndef SHILU_FORMATS_READER_H
#define SHILU_FORMATS_READER_H

#include "shilu/formats/drafts.h"
#include "shilu/formats/input.h"
#include "shilu/formats/record_account.h"

enum reader_status {
    READER_SEGMENT, /* added one or a few segments, or facts about the record */
    READER_MORE,    /* the window is too small: fill it and call again */
    READER_END,
    READER_ERROR /* *err is set; what was read before remains */
};

/* Everything a reader works with; it owns none of it. */
struct reader_context {
    struct input *input;
    struct drafts *drafts; /* receives what the reader finds */
    struct diagnostics *diagnostics;
    const char *layout;             /* the user's own template for records in text, or NULL */
    struct record_account *account; /* receives the account of records in text, or NULL */
};

struct json_tree;
struct json_format;

struct reader_ops {
    const char *name;  /* as given to --input-format */
    const char *title; /* for users, in --help and the title bar */
    /* The confidence, 0 to 100, that `head` (the first bytes of the file, decoded, at most
     * DETECT_BYTES) is in this format; `whole`: the head is the whole file. The highest wins;
     * between equals, the first row of the registry. */
    int (*detect)(const char *head, size_t bytes, bool whole);
    /* Like `detect`, for a reader that detects by reading: *self is the opened reader, which
     * has read the whole lines of the head. The first call of `next` continues after them, with
     * a window that begins where the head did. It may be set even for CONFIDENCE_NO: see
     * `reads_after`. */
    int (*detect_kept)(const char *head, size_t bytes, bool whole, void **self);
    /* Another reader of the same blocks; if its detection gave CONFIDENCE_NO, this one
     * continues with what that one opened. */
    const struct reader_ops *reads_after;
    /* The same for a JSON format, given the head as a tree. For a head that is JSON, only JSON
     * formats are asked; they are not asked otherwise. */
    int (*detect_json)(const struct json_tree *head);
    void *(*open)(void);            /* see reader_open */
    const struct json_format *json; /* a table of rules, instead of `detect` and `open` */
    enum reader_status (*next)(void *self, struct reader_context *context, struct error *err);
    void (*close)(void *self);
    /* The highest value that `detect` ever returns; 0 if not stated. `detect` is not called if
     * another reader is already as confident. */
    int most;
    /* The file may grow: `next` may be called again after READER_END. While the input rests, it
     * may give out what it would otherwise hold back. */
    bool grows;
    /* It reads any text as words without a speaker, if no other reader finds a record. */
    bool fallback;
    /* It reads files that are not text (input_binary): `detect` and the window get raw bytes.
     */
    bool binary;
    /* A file is in this format only if words are found in it; otherwise other readers may try.
     * True for all JSON rows. */
    bool by_result;
    /* It reads text with a layout, including one given by the user (reader_context.layout). */
    bool by_layout;
};

enum { DETECT_BYTES = 65536 };

/* Levels of confidence, by the evidence behind them. */
enum {
    CONFIDENCE_NO = 0,
    CONFIDENCE_MAYBE = 20,
    CONFIDENCE_LIKELY = 50,
    CONFIDENCE_STRONG = 80,
    CONFIDENCE_CERTAIN = 100
};

#endif

/* Input: the decoded UTF-8 that a reader pulls, a sliding window over the source. A reader
 * looks at the window, consumes what it understands, and asks for more when the window is too
 * small; the loader then fills it. Positions count from 1, columns in code points. The window
 * is valid UTF-8 and starts after any byte order mark; for a file that is not text
 * (input_binary) it holds the raw bytes. */
#ifndef SHILU_FORMATS_INPUT_H
#define SHILU_FORMATS_INPUT_H

#include <stdint.h>

#include "shilu/base/buffer.h"
#include "shilu/base/source.h"

struct input;

/* Takes ownership of the source. NULL for an unknown encoding. */
struct input *input_new(struct source *take, const char *encoding, struct error *err);
void input_free(struct input *in);

/* Read and decode about `bytes` more: SOURCE_DATA, SOURCE_WAIT or SOURCE_END. A failing source
 * ends the input, so that what was read before remains usable; input_failure says why. */
enum source_status input_fill(struct input *in, size_t bytes);
const struct error *input_failure(const struct input *in); /* or NULL */

/* The window: borrowed until the next fill or consume. */
const char *input_window(const struct input *in, size_t *bytes);
bool input_ended(const struct input *in); /* nothing will follow the window */

/* The kind of file if it is not text ("a PDF document"), else NULL. Known once the window is
 * not empty. */
const char *input_binary(const struct input *in);

/* A growing source. While it is followed, its end is temporary: input_fill returns SOURCE_END
 * there, input_resting is true, and more may come; the window may end within a line. Following
 * may also begin after the end was reached, and stop again. */
void input_follow(struct input *in, bool on);
bool input_resting(const struct input *in);
/* Whether the decoded text ends with a line end, so that appended text starts a new line. */
bool input_ends_line(const struct input *in);

void input_consume(struct input *in, size_t bytes);

/* A copy of the first `bytes` of the window for trial reading; it cannot be filled. `cut`: it
 * ends there, whatever follows. input_consumed says how much of it was used. */
struct input *input_fork(const struct input *in, size_t bytes, bool cut);
size_t input_consumed(const struct input *fork);

/* One whole line of the window, from byte `from` on, without its end (LF, CRLF or CR); *next is
 * where the following line starts. False if the window does not contain all of it. After
 * input_ended, the rest is the last line, and false means that there is none. */
bool input_line(const struct input *in, size_t from, const char **line, size_t *bytes,
                size_t *next);
/* Consume the line that input_line gave from byte 0 on, and count it. */
void input_consume_line(struct input *in, size_t bytes, size_t next);

/* The line of the first byte of the window that is not white space; 0 beyond UINT32_MAX. */
uint32_t input_next_line(const struct input *in);

/* Line and column of the byte at `ahead` of the window's start. */
void input_position(const struct input *in, size_t ahead, uint64_t *line, uint64_t *column);

const struct source *input_source(const struct input *in);
/* How many bytes of the file have been read, packed as they are there. In a fork: those of the
 * window. */
uint64_t input_file_bytes(const struct input *in);
const char *input_encoding(const struct input *in);
uint64_t input_replaced(const struct input *in); /* number of invalid sequences so far */

#endif

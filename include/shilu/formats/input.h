/* Input: the decoded UTF-8 that a reader pulls from, a window on the source that moves on.
 *
 * A reader looks at the window, consumes what it has understood, and says "more" when the
 * window holds too little; the loader then fills it. Positions count from 1; columns in code
 * points. The window is valid UTF-8 and starts after any byte order mark; that of a file which
 * is not text (input_binary) holds its bytes as they are. */
#ifndef SHILU_FORMATS_INPUT_H
#define SHILU_FORMATS_INPUT_H

#include <stdint.h>

#include "shilu/base/buffer.h"
#include "shilu/base/source.h"

struct input;

/* Takes the source. NULL for an encoding that is not known. */
struct input *input_new(struct source *take, const char *encoding, struct error *err);
void input_free(struct input *in);

/* Read and decode about `bytes` more: SOURCE_DATA, SOURCE_WAIT or SOURCE_END. A source that
 * fails ends the input, so that what was read before can still be used; input_failure tells
 * why. */
enum source_status input_fill(struct input *in, size_t bytes);
const struct error *input_failure(const struct input *in); /* or NULL */

/* The window: borrowed until the next fill or consume. */
const char *input_window(const struct input *in, size_t *bytes);
bool input_ended(const struct input *in); /* nothing will follow the window */

/* What the file is called if it is not text ("a PDF document"), else NULL. Known once the
 * window holds anything. */
const char *input_binary(const struct input *in);

/* A source that grows. While it is followed its end is a rest: input_fill says SOURCE_END
 * there, input_resting holds, and more may come; the window's last line may be cut anywhere.
 * Following may also begin after the end was reached, and stop again. */
void input_follow(struct input *in, bool on);
bool input_resting(const struct input *in);
/* Whether what has been decoded ends with a line end, so that what is appended is a new line.
 */
bool input_ends_line(const struct input *in);

void input_consume(struct input *in, size_t bytes);

/* A copy of the first `bytes` of the window, to be read for trial; nothing can be filled into
 * it. `cut`: it ends there, whatever follows. input_consumed says how much of it was used. */
struct input *input_fork(const struct input *in, size_t bytes, bool cut);
size_t input_consumed(const struct input *fork);

/* One whole line of the window, from byte `from` of it, without its end (LF, CRLF or CR);
 * *next is where the following one starts. False where the window does not hold it whole
 * (unless input_ended: then what is left is the last line, and false means none). */
bool input_line(const struct input *in, size_t from, const char **line, size_t *bytes,
                size_t *next);

/* The line of the first byte of the window that is not white space; 0 beyond UINT32_MAX. */
uint32_t input_next_line(const struct input *in);

/* Line and column of the byte at `ahead` of the window's start. */
void input_position(const struct input *in, size_t ahead, uint64_t *line, uint64_t *column);

const struct source *input_source(const struct input *in);
const char *input_encoding(const struct input *in);
uint64_t input_replaced(const struct input *in); /* invalid sequences so far */

#endif

/* Tty: the terminal as a device: its descriptor, its line mode, its size, and bytes to and from
 * it. Output never blocks: what the line does not accept yet waits in a queue, so a slow or
 * stuck terminal cannot keep the program from handling keys and signals. Source: POSIX.1-2008,
 * chapter 11 (General Terminal Interface). */
#ifndef SHILU_TERM_TTY_H
#define SHILU_TERM_TTY_H

#include <termios.h>

#include "shilu/base/buffer.h"

struct tty {
    int in_fd;
    int out_fd; /* often the same as in_fd */
    bool owned; /* the descriptors are ours, opened non-blocking, and are closed with it */
    bool gone;  /* the terminal has vanished; nothing is read or written any more */
    bool is_raw;
    struct termios saved; /* the line mode to restore */
    struct buffer queue;  /* bytes [sent, queue.bytes) are still to be written */
    size_t sent;
};

/* The terminal on standard output, whatever standard input is. Fails if standard output is not
 * a terminal. The line mode is not changed yet. */
bool tty_open(struct tty *t, struct error *err);
void tty_close(struct tty *t);

/* Keys one by one, without echo, flow control, or any change to output; ^C and ^Z remain
 * signals. tty_restore restores the mode found by tty_open. */
void tty_raw(struct tty *t);
void tty_restore(struct tty *t);

/* Never below 1; 24 by 80 if the terminal does not say. */
void tty_size(const struct tty *t, int *rows, int *columns);

/* Queue bytes, and send as many as possible now. */
void tty_write(struct tty *t, const char *bytes, size_t count);
void tty_flush(struct tty *t);
bool tty_is_pending(const struct tty *t);

/* Send everything, waiting for at most `timeout_ms`; false if something is left. */
bool tty_drain(struct tty *t, int timeout_ms);
void tty_discard(struct tty *t); /* forget what was not sent */

/* Read what has arrived; 0 for nothing. */
size_t tty_read(struct tty *t, char *into, size_t capacity);

#endif

/* Clipboard: the bytes that put a text on the terminal's clipboard. Sources: xterm's ctlseqs
 * (OSC 52), RFC 4648 (base64), the manuals of tmux and GNU screen for passing a sequence to the
 * outer terminal. */
#ifndef SHILU_TERM_CLIPBOARD_H
#define SHILU_TERM_CLIPBOARD_H

#include "shilu/base/buffer.h"

/* Terminals accept 100,000 bytes for the sequence, which is this much text. */
enum { CLIPBOARD_BYTES_MAX = 74994 };

enum clipboard_wrap { CLIPBOARD_PLAIN, CLIPBOARD_TMUX, CLIPBOARD_SCREEN };

/* What is between the program and its terminal, according to the environment. */
enum clipboard_wrap clipboard_wrap_from_environment(void);

bool clipboard_sequence(struct buffer *out, const char *text, size_t bytes,
                        enum clipboard_wrap wrap, struct error *err);

#endif

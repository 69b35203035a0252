/* Probe: ask the terminal how wide it draws, before anything is drawn. One write, one round
 * trip, at most a second; what was typed meanwhile stays in `keys`. Policy: HACKING.md. */
#ifndef SHILU_TERM_PROBE_H
#define SHILU_TERM_PROBE_H

#include "shilu/view/theme.h"
#include "term/keys.h"
#include "term/tty.h"

struct probe {
    bool answered;            /* all replies arrived in time */
    bool ambiguous_wide;      /* “ and — take two columns */
    bool not_utf8;            /* 中 took three: the terminal shows bytes, not characters */
    enum theme_ground ground; /* the background (OSC 11) */
    bool margins;             /* left and right margins can be set (DECLRMM) */
};

enum { PROBE_TIMEOUT_MS = 1000 };

/* Send the question; the line must be raw. */
void probe_ask(struct tty *tty, struct keys *keys);
/* Wait for the answers. */
struct probe probe_read(struct tty *tty, struct keys *keys);

#endif

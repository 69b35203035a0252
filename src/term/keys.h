/* Keys: from the bytes that a terminal sends to keys. Knows no terminal: bytes and the time of
 * their arrival go in, keys come out, so that a test can be any terminal on any line.
 *
 * Replies of the terminal (cursor reports, attributes, colours, strings) are never keys: those
 * awaited are noted, all are swallowed, however late. Invalid bytes are dropped.
 * Sources: ECMA-48 (CSI, OSC, DCS), xterm's ctlseqs (modifiers, SGR mouse, bracketed paste). */
#ifndef SHILU_TERM_KEYS_H
#define SHILU_TERM_KEYS_H

#include "shilu/view/key.h"

/* How long to wait after the last byte of a beginning. In the first case, a lone ESC is a press
 * of Esc; a terminal's sequences arrive in one piece unless the line splits them. */
enum { KEYS_ESC_MS = 25, KEYS_PREFIX_MS = 100, KEYS_SEQUENCE_MS = 1000 };

enum { KEYS_REPORTS_MAX = 4, KEYS_GROUND_BYTES = 32 };

/* What the terminal has answered to the questions of term/probe. */
struct keys_replies {
    int reports;                    /* cursor position reports so far */
    int column[KEYS_REPORTS_MAX];   /* of each, from 1 */
    bool fence;                     /* the answer to CSI c has come */
    int margins;                    /* the state of mode 69 (DECLRMM), -1: not told */
    char ground[KEYS_GROUND_BYTES]; /* the answer to OSC 11, "rgb:RRRR/GGGG/BBBB"; "": none */
};

struct keys;

struct keys *keys_new(void);
void keys_free(struct keys *k);

/* A sequence that the terminal's description names for a key. */
void keys_add(struct keys *k, const char *sequence, uint32_t code);

/* This many cursor reports and one fence are to come. */
void keys_expect(struct keys *k, int reports);
const struct keys_replies *keys_replies(const struct keys *k);
bool keys_is_awaiting(const struct keys *k);

/* Whether mouse reports of the older form (three raw bytes) can come. */
void keys_set_mouse(struct keys *k, bool on);

/* `now_ms` is of clock_monotonic_ms, as in all of these. */
void keys_feed(struct keys *k, const char *bytes, size_t count, int64_t now_ms);
bool keys_next(struct keys *k, int64_t now_ms, struct key *key);
bool keys_is_empty(const struct keys *k); /* no whole key is waiting */

/* When keys_next may give a key without new bytes: in this many ms; -1: never. */
int keys_wait_ms(const struct keys *k, int64_t now_ms);

#endif

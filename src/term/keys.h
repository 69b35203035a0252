/* Keys: from the bytes that a terminal sends to keys. Independent of the terminal: bytes and
 * the time of their arrival go in, keys come out, so that a test can simulate any terminal on
 * any line.
 *
 * Replies of the terminal (cursor reports, attributes, colours, strings) are never keys: those
 * awaited are noted, and all are discarded, however late. Invalid bytes are dropped. Sources:
 * ECMA-48 (CSI, OSC, DCS), xterm's ctlseqs (modifiers, SGR mouse, bracketed paste). */
#ifndef SHILU_TERM_KEYS_H
#define SHILU_TERM_KEYS_H

#include "shilu/view/key.h"

/* How long to wait after the last byte of an incomplete sequence. In the first case, a lone ESC
 * is a press of Esc; a terminal's sequences arrive in one piece unless the line splits them. */
enum { KEYS_ESC_MS = 25, KEYS_PREFIX_MS = 100, KEYS_SEQUENCE_MS = 1000 };

enum { KEYS_REPORTS_MAX = 4, KEYS_GROUND_BYTES = 32 };

/* The terminal's replies to the questions of term/probe. */
struct keys_replies {
    int reports;                    /* cursor position reports so far */
    int column[KEYS_REPORTS_MAX];   /* of each, from 1 */
    bool fence;                     /* the reply to CSI c has arrived */
    int margins;                    /* the state of mode 69 (DECLRMM), or -1 */
    char ground[KEYS_GROUND_BYTES]; /* the reply to OSC 11, "rgb:RRRR/GGGG/BBBB"; "" without
                                     * one */
};

struct keys;

struct keys *keys_new(void);
void keys_free(struct keys *k);

/* A sequence that the terminal's description names for a key. */
void keys_add(struct keys *k, const char *sequence, uint32_t code);

/* This many cursor reports and one fence will arrive. */
void keys_expect(struct keys *k, int reports);
const struct keys_replies *keys_replies(const struct keys *k);
bool keys_is_awaiting(const struct keys *k);

/* Whether mouse reports of the older form (three raw bytes) may arrive. */
void keys_set_mouse(struct keys *k, bool on);

/* `now_ms` is from clock_monotonic_ms, here and below. */
void keys_feed(struct keys *k, const char *bytes, size_t count, int64_t now_ms);
bool keys_next(struct keys *k, int64_t now_ms, struct key *key);
bool keys_is_empty(const struct keys *k); /* no complete key is waiting */

/* When keys_next may give a key without new bytes: in this many ms, or -1 for never. */
int keys_wait_ms(const struct keys *k, int64_t now_ms);

#endif

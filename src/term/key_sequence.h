/* Key sequences: the grammar of what terminals send, one sequence at a time, without state.
 * Sources: ECMA-48 section 5.4 (control sequences), xterm's ctlseqs. Used by term/keys alone.
 */
#ifndef SHILU_TERM_KEY_SEQUENCE_H
#define SHILU_TERM_KEY_SEQUENCE_H

#include "shilu/view/key.h"

enum { KEY_SEQUENCE_NUMBERS = 4, KEY_SEQUENCE_STRING = ']' };

struct key_sequence {
    unsigned char introducer;   /* '[': CSI; 'O': SS3; KEY_SEQUENCE_STRING: one that runs on */
    unsigned char private_mark; /* '<', '=', '>', '?', '[' (Linux console) or 0 */
    unsigned char intermediate; /* the last, or 0 */
    unsigned char final;
    int count;
    int number[KEY_SEQUENCE_NUMBERS]; /* 0 if not given */
    int mouse[3];                     /* button, column, row of the raw form */
};

/* Read the sequence that begins with ESC at p[0]: the bytes taken; 0: incomplete, or none. A
 * CSI that breaks off is taken without a meaning (final 0). */
size_t key_sequence_read(const unsigned char *p, size_t n, bool raw_mouse,
                         struct key_sequence *out);

/* Whether these bytes, which key_sequence_read cannot take yet, can become a sequence. */
bool key_sequence_is_begun(const unsigned char *p, size_t n);

enum key_sequence_reply { REPLY_NONE, REPLY_REPORT, REPLY_ATTRIBUTES, REPLY_MODE, REPLY_OTHER };

/* Whether it is an answer of the terminal. A cursor report of row 1 looks like F3 with a
 * modifier: it is an answer if a report is awaited. */
enum key_sequence_reply key_sequence_reply(const struct key_sequence *s, bool report_awaited);

/* The key, or false for a sequence that means none. */
bool key_sequence_key(const struct key_sequence *s, struct key *key);

/* One character: bytes taken, 0: incomplete. *cp is 0 for invalid bytes and C1 controls. */
size_t key_sequence_utf8(const unsigned char *p, size_t n, uint32_t *cp);

/* The code of a single character: ^H is Backspace. */
uint32_t key_sequence_plain(uint32_t cp);

#endif

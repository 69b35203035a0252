/* Key sequences: the grammar of what terminals send, one sequence at a time, without state.
 * Sources: ECMA-48 section 5.4 (control sequences), xterm's ctlseqs. Only term/keys uses it. */
#ifndef SHILU_TERM_KEY_SEQUENCE_H
#define SHILU_TERM_KEY_SEQUENCE_H

#include "shilu/view/key.h"

enum { KEY_SEQUENCE_NUMBERS = 4, KEY_SEQUENCE_STRING = ']' };

struct key_sequence {
    unsigned char introducer;   /* '[': CSI; 'O': SS3; KEY_SEQUENCE_STRING: a string that
                                 * continues */
    unsigned char private_mark; /* '<', '=', '>', '?', '[' (Linux console) or 0 */
    unsigned char intermediate; /* the last one, or 0 */
    unsigned char final;
    int count;
    int number[KEY_SEQUENCE_NUMBERS]; /* 0 if not given */
    int mouse[3];                     /* button, column, row of the raw form */
};

/* Read the sequence that begins with ESC at p[0]; returns its length, 0 if it is incomplete or
 * not a sequence. An interrupted CSI is consumed without a meaning (final 0). */
size_t key_sequence_read(const unsigned char *p, size_t n, bool raw_mouse,
                         struct key_sequence *out);

/* Whether these bytes, which key_sequence_read cannot consume yet, can become a sequence. */
bool key_sequence_is_begun(const unsigned char *p, size_t n);

enum key_sequence_reply { REPLY_NONE, REPLY_REPORT, REPLY_ATTRIBUTES, REPLY_MODE, REPLY_OTHER };

/* Whether it is a reply of the terminal. A cursor report for row 1 looks like F3 with a
 * modifier: it is a reply if a report is awaited. */
enum key_sequence_reply key_sequence_reply(const struct key_sequence *s, bool report_awaited);

/* The key, or false for a sequence that is not one. */
bool key_sequence_key(const struct key_sequence *s, struct key *key);

/* One character: its length, 0 if incomplete. *cp is 0 for invalid bytes and C1 controls. */
size_t key_sequence_utf8(const unsigned char *p, size_t n, uint32_t *cp);

/* The code of a single character: ^H is Backspace. */
uint32_t key_sequence_plain(uint32_t cp);

#endif

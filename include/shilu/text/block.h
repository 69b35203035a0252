/* Blocks: a text of any length in pieces of about 8 KB that can be laid out one by one.
 *
 * Where block k starts is told from the bytes around k * BLOCK_BYTES alone, so any block of a
 * text of 50 MB is found at once; the same text has the same blocks each time. Block k ends
 * where block k + 1 starts. A start is the best place in the BLOCK_REACH bytes that end at
 * k * BLOCK_BYTES: after a forced break, else a sentence, else a white space or where a line
 * may break, else a cluster boundary. Only a cluster of more than BLOCK_REACH bytes is cut. */
#ifndef SHILU_TEXT_BLOCK_H
#define SHILU_TEXT_BLOCK_H

#include <stddef.h>

enum { BLOCK_BYTES = 8192, BLOCK_REACH = 2048 };

/* At least 1, also for an empty text. */
size_t block_count(size_t bytes);

/* The byte where block k starts; `bytes` for k = block_count. `text` is valid UTF-8. */
size_t block_start(const char *text, size_t bytes, size_t k);

/* The block that holds the byte; the last one for a byte at or behind the end. */
size_t block_of(const char *text, size_t bytes, size_t byte);

#endif

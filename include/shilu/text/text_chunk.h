/* Text chunks: a text of any length in pieces of about 8 KB that can be laid out one by one.
 * Where chunk k starts depends only on the bytes around k * TEXT_CHUNK_BYTES, so any chunk of a
 * 50 MB text is found at once, and the same text always has the same chunks. Chunk k ends where
 * chunk k + 1 starts.
 *
 * The start is the best position in the TEXT_CHUNK_REACH bytes that end at k *
 * TEXT_CHUNK_BYTES: after a forced break, else after a sentence, else after white space or
 * where a line may break, else a cluster boundary. Only a cluster of more than TEXT_CHUNK_REACH
 * bytes is split. */
#ifndef SHILU_TEXT_TEXT_CHUNK_H
#define SHILU_TEXT_TEXT_CHUNK_H

#include <stddef.h>

enum { TEXT_CHUNK_BYTES = 8192, TEXT_CHUNK_REACH = 2048 };

/* At least 1, even for an empty text. */
size_t text_chunk_count(size_t bytes);

/* The byte where chunk k starts; `bytes` for k = text_chunk_count. `text` is valid UTF-8. */
size_t text_chunk_start(const char *text, size_t bytes, size_t k);

/* The chunk that contains the byte; the last one for a byte at or beyond the end. */
size_t text_chunk_of(const char *text, size_t bytes, size_t byte);

#endif

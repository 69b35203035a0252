/* Bench text: words that follow one another as in real records: an order-2 chain over the words
 * (or, in scripts without spaces, the characters) of the transcripts below a folder. The same
 * seed gives the same text. */
#ifndef SHILU_TESTS_BENCH_BENCH_TEXT_H
#define SHILU_TESTS_BENCH_BENCH_TEXT_H

#include "shilu/base/buffer.h"
#include "shilu/model/transcript.h"

struct bench_text;

/* From $BENCH_TEXT, else from the samples in `folder`. */
struct bench_text *bench_text_new(const char *folder);
struct bench_text *bench_text_new_of(const char *const *folders, size_t count);
void bench_text_free(struct bench_text *b);

/* The text goes on from a place that `number` chooses: the same one gives the same text. */
void bench_text_start(struct bench_text *b, uint64_t number);

/* Append about `bytes` of text. */
void bench_text_append(struct bench_text *b, struct buffer *out, size_t bytes);

/* A record of about `bytes` of text, of eight people, with times and ends; the caller frees it.
 * `number` gives it its own words and title. */
struct transcript *bench_text_record(struct bench_text *b, uint64_t number, size_t bytes);

/* How many different words or characters it draws from. */
size_t bench_text_words(const struct bench_text *b);

#endif

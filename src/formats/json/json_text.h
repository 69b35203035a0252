/* Texts in other programs' JSON: cleaning and joining them. */
#ifndef SHILU_FORMATS_JSON_JSON_TEXT_H
#define SHILU_FORMATS_JSON_JSON_TEXT_H

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"

/* Whether a token is a signal of the recogniser, not a word: Soniox's "<end>" and "<fin>",
 * "<|endoftext|>", "[_BEG_]". */
bool json_text_is_signal(struct span word);

/* Whether a word is punctuation that follows another word: ".", "?!", "。". */
bool json_text_is_mark(struct span word);

bool json_text_ends_sentence(struct span text);

/* Append a text to another one, with a space between them if their script uses spaces. */
void json_text_join(struct buffer *text, struct span more);

/* The words of a text, without a recogniser's tags ("<|zh|>") and blocks of ASS. Depending on
 * enum json_format_flag: HTML as plain lines, character references resolved, printed lines
 * joined, no blanks between Chinese characters. The result is the text itself or is in `clean`,
 * which is overwritten. */
struct span json_text_clean(struct span text, unsigned flags, struct buffer *clean);

/* The number of character references in a text, such as "&amp;", and of other "&". */
size_t json_text_references(struct span text, size_t *others);

/* Whether two texts are spellings of the same words: they have the same letters, ignoring case
 * and punctuation, or most words in common. */
bool json_text_says_the_same(struct span a, struct span b);

/* Whether a text looks like HTML. */
bool json_text_is_html(struct span text);

/* A label as Japanese records print it before the words, "○委員長（岡本進君）　": the part
 * between the circle and the wide space. Advances the text past it. Empty if there is none. */
struct span json_text_take_label(struct span *text);

/* Whether the whole text has this mark just before `at`. */
bool json_text_has_mark(const char *whole, size_t at, struct span mark);

/* The part of the whole text from *at up to the end of this word and of the punctuation after
 * it; advances *at. Empty if the word is not there, which is counted in *misses: after a few
 * misses nothing is searched for any more. Thus no word between two matches is lost. */
struct span json_text_align(const char *whole, size_t bytes, size_t *at, size_t *misses,
                            struct span word);

#endif

/* Texts of other programs' JSON: what is in them beside the words, and how words go together.
 */
#ifndef SHILU_FORMATS_JSON_JSON_TEXT_H
#define SHILU_FORMATS_JSON_JSON_TEXT_H

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"

/* Whether a word is punctuation that follows another word: ".", "?!", "。". */
bool json_text_is_mark(struct span word);

bool json_text_ends_sentence(struct span text);

/* Append a text to another one, with a space between them where their script has one. */
void json_text_join(struct buffer *text, struct span more);

/* The words of a text: without a recogniser's tags ("<|zh|>") and the blocks of ASS; with the
 * flags of enum json_format_flag, HTML as plain lines, references as signs, printed lines
 * joined, and no blank between Han characters. The answer is the text itself, or is in `clean`,
 * which is overwritten. */
struct span json_text_clean(struct span text, unsigned flags, struct buffer *clean);

/* The references in a text, "&amp;", and how many other "&" there are. */
size_t json_text_references(struct span text, size_t *others);

/* Whether one text is another one in another spelling: it has the same letters, whatever their
 * case and punctuation, or most of its words. */
bool json_text_says_the_same(struct span a, struct span b);

/* Whether a text looks like HTML. */
bool json_text_is_html(struct span text);

/* A label as Japanese records print it before the words, "○委員長（岡本進君）　": what is
 * between the circle and the wide space; the text moves on after it. Empty if there is none. */
struct span json_text_take_label(struct span *text);

/* Whether the whole text has this mark just before `at`. */
bool json_text_has_mark(const char *whole, size_t at, struct span mark);

/* The words of the whole text, from *at on, up to the end of this word and of the punctuation
 * after it; *at moves on. Empty where the word is not there, which *misses counts: after a few
 * nothing is looked for any more. So no word of the whole text is lost between two. */
struct span json_text_align(const char *whole, size_t bytes, size_t *at, size_t *misses,
                            struct span word);

#endif

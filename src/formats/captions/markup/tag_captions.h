/* Tag captions: the loop of caption formats whose tags are HTML as it occurs (SAMI, RealText).
 */
#ifndef SHILU_FORMATS_CAPTIONS_MARKUP_TAG_CAPTIONS_H
#define SHILU_FORMATS_CAPTIONS_MARKUP_TAG_CAPTIONS_H

#include "formats/captions/caption_flow.h"
#include "formats/xml/html_token.h"
#include "shilu/base/span.h"

/* Takes a tag, a text or a comment; `source` is the token as the file has it, and
 * input_position at 0 is where it begins. */
typedef bool tag_captions_taker(void *self, struct reader_context *context,
                                const struct html_token *token, struct span source,
                                struct error *err);

/* Implements `next`: tokens are taken until a segment is given out. `end` adds what is held at
 * the end of the file. Times count from the start of the recording. */
enum reader_status tag_captions_pull(struct html_lexer *lexer, struct caption_flow *flow,
                                     struct reader_context *context, tag_captions_taker *take,
                                     caption_flow_ender *end, void *self, struct error *err);

#endif

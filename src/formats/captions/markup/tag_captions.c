/* Tag captions. Invariant: the window begins with a whole token, or where a text continues. */
#include "formats/captions/markup/tag_captions.h"

enum reader_status tag_captions_pull(struct html_lexer *lexer, struct caption_flow *flow,
                                     struct reader_context *context, tag_captions_taker *take,
                                     caption_flow_ender *end, void *self, struct error *err)
{
    size_t before = drafts_count(context->drafts);
    struct html_token token;
    const char *window;
    size_t bytes;

    drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    while (window = input_window(context->input, &bytes), bytes > 0) {
        size_t used = html_token_take(lexer, window, bytes, input_ended(context->input),
                                      &token);
        bool ok;

        if (token.kind == HTML_MORE)
            return caption_flow_pause(flow, context, err);
        ok = take(self, context, &token, span_of(window, used), err);
        input_consume(context->input, used);
        if (!ok)
            return READER_ERROR;
        if (drafts_count(context->drafts) > before)
            return READER_SEGMENT;
    }
    return input_ended(context->input) ? caption_flow_end(flow, context, end, self, err)
                                       : caption_flow_pause(flow, context, err);
}

/* What may precede JSON. */
#include "formats/json/json_preamble.h"

#include <ctype.h>
#include <string.h>

enum { PREAMBLE_BYTES_MAX = 4096 };

/* Skip blanks and comments; false if a comment does not end. */
static bool skip_comments(struct span *text)
{
    for (;;) {
        const char *end;

        *text = span_trim(*text);
        if (span_starts_with(*text, "//")) {
            end = memchr(text->data, '\n', text->length);
        } else if (span_starts_with(*text, "/*")) {
            end = memmem(text->data + 2, text->length - 2, "*/", 2);
            end = end != NULL ? end + 1 : NULL;
        } else {
            return true;
        }
        if (end == NULL)
            return false;
        *text = span_skip(*text, (size_t)(end + 1 - text->data));
    }
}

static bool take_word(struct span *text, struct span *word)
{
    size_t bytes = 0;

    while (bytes < text->length &&
           (isalnum((unsigned char)text->data[bytes]) || text->data[bytes] == '_' ||
            text->data[bytes] == '$' || text->data[bytes] == '.'))
        bytes++;
    *word = span_of(text->data, bytes);
    *text = span_trim(span_skip(*text, bytes));
    return bytes > 0 && !isdigit((unsigned char)*word->data);
}

/* Skip names and then "=" or "(", or "export default". */
static bool skip_assignment(struct span *text)
{
    struct span word, last = span_of("", 0);
    int words = 0;

    while (take_word(text, &word) && ++words <= 3)
        last = word;
    if (words == 0 || words > 3)
        return false;
    if (span_is(last, "default"))
        return true;
    return span_take(text, "=") || (words == 1 && span_take(text, "("));
}

size_t json_preamble_bytes(struct span text)
{
    struct span rest = text;
    struct span line;

    if (rest.length > PREAMBLE_BYTES_MAX)
        rest.length = PREAMBLE_BYTES_MAX;
    if (!skip_comments(&rest) || rest.length == 0)
        return 0;
    if (span_take(&rest, "```")) { /* a language model's answer */
        span_next_line(&rest, &line);
        rest = span_trim(rest);
    }
    if (*rest.data != '{' && *rest.data != '[' &&
        (!skip_assignment(&rest) || !skip_comments(&rest)))
        return 0;
    return rest.length > 0 && (*rest.data == '{' || *rest.data == '[')
               ? (size_t)(rest.data - text.data)
               : 0;
}

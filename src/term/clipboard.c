/* OSC 52. No state. */
#include "term/clipboard.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* GNU screen passes on strings of at most a few hundred bytes, so the text is split. */
enum { SCREEN_PIECE_BYTES = 256 };

enum clipboard_wrap clipboard_wrap_from_environment(void)
{
    const char *tmux = getenv("TMUX");
    const char *screen = getenv("STY");

    if (tmux != NULL && tmux[0] != '\0')
        return CLIPBOARD_TMUX;
    return screen != NULL && screen[0] != '\0' ? CLIPBOARD_SCREEN : CLIPBOARD_PLAIN;
}

static void append_base64(struct buffer *out, const unsigned char *p, size_t n)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < n; i += 3) {
        uint32_t three = (uint32_t)p[i] << 16;
        char four[4];

        if (i + 1 < n)
            three |= (uint32_t)p[i + 1] << 8;
        if (i + 2 < n)
            three |= p[i + 2];
        four[0] = digits[three >> 18];
        four[1] = digits[three >> 12 & 63];
        four[2] = i + 1 < n ? digits[three >> 6 & 63] : '=';
        four[3] = i + 2 < n ? digits[three & 63] : '=';
        buffer_append(out, four, sizeof four);
    }
}

static void append_plain(struct buffer *out, const char *text, size_t bytes)
{
    buffer_append_string(out, "\033]52;c;");
    append_base64(out, (const unsigned char *)text, bytes);
    buffer_append_char(out, '\a');
}

/* tmux handles the plain form itself if set-clipboard is on, and passes the wrapped one to the
 * outer terminal if allow-passthrough is on: either suffices, so both are sent. */
static void append_for_tmux(struct buffer *out, const char *text, size_t bytes)
{
    append_plain(out, text, bytes);
    buffer_append_string(out, "\033Ptmux;\033");
    append_plain(out, text, bytes);
    buffer_append_string(out, "\033\\");
}

static void append_for_screen(struct buffer *out, const char *text, size_t bytes)
{
    struct buffer whole = {0};

    append_plain(&whole, text, bytes);
    for (size_t i = 0; i < whole.bytes; i += SCREEN_PIECE_BYTES) {
        size_t left = whole.bytes - i;

        buffer_append_string(out, "\033P");
        buffer_append(out, whole.data + i,
                      left < SCREEN_PIECE_BYTES ? left : SCREEN_PIECE_BYTES);
        buffer_append_string(out, "\033\\");
    }
    buffer_release(&whole);
}

bool clipboard_sequence(struct buffer *out, const char *text, size_t bytes,
                        enum clipboard_wrap wrap, struct error *err)
{
    if (bytes > CLIPBOARD_BYTES_MAX)
        return error_set(err, ERROR_LIMIT,
                         "%zu bytes are more than a terminal's clipboard takes (%d)", bytes,
                         (int)CLIPBOARD_BYTES_MAX);
    if (wrap == CLIPBOARD_TMUX)
        append_for_tmux(out, text, bytes);
    else if (wrap == CLIPBOARD_SCREEN)
        append_for_screen(out, text, bytes);
    else
        append_plain(out, text, bytes);
    return true;
}

/* Asking the terminal. No state: term/keys notes the replies, keeps what was typed meanwhile
 * and discards replies that arrive too late. */
#include "term/probe.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/civil_time.h"

/* Draw each character at the start of the row and ask for the cursor. Then ask whether margins
 * can be set, for the background colour, and finally for something that every terminal answers,
 * so that the end is certain. */
#define GROUND "\033]11;?\033\\"
#define ASK(character) character "\033[6n\r\033[K"
static const char question[] = "\r\033[K" ASK("\xE2\x80\x9C") ASK("\xE2\x80\x94")
    ASK("\xE4\xB8\xAD") GROUND "\033[?69$p\033[c";
enum { LEFT_QUOTE, DASH, HAN, REPORTS };

static void wait_for_answer(struct tty *tty, struct keys *keys)
{
    int64_t end_ms = clock_monotonic_ms() + PROBE_TIMEOUT_MS;
    char bytes[256];

    while (!keys_replies(keys)->fence && !tty->gone) {
        int64_t left_ms = end_ms - clock_monotonic_ms();
        struct pollfd p = {.fd = tty->in_fd, .events = POLLIN};
        size_t n;

        if (left_ms <= 0)
            return;
        poll(&p, 1, (int)left_ms);
        n = tty_read(tty, bytes, sizeof bytes);
        keys_feed(keys, bytes, n, clock_monotonic_ms());
    }
}

/* "rgb:1616/1818/1d1d", of one to four digits each (XParseColor). */
static enum theme_ground ground_of(const char *text)
{
    uint32_t rgb = 0;

    if (strncmp(text, "rgb:", 4) != 0)
        return GROUND_UNKNOWN;
    text += 4;
    for (int i = 0; i < 3; i++) {
        char *end;
        unsigned long part = strtoul(text, &end, 16);
        size_t digits = (size_t)(end - text);

        if (digits < 1 || digits > 4 || (i < 2 && *end != '/'))
            return GROUND_UNKNOWN;
        rgb = rgb << 8 | (uint32_t)(part * 255 / ((1ul << 4 * digits) - 1));
        text = end + 1;
    }
    return theme_ground_of(rgb);
}

void probe_ask(struct tty *tty, struct keys *keys)
{
    keys_expect(keys, REPORTS);
    tty_write(tty, question, sizeof question - 1);
}

struct probe probe_read(struct tty *tty, struct keys *keys)
{
    const struct keys_replies *replies = keys_replies(keys);
    struct probe result = {0};

    wait_for_answer(tty, keys);
    /* Known modes are 1 to 4: set, reset, and permanently so; only the first two are usable. */
    result.margins = replies->margins == 1 || replies->margins == 2;
    result.ground = ground_of(replies->ground);
    if (replies->reports < REPORTS)
        return result;
    result.answered = true;
    /* A report gives the column after the character, counted from 1. */
    result.ambiguous_wide = replies->column[LEFT_QUOTE] == 3 && replies->column[DASH] == 3;
    result.not_utf8 = replies->column[HAN] == 4;
    return result;
}

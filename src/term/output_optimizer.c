/* Output optimizer: one pass over the bytes that ncurses wrote. */
#include "term/output_optimizer.h"

#include <stdlib.h>
#include <string.h>

/* The rest of the input. A take_… function advances it only if it matches. */
struct bytes_left {
    const char *s;
    size_t count;
};

static bool take(struct bytes_left *in, const char *literal)
{
    size_t bytes = strlen(literal);

    if (in->count < bytes || memcmp(in->s, literal, bytes) != 0)
        return false;
    in->s += bytes;
    in->count -= bytes;
    return true;
}

static bool take_number(struct bytes_left *in, int *number)
{
    *number = 0;
    if (in->count == 0 || *in->s < '0' || *in->s > '9')
        return false;
    for (; in->count > 0 && *in->s >= '0' && *in->s <= '9' && *number < 10000; in->count--)
        *number = *number * 10 + (*in->s++ - '0');
    return true;
}

/* CSI a ; b and the final character. */
static bool take_pair(struct bytes_left *in, int *a, int *b, const char *final)
{
    struct bytes_left at = *in;

    if (!take(&at, "\033[") || !take_number(&at, a) || !take(&at, ";") ||
        !take_number(&at, b) || !take(&at, final))
        return false;
    *in = at;
    return true;
}

static int take_all(struct bytes_left *in, const char *literal)
{
    int count = 0;

    while (take(in, literal))
        count++;
    return count;
}

struct scroll {
    int top, bottom; /* rows from 1 */
    int up;          /* number of rows; negative for down */
};

/* Set a region, move to its edge (by cursor position or, if the cursor is there already, by
 * saving it around the setting), move beyond the edge, reset the region. */
static bool take_scroll(struct bytes_left *in, int rows, struct scroll *what)
{
    struct bytes_left at = *in;
    bool kept = take(&at, "\0337");
    int row = 0;
    int column = 0;
    int first, last;

    if (!take_pair(&at, &what->top, &what->bottom, "r"))
        return false;
    if (kept ? !take(&at, "\0338") : !take_pair(&at, &row, &column, "H"))
        return false;
    take(&at, "\r");
    what->up = take_all(&at, "\n");
    if (what->up == 0)
        what->up = -take_all(&at, "\033M");
    if (what->up == 0 || (!kept && row != (what->up > 0 ? what->bottom : what->top)))
        return false;
    if (!take_pair(&at, &first, &last, "r") || first != 1 || last != rows)
        return false;
    *in = at;
    return true;
}

/* Whether everything would have the same effect with a region set: no line feed, index, scroll,
 * inserted or deleted line, and no other region. */
static bool is_free_of_regions(struct bytes_left in)
{
    for (; in.count > 0; in.s++, in.count--) {
        if (*in.s >= '\n' && *in.s <= '\f')
            return false;
        if (*in.s != '\033')
            continue;
        if (in.count > 1 && strchr("DEMc", in.s[1]) != NULL)
            return false;
        if (!take(&in, "\033["))
            continue;
        while (in.count > 0 && (unsigned char)*in.s < '@') {
            in.s++;
            in.count--;
        }
        if (in.count == 0 || strchr("rSTLM", *in.s) != NULL)
            return false;
    }
    return true;
}

/* The cursor moves to the edge anyway, to draw the new row: a move beyond the edge scrolls and
 * keeps the column. */
static bool append_edge(struct output_optimizer *s, const struct scroll *what,
                        struct bytes_left *in, struct buffer *out)
{
    struct bytes_left at = *in;
    int row, column;

    if ((what->up != 1 && what->up != -1) || !take_pair(&at, &row, &column, "H") ||
        row != (what->up > 0 ? what->bottom : what->top) || !is_free_of_regions(at))
        return false;
    if (!s->is_set || s->top != what->top || s->bottom != what->bottom)
        buffer_append_format(out, "\033[%d;%dr", what->top, what->bottom);
    buffer_append_format(out, "\033[%d;%dH%s", row, column, what->up > 0 ? "\n" : "\033M");
    s->is_set = true;
    s->top = what->top;
    s->bottom = what->bottom;
    *in = at;
    return true;
}

static void append_scroll(struct output_optimizer *s, const struct scroll *what,
                          struct buffer *out)
{
    buffer_append_format(out, "\033[%d;%dr", what->top, what->bottom);
    if (what->up != 1 && what->up != -1)
        buffer_append_format(out, "\033[%d%c", abs(what->up), what->up > 0 ? 'S' : 'T');
    else
        buffer_append_string(out, what->up > 0 ? "\033[S" : "\033[T");
    buffer_append_string(out, "\033[r");
    s->is_set = false;
}

static bool take_color_end(struct bytes_left *in)
{
    struct bytes_left at = *in;
    struct bytes_left end;

    if (!take(&at, "\033[39;49m") && !take(&at, "\033[39m") && !take(&at, "\033[49m"))
        return false;
    end = at;
    take(&end, "\033(B");
    if (!take(&end, "\033[m"))
        return false;
    *in = at;
    return true;
}

/* Rewrite what comes first, if there is a shorter form. */
static bool append_shorter(struct output_optimizer *s, struct bytes_left *in,
                           struct buffer *out)
{
    struct bytes_left at = *in;
    struct scroll what;

    if (s->scrolls && take_scroll(&at, s->rows, &what)) {
        if (!append_edge(s, &what, &at, out))
            append_scroll(s, &what, out);
        *in = at;
        return true;
    }
    if (take_pair(&at, &what.top, &what.bottom, "r") && what.top == 1 &&
        what.bottom == s->rows) {
        buffer_append_string(out, "\033[r");
        *in = at;
        return true;
    }
    return take(in, "\033(B") || take(in, "\017") || take_color_end(in);
}

/* Whether it starts with a scroll of the current region. */
static bool goes_on(const struct output_optimizer *s, struct bytes_left in)
{
    struct scroll what;

    return s->is_set && s->scrolls && take_scroll(&in, s->rows, &what) && what.top == s->top &&
           what.bottom == s->bottom;
}

void shorten(struct output_optimizer *s, struct buffer *out, size_t from)
{
    struct buffer shorter = {0};
    struct bytes_left in;

    if (out->bytes == from)
        return;
    in = (struct bytes_left){out->data + from, out->bytes - from};
    if (!goes_on(s, in))
        output_optimizer_settle(s, &shorter);
    while (in.count > 0) {
        if ((*in.s == '\033' || *in.s == '\017') && append_shorter(s, &in, &shorter))
            continue;
        buffer_append_char(&shorter, *in.s++);
        in.count--;
    }
    out->bytes = from;
    buffer_append(out, shorter.data, shorter.bytes);
    buffer_release(&shorter);
}

void output_optimizer_settle(struct output_optimizer *s, struct buffer *out)
{
    if (s->is_set)
        buffer_append_string(out, "\0337\033[r\0338");
    s->is_set = false;
    s->top = s->bottom = 0;
}

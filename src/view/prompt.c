/* Prompt. Invariant: the cursor is at a character boundary of the text. It moves by clusters;
 * only typing into the middle of one may leave it inside. */
#include "shilu/view/prompt.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/text/cluster.h"
#include "shilu/text/utf8.h"
#include "shilu/view/pen.h"

void prompt_set(struct prompt *p, const char *text)
{
    buffer_clear(&p->text);
    buffer_append_string(&p->text, text);
    p->cursor_byte = p->text.bytes;
}

void prompt_start(struct prompt *p, struct prompt_history *history, const char *text)
{
    prompt_set(p, text);
    p->history = history;
    p->recalled = 0;
}

void prompt_release(struct prompt *p)
{
    buffer_release(&p->text);
    buffer_release(&p->typed);
}

void prompt_history_add(struct prompt_history *h, const char *line)
{
    size_t i;

    if (*line == '\0' || (h->count > 0 && strcmp(h->lines[h->count - 1], line) == 0))
        return;
    for (i = 0; i < h->count && strcmp(h->lines[i], line) != 0; i++)
        continue;
    if (i < h->count || h->count == PROMPT_HISTORY) {
        i = i < h->count ? i : 0;
        free(h->lines[i]);
        memmove(&h->lines[i], &h->lines[i + 1], (h->count - i - 1) * sizeof *h->lines);
        h->count--;
    }
    h->lines[h->count++] = memory_strdup(line);
}

void prompt_history_release(struct prompt_history *h)
{
    while (h->count > 0)
        free(h->lines[--h->count]);
}

/* Where the cluster before the cursor starts, and where the one at it ends. The line is short
 * enough to walk from its start. */
static size_t step_back(const struct prompt *p, size_t byte)
{
    struct clusters c;
    size_t start;
    size_t end;
    size_t last = 0;

    clusters_init(&c, buffer_string(&p->text), p->text.bytes, 0);
    while (clusters_next(&c, &start, &end) && start < byte)
        last = start;
    clusters_release(&c);
    return last;
}

static size_t step_forward(const struct prompt *p, size_t byte)
{
    struct clusters c;
    size_t start;
    size_t end = byte;

    clusters_init(&c, buffer_string(&p->text), p->text.bytes, 0);
    while (clusters_next(&c, &start, &end) && end <= byte)
        continue;
    clusters_release(&c);
    return end > byte ? end : p->text.bytes;
}

static size_t word_back(const struct prompt *p, size_t byte)
{
    while (byte > 0 && p->text.data[byte - 1] == ' ')
        byte--;
    while (byte > 0 && p->text.data[byte - 1] != ' ')
        byte--;
    return byte;
}

static void erase(struct prompt *p, size_t from, size_t to)
{
    memmove(p->text.data + from, p->text.data + to, p->text.bytes - to + 1);
    p->text.bytes -= to - from;
    p->cursor_byte = from;
}

static enum prompt_result insert(struct prompt *p, uint32_t cp)
{
    char utf8[UTF8_MAX_BYTES];
    size_t bytes = utf8_encode(cp, utf8);

    if (p->text.bytes + bytes > PROMPT_BYTES_MAX)
        return PROMPT_MOVED;
    buffer_append(&p->text, utf8, bytes);
    memmove(p->text.data + p->cursor_byte + bytes, p->text.data + p->cursor_byte,
            p->text.bytes - bytes - p->cursor_byte);
    memcpy(p->text.data + p->cursor_byte, utf8, bytes);
    p->cursor_byte += bytes;
    return PROMPT_CHANGED;
}

static enum prompt_result recall(struct prompt *p, bool older)
{
    const char *line;

    if (p->history == NULL)
        return PROMPT_UNUSED;
    if (older ? p->recalled >= p->history->count : p->recalled == 0)
        return PROMPT_MOVED;
    if (p->recalled == 0) {
        buffer_clear(&p->typed);
        buffer_append_string(&p->typed, buffer_string(&p->text));
    }
    p->recalled += older ? 1 : (size_t)-1;
    line = p->recalled == 0 ? buffer_string(&p->typed)
                            : p->history->lines[p->history->count - p->recalled];
    buffer_clear(&p->text);
    buffer_append_string(&p->text, line);
    p->cursor_byte = p->text.bytes;
    return PROMPT_CHANGED;
}

static enum prompt_result erase_key(struct prompt *p, uint32_t code)
{
    size_t at = p->cursor_byte;

    switch (code) {
    case KEY_CODE_BACKSPACE:
    case 8:
        if (p->text.bytes == 0)
            return PROMPT_GIVEN_UP;
        erase(p, step_back(p, at), at);
        break;
    case KEY_CODE_DELETE:
    case 4:
        if (at == p->text.bytes)
            return PROMPT_MOVED;
        erase(p, at, step_forward(p, at));
        p->cursor_byte = at;
        break;
    case 'W' & 31:
        erase(p, word_back(p, at), at);
        break;
    case 'U' & 31:
        erase(p, 0, at);
        break;
    default: /* ^K */
        erase(p, at, p->text.bytes);
    }
    return PROMPT_CHANGED;
}

static enum prompt_result move_key(struct prompt *p, uint32_t code)
{
    switch (code) {
    case KEY_CODE_LEFT:
    case 'B' & 31:
        p->cursor_byte = step_back(p, p->cursor_byte);
        break;
    case KEY_CODE_RIGHT:
    case 'F' & 31:
        p->cursor_byte = step_forward(p, p->cursor_byte);
        break;
    case KEY_CODE_HOME:
    case 'A' & 31:
        p->cursor_byte = 0;
        break;
    default:
        p->cursor_byte = p->text.bytes;
    }
    return PROMPT_MOVED;
}

enum prompt_result prompt_key(struct prompt *p, struct key key)
{
    if (key.pasted)
        return key.code >= ' ' && key.code < KEY_CODE_FIRST_SPECIAL       ? insert(p, key.code)
               : key.code == '\n' || key.code == '\r' || key.code == '\t' ? insert(p, ' ')
                                                                          : PROMPT_MOVED;
    switch (key.code) {
    case KEY_CODE_ENTER:
    case '\n':
        return PROMPT_DONE;
    case KEY_CODE_ESC:
    case 'C' & 31:
    case 'G' & 31:
        return PROMPT_GIVEN_UP;
    case KEY_CODE_UP:
    case 'P' & 31:
        return recall(p, true);
    case KEY_CODE_DOWN:
    case 'N' & 31:
        return recall(p, false);
    case KEY_CODE_BACKSPACE:
    case 'H' & 31:
    case KEY_CODE_DELETE:
    case 'D' & 31:
    case 'W' & 31:
    case 'U' & 31:
    case 'K' & 31:
        if (p->text.data == NULL)
            return key.code == KEY_CODE_BACKSPACE || key.code == ('H' & 31) ? PROMPT_GIVEN_UP
                                                                            : PROMPT_MOVED;
        return erase_key(p, key.code);
    case KEY_CODE_LEFT:
    case KEY_CODE_RIGHT:
    case KEY_CODE_HOME:
    case KEY_CODE_END:
    case 'A' & 31:
    case 'B' & 31:
    case 'E' & 31:
    case 'F' & 31:
        return move_key(p, key.code);
    default:
        break;
    }
    if (key.code < ' ' || key.code >= KEY_CODE_FIRST_SPECIAL)
        return PROMPT_UNUSED;
    return insert(p, key.code);
}

int prompt_draw(const struct prompt *p, struct grid *g, const struct area *a,
                const struct width *w, const char *label)
{
    struct pen pen = pen_at(g, w, a, 0, 0);
    struct display d = {0};
    int before = display_columns(w, buffer_string(&p->text), p->cursor_byte);
    int cursor = -1;
    int start;
    int capacity;
    int at;

    pen_string(&pen, label, ROLE_STATUS_KEY);
    start = pen.column;
    capacity = a->columns - start - 1;
    at = before > capacity ? start - before + capacity / 2 : start;
    display_make(&d, w, buffer_string(&p->text), p->text.bytes);
    for (size_t i = 0; i < d.count; i++) {
        if (cursor < 0 && d.glyphs[i].byte >= p->cursor_byte)
            cursor = at;
        if (at >= start)
            grid_glyph(g, a, 0, at, &d.glyphs[i], (struct style){.role = ROLE_PROMPT});
        at += d.glyphs[i].columns;
    }
    if (cursor < 0)
        cursor = at;
    display_release(&d);
    grid_cursor(g, a, 0, cursor < a->columns ? cursor : a->columns - 1);
    g->cursor_hidden = false;
    return at;
}

/* The help, a table of two columns: keys are wrapped at blanks, help by the rules of its
 * language; in a narrow window the help is below the keys. Nothing is cached: each drawing
 * walks the table once. */
#include "shilu/ui/help.h"

#include <string.h>
#include <strings.h>

#include "shilu/base/span.h"
#include "shilu/base/translate.h"
#include "shilu/text/display.h"
#include "shilu/text/wrap.h"
#include "shilu/ui/ui.h"

enum { KEYS_AT = 2, GAP_COLUMNS = 2, STACKED_BELOW_COLUMNS = 30 };

/* The positions of the two columns in a pane. */
struct shape {
    bool stacked; /* the help below the keys */
    int keys_columns;
    int help_at;
    int help_columns;
};

static void append_keys(const struct help *h, enum action action, struct buffer *out)
{
    keymap_keys_of(h->ui->keymap, action, out);
    if (out->bytes == 0)
        buffer_append_format(out, ":%s", action_row(action)->name);
}

static struct shape make_shape(const struct help *h, int columns)
{
    struct shape shape = {.stacked = columns < STACKED_BELOW_COLUMNS};
    struct buffer keys = {0};
    int action;

    for (action = 0; action < ACTION_COUNT; action++) {
        int wide;

        if (!ui_has(h->ui, (enum action)action))
            continue;
        buffer_clear(&keys);
        append_keys(h, (enum action)action, &keys);
        wide = display_columns(h->ui->width, keys.data, keys.bytes);
        shape.keys_columns = wide > shape.keys_columns ? wide : shape.keys_columns;
    }
    buffer_release(&keys);
    if (shape.keys_columns > columns * 2 / 5)
        shape.keys_columns = columns * 2 / 5;
    shape.help_at = KEYS_AT + shape.keys_columns + GAP_COLUMNS;
    if (shape.stacked) {
        shape.keys_columns = columns - KEYS_AT;
        shape.help_at = KEYS_AT + GAP_COLUMNS;
    }
    shape.help_columns = columns - shape.help_at - 1;
    return shape;
}

/* A line of a text wrapped at spaces: its start and length. False after the last line. */
static bool line_of(const struct help *h, const char *text, int columns, int line,
                    const char **start, size_t *bytes)
{
    while (*text != '\0') {
        size_t end = strcspn(text, " ");

        while (text[end] == ' ') {
            size_t more = end + 1 + strcspn(text + end + 1, " ");

            if (display_columns(h->ui->width, text, more) > columns)
                break;
            end = more;
        }
        if (line-- == 0) {
            *start = text;
            *bytes = end;
            return true;
        }
        text += end + strspn(text + end, " ");
    }
    return false;
}

static int lines_of(const struct help *h, const char *text, int columns)
{
    const char *start;
    size_t bytes;
    int lines = 0;

    while (line_of(h, text, columns, lines, &start, &bytes))
        lines++;
    return lines;
}

/* The help of an action, as lines. Languages differ in where these may break. */
struct help_lines {
    const char *text;
    struct display display;
    struct wrap wrap;
};

static void help_lines_make(struct help_lines *l, const struct help *h, enum action action,
                            int columns)
{
    size_t bytes;

    l->text = _(action_row(action)->help);
    bytes = strlen(l->text);
    display_make(&l->display, h->ui->width, l->text, bytes);
    wrap_fill(&l->wrap, &l->display, l->text, bytes, columns, translate_language());
}

static void help_lines_release(struct help_lines *l)
{
    wrap_release(&l->wrap);
    display_release(&l->display);
}

static int action_lines(const struct help *h, const struct shape *shape, enum action action)
{
    struct buffer keys = {0};
    int key_lines;
    struct help_lines help = {0};
    int help_lines;

    help_lines_make(&help, h, action, shape->help_columns);
    help_lines = (int)help.wrap.count;
    help_lines_release(&help);
    append_keys(h, action, &keys);
    key_lines = lines_of(h, buffer_string(&keys), shape->keys_columns);
    buffer_release(&keys);
    if (shape->stacked)
        return key_lines + help_lines;
    return key_lines > help_lines ? key_lines : help_lines;
}

/* The rows of an action, from `row` of the area on; the grid clips what is outside. */
static void draw_action(const struct help *h, struct pen *pen, const struct shape *shape,
                        enum action action, int row)
{
    struct help_lines help = {0};
    struct buffer keys = {0};
    const char *start;
    size_t bytes;
    int below = 0;
    int line;

    append_keys(h, action, &keys);
    for (line = 0; line_of(h, buffer_string(&keys), shape->keys_columns, line, &start, &bytes);
         line++) {
        pen_move(pen, row + line, KEYS_AT);
        pen_until(pen, KEYS_AT + shape->keys_columns);
        pen_text(pen, span_of(start, bytes), ROLE_HELP_KEY);
    }
    if (shape->stacked)
        below = line;
    help_lines_make(&help, h, action, shape->help_columns);
    for (line = 0; line < (int)help.wrap.count; line++) {
        const struct wrap_line *l = &help.wrap.lines[line];
        struct span words = span_of(help.text + l->byte, l->byte_end - l->byte);

        pen_move(pen, row + below + line, shape->help_at);
        pen_part(pen, span_trim_back(words), (struct style){.role = ROLE_TEXT});
    }
    help_lines_release(&help);
    buffer_release(&keys);
}

static bool holds(const char *text, const char *filter)
{
    size_t bytes = strlen(filter);

    for (; strlen(text) >= bytes; text++)
        if (strncasecmp(text, filter, bytes) == 0)
            return true;
    return false;
}

/* Matches the key as written, the name, or the help. */
static bool passes_filter(const struct help *h, enum action action)
{
    struct buffer keys = {0};
    bool passes;

    if (*h->filter == '\0')
        return true;
    append_keys(h, action, &keys);
    passes = holds(buffer_string(&keys), h->filter) ||
             holds(action_row(action)->name, h->filter) ||
             holds(_(action_row(action)->help), h->filter);
    buffer_release(&keys);
    return passes;
}

static bool is_reported(const struct help *h, enum action action, int group)
{
    return (int)action_row(action)->group == group && ui_has(h->ui, action) &&
           passes_filter(h, action);
}

/* Walk the rows at a width of so many columns, drawing those in the pen's area, which begins
 * with row `top`; without a pen nothing is drawn. Returns the number of rows. */
static int walk(const struct help *h, struct pen *pen, int columns, int top)
{
    struct shape shape = make_shape(h, columns);
    int at = 0;
    int group;
    int action;

    for (group = 0; group < GROUP_COUNT; group++) {
        bool any = false;

        for (action = 0; action < ACTION_COUNT; action++) {
            if (!is_reported(h, (enum action)action, group))
                continue;
            if (!any) {
                at += at > 0; /* a blank */
                if (pen != NULL) {
                    pen_move(pen, at - top, 1);
                    pen_string(pen, _(action_group_title((enum action_group)group)),
                               ROLE_HELP_HEADING);
                }
                at++;
                any = true;
            }
            if (pen != NULL && at < top + pen->area.rows)
                draw_action(h, pen, &shape, (enum action)action, at - top);
            at += action_lines(h, &shape, (enum action)action);
        }
    }
    return at;
}

size_t help_rows(const struct help *h, const struct area *a)
{
    return (size_t)walk(h, NULL, a->columns, 0);
}

void help_draw(const struct help *h, struct pen *pen, size_t top)
{
    walk(h, pen, pen->area.columns, (int)top);
}

/* Session: the help, a table of two columns, of which each is wrapped at its words; where the
 * window is narrow what a key does stands below it. A row is told by its number alone, so
 * nothing is kept. */
#include <string.h>

#include "session_private.h"
#include "shilu/text/display.h"

enum { KEYS_AT = 2, GAP_COLUMNS = 2, STACKED_BELOW_COLUMNS = 30 };

/* Where the two columns stand in a pane. */
struct shape {
    bool stacked; /* the help below the keys */
    int keys_columns;
    int help_at;
    int help_columns;
};

/* A row of the help: a heading, a blank, or a line of an action. */
struct help_row {
    bool heading;
    bool blank;
    int index; /* of a group, or an action */
    int line;  /* of the action's lines */
};

static void append_keys(const struct session *s, enum action action, struct buffer *out)
{
    keymap_keys_of(s->keymap, action, out);
    if (out->bytes == 0)
        buffer_append_format(out, ":%s", action_row(action)->name);
}

static struct shape make_shape(const struct session *s, int columns)
{
    struct shape shape = {.stacked = columns < STACKED_BELOW_COLUMNS};
    struct buffer keys = {0};
    int action;

    for (action = 0; action < ACTION_COUNT; action++) {
        int wide;

        buffer_clear(&keys);
        append_keys(s, (enum action)action, &keys);
        wide = display_columns(s->reading.width, keys.data, keys.bytes);
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

/* The words of a line of a text that is wrapped at spaces: its start and how many bytes. False
 * behind the last line. */
static bool line_of(const struct session *s, const char *text, int columns, int line,
                    const char **start, size_t *bytes)
{
    while (*text != '\0') {
        size_t end = strcspn(text, " ");

        while (text[end] == ' ') {
            size_t more = end + 1 + strcspn(text + end + 1, " ");

            if (display_columns(s->reading.width, text, more) > columns)
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

static int lines_of(const struct session *s, const char *text, int columns)
{
    const char *start;
    size_t bytes;
    int lines = 0;

    while (line_of(s, text, columns, lines, &start, &bytes))
        lines++;
    return lines;
}

static int action_lines(const struct session *s, const struct shape *shape, enum action action)
{
    struct buffer keys = {0};
    int key_lines;
    int help_lines = lines_of(s, action_row(action)->help, shape->help_columns);

    append_keys(s, action, &keys);
    key_lines = lines_of(s, buffer_string(&keys), shape->keys_columns);
    buffer_release(&keys);
    if (shape->stacked)
        return key_lines + help_lines;
    return key_lines > help_lines ? key_lines : help_lines;
}

/* The row of a number; false behind the last. *rows is then how many there are. */
static bool find_row(const struct session *s, const struct shape *shape, size_t wanted,
                     struct help_row *row, size_t *rows)
{
    size_t at = 0;
    int group;
    int action;

    for (group = 0; group < GROUP_COUNT; group++) {
        *row = (struct help_row){.blank = true};
        if (group > 0 && at++ == wanted)
            return true;
        *row = (struct help_row){.heading = true, .index = group};
        if (at++ == wanted)
            return true;
        for (action = 0; action < ACTION_COUNT; action++) {
            size_t lines;

            if ((int)action_row((enum action)action)->group != group)
                continue;
            lines = (size_t)action_lines(s, shape, (enum action)action);
            *row = (struct help_row){.index = action, .line = (int)(wanted - at)};
            if (wanted - at < lines)
                return true;
            at += lines;
        }
    }
    *rows = at;
    return false;
}

size_t session_help_rows(const struct session *s)
{
    struct shape shape = make_shape(s, s->layout.body.columns);
    struct help_row row;
    size_t rows;

    find_row(s, &shape, SIZE_MAX, &row, &rows);
    return rows;
}

static void draw_action(const struct session *s, struct grid *g, const struct area *a, int row,
                        const struct shape *shape, const struct help_row *what)
{
    const char *help = action_row((enum action)what->index)->help;
    const struct width *w = s->reading.width;
    struct buffer keys = {0};
    struct area left = *a;
    int help_line = what->line;
    const char *start;
    size_t bytes;

    append_keys(s, (enum action)what->index, &keys);
    if (shape->stacked)
        help_line -= lines_of(s, buffer_string(&keys), shape->keys_columns);
    left.columns = KEYS_AT + shape->keys_columns;
    if (line_of(s, buffer_string(&keys), shape->keys_columns, what->line, &start, &bytes))
        grid_text(g, &left, row, KEYS_AT, w, start, bytes,
                  (struct style){.role = ROLE_HELP_KEY}, true);
    if (help_line >= 0 && line_of(s, help, shape->help_columns, help_line, &start, &bytes))
        grid_text(g, a, row, shape->help_at, w, start, bytes, (struct style){.role = ROLE_TEXT},
                  true);
    buffer_release(&keys);
}

void session_help_draw_row(const struct session *s, struct grid *g, const struct area *a,
                           int row, size_t index)
{
    struct shape shape = make_shape(s, a->columns);
    struct help_row what;
    size_t rows;

    if (!find_row(s, &shape, index, &what, &rows) || what.blank)
        return;
    if (what.heading)
        grid_string(g, a, row, 1, s->reading.width,
                    action_group_title((enum action_group)what.index),
                    (struct style){.role = ROLE_HELP_HEADING});
    else
        draw_action(s, g, a, row, &shape, &what);
}

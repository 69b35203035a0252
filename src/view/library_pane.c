/* The library pane. The columns after the title have fixed widths and are at the right. */
#include "shilu/view/library_pane.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shilu/base/civil_time.h"
#include "shilu/base/translate.h"

/* The title keeps this many columns as long as another column can be dropped, and some more
 * before the columns from "words" on are shown. In a window of fewer than ALONE_COLUMNS, at
 * most one column is beside the title. */
enum {
    TITLE_LEAST_COLUMNS = 27,
    TITLE_GOOD_COLUMNS = 29,
    ALONE_COLUMNS = 60,
    ALONE_LEAST_COLUMNS = 32
};

static const struct {
    const char *name;
    int columns; /* including the gap before it */
} columns[LIBRARY_COLUMN_COUNT] = {
    [LIBRARY_TITLE] = {N_("Title"), 0},
    [LIBRARY_DATE] = {N_("Date"), 12},
    [LIBRARY_LENGTH] = {N_("Length"), 10},
    [LIBRARY_SPEAKERS] = {N_("Speakers"), 10},
    [LIBRARY_QUESTIONS] = {N_("Questions"), 11},
    [LIBRARY_WORDS] = {N_("Words"), 10},
    [LIBRARY_CHARACTERS] = {N_("Characters"), 12},
    [LIBRARY_FORMAT] = {N_("Format"), 16},
};

const char *library_column_name(enum library_column column)
{
    return columns[column].name;
}

/* With room for only one column, the sort column is shown. */
static bool is_alone(const struct area *a)
{
    return a->columns < ALONE_COLUMNS;
}

static bool is_shown(const struct area *a, enum library_column column,
                     const struct library_columns *c)
{
    enum library_column alone = c->sorted == LIBRARY_TITLE ? LIBRARY_DATE : c->sorted;
    int left = a->columns;

    if (is_alone(a))
        return column == alone && a->columns >= ALONE_LEAST_COLUMNS;
    if (column == c->sorted)
        return true;
    if ((c->known >> column & 1) == 0)
        return false;
    if (c->sorted > column)
        left -= columns[c->sorted].columns;
    for (int i = LIBRARY_DATE; i <= (int)column; i++)
        if ((c->known >> i & 1) != 0 || i == (int)c->sorted)
            left -= columns[i].columns;
    return left >= (column < LIBRARY_WORDS ? TITLE_LEAST_COLUMNS : TITLE_GOOD_COLUMNS);
}

/* In a wide window the file follows the title, in a third of their common room. */
enum { FILE_LEAST_COLUMNS = 110 };

static int title_columns(const struct area *a, const struct library_columns *c)
{
    int left = a->columns;

    for (int i = LIBRARY_DATE; i < LIBRARY_COLUMN_COUNT; i++)
        left -= is_shown(a, (enum library_column)i, c) ? columns[i].columns : 0;
    return left;
}

static int file_columns(const struct area *a, const struct library_columns *c)
{
    return a->columns >= FILE_LEAST_COLUMNS ? title_columns(a, c) / 3 : 0;
}

/* The title, and the file if it is shown. */
static void draw_title(struct pen *pen, const struct library_columns *c, const char *title,
                       enum style_role role, const char *file, enum style_role file_role)
{
    int end = title_columns(&pen->area, c);
    int start = end - file_columns(&pen->area, c);

    pen_until(pen, start < end ? start - 1 : end);
    pen_string(pen, title, role);
    if (start == end)
        return;
    pen_until(pen, end);
    pen->column = start + 1;
    pen_string(pen, file, file_role);
}

void library_pane_heading(struct pen *pen, const struct library_columns *c)
{
    int end = title_columns(&pen->area, c);

    for (int i = 0; i < LIBRARY_COLUMN_COUNT; i++) {
        const char *name = _(columns[i].name);
        enum style_role role = c->sorted == (enum library_column)i ? ROLE_HEADING_ACTIVE
                                                                   : ROLE_HEADING;

        if (i == LIBRARY_TITLE) {
            draw_title(pen, c, name, role, _("File"), ROLE_HEADING);
        } else if (is_shown(&pen->area, (enum library_column)i, c)) {
            end += columns[i].columns;
            pen_until(pen, end);
            pen_right(pen, name, role);
        }
    }
}

static void cell_text(const struct library_line *line, enum library_column column,
                      char text[CIVIL_TEXT])
{
    text[0] = '\0';
    if (column == LIBRARY_DATE && line->date_ms != TIME_NONE)
        civil_format_date(line->date_ms, text);
    else if (column == LIBRARY_LENGTH && line->length_ms != TIME_NONE)
        civil_format_elapsed(line->length_ms, text);
    else if (column == LIBRARY_SPEAKERS && line->speakers > 0)
        snprintf(text, CIVIL_TEXT, "%" PRIu32, line->speakers);
    else if (column == LIBRARY_QUESTIONS && line->questions > 0)
        snprintf(text, CIVIL_TEXT, "%" PRIu32, line->questions);
    else if (column == LIBRARY_WORDS && line->words > 0)
        snprintf(text, CIVIL_TEXT, "%" PRIu64, line->words);
    else if (column == LIBRARY_CHARACTERS && line->characters > 0)
        snprintf(text, CIVIL_TEXT, "%" PRIu64, line->characters);
    else if (column == LIBRARY_FORMAT && line->format != NULL)
        snprintf(text, CIVIL_TEXT, "%.14s", line->format);
}

unsigned library_pane_known(const struct library_line *line)
{
    char text[CIVIL_TEXT];
    unsigned known = 0;

    for (int i = LIBRARY_DATE; i < LIBRARY_COLUMN_COUNT; i++) {
        cell_text(line, (enum library_column)i, text);
        known |= (unsigned)(*text != '\0') << i;
    }
    return known;
}

void library_pane_line(struct pen *pen, const struct library_columns *c,
                       const struct library_line *line)
{
    static const enum style_role roles[LIBRARY_COLUMN_COUNT] = {
        [LIBRARY_DATE] = ROLE_TIME,    [LIBRARY_LENGTH] = ROLE_TIME,
        [LIBRARY_SPEAKERS] = ROLE_DIM, [LIBRARY_QUESTIONS] = ROLE_QUESTION,
        [LIBRARY_WORDS] = ROLE_DIM,    [LIBRARY_CHARACTERS] = ROLE_DIM,
        [LIBRARY_FORMAT] = ROLE_DIM,
    };
    int end = title_columns(&pen->area, c);
    char text[CIVIL_TEXT];

    draw_title(pen, c, line->title, ROLE_TEXT, line->file, ROLE_DIM);
    for (int i = LIBRARY_DATE; i < LIBRARY_COLUMN_COUNT; i++) {
        if (!is_shown(&pen->area, (enum library_column)i, c))
            continue;
        end += columns[i].columns;
        cell_text(line, (enum library_column)i, text);
        pen_until(pen, end);
        pen_right(pen, text, roles[i]);
    }
}

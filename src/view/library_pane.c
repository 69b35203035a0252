/* The library pane. The columns behind the title have fixed widths and stand at the right. */
#include "shilu/view/library_pane.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shilu/base/civil_time.h"
#include "shilu/base/translate.h"

static const struct {
    const char *name;
    int columns;       /* with the gap before it */
    int least_columns; /* of the window in which it is shown */
} columns[LIBRARY_COLUMN_COUNT] = {
    [LIBRARY_TITLE] = {N_("Title"), 0, 0},
    [LIBRARY_DATE] = {N_("Date"), 12, 32},
    [LIBRARY_LENGTH] = {N_("Length"), 10, 60},
    [LIBRARY_SPEAKERS] = {N_("Speakers"), 10, 70},
    [LIBRARY_QUESTIONS] = {N_("Questions"), 11, 70},
    [LIBRARY_CHARACTERS] = {N_("Characters"), 12, 140},
    [LIBRARY_FORMAT] = {N_("Format"), 16, 160},
};

const char *library_column_name(enum library_column column)
{
    return columns[column].name;
}

/* Where there is room for one column alone it is the one that is sorted by. */
static bool is_shown(const struct area *a, enum library_column column,
                     enum library_column sorted)
{
    enum library_column alone = sorted == LIBRARY_TITLE ? LIBRARY_DATE : sorted;

    if (a->columns < columns[LIBRARY_LENGTH].least_columns)
        return column == alone && a->columns >= columns[LIBRARY_DATE].least_columns;
    return column == sorted || a->columns >= columns[column].least_columns;
}

/* In a wide window the file stands behind the title, in a third of the room of both. */
enum { FILE_LEAST_COLUMNS = 110 };

static struct area title_area(const struct area *a, enum library_column sorted)
{
    struct area title = *a;
    int i;

    for (i = LIBRARY_DATE; i < LIBRARY_COLUMN_COUNT; i++)
        title.columns -= is_shown(a, (enum library_column)i, sorted) ? columns[i].columns : 0;
    return title;
}

static int file_columns(const struct area *a)
{
    return a->columns >= FILE_LEAST_COLUMNS ? title_area(a, LIBRARY_TITLE).columns / 3 : 0;
}

/* At the right of its column, which ends one before the window does. */
static void draw_right(struct grid *g, const struct area *a, int row, const struct width *w,
                       int end, const char *text, struct style style)
{
    grid_string(g, a, row, end - display_columns(w, text, strlen(text)) - 1, w, text, style);
}

void library_pane_heading(struct grid *g, const struct area *a, const struct width *w,
                          enum library_column sorted)
{
    int end = title_area(a, sorted).columns;
    int i;

    for (i = 0; i < LIBRARY_COLUMN_COUNT; i++) {
        struct style style = {.role = sorted == (enum library_column)i ? ROLE_HEADING_ACTIVE
                                                                       : ROLE_HEADING};

        if (i == LIBRARY_TITLE) {
            grid_string(g, a, 0, 1, w, _(columns[i].name), style);
            if (file_columns(a) > 0)
                grid_string(g, a, 0, end - file_columns(a) + 1, w, _("File"),
                            (struct style){.role = ROLE_HEADING});
            continue;
        }
        if (!is_shown(a, (enum library_column)i, sorted))
            continue;
        end += columns[i].columns;
        draw_right(g, a, 0, w, end, _(columns[i].name), style);
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
    else if (column == LIBRARY_CHARACTERS && line->characters > 0)
        snprintf(text, CIVIL_TEXT, "%" PRIu64, line->characters);
    else if (column == LIBRARY_FORMAT && line->format != NULL)
        snprintf(text, CIVIL_TEXT, "%.14s", line->format);
}

void library_pane_line(struct grid *g, const struct area *a, int row, const struct width *w,
                       enum library_column sorted, const struct library_line *line)
{
    static const enum style_role roles[LIBRARY_COLUMN_COUNT] = {
        [LIBRARY_DATE] = ROLE_TIME,      [LIBRARY_LENGTH] = ROLE_TIME,
        [LIBRARY_SPEAKERS] = ROLE_DIM,   [LIBRARY_QUESTIONS] = ROLE_QUESTION,
        [LIBRARY_CHARACTERS] = ROLE_DIM, [LIBRARY_FORMAT] = ROLE_DIM,
    };
    struct area file = title_area(a, sorted);
    struct area title = file;
    char text[CIVIL_TEXT];
    int end = title.columns;
    int i;

    title.columns -= file_columns(a) > 0 ? file_columns(a) + 1 : 0;
    grid_text(g, &title, row, 1, w, line->title, strlen(line->title),
              (struct style){.role = ROLE_TEXT}, true);
    if (file_columns(a) > 0)
        grid_text(g, &file, row, file.columns - file_columns(a) + 1, w, line->file,
                  strlen(line->file), (struct style){.role = ROLE_DIM}, true);
    for (i = LIBRARY_DATE; i < LIBRARY_COLUMN_COUNT; i++) {
        if (!is_shown(a, (enum library_column)i, sorted))
            continue;
        end += columns[i].columns;
        cell_text(line, (enum library_column)i, text);
        draw_right(g, a, row, w, end, text, (struct style){.role = (uint8_t)roles[i]});
    }
}

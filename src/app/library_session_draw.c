/* Library session: what is on the screen. */
#include <stdio.h>
#include <string.h>

#include "library_session_private.h"
#include "shilu/app/help.h"
#include "shilu/view/excerpt.h"
#include "shilu/view/frame.h"

enum { NAME_COLUMNS = 14, HINTS_MAX = 6 };

static void draw_title(struct library_session *s, struct grid *g)
{
    const struct area *a = &s->layout.title;
    const struct style detail = {.role = ROLE_TITLE_DETAIL};
    size_t waiting = library_waiting(s->library);
    size_t unreadable = library_unreadable(s->library);
    struct buffer text = {0};
    int columns;

    buffer_append_format(&text, "%zu transcript%s", s->shown_count,
                         s->shown_count == 1 ? "" : "s");
    if (waiting > 0)
        buffer_append_format(&text, "  %zu to read", waiting);
    if (unreadable > 0)
        buffer_append_format(&text, "  %zu unreadable", unreadable);
    grid_fill(g, a, 0, 0, a->columns, " ", (struct style){.role = ROLE_TITLE});
    columns = grid_string(g, a, 0, 1, s->width, "Library", (struct style){.role = ROLE_TITLE});
    if (columns + (int)text.bytes + 2 < a->columns)
        columns = a->columns - (int)text.bytes - 1;
    else
        columns++;
    grid_string(g, a, 0, columns, s->width, buffer_string(&text), detail);
    buffer_release(&text);
}

static void draw_entry(struct library_session *s, struct grid *g, const struct area *a, int row,
                       size_t index)
{
    const struct library_entry *entry = library_entry(s->library, s->shown[index]);
    const struct library_line line = {.title = library_entry_title(entry),
                                      .date_ms = entry->facts.date_ms,
                                      .length_ms = entry->facts.length_ms,
                                      .speakers = entry->facts.speakers,
                                      .questions = entry->facts.questions};

    library_pane_line(g, a, row, s->width, &line);
}

static int draw_source(struct library_session *s, struct grid *g, const struct area *a, int row,
                       const struct library_row *hit)
{
    struct area name = *a;
    char time[CIVIL_TEXT];
    int column = 3;

    if (hit->time_ms != TIME_NONE) {
        if (hit->is_wall)
            civil_format_clock(hit->time_ms, time);
        else
            civil_format_elapsed(hit->time_ms, time);
        column = grid_string(g, a, row, column, s->width, time,
                             (struct style){.role = ROLE_TIME}) +
                 1;
    }
    if (hit->who == NULL || a->columns < 60)
        return column;
    name.columns = column + NAME_COLUMNS;
    grid_text(g, &name, row, column, s->width, hit->who, strlen(hit->who),
              (struct style){.role = ROLE_SPEAKER}, true);
    return name.columns + 1;
}

static void draw_hit(struct library_session *s, struct grid *g, const struct area *a, int row,
                     size_t index)
{
    const struct library_row *hit = library_search_row(s->search, index);
    const char *title = library_entry_title(library_entry(s->library, hit->entry));
    struct area left = *a;
    char count[24];

    if (hit->hits == 0) {
        excerpt_draw(g, a, row, draw_source(s, g, a, row, hit), s->width, hit->text,
                     strlen(hit->text), hit->start, hit->end);
        return;
    }
    snprintf(count, sizeof count, "%zu", hit->hits);
    left.columns -= (int)strlen(count) + 2;
    grid_text(g, &left, row, 1, s->width, title, strlen(title),
              (struct style){.role = ROLE_HEADING_ACTIVE}, true);
    grid_string(g, a, row, a->columns - (int)strlen(count) - 1, s->width, count,
                (struct style){.role = ROLE_DIM});
}

static void draw_rows(struct library_session *s, struct grid *g, enum mode mode)
{
    struct area a = library_session_area(s);
    struct place *p = library_session_place(s, mode);
    size_t count = library_session_rows(s, mode);
    size_t page = (size_t)a.rows;
    int row;

    if (p->at < p->top)
        p->top = p->at;
    if (p->at >= p->top + page)
        p->top = p->at + 1 - page;
    if (mode == MODE_LIST && a.row > s->layout.body.row)
        library_pane_heading(g, &s->layout.body, s->width, s->sorted);
    for (row = 0; row < a.rows && p->top + (size_t)row < count; row++) {
        if (mode == MODE_HITS)
            draw_hit(s, g, &a, row, p->top + (size_t)row);
        else
            draw_entry(s, g, &a, row, p->top + (size_t)row);
        if (p->top + (size_t)row == p->at)
            grid_over(g, &a, row, OVER_CURSOR);
    }
}

static void draw_help(struct library_session *s, struct grid *g)
{
    const struct help help = {s->keymap, s->width};
    size_t count = library_session_rows(s, MODE_HELP);
    size_t page = (size_t)s->layout.body.rows;

    if (s->help.at + page > count)
        s->help.at = count > page ? count - page : 0;
    help_draw(&help, g, &s->layout.body, s->help.at);
}

/* ---------------------------------------------------------------------- the last line */

static void append_state(const struct library_session *s, struct buffer *out)
{
    struct library_search_state state;

    if (s->message.bytes > 0)
        buffer_append_string(out, s->message.data);
    else if (s->mode == MODE_HITS && s->search != NULL) {
        state = library_search_state(s->search);
        buffer_append_format(out, "%zu hit%s in %zu transcript%s", state.hits,
                             state.hits == 1 ? "" : "s", state.with_hits,
                             state.with_hits == 1 ? "" : "s");
        if (!state.done)
            buffer_append_format(out, "  %zu of %zu searched", state.searched, state.files);
        if (state.is_cut)
            buffer_append_format(out, "  no room for more");
    } else if (s->mode == MODE_LIST && s->shown_count > 0) {
        buffer_append_format(out, "%zu of %zu  by %s%s", s->list.at + 1, s->shown_count,
                             library_column_name(s->sorted), s->reversed ? ", reversed" : "");
        if (s->filter_text.bytes > 0)
            buffer_append_format(out, "  only %s", s->filter_text.data);
    } else if (s->mode == MODE_LIST && !s->working)
        buffer_append_string(out, s->filter != NULL ? "nothing matches" : "no transcripts");
}

static int draw_hint(struct library_session *s, struct grid *g, int column, const char *key,
                     const char *what)
{
    const struct area *a = &s->layout.status;

    if (column + (int)(strlen(key) + strlen(what)) + 3 > a->columns)
        return a->columns;
    column = grid_string(g, a, 0, column + 2, s->width, key,
                         (struct style){.role = ROLE_STATUS_KEY});
    return grid_string(g, a, 0, column + 1, s->width, what,
                       (struct style){.role = ROLE_STATUS});
}

static void draw_hints(struct library_session *s, struct grid *g, int column)
{
    static const struct {
        enum action action;
        const char *what;
    } hints[HINTS_MAX] = {{ACTION_QUIT, "back"},     {ACTION_SEARCH, "search all"},
                          {ACTION_NARROW, "filter"}, {ACTION_SORT, "sort"},
                          {ACTION_HELP, "help"},     {ACTION_LIST, "hits"}};
    char key[KEY_NAME_BYTES];
    int i;

    column = draw_hint(s, g, column, "Enter", "read");
    for (i = 0; i < HINTS_MAX; i++) {
        keymap_key_of(s->keymap, hints[i].action, key);
        if (*key == '\0' ||
            (hints[i].action == ACTION_LIST && (s->search == NULL || s->mode == MODE_HITS)))
            continue;
        column = draw_hint(
            s, g, column, key,
            hints[i].action == ACTION_QUIT && s->mode == MODE_LIST ? "quit" : hints[i].what);
    }
}

static void draw_status(struct library_session *s, struct grid *g)
{
    const struct area *a = &s->layout.status;
    struct buffer text = {0};
    enum style_role role = s->message.bytes > 0 ? ROLE_STATUS_ERROR : ROLE_STATUS;
    int column;

    grid_fill(g, a, 0, 0, a->columns, " ", (struct style){.role = ROLE_STATUS});
    append_state(s, &text);
    column = grid_text(g, a, 0, 1, s->width, buffer_string(&text), text.bytes,
                       (struct style){.role = (uint8_t)role}, true);
    draw_hints(s, g, column);
    buffer_release(&text);
}

static void draw_prompt(struct library_session *s, struct grid *g)
{
    const struct area *a = &s->layout.status;
    const char *fault = buffer_string(&s->message);
    int columns = display_columns(s->width, fault, s->message.bytes);
    int column;

    grid_fill(g, a, 0, 0, a->columns, " ", (struct style){.role = ROLE_PROMPT});
    column = prompt_draw(&s->prompt, g, a, s->width,
                         s->mode == MODE_SEARCH ? "Search all: " : "Only what matches: ");
    if (columns > 0 && column + columns + 3 <= a->columns)
        grid_string(g, a, 0, a->columns - columns - 1, s->width, fault,
                    (struct style){.role = ROLE_STATUS_ERROR});
}

void library_session_draw(struct library_session *s, struct grid *g)
{
    bool prompting = s->mode == MODE_FILTER || s->mode == MODE_SEARCH;

    s->stale = false;
    if (g->rows != s->rows || g->columns != s->columns)
        grid_resize(g, s->rows, s->columns);
    grid_clear(g);
    if (s->layout.form == LAYOUT_TOO_SMALL) {
        struct area all = {0, 0, g->rows, g->columns};

        grid_string(g, &all, 0, 0, s->width, "too small", (struct style){.role = ROLE_TEXT});
        return;
    }
    library_session_refresh(s);
    s->stale = false;
    draw_title(s, g);
    if (s->mode == MODE_HELP)
        draw_help(s, g);
    else
        draw_rows(s, g, prompting ? s->under : s->mode);
    if (prompting)
        draw_prompt(s, g);
    else
        draw_status(s, g);
}

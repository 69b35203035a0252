/* Library session: what is on the screen. */
#include <stdio.h>
#include <string.h>

#include "library/library_session_private.h"
#include "shilu/base/translate.h"
#include "shilu/view/frame.h"
#include "shilu/view/pen.h"
#include "shilu/view/snippet.h"

enum { NAME_COLUMNS = 14, FOLDER_LEAST_COLUMNS = 8, WORDS_LEAST_COLUMNS = 30 };

/* ----------------------------------------------------------------------- the title bar */

/* Append a text to another one if both fit the columns together; else drop it. */
static void append_fitting(const struct library_session *s, struct buffer *out,
                           struct buffer *text, int columns)
{
    int used = display_columns(s->ui.width, buffer_string(out), out->bytes);

    if (used + display_columns(s->ui.width, buffer_string(text), text->bytes) <= columns)
        buffer_append(out, buffer_string(text), text->bytes);
    buffer_clear(text);
}

/* "12 of 62 transcripts", and further facts if there is room. */
static void append_counts(const struct library_session *s, int columns, struct buffer *out)
{
    size_t waiting = library_waiting(s->library);
    size_t unreadable = library_unreadable(s->library);
    struct buffer text = {0};

    if (s->filter != NULL)
        buffer_append_format(
            &text, ngettext("%zu of %zu transcript", "%zu of %zu transcripts", s->transcripts),
            s->shown_count, s->transcripts);
    else
        buffer_append_format(&text,
                             ngettext("%zu transcript", "%zu transcripts", s->transcripts),
                             s->transcripts);
    if (display_columns(s->ui.width, buffer_string(&text), text.bytes) > columns) {
        buffer_clear(&text);
        if (s->filter != NULL)
            buffer_append_format(&text, _("%zu of %zu"), s->shown_count, s->transcripts);
        else
            buffer_append_format(&text, "%zu", s->transcripts);
    }
    append_fitting(s, out, &text, columns);
    if (waiting > 0)
        buffer_append_format(&text, _("  %zu to read"), waiting);
    append_fitting(s, out, &text, columns);
    if (unreadable > 0)
        buffer_append_format(&text, _("  %zu unreadable"), unreadable);
    append_fitting(s, out, &text, columns);
    buffer_release(&text);
}

static void draw_title(struct library_session *s, struct grid *g)
{
    struct pen pen = pen_at(g, s->ui.width, &s->layout.title, 0, 1);
    const char *folder = s->options->path_count == 1 ? s->options->paths[0] : "";
    struct buffer counts = {0};

    pen_clear(&pen, ROLE_TITLE);
    pen_string(&pen, _("Library"), ROLE_TITLE);
    pen.column += 2;
    append_counts(s, pen.edge - pen.column - 1, &counts);
    pen_right(&pen, buffer_string(&counts), ROLE_TITLE_DETAIL);
    buffer_release(&counts);
    pen.edge -= 2;
    if (pen.edge - pen.column >= FOLDER_LEAST_COLUMNS)
        pen_string(&pen, folder, ROLE_TITLE_DETAIL);
}

/* ----------------------------------------------------------------------- the rows */

/* The file, or only its folder if its name is shown as the title. */
static void append_file(const struct library_entry *entry, struct buffer *out)
{
    const char *slash = strrchr(entry->file, '/');
    const char *title = library_entry_title(entry);

    if (slash != NULL && strcmp(slash + 1, title) == 0)
        buffer_append(out, entry->file, (size_t)(slash + 1 - entry->file));
    else if (strcmp(entry->file, title) != 0)
        buffer_append_string(out, entry->file);
}

/* An unreadable file, and the reason. */
static void draw_trouble(struct pen *pen, const struct library_entry *entry)
{
    struct buffer text = {0};

    buffer_append_string(&text, entry->file);
    if (entry->facts.trouble != NULL)
        buffer_append_format(&text, ": %s", entry->facts.trouble);
    pen_text(pen, buffer_span(&text), ROLE_STATUS_ERROR);
    buffer_release(&text);
}

/* Without its file. */
struct library_line library_session_line(const struct library_entry *entry)
{
    return (struct library_line){.title = library_entry_title(entry),
                                 .date_ms = entry->facts.date_ms,
                                 .length_ms = entry->facts.length_ms,
                                 .speakers = entry->facts.speakers,
                                 .questions = entry->facts.questions,
                                 .words = entry->facts.words,
                                 .characters = entry->facts.characters,
                                 .format = entry->facts.format};
}

static void draw_entry(struct library_session *s, struct pen *pen, size_t index)
{
    const struct library_entry *entry = library_entry(s->library, s->shown[index]);
    struct buffer file = {0};
    struct library_line line = library_session_line(entry);
    const struct library_columns columns = {s->known, s->sorted};

    if (s->unreadable) {
        draw_trouble(pen, entry);
        return;
    }
    append_file(entry, &file);
    line.file = buffer_string(&file);
    library_pane_line(pen, &columns, &line);
    buffer_release(&file);
}

static void draw_source(struct pen *pen, const struct library_row *hit)
{
    char time[CIVIL_TEXT];

    if (hit->time_ms != TIME_NONE && pen->area.columns >= WORDS_LEAST_COLUMNS) {
        if (hit->is_wall)
            civil_format_clock(hit->time_ms, time);
        else
            civil_format_elapsed(hit->time_ms, time);
        pen_string(pen, time, ROLE_TIME);
        pen->column++;
    }
    if (hit->who != NULL && pen->area.columns >= 60)
        pen_padded(pen, NAME_COLUMNS, span_string(hit->who), ROLE_SPEAKER);
}

static void draw_hit(struct library_session *s, struct pen *pen, size_t index)
{
    const struct library_row *hit = library_search_row(s->search, index);
    char count[24];

    if (hit->hits == 0) {
        pen->column = 3;
        draw_source(pen, hit);
        snippet_draw(pen, span_string(hit->text), hit->start, hit->end);
        return;
    }
    snprintf(count, sizeof count, "%zu", hit->hits);
    pen_right(pen, count, ROLE_DIM);
    pen->edge--;
    pen_string(pen, library_entry_title(library_entry(s->library, hit->entry)),
               ROLE_HEADING_ACTIVE);
}

static void draw_heading(struct library_session *s, struct grid *g, enum library_mode mode)
{
    const struct area list = library_session_area(s);
    const struct area a = {s->layout.body.row, list.column, 1, list.columns};
    const struct library_columns columns = {s->known, s->sorted};
    struct pen pen = pen_at(g, s->ui.width, &a, 0, 1);

    if (mode == MODE_LIST) {
        library_pane_heading(&pen, &columns);
        return;
    }
    pen_string(&pen, _("Hits for"), ROLE_HEADING);
    pen.column++;
    pen_string(&pen, library_search_query(s->search), ROLE_HEADING_ACTIVE);
}

/* Why the list is empty. */
static const char *reason(const struct library_session *s, enum library_mode mode)
{
    if (mode == MODE_HITS)
        return library_search_state(s->search).done ? N_("no hit") : N_("searching");
    if (s->working)
        return N_("reading");
    return s->filter != NULL ? N_("nothing matches") : N_("no transcripts here");
}

static void draw_rows(struct library_session *s, struct grid *g)
{
    struct area a = library_session_area(s);
    enum library_mode mode = s->mode;
    struct place *p = library_session_place(s);
    size_t count = library_session_rows(s);
    size_t page = (size_t)a.rows;
    struct pen pen = pen_at(g, s->ui.width, &a, 0, 1);

    if (p->top + page > count)
        p->top = count > page ? count - page : 0;
    p->top = ui_scroll_to(p->top, p->at, page);
    if (a.row > s->layout.body.row)
        draw_heading(s, g, mode);
    if (count == 0)
        pen_string(&pen, _(reason(s, mode)), ROLE_DIM);
    for (size_t at = p->top; at < p->top + page && at < count; at++) {
        pen_move(&pen, (int)(at - p->top), 1);
        if (mode == MODE_HITS)
            draw_hit(s, &pen, at);
        else
            draw_entry(s, &pen, at);
        if (at == p->at)
            pen_choose(&pen);
    }
}

/* ---------------------------------------------------------------------- the last line */

/* Two counts, each with its own plural. */
static void append_found(const struct library_search_state *state, struct buffer *out)
{
    buffer_append_format(out, ngettext("%zu hit", "%zu hits", state->hits), state->hits);
    buffer_append_format(
        out, ngettext(" in %zu transcript", " in %zu transcripts", state->with_hits),
        state->with_hits);
}

static void append_hits(const struct library_session *s, struct buffer *out)
{
    struct library_search_state state = library_search_state(s->search);

    if (state.hits == 0 && state.done)
        buffer_append_format(
            out, ngettext("%zu transcript searched", "%zu transcripts searched", state.files),
            state.files);
    else if (s->ui.columns < WORDS_LEAST_COLUMNS)
        buffer_append_format(out, _("%zu in %zu"), state.hits, state.with_hits);
    else
        append_found(&state, out);
    if (!state.done)
        buffer_append_format(out, _("  %zu of %zu searched"), state.searched, state.files);
    if (state.unreadable > 0)
        buffer_append_format(out, _("  %zu unreadable"), state.unreadable);
    if (state.incomplete > 0)
        buffer_append_format(out, _("  pattern too complex in %zu"), state.incomplete);
    if (state.is_cut)
        buffer_append_format(out, "%s", _("  list is full"));
}

void library_session_append_limits(const struct library_session *s, struct buffer *out)
{
    if (s->limits.who != NULL)
        buffer_append_format(out, _("by %s"), s->limits.who);
    if (s->limits.when != NULL)
        buffer_append_format(out, "%s%s", s->limits.who != NULL ? "  " : "", s->limits.when);
}

static void append_state(const struct library_session *s, struct buffer *out)
{
    if (s->mode == MODE_HITS && s->search != NULL)
        append_hits(s, out);
    else if (s->mode == MODE_LIST && s->shown_count > 0) {
        buffer_append_format(out, s->unreadable ? _("%zu of %zu unreadable") : _("%zu of %zu"),
                             s->list.at + 1, s->shown_count);
        if (s->sorted != LIBRARY_TITLE || s->reversed)
            buffer_append_format(out, s->reversed ? _("  by %s, reversed") : _("  by %s"),
                                 _(library_column_name(s->sorted)));
    }
    if (s->mode == MODE_LIST && s->filter != NULL)
        buffer_append_format(out, "%s%s%s", out->bytes > 0 ? "  " : "", _("only "),
                             buffer_string(&s->filter_text));
    if (library_limits_is_set(&s->limits)) {
        buffer_append_string(out, out->bytes > 0 ? "  " : "");
        library_session_append_limits(s, out);
    }
}

static const struct ui_hint list_hints[] = {
    {ACTION_HELP, N_("help"), NULL},         {ACTION_OPEN, N_("read"), "Enter"},
    {ACTION_SEARCH, N_("search all"), NULL}, {ACTION_NARROW, N_("filter"), NULL},
    {ACTION_SORT, N_("sort"), NULL},         {ACTION_NONE, NULL, NULL}};
static const struct ui_hint filter_hints[] = {{ACTION_CLEAR, N_("all"), NULL},
                                              {ACTION_OPEN, N_("read"), "Enter"},
                                              {ACTION_SEARCH, N_("search these"), NULL},
                                              {ACTION_SORT, N_("sort"), NULL},
                                              {ACTION_NONE, NULL, NULL}};
static const struct ui_hint hits_hints[] = {{ACTION_QUIT, N_("back"), NULL},
                                            {ACTION_OPEN, N_("read"), "Enter"},
                                            {ACTION_TURN_NEXT, N_("next transcript"), NULL},
                                            {ACTION_SPEAKER, N_("by whom"), NULL},
                                            {ACTION_TIME, N_("when"), NULL},
                                            {ACTION_SEARCH, N_("search again"), NULL},
                                            {ACTION_NONE, NULL, NULL}};

const struct ui_hint *library_session_hints(struct ui *ui)
{
    const struct library_session *s = library_session_of(ui);

    if (s->mode == MODE_HITS)
        return hits_hints;
    return s->filter != NULL ? filter_hints : list_hints;
}

void library_session_draw_status(struct ui *ui, struct grid *g, const char *said, bool is_error,
                                 const struct frame_hint *hints)
{
    const struct library_session *s = library_session_of(ui);
    const struct reader_state reading = {.width = ui->width};
    struct buffer text = {0};
    struct frame_status status = {.error = is_error, .hints = hints, .message = said};

    if (said == NULL && !ui->help)
        append_state(s, &text);
    if (said == NULL)
        status.message = buffer_string(&text);
    frame_draw_status(g, &s->layout.status, &reading, &status);
    buffer_release(&text);
}

static void draw_preview(struct library_session *s, struct grid *g)
{
    struct pen pen;
    struct area a;

    if (!library_session_preview_area(s, &a))
        return;
    pen = pen_at(g, s->ui.width, &s->layout.body, 0, a.column - 1);
    pen_rule(&pen, a.rows);
    library_preview_draw(s->preview, g, &a, s->ui.settings.shapes);
}

void library_session_draw(struct ui *ui, struct grid *g)
{
    struct library_session *s = library_session_of(ui);

    library_session_refresh(s);
    draw_title(s, g);
    draw_rows(s, g);
    draw_preview(s, g);
}

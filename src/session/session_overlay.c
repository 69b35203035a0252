/* Session: a sheet over the panes: the help, what is wrong with the file, or all hits. A sheet
 * is a number of rows, of which one may be chosen. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/session/help.h"
#include "shilu/text/utf8.h"
#include "shilu/view/snippet.h"
#include "shilu/view/speaker_color.h"

enum { CONTEXT_BYTES = 60 };

static struct style role(enum style_role r)
{
    return (struct style){.role = (uint8_t)r};
}

/* ------------------------------------------------------------------------- problems */

static size_t problem_rows(const struct session *s)
{
    return s->found != NULL && s->found->kept > 0 ? s->found->kept : 1;
}

static void draw_problem_row(struct session *s, struct grid *g, const struct area *a, int row,
                             size_t index)
{
    const struct diagnostic *d;
    struct buffer text = {0};

    if (s->found == NULL || s->found->kept == 0) {
        grid_string(g, a, row, 2, s->reading.width, "nothing is wrong with this file",
                    role(ROLE_TEXT));
        return;
    }
    d = &s->found->items[index];
    if (d->line > 0)
        buffer_append_format(&text, "%" PRIu64 ":%" PRIu64 ": ", d->line, d->column);
    buffer_append_string(&text, d->message);
    grid_text(g, a, row, 2, s->reading.width, text.data, text.bytes,
              role(d->severity == SEVERITY_ERROR ? ROLE_STATUS_ERROR : ROLE_TEXT), true);
    buffer_release(&text);
}

/* ----------------------------------------------------------------------------- hits */

/* Words of its paragraph around a hit. */
static int draw_context(struct session *s, struct grid *g, const struct area *a, int row,
                        int column, const struct hit *hit)
{
    size_t bytes;
    size_t start;
    size_t end;
    size_t from;
    size_t to;
    const char *text = search_hit_unit(s->transcript, &s->reading.selection, hit, &bytes,
                                       &start, &end);

    from = utf8_floor(text, bytes, start > CONTEXT_BYTES / 2 ? start - CONTEXT_BYTES / 2 : 0);
    to = bytes - end > 4 * CONTEXT_BYTES ? utf8_floor(text, bytes, end + 4 * CONTEXT_BYTES)
                                         : bytes;
    return snippet_draw(g, a, row, column, s->reading.width, text + from, to - from,
                        start - from, end - from);
}

/* When and by whom; returns the column for what. */
static int draw_source(struct session *s, struct grid *g, const struct area *a, int row,
                       uint32_t number)
{
    const struct segment *segment = transcript_segment(s->transcript, number);
    struct area name = *a;
    char time[CIVIL_TEXT];
    int column = 1;

    reader_state_time(&s->reading, segment->start_ms, time);
    if (*time != '\0')
        column = grid_string(g, a, row, column, s->reading.width, time, role(ROLE_TIME)) + 1;
    name.columns = column + 14 < a->columns ? column + 14 : a->columns;
    if (segment->speaker != SPEAKER_NONE && a->columns >= 40) {
        const struct speaker *speaker = transcript_speaker_at(s->transcript, segment->speaker);

        grid_text(g, &name, row, column, s->reading.width, speaker->name, strlen(speaker->name),
                  (struct style){.role = ROLE_SPEAKER,
                                 .accent = speaker_color(s->transcript, segment->speaker)},
                  true);
        column = name.columns + 1;
    }
    return column;
}

static void draw_hit_row(struct session *s, struct grid *g, const struct area *a, int row,
                         size_t index)
{
    struct hit hit = search_hit(s->search, index);

    draw_context(s, g, a, row, draw_source(s, g, a, row, hit.segment), &hit);
}

/* ---------------------------------------------------------------------------- notes */

static void draw_note_row(struct session *s, struct grid *g, const struct area *a, int row,
                          size_t index)
{
    const struct reader_state_note *note = &s->reading.notes[index];
    int column = note->segment < transcript_count(s->transcript)
                     ? draw_source(s, g, a, row, note->segment)
                     : 1;

    grid_text(g, a, row, column, s->reading.width, note->text, strlen(note->text),
              role(ROLE_TEXT), true);
}

/* --------------------------------------------------------------------------- sheets */

static size_t sheet_rows(const struct session *s)
{
    const struct help help = {.keymap = s->keymap, .width = s->reading.width};

    switch (s->sheet) {
    case SHEET_HELP:
        return help_rows(&help, &s->layout.body);
    case SHEET_PROBLEMS:
        return problem_rows(s);
    case SHEET_NOTES:
        return s->reading.note_count;
    case SHEET_HITS:
        break;
    }
    return s->search != NULL ? search_count(s->search) : 0;
}

/* A row is chosen, and the text shows what it is of. */
static bool has_choice(const struct session *s)
{
    return s->sheet == SHEET_HITS || s->sheet == SHEET_NOTES;
}

/* The text follows the chosen hit or note. */
static void follow_choice(struct session *s)
{
    if (s->sheet == SHEET_NOTES) {
        session_go_to(s, s->reading.notes[s->sheet_at].segment);
        return;
    }
    if (s->sheet != SHEET_HITS || s->sheet_at >= search_count(s->search))
        return;
    s->reading.hit = search_hit(s->search, s->sheet_at);
    s->reading.has_hit = true;
    text_pane_show_hit(s->text, &s->reading.hit);
}

void session_sheet_open(struct session *s, enum sheet_kind kind)
{
    s->sheet = kind;
    s->sheet_top = s->sheet_at = 0;
    if (kind == SHEET_HITS) {
        if (s->search == NULL) {
            session_error(s, "search first, then list");
            return;
        }
        if (s->reading.has_hit) {
            size_t ordinal = search_ordinal(s->search, &s->reading.hit);

            s->sheet_at = ordinal > 0 ? ordinal - 1 : 0;
        }
        session_note_jump(s);
    }
    if (kind == SHEET_NOTES) {
        if (s->reading.note_count == 0) {
            session_error(s, "no notes yet");
            return;
        }
        while (s->sheet_at + 1 < s->reading.note_count &&
               s->reading.notes[s->sheet_at].segment < s->reading.segment)
            s->sheet_at++;
        session_note_jump(s);
        follow_choice(s);
    }
    s->mode = MODE_SHEET;
}

static void move_sheet(struct session *s, long rows)
{
    size_t count = sheet_rows(s);
    size_t page = s->layout.body.rows > 0 ? (size_t)s->layout.body.rows : 1;
    size_t *at = has_choice(s) ? &s->sheet_at : &s->sheet_top;
    size_t last = has_choice(s) ? (count > 0 ? count - 1 : 0) : count > page ? count - page : 0;

    if (rows < 0)
        *at = *at > (size_t)-rows ? *at - (size_t)-rows : 0;
    else
        *at = last - (*at < last ? *at : last) > (size_t)rows ? *at + (size_t)rows : last;
    follow_choice(s);
}

void session_sheet_key(struct session *s, struct key key)
{
    enum action action = keymap_action(s->keymap, key.code);
    long page = s->layout.body.rows > 1 ? s->layout.body.rows - 1 : 1;

    if (key.code == KEY_CODE_ENTER || key.code == KEY_CODE_ESC) {
        s->mode = MODE_READ;
        if (key.code == KEY_CODE_ESC && has_choice(s))
            session_act(s, ACTION_BACK, 0);
        return;
    }
    switch (action) {
    case ACTION_LINE_DOWN:
    case ACTION_HIT_NEXT:
        move_sheet(s, 1);
        break;
    case ACTION_LINE_UP:
    case ACTION_HIT_PREVIOUS:
        move_sheet(s, -1);
        break;
    case ACTION_HALF_DOWN:
        move_sheet(s, page / 2 + 1);
        break;
    case ACTION_HALF_UP:
        move_sheet(s, -(page / 2 + 1));
        break;
    case ACTION_PAGE_DOWN:
        move_sheet(s, page);
        break;
    case ACTION_PAGE_UP:
        move_sheet(s, -page);
        break;
    case ACTION_TOP:
        move_sheet(s, -(long)sheet_rows(s));
        break;
    case ACTION_BOTTOM:
        move_sheet(s, (long)sheet_rows(s));
        break;
    case ACTION_QUIT_ALL:
        s->over = s->leaves_all = true;
        break;
    case ACTION_QUIT:
    case ACTION_HELP:
    case ACTION_LIST:
        s->mode = MODE_READ;
        break;
    default:
        break;
    }
}

void session_sheet_draw(struct session *s, struct grid *g)
{
    const struct area *a = &s->layout.body;
    size_t count = sheet_rows(s);
    size_t page = (size_t)a->rows;
    int row;

    if (has_choice(s)) {
        if (s->sheet_at < s->sheet_top)
            s->sheet_top = s->sheet_at;
        if (s->sheet_at >= s->sheet_top + page)
            s->sheet_top = s->sheet_at + 1 - page;
    }
    if (s->sheet == SHEET_HELP) {
        const struct help help = {.keymap = s->keymap, .width = s->reading.width};

        /* In a wider window it has fewer rows. */
        if (s->sheet_top + page > count)
            s->sheet_top = count > page ? count - page : 0;
        help_draw(&help, g, a, s->sheet_top);
        return;
    }
    for (row = 0; row < a->rows && s->sheet_top + (size_t)row < count; row++) {
        size_t index = s->sheet_top + (size_t)row;

        if (s->sheet == SHEET_PROBLEMS)
            draw_problem_row(s, g, a, row, index);
        else if (s->sheet == SHEET_NOTES)
            draw_note_row(s, g, a, row, index);
        else
            draw_hit_row(s, g, a, row, index);
        if (has_choice(s) && index == s->sheet_at)
            grid_over(g, a, row, OVER_CURSOR);
    }
}

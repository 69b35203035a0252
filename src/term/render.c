/* A grid through ncurses. Data: ncurses' screen, the file in memory that it writes to, and the
 * grid last shown. Invariant: between calls ncurses has flushed everything, the file's bytes
 * have been taken, and `shown` is what the terminal shows once it has received them. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create */
#endif
#include "term/render.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "shilu/base/memory.h"
#include "shilu/term/curses_width.h"
#include "shilu/text/utf8.h"
#include "term/colors.h"
#include "term/last_cells.h"
#include "term/output_optimizer.h"
#include "term/scroll_region.h"
#include "term/terminfo.h"

#include "term/use_curses.h"

struct render {
    SCREEN *screen;
    FILE *sink;
    FILE *source; /* never read: keys do not come through ncurses */
    struct colors *colors;
    struct grid shown;
    struct grid before; /* used briefly, while regions are searched for */
    bool has_shown;     /* `shown` is what the terminal shows */
    bool is_left;       /* nothing is on the screen: before the first show, after a leave */
    struct last_cells corner;
    struct output_optimizer shorter;
    bool is_wide;
    bool ansi;
    bool margins;
    char *restore_sequence; /* owned */
};

/* ------------------------------------------------------------------------ start, end */

/* A file that ncurses can write to without ever blocking. */
static FILE *open_sink(void)
{
#ifdef MFD_CLOEXEC
    int fd = memfd_create("screen", MFD_CLOEXEC);

    if (fd >= 0)
        return fdopen(fd, "w+");
#endif
    return tmpfile();
}

/* What ncurses has written since the last call. */
static void take_bytes(struct render *r, struct buffer *out)
{
    int fd = fileno(r->sink);
    off_t end;

    fflush(r->sink);
    end = lseek(fd, 0, SEEK_CUR);
    for (off_t at = 0; at < end;) {
        size_t left = (size_t)(end - at);
        ssize_t n = pread(fd, buffer_reserve(out, left), left, at);

        if (n <= 0)
            break;
        buffer_commit(out, (size_t)n);
        at += n;
    }
    lseek(fd, 0, SEEK_SET);
}

static char *make_restore_sequence(bool ansi)
{
    static const char *const capabilities[] = {"sgr0", "op", "rmcup", "cnorm"};
    struct buffer out = {0};

    if (ansi)
        output_optimizer_settle(&(struct output_optimizer){.is_set = true}, &out);
    for (size_t i = 0; i < sizeof capabilities / sizeof capabilities[0]; i++)
        buffer_append_string(&out, terminfo_string(capabilities[i]));
    buffer_append_char(&out, '\r');
    return buffer_take(&out);
}

/* ncurses cannot ask the terminal for its size, and takes it from the environment. */
static SCREEN *open_terminal(const struct render_options *options, FILE *sink, FILE *source)
{
    enum { FIXED_BYTES = 1 << 20, CELL_BYTES = 128 }; /* more than newterm takes */
    static const char *const names[] = {"LINES", "COLUMNS"};
    const int sizes[] = {options->rows, options->columns};
    char *saved[2];
    SCREEN *screen;

    for (int i = 0; i < 2; i++) {
        const char *value = getenv(names[i]);
        char text[16];

        saved[i] = value != NULL ? memory_strdup(value) : NULL;
        snprintf(text, sizeof text, "%d", sizes[i]);
        setenv(names[i], text, 1);
    }
    memory_ensure(FIXED_BYTES + (size_t)options->rows * (size_t)options->columns * CELL_BYTES);
    screen = newterm(options->name, sink, source);
    for (int i = 0; i < 2; i++) {
        if (saved[i] != NULL)
            setenv(names[i], saved[i], 1);
        else
            unsetenv(names[i]);
        free(saved[i]);
    }
    return screen;
}

static bool start_ncurses(struct render *r, const struct render_options *options,
                          struct error *err)
{
    r->sink = open_sink();
    r->source = fopen("/dev/null", "r");
    if (r->sink == NULL || r->source == NULL)
        return error_set(err, ERROR_SYSTEM, "cannot make the screen's buffer");
    r->screen = open_terminal(options, r->sink, r->source);
    if (r->screen == NULL)
        return error_set(err, ERROR_UNSUPPORTED, "terminal '%s' cannot be used", options->name);
    typeahead(-1);
    nonl();
    resizeterm(options->rows, options->columns);
    return true;
}

static void close_files(struct render *r)
{
    if (r->sink != NULL)
        fclose(r->sink);
    if (r->source != NULL)
        fclose(r->source);
}

struct render *render_new(const struct render_options *options, struct error *err)
{
    struct render *r = memory_zalloc(1, sizeof *r);

    if (!start_ncurses(r, options, err)) {
        close_files(r);
        free(r);
        return NULL;
    }
    r->colors = colors_new(colors_choose(options->colors, tigetnum("colors")));
    r->ansi = options->ansi;
    r->shorter.scrolls = strcmp(terminfo_string("indn"), "\033[%p1%dS") == 0;
    last_cells_init(&r->corner, options->ansi);
    r->is_left = true;
    r->restore_sequence = make_restore_sequence(options->ansi);
    render_set_terminal(r, options->ambiguous_wide, options->margins);
    return r;
}

void render_set_terminal(struct render *r, bool ambiguous_wide, bool margins)
{
    r->is_wide = ambiguous_wide && curses_width_took();
    curses_width_set_wide(r->is_wide);
    r->margins = margins;
}

void render_leave(struct render *r, struct buffer *out)
{
    if (r->is_left)
        return;
    output_optimizer_settle(&r->shorter, out);
    endwin();
    take_bytes(r, out);
    /* Again: some terminals save the hidden cursor with the screen that they return to
     * (libvterm saves it with DECSC, which ncurses sends when the size changes). */
    buffer_append_string(out, terminfo_string("cnorm"));
    r->is_left = true;
    r->has_shown = false;
}

void render_free(struct render *r, struct buffer *out)
{
    if (r == NULL)
        return;
    render_leave(r, out);
    delscreen(r->screen);
    close_files(r);
    colors_free(r->colors);
    grid_release(&r->shown);
    grid_release(&r->before);
    free(r->restore_sequence);
    free(r);
}

bool render_is_wide(const struct render *r)
{
    return r->is_wide;
}

const char *render_restore_sequence(const struct render *r)
{
    return r->restore_sequence;
}

void render_keys(struct render *r, struct keys *keys)
{
    static const struct {
        const char *capability;
        uint32_t code;
    } names[] = {
        {"kcuu1", KEY_CODE_UP},     {"kcud1", KEY_CODE_DOWN},    {"kcub1", KEY_CODE_LEFT},
        {"kcuf1", KEY_CODE_RIGHT},  {"khome", KEY_CODE_HOME},    {"kend", KEY_CODE_END},
        {"kpp", KEY_CODE_PAGE_UP},  {"knp", KEY_CODE_PAGE_DOWN}, {"kich1", KEY_CODE_INSERT},
        {"kdch1", KEY_CODE_DELETE}, {"kcbt", KEY_CODE_BACKTAB},  {"kent", KEY_CODE_ENTER},
        {"kf1", KEY_CODE_F1},       {"kf2", KEY_CODE_F1 + 1},    {"kf3", KEY_CODE_F1 + 2},
        {"kf4", KEY_CODE_F1 + 3},   {"kf5", KEY_CODE_F1 + 4},    {"kf6", KEY_CODE_F1 + 5},
        {"kf7", KEY_CODE_F1 + 6},   {"kf8", KEY_CODE_F1 + 7},    {"kf9", KEY_CODE_F1 + 8},
        {"kf10", KEY_CODE_F1 + 9},  {"kf11", KEY_CODE_F1 + 10},  {"kf12", KEY_CODE_F12},
    };

    (void)r;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        keys_add(keys, terminfo_string(names[i].capability), names[i].code);
}

void render_set_theme(struct render *r, const struct theme *theme)
{
    colors_set_theme(r->colors, theme);
    r->has_shown = false; /* every row is redrawn; ncurses sends the difference */
}

void render_resize(struct render *r, int rows, int columns)
{
    resizeterm(rows, columns);
    render_redraw(r);
}

void render_redraw(struct render *r)
{
    r->shorter.is_set = r->ansi; /* the terminal may have kept a region of its old size */
    clearok(curscr, TRUE);
    r->has_shown = false;
}

/* ---------------------------------------------------------------------------- drawing */

/* The cell as ncurses needs it. ncurses counts a mark's columns only by wcwidth, so each
 * cluster is one call at its own column (HACKING.md, "Safe display"). */
static void set_cell(cchar_t *out, const struct cell *cell, unsigned long attributes, int pair)
{
    wchar_t text[CCHARW_MAX] = {L' '};
    size_t count = 0;

    for (size_t at = 0; at < cell->bytes && count + 1 < CCHARW_MAX;) {
        uint32_t cp;

        at += utf8_decode(cell->text + at, cell->bytes - at, &cp);
        if (cp >= ' ' && cp != 127)
            text[count++] = (wchar_t)cp;
    }
    text[count > 0 ? count : 1] = L'\0';
#if defined(NCURSES_EXT_COLORS) && defined(NCURSES_EXT_FUNCS)
    if (setcchar(out, text, (attr_t)attributes, 0, &pair) == OK)
        return;
    setcchar(out, L"?", (attr_t)attributes, 0, &pair);
#else
    if (setcchar(out, text, (attr_t)attributes, (short)pair, NULL) == OK)
        return;
    setcchar(out, L"?", (attr_t)attributes, (short)pair, NULL);
#endif
}

static void draw_row(struct render *r, WINDOW *window, const struct grid *g, int row)
{
    const struct cell *cells = g->cells + (size_t)row * (size_t)g->columns;
    bool apart = row == g->rows - 1 && last_cells_is_apart(&r->corner, g);
    int apart_from = apart ? g->columns - LAST_CELLS_COLUMNS : g->columns;
    unsigned long attributes = A_NORMAL;
    int pair = 0;

    for (int c = 0; c < apart_from; c++) {
        cchar_t cell;

        if (c == 0 || memcmp(&cells[c].style, &cells[c - 1].style, sizeof cells[c].style) != 0)
            colors_style(r->colors, cells[c].style, &attributes, &pair);
        if (c > 0 && cells[c].columns == 0 && cells[c - 1].columns == 2)
            continue;
        set_cell(&cell, &cells[c], attributes, pair);
        mvwadd_wch(window, row, c, &cell);
    }
    for (int c = apart_from; c < g->columns; c++)
        mvwaddch(window, row, c, ' ');
}

static bool same_row(const struct grid *a, const struct grid *b, int row)
{
    size_t from = (size_t)row * (size_t)a->columns;

    return memcmp(a->cells + from, b->cells + from, (size_t)a->columns * sizeof a->cells[0]) ==
           0;
}

static void copy_grid(struct grid *to, const struct grid *from)
{
    if (to->rows != from->rows || to->columns != from->columns)
        grid_resize(to, from->rows, from->columns);
    memcpy(to->cells, from->cells,
           (size_t)from->rows * (size_t)from->columns * sizeof from->cells[0]);
    to->cursor_row = from->cursor_row;
    to->cursor_hidden = from->cursor_hidden;
    to->cursor_column = from->cursor_column;
}

/* Scroll on the terminal what only needs to move, and tell ncurses: its record of the terminal
 * is curscr, into which the moved rows are drawn at their new places. True if anything was
 * scrolled. */
static bool scroll_bands(struct render *r, const struct grid *g, struct buffer *out)
{
    struct scroll_region bands[BANDS_MAX];
    int count = scroll_region_find(&r->shown, g, bands);

    if (count == 0)
        return false;
    output_optimizer_settle(&r->shorter, out);
    copy_grid(&r->before, &r->shown);
    for (int i = 0; i < count; i++) {
        scroll_region_append(&bands[i], out);
        scroll_region_scroll(&bands[i], &r->shown);
    }
    for (int row = 0; row < g->rows; row++)
        if (!same_row(&r->shown, &r->before, row))
            draw_row(r, curscr, &r->shown, row);
    return true;
}

static void place_cursor(const struct grid *g)
{
    bool stands = g->cursor_row >= 0 && g->cursor_row < g->rows && g->cursor_column >= 0 &&
                  g->cursor_column < g->columns;

    leaveok(stdscr, stands ? FALSE : TRUE);
    curs_set(stands && !g->cursor_hidden ? 1 : 0);
    if (stands)
        wmove(stdscr, g->cursor_row, g->cursor_column);
}

static bool same_grid(const struct grid *a, const struct grid *b)
{
    for (int row = 0; row < a->rows; row++)
        if (!same_row(a, b, row))
            return false;
    return true;
}

/* Let ncurses draw the difference; `drawn` is what it was last given, or NULL. */
static void draw_rows(struct render *r, const struct grid *g, const struct grid *drawn,
                      struct buffer *out)
{
    size_t before;

    for (int row = 0; row < g->rows && row < LINES; row++)
        if (drawn == NULL || !same_row(drawn, g, row))
            draw_row(r, stdscr, g, row);
    place_cursor(g);
    wnoutrefresh(stdscr);
    doupdate();
    before = out->bytes;
    take_bytes(r, out);
    r->shorter.rows = g->rows;
    if (r->ansi)
        shorten(&r->shorter, out, before);
}

void render_show(struct render *r, const struct grid *g, struct buffer *out)
{
    bool comparable = r->has_shown && r->shown.rows == g->rows &&
                      r->shown.columns == g->columns;
    bool scrolled = false;

    r->is_left = false;
    if (comparable && same_grid(&r->shown, g)) {
        draw_rows(r, g, g, out); /* only the cursor may have moved */
    } else {
        last_cells_clear(&r->corner, g, out);
        if (comparable && r->margins)
            scrolled = scroll_bands(r, g, out);
        /* After scrolling, only curscr has been updated; stdscr is unchanged. */
        draw_rows(r, g, !comparable ? NULL : scrolled ? &r->before : &r->shown, out);
        last_cells_show(&r->corner, g, out);
    }
    copy_grid(&r->shown, g);
    r->has_shown = true;
}

/* The event loop of a library: the list, and the records that are opened from it. */
#include "shilu/base/memory.h"
#include "shilu/cli/report.h"

#include "app/browse_private.h"
#include "app/history_file.h"
#include "shilu/library/library_session.h"

struct shelf {
    struct browse *browse;
    struct library *library;
    struct library_session *session;
    int64_t drawn_ms;
    bool must_draw;
    bool is_over;
};

static void take_size(struct shelf *shelf)
{
    int rows;
    int columns;

    screen_size(shelf->browse->screen, &rows, &columns);
    library_session_resize(shelf->session, rows, columns);
    shelf->must_draw = true;
}

/* What was typed here is to be had in the record's prompts, and the other way round. */
static void keep_history(struct shelf *shelf)
{
    struct error err;

    if (!history_file_keep_library(shelf->session, &err))
        report_error(&shelf->browse->messages, NULL, &err);
}

static void open_chosen(struct shelf *shelf)
{
    struct browse *b = shelf->browse;
    struct browse_hit wanted;
    const struct hit *hit;
    struct error err;
    const char *path = library_session_chosen(shelf->session, &hit, &wanted.query);
    bool ok;

    if (hit != NULL)
        wanted.hit = *hit;
    keep_history(shelf);
    ok = browse_read(b, path, hit != NULL ? &wanted : NULL, &err);
    b->wanted = NULL;
    take_size(shelf); /* it may be another by now */
    history_file_recall_library(shelf->session);
    library_session_look_again(shelf->session);
    if (!ok)
        library_session_error(shelf->session, err.message);
    shelf->is_over = b->is_leaving || (ok && b->leaves_all);
}

static void set_theme(struct shelf *shelf)
{
    struct error err;

    if (!browse_set_theme(shelf->browse, library_session_argument(shelf->session), &err))
        library_session_error(shelf->session, err.message);
}

static void grant(struct shelf *shelf)
{
    switch (library_session_take_wish(shelf->session)) {
    case LIBRARY_STAY:
        break;
    case LIBRARY_OPEN:
        open_chosen(shelf);
        break;
    case LIBRARY_SUSPEND:
        screen_suspend(shelf->browse->screen);
        take_size(shelf);
        break;
    case LIBRARY_REDRAW:
        screen_redraw(shelf->browse->screen);
        break;
    case LIBRARY_THEME:
        set_theme(shelf);
        break;
    case LIBRARY_LEAVE:
        shelf->is_over = true;
        break;
    }
}

static void take_keys(struct shelf *shelf)
{
    struct key key;

    while (!shelf->is_over && screen_key(shelf->browse->screen, &key)) {
        library_session_key(shelf->session, key);
        shelf->must_draw = true;
        grant(shelf);
    }
}

/* How long until what was found may be drawn; -1: nothing was. */
static int draw_if_due(struct shelf *shelf)
{
    struct browse *b = shelf->browse;
    int64_t since_ms = clock_monotonic_ms() - shelf->drawn_ms;

    if (!shelf->must_draw && !library_session_is_stale(shelf->session))
        return -1;
    if (!shelf->must_draw && since_ms < DRAW_MS)
        return (int)(DRAW_MS - since_ms);
    library_session_draw(shelf->session, &b->grid);
    screen_show(b->screen, &b->grid);
    shelf->must_draw = false;
    shelf->drawn_ms = clock_monotonic_ms();
    return -1;
}

static void take_events(struct shelf *shelf, const struct screen_events *events)
{
    static const struct key escape = {.code = KEY_CODE_ESC};
    struct browse *b = shelf->browse;

    if (events->hangup || events->terminate) {
        b->status = events->hangup ? STATUS_HANGUP : STATUS_TERMINATED;
        b->is_leaving = true;
        shelf->is_over = true;
    } else if (events->stop) {
        screen_suspend(b->screen);
        take_size(shelf);
    } else if (events->interrupt) {
        library_session_key(shelf->session, escape);
        library_session_error(shelf->session, "q quits");
        shelf->must_draw = true;
    }
    if (events->resized)
        take_size(shelf);
}

static void run(struct shelf *shelf)
{
    while (!shelf->is_over) {
        struct screen_events events;
        int wait_ms;
        bool ready;

        take_keys(shelf);
        if (shelf->is_over)
            return;
        wait_ms = draw_if_due(shelf);
        if (library_session_step(shelf->session, STEP_MS) || shelf->must_draw)
            wait_ms = 0;
        else if (library_session_is_stale(shelf->session) && wait_ms < 0)
            wait_ms = 1;
        events = screen_wait(shelf->browse->screen, -1, wait_ms, &ready);
        take_events(shelf, &events);
    }
}

int browse_library(struct browse *b)
{
    struct shelf shelf = {.browse = b};
    struct error err;

    if (!browse_start_screen(b, &err)) {
        report_now(NULL, &err);
        return BROWSE_PRINT_INSTEAD;
    }
    shelf.library = library_new(b->options);
    shelf.session = library_session_new(shelf.library, b->options, b->keymap, b->width);
    history_file_recall_library(shelf.session);
    take_size(&shelf);
    run(&shelf);
    keep_history(&shelf);
    library_session_free(shelf.session);
    browse_stop_screen(b);
    library_save(shelf.library);
    library_free(shelf.library);
    if (!b->is_leaving)
        report_flush(&b->messages);
    buffer_release(&b->messages);
    return b->status;
}

/* The event loop. Data: the terminal, the settings, and a stack of screens, the top one of
 * which takes the keys and is drawn. Each round: take the keys that have arrived, draw once if
 * anything has changed, let the screen do some work, and wait only if nothing is left to do. */
#include "app/loop.h"

#include <sys/wait.h>

#include "app/copy.h"
#include "app/history_file.h"
#include "shilu/cli/report.h"
#include "shilu/store/theme_file.h"

static struct ui *top(const struct loop *l)
{
    return l->count > 0 ? l->screens[l->count - 1] : NULL;
}

static void take_size(struct loop *l)
{
    int rows;
    int columns;

    screen_size(l->terminal, &rows, &columns);
    if (l->count > 0)
        ui_resize(top(l), rows, columns);
}

static void keep_history(struct loop *l)
{
    struct error err;

    if (!history_file_keep(&l->history, &err))
        report_error(&l->messages, NULL, &err);
}

/* -------------------------------------------------------------- what a screen asks for */

static bool host_copy(void *context, const char *text, size_t bytes, struct buffer *where,
                      struct error *err)
{
    struct loop *l = context;

    return copy_text(l->terminal, l->config.copy_command, text, bytes, where, err);
}

static bool host_theme(void *context, const char *name, struct error *err)
{
    struct loop *l = context;

    if (theme_file_is_automatic(name))
        name = theme_file_for(screen_ground(l->terminal));
    if (!theme_file_load(&l->theme, name, err))
        return false;
    screen_set_theme(l->terminal, &l->theme);
    for (size_t i = 0; i < l->count; i++)
        l->screens[i]->settings.shapes = l->theme.shapes;
    ui_hurry(top(l));
    return true;
}

static void host_mouse(void *context, bool on)
{
    screen_set_mouse(((struct loop *)context)->terminal, on);
}

static void host_redraw(void *context)
{
    struct loop *l = context;

    screen_redraw(l->terminal);
    ui_hurry(top(l));
}

static void host_suspend(void *context)
{
    struct loop *l = context;

    screen_suspend(l->terminal);
    take_size(l);
}

static bool host_run(void *context, const char *command, const char *input, size_t bytes,
                     bool waits, struct error *err)
{
    struct loop *l = context;
    int status;
    bool ok = screen_run(l->terminal, command, input, bytes, waits, &status, err);

    take_size(l);
    if (ok && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
        return error_set(err, ERROR_SYSTEM, "'%.60s' failed", command);
    return ok;
}

static void host_push(void *context, struct ui *screen)
{
    loop_push(context, screen);
}

/* Save what was typed first, so that it survives whatever a record does to the program. */
static bool host_open(void *context, const char *path, const char *query, const struct hit *hit,
                      struct error *err)
{
    struct loop *l = context;

    if (l->count == SCREENS_MAX)
        return error_set(err, ERROR_LIMIT, "too many screens are open");
    keep_history(l);
    return l->open_record(l, path, query, hit, err);
}

struct ui *loop_below(const struct loop *l, const struct ui *screen)
{
    for (size_t i = l->count; i > 1; i--)
        if (l->screens[i - 1] == screen)
            return l->screens[i - 2];
    return NULL;
}

/* The top screen closes, and the one below opens what it has chosen. */
static bool host_go_on(void *context, const char *query, bool back)
{
    struct loop *l = context;
    struct ui *below = l->count > 0 ? loop_below(l, l->screens[l->count - 1]) : NULL;

    if (below == NULL || below->ops->go_on == NULL || !below->ops->go_on(below, query, back))
        return false;
    l->goes_on = true;
    ui_leave(top(l), false);
    return true;
}

struct ui_options loop_ui_options(struct loop *l)
{
    return (struct ui_options){.keymap = l->keymap,
                               .width = l->width,
                               .history = &l->history,
                               .host = {.context = l,
                                        .copy = host_copy,
                                        .theme = host_theme,
                                        .mouse = host_mouse,
                                        .redraw = host_redraw,
                                        .suspend = host_suspend,
                                        .run = host_run,
                                        .push = host_push,
                                        .open = host_open,
                                        .go_on = host_go_on},
                               .settings = {.citation = l->config.citation,
                                            .quotes = l->config.quotes,
                                            .open = l->config.open,
                                            .shapes = l->theme.shapes,
                                            .hides_cursor = l->config.hides_cursor}};
}

/* -------------------------------------------------------------------------- the screens */

void loop_push(struct loop *l, struct ui *screen)
{
    if (l->count == SCREENS_MAX) {
        ui_error(top(l), "too many screens are open");
        screen->ops->close(screen);
        return;
    }
    l->screens[l->count++] = screen;
    take_size(l);
}

/* Open what the screen chose when `n` left the record above it. */
static void open_next(struct loop *l)
{
    struct ui *below = top(l);

    below->ops->enter(below);
    if (top(l) != below && top(l)->message.bytes == 0)
        ui_say(top(l), "continuing in another transcript");
}

/* The screen below returns, and shows what was wrong with this one. */
static void pop(struct loop *l)
{
    struct ui *gone = l->screens[--l->count];
    bool all = gone->leaves_all;

    l->has_failed = false;
    gone->ops->close(gone);
    keep_history(l);
    if (l->count == 0)
        return;
    take_size(l);
    if (top(l)->ops->resumed != NULL)
        top(l)->ops->resumed(top(l));
    if (l->has_failed)
        ui_error(top(l), l->failure.message);
    else if (all)
        ui_leave(top(l), true);
    else if (l->goes_on)
        open_next(l);
    l->goes_on = false;
}

/* ----------------------------------------------------------------------------- the loop */

static void take_keys(struct loop *l)
{
    struct key key;

    while (!top(l)->over && screen_key(l->terminal, &key))
        ui_key(top(l), key);
}

/* How long until changes in the background may be drawn; -1 if there are none. */
static int draw_if_due(struct loop *l)
{
    int64_t since_ms = clock_monotonic_ms() - l->drawn_ms;

    if (!top(l)->stale)
        return -1;
    if (!top(l)->urgent && since_ms < DRAW_MS)
        return (int)(DRAW_MS - since_ms);
    ui_draw(top(l), &l->grid);
    screen_show(l->terminal, &l->grid);
    l->drawn_ms = clock_monotonic_ms();
    return -1;
}

static void take_events(struct loop *l, const struct screen_events *events)
{
    if (events->hangup || events->terminate) {
        l->status = events->hangup ? STATUS_HANGUP : STATUS_TERMINATED;
        l->is_leaving = true;
    } else if (events->stop)
        host_suspend(l);
    else if (events->interrupt)
        ui_interrupt(top(l));
    if (events->resized)
        take_size(l);
}

static int sooner(int a_ms, int b_ms)
{
    return a_ms < 0 || (b_ms >= 0 && b_ms < a_ms) ? b_ms : a_ms;
}

/* Wait for whatever comes first: a key, a signal, or what the screen waits for. */
static void wait_for_more(struct loop *l, int wait_ms)
{
    struct ui *ui = top(l);
    struct screen_events events;
    int screen_ms = -1;
    int fd = ui->ops->wait != NULL ? ui->ops->wait(ui, &screen_ms) : -1;
    bool ready;

    events = screen_wait(l->terminal, fd, sooner(wait_ms, screen_ms), &ready);
    take_events(l, &events);
    if (ui->ops->ready != NULL)
        ui->ops->ready(ui, ready);
}

void loop_run(struct loop *l)
{
    while (l->count > 0 && !l->is_leaving) {
        bool more;
        int wait_ms;

        take_keys(l);
        if (top(l)->over) {
            pop(l);
            continue;
        }
        wait_ms = draw_if_due(l);
        more = ui_step(top(l), STEP_MS);
        if (top(l)->over)
            continue;
        if (more || top(l)->urgent)
            wait_ms = 0;
        else if (top(l)->stale && wait_ms < 0)
            wait_ms = 1;
        wait_for_more(l, wait_ms);
    }
    while (l->count > 0)
        pop(l);
}

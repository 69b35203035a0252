/* The event loop. Data: the terminal, what the user has set, and the screens that lie upon one
 * another, of which the top one takes the keys and is drawn.
 * Each round: take the keys that are there, draw once if anything has changed, let the screen
 * do a little of its work, and wait only if nothing of that is left to do. */
#include "shilu/app/loop.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/copy.h"
#include "app/history_file.h"
#include "app/loop_private.h"
#include "app/two_records.h"
#include "shilu/base/memory.h"
#include "shilu/cli/report.h"
#include "shilu/library/library_session.h"
#include "shilu/store/places.h"
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
    struct record_screen *r;

    if (l->count == SCREENS_MAX)
        return error_set(err, ERROR_LIMIT, "too many screens are open");
    keep_history(l);
    r = record_screen_new(l, path, query, hit, err);
    return r != NULL && record_screen_show(r, err);
}

/* The top screen goes, and the one below opens what it has chosen. */
static bool host_go_on(void *context, const char *query, bool back)
{
    struct loop *l = context;
    struct ui *below = l->count > 1 ? l->screens[l->count - 2] : NULL;

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

void loop_read_names_again(struct loop *l)
{
    state_speakers_free(l->names);
    l->names = state_speakers_read();
    l->options->remembered_speakers = l->names;
    l->options->speaker_map = NULL; /* the caller of the loop owns it */
    l->options->speaker_file = NULL;
    l->options->forget_speakers = false;
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

/* What the screen has chosen when `n` left the record above it. */
static void open_next(struct loop *l)
{
    struct ui *below = top(l);

    below->ops->enter(below);
    if (top(l) != below && top(l)->message.bytes == 0)
        ui_say(top(l), "continuing in another transcript");
}

/* The screen below it comes back, and says what was wrong with this one. */
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

/* How long until what has changed in the background may be drawn; -1: nothing has. */
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

static void run(struct loop *l)
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

/* ---------------------------------------------------------------------------- settings */

static enum screen_ambiguous ambiguous_of(const char *name)
{
    if (name != NULL && strcmp(name, "wide") == 0)
        return AMBIGUOUS_WIDE;
    return name != NULL && strcmp(name, "narrow") == 0 ? AMBIGUOUS_NARROW : AMBIGUOUS_AUTO;
}

static enum screen_colors colors_of(enum options_when when)
{
    if (when == WHEN_NEVER)
        return COLORS_NONE;
    return when == WHEN_ALWAYS ? COLORS_DIRECT : COLORS_AUTO;
}

static bool is_theme_automatic(const struct loop *l)
{
    return theme_file_is_automatic(l->options->theme != NULL ? l->options->theme
                                                             : l->config.theme);
}

/* A theme of the command line that cannot be had is an error; one of the config is reported. */
static bool choose_theme(struct loop *l, struct error *err)
{
    struct error fault;

    if (l->options->theme != NULL)
        return theme_file_load(&l->theme, l->options->theme, err);
    if (theme_file_load(&l->theme, l->config.theme, &fault))
        return true;
    diagnostics_add(&l->config.faults, SEVERITY_ERROR, 0, 0, "%s", fault.message);
    if (!theme_file_load(&l->theme, NULL, &fault))
        theme_plain(&l->theme);
    return true;
}

static void report_config(const struct loop *l)
{
    struct buffer out = {0};

    report_diagnostics(&out, l->config.path, &l->config.faults, SEVERITY_NOTE,
                       DIAGNOSTICS_KEPT);
    report_flush(&out);
    buffer_release(&out);
}

/* ----------------------------------------------------------------------- start and end */

static void out_of_memory(size_t bytes)
{
    char message[80];
    int n;

    screen_abandon();
    n = snprintf(message, sizeof message, "shilu: out of memory: %zu bytes\n", bytes);
    if (n > 0 && write(STDERR_FILENO, message, (size_t)n) < 0)
        _Exit(EXIT_TROUBLE);
}

/* An unknown terminal name may still be a usable terminal: the reader is told what to try. For
 * one that cannot be drawn on, what would have been shown is printed. */
static enum loop_result start_terminal(struct loop *l)
{
    const char *ambiguous = l->options->ambiguous != NULL ? l->options->ambiguous
                                                          : l->config.ambiguous;
    const struct screen_options options = {.ambiguous = ambiguous_of(ambiguous),
                                           .colors = colors_of(l->options->color),
                                           .mouse = l->config.mouse,
                                           .asks_ground = is_theme_automatic(l)};
    struct error err;

    memory_set_handler(out_of_memory);
    l->terminal = screen_start(&options, &err);
    if (l->terminal == NULL) {
        report_now(NULL, &err);
        l->status = EXIT_TROUBLE;
        return err.code == ERROR_USAGE ? LOOP_DONE : LOOP_NO_TERMINAL;
    }
    if (is_theme_automatic(l) &&
        !theme_file_load(&l->theme, theme_file_for(screen_ground(l->terminal)), &err))
        theme_plain(&l->theme);
    screen_set_theme(l->terminal, &l->theme);
    l->width = width_new(screen_ambiguous_is_wide(l->terminal));
    history_file_recall(&l->history);
    return LOOP_DONE;
}

/* A terminal that is stuck takes no message. */
static void stop_terminal(struct loop *l)
{
    screen_stop(l->terminal);
    width_free(l->width);
    grid_release(&l->grid);
    if (!l->is_leaving)
        report_flush(&l->messages);
    buffer_release(&l->messages);
}

static enum loop_result show_record(struct loop *l, const char *path)
{
    struct error err;
    struct record_screen *r = record_screen_new(l, path, NULL, NULL, &err);
    enum loop_result result;

    if (r == NULL) {
        report_now(path, &err);
        l->status = EXIT_TROUBLE;
        return LOOP_DONE;
    }
    result = start_terminal(l);
    if (l->terminal == NULL) {
        record_screen_free(r);
        return result;
    }
    if (record_screen_show(r, &err)) {
        run(l);
    } else {
        report_error(&l->messages, path, &err);
        l->status = EXIT_TROUBLE;
    }
    stop_terminal(l);
    return LOOP_DONE;
}

static enum loop_result show_two_records(struct loop *l)
{
    struct error err;
    const char *path;
    struct two_records *r = two_records_load(l->options, &path, &err);
    enum loop_result result;
    struct ui_options options;

    if (r == NULL) {
        report_now(path, &err);
        l->status = EXIT_TROUBLE;
        return LOOP_DONE;
    }
    result = start_terminal(l);
    if (l->terminal == NULL) {
        two_records_free(r);
        return result;
    }
    options = loop_ui_options(l);
    loop_push(l, two_records_screen(r, &options));
    run(l);
    stop_terminal(l);
    return LOOP_DONE;
}

static enum loop_result show_library(struct loop *l)
{
    struct ui_options options;
    struct library *library;
    enum loop_result result;

    result = start_terminal(l);
    if (l->terminal == NULL)
        return result;
    options = loop_ui_options(l);
    library = library_new(l->options);
    library_follow(library);
    loop_push(l, library_session_ui(library_session_new(library, l->options, &options)));
    run(l);
    stop_terminal(l);
    library_save(library);
    library_free(library);
    return LOOP_DONE;
}

/* A folder, or several of anything. */
static bool is_library(const struct options *options)
{
    struct stat st;

    return options->path_count > 1 ||
           (stat(options->paths[0], &st) == 0 && S_ISDIR(st.st_mode));
}

enum loop_result loop_run(const struct options *options, int *status)
{
    struct options mine = *options; /* what is remembered of speakers can change */
    struct loop l = {.options = &mine, .keymap = keymap_new()};
    enum loop_result result = LOOP_DONE;
    struct error err;

    config_load(&l.config, options->config, l.keymap);
    if (choose_theme(&l, &err)) {
        if (options->beside != NULL || options->old_version != NULL)
            result = show_two_records(&l);
        else
            result = is_library(options) ? show_library(&l)
                                         : show_record(&l, options->paths[0]);
    } else {
        report_now(NULL, &err);
        l.status = EXIT_TROUBLE;
    }
    if (l.config.faults.kept > 0 && !l.is_leaving)
        report_config(&l);
    config_release(&l.config);
    ui_history_release(&l.history);
    state_speakers_free(l.names);
    keymap_free(l.keymap);
    *status = l.status;
    return result;
}

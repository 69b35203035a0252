/* Browsing: the settings, the terminal, and the choice of the first screen. */
#include "shilu/app/browse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/history_file.h"
#include "app/loop.h"
#include "app/record_screen.h"
#include "app/two_records.h"
#include "shilu/base/memory.h"
#include "shilu/cli/report.h"
#include "shilu/library/library_session.h"
#include "shilu/store/places.h"
#include "shilu/store/theme_file.h"

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

/* A missing theme on the command line is an error; one in the config is reported. */
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

/* An unknown terminal name may still be a usable terminal: tell the user what to try. For one
 * that cannot be drawn on, print what would have been shown. */
static enum browse_result start_terminal(struct loop *l)
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
        return err.code == ERROR_USAGE ? BROWSE_DONE : BROWSE_NO_TERMINAL;
    }
    if (is_theme_automatic(l) &&
        !theme_file_load(&l->theme, theme_file_for(screen_ground(l->terminal)), &err))
        theme_plain(&l->theme);
    screen_set_theme(l->terminal, &l->theme);
    l->width = width_new(screen_ambiguous_is_wide(l->terminal));
    history_file_recall(&l->history);
    return BROWSE_DONE;
}

/* A stuck terminal accepts no message. */
static void stop_terminal(struct loop *l)
{
    screen_stop(l->terminal);
    width_free(l->width);
    grid_release(&l->grid);
    if (!l->is_leaving)
        report_flush(&l->messages);
    buffer_release(&l->messages);
}

static bool open_record(struct loop *l, const char *path, const char *query,
                        const struct hit *hit, struct error *err)
{
    struct record_screen *r = record_screen_new(l, path, query, hit, err);

    return r != NULL && record_screen_show(r, err);
}

static enum browse_result show_record(struct loop *l, const char *path)
{
    struct error err;
    struct record_screen *r = record_screen_new(l, path, NULL, NULL, &err);
    enum browse_result result;

    if (r == NULL) {
        report_now(path, &err);
        l->status = EXIT_TROUBLE;
        return BROWSE_DONE;
    }
    result = start_terminal(l);
    if (l->terminal == NULL) {
        record_screen_free(r);
        return result;
    }
    if (record_screen_show(r, &err)) {
        loop_run(l);
    } else {
        report_error(&l->messages, path, &err);
        l->status = EXIT_TROUBLE;
    }
    stop_terminal(l);
    return BROWSE_DONE;
}

static enum browse_result show_two_records(struct loop *l)
{
    struct error err;
    const char *path;
    struct two_records *r = two_records_load(l->options, &path, &err);
    enum browse_result result;
    struct ui_options options;

    if (r == NULL) {
        report_now(path, &err);
        l->status = EXIT_TROUBLE;
        return BROWSE_DONE;
    }
    result = start_terminal(l);
    if (l->terminal == NULL) {
        two_records_free(r);
        return result;
    }
    options = loop_ui_options(l);
    loop_push(l, two_records_screen(r, &options));
    loop_run(l);
    stop_terminal(l);
    return BROWSE_DONE;
}

static enum browse_result show_library(struct loop *l)
{
    struct ui_options options;
    struct library *library;
    enum browse_result result;

    result = start_terminal(l);
    if (l->terminal == NULL)
        return result;
    options = loop_ui_options(l);
    library = library_new(l->options);
    library_follow(library);
    loop_push(l, library_session_ui(library_session_new(library, l->options, &options)));
    loop_run(l);
    stop_terminal(l);
    library_save(library);
    library_free(library);
    return BROWSE_DONE;
}

/* A folder, or several of anything. */
static bool is_library(const struct options *options)
{
    struct stat st;

    return options->path_count > 1 ||
           (stat(options->paths[0], &st) == 0 && S_ISDIR(st.st_mode));
}

enum browse_result browse(const struct options *options, int *status)
{
    struct options mine = *options; /* what is remembered of speakers can change */
    struct loop l = {.options = &mine, .keymap = keymap_new(), .open_record = open_record};
    enum browse_result result = BROWSE_DONE;
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

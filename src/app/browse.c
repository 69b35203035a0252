/* The event loop. Data: the terminal, what the user has set, and one record with its session.
 * Each round: take the keys that are there, draw once if anything has changed, load a little,
 * search a little, and wait only if nothing of that is left to do. */
#include "shilu/app/browse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/browse_private.h"
#include "app/copy.h"
#include "app/history_file.h"
#include "shilu/base/memory.h"
#include "shilu/cli/report.h"
#include "shilu/store/theme_file.h"

enum {
    FIRST_SEGMENTS = 100, /* fill any screen */
    FIRST_MS = 50         /* how long a first screen is waited for */
};

/* ------------------------------------------------------------- what a session asks for */

static bool host_copy(void *context, const char *text, size_t bytes, struct error *err)
{
    struct browse *b = context;

    return copy_text(b->screen, b->config.copy_command, text, bytes, err);
}

bool browse_set_theme(struct browse *b, const char *name, struct error *err)
{
    if (!theme_file_load(&b->theme, name, err))
        return false;
    screen_set_theme(b->screen, &b->theme);
    b->must_draw = true;
    return true;
}

static bool host_theme(void *context, const char *name, struct error *err)
{
    return browse_set_theme(context, name, err);
}

static void host_mouse(void *context, bool on)
{
    struct browse *b = context;

    screen_set_mouse(b->screen, on);
}

static void host_redraw(void *context)
{
    struct browse *b = context;

    screen_redraw(b->screen);
    b->must_draw = true;
}

static void take_size(struct browse *b)
{
    int rows;
    int columns;

    screen_size(b->screen, &rows, &columns);
    session_resize(b->session, rows, columns);
    b->must_draw = true;
}

static void host_suspend(void *context)
{
    struct browse *b = context;

    screen_suspend(b->screen);
    take_size(b);
}

static bool host_follow(void *context, bool on, struct error *err)
{
    struct browse *b = context;

    if (on)
        return follow_start(&b->follow, &b->record, err);
    follow_stop(&b->follow, &b->record);
    return true;
}

/* --------------------------------------------------------------------------- settings */

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

/* A theme of the command line that cannot be had is an error; one of the config is told. */
static bool choose_theme(struct browse *b, struct error *err)
{
    struct error fault;

    if (b->options->theme != NULL)
        return theme_file_load(&b->theme, b->options->theme, err);
    if (theme_file_load(&b->theme, b->config.theme, &fault))
        return true;
    diagnostics_add(&b->config.faults, SEVERITY_ERROR, 0, 0, "%s", fault.message);
    if (!theme_file_load(&b->theme, NULL, &fault))
        theme_plain(&b->theme);
    return true;
}

static void report_config(const struct browse *b)
{
    struct buffer out = {0};

    report_diagnostics(&out, b->config.path, &b->config.faults, SEVERITY_NOTE,
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

bool browse_start_screen(struct browse *b, struct error *err)
{
    const char *ambiguous = b->options->ambiguous != NULL ? b->options->ambiguous
                                                          : b->config.ambiguous;
    const struct screen_options options = {.ambiguous = ambiguous_of(ambiguous),
                                           .colors = colors_of(b->options->color),
                                           .mouse = b->config.mouse};

    b->screen = screen_start(&options, err);
    if (b->screen == NULL)
        return false;
    memory_set_handler(out_of_memory);
    screen_set_theme(b->screen, &b->theme);
    b->width = width_new(screen_ambiguous_is_wide(b->screen));
    return true;
}

void browse_stop_screen(struct browse *b)
{
    memory_set_handler(NULL);
    screen_stop(b->screen);
    b->screen = NULL;
    width_free(b->width);
    b->width = NULL;
    grid_release(&b->grid);
}

/* What the first message line says: a fault in the config, or something about the terminal. */
static void tell_at_start(struct browse *b)
{
    struct buffer message = {0};

    if (b->config.faults.kept > 0) {
        const struct diagnostic *d = &b->config.faults.items[0];

        if (d->line > 0)
            buffer_append_format(&message, "%s:%llu:%llu: ", b->config.path,
                                 (unsigned long long)d->line, (unsigned long long)d->column);
        buffer_append_string(&message, d->message);
        session_error(b->session, buffer_string(&message));
    } else if (b->record.has_notice)
        session_error(b->session, b->record.notice.message);
    else if (screen_notice(b->screen) != NULL)
        session_error(b->session, screen_notice(b->screen));
    buffer_release(&message);
}

static void start_session(struct browse *b)
{
    const struct session_options options = {
        .name = b->record.path,
        .width = b->width,
        .keymap = b->keymap,
        .notes = b->notes,
        .host = {.context = b,
                 .copy = host_copy,
                 .theme = host_theme,
                 .mouse = host_mouse,
                 .redraw = host_redraw,
                 .suspend = host_suspend,
                 .follow = host_follow},
        .has_measure = b->config.wrap != WRAP_NOT_SET,
        .measure = b->config.wrap,
    };

    b->session = session_new(b->record.transcript, &options);
    history_file_recall(b->session);
    b->reported_percent = -2;
    take_size(b);
    tell_at_start(b);
}

/* --------------------------------------------------------------------------- the loop */

static void take_keys(struct browse *b)
{
    struct key key;

    while (!session_is_over(b->session) && screen_key(b->screen, &key)) {
        b->record.has_place = false; /* the reader has gone somewhere by hand */
        b->wanted = NULL;
        session_key(b->session, key);
        b->must_draw = true;
    }
}

static void draw(struct browse *b)
{
    session_draw(b->session, &b->grid);
    screen_show(b->screen, &b->grid);
    b->must_draw = false;
    b->drawn_ms = clock_monotonic_ms();
}

/* How long until what loading has changed may be drawn; -1: nothing has. */
static int draw_if_due(struct browse *b)
{
    int64_t since_ms = clock_monotonic_ms() - b->drawn_ms;

    if (!b->must_draw && !session_is_stale(b->session))
        return -1;
    if (!b->must_draw && since_ms < DRAW_MS)
        return (int)(DRAW_MS - since_ms);
    draw(b);
    return -1;
}

/* A file that breaks off is shown as far as it goes, and why is told. */
static void tell_failure(struct browse *b)
{
    struct buffer message = {0};
    const struct error *err = &b->record.err;

    if (err->line > 0)
        buffer_append_format(&message, "%llu:%llu: ", (unsigned long long)err->line,
                             (unsigned long long)err->column);
    buffer_append_string(&message, err->message);
    session_error(b->session, buffer_string(&message));
    buffer_release(&message);
}

static void tell_loading(struct browse *b)
{
    bool ended = record_take_change(&b->record);
    bool done = !record_is_loading(&b->record);
    int percent = done ? 100 : loader_percent(b->record.loader);
    size_t count = transcript_count(b->record.transcript);
    bool is_live = percent < 0 || b->follow.on; /* no percentage tells that it has grown */
    uint32_t place;

    if (ended || percent != b->reported_percent || (is_live && count != b->reported_count))
        session_loading(b->session, percent, done, loader_diagnostics(b->record.loader));
    b->reported_percent = percent;
    b->reported_count = count;
    if (ended && b->record.status == LOADER_FAILED)
        tell_failure(b);
    if (record_take_place(&b->record, &place))
        session_go_to(b->session, place);
    if (b->wanted != NULL && (done || count > b->wanted->hit.segment)) {
        session_show_hit(b->session, b->wanted->query, &b->wanted->hit);
        b->wanted = NULL;
    }
}

static void take_events(struct browse *b, const struct screen_events *events)
{
    static const struct key escape = {.code = KEY_CODE_ESC};

    if (events->hangup || events->terminate) {
        b->status = events->hangup ? STATUS_HANGUP : STATUS_TERMINATED;
        b->is_leaving = true;
    } else if (events->stop)
        host_suspend(b);
    else if (events->interrupt && session_interrupt(b->session)) {
        b->must_draw = true;
    } else if (events->interrupt) {
        session_key(b->session, escape);
        session_message(b->session, "q quits");
        b->must_draw = true;
    }
    if (events->resized)
        take_size(b);
}

/* Read the file again from its start. What was read of it before stays where that fails. */
static void reopen(struct browse *b, const char *why)
{
    struct notes *old_notes;
    struct record old;
    struct error err;

    follow_stop(&b->follow, &b->record);
    if (!record_reopen(&b->record, b->options, &old, &err)) {
        session_follow_ended(b->session);
        session_error(b->session, err.message);
        return;
    }
    old_notes = b->notes;
    b->notes = notes_new(b->record.path);
    session_reopen(b->session, b->record.transcript, b->notes);
    notes_free(old_notes);
    record_close(&old);
    b->reported_percent = -2;
    if (follow_start(&b->follow, &b->record, &err))
        session_message(b->session, why);
    else
        session_error(b->session, err.message);
}

static void take_news(struct browse *b, bool ready)
{
    const char *why = "";

    switch (follow_look(&b->follow, &b->record, ready, &why)) {
    case FOLLOW_NOTHING:
    case FOLLOW_GROWN:
        break;
    case FOLLOW_GONE:
        session_error(b->session, "the file was removed; another is waited for");
        break;
    case FOLLOW_ENDED:
        session_follow_ended(b->session);
        break;
    case FOLLOW_CHANGED:
        reopen(b, why);
        break;
    }
}

static int sooner(int a_ms, int b_ms)
{
    return a_ms < 0 || (b_ms >= 0 && b_ms < a_ms) ? b_ms : a_ms;
}

/* Wait for whatever comes first: a key, a signal, more of the record. */
static void wait_for_more(struct browse *b, int wait_ms)
{
    bool loading = b->record.status == LOADER_WAIT;
    bool ready;
    struct screen_events events = screen_wait(
        b->screen, loading ? loader_fd(b->record.loader) : follow_fd(&b->follow),
        sooner(wait_ms, follow_wait_ms(&b->follow)), &ready);

    take_events(b, &events);
    take_news(b, ready && !loading);
}

/* What was waited for, a hit or the end, is shown at once; a record that is followed moves the
 * reader all the time. */
static void note_arrival(struct browse *b, uint32_t before)
{
    if (!b->follow.on && session_segment(b->session) != before)
        b->must_draw = true;
}

static void run_loop(struct browse *b)
{
    bool searching;

    tell_loading(b);
    while (!b->is_leaving) {
        uint32_t before;
        int wait_ms;

        take_keys(b);
        if (session_is_over(b->session))
            return;
        wait_ms = draw_if_due(b);
        before = session_segment(b->session);
        if (record_is_loading(&b->record)) {
            record_load(&b->record, STEP_MS, 0);
            follow_note(&b->follow, &b->record);
            tell_loading(b);
        }
        if (record_is_hopeless(&b->record) && !b->follow.on)
            return;
        searching = session_step(b->session, STEP_MS);
        note_arrival(b, before);
        if (b->record.status == LOADER_BUSY || searching || b->must_draw)
            wait_ms = 0;
        else if (session_is_stale(b->session) && wait_ms < 0)
            wait_ms = 1;
        wait_for_more(b, wait_ms);
    }
}

/* Where the reader has not come to his last place yet, that still is his place. */
static void save_place(struct browse *b)
{
    struct error err;

    if (!b->record.has_place &&
        !record_save_place(&b->record, session_segment(b->session), &err))
        report_error(&b->messages, NULL, &err);
}

static void keep_history(struct browse *b)
{
    struct error err;

    if (!history_file_keep(b->session, &err))
        report_error(&b->messages, NULL, &err);
}

/* From the first byte on, so that a last line that is still being written is not taken for a
 * broken one. What cannot be followed is read all the same. */
static void start_following(struct browse *b)
{
    struct error ignored;

    if (b->options->follow && follow_start(&b->follow, &b->record, &ignored))
        b->record.has_place = false;
}

/* One record, from its first screen to its last. */
static void read_record(struct browse *b)
{
    struct error ignored; /* it is followed already */

    start_following(b);
    record_load(&b->record, FIRST_MS, FIRST_SEGMENTS);
    follow_note(&b->follow, &b->record);
    if (!record_is_hopeless(&b->record) || b->follow.on) {
        b->notes = notes_new(b->record.path);
        start_session(b);
        if (b->follow.on)
            session_run(b->session, "follow", &ignored);
        run_loop(b);
        follow_stop(&b->follow, &b->record);
        save_place(b);
        keep_history(b);
        b->leaves_all = session_leaves_all(b->session);
        session_free(b->session);
        b->session = NULL;
        notes_free(b->notes);
        b->notes = NULL;
    }
    if (b->record.status == LOADER_FAILED) {
        report_error(&b->messages, b->record.path, &b->record.err);
        b->status = b->status == EXIT_DONE ? EXIT_TROUBLE : b->status;
    }
}

bool browse_read(struct browse *b, const char *path, const struct browse_hit *hit,
                 struct error *err)
{
    int status = b->status;
    bool ok;

    if (!record_open(&b->record, path, b->options, err))
        return false;
    b->wanted = hit;
    b->record.has_place = b->record.has_place && hit == NULL;
    read_record(b);
    ok = !record_is_hopeless(&b->record);
    if (!ok) {
        *err = b->record.err;
        b->status = status;
        buffer_clear(&b->messages);
    }
    record_close(&b->record);
    return ok;
}

static int browse_path(struct browse *b, const char *path)
{
    struct error err;

    if (!record_open(&b->record, path, b->options, &err)) {
        report_now(path, &err);
        return EXIT_TROUBLE;
    }
    if (!browse_start_screen(b, &err)) {
        report_now(NULL, &err);
        record_close(&b->record);
        return BROWSE_PRINT_INSTEAD;
    }
    read_record(b);
    browse_stop_screen(b);
    record_close(&b->record);
    if (!b->is_leaving) /* told to go at once; and a terminal that is stuck takes no message */
        report_flush(&b->messages);
    buffer_release(&b->messages);
    return b->status;
}

/* A folder, or several of anything. */
static bool is_library(const struct options *options)
{
    struct stat st;

    return options->path_count > 1 ||
           (stat(options->paths[0], &st) == 0 && S_ISDIR(st.st_mode));
}

int browse_run(const struct options *options)
{
    struct browse b = {.options = options, .keymap = keymap_new()};
    struct error err;
    int status = EXIT_TROUBLE;

    config_load(&b.config, options->config, b.keymap);
    if (choose_theme(&b, &err))
        status = is_library(options) ? browse_library(&b) : browse_path(&b, options->paths[0]);
    else
        report_now(NULL, &err);
    if (b.config.faults.kept > 0 && !b.is_leaving)
        report_config(&b);
    config_release(&b.config);
    keymap_free(b.keymap);
    return status;
}

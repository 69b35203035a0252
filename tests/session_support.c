/* A desk: a record, a session that reads it, and a host that keeps what it is asked for. */
#include "session_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "type_keys.h"

static bool host_copy(void *context, const char *text, size_t bytes, struct buffer *where,
                      struct error *err)
{
    struct desk *d = context;

    if (d->copy_fails)
        return error_set(err, ERROR_SYSTEM, "the clipboard is on fire");
    buffer_clear(&d->copied);
    buffer_append(&d->copied, text, bytes);
    buffer_append_string(where, "sent to the clipboard");
    return true;
}

static bool host_theme(void *context, const char *name, struct error *err)
{
    struct desk *d = context;

    if (strcmp(name, "dark") != 0)
        return error_set(err, ERROR_USAGE, "no theme '%.40s'", name);
    buffer_clear(&d->theme);
    buffer_append_string(&d->theme, name);
    return true;
}

static void host_push(void *context, struct ui *screen)
{
    struct desk *d = context;

    d->ui = screen;
    ui_resize(screen, session_ui(d->session)->rows, session_ui(d->session)->columns);
}

static bool host_run(void *context, const char *command, const char *input, size_t bytes,
                     bool waits, struct error *err)
{
    struct desk *d = context;

    (void)err;
    snprintf(d->command, sizeof d->command, "%s", command);
    buffer_clear(&d->input);
    if (input != NULL)
        buffer_append(&d->input, input, bytes);
    d->waits = waits;
    return true;
}

static bool source_rename(void *context, const char *from, const char *to, struct error *err)
{
    struct desk *d = context;

    if (strcmp(to, "nobody") == 0)
        return error_set(err, ERROR_USAGE, "that is no name");
    snprintf(d->renamed, sizeof d->renamed, "%s=%s", from, to);
    return true;
}

static bool host_open(void *context, const char *path, const char *query, const struct hit *hit,
                      struct error *err)
{
    struct desk *d = context;

    (void)err;
    snprintf(d->opened, sizeof d->opened, "%s", path);
    snprintf(d->query, sizeof d->query, "%s", query);
    d->hit = *hit;
    return true;
}

static void leave_top(struct desk *d)
{
    if (d->ui == session_ui(d->session))
        return;
    d->ui->ops->close(d->ui);
    d->ui = session_ui(d->session);
}

static void host_mouse(void *context, bool on)
{
    ((struct desk *)context)->mouse = on;
}

static void host_redraw(void *context)
{
    ((struct desk *)context)->redraws++;
}

static void host_suspend(void *context)
{
    ((struct desk *)context)->suspends++;
}

static bool host_follow(void *context, bool on, struct error *err)
{
    struct desk *d = context;

    if (on && d->follow_fails)
        return error_set(err, ERROR_UNSUPPORTED, "it has ended");
    d->follow = on;
    return true;
}

static struct source *open_source(const struct desk_options *options)
{
    const char *root = getenv("SHILU_SRCDIR");
    struct buffer path = {0};
    struct source *source;
    struct error err;

    if (options->text != NULL)
        return source_open_memory(options->text, strlen(options->text));
    buffer_append_format(&path, "%s/%s", root != NULL ? root : ".", options->file);
    source = source_open_path(buffer_string(&path), &err);
    if (source == NULL)
        fail_msg("%s: %s", buffer_string(&path), err.message);
    buffer_release(&path);
    return source;
}

void desk_open(struct desk *d, const struct desk_options *options)
{
    static const struct loader_options by_content = {0};
    struct session_options wanted;
    struct error err;

    *d = (struct desk){.mouse = -1, .follow = -1};
    d->transcript = transcript_new();
    d->width = width_new(options->ambiguous_wide);
    d->keymap = keymap_new();
    if (options->file != NULL || options->text != NULL) {
        d->loader = loader_new(open_source(options), d->transcript, &by_content, &err);
        assert_non_null(d->loader);
        if (!loader_run(d->loader, &err))
            fail_msg("%s", err.message);
    }
    wanted = (struct session_options){
        .name = options->name != NULL ? options->name : options->file,
        .ui = {.width = d->width,
               .keymap = d->keymap,
               .history = options->history,
               .host = {.context = d,
                        .copy = host_copy,
                        .theme = host_theme,
                        .mouse = host_mouse,
                        .redraw = host_redraw,
                        .suspend = host_suspend,
                        .run = host_run,
                        .push = host_push,
                        .open = host_open},
               .settings = {.citation = options->citation,
                            .quotes = options->quotes,
                            .open = options->play}},
        .source = {.context = d, .follow = host_follow, .rename = source_rename},
    };
    if (wanted.name == NULL)
        wanted.name = "-";
    d->session = session_new(d->transcript, &wanted);
    d->ui = session_ui(d->session);
    desk_resize(d, options->rows, options->columns);
    session_loading(d->session, 100, true, NULL);
}

void desk_open_hearing(struct desk *d, int rows, int columns)
{
    desk_open(d,
              &(struct desk_options){.file = DESK_HEARING, .rows = rows, .columns = columns});
}

void desk_append(struct desk *d, const char *speaker, const char *text, bool piece)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct speaker_label label = {.name = speaker};
    struct error err;

    draft.text = text;
    draft.text_bytes = strlen(text);
    draft.speaker = transcript_speaker(d->transcript, &label);
    draft.start_ms = 36000000 + (int64_t)transcript_count(d->transcript) * 1500;
    draft.end_ms = draft.start_ms + 1500;
    draft.piece = piece;
    assert_true(transcript_append(d->transcript, &draft, &err));
}

void desk_close(struct desk *d)
{
    leave_top(d);
    session_free(d->session);
    loader_free(d->loader);
    transcript_free(d->transcript);
    keymap_free(d->keymap);
    width_free(d->width);
    grid_release(&d->grid);
    buffer_release(&d->copied);
    buffer_release(&d->theme);
    buffer_release(&d->input);
}

static void press(void *context, struct key key)
{
    struct desk *d = context;

    ui_key(d->ui, key);
    if (d->ui->over)
        leave_top(d);
}

void desk_type(struct desk *d, const char *keys)
{
    type_keys(keys, press, d);
}

void desk_resize(struct desk *d, int rows, int columns)
{
    ui_resize(d->ui, rows, columns);
}

const char *desk_screen(struct desk *d, bool styles, struct buffer *out)
{
    while (ui_step(d->ui, 1000))
        continue;
    ui_draw(d->ui, &d->grid);
    buffer_clear(out);
    grid_dump(&d->grid, styles, out);
    return buffer_string(out);
}

const char *desk_row(struct desk *d, int row, struct buffer *out)
{
    struct buffer all = {0};
    const char *line = desk_screen(d, false, &all);

    for (row = row < 0 ? d->grid.rows + row : row; row > 0; row--)
        line = strchr(line, '\n') + 1;
    buffer_clear(out);
    buffer_append(out, line, strcspn(line, "\n"));
    buffer_release(&all);
    return buffer_string(out);
}

int desk_at(const struct desk *d)
{
    uint32_t segment = session_segment(d->session);

    return segment == SEGMENT_NONE ? -1 : (int)segment;
}

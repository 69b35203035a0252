/* A fixture: a record, a session that reads it, and a host that keeps what it is asked for. */
#include "session_fixture.h"

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
    struct session_fixture *f = context;

    if (f->copy_fails)
        return error_set(err, ERROR_SYSTEM, "the clipboard is on fire");
    buffer_clear(&f->copied);
    buffer_append(&f->copied, text, bytes);
    buffer_append_string(where, "sent to the clipboard");
    return true;
}

static bool host_theme(void *context, const char *name, struct error *err)
{
    struct session_fixture *f = context;

    if (strcmp(name, "dark") != 0)
        return error_set(err, ERROR_USAGE, "no theme '%.40s'", name);
    buffer_clear(&f->theme);
    buffer_append_string(&f->theme, name);
    return true;
}

static void host_push(void *context, struct ui *screen)
{
    struct session_fixture *f = context;

    f->ui = screen;
    ui_resize(screen, session_ui(f->session)->rows, session_ui(f->session)->columns);
}

static bool host_run(void *context, const char *command, const char *input, size_t bytes,
                     bool waits, struct error *err)
{
    struct session_fixture *f = context;

    (void)err;
    snprintf(f->command, sizeof f->command, "%s", command);
    buffer_clear(&f->input);
    if (input != NULL)
        buffer_append(&f->input, input, bytes);
    f->waits = waits;
    return true;
}

static bool source_rename(void *context, const char *from, const char *to, struct error *err)
{
    struct session_fixture *f = context;

    if (strcmp(to, "nobody") == 0)
        return error_set(err, ERROR_USAGE, "that is no name");
    snprintf(f->renamed, sizeof f->renamed, "%s=%s", from, to);
    return true;
}

static bool host_open(void *context, const char *path, const char *query, const struct hit *hit,
                      struct error *err)
{
    struct session_fixture *f = context;

    (void)err;
    snprintf(f->opened, sizeof f->opened, "%s", path);
    snprintf(f->query, sizeof f->query, "%s", query);
    f->hit = *hit;
    return true;
}

static void leave_top(struct session_fixture *f)
{
    if (f->ui == session_ui(f->session))
        return;
    f->ui->ops->close(f->ui);
    f->ui = session_ui(f->session);
}

static void host_mouse(void *context, bool on)
{
    ((struct session_fixture *)context)->mouse = on;
}

static void host_redraw(void *context)
{
    ((struct session_fixture *)context)->redraws++;
}

static void host_suspend(void *context)
{
    ((struct session_fixture *)context)->suspends++;
}

static bool host_follow(void *context, bool on, struct error *err)
{
    struct session_fixture *f = context;

    if (on && f->follow_fails)
        return error_set(err, ERROR_UNSUPPORTED, "it has ended");
    f->follow = on;
    return true;
}

static struct source *open_source(const struct session_fixture_options *options)
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

void session_fixture_open(struct session_fixture *f,
                          const struct session_fixture_options *options)
{
    static const struct loader_options by_content = {0};
    struct session_options wanted;
    struct error err;

    *f = (struct session_fixture){.mouse = -1, .follow = -1};
    f->transcript = transcript_new();
    f->width = width_new(options->ambiguous_wide);
    f->keymap = keymap_new();
    if (options->file != NULL || options->text != NULL) {
        f->loader = loader_new(open_source(options), f->transcript, &by_content, &err);
        assert_non_null(f->loader);
        if (!loader_run(f->loader, &err))
            fail_msg("%s", err.message);
    }
    wanted = (struct session_options){
        .name = options->name != NULL ? options->name : options->file,
        .ui = {.width = f->width,
               .keymap = f->keymap,
               .history = options->history,
               .host = {.context = f,
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
        .source = {.context = f, .follow = host_follow, .rename = source_rename},
    };
    if (wanted.name == NULL)
        wanted.name = "-";
    f->session = session_new(f->transcript, &wanted);
    f->ui = session_ui(f->session);
    session_fixture_resize(f, options->rows, options->columns);
    session_loading(f->session, 100, true, NULL);
}

void session_fixture_open_hearing(struct session_fixture *f, int rows, int columns)
{
    session_fixture_open(f, &(struct session_fixture_options){.file = SESSION_FIXTURE_HEARING,
                                                              .rows = rows,
                                                              .columns = columns});
}

void session_fixture_append(struct session_fixture *f, const char *speaker, const char *text,
                            bool piece)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct speaker_label label = {.name = speaker};
    struct error err;

    draft.text = text;
    draft.text_bytes = strlen(text);
    draft.speaker = transcript_speaker(f->transcript, &label);
    draft.start_ms = 36000000 + (int64_t)transcript_count(f->transcript) * 1500;
    draft.end_ms = draft.start_ms + 1500;
    draft.piece = piece;
    assert_true(transcript_append(f->transcript, &draft, &err));
}

void session_fixture_close(struct session_fixture *f)
{
    leave_top(f);
    session_free(f->session);
    loader_free(f->loader);
    transcript_free(f->transcript);
    keymap_free(f->keymap);
    width_free(f->width);
    grid_release(&f->grid);
    buffer_release(&f->copied);
    buffer_release(&f->theme);
    buffer_release(&f->input);
}

static void press(void *context, struct key key)
{
    struct session_fixture *f = context;

    ui_key(f->ui, key);
    if (f->ui->over)
        leave_top(f);
}

void session_fixture_type(struct session_fixture *f, const char *keys)
{
    type_keys(keys, press, f);
}

void session_fixture_resize(struct session_fixture *f, int rows, int columns)
{
    ui_resize(f->ui, rows, columns);
}

const char *session_fixture_screen(struct session_fixture *f, bool styles, struct buffer *out)
{
    while (ui_step(f->ui, 1000))
        continue;
    ui_draw(f->ui, &f->grid);
    buffer_clear(out);
    grid_dump(&f->grid, styles, out);
    return buffer_string(out);
}

const char *session_fixture_row(struct session_fixture *f, int row, struct buffer *out)
{
    struct buffer all = {0};
    const char *line = session_fixture_screen(f, false, &all);

    for (row = row < 0 ? f->grid.rows + row : row; row > 0; row--)
        line = strchr(line, '\n') + 1;
    buffer_clear(out);
    buffer_append(out, line, strcspn(line, "\n"));
    buffer_release(&all);
    return buffer_string(out);
}

int session_fixture_at(const struct session_fixture *f)
{
    uint32_t segment = session_segment(f->session);

    return segment == SEGMENT_NONE ? -1 : (int)segment;
}

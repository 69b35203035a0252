/* UI: the keys, the prompt, the messages, the help and the hints of every screen.
 *
 * Invariant: at most one of these takes the next key: the prompt, a question for one key, the
 * help. All three are closed before an operation of the screen is called. */
#include "shilu/ui/ui.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/ui/command_line.h"
#include "shilu/ui/help.h"
#include "ui/ui_private.h"

enum { HINTS_MAX = 8 };

/* ---------------------------------------------------------------------------- its life */

void ui_history_release(struct ui_history *h)
{
    prompt_history_release(&h->search);
    prompt_history_release(&h->narrow);
    prompt_history_release(&h->time);
    prompt_history_release(&h->command);
    prompt_history_release(&h->shell);
}

struct prompt_history *ui_history_of(struct ui_history *h, const char *kind)
{
    if (strcmp(kind, "search") == 0)
        return &h->search;
    if (strcmp(kind, "narrow") == 0)
        return &h->narrow;
    if (strcmp(kind, "time") == 0)
        return &h->time;
    if (strcmp(kind, "shell") == 0)
        return &h->shell;
    return strcmp(kind, "command") == 0 ? &h->command : NULL;
}

void ui_init(struct ui *ui, const struct screen_ops *ops, const struct ui_options *options)
{
    *ui = (struct ui){.ops = ops,
                      .keymap = options->keymap,
                      .width = options->width,
                      .history = options->history,
                      .host = options->host,
                      .settings = options->settings,
                      .rows = 24,
                      .columns = 80,
                      .stale = true};
    if (ui->history == NULL)
        ui->history = ui->own_history = memory_zalloc(1, sizeof *ui->history);
}

struct ui_options ui_options_of(const struct ui *ui)
{
    return (struct ui_options){.keymap = ui->keymap,
                               .width = ui->width,
                               .history = ui->history,
                               .host = ui->host,
                               .settings = ui->settings};
}

void ui_push(struct ui *ui, struct ui *screen)
{
    if (ui->host.push != NULL)
        ui->host.push(ui->host.context, screen);
    else
        screen->ops->close(screen);
}

void ui_release(struct ui *ui)
{
    if (ui->own_history != NULL)
        ui_history_release(ui->own_history);
    free(ui->own_history);
    prompt_release(&ui->prompt);
    buffer_release(&ui->message);
    buffer_release(&ui->completing);
    buffer_release(&ui->help_filter);
}

void ui_resize(struct ui *ui, int rows, int columns)
{
    ui->rows = rows;
    ui->columns = columns;
    if (ui->ops->resize != NULL)
        ui->ops->resize(ui);
    ui_hurry(ui);
}

void ui_touch(struct ui *ui)
{
    ui->stale = true;
}

void ui_hurry(struct ui *ui)
{
    ui->stale = ui->urgent = true;
}

void ui_leave(struct ui *ui, bool all)
{
    ui->over = true;
    ui->leaves_all = all;
}

/* The user wants to leave; the screen may refuse. */
static void leave_by_key(struct ui *ui, bool all)
{
    if (ui->ops->may_leave == NULL || ui->ops->may_leave(ui))
        ui_leave(ui, all);
}

/* ------------------------------------------------------------------------- the messages */

void ui_say(struct ui *ui, const char *text)
{
    buffer_clear(&ui->message);
    buffer_append_string(&ui->message, _(text));
    ui->message_is_error = false;
    ui->stale = true;
}

void ui_error(struct ui *ui, const char *text)
{
    ui_say(ui, text);
    ui->message_is_error = true;
}

void ui_unsay(struct ui *ui)
{
    ui->stale = ui->stale || ui->message.bytes > 0;
    buffer_clear(&ui->message);
}

bool ui_open(struct ui *ui, const char *path, const char *query, const struct hit *hit)
{
    struct error err;
    bool ok = ui->host.open != NULL && ui->host.open(ui->host.context, path, query, hit, &err);

    if (!ok && ui->host.open != NULL)
        ui_error(ui, err.message);
    return ok;
}

/* --------------------------------------------------------------------------- the moving */

size_t ui_move_rows(enum ui_move what, size_t page, long count)
{
    size_t step = page > 1 ? page - 1 : 1;
    size_t times = count > 0 ? (size_t)count : 1;

    return what == MOVE_PAGE                      ? step * times
           : what == MOVE_HALF_PAGE && count <= 0 ? step / 2 + 1
                                                  : times;
}

size_t ui_move_to(size_t at, size_t rows, size_t page, enum ui_move what, bool back, long count)
{
    size_t last = rows > 0 ? rows - 1 : 0;
    size_t by = ui_move_rows(what, page, count);

    if (what == MOVE_END)
        at = count > 0 ? by - 1 : back ? 0 : last;
    else if (what == MOVE_PERCENT)
        at = rows * (size_t)(count < 100 ? count : 100) / 100;
    else if (back)
        at = at > by ? at - by : 0;
    else
        at = at < last && by < last - at ? at + by : last;
    return at < last ? at : last;
}

size_t ui_scroll_to(size_t top, size_t at, size_t page)
{
    if (at < top)
        return at;
    return at >= top + page ? at + 1 - page : top;
}

/* --------------------------------------------------------------------------- the prompt */

/* Defaults for the prompts of a kind. */
static const struct ui_prompt kinds[PROMPT_KIND_COUNT] = {
    [PROMPT_SEARCH] = {.label = "/", .hint = N_("= exact  \\v pattern"), .history = "search"},
    [PROMPT_SEARCH_BACK] = {.label = "?",
                            .hint = N_("= exact  \\v pattern"),
                            .history = "search"},
    [PROMPT_NARROW] = {.label = N_("Only what matches: "),
                       .hint = N_("empty: everything"),
                       .history = "narrow"},
};

static const struct ui_prompt *prompt_of(const struct ui *ui, enum ui_prompt_kind kind)
{
    enum ui_prompt_kind row = kind == PROMPT_SEARCH_BACK ? PROMPT_SEARCH : kind;
    const struct ui_prompt *p = ui->ops->prompts != NULL ? &ui->ops->prompts[row] : NULL;

    if (p != NULL && p->done != NULL)
        return p;
    if (kind == PROMPT_RUN && ui->ops->place != NULL)
        return &ui_run_prompt;
    if (kind == PROMPT_PIPE && ui->ops->piped != NULL)
        return &ui_pipe_prompt;
    return kind == PROMPT_COMMAND ? &ui_command_prompt : NULL;
}

/* A prompt's own text, or the default of its kind; the prompt of the help has no kind. */
static const char *word_of(const struct ui *ui, const char *own, const char *of_kind)
{
    return own != NULL || ui->help ? own : of_kind;
}

static struct prompt_history *history_of(const struct ui *ui)
{
    const char *history = word_of(ui, ui->prompt_of->history, kinds[ui->asked].history);

    return history != NULL ? ui_history_of(ui->history, history) : NULL;
}

const char *ui_typed(const struct ui *ui)
{
    return buffer_string(&ui->prompt.text);
}

bool ui_asked_back(const struct ui *ui)
{
    return ui->asked == PROMPT_SEARCH_BACK;
}

void ui_ask(struct ui *ui, enum ui_prompt_kind kind, const char *text)
{
    const struct ui_prompt *p = prompt_of(ui, kind);

    if (p == NULL)
        return;
    ui->help = false;
    ui->prompt_of = p;
    ui->asked = kind;
    prompt_start(&ui->prompt, history_of(ui), text);
    if (p->open != NULL)
        p->open(ui, &ui->prompt.text);
    ui->prompt.cursor_byte = ui->prompt.text.bytes;
    ui->stale = true;
}

static void finish_prompt(struct ui *ui)
{
    const struct ui_prompt *p = ui->prompt_of;
    struct prompt_history *history = history_of(ui);
    char *line = memory_strdup(ui_typed(ui));
    struct error err;

    ui->prompt_of = NULL;
    if (history != NULL)
        prompt_history_add(history, line);
    if (!p->done(ui, line, &err))
        ui_error(ui, err.message);
    free(line);
}

static void prompt_takes(struct ui *ui, struct key key)
{
    const struct ui_prompt *p = ui->prompt_of;

    switch (prompt_key(&ui->prompt, key)) {
    case PROMPT_CHANGED:
        if (p->changed != NULL)
            p->changed(ui, ui_typed(ui));
        break;
    case PROMPT_DONE:
        finish_prompt(ui);
        break;
    case PROMPT_GIVEN_UP:
        ui->prompt_of = NULL;
        if (p->given_up != NULL)
            p->given_up(ui);
        break;
    case PROMPT_UNUSED:
        if (p->choose != NULL)
            p->choose(ui, key.code);
        break;
    case PROMPT_MOVED:
        break;
    }
}

/* As if it had been typed at the prompt. */
static void answer_prompt(struct ui *ui, enum ui_prompt_kind kind, const char *text)
{
    const struct ui_prompt *p;

    ui_ask(ui, kind, text);
    p = ui->prompt_of;
    if (p != NULL && p->changed != NULL)
        p->changed(ui, text);
    if (p != NULL)
        finish_prompt(ui);
}

void ui_ask_key(struct ui *ui, const char *question, ui_answer *answer)
{
    ui->question = _(question);
    ui->answer = answer;
}

/* -------------------------------------------------------------------------- the actions */

static void ui_go(struct ui *ui, const struct ui_call *call, int argument)
{
    ui->ops->move(ui, (enum ui_move)(argument & ~MOVE_BACK), (argument & MOVE_BACK) != 0,
                  call->count);
}

void ui_ask_unless_said(struct ui *ui, enum ui_prompt_kind kind, const struct ui_call *call)
{
    if (*call->text != '\0')
        answer_prompt(ui, kind, call->text);
    else
        ui_ask(ui, kind, "");
}

static void ui_prompt(struct ui *ui, const struct ui_call *call, int argument)
{
    ui_ask_unless_said(ui, (enum ui_prompt_kind)argument, call);
}

static void ui_clear(struct ui *ui, const struct ui_call *call, int argument)
{
    if (ui->ops->leave == NULL || !ui->ops->leave(ui, false))
        ui_say(ui, "nothing is open");
}

static void ui_list(struct ui *ui, const struct ui_call *call, int argument)
{
    ui->ops->list(ui);
}

static void ui_help(struct ui *ui, const struct ui_call *call, int argument)
{
    ui->help = !ui->help;
    ui->help_top = 0;
    buffer_clear(&ui->help_filter);
}

static void ui_theme(struct ui *ui, const struct ui_call *call, int argument)
{
    struct error err;

    if (*call->text == '\0')
        ui_ask(ui, PROMPT_COMMAND, "theme ");
    else if (ui->host.theme == NULL)
        ui_error(ui, "the theme cannot be changed here");
    else if (!ui->host.theme(ui->host.context, call->text, &err))
        ui_error(ui, err.message);
}

static void ui_mouse(struct ui *ui, const struct ui_call *call, int argument)
{
    ui->mouse = !ui->mouse;
    if (ui->host.mouse != NULL)
        ui->host.mouse(ui->host.context, ui->mouse);
    ui_say(ui, ui->mouse ? N_("shilu uses the mouse") : N_("the terminal uses the mouse"));
}

static void ui_redraw(struct ui *ui, const struct ui_call *call, int argument)
{
    if (ui->host.redraw != NULL)
        ui->host.redraw(ui->host.context);
}

static void ui_suspend(struct ui *ui, const struct ui_call *call, int argument)
{
    if (ui->host.suspend != NULL)
        ui->host.suspend(ui->host.context);
}

static void ui_quit(struct ui *ui, const struct ui_call *call, int all)
{
    if (all != 0 || ui->ops->leave == NULL || !ui->ops->leave(ui, true))
        leave_by_key(ui, all != 0);
}

static const struct {
    ui_function *function;
    int argument;
} bindings[ACTION_COUNT] = {
#define BIND_ANY(id, function, argument) [ACTION_##id] = {function, argument},
#define BIND_RECORD(id, function, argument)
#define BIND_LIBRARY(id, function, argument)
#define BIND(scope, id, name, keys, group, function, argument, flags, help) \
    BIND_##scope(id, function, argument)
    ACTIONS(BIND)
#undef BIND
};

bool ui_has(const struct ui *ui, enum action action)
{
    const struct action_row *row = action_row(action);

    if (row->scope != SCOPE_ANY)
        return row->scope == ui->ops->scope ||
               (ui->ops->has != NULL && ui->ops->has((struct ui *)ui, action));
    if (bindings[action].function == ui_list)
        return ui->ops->list != NULL;
    if (bindings[action].function == ui_edit || bindings[action].function == ui_play)
        return ui->ops->place != NULL;
    if (bindings[action].function == ui_go)
        return (ui->ops->moves >> (bindings[action].argument & ~MOVE_BACK) & 1) != 0;
    if (bindings[action].function == ui_prompt)
        return prompt_of(ui, (enum ui_prompt_kind)bindings[action].argument) != NULL;
    return true;
}

static void say_elsewhere(struct ui *ui, enum action action)
{
    struct buffer text = {0};

    buffer_append_format(&text,
                         action_row(action)->scope == SCOPE_LIBRARY
                             ? _("'%s' is only available in a library")
                             : _("'%s' is only available in a transcript"),
                         action_row(action)->name);
    ui_error(ui, buffer_string(&text));
    buffer_release(&text);
}

static void perform(struct ui *ui, const struct ui_call *call)
{
    ui->stale = true;
    if (!ui_has(ui, call->action)) {
        say_elsewhere(ui, call->action);
        return;
    }
    if (ui->ops->before != NULL && !ui->ops->before(ui, call->action))
        return;
    if (action_row(call->action)->scope == SCOPE_ANY)
        bindings[call->action].function(ui, call, bindings[call->action].argument);
    else
        ui->ops->act(ui, call);
}

void ui_act(struct ui *ui, enum action action, long count)
{
    const struct ui_call call = {action, count < UI_COUNT_MAX ? count : UI_COUNT_MAX, ""};

    perform(ui, &call);
}

bool ui_run(struct ui *ui, const char *line, struct error *err)
{
    struct command_line command;
    struct ui_call call;

    if (!command_line_parse(line, &command, err))
        return false;
    call = (struct ui_call){command.action, command.count, command.argument};
    if (command.leaves) {
        leave_by_key(ui, command.leaves_all);
    } else if (command.action == ACTION_NONE) {
        if (command.has_count && ui->ops->number != NULL)
            ui->ops->number(ui, command.count > 0 ? command.count : 1);
    } else {
        if (*call.text != '\0' && (action_row(call.action)->flags & ACTION_WORDS) == 0) {
            if (!command_line_number(&command, &call.count, err))
                return false;
            call.text = "";
        }
        perform(ui, &call);
    }
    return true;
}

/* ----------------------------------------------------------------------------- the help */

static struct help help_of(const struct ui *ui)
{
    return (struct help){.ui = ui, .filter = buffer_string(&ui->help_filter)};
}

static void help_changed(struct ui *ui, const char *text)
{
    buffer_clear(&ui->help_filter);
    buffer_append_string(&ui->help_filter, text);
    ui->help_top = 0;
}

static bool help_done(struct ui *ui, const char *text, struct error *err)
{
    help_changed(ui, text);
    return true;
}

static void help_given_up(struct ui *ui)
{
    help_changed(ui, "");
}

static const struct ui_prompt help_prompt = {.label = "/",
                                             .hint = N_("a key, a name, or what it does"),
                                             .changed = help_changed,
                                             .done = help_done,
                                             .given_up = help_given_up};

/* Say what a key does, for keys that the help itself does not use. */
static void say_what_it_does(struct ui *ui, uint32_t code, enum action action)
{
    char name[KEY_NAME_BYTES];
    struct buffer text = {0};

    key_name(code, name);
    if (action == ACTION_NONE)
        buffer_append_format(&text, _("%s is not bound"), name);
    else
        buffer_append_format(&text, "%s: %s (:%s)", name, _(action_row(action)->help),
                             action_row(action)->name);
    ui_say(ui, buffer_string(&text));
    buffer_release(&text);
}

static void scroll_help(struct ui *ui, enum ui_move what, bool back)
{
    const struct help help = help_of(ui);
    struct area body = ui_body(ui);
    size_t rows = help_rows(&help, &body);
    size_t page = (size_t)body.rows;

    ui->help_top = ui_move_to(ui->help_top, rows > page ? rows - page + 1 : 1, page,
                              what < MOVE_END ? what : MOVE_END, back, 0);
}

/* Keys that go back close the help, keys that scroll scroll it, `/` searches it; for any other
 * key, say what it does. */
static void help_takes(struct ui *ui, const struct key *key)
{
    enum action action = keymap_action(ui->keymap, key->code, ui->ops->scope);

    if (key->code == KEY_CODE_ENTER || action == ACTION_QUIT || action == ACTION_CLEAR ||
        action == ACTION_HELP) {
        if (ui->help_filter.bytes > 0)
            help_changed(ui, "");
        else
            ui->help = false;
    } else if (action == ACTION_QUIT_ALL || action == ACTION_SUSPEND ||
               action == ACTION_REDRAW) {
        ui_act(ui, action, 0);
    } else if (action == ACTION_SEARCH || action == ACTION_SEARCH_BACK) {
        ui->prompt_of = &help_prompt;
        prompt_start(&ui->prompt, NULL, "");
    } else if (action != ACTION_NONE && action_row(action)->group == GROUP_MOVE) {
        scroll_help(ui, (enum ui_move)(bindings[action].argument & ~MOVE_BACK),
                    (bindings[action].argument & MOVE_BACK) != 0);
    } else {
        say_what_it_does(ui, key->code, action);
    }
}

/* ----------------------------------------------------------------------------- the keys */

/* A digit with a binding runs its action, unless a count has begun. */
static bool take_digit(struct ui *ui, uint32_t code, enum action action)
{
    if (code < '0' || code > '9' || (ui->count == 0 && (code == '0' || action != ACTION_NONE)))
        return false;
    ui->count = ui->count * 10 + (long)(code - '0');
    if (ui->count > UI_COUNT_MAX)
        ui->count = UI_COUNT_MAX;
    return true;
}

/* Backspace removes the last digit of a count, as in less. */
static bool take_digit_back(struct ui *ui, uint32_t code)
{
    if (code != KEY_CODE_BACKSPACE || ui->count == 0)
        return false;
    ui->count /= 10;
    return true;
}

/* ZZ, as in less and vi, unless Z is bound. */
static bool take_leaving(struct ui *ui, uint32_t code, enum action action)
{
    bool z = code == 'Z' && action == ACTION_NONE;

    if (z && ui->leaving)
        leave_by_key(ui, false);
    ui->leaving = z && !ui->leaving;
    return z;
}

/* The same letter in the other case, which may have been meant. */
static enum action near_key(const struct ui *ui, uint32_t code, char *name)
{
    uint32_t other = code ^ 32;
    enum action action = ACTION_NONE;

    if ((code | 32) >= 'a' && (code | 32) <= 'z')
        action = keymap_action(ui->keymap, other, ui->ops->scope);
    if (action == ACTION_NONE || !ui_has(ui, action))
        return ACTION_NONE;
    key_name(other, name);
    return action;
}

/* What the key does on another kind of screen. */
static enum action action_elsewhere(const struct ui *ui, uint32_t code)
{
    enum action action = keymap_action(ui->keymap, code, SCOPE_RECORD);

    return action != ACTION_NONE ? action : keymap_action(ui->keymap, code, SCOPE_LIBRARY);
}

static void say_unbound(struct ui *ui, uint32_t code)
{
    char name[KEY_NAME_BYTES];
    char other[KEY_NAME_BYTES];
    enum action near = near_key(ui, code, other);
    enum action elsewhere = action_elsewhere(ui, code);
    struct buffer text = {0};

    if (near == ACTION_NONE && elsewhere != ACTION_NONE) {
        say_elsewhere(ui, elsewhere);
        return;
    }
    key_name(code, name);
    buffer_append_format(&text, _("%s is not bound"), name);
    if (near != ACTION_NONE)
        buffer_append_format(&text, "; %s: %s", other, _(action_row(near)->help));
    else {
        keymap_key_of(ui->keymap, ACTION_HELP, other);
        if (*other != '\0')
            buffer_append_format(&text, _("; %s lists the keys"), other);
    }
    ui_say(ui, buffer_string(&text));
    buffer_release(&text);
}

static void read_key(struct ui *ui, const struct key *key)
{
    enum action action = keymap_action(ui->keymap, key->code, ui->ops->scope);
    long count;

    if (key->code == KEY_CODE_CLICK || key->code == KEY_CODE_SCROLL_UP ||
        key->code == KEY_CODE_SCROLL_DOWN) {
        if (ui->ops->mouse != NULL)
            ui->ops->mouse(ui, key);
        return;
    }
    if (action == ACTION_NONE && ui->ops->has != NULL &&
        ui->ops->has(ui, action_elsewhere(ui, key->code)))
        action = action_elsewhere(ui, key->code);
    if (take_leaving(ui, key->code, action) || take_digit(ui, key->code, action) ||
        take_digit_back(ui, key->code))
        return;
    count = ui->count;
    ui->count = 0;
    if (key->code == KEY_CODE_ENTER && (action == ACTION_LINE_DOWN || action == ACTION_NONE) &&
        ui->ops->enter != NULL && ui->ops->enter(ui))
        return;
    if (action != ACTION_NONE)
        ui_act(ui, action, count);
    else if (key->code != KEY_CODE_NONE && key->code != KEY_CODE_RESIZE)
        say_unbound(ui, key->code);
}

void ui_key(struct ui *ui, struct key key)
{
    ui_unsay(ui);
    ui->interrupted = false;
    if (key.pasted && ui->prompt_of == NULL)
        return; /* pasted text is never a command */
    ui_hurry(ui);
    if (ui->ops->before_key != NULL && ui->ops->before_key(ui, &key))
        return;
    if (ui->prompt_of != NULL) {
        prompt_takes(ui, key);
    } else if (ui->answer != NULL) {
        ui_answer *answer = ui->answer;

        ui->answer = NULL;
        answer(ui, key.code);
    } else if (ui->help) {
        help_takes(ui, &key);
    } else {
        read_key(ui, &key);
    }
    if (ui->ops->after_key != NULL)
        ui->ops->after_key(ui);
}

void ui_interrupt(struct ui *ui)
{
    static const struct key escape = {.code = KEY_CODE_ESC};

    ui_hurry(ui);
    if (ui->ops->interrupt != NULL && ui->ops->interrupt(ui))
        return;
    if (ui->interrupted) {
        leave_by_key(ui, true);
        return;
    }
    ui_key(ui, escape);
    ui_say(ui, "q quits, and so does ^C again");
    ui->interrupted = true;
}

bool ui_step(struct ui *ui, int64_t budget_ms)
{
    return ui->ops->step != NULL && ui->ops->step(ui, budget_ms);
}

/* -------------------------------------------------------------------------- the drawing */

struct area ui_body(const struct ui *ui)
{
    return (struct area){1, 0, ui->rows - 2, ui->columns};
}

struct area ui_last_line(const struct ui *ui)
{
    return (struct area){ui->rows - 1, 0, 1, ui->columns};
}

void ui_draw_title(const struct ui *ui, struct grid *g, const char *title, const char *figures)
{
    const struct area a = {0, 0, 1, ui->columns};
    struct pen pen = pen_at(g, ui->width, &a, 0, 1);

    pen_clear(&pen, ROLE_TITLE);
    pen_right(&pen, figures, ROLE_TITLE_DETAIL);
    pen.edge -= 2;
    pen_string(&pen, title, ROLE_TITLE);
}

static void draw_prompt(struct ui *ui, struct grid *g)
{
    const struct ui_prompt *p = ui->prompt_of;
    struct area a = ui_last_line(ui);
    struct pen pen = pen_at(g, ui->width, &a, 0, 0);
    struct buffer side = {0};
    bool is_error = false;
    int end;

    pen_clear(&pen, ROLE_PROMPT);
    if (p->draw != NULL)
        p->draw(ui, g);
    end = prompt_draw(&ui->prompt, g, &a, ui->width,
                      _(p->label_of != NULL ? p->label_of(ui)
                                            : word_of(ui, p->label, kinds[ui->asked].label)));
    if (ui->message.bytes > 0) {
        buffer_append_string(&side, buffer_string(&ui->message));
        is_error = ui->message_is_error;
    } else if (p->side == NULL || !p->side(ui, &side, &is_error)) {
        buffer_append_string(&side, _(p == &ui_command_prompt && ui->ops->command_hint != NULL
                                          ? ui->ops->command_hint
                                          : word_of(ui, p->hint, kinds[ui->asked].hint)));
    }
    if (end + display_columns(ui->width, buffer_string(&side), side.bytes) + 3 <= a.columns)
        pen_right(&pen, buffer_string(&side), is_error ? ROLE_STATUS_ERROR : ROLE_DIM);
    buffer_release(&side);
}

static void draw_help(struct ui *ui, struct grid *g)
{
    const struct help help = help_of(ui);
    struct area a = ui_body(ui);
    size_t rows = help_rows(&help, &a);
    size_t page = (size_t)a.rows;
    struct pen pen = pen_at(g, ui->width, &a, 0, 0);

    /* A wider window needs fewer rows. */
    if (ui->help_top + page > rows)
        ui->help_top = rows > page ? rows - page : 0;
    for (; pen.row < a.rows; pen.row++)
        pen_clear(&pen, ROLE_TEXT);
    help_draw(&help, &pen, ui->help_top);
    grid_cursor(g, &a, 0, 0);
}

/* For a screen without a position to show. */
static void draw_plain_status(struct ui *ui, struct grid *g, const char *said,
                              const struct frame_hint *hints)
{
    const struct reader_state nowhere = {.width = ui->width};
    struct frame_status status = {.message = said != NULL ? said : "",
                                  .error = ui->message.bytes > 0 && ui->message_is_error,
                                  .hints = hints};
    struct area a = ui_last_line(ui);

    frame_draw_status(g, &a, &nowhere, &status);
}

/* The keys likely to be needed next; an action without a key has no hint. */
static void draw_status(struct ui *ui, struct grid *g)
{
    static const struct ui_hint help_hints[] = {{ACTION_QUIT, N_("back"), NULL},
                                                {ACTION_SEARCH, N_("search"), NULL},
                                                {ACTION_PAGE_DOWN, N_("page"), NULL},
                                                {ACTION_LINE_DOWN, N_("line"), NULL},
                                                {ACTION_NONE, NULL, NULL}};
    static const struct ui_hint no_hints[] = {{ACTION_NONE, NULL, NULL}};
    static const struct ui_hint leave_hints[] = {{ACTION_QUIT, N_("back"), NULL},
                                                 {ACTION_HELP, N_("help"), NULL},
                                                 {ACTION_NONE, NULL, NULL}};
    const struct ui_hint *row = ui->answer != NULL       ? no_hints
                                : ui->help               ? help_hints
                                : ui->ops->hints == NULL ? leave_hints
                                                         : ui->ops->hints(ui);
    struct frame_hint hints[HINTS_MAX + 1];
    char keys[HINTS_MAX][KEY_NAME_BYTES];
    char count[24];
    const char *said = NULL;
    size_t i = 0;

    for (; i < HINTS_MAX && row->what != NULL; row++) {
        const char *key = row->key;

        if (key == NULL) {
            keymap_key_of(ui->keymap, row->action, keys[i]);
            key = keys[i];
        }
        if (*key != '\0')
            hints[i++] = (struct frame_hint){key, _(row->what)};
    }
    hints[i] = (struct frame_hint){NULL, NULL};
    if (ui->message.bytes > 0)
        said = buffer_string(&ui->message);
    else if (ui->answer != NULL)
        said = ui->question;
    else if (ui->leaving)
        said = "Z"; /* a second one leaves */
    else if (ui->count > 0) {
        snprintf(count, sizeof count, "%ld", ui->count);
        said = count;
    }
    if (ui->ops->draw_status != NULL)
        ui->ops->draw_status(ui, g, said, ui->message.bytes > 0 && ui->message_is_error, hints);
    else
        draw_plain_status(ui, g, said, hints);
}

void ui_draw(struct ui *ui, struct grid *g)
{
    if (g->rows != ui->rows || g->columns != ui->columns)
        grid_resize(g, ui->rows, ui->columns);
    grid_clear(g);
    g->cursor_hidden = ui->settings.hides_cursor;
    if (ui->rows < LAYOUT_LEAST_ROWS || ui->columns < LAYOUT_LEAST_COLUMNS) {
        struct area all = {0, 0, g->rows, g->columns};
        struct pen pen = pen_at(g, ui->width, &all, 0, 0);

        ui->stale = ui->urgent = false;
        pen_string(&pen, _("too small"), ROLE_TEXT);
        return;
    }
    ui->ops->draw(ui, g);
    ui->stale = ui->urgent = false;
    if (ui->help)
        draw_help(ui, g);
    if (ui->prompt_of != NULL)
        draw_prompt(ui, g);
    else
        draw_status(ui, g);
}

/* The list of quotes: what was quoted out of any record, the newest last; Enter goes back to
 * where it stands. A screen of its own, over whatever was there. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shilu/base/file.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/store/citation.h"
#include "shilu/store/quotes.h"
#include "shilu/text/matcher.h"
#include "shilu/text/utf8.h"
#include "ui/ui_private.h"

enum { TITLE_FROM_COLUMNS = 90, TITLE_COLUMNS = 28, SPEAKER_COLUMNS = 20, QUERY_BYTES = 60 };

struct quote_screen {
    struct ui ui; /* first: a struct ui of this screen is it */
    struct quote_list list;
    size_t *shown; /* owned: those that the filter takes */
    size_t count;
    size_t at;
    size_t top;
    struct matcher *filter; /* NULL: all of them */
};

static struct quote_screen *screen_of(struct ui *ui)
{
    return (struct quote_screen *)ui;
}

static bool takes(const struct quote_screen *s, const struct quote *q)
{
    const struct buffer *const fields[] = {&q->words, &q->speakers, &q->title, &q->path};
    struct match match;

    if (s->filter == NULL)
        return true;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (matcher_find(s->filter, buffer_string(fields[i]), fields[i]->bytes, 0, &match))
            return true;
    return false;
}

static void fill(struct quote_screen *s)
{
    s->count = 0;
    for (size_t i = 0; i < s->list.count; i++)
        if (takes(s, &s->list.quotes[i]))
            s->shown[s->count++] = i;
    s->at = s->count > 0 ? s->count - 1 : 0;
}

static bool set_filter(struct ui *ui, const char *text, struct error *err)
{
    struct quote_screen *s = screen_of(ui);
    struct matcher *filter = NULL;

    if (*text != '\0') {
        filter = matcher_new(text, strlen(text), 0, err);
        if (filter == NULL)
            return false;
    }
    matcher_free(s->filter);
    s->filter = filter;
    fill(s);
    return true;
}

static void filter_changed(struct ui *ui, const char *text)
{
    struct error err;

    if (!set_filter(ui, text, &err))
        ui_error(ui, err.message);
}

static void filter_given_up(struct ui *ui)
{
    filter_changed(ui, "");
}

static const struct ui_prompt prompts[PROMPT_KIND_COUNT] = {
    [PROMPT_SEARCH] = {.label = N_("Only what matches: "),
                       .hint = N_("words, a speaker or a title; empty: all"),
                       .history = "search",
                       .changed = filter_changed,
                       .done = set_filter,
                       .given_up = filter_given_up},
    [PROMPT_NARROW] = {.label = N_("Only what matches: "),
                       .hint = N_("words, a speaker or a title; empty: all"),
                       .history = "narrow",
                       .changed = filter_changed,
                       .done = set_filter,
                       .given_up = filter_given_up},
};

static void move(struct ui *ui, enum ui_move what, bool back, long count)
{
    struct quote_screen *s = screen_of(ui);
    size_t page = ui->rows > 3 ? (size_t)ui->rows - 3 : 1;
    size_t times = count > 0 ? (size_t)count : 1;
    size_t by = what == MOVE_PAGE        ? page * times
                : what == MOVE_HALF_PAGE ? page / 2 + 1
                                         : times;
    size_t last = s->count > 0 ? s->count - 1 : 0;

    if (what == MOVE_END)
        s->at = count > 0 ? (size_t)count - 1 : back ? 0 : last;
    else if (back)
        s->at = s->at > by ? s->at - by : 0;
    else
        s->at += by;
    s->at = s->at < last ? s->at : last;
}

/* The quote is searched for as it stands, from where it stood, since the record may have been
 * rewritten since. */
static void open_chosen(struct quote_screen *s)
{
    const struct quote *q = &s->list.quotes[s->shown[s->at]];
    const char *words = buffer_string(&q->words);
    size_t bytes = strcspn(words, "\n");
    struct hit hit = {q->segment, q->byte, q->byte};
    struct buffer query = {0};
    struct error err;

    bytes = utf8_floor(words, bytes, bytes < QUERY_BYTES ? bytes : QUERY_BYTES);
    buffer_append_char(&query, '=');
    buffer_append(&query, words, bytes);
    hit.byte_end += (uint32_t)bytes;
    if (s->ui.host.open == NULL || q->path.bytes == 0)
        ui_error(&s->ui, "the place of this quote is unknown");
    else if (!s->ui.host.open(s->ui.host.context, buffer_string(&q->path),
                              buffer_string(&query), &hit, &err))
        ui_error(&s->ui, err.message);
    buffer_release(&query);
}

static bool enter(struct ui *ui)
{
    struct quote_screen *s = screen_of(ui);

    if (s->at < s->count)
        open_chosen(s);
    return true;
}

static bool leave(struct ui *ui, bool quit)
{
    struct quote_screen *s = screen_of(ui);

    if (s->filter != NULL && !quit)
        filter_changed(ui, "");
    else
        ui_leave(ui, false);
    return true;
}

/* -------------------------------------------------------------------------- the drawing */

/* Words in one row: line ends are blanks there. */
static void draw_words(const struct quote_screen *s, struct grid *g, const struct area *a,
                       int row, int column, const struct buffer *words)
{
    struct buffer text = {0};
    size_t bytes = utf8_floor(buffer_string(words), words->bytes,
                              words->bytes < 1000 ? words->bytes : 1000);

    buffer_append(&text, buffer_string(words), bytes);
    for (size_t i = 0; i < text.bytes; i++)
        if (text.data[i] == '\n')
            text.data[i] = ' ';
    grid_text(g, a, row, column, s->ui.width, buffer_string(&text), text.bytes,
              (struct style){.role = ROLE_TEXT}, true);
    buffer_release(&text);
}

static void draw_quote(const struct quote_screen *s, struct grid *g, const struct area *a,
                       int row, const struct quote *q)
{
    const struct style time = {.role = ROLE_TIME};
    const struct style dim = {.role = ROLE_DIM};
    struct area part = *a;
    int column = 1;

    column = grid_string(g, a, row, column, s->ui.width, buffer_string(&q->date), time);
    column += column > 1;
    if (a->columns >= 40)
        column = grid_string(g, a, row, column, s->ui.width, buffer_string(&q->time), time) + 1;
    if (a->columns >= TITLE_FROM_COLUMNS) {
        part.columns = column + TITLE_COLUMNS;
        grid_text(g, &part, row, column, s->ui.width, buffer_string(&q->title), q->title.bytes,
                  dim, true);
        column = part.columns + 1;
    }
    if (a->columns >= 60) {
        size_t name = strcspn(buffer_string(&q->speakers), ",;");

        part.columns = column + SPEAKER_COLUMNS;
        grid_text(g, &part, row, column, s->ui.width, buffer_string(&q->speakers), name,
                  (struct style){.role = ROLE_SPEAKER}, true);
        column = part.columns + 1;
    }
    draw_words(s, g, a, row, column, &q->words);
}

static void draw(struct ui *ui, struct grid *g)
{
    struct quote_screen *s = screen_of(ui);
    struct area title = {0, 0, 1, ui->columns};
    struct area body = ui_body(ui);
    size_t page = (size_t)body.rows;
    struct buffer text = {0};

    grid_fill(g, &title, 0, 0, title.columns, " ", (struct style){.role = ROLE_TITLE});
    buffer_append_format(&text, _("Quotes  %zu of %zu"), s->count, s->list.count);
    if (s->list.broken > 0)
        buffer_append_format(&text, _("  %zu unreadable"), s->list.broken);
    grid_string(g, &title, 0, 1, ui->width, buffer_string(&text),
                (struct style){.role = ROLE_TITLE});
    buffer_release(&text);
    if (s->at < s->top)
        s->top = s->at;
    if (s->at >= s->top + page)
        s->top = s->at + 1 - page;
    if (s->count == 0)
        grid_string(g, &body, 0, 1, ui->width,
                    s->list.count == 0 ? _("no quotes yet; c in a transcript adds one")
                                       : _("nothing matches"),
                    (struct style){.role = ROLE_DIM});
    for (int row = 0; row < body.rows && s->top + (size_t)row < s->count; row++) {
        draw_quote(s, g, &body, row, &s->list.quotes[s->shown[s->top + (size_t)row]]);
        if (s->top + (size_t)row == s->at)
            grid_choose(g, &body, row);
    }
}

static const struct ui_hint *hints(struct ui *ui)
{
    static const struct ui_hint rows[] = {{ACTION_QUIT, N_("back"), NULL},
                                          {ACTION_NONE, N_("go there"), "Enter"},
                                          {ACTION_SEARCH, N_("search"), NULL},
                                          {ACTION_NONE, N_("as Markdown"), ":quotes-export"},
                                          {ACTION_NONE, NULL, NULL}};

    return rows;
}

static void close_screen(struct ui *ui)
{
    struct quote_screen *s = screen_of(ui);

    quote_list_release(&s->list);
    matcher_free(s->filter);
    free(s->shown);
    ui_release(&s->ui);
    free(s);
}

void ui_quotes(struct ui *ui, const struct ui_call *call, int argument)
{
    static const struct screen_ops ops = {
        .moves = 1u << MOVE_LINE | 1u << MOVE_HALF_PAGE | 1u << MOVE_PAGE | 1u << MOVE_END,
        .move = move,
        .prompts = prompts,
        .enter = enter,
        .leave = leave,
        .draw = draw,
        .hints = hints,
        .close = close_screen,
    };
    const struct ui_options options = ui_options_of(ui);
    struct quote_list list;
    struct quote_screen *s;
    struct error err;

    if (ui->ops == &ops)
        return; /* this is the list */
    if (!quotes_read(ui->settings.quotes, &list, &err)) {
        ui_error(ui, err.message);
        return;
    }
    s = memory_zalloc(1, sizeof *s);
    ui_init(&s->ui, &ops, &options);
    s->list = list;
    s->shown = memory_zalloc(list.count + 1, sizeof *s->shown);
    fill(s);
    ui_push(ui, &s->ui);
}

/* All quotes into a file of the reader's choice; one that is there is not written over. */
void ui_export_quotes(struct ui *ui, const struct ui_call *call, int argument)
{
    struct buffer text = {0};
    struct quote_list list;
    struct error err;

    if (*call->text == '\0') {
        ui_ask(ui, PROMPT_COMMAND, "quotes-export ");
        return;
    }
    if (access(call->text, F_OK) == 0) {
        buffer_append_format(&text, _("'%s' already exists"), call->text);
        ui_error(ui, buffer_string(&text));
    } else if (!quotes_read(ui->settings.quotes, &list, &err)) {
        ui_error(ui, err.message);
    } else {
        for (size_t i = 0; i < list.count; i++) {
            buffer_append_string(&text, i > 0 ? "\n" : "");
            citation_format("markdown", &list.quotes[i], &text);
        }
        if (!file_replace(call->text, buffer_string(&text), text.bytes, &err)) {
            ui_error(ui, err.message);
        } else {
            buffer_clear(&text);
            buffer_append_format(
                &text,
                ngettext("%zu quote written to '%s'", "%zu quotes written to '%s'", list.count),
                list.count, call->text);
            ui_say(ui, buffer_string(&text));
        }
        quote_list_release(&list);
    }
    buffer_release(&text);
}

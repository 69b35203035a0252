/* The list of quotes from any record, newest last; Enter opens the quoted place. A screen of
 * its own, on top of any other. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shilu/base/file.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/store/citation.h"
#include "shilu/store/quotes.h"
#include "shilu/text/utf8.h"
#include "shilu/ui/list_screen.h"
#include "ui/ui_private.h"

enum { TITLE_FROM_COLUMNS = 90, TITLE_COLUMNS = 28, SPEAKER_COLUMNS = 20, QUERY_BYTES = 60 };

struct quotes {
    struct quote_list list;
    struct buffer title;
    struct ui *screen; /* the list itself */
};

static size_t count(void *context)
{
    return ((struct quotes *)context)->list.count;
}

static void row_text(void *context, size_t row, struct buffer *out)
{
    const struct quote *q = &((struct quotes *)context)->list.quotes[row];

    buffer_append_format(out, "%s\n%s\n%s\n%s", buffer_string(&q->words),
                         buffer_string(&q->speakers), buffer_string(&q->title),
                         buffer_string(&q->path));
}

/* The quote is searched for verbatim from its old place, because the record may have been
 * rewritten. */
static bool choose(void *context, size_t row)
{
    struct quotes *quotes = context;
    const struct quote *q = &quotes->list.quotes[row];
    const char *words = buffer_string(&q->words);
    size_t bytes = strcspn(words, "\n");
    struct hit hit = {q->segment, q->byte, q->byte};
    struct buffer query = {0};

    bytes = utf8_floor(words, bytes, bytes < QUERY_BYTES ? bytes : QUERY_BYTES);
    buffer_append_char(&query, '=');
    buffer_append(&query, words, bytes);
    hit.byte_end += (uint32_t)bytes;
    if (q->path.bytes == 0)
        ui_error(quotes->screen, "the place of this quote is unknown");
    else
        ui_open(quotes->screen, buffer_string(&q->path), buffer_string(&query), &hit);
    buffer_release(&query);
    return false;
}

/* -------------------------------------------------------------------------- the drawing */

/* Words in one row, with line ends as blanks. */
static void draw_words(struct pen *pen, const struct buffer *words)
{
    struct buffer text = {0};
    size_t bytes = utf8_floor(buffer_string(words), words->bytes,
                              words->bytes < 1000 ? words->bytes : 1000);

    buffer_append(&text, buffer_string(words), bytes);
    for (size_t i = 0; i < text.bytes; i++)
        if (text.data[i] == '\n')
            text.data[i] = ' ';
    pen_text(pen, buffer_span(&text), ROLE_TEXT);
    buffer_release(&text);
}

static void row_draw(void *context, size_t row, struct pen *pen)
{
    const struct quote *q = &((struct quotes *)context)->list.quotes[row];
    const char *speakers = buffer_string(&q->speakers);

    pen_text(pen, buffer_span(&q->date), ROLE_TIME);
    pen->column += pen->column > 1;
    if (pen->edge >= 40) {
        pen_text(pen, buffer_span(&q->time), ROLE_TIME);
        pen->column++;
    }
    if (pen->edge >= TITLE_FROM_COLUMNS)
        pen_padded(pen, TITLE_COLUMNS, buffer_span(&q->title), ROLE_DIM);
    if (pen->edge >= 60)
        pen_padded(pen, SPEAKER_COLUMNS, span_of(speakers, strcspn(speakers, ",;")),
                   ROLE_SPEAKER);
    draw_words(pen, &q->words);
}

static void close_list(void *context)
{
    struct quotes *quotes = context;

    quote_list_release(&quotes->list);
    buffer_release(&quotes->title);
    free(quotes);
}

void ui_quotes(struct ui *ui, const struct ui_call *call, int argument)
{
    struct quotes *quotes;
    struct list_source source = {
        .empty = N_("no quotes yet; c in a transcript adds one"),
        .count = count,
        .text = row_text,
        .draw = row_draw,
        .choose = choose,
        .choice = N_("go there"),
        .close = close_list,
    };
    struct error err;

    if (list_screen_is_of(ui, &source)) {
        ui_leave(ui, false);
        return;
    }
    quotes = memory_zalloc(1, sizeof *quotes);
    source.context = quotes;
    if (!quotes_read(ui->settings.quotes, &quotes->list, &err)) {
        ui_error(ui, err.message);
        free(quotes);
        return;
    }
    buffer_append_string(&quotes->title, _("Quotes"));
    if (quotes->list.broken > 0)
        buffer_append_format(&quotes->title, _("  %zu unreadable"), quotes->list.broken);
    source.title = buffer_string(&quotes->title);
    list_screen_open(ui, &source, quotes->list.count > 0 ? quotes->list.count - 1 : 0,
                     &quotes->screen);
}

/* Write all quotes to a file chosen by the user; never overwrites one. */
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
        if (!file_export(call->text, buffer_string(&text), text.bytes, &err)) {
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

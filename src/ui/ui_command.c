/* UI: the prompt of `:`. While the user types, names that continue the input are offered with
 * their help, and after a name its values; Tab takes the next of them. The offers are rebuilt
 * for each key and each drawing; only the one that Tab has reached is kept, with the typed
 * text. */
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/store/theme_file.h"
#include "shilu/ui/command_line.h"
#include "ui/ui_private.h"

enum { MAX_OFFERS = 64, SHOWN_OFFERS = 8 };

struct offer {
    char *line; /* owned: what the typed text would become */
    const char *help;
};

struct ui_offers {
    struct offer offer[MAX_OFFERS];
    size_t count;
    const char *typed; /* the whole line */
    size_t kept;       /* length of the part that stays: a count, a name and a blank */
};

static void add(struct ui_offers *o, const char *word, const char *help)
{
    struct buffer line = {0};

    if (o->count == MAX_OFFERS)
        return;
    buffer_append(&line, o->typed, o->kept);
    buffer_append_string(&line, word);
    o->offer[o->count++] = (struct offer){memory_strdup(buffer_string(&line)), help};
    buffer_release(&line);
}

void ui_offer(struct ui_offers *o, const char *value)
{
    const char *begun = o->typed + o->kept;

    if (strncasecmp(value, begun, strlen(begun)) == 0)
        add(o, value, "");
}

static void release(struct ui_offers *o)
{
    for (size_t i = 0; i < o->count; i++)
        free(o->offer[i].line);
}

/* First the names that begin with the typed text, then those that contain it. */
static void offer_names(const struct ui *ui, struct ui_offers *o)
{
    const char *begun = o->typed + o->kept;

    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < ACTION_COUNT; i++) {
            const struct action_row *row = action_row((enum action)i);
            const char *found = strstr(row->name, begun);

            if (found != NULL && (found == row->name) == (pass == 0) &&
                ui_has(ui, (enum action)i))
                add(o, row->name, row->help);
        }
    }
}

static void offer_themes(struct ui_offers *o)
{
    char **names = theme_file_names();

    for (char **name = names; *name != NULL; name++) {
        ui_offer(o, *name);
        free(*name);
    }
    free(names);
}

static void make_offers(struct ui *ui, const char *typed, struct ui_offers *o)
{
    size_t count = strspn(typed, "0123456789 ");
    size_t name = strcspn(typed + count, " ");
    const char *near;
    enum action action;

    *o = (struct ui_offers){.typed = typed, .kept = count};
    if (typed[count + name] == '\0') {
        offer_names(ui, o);
        return;
    }
    action = action_by_name(typed + count, name, &near);
    o->kept = count + name + strspn(typed + count + name, " ");
    if (action == ACTION_THEME)
        offer_themes(o);
    else if (action != ACTION_NONE && ui->ops->values != NULL && ui_has(ui, action))
        ui->ops->values(ui, action, o);
}

static bool command_done(struct ui *ui, const char *text, struct error *err)
{
    return ui_run(ui, text, err);
}

static void command_changed(struct ui *ui, const char *text)
{
    buffer_clear(&ui->completing);
    ui->completion = 0;
}

static void command_open(struct ui *ui, struct buffer *text)
{
    command_changed(ui, "");
}

/* Tab takes the first offer, and then the next; S-Tab goes back. */
static void command_choose(struct ui *ui, uint32_t code)
{
    struct ui_offers o;
    bool begins = ui->completing.bytes == 0;

    if (code != KEY_CODE_TAB && code != KEY_CODE_BACKTAB)
        return;
    if (begins)
        buffer_append_string(&ui->completing, ui_typed(ui));
    make_offers(ui, buffer_string(&ui->completing), &o);
    if (o.count > 0) {
        if (begins)
            ui->completion = code == KEY_CODE_TAB ? 0 : o.count - 1;
        else
            ui->completion = (ui->completion + (code == KEY_CODE_TAB ? 1 : o.count - 1)) %
                             o.count;
        prompt_set(&ui->prompt, o.offer[ui->completion].line);
    }
    release(&o);
}

static void draw_offer(struct pen *pen, const struct offer *offer, size_t kept)
{
    pen_clear(pen, ROLE_TEXT);
    pen_string(pen, offer->line + kept, ROLE_HELP_KEY);
    pen->column = pen->column < 24 ? 25 : pen->column + 1;
    pen_string(pen, offer->help, ROLE_DIM);
}

static void command_draw(struct ui *ui, struct grid *g)
{
    struct area a = ui_body(ui);
    bool begun = ui->completing.bytes > 0;
    struct ui_offers o;
    struct pen pen;
    int rows;
    size_t top = 0;

    make_offers(ui, begun ? buffer_string(&ui->completing) : ui_typed(ui), &o);
    rows = o.count < SHOWN_OFFERS ? (int)o.count : SHOWN_OFFERS;
    rows = rows < a.rows - 1 ? rows : a.rows - 1;
    if (*o.typed == '\0' || rows < 1) { /* nothing is typed: keep the page visible */
        release(&o);
        return;
    }
    if (begun && ui->completion >= (size_t)rows)
        top = ui->completion + 1 - (size_t)rows;
    a.row += a.rows - rows;
    a.rows = rows;
    pen = pen_at(g, ui->width, &a, 0, 0);
    for (int i = 0; i < rows; i++) {
        pen_move(&pen, i, 1);
        draw_offer(&pen, &o.offer[top + (size_t)i], o.kept);
        if (begun && top + (size_t)i == ui->completion)
            pen_over(&pen, OVER_CURSOR);
    }
    release(&o);
}

const struct ui_prompt ui_command_prompt = {
    .label = ":",
    .hint = N_("the name of an action; Tab completes"),
    .history = "command",
    .open = command_open,
    .changed = command_changed,
    .done = command_done,
    .choose = command_choose,
    .draw = command_draw,
};

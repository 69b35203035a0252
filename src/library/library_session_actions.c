/* Library session: keys and what they do. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "library/library_session_private.h"
#include "shilu/base/memory.h"

#include "shilu/base/translate.h"

enum { WHEEL_ROWS = 3 };

/* --------------------------------------------------------------------------- moving */

static void move_to(struct library_session *s, enum ui_move what, bool back, long count)
{
    library_session_choose(s,
                           ui_move_to(library_session_place(s)->at, library_session_rows(s),
                                      (size_t)library_session_area(s).rows, what, back, count));
}

static bool has_hits(struct library_session *s)
{
    if (s->search == NULL)
        ui_say(&s->ui, "search first, then list");
    return s->search != NULL;
}

static bool is_heading(const struct library_session *s, size_t row)
{
    return library_search_row(s->search, row)->hits > 0;
}

/* Move from the list back to the hits; there, to the next hit or transcript. */
static void move_by_hit(struct library_session *s, bool headings, bool back, long count)
{
    size_t rows;
    size_t at;

    if (!has_hits(s))
        return;
    if (s->mode != MODE_HITS) {
        s->mode = MODE_HITS;
        return;
    }
    rows = library_search_rows(s->search);
    at = s->hits.at;
    for (long times = count > 0 ? count : 1; times > 0; times--) {
        size_t i = at;

        do {
            if (back ? i == 0 : i + 1 >= rows)
                break;
            i += back ? (size_t)-1 : 1;
        } while (is_heading(s, i) != headings);
        if (i < rows && is_heading(s, i) == headings)
            at = i;
    }
    library_session_choose(s, at);
}

bool library_session_go_on(struct ui *ui, const char *query, bool back)
{
    struct library_session *s = library_session_of(ui);
    size_t rows = library_session_rows(s);
    size_t at = s->hits.at;
    size_t entry;

    if (s->mode != MODE_HITS || at >= rows ||
        strcmp(library_search_query(s->search), query) != 0)
        return false;
    entry = library_search_row(s->search, at)->entry;
    while (at < rows &&
           (library_search_row(s->search, at)->entry == entry || is_heading(s, at)))
        at += back ? (size_t)-1 : 1; /* the first row has no heading above it */
    if (at >= rows)
        return false;
    library_session_choose(s, at);
    return true;
}

bool library_session_searched(struct ui *ui, const struct transcript *t, struct selection *out)
{
    struct library_session *s = library_session_of(ui);

    return s->mode == MODE_HITS && s->hits.at < library_session_rows(s) &&
           library_search_part(s->search, library_search_row(s->search, s->hits.at)->entry, t,
                               out);
}

void library_session_move(struct ui *ui, enum ui_move what, bool back, long count)
{
    if (what == MOVE_TURN || what == MOVE_HIT)
        move_by_hit(library_session_of(ui), what == MOVE_TURN, back, count);
    else
        move_to(library_session_of(ui), what, back, count);
}

void library_session_number(struct ui *ui, long number)
{
    library_session_choose(library_session_of(ui), (size_t)number - 1);
}

/* -------------------------------------------------------------------------- the prompts */

static bool search_for(struct library_session *s, const char *query, struct error *err)
{
    struct library_search *search;

    library_step(s->library, 0); /* take in recent changes */
    library_session_refresh(s);
    search = library_search_new(s->library, s->options, query, &s->limits, err);
    if (search == NULL)
        return false;
    for (size_t i = 0; i < s->shown_count; i++)
        library_search_add(search, s->shown[i]);
    library_search_free(s->search);
    s->search = search;
    s->hits = (struct place){0};
    s->mode = MODE_HITS;
    s->working = true;
    return true;
}

static bool find_done(struct ui *ui, const char *query, struct error *err)
{
    struct library_session *s = library_session_of(ui);

    if (*query != '\0')
        return search_for(s, query, err);
    s->mode = s->search != NULL ? MODE_HITS : s->mode;
    return true;
}

/* Repeat the search, if there was one, with other limits. */
static bool search_again(struct library_session *s, struct error *err)
{
    char *query;
    bool ok;

    if (s->search == NULL || s->mode != MODE_HITS)
        return true;
    query = memory_strdup(library_search_query(s->search));
    ok = search_for(s, query, err);
    free(query);
    return ok;
}

static void speaker_open(struct ui *ui, struct buffer *text)
{
    const struct library_session *s = library_session_of(ui);

    if (text->bytes == 0 && s->limits.who != NULL)
        buffer_append_string(text, s->limits.who);
}

static bool speaker_done(struct ui *ui, const char *text, struct error *err)
{
    struct library_session *s = library_session_of(ui);

    library_limits_speakers(&s->limits, text);
    return search_again(s, err);
}

static void time_open(struct ui *ui, struct buffer *text)
{
    const struct library_session *s = library_session_of(ui);

    if (text->bytes == 0 && s->limits.when != NULL)
        buffer_append_string(text, s->limits.when);
}

static bool time_done(struct ui *ui, const char *text, struct error *err)
{
    struct library_session *s = library_session_of(ui);

    return library_limits_times(&s->limits, text, err) && search_again(s, err);
}

static void set_filter(struct ui *ui, const char *query)
{
    struct error err;

    if (!library_session_filter(library_session_of(ui), query, &err))
        ui_error(ui, err.message);
}

static void filter_open(struct ui *ui, struct buffer *text)
{
    struct library_session *s = library_session_of(ui);

    s->mode = MODE_LIST;
    buffer_clear(&s->filter_before);
    buffer_append_string(&s->filter_before, buffer_string(&s->filter_text));
    if (text->bytes == 0)
        buffer_append_string(text, buffer_string(&s->filter_text));
}

static bool filter_done(struct ui *ui, const char *query, struct error *err)
{
    return library_session_filter(library_session_of(ui), query, err);
}

static void filter_given_up(struct ui *ui)
{
    set_filter(ui, buffer_string(&library_session_of(ui)->filter_before));
}

/* While the filter is typed, keys that the prompt does not use choose in the list. */
static void filter_choose(struct ui *ui, uint32_t code)
{
    struct library_session *s = library_session_of(ui);

    if (code == KEY_CODE_DOWN || code == ('N' & 31) || code == KEY_CODE_TAB)
        move_to(s, MOVE_LINE, false, 1);
    else if (code == KEY_CODE_UP || code == ('P' & 31) || code == KEY_CODE_BACKTAB)
        move_to(s, MOVE_LINE, true, 1);
    else if (code == KEY_CODE_PAGE_DOWN || code == KEY_CODE_PAGE_UP)
        move_to(s, MOVE_LINE, code == KEY_CODE_PAGE_UP, library_session_area(s).rows);
}

/* Only what is shown is searched. */
static const char *find_label(struct ui *ui)
{
    struct library_session *s = library_session_of(ui);

    if (!library_limits_is_set(&s->limits))
        return s->filter != NULL ? N_("Search these: ") : N_("Search all: ");
    buffer_clear(&s->label);
    buffer_append_string(&s->label, s->filter != NULL ? _("Search these") : _("Search all"));
    buffer_append_string(&s->label, "  ");
    library_session_append_limits(s, &s->label);
    buffer_append_string(&s->label, ": ");
    return buffer_string(&s->label);
}

const struct ui_prompt library_session_prompts[PROMPT_KIND_COUNT] = {
    [PROMPT_SEARCH] = {.label_of = find_label, .done = find_done},
    [PROMPT_SPEAKER] = {.label = N_("Search what is said by: "),
                        .hint = N_("names or parts, separated by commas; empty: anyone"),
                        .open = speaker_open,
                        .done = speaker_done},
    [PROMPT_TIME] = {.label = N_("Search the time: "),
                     .hint = N_("2020-03  2019..2020-06-30  10:00..10:30; empty: any"),
                     .history = "time",
                     .open = time_open,
                     .done = time_done},
    [PROMPT_NARROW] = {.hint = N_("title, file or date; Up Down choose"),
                       .history = "", /* Up and Down choose */
                       .open = filter_open,
                       .changed = set_filter,
                       .done = filter_done,
                       .given_up = filter_given_up,
                       .choose = filter_choose},
};

/* --------------------------------------------------------------------------- the rest */

void library_session_list(struct ui *ui)
{
    struct library_session *s = library_session_of(ui);

    if (s->mode == MODE_HITS)
        s->mode = MODE_LIST;
    else if (has_hits(s))
        s->mode = MODE_HITS;
}

static bool sort_by_name(struct library_session *s, const char *name)
{
    for (int i = 0; i < LIBRARY_COLUMN_COUNT; i++) {
        const char *column = library_column_name((enum library_column)i);

        if (strncasecmp(column, name, strlen(name)) == 0) {
            library_session_sort(s, (enum library_column)i, s->reversed);
            return true;
        }
    }
    return false;
}

void library_session_sort_next(struct library_session *s, const struct ui_call *call,
                               int argument)
{
    struct buffer text = {0};

    s->mode = MODE_LIST;
    if (*call->text == '\0') {
        library_session_sort(s, (enum library_column)((s->sorted + 1) % LIBRARY_COLUMN_COUNT),
                             s->reversed);
    } else if (!sort_by_name(s, call->text)) {
        buffer_append_format(&text, _("no column '%.40s'"), call->text);
        ui_error(&s->ui, buffer_string(&text));
        buffer_release(&text);
    }
}

void library_session_reverse(struct library_session *s, const struct ui_call *call,
                             int argument)
{
    s->mode = MODE_LIST;
    library_session_sort(s, s->sorted, !s->reversed);
}

void library_session_unreadable(struct library_session *s, const struct ui_call *call,
                                int argument)
{
    if (!s->unreadable && library_unreadable(s->library) == 0) {
        ui_say(&s->ui, "every file could be read");
        return;
    }
    s->mode = MODE_LIST;
    s->unreadable = !s->unreadable;
    library_session_refill(s);
}

bool library_session_leave(struct ui *ui, bool quit)
{
    struct library_session *s = library_session_of(ui);

    if (s->mode == MODE_HITS)
        s->mode = MODE_LIST;
    else if (s->unreadable)
        library_session_unreadable(s, NULL, 0);
    else if (!quit && s->filter != NULL)
        set_filter(ui, "");
    else if (!quit && library_limits_is_set(&s->limits))
        library_limits_clear(&s->limits);
    else
        return false;
    return true;
}

/* The heading of a transcript's hits opens the first of them. */
void library_session_open(struct library_session *s, const struct ui_call *call, int argument)
{
    const struct library_row *row;
    bool ok;

    if (library_session_place(s)->at >= library_session_rows(s))
        return;
    if (s->mode == MODE_LIST) {
        ok = ui_open(&s->ui, library_entry(s->library, s->shown[s->list.at])->path, NULL, NULL);
    } else {
        row = library_search_row(s->search, s->hits.at);
        if (row->hits > 0)
            row = library_search_row(s->search, s->hits.at + 1);
        ok = ui_open(&s->ui, library_entry(s->library, row->entry)->path,
                     library_search_query(s->search), &row->hit);
    }
    if (!ok)
        library_session_look_again(&s->ui);
}

bool library_session_enter(struct ui *ui)
{
    ui_act(ui, ACTION_OPEN, 0);
    return true;
}

static const struct {
    library_function *function;
    int argument;
} bindings[ACTION_COUNT] = {
#define BIND_ANY(id, function, argument)
#define BIND_RECORD(id, function, argument)
#define BIND_LIBRARY(id, function, argument) [ACTION_##id] = {function, argument},
#define BIND(scope, id, name, keys, group, function, argument, flags, help) \
    BIND_##scope(id, function, argument)
    ACTIONS(BIND)
#undef BIND
};

void library_session_act(struct ui *ui, const struct ui_call *call)
{
    bindings[call->action].function(library_session_of(ui), call,
                                    bindings[call->action].argument);
}

void library_session_mouse(struct ui *ui, const struct key *key)
{
    struct library_session *s = library_session_of(ui);
    struct area a = library_session_area(s);
    size_t row = library_session_place(s)->top + (size_t)(key->row - a.row);

    if (key->code != KEY_CODE_CLICK)
        move_to(s, MOVE_LINE, key->code == KEY_CODE_SCROLL_UP, WHEEL_ROWS);
    else if (key->row >= a.row && key->row < a.row + a.rows && row < library_session_rows(s))
        library_session_choose(s, row);
}

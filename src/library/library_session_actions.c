/* Library session: keys and what they do. One function an action or a family of them; an action
 * without one is for an open transcript. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "library/library_session_private.h"
#include "shilu/base/memory.h"
#include "shilu/session/command_line.h"

enum { WHEEL_ROWS = 3, COUNT_MAX = 100000000 };

typedef void library_function(struct library_session *s, enum action action, long count);

/* --------------------------------------------------------------------------- moving */

static void move(struct library_session *s, long rows)
{
    enum mode mode = library_session_prompts(s) ? s->under : s->mode;
    long at = (long)library_session_place(s, mode)->at + rows;

    library_session_choose(s, at < 0 ? 0 : (size_t)at);
}

static void do_move(struct library_session *s, enum action action, long count)
{
    long page = library_session_area(s).rows > 1 ? library_session_area(s).rows - 1 : 1;
    long times = count > 0 ? count : 1;
    long half = count > 0 ? count : page / 2 + 1;

    switch (action) {
    case ACTION_LINE_DOWN:
        move(s, times);
        break;
    case ACTION_LINE_UP:
        move(s, -times);
        break;
    case ACTION_HALF_DOWN:
        move(s, half);
        break;
    case ACTION_HALF_UP:
        move(s, -half);
        break;
    case ACTION_PAGE_DOWN:
        move(s, page * times);
        break;
    default:
        move(s, -page * times);
        break;
    }
}

static void do_ends(struct library_session *s, enum action action, long count)
{
    size_t rows = library_session_rows(s, s->mode);

    if (count > 0)
        library_session_choose(s, (size_t)count - 1);
    else
        library_session_choose(s, action == ACTION_TOP || rows == 0 ? 0 : rows - 1);
}

static void do_percent(struct library_session *s, enum action action, long count)
{
    size_t rows = library_session_rows(s, s->mode);

    (void)action;
    library_session_choose(s, rows * (size_t)(count < 100 ? count : 100) / 100);
}

static bool has_hits(struct library_session *s)
{
    if (s->search == NULL)
        library_session_error(s, "search first, then list");
    return s->search != NULL;
}

/* From the list to where one was among the hits; there, to the next hit, or transcript. */
static void do_hit(struct library_session *s, enum action action, long count)
{
    bool back = action == ACTION_HIT_PREVIOUS || action == ACTION_TURN_PREVIOUS;
    bool headings = action == ACTION_TURN_NEXT || action == ACTION_TURN_PREVIOUS;
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
        } while ((library_search_row(s->search, i)->hits > 0) != headings);
        if (i < rows && (library_search_row(s->search, i)->hits > 0) == headings)
            at = i;
    }
    library_session_choose(s, at);
}

/* --------------------------------------------------------------------------- prompts */

static void open_prompt(struct library_session *s, enum mode mode, const char *text)
{
    s->under = s->mode;
    s->mode = mode;
    prompt_start(&s->prompt,
                 mode == MODE_SEARCH    ? &s->searches
                 : mode == MODE_COMMAND ? &s->commands
                                        : NULL,
                 text);
}

static void do_prompt(struct library_session *s, enum action action, long count)
{
    (void)count;
    if (action == ACTION_NARROW) {
        s->mode = MODE_LIST;
        buffer_clear(&s->filter_before);
        buffer_append_string(&s->filter_before, buffer_string(&s->filter_text));
        open_prompt(s, MODE_FILTER, buffer_string(&s->filter_text));
    } else if (action == ACTION_COMMAND || action == ACTION_THEME) {
        open_prompt(s, MODE_COMMAND, action == ACTION_THEME ? "theme " : "");
    } else {
        open_prompt(s, MODE_SEARCH, "");
    }
}

void library_session_find(struct library_session *s, const char *query)
{
    struct library_search *search;
    struct error err;
    size_t i;

    library_session_refresh(s);
    search = library_search_new(s->library, s->options, query, &err);
    if (search == NULL) {
        library_session_error(s, err.message);
        return;
    }
    for (i = 0; i < s->shown_count; i++)
        library_search_add(search, s->shown[i]);
    library_search_free(s->search);
    s->search = search;
    s->hits = (struct place){0};
    s->mode = MODE_HITS;
    s->working = true;
}

static void set_filter(struct library_session *s, const char *query)
{
    struct error err;

    buffer_clear(&s->message);
    if (!library_session_filter(s, query, &err))
        library_session_error(s, err.message);
}

static void finish_prompt(struct library_session *s)
{
    char *line = memory_strdup(buffer_string(&s->prompt.text));
    enum mode mode = s->mode;
    struct error err;

    s->mode = s->under;
    if (s->prompt.history != NULL)
        prompt_history_add(s->prompt.history, line);
    if (mode == MODE_SEARCH && *line != '\0')
        library_session_find(s, line);
    else if (mode == MODE_SEARCH && s->search != NULL)
        s->mode = MODE_HITS;
    else if (mode == MODE_COMMAND && !library_session_run(s, line, &err))
        library_session_error(s, err.message);
    free(line);
}

static void give_up_prompt(struct library_session *s)
{
    if (s->mode == MODE_FILTER)
        set_filter(s, buffer_string(&s->filter_before));
    s->mode = s->under;
}

/* While one filters, the keys that are not the prompt's choose in the list. */
static void pass_key(struct library_session *s, uint32_t code)
{
    const char *name;
    long page = library_session_area(s).rows;

    if (s->mode == MODE_COMMAND && code == KEY_CODE_TAB) {
        name = command_line_complete(buffer_string(&s->prompt.text));
        if (name != NULL)
            prompt_start(&s->prompt, &s->commands, name);
    } else if (s->mode == MODE_FILTER) {
        if (code == KEY_CODE_DOWN || code == ('N' & 31) || code == KEY_CODE_TAB)
            move(s, 1);
        else if (code == KEY_CODE_UP || code == ('P' & 31) || code == KEY_CODE_BACKTAB)
            move(s, -1);
        else if (code == KEY_CODE_PAGE_DOWN || code == KEY_CODE_PAGE_UP)
            move(s, code == KEY_CODE_PAGE_DOWN ? page : -page);
    }
}

static void prompt_takes(struct library_session *s, struct key key)
{
    switch (prompt_key(&s->prompt, key)) {
    case PROMPT_CHANGED:
        if (s->mode == MODE_FILTER)
            set_filter(s, buffer_string(&s->prompt.text));
        break;
    case PROMPT_DONE:
        finish_prompt(s);
        break;
    case PROMPT_GIVEN_UP:
        give_up_prompt(s);
        break;
    case PROMPT_UNUSED:
        pass_key(s, key.code);
        break;
    case PROMPT_MOVED:
        break;
    }
}

/* --------------------------------------------------------------------------- the rest */

static void do_list(struct library_session *s, enum action action, long count)
{
    (void)action;
    (void)count;
    if (s->mode == MODE_HITS)
        s->mode = MODE_LIST;
    else if (has_hits(s))
        s->mode = MODE_HITS;
}

static void do_sort(struct library_session *s, enum action action, long count)
{
    enum library_column next = (enum library_column)((s->sorted + 1) % LIBRARY_COLUMN_COUNT);

    (void)count;
    s->mode = MODE_LIST;
    if (action == ACTION_SORT_REVERSE)
        library_session_sort(s, s->sorted, !s->reversed);
    else
        library_session_sort(s, next, s->reversed);
}

static void do_help(struct library_session *s, enum action action, long count)
{
    (void)action;
    (void)count;
    s->under = s->mode;
    s->mode = MODE_HELP;
    s->help = (struct place){0};
}

static void do_back(struct library_session *s, enum action action, long count)
{
    (void)count;
    if (s->mode == MODE_HITS)
        s->mode = MODE_LIST;
    else if (action == ACTION_QUIT)
        s->wish = LIBRARY_LEAVE;
    else if (s->filter != NULL)
        set_filter(s, "");
}

static void do_open(struct library_session *s, enum action action, long count)
{
    (void)action;
    (void)count;
    if (library_session_place(s, s->mode)->at < library_session_rows(s, s->mode))
        s->wish = LIBRARY_OPEN;
}

static void do_wish(struct library_session *s, enum action action, long count)
{
    (void)count;
    s->wish = action == ACTION_SUSPEND  ? LIBRARY_SUSPEND
              : action == ACTION_REDRAW ? LIBRARY_REDRAW
                                        : LIBRARY_LEAVE;
}

static library_function *const functions[ACTION_COUNT] = {
    [ACTION_LINE_DOWN] = do_move,     [ACTION_LINE_UP] = do_move,
    [ACTION_HALF_DOWN] = do_move,     [ACTION_HALF_UP] = do_move,
    [ACTION_PAGE_DOWN] = do_move,     [ACTION_PAGE_UP] = do_move,
    [ACTION_TOP] = do_ends,           [ACTION_BOTTOM] = do_ends,
    [ACTION_TURN_NEXT] = do_hit,      [ACTION_TURN_PREVIOUS] = do_hit,
    [ACTION_PERCENT] = do_percent,    [ACTION_SEARCH] = do_prompt,
    [ACTION_SEARCH_BACK] = do_prompt, [ACTION_HIT_NEXT] = do_hit,
    [ACTION_HIT_PREVIOUS] = do_hit,   [ACTION_CLEAR] = do_back,
    [ACTION_LIST] = do_list,          [ACTION_NARROW] = do_prompt,
    [ACTION_THEME] = do_prompt,       [ACTION_REDRAW] = do_wish,
    [ACTION_OPEN] = do_open,          [ACTION_SORT] = do_sort,
    [ACTION_SORT_REVERSE] = do_sort,  [ACTION_COMMAND] = do_prompt,
    [ACTION_HELP] = do_help,          [ACTION_SUSPEND] = do_wish,
    [ACTION_QUIT] = do_back,          [ACTION_QUIT_ALL] = do_wish,
};

bool library_session_takes(enum action action)
{
    return functions[action] != NULL;
}

void library_session_act(struct library_session *s, enum action action, long count)
{
    if (functions[action] == NULL)
        library_session_error(s, "that is for an open transcript");
    else
        functions[action](s, action, count < COUNT_MAX ? count : COUNT_MAX);
}

static bool sort_by_name(struct library_session *s, const char *name, struct error *err)
{
    int i;

    for (i = 0; i < LIBRARY_COLUMN_COUNT; i++) {
        const char *column = library_column_name((enum library_column)i);

        if (strncasecmp(column, name, strlen(name)) == 0) {
            s->mode = MODE_LIST;
            library_session_sort(s, (enum library_column)i, s->reversed);
            return true;
        }
    }
    return error_set(err, ERROR_USAGE, "no column is called '%.40s'", name);
}

static bool run_with_argument(struct library_session *s, const struct command_line *command,
                              struct error *err)
{
    long number;

    switch (command->action) {
    case ACTION_SEARCH:
    case ACTION_SEARCH_BACK:
        library_session_find(s, command->argument);
        return true;
    case ACTION_NARROW:
        s->mode = MODE_LIST;
        return library_session_filter(s, command->argument, err);
    case ACTION_SORT:
        return sort_by_name(s, command->argument, err);
    case ACTION_THEME:
        buffer_clear(&s->argument);
        buffer_append_string(&s->argument, command->argument);
        s->wish = LIBRARY_THEME;
        return true;
    default:
        if (!command_line_number(command, &number, err))
            return false;
        library_session_act(s, command->action, number);
        return true;
    }
}

bool library_session_run(struct library_session *s, const char *line, struct error *err)
{
    struct command_line command;

    if (!command_line_parse(line, &command, err))
        return false;
    if (command.leaves)
        s->wish = LIBRARY_LEAVE;
    else if (command.action != ACTION_NONE && *command.argument != '\0')
        return run_with_argument(s, &command, err);
    else if (command.action != ACTION_NONE)
        library_session_act(s, command.action, command.count);
    else if (command.has_count)
        library_session_choose(s, command.count > 0 ? (size_t)command.count - 1 : 0);
    return true;
}

/* --------------------------------------------------------------------------- keys */

static void click(struct library_session *s, const struct key *key)
{
    struct area a = library_session_area(s);
    size_t row = library_session_place(s, s->mode)->top + (size_t)(key->row - a.row);

    if (key->row >= a.row && key->row < a.row + a.rows &&
        row < library_session_rows(s, s->mode))
        library_session_choose(s, row);
}

static bool take_mouse(struct library_session *s, const struct key *key)
{
    if (key->code == KEY_CODE_CLICK)
        click(s, key);
    else if (key->code == KEY_CODE_SCROLL_UP || key->code == KEY_CODE_SCROLL_DOWN)
        move(s, key->code == KEY_CODE_SCROLL_UP ? -WHEEL_ROWS : WHEEL_ROWS);
    else
        return false;
    return true;
}

/* A digit is an action only where it is bound to one of the library's. */
static bool take_digit(struct library_session *s, uint32_t code, enum action action)
{
    if (code < '0' || code > '9' || (code == '0' && s->count == 0))
        return false;
    if (s->count == 0 && action != ACTION_NONE && library_session_takes(action))
        return false;
    s->count = s->count * 10 + (long)(code - '0');
    if (s->count > COUNT_MAX)
        s->count = COUNT_MAX;
    return true;
}

/* ZZ, as in less and vi, unless Z is bound. */
static bool take_leaving(struct library_session *s, uint32_t code, enum action action)
{
    bool z = code == 'Z' && action == ACTION_NONE;

    if (z && s->leaving)
        s->wish = LIBRARY_LEAVE;
    s->leaving = z && !s->leaving;
    return z;
}

/* The help is read, and left by any key that goes back. */
static void help_takes(struct library_session *s, enum action action, bool entered)
{
    if (entered || action == ACTION_QUIT || action == ACTION_CLEAR || action == ACTION_HELP)
        s->mode = s->under;
    else if (action == ACTION_QUIT_ALL || action == ACTION_SUSPEND || action == ACTION_REDRAW ||
             (action != ACTION_NONE && action_row(action)->group == GROUP_MOVE))
        library_session_act(s, action, 0);
}

void library_session_key(struct library_session *s, struct key key)
{
    bool entered = key.code == KEY_CODE_ENTER;
    enum action action;
    long count;

    s->stale = true;
    if (library_session_prompts(s)) {
        prompt_takes(s, key);
        return;
    }
    buffer_clear(&s->message);
    if (key.pasted || take_mouse(s, &key))
        return;
    action = entered ? ACTION_OPEN : keymap_action(s->keymap, key.code);
    if (take_leaving(s, key.code, action) || take_digit(s, key.code, action))
        return;
    count = s->count;
    s->count = 0;
    if (s->mode == MODE_HELP)
        help_takes(s, action, entered);
    else if (action != ACTION_NONE)
        library_session_act(s, action, count);
}

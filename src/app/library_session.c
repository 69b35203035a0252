/* Library session. The list shows the numbers of entries in `shown`: those that are transcripts
 * and that the filter takes, sorted. The choice is kept by entry, so that the list can change
 * under it. */
#include "shilu/app/library_session.h"

#include <stdlib.h>
#include <string.h>

#include "library_session_private.h"
#include "shilu/app/help.h"
#include "shilu/base/memory.h"

struct library_session *library_session_new(struct library *l, const struct options *options,
                                            const struct keymap *keymap,
                                            const struct width *width)
{
    struct library_session *s = memory_zalloc(1, sizeof *s);

    s->library = l;
    s->options = options;
    s->keymap = keymap;
    s->width = width;
    s->chosen = SIZE_MAX;
    s->stale = s->working = true;
    library_session_resize(s, 24, 80);
    return s;
}

void library_session_free(struct library_session *s)
{
    if (s == NULL)
        return;
    library_search_free(s->search);
    matcher_free(s->filter);
    prompt_release(&s->prompt);
    prompt_history_release(&s->history);
    buffer_release(&s->filter_text);
    buffer_release(&s->message);
    free(s->shown);
    free(s);
}

void library_session_resize(struct library_session *s, int rows, int columns)
{
    s->rows = rows;
    s->columns = columns;
    layout_make(&s->layout, rows, columns, PANE_TEXT, true);
    s->stale = true;
}

void library_session_error(struct library_session *s, const char *text)
{
    buffer_clear(&s->message);
    buffer_append_string(&s->message, text);
    s->stale = true;
}

/* --------------------------------------------------------------------------- the list */

struct order {
    const struct library *library;
    enum library_column by;
    bool reversed;
};

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* What is not known stands last. */
static int compare_times(int64_t a, int64_t b)
{
    return compare_numbers(a == TIME_NONE ? INT64_MAX : a, b == TIME_NONE ? INT64_MAX : b);
}

static int compare_column(const struct library_entry *a, const struct library_entry *b,
                          enum library_column by)
{
    switch (by) {
    case LIBRARY_DATE:
        return compare_times(a->facts.date_ms, b->facts.date_ms);
    case LIBRARY_LENGTH:
        return compare_times(a->facts.length_ms, b->facts.length_ms);
    case LIBRARY_SPEAKERS:
        return compare_numbers(a->facts.speakers, b->facts.speakers);
    case LIBRARY_QUESTIONS:
        return compare_numbers(a->facts.questions, b->facts.questions);
    case LIBRARY_TITLE:
    case LIBRARY_COLUMN_COUNT:
        break;
    }
    return strcmp(library_entry_title(a), library_entry_title(b));
}

/* Equals stand in the order of their titles, and then of their paths. */
static int compare_entries(const void *a, const void *b, void *context)
{
    const struct order *order = context;
    const struct library_entry *x = library_entry(order->library, *(const size_t *)a);
    const struct library_entry *y = library_entry(order->library, *(const size_t *)b);
    int result = compare_column(x, y, order->by);

    if (order->reversed)
        result = -result;
    if (result == 0)
        result = compare_column(x, y, LIBRARY_TITLE);
    return result != 0 ? result : strcmp(x->path, y->path);
}

static bool found_in(struct matcher *m, const char *text)
{
    struct match match;

    return matcher_find(m, text, strlen(text), 0, &match);
}

static bool takes(const struct library_session *s, const struct library_entry *entry)
{
    char date[CIVIL_TEXT] = "";

    if (entry->facts.kind != LIBRARY_TRANSCRIPT)
        return false;
    if (s->filter == NULL)
        return true;
    if (entry->facts.date_ms != TIME_NONE)
        civil_format_date(entry->facts.date_ms, date);
    return found_in(s->filter, library_entry_title(entry)) ||
           found_in(s->filter, entry->path) || (*date != '\0' && found_in(s->filter, date));
}

static void find_chosen(struct library_session *s)
{
    size_t i;

    for (i = 0; s->chosen != SIZE_MAX && i < s->shown_count; i++) {
        if (s->shown[i] == s->chosen) {
            s->list.at = i;
            return;
        }
    }
    s->list.at = 0;
}

static void sort_shown(struct library_session *s)
{
    struct order order = {s->library, s->sorted, s->reversed};

    if (s->shown_count > 1)
        qsort_r(s->shown, s->shown_count, sizeof *s->shown, compare_entries, &order);
    find_chosen(s);
    s->stale = true;
}

/* From entry `seen` on; 0: all anew. */
static void fill_shown(struct library_session *s)
{
    size_t count = library_count(s->library);

    if (s->seen == 0)
        s->shown_count = 0;
    for (; s->seen < count; s->seen++) {
        if (!takes(s, library_entry(s->library, s->seen)))
            continue;
        MEMORY_RESERVE(s->shown, s->shown_capacity, s->shown_count + 1);
        s->shown[s->shown_count++] = s->seen;
    }
    sort_shown(s);
}

void library_session_refresh(struct library_session *s)
{
    if (s->seen < library_count(s->library))
        fill_shown(s);
}

static void refill_shown(struct library_session *s)
{
    s->seen = 0;
    fill_shown(s);
}

static void choose(struct library_session *s)
{
    s->chosen = s->list.at < s->shown_count ? s->shown[s->list.at] : SIZE_MAX;
}

size_t library_session_rows(const struct library_session *s, enum mode mode)
{
    const struct help help = {s->keymap, s->width};

    if (mode == MODE_HELP)
        return help_rows(&help, &s->layout.body);
    if (mode == MODE_HITS)
        return s->search != NULL ? library_search_rows(s->search) : 0;
    return s->shown_count;
}

struct place *library_session_place(struct library_session *s, enum mode mode)
{
    return mode == MODE_HELP ? &s->help : mode == MODE_HITS ? &s->hits : &s->list;
}

/* The body without the row of headings, where there is room for one. */
struct area library_session_area(const struct library_session *s)
{
    struct area a = s->layout.body;

    if (a.rows > 2) {
        a.row++;
        a.rows--;
    }
    return a;
}

static void move(struct library_session *s, long rows)
{
    struct place *p = library_session_place(s, s->mode);
    size_t count = library_session_rows(s, s->mode);
    long at = (long)p->at + rows;
    long last = count > 0 ? (long)count - 1 : 0;

    p->at = (size_t)(at < 0 ? 0 : at > last ? last : at);
    if (s->mode == MODE_LIST)
        choose(s);
}

/* --------------------------------------------------------------------------- prompts */

static void open_prompt(struct library_session *s, enum mode mode)
{
    s->under = s->mode;
    s->mode = mode;
    prompt_start(&s->prompt, mode == MODE_SEARCH ? &s->history : NULL,
                 mode == MODE_FILTER ? buffer_string(&s->filter_text) : "");
}

/* The list narrows while one types; a pattern that is not whole yet leaves it as it is. */
static void set_filter(struct library_session *s, const char *query)
{
    struct matcher *matcher = NULL;
    struct error err;

    buffer_clear(&s->message);
    if (*query != '\0') {
        matcher = matcher_new(query, strlen(query), 0, &err);
        if (matcher == NULL) {
            library_session_error(s, err.message);
            return;
        }
    }
    matcher_free(s->filter);
    s->filter = matcher;
    buffer_clear(&s->filter_text);
    buffer_append_string(&s->filter_text, query);
    refill_shown(s);
}

static void start_search(struct library_session *s)
{
    const char *query = buffer_string(&s->prompt.text);
    struct library_search *search;
    size_t *entries;
    struct error err;

    s->mode = s->under;
    if (*query == '\0') {
        s->mode = s->search != NULL ? MODE_HITS : s->under;
        return;
    }
    entries = memory_zalloc(s->shown_count + 1, sizeof *entries);
    if (s->shown_count > 0)
        memcpy(entries, s->shown, s->shown_count * sizeof *entries);
    search = library_search_new(s->library, s->options, query, entries, s->shown_count, &err);
    if (search == NULL) {
        library_session_error(s, err.message);
        return;
    }
    prompt_history_add(&s->history, query);
    library_search_free(s->search);
    s->search = search;
    s->hits = (struct place){0};
    s->mode = MODE_HITS;
    s->working = true;
}

static void prompt_takes(struct library_session *s, struct key key)
{
    switch (prompt_key(&s->prompt, key)) {
    case PROMPT_CHANGED:
        if (s->mode == MODE_FILTER)
            set_filter(s, buffer_string(&s->prompt.text));
        break;
    case PROMPT_DONE:
        if (s->mode == MODE_SEARCH)
            start_search(s);
        else
            s->mode = s->under;
        break;
    case PROMPT_GIVEN_UP:
        if (s->mode == MODE_FILTER)
            set_filter(s, "");
        s->mode = s->under;
        break;
    case PROMPT_MOVED:
    case PROMPT_UNUSED:
        break;
    }
}

/* --------------------------------------------------------------------------- keys */

static void go_back(struct library_session *s, bool may_leave)
{
    if (s->mode == MODE_HELP)
        s->mode = s->under;
    else if (s->mode == MODE_HITS)
        s->mode = MODE_LIST;
    else if (may_leave)
        s->wish = LIBRARY_LEAVE;
    else if (s->filter != NULL)
        set_filter(s, "");
}

static void open_chosen(struct library_session *s)
{
    if (s->mode == MODE_HELP)
        s->mode = s->under;
    else if (library_session_place(s, s->mode)->at < library_session_rows(s, s->mode))
        s->wish = LIBRARY_OPEN;
}

static bool move_by(struct library_session *s, enum action action)
{
    long page = library_session_area(s).rows > 1 ? library_session_area(s).rows - 1 : 1;

    switch (action) {
    case ACTION_LINE_DOWN:
        move(s, 1);
        return true;
    case ACTION_LINE_UP:
        move(s, -1);
        return true;
    case ACTION_HALF_DOWN:
        move(s, page / 2 + 1);
        return true;
    case ACTION_HALF_UP:
        move(s, -(page / 2 + 1));
        return true;
    case ACTION_PAGE_DOWN:
        move(s, page);
        return true;
    case ACTION_PAGE_UP:
        move(s, -page);
        return true;
    case ACTION_TOP:
        move(s, -(long)library_session_rows(s, s->mode));
        return true;
    case ACTION_BOTTOM:
        move(s, (long)library_session_rows(s, s->mode));
        return true;
    default:
        return false;
    }
}

static void sort_otherwise(struct library_session *s, bool reverse)
{
    if (reverse)
        s->reversed = !s->reversed;
    else
        s->sorted = (enum library_column)((s->sorted + 1) % LIBRARY_COLUMN_COUNT);
    sort_shown(s);
}

static void act(struct library_session *s, enum action action)
{
    switch (action) {
    case ACTION_SEARCH:
    case ACTION_SEARCH_BACK:
        open_prompt(s, MODE_SEARCH);
        break;
    case ACTION_NARROW:
        s->mode = MODE_LIST;
        open_prompt(s, MODE_FILTER);
        break;
    case ACTION_LIST:
        if (s->search != NULL)
            s->mode = MODE_HITS;
        break;
    case ACTION_SORT:
    case ACTION_SORT_REVERSE:
        sort_otherwise(s, action == ACTION_SORT_REVERSE);
        break;
    case ACTION_HELP:
        s->under = s->mode;
        s->mode = MODE_HELP;
        s->help = (struct place){0};
        break;
    case ACTION_CLEAR:
    case ACTION_QUIT:
        go_back(s, action == ACTION_QUIT);
        break;
    case ACTION_QUIT_ALL:
        s->wish = LIBRARY_LEAVE;
        break;
    case ACTION_SUSPEND:
        s->wish = LIBRARY_SUSPEND;
        break;
    case ACTION_REDRAW:
        s->wish = LIBRARY_REDRAW;
        break;
    default:
        break;
    }
}

static bool take_wheel(struct library_session *s, uint32_t code)
{
    if (code != KEY_CODE_SCROLL_UP && code != KEY_CODE_SCROLL_DOWN)
        return false;
    move(s, code == KEY_CODE_SCROLL_UP ? -3 : 3);
    return true;
}

void library_session_key(struct library_session *s, struct key key)
{
    enum action action;

    s->stale = true;
    if (s->mode == MODE_FILTER || s->mode == MODE_SEARCH) {
        prompt_takes(s, key);
        return;
    }
    buffer_clear(&s->message);
    if (key.pasted || take_wheel(s, key.code))
        return;
    if (key.code == KEY_CODE_ENTER) {
        open_chosen(s);
        return;
    }
    action = keymap_action(s->keymap, key.code);
    if (action == ACTION_HELP && s->mode == MODE_HELP)
        action = ACTION_QUIT;
    if (action != ACTION_NONE && !move_by(s, action))
        act(s, action);
}

enum library_wish library_session_take_wish(struct library_session *s)
{
    enum library_wish wish = s->wish;

    s->wish = LIBRARY_STAY;
    return wish;
}

const char *library_session_chosen(const struct library_session *s, const struct hit **hit,
                                   const char **query)
{
    const struct library_row *row;

    *hit = NULL;
    *query = NULL;
    if (s->mode != MODE_HITS)
        return library_entry(s->library, s->shown[s->list.at])->path;
    row = library_search_row(s->search, s->hits.at);
    if (row->hits > 0) /* a heading is followed by its first hit */
        row = library_search_row(s->search, s->hits.at + 1);
    *hit = &row->hit;
    *query = library_search_query(s->search);
    return library_entry(s->library, row->entry)->path;
}

bool library_session_step(struct library_session *s, int64_t budget_ms)
{
    bool finding = library_step(s->library, budget_ms);
    bool searching = s->search != NULL && library_search_step(s->search, budget_ms);

    s->stale = s->stale || finding || searching || s->working;
    s->working = finding || searching;
    return s->working;
}

bool library_session_is_stale(const struct library_session *s)
{
    return s->stale;
}

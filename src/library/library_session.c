/* Library session. The list shows the numbers of entries in `shown`: those that are transcripts
 * and that the filter takes, sorted. The choice is kept by entry, so that the list can change
 * under it. */
#include "shilu/library/library_session.h"

#include <stdlib.h>
#include <string.h>

#include "library/library_session_private.h"
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
    prompt_history_release(&s->searches);
    prompt_history_release(&s->commands);
    buffer_release(&s->filter_text);
    buffer_release(&s->filter_before);
    buffer_release(&s->message);
    buffer_release(&s->argument);
    free(s->shown);
    free(s->spare);
    free(s);
}

void library_session_resize(struct library_session *s, int rows, int columns)
{
    s->rows = rows;
    s->columns = columns;
    layout_make(&s->layout, rows, columns, PANE_TEXT, true);
    s->stale = true;
}

void library_session_say(struct library_session *s, const char *text)
{
    buffer_clear(&s->message);
    buffer_append_string(&s->message, text);
    s->message_is_error = false;
    s->stale = true;
}

void library_session_error(struct library_session *s, const char *text)
{
    library_session_say(s, text);
    s->message_is_error = true;
}

/* --------------------------------------------------------------------------- the order */

struct order {
    const struct library *library;
    enum library_column by;
    bool reversed;
};

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* What is not known stands last, also the other way round. */
static int compare_times(int64_t a, int64_t b, bool reversed)
{
    if ((a == TIME_NONE) != (b == TIME_NONE))
        return a == TIME_NONE ? 1 : -1;
    return reversed ? compare_numbers(b, a) : compare_numbers(a, b);
}

/* The tenth meeting stands behind the second. */
static int compare_titles(const struct library_entry *a, const struct library_entry *b)
{
    int result = strverscmp(a->sort_title, b->sort_title);

    return result != 0 ? result : strcmp(a->path, b->path);
}

/* Equals stand in the order of their titles, and then of their paths. */
static int compare_entries(const void *a, const void *b, void *context)
{
    const struct order *order = context;
    const struct library_entry *x = library_entry(order->library, *(const size_t *)a);
    const struct library_entry *y = library_entry(order->library, *(const size_t *)b);
    int result = 0;

    switch (order->by) {
    case LIBRARY_DATE:
        result = compare_times(x->facts.date_ms, y->facts.date_ms, order->reversed);
        break;
    case LIBRARY_LENGTH:
        result = compare_times(x->facts.length_ms, y->facts.length_ms, order->reversed);
        break;
    case LIBRARY_SPEAKERS:
        result = compare_numbers(x->facts.speakers, y->facts.speakers);
        result = order->reversed ? -result : result;
        break;
    case LIBRARY_QUESTIONS:
        result = compare_numbers(x->facts.questions, y->facts.questions);
        result = order->reversed ? -result : result;
        break;
    case LIBRARY_TITLE:
    case LIBRARY_COLUMN_COUNT:
        result = compare_titles(x, y);
        return order->reversed ? -result : result;
    }
    return result != 0 ? result : compare_titles(x, y);
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

/* The first `sorted` are in order already: the rest is sorted and merged with them. */
static void sort_shown(struct library_session *s, size_t sorted)
{
    struct order order = {s->library, s->sorted, s->reversed};
    size_t rest = s->shown_count - sorted;
    size_t from = sorted;
    size_t to = s->shown_count;

    if (rest > 1)
        qsort_r(s->shown + sorted, rest, sizeof *s->shown, compare_entries, &order);
    if (rest > 0 && sorted > 0) {
        MEMORY_RESERVE(s->spare, s->spare_capacity, rest);
        memcpy(s->spare, s->shown + sorted, rest * sizeof *s->spare);
        while (rest > 0) {
            bool old = from > 0 &&
                       compare_entries(&s->shown[from - 1], &s->spare[rest - 1], &order) > 0;

            s->shown[--to] = old ? s->shown[--from] : s->spare[--rest];
        }
    }
    find_chosen(s);
    s->stale = true;
}

void library_session_sort(struct library_session *s, enum library_column by, bool reversed)
{
    s->sorted = by;
    s->reversed = reversed;
    sort_shown(s, 0);
}

/* --------------------------------------------------------------------------- the list */

static bool takes(const struct library_session *s, const struct library_entry *entry)
{
    struct match match;

    return s->filter == NULL ||
           matcher_find(s->filter, entry->words, strlen(entry->words), 0, &match);
}

static void fill_shown(struct library_session *s, bool anew)
{
    size_t count = library_count(s->library);
    size_t sorted = anew ? 0 : s->shown_count;

    if (anew)
        s->seen = s->shown_count = s->transcripts = 0;
    for (; s->seen < count; s->seen++) {
        const struct library_entry *entry = library_entry(s->library, s->seen);

        if (entry->facts.kind != LIBRARY_TRANSCRIPT)
            continue;
        s->transcripts++;
        if (!takes(s, entry))
            continue;
        MEMORY_RESERVE(s->shown, s->shown_capacity, s->shown_count + 1);
        s->shown[s->shown_count++] = s->seen;
        if (!anew && s->search != NULL) /* a search over all, of which this one is new */
            library_search_add(s->search, s->seen);
    }
    s->version = library_version(s->library);
    sort_shown(s, sorted);
}

void library_session_refresh(struct library_session *s)
{
    bool anew = s->version != library_version(s->library);

    if (anew || s->seen < library_count(s->library))
        fill_shown(s, anew);
}

/* A pattern that is not whole yet leaves the list as it is. */
bool library_session_filter(struct library_session *s, const char *query, struct error *err)
{
    struct matcher *matcher = NULL;

    if (*query != '\0') {
        matcher = matcher_new(query, strlen(query), 0, err);
        if (matcher == NULL)
            return false;
    }
    matcher_free(s->filter);
    s->filter = matcher;
    buffer_clear(&s->filter_text);
    buffer_append_string(&s->filter_text, query);
    fill_shown(s, true);
    return true;
}

size_t library_session_rows(const struct library_session *s, enum mode mode)
{
    const struct help help = library_session_help(s);

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

struct help library_session_help(const struct library_session *s)
{
    return (struct help){
        .keymap = s->keymap, .width = s->width, .takes = library_session_takes};
}

bool library_session_prompts(const struct library_session *s)
{
    return s->mode == MODE_FILTER || s->mode == MODE_SEARCH || s->mode == MODE_COMMAND;
}

void library_session_choose(struct library_session *s, size_t row)
{
    enum mode mode = library_session_prompts(s) ? s->under : s->mode;
    size_t count = library_session_rows(s, mode);
    struct place *p = library_session_place(s, mode);

    p->at = row < count ? row : count > 0 ? count - 1 : 0;
    if (mode == MODE_LIST)
        s->chosen = p->at < s->shown_count ? s->shown[p->at] : SIZE_MAX;
}

/* --------------------------------------------------------------------------- outside */

enum library_wish library_session_take_wish(struct library_session *s)
{
    enum library_wish wish = s->wish;

    s->wish = LIBRARY_STAY;
    return wish;
}

const char *library_session_argument(const struct library_session *s)
{
    return buffer_string(&s->argument);
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

void library_session_look_again(struct library_session *s)
{
    size_t entry = s->mode == MODE_HITS ? library_search_row(s->search, s->hits.at)->entry
                                        : s->shown[s->list.at];

    library_look_again(s->library, entry);
    s->working = s->stale = true;
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

void library_session_recall(struct library_session *s, const char *kind, const char *line)
{
    if (strcmp(kind, "search") == 0)
        prompt_history_add(&s->searches, line);
    else if (strcmp(kind, "command") == 0)
        prompt_history_add(&s->commands, line);
}

void library_session_each_line(const struct library_session *s,
                               void (*each)(void *context, const char *kind, const char *line),
                               void *context)
{
    for (size_t i = 0; i < s->searches.count; i++)
        each(context, "search", s->searches.lines[i]);
    for (size_t i = 0; i < s->commands.count; i++)
        each(context, "command", s->commands.lines[i]);
}

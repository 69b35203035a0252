/* Library session. The list shows the numbers of entries in `shown`: those that are transcripts
 * and match the filter, sorted. The choice is kept by entry, so that the list can change. */
#include "shilu/library/library_session.h"

#include <stdlib.h>
#include <string.h>

#include "library/library_session_private.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

enum { PREVIEW_FROM_COLUMNS = 120 };

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

/* Unknown values come last, even in reverse order. */
static int compare_times(int64_t a, int64_t b, bool reversed)
{
    if ((a == TIME_NONE) != (b == TIME_NONE))
        return a == TIME_NONE ? 1 : -1;
    return reversed ? compare_numbers(b, a) : compare_numbers(a, b);
}

/* Numbers compare by value: the tenth meeting comes after the second. */
static int compare_titles(const struct library_entry *a, const struct library_entry *b)
{
    int result = strverscmp(a->sort_title, b->sort_title);

    return result != 0 ? result : strcmp(a->path, b->path);
}

/* Equal entries are ordered by title, and then by path. */
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
    case LIBRARY_WORDS:
        result = (x->facts.words > y->facts.words) - (x->facts.words < y->facts.words);
        result = order->reversed ? -result : result;
        break;
    case LIBRARY_CHARACTERS:
        result = (x->facts.characters > y->facts.characters) -
                 (x->facts.characters < y->facts.characters);
        result = order->reversed ? -result : result;
        break;
    case LIBRARY_FORMAT:
        result = strcmp(x->facts.format != NULL ? x->facts.format : "",
                        y->facts.format != NULL ? y->facts.format : "");
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

/* The first `sorted` are already in order: sort the rest and merge. */
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
    ui_touch(&s->ui);
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
    size_t old = s->seen;
    struct library_line line;

    if (anew)
        s->seen = s->shown_count = s->transcripts = s->known = 0;
    for (; s->seen < count; s->seen++) {
        const struct library_entry *entry = library_entry(s->library, s->seen);

        if (entry->is_gone)
            continue;
        s->transcripts += entry->facts.kind == FILE_TRANSCRIPT;
        if (entry->facts.kind != (s->unreadable ? FILE_UNREADABLE : FILE_TRANSCRIPT) ||
            !takes(s, entry))
            continue;
        MEMORY_RESERVE(s->shown, s->shown_capacity, s->shown_count + 1);
        s->shown[s->shown_count++] = s->seen;
        line = library_session_line(entry);
        s->known |= library_pane_known(&line);
        if (s->seen >= old && !s->unreadable &&
            s->search != NULL) /* a search over everything, to which this one is new */
            library_search_add(s->search, s->seen);
    }
    s->version = library_version(s->library);
    sort_shown(s, sorted);
}

void library_session_refill(struct library_session *s)
{
    fill_shown(s, true);
}

void library_session_refresh(struct library_session *s)
{
    bool anew = s->version != library_version(s->library);

    if (anew || s->seen < library_count(s->library))
        fill_shown(s, anew);
}

/* An incomplete pattern leaves the list unchanged. */
bool library_session_filter(struct library_session *s, const char *query, struct error *err)
{
    if (!matcher_replace(&s->filter, query, err))
        return false;
    buffer_clear(&s->filter_text);
    buffer_append_string(&s->filter_text, query);
    fill_shown(s, true);
    return true;
}

size_t library_session_rows(const struct library_session *s)
{
    if (s->mode == MODE_HITS)
        return s->search != NULL ? library_search_rows(s->search) : 0;
    return s->shown_count;
}

struct place *library_session_place(struct library_session *s)
{
    return s->mode == MODE_HITS ? &s->hits : &s->list;
}

/* In a wide window the list has seven twelfths of the columns. */
static int list_columns(const struct library_session *s)
{
    int columns = s->layout.body.columns;

    return columns >= PREVIEW_FROM_COLUMNS ? columns * 7 / 12 : columns;
}

bool library_session_preview_area(const struct library_session *s, struct area *out)
{
    int left = list_columns(s);

    *out = s->layout.body;
    out->column += left + 1;
    out->columns -= left + 1;
    return out->columns > 0 && out->rows > 2;
}

/* The body without the heading row, if there is room for one. */
struct area library_session_area(const struct library_session *s)
{
    struct area a = s->layout.body;

    a.columns = list_columns(s);
    if (a.rows > 2) {
        a.row++;
        a.rows--;
    }
    return a;
}

void library_session_choose(struct library_session *s, size_t row)
{
    size_t count = library_session_rows(s);
    struct place *p = library_session_place(s);

    p->at = row < count ? row : count > 0 ? count - 1 : 0;
    if (s->mode == MODE_LIST)
        s->chosen = p->at < s->shown_count ? s->shown[p->at] : SIZE_MAX;
}

/* --------------------------------------------------------------------------- the screen */

static void resize(struct ui *ui)
{
    layout_make(&library_session_of(ui)->layout, ui->rows, ui->columns, PANE_TEXT, true, 0);
}

/* The chosen transcript, or its hit, beside the list. */
static bool step_preview(struct library_session *s, int64_t budget_ms)
{
    size_t at = library_session_place(s)->at;
    const struct library_row *row = NULL;
    const struct library_entry *entry = NULL;
    struct area area;

    if (library_session_preview_area(s, &area) && at < library_session_rows(s)) {
        if (s->mode == MODE_HITS) {
            row = library_search_row(s->search, at);
            row = row->hits > 0 ? library_search_row(s->search, at + 1) : row;
            entry = library_entry(s->library, row->entry);
        } else if (!s->unreadable) {
            entry = library_entry(s->library, s->shown[at]);
        }
    }
    library_preview_choose(s->preview, entry != NULL ? entry->path : NULL,
                           entry != NULL ? (uint64_t)entry->stamp.changed_ns : 0,
                           row != NULL ? library_search_query(s->search) : NULL,
                           row != NULL ? &row->hit : NULL);
    return library_preview_step(s->preview, budget_ms);
}

static bool step(struct ui *ui, int64_t budget_ms)
{
    struct library_session *s = library_session_of(ui);
    bool finding = library_step(s->library, budget_ms);
    bool searching = s->search != NULL && library_search_step(s->search, budget_ms);
    bool reading;

    library_session_refresh(s);
    reading = step_preview(s, budget_ms);
    finding = finding || reading;
    if (finding || searching || s->working || library_preview_is_stale(s->preview) ||
        s->version != library_version(s->library))
        ui_touch(ui);
    s->working = finding || searching;
    return s->working;
}

/* The chosen transcript was open for a while, or could not be opened: check whether it has
 * changed. */
void library_session_look_again(struct ui *ui)
{
    struct library_session *s = library_session_of(ui);

    if (library_session_place(s)->at >= library_session_rows(s))
        return;
    library_look_again(s->library, s->mode == MODE_HITS
                                       ? library_search_row(s->search, s->hits.at)->entry
                                       : s->shown[s->list.at]);
    s->working = true;
    ui_touch(ui);
}

static int wait_for(struct ui *ui, int *wait_ms)
{
    return library_wait(library_session_of(ui)->library, wait_ms);
}

static void close(struct ui *ui)
{
    library_session_free(library_session_of(ui));
}

/* The limits of the command line. An invalid time is reported on the first screen. */
static void start_limits(struct library_session *s)
{
    const struct options *o = s->options;
    struct buffer text = {0};
    struct error err;

    for (size_t i = 0; i < o->speaker_count; i++)
        buffer_append_format(&text, "%s%s", i > 0 ? ", " : "", o->speakers[i]);
    library_limits_speakers(&s->limits, buffer_string(&text));
    buffer_clear(&text);
    if (o->from != NULL || o->to != NULL)
        buffer_append_format(&text, "%s..%s", o->from != NULL ? o->from : "",
                             o->to != NULL ? o->to : "");
    if (!library_limits_times(&s->limits, buffer_string(&text), &err))
        ui_error(&s->ui, err.message);
    buffer_release(&text);
}

struct library_session *library_session_new(struct library *l, const struct options *options,
                                            const struct ui_options *ui)
{
    static const struct screen_ops ops = {
        .scope = SCOPE_LIBRARY,
        .act = library_session_act,
        .moves = 1u << MOVE_LINE | 1u << MOVE_HALF_PAGE | 1u << MOVE_PAGE | 1u << MOVE_END |
                 1u << MOVE_PERCENT | 1u << MOVE_TURN | 1u << MOVE_HIT,
        .move = library_session_move,
        .prompts = library_session_prompts,
        .command_hint = N_("theme NAME, sort COLUMN, quit"),
        .enter = library_session_enter,
        .leave = library_session_leave,
        .list = library_session_list,
        .mouse = library_session_mouse,
        .number = library_session_number,
        .place = library_session_place_of,
        .go_on = library_session_go_on,
        .searched = library_session_searched,
        .piped = library_session_piped,
        .resize = resize,
        .draw = library_session_draw,
        .hints = library_session_hints,
        .draw_status = library_session_draw_status,
        .step = step,
        .wait = wait_for,
        .resumed = library_session_look_again,
        .close = close,
    };
    struct library_session *s = memory_zalloc(1, sizeof *s);

    ui_init(&s->ui, &ops, ui);
    s->library = l;
    s->options = options;
    library_limits_clear(&s->limits);
    start_limits(s);
    s->chosen = SIZE_MAX;
    s->working = true;
    s->preview = library_preview_new(options, ui->width);
    ui_resize(&s->ui, 24, 80);
    return s;
}

void library_session_free(struct library_session *s)
{
    if (s == NULL)
        return;
    library_search_free(s->search);
    library_preview_free(s->preview);
    matcher_free(s->filter);
    buffer_release(&s->filter_text);
    buffer_release(&s->filter_before);
    buffer_release(&s->label);
    library_limits_clear(&s->limits);
    free(s->shown);
    free(s->spare);
    ui_release(&s->ui);
    free(s);
}

struct ui *library_session_ui(struct library_session *s)
{
    return &s->ui;
}

/* Session: searching. One matcher serves the highlighting, the hits and their count; it belongs
 * to the search, and the reader state borrows it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/text/sentence.h"
#include "shilu/text/utf8.h"

/* Milliseconds that a key may spend searching. */
enum { SEEK_MS = 6 };

/* The query is kept; the hits belonged to the previous transcript. */
void session_search_start(struct session *s)
{
    struct session_search *p = &s->search;

    p->seek.active = false;
    p->origin = (struct spot){SEGMENT_NONE, 0};
    session_search_unlimit(s);
    p->narrow_seen = p->narrow_shown = 0;
    if (p->search != NULL)
        search_restart(p->search);
    if (p->narrow != NULL)
        search_restart(p->narrow);
}

void session_search_stop(struct session *s)
{
    search_free(s->search.search);
    search_free(s->search.narrow);
    session_search_unlimit(s);
    buffer_release(&s->search.query);
    buffer_release(&s->search.narrow_query);
}

void session_search_unlimit(struct session *s)
{
    if (s->search.limited)
        selection_release(&s->search.within);
    s->search.limited = false;
}

const struct selection *session_searched(const struct session *s)
{
    return s->search.limited ? &s->search.within : &s->reading.selection;
}

static void take_search(struct session *s, struct search *search)
{
    session_search_unlimit(s);
    s->search.seek.active = false;
    search_free(s->search.search);
    s->search.search = search;
    s->reading.matcher = search != NULL ? search_matcher(search) : NULL;
    s->reading.matcher_version++;
    s->reading.has_hit = false;
    ui_touch(&s->ui);
}

bool session_search_set(struct session *s, const char *query, bool backward, struct error *err)
{
    struct matcher *matcher = matcher_new(query, strlen(query), 0, err);

    if (matcher == NULL)
        return false;
    take_search(s, search_new(matcher));
    s->search.backward = backward;
    buffer_clear(&s->search.query);
    buffer_append_string(&s->search.query, query);
    return true;
}

void session_search_clear(struct session *s)
{
    take_search(s, NULL);
    buffer_clear(&s->search.query);
}

void session_search_stand_on(struct session *s, const struct hit *hit)
{
    s->reading.has_hit = true;
    s->reading.hit = *hit;
    text_pane_show_hit(s->view.text, hit);
    s->search.stood = session_here(s);
    ui_touch(&s->ui);
}

/* If the library below has searched for the same query, the next record follows the last
 * hit. */
static bool go_on(struct session *s)
{
    const struct seek *seek = &s->search.seek;

    return !seek->typed && s->ui.host.go_on != NULL &&
           s->ui.host.go_on(s->ui.host.context, buffer_string(&s->search.query),
                            seek->backward);
}

/* Wrap around the end of the record, once, with a message. */
static void go_around(struct session *s)
{
    struct seek *seek = &s->search.seek;

    if (go_on(s)) {
        seek->active = false;
        return;
    }
    /* Everything has been searched, so further rounds would only pass the same hits. */
    if (search_count(s->search.search) > 0)
        seek->count = (seek->count - 1) % (long)search_count(s->search.search) + 1;
    seek->around = true;
    seek->from = (struct spot){seek->backward ? (uint32_t)transcript_count(s->transcript) : 0,
                               0};
    if (!seek->typed)
        ui_say(&s->ui,
               seek->backward ? N_("continuing from the end") : N_("continuing from the top"));
}

static void say_no_hit(struct session *s)
{
    ui_error(&s->ui, selection_is_everything(session_searched(s)) ? N_("no hit")
                     : s->search.limited                          ? N_("no hit")
                                         : N_("no hit in what is shown"));
}

static void find_nothing(struct session *s)
{
    s->search.seek.active = false;
    ui_touch(&s->ui);
    if (s->search.seek.typed)
        session_go(s, s->search.origin, false);
    else
        say_no_hit(s);
}

/* Continue as far as the search has come. */
static void seek_on(struct session *s)
{
    struct seek *seek = &s->search.seek;
    struct hit hit;

    while (seek->active) {
        switch (search_look(s->search.search, s->transcript, seek->backward, seek->from.segment,
                            seek->from.byte, &hit)) {
        case SEARCH_NOT_YET:
            return;
        case SEARCH_NONE:
            if (!s->loading.done)
                return; /* it may still be found */
            if (seek->around)
                find_nothing(s);
            else
                go_around(s);
            break;
        case SEARCH_FOUND:
            if (seek->count == 1)
                session_search_stand_on(s, &hit);
            seek->from = (struct spot){hit.segment, hit.byte + !seek->backward};
            seek->around = false;
            seek->active = --seek->count > 0;
            break;
        }
    }
}

/* A near hit is shown at once; the rest is found between keys. */
static void start_seek(struct session *s, const struct seek *seek)
{
    s->search.seek = *seek;
    s->search.seek.active = true;
    search_step(s->search.search, s->transcript, session_searched(s), SEEK_MS);
    seek_on(s);
}

void session_search_loaded(struct session *s)
{
    if (s->search.search != NULL && search_done(s->search.search, s->transcript))
        seek_on(s);
}

static void seek_from(struct session *s, bool backward, long count, struct spot from)
{
    struct seek seek = {.backward = backward, .count = count > 0 ? count : 1, .from = from};

    session_note_jump(s);
    start_seek(s, &seek);
}

void session_search_go(struct session *s, bool backward, long count)
{
    struct spot from = session_here(s);

    if (s->search.search == NULL) {
        ui_say(&s->ui, "no search yet");
        return;
    }
    if (session_is_empty(s))
        return;
    /* Search from the reading position, if the user has left the page of the last hit. */
    if (s->reading.has_hit &&
        text_pane_shows(s->view.text, s->reading.hit.segment, s->reading.hit.byte))
        from = (struct spot){s->reading.hit.segment, s->reading.hit.byte + !backward};
    seek_from(s, backward, count, from);
}

/* The first hit from a place, while a query is being typed. */
static void search_from(struct session *s, struct spot from)
{
    struct seek seek = {
        .typed = true, .backward = s->search.backward, .count = 1, .from = from};

    s->reading.has_hit = false;
    if (s->search.search != NULL && from.segment != SEGMENT_NONE)
        start_seek(s, &seek);
}

void session_show_hit(struct session *s, const char *query, const struct hit *hit)
{
    struct spot from = {hit->segment, hit->byte};
    struct error err;

    if (hit->segment >= transcript_count(s->transcript))
        from = (struct spot){0, 0};
    if (session_search_set(s, query, false, &err))
        search_from(s, from);
    else
        ui_error(&s->ui, err.message);
}

void session_limit_hits(struct session *s, struct selection *take, bool again)
{
    if (s->search.search == NULL || (again && !s->search.limited)) {
        selection_release(take);
        return;
    }
    session_search_unlimit(s);
    s->search.within = *take;
    s->search.limited = true;
    search_restart(s->search.search);
    if (!again)
        ui_say(&s->ui, N_("only the hits of the list; / finds all of them"));
    ui_touch(&s->ui);
}

void session_search_count(const struct session *s, char *out, size_t capacity)
{
    size_t count = search_count(s->search.search);
    bool done = s->loading.done && search_done(s->search.search, s->transcript);
    size_t ordinal = s->reading.has_hit ? search_ordinal(s->search.search, &s->reading.hit) : 0;

    if (count == 0)
        snprintf(out, capacity, "%s", done ? _("no hit") : _("counting"));
    else if (ordinal > 0)
        snprintf(out, capacity, done ? _("%zu of %zu") : _("%zu of %zu+"), ordinal, count);
    else
        snprintf(out, capacity, done ? ngettext("%zu hit", "%zu hits", count) : _("%zu+ hits"),
                 count);
}

/* --------------------------------------------------------------------------- the prompt */

/* In the outline pane, its rows are searched and narrowed. */
static bool is_in_outline(const struct session *s)
{
    return s->view.pane == PANE_OUTLINE && !s->view.lanes;
}

void session_search_open(struct ui *ui, struct buffer *text)
{
    struct session *s = session_of(ui);

    (void)text;
    s->search.origin = session_here(s);
    s->search.error[0] = '\0';
    if (is_in_outline(s))
        session_outline_search_open(s);
}

/* Hits are shown while the query is being typed. */
void session_search_changed(struct ui *ui, const char *query)
{
    struct session *s = session_of(ui);
    struct error err;

    s->search.error[0] = '\0';
    if (is_in_outline(s))
        session_outline_search_typed(s, query, ui_asked_back(&s->ui));
    else if (*query == '\0') {
        session_search_clear(s);
        session_go(s, s->search.origin, false);
    } else if (session_search_set(s, query, ui_asked_back(&s->ui), &err)) {
        search_from(s, s->search.origin);
    } else {
        snprintf(s->search.error, sizeof s->search.error, "%s", err.message);
    }
}

/* An empty query repeats the last one. */
static bool search_again(struct session *s, struct error *err)
{
    const struct prompt_history *h = &s->ui.history->search;

    if (h->count == 0)
        return true;
    if (!session_search_set(s, h->lines[h->count - 1], ui_asked_back(&s->ui), err))
        return false;
    search_from(s, s->search.origin);
    return true;
}

bool session_search_done(struct ui *ui, const char *query, struct error *err)
{
    struct session *s = session_of(ui);

    if (is_in_outline(s))
        return session_outline_search(s, query, ui_asked_back(&s->ui), err);
    if (*query == '\0') {
        if (s->ui.history->search.count == 0)
            return true;
        if (!search_again(s, err))
            return false;
    } else if (s->search.error[0] != '\0') {
        return error_set(err, ERROR_USAGE, "%s", s->search.error);
    }
    s->search.seek.typed = false; /* a search in progress shows its own messages */
    if (!s->reading.has_hit) {
        if (!s->search.seek.active)
            say_no_hit(s);
    } else if (s->reading.segment != s->search.origin.segment) {
        session_note_jump_from(s, s->search.origin);
    }
    return true;
}

bool session_find(struct session *s, const char *query, bool backward, struct error *err)
{
    if (!session_search_set(s, query, backward, err))
        return false;
    prompt_history_add(&s->ui.history->search, query);
    s->search.origin = session_here(s);
    search_from(s, s->search.origin);
    s->search.seek.typed = false;
    if (!s->reading.has_hit && !s->search.seek.active)
        say_no_hit(s);
    return true;
}

void session_search_given_up(struct ui *ui)
{
    struct session *s = session_of(ui);

    if (is_in_outline(s)) {
        session_outline_search_give_up(s);
        return;
    }
    session_search_clear(s);
    if (s->search.origin.segment != SEGMENT_NONE)
        session_go(s, s->search.origin, false);
}

/* An error in the query, or the number of hits. */
bool session_search_side(struct ui *ui, struct buffer *out, bool *is_error)
{
    struct session *s = session_of(ui);
    char count[64];

    if (is_in_outline(s))
        return false;
    *is_error = s->search.error[0] != '\0';
    if (*is_error)
        buffer_append_string(out, s->search.error);
    else if (s->search.search != NULL) {
        session_search_count(s, count, sizeof count);
        buffer_append_string(out, count);
    }
    return *is_error || s->search.search != NULL;
}

/* ------------------------------------------------------------------------- the word */

enum { MIN_HAN_WORD = 2, MAX_HAN_WORD = 8 };

static bool occurs_again(const struct session *s, const char *word, size_t bytes)
{
    uint64_t all;
    const char *arena = transcript_arena(s->transcript, &all);
    const char *first = memmem(arena, all, word, bytes);

    return first != NULL &&
           memmem(first + bytes, (size_t)(arena + all - first) - bytes, word, bytes) != NULL;
}

/* In a script without spaces, the longest string that occurs more than once in the record. */
static size_t unspaced_word(const struct session *s, const char *text, size_t bytes)
{
    size_t ends[MAX_HAN_WORD];
    size_t count = 0;
    size_t at = 0;

    while (at < bytes && count < MAX_HAN_WORD) {
        uint32_t cp;
        size_t one = utf8_decode(text + at, bytes - at, &cp);

        if (!word_is_unspaced(cp))
            break;
        at += one;
        ends[count++] = at;
    }
    while (count > MIN_HAN_WORD && !occurs_again(s, text, ends[count - 1]))
        count--;
    return count > 0 ? ends[count - 1] : 0;
}

/* Where the user is looking: at the hit, unless they have moved since. */
static struct spot looked_at(const struct session *s)
{
    const struct spot here = session_here(s);
    const struct spot stood = s->search.stood;

    return s->reading.has_hit && here.segment == stood.segment && here.byte == stood.byte
               ? (struct spot){s->reading.hit.segment, s->reading.hit.byte}
               : here;
}

/* The word of the hit, or the first one of the reading row, and its position. */
static bool word_here(const struct session *s, struct buffer *out, struct spot *where)
{
    struct spot at = looked_at(s);
    size_t bytes;
    const char *text = transcript_text(s->transcript, at.segment, &bytes);
    size_t start = at.byte < bytes ? at.byte : 0;
    size_t end;

    if (!word_at_or_after(text, bytes, start, &start, &end))
        return false;
    if (word_is_unspaced_at(text, bytes, start))
        end = start + unspaced_word(s, text + start, bytes - start);
    buffer_append(out, text + start, end - start);
    *where = (struct spot){at.segment, (uint32_t)start};
    return out->bytes > 0;
}

static bool selected_words(const struct session *s, struct buffer *out, struct spot *where)
{
    uint32_t first;

    if (!session_selected_words(s, out))
        return false;
    first = transcript_segment_at_byte(s->transcript, s->reading.select_from);
    *where = (struct spot){first,
                           (uint32_t)(s->reading.select_from -
                                      transcript_segment(s->transcript, first)->text_byte)};
    return true;
}

/* Continue after the word itself, as in vi, so that the search always moves. */
void session_search_word(struct session *s, const struct ui_call *call, int direction)
{
    struct buffer word = {0};
    struct spot from;
    struct error err;

    if (!selected_words(s, &word, &from) && !word_here(s, &word, &from))
        ui_say(&s->ui, "no word on this row");
    else if (!session_search_set(s, buffer_string(&word), direction < 0, &err))
        ui_error(&s->ui, err.message);
    else {
        prompt_history_add(&s->ui.history->search, buffer_string(&word));
        session_leave_selection(s);
        from.byte += direction > 0;
        seek_from(s, direction < 0, call->count, from);
    }
    buffer_release(&word);
}

/* ------------------------------------------------------------------------ narrowing */

static void stop_narrowing(struct session *s)
{
    search_free(s->search.narrow);
    s->search.narrow = NULL;
    s->search.narrow_seen = s->search.narrow_shown = 0;
    free(s->reading.selection.matching);
    s->reading.selection.matching = NULL;
    s->reading.selection.matching_count = 0;
}

bool session_narrow_answered(struct ui *ui, const char *query, struct error *err)
{
    struct session *s = session_of(ui);

    return is_in_outline(s) ? session_outline_narrow(s, query, err)
                            : session_narrow(ui, query, err);
}

bool session_narrow(struct ui *ui, const char *query, struct error *err)
{
    struct session *s = session_of(ui);
    struct matcher *matcher = NULL;

    if (*query != '\0') {
        matcher = matcher_new(query, strlen(query), 0, err);
        if (matcher == NULL)
            return false;
    }
    stop_narrowing(s);
    session_selection_changed(s);
    if (matcher == NULL)
        return true;
    s->search.narrow = search_new(matcher);
    buffer_clear(&s->search.narrow_query);
    buffer_append_string(&s->search.narrow_query, query);
    s->reading.narrowed = buffer_string(&s->search.narrow_query);
    return session_search_set(s, query, false, err);
}

static void set_matching(struct selection *selection, uint32_t segment, bool on, size_t *shown)
{
    uint8_t *byte = &selection->matching[segment / 8];
    uint8_t bit = (uint8_t)(1 << segment % 8);

    *shown += on && (*byte & bit) == 0;
    *shown -= !on && (*byte & bit) != 0;
    *byte = on ? *byte | bit : *byte & (uint8_t)~bit;
}

/* Set the bits of matching paragraphs that were not examined yet. The previous last paragraph
 * may have grown since. */
static void add_matching(struct session *s, size_t count)
{
    struct selection *selection = &s->reading.selection;
    const struct transcript *t = s->transcript;
    size_t bytes = count / 8 + 1;
    size_t before = selection->matching == NULL ? 0 : selection->matching_count / 8 + 1;
    uint32_t known = (uint32_t)s->search.narrow_seen;
    uint32_t from = known > 0 ? transcript_paragraph_first(t, known - 1) : 0;
    size_t i;

    selection->matching = memory_realloc(selection->matching, bytes, 1);
    memset(selection->matching + before, 0, bytes - before);
    selection->matching_count = count;
    for (i = from; i < known; i++)
        set_matching(selection, (uint32_t)i, false, &s->search.narrow_shown);
    for (i = search_count_before(s->search.narrow, from); i < search_count(s->search.narrow);
         i++) {
        uint32_t segment = search_hit(s->search.narrow, i).segment;
        uint32_t end = transcript_paragraph_end(t, segment);

        if (segment < from)
            continue;
        from = end;
        for (segment = transcript_paragraph_first(t, segment); segment < end; segment++)
            set_matching(selection, segment, true, &s->search.narrow_shown);
    }
    s->search.narrow_seen = count;
}

/* Everything has been examined. If the record has only grown, hits that are already counted
 * remain valid. */
static void apply_narrowing(struct session *s)
{
    size_t count = transcript_count(s->transcript);
    bool begins = s->reading.selection.matching == NULL;
    bool holds = session_follow_holds(s);
    char text[80];

    add_matching(s, count);
    if (begins) {
        session_selection_changed(s);
    } else {
        s->reading.selection_version++;
        text_pane_refresh(s->view.text);
        if (holds)
            session_follow_keep(s);
        ui_touch(&s->ui);
    }
    if (!begins && s->follow.state != FOLLOW_NOT)
        return;
    if (s->search.narrow_shown == 0) {
        ui_error(&s->ui, "nothing matches; Esc or a shows everything again");
        return;
    }
    if (s->ui.message.bytes > 0)
        return;
    snprintf(text, sizeof text, _("%zu of %zu segments match, %zu hidden"),
             s->search.narrow_shown, count, count - s->search.narrow_shown);
    ui_say(&s->ui, text);
}

/* After a search: say if it is incomplete. */
static void say_give_ups(struct session *s, const struct search *search)
{
    size_t places = search_give_ups(search);
    char text[240];

    if (places == 0)
        return;
    snprintf(text, sizeof text,
             ngettext("the pattern is too complex for %zu place: hits there are missing",
                      "the pattern is too complex for %zu places: hits there are missing",
                      places),
             places);
    ui_error(&s->ui, text);
}

bool session_search_step(struct session *s, int64_t budget_ms)
{
    const struct selection all = SELECTION_INIT;
    bool more = false;

    if (s->search.narrow != NULL && (s->search.narrow_seen != transcript_count(s->transcript) ||
                                     !search_done(s->search.narrow, s->transcript))) {
        if (search_step(s->search.narrow, s->transcript, &all, budget_ms)) {
            apply_narrowing(s);
            say_give_ups(s, s->search.narrow);
        } else
            more = true;
    }
    /* Nothing is known to match until narrowing has reached it. */
    if ((!more || s->reading.selection.matching == NULL) && s->search.search != NULL &&
        !search_done(s->search.search, s->transcript)) {
        size_t before = search_count(s->search.search);
        bool done = search_step(s->search.search, s->transcript, session_searched(s),
                                budget_ms);

        if (done || search_count(s->search.search) != before)
            ui_touch(&s->ui);
        seek_on(s);
        if (done)
            say_give_ups(s, s->search.search);
        more |= !done;
    }
    return more;
}

/* Session: the status line: where the reader is, or what has just been said, and the keys that
 * are most likely to be wanted next, which depend on what is open. */
#include <stdio.h>

#include "session/session_private.h"
#include "shilu/view/frame.h"

enum { HINTS_MAX = 8 };

struct hints {
    struct frame_hint row[HINTS_MAX + 1];
    char keys[HINTS_MAX][KEY_NAME_BYTES];
};

/* A key that is fixed, or else the first key of an action. */
struct hint_row {
    enum action action;
    const char *what; /* NULL ends a table */
    const char *key;
};

static const struct hint_row reading_hints[] = {{ACTION_HELP, "help", NULL},
                                                {ACTION_SEARCH, "search", NULL},
                                                {ACTION_TIME, "time", NULL},
                                                {ACTION_SPEAKER, "speaker", NULL},
                                                {ACTION_EXCHANGE_NEXT, "question", NULL},
                                                {ACTION_TURN_NEXT, "turn", NULL},
                                                {ACTION_PANE_NEXT, "pane", NULL},
                                                {ACTION_NONE, NULL, NULL}};
static const struct hint_row search_hints[] = {{ACTION_HIT_NEXT, "next", NULL},
                                               {ACTION_HIT_PREVIOUS, "previous", NULL},
                                               {ACTION_LIST, "list", NULL},
                                               {ACTION_CLEAR, "clear", NULL},
                                               {ACTION_NONE, NULL, NULL}};
static const struct hint_row filter_hints[] = {{ACTION_ALL, "everyone", NULL},
                                               {ACTION_TURN_NEXT, "turn", NULL},
                                               {ACTION_SEARCH, "search", NULL},
                                               {ACTION_HELP, "help", NULL},
                                               {ACTION_NONE, NULL, NULL}};
static const struct hint_row speaker_hints[] = {
    {ACTION_NONE, "only", "Enter"},   {ACTION_SOLO_ADD, "also", NULL},
    {ACTION_MUTE, "hide", NULL},      {ACTION_ALL, "everyone", NULL},
    {ACTION_PANE_NEXT, "pane", NULL}, {ACTION_HELP, "help", NULL},
    {ACTION_NONE, NULL, NULL}};
static const struct hint_row timeline_hints[] = {{ACTION_NONE, "read", "Enter"},
                                                 {ACTION_TIME, "time", NULL},
                                                 {ACTION_EXCHANGE_NEXT, "question", NULL},
                                                 {ACTION_LANES, "lanes", NULL},
                                                 {ACTION_PANE_NEXT, "pane", NULL},
                                                 {ACTION_HELP, "help", NULL},
                                                 {ACTION_NONE, NULL, NULL}};
static const struct hint_row lanes_hints[] = {{ACTION_LANES, "back", NULL},
                                              {ACTION_TURN_NEXT, "turn", NULL},
                                              {ACTION_EXCHANGE_NEXT, "question", NULL},
                                              {ACTION_TIME, "time", NULL},
                                              {ACTION_NONE, NULL, NULL}};
static const struct hint_row select_hints[] = {{ACTION_COPY, "copy", NULL},
                                               {ACTION_CITE, "cite", NULL},
                                               {ACTION_CLEAR, "give up", NULL},
                                               {ACTION_NONE, NULL, NULL}};
static const struct hint_row hits_hints[] = {{ACTION_NONE, "read", "Enter"},
                                             {ACTION_NONE, "back", "Esc"},
                                             {ACTION_LINE_DOWN, "next", NULL},
                                             {ACTION_NONE, NULL, NULL}};
static const struct hint_row sheet_hints[] = {{ACTION_QUIT, "back", NULL},
                                              {ACTION_PAGE_DOWN, "page", NULL},
                                              {ACTION_LINE_DOWN, "line", NULL},
                                              {ACTION_NONE, NULL, NULL}};
static const struct hint_row follow_hints[] = {{ACTION_NONE, "stop", "Esc"},
                                               {ACTION_TOP, "top", NULL},
                                               {ACTION_TURN_PREVIOUS, "turn", NULL},
                                               {ACTION_SEARCH, "search", NULL},
                                               {ACTION_PANE_NEXT, "pane", NULL},
                                               {ACTION_HELP, "help", NULL},
                                               {ACTION_NONE, NULL, NULL}};
static const struct hint_row no_hints[] = {{ACTION_NONE, NULL, NULL}};

static const struct hint_row *choose_hints(const struct session *s)
{
    if (s->mode == MODE_SHEET)
        return s->sheet == SHEET_HITS || s->sheet == SHEET_NOTES ? hits_hints : sheet_hints;
    if (s->mode == MODE_MARK || s->mode == MODE_MARK_GO)
        return no_hints;
    if (s->reading.selecting)
        return select_hints;
    if (s->lanes)
        return lanes_hints;
    if (s->follow == FOLLOW_END && s->pane == PANE_TEXT)
        return follow_hints;
    if (s->pane == PANE_SPEAKERS)
        return speaker_hints;
    if (s->search != NULL)
        return search_hints;
    if (s->pane == PANE_TIMELINE)
        return timeline_hints;
    return selection_filters_speakers(&s->reading.selection) ? filter_hints : reading_hints;
}

/* An action to which the user has left no key gives no hint. */
static void make_hints(const struct session *s, struct hints *hints)
{
    const struct hint_row *row;
    size_t i = 0;

    for (row = choose_hints(s); i < HINTS_MAX && row->what != NULL; row++) {
        const char *key = row->key;

        if (key == NULL) {
            keymap_key_of(s->keymap, row->action, hints->keys[i]);
            key = hints->keys[i];
        }
        if (*key != '\0')
            hints->row[i++] = (struct frame_hint){key, row->what};
    }
    hints->row[i].key = NULL;
}

/* What is said in place of the position, into `room` bytes of `text` where it has to be made.
 */
static const char *said(const struct session *s, char *text, size_t capacity)
{
    uint32_t from = s->reading.select_from;
    uint32_t to = s->reading.segment;

    if (s->message.bytes > 0)
        return buffer_string(&s->message);
    if (s->mode == MODE_MARK)
        return "mark: which letter?";
    if (s->mode == MODE_MARK_GO)
        return "go to mark: which letter?";
    if (s->count > 0) {
        snprintf(text, capacity, "%ld", s->count);
        return text;
    }
    if (!s->reading.selecting)
        return NULL;
    to = from < to ? to - from + 1 : from - to + 1;
    snprintf(text, capacity, "%u segment%s to copy", (unsigned)to, to == 1 ? "" : "s");
    return text;
}

void session_status_draw(struct session *s, struct grid *g)
{
    struct hints hints;
    char count[64] = "";
    char text[64];
    char follow[32];
    struct frame_status status = {.pane = s->pane, .hints = hints.row};

    make_hints(s, &hints);
    status.single = s->layout.form == LAYOUT_SINGLE && s->mode != MODE_SHEET;
    status.message = said(s, text, sizeof text);
    session_follow_say(s, follow, sizeof follow);
    status.follow = follow;
    status.error = s->message.bytes > 0 && s->message_is_error;
    if (s->search != NULL) {
        session_search_count(s, count, sizeof count);
        status.search = buffer_string(&s->query);
        status.search_count = count;
    }
    frame_draw_status(g, &s->layout.status, &s->reading, &status);
}

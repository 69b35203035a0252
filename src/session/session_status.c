/* Session: the status line: where the reader is, or what has just been said, and the keys that
 * are most likely to be wanted next, which depend on what is open. */
#include <stdio.h>

#include "session/session_private.h"
#include "shilu/view/frame.h"

static const struct ui_hint reading_hints[] = {{ACTION_HELP, "help", NULL},
                                               {ACTION_SEARCH, "search", NULL},
                                               {ACTION_TIME, "time", NULL},
                                               {ACTION_SPEAKER, "speaker", NULL},
                                               {ACTION_EXCHANGE_NEXT, "question", NULL},
                                               {ACTION_TURN_NEXT, "turn", NULL},
                                               {ACTION_PANE_NEXT, "pane", NULL},
                                               {ACTION_NONE, NULL, NULL}};
static const struct ui_hint search_hints[] = {{ACTION_HIT_NEXT, "next", NULL},
                                              {ACTION_HIT_PREVIOUS, "previous", NULL},
                                              {ACTION_LIST, "list", NULL},
                                              {ACTION_CLEAR, "clear", NULL},
                                              {ACTION_NONE, NULL, NULL}};
static const struct ui_hint filter_hints[] = {{ACTION_ALL, "everyone", NULL},
                                              {ACTION_TURN_NEXT, "turn", NULL},
                                              {ACTION_SEARCH, "search", NULL},
                                              {ACTION_HELP, "help", NULL},
                                              {ACTION_NONE, NULL, NULL}};
static const struct ui_hint speaker_hints[] = {
    {ACTION_NONE, "only", "Enter"},   {ACTION_SOLO_ADD, "also", NULL},
    {ACTION_MUTE, "hide", NULL},      {ACTION_ALL, "everyone", NULL},
    {ACTION_PANE_NEXT, "pane", NULL}, {ACTION_HELP, "help", NULL},
    {ACTION_NONE, NULL, NULL}};
static const struct ui_hint timeline_hints[] = {{ACTION_NONE, "read", "Enter"},
                                                {ACTION_TIME, "time", NULL},
                                                {ACTION_EXCHANGE_NEXT, "question", NULL},
                                                {ACTION_LANES, "lanes", NULL},
                                                {ACTION_PANE_NEXT, "pane", NULL},
                                                {ACTION_HELP, "help", NULL},
                                                {ACTION_NONE, NULL, NULL}};
static const struct ui_hint lanes_hints[] = {{ACTION_LANES, "back", NULL},
                                             {ACTION_TURN_NEXT, "turn", NULL},
                                             {ACTION_EXCHANGE_NEXT, "question", NULL},
                                             {ACTION_TIME, "time", NULL},
                                             {ACTION_NONE, NULL, NULL}};
static const struct ui_hint select_hints[] = {
    {ACTION_COPY, "copy", NULL},           {ACTION_CITE, "cite", NULL},
    {ACTION_QUOTE, "quote", NULL},         {ACTION_SELECT, "wider", NULL},
    {ACTION_SAME_NEXT, "sentence", NULL},  {ACTION_WORD_RIGHT, "word", NULL},
    {ACTION_SWAP_ENDS, "other end", NULL}, {ACTION_NONE, NULL, NULL}};
static const struct ui_hint hits_hints[] = {{ACTION_NONE, "read", "Enter"},
                                            {ACTION_NONE, "back", "Esc"},
                                            {ACTION_LINE_DOWN, "next", NULL},
                                            {ACTION_NONE, NULL, NULL}};
static const struct ui_hint sheet_hints[] = {{ACTION_QUIT, "back", NULL},
                                             {ACTION_PAGE_DOWN, "page", NULL},
                                             {ACTION_LINE_DOWN, "line", NULL},
                                             {ACTION_NONE, NULL, NULL}};
static const struct ui_hint follow_hints[] = {{ACTION_NONE, "stop", "Esc"},
                                              {ACTION_TOP, "top", NULL},
                                              {ACTION_TURN_PREVIOUS, "turn", NULL},
                                              {ACTION_SEARCH, "search", NULL},
                                              {ACTION_PANE_NEXT, "pane", NULL},
                                              {ACTION_HELP, "help", NULL},
                                              {ACTION_NONE, NULL, NULL}};

const struct ui_hint *session_hints(struct ui *ui)
{
    const struct session *s = session_of(ui);

    if (s->overlay.open)
        return session_overlay_has_choice(s) ? hits_hints : sheet_hints;
    if (s->reading.selecting)
        return select_hints;
    if (s->view.lanes)
        return lanes_hints;
    if (s->follow.state == FOLLOW_END && s->view.pane == PANE_TEXT)
        return follow_hints;
    if (s->view.pane == PANE_SPEAKERS)
        return speaker_hints;
    if (s->search.search != NULL)
        return search_hints;
    if (s->view.pane == PANE_TIMELINE)
        return timeline_hints;
    return selection_filters_speakers(&s->reading.selection) ? filter_hints : reading_hints;
}

void session_draw_status(struct ui *ui, struct grid *g, const char *said, bool is_error,
                         const struct frame_hint *hints)
{
    const struct session *s = session_of(ui);
    struct frame_status status = {
        .pane = s->view.pane, .hints = hints, .message = said, .error = is_error};
    char count[64] = "";
    char text[64];
    char follow[32];

    if (said == NULL && s->reading.selecting) {
        snprintf(text, sizeof text, "%zu characters selected", session_selected_count(s));
        status.message = text;
    }
    status.single = s->view.layout.form == LAYOUT_SINGLE && !s->overlay.open && !ui->help;
    session_follow_say(s, follow, sizeof follow);
    status.follow = follow;
    if (s->search.search != NULL) {
        session_search_count(s, count, sizeof count);
        status.search = buffer_string(&s->search.query);
        status.search_count = count;
    }
    frame_draw_status(g, &s->view.layout.status, &s->reading, &status);
}

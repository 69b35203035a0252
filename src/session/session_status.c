/* Session: the status line: the position or the last message, and the keys most likely to be
 * needed next, which depend on what is open. */
#include <stdio.h>

#include "session/session_private.h"
#include "shilu/base/translate.h"
#include "shilu/view/frame.h"

static const struct ui_hint reading_hints[] = {{ACTION_HELP, N_("help"), NULL},
                                               {ACTION_SEARCH, N_("search"), NULL},
                                               {ACTION_TIME, N_("time"), NULL},
                                               {ACTION_SPEAKER, N_("speaker"), NULL},
                                               {ACTION_EXCHANGE_NEXT, N_("question"), NULL},
                                               {ACTION_TURN_NEXT, N_("turn"), NULL},
                                               {ACTION_PANE_NEXT, N_("pane"), NULL},
                                               {ACTION_NONE, NULL, NULL}};
static const struct ui_hint search_hints[] = {{ACTION_HIT_NEXT, N_("next"), NULL},
                                              {ACTION_HIT_PREVIOUS, N_("previous"), NULL},
                                              {ACTION_LIST, N_("list"), NULL},
                                              {ACTION_CLEAR, N_("clear"), NULL},
                                              {ACTION_NONE, NULL, NULL}};
static const struct ui_hint filter_hints[] = {{ACTION_ALL, N_("everyone"), NULL},
                                              {ACTION_TURN_NEXT, N_("turn"), NULL},
                                              {ACTION_SEARCH, N_("search"), NULL},
                                              {ACTION_HELP, N_("help"), NULL},
                                              {ACTION_NONE, NULL, NULL}};
static const struct ui_hint speaker_hints[] = {{ACTION_NONE, N_("only"), "Enter"},
                                               {ACTION_SOLO_ADD, N_("also"), NULL},
                                               {ACTION_MUTE, N_("hide"), NULL},
                                               {ACTION_ALL, N_("everyone"), NULL},
                                               {ACTION_PANE_NEXT, N_("pane"), NULL},
                                               {ACTION_HELP, N_("help"), NULL},
                                               {ACTION_NONE, NULL, NULL}};
static const struct ui_hint timeline_hints[] = {{ACTION_NONE, N_("read"), "Enter"},
                                                {ACTION_TIME, N_("time"), NULL},
                                                {ACTION_EXCHANGE_NEXT, N_("question"), NULL},
                                                {ACTION_LANES, N_("lanes"), NULL},
                                                {ACTION_PANE_NEXT, N_("pane"), NULL},
                                                {ACTION_HELP, N_("help"), NULL},
                                                {ACTION_NONE, NULL, NULL}};
static const struct ui_hint outline_hints[] = {{ACTION_NONE, N_("read"), "Enter"},
                                               {ACTION_SEARCH, N_("search"), NULL},
                                               {ACTION_NARROW, N_("narrow"), NULL},
                                               {ACTION_ONLY_QUESTION, N_("question"), NULL},
                                               {ACTION_PANE_NEXT, N_("pane"), NULL},
                                               {ACTION_HELP, N_("help"), NULL},
                                               {ACTION_NONE, NULL, NULL}};
static const struct ui_hint lanes_hints[] = {{ACTION_LANES, N_("back"), NULL},
                                             {ACTION_TURN_NEXT, N_("turn"), NULL},
                                             {ACTION_EXCHANGE_NEXT, N_("question"), NULL},
                                             {ACTION_TIME, N_("time"), NULL},
                                             {ACTION_NONE, NULL, NULL}};
static const struct ui_hint select_hints[] = {
    {ACTION_COPY, N_("copy"), NULL},           {ACTION_CITE, N_("cite"), NULL},
    {ACTION_QUOTE, N_("quote"), NULL},         {ACTION_SELECT, N_("wider"), NULL},
    {ACTION_SAME_NEXT, N_("sentence"), NULL},  {ACTION_WORD_RIGHT, N_("word"), NULL},
    {ACTION_SWAP_ENDS, N_("other end"), NULL}, {ACTION_NONE, NULL, NULL}};
static const struct ui_hint hits_hints[] = {{ACTION_NONE, N_("read"), "Enter"},
                                            {ACTION_NONE, N_("back"), "Esc"},
                                            {ACTION_LINE_DOWN, N_("next"), NULL},
                                            {ACTION_NONE, NULL, NULL}};
static const struct ui_hint sheet_hints[] = {{ACTION_QUIT, N_("back"), NULL},
                                             {ACTION_PAGE_DOWN, N_("page"), NULL},
                                             {ACTION_LINE_DOWN, N_("line"), NULL},
                                             {ACTION_NONE, NULL, NULL}};
static const struct ui_hint follow_hints[] = {{ACTION_NONE, N_("stop"), "Esc"},
                                              {ACTION_TOP, N_("top"), NULL},
                                              {ACTION_TURN_PREVIOUS, N_("turn"), NULL},
                                              {ACTION_SEARCH, N_("search"), NULL},
                                              {ACTION_PANE_NEXT, N_("pane"), NULL},
                                              {ACTION_HELP, N_("help"), NULL},
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
    if (s->view.pane == PANE_OUTLINE)
        return outline_hints;
    if (s->search.search != NULL)
        return search_hints;
    if (s->view.pane == PANE_TIMELINE)
        return timeline_hints;
    return selection_filters_speakers(&s->reading.selection) ? filter_hints : reading_hints;
}

/* Without speakers and times: the text is not a record. */
static bool is_plain_text(const struct session *s)
{
    return s->loading.done && transcript_count(s->transcript) > 0 &&
           transcript_lists_nobody(s->transcript) &&
           transcript_time_base(s->transcript) == TIME_BASE_NONE;
}

void session_draw_status(struct ui *ui, struct grid *g, const char *said, bool is_error,
                         const struct frame_hint *hints)
{
    const struct session *s = session_of(ui);
    struct frame_status status = {
        .pane = s->view.pane, .hints = hints, .message = said, .error = is_error};
    char count[96] = "";
    char text[96];
    char follow[64];

    if (said == NULL && s->reading.selecting) {
        snprintf(text, sizeof text,
                 ngettext("%zu character selected", "%zu characters selected",
                          session_selected_count(s)),
                 session_selected_count(s));
        status.message = text;
    }
    status.single = s->view.layout.form == LAYOUT_SINGLE && !s->overlay.open && !ui->help;
    session_follow_say(s, follow, sizeof follow);
    if (follow[0] == '\0' && is_plain_text(s))
        snprintf(follow, sizeof follow, "%s", _("no speakers found"));
    status.follow = follow;
    if (s->search.search != NULL) {
        session_search_count(s, count, sizeof count);
        status.search = buffer_string(&s->search.query);
        status.search_count = count;
    }
    frame_draw_status(g, &s->view.layout.status, &s->reading, &status);
}

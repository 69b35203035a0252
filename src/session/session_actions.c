/* Session: the actions that only a transcript has. */
#include "session/session_private.h"

static const struct {
    session_function *function;
    int argument;
} bindings[ACTION_COUNT] = {
#define BIND_ANY(id, function, argument)
#define BIND_RECORD(id, function, argument) [ACTION_##id] = {function, argument},
#define BIND_LIBRARY(id, function, argument)
#define BIND(scope, id, name, keys, group, function, argument, flags, help) \
    BIND_##scope(id, function, argument)
    ACTIONS(BIND)
#undef BIND
};

bool session_before_action(struct ui *ui, enum action action)
{
    struct session *s = session_of(ui);
    const struct action_row *row = action_row(action);
    bool in_list = s->view.pane == PANE_SPEAKERS && !s->view.lanes;

    /* The choice in the speaker pane is kept only for actions that use it. */
    if (!in_list || (row->group != GROUP_MOVE && (row->flags & ACTION_CHOICE) == 0))
        session_choose_nobody(s);
    /* An action unrelated to the list over the panes closes it first. */
    if (row->group != GROUP_MOVE && (row->flags & ACTION_LISTS) == 0)
        session_overlay_enter(s);
    return (row->flags & ACTION_PLACE) == 0 || !session_is_empty(s);
}

void session_act(struct ui *ui, const struct ui_call *call)
{
    bindings[call->action].function(session_of(ui), call, bindings[call->action].argument);
}

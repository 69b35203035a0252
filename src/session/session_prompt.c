/* Session: the line that is typed, one kind of it for each thing that can be asked for. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/base/memory.h"
#include "shilu/model/find.h"
#include "shilu/session/command_line.h"
#include "shilu/view/speaker_color.h"

static const char *const labels[PROMPT_KIND_COUNT] = {
    [PROMPT_TIME] = "Go to time: ",
    [PROMPT_SPEAKER] = "Speaker: ",
    [PROMPT_SEARCH] = "/",
    [PROMPT_SEARCH_BACK] = "?",
    [PROMPT_NARROW] = "Only what matches: ",
    [PROMPT_NOTE] = "Note: ",
    [PROMPT_COMMAND] = ":",
};

static const char *const hints[PROMPT_KIND_COUNT] = {
    [PROMPT_TIME] = "10:25  10:25:22  +5m  -30s  50%",
    [PROMPT_SPEAKER] = "name, role or initials; Up Down choose",
    [PROMPT_SEARCH] = "= exact  \\v pattern",
    [PROMPT_SEARCH_BACK] = "= exact  \\v pattern",
    [PROMPT_NARROW] = "empty: everything",
    [PROMPT_NOTE] = "empty: no note",
    [PROMPT_COMMAND] = "theme NAME, quit, help",
};

static bool is_search(enum prompt_kind kind)
{
    return kind == PROMPT_SEARCH || kind == PROMPT_SEARCH_BACK;
}

static struct prompt_history *history_of(struct session *s, enum prompt_kind kind)
{
    if (kind == PROMPT_SPEAKER || kind == PROMPT_NOTE)
        return NULL; /* Up and Down choose among the candidates; no note is like another */
    return &s->history[kind == PROMPT_SEARCH_BACK ? PROMPT_SEARCH : kind];
}

/* The histories that outlive the session, by the names under which they are kept. */
static const char *const kept_kinds[PROMPT_KIND_COUNT] = {
    [PROMPT_TIME] = "time",
    [PROMPT_SEARCH] = "search",
    [PROMPT_NARROW] = "narrow",
    [PROMPT_COMMAND] = "command",
};

void session_recall(struct session *s, const char *kind, const char *line)
{
    for (size_t i = 0; i < PROMPT_KIND_COUNT; i++)
        if (kept_kinds[i] != NULL && strcmp(kept_kinds[i], kind) == 0)
            prompt_history_add(&s->history[i], line);
}

void session_each_line(const struct session *s,
                       void (*each)(void *context, const char *kind, const char *line),
                       void *context)
{
    for (size_t i = 0; i < PROMPT_KIND_COUNT; i++)
        for (size_t n = 0; kept_kinds[i] != NULL && n < s->history[i].count; n++)
            each(context, kept_kinds[i], s->history[i].lines[n]);
}

/* With nothing typed yet, those of the speaker pane, so that a newcomer has names to choose
 * from. */
static void list_first(struct session *s)
{
    size_t all = transcript_speaker_count(s->transcript);
    uint32_t first = speaker_pane_step(s->speakers, SPEAKER_NONE, INT_MIN);
    size_t i;

    s->candidate_count = all < CANDIDATES_MAX ? all : CANDIDATES_MAX;
    for (i = 0; i < s->candidate_count; i++)
        s->candidates[i] = speaker_pane_step(s->speakers, first, (int)i);
}

static void find_candidates(struct session *s)
{
    s->candidate = 0;
    if (s->prompt.text.bytes == 0) {
        list_first(s);
        return;
    }
    s->candidate_count = speaker_find(s->transcript, buffer_string(&s->prompt.text),
                                      s->candidates, CANDIDATES_MAX);
}

void session_prompt_open(struct session *s, enum prompt_kind kind, const char *text)
{
    s->mode = MODE_PROMPT;
    s->prompt_kind = kind;
    s->prompt_error[0] = '\0';
    s->origin = (struct spot){s->reading.segment, s->reading.byte};
    s->candidate_count = 0;
    prompt_start(&s->prompt, history_of(s, kind), text);
    if (kind == PROMPT_SPEAKER)
        find_candidates(s);
}

static void tell(struct session *s, const struct error *err)
{
    session_error(s, err->message);
}

/* Hits show while the query is typed. */
static void search_as_typed(struct session *s)
{
    const char *query = buffer_string(&s->prompt.text);
    struct error err;

    s->prompt_error[0] = '\0';
    if (*query == '\0') {
        session_search_clear(s);
        session_go(s, s->origin, false);
    } else if (session_search_set(s, query, s->prompt_kind == PROMPT_SEARCH_BACK, &err)) {
        session_search_from(s, s->origin);
    } else {
        snprintf(s->prompt_error, sizeof s->prompt_error, "%s", err.message);
    }
}

static void finish_search(struct session *s, const char *query)
{
    struct error err;

    if (*query == '\0') {
        /* An empty query asks for the last one again. */
        if (s->history[PROMPT_SEARCH].count == 0)
            return;
        query = s->history[PROMPT_SEARCH].lines[s->history[PROMPT_SEARCH].count - 1];
        if (!session_search_set(s, query, s->prompt_kind == PROMPT_SEARCH_BACK, &err)) {
            tell(s, &err);
            return;
        }
        session_search_from(s, s->origin);
    } else if (s->prompt_error[0] != '\0') {
        session_error(s, s->prompt_error);
        return;
    }
    s->seek.typed = false; /* what is still on its way says so itself */
    if (!s->reading.has_hit) {
        if (!s->seek.active)
            session_say_no_hit(s);
    } else if (s->reading.segment != s->origin.segment) {
        struct spot found = {s->reading.segment, s->reading.byte};

        s->reading.segment = s->origin.segment;
        s->reading.byte = s->origin.byte;
        session_note_jump(s);
        s->reading.segment = found.segment;
        s->reading.byte = found.byte;
    }
}

static void finish_speaker(struct session *s, const char *query)
{
    if (*query == '\0' && s->candidate_count == 0)
        return;
    if (s->candidate_count == 0) {
        session_error(s, "nobody matches");
        return;
    }
    session_solo(s, s->candidates[s->candidate]);
}

/* "turn-next", "5 turn-next", "theme dark", "q". */
static void finish_command(struct session *s, const char *line)
{
    struct error err;

    if (*line != '\0' && !session_run(s, line, &err))
        tell(s, &err);
}

static void finish(struct session *s)
{
    char *line = memory_strdup(buffer_string(&s->prompt.text));
    struct prompt_history *history = history_of(s, s->prompt_kind);
    struct error err;

    s->mode = MODE_READ;
    if (history != NULL)
        prompt_history_add(history, line);
    switch (s->prompt_kind) {
    case PROMPT_TIME:
        if (*line != '\0' && !session_go_to_time(s, line, &err))
            tell(s, &err);
        break;
    case PROMPT_SPEAKER:
        finish_speaker(s, line);
        break;
    case PROMPT_SEARCH:
    case PROMPT_SEARCH_BACK:
        finish_search(s, line);
        break;
    case PROMPT_NARROW:
        if (!session_narrow(s, line, &err))
            tell(s, &err);
        break;
    case PROMPT_NOTE:
        session_take_note(s, s->origin.segment, line);
        break;
    case PROMPT_COMMAND:
    case PROMPT_KIND_COUNT:
        finish_command(s, line);
        break;
    }
    free(line);
}

static void give_up(struct session *s)
{
    s->mode = MODE_READ;
    if (is_search(s->prompt_kind)) {
        session_search_clear(s);
        if (s->origin.segment != SEGMENT_NONE)
            session_go(s, s->origin, false);
    }
}

static void choose_candidate(struct session *s, uint32_t code)
{
    if (s->prompt_kind != PROMPT_SPEAKER || s->candidate_count == 0)
        return;
    if (code == KEY_CODE_UP || code == KEY_CODE_BACKTAB || code == ('P' & 31))
        s->candidate = (s->candidate + s->candidate_count - 1) % s->candidate_count;
    else if (code == KEY_CODE_DOWN || code == KEY_CODE_TAB || code == ('N' & 31))
        s->candidate = (s->candidate + 1) % s->candidate_count;
}

/* Tab ends the name of an action. */
static void complete_command(struct session *s)
{
    const char *name = command_line_complete(buffer_string(&s->prompt.text));

    if (name != NULL)
        prompt_start(&s->prompt, history_of(s, PROMPT_COMMAND), name);
}

void session_prompt_key(struct session *s, struct key key)
{
    switch (prompt_key(&s->prompt, key)) {
    case PROMPT_CHANGED:
        if (is_search(s->prompt_kind))
            search_as_typed(s);
        else if (s->prompt_kind == PROMPT_SPEAKER)
            find_candidates(s);
        break;
    case PROMPT_DONE:
        finish(s);
        break;
    case PROMPT_GIVEN_UP:
        give_up(s);
        break;
    case PROMPT_UNUSED:
        if (s->prompt_kind == PROMPT_COMMAND && key.code == KEY_CODE_TAB)
            complete_command(s);
        else
            choose_candidate(s, key.code);
        break;
    case PROMPT_MOVED:
        break;
    }
}

static void draw_candidate(struct session *s, struct grid *g, const struct area *a, int row,
                           uint32_t number)
{
    const struct speaker *speaker = transcript_speaker_at(s->transcript, number);
    struct style style = {.role = ROLE_SPEAKER, .accent = speaker_color(s->transcript, number)};
    int column;

    grid_fill(g, a, row, 0, a->columns, " ", (struct style){.role = ROLE_TEXT});
    column = grid_text(g, a, row, 1, s->reading.width, speaker->name, strlen(speaker->name),
                       style, true);
    if (speaker->role != NULL)
        grid_text(g, a, row, column + 2, s->reading.width, speaker->role, strlen(speaker->role),
                  (struct style){.role = ROLE_DIM}, true);
}

/* As many as leave a row of the page in sight; the chosen one is always among them. */
static void draw_candidates(struct session *s, struct grid *g)
{
    struct area a = s->layout.body;
    int count = (int)s->candidate_count;
    int rows = count < a.rows - 1 ? count : a.rows - 1;
    int top = (int)s->candidate < rows ? 0 : (int)s->candidate - rows + 1;
    int i;

    a.row += a.rows - rows;
    a.rows = rows;
    for (i = 0; i < rows; i++) {
        draw_candidate(s, g, &a, i, s->candidates[top + i]);
        if (top + i == (int)s->candidate)
            grid_over(g, &a, i, OVER_CURSOR);
    }
}

/* What stands at the right: an error, a count, else how to use the prompt. */
static void draw_side(struct session *s, struct grid *g, int from)
{
    const struct area *a = &s->layout.status;
    char count[64];
    const char *text = hints[s->prompt_kind];
    struct style style = {.role = ROLE_DIM};
    int columns;

    if (s->prompt_error[0] != '\0') {
        text = s->prompt_error;
        style.role = ROLE_STATUS_ERROR;
    } else if (is_search(s->prompt_kind) && s->search != NULL) {
        session_search_count(s, count, sizeof count);
        text = count;
    } else if (s->prompt_kind == PROMPT_SPEAKER && s->candidate_count == 0 &&
               s->prompt.text.bytes > 0) {
        text = "nobody matches";
    }
    columns = display_columns(s->reading.width, text, strlen(text));
    if (from + columns + 3 <= a->columns)
        grid_string(g, a, 0, a->columns - columns - 1, s->reading.width, text, style);
}

void session_prompt_draw(struct session *s, struct grid *g)
{
    const struct area *a = &s->layout.status;
    int column;

    grid_fill(g, a, 0, 0, a->columns, " ", (struct style){.role = ROLE_PROMPT});
    if (s->prompt_kind == PROMPT_SPEAKER)
        draw_candidates(s, g);
    column = prompt_draw(&s->prompt, g, a, s->reading.width, labels[s->prompt_kind]);
    draw_side(s, g, column);
}

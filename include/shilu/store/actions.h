/* Actions: everything that a key can do, one row each. The enum, the default keys, the help,
 * the hints in the status line, the names that `:` takes and the manual's list come from here.
 *
 * X(ID, name, default keys parted by spaces, group, what it does) */
#ifndef SHILU_STORE_ACTIONS_H
#define SHILU_STORE_ACTIONS_H

#include <stdbool.h>
#include <stdio.h>

#define ACTIONS(X)                                                                          \
    X(LINE_DOWN, "line-down", "j Down e ^E ^N Enter", MOVE, "down a line")                  \
    X(LINE_UP, "line-up", "k Up ^Y ^P", MOVE, "up a line")                                  \
    X(HALF_DOWN, "half-page-down", "d ^D", MOVE, "down half a page")                        \
    X(HALF_UP, "half-page-up", "u ^U", MOVE, "up half a page")                              \
    X(PAGE_DOWN, "page-down", "Space ^F PgDn", MOVE, "down a page")                         \
    X(PAGE_UP, "page-up", "b ^B PgUp", MOVE, "up a page")                                   \
    X(TOP, "top", "g < Home", MOVE, "to the first line, or to a turn by number")            \
    X(BOTTOM, "bottom", "G > End", MOVE, "to the last line, or to a turn by number")        \
    X(TURN_NEXT, "turn-next", "} J", GO, "next turn")                                       \
    X(TURN_PREVIOUS, "turn-previous", "{ K", GO, "previous turn")                           \
    X(EXCHANGE_NEXT, "exchange-next", "]", GO, "next question")                             \
    X(EXCHANGE_PREVIOUS, "exchange-previous", "[", GO, "previous question")                 \
    X(SAME_NEXT, "same-speaker-next", ")", GO, "next turn of the same speaker")             \
    X(SAME_PREVIOUS, "same-speaker-previous", "(", GO, "previous turn of the same speaker") \
    X(TIME, "time", "t", GO, "go to a time: 10:25, +5m, -30s, 50%")                         \
    X(PERCENT, "percent", "%", GO, "to that percentage of the record")                      \
    X(FOLLOW, "follow", "F", GO, "follow a record that grows; Esc or ^C stops")             \
    X(BACK, "jump-back", "^O", GO, "back to where you jumped from")                         \
    X(FORTH, "jump-forth", "M-o", GO, "forth again")                                        \
    X(MARK, "mark", "m", GO, "mark this place with a letter")                               \
    X(MARK_GO, "mark-go", "'", GO, "go to a mark; '' back to before the jump")              \
    X(NOTE, "note", "M", GO, "note something about this segment")                           \
    X(NOTES, "notes", "", GO, "list all notes")                                             \
    X(SPEAKER, "speaker", "s", SPEAKER, "find a speaker and read only them")                \
    X(SOLO, "solo", "f", SPEAKER, "read only this speaker, or everyone again")              \
    X(SOLO_ADD, "solo-add", "+", SPEAKER, "read this speaker too")                          \
    X(MUTE, "mute", "x", SPEAKER, "hide this speaker, or show them again")                  \
    X(ALL, "all", "a", SPEAKER, "read everyone")                                            \
    X(SEARCH, "search", "/", SEARCH, "search forward")                                      \
    X(SEARCH_BACK, "search-back", "?", SEARCH, "search backward")                           \
    X(HIT_NEXT, "hit-next", "n", SEARCH, "next hit")                                        \
    X(HIT_PREVIOUS, "hit-previous", "N", SEARCH, "previous hit")                            \
    X(CLEAR, "clear", "Esc", SEARCH, "clear the search, or leave what is open")             \
    X(LIST, "list", "L", SEARCH, "list all hits")                                           \
    X(NARROW, "narrow", "&", SEARCH, "show only what matches; empty: everything")           \
    X(COPY, "copy", "y", COPY, "copy this turn")                                            \
    X(SELECT, "select", "v", COPY, "start to select; y copies")                             \
    X(CITE, "cite", "Y", COPY, "copy with speaker, role, time and title")                   \
    X(PANE_NEXT, "pane-next", "Tab", SCREEN, "next pane")                                   \
    X(PANE_PREVIOUS, "pane-previous", "S-Tab", SCREEN, "previous pane")                     \
    X(PANE_SPEAKERS, "pane-speakers", "1", SCREEN, "the speakers")                          \
    X(PANE_TIMELINE, "pane-timeline", "2", SCREEN, "the timeline")                          \
    X(PANE_TEXT, "pane-text", "3", SCREEN, "the text")                                      \
    X(ZOOM, "zoom", "O", SCREEN, "this pane alone, or all of them")                         \
    X(WIDTH, "width", "W", SCREEN, "width of the lines: 76 columns, all, or a number")      \
    X(REPEATS, "repeats", "R", SCREEN, "unfold what a recogniser repeats, or fold it")      \
    X(LANES, "lanes", "T", SCREEN, "one row a speaker across the whole time")               \
    X(THEME, "theme", "", SCREEN, "another theme, by name")                                 \
    X(MOUSE, "mouse", "", SCREEN, "take the mouse, or leave it to the terminal")            \
    X(REDRAW, "redraw", "^L", SCREEN, "draw the screen anew")                               \
    X(OPEN, "open", "o Right", LIBRARY, "library: read what is chosen; so does Enter")      \
    X(SORT, "sort", "S", LIBRARY, "library: sort by the next column")                       \
    X(SORT_REVERSE, "sort-reverse", "r", LIBRARY, "library: sort the other way round")      \
    X(COMMAND, "command", ":", PROGRAM, "run an action by its name")                        \
    X(HELP, "help", "F1 h", PROGRAM, "this help")                                           \
    X(PROBLEMS, "problems", "", PROGRAM, "what was found wrong with the file")              \
    X(SUSPEND, "suspend", "^Z", PROGRAM, "back to the shell for a while")                   \
    X(QUIT, "quit", "q", PROGRAM, "leave what is open, or shilu")                           \
    X(QUIT_ALL, "quit-all", "Q ^C", PROGRAM, "leave shilu")

enum action {
    ACTION_NONE = -1,
#define ACTION_ENUM(id, name, keys, group, help) ACTION_##id,
    ACTIONS(ACTION_ENUM)
#undef ACTION_ENUM
        ACTION_COUNT
};

enum action_group {
    GROUP_MOVE,
    GROUP_GO,
    GROUP_SPEAKER,
    GROUP_SEARCH,
    GROUP_COPY,
    GROUP_SCREEN,
    GROUP_LIBRARY,
    GROUP_PROGRAM,
    GROUP_COUNT
};

struct action_row {
    const char *name;
    const char *keys;
    enum action_group group;
    const char *help;
};

const struct action_row *action_row(enum action action);
const char *action_group_title(enum action_group group);

/* ACTION_NONE for an unknown name; *near is then the nearest one. */
enum action action_by_name(const char *name, size_t bytes, const char **near);

/* The keys section of the manual, in mdoc. */
void actions_print_manual(FILE *out);

#endif

/* Actions: everything that a key can do, one row each. The enum, the default keys, the
 * functions, the help, the hints in the last line, the names after `:` and the manual's list
 * come from here.
 *
 * X(SCOPE, ID, name, default keys separated by spaces, group, function, argument, flags, help)
 *
 * SCOPE says which screens have it, and which file turns the row into a call: ANY (ui/ui.c),
 * RECORD (session/session_actions.c), LIBRARY (library/library_session_actions.c). One function
 * serves several rows by its argument. */
#ifndef SHILU_STORE_ACTIONS_H
#define SHILU_STORE_ACTIONS_H

#include <stdbool.h>
#include <stdio.h>

enum action_flags {
    ACTION_WORDS = 1,  /* takes an argument other than a number: `:theme dark` */
    ACTION_PLACE = 2,  /* needs a place to work on: no effect in an empty record */
    ACTION_CHOICE = 4, /* continues with the speaker chosen in the speaker pane */
    ACTION_LISTS = 8   /* keeps a list open that covers the panes */
};

/* clang-format off */
#define ACTIONS(X)                                                                           \
    X(ANY, LINE_DOWN, "line-down", "j Down ^E ^N ^J Enter", MOVE, ui_go, MOVE_LINE, 0,          \
      "down a line")                                                                         \
    X(ANY, LINE_UP, "line-up", "k Up ^Y ^P ^K", MOVE, ui_go, MOVE_LINE | MOVE_BACK, 0,          \
      "up a line")                                                                           \
    X(ANY, HALF_DOWN, "half-page-down", "d ^D", MOVE, ui_go, MOVE_HALF_PAGE, 0,              \
      "down half a page")                                                                    \
    X(ANY, HALF_UP, "half-page-up", "u ^U", MOVE, ui_go, MOVE_HALF_PAGE | MOVE_BACK, 0,      \
      "up half a page")                                                                      \
    X(ANY, PAGE_DOWN, "page-down", "Space ^F PgDn", MOVE, ui_go, MOVE_PAGE, 0,               \
      "down a page")                                                                         \
    X(ANY, PAGE_UP, "page-up", "b ^B PgUp", MOVE, ui_go, MOVE_PAGE | MOVE_BACK, 0,           \
      "up a page")                                                                           \
    X(ANY, TOP, "top", "g < Home", MOVE, ui_go, MOVE_END | MOVE_BACK, 0,                     \
      "to the first line, or to a turn by number")                                           \
    X(ANY, BOTTOM, "bottom", "G > End", MOVE, ui_go, MOVE_END, 0,                            \
      "to the last line, or to a turn by number")                                            \
    X(ANY, TURN_NEXT, "turn-next", "} J", GO, ui_go, MOVE_TURN, 0, "next turn")              \
    X(ANY, TURN_PREVIOUS, "turn-previous", "{ K", GO, ui_go, MOVE_TURN | MOVE_BACK, 0,       \
      "previous turn")                                                                       \
    X(ANY, EXCHANGE_NEXT, "exchange-next", "]", GO, ui_go, MOVE_QUESTION, 0,                 \
      "next question")                                                                       \
    X(ANY, EXCHANGE_PREVIOUS, "exchange-previous", "[", GO, ui_go,                           \
      MOVE_QUESTION | MOVE_BACK, 0, "previous question")                                     \
    X(ANY, HEADING_NEXT, "heading-next", ".", GO, ui_go, MOVE_HEADING, 0,                    \
      "next heading of the record")                                                          \
    X(ANY, HEADING_PREVIOUS, "heading-previous", ",", GO, ui_go, MOVE_HEADING | MOVE_BACK,   \
      0, "previous heading")                                                                 \
    X(ANY, SAME_NEXT, "same-speaker-next", ")", GO, ui_go, MOVE_SAME_SPEAKER, 0,             \
      "next turn of the same speaker")                                                       \
    X(ANY, SAME_PREVIOUS, "same-speaker-previous", "(", GO, ui_go,                           \
      MOVE_SAME_SPEAKER | MOVE_BACK, 0, "previous turn of the same speaker")                 \
    X(ANY, TIME, "time", "t", GO, ui_prompt, PROMPT_TIME, ACTION_WORDS,                      \
      "go to a time: 10:25, +5m, -30s, 50%; or to Q5")                                       \
    X(ANY, PERCENT, "percent", "%", GO, ui_go, MOVE_PERCENT, 0,                              \
      "go to that percentage of the record")                                                    \
    X(RECORD, OUTLINE, "outline", "I", GO, session_open_outline, 0, ACTION_PLACE,            \
      "list the headings, questions and numbered points")                                    \
    X(RECORD, ONLY_QUESTION, "only-question", "i", GO, session_only_question, 0,             \
      ACTION_PLACE, "read only this question and its answers, or all again")                 \
    X(RECORD, FIGURES, "figures", "", GO, session_open_figures, 0, ACTION_PLACE,             \
      "list the numbers, dates and names mentioned")                                   \
    X(RECORD, WHERE, "where", "= ^G", GO, session_where, 0, ACTION_PLACE,                    \
      "show the full position")                                                           \
    X(RECORD, FOLLOW, "follow", "F", GO, session_start_following, 0, 0,                      \
      "follow a record that grows; Esc or ^C stops")                                         \
    X(RECORD, BACK, "jump-back", "^O", GO, session_travel, -1, 0,                            \
      "back to where you jumped from")                                                       \
    X(RECORD, FORTH, "jump-forth", "M-o", GO, session_travel, 1, 0, "forward again")           \
    X(RECORD, MARK, "mark", "m", GO, session_mark, 0, ACTION_PLACE,                          \
      "mark this place with a letter")                                                       \
    X(RECORD, MARK_GO, "mark-go", "'", GO, session_mark_go, 0, 0,                            \
      "go to a mark; '' back to before the jump")                                            \
    X(RECORD, MARKS, "marks", "`", GO, session_open_overlay, OVERLAY_MARKS, 0,               \
      "list all marks")                                                                      \
    X(ANY, NOTE, "note", "M", GO, ui_prompt, PROMPT_NOTE, ACTION_PLACE | ACTION_WORDS,       \
      "write a note on this segment")                                                   \
    X(RECORD, NOTES, "notes", "", GO, session_open_notes, 0, ACTION_WORDS,                   \
      "list all notes, or those with a #tag")                                                \
    X(ANY, ALL_NOTES, "all-notes", "", GO, ui_all_notes, 0, ACTION_WORDS,                    \
      "list the notes of all records, or those with a #tag")                                 \
    X(RECORD, CORRECT, "correct", "e", CORRECT, session_correct, 0, ACTION_PLACE,            \
      "correct this paragraph in $VISUAL; the source is not touched")                        \
    X(RECORD, CORRECT_SPEAKER, "correct-speaker", "S", CORRECT, session_correct_by_prompt,   \
      PROMPT_CORRECT_SPEAKER, ACTION_PLACE | ACTION_WORDS,                                   \
      "correct who says this turn, or what is selected")                                     \
    X(RECORD, CORRECT_TIME, "correct-time", "@", CORRECT, session_correct_by_prompt,         \
      PROMPT_CORRECT_TIME, ACTION_PLACE | ACTION_WORDS, "correct when this starts")          \
    X(RECORD, UNDO, "undo", "U", CORRECT, session_undo, 0, 0, "undo the last correction")    \
    X(RECORD, REDO, "redo", "^R", CORRECT, session_undo, 1, 0,                               \
      "redo what was undone")                                                            \
    X(RECORD, CORRECTIONS, "corrections", "", CORRECT, session_open_corrections, 0, 0,       \
      "list all corrections, and choose where the source has changed")                       \
    X(ANY, SPEAKER, "speaker", "s", SPEAKER, ui_prompt, PROMPT_SPEAKER, ACTION_WORDS,        \
      "find a speaker and read only them")                                                   \
    X(RECORD, SOLO, "solo", "f", SPEAKER, session_solo, 0, ACTION_CHOICE,                    \
      "read only this speaker, or everyone again")                                           \
    X(RECORD, SOLO_ADD, "solo-add", "+", SPEAKER, session_solo_add, 0, ACTION_CHOICE,        \
      "read this speaker too")                                                               \
    X(RECORD, MUTE, "mute", "x", SPEAKER, session_mute, 0, ACTION_CHOICE,                    \
      "hide this speaker, or show them again")                                               \
    X(RECORD, ALL, "all", "a", SPEAKER, session_all, 0, 0,                                   \
      "show all speakers, and all that & has hidden")                                     \
    X(RECORD, RENAME, "rename", "", SPEAKER, session_rename, 0,                              \
      ACTION_WORDS | ACTION_CHOICE,                                                          \
      "rename this speaker; another speaker's name merges the two")                      \
    X(RECORD, RENAME_BACK, "rename-back", "", SPEAKER, session_rename_back, 0, 0,            \
      "undo the last renaming")                                                         \
    X(ANY, SEARCH, "search", "/", SEARCH, ui_prompt, PROMPT_SEARCH, ACTION_WORDS,            \
      "search forward")                                                                      \
    X(ANY, SEARCH_BACK, "search-back", "?", SEARCH, ui_prompt, PROMPT_SEARCH_BACK,           \
      ACTION_WORDS, "search backward")                                                       \
    X(RECORD, WORD_NEXT, "word-next", "*", SEARCH, session_search_word, 1, ACTION_PLACE,     \
      "search for the word at the reading row, or the selection")                     \
    X(RECORD, WORD_PREVIOUS, "word-previous", "#", SEARCH, session_search_word, -1,          \
      ACTION_PLACE, "search backward for it")                                                    \
    X(ANY, HIT_NEXT, "hit-next", "n", SEARCH, ui_go, MOVE_HIT, ACTION_LISTS, "next hit")     \
    X(ANY, HIT_PREVIOUS, "hit-previous", "N", SEARCH, ui_go, MOVE_HIT | MOVE_BACK,           \
      ACTION_LISTS, "previous hit")                                                          \
    X(ANY, CLEAR, "clear", "Esc", SEARCH, ui_clear, 0, ACTION_LISTS,                         \
      "clear the search, or close what is open")                                             \
    X(ANY, LIST, "list", "L", SEARCH, ui_list, 0, ACTION_LISTS, "list all hits")             \
    X(ANY, NARROW, "narrow", "&", SEARCH, ui_prompt, PROMPT_NARROW, ACTION_WORDS,            \
      "show only what matches; empty: everything")                                           \
    X(RECORD, COPY, "copy", "y", COPY, session_copy, 0, ACTION_PLACE,                        \
      "copy the selection, or the sentence at the reading row")                         \
    X(RECORD, CITE, "cite", "Y", COPY, session_copy, 1, ACTION_PLACE | ACTION_WORDS,         \
      "copy with speakers, time, title and source")                                      \
    X(RECORD, QUOTE, "quote", "c", COPY, session_add_quote, 0, ACTION_PLACE,                 \
      "add it, with its source, to the quotes")                                          \
    X(ANY, QUOTES, "quotes", "C", COPY, ui_quotes, 0, 0, "list the quotes of all records")   \
    X(ANY, QUOTES_EXPORT, "quotes-export", "", COPY, ui_export_quotes, 0, ACTION_WORDS,      \
      "write all quotes to a file as Markdown")                                            \
    X(RECORD, WRITE, "write", "w", COPY, session_write, 0, ACTION_WORDS | ACTION_PLACE,      \
      "save what is shown to a file; its name gives the format")                            \
    X(RECORD, SELECT, "select", "v", COPY, session_select, SELECT_SENTENCE, ACTION_PLACE,    \
      "select this sentence; again: paragraph, turn, row")                                   \
    X(RECORD, SELECT_PARAGRAPH, "select-paragraph", "V", COPY, session_select,               \
      SELECT_PARAGRAPH, ACTION_PLACE,                                                        \
      "select this paragraph; j k, ( ), { }, [ ] then move its end")                         \
    X(RECORD, WORD_RIGHT, "word-right", "Right", COPY, session_by_word, 1, ACTION_PLACE,     \
      "move the end of the selection by a word")                                          \
    X(RECORD, WORD_LEFT, "word-left", "Left", COPY, session_by_word, -1, ACTION_PLACE,       \
      "move the end of the selection back by a word")                                                                      \
    X(RECORD, SWAP_ENDS, "swap-ends", "o", COPY, session_swap_ends, 0, ACTION_PLACE,         \
      "move the other end of the selection")                                                                  \
    X(RECORD, PANE_NEXT, "pane-next", "Tab", SCREEN, session_pane_by, 1, 0, "next pane")     \
    X(RECORD, PANE_PREVIOUS, "pane-previous", "S-Tab", SCREEN, session_pane_by, -1, 0,       \
      "previous pane")                                                                       \
    X(RECORD, PANE_SPEAKERS, "pane-speakers", "M-1", SCREEN, session_pane, PANE_SPEAKERS, 0, \
      "go to the speakers pane")                                                                        \
    X(RECORD, PANE_TIMELINE, "pane-timeline", "M-2", SCREEN, session_pane, PANE_TIMELINE, 0, \
      "go to the timeline pane")                                                                        \
    X(RECORD, PANE_TEXT, "pane-text", "M-3", SCREEN, session_pane, PANE_TEXT, 0, "go to the text pane") \
    X(RECORD, ZOOM, "zoom", "O", SCREEN, session_zoom, 0, 0,                                 \
      "show only this pane, or all")                                                     \
    X(RECORD, WIDTH, "width", "W", SCREEN, session_width, 0, 0,                              \
      "line width: 76 columns, the full width, or a number")                                    \
    X(RECORD, PUT_ROW, "put-row", "z", SCREEN, session_put_row, 0, ACTION_PLACE,             \
      "bring the reading row to the top (t), the middle (z) or the bottom (b)")              \
    X(RECORD, REPEATS, "repeats", "R", SCREEN, session_repeats, 0, 0,                        \
      "unfold or fold text that a recogniser repeated")                                        \
    X(RECORD, LANES, "lanes", "T", SCREEN, session_lanes, 0, 0,                              \
      "one row per speaker across the whole time")                                             \
    X(RECORD, PLAIN, "plain", "", SCREEN, session_plain, 0, 0,                               \
      "the text alone, for screen readers, or the panes again")                              \
    X(ANY, THEME, "theme", "", SCREEN, ui_theme, 0, ACTION_WORDS | ACTION_LISTS,             \
      "switch to a theme by name")                                                              \
    X(ANY, MOUSE, "mouse", "", SCREEN, ui_mouse, 0, ACTION_LISTS,                            \
      "use the mouse here, or leave it to the terminal")                                         \
    X(ANY, REDRAW, "redraw", "^L", SCREEN, ui_redraw, 0, ACTION_CHOICE | ACTION_LISTS,       \
      "redraw the screen")                                                                \
    X(LIBRARY, OPEN, "open", "o Right", LIBRARY, library_session_open, 0, 0,                 \
      "library: open the chosen transcript, like Enter")                                         \
    X(LIBRARY, SORT, "sort", "S", LIBRARY, library_session_sort_next, 0, ACTION_WORDS,       \
      "library: sort by the next column")                                                    \
    X(LIBRARY, SORT_REVERSE, "sort-reverse", "r", LIBRARY, library_session_reverse, 0, 0,    \
      "library: reverse the order")                                                   \
    X(LIBRARY, UNREADABLE, "unreadable", "X", LIBRARY, library_session_unreadable, 0, 0,     \
      "library: list unreadable files and why; again: all")                              \
    X(ANY, COMMAND, "command", ":", PROGRAM, ui_prompt, PROMPT_COMMAND,                      \
      ACTION_WORDS | ACTION_LISTS, "run an action by its name")                              \
    X(ANY, HELP, "help", "F1 h", PROGRAM, ui_help, 0, ACTION_LISTS, "this help")             \
    X(ANY, EDIT, "edit", "E", PROGRAM, ui_edit, 0, 0,                                        \
      "open the file in $VISUAL at this place")                                              \
    X(ANY, PIPE, "pipe", "|", PROGRAM, ui_prompt, PROMPT_PIPE, ACTION_WORDS,                 \
      "pipe the selection, the record, or the list to a command")                            \
    X(ANY, RUN, "run", "!", PROGRAM, ui_prompt, PROMPT_RUN, ACTION_WORDS,                    \
      "run a command on this place")                                                         \
    X(ANY, PLAY, "play", "P", PROGRAM, ui_play, 0, 0,                                        \
      "run the configured command at this place")                                            \
    X(RECORD, PROBLEMS, "problems", "", PROGRAM, session_open_overlay, OVERLAY_PROBLEMS, 0,  \
      "list the problems found in the file")                                                  \
    X(ANY, SUSPEND, "suspend", "^Z", PROGRAM, ui_suspend, 0, ACTION_LISTS,                   \
      "suspend to the shell")                                                       \
    X(ANY, QUIT, "quit", "q", PROGRAM, ui_quit, 0, ACTION_LISTS,                             \
      "close what is open, or quit")                                                        \
    X(ANY, QUIT_ALL, "quit-all", "Q ^C", PROGRAM, ui_quit, 1, ACTION_LISTS, "quit shilu")
/* clang-format on */

enum action {
    ACTION_NONE = -1,
#define ACTION_ENUM(scope, id, ...) ACTION_##id,
    ACTIONS(ACTION_ENUM)
#undef ACTION_ENUM
        ACTION_COUNT
};

enum action_scope { SCOPE_ANY, SCOPE_RECORD, SCOPE_LIBRARY };

enum action_group {
    GROUP_MOVE,
    GROUP_GO,
    GROUP_SPEAKER,
    GROUP_SEARCH,
    GROUP_COPY,
    GROUP_CORRECT,
    GROUP_SCREEN,
    GROUP_LIBRARY,
    GROUP_PROGRAM,
    GROUP_COUNT
};

struct action_row {
    const char *name;
    const char *keys;
    const char *help;
    enum action_scope scope;
    enum action_group group;
    unsigned flags; /* enum action_flags */
};

const struct action_row *action_row(enum action action);
const char *action_group_title(enum action_group group);

/* ACTION_NONE for an unknown name; *near is then a similar name, or NULL. */
enum action action_by_name(const char *name, size_t bytes, const char **near);

/* Print the manual's section on keys, in mdoc. */
void actions_print_manual(FILE *out);

#endif

/* Command line: what is typed after `:`. "turn-next", "5 turn-next", "theme dark", "120", "q".
 */
#ifndef SHILU_UI_COMMAND_LINE_H
#define SHILU_UI_COMMAND_LINE_H

#include "shilu/base/error.h"
#include "shilu/store/actions.h"

struct command_line {
    enum action action; /* ACTION_NONE for a number alone, or nothing */
    bool has_count;
    long count;           /* the number in front */
    const char *argument; /* the rest of the line; "" if there is none */
    bool leaves;          /* as in vi, whatever is open: "q", "q!", "quit" */
    bool leaves_all;      /* "Q", "qa" */
};

bool command_line_parse(const char *line, struct command_line *command, struct error *err);

/* The argument as a number of at least 0. */
bool command_line_number(const struct command_line *command, long *number, struct error *err);

#endif

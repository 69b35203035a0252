/* Command line. */
#include "shilu/ui/command_line.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/span.h"

static bool is_leaving(const char *word, size_t bytes)
{
    static const char *const words[] = {"q", "q!", "Q", "qa", "quit", NULL};

    return span_is_any(span_of(word, bytes), words);
}

bool command_line_parse(const char *line, struct command_line *command, struct error *err)
{
    const char *near;
    size_t bytes;

    *command = (struct command_line){.action = ACTION_NONE, .argument = ""};
    line += strspn(line, " :");
    if (*line >= '0' && *line <= '9') {
        char *rest;

        command->has_count = true;
        command->count = strtol(line, &rest, 10);
        line = rest + strspn(rest, " ");
    }
    bytes = strcspn(line, " ");
    if (bytes == 0)
        return true;
    if (is_leaving(line, bytes)) {
        command->leaves = true;
        command->leaves_all = line[0] == 'Q' || (bytes == 2 && line[1] == 'a');
        return true;
    }
    command->action = action_by_name(line, bytes, &near);
    if (command->action == ACTION_NONE && near != NULL)
        return error_set(err, ERROR_USAGE, "no action '%.*s'; did you mean '%s'?",
                         (int)(bytes < 40 ? bytes : 40), line, near);
    if (command->action == ACTION_NONE)
        return error_set(err, ERROR_USAGE, "no action '%.*s'", (int)(bytes < 40 ? bytes : 40),
                         line);
    command->argument = line + bytes + strspn(line + bytes, " ");
    return true;
}

bool command_line_number(const struct command_line *command, long *number, struct error *err)
{
    if (strspn(command->argument, "0123456789") != strlen(command->argument))
        return error_set(err, ERROR_USAGE, "'%.40s' is not a number", command->argument);
    *number = strtol(command->argument, NULL, 10);
    return true;
}

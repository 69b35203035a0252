/* The commands `help` and `version`. */
#include "shilu/commands/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/cli/manual.h"
#include "shilu/cli/output.h"
#include "shilu/cli/report.h"

static bool is_on_path(const char *program)
{
    const char *folder = getenv("PATH");

    while (folder != NULL && *folder != '\0') {
        size_t bytes = strcspn(folder, ":");
        struct buffer path = {0};
        bool found;

        buffer_append_format(&path, "%.*s/%s", (int)bytes, folder, program);
        found = access(buffer_string(&path), X_OK) == 0;
        buffer_release(&path);
        if (found)
            return true;
        folder += bytes + (folder[bytes] == ':');
    }
    return false;
}

static const char *pager_command(void)
{
    const char *pager = getenv("PAGER");

    if (pager != NULL && pager[0] != '\0')
        return strcmp(pager, "cat") == 0 ? NULL : pager;
    return is_on_path("less") ? "less" : NULL;
}

/* False if no pager accepted the text. */
static bool show_in_pager(const char *text)
{
    const char *command = pager_command();
    FILE *pager;
    int status;

    if (command == NULL)
        return false;
    setenv("LESS", "FRX", 0); /* as git does: leave text that fits on the screen */
    fflush(stdout);
    pager = popen(command, "w");
    if (pager == NULL)
        return false;
    fputs(text, pager);
    status = pclose(pager);
    return status != -1 && !(WIFEXITED(status) && WEXITSTATUS(status) >= 126);
}

static void show(const char *text)
{
    bool on_terminal = isatty(STDOUT_FILENO);

    if (on_terminal && show_in_pager(text))
        return;
    manual_print(stdout, text, on_terminal ? MANUAL_ANSI : MANUAL_PLAIN);
}

/* The options of a command, after its text from the manual. */
static void append_options(struct buffer *out, const char *command)
{
    char *text = NULL;
    size_t bytes = 0;
    FILE *stream = open_memstream(&text, &bytes);

    if (stream == NULL)
        return;
    options_help(stream, command);
    fclose(stream);
    buffer_append_char(out, '\n');
    buffer_append_string(out, text);
    free(text);
}

static int finish(int status)
{
    struct output out;

    output_standard(&out);
    return output_finish(&out, status);
}

int command_help(const struct options *o)
{
    const char *topic = o->path_count > 0 ? o->paths[0] : NULL;
    struct buffer text = {0};
    struct error err;
    bool found = manual_append(&text, topic, &err);

    if (found && topic != NULL && options_command_number(topic) > 0)
        append_options(&text, topic);
    if (found)
        show(buffer_string(&text));
    else
        report_now(NULL, &err);
    buffer_release(&text);
    return finish(found ? EXIT_DONE : EXIT_TROUBLE);
}

int command_version(const struct options *o)
{
    (void)o;
    options_version(stdout);
    return finish(EXIT_DONE);
}

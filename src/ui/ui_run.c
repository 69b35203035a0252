/* UI: other programs: an editor at the current place, a command that reads what the screen
 * gives it, a command that gets the place. */
#include <string.h>

#include "shilu/base/translate.h"
#include "ui/ui_private.h"

void ui_place_release(struct ui_place *place)
{
    quote_release(&place->quote);
    buffer_release(&place->time);
}

void ui_append_quoted(struct buffer *out, const char *text)
{
    buffer_append_char(out, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            buffer_append_string(out, "'\\'");
        buffer_append_char(out, *text);
    }
    buffer_append_char(out, '\'');
}

void ui_append_editor(struct buffer *out, size_t line, const char *path)
{
    buffer_append_string(out, "set -- ");
    if (line > 0)
        buffer_append_format(out, "+%zu ", line);
    ui_append_quoted(out, path);
    buffer_append_string(out, "; eval \"${VISUAL:-${EDITOR:-vi}} \\\"\\$@\\\"\"");
}

static void run(struct ui *ui, const char *command, const struct buffer *input, bool waits)
{
    struct error err;

    if (ui->host.run == NULL)
        ui_error(ui, "no program can be run here");
    else if (!ui->host.run(ui->host.context, command,
                           input != NULL ? buffer_string(input) : NULL,
                           input != NULL ? input->bytes : 0, waits, &err))
        ui_error(ui, err.message);
}

/* False, with a message, if the screen has no current place. */
static bool place_of(struct ui *ui, struct ui_place *place)
{
    *place = (struct ui_place){.line = 0};
    if (ui->ops->place(ui, place))
        return true;
    ui_place_release(place);
    ui_error(ui, "there is nothing here");
    return false;
}

void ui_edit(struct ui *ui, const struct ui_call *call, int argument)
{
    struct buffer command = {0};
    struct ui_place place;

    if (!place_of(ui, &place))
        return;
    if (strcmp(buffer_string(&place.quote.path), "-") == 0) {
        ui_error(ui, "standard input is not a file");
    } else {
        ui_append_editor(&command, place.line > 0 ? place.line : 1,
                         buffer_string(&place.quote.path));
        run(ui, buffer_string(&command), NULL, false);
    }
    buffer_release(&command);
    ui_place_release(&place);
}

/* -------------------------------------------------------------------------- the commands */

/* {path} {time} {url} {title} {speaker} {quote}, each quoted for the shell; a time is in
 * seconds from the start of a recording, or a time of day. */
static void append_field(const struct ui_place *place, const char *name, size_t bytes,
                         struct buffer *out)
{
    const struct {
        const char *name;
        const struct buffer *value;
    } fields[] = {
        {"path", &place->quote.path},        {"time", &place->time},
        {"url", &place->quote.url},          {"title", &place->quote.title},
        {"speaker", &place->quote.speakers}, {"quote", &place->quote.words},
    };

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (strlen(fields[i].name) == bytes && memcmp(fields[i].name, name, bytes) == 0) {
            ui_append_quoted(out, buffer_string(fields[i].value));
            return;
        }
    }
    buffer_append_format(out, "{%.*s}", (int)bytes, name); /* not a field: left to the shell */
}

static void expand(const struct ui_place *place, const char *command, struct buffer *out)
{
    for (; *command != '\0'; command++) {
        const char *close = *command == '{' ? strchr(command, '}') : NULL;

        if (close == NULL) {
            buffer_append_char(out, *command);
            continue;
        }
        append_field(place, command + 1, (size_t)(close - command) - 1, out);
        command = close;
    }
}

static void run_here(struct ui *ui, const char *text, bool waits)
{
    struct buffer command = {0};
    struct ui_place place;

    if (!place_of(ui, &place))
        return;
    expand(&place, text, &command);
    run(ui, buffer_string(&command), NULL, waits);
    buffer_release(&command);
    ui_place_release(&place);
}

void ui_play(struct ui *ui, const struct ui_call *call, int argument)
{
    if (ui->settings.open == NULL)
        ui_error(ui, "no command is set: \"open\" in the configuration, see shilu(5)");
    else
        run_here(ui, ui->settings.open, false);
}

static bool run_done(struct ui *ui, const char *text, struct error *err)
{
    if (*text != '\0')
        run_here(ui, text, true);
    return true;
}

static bool pipe_done(struct ui *ui, const char *text, struct error *err)
{
    struct buffer input = {0};

    if (*text == '\0')
        return true;
    ui->ops->piped(ui, &input);
    if (input.bytes > 0 && input.data[input.bytes - 1] != '\n')
        buffer_append_char(&input, '\n');
    run(ui, text, &input, true);
    buffer_release(&input);
    return true;
}

const struct ui_prompt ui_run_prompt = {
    .label = "! ",
    .hint = N_("a command; {path} {time} {url} {quote} are this place"),
    .history = "shell",
    .done = run_done};
const struct ui_prompt ui_pipe_prompt = {.label = "| ",
                                         .hint = N_("a command that reads what is here"),
                                         .history = "shell",
                                         .done = pipe_done};

/* Completions for bash, zsh and fish, printed from the tables of commands, options and formats.
 * The files in completions/ are this output, kept by `make update-generated`. */
#include "shilu/cli/options.h"

#include <string.h>

#include "shilu/base/buffer.h"
#include "shilu/formats/registry.h"
#include "shilu/text/decode.h"

/* The words that an option's argument may be, parted by spaces; "" for any. */
static void append_values(struct buffer *out, const struct option_row *row)
{
    size_t i;

    if (row->values == NULL)
        return;
    if (strcmp(row->values, "@readers") == 0) {
        for (i = 0; registry_readers()[i] != NULL; i++)
            buffer_append_format(out, "%s%s", i > 0 ? " " : "", registry_readers()[i]->name);
    } else if (strcmp(row->values, "@writers") == 0) {
        for (i = 0; registry_writers()[i] != NULL; i++)
            buffer_append_format(out, "%s%s", i > 0 ? " " : "", registry_writers()[i]->name);
    } else if (strcmp(row->values, "@encodings") == 0) {
        for (i = 0; decoder_names()[i] != NULL; i++)
            buffer_append_format(out, "%s%s", i > 0 ? " " : "", decoder_names()[i]);
    } else if (row->values[0] != '@') {
        buffer_append_string(out, row->values);
    }
}

static bool wants_file(const struct option_row *row)
{
    return row->values != NULL &&
           (strcmp(row->values, "@files") == 0 || strcmp(row->values, "@themes") == 0);
}

/* ------------------------------------------------------------------------------------ bash */

static void bash_names(FILE *out, int command)
{
    size_t count;
    size_t i;
    const struct option_row *rows = options_table(&count);
    const char *space = "";
    char letter;

    for (i = 0; i < count; i++) {
        if ((rows[i].commands >> command & 1) == 0)
            continue;
        letter = options_letter(&rows[i], command);
        if (letter != 0)
            fprintf(out, "%s-%c", space, letter);
        fprintf(out, "%s--%s", letter != 0 ? " " : space, rows[i].name);
        space = " ";
    }
}

static void bash_values(FILE *out)
{
    size_t count;
    size_t i;
    const struct option_row *rows = options_table(&count);

    for (i = 0; i < count; i++) {
        struct buffer values = {0};

        if (rows[i].argument == NULL)
            continue;
        append_values(&values, &rows[i]);
        fputs("    ", out);
        if (rows[i].letter != 0)
            fprintf(out, "-%c | ", rows[i].letter);
        fprintf(out, "--%s)\n        COMPREPLY=(", rows[i].name);
        if (values.bytes > 0)
            fprintf(out, "$(compgen -W '%s' -- \"$word\")", values.data);
        else if (wants_file(&rows[i]))
            fputs("$(compgen -f -- \"$word\")", out);
        fputs(")\n        return\n        ;;\n", out);
        buffer_release(&values);
    }
}

static void bash_completion(FILE *out)
{
    size_t count;
    size_t i;
    const struct command_row *commands = options_commands(&count);

    fputs("# bash completion for shilu. Printed by: shilu --completion bash\n\n"
          "_shilu() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    local command= names= i\n"
          "    COMPREPLY=()\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "        case ${COMP_WORDS[i]} in\n"
          "        ",
          out);
    for (i = 1; i < count; i++)
        fprintf(out, "%s%s", i > 1 ? " | " : "", commands[i].name);
    fputs(")\n"
          "            command=${COMP_WORDS[i]}\n"
          "            break\n"
          "            ;;\n"
          "        esac\n"
          "    done\n"
          "    case $before in\n",
          out);
    bash_values(out);
    fputs("    esac\n    case $command in\n", out);
    for (i = 0; i < count; i++) {
        fprintf(out, "    %s) names='", i > 0 ? commands[i].name : "''");
        bash_names(out, (int)i);
        fputs("' ;;\n", out);
    }
    fputs("    esac\n"
          "    if [[ $word == -* ]]; then\n"
          "        COMPREPLY=($(compgen -W \"$names\" -- \"$word\"))\n"
          "        return\n"
          "    fi\n"
          "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
          "    if [[ -z $command ]]; then\n"
          "        COMPREPLY+=($(compgen -W '",
          out);
    for (i = 1; i < count; i++)
        fprintf(out, "%s%s", i > 1 ? " " : "", commands[i].name);
    fputs("' -- \"$word\"))\n"
          "    fi\n"
          "}\n\n"
          "complete -o filenames -F _shilu shilu\n",
          out);
}

/* ------------------------------------------------------------------------------------- zsh */

/* The argument of one option: ":NAME:(words)", ":NAME:_files" or ":NAME:". */
static void zsh_argument(FILE *out, const struct option_row *row)
{
    struct buffer values = {0};

    if (row->argument == NULL)
        return;
    append_values(&values, row);
    if (values.bytes > 0)
        fprintf(out, ":%s:(%s)", row->argument, values.data);
    else
        fprintf(out, ":%s:%s", row->argument, wants_file(row) ? "_files" : " ");
    buffer_release(&values);
}

static void zsh_options(FILE *out, int command)
{
    size_t count;
    size_t i;
    const struct option_row *rows = options_table(&count);

    for (i = 0; i < count; i++) {
        const struct option_row *row = &rows[i];
        const char *repeat = row->store == STORE_LIST ? "\\*" : "";

        if ((row->commands >> command & 1) == 0)
            continue;
        fprintf(out, "            %s", repeat);
        if (options_letter(row, command) != 0)
            fprintf(out, "{-%c,--%s%s}", options_letter(row, command), row->name,
                    row->argument != NULL ? "=" : "");
        else
            fprintf(out, "--%s%s", row->name, row->argument != NULL ? "=" : "");
        fprintf(out, "'[%s]", row->help);
        zsh_argument(out, row);
        fputs("'\n", out);
    }
}

static void zsh_completion(FILE *out)
{
    size_t count;
    size_t i;
    const struct command_row *commands = options_commands(&count);

    fputs("#compdef shilu\n"
          "# zsh completion for shilu. Printed by: shilu --completion zsh\n\n"
          "_shilu() {\n"
          "    local -a commands options\n"
          "    local command= word\n"
          "    commands=(\n",
          out);
    for (i = 1; i < count; i++)
        fprintf(out, "        '%s:%s'\n", commands[i].name, commands[i].help);
    fputs("    )\n"
          "    for word in ${words[2,CURRENT-1]}; do\n"
          "        if (( ${+commands[(r)$word:*]} )); then\n"
          "            command=$word\n"
          "            break\n"
          "        fi\n"
          "    done\n"
          "    case $command in\n",
          out);
    for (i = 0; i < count; i++) {
        fprintf(out, "    %s)\n        options=(\n", i > 0 ? commands[i].name : "''");
        zsh_options(out, (int)i);
        fputs("        )\n        ;;\n", out);
    }
    fputs("    esac\n"
          "    if [[ -z $command && $PREFIX != -* ]]; then\n"
          "        _describe command commands\n"
          "    fi\n"
          "    _arguments -s $options '*:file:_files'\n"
          "}\n\n"
          "_shilu \"$@\"\n",
          out);
}

/* ------------------------------------------------------------------------------------ fish */

static void fish_condition(FILE *out, const struct option_row *row)
{
    size_t count;
    size_t i;
    const struct command_row *commands = options_commands(&count);

    if (row->commands == (1u << count) - 1)
        return;
    if (row->commands == 1u << COMMAND_browse) {
        fputs(" -n '__fish_use_subcommand'", out);
        return;
    }
    fputs(" -n '", out);
    if ((row->commands & 1u << COMMAND_browse) != 0)
        fputs("__fish_use_subcommand; or ", out);
    fputs("__fish_seen_subcommand_from", out);
    for (i = 1; i < count; i++)
        if ((row->commands >> i & 1) != 0)
            fprintf(out, " %s", commands[i].name);
    fputs("'", out);
}

static void fish_option(FILE *out, const struct option_row *row)
{
    struct buffer values = {0};

    append_values(&values, row);
    fputs("complete -c shilu", out);
    fish_condition(out, row);
    if (row->letter != 0)
        fprintf(out, " -s %c", row->letter);
    fprintf(out, " -l %s", row->name);
    if (values.bytes > 0)
        fprintf(out, " -x -a '%s'", values.data);
    else if (row->argument != NULL)
        fputs(wants_file(row) ? " -r" : " -x", out);
    fprintf(out, " -d '%s'\n", row->help);
    buffer_release(&values);
}

static void fish_completion(FILE *out)
{
    size_t count;
    size_t i;
    const struct command_row *commands = options_commands(&count);
    const struct option_row *rows;

    fputs("# fish completion for shilu. Printed by: shilu --completion fish\n\n", out);
    for (i = 1; i < count; i++)
        fprintf(out, "complete -c shilu -n '__fish_use_subcommand' -a %s -d '%s'\n",
                commands[i].name, commands[i].help);
    rows = options_table(&count);
    for (i = 0; i < count; i++)
        fish_option(out, &rows[i]);
}

bool options_completion(FILE *out, const char *shell)
{
    if (strcmp(shell, "bash") == 0)
        bash_completion(out);
    else if (strcmp(shell, "zsh") == 0)
        zsh_completion(out);
    else if (strcmp(shell, "fish") == 0)
        fish_completion(out);
    else
        return false;
    return true;
}

/* Completions for bash, zsh and fish, printed from the tables of commands, options and formats.
 * The files in completions/ are this output, kept up to date by `make update-generated`. They
 * ask the program for what only it knows: --list themes, --list speakers. */
#include "shilu/cli/options.h"

#include <string.h>

#include "shilu/base/buffer.h"
#include "shilu/formats/registry.h"
#include "shilu/text/decode.h"

/* Topics of help other than commands. */
static const char topics[] = "config environment examples files formats keys limits search";

/* What completes the argument of an option. */
enum wanted { WANTS_WORDS, WANTS_FILE, WANTS_THEME, WANTS_SPEAKER, WANTS_NOTHING };

static enum wanted wanted_by(const struct option_row *row)
{
    if (row->store == STORE_LIST)
        return WANTS_SPEAKER;
    if (row->values == NULL)
        return WANTS_NOTHING;
    if (strcmp(row->values, "@themes") == 0)
        return WANTS_THEME;
    return strcmp(row->values, "@files") == 0 ? WANTS_FILE : WANTS_WORDS;
}

static bool takes(const struct option_row *row, size_t command)
{
    return (row->commands >> command & 1) != 0;
}

static void append_word(struct buffer *out, const char *word)
{
    buffer_append_format(out, "%s%s", out->bytes > 0 ? " " : "", word);
}

/* Some commands write lists, which not every transcript format can hold. */
static void append_formats(struct buffer *out, size_t command)
{
    const struct writer_ops *const *writer;

    switch (command) {
    case COMMAND_diff:
        buffer_append_string(out, "text json");
        break;
    case COMMAND_figures:
    case COMMAND_speakers:
    case COMMAND_timeline:
        buffer_append_string(out, "text json csv");
        break;
    default:
        for (writer = registry_writers(); *writer != NULL; writer++)
            append_word(out, (*writer)->name);
    }
}

/* The option's values with this command; "" for none. */
static void append_values(struct buffer *out, const struct option_row *row, size_t command)
{
    const struct reader_ops *const *reader;
    const char *const *name;

    if (wanted_by(row) != WANTS_WORDS)
        return;
    if (strcmp(row->values, "@readers") == 0) {
        for (reader = registry_readers(); *reader != NULL; reader++)
            append_word(out, (*reader)->name);
    } else if (strcmp(row->values, "@encodings") == 0) {
        for (name = decoder_names(); *name != NULL; name++)
            append_word(out, *name);
    } else if (strcmp(row->values, "@writers") == 0) {
        append_formats(out, command);
    } else {
        buffer_append_string(out, row->values);
    }
}

/* Whether the option has other values with this command than without a command. */
static bool has_own_values(const struct option_row *row, size_t command)
{
    struct buffer own = {0}, usual = {0};
    bool differs;

    append_values(&own, row, command);
    append_values(&usual, row, COMMAND_browse);
    differs = takes(row, command) && strcmp(buffer_string(&own), buffer_string(&usual)) != 0;
    buffer_release(&own);
    buffer_release(&usual);
    return differs;
}

/* ------------------------------------------------------------------------------------ bash */

static void bash_names(FILE *out, size_t command)
{
    size_t count;
    const struct option_row *rows = options_table(&count);
    struct buffer names = {0};

    for (size_t i = 0; i < count; i++) {
        if (!takes(&rows[i], command))
            continue;
        if (options_letter(&rows[i], (int)command) != 0)
            buffer_append_format(&names, "%s-%c", names.bytes > 0 ? " " : "",
                                 options_letter(&rows[i], (int)command));
        buffer_append_format(&names, "%s--%s", names.bytes > 0 ? " " : "", rows[i].name);
    }
    fputs(buffer_string(&names), out);
    buffer_release(&names);
}

/* "-f | --format", with `front` before each. */
static void bash_pattern(FILE *out, const char *front, const struct option_row *row)
{
    if (row->letter != 0)
        fprintf(out, "%s-%c | ", front, row->letter);
    fprintf(out, "%s--%s", front, row->name);
}

static void bash_arm(FILE *out, const char *front, const struct option_row *row, size_t command)
{
    static const char *const actions[] = {
        [WANTS_FILE] = ":", /* readline completes file names itself */
        [WANTS_THEME] = "_shilu_lines \"$(\"$shilu\" --list themes 2>/dev/null)\"",
        [WANTS_SPEAKER] = "_shilu_lines \"$(_shilu_speakers)\"",
        [WANTS_NOTHING] = "compopt +o default 2>/dev/null",
    };
    struct buffer values = {0};

    append_values(&values, row, command);
    fputs("    ", out);
    bash_pattern(out, front, row);
    fputs(")\n        ", out);
    if (values.bytes > 0)
        fprintf(out, "_shilu_words '%s'", values.data);
    else
        fputs(actions[wanted_by(row)], out);
    fputs("\n        return\n        ;;\n", out);
    buffer_release(&values);
}

static void bash_values(FILE *out)
{
    size_t count, commands;
    const struct option_row *rows = options_table(&count);
    const struct command_row *names = options_commands(&commands);

    for (size_t i = 0; i < count; i++) {
        if (rows[i].argument == NULL)
            continue;
        for (size_t c = 1; c < commands; c++) {
            struct buffer front = {0};

            buffer_append_format(&front, "%s:", names[c].name);
            if (has_own_values(&rows[i], c))
                bash_arm(out, buffer_string(&front), &rows[i], c);
            buffer_release(&front);
        }
        bash_arm(out, "*:", &rows[i], COMMAND_browse);
    }
}

static void print_commands(FILE *out, const char *separator)
{
    size_t count;
    const struct command_row *commands = options_commands(&count);

    for (size_t i = 1; i < count; i++)
        fprintf(out, "%s%s", i > 1 ? separator : "", commands[i].name);
}

static void bash_with_argument(FILE *out)
{
    size_t count;
    const struct option_row *rows = options_table(&count);
    const char *front = "";

    for (size_t i = 0; i < count; i++) {
        if (rows[i].argument == NULL)
            continue;
        fputs(front, out);
        bash_pattern(out, "", &rows[i]);
        front = " | ";
    }
}

static void bash_completion(FILE *out)
{
    size_t count;
    const struct command_row *commands = options_commands(&count);

    fputs("# bash completion for shilu. Printed by: shilu --completion bash\n"
          "# shellcheck shell=bash\n\n"
          "# Offer those of some words that go on from what is typed.\n"
          "_shilu_words() {\n"
          "    mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$word\")\n"
          "}\n\n"
          "# The same for lines, which may hold anything, since files say what speakers are "
          "called: quoted\n"
          "# so that the command line gets them as they are, and runs nothing.\n"
          "_shilu_lines() {\n"
          "    local line special typed=$word quoted=''\n"
          "    case $word in\n"
          "    [\\'\\\"]*) quoted=${word:0:1} typed=${word:1} ;;\n"
          "    esac\n"
          "    [[ $quoted == \\' ]] || typed=${typed//\\\\/}\n"
          "    while IFS= read -r line; do\n"
          "        [[ -n $line && ${line,,} == \"${typed,,}\"* ]] || continue\n"
          "        case $quoted in\n"
          "        \\') line=${line//$quoted/$quoted\\\\$quoted$quoted} ;;\n"
          "        \\\")\n"
          "            for special in \\\\ \\\" \\$ \\`; do\n"
          "                line=${line//\"$special\"/\"\\\\$special\"}\n"
          "            done\n"
          "            line=${line//!/$quoted\\\\!$quoted}\n"
          "            ;;\n"
          "        *) printf -v line %q \"$line\" ;;\n"
          "        esac\n"
          "        COMPREPLY+=(\"$quoted$line\")\n"
          "    done <<<\"$1\"\n"
          "}\n\n"
          "# The speakers of the files on the command line.\n"
          "_shilu_speakers() {\n"
          "    local name file files=()\n"
          "    for name in \"${COMP_WORDS[@]:1}\"; do\n"
          "        file=${name//\\\\/}\n"
          "        file=${file#[\\'\\\"]}\n"
          "        file=${file%[\\'\\\"]}\n"
          "        [[ ! -f ${file/#\\~\\//$HOME/} ]] || files+=(\"${file/#\\~\\//$HOME/}\")\n"
          "    done\n"
          "    [[ ${#files[@]} == 0 ]] || \"$shilu\" --list speakers -- \"${files[@]}\" "
          "2>/dev/null\n"
          "}\n\n"
          "_shilu() {\n"
          "    local shilu=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]}\n"
          "    local before=${COMP_WORDS[COMP_CWORD - 1]} command='' names='' skip='' i\n"
          "    COMPREPLY=()\n"
          "    # bash divides --name=value at the '='.\n"
          "    if [[ $word == '=' ]]; then\n"
          "        word=\n"
          "    elif [[ $before == '=' ]]; then\n"
          "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
          "    fi\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "        if [[ -n $skip ]]; then\n"
          "            [[ ${COMP_WORDS[i]} == '=' ]] || skip=\n"
          "            continue\n"
          "        fi\n"
          "        case ${COMP_WORDS[i]} in\n"
          "        ",
          out);
    bash_with_argument(out);
    fputs(") skip=1 ;;\n        ", out);
    print_commands(out, " | ");
    fputs(")\n"
          "            command=${COMP_WORDS[i]}\n"
          "            break\n"
          "            ;;\n"
          "        esac\n"
          "    done\n"
          "    case $command:$before in\n",
          out);
    bash_values(out);
    fputs("    esac\n    case $command in\n", out);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "    %s) names='", i > 0 ? commands[i].name : "''");
        bash_names(out, i);
        fputs("' ;;\n", out);
    }
    fputs("    esac\n"
          "    if [[ $word == -* ]]; then\n"
          "        _shilu_words \"$names\"\n"
          "    elif [[ $command == help ]]; then\n"
          "        _shilu_words '",
          out);
    print_commands(out, " ");
    fprintf(out,
            " %s'\n"
            "    elif [[ -z $command && $word != *[\\'\\\"\\\\/~]* ]]; then\n"
            "        _shilu_words '",
            topics);
    print_commands(out, " ");
    fputs("'\n"
          "        # Files too, quoted by readline where a command is among the words.\n"
          "        if [[ ${#COMPREPLY[@]} != 0 ]]; then\n"
          "            mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen -f -- "
          "\"$word\")\n"
          "            compopt -o filenames 2>/dev/null\n"
          "        fi\n"
          "    fi\n"
          "}\n\n"
          "complete -o default -F _shilu shilu\n",
          out);
}

/* ------------------------------------------------------------------------------------- zsh */

/* The argument of one option: ":NAME:(words)", ":NAME:_files" or ":NAME: ". */
static void zsh_argument(FILE *out, const struct option_row *row, size_t command)
{
    static const char *const actions[] = {
        [WANTS_FILE] = "_files",
        [WANTS_THEME] = "_shilu_themes",
        [WANTS_SPEAKER] = "_shilu_speakers",
        [WANTS_NOTHING] = " ",
    };
    struct buffer values = {0};

    if (row->argument == NULL)
        return;
    append_values(&values, row, command);
    if (values.bytes > 0)
        fprintf(out, ":%s:(%s)", row->argument, values.data);
    else
        fprintf(out, ":%s:%s", row->argument, actions[wanted_by(row)]);
    buffer_release(&values);
}

static void zsh_options(FILE *out, size_t command)
{
    size_t count;
    const struct option_row *rows = options_table(&count);

    for (size_t i = 0; i < count; i++) {
        const struct option_row *row = &rows[i];
        const char *equals = row->argument != NULL ? "=" : "";

        if (!takes(row, command))
            continue;
        fprintf(out, "            %s", row->store == STORE_LIST ? "\\*" : "");
        if (options_letter(row, (int)command) != 0)
            fprintf(out, "{-%c,--%s%s}", options_letter(row, (int)command), row->name, equals);
        else
            fprintf(out, "--%s%s", row->name, equals);
        fprintf(out, "'[%s]", row->help);
        zsh_argument(out, row, command);
        fputs("'\n", out);
    }
}

static void zsh_completion(FILE *out)
{
    size_t count;
    const struct command_row *commands = options_commands(&count);

    fputs("#compdef shilu\n"
          "# zsh completion for shilu. Printed by: shilu --completion zsh\n\n"
          "_shilu_themes() {\n"
          "    local -a themes\n"
          "    themes=(${(f)\"$(_call_program themes ${(q)words[1]} --list themes "
          "2>/dev/null)\"})\n"
          "    compadd -a themes\n"
          "    _files\n"
          "}\n\n"
          "# The speakers of the files on the command line.\n"
          "_shilu_speakers() {\n"
          "    local -a files speakers\n"
          "    local word\n"
          "    for word in ${words[2,-1]}; do\n"
          "        [[ -f ${(Q)~word} ]] && files+=(${(q)${(Q)~word}})\n"
          "    done\n"
          "    (( ${#files} )) || return 1\n"
          "    speakers=(${(f)\"$(_call_program speakers ${(q)words[1]} --list speakers -- "
          "$files "
          "2>/dev/null)\"})\n"
          "    compadd -M 'm:{[:lower:]}={[:upper:]}' -a speakers\n"
          "}\n\n"
          "_shilu() {\n"
          "    local -a commands options\n"
          "    local command= word\n"
          "    commands=(\n",
          out);
    for (size_t i = 1; i < count; i++)
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
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "    %s)\n        options=(\n", i > 0 ? commands[i].name : "''");
        zsh_options(out, i);
        fputs("        )\n        ;;\n", out);
    }
    fprintf(out,
            "    esac\n"
            "    if [[ -z $command && $PREFIX != -* ]]; then\n"
            "        _describe command commands\n"
            "    elif [[ $command == help ]]; then\n"
            "        _describe command commands\n"
            "        compadd %s\n"
            "        return\n"
            "    fi\n"
            "    _arguments -s $options '*:file:_files'\n"
            "}\n\n"
            "_shilu \"$@\"\n",
            topics);
}

/* ------------------------------------------------------------------------------------ fish */

/* -n 'CONDITION' for the commands in a set of bits. */
static void fish_condition(FILE *out, unsigned set)
{
    size_t count;
    const struct command_row *commands = options_commands(&count);
    bool some = (set & ~(1u << COMMAND_browse)) != 0;

    if (set == (1u << count) - 1)
        return;
    fputs(" -n '", out);
    if ((set & 1u << COMMAND_browse) != 0)
        fprintf(out, "__fish_use_subcommand%s", some ? "; or " : "");
    if (some)
        fputs("__fish_seen_subcommand_from", out);
    for (size_t i = 1; i < count; i++)
        if ((set >> i & 1) != 0)
            fprintf(out, " %s", commands[i].name);
    fputs("'", out);
}

/* For the commands in `set`, with the option's values for `command`. */
static void fish_option(FILE *out, const struct option_row *row, unsigned set, size_t command)
{
    static const char *const arguments[] = {
        [WANTS_FILE] = " -r",
        [WANTS_THEME] = " -r -a '(shilu --list themes)'",
        [WANTS_SPEAKER] = " -x -a '(__shilu_speakers)'",
        [WANTS_NOTHING] = " -x",
    };
    struct buffer values = {0};

    if (set == 0)
        return;
    append_values(&values, row, command);
    fputs("complete -c shilu", out);
    fish_condition(out, set);
    if (row->letter != 0)
        fprintf(out, " -s %c", row->letter);
    fprintf(out, " -l %s", row->name);
    if (values.bytes > 0)
        fprintf(out, " -x -a '%s'", values.data);
    else if (row->argument != NULL)
        fputs(arguments[wanted_by(row)], out);
    fprintf(out, " -d '%s'\n", row->help);
    buffer_release(&values);
}

static void fish_completion(FILE *out)
{
    size_t count, option_count;
    const struct command_row *commands = options_commands(&count);
    const struct option_row *rows = options_table(&option_count);

    fputs(
        "# fish completion for shilu. Printed by: shilu --completion fish\n\n"
        "# The speakers of the files on the command line.\n"
        "function __shilu_speakers\n"
        "    set -l files\n"
        "    for word in (commandline -opc)[2..-1]\n"
        "        test -f \"$word\"; and set -a files $word\n"
        "    end\n"
        "    for word in (commandline -o)\n"
        "        test -f \"$word\"; and not contains -- $word $files; and set -a files $word\n"
        "    end\n"
        "    set -q files[1]; and shilu --list speakers -- $files 2>/dev/null\n"
        "end\n\n",
        out);
    for (size_t i = 1; i < count; i++)
        fprintf(out, "complete -c shilu -n '__fish_use_subcommand' -a %s -d '%s'\n",
                commands[i].name, commands[i].help);
    fputs("complete -c shilu -n '__fish_seen_subcommand_from help' -x -a '", out);
    print_commands(out, " ");
    fprintf(out, " %s'\n", topics);
    for (size_t i = 0; i < option_count; i++) {
        unsigned usual = rows[i].commands;

        for (size_t c = 1; c < count; c++)
            if (has_own_values(&rows[i], c)) {
                usual &= ~(1u << c);
                fish_option(out, &rows[i], 1u << c, c);
            }
        fish_option(out, &rows[i], usual, COMMAND_browse);
    }
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

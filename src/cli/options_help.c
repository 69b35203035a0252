/* The help: of the program, or of one command; formatted from the two tables in at most 80
 * columns. */
#include "shilu/cli/options.h"

#include <string.h>

#include "shilu/base/buffer.h"
#include "shilu/base/translate.h"
#include "shilu/formats/registry.h"
#include "version.h"

enum { NAME_COLUMNS = 27, FORMAT_COLUMNS = 18, LINE_COLUMNS = 79 };

static void print_row(FILE *out, const struct option_row *row, int command)
{
    struct buffer name = {0};
    char letter = options_letter(row, command);

    if (letter != 0)
        buffer_append_format(&name, "-%c, ", letter);
    else
        buffer_append_string(&name, "    ");
    buffer_append_format(&name, "--%s", row->name);
    if (row->argument != NULL)
        buffer_append_format(&name, " %s", row->argument);
    fprintf(out, "  %-*s  %s\n", NAME_COLUMNS, buffer_string(&name), _(row->help));
    buffer_release(&name);
}

static void print_group(FILE *out, enum option_group group, int command)
{
    size_t count;
    size_t i;
    const struct option_row *rows = options_table(&count);
    bool titled = false;

    for (i = 0; i < count; i++) {
        if (rows[i].group != group || (rows[i].commands >> command & 1) == 0)
            continue;
        if (!titled)
            fprintf(out, "\n%s:\n", _(options_group_title(group)));
        titled = true;
        print_row(out, &rows[i], command);
    }
}

static void print_commands(FILE *out)
{
    size_t count;
    size_t i;
    const struct command_row *rows = options_commands(&count);

    fputs(_("\nCommands ('shilu COMMAND --help' says more):\n"), out);
    for (i = 1; i < count; i++)
        fprintf(out, "  %-9s %-18s  %s\n", rows[i].name, rows[i].arguments, _(rows[i].help));
}

/* Another name, on a new line if it does not fit. */
static int print_name(FILE *out, const char *name, int column)
{
    int columns = (int)strlen(name) + 2;

    if (column > 0 && column + columns > LINE_COLUMNS) {
        fputs(",\n", out);
        column = 0;
    }
    fprintf(out, "%s%s", column > 0 ? ", " : "  ", name);
    return column + columns;
}

static void print_format_names(FILE *out)
{
    const struct reader_ops *const *reader;
    const struct writer_ops *const *writer;
    int column = 0;

    fputs(_("\nFormats that are read, detected from the content (man shilu-formats):\n"), out);
    for (reader = registry_readers(); *reader != NULL; reader++)
        column = print_name(out, (*reader)->name, column);
    fputs(_("\n\nFormats that are written:\n"), out);
    column = 0;
    for (writer = registry_writers(); *writer != NULL; writer++)
        column = print_name(out, (*writer)->name, column);
    putc('\n', out);
}

/* With a description of each, where a format is chosen. */
static void print_formats(FILE *out)
{
    const struct reader_ops *const *reader;
    const struct writer_ops *const *writer;

    fputs(_("\nFormats for --format:\n"), out);
    for (writer = registry_writers(); *writer != NULL; writer++)
        fprintf(out, "  %-*s  %s\n", FORMAT_COLUMNS, (*writer)->name, _((*writer)->title));
    fputs(_("\nFormats for --input-format, by default detected from the content:\n"), out);
    for (reader = registry_readers(); *reader != NULL; reader++)
        fprintf(out, "  %-*s  %s\n", FORMAT_COLUMNS, (*reader)->name, _((*reader)->title));
}

void options_version(FILE *out)
{
    fputs("shilu " SHILU_VERSION "\n", out);
    fputs(_("Licence: MIT. There is no warranty, as far as the law allows.\n"), out);
}

/* Descriptions are phrases in the tables, and sentences here. */
static void print_usage(FILE *out, const struct command_row *row)
{
    struct buffer help = {0};

    buffer_append_string(&help, _(row->help));
    if (help.data[0] >= 'a' && help.data[0] <= 'z')
        help.data[0] = (char)(help.data[0] - 'a' + 'A');
    fprintf(out, _("Usage: shilu %s [OPTION]... %s\n\n%s.\n"), row->name, row->arguments,
            buffer_string(&help));
    buffer_release(&help);
}

void options_help(FILE *out, const char *command)
{
    size_t count;
    const struct command_row *rows = options_commands(&count);
    int number = options_command_number(command);
    int group;

    if (number <= COMMAND_browse) {
        number = COMMAND_browse;
        fputs(_("Usage: shilu [OPTION]... [PATH]...           browse transcripts\n"
                "       shilu COMMAND [OPTION]... [PATH]...   work without a screen\n"),
              out);
        fputs(_("\nshilu reads transcripts: who spoke, when, what was asked and who answered.\n"
                "'-' is standard input. Where standard output is not a terminal, 'shilu FILE'\n"
                "prints what 'shilu show FILE' prints.\n"),
              out);
        print_commands(out);
    } else {
        print_usage(out, &rows[number]);
    }
    for (group = 0; group < OPTION_GROUP_COUNT; group++)
        print_group(out, (enum option_group)group, number);
    if (number == COMMAND_browse)
        print_format_names(out);
    else if (number == COMMAND_convert)
        print_formats(out);
    fputs(_("\nExit status: 0 done or found, 1 nothing found or an invalid file, 2 an error.\n"
            "The manual: shilu help, shilu help config, shilu help formats; or man shilu.\n"),
          out);
}

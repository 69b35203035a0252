/* show: a transcript, or a part of it, as text for people or in any other output format. */
#include "shilu/commands/command.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands/export_file.h"
#include "commands/load.h"
#include "commands/show_beside.h"
#include "commands/show_outline.h"
#include "shilu/cli/ansi_style.h"
#include "shilu/cli/output.h"
#include "shilu/cli/report.h"
#include "shilu/cli/selection_options.h"

enum { DEFAULT_COLUMNS = 80 };

static char *const standard_input[] = {(char[]){"-"}, NULL};

char *const *command_paths(const struct options *o)
{
    struct error err;

    if (o->path_count > 0)
        return o->paths;
    if (!isatty(STDIN_FILENO))
        return standard_input;
    error_set(&err, ERROR_USAGE, "no file given");
    report_now(NULL, &err);
    return NULL;
}

/* Only text for people can be printed for several files in a row. */
static bool takes_many(const struct writer_ops *writer)
{
    return strcmp(writer->name, "text") == 0;
}

static const struct writer_ops *choose_writer(const struct options *o, struct error *err)
{
    const struct writer_ops *writer = export_file_choose(o, "text", err);

    if (writer != NULL && o->path_count > 1 && !takes_many(writer)) {
        error_set(err, ERROR_USAGE, "'%s' takes one file, not also '%s'", writer->name,
                  o->paths[1]);
        return NULL;
    }
    return writer;
}

static int show_all(const struct options *o, char *const *paths,
                    const struct writer_ops *writer, struct ansi_style *paint,
                    struct width *width)
{
    struct output out;
    struct error err;
    struct writer_options how = {
        .width = width, .paint = ansi_style_for_writer(paint), .raw_cells = o->raw_cells};
    int status = EXIT_DONE;

    if (!output_open(&out, o, paths, &err)) {
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    how.columns = ansi_style_columns(o, fileno(out.stream), DEFAULT_COLUMNS);
    for (; *paths != NULL; paths++) {
        export_file_path(&out, *paths, o, writer, &how, &status);
        if (paths[1] != NULL)
            fputc('\n', out.stream);
    }
    return output_finish(&out, status);
}

int command_show(const struct options *o)
{
    char *const *paths = command_paths(o);
    struct error err;
    const struct writer_ops *writer;
    struct ansi_style *paint;
    struct width *width;
    int status;

    if (o->beside != NULL)
        return show_beside(o);
    if (o->outline)
        return foreach_file_list(o, show_outline_print);
    if (paths == NULL)
        return EXIT_TROUBLE;
    writer = choose_writer(o, &err);
    paint = writer != NULL ? ansi_style_new(o, output_fd(o->output), &err) : NULL;
    if (paint == NULL) {
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    width = ansi_style_width(o);
    status = show_all(o, paths, writer, paint, width);
    width_free(width);
    ansi_style_free(paint);
    return status;
}

/* convert: one transcript in another format, whole or in part. */
#include "shilu/commands/command.h"

#include <string.h>

#include "commands/export_file.h"
#include "shilu/cli/output.h"
#include "shilu/cli/report.h"
#include "shilu/formats/registry.h"

/* If a file name does not show the format, ask rather than guess. */
static const struct writer_ops *choose_writer(const struct options *o, struct error *err)
{
    if (o->output != NULL && o->output_format == NULL && strcmp(o->output, "-") != 0 &&
        registry_writer_for_path(o->output) == NULL) {
        error_set(err, ERROR_USAGE, "cannot tell the format from the name '%s': use --format",
                  o->output);
        return NULL;
    }
    return export_file_choose(o, "json", err);
}

int command_convert(const struct options *o)
{
    char *const *paths = command_paths(o);
    struct writer_options how = {.raw_cells = o->raw_cells};
    struct error err;
    struct output out;
    struct width *width;
    const struct writer_ops *writer;
    int status = EXIT_DONE;

    if (paths == NULL)
        return EXIT_TROUBLE;
    writer = choose_writer(o, &err);
    if (writer == NULL || !output_open(&out, o, paths, &err)) {
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    width = width_new(false);
    how.width = width;
    export_file_path(&out, paths[0], o, writer, &how, &status);
    width_free(width);
    return output_finish(&out, status);
}

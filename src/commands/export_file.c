/* Writing a selection of a transcript. */
#include "commands/export_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands/load.h"
#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"
#include "shilu/cli/report.h"
#include "shilu/cli/selection_options.h"
#include "shilu/formats/format_name.h"
#include "shilu/formats/registry.h"
#include "shilu/text/display.h"

enum { FORMATS_MAX = 64 };

const struct writer_ops *export_file_choose(const struct options *o, const char *otherwise,
                                            struct error *err)
{
    const struct writer_ops *writer = NULL;
    const char *names[FORMATS_MAX];
    size_t count;

    if (o->output_format != NULL)
        writer = registry_writer(o->output_format);
    else if (o->output != NULL)
        writer = registry_writer_for_path(o->output);
    if (writer == NULL && o->output_format == NULL)
        writer = registry_writer(otherwise);
    if (writer != NULL && writer->binary && isatty(STDOUT_FILENO) &&
        (o->output == NULL || strcmp(o->output, "-") == 0)) {
        error_set(err, ERROR_USAGE, "format '%s' cannot be shown on a terminal: use --output",
                  writer->name);
        return NULL;
    }
    if (writer != NULL)
        return writer;
    for (count = 0; registry_writers()[count] != NULL && count < FORMATS_MAX; count++)
        names[count] = registry_writers()[count]->name;
    format_name_refuse(o->output_format != NULL ? o->output_format : otherwise, names, count,
                       err);
    return NULL;
}

static void raise_status(int *status, int to)
{
    if (to > *status)
        *status = to;
}

/* An empty part of a record is reported; an empty record is a transcript like any other. */
static enum exit_status check_any(const struct selection *selection, const struct transcript *t,
                                  struct error *err)
{
    if (selection_is_everything(selection) || selection_count(selection, t) > 0)
        return EXIT_DONE;
    error_set(err, ERROR_USAGE, "nothing selected");
    return EXIT_NOTHING;
}

/* A terminal would obey what a file merely contains: control characters that such a format
 * allows become visible marks. The text writer handles that itself, and has colours. */
static bool write_to_terminal(FILE *terminal, const struct writer_ops *writer,
                              const struct transcript *t, const struct selection *selection,
                              const struct writer_options *how, struct error *err)
{
    struct buffer safe = {0};
    char *text = NULL;
    size_t bytes = 0;
    FILE *held = open_memstream(&text, &bytes);
    bool ok;

    if (held == NULL)
        memory_exhausted(0);
    ok = writer->write(t, selection, how, held, err);
    if (fclose(held) != 0)
        memory_exhausted(bytes);
    display_sanitize(&safe, text, bytes);
    fwrite(safe.data, 1, safe.bytes, terminal);
    buffer_release(&safe);
    free(text);
    return ok;
}

static bool write_to(struct output *out, const struct writer_ops *writer,
                     const struct transcript *t, const struct selection *selection,
                     const struct writer_options *how, struct error *err)
{
    if (strcmp(writer->name, "text") != 0 && isatty(fileno(out->stream)) == 1)
        return write_to_terminal(out->stream, writer, t, selection, how, err);
    return writer->write(t, selection, how, out->stream, err);
}

/* A failing stream is left to output_commit, which reports it once. */
static enum exit_status write_selected(struct output *out, const struct writer_ops *writer,
                                       const struct transcript *t,
                                       const struct selection *selection,
                                       const struct writer_options *how, struct error *err)
{
    errno = 0;
    if (!write_to(out, writer, t, selection, how, err)) {
        if (!ferror(out->stream))
            return EXIT_TROUBLE;
        out->cause = errno;
    }
    out->written = true;
    return EXIT_DONE;
}

void export_file_path(struct output *out, const char *path, const struct options *o,
                      const struct writer_ops *writer, const struct writer_options *how,
                      int *status)
{
    struct loaded l;
    struct selection selection = SELECTION_INIT;
    struct error err;
    enum exit_status selected;

    if (load_and_report(&l, path, o, status)) {
        selected = selection_options_parse(&selection, l.transcript, o, SELECT_ONE, &err);
        if (selected == EXIT_DONE)
            selected = check_any(&selection, l.transcript, &err);
        out->is_partial |= load_is_partial(&l);
        if (selected == EXIT_DONE)
            selected = write_selected(out, writer, l.transcript, &selection, how, &err);
        if (selected != EXIT_DONE)
            report_now(path, &err);
        raise_status(status, selected);
        selection_release(&selection);
    }
    load_release(&l);
}

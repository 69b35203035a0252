/* Lists from several files, one by one. */
#include "commands/foreach_file.h"

#include <string.h>
#include <unistd.h>

#include "commands/load.h"
#include "shilu/cli/cli_format.h"
#include "shilu/cli/output.h"
#include "shilu/cli/report.h"
#include "shilu/cli/selection_options.h"
#include "shilu/commands/command.h"
#include "shilu/formats/format_name.h"

enum { DEFAULT_COLUMNS = 80 };

static bool parse_format(const struct options *o, enum list_format *format, struct error *err)
{
    static const char *const names[] = {
        [LIST_TEXT] = "text", [LIST_JSON] = "json", [LIST_CSV] = "csv"};
    size_t i;

    *format = LIST_TEXT;
    if (o->output_format == NULL)
        return true;
    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (format_name_is(o->output_format, names[i])) {
            *format = (enum list_format)i;
            return i == LIST_TEXT || o->path_count <= 1 ||
                   error_set(err, ERROR_USAGE, "'%s' takes one file, not also '%s'", names[i],
                             o->paths[1]);
        }
    return error_set(err, ERROR_USAGE, "unknown format '%s': '%s' writes text, json and csv",
                     o->output_format, o->command);
}

static void print_path(const struct list *list, const char *path)
{
    buffer_append_string(list->out, ansi_style_role(list->paint, ROLE_HEADING));
    cli_format_text(list->out, path, strlen(path));
    buffer_append_format(list->out, "%s\n", ansi_style_reset(list->paint));
}

static int list_path(struct list *list, struct output *out, const char *path,
                     void (*print)(const struct list *list))
{
    struct loaded l;
    struct selection selection = SELECTION_INIT;
    struct buffer text = {0};
    struct error err;
    int status = EXIT_DONE;
    enum exit_status selected = EXIT_DONE;

    if (load_and_report(&l, path, list->options, &status)) {
        selected = selection_options_parse(&selection, l.transcript, list->options, SELECT_ONE,
                                           &err);
        if (selected == EXIT_DONE && !selection_is_everything(&selection) &&
            selection_count(&selection, l.transcript) == 0) {
            error_set(&err, ERROR_USAGE, "nothing selected");
            selected = EXIT_NOTHING;
        }
        list->transcript = l.transcript;
        list->corrections = l.corrections;
        list->selection = &selection;
        list->silence_ms = transcript_gap_threshold(l.transcript);
        list->out = &text;
        if (selected != EXIT_DONE) {
            report_now(path, &err);
        } else {
            if (list->options->path_count > 1)
                print_path(list, path);
            print(list);
            fwrite(buffer_string(&text), 1, text.bytes, out->stream);
            out->written = true;
        }
        selection_release(&selection);
    }
    buffer_release(&text);
    load_release(&l);
    return (int)selected > status ? (int)selected : status;
}

static int list_all(struct list *list, char *const *paths,
                    void (*print)(const struct list *list))
{
    struct output out;
    struct error err;
    int worst = EXIT_DONE;

    if (!output_open(&out, list->options, paths, &err)) {
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    list->columns = ansi_style_columns(list->options, fileno(out.stream), DEFAULT_COLUMNS);
    for (; *paths != NULL; paths++) {
        int status = list_path(list, &out, *paths, print);

        if (paths[1] != NULL)
            fputc('\n', out.stream);
        if (status > worst)
            worst = status;
    }
    return output_finish(&out, worst);
}

int foreach_file_list(const struct options *o, void (*print)(const struct list *list))
{
    struct list list = {.options = o};
    char *const *paths = command_paths(o);
    struct ansi_style *paint;
    struct width *width;
    struct error err;
    int status;

    if (paths == NULL)
        return EXIT_TROUBLE;
    paint = parse_format(o, &list.format, &err) ? ansi_style_new(o, output_fd(o->output), &err)
                                                : NULL;
    if (paint == NULL) {
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    width = ansi_style_width(o);
    list.paint = paint;
    list.width = width;
    status = list_all(&list, paths, print);
    width_free(width);
    ansi_style_free(paint);
    return status;
}

/* Lists of what the program knows. */
#include "shilu/cli/list_option.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/translate.h"
#include "shilu/formats/registry.h"
#include "shilu/store/actions.h"
#include "shilu/store/theme_file.h"
#include "shilu/text/decode.h"

static void print_formats(FILE *out)
{
    const struct reader_ops *const *reader;
    const struct writer_ops *const *writer;

    for (reader = registry_readers(); *reader != NULL; reader++)
        fprintf(out, "read   %-20s %s\n", (*reader)->name, _((*reader)->title));
    for (writer = registry_writers(); *writer != NULL; writer++)
        fprintf(out, "write  %-20s %s\n", (*writer)->name, _((*writer)->title));
}

static void print_encodings(FILE *out)
{
    const char *const *name;

    for (name = decoder_names(); *name != NULL; name++)
        fprintf(out, "%s\n", *name);
}

static void print_themes(FILE *out)
{
    char **names = theme_file_names();
    char **name;

    for (name = names; *name != NULL; name++) {
        fprintf(out, "%s\n", *name);
        free(*name);
    }
    free(names);
}

static void print_keys(FILE *out)
{
    int action;

    for (action = 0; action < ACTION_COUNT; action++) {
        const struct action_row *row = action_row((enum action)action);

        fprintf(out, "%-18s %-22s %s\n", row->keys, row->name, _(row->help));
    }
}

bool list_option_print(FILE *out, const char *what)
{
    if (strcmp(what, "formats") == 0)
        print_formats(out);
    else if (strcmp(what, "encodings") == 0)
        print_encodings(out);
    else if (strcmp(what, "themes") == 0)
        print_themes(out);
    else if (strcmp(what, "keys") == 0)
        print_keys(out);
    else if (strcmp(what, "keys-mdoc") == 0)
        actions_print_manual(out);
    else
        return false;
    return true;
}

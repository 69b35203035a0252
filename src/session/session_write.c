/* Session: writing what is shown to a file, in the format given by its name. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/session_private.h"
#include "shilu/base/file.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/formats/registry.h"

static bool write_to(const struct session *s, const struct writer_ops *writer, const char *path,
                     struct error *err)
{
    const struct writer_options how = {.width = s->ui.width};
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    bool ok;

    if (out == NULL)
        memory_exhausted(0);
    ok = writer->write(s->transcript, &s->reading.selection, &how, out, err);
    if (fclose(out) != 0)
        memory_exhausted(bytes);
    ok = ok && file_export(path, text, bytes, err);
    free(text);
    return ok;
}

/* Never overwrites a file, because there is no prompt to confirm it. */
static bool write_new(const struct session *s, const char *path, struct error *err)
{
    const struct writer_ops *writer = registry_writer_for_path(path);

    if (writer == NULL)
        return error_set(err, ERROR_USAGE,
                         "cannot tell the format from the name '%s': .md, .html, .json …",
                         path);
    if (access(path, F_OK) == 0)
        return error_set(err, ERROR_USAGE, "'%s' already exists", path);
    return write_to(s, writer, path, err);
}

void session_write(struct session *s, const struct ui_call *call, int argument)
{
    struct buffer text = {0};
    struct error err;

    if (*call->text == '\0') {
        ui_ask(&s->ui, PROMPT_COMMAND, "write ");
        return;
    }
    if (write_new(s, call->text, &err)) {
        size_t count = selection_count(&s->reading.selection, s->transcript);

        buffer_append_format(
            &text,
            ngettext("%zu segment written to '%s'", "%zu segments written to '%s'", count),
            count, call->text);
        ui_say(&s->ui, buffer_string(&text));
    } else {
        ui_error(&s->ui, err.message);
    }
    buffer_release(&text);
}
